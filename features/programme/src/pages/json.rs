//! `GET /programme.json`: the open entries for other programs, streamed in the order of their ids.
//!
//! Its mark (`ETag`) is the counter that moves with every change of what the public sees, so an unchanged list costs one
//! small read. Fields and offsets: `docs/features/programme.md`.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::stream;
use serde_json::json;
use store::{Db, Error, Viewer};
use web::{Ctx, Download};

use crate::{
    model::{EntryId, Source},
    store::{self as sql, lists::OpenEntry},
};

/// Entries read at once.
const STRETCH: i64 = 200;

/// `GET /programme.json`
pub(crate) async fn send(cx: Ctx, headers: HeaderMap) -> web::Result {
    // Whoever asks gets what everybody may see.
    let viewer = Viewer::public(cx.now);
    let (version, at) = cx
        .db()
        .read::<_, Error>(&viewer, sql::lists::public_state)
        .await?;
    let tag = format!("\"{version}-{}\"", at.0);
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.split(',').any(|one| one.trim() == tag));
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let state = Sending {
            db: cx.db().clone(),
            viewer,
            after: None,
            version,
            first: true,
            done: false,
        };
        let body = Body::from_stream(stream::try_unfold(state, step));
        Download::new("programme.json", "application/json; charset=utf-8", body)
            .inline()
            .into_response()
    };
    mark(&mut response, &tag);
    Ok(response)
}

fn mark(response: &mut Response, tag: &str) {
    if let Ok(tag) = HeaderValue::try_from(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=0, must-revalidate"),
    );
}

struct Sending {
    db: Db,
    viewer: Viewer,
    after: Option<EntryId>,
    version: i64,
    first: bool,
    done: bool,
}

/// The next entries. A list that changes while it is sent breaks off, so that nobody keeps a mixture.
async fn step(mut state: Sending) -> Result<Option<(Bytes, Sending)>, Box<Error>> {
    if state.done {
        return Ok(None);
    }
    tokio::task::yield_now().await;
    let (after, version) = (state.after, state.version);
    let (entries, sources) = state
        .db
        .read::<_, Error>(&state.viewer, move |conn| {
            if sql::lists::public_state(conn)?.0 != version {
                return Err(Error::Busy);
            }
            let entries = sql::each_open(conn, after, STRETCH)?;
            let ids: Vec<EntryId> = entries.iter().map(|e| e.id).collect();
            let sources = sql::sources_of_many(conn, &ids)?;
            Ok((entries, sources))
        })
        .await
        .map_err(Box::new)?;
    let mut out = String::new();
    if state.first {
        out.push('[');
    }
    for entry in &entries {
        out.push_str(if state.first { "\n" } else { ",\n" });
        state.first = false;
        out.push_str(&one(entry, &sources));
    }
    state.after = entries.last().map(|e| e.id);
    if i64::try_from(entries.len()).unwrap_or(0) < STRETCH {
        state.done = true;
        out.push_str("\n]\n");
    }
    Ok(Some((Bytes::from(out), state)))
}

/// One entry with its fields in their fixed order.
fn one(entry: &OpenEntry, sources: &[Source]) -> String {
    let sources: Vec<String> = sources
        .iter()
        .filter(|s| s.entry == entry.id)
        .map(|s| {
            format!(
                "{{\"municipality\":{},\"question\":{},\"paragraph\":{},\"start\":{},\"end\":{},\"quote\":{}}}",
                json!(s.municipality),
                json!(super::entry_parts::question(&s.question)),
                s.paragraph,
                s.start,
                s.end,
                json!(s.quote)
            )
        })
        .collect();
    format!(
        "{{\"id\":{},\"refs\":{},\"kind\":{},\"title\":{},\"items\":{},\"scenes\":{},\"status\":{},\"municipalities\":{},\"sources\":[{}]}}",
        json!(entry.id.to_string()),
        json!(entry.refs),
        json!(entry.kind),
        json!(entry.title),
        json!(entry.items),
        json!(entry.scenes),
        json!(entry.status),
        json!(entry.municipalities),
        sources.join(",")
    )
}
