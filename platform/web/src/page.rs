//! A page: the builder that puts a feature's content into the shell.

use crate::ctx::Ctx;
use crate::shell;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, Render};
use std::borrow::Cow;

/// A page being put together; [`Page::body`] ends it.
pub struct Page<'a> {
    pub(crate) cx: &'a Ctx,
    pub(crate) title: Cow<'a, str>,
    pub(crate) nav: &'a str,
    pub(crate) crumbs: Option<Markup>,
    pub(crate) sub: Option<Markup>,
    pub(crate) actions: Option<Markup>,
    pub(crate) hero: Option<Markup>,
    pub(crate) width: &'static str,
    pub(crate) head: bool,
    pub(crate) qr: bool,
    status: StatusCode,
}

impl Ctx {
    /// Begins a page with its title (the text of `title` and `h1`).
    pub fn page<'a>(&'a self, title: impl Into<Cow<'a, str>>) -> Page<'a> {
        Page {
            cx: self,
            title: title.into(),
            nav: "",
            crumbs: None,
            sub: None,
            actions: None,
            hero: None,
            width: "wrap",
            head: true,
            qr: true,
            status: StatusCode::OK,
        }
    }
}

impl<'a> Page<'a> {
    /// Which entry of the navigation is this: its address without slashes, such as `surveys`; `home` for `/`.
    #[must_use]
    pub fn nav(mut self, key: &'a str) -> Self {
        self.nav = key;
        self
    }

    /// The way here: pairs of path (without the base path) and word; this page comes last.
    #[must_use]
    pub fn crumbs<A: AsRef<str>, B: AsRef<str>>(mut self, list: &[(A, B)]) -> Self {
        self.crumbs = Some(crate::ui::crumbs(self.cx, list));
        self
    }

    /// The line under the heading.
    #[must_use]
    #[expect(
        clippy::should_implement_trait,
        reason = "the line under the heading, not a difference"
    )]
    pub fn sub(mut self, text: impl Render) -> Self {
        self.sub = Some(text.render());
        self
    }

    /// What can be done on this page, beside the heading.
    #[must_use]
    pub fn actions(mut self, actions: impl Render) -> Self {
        self.actions = Some(actions.render());
        self
    }

    /// A wide band above the content instead of the heading; it must hold the `h1`.
    #[must_use]
    pub fn hero(mut self, hero: impl Render) -> Self {
        self.hero = Some(hero.render());
        self.head = false;
        self
    }

    /// Wider, for tables.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.width = "wrap wide";
        self
    }

    /// Wider, and A3 landscape on paper.
    #[must_use]
    pub fn a3(mut self) -> Self {
        self.width = "wrap wide a3";
        self
    }

    /// Without the heading; the body holds the `h1`.
    #[must_use]
    pub fn bare(mut self) -> Self {
        self.head = false;
        self
    }

    /// Without the code of its address on paper: for pages whose address is of no use to another reader.
    #[must_use]
    pub fn no_qr(mut self) -> Self {
        self.qr = false;
        self
    }

    /// Another status than 200, for instance 422 for a form with errors.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Ends the page as a form that came back: 422 when there are errors, 200 otherwise.
    #[must_use]
    pub fn form(mut self, errors: &crate::Errors) -> Self {
        if !errors.is_empty() {
            self.status = StatusCode::UNPROCESSABLE_ENTITY;
        }
        self
    }

    /// Ends the page with its content.
    pub fn body(self, body: impl Render) -> Response {
        let status = self.status;
        let text = shell::render(&self, &body);
        (
            status,
            [(
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/html; charset=utf-8"),
            )],
            text,
        )
            .into_response()
    }

    /// Ends the page with its content as text, for tests and snapshots.
    #[must_use]
    pub fn text(self, body: impl Render) -> String {
        shell::render(&self, &body)
    }
}

/// A file for the reader to keep.
pub struct Download {
    name: String,
    mime: HeaderValue,
    body: Body,
    inline: bool,
}

impl Download {
    /// A file; `body` is bytes, text, or a stream as [`Body::from_stream`] takes it.
    pub fn new(name: impl Into<String>, mime: &'static str, body: impl Into<Body>) -> Self {
        Self {
            name: name.into(),
            mime: HeaderValue::from_static(mime),
            body: body.into(),
            inline: false,
        }
    }

    /// Data of a stable address (JSON): shown in the browser rather than kept.
    #[must_use]
    pub fn inline(mut self) -> Self {
        self.inline = true;
        self
    }
}

impl IntoResponse for Download {
    fn into_response(self) -> Response {
        let kind = if self.inline { "inline" } else { "attachment" };
        let value = disposition(kind, &self.name);
        let mut response = Response::new(self.body);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, self.mime);
        headers.insert(
            header::CONTENT_DISPOSITION,
            HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("attachment")),
        );
        response
    }
}

impl Ctx {
    /// A file for the reader to keep, with a name in any script.
    pub fn download(&self, name: &str, mime: &'static str, body: impl Into<Body>) -> Response {
        Download::new(name, mime, body).into_response()
    }
}

/// A plain name for old browsers and the full one after it (RFC 6266).
fn disposition(kind: &str, name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') {
                c
            } else {
                '_'
            }
        })
        .collect();
    let mut full = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            full.push(char::from(byte));
        } else {
            full.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_in_any_script_are_safe_in_a_header() {
        let d = super::disposition("attachment", "調査 \"A\"\r\n.csv");
        assert!(
            d.starts_with("attachment; filename=\"___A_____.csv\"") || d.contains("filename=\"")
        );
        assert!(d.is_ascii() && !d.contains('\n'));
        assert!(d.ends_with(".csv"));
    }
}
