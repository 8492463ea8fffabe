//! The yearly report and the A3 sheets, and what is done at the year's end.

use axum::extract::Query;
use kernel::OrganisationId;
use maud::{Markup, html};
use serde::Deserialize;
use store::Conn;
use web::{Ctx, FlashKind, Form, Values, ui};

use super::{
    actions::{self, Refusal},
    store as sql,
};
use crate::{
    guide::pages::scene_word,
    handoff::store::{self as over, Handoff},
    i18n::t,
    model::{COMMON, Goal, SCENES},
    pdca::{
        model::{MeasureState, Rating},
        pages::{form, measure::forums, words},
        store::{self as pdca, Measure},
        who,
    },
};

/// Most text of one cell on a sheet before the rest is left to the page.
const CELL: usize = 400;

/// The question of the report's pages.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub(crate) year: String,
    scene: String,
}

impl Asked {
    /// The fiscal year asked for, otherwise the present one.
    pub(crate) fn fiscal(&self, cx: &Ctx) -> i32 {
        let this = kernel::fiscal_year(cx.now.date_jst());
        self.year
            .parse()
            .ok()
            .filter(|year| (2000..=this + 1).contains(year))
            .unwrap_or(this)
    }
}

/// What a report is made of.
pub(crate) struct Year {
    pub(crate) year: i32,
    pub(crate) measures: Vec<Measure>,
    pub(crate) handoffs: Vec<Handoff>,
    pub(crate) years: Vec<(i32, i64)>,
    pub(crate) closed: Option<(kernel::Time, String)>,
    pub(crate) forums: form::Forums,
    goals: Vec<Goal>,
}

/// Five statements.
pub(crate) fn read(
    conn: &mut Conn,
    tenant: OrganisationId,
    year: i32,
    lang: kernel::Lang,
) -> ::store::Result<Year> {
    let (first, past) = areas::actions::fiscal_days(year)
        .and_then(|(first, last)| {
            Some((
                kernel::Time::from_jst_date(first),
                kernel::Time::from_jst_date(last.tomorrow().ok()?),
            ))
        })
        .unwrap_or((conn.now(), conn.now()));
    Ok(Year {
        year,
        measures: pdca::of_year(conn, tenant, year)?,
        handoffs: over::of_year(conn, tenant, first, past)?,
        years: pdca::years(conn, tenant)?,
        closed: sql::closed(conn, tenant, year)?,
        forums: forums(conn, lang)?,
        goals: Vec::new(),
    })
}

fn with_goals(conn: &mut Conn, tenant: OrganisationId, mut year: Year) -> ::store::Result<Year> {
    year.goals = crate::store::goals::goals(conn)?
        .into_iter()
        .filter(|goal| goal.owner == tenant)
        .collect();
    Ok(year)
}

/// Whether a countermeasure belongs to a scene; without any it belongs to 共通.
fn in_scene(one: &Measure, scene: &str) -> bool {
    one.scenes.contains(scene)
        || (scene == COMMON && !SCENES.iter().any(|known| one.scenes.contains(known)))
}

/// `GET /programme/report?year=…`
pub(crate) async fn show(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    let me = who::actor(&cx)?;
    let (tenant, year, lang) = (me.tenant, asked.fiscal(&cx), cx.lang);
    let data = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| read(conn, tenant, year, lang))
        .await?;
    let fiscal = ui::fiscal_year(&cx, year);
    let body = html! {
        (year_chips(&cx, &data))
        @if let Some((at, by)) = &data.closed {
            (ui::notice(ui::Tone::Info, t!(cx, "pdca-frozen-title"), html! { p { span lang="ja" { (by) } " " (ui::moment(&cx, *at)) } }))
        }
        @if data.measures.is_empty() {
            (ui::empty(t!(cx, "report-empty"), t!(cx, "report-empty-text"), html! { (ui::link_button_second(cx.url("/programme"), t!(cx, "pdca-programme"))) }))
        } @else {
            (counts(&cx, &data))
            (table(&cx, &data))
        }
        (handoffs(&cx, &data))
        (sheets(&cx, year))
        (end_of_year(&cx, &data))
        (areas::words::footnotes(cx.lang, &["pdca", "countermeasure", "process-indicator", "outcome-indicator", "baseline", "target", "rating", "freeze"]))
    };
    Ok(cx
        .page(t!(
            cx,
            "report-title",
            office = me.tenant_name.as_str(),
            year = fiscal
        ))
        .nav("programme")
        .wide()
        .crumbs(&[
            ("/programme", t!(cx, "pdca-programme")),
            ("", t!(cx, "report-nav")),
        ])
        .sub(t!(cx, "report-lead"))
        .body(body))
}

