//! The list of hand-offs, and one with its history and the steps that are open.

use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use kernel::{Date, OrganisationId};
use maud::{Markup, html};
use serde::Deserialize;
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{
    actions::{self, Move, Refusal},
    model::{HandoffId, HandoffKind, HandoffState, Refused, Side, Step},
    store::{self as sql, Handoff, Taken},
};
use crate::{
    i18n::t,
    pdca::{
        input::{self, Input, STATED},
        pages::words,
        who,
    },
};

/// The words of a state.
pub(crate) fn state_word(cx: &Ctx, state: HandoffState) -> String {
    match state {
        HandoffState::Sent => t!(cx, "handoff-state-sent"),
        HandoffState::Accepted => t!(cx, "handoff-state-accepted"),
        HandoffState::Answered => t!(cx, "handoff-state-answered"),
        HandoffState::Returned => t!(cx, "handoff-state-returned"),
        HandoffState::Closed => t!(cx, "handoff-state-closed"),
    }
}

/// The state as a badge, with the mark of being late for those inside.
pub(crate) fn state_badge(cx: &Ctx, one: &Handoff, today: Date) -> Markup {
    badge(cx, one.state, one.late(today))
}

/// As [`state_badge`], from its parts.
pub(crate) fn badge(cx: &Ctx, state: HandoffState, late: bool) -> Markup {
    let tone = match state {
        HandoffState::Answered | HandoffState::Closed => ui::Tone::Key,
        HandoffState::Returned => ui::Tone::Warn,
        _ => ui::Tone::Plain,
    };
    html! {
        (ui::badge(tone, state_word(cx, state)))
        @if late { " " (ui::badge(ui::Tone::Warn, t!(cx, "handoff-late"))) }
    }
}

/// What is handed over.
pub(crate) fn kind_word(cx: &Ctx, kind: HandoffKind) -> String {
    match kind {
        HandoffKind::Issue => t!(cx, "handoff-kind-issue"),
        HandoffKind::Question => t!(cx, "handoff-kind-question"),
    }
}

/// The question of `GET /programme/handoffs`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Listed {
    all: String,
}

/// `GET /programme/handoffs`
pub(crate) async fn list(cx: Ctx, Query(asked): Query<Listed>) -> web::Result {
    let me = who::actor(&cx)?;
    let (tenant, all) = (me.tenant, asked.all == "1");
    let list = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| sql::mine(conn, tenant, all))
        .await?;
    let today = cx.now.date_jst();
    let late: Vec<&Handoff> = list.iter().filter(|one| one.late(today)).collect();
    let ours: Vec<&Handoff> = list
        .iter()
        .filter(|one| !one.late(today) && one.waits_for(tenant))
        .collect();
    let theirs: Vec<&Handoff> = list
        .iter()
        .filter(|one| !one.late(today) && !one.waits_for(tenant))
        .collect();
    let body = html! {
        p.actions.no-print {
            (ui::link_button_second(cx.url("/programme/handoffs/new?kind=issue"), t!(cx, "handoff-new-issue")))
            (ui::link_button_second(cx.url("/programme/handoffs/new?kind=question"), t!(cx, "handoff-new-question")))
        }
        @if list.is_empty() {
            (ui::empty(t!(cx, "handoff-empty"), t!(cx, "handoff-empty-text"), html! {}))
        }
        @if !late.is_empty() {
            h2 { (t!(cx, "handoff-list-late")) }
            p.sub { (t!(cx, "handoff-list-late-text")) }
            (table(&cx, &late, &t!(cx, "handoff-list-late")))
        }
        @if !ours.is_empty() { h2 { (t!(cx, "handoff-list-ours")) } (table(&cx, &ours, &t!(cx, "handoff-list-ours"))) }
        @if !theirs.is_empty() { h2 { (t!(cx, "handoff-list-theirs")) } (table(&cx, &theirs, &t!(cx, "handoff-list-theirs"))) }
        p { @if all { a href=(cx.url("/programme/handoffs")) { (t!(cx, "handoff-hide-closed")) } }
            @else { a href=(cx.url("/programme/handoffs?all=1")) { (t!(cx, "handoff-show-closed")) } } }
        (areas::words::footnotes(cx.lang, &["handoff", "ask-professional", "council"]))
    };
    Ok(cx
        .page(t!(cx, "handoff-title"))
        .nav("programme")
        .crumbs(&[
            ("/programme", t!(cx, "pdca-programme")),
            ("", t!(cx, "handoff-title")),
        ])
        .sub(t!(cx, "handoff-lead"))
        .body(body))
}

fn table(cx: &Ctx, list: &[&Handoff], label: &str) -> Markup {
    let head = [
        t!(cx, "handoff-what"),
        t!(cx, "handoff-from"),
        t!(cx, "handoff-to"),
        t!(cx, "handoff-due"),
        t!(cx, "handoff-state"),
    ];
    let today = cx.now.date_jst();
    let rows: Vec<Vec<Markup>> = list
        .iter()
        .map(|one| {
            vec![
                html! { a href=(cx.url(&format!("/programme/handoffs/{}", one.id))) lang="ja" { (one.title) } br; span.sub { (kind_word(cx, one.kind)) } },
                html! { span lang="ja" { (one.sender_name) } },
                html! { span lang="ja" { (one.receiver_name) } },
                ui::date(cx, one.due),
                state_badge(cx, one, today),
            ]
        })
        .collect();
    ui::table_rows(label, &head, &rows)
}

