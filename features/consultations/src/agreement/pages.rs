//! Agreements of an office, and the cases without names.

use axum::{extract::Path, http::StatusCode, response::Response};
use kernel::OrganisationId;
use maud::{Markup, html};
use store::{Audit, Viewer};
use web::{Ctx, Errors, FlashKind, Form, OrgKind, Values, ui};

use super::{
    DECIDE, PROPOSE,
    store::{self as sql, Agreement, AgreementId, Case, Proposed},
};
use crate::{
    codes::List,
    i18n::t,
    lanes::{actions::actor, pages::Input},
    list::parse,
};

/// A municipality for which the desk acts.
struct Town {
    id: OrganisationId,
    label: String,
    name: String,
    code: String,
}

async fn read(cx: &Ctx) -> web::Result<(Vec<Agreement>, Vec<Town>)> {
    let me = cx.require_me()?;
    let (office, lang) = (me.organisation, cx.lang);
    Ok(cx
        .db()
        .read::<_, store::Error>(&cx.viewer(), move |conn| {
            let towns = areas::store::acts_for(conn, office)?
                .into_iter()
                .filter_map(|one| {
                    let (label, name) = (one.label(lang).to_owned(), one.name.clone());
                    let code = one.municipality?;
                    Some(Town {
                        id: one.id,
                        label,
                        name,
                        code,
                    })
                })
                .collect();
            Ok((sql::mine(conn, office)?, towns))
        })
        .await?)
}

/// `GET /consultations/agreements`
pub(crate) async fn list(cx: Ctx) -> web::Result {
    let (list, towns) = read(&cx).await?;
    let (values, errors) = (Values::default(), Errors::new());
    page(&cx, &list, &towns, &values, &errors, StatusCode::OK)
}

/// `POST /consultations/agreements`
pub(crate) async fn propose(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let (list, towns) = read(&cx).await?;
    let mut input = Input::new(&cx, &values);
    let (first, last) = (input.required_day("first"), input.required_day("last"));
    let town = towns.iter().find(|one| one.code == values.text("town"));
    if town.is_none() {
        input.errors.add("town", t!(cx, "agreement-problem-town"));
    }
    if let (Some(first), Some(last)) = (first, last)
        && last < first
    {
        input.errors.add("last", t!(cx, "deputies-problem-days"));
    }
    let errors = std::mem::take(&mut input.errors);
    let (Some(town), Some(first), Some(last), true) = (town, first, last, errors.is_empty()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&cx, &list, &towns, &values, &errors, status);
    };
    let who = actor(cx.require_me()?);
    let new = Proposed {
        id: cx.env().id(),
        desk: who.office,
        desk_name: who.office_name,
        town: town.id,
        town_name: town.name.clone(),
        municipality: town.code.clone(),
        first,
        last,
        by: who.by,
    };
    cx.db()
        .write::<_, store::Error>(&cx.viewer(), move |tx| sql::propose(tx, &new))
        .await?;
    cx.flash(FlashKind::Good, &t!(cx, "agreement-proposed"));
    Ok(cx.redirect("/consultations/agreements"))
}

/// `POST /consultations/agreements/{id}`
pub(crate) async fn decide(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: AgreementId = parse(&id)?;
    let me = cx.require_me()?;
    let (town_side, by) = (me.kind == OrgKind::Municipality, actor(me).by);
    let seen = values.text("version").parse().unwrap_or(0);
    let ends = values.text("act") == "end";
    let done = cx
        .db()
        .write::<_, store::Error>(&cx.viewer(), move |tx| {
            sql::decide(tx, id, seen, (ends, town_side), &by)
        })
        .await?;
    if done {
        cx.flash(FlashKind::Good, &t!(cx, "agreement-saved"));
    } else {
        cx.flash(FlashKind::Warn, &t!(cx, "agreement-faster"));
    }
    Ok(cx.redirect("/consultations/agreements"))
}

