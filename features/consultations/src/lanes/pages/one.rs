//! A hand-over with what was handed over, its history and the steps that are open.

use axum::{extract::Path, http::StatusCode, response::Response};
use maud::{Markup, html};
use store::Audit;
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{
    Input, STATED, stated,
    words::{self, Towns},
};
use crate::{
    codes::List,
    i18n::t,
    lanes::{
        actions::{self, Refusal, Typed, actor},
        model::{HandoverId, Move, Said, Side},
        store::{self as sql, Handover, Taken},
    },
    list::parse,
};

/// What a page of a hand-over shows, opened.
pub(crate) struct Shown {
    pub(crate) one: Handover,
    /// What was handed over.
    pub(crate) summary: String,
    steps: Vec<(Taken, String)>,
    pub(crate) towns: Towns,
}

/// Reads and opens it; the reading is a row of the audit trail, and the receiver's first one is the receipt.
pub(crate) async fn read(cx: &Ctx, id: HandoverId, action: &'static str) -> web::Result<Shown> {
    let shown = cx
        .db()
        .read::<_, web::Error>(&cx.viewer(), move |conn| {
            let one = sql::one(conn, id)?.ok_or(web::Error::NotFound)?;
            Ok((one, sql::steps(conn, id)?, Towns::read(conn)?))
        })
        .await?;
    let (mut one, steps, towns) = shown;
    let receipt = one.side() == Side::Receiver && one.seen_at.is_none();
    let office = cx.require_me()?.organisation;
    let tenant = one.tenant;
    cx.db()
        .write::<_, store::Error>(&cx.viewer(), move |tx| {
            if receipt && sql::note_seen(tx, id)? {
                tx.changed("consultation.handover", id.uuid(), Some(tenant))?;
            }
            tx.audit(
                Audit::new(action, "consultation_handover")
                    .id(id.uuid())
                    .subject(office.uuid()),
            )
        })
        .await?;
    if receipt {
        one.seen_at = Some(cx.now);
    }
    let key = cx.db().key();
    let summary = actions::open(key, id.uuid(), &one.sealed)?;
    let steps = steps
        .into_iter()
        .map(|taken| {
            let note = taken.note.as_deref().unwrap_or_default();
            let note = actions::open(key, id.uuid(), note)?;
            Ok((taken, note))
        })
        .collect::<web::Result<_>>()?;
    Ok(Shown {
        one,
        summary,
        steps,
        towns,
    })
}

/// `GET /consultations/handovers/{id}`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let shown = read(&cx, parse(&id)?, "consultations.handover.view").await?;
    page(
        &cx,
        &shown,
        &Values::default(),
        &Errors::new(),
        (false, StatusCode::OK),
    )
}

/// `POST /consultations/handovers/{id}`
pub(crate) async fn take(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    let Some(what) = Move::from_code(values.text("step")) else {
        let mut errors = Errors::new();
        errors.add("step", t!(cx, "lanes-refused-step"));
        let shown = read(&cx, id, "consultations.handover.view").await?;
        return page(
            &cx,
            &shown,
            &values,
            &errors,
            (false, StatusCode::UNPROCESSABLE_ENTITY),
        );
    };
    let mut input = Input::new(&cx, &values);
    let said = Said {
        text: input.text("text", 5000),
        due: input.day("due"),
        outcome: List::NeedMet
            .find(values.text("outcome"))
            .map(|code| code.code.to_owned())
            .unwrap_or_default(),
    };
    let behalf = input.text("behalf", 300);
    let seen = input.version();
    let (mut errors, ask) = (std::mem::take(&mut input.errors), input.ask);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if errors.is_empty() {
        let note = match said.text.as_str() {
            "" => None,
            text => Some(actions::seal(cx.db().key(), id.uuid(), text)?),
        };
        let typed = Typed {
            what,
            seen,
            said,
            note,
            behalf,
        };
        let who = actor(cx.require_me()?);
        match actions::take(cx.db(), cx.env(), &cx.viewer(), who, id, typed).await {
            Ok(()) => {
                cx.flash(FlashKind::Good, &t!(cx, "lanes-moved"));
                return Ok(cx.redirect(&format!("/consultations/handovers/{id}")));
            }
            Err(Refusal::Rule(rule)) => {
                let (field, words) = words::refused(&cx, rule);
                errors.add(field, words);
            }
            Err(Refusal::Record) => errors.add("text", t!(cx, "lanes-refused-record")),
            Err(Refusal::Faster) => {
                status = StatusCode::CONFLICT;
                errors.add("text", t!(cx, "lanes-faster"));
            }
            Err(Refusal::Store(error)) => return Err(error.into()),
        }
    }
    let shown = read(&cx, id, "consultations.handover.view").await?;
    page(&cx, &shown, &values, &errors, (ask, status))
}

