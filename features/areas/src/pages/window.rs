//! A window as readers see it: one number, when it answers, what happens outside the hours, who verified it and when.

use std::collections::BTreeSet;

use kernel::{Date, Lang, format_date};
use maud::{Markup, html};
use web::{Ctx, ui};

use super::{audience_word, lines, named, source};
use crate::{
    hours::{ClosedBy, Hours, OpenState, format_minute, open_state},
    i18n::t,
    model::{Audience, Contact, UrgentNumber, pick_text},
};

/// The card with the number. `contact` is `None` when nobody has registered the window; `closed` are the owner's closed days.
pub(super) fn card(
    cx: &Ctx,
    town: &str,
    audience: Audience,
    contact: Option<&Contact>,
    closed: &BTreeSet<Date>,
) -> Markup {
    let who = audience_word(cx, audience);
    let heading = t!(cx, "areas-window-for", town = town, who = who);
    let Some(contact) = contact else {
        return ui::card_call(
            heading,
            html! { p.unknown { (t!(cx, "areas-unknown-window", town = town)) } },
        );
    };
    let texts = &contact.texts;
    let owner = named(cx, &contact.owner_name);
    let name = pick_text(
        cx.lang,
        texts.window_ja.as_deref(),
        texts.window_en.as_deref(),
    );
    ui::card_call(
        heading,
        html! {
            p {
                @match name {
                    Some((text, lang)) => { strong lang=[other(cx, lang)] { (text) } @if text != owner { br; span.sub { (owner) } } },
                    None => { strong { (owner) } br; span.unknown { (t!(cx, "areas-unknown-name")) } },
                }
            }
            @match texts.phone.as_deref() {
                Some(number) => p { (ui::tel(cx, number)) },
                None => (whom_to_ask(cx, contact, town)),
            }
            (hours(cx, contact, closed))
            (outside(cx, contact))
            (facts(cx, contact))
            // Once the office has spoken, its word replaces the source of the loaded values.
            @if contact.verified_on.is_none() { (source(cx, &contact.source)) }
        },
    )
}

/// Without a number: what is missing, and the way that always leads on.
fn whom_to_ask(cx: &Ctx, contact: &Contact, town: &str) -> Markup {
    let owner = named(cx, &contact.owner_name);
    html! {
        p.unknown { (t!(cx, "areas-unknown-phone")) }
        p {
            strong {
                @match contact.audience {
                    Audience::Resident => (t!(cx, "areas-ask-hall", town = town, hall = hall(&contact.municipality))),
                    Audience::Professional => (t!(cx, "areas-ask-owner", owner = owner)),
                }
            }
            @if contact.audience == Audience::Resident { br; span.sub { (t!(cx, "areas-ask-hall-where")) } }
        }
    }
}

/// Whether the office of a municipality is a city's or a town's: the third digit of the code says so
/// (全国地方公共団体コード: 1 and 2 wards and cities, 3 and above towns and villages).
fn hall(code: &str) -> &'static str {
    match code.as_bytes().get(2) {
        Some(b'1' | b'2') => "city",
        _ => "town",
    }
}

/// The other language's mark for a text that has no translation.
fn other(cx: &Ctx, lang: Lang) -> Option<&'static str> {
    (lang != cx.lang).then(|| lang.code())
}

/// A text with its lines, marked when it is in the other language.
fn written(cx: &Ctx, text: Option<(&str, Lang)>) -> Option<Markup> {
    text.map(|(text, lang)| {
        html! {
            p lang=[other(cx, lang)] { (lines(text)) }
            @if lang != cx.lang { p.sub { (t!(cx, "areas-other-language")) } }
        }
    })
}

fn hours(cx: &Ctx, contact: &Contact, closed: &BTreeSet<Date>) -> Markup {
    let texts = &contact.texts;
    let note = pick_text(
        cx.lang,
        texts.hours_note_ja.as_deref(),
        texts.hours_note_en.as_deref(),
    );
    html! {
        @match &texts.hours {
            Some(hours) => {
                (state(cx, &open_state(Some(hours), closed, cx.now), cx.now.date_jst()))
                p.hours { (hours_line(cx, hours)) }
            },
            None => p.unknown { (t!(cx, "areas-unknown-hours")) },
        }
        @if let Some(note) = written(cx, note) { (note) }
    }
}

/// The weekly hours in one line.
pub(super) fn hours_line(cx: &Ctx, hours: &Hours) -> String {
    let (opens, closes) = (format_minute(hours.opens), format_minute(hours.closes));
    t!(
        cx,
        "areas-hours-line",
        days = weekdays(cx, &hours.days),
        opens = opens,
        closes = closes
    )
}

fn weekdays(cx: &Ctx, days: &str) -> String {
    match days {
        "12345" => t!(cx, "areas-days-weekdays"),
        "1234567" => t!(cx, "areas-days-every"),
        other => {
            let words: Vec<String> = other.chars().map(|digit| weekday(cx, digit)).collect();
            words.join(&t!(cx, "areas-days-join"))
        }
    }
}

