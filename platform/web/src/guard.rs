//! Decides the permission of a route before its handler runs.

use crate::app::App;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::permission::{Decision, Permission};
use crate::session;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

/// What the outermost layer hands down, and where the guard leaves the context for it.
#[derive(Clone)]
pub(crate) struct Slot(pub(crate) Arc<SlotData>);

pub(crate) struct SlotData {
    pub(crate) ip: IpAddr,
    pub(crate) request_id: String,
    pub(crate) context: OnceLock<Ctx>,
}

#[derive(Clone)]
pub(crate) struct Gate {
    pub(crate) app: App,
    pub(crate) permission: &'static Permission,
}

pub(crate) async fn check(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let Some(slot) = request.extensions().get::<Slot>().cloned() else {
        return Error::unexpected("a route runs outside the application's router").into_response();
    };
    let cx = context(gate.app, &request, &slot);
    let cx = match session::load(&cx).await {
        Ok(me) => cx.with_me(me),
        Err(e) => {
            let _ = slot.0.context.set(cx);
            return Error::from(e).into_response();
        }
    };
    let _ = slot.0.context.set(cx.clone());
    let refusal = match gate.permission.decide(cx.me.as_ref()) {
        Decision::Allow => None,
        Decision::SignIn => Some(Error::SignIn),
        Decision::SecondFactor => Some(Error::SecondFactor),
        Decision::Forbidden => Some(Error::Forbidden),
    };
    if let Some(error) = refusal {
        if matches!(error, Error::Forbidden) {
            note(&cx, gate.permission).await;
        }
        return error.into_response();
    }
    request.extensions_mut().insert(cx);
    next.run(request).await
}

/// Somebody who is signed in tried a page that is not for them: a row of the audit trail. A busy database does not turn the
/// refusal into another answer.
async fn note(cx: &Ctx, permission: &'static Permission) {
    let row = store::Audit::new("web.refused", permission.name).refused();
    if let Err(e) = cx.db().audit(&cx.viewer(), row).await {
        tracing::warn!(request = %cx.request_id, error = %e, "a refusal could not be written down");
    }
}

/// A context without anybody signed in.
pub(crate) fn context(app: App, request: &Request, slot: &Slot) -> Ctx {
    Ctx::new(app, request, slot.0.ip, slot.0.request_id.clone())
}

/// An address that asks to come back here afterwards.
pub(crate) fn with_next(address: &str, next: &str) -> String {
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{address}?next={next}")
}

/// Whether a path stays on this installation: `/x`, never `//other` or a full address.
#[must_use]
pub(crate) fn is_local(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.starts_with("/\\")
        // Browsers leave tabs and line ends out of an address: "/\t/other" would be another site.
        && !path.contains(|c: char| c == '\\' || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_paths() {
        for good in ["/", "/a?b=c", "/a//b"] {
            assert!(is_local(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nb",
            "/a\\b",
            "/\t/evil.example",
            "/\u{b}/evil.example",
        ] {
            assert!(!is_local(bad), "{bad}");
        }
        assert_eq!(
            with_next("/sign-in", "/a?b=c&d"),
            "/sign-in?next=%2Fa%3Fb%3Dc%26d"
        );
    }
}