fn page(
    cx: &Ctx,
    list: &[Agreement],
    towns: &[Town],
    values: &Values,
    errors: &Errors,
    status: StatusCode,
) -> web::Result<Response> {
    let head = [
        t!(cx, "agreement-town"),
        t!(cx, "agreement-desk"),
        t!(cx, "agreement-days"),
        t!(cx, "agreement-approved"),
        t!(cx, "agreement-now"),
    ];
    let rows: Vec<Vec<Markup>> = list.iter().map(|one| line(cx, one)).collect();
    let title = t!(cx, "agreement-title");
    let proposes = PROPOSE.decide(cx.me.as_ref()) == web::Decision::Allow;
    let body = html! {
        (ui::error_summary(cx, errors))
        @if list.is_empty() { (ui::empty(t!(cx, "agreement-none"), t!(cx, "agreement-none-text"), html! {})) }
        @else { (ui::table_rows(&title, &head, &rows)) }
        @if list.iter().any(|one| one.town_side) { p.no-print { a href=(cx.url("/consultations/cases")) { (t!(cx, "cases-title")) } } }
        @if proposes && !towns.is_empty() { (form(cx, towns, values, errors)) }
    };
    Ok(cx
        .page(title)
        .nav("consultations")
        .sub(t!(cx, "agreement-lead"))
        .status(status)
        .body(body))
}

fn line(cx: &Ctx, one: &Agreement) -> Vec<Markup> {
    let may = DECIDE.decide(cx.me.as_ref()) == web::Decision::Allow && one.ended_at.is_none();
    let button = |act: &str, word: String| {
        html! {
            form.inline.no-print method="post" action=(cx.url(&format!("/consultations/agreements/{}", one.id))) {
                input type="hidden" name="_csrf" value=(cx.csrf());
                input type="hidden" name="version" value=(one.version);
                input type="hidden" name="act" value=(act);
                " " (ui::button_small(word))
            }
        }
    };
    let now = if one.ended_at.is_some() {
        t!(cx, "agreement-ended", by = one.ended_by.as_str())
    } else if one.in_force(cx.now.date_jst()) {
        t!(cx, "agreement-in-force")
    } else if one.town_at.is_none() {
        t!(cx, "agreement-waits")
    } else {
        t!(cx, "agreement-outside")
    };
    vec![
        html! { span lang="ja" { (one.town_name) } },
        html! { span lang="ja" { (one.desk_name) } },
        html! { (ui::date(cx, one.first)) " – " (ui::date(cx, one.last)) },
        html! { span lang="ja" { (one.desk_by) } @if one.town_at.is_some() { br; span lang="ja" { (one.town_by) } } },
        html! {
            (now)
            @if may && one.town_side && one.town_at.is_none() { (button("approve", t!(cx, "agreement-approve"))) }
            @if may { (button("end", t!(cx, "agreement-end"))) }
        },
    ]
}

fn form(cx: &Ctx, towns: &[Town], values: &Values, errors: &Errors) -> Markup {
    let error = errors.of("town");
    let field = |name, label| {
        ui::Field::new(name, label)
            .value(values.get(name).unwrap_or_default())
            .errors(errors)
            .required()
    };
    let form = html! {
        div class=(if error.is_some() { "field bad" } else { "field" }) {
            label for="town" { (t!(cx, "agreement-town")) }
            @if let Some(error) = error { p.error id="town-error" { (error) } }
            select id="town" name="town" {
                option value="" { (t!(cx, "lanes-choose")) }
                @for one in towns { option value=(one.code) selected[one.code == values.text("town")] { (one.label) } }
            }
        }
        (ui::field(cx, &field("first", t!(cx, "deputies-first"))))
        (ui::field(cx, &field("last", t!(cx, "deputies-last"))))
        div.actions { (ui::button(t!(cx, "agreement-propose"))) }
    };
    html! { section.no-print { h2 { (t!(cx, "agreement-new")) } p { (t!(cx, "agreement-new-text")) } (ui::form(cx, "/consultations/agreements", form)) } }
}

