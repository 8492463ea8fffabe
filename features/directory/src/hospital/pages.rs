//! The page for hospitals, and the form in which a municipality keeps it.

use axum::{extract::Path, http::StatusCode, response::Response};
use maud::{Markup, html};
use serde::Deserialize;
use store::{Audit, FieldChange, Outcome};
use web::{Ctx, Errors, FlashKind, Form, Role, ui};

use super::{
    EDIT,
    store::{self as sql, Texts, Window},
};
use crate::i18n::t;

pub(super) struct Found {
    pub(super) town: areas::Municipality,
    pub(super) window: Window,
    /// The municipality as an organisation, when the reader may write for it.
    pub(super) writable: Option<kernel::OrganisationId>,
    all: Vec<areas::Municipality>,
}

pub(super) async fn read(cx: &Ctx, code: String) -> web::Result<Found> {
    let me = cx
        .me
        .as_ref()
        .filter(|me| EDIT.roles.contains(&me.role))
        .map(|me| (me.organisation, me.acting_for.as_ref().map(|a| a.id)));
    cx.db()
        .read(&cx.viewer(), move |conn| {
            let all = areas::store::municipalities(conn)?;
            let town = all
                .iter()
                .find(|m| m.in_area && m.code == code)
                .cloned()
                .ok_or(web::Error::NotFound)?;
            let window = sql::window(conn, &code)?;
            let writable = match me {
                Some((organisation, acting)) => sql::writable(conn, &code, organisation, acting)?,
                None => None,
            };
            Ok::<_, web::Error>(Found {
                town,
                window,
                writable,
                all: all.into_iter().filter(|m| m.in_area).collect(),
            })
        })
        .await
}

fn label(cx: &Ctx, field: &str) -> String {
    match field {
        "window_name" => t!(cx, "hospital-window"),
        "phone" => t!(cx, "guide-phone"),
        "fax" => t!(cx, "guide-fax"),
        "hours" => t!(cx, "guide-hours"),
        "answers" => t!(cx, "hospital-answers"),
        "to_whom" => t!(cx, "hospital-to-whom"),
        "how" => t!(cx, "hospital-how"),
        _ => t!(cx, "guide-outside"),
    }
}

fn lines(text: &str) -> Markup {
    html! { @for (n, line) in text.lines().enumerate() { @if n > 0 { br; } (line) } }
}

fn facts(cx: &Ctx, texts: &Texts) -> Markup {
    let facts: Vec<(String, Markup)> = texts
        .fields()
        .iter()
        .map(|(field, text, _)| {
            let value = if text.is_empty() {
                ui::unknown(cx)
            } else if *field == "phone" {
                html! { strong { (ui::tel(cx, text)) } }
            } else {
                html! { span lang="ja" { (lines(text)) } }
            };
            (label(cx, field), value)
        })
        .collect();
    ui::dl(&facts)
}

