//! The asking office's page of a round: what is prepared, where each answer stands and since when, and the next steps. Never a text
//! before it was submitted.

use axum::extract::Path;
use maud::{Markup, html};
use store::Conn;
use web::{Ctx, ui};

use super::{crumbs, list::due, parse, range_word, round_badge, state_badge};
use crate::{
    i18n::t,
    pages::again::Again,
    rounds::{
        model::{Check, Reply, Round, RoundId, RoundState, Side, State},
        store as sql,
    },
};

/// `GET /surveys/rounds/{id}`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    page(&cx, parse(&id)?, &Again::fresh()).await
}

/// The page, with what was typed into a form that was refused.
pub(super) async fn page(cx: &Ctx, id: RoundId, again: &Again) -> web::Result {
    let read = move |conn: &mut Conn| {
        let round = sql::round(conn, id)?;
        Ok::<_, ::store::Error>((round, sql::replies(conn, id)?))
    };
    let (round, replies) = cx.db().read(&cx.viewer(), read).await?;
    if round.side != Side::Asker {
        return Err(web::Error::NotFound);
    }
    let body = html! {
        (again.summary(cx))
        (facts(cx, &round))
        @if round.state == RoundState::Draft { (prepare(cx, &round, &replies)) }
        @else {
            (progress(cx, &replies))
            (table(cx, &round, &replies))
            (steps(cx, &round, &replies, again))
        }
    };
    Ok(cx
        .page(round.title(cx.lang).to_owned())
        .nav("surveys")
        .crumbs(&crumbs(cx, &round, ""))
        .no_qr()
        .wide()
        .status(again.status)
        .body(body))
}

fn facts(cx: &Ctx, round: &Round) -> Markup {
    let letter = &round.letter;
    let mut list = vec![
        (t!(cx, "rounds-column-state"), round_badge(cx, round.state)),
        (t!(cx, "rounds-due"), due(cx, letter.due)),
        (t!(cx, "rounds-letter-number"), html! { (letter.number) }),
        (t!(cx, "rounds-letter-to"), html! { (letter.to) }),
        (t!(cx, "rounds-contact"), html! { (letter.contact) }),
        (
            t!(cx, "rounds-questions"),
            html! { (t!(cx, "rounds-question-count", count = round.catalogue.fields.len())) },
        ),
        (
            t!(cx, "rounds-default-range"),
            html! { (range_word(cx, round.default_range)) },
        ),
    ];
    if let Some(at) = round.sent_at {
        list.push((t!(cx, "rounds-sent-at"), ui::moment(cx, at)));
    }
    if round.state >= RoundState::Checking {
        list.push((t!(cx, "rounds-check-due"), due(cx, round.check_due)));
    }
    let edit = round.state == RoundState::Draft;
    let link = |path: &str, word: String| {
        ui::link_button_second(
            cx.url(&format!("/surveys/rounds/{}/{path}", round.id)),
            word,
        )
    };
    ui::card(
        t!(cx, "rounds-about"),
        html! {
            (ui::dl(&list))
            div.actions {
                (link("letter", if edit { t!(cx, "rounds-edit-letter") } else { t!(cx, "rounds-see-letter") }))
                (link("questions", if edit { t!(cx, "rounds-edit-questions") } else { t!(cx, "rounds-see-questions") }))
                @if edit { (link("addressees", t!(cx, "rounds-edit-addressees"))) }
                @if !edit { (link("forms", t!(cx, "rounds-to-forms"))) (link("collation", t!(cx, "gathered-title"))) }
            @if round.survey.is_some() { (ui::link_button_second(cx.url(&format!("/surveys/{}", round.slug)), t!(cx, "rounds-see-published"))) }
            }
        },
    )
}

fn prepare(cx: &Ctx, round: &Round, replies: &[Reply]) -> Markup {
    let ready = round.letter.due.is_some() && !replies.is_empty();
    ui::card_waits(
        t!(cx, "rounds-send"),
        html! {
            @if ready {
                p { (t!(cx, "rounds-send-lead", count = replies.len())) }
                (ui::form(cx, &format!("/surveys/rounds/{}/send", round.id), html! {
                    div.actions { (ui::danger_button(t!(cx, "rounds-send"), t!(cx, "rounds-send-question"))) }
                }))
            } @else {
                p { (t!(cx, "rounds-send-missing")) }
                ul {
                    @if round.letter.due.is_none() { li { (t!(cx, "rounds-missing-due")) } }
                    @if replies.is_empty() { li { (t!(cx, "rounds-missing-addressees")) } }
                }
            }
        },
    )
}

fn count(replies: &[Reply], states: &[State]) -> u64 {
    replies.iter().filter(|r| states.contains(&r.state)).count() as u64
}

fn progress(cx: &Ctx, replies: &[Reply]) -> Markup {
    let of = replies.len() as u64;
    let sent = replies.iter().filter(|r| r.current.is_some()).count() as u64;
    let taken = count(replies, &[State::Accepted, State::Published]);
    let agreed = replies.iter().filter(|r| r.agreed()).count() as u64;
    html! {
        (ui::progress(t!(cx, "rounds-progress-submitted"), sent, of))
        (ui::progress(t!(cx, "rounds-progress-accepted"), taken, of))
        @if replies.iter().any(|r| r.check != Check::None) { (ui::progress(t!(cx, "rounds-progress-agreed"), agreed, of)) }
    }
}