fn page(
    cx: &Ctx,
    shown: &Shown,
    values: &Values,
    errors: &Errors,
    (ask, status): (bool, StatusCode),
) -> web::Result<Response> {
    let one = &shown.one;
    let title = words::title(cx, &shown.towns, one);
    let crumbs = [
        ("/consultations/handovers", t!(cx, "lanes-title")),
        ("", title.clone()),
    ];
    let body = html! {
        (ui::error_summary(cx, errors))
        p { (words::badge(cx, one, cx.now.date_jst())) }
        (ui::dl(&facts(cx, one)))
        @if !one.reasons.is_empty() { (ui::card(t!(cx, "lanes-reasons"), words::reasons(cx, &one.reasons))) }
        (ui::card(t!(cx, "lanes-summary"), html! {
            @if shown.summary.is_empty() { p.sub { (t!(cx, "lanes-destroyed")) } }
            @else { p lang="ja" { (words::lines(&shown.summary)) } }
            p.sub { @if one.whole { (t!(cx, "lanes-whole-note")) } @else { (t!(cx, "lanes-only-this")) } }
        }))
        p.no-print {
            a href=(cx.url(&format!("/consultations/handovers/{}/paper", one.id))) { (t!(cx, "lanes-paper-link")) }
            @if let Some(record) = one.consultation.filter(|_| one.side() == Side::Sender) {
                " · " a href=(cx.url(&format!("/consultations/{record}"))) { (t!(cx, "lanes-record")) }
            }
        }
        (steps_form(cx, one, values, errors, ask))
        section {
            h2 { (t!(cx, "lanes-history")) }
            ol.history { @for (taken, note) in &shown.steps { (line(cx, taken, note)) } }
        }
    };
    Ok(cx
        .page(title)
        .nav("consultations")
        .crumbs(&crumbs)
        .no_qr()
        .status(status)
        .body(body))
}

fn facts(cx: &Ctx, one: &Handover) -> Vec<(String, Markup)> {
    let mut all = vec![
        (t!(cx, "lanes-kind"), html! { (words::kind(cx, one.kind)) }),
        (
            t!(cx, "lanes-from"),
            html! { span lang="ja" { (one.sender_name) } },
        ),
        (
            t!(cx, "lanes-to"),
            html! { span lang="ja" { (one.receiver_name) }
            @if one.receiver.is_none() { " " (ui::badge(ui::Tone::Plain, t!(cx, "lanes-by-paper"))) } },
        ),
        (
            t!(cx, "lanes-sent-on"),
            ui::date(cx, one.sent_at.date_jst()),
        ),
        (
            t!(cx, "lanes-receipt"),
            match one.seen_at {
                Some(at) => ui::moment(cx, at),
                None => html! { (t!(cx, "lanes-not-seen")) },
            },
        ),
        (t!(cx, "lanes-due"), ui::date(cx, one.due)),
        (t!(cx, "lanes-turn-label"), html! { (words::turn(cx, one)) }),
    ];
    if !one.outcome.is_empty() {
        all.push((
            t!(cx, "lanes-outcome"),
            html! { (List::NeedMet.word(&one.outcome, cx.lang)) },
        ));
    }
    if one.whole {
        all.push((
            t!(cx, "lanes-basis"),
            html! { (List::Basis.word(&one.basis, cx.lang)) },
        ));
    }
    all
}

fn line(cx: &Ctx, taken: &Taken, note: &str) -> Markup {
    html! {
        li {
            strong { (words::step(cx, &taken.step)) } " " (ui::moment(cx, taken.at)) " "
            span.sub lang="ja" { (taken.by) }
            @if !taken.behalf.is_empty() { " " span.sub { (t!(cx, "lanes-on-behalf", name = taken.behalf.as_str())) } }
            @if let Some(due) = taken.due { " " span.sub { (t!(cx, "lanes-until")) " " (ui::date(cx, due)) } }
            @if !note.is_empty() { p lang="ja" { (words::lines(note)) } }
        }
    }
}

fn steps_form(cx: &Ctx, one: &Handover, values: &Values, errors: &Errors, ask: bool) -> Markup {
    let open: Vec<Move> = one
        .stage
        .moves()
        .iter()
        .copied()
        .filter(|step| one.may(step.side()))
        .collect();
    let may_write = crate::lanes::pages::ANSWER.decide(cx.me.as_ref()) == web::Decision::Allow;
    if open.is_empty() || !may_write {
        return html! {};
    }
    let typed_in = one.receiver.is_none() && open.iter().any(|step| step.side() == Side::Receiver);
    let chosen = match values.text("step") {
        "" => open[0].code(),
        typed => typed,
    };
    let field = |name, label| {
        ui::Field::new(name, label)
            .value(values.get(name).unwrap_or_default())
            .errors(errors)
    };
    let met: Vec<ui::Choice<'_>> = List::NeedMet
        .all()
        .iter()
        .map(|code| ui::Choice::new(code.code, code.word(cx.lang)))
        .collect();
    let form = html! {
        input type="hidden" name="version" value=(one.version);
        @if typed_in {
            (ui::field(cx, &field("behalf", t!(cx, "lanes-behalf")).hint(t!(cx, "lanes-behalf-hint"))))
        }
        fieldset.field {
            legend { (t!(cx, "lanes-next")) }
            @for step in &open {
                div.choice {
                    input type="radio" id={ "step-" (step.code()) } name="step" value=(step.code()) checked[step.code() == chosen];
                    label for={ "step-" (step.code()) } { (words::step(cx, step.code())) " " span.sub { (words::step_hint(cx, *step)) } }
                }
            }
        }
        @if open.contains(&Move::Accept) {
            (ui::field(cx, &field("due", t!(cx, "lanes-new-due")).hint(t!(cx, "lanes-new-due-hint"))))
        }
        @if open.contains(&Move::Report) {
            (ui::radio_group(cx, &field("outcome", t!(cx, "lanes-outcome-ask")), &met))
        }
        (ui::field(cx, &field("text", t!(cx, "lanes-text")).hint(t!(cx, "lanes-text-hint")).kind(ui::Kind::Textarea { rows: 4 })))
        @if ask { (web::statement_field(cx, STATED, stated(values))) }
        div.actions { (ui::button(t!(cx, "lanes-save"))) }
    };
    html! {
        section.no-print {
            h2 { @if typed_in { (t!(cx, "lanes-do-paper")) } @else { (t!(cx, "lanes-do")) } }
            (ui::form(cx, &format!("/consultations/handovers/{}", one.id), form))
        }
    }
}
