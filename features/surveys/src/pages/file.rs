//! The files of a survey, streamed: rows are read in stretches, and each stretch leaves before the next is read.

use std::collections::BTreeMap;

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;
use store::{Conn, Db, Error, Viewer};
use web::{Ctx, Download};

use super::load::{self, Frame};
use crate::{
    export::{Export, ExportError, ExportRow, Format},
    model::QuestionId,
    store as sql,
};

/// Municipalities read at once.
const STRETCH: i64 = 50;

/// Sends a survey as a file.
pub(super) async fn send(cx: &Ctx, slug: &str, format: Format) -> web::Result {
    let (frame, _) = load::frame(cx, slug).await?;
    let unexpected = |error: ExportError| web::Error::Unexpected(Box::new(error));
    let (export, first) =
        Export::start(format, &frame.survey, &frame.questions).map_err(unexpected)?;
    let name = format!("{slug}.{}", format.code());
    let state = Sending {
        db: cx.db().clone(),
        viewer: cx.viewer(),
        frame,
        export: Some(export),
        first: Some(first),
        from: 0,
    };
    let body = Body::from_stream(stream::try_unfold(state, step));
    let download = Download::new(name, format.mime(), body);
    let download = if format == Format::Json {
        download.inline()
    } else {
        download
    };
    Ok(axum::response::IntoResponse::into_response(download))
}

struct Sending {
    db: Db,
    viewer: Viewer,
    frame: Frame,
    export: Option<Export>,
    first: Option<Vec<u8>>,
    from: i64,
}

/// The next bytes; nothing after the end of the file.
async fn step(mut state: Sending) -> Result<Option<(Bytes, Sending)>, ExportError> {
    if let Some(first) = state.first.take() {
        return Ok(Some((first.into(), state)));
    }
    loop {
        // Reading SQLite never waits, and the server sends what it has only when the body does: without this pause the
        // first bytes would stay in its buffer until half of a large file is made.
        tokio::task::yield_now().await;
        let Some(mut export) = state.export.take() else {
            return Ok(None);
        };
        let rows = match stretch(&state).await {
            Ok(rows) => rows,
            Err(error) => {
                tracing::warn!(%error, slug = %state.frame.survey.head.slug, "a survey's file ended early");
                return Err(error);
            }
        };
        if rows.is_empty() {
            return Ok(Some((export.finish()?.into(), state)));
        }
        let bytes = export.rows(&rows)?;
        state.from += STRETCH;
        state.export = Some(export);
        // A packed format may have nothing ready yet.
        if !bytes.is_empty() {
            return Ok(Some((bytes.into(), state)));
        }
    }
}

async fn stretch(state: &Sending) -> Result<Vec<ExportRow>, ExportError> {
    let (survey, version, first) = (
        state.frame.survey.id,
        state.frame.survey.version,
        state.from,
    );
    let read = move |conn: &mut Conn| {
        if sql::version(conn, survey)? != version {
            return Ok(None);
        }
        let respondents = sql::respondents_between(conn, survey, first, first + STRETCH)?;
        Ok::<_, Error>(Some((
            respondents,
            sql::answers_between(conn, survey, first, first + STRETCH)?,
        )))
    };
    let (respondents, answers) = state
        .db
        .read(&state.viewer, read)
        .await?
        .ok_or(ExportError::Changed)?;
    let mut answers: BTreeMap<(i64, QuestionId), String> = answers
        .into_iter()
        .map(|(sort, question, body)| ((sort, question), body))
        .collect();
    let row = |r: crate::model::Respondent| ExportRow {
        answers: state
            .frame
            .questions
            .iter()
            .map(|q| answers.remove(&(r.sort, q.id)))
            .collect(),
        code: r.code,
        name: r.name,
    };
    Ok(respondents.into_iter().map(row).collect())
}
