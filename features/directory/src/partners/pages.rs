//! The list of a municipality, and one facility with its agreements.

use std::collections::BTreeMap;

use axum::{extract::Path, http::StatusCode, response::Response};
use kernel::{Date, OrganisationId};
use maud::{Markup, html};
use store::{Audit, Outcome};
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{
    Due, EDIT, due,
    store::{self as sql, Change, Duties, Partner, PartnerId},
};
use crate::{
    i18n::t,
    model::{Provider, ProviderId},
    upkeep::rounds::PAPERS,
};

fn badge(cx: &Ctx, partner: &Partner) -> Markup {
    match due(partner.confirmed_on, cx.now.date_jst()) {
        Due::Fine => ui::badge(ui::Tone::Key, t!(cx, "partners-fine")),
        Due::Now => ui::badge(ui::Tone::Warn, t!(cx, "partners-due")),
    }
}

/// What was agreed, in words.
fn duties(cx: &Ctx, d: Duties) -> String {
    let mut words = Vec::new();
    if d.consults {
        words.push(t!(cx, "partners-consults"));
    }
    if d.visits {
        words.push(t!(cx, "partners-visits"));
    }
    if d.admits {
        words.push(t!(cx, "partners-admits"));
    }
    if words.is_empty() {
        t!(cx, "partners-not-stated")
    } else {
        words.join(" / ")
    }
}

/// `GET /directory/partners?town=CODE`
pub(crate) async fn list(cx: Ctx) -> web::Result {
    let wanted = cx
        .uri
        .query()
        .and_then(|q| q.split('&').find_map(|p| p.strip_prefix("town=")))
        .unwrap_or_default()
        .to_owned();
    let own = cx
        .me
        .as_ref()
        .map(|me| me.acting_for.as_ref().map_or(me.organisation, |a| a.id));
    let (towns, code, facilities, partners) = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            let towns: Vec<areas::Municipality> = areas::store::municipalities(conn)?
                .into_iter()
                .filter(|m| m.in_area)
                .collect();
            let mine = || {
                towns
                    .iter()
                    .find(|t| t.organisation.is_some() && t.organisation == own)
            };
            let chosen = towns
                .iter()
                .find(|t| t.code == wanted)
                .or_else(mine)
                .or(towns.first())
                .map(|t| t.code.clone())
                .unwrap_or_default();
            let facilities = sql::facilities(conn, &chosen)?;
            let partners = sql::of_town(conn, &chosen)?;
            Ok::<_, store::Error>((towns, chosen, facilities, partners))
        })
        .await?;
    let mut by: BTreeMap<ProviderId, Vec<&Partner>> = BTreeMap::new();
    for partner in &partners {
        by.entry(partner.facility).or_default().push(partner);
    }
    let without = facilities
        .iter()
        .filter(|(id, ..)| !by.contains_key(id))
        .count();
    let today = cx.now.date_jst();
    let waiting = partners
        .iter()
        .filter(|p| due(p.confirmed_on, today) == Due::Now)
        .count();
    let chips: Vec<ui::Chip> = towns
        .iter()
        .map(|town| ui::Chip {
            href: cx.url(&format!("/directory/partners?town={}", town.code)),
            label: town.name(cx.lang).to_owned(),
            on: town.code == code,
        })
        .collect();
    let head = [
        t!(cx, "partners-facility"),
        t!(cx, "partners-institution"),
        t!(cx, "partners-state"),
    ];
    let mut rows: Vec<(bool, Vec<Markup>)> = facilities
        .iter()
        .map(|(id, name, _)| {
            let list = by.get(id);
            let row = vec![
                html! { a lang="ja" href=(cx.url(&format!("/directory/partners/{id}"))) { (name) } },
                html! { @match list {
                    Some(list) => { @for p in list { div lang="ja" { (p.name) } } }
                    None => span.unknown { (t!(cx, "partners-none")) }
                } },
                html! { @match list {
                    Some(list) => { @for p in list { div { (badge(&cx, p)) " " @if let Some(day) = p.confirmed_on { (kernel::format_date(day, cx.lang)) } } } }
                    None => (ui::badge(ui::Tone::Bad, t!(cx, "partners-none-short")))
                } },
            ];
            (list.is_some(), row)
        })
        .collect();
    // Those without come first: they are the work.
    rows.sort_by_key(|(has, _)| *has);
    let rows: Vec<Vec<Markup>> = rows.into_iter().map(|(_, row)| row).collect();
    let body = html! {
        (ui::chips(t!(cx, "print-where"), &chips))
        p { (t!(cx, "partners-summary", facilities = facilities.len(), without = without, due = waiting)) }
        @if rows.is_empty() { p.unknown { (t!(cx, "partners-no-facilities")) } }
        @else { (ui::table_rows(t!(cx, "partners-title"), &head, &rows)) }
    };
    Ok(cx
        .page(t!(cx, "partners-title"))
        .nav("directory")
        .sub(t!(cx, "partners-lead"))
        .body(body))
}

