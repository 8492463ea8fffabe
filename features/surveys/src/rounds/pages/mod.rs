//! Handlers and their views, one file per page.

pub(crate) mod addressees;
pub(crate) mod answer;
mod answer_view;
pub(crate) mod approve;
pub(crate) mod approve_steps;
pub(crate) mod board;
pub(crate) mod check;
pub(crate) mod files;
pub(crate) mod gathered;
pub(crate) mod letter;
pub(crate) mod list;
pub(crate) mod new;
mod proposals;
mod question_view;
pub(crate) mod questions;
pub(crate) mod read;
pub(crate) mod steps;

use std::str::FromStr;

use axum::response::Response;
use forms::{Catalogue, Value};
use kernel::{Date, OrganisationId};
use maud::{Markup, html};
use serde::Deserialize;
use web::{Ctx, FlashKind, SignedIn, Values, ui};

use super::{
    actions::{Refusal, round::Post},
    model::{Answers, Channel, Range, Reply, Round, RoundState, State},
    store::write::Writer,
};
use crate::{i18n::t, pages::again::Again};

/// A form that has a button and nothing else.
#[derive(Debug, Deserialize)]
pub(crate) struct Nothing {}

/// An id of an address; anything else is not there.
pub(crate) fn parse<T: FromStr>(id: &str) -> web::Result<T> {
    id.parse().map_err(|_| web::Error::NotFound)
}

/// Who writes on this page.
pub(crate) fn writer(cx: &Ctx) -> web::Result<Writer> {
    let me = cx.require_me()?;
    Ok(Writer {
        account: Some(me.account),
        office: Some(me.organisation),
        channel: Channel::Screen,
    })
}

/// Whether somebody stands for a municipality just now: as its member, or acting for it by name.
pub(crate) fn stands_for(me: &SignedIn, tenant: OrganisationId) -> bool {
    match &me.acting_for {
        Some(town) => town.id == tenant,
        None => me.organisation == tenant,
    }
}

/// Why somebody who does not stand for the municipality just now may not write: what is written must say for whom.
pub(crate) fn not_standing(cx: &Ctx, tenant: OrganisationId) -> web::Result<Option<String>> {
    let stands = stands_for(cx.require_me()?, tenant);
    Ok((!stands).then(|| t!(cx, "rounds-not-acting")))
}

/// Refuses who does not stand for the municipality just now; for steps in which nothing is typed.
pub(crate) fn require_standing(cx: &Ctx, tenant: OrganisationId) -> web::Result<()> {
    match not_standing(cx, tenant)? {
        None => Ok(()),
        Some(words) => Err(web::Error::Invalid(words)),
    }
}

/// A step that was refused, for its own page with what was typed; what the database says goes on as it is.
pub(crate) fn again(
    cx: &Ctx,
    refusal: Refusal,
    values: Values,
    field: &'static str,
) -> web::Result<Again> {
    match refusal {
        Refusal::Store(error) => Err(error.into()),
        Refusal::Overtaken => {
            let words = t!(cx, "rounds-overtaken");
            Ok(Again::refused(values, field, words).overtaken())
        }
        other => Ok(Again::refused(values, field, words(cx, &other))),
    }
}

/// What the mails of an action need.
pub(crate) fn post(cx: &Ctx) -> Post {
    Post {
        seed: cx.env().uuid(),
        base: cx.app.public_url(""),
    }
}

/// Why something did not happen, in words.
pub(crate) fn words(cx: &Ctx, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Refused(_) | Refusal::NoField(_) => t!(cx, "rounds-refused"),
        Refusal::Overtaken => t!(cx, "rounds-overtaken"),
        Refusal::Fields(list) => t!(cx, "rounds-incomplete", count = list.len()),
        Refusal::Slug => t!(cx, "rounds-slug-taken"),
        Refusal::Missing(what) => match *what {
            "questions" => t!(cx, "rounds-missing-questions"),
            "due" => t!(cx, "rounds-missing-due"),
            "addressees" => t!(cx, "rounds-missing-addressees"),
            "accepted" => t!(cx, "rounds-missing-accepted"),
            "agreed" => t!(cx, "rounds-missing-agreed"),
            "later" => t!(cx, "rounds-missing-later"),
            "confirmed" => t!(cx, "returns-need-confirmed"),
            "room" => t!(cx, "files-too-many"),
            _ => t!(cx, "rounds-refused"),
        },
        Refusal::Store(_) => String::new(),
    }
}

