//! Stored words of hand-overs in the language of the page.

use kernel::{Date, Lang};
use maud::{Markup, html};
use web::{Ctx, ui};

use crate::{
    codes::List,
    i18n::t,
    lanes::{
        joint,
        model::{Kind, Move, Refused, Side, Stage},
        store::Handover,
    },
};

/// Names of municipalities by 団体コード.
#[derive(Clone, Debug, Default)]
pub(crate) struct Towns(Vec<(String, String, String)>);

impl Towns {
    pub(crate) fn read(conn: &mut store::Conn) -> store::Result<Self> {
        Ok(Self(
            areas::store::municipalities(conn)?
                .into_iter()
                .filter(|one| one.in_area)
                .map(|one| (one.code, one.name_ja, one.name_en))
                .collect(),
        ))
    }

    /// Codes and names, in their order.
    pub(crate) fn all(&self, lang: Lang) -> Vec<(&str, &str)> {
        self.0
            .iter()
            .map(|(code, ja, en)| (code.as_str(), lang.pick(ja.as_str(), en.as_str())))
            .collect()
    }

    /// The name; an unknown code stands as it is.
    pub(crate) fn name<'a>(&'a self, lang: Lang, code: &'a str) -> &'a str {
        self.0
            .iter()
            .find(|(known, _, _)| known == code)
            .map_or(code, |(_, ja, en)| lang.pick(ja.as_str(), en.as_str()))
    }
}

/// What a hand-over is called in lists: the municipality and what it is about, never a person.
pub(crate) fn title(cx: &Ctx, towns: &Towns, one: &Handover) -> String {
    t!(
        cx,
        "lanes-what",
        town = towns.name(cx.lang, &one.municipality),
        category = List::Category.word(&one.category, cx.lang)
    )
}

pub(crate) fn kind(cx: &Ctx, of: Kind) -> String {
    match of {
        Kind::Handover => t!(cx, "lanes-kind-handover"),
        Kind::Joint => t!(cx, "lanes-kind-joint"),
    }
}

pub(crate) fn stage(cx: &Ctx, of: Stage) -> String {
    match of {
        Stage::Sent => t!(cx, "lanes-stage-sent"),
        Stage::Accepted => t!(cx, "lanes-stage-accepted"),
        Stage::Declined => t!(cx, "lanes-stage-declined"),
        Stage::Reported => t!(cx, "lanes-stage-reported"),
        Stage::Closed => t!(cx, "lanes-stage-closed"),
    }
}

/// The stage as a badge, with the mark of being late and the deputy who was named.
pub(crate) fn badge(cx: &Ctx, one: &Handover, today: Date) -> Markup {
    let tone = match one.stage {
        Stage::Reported | Stage::Closed => ui::Tone::Key,
        Stage::Declined => ui::Tone::Warn,
        Stage::Sent | Stage::Accepted => ui::Tone::Plain,
    };
    html! {
        (ui::badge(tone, stage(cx, one.stage)))
        @if one.late(today) { " " (ui::badge(ui::Tone::Warn, t!(cx, "lanes-late"))) }
        @if one.escalations > 0 && one.stage.turn() == Some(Side::Receiver) {
            " " span.sub { (deputy(cx, one)) }
        }
    }
}

/// Who was named when nobody answered.
pub(crate) fn deputy(cx: &Ctx, one: &Handover) -> String {
    if one.deputy_name.is_empty() {
        t!(cx, "lanes-deputy-nobody")
    } else {
        t!(cx, "lanes-deputy-named", name = one.deputy_name.as_str())
    }
}

/// Whose turn it is.
pub(crate) fn turn(cx: &Ctx, one: &Handover) -> String {
    match one.stage.turn() {
        Some(Side::Sender) => t!(cx, "lanes-turn", office = one.sender_name.as_str()),
        Some(Side::Receiver) => t!(cx, "lanes-turn", office = one.receiver_name.as_str()),
        None => t!(cx, "lanes-turn-nobody"),
    }
}

pub(crate) fn step(cx: &Ctx, code: &str) -> String {
    match code {
        "send" => t!(cx, "lanes-step-send"),
        "accept" => t!(cx, "lanes-step-accept"),
        "decline" => t!(cx, "lanes-step-decline"),
        "report" => t!(cx, "lanes-step-report"),
        "withdraw" => t!(cx, "lanes-step-withdraw"),
        "close" => t!(cx, "lanes-step-close"),
        "escalate" => t!(cx, "lanes-step-escalate"),
        other => other.to_owned(),
    }
}

pub(crate) fn step_hint(cx: &Ctx, of: Move) -> String {
    match of {
        Move::Accept => t!(cx, "lanes-hint-accept"),
        Move::Decline => t!(cx, "lanes-hint-decline"),
        Move::Report => t!(cx, "lanes-hint-report"),
        Move::Withdraw => t!(cx, "lanes-hint-withdraw"),
        Move::Close => t!(cx, "lanes-hint-close"),
    }
}

/// The field and the words of a refusal.
pub(crate) fn refused(cx: &Ctx, rule: Refused) -> (&'static str, String) {
    match rule {
        Refused::Stage => ("text", t!(cx, "lanes-refused-stage")),
        Refused::Side => ("behalf", t!(cx, "lanes-refused-side")),
        Refused::Text => ("text", t!(cx, "lanes-refused-text")),
        Refused::Due => ("due", t!(cx, "lanes-refused-due")),
        Refused::Outcome => ("outcome", t!(cx, "lanes-refused-outcome")),
    }
}

/// Reasons for joint handling, in words.
pub(crate) fn reasons(cx: &Ctx, codes: &[String]) -> Markup {
    html! { ul { @for rule in codes.iter().filter_map(|code| joint::find(code)) { li { (rule.word(cx.lang)) } } } }
}

/// A text with its line breaks.
pub(crate) fn lines(text: &str) -> Markup {
    html! { @for (at, line) in text.lines().enumerate() { @if at > 0 { br; } (line) } }
}
