//! Before and after submission: the whole answer, what is missing, approval inside Renkei or outside, correction.

use axum::{extract::Path, response::Response};
use maud::{Markup, html};
use web::{Ctx, Decision as May, Errors, Form, Values, ui};

use super::{
    Nothing,
    answer::{self, Sheet},
    answers, crumbs, day, done, parse,
    read::{approval, history, note},
    require_standing, stands_for, state_badge, writer,
};
use crate::{
    i18n::t,
    rounds::{
        ANSWER, APPROVE,
        actions::{self, Refusal, answer::complete},
        model::{Answers, Check, Decision, Given, ReplyId, State, VersionId},
        store as sql,
    },
};

/// `GET /surveys/replies/{id}/submit`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let sheet = answer::read(&cx, parse(&id)?).await?;
    Ok(page(&cx, &sheet, &Values::default(), &Errors::new()))
}

fn page(cx: &Ctx, sheet: &Sheet, values: &Values, errors: &Errors) -> Response {
    let reply = &sheet.reply;
    let me = cx.me.as_ref();
    let stands = me.is_some_and(|me| stands_for(me, reply.tenant));
    let may = ANSWER.decide(me) == May::Allow && stands;
    let approves = APPROVE.decide(me) == May::Allow && stands;
    let writing = reply.state.is_writing();
    let (shown, problems) = shown(sheet, writing);
    let title = t!(cx, "rounds-submit-title", town = reply.name.as_str());
    let body = html! {
        (ui::error_summary(cx, errors))
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
        @if !sheet.files.is_empty() { (super::files::card(cx, sheet, false)) }
        @if may { (steps(cx, sheet, approves, problems.is_empty(), values, errors)) }
        (history(cx, &sheet.versions))
    };
    cx.page(title.clone())
        .nav("surveys")
        .crumbs(&crumbs(cx, &sheet.round, &title))
        .sub(t!(cx, "rounds-submit-lead"))
        .no_qr()
        .form(errors)
        .body(body)
}

