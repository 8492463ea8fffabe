//! A file on its way in: kept encrypted, read by a job page by page, each page laid at its record or in the tray.

use kernel::{AccountId, OrganisationId};
use sha2::{Digest, Sha256};
use store::{
    Audit, BlobId, Db, NewJob, Tx, Viewer,
    blobs::NewBlob,
    jobs::{BoxFuture, Handler, JobContext},
};

use crate::{
    code::ShortCode,
    model::{PageId, PaperId, ScanId, StepId},
    read::{self, Refusal},
    receiver,
    store::{self as sql, NewPage, NewPaper, NewScan, NewStep},
    straight::{Reading, straighten},
};

/// The job that reads a file.
const READ: &str = "inbox.read";
/// Its handler.
pub(crate) const HANDLER: Handler = Handler {
    kind: READ,
    max_attempts: 3,
    run: read_job,
};

/// How a file came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// Sent by hand.
    Hand,
    /// From the folder of the multifunction device.
    Folder,
}

impl Via {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Hand => "hand",
            Self::Folder => "folder",
        }
    }
}

/// What became of a file that was brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is being read.
    Reading(ScanId),
    /// The same file is in this tray already.
    Known,
    /// It was refused; the refusal is listed in the tray.
    Refused(Refusal),
}

/// A file that somebody or a folder brings.
#[derive(Clone, Debug)]
pub struct Brought {
    /// In whose tray; the caller has proved that it may write there.
    pub tenant: OrganisationId,
    /// By whom; `None` from a folder.
    pub by: Option<AccountId>,
    /// How.
    pub via: Via,
    /// Its name, for display only.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Takes a file in: what can be refused at once is refused, the rest is kept encrypted and read by a job.
///
/// # Errors
/// What the database or the folder of files says.
pub async fn take_in(db: &Db, viewer: &Viewer, brought: Brought) -> store::Result<Taken> {
    let id: ScanId = db.env().id();
    let length = brought.bytes.len() as i64;
    let (tenant, via, by) = (brought.tenant, brought.via, brought.by);
    let name: String = brought.name.chars().take(200).collect();
    let blobs = db.blobs();
    let looked = tokio::task::spawn_blocking(move || {
        let hash: String = Sha256::digest(&brought.bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let kept = match read::glance(&brought.bytes) {
            Ok(_) => Ok(blobs.prepare(brought.bytes.as_slice())?),
            Err(refusal) => Err(refusal),
        };
        Ok::<_, store::Error>((hash, kept))
    });
    let (hash, kept) = looked
        .await
        .map_err(|error| store::Error::Panicked(error.to_string()))??;
    let scan = NewScan {
        id,
        tenant,
        name,
        via,
        bytes: length,
        hash,
        by,
    };
    db.write(viewer, move |tx| match &kept {
        Err(refusal) => {
            sql::add_refused(tx, &scan, *refusal)?;
            record(tx, "inbox.scan.refuse", &scan)?;
            Ok(Taken::Refused(*refusal))
        }
        Ok(blob) => {
            if sql::known(tx, tenant, &scan.hash)? {
                return Ok(Taken::Known);
            }
            store::blobs::attach(tx, blob)?;
            sql::add_scan(tx, &scan, blob.id())?;
            record(tx, "inbox.scan", &scan)?;
            let now = tx.now();
            tx.enqueue(NewJob {
                kind: READ,
                key: format!("{READ}:{id}"),
                payload: id.to_string(),
                run_at: now,
            })?;
            Ok(Taken::Reading(id))
        }
    })
    .await
}

fn record(tx: &mut Tx, action: &'static str, scan: &NewScan) -> store::Result<()> {
    tx.audit(
        Audit::new(action, "inbox_scan")
            .id(scan.id)
            .subject(scan.tenant),
    )?;
    tx.changed("inbox", scan.tenant.into(), Some(scan.tenant))
}

/// A page that was read: its picture lies on disk, encrypted, and waits for the write that takes it.
#[derive(Clone)]
struct ReadPage {
    blob: NewBlob,
    width: i64,
    height: i64,
    reading: Reading,
}

/// Pages that belong together, before anybody has looked.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    code: Option<ShortCode>,
    blank: bool,
    /// Pages from 0.
    pages: Vec<usize>,
}

/// Pages with the same code one after the other are one paper. A blank page is the back of the one before it. Pages without a
/// code wait together, for a person to say where they belong.
fn groups(readings: &[Reading]) -> Vec<Group> {
    let mut all: Vec<Group> = Vec::new();
    for (at, reading) in readings.iter().enumerate() {
        let code = match reading {
            Reading::Code(code) => Some(*code),
            Reading::Blank | Reading::None => None,
        };
        let blank = *reading == Reading::Blank;
        match all.last_mut() {
            Some(last) if blank || (!last.blank && last.code == code) => last.pages.push(at),
            _ => all.push(Group {
                code,
                blank,
                pages: vec![at],
            }),
        }
    }
    all
}

fn read_job(cx: JobContext) -> BoxFuture<Result<(), String>> {
    Box::pin(async move {
        let id: ScanId = cx.payload.parse().map_err(|_| "not a scan".to_owned())?;
        read_scan(&cx.db, id).await.map_err(|e| e.to_string())
    })
}

fn viewer(db: &Db) -> Viewer {
    Viewer::system("paper tray", db.env().now())
}

async fn read_scan(db: &Db, id: ScanId) -> store::Result<()> {
    let found = db
        .read(&viewer(db), move |conn| sql::scan_to_read(conn, id))
        .await?;
    let Some((tenant, blob)) = found else {
        return Ok(());
    };
    let bytes = db.blobs().get(blob).await?;
    let (blobs, key) = (db.blobs(), db.key().clone());
    let work = move || {
        read::pages(bytes, move |picture| {
            let straight = straighten(picture, &key);
            let (width, height) = (straight.picture.width, straight.picture.height);
            let png = straight
                .picture
                .png()
                .map_err(|error| store::Error::File(error.to_string()))?;
            Ok::<_, store::Error>(ReadPage {
                blob: blobs.prepare(png.as_slice())?,
                width: i64::from(width),
                height: i64::from(height),
                reading: straight.reading,
            })
        })
    };
    let done = tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| store::Error::Panicked(error.to_string()))?;
    match done {
        Err(refusal) => refuse(db, id, tenant, blob, refusal).await,
        Ok(pages) => {
            let pages = pages.into_iter().collect::<store::Result<Vec<_>>>()?;
            keep(db, id, tenant, pages).await
        }
    }
}

