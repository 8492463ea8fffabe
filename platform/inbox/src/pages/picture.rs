//! `GET /inbox/pages/{id}`: the picture of a page.

use axum::extract::Path;
use store::Audit;
use web::{Ctx, Download};

use super::parse;
use crate::{model::PageId, store as sql};

pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let id: PageId = parse(&id)?;
    let page = cx
        .db()
        .read(&cx.viewer(), move |conn| sql::page(conn, id))
        .await?;
    let blob = page.blob.ok_or(web::Error::NotFound)?;
    let bytes = cx.db().blobs().get(blob).await?;
    // Looking at evidence leaves a trace before the answer leaves.
    cx.db()
        .audit(
            &cx.viewer(),
            Audit::new("inbox.page.open", "inbox_page").id(id),
        )
        .await?;
    let name = format!("page-{}.png", page.number);
    let file = Download::new(name, web::FileKind::Png.mime(), bytes).inline();
    Ok(axum::response::IntoResponse::into_response(file))
}