/// A hand-off with its history.
pub(crate) async fn read(cx: &Ctx, id: HandoffId) -> web::Result<(Handoff, Vec<Taken>)> {
    cx.db()
        .read::<_, web::Error>(&cx.viewer(), move |conn| {
            let one = sql::one(conn, id)?.ok_or(web::Error::NotFound)?;
            let steps = sql::steps(conn, id)?;
            Ok((one, steps))
        })
        .await
}

/// `GET /programme/handoffs/{id}`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let (one, steps) = read(&cx, parse(&id)?).await?;
    page(
        &cx,
        &one,
        &steps,
        &Values::default(),
        &Errors::new(),
        StatusCode::OK,
    )
}

/// `POST /programme/handoffs/{id}`
pub(crate) async fn take(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    let step = Step::from_code(values.text("step"))
        .ok_or_else(|| web::Error::Invalid(t!(cx, "handoff-refused-state")))?;
    let mut input = Input::new(&cx, &values);
    let text = input.text("text", 5000);
    let behalf = input.text("behalf", 300);
    let (due, happened) = (input.day("due"), input.day("happened"));
    let seen = input.version();
    let mut errors = std::mem::take(&mut input.errors);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if errors.is_empty() {
        let what = Move {
            step,
            seen,
            text,
            due,
            behalf,
            happened,
        };
        match actions::take(cx.db(), cx.env(), &cx.viewer(), who::actor(&cx)?, id, what).await {
            Ok(()) => {
                cx.flash(FlashKind::Good, &t!(cx, "handoff-moved"));
                return Ok(cx.redirect(&format!("/programme/handoffs/{id}")));
            }
            Err(Refusal::Rule(rule)) => {
                let (field, words) = refused(&cx, rule);
                errors.add(field, words);
            }
            Err(Refusal::Faster) => {
                status = StatusCode::CONFLICT;
                errors.add("text", t!(cx, "pdca-faster"));
            }
            Err(Refusal::Store(error)) => return Err(error.into()),
        }
    }
    let (one, steps) = read(&cx, id).await?;
    page(&cx, &one, &steps, &values, &errors, status)
}

fn refused(cx: &Ctx, rule: Refused) -> (&'static str, String) {
    match rule {
        Refused::State => ("text", t!(cx, "handoff-refused-state")),
        Refused::Side => ("behalf", t!(cx, "handoff-refused-side")),
        Refused::Text => ("text", t!(cx, "handoff-refused-text")),
        Refused::Due => ("due", t!(cx, "handoff-refused-due")),
    }
}

fn page(
    cx: &Ctx,
    one: &Handoff,
    steps: &[Taken],
    values: &Values,
    errors: &Errors,
    status: StatusCode,
) -> web::Result<Response> {
    let office = who::actor(cx)?.tenant;
    let crumbs = [
        ("/programme", t!(cx, "pdca-programme")),
        ("/programme/handoffs", t!(cx, "handoff-title")),
        ("", one.title.clone()),
    ];
    let facts = vec![
        (t!(cx, "handoff-what"), html! { (kind_word(cx, one.kind)) }),
        (
            t!(cx, "handoff-from"),
            html! { span lang="ja" { (one.sender_name) } },
        ),
        (
            t!(cx, "handoff-to"),
            html! { span lang="ja" { (one.receiver_name) } @if one.receiver.is_none() { " " (ui::badge(ui::Tone::Plain, t!(cx, "handoff-by-paper"))) } },
        ),
        (
            t!(cx, "handoff-sent-on"),
            ui::date(cx, one.sent_at.date_jst()),
        ),
        (t!(cx, "handoff-due"), ui::date(cx, one.due)),
        (t!(cx, "handoff-turn"), html! { (turn(cx, one)) }),
    ];
    let body = html! {
        (ui::error_summary(cx, errors))
        p { (state_badge(cx, one, cx.now.date_jst())) }
        (ui::dl(&facts))
        (ui::card(t!(cx, "handoff-text"), html! { p lang="ja" { (words::lines(&one.body)) }
            @if let Some(entry) = one.entry { p { a href=(cx.url(&crate::pdca::entry_path(entry))) { (t!(cx, "handoff-entry")) } } } }))
        p.no-print { a href=(cx.url(&format!("/programme/handoffs/{}/paper", one.id))) { (t!(cx, "handoff-paper-link")) } }
        (open_steps(cx, one, office, values, errors))
        section {
            h2 { (t!(cx, "handoff-history")) }
            ol.list-plain { @for taken in steps { li { (step_line(cx, taken)) } } }
        }
        p.sub { (t!(cx, "handoff-who-sees")) }
    };
    Ok(cx
        .page(one.title.clone())
        .nav("programme")
        .crumbs(&crumbs)
        .status(status)
        .body(body))
}

