//! Ordering and making an edition. The making is a job: the page of the order shows how it goes.

use std::time::Duration;

use kernel::Time;
use store::{
    Audit, Db, Outcome, Viewer,
    jobs::{JobContext, NewJob},
};

use super::{
    content::Part,
    gather::{Ask, gather, lang_of},
    store::{self as sql, Made, NewEdition, PrintId},
};

/// The kind of the job.
pub const JOB: &str = "directory.print";

/// Orders an edition.
///
/// # Errors
/// When the database fails.
pub async fn order(
    db: &Db,
    viewer: &Viewer,
    new: NewEdition,
    by: String,
) -> store::Result<PrintId> {
    let id = new.id;
    db.write(viewer, move |tx| {
        sql::insert(tx, &new, &by)?;
        let now = tx.now();
        tx.enqueue(NewJob {
            kind: JOB,
            key: format!("{JOB}:{}", new.id),
            payload: new.id.to_string(),
            run_at: now,
        })?;
        tx.audit(audit(
            "directory.print.order",
            &new.id,
            Some(new.ordered_by.uuid()),
        ))?;
        tx.changed(JOB, new.id.uuid(), None)
    })
    .await?;
    Ok(id)
}

fn audit(action: &'static str, id: &PrintId, subject: Option<kernel::Uuid>) -> Audit {
    Audit {
        action,
        table: "print_edition",
        id: Some(id.uuid()),
        subject,
        fields: Vec::new(),
        purpose: None,
        result: Outcome::Done,
    }
}

/// Does the job: reads, sets, keeps the file, writes what became of it.
///
/// # Errors
/// The reason, in words for the list of jobs; the edition shows it too.
pub async fn make(job: JobContext) -> Result<(), String> {
    let id: PrintId = job
        .payload
        .parse()
        .map_err(|_| "not an edition".to_owned())?;
    let base = job.state::<web::App>().map_or_else(String::new, |app| {
        app.public_url("").trim_end_matches('/').to_owned()
    });
    let result = make_edition(&job.db, id, &base, job.now).await;
    if let Err(error) = &result {
        let text: String = error.chars().take(2000).collect();
        let viewer = viewer(job.now);
        job.db
            .write::<_, store::Error>(&viewer, move |tx| {
                sql::failed(tx, id, &text)?;
                tx.audit(audit("directory.print.fail", &id, None))?;
                tx.changed(JOB, id.uuid(), None)
            })
            .await
            .map_err(|e| e.to_string())?;
    }
    result
}

fn viewer(now: Time) -> Viewer {
    Viewer::system("print the guide", now)
}

async fn make_edition(db: &Db, id: PrintId, base: &str, now: Time) -> Result<(), String> {
    let viewer = viewer(now);
    let text = |e: store::Error| e.to_string();
    let edition = db
        .read::<_, store::Error>(&viewer, move |conn| sql::edition(conn, id))
        .await
        .map_err(text)?
        .ok_or("the order is gone")?;
    // A job may run twice: what is done stays as it was printed.
    if edition.state == "done" {
        return Ok(());
    }
    db.write::<_, store::Error>(&viewer, move |tx| {
        sql::start(tx, id)?;
        tx.audit(audit("directory.print.start", &id, None))?;
        tx.changed(JOB, id.uuid(), None)
    })
    .await
    .map_err(text)?;
    let begin = db.env().now();
    let ask = Ask {
        part: Part::from_code(&edition.kind).ok_or("an unknown kind of document")?,
        scope: edition.scope.clone(),
        lang: lang_of(&edition.lang),
        day: edition.ordered_at.date_jst(),
        publisher: edition.publisher.clone(),
        base: base.to_owned(),
        edition: Some(id),
    };
    let gathered = gather(db, &viewer, ask)
        .await
        .map_err(text)?
        .ok_or("there is no such area any more")?;
    let missing = gathered
        .missing()
        .into_iter()
        .map(|(name, characters)| format!("{name}: {characters}"))
        .collect::<Vec<_>>()
        .join("\n");
    let document = gathered.document().map_err(|e| e.to_string())?;
    let printed = print::print(document).await.map_err(|e| e.to_string())?;
    let (bytes, pages) = (printed.pdf.len(), printed.pages);
    let blobs = db.blobs();
    let file = tokio::task::spawn_blocking(move || blobs.prepare(printed.pdf.as_slice()))
        .await
        .map_err(|e| e.to_string())?
        .map_err(text)?;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let changes = gathered.frame.changes.as_ref().map(|(_, c)| c);
    let millis =
        Duration::from_micros(u64::try_from(db.env().now().micros() - begin.micros()).unwrap_or(0));
    let made = Made {
        pages: count(pages),
        bytes: count(bytes),
        providers: count(gathered.book.count),
        missing: missing.chars().take(100_000).collect(),
        added: changes.map_or(0, |c| count(c.added.len())),
        changed: changes.map_or(0, |c| count(c.changed.len())),
        gone: changes.map_or(0, |c| count(c.gone.len())),
        millis: i64::try_from(millis.as_millis()).unwrap_or(i64::MAX),
        snapshot: serde_json::to_string(&gathered.book.snapshot).map_err(|e| e.to_string())?,
    };
    db.write::<_, store::Error>(&viewer, move |tx| {
        if sql::done(tx, id, file.id(), &made)? {
            store::blobs::attach(tx, &file)?;
            tx.audit(audit("directory.print.done", &id, None))?;
            tx.changed(JOB, id.uuid(), None)?;
        }
        Ok(())
    })
    .await
    .map_err(text)
}