/// The short name of a weekday by its digit, `1` = Monday.
pub(super) fn weekday(cx: &Ctx, digit: char) -> String {
    match digit {
        '1' => t!(cx, "areas-day-1"),
        '2' => t!(cx, "areas-day-2"),
        '3' => t!(cx, "areas-day-3"),
        '4' => t!(cx, "areas-day-4"),
        '5' => t!(cx, "areas-day-5"),
        '6' => t!(cx, "areas-day-6"),
        _ => t!(cx, "areas-day-7"),
    }
}

fn state(cx: &Ctx, state: &OpenState, today: Date) -> Markup {
    match state {
        OpenState::Unknown => html! {},
        OpenState::Open { until } => html! {
            p { (ui::badge(ui::Tone::Key, t!(cx, "areas-open-now", until = format_minute(*until)))) }
        },
        OpenState::Closed {
            today: reason,
            next,
        } => {
            let why = match reason {
                None => t!(cx, "areas-closed-now"),
                Some(ClosedBy::Weekday) => t!(cx, "areas-closed-weekday"),
                Some(ClosedBy::Own) => t!(cx, "areas-closed-own"),
                Some(ClosedBy::Holiday(ja, en)) => {
                    t!(cx, "areas-closed-holiday", name = cx.lang.pick(ja, en))
                }
            };
            let when = next.as_ref().map_or_else(
                || t!(cx, "areas-next-unknown"),
                |next| {
                    let time = format_minute(next.minute);
                    if next.day == today {
                        t!(cx, "areas-next-today", time = time)
                    } else {
                        t!(
                            cx,
                            "areas-next-day",
                            date = format_date(next.day, cx.lang),
                            time = time
                        )
                    }
                },
            );
            html! { p { (ui::badge(ui::Tone::Warn, why)) " " (when) } }
        }
    }
}

fn outside(cx: &Ctx, contact: &Contact) -> Markup {
    let texts = &contact.texts;
    let text = pick_text(
        cx.lang,
        texts.outside_ja.as_deref(),
        texts.outside_en.as_deref(),
    );
    html! {
        div.outside {
            h3 { (t!(cx, "areas-window-outside")) }
            @match written(cx, text) {
                Some(text) => (text),
                None => p.unknown { (t!(cx, "areas-unknown-outside")) },
            }
        }
    }
}

/// The numbers that help at any hour, whatever an office has registered.
pub(super) fn urgent(cx: &Ctx, numbers: &[UrgentNumber]) -> Markup {
    html! {
        @if !numbers.is_empty() {
            section.card {
                h2 { (ui::ruby(cx, t!(cx, "areas-urgent"))) }
                @for one in numbers { (urgent_line(cx, one)) }
            }
        }
    }
}

fn urgent_line(cx: &Ctx, one: &UrgentNumber) -> Markup {
    // Only `#` needs an escape in the address: the loader takes nothing but digits and signs of telephone numbers.
    let dial = one.number.replace('#', "%23");
    html! {
        p {
            a.tel href={ "tel:" (dial) } { (one.number) }
            br;
            (named(cx, &one.when))
            br;
            span.sub {
                (named(cx, &one.name))
                @if !one.verified && !one.scope.is_empty() {
                    " / "
                    @match cx.lang { Lang::Ja => (one.scope), Lang::En => (t!(cx, "areas-urgent-unsure")) }
                }
            }
        }
    }
}

fn facts(cx: &Ctx, contact: &Contact) -> Markup {
    let mut facts: Vec<(String, Markup)> = Vec::new();
    if let Some(fax) = &contact.texts.fax {
        facts.push((t!(cx, "areas-window-fax"), html! { (fax) }));
    }
    if let Some(url) = &contact.texts.url {
        facts.push((
            t!(cx, "areas-window-url"),
            html! { a href=(url) rel="external noreferrer" { (url) } },
        ));
    }
    facts.push((t!(cx, "areas-window-verified"), verified(cx, contact)));
    ui::dl(&facts)
}

/// 確認日, by whom, and whether somebody entered the texts on the owner's behalf.
pub(super) fn verified(cx: &Ctx, contact: &Contact) -> Markup {
    html! {
        @match (contact.verified_on, &contact.verified_by) {
            (Some(day), Some(by)) => {
                (t!(cx, "areas-window-verified-by", date = format_date(day, cx.lang), by = named(cx, by)))
            },
            (Some(day), None) => (ui::date(cx, day)),
            (None, _) => span.unknown { (t!(cx, "areas-unknown-verified")) },
        }
        @if let Some(by) = &contact.on_behalf {
            br;
            (t!(cx, "areas-window-on-behalf", town = named(cx, &contact.municipality_name), by = named(cx, by)))
        }
    }
}
