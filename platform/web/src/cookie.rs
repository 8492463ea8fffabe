//! Cookies: the session's, and the small ones that a browser may hold before signing in.

use crate::app::WebConfig;
use axum::http::{HeaderMap, header};
use kernel::Lang;

/// Language of the pages: `ja` or `en`.
pub const LANG: &str = "renkei_lang";
/// Large type: `1`.
pub const LARGE: &str = "renkei_large";
/// Readings above kanji: `1`.
pub const FURIGANA: &str = "renkei_furigana";
/// A sealed notice for the next page.
pub const FLASH: &str = "renkei_flash";
/// Set by the page's script once the font lies in the browser's cache: `1`.
pub const FONTS: &str = "fonts";
/// What a form token is bound to before there is a session.
pub const PRE: &str = "renkei_pre";

const YEAR: i64 = 365 * 86_400;

/// Name of the session's cookie. The prefix `__Host-` makes browsers refuse it from subdomains and over plain http; it asks for
/// `Path=/`, which every maker here sets.
#[must_use]
pub fn session_name(config: &WebConfig) -> &'static str {
    if config.https() {
        "__Host-renkei"
    } else {
        "renkei"
    }
}

fn tail(config: &WebConfig) -> &'static str {
    if config.https() {
        "; Path=/; HttpOnly; SameSite=Lax; Secure"
    } else {
        "; Path=/; HttpOnly; SameSite=Lax"
    }
}

/// The session's cookie. It ends with the browser; the server ends it earlier.
#[must_use]
pub fn session(config: &WebConfig, token: &str) -> String {
    format!("{}={token}{}", session_name(config), tail(config))
}

/// Takes the session's cookie away.
#[must_use]
pub fn remove_session(config: &WebConfig) -> String {
    format!("{}=; Max-Age=0{}", session_name(config), tail(config))
}

/// A small cookie for some seconds.
#[must_use]
pub fn small(config: &WebConfig, name: &str, value: &str, seconds: i64) -> String {
    format!("{name}={value}; Max-Age={seconds}{}", tail(config))
}

/// A choice that stays for a year.
#[must_use]
pub fn choice(config: &WebConfig, name: &str, value: &str) -> String {
    small(config, name, value, YEAR)
}

/// Takes a small cookie away.
#[must_use]
pub fn remove(config: &WebConfig, name: &str) -> String {
    small(config, name, "", 0)
}

/// Calls `f` with each cookie of a request.
pub(crate) fn each<'a>(headers: &'a HeaderMap, mut f: impl FnMut(&'a str, &'a str)) {
    for line in headers.get_all(header::COOKIE) {
        let Ok(line) = line.to_str() else { continue };
        for pair in line.split(';') {
            if let Some((name, value)) = pair.trim().split_once('=') {
                f(name, value);
            }
        }
    }
}

/// The language a browser asks for when nothing was chosen. Japanese unless English is asked for first.
pub(crate) fn accepted_language(headers: &HeaderMap) -> Lang {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|v| v.to_str().ok())
        .map_or(Lang::Ja, Lang::from_accept)
}
