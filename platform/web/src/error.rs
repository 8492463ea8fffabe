//! What a handler may fail with. The page is rendered later, in the language of the request; see [`crate::error_page`].

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::Markup;
use std::borrow::Cow;

/// The result of a handler.
pub type Result<T = Response, E = Error> = std::result::Result<T, E>;

/// A refusal or failure that becomes a kind page.
#[derive(Debug)]
pub enum Error {
    /// Not there, or not yours: the two are never told apart.
    NotFound,
    /// Signed in, but not for this.
    Forbidden,
    /// Nobody is signed in: leads to the sign-in page and back.
    SignIn,
    /// The second factor is missing: leads to its page and back.
    SecondFactor,
    /// The last confirmation is too old: leads to the confirmation page and back.
    Reauth,
    /// The form token does not fit this browser, or the request comes from another site.
    Stale,
    /// What was sent cannot be read; the text says what and how to go on (422).
    Invalid(String),
    /// Somebody else was faster; the markup shows both versions (409).
    Conflict(Markup),
    /// The database is busy or not reachable: try again in a moment (503).
    Busy,
    /// The disk is full (503, longer pause).
    Full,
    /// Too much was sent (413); the text names the limit.
    TooLarge(String),
    /// Too many requests; seconds until the next try (429).
    RateLimited(u64),
    /// A mistake in the program or its surroundings; the chain goes to the log, never to the page.
    Unexpected(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// A mistake in the program that has no error of its own.
    #[must_use]
    pub fn unexpected(what: impl Into<Cow<'static, str>>) -> Self {
        Self::Unexpected(Box::new(Plain(what.into())))
    }

    /// The status of its page.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::Stale => StatusCode::FORBIDDEN,
            Self::SignIn | Self::SecondFactor | Self::Reauth => StatusCode::SEE_OTHER,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Busy | Self::Full => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::RateLimited(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unexpected(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The whole chain of causes in one line, for the log.
    #[must_use]
    pub fn chain(&self) -> String {
        let mut text = match self {
            Self::Unexpected(e) => e.to_string(),
            other => format!("{:?}", other.status()),
        };
        if let Self::Unexpected(e) = self {
            let mut cause = e.source();
            while let Some(e) = cause {
                text.push_str(": ");
                text.push_str(&e.to_string());
                cause = e.source();
            }
        }
        text
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.chain())
    }
}

#[derive(Debug)]
struct Plain(Cow<'static, str>);

impl std::fmt::Display for Plain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Plain {}

impl From<store::Error> for Error {
    fn from(e: store::Error) -> Self {
        match e {
            store::Error::NotFound => Self::NotFound,
            store::Error::Busy | store::Error::Timeout => Self::Busy,
            store::Error::Lost(why) => {
                tracing::error!(error = %why, "the database is not reachable");
                Self::Busy
            }
            store::Error::Full => {
                tracing::error!("the disk is full");
                Self::Full
            }
            store::Error::Conflict(what) => {
                tracing::info!(%what, "a rule of the database refused a write");
                Self::Conflict(maud::PreEscaped(String::new()))
            }
            other => Self::Unexpected(Box::new(other)),
        }
    }
}

impl From<Box<dyn std::error::Error + Send + Sync>> for Error {
    fn from(e: Box<dyn std::error::Error + Send + Sync>) -> Self {
        Self::Unexpected(e)
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        if e.kind() == std::io::ErrorKind::StorageFull {
            Self::Full
        } else {
            Self::Unexpected(Box::new(e))
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(e: serde_json::Error) -> Self {
        Self::Unexpected(Box::new(e))
    }
}

/// The error on its way out; the outermost layer turns it into a page. `Clone` is what response extensions ask for.
#[derive(Clone)]
pub(crate) struct Pending(pub(crate) std::sync::Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response
            .extensions_mut()
            .insert(Pending(std::sync::Arc::new(self)));
        response
    }
}
