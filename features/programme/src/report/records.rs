//! Official records: how long each kind is kept, the year bound together.

use axum::{extract::Query, http::StatusCode, response::Response};
use maud::{Markup, html};
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{
    actions,
    model::{kept_until, record_kinds},
    pages::{Asked, Year, read},
    store::{self as sql, Kept},
};
use crate::{
    calendar::store::{self as notes, Note},
    handoff::{
        pages::step_line,
        store::{self as over, Taken},
    },
    i18n::t,
    pdca::{
        pages::{form, words},
        store::Measure,
        who,
    },
};

/// How long an office keeps a kind: by its own rules, otherwise as proposed.
fn years_of(kept: &[Kept], kind: &str, proposed: i64) -> (i64, String) {
    kept.iter()
        .find(|one| one.kind == kind)
        .map_or((proposed, String::new()), |one| {
            (one.years, one.basis.clone())
        })
}

/// `GET /programme/records?year=…`
pub(crate) async fn show(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    page(
        &cx,
        asked.fiscal(&cx),
        &Values::default(),
        &Errors::new(),
        StatusCode::OK,
    )
    .await
}

async fn page(
    cx: &Ctx,
    year: i32,
    values: &Values,
    errors: &Errors,
    status: StatusCode,
) -> web::Result<Response> {
    let tenant = who::actor(cx)?.tenant;
    let (kept, copies) = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| {
            Ok((sql::retention(conn, tenant)?, sql::copies(conn, tenant)?))
        })
        .await?;
    let works = crate::WORK.decide(cx.me.as_ref()) == web::Decision::Allow;
    let body = html! {
        (ui::error_summary(cx, errors))
        section {
            h2 { (t!(cx, "records-kept")) }
            p { (t!(cx, "records-kept-lead")) }
            @if works {
                (ui::form(cx, "/programme/records", html! {
                    input type="hidden" name="year" value=(year);
                    @for kind in record_kinds() {
                        @let (years, basis) = years_of(&kept, &kind.key, kind.years);
                        @let name = format!("years-{}", kind.key);
                        @let why = format!("basis-{}", kind.key);
                        (ui::fieldset(kind.name(cx.lang), html! {
                            (ui::field(cx, &ui::Field::new(&name, t!(cx, "records-years")).kind(ui::Kind::Number).value(values.get(&name).map_or_else(|| years.to_string(), str::to_owned)).hint(t!(cx, "records-until", until = kept_until(year, years).map(|day| kernel::format_date(day, cx.lang)).unwrap_or_default(), year = ui::fiscal_year(cx, year)))))
                            @if let Some(error) = errors.of(&name) { p.error { (error) } }
                            (ui::field(cx, &ui::Field::new(&why, t!(cx, "records-basis")).value(values.get(&why).map_or_else(|| basis.clone(), str::to_owned)).hint(t!(cx, "records-basis-hint"))))
                        }))
                    }
                    div.actions { (ui::button(web::t!(cx.lang, "save"))) }
                }))
            }
        }
        section {
            h2 { (t!(cx, "records-binder")) }
            p { (t!(cx, "records-binder-lead")) }
            p { (ui::link_button_second(cx.url(&format!("/programme/records/binder?year={year}")), t!(cx, "records-binder-open", year = ui::fiscal_year(cx, year)))) }
        }
        section {
            h2 { (t!(cx, "records-copies")) }
            p { (t!(cx, "records-copies-lead")) }
            @if copies.is_empty() { p.sub { (t!(cx, "records-copies-none")) } }
            @else {
                ul { @for one in &copies { li { a href=(cx.url(&format!("/programme/disclosure/{}", one.id))) lang="ja" { (one.title) } " " span.sub { (one.number) " " (ui::date(cx, one.at.date_jst())) " " (t!(cx, "records-hidden", count = one.hidden)) } } } }
            }
        }
        (areas::words::footnotes(cx.lang, &["retention", "binder", "disclosure", "freeze"]))
    };
    let crumbs = [
        ("/programme".to_owned(), t!(cx, "pdca-programme")),
        (
            format!("/programme/report?year={year}"),
            t!(cx, "report-nav"),
        ),
        (String::new(), t!(cx, "records-title")),
    ];
    Ok(cx
        .page(t!(cx, "records-title"))
        .nav("programme")
        .crumbs(&crumbs)
        .sub(t!(cx, "records-lead"))
        .status(status)
        .body(body))
}

