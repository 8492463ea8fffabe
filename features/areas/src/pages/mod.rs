//! Handlers and their views, one file per page.

pub(crate) mod closed_days;
pub(crate) mod contact;
mod contact_form;
pub(crate) mod contacts;
pub(crate) mod glossary;
pub(crate) mod home;
pub(crate) mod municipalities;
pub(crate) mod municipality;
mod window;

pub(crate) use glossary::kind_word;
use maud::{Markup, html};
use web::{Ctx, ui};

use crate::{
    i18n::t,
    model::{Audience, District, Municipality, Names},
};

/// The district as a badge, or the words for out of the area.
fn district_badge(cx: &Ctx, district: Option<&District>) -> Markup {
    match district {
        Some(district) => {
            let tone = match district.tone {
                crate::model::Tone::Sea => ui::Tone::Sea,
                crate::model::Tone::Hill => ui::Tone::Hill,
            };
            ui::badge(tone, district.name(cx.lang))
        }
        None => ui::badge(ui::Tone::Plain, t!(cx, "areas-no-district")),
    }
}

/// The name of a municipality; with its reading when readings are switched on.
fn town_name(cx: &Ctx, town: &Municipality) -> Markup {
    match cx.lang {
        kernel::Lang::Ja => ui::ruby(cx, format!("{{{}|{}}}", town.name_ja, town.name_kana)),
        kernel::Lang::En => html! { (town.name_en) },
    }
}

/// The prefecture of a municipality; the first two digits of its code name it.
fn prefecture(cx: &Ctx, town: &Municipality) -> String {
    // A key of letters: a text of digits would not match a number in the message.
    let key = format!("p{}", town.code.get(..2).unwrap_or_default());
    t!(
        cx,
        "areas-prefecture",
        key = key,
        name = town.prefecture.as_str()
    )
}

fn audience_word(cx: &Ctx, audience: Audience) -> String {
    match audience {
        Audience::Resident => t!(cx, "areas-resident"),
        Audience::Professional => t!(cx, "areas-professional"),
    }
}

/// A text of several lines; the lines stay lines.
fn lines(text: &str) -> Markup {
    html! { @for (at, line) in text.lines().enumerate() { @if at > 0 { br; } (line) } }
}

/// Where a fact comes from: a link when it is an address.
fn source(cx: &Ctx, text: &str) -> Markup {
    html! {
        @if !text.is_empty() {
            p.source {
                (t!(cx, "areas-window-source")) ": "
                @if crate::form::is_web_address(text) {
                    a href=(text) rel="external noreferrer" { (text) }
                } @else {
                    span lang="ja" { (text) }
                }
            }
        }
    }
}

/// A problem of a text in words: what is wrong and how to put it right.
pub(crate) fn words(cx: &Ctx, problem: &crate::form::Problem, typed: &str) -> String {
    contact_form::words(cx, problem, typed)
}

/// A name in the language of the page.
fn named<'a>(cx: &Ctx, names: &'a Names) -> &'a str {
    names.get(cx.lang)
}
