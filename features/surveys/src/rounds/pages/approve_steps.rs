//! The municipality's steps: ask for approval, take that back, approve, send back, submit as 決裁済み, correct.

use axum::{extract::Path, response::Response};
use web::{Ctx, Errors, FlashKind, Form, Values};

use super::{answer, approve::page, day, not_standing, parse, read::note, writer};
use crate::{
    i18n::t,
    pages::again::Again,
    rounds::{
        actions::{self, Refusal},
        model::{Decision, ReplyId, VersionId},
        store as sql,
    },
};

fn here(id: ReplyId) -> String {
    format!("/surveys/replies/{id}/submit")
}

/// Ends a step: goes on, or shows the page again with why not and what was typed.
async fn end<T>(
    cx: &Ctx,
    id: ReplyId,
    made: Result<T, Refusal>,
    (said, to): (&str, &str),
    (values, field): (Values, &'static str),
) -> web::Result {
    match made {
        Ok(_) => {
            cx.flash(FlashKind::Good, said);
            Ok(cx.redirect(to))
        }
        Err(refusal) => {
            let again = super::again(cx, refusal, values, field)?;
            Ok(page(cx, &answer::read(cx, id).await?, &again))
        }
    }
}

/// The page again, for somebody who does not stand for the municipality just now.
async fn standing(
    cx: &Ctx,
    id: ReplyId,
    values: &Values,
    field: &'static str,
) -> web::Result<Option<Response>> {
    let reply = cx
        .db()
        .read(&cx.viewer(), move |c| sql::reply_mine(c, id))
        .await?;
    let Some(words) = not_standing(cx, reply.tenant)? else {
        return Ok(None);
    };
    let again = Again::refused(values.clone(), field, words);
    Ok(Some(page(cx, &answer::read(cx, id).await?, &again)))
}

/// `POST /surveys/replies/{id}/ask`
pub(crate) async fn ask(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    if let Some(page) = standing(&cx, id, &values, "ask").await? {
        return Ok(page);
    }
    let (who, version) = (writer(&cx)?, cx.env().id::<VersionId>());
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::ask(tx, id, version, who))
        .await;
    let went = (&*t!(cx, "rounds-asked"), &*here(id));
    end(&cx, id, made, went, (values, "ask")).await
}

/// `POST /surveys/replies/{id}/withdraw`
pub(crate) async fn withdraw(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    if let Some(page) = standing(&cx, id, &values, "withdraw").await? {
        return Ok(page);
    }
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::withdraw(tx, id))
        .await;
    let back = format!("/surveys/replies/{id}");
    let went = (&*t!(cx, "rounds-withdrawn"), &*back);
    end(&cx, id, made, went, (values, "withdraw")).await
}

/// `POST /surveys/replies/{id}/approve`
pub(crate) async fn approve(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    if let Some(page) = standing(&cx, id, &values, "approve").await? {
        return Ok(page);
    }
    let who = writer(&cx)?;
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::approve(tx, id, who))
        .await;
    let went = (&*t!(cx, "rounds-submitted"), &*here(id));
    end(&cx, id, made, went, (values, "approve")).await
}

/// `POST /surveys/replies/{id}/refuse`
pub(crate) async fn refuse(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    if let Some(page) = standing(&cx, id, &values, "note").await? {
        return Ok(page);
    }
    let note = match note(&cx, &values) {
        Ok(note) => note,
        Err(words) => {
            let again = Again::refused(values, "note", words);
            return Ok(page(&cx, &answer::read(&cx, id).await?, &again));
        }
    };
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::refuse(tx, id, &note))
        .await;
    let went = (&*t!(cx, "rounds-refused-done"), &*here(id));
    end(&cx, id, made, went, (values, "note")).await
}

/// 決裁済み as typed, or what is wrong with it.
fn decision(cx: &Ctx, values: &Values) -> Result<Decision, Errors> {
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
        return Err(errors);
    }
    Ok(Decision {
        number: values.text("document_number").to_owned(),
        on,
        post: values.text("decider_post").to_owned(),
    })
}

/// `POST /surveys/replies/{id}/outside`
pub(crate) async fn outside(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    if let Some(page) = standing(&cx, id, &values, "document_number").await? {
        return Ok(page);
    }
    let decision = match decision(&cx, &values) {
        Ok(decision) => decision,
        Err(errors) => {
            let again = Again::wrong(values, errors);
            return Ok(page(&cx, &answer::read(&cx, id).await?, &again));
        }
    };
    let (who, version) = (writer(&cx)?, cx.env().id::<VersionId>());
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::submit_outside(tx, id, version, who, &decision)
        })
        .await;
    let went = (&*t!(cx, "rounds-submitted"), &*here(id));
    end(&cx, id, made, went, (values, "document_number")).await
}

/// `POST /surveys/replies/{id}/correct`
pub(crate) async fn correct(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    if let Some(page) = standing(&cx, id, &values, "correct").await? {
        return Ok(page);
    }
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::correct(tx, id))
        .await;
    let back = format!("/surveys/replies/{id}");
    let went = (&*t!(cx, "rounds-correcting"), &*back);
    end(&cx, id, made, went, (values, "correct")).await
}
