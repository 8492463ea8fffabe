//! A route is data: method, path pattern, permission, handler.

use crate::app::App;
use crate::permission::Permission;
use axum::handler::Handler;
use axum::routing::MethodRouter;

/// The two methods the pages use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads; changes nothing.
    Get,
    /// Changes something; carries a form token.
    Post,
}

impl std::fmt::Display for Method {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Get => "GET",
            Self::Post => "POST",
        })
    }
}

/// One address of the application.
pub struct Route {
    /// The method.
    pub method: Method,
    /// The pattern, such as `/surveys/{slug}`.
    pub path: &'static str,
    /// Decided before the handler runs.
    pub permission: &'static Permission,
    /// Whether the public face of the installation mounts it too.
    pub public: bool,
    /// Without session and context: files, health, counters.
    pub(crate) plain: bool,
    pub(crate) handler: MethodRouter<App>,
}

impl Route {
    /// A page or download.
    pub fn get<H, T>(path: &'static str, permission: &'static Permission, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self {
            method: Method::Get,
            path,
            permission,
            public: !permission.signed_in,
            plain: false,
            handler: axum::routing::get(handler),
        }
    }

    /// A change. The origin is checked before the handler; the form token by [`crate::Form`], [`crate::Upload`] or
    /// [`crate::Ctx::check_csrf`].
    pub fn post<H, T>(path: &'static str, permission: &'static Permission, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self {
            method: Method::Post,
            path,
            permission,
            public: !permission.signed_in,
            plain: false,
            handler: axum::routing::post(handler),
        }
    }

    pub(crate) fn plain(mut self) -> Self {
        self.plain = true;
        self
    }
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.method, self.path, self.permission.name)
    }
}
