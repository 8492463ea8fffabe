//! Form tokens, and where an unsafe request may come from.
//!
//! The token is a keyed hash of the browser's own cookie (the session's, or a pre-session one), so nothing is stored, and a
//! token taken from one browser is worth nothing in another.

use axum::http::{HeaderMap, Method};
use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// Name of the form field that carries the token.
pub const FIELD: &str = "_csrf";

/// The key for form tokens, derived from the installation's key.
#[derive(Clone)]
pub struct Secret(Hmac<Sha256>);

impl Secret {
    pub(crate) fn of(db: &store::Db) -> Self {
        Self::from_bytes(db.key().mac("web.csrf", b"key").as_ref())
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        Self(Hmac::new_from_slice(bytes).expect("HMAC takes keys of any length"))
    }

    /// The token for one cookie; `kind` keeps session and pre-session cookies apart.
    #[must_use]
    pub fn token(&self, kind: &str, cookie: &str) -> String {
        let mut mac = self.0.clone();
        mac.update(kind.as_bytes());
        mac.update(&[0]);
        mac.update(cookie.as_bytes());
        BASE64URL_NOPAD.encode(&mac.finalize().into_bytes()[..24])
    }
}

/// Compares two tokens in constant time.
#[must_use]
pub fn same(expected: &str, given: &str) -> bool {
    expected.as_bytes().ct_eq(given.as_bytes()).into()
}

/// Whether a method changes nothing.
#[must_use]
pub fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether an unsafe request comes from this site's own pages: by `Sec-Fetch-Site` where the browser sends it, and by
/// `Origin` (or, without it, `Referer`) compared with the public address and with the address the request was made to.
///
/// Without any of the three headers the request passes: old browsers behind filtering networks drop them all, and the form
/// token still stands.
#[must_use]
pub fn same_origin(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site")
        && !matches!(site, "same-origin" | "none")
    {
        return false;
    }
    let host = text("host");
    let fits = |origin: &str| {
        let origin = origin.trim_end_matches('/');
        origin == base_url
            || origin.split_once("://").is_some_and(|(scheme, rest)| {
                // A plain address of this very server (a test, a tunnel, another name of the machine).
                (scheme == "http" || scheme == "https")
                    && Some(rest) == host
                    && !base_url.starts_with("https://")
            })
    };
    if let Some(origin) = text("origin") {
        return fits(origin);
    }
    match text("referer") {
        Some(referer) => {
            let end = referer
                .find("://")
                .and_then(|i| referer[i + 3..].find('/').map(|j| i + 3 + j));
            fits(&referer[..end.unwrap_or(referer.len())])
        }
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(list: &[(&'static str, &'static str)]) -> HeaderMap {
        list.iter()
            .map(|(k, v)| {
                (
                    axum::http::HeaderName::from_static(k),
                    HeaderValue::from_static(v),
                )
            })
            .collect()
    }

    #[test]
    fn a_token_belongs_to_one_cookie_one_kind_one_key() {
        let s = Secret::from_bytes(b"k");
        assert!(same(&s.token("session", "a"), &s.token("session", "a")));
        assert!(!same(&s.token("session", "a"), &s.token("session", "b")));
        assert!(!same(&s.token("session", "a"), &s.token("pre", "a")));
        assert!(!same(
            &s.token("session", "a"),
            &Secret::from_bytes(b"l").token("session", "a")
        ));
        assert!(!same(&s.token("session", "a"), ""));
    }

    #[test]
    fn origins() {
        let here = "https://r.example";
        assert!(same_origin(
            &headers(&[("origin", "https://r.example")]),
            here
        ));
        assert!(!same_origin(
            &headers(&[("origin", "https://evil.example"), ("host", "r.example")]),
            here
        ));
        assert!(!same_origin(&headers(&[("origin", "null")]), here));
        assert!(!same_origin(
            &headers(&[("origin", "http://r.example"), ("host", "r.example")]),
            here
        ));
        assert!(!same_origin(
            &headers(&[("sec-fetch-site", "cross-site")]),
            here
        ));
        assert!(!same_origin(
            &headers(&[("sec-fetch-site", "same-site")]),
            here
        ));
        assert!(same_origin(
            &headers(&[("sec-fetch-site", "same-origin")]),
            here
        ));
        assert!(same_origin(
            &headers(&[("referer", "https://r.example/a?b")]),
            here
        ));
        assert!(!same_origin(
            &headers(&[("referer", "https://r.example.evil/a")]),
            here
        ));
        assert!(same_origin(
            &headers(&[("origin", "http://127.0.0.1:9"), ("host", "127.0.0.1:9")]),
            "http://127.0.0.1:8080"
        ));
    }
}