/// `GET /directory/hospital/{code}`
pub(crate) async fn show(cx: Ctx, Path(code): Path<String>) -> web::Result {
    let found = read(&cx, code).await?;
    let name = found.town.name(cx.lang).to_owned();
    let title = t!(cx, "hospital-title", town = name.as_str());
    let crumbs = [
        (
            "/municipalities".to_owned(),
            t!(cx, "hospital-municipalities"),
        ),
        (format!("/municipalities/{}", found.town.code), name.clone()),
        (String::new(), t!(cx, "hospital-short")),
    ];
    let edit = format!("/directory/hospital/{}/edit", found.town.code);
    let pdf = format!("/directory/hospital/{}/inquiry.pdf", found.town.code);
    let body = html! {
        @if found.writable.is_some() && found.window.draft.is_some() {
            (ui::notice(ui::Tone::Warn, t!(cx, "hospital-waits"), html! { p { a href=(cx.url(&edit)) { (t!(cx, "hospital-waits-see")) } } }))
        }
        (ui::card_call(t!(cx, "hospital-who"), html! {
            (facts(&cx, &found.window.texts))
            p.sub { (t!(cx, "guide-verified")) ": "
                @match found.window.verified_on {
                    Some(day) => { (kernel::format_date(day, cx.lang)) " " (found.window.verified_by) }
                    None => (ui::unknown(&cx))
                }
            }
            @if found.window.texts.phone.is_empty() { p { (t!(cx, "hospital-no-phone")) " " a href=(cx.url(&format!("/municipalities/{}", found.town.code))) { (t!(cx, "hospital-desk")) } } }
        }))
        h2 { (t!(cx, "hospital-sheet")) }
        p { (t!(cx, "hospital-sheet-text")) }
        div.actions {
            (ui::link_button_second(cx.url(&pdf), t!(cx, "hospital-sheet-open")))
            @if found.writable.is_some() { (ui::link_button_second(cx.url(&edit), t!(cx, "hospital-edit"))) }
        }
        h2 { (t!(cx, "hospital-others")) }
        ul.plain.columns { @for town in &found.all { @if town.code != found.town.code {
            li { a href=(cx.url(&format!("/directory/hospital/{}", town.code))) { (town.name(cx.lang)) } }
        } } }
    };
    Ok(cx
        .page(title)
        .nav("municipalities")
        .crumbs(&crumbs)
        .sub(t!(cx, "hospital-lead"))
        .body(body))
}

/// The form as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    #[serde(flatten)]
    texts: Texts,
    version: String,
    act: String,
}

/// `GET /directory/hospital/{code}/edit`
pub(crate) async fn edit(cx: Ctx, Path(code): Path<String>) -> web::Result {
    let found = read(&cx, code).await?;
    if found.writable.is_none() {
        return Err(web::Error::NotFound);
    }
    let texts = match &found.window.draft {
        Some((draft, _)) => draft.clone(),
        None => found.window.texts.clone(),
    };
    Ok(page(&cx, &found, &texts, &Errors::new(), StatusCode::OK))
}

fn approves(cx: &Ctx) -> bool {
    cx.me
        .as_ref()
        .is_some_and(|me| matches!(me.role, Role::Approver | Role::Manager))
}

fn page(cx: &Ctx, found: &Found, texts: &Texts, errors: &Errors, status: StatusCode) -> Response {
    let name = found.town.name(cx.lang);
    let title = t!(cx, "hospital-edit-title", town = name);
    let path = format!("/directory/hospital/{}", found.town.code);
    let crumbs = [
        (path.clone(), t!(cx, "hospital-short")),
        (String::new(), title.clone()),
    ];
    let conflict = status == StatusCode::CONFLICT;
    let body = html! {
        (ui::error_summary(cx, errors))
        @if conflict {
            (ui::notice(ui::Tone::Warn, t!(cx, "hospital-conflict"), html! {
                p { (t!(cx, "hospital-conflict-text")) }
                h3 { (t!(cx, "hospital-published")) } (facts(cx, &found.window.texts))
                @if let Some((draft, by)) = &found.window.draft { h3 { (t!(cx, "hospital-proposed", by = by.as_str())) } (facts(cx, draft)) }
            }))
        } @else if let Some((_, by)) = &found.window.draft {
            (ui::notice(ui::Tone::Info, t!(cx, "hospital-proposed", by = by.as_str()), html! {
                p { (t!(cx, "hospital-proposed-text")) }
                (ui::details(t!(cx, "hospital-published"), facts(cx, &found.window.texts)))
            }))
        }
        (ui::form(cx, &format!("{path}/edit"), html! {
            input type="hidden" name="version" value=(found.window.version);
            @for (field, text, most) in texts.fields() {
                @let long = most > 400;
                @let kind = if long { ui::Kind::Textarea { rows: 3 } } else if most == 40 { ui::Kind::Tel } else { ui::Kind::Text };
                (ui::field(cx, &ui::Field::new(field, label(cx, field)).kind(kind).value(text)
                    .hint(hint(cx, field)).maxlength(u32::try_from(most).unwrap_or(1000)).errors(errors)))
            }
            p.sub { (t!(cx, "hospital-no-names")) }
            div.actions {
                @if approves(cx) {
                    (ui::button(t!(cx, "hospital-publish")))
                    @if found.window.draft.is_some() { (ui::button_second("act", "discard", t!(cx, "hospital-discard"))) }
                } @else { (ui::button(t!(cx, "hospital-propose"))) }
            }
        }))
    };
    cx.page(title)
        .nav("municipalities")
        .crumbs(&crumbs)
        .no_qr()
        .status(status)
        .body(body)
}

