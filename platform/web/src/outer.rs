//! The outermost layer of every request, and the assembly of all routes under it.
//!
//! In order: number and address of the request, rate limit, origin of changes, the route (its guard, its handler), a page for
//! every error and panic, cookies, headers, counters, one line in the log.

use crate::app::App;
use crate::ctx::Ctx;
use crate::error::{Error, Pending};
use crate::guard::{self, Gate, Slot, SlotData};
use crate::permission::Permission;
use crate::route::Route;
use crate::{
    assets, csrf, error_page, headers, health, live, metrics, proxy, styleguide, switches,
};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Instant;

/// The routes of this room.
pub(crate) fn own_routes(app: &App) -> Vec<Route> {
    const PUBLIC: &Permission = &Permission::PUBLIC;
    let mut all = vec![
        Route::get("/healthz", PUBLIC, health::healthz).plain(),
        Route::get("/metrics", PUBLIC, metrics::show).plain(),
        Route::get("/assets/{*path}", PUBLIC, assets::serve).plain(),
        Route::get("/live", &Permission::SIGNED_IN, live::stream),
        Route::post("/lang", PUBLIC, switches::language),
        Route::post("/display", PUBLIC, switches::display),
    ];
    if app.config.styleguide {
        all.push(Route::get("/styleguide", PUBLIC, styleguide::show));
        all.push(Route::post("/styleguide", PUBLIC, styleguide::submit));
    }
    all
}

/// The whole application as one router: all routes behind their permissions, under the base path.
///
/// Serve it with `into_make_service_with_connect_info::<SocketAddr>()`, or put [`ConnectInfo`] into each request, so that
/// the browser's address is known.
///
/// # Panics
/// When two features claim the same method and path.
pub fn router(app: App) -> Router {
    let mut router = Router::<App>::new();
    // Methods of one path come together first: a path is known to the router once.
    let mut paths: BTreeMap<&'static str, axum::routing::MethodRouter<App>> = BTreeMap::new();
    for route in app.routes() {
        let gate = Gate {
            app: app.clone(),
            permission: route.permission,
        };
        let guarded = if route.plain {
            route.handler
        } else {
            route
                .handler
                .route_layer(from_fn_with_state(gate, guard::check))
        };
        let entry = paths.remove(route.path).unwrap_or_default();
        paths.insert(route.path, entry.merge(guarded));
    }
    for (path, methods) in paths {
        router = router.route(path, methods);
    }
    let gate = Gate {
        app: app.clone(),
        permission: &Permission::PUBLIC,
    };
    let not_found = axum::routing::any(|| async { Error::NotFound })
        .layer(from_fn_with_state(gate, guard::check));
    let base: Arc<str> = app.config.base_path.as_str().into();
    let inner = router
        .fallback_service(not_found.with_state::<()>(app.clone()))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(app.clone(), outermost))
        .with_state(app);
    if base.is_empty() {
        return inner;
    }
    Router::new().fallback_service(Under { base, inner })
}

/// Takes the base path from the address. Health and metrics answer without it too: they are asked from beside the server.
#[derive(Clone)]
struct Under {
    base: Arc<str>,
    inner: Router,
}

impl tower::Service<Request<Body>> for Under {
    type Response = Response;
    type Error = std::convert::Infallible;
    type Future = axum::routing::future::RouteFuture<std::convert::Infallible>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        tower::Service::<Request<Body>>::poll_ready(&mut self.inner, cx)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let path = request.uri().path();
        let rest = path
            .strip_prefix(&*self.base)
            .filter(|r| r.is_empty() || r.starts_with('/'));
        let target = match rest {
            Some("") => "/".to_owned(),
            Some(rest) => rest.to_owned(),
            None if matches!(path, "/healthz" | "/metrics") => path.to_owned(),
            // Outside the base path there is nothing of ours: the router's own 404.
            None => "/.outside".to_owned(),
        };
        let query = request
            .uri()
            .query()
            .map(|q| format!("?{q}"))
            .unwrap_or_default();
        if let Ok(uri) = format!("{target}{query}").parse() {
            *request.uri_mut() = uri;
        }
        self.inner.call(request)
    }
}

