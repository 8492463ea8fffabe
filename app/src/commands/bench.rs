//! What `./bench` asks the binary for: the ceiling (a fixed string), the bare store, and data to measure with.

use std::time::Duration;

use ::store::bench::Plan;
use ::store::{Db, Options, Stamp};
use axum::Router;
use axum::routing::get;
use kernel::Env;
use serde_json::json;
use tokio::net::TcpListener;

use super::{Outcome, say};
use crate::compose::{self, Fault};
use crate::config::Config;

/// Serves a fixed string of 10 kB on the configured address: what the machine gives when the application does nothing.
///
/// # Errors
/// When the address is taken.
pub fn ceiling(config: &Config) -> Outcome {
    compose::runtime()?.block_on(async {
        let text: &'static str = Box::leak("0123456789".repeat(1024).into_boxed_str());
        let router = Router::new()
            .route("/healthz", get(|| async { "ok" }))
            .route("/fixed", get(move || async move { text }));
        axum::serve(TcpListener::bind(config.addr).await?, router).await?;
        Ok::<(), Fault>(())
    })
}

/// Measures the store alone in a scratch database: on SQLite a file beside the data, on PostgreSQL the database given,
/// which must be empty. Prints JSON: case and clients → rate (1/s), p50 and p99 (ms).
///
/// # Errors
/// When the scratch database cannot be used.
pub fn store(config: &Config, seconds: u64, clients: Vec<usize>) -> Outcome {
    let folder = config.data_dir.join("bench");
    std::fs::create_dir_all(&folder)?;
    let key = compose::key_or_new(config)?;
    let url = if config.is_postgres() {
        config.database_url.clone()
    } else {
        folder.join("bench.db").display().to_string()
    };
    let db = Db::open(
        Options::new(url, key, &folder, Env::system()),
        &[&::store::bench::SCHEMA],
    )?;
    db.migrate()?;
    let plan = Plan {
        each: Duration::from_secs(seconds),
        clients: clients.leak(),
        ..Plan::default()
    };
    let measured = compose::runtime()?.block_on(::store::bench::run(&db, plan))?;
    let ms = |us: u64| us as f64 / 1000.0;
    let all: serde_json::Map<_, _> = measured
        .into_iter()
        .map(|m| {
            let figures = json!({ "rate": m.per_second, "p50": ms(m.p50_us), "p99": ms(m.p99_us), "busy": m.busy });
            (format!("{} x{}", m.case, m.clients), figures)
        })
        .collect();
    say(serde_json::Value::Object(all));
    Ok(())
}

/// Loads an invented survey of that size into a demo database and publishes it.
///
/// # Errors
/// When the database is no demo.
pub fn survey(config: &Config, municipalities: usize, questions: usize) -> Outcome {
    let db = demo_only(config)?;
    compose::runtime()?.block_on(async {
        surveys::load_bench(&db, municipalities, questions)
            .await
            .map_err(|refusal| Fault::from(refusal.message(kernel::Lang::En)))?;
        db.close().await?;
        Ok::<(), Fault>(())
    })
}

/// Writes so many invented issues into a demo database.
///
/// # Errors
/// When the database is no demo.
pub fn entries(config: &Config, count: usize) -> Outcome {
    let db = demo_only(config)?;
    compose::runtime()?.block_on(async {
        programme::load_bench(&db, count).await?;
        db.close().await?;
        Ok::<(), Fault>(())
    })
}

/// Writes so many invented consultations into a demo database and says how many there are now of them.
///
/// # Errors
/// When the database is no demo.
pub fn consultations(config: &Config, count: usize) -> Outcome {
    let db = demo_only(config)?;
    compose::runtime()?.block_on(async {
        let written = consultations::load_bench(&db, count).await?;
        consultations::earlier::mark_missing(&db).await?;
        db.close().await?;
        say(written.to_string());
        Ok::<(), Fault>(())
    })
}

/// Makes accounts of an invented office and prints as JSON how each of them signs in.
///
/// # Errors
/// When the database is no demo.
pub fn accounts(config: &Config, count: usize) -> Outcome {
    let db = demo_only(config)?;
    compose::runtime()?.block_on(async {
        let logins = identity::demo::accounts_for_measuring(&db, count).await?;
        db.close().await?;
        say(serde_json::to_string(&logins)?);
        Ok::<(), Fault>(())
    })
}

/// Brings the directory of a demo database to so many providers, by copies of those that are there.
///
/// # Errors
/// When the database is no demo, or holds no provider.
pub fn directory(config: &Config, providers: usize) -> Outcome {
    let db = demo_only(config)?;
    compose::runtime()?.block_on(async {
        let added = directory::find::bench::fill(&db, providers).await?;
        db.close().await?;
        say(added);
        Ok::<(), Fault>(())
    })
}

fn demo_only(config: &Config) -> Result<Db, Fault> {
    let (db, stamp) = compose::open_existing(config)?;
    if stamp == Stamp::Demo {
        Ok(db)
    } else {
        Err("Only a demo database takes invented data.".into())
    }
}
