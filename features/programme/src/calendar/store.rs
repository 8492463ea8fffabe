//! Every statement about duties and their notes.

use kernel::{Date, OrganisationId, Time};
use store::{Conn, Level, Result, Tx};

use super::model::{Done, Own};

store::statements! {
    pub STANDING = "SELECT d.key, d.month, d.title, d.version, '' AS day FROM visible_duty d WHERE d.tenant = :tenant
        UNION ALL
        SELECT n.key, n.fiscal_year, '', 0, n.done_on FROM visible_duty_done n
        WHERE n.tenant = :tenant AND n.fiscal_year >= :year - 1 AND n.fiscal_year <= :year";
    pub MARK = "INSERT INTO duty_done (tenant, key, fiscal_year, done_on, by_name) VALUES (:tenant, :key, :year, :day, :by)
        ON CONFLICT (tenant, key, fiscal_year) DO UPDATE SET done_on = excluded.done_on, by_name = excluded.by_name";
    pub UNMARK = "DELETE FROM duty_done WHERE tenant = :tenant AND key = :key AND fiscal_year = :year";
    pub PUT = "INSERT INTO duty (tenant, key, month, title, version, saved_at) VALUES (:tenant, :key, :month, :title, 1, :now)
        ON CONFLICT (tenant, key) DO UPDATE SET month = excluded.month, title = excluded.title, version = duty.version + 1,
        saved_at = excluded.saved_at";
    pub DROP_OWN = "DELETE FROM duty WHERE tenant = :tenant AND key = :key";
    pub NOTES = "SELECT n.version, n.body, n.by_name, n.saved_at FROM visible_duty_note n
        WHERE n.tenant = :tenant AND n.key = :key ORDER BY n.version DESC LIMIT 50";
    pub ALL_NOTES = "SELECT n.key, n.version, n.body, n.by_name, n.saved_at FROM visible_duty_note n
        WHERE n.tenant = :tenant AND n.version = (SELECT MAX(x.version) FROM visible_duty_note x
          WHERE x.tenant = n.tenant AND x.key = n.key) ORDER BY n.key";
    pub ADD_NOTE = "INSERT INTO duty_note (tenant, key, version, body, by_name, saved_at)
        VALUES (:tenant, :key, :version, :body, :by, :now)";
}

/// What an office recorded about its duties: own and moved ones, and what was done this year and last year.
pub(crate) fn standing(
    conn: &mut Conn,
    tenant: OrganisationId,
    year: i32,
) -> Result<(Vec<Own>, Vec<Done>)> {
    let (mut own, mut done) = (Vec::new(), Vec::new());
    conn.each(
        &STANDING,
        store::params! {"tenant" => tenant, "year" => year},
        |row| {
            let (key, number, day): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(4)?);
            match day.parse::<Date>() {
                Ok(on) => done.push(Done {
                    key,
                    year: i32::try_from(number).unwrap_or(0),
                    on,
                }),
                Err(_) => own.push(Own {
                    key,
                    month: number,
                    title: row.get(2)?,
                    version: row.get(3)?,
                }),
            }
            Ok(())
        },
    )?;
    Ok((own, done))
}

/// Proof that the account may write for this office: these tables have no row before the first write.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Writer(OrganisationId);

/// `None` when the account may not write for it.
pub(crate) fn writer(tx: &mut Tx, tenant: OrganisationId) -> Result<Option<Writer>> {
    let level = crate::store::writes::level(tx, tenant)?;
    Ok(level
        .filter(|level| *level >= Level::Edit)
        .map(|_| Writer(tenant)))
}

/// The writer of the demo's own records.
pub(crate) fn demo_writer(tenant: OrganisationId) -> Writer {
    Writer(tenant)
}

pub(crate) fn mark(
    tx: &mut Tx,
    who: Writer,
    key: &str,
    year: i32,
    done: Option<(Date, &str)>,
) -> Result<()> {
    match done {
        Some((day, by)) => {
            let params = store::params! {"tenant" => who.0, "key" => key, "year" => year, "day" => day, "by" => by};
            tx.exec(&MARK, params).map(drop)
        }
        None => tx
            .exec(
                &UNMARK,
                store::params! {"tenant" => who.0, "key" => key, "year" => year},
            )
            .map(drop),
    }
}

pub(crate) fn put(tx: &mut Tx, who: Writer, key: &str, month: i64, title: &str) -> Result<()> {
    let now = tx.now();
    let params = store::params! {"tenant" => who.0, "key" => key, "month" => month, "title" => title, "now" => now};
    tx.exec(&PUT, params).map(drop)
}

pub(crate) fn drop_own(tx: &mut Tx, who: Writer, key: &str) -> Result<()> {
    tx.exec(&DROP_OWN, store::params! {"tenant" => who.0, "key" => key})
        .map(drop)
}

/// A saved text of a note.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) key: String,
    pub(crate) version: i64,
    pub(crate) body: String,
    pub(crate) by: String,
    pub(crate) saved_at: Time,
}

/// All texts of a note, the one that holds first.
pub(crate) fn notes(conn: &mut Conn, tenant: OrganisationId, key: &str) -> Result<Vec<Note>> {
    let owned = key.to_owned();
    conn.all(
        &NOTES,
        store::params! {"tenant" => tenant, "key" => key},
        |row| {
            Ok(Note {
                key: owned.clone(),
                version: row.get(0)?,
                body: row.get(1)?,
                by: row.get(2)?,
                saved_at: row.get(3)?,
            })
        },
    )
}

/// The texts that hold, of all duties of an office.
pub(crate) fn all_notes(conn: &mut Conn, tenant: OrganisationId) -> Result<Vec<Note>> {
    conn.all(&ALL_NOTES, store::params! {"tenant" => tenant}, |row| {
        Ok(Note {
            key: row.get(0)?,
            version: row.get(1)?,
            body: row.get(2)?,
            by: row.get(3)?,
            saved_at: row.get(4)?,
        })
    })
}

pub(crate) fn add_note(tx: &mut Tx, who: Writer, note: &Note) -> Result<()> {
    let params = store::params! {
        "tenant" => who.0, "key" => note.key, "version" => note.version, "body" => note.body, "by" => note.by,
        "now" => note.saved_at,
    };
    tx.exec(&ADD_NOTE, params).map(drop)
}
