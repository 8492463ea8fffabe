//! Closing with a result, waiting, going on, opening again.

use axum::{extract::Path, http::StatusCode};
use web::{Ctx, Errors, FlashKind, Form, Values};

use super::{detail, parse};
use crate::{
    actions::{self, Input, Refusal},
    codes::List,
    i18n::t,
    model::{ConsultationId, EventId, Lack, Step},
};

/// `POST /consultations/{id}/close`
pub(crate) async fn close(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: ConsultationId = parse(&id)?;
    let mut all = detail::read(&cx, id).await?;
    let known = |list: List| list.find(values.text(list.name())).map_or("", |c| c.code);
    all.record.fields.result = known(List::Result).to_owned();
    all.record.fields.need_met = known(List::NeedMet).to_owned();
    all.texts.outcome = values.text("outcome").chars().take(10_000).collect();
    let seen: i64 = values.text("seen").parse().unwrap_or_default();
    let mut errors = Errors::new();
    if let Some(found) = web::check_my_number(cx.lang, &all.texts.outcome, false) {
        errors.add("outcome", found);
    }
    if errors.is_empty() {
        let input = Input::new(
            cx.db().key(),
            all.record.desk,
            id,
            all.record.fields.clone(),
            all.texts.clone(),
        )?;
        let event: EventId = cx.env().id();
        let done = cx
            .db()
            .write(&cx.viewer(), move |tx| {
                actions::close(tx, id, &input, seen, event)
            })
            .await;
        match done {
            Ok(_) => {
                cx.flash(FlashKind::Good, &t!(cx, "detail-closed"));
                return Ok(cx.redirect(&format!("/consultations/{id}")));
            }
            Err(Refusal::Lacks(lacks)) => {
                for lack in lacks {
                    match lack {
                        Lack::Result => errors.add("result", t!(cx, "intake-lacks-result")),
                        _ => errors.add("need_met", t!(cx, "intake-lacks-need-met")),
                    }
                }
            }
            Err(Refusal::Conflict(_)) => {
                errors.add("outcome", t!(cx, "detail-conflict"));
                let mut now = detail::read(&cx, id).await?;
                now.texts.outcome = both(&now.texts.outcome, &all.texts.outcome);
                return detail::page(&cx, &now, &errors, StatusCode::CONFLICT).await;
            }
            Err(Refusal::Step(_)) => {
                cx.flash(FlashKind::Warn, &t!(cx, "detail-overtaken"));
                return Ok(cx.redirect(&format!("/consultations/{id}")));
            }
            Err(Refusal::Store(error)) => return Err(error.into()),
        }
    }
    detail::page(&cx, &all, &errors, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// Their text and mine, one below the other.
fn both(theirs: &str, mine: &str) -> String {
    if theirs.is_empty() || theirs == mine {
        mine.to_owned()
    } else {
        format!("{theirs}\n{mine}")
    }
}

/// `POST /consultations/{id}/step`
pub(crate) async fn step(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: ConsultationId = parse(&id)?;
    let step = match values.text("step") {
        "wait" => Step::Wait,
        "resume" => Step::Resume,
        "reopen" => Step::Reopen,
        _ => return Err(web::Error::NotFound),
    };
    let seen: i64 = values.text("seen").parse().unwrap_or_default();
    let event: EventId = cx.env().id();
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::step(tx, id, step, seen, event, None)
        })
        .await;
    match done {
        Ok(_) => cx.flash(FlashKind::Good, &t!(cx, "detail-moved")),
        Err(Refusal::Store(error)) => return Err(error.into()),
        Err(_) => cx.flash(FlashKind::Warn, &t!(cx, "detail-overtaken")),
    }
    Ok(cx.redirect(&format!("/consultations/{id}")))
}