/// The cases that the reader's own office may see; the reading is a row of the audit trail.
async fn load(cx: &Ctx, action: &'static str) -> web::Result<Vec<Case>> {
    let office = cx.require_me()?.organisation;
    let today = cx.now.date_jst();
    let ids: Vec<AgreementId> = cx
        .db()
        .read::<_, store::Error>(&cx.viewer(), move |conn| sql::mine(conn, office))
        .await?
        .iter()
        .filter(|one| one.town_side && one.in_force(today))
        .map(|one| one.id)
        .collect();
    let viewer = Viewer::system("cases by agreement", cx.now).from(cx.ip.to_string());
    let cases = cx
        .db()
        .read::<_, store::Error>(&viewer, move |conn| sql::cases(conn, office, &ids))
        .await?;
    let count = cases.len().to_string();
    cx.db()
        .write::<_, store::Error>(&cx.viewer(), move |tx| {
            tx.audit(
                Audit::new(action, "consultation_agreement")
                    .subject(office.uuid())
                    .field("cases", None::<String>, Some(count.clone())),
            )
        })
        .await?;
    Ok(cases)
}

fn cells(cx: &Ctx, case: &Case) -> Vec<String> {
    let lang = cx.lang;
    let words = |list: List, codes: &[String]| -> String {
        let all: Vec<String> = codes.iter().map(|code| list.word(code, lang)).collect();
        all.join(" / ")
    };
    vec![
        case.month.clone(),
        List::Caller.word(&case.caller, lang),
        List::Age.word(&case.age_band, lang),
        List::CareLevel.word(&case.care_level, lang),
        List::Living.word(&case.living, lang),
        words(List::Category, &case.categories),
        words(List::Scene, &case.scenes),
        words(List::Treatment, &case.treatments),
        words(List::Response, &case.responses),
        List::Result.word(&case.result, lang),
        List::NeedMet.word(&case.need_met, lang),
    ]
}

fn heads(cx: &Ctx) -> [String; 11] {
    [
        t!(cx, "cases-month"),
        t!(cx, "cases-caller"),
        t!(cx, "cases-age"),
        t!(cx, "cases-care"),
        t!(cx, "cases-living"),
        t!(cx, "cases-category"),
        t!(cx, "cases-scene"),
        t!(cx, "cases-treatment"),
        t!(cx, "cases-response"),
        t!(cx, "cases-result"),
        t!(cx, "cases-met"),
    ]
}

/// `GET /consultations/cases`
pub(crate) async fn cases(cx: Ctx) -> web::Result {
    let list = load(&cx, "consultations.cases.view").await?;
    let rows: Vec<Vec<Markup>> = list
        .iter()
        .map(|case| {
            cells(&cx, case)
                .into_iter()
                .map(|cell| html! { (cell) })
                .collect()
        })
        .collect();
    let title = t!(cx, "cases-title");
    let body = html! {
        @if list.iter().any(|case| case.fictional) { p { (ui::badge(ui::Tone::Warn, t!(cx, "lanes-fictional"))) } }
        @if rows.is_empty() { (ui::empty(t!(cx, "cases-none"), t!(cx, "cases-none-text"), html! {})) }
        @else {
            (ui::table_rows(&title, &heads(&cx), &rows))
            p.no-print { a href=(cx.url("/consultations/cases.csv")) { (t!(cx, "cases-csv")) } }
        }
        p.no-print { a href=(cx.url("/consultations/agreements")) { (t!(cx, "agreement-title")) } }
    };
    Ok(cx
        .page(title)
        .nav("consultations")
        .sub(t!(cx, "cases-lead"))
        .body(body))
}

/// `GET /consultations/cases.csv`: only for who confirmed themselves just now.
pub(crate) async fn csv(cx: Ctx) -> web::Result {
    cx.require_recent()?;
    let list = load(&cx, "consultations.cases.export").await?;
    let mut out = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let failed = |error: csv::Error| web::Error::Unexpected(Box::new(error));
    out.write_record(heads(&cx)).map_err(failed)?;
    for case in &list {
        out.write_record(cells(&cx, case)).map_err(failed)?;
    }
    let bytes = out
        .into_inner()
        .map_err(|error| web::Error::unexpected(error.to_string()))?;
    Ok(cx.download("cases.csv", "text/csv; charset=utf-8", bytes))
}