pub(super) struct Found {
    pub(super) facility: Provider,
    pub(super) partners: Vec<Partner>,
    pub(super) names: BTreeMap<String, String>,
    candidates: Vec<(ProviderId, String, String)>,
    owner: Option<OrganisationId>,
    /// The sheet that came back, beside which this is typed.
    papers: Markup,
}

pub(super) async fn read(cx: &Ctx, id: &str) -> web::Result<Found> {
    let id: ProviderId = id.parse().map_err(|_| web::Error::NotFound)?;
    let me = cx
        .me
        .as_ref()
        .filter(|me| EDIT.roles.contains(&me.role))
        .map(|me| (me.organisation, me.acting_for.as_ref().map(|a| a.id)));
    let lang = cx.lang;
    let query = cx.uri.query().unwrap_or_default();
    let papers = match query.split('&').find_map(|p| p.strip_prefix("item=")) {
        Some(item) => inbox::beside(cx, &format!("{}:{item}", PAPERS.prefix)).await?,
        None => Markup::default(),
    };
    cx.db()
        .read(&cx.viewer(), move |conn| {
            let facility = crate::store::provider(conn, id)?.ok_or(web::Error::NotFound)?;
            let owner = match me {
                Some((organisation, acting)) => crate::hospital::store::writable(
                    conn,
                    &facility.municipality,
                    organisation,
                    acting,
                )?,
                None => None,
            };
            let names = areas::store::municipalities(conn)?
                .into_iter()
                .map(|m| (m.code.clone(), m.name(lang).to_owned()))
                .collect();
            Ok::<_, web::Error>(Found {
                partners: sql::of_facility(conn, id)?,
                candidates: if owner.is_some() {
                    sql::candidates(conn)?
                } else {
                    Vec::new()
                },
                names,
                owner,
                papers,
                facility,
            })
        })
        .await
}

/// `GET /directory/partners/{id}`
pub(crate) async fn one(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let found = read(&cx, &id).await?;
    Ok(page(
        &cx,
        &found,
        &Values::default(),
        &Errors::new(),
        StatusCode::OK,
    ))
}

fn page(cx: &Ctx, found: &Found, typed: &Values, errors: &Errors, status: StatusCode) -> Response {
    let title = t!(cx, "partners-of", name = found.facility.name.as_str());
    let back = format!("/directory/partners?town={}", found.facility.municipality);
    let crumbs = [
        (back, t!(cx, "partners-title")),
        (String::new(), found.facility.name.clone()),
    ];
    let action = format!("/directory/partners/{}", found.facility.id);
    let body = html! {
        (ui::error_summary(cx, errors))
        @if status == StatusCode::CONFLICT { (ui::notice(ui::Tone::Warn, t!(cx, "hospital-conflict"), html! { p { (t!(cx, "partners-conflict")) } })) }
        p.sub lang="ja" { (found.facility.address) " " (found.facility.phone) }
        @if found.partners.is_empty() { p.unknown { (t!(cx, "partners-none")) } }
        (inbox::side_by_side(&found.papers, &html! {
            @for partner in &found.partners { (card(cx, found, partner, typed, &action)) }
            @if found.owner.is_some() { (add(cx, found, typed, errors, &action)) }
        }))
        h2 { (t!(cx, "partners-fax")) }
        p { (t!(cx, "partners-fax-text")) }
        (ui::link_button_second(cx.url(&format!("{action}/confirm.pdf")), t!(cx, "partners-fax-open")))
    };
    cx.page(title)
        .nav("directory")
        .crumbs(&crumbs)
        .status(status)
        .body(body)
}

