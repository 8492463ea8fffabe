//! Before and after submission: the whole answer, what is missing, approval inside Renkei or outside, correction.

use axum::{extract::Path, response::Response};
use maud::{Markup, html};
use web::{Ctx, Decision as May, ui};

use super::{
    answer::{self, Sheet},
    answers, crumbs, parse,
    read::{approval, history},
    stands_for, state_badge,
};
use crate::{
    i18n::t,
    pages::again::Again,
    rounds::{
        ANSWER, APPROVE,
        actions::{Refusal, answer::complete},
        model::{Answers, Check, Given, State},
    },
};

/// `GET /surveys/replies/{id}/submit`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let sheet = answer::read(&cx, parse(&id)?).await?;
    Ok(page(&cx, &sheet, &Again::fresh()))
}

pub(super) fn page(cx: &Ctx, sheet: &Sheet, again: &Again) -> Response {
    let reply = &sheet.reply;
    let me = cx.me.as_ref();
    let stands = me.is_some_and(|me| stands_for(me, reply.tenant));
    let may = ANSWER.decide(me) == May::Allow && stands;
    let approves = APPROVE.decide(me) == May::Allow && stands;
    let writing = reply.state.is_writing();
    let (shown, problems) = shown(sheet, writing);
    let title = t!(cx, "rounds-submit-title", town = reply.name.as_str());
    let body = html! {
        (again.summary(cx))
        (left(cx, sheet, again, approves, problems.is_empty()))
        (facts(cx, sheet))
        @if writing && !problems.is_empty() {
            (ui::notice(ui::Tone::Bad, t!(cx, "rounds-incomplete", count = problems.len()), html! {
                ul { @for (key, problem) in &problems {
                    @let name = sheet.round.catalogue.field(key).map(|f| f.brief(cx.lang)).unwrap_or_default();
                    li { a href=(cx.url(&format!("/surveys/replies/{}#f-{key}", reply.id))) { (name) } ": " (problem.words(cx.lang)) }
                } }
            }))
        }
        @if writing && !sheet.asides.is_empty() {
            (ui::notice(ui::Tone::Warn, t!(cx, "rounds-asides-open", count = sheet.asides.len()), html! {
                p { a href=(cx.url(&format!("/surveys/replies/{}", reply.id))) { (t!(cx, "rounds-to-answer")) } }
            }))
        }
        @if reply.check != Check::None {
            p { (ui::link_button_second(cx.url(&format!("/surveys/replies/{}/check", reply.id)), t!(cx, "rounds-to-check"))) }
        }
        (answers(cx, &sheet.round.catalogue, &shown))
        @if !sheet.files.is_empty() { (super::files::card(cx, sheet, false, &again.errors)) }
        @if may { (steps(cx, sheet, approves, problems.is_empty(), again)) }
        (history(cx, &sheet.versions))
    };
    cx.page(title.clone())
        .nav("surveys")
        .crumbs(&crumbs(cx, &sheet.round, &title))
        .sub(t!(cx, "rounds-submit-lead"))
        .no_qr()
        .status(again.status)
        .body(body)
}

/// While it is written the working texts; afterwards the version that waits or is valid.
fn shown(sheet: &Sheet, writing: bool) -> (Answers, Vec<(String, forms::Problem)>) {
    if !writing && let Some(version) = sheet.versions.first() {
        return (version.answers.clone(), Vec::new());
    }
    match complete(&sheet.round, &sheet.fields, &sheet.files) {
        Ok(answers) => {
            // What nobody has touched is 未回答 here and becomes 記載なし with the submission.
            let answers = answers
                .into_iter()
                .filter(|(key, given)| {
                    sheet.draft(key).is_some() || matches!(given.value, forms::Value::Files(_))
                })
                .collect();
            (answers, Vec::new())
        }
        Err(Refusal::Fields(problems)) => {
            let given = |f: &crate::rounds::model::FieldDraft| {
                (
                    f.field.clone(),
                    Given {
                        value: f.value.clone(),
                        range: f.range,
                    },
                )
            };
            (sheet.fields.iter().map(given).collect(), problems)
        }
        Err(_) => (Answers::new(), Vec::new()),
    }
}

