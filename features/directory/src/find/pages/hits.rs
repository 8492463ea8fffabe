//! Hits: a card each for residents, a line each for a desk on the telephone.

use std::collections::HashMap;

use maud::{Markup, html};
use search::Hit;
use web::{Ctx, ui};

use super::{
    address, confirmed, distance, kinds, path, phone, sentences, standing, today, town_name,
};
use crate::{
    find::{
        Loaded,
        results::Found,
        rows::{self, Care, Professional},
    },
    i18n::t,
    model::{Provider, ProviderId, Service},
};

/// The providers of one page with what is shown of them.
pub(crate) struct Listed {
    /// In the order of the hits; one that has just been removed is left out.
    pub(crate) rows: Vec<(Hit, Provider)>,
    pub(crate) services: HashMap<ProviderId, Vec<Service>>,
    pub(crate) cares: HashMap<ProviderId, Care>,
    pub(crate) professionals: HashMap<ProviderId, Professional>,
}

/// Reads what the hits show: four statements for any number of them.
pub(crate) fn read(
    conn: &mut store::Conn,
    hits: &[Hit],
    professionals: bool,
) -> store::Result<Listed> {
    let ids: Vec<ProviderId> = hits
        .iter()
        .map(|hit| kernel::AnyId::from_uuid(hit.id))
        .collect();
    let mut found: HashMap<ProviderId, Provider> = crate::store::providers(conn, &ids)?
        .into_iter()
        .map(|p| (p.id, p))
        .collect();
    Ok(Listed {
        rows: hits
            .iter()
            .filter_map(|hit| Some((*hit, found.remove(&kernel::AnyId::from_uuid(hit.id))?)))
            .collect(),
        services: rows::services(conn, &ids)?,
        cares: rows::cares(conn, &ids)?,
        professionals: if professionals {
            rows::professionals(conn, &ids)?
        } else {
            HashMap::new()
        },
    })
}

/// Cards, numbered as on the map.
pub(crate) fn cards(
    cx: &Ctx,
    loaded: &Loaded,
    found: &Found,
    listed: &Listed,
    first: usize,
) -> Markup {
    html! {
        ol.places start=(first) {
            @for (number, (hit, provider)) in listed.rows.iter().enumerate() {
                li.place id={ "p" (first + number) } data-id=(provider.id.to_string()) {
                    (card(cx, loaded, found, listed, (hit, provider), first + number))
                }
            }
        }
    }
}

fn card(
    cx: &Ctx,
    loaded: &Loaded,
    found: &Found,
    listed: &Listed,
    (hit, provider): (&Hit, &Provider),
    number: usize,
) -> Markup {
    let services = listed
        .services
        .get(&provider.id)
        .map_or(&[][..], Vec::as_slice);
    let elsewhere = found
        .town
        .as_ref()
        .is_some_and(|town| *town != provider.municipality);
    html! {
        h3 { span.place-number aria-hidden="true" { (number) } " " a href=(cx.url(&path(provider.id))) lang=[provider.name_en.is_empty().then_some("ja")] { (provider.label(cx.lang)) } (standing(cx, provider)) }
        p.place-kinds { (kinds(cx, loaded, &provider.kinds)) }
        p.place-call { (phone(cx, provider)) " " (today(cx, services)) }
        p.place-where {
            @if let Some(metres) = hit.metres { strong { (distance(cx, metres, provider.precision)) } " " }
            @if elsewhere { (ui::badge(ui::Tone::Info, town_name(cx, loaded, &provider.municipality))) " " }
            span lang="ja" { (address(loaded, provider)) }
        }
        @if let Some(care) = listed.cares.get(&provider.id) { (abilities(cx, care)) }
        (confirmed(cx, provider))
    }
}