fn card(cx: &Ctx, found: &Found, p: &Partner, typed: &Values, action: &str) -> Markup {
    let town = found.names.get(&p.municipality).map_or("", String::as_str);
    let day = |d: Option<Date>| html! { @match d { Some(d) => (kernel::format_date(d, cx.lang)), None => (ui::unknown(cx)) } };
    // After a conflict the writer's own words stay in the form.
    let again = typed.text("partner") == p.id.to_string();
    let d = if again { ticked(typed) } else { p.duties };
    let note = if again { typed.text("note") } else { &p.note };
    let met = if again {
        typed.text("met_on").to_owned()
    } else {
        p.met_on.map(|d| d.to_string()).unwrap_or_default()
    };
    ui::card(
        &p.name,
        html! {
            p { (town) " " (badge(cx, p)) }
            (ui::dl(&[
                (t!(cx, "guide-phone"), html! { @if p.phone.is_empty() { (ui::unknown(cx)) } @else { (ui::tel(cx, &p.phone)) } }),
                (t!(cx, "guide-fax"), html! { @if p.fax.is_empty() { (ui::unknown(cx)) } @else { (p.fax) } }),
                (t!(cx, "partners-agreed"), html! { (duties(cx, p.duties)) }),
                (t!(cx, "partners-since"), day(p.since_on)),
                (t!(cx, "partners-met"), day(p.met_on)),
                (t!(cx, "guide-verified"), html! { (day(p.confirmed_on)) " " (p.confirmed_by) }),
                (t!(cx, "guide-notes"), html! { span lang="ja" { (p.note) } }),
            ]))
            @if found.owner.is_some() {
                (ui::details(t!(cx, "partners-confirm"), ui::form(cx, action, html! {
                    input type="hidden" name="partner" value=(p.id);
                    input type="hidden" name="version" value=(p.version);
                    (boxes(cx, d, &p.id.to_string()))
                    (ui::field(cx, &ui::Field::new("met_on", t!(cx, "partners-met")).kind(ui::Kind::Date).value(met)))
                    (ui::field(cx, &ui::Field::new("note", t!(cx, "guide-notes")).value(note).maxlength(1000)))
                    div.actions {
                        (ui::button(t!(cx, "partners-confirm-today")))
                        (ui::button_second("act", "end", t!(cx, "partners-end")))
                    }
                })))
            }
        },
    )
}

fn boxes(cx: &Ctx, d: Duties, of: &str) -> Markup {
    ui::fieldset(
        t!(cx, "partners-agreed"),
        html! {
            @for (name, word, on) in [("consults", t!(cx, "partners-consults"), d.consults), ("visits", t!(cx, "partners-visits"), d.visits), ("admits", t!(cx, "partners-admits"), d.admits)] {
                div.choice { input type="checkbox" name=(name) id={ (name) "-" (of) } checked[on]; label for={ (name) "-" (of) } { (word) } }
            }
        },
    )
}

fn add(cx: &Ctx, found: &Found, typed: &Values, errors: &Errors, action: &str) -> Markup {
    let list = found.candidates.iter().map(|(id, name, code)| {
        let town = found.names.get(code).map_or("", String::as_str);
        ui::Choice::new(id.to_string(), format!("{town} {name}"))
    });
    let choices: Vec<ui::Choice<'_>> = std::iter::once(ui::Choice::new("", t!(cx, "print-choose")))
        .chain(list)
        .collect();
    html! {
        h2 { (t!(cx, "partners-add")) }
        (ui::form(cx, action, html! {
            (ui::field(cx, &ui::Field::new("institution", t!(cx, "partners-institution")).kind(ui::Kind::Select(choices))
                .value(typed.text("institution")).required().errors(errors)))
            (boxes(cx, ticked(typed), "new"))
            (ui::field(cx, &ui::Field::new("since_on", t!(cx, "partners-since")).kind(ui::Kind::Date).value(typed.text("since_on")).errors(errors)))
            (ui::field(cx, &ui::Field::new("note", t!(cx, "guide-notes")).value(typed.text("note")).maxlength(1000).errors(errors)))
            div.actions { (ui::button(t!(cx, "partners-add-button"))) }
        }))
    }
}