fn hint(cx: &Ctx, field: &str) -> String {
    match field {
        "window_name" => t!(cx, "hospital-window-hint"),
        "phone" | "fax" => t!(cx, "hospital-phone-hint"),
        "hours" => t!(cx, "hospital-hours-hint"),
        "answers" => t!(cx, "hospital-answers-hint"),
        "to_whom" => t!(cx, "hospital-to-whom-hint"),
        "how" => t!(cx, "hospital-how-hint"),
        _ => t!(cx, "hospital-outside-hint"),
    }
}

/// `POST /directory/hospital/{code}/edit`
pub(crate) async fn save(
    cx: Ctx,
    Path(code): Path<String>,
    Form(typed): Form<Typed>,
) -> web::Result {
    let found = read(&cx, code.clone()).await?;
    let Some(owner) = found.writable else {
        return Err(web::Error::NotFound);
    };
    let mut errors = Errors::new();
    for (field, text, most) in typed.texts.fields() {
        let typed_number =
            |c: char| c.is_ascii_digit() || matches!(c, '-' | '(' | ')' | '+' | ' ' | '#');
        if text.chars().count() > most {
            errors.add(field, t!(cx, "hospital-too-long", count = most));
        } else if most == 40 && !text.chars().all(typed_number) {
            errors.add(field, t!(cx, "hospital-bad-phone"));
        }
    }
    if !errors.is_empty() {
        return Ok(page(
            &cx,
            &found,
            &typed.texts,
            &errors,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    }
    let me = cx.require_me()?;
    let by = format!("{} {}", me.organisation_name, me.name);
    let by: String = by.chars().take(200).collect();
    let (publish, discard) = (approves(&cx), typed.act == "discard");
    let texts = typed.texts.clone();
    let json = serde_json::to_string(&texts).map_err(|e| web::Error::Unexpected(Box::new(e)))?;
    let seen: i64 = typed.version.trim().parse().unwrap_or(-1);
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let old = sql::window(tx, &code)?;
            if old.version != seen {
                return Ok::<_, store::Error>(false);
            }
            let action = match (publish, discard) {
                (true, true) => {
                    sql::propose(tx, &code, None)?;
                    "directory.hospital.discard"
                }
                (true, false) => {
                    sql::save(tx, &code, &texts, &by)?;
                    "directory.hospital.publish"
                }
                (false, _) => {
                    sql::propose(tx, &code, Some((&json, &by)))?;
                    "directory.hospital.propose"
                }
            };
            let changed = old.texts.fields().into_iter().zip(texts.fields());
            let fields = changed
                .filter(|((_, a, _), (_, b, _))| a != b)
                .map(|((name, old, _), (_, new, _))| FieldChange {
                    name,
                    old: Some(old.to_owned()),
                    new: Some(new.to_owned()),
                })
                .collect();
            tx.audit(Audit {
                action,
                table: "hospital_window",
                id: Some(owner.uuid()),
                subject: Some(owner.uuid()),
                fields,
                purpose: None,
                result: Outcome::Done,
            })?;
            tx.changed("directory.hospital", owner.uuid(), Some(owner))?;
            Ok(true)
        })
        .await?;
    if !done {
        let now = read(&cx, found.town.code.clone()).await?;
        return Ok(page(&cx, &now, &typed.texts, &errors, StatusCode::CONFLICT));
    }
    let text = if discard && publish {
        t!(cx, "hospital-discarded")
    } else if publish {
        t!(cx, "hospital-is-published")
    } else {
        t!(cx, "hospital-is-proposed")
    };
    cx.flash(FlashKind::Good, &text);
    Ok(cx.redirect(&format!("/directory/hospital/{}", found.town.code)))
}
