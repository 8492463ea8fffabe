//! Statements that find again, and the marks' upkeep.

use kernel::{OrganisationId, Time};
use store::{
    Conn, Db, Error, Result, Tx, Viewer,
    jobs::{BoxFuture, Handler, JobContext, NewJob},
};

use super::mark::{Mark, Marker};
use crate::{
    consultation_select,
    model::{Consultation, ConsultationId},
    sealed::Texts,
    store::read,
};

store::statements! {
    pub OWN_HASHES = "SELECT c.caller_hash, c.person_hash FROM visible_consultation c WHERE c.id = :id AND c.tenant = :desk";
    pub SAME_CALLER = consultation_select!("WHERE c.tenant = :desk AND c.caller_hash = :hash AND c.id <> :id AND c.state <> 'draft'
        ORDER BY c.received_at DESC LIMIT 8");
    pub SAME_PERSON = consultation_select!("WHERE c.tenant = :desk AND c.person_hash = :hash AND c.id <> :id AND c.state <> 'draft'
        ORDER BY c.received_at DESC LIMIT 8");
    pub CANDIDATES = "SELECT k.consultation, k.received_at FROM visible_consultation_mark k WHERE k.tenant = :desk
        AND k.received_at >= :from AND k.received_at < :before AND (k.m0 & :m0) = :m0 AND (k.m1 & :m1) = :m1
        AND (k.m2 & :m2) = :m2 AND (k.m3 & :m3) = :m3 AND (k.m4 & :m4) = :m4 AND (k.m5 & :m5) = :m5 AND (k.m6 & :m6) = :m6
        AND (k.m7 & :m7) = :m7 ORDER BY k.received_at DESC LIMIT :count";
    pub BY_IDS = consultation_select!("WHERE c.id IN LIST_ID(:ids) AND c.tenant = :desk AND c.state <> 'draft'
        ORDER BY c.received_at DESC");
    pub PUT_MARK = "INSERT INTO consultation_mark (consultation, tenant, received_at, m0, m1, m2, m3, m4, m5, m6, m7)
        VALUES (:id, :desk, :received_at, :m0, :m1, :m2, :m3, :m4, :m5, :m6, :m7)
        ON CONFLICT (consultation) DO UPDATE SET received_at = excluded.received_at, m0 = excluded.m0, m1 = excluded.m1,
        m2 = excluded.m2, m3 = excluded.m3, m4 = excluded.m4, m5 = excluded.m5, m6 = excluded.m6, m7 = excluded.m7";
    pub UNMARKED = "SELECT c.id, c.tenant, c.received_at, c.texts FROM consultation c
        WHERE c.id > :after AND c.disposed_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM consultation_mark k WHERE k.consultation = c.id) ORDER BY c.id LIMIT 500";
}

/// Why an earlier call is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Same {
    Person,
    Caller,
}

/// Earlier calls of the desk about the same pseudonym or from the same number, newest first; the person's before the number's.
pub(crate) fn earlier(
    conn: &mut Conn,
    desk: OrganisationId,
    id: ConsultationId,
) -> Result<Vec<(Same, Consultation)>> {
    let hashes = conn.opt(
        &OWN_HASHES,
        store::params! {"id" => id, "desk" => desk},
        |row| {
            Ok((
                row.get::<Option<Vec<u8>>>(0)?,
                row.get::<Option<Vec<u8>>>(1)?,
            ))
        },
    )?;
    let (caller, person) = hashes.ok_or(Error::NotFound)?;
    let mut found: Vec<(Same, Consultation)> = Vec::new();
    if let Some(hash) = person {
        let params = store::params! {"desk" => desk, "hash" => hash, "id" => id};
        let list = conn.all(&SAME_PERSON, params, read)?;
        found.extend(list.into_iter().map(|one| (Same::Person, one)));
    }
    if let Some(hash) = caller {
        let params = store::params! {"desk" => desk, "hash" => hash, "id" => id};
        let list = conn.all(&SAME_CALLER, params, read)?;
        let fresh: Vec<Consultation> = list
            .into_iter()
            .filter(|one| !found.iter().any(|(_, known)| known.id == one.id))
            .collect();
        found.extend(fresh.into_iter().map(|one| (Same::Caller, one)));
    }
    Ok(found)
}

/// Records whose mark may hold what is asked, newest first: id and time.
pub(crate) fn candidates(
    conn: &mut Conn,
    desk: OrganisationId,
    asked: &Mark,
    (from, before): (Time, Time),
    count: i64,
) -> Result<Vec<(ConsultationId, Time)>> {
    let m = asked.0;
    let params = store::params! {
        "desk" => desk, "from" => from, "before" => before, "m0" => m[0], "m1" => m[1], "m2" => m[2], "m3" => m[3],
        "m4" => m[4], "m5" => m[5], "m6" => m[6], "m7" => m[7], "count" => count,
    };
    conn.all(&CANDIDATES, params, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The records themselves, read through the viewer's own view.
pub(crate) fn by_ids(
    conn: &mut Conn,
    desk: OrganisationId,
    ids: &[ConsultationId],
) -> Result<Vec<Consultation>> {
    conn.all(
        &BY_IDS,
        store::params! {"desk" => desk, "ids" => store::ids(ids)},
        read,
    )
}

/// Writes the mark of a record, in the transaction that saves its texts.
///
/// # Errors
/// What the engine says.
pub fn put_mark(
    tx: &mut Tx,
    id: ConsultationId,
    desk: OrganisationId,
    received_at: Time,
    mark: &Mark,
) -> Result<()> {
    let m = mark.0;
    let params = store::params! {
        "id" => id, "desk" => desk, "received_at" => received_at, "m0" => m[0], "m1" => m[1], "m2" => m[2], "m3" => m[3],
        "m4" => m[4], "m5" => m[5], "m6" => m[6], "m7" => m[7],
    };
    tx.exec(&PUT_MARK, params).map(drop)
}

/// The texts of a record that a search looks through.
#[must_use]
pub fn searched(texts: &Texts) -> [&str; 8] {
    [
        &texts.asked,
        &texts.answer,
        &texts.caller_name,
        &texts.caller_office,
        &texts.caller_phone,
        &texts.person,
        &texts.place,
        &texts.outcome,
    ]
}

/// Marks records that came without one (an import, the demo, the bench), 500 in a transaction. Says how many.
///
/// # Errors
/// What the engine says.
pub async fn mark_missing(db: &Db) -> Result<u64> {
    let mut after = ConsultationId::new(kernel::Uuid::nil());
    let mut done = 0;
    loop {
        let viewer = Viewer::system("search marks", db.env().now());
        let part: Vec<(ConsultationId, OrganisationId, Time, Vec<u8>)> = db
            .read(&viewer, move |conn| {
                conn.all(&UNMARKED, store::params! {"after" => after}, |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })
            })
            .await?;
        let Some(last) = part.last() else {
            return Ok(done);
        };
        after = last.0;
        let mut markers: std::collections::HashMap<OrganisationId, Marker<'_>> =
            std::collections::HashMap::new();
        let mut marks = Vec::with_capacity(part.len());
        for (id, desk, at, sealed) in &part {
            let texts = Texts::open(db.key(), *id, sealed)?;
            let marker = markers
                .entry(*desk)
                .or_insert_with(|| Marker::new(db.key(), *desk));
            marks.push((*id, *desk, *at, marker.mark(searched(&texts))));
        }
        done += marks.len() as u64;
        db.write(&viewer, move |tx| {
            for (id, desk, at, mark) in &marks {
                put_mark(tx, *id, *desk, *at, mark)?;
            }
            Ok::<_, Error>(())
        })
        .await?;
    }
}

/// The job that marks what came without a mark.
pub(crate) const HANDLER: Handler = Handler {
    kind: KIND,
    max_attempts: 5,
    run,
};

const KIND: &str = "consultations.mark";

/// Leaves the marking to a job, in the transaction that brought the records. `key` names what brought them.
///
/// # Errors
/// What the engine says.
pub fn plan(tx: &mut Tx, key: &str) -> Result<()> {
    let now = tx.now();
    tx.enqueue(NewJob {
        kind: KIND,
        key: format!("consultations.mark:{key}"),
        payload: String::new(),
        run_at: now,
    })
}

fn run(job: JobContext) -> BoxFuture<std::result::Result<(), String>> {
    Box::pin(async move {
        mark_missing(&job.db)
            .await
            .map(drop)
            .map_err(|error| error.to_string())
    })
}
