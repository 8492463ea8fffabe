//! The context of one request: who asks, in which language, through which application.

use crate::app::App;
use crate::cookie;
use crate::error::{Error, Result};
use crate::flash::{Flash, FlashKind};
use crate::permission::{OrgKind, Role};
use axum::extract::{FromRequestParts, Request};
use axum::http::{HeaderValue, Method, Uri, request::Parts};
use axum::response::{IntoResponse, Response};
use kernel::{AccountId, Env, Lang, OrganisationId, SessionId, Time};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, OnceLock};
use store::{Db, Viewer};

/// The organisation for which a member of another one acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActingFor {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name as printed.
    pub name: String,
}

/// The account behind the session, read with one statement per request.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// This session.
    pub session: SessionId,
    /// Who.
    pub account: AccountId,
    /// Name as printed.
    pub name: String,
    /// Where they belong.
    pub organisation: OrganisationId,
    /// Its name as printed.
    pub organisation_name: String,
    /// Its kind.
    pub kind: OrgKind,
    /// What they may do there.
    pub role: Role,
    /// Their profession, as a code.
    pub profession: String,
    /// For whom they act just now, when not for their own organisation.
    pub acting_for: Option<ActingFor>,
    /// Whether this session has shown a second factor.
    pub second_factor: bool,
    /// Last time the account confirmed itself with a password or code.
    pub confirmed_at: Time,
    /// Other live sessions of the same account.
    pub other_sessions: i64,
}

/// The context of one request. Cheap to clone; an axum extractor.
#[derive(Clone)]
pub struct Ctx(Arc<CtxData>);

/// What [`Ctx`] holds.
pub struct CtxData {
    /// The application.
    pub app: App,
    /// The time at which the request came.
    pub now: Time,
    /// The language of the page.
    pub lang: Lang,
    /// Whether large type is switched on.
    pub large: bool,
    /// Whether readings are printed above kanji.
    pub furigana: bool,
    /// Who is signed in.
    pub me: Option<SignedIn>,
    /// The browser's address, seen through trusted proxies.
    pub ip: IpAddr,
    /// Number of this request in the log.
    pub request_id: String,
    /// The address asked for, without the base path.
    pub uri: Uri,
    /// Sent by the page in the background: never prolongs a session.
    pub background: bool,
    pub(crate) get: bool,
    pub(crate) fonts: bool,
    pub(crate) flash: Option<Flash>,
    pub(crate) pre: Option<String>,
    pub(crate) session_token: Option<String>,
    csrf: OnceLock<String>,
    cookies: Mutex<Vec<HeaderValue>>,
}

impl Ctx {
    pub(crate) fn new(app: App, request: &Request, ip: IpAddr, request_id: String) -> Self {
        let now = app.env.now();
        let headers = request.headers();
        let mut data = CtxData {
            now,
            lang: Lang::Ja,
            large: false,
            furigana: false,
            me: None,
            ip,
            request_id,
            uri: request.uri().clone(),
            get: *request.method() == Method::GET,
            background: headers.contains_key("x-renkei-background")
                || headers.contains_key("x-background"),
            fonts: false,
            flash: None,
            pre: None,
            session_token: None,
            csrf: OnceLock::new(),
            cookies: Mutex::new(Vec::new()),
            app,
        };
        let mut chosen = None;
        cookie::each(headers, |name, value| match name {
            cookie::LANG => chosen = value.parse().ok(),
            cookie::LARGE => data.large = value == "1",
            cookie::FURIGANA => data.furigana = value == "1",
            cookie::FLASH => data.flash = Flash::open(&data.app, value),
            cookie::FONTS => data.fonts = value == "1",
            cookie::PRE => data.pre = Some(value.to_owned()),
            _ if name == cookie::session_name(&data.app.config) => {
                data.session_token = Some(value.to_owned());
            }
            _ => {}
        });
        data.lang = chosen.unwrap_or_else(|| cookie::accepted_language(headers));
        Self(Arc::new(data))
    }

    pub(crate) fn with_me(self, me: Option<SignedIn>) -> Self {
        match Arc::try_unwrap(self.0) {
            Ok(mut data) => {
                data.me = me;
                Self(Arc::new(data))
            }
            Err(shared) => Self(shared),
        }
    }

    /// Under which name a form (`data-keep`) keeps what is typed in this tab: per account, so that nobody who signs in after an
    /// expired session finds another person's words.
    #[must_use]
    pub fn keep_key(&self, form: &str, record: impl std::fmt::Display) -> String {
        let account = self
            .me
            .as_ref()
            .map(|me| me.account.to_string())
            .unwrap_or_default();
        format!("{account}:{form}:{record}")
    }