fn table(cx: &Ctx, round: &Round, replies: &[Reply]) -> Markup {
    let today = cx.now.date_jst();
    let head = [
        t!(cx, "rounds-column-town"),
        t!(cx, "rounds-column-state"),
        t!(cx, "rounds-column-changed"),
        t!(cx, "rounds-column-submitted"),
        t!(cx, "rounds-column-due"),
        t!(cx, "rounds-column-check"),
        t!(cx, "rounds-column-reminded"),
    ];
    let moment = |at: Option<kernel::Time>| match at {
        Some(at) => ui::moment(cx, at),
        None => html! { span.none {} },
    };
    let rows: Vec<Vec<Markup>> = replies
        .iter()
        .map(|reply| {
            let path = format!("/surveys/rounds/{}/answers/{}", round.id, reply.id);
            vec![
                html! { @if reply.current.is_some() { a href=(cx.url(&path)) { (reply.name) } } @else { (reply.name) } },
                html! {
                    (state_badge(cx, reply))
                    @if reply.overdue(round, today) { " " (ui::badge(ui::Tone::Warn, t!(cx, "rounds-overdue"))) }
                },
                moment(reply.changed_at),
                moment(reply.submitted_at),
                due(cx, reply.due(round)),
                check_word(cx, reply),
                html! {
                    @if let Some(at) = reply.reminded_at { (ui::moment(cx, at)) " " (t!(cx, "rounds-reminders", count = reply.reminders)) }
                    @else { span.none {} }
                },
            ]
        })
        .collect();
    html! {
        h2 { (t!(cx, "rounds-board")) }
        p.sub { (t!(cx, "rounds-board-lead")) }
        (ui::table_rows(t!(cx, "rounds-board"), &head, &rows))
    }
}

/// Where 内容確認 of one municipality stands.
pub(super) fn check_word(cx: &Ctx, reply: &Reply) -> Markup {
    match reply.check {
        Check::None => html! { span.none {} },
        Check::Asked => ui::badge(ui::Tone::Plain, t!(cx, "rounds-check-asked")),
        Check::Change => html! {
            (ui::badge(ui::Tone::Warn, t!(cx, "rounds-check-change")))
            @if !reply.check_note.is_empty() { " " (reply.check_note) }
        },
        Check::Agreed if reply.agreed() => html! {
            (ui::badge(ui::Tone::Key, t!(cx, "rounds-check-agreed")))
            @if !reply.check_note.is_empty() { " " (t!(cx, "rounds-check-recorded", who = reply.check_note.as_str())) }
        },
        Check::Agreed => ui::badge(ui::Tone::Warn, t!(cx, "rounds-check-old")),
    }
}

fn steps(cx: &Ctx, round: &Round, replies: &[Reply], again: &Again) -> Markup {
    let action = |step: &str| format!("/surveys/rounds/{}/{step}", round.id);
    let open = count(replies, &[State::Draft, State::Waiting, State::Returned]);
    let mut choices = vec![ui::Choice::new("", t!(cx, "rounds-all-towns"))];
    choices.extend(
        replies
            .iter()
            .map(|r| ui::Choice::new(r.id.to_string(), r.name.as_str())),
    );
    let day_field = |name: &'static str, label: String| {
        ui::field(
            cx,
            &again.field(name, label).hint(t!(cx, "rounds-date-hint")),
        )
    };
    html! {
        @if open > 0 {
            (ui::card(t!(cx, "rounds-remind"), html! {
                p { (t!(cx, "rounds-remind-lead", count = open)) }
                (ui::form(cx, &action("remind"), html! { div.actions { (ui::button(t!(cx, "rounds-remind"))) } }))
            }))
            (ui::card(t!(cx, "rounds-extend"), ui::form(cx, &action("extend"), html! {
                (ui::field(cx, &again.field("only", t!(cx, "rounds-extend-whom")).kind(ui::Kind::Select(choices))))
                (day_field("due", t!(cx, "rounds-extend-due")))
                div.actions { (ui::button(t!(cx, "rounds-extend"))) }
            })))
        }
        @if round.state == RoundState::Open {
            (ui::card(t!(cx, "rounds-close"), html! {
                p { (t!(cx, "rounds-close-lead")) }
                (ui::form(cx, &action("close"), html! { div.actions { (ui::button(t!(cx, "rounds-close"))) } }))
            }))
        }
        (ui::card(t!(cx, "rounds-check"), html! {
            p { (t!(cx, "rounds-check-lead")) }
            (ui::form(cx, &action("check"), html! {
                (day_field("check_due", t!(cx, "rounds-check-due")))
                div.actions { (ui::button(t!(cx, "rounds-check-start"))) }
            }))
        }))
        @if matches!(round.state, RoundState::Checking | RoundState::Published) {
            (ui::card_waits(t!(cx, "rounds-publish"), html! {
                p { (t!(cx, "rounds-publish-lead", count = replies.iter().filter(|r| r.agreed()).count())) }
                (ui::form(cx, &action("publish"), html! {
                    div.actions { (ui::danger_button(t!(cx, "rounds-publish"), t!(cx, "rounds-publish-question"))) }
                }))
            }))
        }
    }
}
