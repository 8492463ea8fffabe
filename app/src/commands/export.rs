//! `renkei export`: the same files as the public pages give, without a browser.

use std::fs::File;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use futures_util::StreamExt;
use tower::ServiceExt;

use super::Outcome;
use crate::compose::{self, Fault};
use crate::config::Config;

/// Writes a published survey as json, csv or xlsx to `out` or to standard output, as it streams.
///
/// # Errors
/// When there is no such published survey or format, or the file cannot be written.
pub fn run(config: &Config, kind: &str, slug: &str, format: &str, out: Option<&Path>) -> Outcome {
    if kind != "survey" {
        return Err(format!("`{kind}`: only `survey` can be exported").into());
    }
    let missing = format!("No published survey `{slug}` as `{format}` (json, csv or xlsx).");
    send(config, &format!("/surveys/{slug}.{format}"), &missing, out)
}

/// Writes the public directory as csv, geojson or jsonld to `out` or to standard output, as it streams.
///
/// # Errors
/// When there is no such format, or the file cannot be written.
pub fn directory(config: &Config, format: &str, out: Option<&Path>) -> Outcome {
    let missing = format!("`{format}` is no format of the directory (csv, geojson or jsonld).");
    send(
        config,
        &format!("/opendata/directory.{format}"),
        &missing,
        out,
    )
}

/// Asks the application for a public file and writes it where it is wanted.
fn send(config: &Config, path: &str, missing: &str, out: Option<&Path>) -> Outcome {
    let (db, stamp) = compose::open_existing(config)?;
    compose::runtime()?.block_on(async {
        let app = compose::application(
            config,
            db.clone(),
            db.env().clone(),
            stamp,
            Default::default(),
        )?;
        let request = Request::get(format!("{}{path}", config.base_path))
            .extension(ConnectInfo(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))))
            .body(Body::empty())?;
        let response = web::app::router(app).oneshot(request).await?;
        if !response.status().is_success() {
            return Err(missing.into());
        }
        let mut target: Box<dyn Write> = match out {
            Some(path) => {
                Box::new(File::create_new(path).map_err(|e| format!("{}: {e}", path.display()))?)
            }
            None => Box::new(std::io::stdout()),
        };
        let mut body = response.into_body().into_data_stream();
        while let Some(piece) = body.next().await {
            target.write_all(&piece?)?;
        }
        target.flush()?;
        db.close().await?;
        Ok::<(), Fault>(())
    })
}
