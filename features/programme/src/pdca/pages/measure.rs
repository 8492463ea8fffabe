//! One countermeasure: new, read, changed, taken a step further, shown to more people.

use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use maud::{Markup, html};
use serde::Deserialize;
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{
    form::{self, Around, Forums},
    words,
};
use crate::{
    i18n::t,
    model::{EntryId, Range},
    pdca::{
        actions::{self, Act, Change, Refusal},
        input::{self, Input},
        model::{MeasureId, MeasureState},
        store::{self as sql, Measure, Version},
        who,
    },
};

/// The question of `GET /programme/measures/new`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    entry: String,
}

/// `GET /programme/measures/new?entry=…`
pub(crate) async fn new(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    let entry = entry_id(&asked.entry)?;
    let values = Values::default();
    new_page(&cx, entry, &values, &Errors::new(), (false, StatusCode::OK)).await
}

async fn new_page(
    cx: &Ctx,
    entry: EntryId,
    values: &Values,
    errors: &Errors,
    (ask, status): (bool, StatusCode),
) -> web::Result {
    let lang = cx.lang;
    let (head, forums) = cx
        .db()
        .read::<_, web::Error>(&cx.viewer(), move |conn| {
            let head = sql::head(conn, entry)?.ok_or(web::Error::NotFound)?;
            Ok((head, forums(conn, lang)?))
        })
        .await?;
    let year = kernel::fiscal_year(cx.now.date_jst());
    let around = Around {
        forums: &forums,
        check: false,
        frozen: false,
        ask,
    };
    let body = html! {
        (ui::notice(ui::Tone::Info, t!(cx, "pdca-new-about"), html! { p { strong lang="ja" { (head.title) } } p { (t!(cx, "pdca-new-internal")) } }))
        (ui::error_summary(cx, errors))
        form.form method="post" action=(cx.url("/programme/measures")) novalidate data-keep=(cx.keep_key("programme.measure.new", entry)) {
            input type="hidden" name="_csrf" value=(cx.csrf());
            input type="hidden" name="entry" value=(entry);
            (form::fields(cx, values, errors, &around))
            div.actions {
                (ui::button(t!(cx, "pdca-new-save")))
                (ui::link_button_second(cx.url(&crate::pdca::entry_path(entry)), web::t!(cx.lang, "cancel")))
            }
        }
    };
    let title = t!(cx, "pdca-new-title");
    Ok(cx
        .page(title.clone())
        .nav("programme")
        .crumbs(&[
            ("/programme".to_owned(), t!(cx, "pdca-programme")),
            (crate::pdca::entry_path(entry), head.title.clone()),
            (String::new(), title),
        ])
        .sub(t!(cx, "pdca-new-year", year = ui::fiscal_year(cx, year)))
        .status(status)
        .no_qr()
        .body(body))
}

/// `POST /programme/measures`
pub(crate) async fn create(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let entry = entry_id(values.text("entry"))?;
    let mut input = Input::new(&cx, &values);
    let plan = form::read(&cx, &mut input, &values);
    if !input.errors.is_empty() {
        let (errors, ask) = (input.errors, input.ask);
        return new_page(
            &cx,
            entry,
            &values,
            &errors,
            (ask, StatusCode::UNPROCESSABLE_ENTITY),
        )
        .await;
    }
    let year = kernel::fiscal_year(cx.now.date_jst());
    let who = who::actor(&cx)?;
    match actions::create(cx.db(), cx.env(), &cx.viewer(), who, (entry, year), plan).await {
        Ok(id) => {
            cx.flash(FlashKind::Good, &t!(cx, "pdca-created"));
            Ok(cx.redirect(&format!("/programme/measures/{id}")))
        }
        Err(Refusal::Rule(rule)) => {
            let mut errors = Errors::new();
            errors.add("body", words::refused(&cx, rule));
            new_page(
                &cx,
                entry,
                &values,
                &errors,
                (false, StatusCode::UNPROCESSABLE_ENTITY),
            )
            .await
        }
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(Refusal::Conflict(_)) => Err(web::Error::Busy),
    }
}

struct Read {
    one: Measure,
    versions: Vec<Version>,
    forums: Forums,
}