fn year_chips(cx: &Ctx, data: &Year) -> Markup {
    let mut years: Vec<i32> = data.years.iter().map(|(year, _)| *year).collect();
    let this = kernel::fiscal_year(cx.now.date_jst());
    for one in [this, data.year] {
        if !years.contains(&one) {
            years.push(one);
        }
    }
    years.sort_unstable_by(|a, b| b.cmp(a));
    let chips: Vec<ui::Chip> = years
        .into_iter()
        .map(|year| ui::Chip {
            href: cx.url(&format!("/programme/report?year={year}")),
            label: ui::fiscal_year(cx, year),
            on: year == data.year,
        })
        .collect();
    html! { div.no-print { (ui::chips(t!(cx, "report-years"), &chips)) } }
}

fn counts(cx: &Ctx, data: &Year) -> Markup {
    let head: Vec<String> = std::iter::once(t!(cx, "report-scene"))
        .chain(
            MeasureState::ALL
                .iter()
                .map(|state| words::state(cx, *state)),
        )
        .chain(Rating::ALL.iter().map(|rating| rating.code().to_owned()))
        .collect();
    let row = |name: String, list: &[&Measure]| {
        let mut cells = vec![html! { (name) }];
        cells.extend(
            MeasureState::ALL
                .iter()
                .map(|state| html! { (list.iter().filter(|one| one.state == *state).count()) }),
        );
        cells.extend(Rating::ALL.iter().map(
            |rating| html! { (list.iter().filter(|one| one.rating == Some(*rating)).count()) },
        ));
        cells
    };
    let mut rows: Vec<Vec<Markup>> = SCENES
        .iter()
        .map(|scene| {
            row(
                scene_word(cx, scene),
                &data
                    .measures
                    .iter()
                    .filter(|one| in_scene(one, scene))
                    .collect::<Vec<_>>(),
            )
        })
        .collect();
    rows.push(row(
        t!(cx, "report-all"),
        &data.measures.iter().collect::<Vec<_>>(),
    ));
    html! {
        section { h2 { (t!(cx, "report-counts")) } (ui::table_rows(t!(cx, "report-counts"), &head, &rows)) p.sub { (t!(cx, "report-counts-note")) } }
    }
}

fn short(text: &str) -> Markup {
    let cut: String = text.chars().take(CELL).collect();
    let more = cut.len() < text.len();
    html! { span lang="ja" { (words::lines(&cut)) @if more { "\u{2026}" } } }
}

fn cells(cx: &Ctx, data: &Year, one: &Measure, link: bool) -> Vec<Markup> {
    let plan = &one.plan;
    let forum = data
        .forums
        .iter()
        .find(|(id, _)| *id == plan.council)
        .map(|(_, name)| name.as_str())
        .unwrap_or_default();
    let path = cx.url(&format!("/programme/measures/{}", one.id));
    vec![
        html! { @if link { a href=(path) lang="ja" { (one.title) } } @else { span lang="ja" { (one.title) } }
        @if one.fictional || plan.fictional { " " (ui::badge(ui::Tone::Plain, web::t!(cx.lang, "fictional"))) }
        @if one.copied_from.is_some() { " " (ui::badge(ui::Tone::Info, t!(cx, "pdca-copied"))) } },
        short(&plan.cause),
        short(&plan.body),
        html! { span lang="ja" { (plan.owner) } @if !plan.partners.is_empty() { br; span.sub lang="ja" { (plan.partners) } } @if !forum.is_empty() { br; span.sub { (forum) } } @if let Some(due) = one.due { br; (ui::date(cx, due)) } },
        short(&form::indicator_line(cx.lang, &plan.process)),
        short(&form::indicator_line(cx.lang, &plan.outcome)),
        html! { (words::state_badge(cx, one.state)) br; (short(&plan.check.result)) },
        html! { @if let Some(rating) = one.rating { strong { (rating.code()) } } br; (short(&plan.check.reason)) },
        html! { @if let Some(next) = plan.check.next { (words::next(cx, next)) } },
    ]
}

