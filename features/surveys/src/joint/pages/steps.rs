//! What a member does with a joint text.

use axum::extract::Path;
use maud::{Markup, html};
use web::{
    Ctx, FlashKind, Form, Values,
    ui::{self, Tone},
};

use super::{again, me, parse, seen, text::page};
use crate::{
    i18n::t,
    joint::{
        actions,
        model::{JointId, MemberState},
    },
    pages::{again::Again, diff},
    rounds::{actions::Refusal, model::ReplyId},
};

fn address((id, joint): (ReplyId, JointId)) -> String {
    format!("/surveys/replies/{id}/joint/{joint}")
}

/// The page again, with what was typed; who has left meanwhile is told what could not be saved.
async fn show(cx: &Ctx, at: (ReplyId, JointId), again: &Again, above: &Markup) -> web::Result {
    let seen = seen(cx, at.0, at.1).await?;
    let inside = seen.me()?.state == MemberState::Joined;
    let gone = if inside {
        html! {}
    } else {
        again.left(
            cx,
            &[
                ("base", t!(cx, "joint-base")),
                ("tail", t!(cx, "joint-tail")),
            ],
        )
    };
    page(cx, &seen, again, &html! { (gone) (above) })
}

/// `POST …/join`
pub(in crate::joint) async fn join(
    cx: Ctx,
    Path((id, joint)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let at: (ReplyId, JointId) = (parse(&id)?, parse(&joint)?);
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::join(tx, at.0, at.1))
        .await;
    match made {
        Ok(()) => Ok(cx.redirect(&address(at))),
        Err(refusal) => {
            let again = again(&cx, refusal, values, "join")?;
            show(&cx, at, &again, &html! {}).await
        }
    }
}

/// `POST …/leave`
pub(in crate::joint) async fn leave(
    cx: Ctx,
    Path((id, joint)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let at: (ReplyId, JointId) = (parse(&id)?, parse(&joint)?);
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::leave(tx, at.0, at.1))
        .await;
    match made {
        Ok(()) => {
            cx.flash(FlashKind::Good, &t!(cx, "joint-left"));
            Ok(cx.redirect(&format!("/surveys/replies/{}/joint", at.0)))
        }
        Err(refusal) => {
            let again = again(&cx, refusal, values, "leave")?;
            show(&cx, at, &again, &html! {}).await
        }
    }
}

/// Two texts in one place: what is there and what I typed, marked; mine stands in the form.
fn both(cx: &Ctx, name: &str, there: &str, mine: &str) -> Markup {
    ui::notice(
        Tone::Warn,
        t!(cx, "joint-conflict", name = name),
        html! { div.diff { (diff::marked(cx, there, mine, false).0) } },
    )
}

/// `POST …/base`: who was slower sees both texts.
pub(in crate::joint) async fn base(
    cx: Ctx,
    Path((id, joint)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let at: (ReplyId, JointId) = (parse(&id)?, parse(&joint)?);
    let (me, text) = (me(&cx)?, values.text("base").trim_end().to_owned());
    let version: i64 = values.text("version").parse().unwrap_or(0);
    if let Some(words) = web::check_my_number(cx.lang, &text, false) {
        return show(&cx, at, &Again::refused(values, "base", words), &html! {}).await;
    }
    let mine = text.clone();
    let saved = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::save_base(tx, at.0, at.1, &me, &text, version)
        })
        .await;
    match saved {
        Ok(()) => {
            cx.flash(FlashKind::Good, &t!(cx, "joint-base-saved"));
            Ok(cx.redirect(&address(at)))
        }
        Err(Refusal::Overtaken) => {
            let now = seen(&cx, at.0, at.1).await?.joint;
            let above = both(&cx, &now.changed_name, &now.base, &mine);
            let again = again(&cx, Refusal::Overtaken, values, "base")?.overtaken();
            show(&cx, at, &again, &above).await
        }
        Err(other) => {
            let again = again(&cx, other, values, "base")?;
            show(&cx, at, &again, &html! {}).await
        }
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
    let at: (ReplyId, JointId) = (parse(&id)?, parse(&joint)?);
    let texts: Vec<String> = (0..)
        .map_while(|at| values.get(&format!("p-{at}")).map(str::to_owned))
        .collect();
    let (tail, versions) = (values.text("tail").to_owned(), seen_versions(&values));
    let whole = format!("{}\n{tail}", texts.join("\n"));
    if let Some(words) = web::check_my_number(cx.lang, &whole, false) {
        return show(&cx, at, &Again::refused(values, "tail", words), &html! {}).await;
    }
    let saved = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::save_own(tx, at.0, at.1, &texts, &tail, versions)
        })
        .await;
    match saved {
        Ok(()) => {
            cx.flash(FlashKind::Good, &t!(cx, "joint-own-saved"));
            Ok(cx.redirect(&address(at)))
        }
        Err(Refusal::Overtaken) => {
            let now = seen(&cx, at.0, at.1).await?;
            let there = now.me()?.own.whole(&now.joint.base);
            let above = both(&cx, &now.joint.changed_name, &there, whole.trim_end());
            // The paragraphs may be others by now: the typed words stand above, whole, and the form holds what is there.
            let again = again(&cx, Refusal::Overtaken, Values::default(), "own")?.overtaken();
            show(&cx, at, &again, &above).await
        }
        Err(other) => {
            let again = again(&cx, other, values, "tail")?;
            show(&cx, at, &again, &html! {}).await
        }
    }
}

/// `POST …/adopt`
pub(in crate::joint) async fn adopt(
    cx: Ctx,
    Path((id, joint)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let at: (ReplyId, JointId) = (parse(&id)?, parse(&joint)?);
    let (me, versions, aside) = (me(&cx)?, seen_versions(&values), cx.env().id());
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::adopt(tx, at.0, at.1, &me, versions, aside)
        })
        .await;
    match made {
        Ok(_) => {
            cx.flash(FlashKind::Good, &t!(cx, "joint-adopt-done"));
            Ok(cx.redirect(&address(at)))
        }
        Err(refusal) => {
            let again = again(&cx, refusal, values, "adopt")?;
            show(&cx, at, &again, &html! {}).await
        }
    }
}