/// What a provider says it can do, as badges.
pub(crate) fn abilities(cx: &Ctx, care: &Care) -> Markup {
    let said = [
        ("house_call", care.house_call),
        ("home_visit", care.home_visit),
        ("day_and_night", care.day_and_night),
        ("end_of_life", care.end_of_life),
        ("wheelchair", care.wheelchair),
    ];
    html! {
        p.abilities {
            @for (code, value) in said { @if value == Some(true) { (ui::badge(ui::Tone::Key, sentences::ability(cx, code))) " " } }
            @if care.new_patients.as_deref() == Some("yes") { (ui::badge(ui::Tone::Key, sentences::ability(cx, "new_patients"))) " " }
            @if let Some(places) = care.vacancy {
                (ui::badge(if places > 0 { ui::Tone::Key } else { ui::Tone::Plain }, t!(cx, "find-vacancy", count = places)))
                @if let Some(day) = care.vacancy_on { " " span.sub { (t!(cx, "find-as-of")) " " (ui::date(cx, day)) } }
            }
        }
    }
}

/// One line each: telephone, FAX, window, hours, conditions, day of confirmation.
pub(crate) fn lines(cx: &Ctx, loaded: &Loaded, listed: &Listed) -> Markup {
    let head = [
        t!(cx, "find-column-name"),
        t!(cx, "find-phone"),
        t!(cx, "find-fax"),
        t!(cx, "find-column-window"),
        t!(cx, "find-column-today"),
        t!(cx, "find-column-conditions"),
        t!(cx, "find-column-confirmed"),
    ];
    let rows: Vec<Vec<Markup>> = listed
        .rows
        .iter()
        .map(|(hit, provider)| line(cx, loaded, listed, hit, provider))
        .collect();
    html! { div.phone-mode { (ui::table_rows(t!(cx, "find-view-phone"), &head, &rows)) } }
}

fn line(cx: &Ctx, loaded: &Loaded, listed: &Listed, hit: &Hit, provider: &Provider) -> Vec<Markup> {
    let services = listed
        .services
        .get(&provider.id)
        .map_or(&[][..], Vec::as_slice);
    let professional = listed.professionals.get(&provider.id);
    let care = listed.cares.get(&provider.id);
    let direct = professional.filter(|p| !p.direct_phone.is_empty());
    vec![
        html! {
            a href=(cx.url(&path(provider.id))) lang="ja" { (provider.label(cx.lang)) } (standing(cx, provider))
            br; span.sub { (town_name(cx, loaded, &provider.municipality)) @if let Some(metres) = hit.metres { " " (distance(cx, metres, provider.precision)) } }
            " " (kinds(cx, loaded, &provider.kinds))
        },
        html! {
            @if let Some(p) = direct { (ui::tel(cx, &p.direct_phone)) br; span.sub { (t!(cx, "find-direct")) } br; }
            (phone(cx, provider))
        },
        html! {
            @let fax = professional.map(|p| p.direct_fax.as_str()).filter(|fax| !fax.is_empty()).unwrap_or(&provider.fax);
            @if fax.is_empty() { span.none { (t!(cx, "find-none")) } } @else { (fax) }
        },
        html! {
            @if let Some(p) = professional.filter(|p| !p.liaison_name.is_empty()) { span lang="ja" { (p.liaison_name) } @if !p.liaison_hours.is_empty() { br; span.sub lang="ja" { (p.liaison_hours) } } }
            @else { span.none { (t!(cx, "find-none")) } }
        },
        today(cx, services),
        html! {
            @if let Some(care) = care {
                (abilities(cx, care))
                @if !care.visit_area.is_empty() { span.sub { (t!(cx, "find-covers")) " " (care.visit_area.iter().map(|code| town_name(cx, loaded, code)).collect::<Vec<_>>().join(" ")) } " " }
                @if !care.visit_note.is_empty() { span.sub lang="ja" { (care.visit_note) } }
            }
            @if let Some(p) = professional {
                @for code in &p.treatments { (ui::badge(ui::Tone::Info, sentences::treatment(cx, code))) " " }
                @if !p.conditions.is_empty() { span lang="ja" { (p.conditions) } }
            }
        },
        confirmed(cx, provider),
    ]
}