fn head(cx: &Ctx) -> [String; 9] {
    [
        t!(cx, "report-issue"),
        t!(cx, "pdca-cause"),
        t!(cx, "pdca-body"),
        t!(cx, "report-who"),
        t!(cx, "report-process"),
        t!(cx, "report-outcome"),
        t!(cx, "pdca-result"),
        t!(cx, "report-rating"),
        t!(cx, "pdca-next"),
    ]
}

fn table(cx: &Ctx, data: &Year) -> Markup {
    let rows: Vec<Vec<Markup>> = data
        .measures
        .iter()
        .map(|one| cells(cx, data, one, true))
        .collect();
    html! {
        section {
            h2 { (t!(cx, "pdca-measures")) }
            div.sheet { (ui::table_rows(t!(cx, "pdca-measures"), &head(cx), &rows)) }
            p.no-print { a href=(cx.url(&format!("/programme/report.xlsx?year={}", data.year))) download { (t!(cx, "report-xlsx")) } }
        }
    }
}

fn handoffs(cx: &Ctx, data: &Year) -> Markup {
    if data.handoffs.is_empty() {
        return html! {};
    }
    let today = cx.now.date_jst();
    let head = [
        t!(cx, "handoff-what"),
        t!(cx, "handoff-to"),
        t!(cx, "handoff-sent-on"),
        t!(cx, "handoff-due"),
        t!(cx, "handoff-state"),
    ];
    let rows: Vec<Vec<Markup>> = data
        .handoffs
        .iter()
        .map(|one| {
            vec![
                html! { a href=(cx.url(&format!("/programme/handoffs/{}", one.id))) lang="ja" { (one.title) } },
                html! { span lang="ja" { (one.receiver_name) } },
                ui::date(cx, one.sent_at.date_jst()),
                ui::date(cx, one.due),
                crate::handoff::pages::state_badge(cx, one, today),
            ]
        })
        .collect();
    html! { section { h2 { (t!(cx, "handoff-title")) } (ui::table_rows(t!(cx, "handoff-title"), &head, &rows)) } }
}

fn sheets(cx: &Ctx, year: i32) -> Markup {
    html! {
        section.no-print {
            h2 { (t!(cx, "report-sheets")) }
            p { (t!(cx, "report-sheets-lead")) }
            ul { @for scene in SCENES { li { a href=(cx.url(&format!("/programme/report/sheet?scene={scene}&year={year}"))) { (scene_word(cx, scene)) } } } }
            p { a href=(cx.url(&format!("/programme/records?year={year}"))) { (t!(cx, "records-title")) } }
        }
    }
}

fn end_of_year(cx: &Ctx, data: &Year) -> Markup {
    let works = crate::WORK.decide(cx.me.as_ref()) == web::Decision::Allow;
    let closes = crate::CLOSE.decide(cx.me.as_ref()) == web::Decision::Allow;
    let this = kernel::fiscal_year(cx.now.date_jst());
    html! {
        @if works && !data.measures.is_empty() && data.year <= this {
            section.card.no-print {
                h2 { (t!(cx, "report-forward-title", year = ui::fiscal_year(cx, data.year + 1))) }
                p { (t!(cx, "report-forward-text")) }
                (ui::form(cx, "/programme/report/forward", html! { input type="hidden" name="year" value=(data.year); div.actions { (ui::button(t!(cx, "report-forward"))) } }))
            }
        }
        @if closes && data.closed.is_none() && data.year <= this && !data.measures.is_empty() {
            (ui::card_danger(t!(cx, "report-close-title", year = ui::fiscal_year(cx, data.year)), html! {
                p { (t!(cx, "report-close-text")) }
                (ui::form(cx, "/programme/report/close", html! {
                    input type="hidden" name="year" value=(data.year);
                    (ui::field(cx, &ui::Field::new("sure", t!(cx, "report-close-sure")).kind(ui::Kind::Checkbox).required()))
                    div.actions { (ui::danger_button(t!(cx, "report-close"), t!(cx, "report-close-ask"))) }
                }))
            }))
        }
    }
}