async fn read(cx: &Ctx, id: MeasureId) -> web::Result<Read> {
    let lang = cx.lang;
    cx.db()
        .read::<_, web::Error>(&cx.viewer(), move |conn| {
            let mut one = sql::one(conn, id)?.ok_or(web::Error::NotFound)?;
            sql::name_offices(conn, std::slice::from_mut(&mut one))?;
            Ok(Read {
                one,
                versions: sql::versions(conn, id)?,
                forums: forums(conn, lang)?,
            })
        })
        .await
}

/// The councils of the area by name.
pub(crate) fn forums(conn: &mut ::store::Conn, lang: kernel::Lang) -> ::store::Result<Forums> {
    let councils = areas::store::councils(conn)?;
    Ok(councils
        .into_iter()
        .map(|c| (c.id.to_string(), c.label(lang).to_owned()))
        .collect())
}

/// `GET /programme/measures/{id}`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let read = read(&cx, parse(&id)?).await?;
    let values = form::values_of(&read.one.plan, read.one.version);
    Ok(page(
        &cx,
        &read,
        &values,
        &Errors::new(),
        (false, StatusCode::OK),
        &html! {},
    ))
}

/// `POST /programme/measures/{id}`
pub(crate) async fn save(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    let mut input = Input::new(&cx, &values);
    let plan = form::read(&cx, &mut input, &values);
    let reason = input.text("correction", 2000);
    let (seen, stated) = (input.version(), input.stated());
    if !input.errors.is_empty() {
        let (errors, ask) = (input.errors, input.ask);
        let read = read(&cx, id).await?;
        return Ok(page(
            &cx,
            &read,
            &values,
            &errors,
            (ask, StatusCode::UNPROCESSABLE_ENTITY),
            &html! {},
        ));
    }
    let change = Change {
        seen,
        plan,
        act: Act::from_code(values.text("act")),
        reason,
        stated,
    };
    match actions::save(cx.db(), &cx.viewer(), who::actor(&cx)?, id, change).await {
        Ok(()) => {
            cx.flash(FlashKind::Good, &t!(cx, "pdca-saved"));
            Ok(cx.redirect(&format!("/programme/measures/{id}")))
        }
        Err(Refusal::Rule(rule)) => {
            let read = read(&cx, id).await?;
            let mut errors = Errors::new();
            let field = match rule {
                crate::pdca::model::Refused::Frozen => "correction",
                crate::pdca::model::Refused::Incomplete => "result",
                crate::pdca::model::Refused::Reason => "reason",
                crate::pdca::model::Refused::State => "body",
            };
            errors.add(field, words::refused(&cx, rule));
            Ok(page(
                &cx,
                &read,
                &values,
                &errors,
                (false, StatusCode::UNPROCESSABLE_ENTITY),
                &html! {},
            ))
        }
        Err(Refusal::Conflict(_)) => conflict(&cx, id, values).await,
        Err(Refusal::Store(error)) => Err(error.into()),
    }
}

/// Both texts side by side; the writer's own stays in the form, now on top of the other's version.
async fn conflict(cx: &Ctx, id: MeasureId, values: Values) -> web::Result {
    let read = read(cx, id).await?;
    let mut scratch = Input::new(cx, &values);
    let mine = form::read(cx, &mut scratch, &values);
    let theirs = form::facts(cx.lang, &read.one.plan, &read.forums);
    let typed = form::facts(cx.lang, &mine, &read.forums);
    let rows: Vec<Vec<Markup>> = theirs
        .into_iter()
        .zip(typed)
        .filter(|((_, a), (_, b))| a != b)
        .map(|((name, a), (_, b))| vec![html! { (name) }, words::lines(&a), words::lines(&b)])
        .collect();
    let title = t!(cx, "pdca-conflict-title");
    let head = [
        t!(cx, "pdca-conflict-field"),
        t!(cx, "pdca-conflict-theirs"),
        t!(cx, "pdca-conflict-mine"),
    ];
    let notice = html! {
        (ui::notice(ui::Tone::Warn, &title, html! { p { (t!(cx, "pdca-conflict-text")) } }))
        @if !rows.is_empty() { (ui::table_rows(&title, &head, &rows)) }
    };
    let mut again = Values::default();
    for (name, value) in values.iter().filter(|(name, _)| *name != "version") {
        again.push(name.to_owned(), value.to_owned());
    }
    again.push("version".to_owned(), read.one.version.to_string());
    Ok(page(
        cx,
        &read,
        &again,
        &Errors::new(),
        (false, StatusCode::CONFLICT),
        &notice,
    ))
}

