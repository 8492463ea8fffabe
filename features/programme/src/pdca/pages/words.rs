//! Stored words in the language of the page.

use kernel::Lang;
use maud::{Markup, html};
use web::{Ctx, ui};

use crate::{
    i18n::{t, tl},
    model::Range,
    pdca::model::{MeasureState, NextAction, Rating, Refused},
};

/// The state of a countermeasure.
pub(crate) fn state(cx: &Ctx, of: MeasureState) -> String {
    state_in(cx.lang, of)
}

/// As [`state`], in a language.
pub(crate) fn state_in(lang: Lang, of: MeasureState) -> String {
    match of {
        MeasureState::Planned => tl!(lang, "pdca-state-planned"),
        MeasureState::Running => tl!(lang, "pdca-state-running"),
        MeasureState::Evaluated => tl!(lang, "pdca-state-evaluated"),
        MeasureState::Stopped => tl!(lang, "pdca-state-stopped"),
    }
}

/// The state as a badge.
pub(crate) fn state_badge(cx: &Ctx, of: MeasureState) -> Markup {
    let tone = match of {
        MeasureState::Running | MeasureState::Evaluated => ui::Tone::Key,
        MeasureState::Planned | MeasureState::Stopped => ui::Tone::Plain,
    };
    ui::badge(tone, state(cx, of))
}

/// A rating with its meaning.
pub(crate) fn rating(cx: &Ctx, of: Rating) -> String {
    rating_in(cx.lang, of)
}

/// As [`rating`], in a language.
pub(crate) fn rating_in(lang: Lang, of: Rating) -> String {
    match of {
        Rating::A => tl!(lang, "pdca-rating-a"),
        Rating::B => tl!(lang, "pdca-rating-b"),
        Rating::C => tl!(lang, "pdca-rating-c"),
        Rating::D => tl!(lang, "pdca-rating-d"),
    }
}

/// What follows.
pub(crate) fn next(cx: &Ctx, of: NextAction) -> String {
    next_in(cx.lang, of)
}

/// As [`next`], in a language.
pub(crate) fn next_in(lang: Lang, of: NextAction) -> String {
    match of {
        NextAction::Continue => tl!(lang, "pdca-next-continue"),
        NextAction::Improve => tl!(lang, "pdca-next-improve"),
        NextAction::Shrink => tl!(lang, "pdca-next-shrink"),
        NextAction::End => tl!(lang, "pdca-next-end"),
    }
}

/// Who sees it.
pub(crate) fn reach(cx: &Ctx, range: Range) -> String {
    reach_in(cx.lang, range)
}

/// As [`reach`], in a language.
pub(crate) fn reach_in(lang: Lang, range: Range) -> String {
    match range {
        Range::Internal => tl!(lang, "pdca-reach-internal"),
        Range::Municipalities => tl!(lang, "pdca-reach-municipalities"),
        Range::Participants => tl!(lang, "pdca-reach-participants"),
        Range::Public => tl!(lang, "pdca-reach-public"),
    }
}

/// Why a step was refused, and how to go on.
pub(crate) fn refused(cx: &Ctx, refused: Refused) -> String {
    match refused {
        Refused::State => t!(cx, "pdca-refused-state"),
        Refused::Incomplete => t!(cx, "pdca-refused-incomplete"),
        Refused::Reason => t!(cx, "pdca-refused-reason"),
        Refused::Frozen => t!(cx, "pdca-refused-frozen"),
    }
}

/// A text with its lines.
pub(crate) fn lines(text: &str) -> Markup {
    html! { @for (at, line) in text.lines().enumerate() { @if at > 0 { br; } (line) } }
}