/// Numbers of requests: where the process began, and a count. Enough to find a line in the log, and tells nothing else.
fn request_id(app: &App) -> String {
    static BEGIN: OnceLock<u32> = OnceLock::new();
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let begin = BEGIN.get_or_init(|| u32::from_le_bytes(app.env.bytes::<4>()));
    format!("{begin:08x}-{:x}", COUNT.fetch_add(1, Ordering::Relaxed))
}

async fn outermost(State(app): State<App>, mut request: Request, next: Next) -> Response {
    #[expect(
        clippy::disallowed_methods,
        reason = "the duration is counted and logged, nothing is decided by it"
    )]
    let begin = Instant::now();
    let method = request.method().clone();
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|c| c.0.ip());
    let client = proxy::client(peer, request.headers(), &app.config.trusted_proxies);
    let pattern = request.extensions().get::<MatchedPath>().cloned();
    let route = pattern.as_ref().map_or("(none)", MatchedPath::as_str);
    let slot = Slot(Arc::new(SlotData {
        ip: client.ip,
        request_id: request_id(&app),
        context: OnceLock::new(),
    }));
    let change = !csrf::is_safe(&method);

    let early = if route.starts_with("/assets/") || route == "/healthz" {
        None
    } else if let Err(seconds) = app
        .limits
        .check(client, change, route.starts_with("/sign-in"))
    {
        Some(Error::RateLimited(seconds))
    } else if change && !csrf::same_origin(request.headers(), &app.config.base_url) {
        Some(Error::Stale)
    } else {
        None
    };
    let mut response = if let Some(error) = early {
        let _ = slot
            .0
            .context
            .set(guard::context(app.clone(), &request, &slot));
        error.into_response()
    } else {
        request.extensions_mut().insert(slot.clone());
        request.extensions_mut().insert(client);
        match AssertUnwindSafe(next.run(request)).catch_unwind().await {
            Ok(response) => response,
            Err(panic) => Error::unexpected(panic_text(&*panic)).into_response(),
        }
    };

    let cx = slot.0.context.get();
    let spoken = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if response.status() == StatusCode::BAD_REQUEST && cx.is_some() && !spoken {
        // An address or query whose parts cannot be read is an address that is not there; how they are read is nobody's
        // matter. An API says itself what it does not understand.
        response = Error::NotFound.into_response();
    }
    if let Some(Pending(error)) = response.extensions_mut().remove::<Pending>() {
        if let Error::Unexpected(_) = &*error {
            tracing::error!(request = %slot.0.request_id, route, error = %error.chain(), "a request failed");
        }
        response = match cx {
            Some(cx) => error_page::render(cx, &error),
            None => error.status().into_response(),
        };
    }
    finish(&app, &slot, cx, &mut response);
    let took = begin.elapsed();
    app.metrics.count(route, response.status(), took);
    log(
        &app,
        cx,
        &slot,
        method.as_str(),
        route,
        response.status().as_u16(),
        took,
    );
    response
}

fn finish(app: &App, slot: &Slot, cx: Option<&Ctx>, response: &mut Response) {
    let map = response.extensions_mut().remove::<headers::MapPage>();
    let headers = response.headers_mut();
    headers::add(
        app,
        headers,
        map.as_ref(),
        cx.is_some_and(|cx| cx.me.is_some()),
    );
    if let Ok(id) = header::HeaderValue::try_from(slot.0.request_id.as_str()) {
        headers.insert("x-request-id", id);
    }
    for cookie in cx.map(Ctx::take_cookies).unwrap_or_default() {
        headers.append(header::SET_COOKIE, cookie);
    }
}

/// One line for each request: which route pattern, never which address, and whose request only as a keyed hash.
fn log(
    app: &App,
    cx: Option<&Ctx>,
    slot: &Slot,
    method: &str,
    route: &str,
    status: u16,
    took: std::time::Duration,
) {
    if !tracing::enabled!(target: "web::request", tracing::Level::INFO) {
        return;
    }
    let account = cx
        .and_then(|cx| cx.me.as_ref())
        .map(|me| app.secret.token("log", &me.account.to_string()));
    tracing::info!(
        target: "web::request",
        request = %slot.0.request_id,
        method,
        route,
        status,
        ms = u64::try_from(took.as_micros()).unwrap_or(u64::MAX) as f64 / 1000.0,
        account = account.as_deref().map(|a| &a[..10]),
    );
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic
        .downcast_ref::<&str>()
        .map(|t| (*t).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    format!("a handler panicked: {text}")
}