fn page(
    cx: &Ctx,
    read: &Read,
    values: &Values,
    errors: &Errors,
    (ask, status): (bool, StatusCode),
    above: &Markup,
) -> Response {
    let one = &read.one;
    let mine = cx
        .me
        .as_ref()
        .is_some_and(|me| who::of(me).tenant == one.tenant && crate::WORK.roles.contains(&me.role));
    let crumbs = [
        ("/programme".to_owned(), t!(cx, "pdca-programme")),
        (crate::pdca::entry_path(one.entry), one.title.clone()),
        (String::new(), t!(cx, "pdca-measure")),
    ];
    let body = html! {
        (above)
        (ui::error_summary(cx, errors))
        p {
            (words::state_badge(cx, one.state)) " "
            @if let Some(rating) = one.rating { (ui::badge(ui::Tone::Key, words::rating(cx, rating))) " " }
            (ui::badge(ui::Tone::Plain, words::reach(cx, one.reach))) " "
            @if one.frozen_at.is_some() { (ui::badge(ui::Tone::Warn, t!(cx, "pdca-frozen"))) " " }
            @if one.copied_from.is_some() { (ui::badge(ui::Tone::Info, t!(cx, "pdca-copied"))) " " }
            @if one.on_behalf { (ui::badge(ui::Tone::Info, t!(cx, "pdca-on-behalf"))) " " }
            @if one.plan.fictional { (ui::badge(ui::Tone::Plain, web::t!(cx.lang, "fictional"))) }
        }
        (facts_list(cx, one, &read.forums))
        @if mine {
            @if let Some(at) = one.frozen_at {
                (ui::notice(ui::Tone::Info, t!(cx, "pdca-frozen-title"), html! { p { (t!(cx, "pdca-frozen-text")) " " (ui::moment(cx, at)) } }))
            }
            section.no-print #edit {
                h2 { (if one.frozen_at.is_some() { t!(cx, "pdca-correct-title") } else { t!(cx, "pdca-edit-title") }) }
                (edit(cx, read, values, errors, ask))
            }
            (range(cx, one))
        }
        @if !read.versions.is_empty() { (history(cx, &read.versions, &read.forums)) }
        (areas::words::footnotes(cx.lang, &["countermeasure", "process-indicator", "outcome-indicator", "baseline", "target", "rating"]))
    };
    let title = t!(
        cx,
        "pdca-measure-title",
        office = one.office(cx.lang),
        year = ui::fiscal_year(cx, one.year)
    );
    cx.page(title)
        .nav("programme")
        .crumbs(&crumbs)
        .sub(html! { span lang="ja" { (one.title) } })
        .status(status)
        .body(body)
}

fn facts_list(cx: &Ctx, one: &Measure, forums: &Forums) -> Markup {
    let facts: Vec<(String, Markup)> = form::facts(cx.lang, &one.plan, forums)
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| (name, html! { span lang="ja" { (words::lines(&text)) } }))
        .collect();
    ui::dl(&facts)
}

fn edit(cx: &Ctx, read: &Read, values: &Values, errors: &Errors, ask: bool) -> Markup {
    let one = &read.one;
    let around = Around {
        forums: &read.forums,
        check: true,
        frozen: one.frozen_at.is_some(),
        ask: ask || input::stated(values),
    };
    html! {
        form.form method="post" action=(cx.url(&format!("/programme/measures/{}", one.id))) novalidate data-keep=(cx.keep_key("programme.measure", one.id)) {
            input type="hidden" name="_csrf" value=(cx.csrf());
            input type="hidden" name="version" value=(values.text("version"));
            (form::fields(cx, values, errors, &around))
            div.actions {
                (ui::button(web::t!(cx.lang, "save")))
                @if one.frozen_at.is_none() {
                    @match one.state {
                        MeasureState::Planned => {
                            (ui::button_second("act", "start", t!(cx, "pdca-act-start")))
                            (ui::button_second("act", "stop", t!(cx, "pdca-act-stop")))
                        }
                        MeasureState::Running => {
                            (ui::button_second("act", "evaluate", t!(cx, "pdca-act-evaluate")))
                            (ui::button_second("act", "stop", t!(cx, "pdca-act-stop")))
                        }
                        _ => { (ui::button_second("act", "resume", t!(cx, "pdca-act-resume"))) }
                    }
                }
            }
        }
    }
}

