//! From a call to an issue of the programme: rewritten, internal, with the number of calls behind it.

use axum::extract::Path;
use axum::http::StatusCode;
use kernel::Uuid;
use maud::{Markup, html};
use programme::{EntryId, Kind, NewEntry, NewSource};
use store::{Audit, Error};
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{
    checks::{copied, traces},
    pages::{case, original},
    store as sql,
};
use crate::i18n::t;

const MOST: usize = 200;

/// `GET /consultations/{id}/issue`
pub(crate) async fn blank(cx: Ctx, Path(id): Path<String>) -> web::Result {
    form(&cx, &id, &Values::default(), &Errors::new()).await
}

async fn form(cx: &Ctx, id: &str, values: &Values, errors: &Errors) -> web::Result {
    let (found, texts) = case(cx, id).await?;
    let (desk, of) = (found.desk, found.id);
    let (all, mine) = cx
        .db()
        .read::<_, Error>(&cx.viewer(), move |conn| {
            Ok((sql::issues(conn, desk)?, sql::issues_of(conn, of)?))
        })
        .await?;
    let mut choices = vec![ui::Choice::new("", t!(cx, "issue-new"))];
    choices.extend(all.iter().take(50).map(|i| {
        ui::Choice::new(
            i.entry.to_string(),
            t!(
                cx,
                "issue-choice",
                title = i.title.as_str(),
                calls = i.calls
            ),
        )
    }));
    let body = html! {
        (ui::error_summary(cx, errors))
        @if !mine.is_empty() {
            (ui::notice(ui::Tone::Info, t!(cx, "issue-already"), html! { ul { @for (entry, title) in &mine { li { a href=(cx.url(&format!("/programme/entries/{entry}"))) lang="ja" { (title) } } } } }))
        }
        div.beside {
            div.beside-papers { (original(cx, &found, &texts)) }
            div.beside-form {
                (ui::form(cx, &format!("/consultations/{id}/issue"), html! {
                    @if !all.is_empty() { (ui::field(cx, &ui::Field::new("entry", t!(cx, "issue-which")).kind(ui::Kind::Select(choices)).value(values.text("entry")).errors(errors))) }
                    (ui::field(cx, &ui::Field::new("title", t!(cx, "issue-words")).hint(t!(cx, "issue-words-hint")).kind(ui::Kind::Textarea { rows: 3 }).value(values.text("title")).maxlength(200).errors(errors)))
                    p.sub { (t!(cx, "issue-range")) }
                    div.actions { (ui::button(t!(cx, "issue-propose"))) a.btn.second href=(cx.url(&format!("/consultations/{id}"))) { (web::t!(cx.lang, "cancel")) } }
                }))
            }
        }
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(cx
        .page(t!(cx, "issue-title"))
        .nav("consultations")
        .wide()
        .crumbs(&[
            ("/consultations".to_owned(), t!(cx, "figures-desk")),
            (format!("/consultations/{id}"), t!(cx, "issue-case")),
            (String::new(), t!(cx, "issue-title")),
        ])
        .status(status)
        .form(errors)
        .no_qr()
        .body(body))
}

fn source(case: &crate::model::Consultation, title: &str) -> NewSource {
    NewSource {
        kind: "consultation",
        record: case.id.uuid(),
        record_version: case.version,
        survey: String::new(),
        municipality: case.fields.municipality.clone(),
        question: String::new(),
        paragraph: 0,
        start: 0,
        end: i64::try_from(title.chars().count()).unwrap_or(0),
        quote: title.to_owned(),
        published: false,
    }
}

/// `POST /consultations/{id}/issue`
pub(crate) async fn create(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let (found, texts) = case(&cx, &id).await?;
    let known: Option<Uuid> = values.text("entry").parse().ok();
    let title = kernel::text::trim(values.text("title")).to_owned();
    let mut errors = Errors::new();
    if known.is_none() {
        if title.is_empty() || title.chars().count() > MOST {
            errors.add("title", t!(cx, "issue-words-missing"));
        }
        let stops: Vec<String> = traces(&title, &[])
            .into_iter()
            .filter(|f| f.trace.stops())
            .map(|f| f.words)
            .collect();
        if !stops.is_empty() {
            errors.add(
                "title",
                t!(cx, "story-refused-traces", words = stops.join(" / ")),
            );
        }
        if let Some(stretch) = copied(&title, &[texts.asked.as_str(), &texts.answer].join("\n")) {
            errors.add("title", t!(cx, "story-copied", words = stretch));
        }
    }
    if !errors.is_empty() {
        return form(&cx, &id, &values, &errors).await;
    }
    let desk = found.desk;
    let new = NewEntry {
        kind: Kind::Issue,
        owner: Some(desk),
        title: title.clone(),
        items: vec!["\u{30aa}".to_owned()],
        scenes: found.fields.scenes.clone(),
        municipalities: vec![found.fields.municipality.clone()],
        fiscal_year: Some(kernel::fiscal_year(cx.now.date_jst())),
        sources: vec![source(&found, &title)],
        origin: "consultation".to_owned(),
        needs_rewrite: true,
        fictional: found.fictional,
        ..NewEntry::default()
    };
    let ids = new.ids(cx.env());
    let (source_id, history): (programme::SourceId, programme::model::HistoryId) =
        (cx.env().id(), cx.env().id());
    let account = cx.require_me()?.account;
    let entry = cx
        .db()
        .write::<_, Error>(&cx.viewer(), move |tx| {
            crate::store::editable(tx, found.id)?;
            let (entry, title) = match known {
                Some(known) => {
                    let issue = sql::issues(tx, desk)?
                        .into_iter()
                        .find(|i| i.entry == known)
                        .ok_or(Error::NotFound)?;
                    if sql::issues_of(tx, found.id)?
                        .iter()
                        .any(|(e, _)| *e == known)
                    {
                        return Ok(known);
                    }
                    let id: EntryId = kernel::AnyId::from_uuid(known);
                    let proof = programme::store::editable(tx, id)?;
                    programme::actions::add_source(
                        tx,
                        proof,
                        (source_id, history),
                        &source(&found, &issue.title),
                    )?;
                    (known, issue.title)
                }
                None => (
                    programme::actions::create(tx, &ids, &new)?.uuid(),
                    new.title.clone(),
                ),
            };
            sql::add_issue(tx, found.id, entry, (desk, Some(account)), &title)?;
            tx.audit(
                Audit::new("consultations.issue.propose", "consultation_issue")
                    .id(found.id.uuid())
                    .subject(desk.uuid())
                    .field("entry", None::<String>, Some(entry.to_string())),
            )?;
            tx.changed("consultation", found.id.uuid(), Some(desk))?;
            Ok(entry)
        })
        .await?;
    cx.flash(FlashKind::Good, &t!(cx, "issue-done"));
    Ok(cx.redirect(&format!("/programme/entries/{entry}")))
}

/// `GET /consultations/issues`: the issues this desk proposed and how many calls stand behind each.
pub(crate) async fn list(cx: Ctx) -> web::Result {
    let desk = cx.require_me()?.organisation;
    let all = cx
        .db()
        .read::<_, Error>(&cx.viewer(), move |conn| sql::issues(conn, desk))
        .await?;
    let head = [
        t!(cx, "issue-words"),
        t!(cx, "figures-calls"),
        t!(cx, "issue-last"),
    ];
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|i| {
            vec![
                html! { a href=(cx.url(&format!("/programme/entries/{}", i.entry))) lang="ja" { (i.title) } },
                html! { (i.calls) },
                ui::date(&cx, i.last.date_jst()),
            ]
        })
        .collect();
    let body = html! {
        @if rows.is_empty() { (ui::empty(t!(cx, "issue-none"), t!(cx, "issue-none-text"), html! {})) }
        @else { (ui::table_rows(t!(cx, "issue-list"), &head, &rows)) }
    };
    Ok(cx
        .page(t!(cx, "issue-list"))
        .nav("consultations")
        .crumbs(&[
            ("/consultations", t!(cx, "figures-desk")),
            ("", t!(cx, "issue-list")),
        ])
        .body(body))
}
