//! States, lanes and steps as words and badges.

use maud::Markup;
use web::{Ctx, ui};

use crate::{
    i18n::t,
    model::{Lane, State},
};

/// A lane's name.
pub(crate) fn lane(cx: &Ctx, lane: Lane) -> String {
    match lane {
        Lane::Professional => t!(cx, "lane-professional"),
        Lane::Resident => t!(cx, "lane-resident"),
    }
}

/// A state's name.
pub(crate) fn state_word(cx: &Ctx, state: State) -> String {
    match state {
        State::Draft => t!(cx, "state-draft"),
        State::Open => t!(cx, "state-open"),
        State::Waiting => t!(cx, "state-waiting"),
        State::HandedOver => t!(cx, "state-handed-over"),
        State::Closed => t!(cx, "state-closed"),
    }
}

/// A state's badge.
pub(crate) fn state(cx: &Ctx, state: State) -> Markup {
    let tone = match state {
        State::Draft | State::Closed => ui::Tone::Plain,
        State::Open => ui::Tone::Key,
        State::Waiting => ui::Tone::Warn,
        State::HandedOver => ui::Tone::Info,
    };
    ui::badge(tone, state_word(cx, state))
}

/// What happened, as the history says it.
pub(crate) fn event(cx: &Ctx, what: &str) -> String {
    match what {
        "taken" => t!(cx, "event-taken"),
        "changed" => t!(cx, "event-changed"),
        "waiting" => t!(cx, "event-waiting"),
        "resumed" => t!(cx, "event-resumed"),
        "handed_over" => t!(cx, "event-handed-over"),
        "closed" => t!(cx, "event-closed"),
        "reopened" => t!(cx, "event-reopened"),
        "referred" => t!(cx, "event-referred"),
        "unreferred" => t!(cx, "event-unreferred"),
        "unmet" => t!(cx, "event-unmet"),
        other => other.to_owned(),
    }
}
