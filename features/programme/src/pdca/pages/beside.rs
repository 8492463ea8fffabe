//! What lies beside an entry: comments and files.

use axum::{body::Body, extract::Path, http::StatusCode};
use maud::html;
use web::{Ctx, FlashKind, Form, Upload, Values};

use super::measure::entry_id;
use crate::{
    i18n::t,
    model::Range,
    pdca::entry_path,
    pdca::{
        actions,
        input::Input,
        model::{CommentId, FileId},
        store as sql, who,
    },
};

/// `POST /programme/comments`
pub(crate) async fn comment(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let entry = entry_id(values.text("entry"))?;
    let mut input = Input::new(&cx, &values);
    let body = input.required("body", 5000);
    if !input.errors.is_empty() {
        // The text goes back into a form of its own: the entry's page would lose it.
        let (errors, ask) = (input.errors, input.ask);
        let field = web::ui::Field::new("body", t!(cx, "pdca-comment-new"))
            .kind(web::ui::Kind::Textarea { rows: 5 })
            .value(values.get("body").unwrap_or_default())
            .errors(&errors);
        let form = web::ui::form(
            &cx,
            "/programme/comments",
            html! {
                input type="hidden" name="entry" value=(entry);
                (web::ui::field(&cx, &field))
                @if ask { (web::statement_field(&cx, crate::pdca::input::STATED, false)) }
                div.actions { (web::ui::button(t!(cx, "pdca-comment-save"))) (web::ui::link_button_second(cx.url(&entry_path(entry)), web::t!(cx.lang, "cancel"))) }
            },
        );
        let page = cx
            .page(t!(cx, "pdca-comment-new"))
            .nav("programme")
            .no_qr()
            .status(StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(page.body(html! { (web::ui::error_summary(&cx, &errors)) (form) }));
    }
    actions::comment(
        cx.db(),
        cx.env(),
        &cx.viewer(),
        who::actor(&cx)?,
        entry,
        body,
    )
    .await?;
    cx.flash(FlashKind::Good, &t!(cx, "pdca-commented"));
    Ok(cx.redirect(&entry_path(entry)))
}

/// `POST /programme/comments/{id}`
pub(crate) async fn change_comment(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: CommentId = id.parse().map_err(|_| web::Error::NotFound)?;
    let range = match values.text("reach") {
        "withdraw" => None,
        code => Some(
            Range::from_code(code)
                .ok_or_else(|| web::Error::Invalid(t!(cx, "pdca-problem-required")))?,
        ),
    };
    let seen = Input::new(&cx, &values).version();
    let (entry, done) =
        actions::change_comment(cx.db(), &cx.viewer(), who::actor(&cx)?, id, (seen, range)).await?;
    if !done {
        return Err(web::Error::Conflict(
            html! { p { (t!(cx, "pdca-faster")) } p { a href=(cx.url(&entry_path(entry))) { (t!(cx, "pdca-look-again")) } } },
        ));
    }
    cx.flash(FlashKind::Good, &t!(cx, "pdca-saved"));
    Ok(cx.redirect(&entry_path(entry)))
}

/// `POST /programme/files`
pub(crate) async fn add_file(cx: Ctx, upload: Upload) -> web::Result {
    let (file, values) = upload.require_file(cx.lang)?;
    let entry = entry_id(values.text("entry"))?;
    actions::add_file(
        cx.db(),
        cx.env(),
        &cx.viewer(),
        who::actor(&cx)?,
        entry,
        file,
    )
    .await?;
    cx.flash(FlashKind::Good, &t!(cx, "pdca-file-added"));
    Ok(cx.redirect(&entry_path(entry)))
}

/// `GET /programme/files/{id}`: to keep, never shown inside a page.
pub(crate) async fn file(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let id: FileId = id.parse().map_err(|_| web::Error::NotFound)?;
    let (stored, name) = cx
        .db()
        .read::<_, web::Error>(&cx.viewer(), move |conn| {
            sql::file(conn, id)?.ok_or(web::Error::NotFound)
        })
        .await?;
    let bytes = cx.db().blobs().get(stored).await?;
    let kind =
        web::FileKind::from_name(&name).map_or("application/octet-stream", web::FileKind::mime);
    Ok(cx.download(&name, kind, Body::from(bytes)))
}

/// `POST /programme/files/{id}/remove`
pub(crate) async fn remove_file(
    cx: Ctx,
    Path(id): Path<String>,
    Form(_): Form<Values>,
) -> web::Result {
    let id: FileId = id.parse().map_err(|_| web::Error::NotFound)?;
    let entry = actions::remove_file(cx.db(), &cx.viewer(), who::actor(&cx)?, id).await?;
    cx.flash(FlashKind::Good, &t!(cx, "pdca-file-removed"));
    Ok(cx.redirect(&entry_path(entry)))
}