    /// The database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.app.db
    }

    /// Clock and randomness.
    #[must_use]
    pub fn env(&self) -> &Env {
        &self.app.env
    }

    /// For whom the store reads and writes in this request.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        match &self.me {
            Some(me) => Viewer::signed_in(
                me.account,
                me.acting_for.as_ref().map(|a| a.id),
                Some(me.organisation),
                self.now,
                self.ip.to_string(),
            ),
            None => Viewer::public(self.now),
        }
    }

    /// Who is signed in, or the way to the sign-in page.
    ///
    /// # Errors
    /// [`Error::SignIn`] when nobody is.
    pub fn require_me(&self) -> Result<&SignedIn> {
        self.me.as_ref().ok_or(Error::SignIn)
    }

    /// Who is signed in and confirmed themselves in the last ten minutes (before exports, key and role changes).
    ///
    /// # Errors
    /// [`Error::SignIn`] or [`Error::Reauth`], which leads through `/account/confirm` and back.
    pub fn require_recent(&self) -> Result<&SignedIn> {
        let me = self.require_me()?;
        if self.now.secs_since(me.confirmed_at) <= 600 {
            Ok(me)
        } else {
            Err(Error::Reauth)
        }
    }

    /// The form token of this browser; draws the pre-session cookie when there is neither session nor cookie.
    #[must_use]
    pub fn csrf(&self) -> &str {
        self.csrf
            .get_or_init(|| match (&self.me, &self.session_token, &self.pre) {
                (Some(_), Some(token), _) => self.app.secret.token("session", token),
                (_, _, Some(pre)) => self.app.secret.token("pre", pre),
                _ => {
                    let pre = self.app.env.token();
                    self.set_cookie(&cookie::small(&self.app.config, cookie::PRE, &pre, 86_400));
                    self.app.secret.token("pre", &pre)
                }
            })
    }

    /// Compares a form's token with this browser's, in constant time.
    ///
    /// # Errors
    /// [`Error::Stale`] when they differ: the page was left open too long or the form comes from elsewhere.
    pub fn check_csrf(&self, given: &str) -> Result<()> {
        let expected = match (&self.me, &self.session_token, &self.pre) {
            (Some(_), Some(token), _) => self.app.secret.token("session", token),
            (_, _, Some(pre)) => self.app.secret.token("pre", pre),
            _ => return Err(Error::Stale),
        };
        if crate::csrf::same(&expected, given) {
            Ok(())
        } else {
            Err(Error::Stale)
        }
    }

    /// A path with the base path before it.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        self.app.url(path)
    }

    /// The address asked for, with its query, without the base path.
    #[must_use]
    pub fn here(&self) -> &str {
        self.uri.path_and_query().map_or("/", |p| p.as_str())
    }

    /// Goes on at another page of this installation after a POST (303). Only local paths are taken: `/x`.
    #[must_use]
    pub fn redirect(&self, path: &str) -> Response {
        let path = if crate::guard::is_local(path) {
            path
        } else {
            "/"
        };
        let location =
            HeaderValue::try_from(self.url(path)).unwrap_or(HeaderValue::from_static("/"));
        (
            axum::http::StatusCode::SEE_OTHER,
            [(axum::http::header::LOCATION, location)],
        )
            .into_response()
    }

    /// A notice for the next page of this browser. It travels sealed in a cookie and is shown once.
    pub fn flash(&self, kind: FlashKind, text: &str) {
        if let Some(value) = Flash::seal(&self.app, kind, text) {
            self.set_cookie(&cookie::small(&self.app.config, cookie::FLASH, &value, 120));
        }
    }

    /// Adds a `Set-Cookie` to this response; see [`cookie`] for the makers.
    pub fn set_cookie(&self, cookie: &str) {
        if let Ok(value) = HeaderValue::try_from(cookie)
            && let Ok(mut all) = self.cookies.lock()
        {
            all.push(value);
        }
    }

    /// Gives this browser the cookie of a session that has just been started with this token.
    pub fn sign_in_cookie(&self, token: &str) {
        self.set_cookie(&cookie::session(&self.app.config, token));
        self.set_cookie(&cookie::remove(&self.app.config, cookie::PRE));
    }

    /// Takes the session's cookie from this browser.
    pub fn sign_out_cookie(&self) {
        self.set_cookie(&cookie::remove_session(&self.app.config));
    }

    pub(crate) fn take_cookies(&self) -> Vec<HeaderValue> {
        self.cookies
            .lock()
            .map(|mut all| std::mem::take(&mut *all))
            .unwrap_or_default()
    }
}

impl std::ops::Deref for Ctx {
    type Target = CtxData;
    fn deref(&self) -> &CtxData {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Ctx {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| {
            Error::unexpected("a handler outside the guarded routes asked for its context")
        })
    }
}
