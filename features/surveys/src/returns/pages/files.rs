//! Downloads: the form of one municipality, filled in or empty. Papers: [`super::papers`].

use axum::extract::Path;
use store::Conn;
use web::Ctx;

use super::{Loaded, file_name, load_mine, papers, parse, rest};
use crate::{
    returns::{
        paper::{self, Format},
        store::Whole,
        tray,
    },
    rounds::{
        model::{ReplyId, RoundId},
        store as rounds,
    },
};

/// `GET /surveys/replies/{id}/form/{file}`
pub(in crate::returns) async fn mine(
    cx: Ctx,
    Path((id, file)): Path<(String, String)>,
) -> web::Result {
    let id: ReplyId = parse(&id)?;
    let loaded = load_mine(&cx, id).await?;
    send(&cx, &loaded, &file).await
}

/// Sends one of the files of an answer.
pub(super) async fn send(cx: &Ctx, loaded: &Loaded, file: &str) -> web::Result {
    let whole = &loaded.whole;
    if let Some(format) = file.strip_prefix("approval.") {
        return papers::approval(cx, loaded, format).await;
    }
    if file == "form.pdf" {
        let bytes = tray::pdf(cx, loaded).await?;
        let name = file_name(&whole.reply, &whole.round, "pdf");
        return Ok(cx.download(&name, web::FileKind::Pdf.mime(), bytes));
    }
    let format = Format::of_name(file).ok_or(web::Error::NotFound)?;
    let paper = paper::paper(
        &whole.round,
        &whole.reply,
        &whole.fields,
        &loaded.last,
        &loaded.office,
    );
    let bytes = paper::write(cx, paper, format).await?;
    let name = file_name(&whole.reply, &whole.round, format.end());
    Ok(cx.download(&name, format.mime(), bytes))
}

/// `GET /surveys/rounds/{id}/forms/{reply}/{file}`: without what the municipality has written, which the office that asks may not
/// read yet.
pub(in crate::returns) async fn empty(
    cx: Ctx,
    Path((round, reply, file)): Path<(String, String, String)>,
) -> web::Result {
    let (round, reply): (RoundId, ReplyId) = (parse(&round)?, parse(&reply)?);
    let read = move |conn: &mut Conn| {
        let reply = rounds::reply_asked(conn, reply)?;
        if reply.round != round {
            return Err(store::Error::NotFound);
        }
        let round = rounds::round(conn, round)?;
        let fields = Vec::new();
        let whole = Whole {
            reply,
            round,
            fields,
        };
        rest(conn, whole, Vec::new())
    };
    let loaded = cx.db().read(&cx.viewer(), read).await?;
    send(&cx, &loaded, &file).await
}
