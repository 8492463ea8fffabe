//! `GET /directory/providers/{id}`: everything about one provider, each fact with where it comes from and how old it is. The
//! address stays valid for years: it is printed as a QR code.

use std::collections::BTreeSet;

use axum::extract::{Path, Query};
use maud::{Markup, html};
use web::{Ctx, ui};

use super::{
    address, confirmed, kinds, path, phone, provider_facts, short, standing, today, town_name,
};
use crate::{
    find::{
        self, Loaded, map,
        rows::{self, Care, Entered, Event, Fact, Professional},
        today::{self as hours, Today},
    },
    i18n::t,
    model::{Precision, Provider, ProviderId, Service, Status},
};

pub(super) struct Whole {
    pub(super) provider: Provider,
    pub(super) successor: Option<Provider>,
    /// The record that was asked for and led here.
    pub(super) was: Option<Provider>,
    /// Whether the reader may say that it closed or moved.
    pub(super) decides: bool,
    pub(super) services: Vec<Service>,
    pub(super) care: Option<Care>,
    pub(super) professional: Option<Professional>,
    pub(super) facts: Vec<Fact>,
    pub(super) entered: std::collections::HashMap<String, Entered>,
    pub(super) history: Vec<Event>,
    pub(super) aliases: Vec<(String, String)>,
    pub(super) numbers: Vec<(String, String)>,
    /// Whether the reader's office keeps this record.
    pub(super) kept: bool,
    /// Days after which a confirmation is old here.
    pub(super) stale_days: i64,
}

/// What the address may say beside the record.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Wish {
    /// Show the record itself, also when another took its place.
    own: String,
    /// The record that was asked for and led here.
    was: String,
}

/// So many successors are followed; more would be a circle.
const STEPS: usize = 10;

/// `GET /directory/providers/{id}`; a record that moved or was merged leads on to the one that took its place.
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>, Query(wish): Query<Wish>) -> web::Result {
    let id: ProviderId = id.parse().map_err(|_| web::Error::NotFound)?;
    let decider = crate::life::decider(&cx);
    let was: Option<ProviderId> = wish.was.parse().ok();
    let loaded = find::loaded(cx.db(), cx.now).await?;
    let signed_in = cx.me.is_some();
    let office = cx
        .me
        .as_ref()
        .filter(|me| matches!(me.kind, web::OrgKind::Provider | web::OrgKind::Hospital))
        .map(|me| me.organisation);
    let reading = std::sync::Arc::clone(&loaded);
    let whole = cx
        .db()
        .read(&cx.viewer(), move |conn| -> web::Result<Whole> {
            let provider = crate::store::provider(conn, id)?.ok_or(web::Error::NotFound)?;
            let mut successor = None;
            let mut next = provider.successor;
            for _ in 0..STEPS {
                let Some(id) = next else { break };
                let Some(found) = crate::store::provider(conn, id)? else {
                    break;
                };
                next = found.successor.filter(|_| !found.status.is_listed());
                successor = Some(found);
            }
            Ok(Whole {
                successor,
                was: match was.filter(|was| *was != id) {
                    Some(was) => {
                        crate::store::provider(conn, was)?.filter(|p| !p.status.is_listed())
                    }
                    None => None,
                },
                decides: match &decider {
                    Some(decider) => crate::life::may(conn, decider, &provider)?,
                    None => false,
                },
                services: crate::store::services_of(conn, id)?,
                care: rows::cares(conn, &[id])?.remove(&id),
                professional: if signed_in {
                    rows::professionals(conn, &[id])?.remove(&id)
                } else {
                    None
                },
                facts: rows::facts(conn, id)?,
                entered: rows::entered(conn, id)?,
                history: rows::history(conn, id)?,
                aliases: rows::aliases(conn, id)?,
                numbers: crate::store::identifiers_of(conn, id)?,
                kept: match office {
                    Some(office) => crate::upkeep::store::is_keeper(conn, id, office)?,
                    None => false,
                },
                stale_days: reading.stale_days(&provider.municipality),
                provider,
            })
        })
        .await?;
    let provider = &whole.provider;
    if let (Status::Moved | Status::Merged, Some(next), true) =
        (provider.status, &whole.successor, wish.own.is_empty())
    {
        return Ok(cx.redirect(&format!("{}?was={id}", path(next.id))));
    }
    let crumbs = [
        ("/".to_owned(), t!(cx, "find-home")),
        ("/directory".to_owned(), t!(cx, "find-title")),
        (
            format!("/directory/towns/{}", provider.municipality),
            town_name(&cx, &loaded, &provider.municipality),
        ),
        (String::new(), provider.label(cx.lang).to_owned()),
    ];
    let body = html! {
        (came(&cx, &whole))
        (gone(&cx, &whole))
        (ui::card_call(t!(cx, "find-contact"), contact(&cx, &loaded, &whole)))
        @if keeps(&cx, &loaded, &whole) { div.actions { (ui::link_button_second(cx.url(&format!("/directory/providers/{}/update", provider.id)), t!(cx, "upkeep-update-this"))) } }
        h2 { (t!(cx, "find-services")) }
        @if whole.services.is_empty() { p.unknown { (t!(cx, "find-services-none")) } }
        @for service in &whole.services { (service_card(&cx, &loaded, service)) }
        @if let Some(care) = &whole.care { (provider_facts::care(&cx, &loaded, care)) }
        @if let Some(professional) = &whole.professional { (provider_facts::professional(&cx, professional)) }
        (provider_facts::official(&cx, &whole.facts))
        (place(&cx, &loaded, provider))
        (provider_facts::provenance(&cx, &loaded.kinds, &whole))
        @if whole.decides { div.actions { (ui::link_button_second(cx.url(&format!("{}/life", path(id))), t!(cx, "life-link"))) } }
    };
    let sub = html! { (kinds(&cx, &loaded, &provider.kinds)) (standing(&cx, provider)) };
    let response = cx
        .page(provider.label(cx.lang).to_owned())
        .nav("directory")
        .crumbs(&crumbs)
        .sub(sub)
        .body(body);
    Ok(map::allow(&cx, response))
}