fn turn(cx: &Ctx, one: &Handoff) -> String {
    match one.state.turn() {
        Some(Side::Sender) => one.sender_name.clone(),
        Some(Side::Receiver) => one.receiver_name.clone(),
        None => t!(cx, "handoff-turn-nobody"),
    }
}

/// A line of the history.
pub(crate) fn step_line(cx: &Ctx, taken: &Taken) -> Markup {
    let word = Step::from_code(&taken.step)
        .map_or_else(|| t!(cx, "handoff-step-send"), |step| step_word(cx, step));
    html! {
        strong { (word) } " " (ui::date(cx, taken.happened)) " "
        @if taken.behalf.is_empty() { span lang="ja" { (taken.by) } }
        @else { span lang="ja" { (taken.behalf) } " " (ui::badge(ui::Tone::Info, t!(cx, "handoff-typed-in", by = taken.by.as_str()))) }
        @if let Some(due) = taken.due { " / " (t!(cx, "handoff-due")) ": " (ui::date(cx, due)) }
        @if !taken.body.is_empty() { p lang="ja" { (words::lines(&taken.body)) } }
        p.sub { (ui::moment(cx, taken.at)) }
    }
}

fn step_word(cx: &Ctx, step: Step) -> String {
    match step {
        Step::Accept => t!(cx, "handoff-step-accept"),
        Step::Answer => t!(cx, "handoff-step-answer"),
        Step::Return => t!(cx, "handoff-step-return"),
        Step::Resend => t!(cx, "handoff-step-resend"),
        Step::Close => t!(cx, "handoff-step-close"),
    }
}

/// The form of the next step: one choice, one text, one date. For paper the sender says who answered and when.
fn open_steps(
    cx: &Ctx,
    one: &Handoff,
    office: OrganisationId,
    values: &Values,
    errors: &Errors,
) -> Markup {
    let allowed = cx
        .me
        .as_ref()
        .is_some_and(|me| crate::WORK.decide(Some(me)) == web::Decision::Allow);
    let open: Vec<Step> = one
        .state
        .steps()
        .iter()
        .copied()
        .filter(|step| one.may(office, step.side()))
        .collect();
    let Some(first) = open.first().filter(|_| allowed) else {
        return html! {};
    };
    let typed_in = first.side() == Side::Receiver && one.receiver != Some(office);
    let chosen = if values.text("step").is_empty() {
        first.code()
    } else {
        values.text("step")
    };
    let form = html! {
        input type="hidden" name="version" value=(one.version);
        @if typed_in {
            p { (t!(cx, "handoff-behalf-text")) }
            (ui::field(cx, &ui::Field::new("behalf", t!(cx, "handoff-behalf")).hint(t!(cx, "handoff-behalf-hint")).value(values.get("behalf").unwrap_or_default()).errors(errors).required()))
            (ui::field(cx, &ui::Field::new("happened", t!(cx, "handoff-happened")).hint(t!(cx, "handoff-happened-hint")).value(values.get("happened").unwrap_or_default()).errors(errors)))
        }
        fieldset.field {
            legend { (t!(cx, "handoff-next")) }
            @for step in &open {
                div.choice {
                    input type="radio" id={ "step-" (step.code()) } name="step" value=(step.code()) checked[step.code() == chosen];
                    label for={ "step-" (step.code()) } { (step_word(cx, *step)) " " span.sub { (step_hint(cx, *step)) } }
                }
            }
        }
        (ui::field(cx, &ui::Field::new("text", t!(cx, "handoff-answer")).hint(t!(cx, "handoff-answer-hint")).kind(ui::Kind::Textarea { rows: 5 }).value(values.get("text").unwrap_or_default()).errors(errors)))
        @if open.iter().any(|step| matches!(step, Step::Accept | Step::Resend)) { (ui::field(cx, &ui::Field::new("due", t!(cx, "handoff-new-due")).hint(t!(cx, "handoff-new-due-hint")).value(values.get("due").unwrap_or_default()).errors(errors))) }
        @if !errors.is_empty() { (web::statement_field(cx, STATED, input::stated(values))) }
        div.actions { (ui::button(t!(cx, "handoff-step-save"))) }
    };
    html! {
        section.no-print {
            h2 { (if typed_in { t!(cx, "handoff-behalf-title") } else { t!(cx, "handoff-do") }) }
            (ui::form(cx, &format!("/programme/handoffs/{}", one.id), form))
        }
    }
}

fn step_hint(cx: &Ctx, step: Step) -> String {
    match step {
        Step::Accept => t!(cx, "handoff-hint-accept"),
        Step::Answer => t!(cx, "handoff-hint-answer"),
        Step::Return => t!(cx, "handoff-hint-return"),
        Step::Resend => t!(cx, "handoff-hint-resend"),
        Step::Close => t!(cx, "handoff-hint-close"),
    }
}

/// An id of an address.
pub(crate) fn parse(id: &str) -> web::Result<HandoffId> {
    id.parse().map_err(|_| web::Error::NotFound)
}