async fn refuse(
    db: &Db,
    id: ScanId,
    tenant: OrganisationId,
    blob: BlobId,
    refusal: Refusal,
) -> store::Result<()> {
    db.write(&viewer(db), move |tx| {
        sql::refuse(tx, id, refusal)?;
        store::blobs::destroy(tx, blob)?;
        tx.audit(
            Audit::new("inbox.scan.refuse", "inbox_scan")
                .id(id)
                .subject(tenant),
        )?;
        tx.changed("inbox", tenant.into(), Some(tenant))
    })
    .await
}

async fn keep(
    db: &Db,
    scan: ScanId,
    tenant: OrganisationId,
    pages: Vec<ReadPage>,
) -> store::Result<()> {
    let readings: Vec<Reading> = pages.iter().map(|p| p.reading.clone()).collect();
    let env = db.env();
    let planned: Vec<(PaperId, StepId, StepId, Group, Vec<PageId>)> = groups(&readings)
        .into_iter()
        .map(|group| {
            let ids = group.pages.iter().map(|_| env.id()).collect();
            (env.id(), env.id(), env.id(), group, ids)
        })
        .collect();
    let count = pages.len() as i64;
    db.write(&viewer(db), move |tx| {
        if sql::scan_to_read(tx, scan)?.is_none() {
            return Ok(());
        }
        for (paper, arrived, filed, group, ids) in &planned {
            let code = group.code.map(ShortCode::plain).unwrap_or_default();
            let target = match group.code {
                Some(code) => sql::target_of(tx, tenant, code)?,
                None => None,
            };
            let new = NewPaper {
                id: *paper,
                tenant,
                scan,
                aside: group.blank,
                code,
            };
            sql::add_paper(tx, &new)?;
            sql::add_step(
                tx,
                &NewStep {
                    id: *arrived,
                    tenant,
                    paper: *paper,
                    what: "arrived",
                    page: 0,
                    target: None,
                    by: None,
                },
            )?;
            for (place, (at, id)) in group.pages.iter().zip(ids).enumerate() {
                let page = &pages[*at];
                store::blobs::attach(tx, &page.blob)?;
                sql::add_page(
                    tx,
                    &NewPage {
                        id: *id,
                        tenant,
                        paper: *paper,
                        place: place as i64,
                        number: *at as i64 + 1,
                        blob: page.blob.id(),
                        width: page.width,
                        height: page.height,
                        reading: match page.reading {
                            Reading::Code(_) => "code",
                            Reading::Blank => "blank",
                            Reading::None => "none",
                        },
                    },
                )?;
            }
            if let Some(target) = target {
                file_by_code(tx, *paper, tenant, &target, *filed)?;
            }
        }
        sql::scan_read(tx, scan, count)?;
        tx.audit(
            Audit::new("inbox.scan.read", "inbox_scan")
                .id(scan)
                .subject(tenant),
        )?;
        tx.changed("inbox", tenant.into(), Some(tenant))
    })
    .await
}

/// Lays a paper at the record its code names. Past the views: the code was signed by this installation for this office.
fn file_by_code(
    tx: &mut Tx,
    paper: PaperId,
    tenant: OrganisationId,
    target: &str,
    step: StepId,
) -> store::Result<()> {
    let Some((receiver, rest)) = receiver::of(target) else {
        return Ok(());
    };
    sql::file(tx, paper, target, "qr", None, receiver.keep_days)?;
    sql::add_step(
        tx,
        &NewStep {
            id: step,
            tenant,
            paper,
            what: "filed",
            page: 0,
            target: Some(target),
            by: None,
        },
    )?;
    if let Some(arrived) = receiver.arrived {
        arrived(tx, tenant, rest)?;
    }
    tx.audit(
        Audit::new("inbox.paper.file", "inbox_paper")
            .id(paper)
            .subject(tenant),
    )?;
    tx.changed("inbox_target", paper.into(), Some(tenant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_one_code_are_one_paper() {
        let (a, b) = (
            Reading::Code(crate::code::tests_code(1)),
            Reading::Code(crate::code::tests_code(2)),
        );
        let seen = |list: &[&Reading]| -> Vec<Vec<usize>> {
            let list: Vec<Reading> = list.iter().map(|r| (*r).clone()).collect();
            groups(&list).into_iter().map(|g| g.pages).collect()
        };
        let (none, blank) = (Reading::None, Reading::Blank);
        assert_eq!(seen(&[&a, &a, &b]), [vec![0, 1], vec![2]]);
        assert_eq!(seen(&[&a, &blank, &a, &blank]), [vec![0, 1, 2, 3]]);
        assert_eq!(
            seen(&[&none, &none, &a, &none]),
            [vec![0, 1], vec![2], vec![3]]
        );
        // A blank page before anything else is put aside, and nothing joins it.
        let list = groups(&[blank.clone(), none, a]);
        assert!(list[0].blank && list[0].pages == [0] && list.len() == 3);
        assert_eq!(groups(&[]), []);
    }
}