fn ticked(typed: &Values) -> Duties {
    Duties {
        consults: typed.has("consults"),
        visits: typed.has("visits"),
        admits: typed.has("admits"),
    }
}

fn day(cx: &Ctx, typed: &Values, field: &'static str, errors: &mut Errors) -> Option<Date> {
    let text = kernel::text::trim(typed.text(field));
    if text.is_empty() {
        return None;
    }
    let day = kernel::parse_date(text).ok();
    if day.is_none() {
        errors.add(field, t!(cx, "partners-bad-day"));
    }
    day
}

/// `POST /directory/partners/{id}`
pub(crate) async fn save(
    cx: Ctx,
    Path(id): Path<String>,
    Form(typed): Form<Values>,
) -> web::Result {
    let found = read(&cx, &id).await?;
    let Some(owner) = found.owner else {
        return Err(web::Error::NotFound);
    };
    let me = cx.require_me()?;
    let mut errors = Errors::new();
    let by = format!("{} {}", me.organisation_name, me.name);
    let change = Change {
        facility: found.facility.id,
        duties: ticked(&typed),
        since_on: day(&cx, &typed, "since_on", &mut errors),
        met_on: day(&cx, &typed, "met_on", &mut errors),
        note: typed.text("note").to_owned(),
        by: by.chars().take(200).collect(),
    };
    if change.note.chars().count() > 1000 {
        errors.add("note", t!(cx, "hospital-too-long", count = 1000));
    }
    let old: Option<PartnerId> = typed.text("partner").parse().ok();
    let institution: Option<ProviderId> = typed.text("institution").parse().ok();
    let known = |id: &ProviderId| found.candidates.iter().any(|(c, ..)| c == id);
    if old.is_none() {
        match institution.filter(known) {
            None => errors.add("institution", t!(cx, "print-choose")),
            Some(id) if found.partners.iter().any(|p| p.institution == id) => {
                errors.add("institution", t!(cx, "partners-twice"));
            }
            Some(_) => {}
        }
    }
    if !errors.is_empty() {
        return Ok(page(
            &cx,
            &found,
            &typed,
            &errors,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    }
    let version: i64 = typed.text("version").parse().unwrap_or(-1);
    let end = typed.text("act") == "end";
    let new: PartnerId = cx.env().id();
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let (row, action, done) = match (old, institution) {
                (Some(row), _) if end => (
                    row,
                    "directory.partner.end",
                    sql::end(tx, row, change.facility, version)?,
                ),
                (Some(row), _) => (
                    row,
                    "directory.partner.confirm",
                    sql::confirm(tx, row, version, &change)?,
                ),
                (None, Some(institution)) => {
                    sql::add(tx, new, institution, &change)?;
                    (new, "directory.partner.add", true)
                }
                (None, None) => return Ok::<_, store::Error>(false),
            };
            if done {
                crate::upkeep::rounds::store::partners_confirmed(tx, change.facility)?;
                tx.audit(Audit {
                    action,
                    table: "facility_partner",
                    id: Some(row.uuid()),
                    subject: Some(owner.uuid()),
                    fields: Vec::new(),
                    purpose: None,
                    result: Outcome::Done,
                })?;
                tx.changed("directory.partner", row.uuid(), Some(owner))?;
            }
            Ok(done)
        })
        .await?;
    if !done {
        let now = read(&cx, &id).await?;
        return Ok(page(
            &cx,
            &now,
            &typed,
            &Errors::new(),
            StatusCode::CONFLICT,
        ));
    }
    let text = if end {
        t!(cx, "partners-ended")
    } else {
        t!(cx, "partners-saved")
    };
    cx.flash(FlashKind::Good, &text);
    Ok(cx.redirect(&format!("/directory/partners/{}", found.facility.id)))
}
