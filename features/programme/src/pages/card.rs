//! An entry in a list.

use maud::{Markup, html};
use web::{Ctx, ui};

use super::{Towns, address, words};
use crate::{
    i18n::t,
    model::{COMMON, EntryBrief, Range},
};

/// The colour of a state; its word stands in it.
pub(super) fn status_badge(cx: &Ctx, status: &str) -> Markup {
    let tone = match status {
        "resolved" | "answered" | "running" | "recorded" => ui::Tone::Key,
        "handed_over" | "working" | "considering" => ui::Tone::Warn,
        _ => ui::Tone::Plain,
    };
    ui::badge(tone, words::status(cx.lang, status))
}

/// The municipalities of an entry in few words, with the colour of their district.
pub(super) fn who(cx: &Ctx, towns: &Towns, codes: &[String]) -> Markup {
    if let Some(district) = towns.whole_district(codes) {
        let tone = tone(district.tone);
        return html! { (ui::badge(tone, district.name(cx.lang))) " " span.sub { (t!(cx, "all-of-district")) } };
    }
    let more = codes.len().saturating_sub(4);
    html! {
        @for code in codes.iter().take(4) {
            (town_badge(cx, towns, code)) " "
        }
        @if more > 0 { span.sub { (t!(cx, "and-more")) " " (more) } }
    }
}

pub(super) fn town_badge(cx: &Ctx, towns: &Towns, code: &str) -> Markup {
    let tone = towns
        .get(code)
        .and_then(|t| t.district.as_ref())
        .map_or(ui::Tone::Plain, |d| tone(d.tone));
    ui::badge(tone, towns.name(cx, code))
}

pub(super) fn tone(tone: areas::model::Tone) -> ui::Tone {
    match tone {
        areas::model::Tone::Sea => ui::Tone::Sea,
        areas::model::Tone::Hill => ui::Tone::Hill,
    }
}

// Texts without arguments are copied, those with arguments are formatted anew: a page has fifty of these.
/// Scenes and items in few words. 共通 alone says nothing and is left out.
pub(super) fn marks(cx: &Ctx, entry: &EntryBrief) -> String {
    let mut out: Vec<String> = entry
        .scenes
        .iter()
        .filter(|s| s.as_str() != COMMON)
        .map(|s| words::scene(cx.lang, s))
        .collect();
    out.extend(entry.items.iter().map(|i| words::item(cx.lang, i)));
    out.join(" / ")
}

/// A range that is not public, so that nobody takes it for public.
pub(super) fn range_badge(cx: &Ctx, range: Range, open: bool) -> Markup {
    html! {
        @if range == Range::Public && !open { (ui::badge(ui::Tone::Warn, t!(cx, "range-waits"))) }
        @else if range != Range::Public { (ui::badge(ui::Tone::Plain, words::range(cx.lang, range))) }
    }
}

/// A card of the board.
pub(super) fn card(cx: &Ctx, towns: &Towns, entry: &EntryBrief) -> Markup {
    let marks = marks(cx, entry);
    html! {
        li.entry-card {
            a href=(cx.url(&address(entry.id))) lang="ja" { (entry.title) }
            @if entry.fictional { " " (ui::badge(ui::Tone::Plain, t!(cx, "fictional"))) }
            p { (who(cx, towns, &entry.municipalities)) (range_badge(cx, entry.range, entry.open)) }
            @if !marks.is_empty() { p.sub { (marks) } }
            @if entry.sources > 0 { p.sub { (t!(cx, "from-sentences")) " " (entry.sources) } }
        }
    }
}

/// A list of cards.
pub(super) fn cards(cx: &Ctx, towns: &Towns, list: &[EntryBrief]) -> Markup {
    html! { ul.entry-cards { @for entry in list { (card(cx, towns, entry)) } } }
}