/// An old address that led here says so, and shows the old record to those who want it.
fn came(cx: &Ctx, whole: &Whole) -> Markup {
    let Some(was) = &whole.was else {
        return html! {};
    };
    let title = match was.status {
        Status::Moved => t!(cx, "life-came-moved"),
        Status::Merged => t!(cx, "life-came-merged"),
        _ => return html! {},
    };
    ui::notice(
        ui::Tone::Info,
        title,
        html! { p { span lang="ja" { (was.name) } @if let Some(day) = was.status_on { " " (ui::date(cx, day)) } " "
        a href=(cx.url(&format!("{}?own=1", path(was.id)))) { (t!(cx, "life-came-old")) } } },
    )
}

/// Whether the reader may write about this record: its own office, the municipality, or the desk that acts for it just now.
fn keeps(cx: &Ctx, loaded: &Loaded, whole: &Whole) -> bool {
    let Some(me) = cx
        .me
        .as_ref()
        .filter(|me| crate::upkeep::EDIT.roles.contains(&me.role))
    else {
        return false;
    };
    let town = loaded
        .town(&whole.provider.municipality)
        .and_then(|m| m.organisation);
    let for_town = town
        .is_some_and(|t| me.organisation == t || me.acting_for.as_ref().is_some_and(|a| a.id == t));
    for_town || (whole.kept && town.is_some())
}

/// A provider that works no longer says so first, and where to go.
fn gone(cx: &Ctx, whole: &Whole) -> Markup {
    let provider = &whole.provider;
    if provider.status.is_listed() {
        return html! {
            @if provider.absent_since.is_some() { (ui::notice(ui::Tone::Info, t!(cx, "find-absent"), html! { p { (t!(cx, "find-absent-text")) } })) }
        };
    }
    let title = match provider.status {
        Status::Moved => t!(cx, "find-gone-moved"),
        Status::Merged => t!(cx, "find-gone-merged"),
        _ => t!(cx, "find-gone-closed"),
    };
    ui::notice(
        ui::Tone::Bad,
        title,
        html! {
            @if let Some(day) = provider.status_on { p { (t!(cx, "find-gone-since")) " " (ui::date(cx, day)) } }
            @if let Some(next) = &whole.successor { p { (t!(cx, "find-gone-next")) " " a href=(cx.url(&path(next.id))) { (next.label(cx.lang)) } } }
            @else { p { a href=(cx.url(&format!("/directory/towns/{}", provider.municipality))) { (t!(cx, "find-gone-others")) } } }
        },
    )
}

fn contact(cx: &Ctx, loaded: &Loaded, whole: &Whole) -> Markup {
    let provider = &whole.provider;
    let address = address(loaded, provider);
    let mut facts = vec![(
        t!(cx, "find-address"),
        html! { span lang="ja" { @if !provider.postal.is_empty() { "\u{3012}" (provider.postal) " " } (address) } },
    )];
    if !provider.fax.is_empty() {
        facts.push((t!(cx, "find-fax"), html! { (provider.fax) }));
    }
    if provider.url.starts_with("https://") || provider.url.starts_with("http://") {
        facts.push((
            t!(cx, "find-web"),
            html! { a href=(provider.url) rel="external noreferrer" { (provider.url) } },
        ));
    }
    if !provider.corporation.is_empty() {
        facts.push((
            t!(cx, "find-corporation"),
            html! { span lang="ja" { (provider.corporation) } },
        ));
    }
    html! {
        p.place-call { (phone(cx, provider)) " " (today(cx, &whole.services)) }
        (ui::dl(&facts))
        @if !provider.note.is_empty() { p lang="ja" { (provider.note) } }
        p { (confirmed(cx, provider)) @if !provider.verified_by.is_empty() { " " span.sub { (t!(cx, "find-by", name = provider.verified_by.as_str())) } } }
    }
}

