//! Pages for finding: search, provider, towns; and what they share.

pub(crate) mod hits;
pub(crate) mod provider;
pub(crate) mod provider_facts;
pub(crate) mod search;
pub(crate) mod sentences;
pub(crate) mod town;

use kernel::Lang;
use maud::{Markup, html};
use web::{Ctx, ui};

use super::{
    Loaded,
    asked::Asked,
    today::{self, Today},
};
use crate::{
    i18n::t,
    model::{Kind, Precision, Provider, ProviderId, Service, Status},
};

/// The address of a search.
pub(crate) fn search_url(cx: &Ctx, asked: &Asked) -> String {
    let query = asked.query();
    if query.is_empty() {
        cx.url("/directory")
    } else {
        cx.url(&format!("/directory?{query}"))
    }
}

/// The address of a provider's page, without the base path; it stays for ever.
pub(crate) fn path(id: ProviderId) -> String {
    format!("/directory/providers/{id}")
}

/// The short name of a kind on badges and pins.
pub(crate) fn short(kind: &Kind, lang: Lang) -> &str {
    if lang == Lang::En {
        &kind.name_en
    } else {
        &kind.short_ja
    }
}

/// The mark of a kind: its shape in its colour, hidden from those who hear the name beside it.
pub(crate) fn shape(kind: &Kind) -> Markup {
    html! {
        svg.pin.(format!("tone-{}", kind.tone)) viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" { (super::map::shape(&kind.shape)) }
    }
}

/// The kinds of a provider as badges.
pub(crate) fn kinds(cx: &Ctx, loaded: &Loaded, codes: &[String]) -> Markup {
    let mut names: Vec<(&Kind, &str)> = Vec::new();
    for kind in codes.iter().filter_map(|code| loaded.kind(code)) {
        let name = short(kind, cx.lang);
        if !names.iter().any(|(_, known)| *known == name) {
            names.push((kind, name));
        }
    }
    html! {
        span.kinds { @for (kind, name) in names { span.kind { (shape(kind)) span { (name) } } " " } }
    }
}

/// Whether it works today.
pub(crate) fn today(cx: &Ctx, services: &[Service]) -> Markup {
    match today::first(services, cx.now) {
        Today::Hours(hours) => {
            let hours: Vec<String> = hours
                .iter()
                .map(|(from, to)| format!("{}–{}", today::clock(*from), today::clock(*to)))
                .collect();
            html! { span.today.open { (t!(cx, "find-today-hours", hours = hours.join(" / "))) } }
        }
        Today::Works => html! { span.today.open { (t!(cx, "find-today-works")) } },
        Today::Closed => html! { span.today.shut { (t!(cx, "find-today-closed")) } },
        Today::Unknown => html! { span.today { (t!(cx, "find-today-unknown")) } },
    }
}

/// About how far; only as exact as the place is known.
pub(crate) fn distance(cx: &Ctx, metres: f64, precision: Precision) -> String {
    let exact = precision == Precision::Exact;
    if metres < 950.0 && exact {
        return t!(
            cx,
            "find-metres",
            count = format!("{:.0}", (metres / 50.0).ceil() * 50.0)
        );
    }
    let count = if metres < 9_950.0 {
        format!("{:.1}", metres / 1000.0)
    } else {
        format!("{:.0}", metres / 1000.0)
    };
    if exact {
        t!(cx, "find-kilometres", count = count)
    } else {
        t!(cx, "find-kilometres-about", count = count)
    }
}

/// Who says so and since when; how old that is.
pub(crate) fn confirmed(cx: &Ctx, provider: &Provider) -> Markup {
    let today = cx.now.date_jst();
    html! {
        span.verified {
            @if let Some(day) = provider.verified_on {
                (t!(cx, "find-confirmed")) " " (ui::date(cx, day))
                @if crate::model::age_days(Some(day), today).is_some_and(|age| age > crate::model::STALE_DAYS) { " " (ui::badge(ui::Tone::Warn, t!(cx, "find-stale"))) }
            } @else if let Some(day) = provider.source_date {
                (t!(cx, "find-as-of")) " " (ui::date(cx, day)) " " (ui::badge(ui::Tone::Plain, t!(cx, "find-unconfirmed")))
            } @else { (ui::badge(ui::Tone::Plain, t!(cx, "find-unconfirmed"))) }
        }
    }
}

/// What stands over a provider that no longer works, or is invented.
pub(crate) fn standing(cx: &Ctx, provider: &Provider) -> Markup {
    html! {
        @match provider.status {
            Status::Open => {},
            Status::Suspended => { " " (ui::badge(ui::Tone::Warn, t!(cx, "find-suspended"))) },
            Status::Closed => { " " (ui::badge(ui::Tone::Bad, t!(cx, "find-closed"))) },
            Status::Moved => { " " (ui::badge(ui::Tone::Bad, t!(cx, "find-moved"))) },
            Status::Merged => { " " (ui::badge(ui::Tone::Bad, t!(cx, "find-merged"))) },
        }
        @if !provider.in_area { " " (ui::badge(ui::Tone::Plain, t!(cx, "find-outside"))) }
        @if provider.fictional { " " (ui::badge(ui::Tone::Plain, web::t!(cx.lang, "fictional"))) }
    }
}

/// The name of a municipality.
pub(crate) fn town_name(cx: &Ctx, loaded: &Loaded, code: &str) -> String {
    loaded
        .town(code)
        .map_or_else(|| code.to_owned(), |town| town.name(cx.lang).to_owned())
}

/// Full address: municipality, address, building.
pub(crate) fn address(loaded: &Loaded, provider: &Provider) -> String {
    let town = loaded
        .town(&provider.municipality)
        .map_or("", |town| town.name_ja.as_str());
    let mut text = if provider.address.contains(town) {
        provider.address.clone()
    } else {
        format!("{town}{}", provider.address)
    };
    if !provider.building.is_empty() {
        text.push(' ');
        text.push_str(&provider.building);
    }
    text
}

/// Telephone first: large and to tap, or a word that it is missing.
pub(crate) fn phone(cx: &Ctx, provider: &Provider) -> Markup {
    html! {
        @if provider.phone.is_empty() { span.unknown { (t!(cx, "find-no-phone")) } }
        @else { (ui::tel(cx, &provider.phone)) }
    }
}

/// Where the data come from, as their publishers ask.
pub(crate) fn credit(cx: &Ctx) -> Markup {
    html! { p.sub.credit { (t!(cx, "find-credit")) } }
}
