//! The steps of a round by the office that asks: send, remind, extend, close, lay before all, publish.

use axum::extract::Path;
use store::Conn;
use web::{Ctx, FlashKind, Form, Values};

use super::{board, day, parse, post};
use crate::{
    i18n::t,
    pages::again::Again,
    rounds::{
        actions::{self, Refusal, publish::Ids},
        model::{ReplyId, RoundId},
        store as sql,
    },
};

/// Goes on, or shows the page of the round again with why not and what was typed.
async fn end(
    cx: &Ctx,
    id: RoundId,
    made: Result<String, Refusal>,
    (values, field): (Values, &'static str),
) -> web::Result {
    match made {
        Ok(said) => {
            cx.flash(FlashKind::Good, &said);
            Ok(cx.redirect(&format!("/surveys/rounds/{id}")))
        }
        Err(refusal) => board::page(cx, id, &super::again(cx, refusal, values, field)?).await,
    }
}

/// `POST /surveys/rounds/{id}/send`
pub(crate) async fn send(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let (id, post) = (parse(&id)?, post(&cx));
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::round::send(tx, id, &post))
        .await;
    let made = made.map(|()| t!(cx, "rounds-sent"));
    end(&cx, id, made, (values, "send")).await
}

/// `POST /surveys/rounds/{id}/remind`
pub(crate) async fn remind(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let (id, post) = (parse(&id)?, post(&cx));
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::round::remind(tx, id, None, &post)
        })
        .await;
    let made = made.map(|count| t!(cx, "rounds-reminded", count = count));
    end(&cx, id, made, (values, "remind")).await
}

/// `POST /surveys/rounds/{id}/extend`
pub(crate) async fn extend(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: RoundId = parse(&id)?;
    let only: Option<ReplyId> = match values.text("only") {
        "" => None,
        reply => Some(parse(reply)?),
    };
    let Some(due) = day(values.text("due")) else {
        let again = Again::refused(values, "due", t!(cx, "rounds-error-date"));
        return board::page(&cx, id, &again).await;
    };
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::round::extend(tx, id, only, due)
        })
        .await;
    let made = made.map(|()| t!(cx, "rounds-extended"));
    end(&cx, id, made, (values, "due")).await
}

/// `POST /surveys/rounds/{id}/close`
pub(crate) async fn close(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::round::close(tx, id))
        .await;
    let made = made.map(|()| t!(cx, "rounds-closed"));
    end(&cx, id, made, (values, "close")).await
}

/// `POST /surveys/rounds/{id}/check`
pub(crate) async fn check(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let (id, post): (RoundId, _) = (parse(&id)?, post(&cx));
    let Some(due) = day(values.text("check_due")) else {
        let again = Again::refused(values, "check_due", t!(cx, "rounds-error-date"));
        return board::page(&cx, id, &again).await;
    };
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::round::start_check(tx, id, due, &post)
        })
        .await;
    let made = made.map(|count| t!(cx, "rounds-check-started", count = count));
    end(&cx, id, made, (values, "check_due")).await
}

/// `POST /surveys/rounds/{id}/publish`
pub(crate) async fn publish(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: RoundId = parse(&id)?;
    let read = move |conn: &mut Conn| {
        let round = sql::round(conn, id)?;
        Ok::<_, ::store::Error>((round, sql::replies(conn, id)?.len()))
    };
    let (round, towns) = cx.db().read(&cx.viewer(), read).await?;
    let ids = Ids::draw(cx.env(), round.catalogue.fields.len(), towns);
    let office = cx.require_me()?.organisation_name.clone();
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::publish::publish(tx, id, &ids, &office)
        })
        .await;
    let made = made.map(|count| t!(cx, "rounds-published", count = count));
    end(&cx, id, made, (values, "publish")).await
}
