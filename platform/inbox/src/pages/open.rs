//! `GET /inbox/c/{code}`: the address in the QR code of a paper, opened with a telephone. It leads to the record.

use axum::extract::Path;
use web::Ctx;

use crate::{code::ShortCode, receiver, store as sql};

pub(crate) async fn show(cx: Ctx, Path(code): Path<String>) -> web::Result {
    let address = format!("{}{code}", crate::code::PATH);
    let code = ShortCode::from_address(&address, cx.db().key()).ok_or(web::Error::NotFound)?;
    let lang = cx.lang;
    let place = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            match sql::target_seen(conn, code)? {
                Some(target) => receiver::place(conn, lang, &target),
                None => Ok(None),
            }
        })
        .await?;
    let place = place.ok_or(web::Error::NotFound)?;
    Ok(cx.redirect(&place.path))
}