/// While it is written the working texts; afterwards the version that waits or is valid.
fn shown(sheet: &Sheet, writing: bool) -> (Answers, Vec<(String, forms::Problem)>) {
    if !writing && let Some(version) = sheet.versions.first() {
        return (version.answers.clone(), Vec::new());
    }
    match complete(&sheet.round, &sheet.fields) {
        Ok(answers) => {
            // What nobody has touched is 未回答 here and becomes 記載なし with the submission.
            let answers = answers
                .into_iter()
                .filter(|(key, _)| sheet.draft(key).is_some())
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

fn steps(
    cx: &Ctx,
    sheet: &Sheet,
    approves: bool,
    complete: bool,
    values: &Values,
    errors: &Errors,
) -> Markup {
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
                    (outside_form(cx, &action("outside"), values, errors))
                }
            },
            State::Waiting => {
                @if approves {
                    (ui::card_waits(t!(cx, "rounds-approve"), html! {
                        p { (t!(cx, "rounds-approve-lead")) }
                        (ui::form(cx, &action("approve"), html! { div.actions { (ui::button(t!(cx, "rounds-approve"))) } }))
                    }))
                    (ui::card(t!(cx, "rounds-refuse"), ui::form(cx, &action("refuse"), html! {
                        (ui::field(cx, &ui::Field::new("note", t!(cx, "rounds-refuse-note")).kind(ui::Kind::Textarea { rows: 3 }).maxlength(2000).required()))
                        div.actions { (ui::button(t!(cx, "rounds-refuse"))) }
                    })))
                } @else {
                    (ui::notice(ui::Tone::Info, t!(cx, "rounds-answer-waiting"), html! { p { (t!(cx, "rounds-waiting-text")) } }))
                }
                (outside_form(cx, &action("outside"), values, errors))
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

fn outside_form(cx: &Ctx, action: &str, values: &Values, errors: &Errors) -> Markup {
    let text = |name: &'static str, label: String, hint: String| {
        ui::field(
            cx,
            &ui::Field::new(name, label)
                .hint(hint)
                .maxlength(100)
                .value(values.get(name).unwrap_or_default())
                .errors(errors)
                .required(),
        )
    };
    ui::card(
        t!(cx, "rounds-outside"),
        html! {
            p { (t!(cx, "rounds-outside-lead")) }
            (ui::form(cx, action, html! {
                (text("document_number", t!(cx, "rounds-document-number"), t!(cx, "rounds-document-hint")))
                (text("decided_on", t!(cx, "rounds-decided-on"), t!(cx, "rounds-date-hint")))
                (text("decider_post", t!(cx, "rounds-decider"), t!(cx, "rounds-decider-hint")))
                div.actions { (ui::button(t!(cx, "rounds-outside-submit"))) }
            }))
        },
    )
}

/// The answer, after checking for whom somebody stands.
async fn standing(cx: &Ctx, id: ReplyId) -> web::Result<()> {
    let reply = cx
        .db()
        .read(&cx.viewer(), move |c| sql::reply_mine(c, id))
        .await?;
    require_standing(cx, reply.tenant)
}

fn here(id: ReplyId) -> String {
    format!("/surveys/replies/{id}/submit")
}

/// `POST /surveys/replies/{id}/ask`
pub(crate) async fn ask(
    cx: Ctx,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> web::Result {
    let id = parse(&id)?;
    standing(&cx, id).await?;
    let (who, version) = (writer(&cx)?, cx.env().id::<VersionId>());
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::ask(tx, id, version, who))
        .await;
    done(&cx, made, &t!(cx, "rounds-asked"), &here(id))
}

/// `POST /surveys/replies/{id}/withdraw`
pub(crate) async fn withdraw(
    cx: Ctx,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> web::Result {
    let id = parse(&id)?;
    standing(&cx, id).await?;
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::withdraw(tx, id))
        .await;
    done(
        &cx,
        made,
        &t!(cx, "rounds-withdrawn"),
        &format!("/surveys/replies/{id}"),
    )
}

/// `POST /surveys/replies/{id}/approve`
pub(crate) async fn approve(
    cx: Ctx,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> web::Result {
    let id = parse(&id)?;
    standing(&cx, id).await?;
    let who = writer(&cx)?;
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::approve(tx, id, who))
        .await;
    done(&cx, made, &t!(cx, "rounds-submitted"), &here(id))
}

/// `POST /surveys/replies/{id}/refuse`
pub(crate) async fn refuse(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    standing(&cx, id).await?;
    let note = note(&cx, &values)?;
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::refuse(tx, id, &note))
        .await;
    done(&cx, made, &t!(cx, "rounds-refused-done"), &here(id))
}

/// `POST /surveys/replies/{id}/outside`
pub(crate) async fn outside(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    standing(&cx, id).await?;
    let mut errors = Errors::new();
    for name in ["document_number", "decider_post"] {
        if !(1..=100).contains(&values.text(name).chars().count()) {
            errors.add(name, t!(cx, "rounds-error-needed"));
        }
    }
    let on = day(values.text("decided_on"));
    if on.is_none_or(|on| on > cx.now.date_jst()) {
        errors.add("decided_on", t!(cx, "rounds-error-decided"));
    }
    if !errors.is_empty() {
        let sheet = answer::read(&cx, id).await?;
        return Ok(page(&cx, &sheet, &values, &errors));
    }
    let decision = Decision {
        number: values.text("document_number").to_owned(),
        on,
        post: values.text("decider_post").to_owned(),
    };
    let (who, version) = (writer(&cx)?, cx.env().id::<VersionId>());
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::submit_outside(tx, id, version, who, &decision)
        })
        .await;
    done(&cx, made, &t!(cx, "rounds-submitted"), &here(id))
}

/// `POST /surveys/replies/{id}/correct`
pub(crate) async fn correct(
    cx: Ctx,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> web::Result {
    let id = parse(&id)?;
    standing(&cx, id).await?;
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::correct(tx, id))
        .await;
    done(
        &cx,
        made,
        &t!(cx, "rounds-correcting"),
        &format!("/surveys/replies/{id}"),
    )
}