fn range(cx: &Ctx, one: &Measure) -> Markup {
    let choices: Vec<ui::Choice<'_>> = Range::ALL
        .iter()
        .map(|r| ui::Choice::new(r.code(), words::reach(cx, *r)))
        .collect();
    html! {
        section.no-print {
            h2 { (t!(cx, "pdca-range-title")) }
            (ui::form(cx, &format!("/programme/measures/{}/range", one.id), html! {
                input type="hidden" name="version" value=(one.version);
                (ui::field(cx, &ui::Field::new("reach", t!(cx, "pdca-range")).hint(t!(cx, "pdca-range-hint")).kind(ui::Kind::Select(choices)).value(one.reach.code())))
                div.actions { (ui::button_small(t!(cx, "pdca-range-save"))) }
            }))
            p { a href=(cx.url(&format!("/programme/disclosure/new?measure={}", one.id))) { (t!(cx, "report-disclose")) } }
        }
    }
}

fn history(cx: &Ctx, versions: &[Version], forums: &Forums) -> Markup {
    html! {
        section {
            h2 { (t!(cx, "pdca-history")) }
            ul.list-plain {
                @for (at, one) in versions.iter().enumerate() {
                    li {
                        strong { (t!(cx, "pdca-version", number = one.version.to_string())) } " "
                        (ui::moment(cx, one.saved_at)) " "
                        span lang="ja" { (one.by) } " "
                        (words::state_badge(cx, one.state))
                        @if one.after_close { " " (ui::badge(ui::Tone::Warn, t!(cx, "pdca-corrected"))) }
                        @if !one.reason.is_empty() && one.after_close { p { (t!(cx, "pdca-correction")) ": " span lang="ja" { (words::lines(&one.reason)) } } }
                        @if let Some(before) = versions.get(at + 1) { (changed(cx, before, one, forums)) }
                    }
                }
            }
        }
    }
}

/// What differs between two kept versions, unfolded on demand.
fn changed(cx: &Ctx, before: &Version, after: &Version, forums: &Forums) -> Markup {
    let rows: Vec<Vec<Markup>> = form::facts(cx.lang, &before.plan, forums)
        .into_iter()
        .zip(form::facts(cx.lang, &after.plan, forums))
        .filter(|((_, a), (_, b))| a != b)
        .map(|((name, a), (_, b))| vec![html! { (name) }, words::lines(&a), words::lines(&b)])
        .collect();
    if rows.is_empty() {
        return html! {};
    }
    let head = [
        t!(cx, "pdca-conflict-field"),
        t!(cx, "pdca-before"),
        t!(cx, "pdca-after"),
    ];
    let label = t!(cx, "pdca-changes", count = rows.len().to_string());
    ui::details(label.clone(), ui::table_rows(label, &head, &rows))
}

/// `POST /programme/measures/{id}/range`
pub(crate) async fn set_range(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    let range = Range::from_code(values.text("reach"))
        .ok_or_else(|| web::Error::Invalid(t!(cx, "pdca-problem-required")))?;
    let seen = Input::new(&cx, &values).version();
    let text = match actions::set_reach(cx.db(), &cx.viewer(), who::actor(&cx)?, id, (seen, range))
        .await
    {
        Ok(()) => {
            cx.flash(
                FlashKind::Good,
                &t!(cx, "pdca-range-saved", range = words::reach(&cx, range)),
            );
            return Ok(cx.redirect(&format!("/programme/measures/{id}")));
        }
        Err(Refusal::Store(error)) => return Err(error.into()),
        Err(_) => t!(cx, "pdca-faster"),
    };
    Err(web::Error::Conflict(
        html! { p { (text) } p { a href=(cx.url(&format!("/programme/measures/{id}"))) { (t!(cx, "pdca-look-again")) } } },
    ))
}

fn parse(id: &str) -> web::Result<MeasureId> {
    id.parse().map_err(|_| web::Error::NotFound)
}

/// An entry's id from a field or address.
pub(crate) fn entry_id(text: &str) -> web::Result<EntryId> {
    text.parse().map_err(|_| web::Error::NotFound)
}
