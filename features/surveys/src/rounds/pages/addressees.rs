//! Who is asked.

use axum::extract::Path;
use maud::html;
use store::Conn;
use web::{Ctx, Errors, Form, Values, ui};

use super::{crumbs, parse};
use crate::{
    i18n::t,
    rounds::{
        actions,
        model::RoundId,
        store::{self as sql, write::Addressee},
    },
};

/// `GET /surveys/rounds/{id}/addressees`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    page(&cx, parse(&id)?, &Errors::new()).await
}

async fn page(cx: &Ctx, id: RoundId, errors: &Errors) -> web::Result {
    let read = move |conn: &mut Conn| {
        let round = sql::round(conn, id)?;
        let replies = sql::replies(conn, id)?;
        let towns = areas::store::municipalities(conn)?;
        Ok::<_, ::store::Error>((round, replies, towns))
    };
    let (round, replies, towns) = cx.db().read(&cx.viewer(), read).await?;
    let draft = round.state.edit().is_ok();
    let chosen: Vec<std::borrow::Cow<'_, str>> = if replies.is_empty() && draft {
        towns
            .iter()
            .filter(|t| t.in_area)
            .map(|t| t.code.as_str().into())
            .collect()
    } else {
        replies.iter().map(|r| r.code.as_str().into()).collect()
    };
    let choices: Vec<ui::Choice<'_>> = towns
        .iter()
        .filter(|t| t.organisation.is_some())
        .map(|t| ui::Choice::new(t.code.as_str(), t.name(cx.lang)))
        .collect();
    let field = ui::Field::new("code", t!(cx, "rounds-addressees"))
        .hint(t!(cx, "rounds-addressees-hint"))
        .errors(errors);
    let title = t!(cx, "rounds-addressees");
    let body = html! {
        (ui::error_summary(cx, errors))
        @if draft {
            (ui::form(cx, &format!("/surveys/rounds/{id}/addressees"), html! {
                (ui::check_group(cx, &field, &choices, &chosen))
                div.actions { (ui::button(t!(cx, "rounds-save"))) }
            }))
        } @else {
            (ui::notice(ui::Tone::Info, t!(cx, "rounds-sent-already"), html! { p { (t!(cx, "rounds-sent-already-text")) } }))
            ul { @for reply in &replies { li { (reply.name) } } }
        }
    };
    Ok(cx
        .page(title.clone())
        .nav("surveys")
        .crumbs(&crumbs(cx, &round, &title))
        .no_qr()
        .form(errors)
        .body(body))
}

/// `POST /surveys/rounds/{id}/addressees`
pub(crate) async fn save(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: RoundId = parse(&id)?;
    let towns = cx
        .db()
        .read(&cx.viewer(), areas::store::municipalities)
        .await?;
    let list: Vec<Addressee> = towns
        .into_iter()
        .filter(|t| values.all("code").contains(&t.code))
        .filter_map(|t| {
            Some(Addressee {
                reply: cx.env().id(),
                tenant: t.organisation?,
                code: t.code,
                name: t.name_ja,
            })
        })
        .collect();
    if list.is_empty() {
        let mut errors = Errors::new();
        errors.add("code", t!(cx, "rounds-missing-addressees"));
        return page(&cx, id, &errors).await;
    }
    let saved = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::round::set_addressees(tx, id, &list)
        })
        .await;
    super::done(
        &cx,
        saved,
        &t!(cx, "rounds-saved"),
        &format!("/surveys/rounds/{id}"),
    )
}
