//! Serving: the listener, the background work, and a clean end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use store::{Db, Stamp, Viewer};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::commands::say;
use crate::compose::{self, Fault};
use crate::config::Config;
use crate::housekeeping;
use crate::tls::{Peer, TlsListener, acceptor, with_peer};

/// How long open connections may take to end.
const GRACE: Duration = Duration::from_secs(3);

/// Serves until Ctrl-C or SIGTERM: answers what has begun, seals the audit trail, closes the database.
///
/// # Errors
/// When the address is taken, a setting cannot be used, or the last writes cannot be brought to the disk.
pub async fn serve(config: Config, db: Db, stamp: Stamp) -> Result<(), Fault> {
    if stamp == Stamp::Demo && !config.addr.ip().is_loopback() {
        return Err("A demo listens on this machine only: anyone may sign in as anyone.".into());
    }
    if db.moved().await? {
        return Err("This database was moved with `renkei move-db`: set RENKEI_DATABASE_URL to the new one.".into());
    }
    let now = db.env().now();
    let area = db
        .read(&Viewer::public(now), areas::store::area_name)
        .await?;
    let app = compose::application(&config, db.clone(), db.env().clone(), stamp, area)?;
    let router = web::app::router(app.clone());

    let runner = tokio::spawn({
        let runner = store::jobs::Runner::new(db.clone(), app.jobs(), Arc::new(app.clone()));
        async move { runner.run().await }
    });
    let sealing = tokio::spawn({
        let db = db.clone();
        async move { db.keep_sealing().await }
    });

    let tidying = tokio::spawn(housekeeping::run(db.clone()));
    let backing_up = compose::backup_places(&config)
        .map(|places| tokio::spawn(crate::backups::run(db.clone(), places)));

    let scanning = config
        .scan_dir
        .clone()
        .map(|folder| tokio::spawn(crate::scans::run(db.clone(), folder)));

    let tcp = TcpListener::bind(config.addr).await.map_err(|e| {
        format!(
            "{} cannot be used: {e}. Set RENKEI_ADDR to another port.",
            config.addr
        )
    })?;
    say(format_args!(
        "Renkei is ready: {}{}",
        config.base_url, config.base_path
    ));
    tracing::info!(addr = %config.addr, engine = ?db.engine(), "serving");

    let (stop, mut stopped) = watch::channel(false);
    let ending = async move {
        wait_for_signal().await;
        let _ = stop.send(true);
    };
    let serving = async {
        match &config.tls {
            Some((cert, key)) => {
                let listener = TlsListener::new(tcp, acceptor(cert, key)?)?;
                let service = with_peer(router).into_make_service_with_connect_info::<Peer>();
                axum::serve(listener, service)
                    .with_graceful_shutdown(ending)
                    .await
            }
            None => {
                let service = router.into_make_service_with_connect_info::<SocketAddr>();
                axum::serve(tcp, service)
                    .with_graceful_shutdown(ending)
                    .await
            }
        }
    };
    // What has begun is answered; live streams would keep the process for ever, so the wait has an end.
    let patience = async {
        let _ = stopped.wait_for(|s| *s).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        ended = serving => ended?,
        () = patience => {}
    }
    runner.abort();
    sealing.abort();
    tidying.abort();
    for task in [backing_up, scanning].into_iter().flatten() {
        task.abort();
    }
    db.close().await?;
    Ok(())
}

async fn wait_for_signal() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
