//! Counters for Prometheus. Route patterns and status classes only: no address, no person.

use crate::app::App;
use crate::proxy::Client;
use crate::session;
use axum::Extension;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::time::Duration;
use store::Viewer;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    route: String,
    status: &'static str,
}

/// What is counted.
pub struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    seconds: Histogram,
    queue: Gauge,
    writes: Gauge,
    commits: Gauge,
    jobs_waiting: Gauge,
    jobs_dead: Gauge,
    sessions: Gauge,
    streams: Gauge,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("renkei");
        let requests = Family::<Labels, Counter>::default();
        let buckets = [
            0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
        ];
        let seconds = Histogram::new(buckets);
        registry.register(
            "requests",
            "Requests by route pattern and class of status",
            requests.clone(),
        );
        registry.register(
            "request_seconds",
            "Time until the answer begins",
            seconds.clone(),
        );
        let mut gauge = |name: &str, help: &str| {
            let g = Gauge::default();
            registry.register(name, help, g.clone());
            g
        };
        let queue = gauge("store_queue_depth", "Writes that wait at this moment");
        let writes = gauge("store_writes", "Writes answered since the start");
        let commits = gauge("store_commits", "Commits since the start");
        let jobs_waiting = gauge("jobs_waiting", "Jobs that wait for their time");
        let jobs_dead = gauge("jobs_dead", "Jobs given up");
        let sessions = gauge("sessions", "Live sessions");
        let streams = gauge("live_streams", "Open live streams of this node");
        Self {
            requests,
            seconds,
            queue,
            writes,
            commits,
            jobs_waiting,
            jobs_dead,
            sessions,
            streams,
            registry,
        }
    }

    pub(crate) fn count(&self, route: &str, status: StatusCode, took: Duration) {
        let status = match status.as_u16() / 100 {
            1 => "1xx",
            2 => "2xx",
            3 => "3xx",
            4 => "4xx",
            _ => "5xx",
        };
        self.requests
            .get_or_create(&Labels {
                route: route.to_owned(),
                status,
            })
            .inc();
        self.seconds.observe(took.as_secs_f64());
    }
}

/// The counters, for those beside the server: anybody else gets the same 404 as for a page that is not there.
pub(crate) async fn show(State(app): State<App>, client: Option<Extension<Client>>) -> Response {
    let near = client.is_some_and(|Extension(c)| {
        c.is_local() || (!c.doubtful && app.config.trusted_proxies.iter().any(|n| n.contains(c.ip)))
    });
    if !near {
        return StatusCode::NOT_FOUND.into_response();
    }
    let m = &app.metrics;
    let snapshot = app.db.metrics();
    let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    m.queue.set(whole(snapshot.queue_depth));
    m.writes.set(whole(snapshot.writes));
    m.commits.set(whole(snapshot.commits));
    m.streams.set(app.live.open());
    let now = app.env.now();
    let found = app
        .db
        .read(&Viewer::system("metrics", now), move |c| {
            Ok::<_, store::Error>((store::jobs::counts(c)?, session::count_live(c, now)?))
        })
        .await;
    if let Ok((jobs, sessions)) = found {
        m.jobs_waiting.set(jobs.waiting);
        m.jobs_dead.set(jobs.dead);
        m.sessions.set(sessions);
    }
    let mut text = String::new();
    if encode(&mut text, &m.registry).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "no-store"),
        ],
        text,
    )
        .into_response()
}