/// `GET /programme/report/sheet?scene=…&year=…`
pub(crate) async fn sheet(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    let me = who::actor(&cx)?;
    let (tenant, year, lang) = (me.tenant, asked.fiscal(&cx), cx.lang);
    let scene = SCENES
        .into_iter()
        .find(|known| *known == asked.scene)
        .unwrap_or(COMMON);
    let data = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| {
            let data = read(conn, tenant, year, lang)?;
            with_goals(conn, tenant, data)
        })
        .await?;
    let list: Vec<&Measure> = data
        .measures
        .iter()
        .filter(|one| in_scene(one, scene))
        .collect();
    let goal = |part: &str| {
        data.goals
            .iter()
            .find(|goal| goal.part == part)
            .map(|goal| goal.body.as_str())
    };
    let rows: Vec<Vec<Markup>> = list
        .iter()
        .map(|one| cells(&cx, &data, one, false))
        .collect();
    let title = t!(
        cx,
        "report-sheet-title",
        scene = scene_word(&cx, scene),
        year = ui::fiscal_year(&cx, year)
    );
    let chips: Vec<ui::Chip> = SCENES
        .iter()
        .map(|one| ui::Chip {
            href: cx.url(&format!("/programme/report/sheet?scene={one}&year={year}")),
            label: scene_word(&cx, one),
            on: *one == scene,
        })
        .collect();
    let body = html! {
        div.no-print { (ui::chips(t!(cx, "report-sheets"), &chips)) p { button.btn type="button" data-print hidden { (t!(cx, "report-print")) } } }
        (ui::dl(&[
            (t!(cx, "report-vision"), html! { span lang="ja" { (goal("vision").unwrap_or_default()) } @if goal("vision").is_none() { span.sub { (t!(cx, "report-no-goal")) } } }),
            (t!(cx, "report-goal"), html! { span lang="ja" { (goal(scene).unwrap_or_default()) } @if goal(scene).is_none() { span.sub { (t!(cx, "report-no-goal")) } } }),
        ]))
        @if list.is_empty() { p { (t!(cx, "report-sheet-empty")) } } @else { div.sheet { (ui::table_rows(&title, &head(&cx), &rows)) } }
        p.sub { (t!(cx, "report-sheet-range")) }
        (areas::words::footnotes(cx.lang, &["vision", "countermeasure", "process-indicator", "outcome-indicator", "rating"]))
    };
    let crumbs = [
        ("/programme".to_owned(), t!(cx, "pdca-programme")),
        (
            format!("/programme/report?year={year}"),
            t!(cx, "report-nav"),
        ),
        (String::new(), scene_word(&cx, scene)),
    ];
    Ok(cx
        .page(title)
        .nav("programme")
        .a3()
        .crumbs(&crumbs)
        .sub(html! { span lang="ja" { (me.tenant_name) } })
        .body(body))
}

/// `POST /programme/report/forward`
pub(crate) async fn forward(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let year = year_of(&cx, &values)?;
    match actions::forward(cx.db(), cx.env(), &cx.viewer(), who::actor(&cx)?, year).await {
        Ok(count) => {
            cx.flash(FlashKind::Good, &t!(cx, "report-forwarded", count = count));
            Ok(cx.redirect(&format!("/programme/report?year={}", year + 1)))
        }
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(Refusal::Rule(rule)) => Err(web::Error::Invalid(words::refused(&cx, rule))),
        Err(Refusal::Faster) => Err(web::Error::Busy),
    }
}

/// `POST /programme/report/close`
pub(crate) async fn close(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let year = year_of(&cx, &values)?;
    if values.text("sure") != "1" {
        return Err(web::Error::Invalid(t!(cx, "report-close-tick")));
    }
    match actions::close(cx.db(), &cx.viewer(), who::actor(&cx)?, year).await {
        Ok(count) => {
            cx.flash(FlashKind::Good, &t!(cx, "report-closed", count = count));
            Ok(cx.redirect(&format!("/programme/report?year={year}")))
        }
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(Refusal::Rule(_)) => Err(web::Error::Invalid(t!(cx, "report-close-refused"))),
        Err(Refusal::Faster) => Err(web::Error::Busy),
    }
}

fn year_of(cx: &Ctx, values: &Values) -> web::Result<i32> {
    let this = kernel::fiscal_year(cx.now.date_jst());
    values
        .text("year")
        .parse::<i32>()
        .ok()
        .filter(|year| (2000..=this).contains(year))
        .ok_or_else(|| web::Error::Invalid(t!(cx, "report-close-refused")))
}
