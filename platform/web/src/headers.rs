//! Security headers of every response.

use crate::app::App;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Everything from here, nothing inline, never in a frame.
pub(crate) const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Set by the handler of a page with the moving map, in the extensions of its response: the map draws with a worker from
/// this origin, and may show the pictures of a tile server that the installation names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MapPage {
    /// Address of the tiles with `{z}`, `{x}` and `{y}`; `None` without a tile server.
    pub tiles: Option<String>,
}

impl MapPage {
    fn policy(&self) -> String {
        // Scheme and host only: the rest of the address has no place in a policy.
        let host = self.tiles.as_deref().and_then(|tiles| {
            let rest = tiles.strip_prefix("https://")?;
            let host = rest.split('/').next()?;
            let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':');
            (!host.is_empty() && host.bytes().all(plain)).then(|| format!(" https://{host}"))
        });
        let host = host.unwrap_or_default();
        CSP.replace(
            "img-src 'self' data:",
            &format!("img-src 'self' data: blob:{host}"),
        )
        .replace("connect-src 'self'", &format!("connect-src 'self'{host}"))
            + "; worker-src 'self'"
    }
}

static FIXED: [(HeaderName, HeaderValue); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(CSP),
    ),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
];

/// Adds them. Pages of somebody who is signed in are kept nowhere; other pages are asked for anew each time.
pub(crate) fn add(app: &App, headers: &mut HeaderMap, map: Option<&MapPage>, signed_in: bool) {
    headers.reserve(12);
    for (name, value) in &FIXED {
        headers.insert(name.clone(), value.clone());
    }
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    );
    if let Some(map) = map {
        if let Ok(policy) = HeaderValue::try_from(map.policy()) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        // The button "near me" asks the device, and only on these pages.
        headers.insert(
            HeaderName::from_static("permissions-policy"),
            HeaderValue::from_static(
                "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
            ),
        );
    }
    if app.config.https() {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
    if signed_in {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    } else if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        );
        headers.insert(
            header::VARY,
            HeaderValue::from_static("Cookie, Accept-Language"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_page_opens_no_more_than_it_needs() {
        let plain = MapPage::default().policy();
        assert!(plain.ends_with("worker-src 'self'") && plain.contains("connect-src 'self';"));
        let tiles = |address: &str| {
            MapPage {
                tiles: Some(address.to_owned()),
            }
            .policy()
        };
        assert!(
            tiles("https://tiles.example.jp/{z}/{x}/{y}.png")
                .contains("connect-src 'self' https://tiles.example.jp;")
        );
        for bad in [
            "http://tiles.example.jp/",
            "https://a b/",
            "https://*/",
            "https://;script-src *",
        ] {
            assert_eq!(tiles(bad), plain, "{bad}");
        }
    }
}
