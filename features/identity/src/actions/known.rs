//! Browsers in which an account has signed in before. Wrong attempts from elsewhere must not keep a colleague out of their own
//! browser, so such a browser has some attempts of its own before those of the account.

use axum::http::{HeaderMap, header};
use kernel::AccountId;
use store::Db;
use web::Ctx;

use super::hex;

/// Name of the cookie. It opens nothing: password and second factor are asked for all the same.
const COOKIE: &str = "renkei_known";
/// How long a browser is remembered.
const SECS: i64 = 180 * 86_400;

fn mark(db: &Db, account: AccountId, nonce: &str) -> String {
    let mac = db
        .key()
        .mac("identity.known", format!("{account}:{nonce}").as_bytes());
    hex(&mac[..16])
}

/// Remembers that the account has just signed in here.
pub(crate) fn remember(cx: &Ctx, account: AccountId) {
    let nonce = hex(&cx.env().bytes::<16>());
    let value = format!("{nonce}.{}", mark(cx.db(), account, &nonce));
    cx.set_cookie(&web::cookie::small(&cx.app.config, COOKIE, &value, SECS));
}

/// What a browser shows of having been here, still to be checked against an account.
pub(crate) fn shown(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == COOKIE && value.len() <= 100)
        .map(|(_, value)| value.to_owned())
}

/// The name of the browser's own counter, when it is known for this account.
pub(crate) fn counter(db: &Db, account: AccountId, shown: Option<&str>) -> Option<String> {
    let (nonce, given) = shown?.split_once('.')?;
    web::csrf::same(&mark(db, account, nonce), given).then(|| format!("browser:{given}"))
}