fn facts(cx: &Ctx, sheet: &Sheet) -> Markup {
    let reply = &sheet.reply;
    let mut list = vec![
        (t!(cx, "rounds-column-state"), state_badge(cx, reply)),
        (
            t!(cx, "rounds-due"),
            super::list::due(cx, reply.due(&sheet.round)),
        ),
    ];
    if let Some(version) = sheet.versions.first() {
        list.push((
            t!(cx, "rounds-version"),
            html! { (t!(cx, "rounds-version-number", number = version.number.to_string())) },
        ));
        list.push((t!(cx, "rounds-approval"), approval(cx, version)));
        if let Some(name) = &version.made_name {
            list.push((
                t!(cx, "rounds-made-by"),
                html! { (name) " " (ui::moment(cx, version.made_at)) },
            ));
        }
    }
    if let Some(at) = reply.submitted_at {
        list.push((t!(cx, "rounds-column-submitted"), ui::moment(cx, at)));
    }
    ui::card(t!(cx, "rounds-about-answer"), ui::dl(&list))
}

fn steps(cx: &Ctx, sheet: &Sheet, approves: bool, complete: bool, again: &Again) -> Markup {
    let reply = &sheet.reply;
    let action = |step: &str| format!("/surveys/replies/{}/{step}", reply.id);
    let back = || {
        ui::link_button_second(
            cx.url(&format!("/surveys/replies/{}", reply.id)),
            t!(cx, "rounds-to-answer"),
        )
    };
    html! {
        @match reply.state {
            State::Draft | State::Returned => {
                div.actions { (back()) }
                @if complete {
                    (ui::card_waits(t!(cx, "rounds-ask"), html! {
                        p { (t!(cx, "rounds-ask-lead")) }
                        (ui::form(cx, &action("ask"), html! { div.actions { (ui::button(t!(cx, "rounds-ask"))) } }))
                    }))
                    (outside_form(cx, &action("outside"), again))
                }
            },
            State::Waiting => {
                @if approves {
                    (ui::card_waits(t!(cx, "rounds-approve"), html! {
                        p { (t!(cx, "rounds-approve-lead")) }
                        (ui::form(cx, &action("approve"), html! { div.actions { (ui::button(t!(cx, "rounds-approve"))) } }))
                    }))
                    (ui::card(t!(cx, "rounds-refuse"), ui::form(cx, &action("refuse"), html! {
                        (ui::field(cx, &again.field("note", t!(cx, "rounds-refuse-note")).kind(ui::Kind::Textarea { rows: 3 }).maxlength(2000).required()))
                        div.actions { (ui::button(t!(cx, "rounds-refuse"))) }
                    })))
                } @else {
                    (ui::notice(ui::Tone::Info, t!(cx, "rounds-answer-waiting"), html! { p { (t!(cx, "rounds-waiting-text")) } }))
                }
                (outside_form(cx, &action("outside"), again))
                (ui::form(cx, &action("withdraw"), html! { div.actions { (ui::button_small(t!(cx, "rounds-withdraw"))) } }))
            },
            State::Submitted | State::Accepted | State::Published => {
                (ui::card(t!(cx, "rounds-correct"), html! {
                    p { (t!(cx, "rounds-correct-lead")) }
                    (ui::form(cx, &action("correct"), html! { div.actions { (ui::button_small(t!(cx, "rounds-correct"))) } }))
                }))
            },
        }
    }
}

/// What was typed into a form that this state does not offer any more.
fn left(cx: &Ctx, sheet: &Sheet, again: &Again, approves: bool, complete: bool) -> Markup {
    let state = sheet.reply.state;
    let waits = state == State::Waiting;
    let mut gone = Vec::new();
    if !(waits && approves) {
        gone.push(("note", t!(cx, "rounds-refuse-note")));
    }
    if !(waits || state.is_writing() && complete) {
        gone.extend([
            ("document_number", t!(cx, "rounds-document-number")),
            ("decided_on", t!(cx, "rounds-decided-on")),
            ("decider_post", t!(cx, "rounds-decider")),
        ]);
    }
    again.left(cx, &gone)
}

fn outside_form(cx: &Ctx, action: &str, again: &Again) -> Markup {
    let text = |name: &'static str, label: String, hint: String| {
        ui::field(
            cx,
            &again
                .field(name, label)
                .hint(hint)
                .maxlength(100)
                .required(),
        )
    };
    ui::card(
        t!(cx, "rounds-outside"),
        html! {
            p { (t!(cx, "rounds-outside-lead")) }
            p.sub { a href=(cx.url(&action.replace("/outside", "/form/approval.pdf"))) download { (t!(cx, "papers-approval-pdf")) } }
            (ui::form(cx, action, html! {
                (text("document_number", t!(cx, "rounds-document-number"), t!(cx, "rounds-document-hint")))
                (text("decided_on", t!(cx, "rounds-decided-on"), t!(cx, "rounds-date-hint")))
                (text("decider_post", t!(cx, "rounds-decider"), t!(cx, "rounds-decider-hint")))
                div.actions { (ui::button(t!(cx, "rounds-outside-submit"))) }
            }))
        },
    )
}