fn service_card(cx: &Ctx, loaded: &Loaded, service: &Service) -> Markup {
    let kind = loaded.kind(&service.kind);
    let mut facts: Vec<(String, Markup)> = Vec::new();
    if !service.hours.is_empty() {
        facts.push((t!(cx, "find-hours"), week(cx, service)));
    } else if let Some(days) = service.days.as_deref().filter(|days| !days.is_empty()) {
        let names: Vec<String> = days.chars().map(|day| weekday(cx, day)).collect();
        facts.push((t!(cx, "find-days"), html! { (names.join(" ")) }));
    }
    if !service.hours_note.is_empty() {
        facts.push((
            t!(cx, "find-hours-note"),
            html! { span lang="ja" { (service.hours_note) } },
        ));
    }
    if !service.departments.is_empty() {
        facts.push((
            t!(cx, "find-departments"),
            html! { span lang="ja" { (service.departments) } },
        ));
    }
    if let Some(capacity) = service.capacity {
        facts.push((
            t!(cx, "find-capacity"),
            html! { (t!(cx, "find-people", count = capacity)) },
        ));
    }
    if !service.number.is_empty() {
        facts.push((t!(cx, "find-number"), html! { (service.number) }));
    }
    let name = kind.map_or_else(
        || service.kind.clone(),
        |kind| kind.name(cx.lang).to_owned(),
    );
    ui::card(
        html! { @if let Some(kind) = kind { (super::shape(kind)) " " } (name) },
        html! {
            @if let Some(kind) = kind { p { (kind.plain(cx.lang)) } }
            @if !facts.is_empty() { (ui::dl(&facts)) }
            p.source { (t!(cx, "find-source")) " " span lang="ja" { (service.source) } @if let Some(day) = service.source_date { " " (ui::date(cx, day)) } }
        },
    )
}

fn weekday(cx: &Ctx, day: char) -> String {
    match day {
        '1' => t!(cx, "find-day-1"),
        '2' => t!(cx, "find-day-2"),
        '3' => t!(cx, "find-day-3"),
        '4' => t!(cx, "find-day-4"),
        '5' => t!(cx, "find-day-5"),
        '6' => t!(cx, "find-day-6"),
        '7' => t!(cx, "find-day-7"),
        _ => t!(cx, "find-day-8"),
    }
}

fn week(cx: &Ctx, service: &Service) -> Markup {
    let now = hours::day_number(cx.now.date_jst());
    html! {
        ul.week {
            @for day in 1..=8_u8 {
                @let spans: BTreeSet<(u16, u16)> = service.hours.iter().filter(|h| h.day == day).map(|h| (h.opens, h.closes)).collect();
                li.now[day == now] {
                    span.day { (weekday(cx, char::from(b'0' + day))) } " "
                    @if spans.is_empty() { span.none { (t!(cx, "find-shut")) } }
                    @for (from, to) in spans { span { (hours::clock(from)) "–" (hours::clock(to)) } " " }
                }
            }
        }
        @if hours::of(service, cx.now.date_jst()) == Today::Closed { p.sub { (t!(cx, "find-today-closed")) } }
    }
}

/// Where it is, on our own map; how exact that is.
fn place(cx: &Ctx, loaded: &Loaded, provider: &Provider) -> Markup {
    html! {
        h2 { (t!(cx, "find-place")) }
        @match provider.precision {
            Precision::Exact => {},
            Precision::Town => { p { (t!(cx, "find-place-town")) } },
            Precision::Municipality => { p { (t!(cx, "find-place-municipality")) } },
            Precision::None => { p.unknown { (t!(cx, "find-place-none")) } },
        }
        @if provider.stated.is_some() { p.sub { (t!(cx, "find-place-stated")) } }
        @if let Some((lat, lon)) = provider.lat.zip(provider.lon) {
            @let kind = provider.kinds.first().and_then(|code| loaded.kind(code));
            (map::one(cx, loaded, lat, lon, kind, provider.label(cx.lang)))
            @if let Some(kind) = kind { p.sub { (super::shape(kind)) " " (short(kind, cx.lang)) } }
        }
    }
}
