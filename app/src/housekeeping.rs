//! What every node tidies up by itself: changes that every follower has read, jobs that were done long ago, files that
//! no row knows.

use std::time::Duration;

use store::{Db, Viewer};

/// How often.
const EVERY: Duration = Duration::from_secs(3600);
/// Followers re-read minutes, not days; a week lets a node come back from repair.
const CHANGES_DAYS: i64 = 7;
/// A job's key stays taken so long, so that nothing is sent twice after a restored backup.
const JOBS_DAYS: i64 = 90;

/// Tidies at start and every hour until the future is dropped. Failures are logged and tried again.
pub async fn run(db: Db) {
    loop {
        if let Err(error) = once(&db).await {
            tracing::warn!(%error, "housekeeping failed; it is tried again in an hour");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Tidies once: forgets changes older than a week, jobs done more than 90 days ago, pictures of papers whose time is over,
/// and files without a row.
///
/// # Errors
/// What the database or the folder of files says.
pub async fn once(db: &Db) -> store::Result<()> {
    let now = db.env().now();
    let (changes, jobs) = db
        .write(&Viewer::system("housekeeping", now), move |tx| {
            let changes = store::feed::prune(tx, now.plus_days(-CHANGES_DAYS))?;
            let jobs = store::jobs::prune(tx, now.plus_days(-JOBS_DAYS))?;
            Ok::<_, store::Error>((changes, jobs))
        })
        .await?;
    let papers = inbox::actions::dispose(db).await?;
    let files = db.blobs().sweep().await?;
    if changes + jobs + papers + files > 0 {
        tracing::info!(changes, jobs, papers, files, "housekeeping");
    }
    Ok(())
}
