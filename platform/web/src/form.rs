//! The extractor of forms: size, token, null bytes, line ends.

use crate::app::App;
use crate::csrf;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::words::{w, wf};
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use kernel::Lang;
use serde::de::DeserializeOwned;
use std::borrow::Cow;

/// Most bytes of a form. 100,000 characters of Japanese are 900,000 bytes on the way; a page has a few such fields.
const MOST: usize = 6 * 1024 * 1024;
/// The same from somebody who is not signed in: a stranger must not fill the memory with many large forms at once.
const MOST_OF_VISITOR: usize = 1024 * 1024;

/// A form of a page of ours: `Form(data): Form<T>` with `T: Deserialize`, or [`crate::Values`] for fields that are data.
///
/// The token has been compared, null bytes refused, line ends made `\n`; nothing else of the text is changed.
#[derive(Clone, Debug)]
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Form<T> {
    type Rejection = Error;

    async fn from_request(request: Request<Body>, app: &App) -> Result<Self> {
        let (mut parts, body) = request.into_parts();
        let cx = Ctx::from_request_parts(&mut parts, app).await?;
        let most = if cx.me.is_some() {
            MOST
        } else {
            MOST_OF_VISITOR
        };
        let bytes = to_bytes(body, most)
            .await
            .map_err(|_| too_large(cx.lang, most))?;
        let (text, token) = normalised(cx.lang, &bytes)?;
        cx.check_csrf(&token)?;
        let data = serde_urlencoded::from_str(&text).map_err(|e| {
            // What was typed may stand in the message of the parser: only its kind goes to the log.
            tracing::info!(request = %cx.request_id, "a form could not be read");
            let _ = e;
            Error::Invalid(w!(cx.lang, "form-unreadable").to_owned())
        })?;
        Ok(Self(data))
    }
}

pub(crate) fn too_large(lang: Lang, most: usize) -> Error {
    Error::TooLarge(wf!(
        lang,
        "too-large",
        mb = (most / 1024 / 1024).to_string()
    ))
}

/// The form with clean values, and its token.
fn normalised(lang: Lang, bytes: &[u8]) -> Result<(Cow<'_, str>, String)> {
    let mut token = String::new();
    let mut touched = false;
    for (name, value) in form_urlencoded::parse(bytes) {
        if name == csrf::FIELD {
            token = value.into_owned();
        } else {
            touched |= value.contains(['\r', '\0']);
        }
    }
    if !touched && let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((Cow::Borrowed(text), token));
    }
    let mut out = form_urlencoded::Serializer::new(String::with_capacity(bytes.len()));
    for (name, value) in form_urlencoded::parse(bytes) {
        out.append_pair(&name, &clean(lang, &value)?);
    }
    Ok((Cow::Owned(out.finish()), token))
}

pub(crate) fn clean(lang: Lang, value: &str) -> Result<String> {
    kernel::text::clean(value).map_err(|_| Error::Invalid(w!(lang, "null-byte").to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Values;

    fn read(body: &str) -> Result<(Values, String)> {
        let (text, token) = normalised(Lang::Ja, body.as_bytes())?;
        Ok((serde_urlencoded::from_str(&text).unwrap(), token))
    }

    #[test]
    fn line_ends_and_repeated_names() {
        let (v, token) = read("_csrf=tok&a=1%0D%0A2&b=x&b=y").unwrap();
        assert_eq!(token, "tok");
        assert_eq!(v.get("a"), Some("1\n2"));
        assert_eq!(v.all("b"), ["x", "y"]);
    }

    #[test]
    fn null_bytes_are_refused_with_a_message() {
        assert!(matches!(read("a=x%00y"), Err(Error::Invalid(text)) if !text.is_empty()));
    }

    #[test]
    fn long_texts_emoji_and_variants_are_kept() {
        let long: String = "葛\u{e0100}城👩‍⚕️".chars().cycle().take(100_000).collect();
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("a", &long)
            .finish();
        assert!(body.len() < MOST);
        assert_eq!(read(&body).unwrap().0.get("a"), Some(long.as_str()));
    }
}
