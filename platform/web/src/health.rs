//! Whether this process can do its work.

use crate::app::App;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// `{"status":"ok"}`, or 503 when the database does not answer within two seconds.
pub(crate) async fn healthz(State(app): State<App>) -> Response {
    let answer = tokio::time::timeout(Duration::from_secs(2), app.db.ping()).await;
    let (status, text) = match answer {
        Ok(Ok(())) => (StatusCode::OK, "{\"status\":\"ok\"}"),
        Ok(Err(e)) => {
            tracing::error!(error = %e, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "{\"status\":\"database\"}")
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "{\"status\":\"timeout\"}"),
    };
    (
        status,
        [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        text,
    )
        .into_response()
}
