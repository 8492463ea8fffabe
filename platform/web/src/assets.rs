//! Style sheet, script, fonts and marks, from inside the binary, under names that carry their content's hash.

use crate::app::App;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "../../assets/dist"]
#[allow_missing = true]
struct Dist;

/// Plain name to address below the base path.
static MANIFEST: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let file = Dist::get("manifest.json")
        .map(|f| f.data)
        .unwrap_or_default();
    let names: HashMap<String, String> = serde_json::from_slice(&file).unwrap_or_default();
    names
        .into_iter()
        .map(|(plain, hashed)| (plain, format!("/assets/{hashed}")))
        .collect()
});

/// The address of a file, without the base path: `url("app.css")` is `/assets/app.0123abcd.css`.
#[must_use]
pub fn url(name: &'static str) -> &'static str {
    MANIFEST.get(name).map_or(name, String::as_str)
}

/// Whether a name carries its hash, so that its content never changes.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut parts = name.rsplit('.').skip(1);
    parts
        .next()
        .is_some_and(|h| h.len() >= 8 && h.bytes().all(|b| b.is_ascii_hexdigit()))
}

pub(crate) async fn serve(
    State(_): State<App>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(file) = Dist::get(&path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let etag = format!(
        "\"{}\"",
        data_encoding::HEXLOWER.encode(&file.metadata.sha256_hash()[..12])
    );
    let cache = if is_hashed(&path) {
        "public, max-age=31536000, immutable"
    } else {
        "public, no-cache"
    };
    let same = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.contains(etag.as_str()));
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let body = match file.data {
            std::borrow::Cow::Borrowed(bytes) => axum::body::Body::from(bytes),
            std::borrow::Cow::Owned(bytes) => axum::body::Body::from(bytes),
        };
        let mime = mime_guess::from_path(&path).first_or_octet_stream();
        let text = match mime.essence_str() {
            m @ ("text/css" | "text/javascript" | "text/plain") => format!("{m}; charset=utf-8"),
            m => m.to_owned(),
        };
        let mut response = Response::new(body);
        if let Ok(value) = HeaderValue::try_from(text) {
            response.headers_mut().insert(header::CONTENT_TYPE, value);
        }
        response
    };
    let out = response.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Ok(value) = HeaderValue::try_from(etag) {
        out.insert(header::ETAG, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashed_names_are_immutable() {
        assert!(is_hashed("app.7bdc49ea54.css") && is_hashed("files/x-12-400.0123456789.woff2"));
        assert!(!is_hashed("mark.svg") && !is_hashed("licenses.txt") && !is_hashed("app.css"));
    }
}