/// `POST /programme/records`
pub(crate) async fn save(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let mut errors = Errors::new();
    let mut list = Vec::new();
    for kind in record_kinds() {
        let name = format!("years-{}", kind.key);
        let basis: String = values
            .text(&format!("basis-{}", kind.key))
            .chars()
            .take(200)
            .collect();
        match kernel::text::half_width(values.text(&name))
            .trim()
            .parse::<i64>()
        {
            Ok(years) if (1..=100).contains(&years) => list.push(Kept {
                kind: kind.key.clone(),
                years,
                basis,
            }),
            _ => errors.add(name, t!(cx, "records-problem-years")),
        }
    }
    let year = values
        .text("year")
        .parse()
        .unwrap_or_else(|_| kernel::fiscal_year(cx.now.date_jst()));
    if !errors.is_empty() {
        return page(
            &cx,
            year,
            &values,
            &errors,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    }
    actions::retention(cx.db(), &cx.viewer(), who::actor(&cx)?, list).await?;
    cx.flash(FlashKind::Good, &t!(cx, "pdca-saved"));
    Ok(cx.redirect(&format!("/programme/records?year={year}")))
}

struct Binder {
    year: Year,
    steps: Vec<Vec<Taken>>,
    notes: Vec<Note>,
    kept: Vec<Kept>,
}

/// `GET /programme/records/binder?year=…`: everything of the year on paper, with its list first.
pub(crate) async fn binder(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    let me = who::actor(&cx)?;
    let (tenant, year, lang) = (me.tenant, asked.fiscal(&cx), cx.lang);
    let data = cx
        .db()
        .read_slow::<_, ::store::Error>(&cx.viewer(), move |conn| {
            let whole = read(conn, tenant, year, lang)?;
            let steps = over::steps_of(
                conn,
                &whole.handoffs.iter().map(|one| one.id).collect::<Vec<_>>(),
            )?;
            let steps = whole
                .handoffs
                .iter()
                .map(|one| steps.get(&one.id).cloned().unwrap_or_default())
                .collect();
            Ok(Binder {
                year: whole,
                steps,
                notes: notes::all_notes(conn, tenant)?,
                kept: sql::retention(conn, tenant)?,
            })
        })
        .await?;
    cx.db()
        .audit(
            &cx.viewer(),
            ::store::Audit::new("programme.binder.print", "measure").subject(tenant.uuid()),
        )
        .await?;
    let title = t!(
        cx,
        "records-binder-title",
        office = me.tenant_name.as_str(),
        year = ui::fiscal_year(&cx, year)
    );
    let body = html! {
        p.no-print { button.btn type="button" data-print hidden { (web::t!(cx.lang, "print")) } " " a href=(cx.url(&format!("/programme/records?year={year}"))) { (web::t!(cx.lang, "back")) } }
        (index(&cx, &data))
        @for (at, one) in data.year.measures.iter().enumerate() { (bound_measure(&cx, &data, at + 1, one)) }
        @for (at, one) in data.year.handoffs.iter().enumerate() {
            section.bound #{ "h" (at + 1) } {
                h2 { (t!(cx, "records-handoff", number = (at + 1).to_string())) " " span lang="ja" { (one.title) } }
                p { span lang="ja" { (one.sender_name) " \u{2192} " (one.receiver_name) } }
                p lang="ja" { (words::lines(&one.body)) }
                @if let Some(steps) = data.steps.get(at) { ol.list-plain { @for taken in steps { li { (step_line(&cx, taken)) } } } }
            }
        }
        @for (at, note) in data.notes.iter().enumerate() {
            section.bound #{ "n" (at + 1) } {
                h2 { (t!(cx, "records-note", number = (at + 1).to_string())) " " (note_name(&cx, note)) }
                p lang="ja" { (words::lines(&note.body)) }
                p.sub { (t!(cx, "pdca-version", number = note.version.to_string())) " " span lang="ja" { (note.by) } " " (ui::moment(&cx, note.saved_at)) }
            }
        }
    };
    Ok(cx.page(title).nav("programme").body(body))
}

fn note_name(cx: &Ctx, note: &Note) -> String {
    crate::calendar::model::fixed_duty(&note.key)
        .map_or_else(|| note.key.clone(), |duty| duty.title(cx.lang).to_owned())
}

fn index(cx: &Ctx, data: &Binder) -> Markup {
    let head = [
        t!(cx, "records-col-number"),
        t!(cx, "records-col-title"),
        t!(cx, "records-col-kind"),
        t!(cx, "records-col-date"),
        t!(cx, "records-col-until"),
    ];
    let until = |key: &str| {
        let kind = record_kinds().iter().find(|kind| kind.key == key);
        let (years, _) = years_of(&data.kept, key, kind.map_or(5, |kind| kind.years));
        let name = kind
            .map(|kind| kind.name(cx.lang).to_owned())
            .unwrap_or_default();
        (
            name,
            html! { @if let Some(day) = kept_until(data.year.year, years) { (ui::date(cx, day)) } },
        )
    };
    let mut rows: Vec<Vec<Markup>> = Vec::new();
    let mut add = |anchor: String, title: String, key: &str, date: Markup| {
        let (kind, last) = until(key);
        let number = rows.len() + 1;
        rows.push(vec![
            html! { (number) },
            html! { a href={ "#" (anchor) } lang="ja" { (title) } },
            html! { (kind) },
            date,
            last,
        ]);
    };
    for (at, one) in data.year.measures.iter().enumerate() {
        add(
            format!("m{}", at + 1),
            one.title.clone(),
            "plan",
            ui::date(cx, one.updated_at.date_jst()),
        );
    }
    for (at, one) in data.year.handoffs.iter().enumerate() {
        add(
            format!("h{}", at + 1),
            one.title.clone(),
            "handoff",
            ui::date(cx, one.sent_at.date_jst()),
        );
    }
    for (at, note) in data.notes.iter().enumerate() {
        add(
            format!("n{}", at + 1),
            note_name(cx, note),
            "note",
            ui::date(cx, note.saved_at.date_jst()),
        );
    }
    html! {
        section { h2 { (t!(cx, "records-index")) }
            @if rows.is_empty() { p { (t!(cx, "report-empty")) } } @else { (ui::table_rows(t!(cx, "records-index"), &head, &rows)) } }
    }
}

fn bound_measure(cx: &Ctx, data: &Binder, number: usize, one: &Measure) -> Markup {
    let facts: Vec<(String, Markup)> = form::facts(cx.lang, &one.plan, &data.year.forums)
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| (name, html! { span lang="ja" { (words::lines(&text)) } }))
        .collect();
    html! {
        section.bound #{ "m" (number) } {
            h2 { (t!(cx, "records-measure", number = number.to_string())) " " span lang="ja" { (one.title) } }
            p { (words::state_badge(cx, one.state)) " " (words::reach(cx, one.reach)) " " (t!(cx, "pdca-version", number = one.version.to_string())) @if one.frozen_at.is_some() { " " (t!(cx, "pdca-frozen")) } }
            (ui::dl(&facts))
        }
    }
}
