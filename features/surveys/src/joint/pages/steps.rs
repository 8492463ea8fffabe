//! What a member does with a joint text.

use axum::extract::Path;
use maud::html;
use web::{Ctx, FlashKind, Form, Values};

use super::{me, parse, refused, seen, text::base_form};
use crate::{
    i18n::t,
    joint::{actions, model::JointId},
    pages::diff,
    rounds::{actions::Refusal, model::ReplyId},
};

/// `POST …/join`
pub(in crate::joint) async fn join(
    cx: Ctx,
    Path((id, joint)): Path<(String, String)>,
    Form(_): Form<Values>,
) -> web::Result {
    let (id, joint): (ReplyId, JointId) = (parse(&id)?, parse(&joint)?);
    cx.db()
        .write(&cx.viewer(), move |tx| actions::join(tx, id, joint))
        .await
        .map_err(|r| refused(&cx, r))?;
    Ok(cx.redirect(&format!("/surveys/replies/{id}/joint/{joint}")))
}

/// `POST …/leave`
pub(in crate::joint) async fn leave(
    cx: Ctx,
    Path((id, joint)): Path<(String, String)>,
    Form(_): Form<Values>,
) -> web::Result {
    let (id, joint): (ReplyId, JointId) = (parse(&id)?, parse(&joint)?);
    cx.db()
        .write(&cx.viewer(), move |tx| actions::leave(tx, id, joint))
        .await
        .map_err(|r| refused(&cx, r))?;
    cx.flash(FlashKind::Good, &t!(cx, "joint-left"));
    Ok(cx.redirect(&format!("/surveys/replies/{id}/joint")))
}

/// `POST …/base`: who was slower sees both texts.
pub(in crate::joint) async fn base(
    cx: Ctx,
    Path((id, joint)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let (id, joint): (ReplyId, JointId) = (parse(&id)?, parse(&joint)?);
    let (me, text) = (me(&cx)?, values.text("base").trim_end().to_owned());
    let version: i64 = values.text("version").parse().unwrap_or(0);
    if let Some(words) = web::check_my_number(cx.lang, &text, false) {
        return Err(web::Error::Invalid(words));
    }
    let mine = text.clone();
    let saved = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::save_base(tx, id, joint, &me, &text, version)
        })
        .await;
    match saved {
        Ok(()) => {
            cx.flash(FlashKind::Good, &t!(cx, "joint-base-saved"));
            Ok(cx.redirect(&format!("/surveys/replies/{id}/joint/{joint}")))
        }
        Err(Refusal::Overtaken) => {
            let seen = seen(&cx, id, joint).await?;
            Err(web::Error::Conflict(html! {
                p { (t!(cx, "joint-conflict", name = seen.joint.changed_name.as_str())) }
                div.diff { (diff::marked(&cx, &seen.joint.base, &mine, false).0) }
                (base_form(&cx, &seen, &mine))
            }))
        }
        Err(other) => Err(refused(&cx, other)),
    }
}

fn seen_versions(values: &Values) -> (i64, i64) {
    let number = |name: &str| values.text(name).parse().unwrap_or(-1);
    (number("base-version"), number("own-version"))
}

/// `POST …/own`
pub(in crate::joint) async fn own(
    cx: Ctx,
    Path((id, joint)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let (id, joint): (ReplyId, JointId) = (parse(&id)?, parse(&joint)?);
    let texts: Vec<String> = (0..)
        .map_while(|at| values.get(&format!("p-{at}")).map(str::to_owned))
        .collect();
    let (tail, versions) = (values.text("tail").to_owned(), seen_versions(&values));
    let whole = format!("{}\n{tail}", texts.join("\n"));
    if let Some(words) = web::check_my_number(cx.lang, &whole, false) {
        return Err(web::Error::Invalid(words));
    }
    let saved = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::save_own(tx, id, joint, &texts, &tail, versions)
        })
        .await;
    match saved {
        Ok(()) => {
            cx.flash(FlashKind::Good, &t!(cx, "joint-own-saved"));
            Ok(cx.redirect(&format!("/surveys/replies/{id}/joint/{joint}")))
        }
        Err(Refusal::Overtaken) => {
            let seen = seen(&cx, id, joint).await?;
            let there = seen.me()?.own.whole(&seen.joint.base);
            Err(web::Error::Conflict(html! {
                p { (t!(cx, "joint-conflict", name = seen.joint.changed_name.as_str())) }
                div.diff { (diff::marked(&cx, &there, whole.trim_end(), false).0) }
                p { a href=(cx.url(&seen.path())) { (t!(cx, "joint-open")) } }
            }))
        }
        Err(other) => Err(refused(&cx, other)),
    }
}

/// `POST …/adopt`
pub(in crate::joint) async fn adopt(
    cx: Ctx,
    Path((id, joint)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let (id, joint): (ReplyId, JointId) = (parse(&id)?, parse(&joint)?);
    let (me, versions, aside) = (me(&cx)?, seen_versions(&values), cx.env().id());
    cx.db()
        .write(&cx.viewer(), move |tx| {
            actions::adopt(tx, id, joint, &me, versions, aside)
        })
        .await
        .map_err(|r| refused(&cx, r))?;
    cx.flash(FlashKind::Good, &t!(cx, "joint-adopt-done"));
    Ok(cx.redirect(&format!("/surveys/replies/{id}/joint/{joint}")))
}