/// Goes on after a step that worked, or says why it did not.
pub(crate) fn done<T>(
    cx: &Ctx,
    result: Result<T, Refusal>,
    said: &str,
    back: &str,
) -> web::Result<Response> {
    match result {
        Ok(_) => {
            cx.flash(FlashKind::Good, said);
            Ok(cx.redirect(back))
        }
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(Refusal::Overtaken) => Err(web::Error::Conflict(
            html! { p { (t!(cx, "rounds-overtaken")) } },
        )),
        Err(other) => Err(web::Error::Invalid(words(cx, &other))),
    }
}

/// A day as typed, or nothing when it cannot be read.
pub(crate) fn day(typed: &str) -> Option<Date> {
    kernel::parse_date(typed.trim()).ok()
}

/// The state of a round in words.
pub(crate) fn round_badge(cx: &Ctx, state: RoundState) -> Markup {
    let (tone, word) = match state {
        RoundState::Draft => (ui::Tone::Plain, t!(cx, "rounds-state-draft")),
        RoundState::Open => (ui::Tone::Key, t!(cx, "rounds-state-open")),
        RoundState::Closed => (ui::Tone::Plain, t!(cx, "rounds-state-closed")),
        RoundState::Checking => (ui::Tone::Warn, t!(cx, "rounds-state-checking")),
        RoundState::Published => (ui::Tone::Key, t!(cx, "rounds-state-published")),
    };
    ui::badge(tone, word)
}

/// The state of an answer in words.
pub(crate) fn state_badge(cx: &Ctx, reply: &Reply) -> Markup {
    let (tone, word) = match reply.state {
        State::Draft if reply.current.is_some() => {
            (ui::Tone::Warn, t!(cx, "rounds-answer-correcting"))
        }
        State::Draft if reply.started_at.is_none() => {
            (ui::Tone::Plain, t!(cx, "rounds-answer-unopened"))
        }
        State::Draft => (ui::Tone::Plain, t!(cx, "rounds-answer-draft")),
        State::Waiting => (ui::Tone::Warn, t!(cx, "rounds-answer-waiting")),
        State::Submitted => (ui::Tone::Sea, t!(cx, "rounds-answer-submitted")),
        State::Returned => (ui::Tone::Bad, t!(cx, "rounds-answer-returned")),
        State::Accepted => (ui::Tone::Key, t!(cx, "rounds-answer-accepted")),
        State::Published => (ui::Tone::Key, t!(cx, "rounds-answer-published")),
    };
    html! {
        (ui::badge(tone, word))
        @if reply.late { " " (ui::badge(ui::Tone::Warn, t!(cx, "rounds-late"))) }
    }
}

/// A range in words.
pub(crate) fn range_word(cx: &Ctx, range: Range) -> String {
    match range {
        Range::Public => t!(cx, "rounds-range-public"),
        Range::Meeting => t!(cx, "rounds-range-meeting"),
        Range::Offices => t!(cx, "rounds-range-offices"),
    }
}

/// A value as a reader sees it: paragraphs, or 記載なし.
pub(crate) fn value(cx: &Ctx, field: &forms::Field, value: &Value) -> Markup {
    let text = value.plain(field, cx.lang);
    html! {
        @if value.is_blank() { p.none { (t!(cx, "rounds-blank")) } }
        @else { div lang="ja" { @for line in text.lines() { @if !line.trim().is_empty() { p { (line) } } } } }
    }
}

/// All answers of a version, question by question.
pub(crate) fn answers(cx: &Ctx, catalogue: &Catalogue, answers: &Answers) -> Markup {
    html! {
        @for field in &catalogue.fields {
            @let given = answers.get(&field.key);
            section.card {
                h3 { span.num-question { (field.number) } " " (field.label.get(cx.lang)) }
                @match given {
                    Some(given) => {
                        (value(cx, field, &given.value))
                        p.sub { (range_word(cx, given.range)) }
                    },
                    None => p.no-answer { (t!(cx, "rounds-unanswered")) },
                }
            }
        }
    }
}

/// The way to a page of a round.
pub(crate) fn crumbs(cx: &Ctx, round: &Round, here: &str) -> Vec<(String, String)> {
    let mut list = vec![
        ("/surveys".to_owned(), t!(cx, "surveys-title")),
        ("/surveys/rounds".to_owned(), t!(cx, "rounds-title")),
    ];
    if here.is_empty() {
        list.push((String::new(), round.title(cx.lang).to_owned()));
    } else {
        let path = match round.side {
            super::model::Side::Asker => format!("/surveys/rounds/{}", round.id),
            _ => "/surveys/rounds".to_owned(),
        };
        list.push((path, round.title(cx.lang).to_owned()));
        list.push((String::new(), here.to_owned()));
    }
    list
}
