//! Every statement about requests to be called back.

use kernel::{AccountId, OrganisationId, Time};
use serde::{Deserialize, Serialize};
use store::{Conn, Editable, Error, InstallationKey, Result, Row, Tx};

use super::model::{Callback, CallbackId, Done, Hours, Outcome};

store::statements! {
    pub ADD = "INSERT INTO callback_request (id, tenant, municipality, texts, hours, channel, sender, received_at, promised_by,
        escalated_at, outcome, done_at, done_by, done_name, keep_until, consultation, fictional, version)
        VALUES (:id, :desk, :town, :texts, :hours, :channel, :sender, :now, :promised, NULL, '', NULL, NULL, '', NULL, NULL,
        :fictional, 1)";
    pub RECENT = "SELECT COUNT(*) FROM callback_request WHERE sender = :sender AND received_at > :since";
    pub LIST = "SELECT id, tenant, municipality, texts, hours, channel, received_at, promised_by, escalated_at, outcome, done_at,
        done_name, fictional, version FROM visible_callback_request WHERE tenant = :desk
        ORDER BY CASE WHEN done_at IS NULL THEN 0 ELSE 1 END, CASE WHEN done_at IS NULL THEN promised_by ELSE -done_at END, id
        LIMIT 200";
    pub OPEN = "SELECT promised_by FROM visible_callback_request WHERE tenant = :desk AND done_at IS NULL
        ORDER BY promised_by LIMIT 100";
    pub EDITABLE = "SELECT id, level FROM visible_callback_request WHERE id = :id";
    pub DONE = "UPDATE callback_request SET outcome = :outcome, done_at = :now, done_by = :by, done_name = :name,
        keep_until = :keep, sender = NULL, version = version + 1 WHERE id = :id AND version = :seen AND done_at IS NULL";
    pub ESCALATE = "UPDATE callback_request SET escalated_at = :now, version = version + 1
        WHERE id = :id AND done_at IS NULL AND escalated_at IS NULL AND promised_by <= :now";
    pub DESK_OF = "SELECT tenant FROM callback_request WHERE id = :id";
    pub DISPOSE = "DELETE FROM callback_request WHERE id = :id AND keep_until IS NOT NULL AND keep_until < :today";
}

/// What is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Texts {
    /// Whom to ask for.
    pub name: String,
    /// The number.
    pub number: String,
    /// Their words.
    pub words: String,
}

impl Texts {
    /// Encrypts; draws randomness, so before the write.
    ///
    /// # Errors
    /// [`Error::Key`] when the system gives no randomness.
    pub fn seal(&self, key: &InstallationKey, id: CallbackId) -> Result<Vec<u8>> {
        let json = serde_json::to_vec(self).map_err(|e| Error::Engine(e.to_string()))?;
        key.seal(&json, &format!("callback:{id}"))
    }

    fn open(key: &InstallationKey, id: CallbackId, sealed: &[u8]) -> Result<Self> {
        let plain = key.open(sealed, &format!("callback:{id}"))?;
        serde_json::from_slice(&plain).map_err(|e| Error::Key(e.to_string()))
    }
}

/// A request on its way in.
#[derive(Clone, Debug)]
pub struct New {
    /// Its id.
    pub id: CallbackId,
    /// The desk.
    pub desk: OrganisationId,
    /// 団体コード.
    pub town: String,
    /// Sealed texts.
    pub texts: Vec<u8>,
    /// When to call.
    pub hours: Hours,
    /// How it came.
    pub channel: super::model::Channel,
    /// Keyed hash of the address it was sent from; none for paper.
    pub sender: Option<Vec<u8>>,
    /// The promise.
    pub promised_by: Time,
    /// Invented.
    pub fictional: bool,
}

pub(crate) fn add(tx: &mut Tx, new: &New) -> Result<()> {
    let params = store::params! {
        "id" => new.id, "desk" => new.desk, "town" => new.town, "texts" => new.texts, "hours" => new.hours.code(),
        "channel" => new.channel.code(), "sender" => new.sender, "now" => tx.now(), "promised" => new.promised_by,
        "fictional" => new.fictional,
    };
    tx.exec(&ADD, params).map(drop)
}

/// How many requests came from an address since a moment. Needs a system viewer.
pub(crate) fn recent(conn: &mut Conn, sender: &[u8], since: Time) -> Result<i64> {
    conn.one(
        &RECENT,
        store::params! {"sender" => sender.to_vec(), "since" => since},
        |r| r.get(0),
    )
}

/// The requests of a desk: open ones by their promise, then the done ones, latest first.
///
/// # Errors
/// What the engine says, or [`Error::Key`].
pub fn list(conn: &mut Conn, key: &InstallationKey, desk: OrganisationId) -> Result<Vec<Callback>> {
    conn.all(&LIST, store::params! {"desk" => desk}, |row| read(row, key))
}

fn read(row: &Row<'_>, key: &InstallationKey) -> Result<Callback> {
    let id = row.get(0)?;
    let sealed: Vec<u8> = row.get(3)?;
    let texts = Texts::open(key, id, &sealed)?;
    let at: Option<Time> = row.get(10)?;
    let (outcome, by): (String, String) = (row.get(9)?, row.get(11)?);
    Ok(Callback {
        id,
        tenant: row.get(1)?,
        municipality: row.get(2)?,
        name: texts.name,
        number: texts.number,
        words: texts.words,
        hours: row.get(4)?,
        channel: row.get(5)?,
        received_at: row.get(6)?,
        promised_by: row.get(7)?,
        escalated_at: row.get(8)?,
        done: at.map(|at| Done { at, by, outcome }),
        fictional: row.get(12)?,
        version: row.get(13)?,
    })
}

/// The promises that are still open, earliest first.
pub(crate) fn open_promises(conn: &mut Conn, desk: OrganisationId) -> Result<Vec<Time>> {
    conn.all(&OPEN, store::params! {"desk" => desk}, |row| row.get(0))
}

pub(crate) fn editable(tx: &mut Tx, id: CallbackId) -> Result<Editable<CallbackId>> {
    store::token::editable(tx, &EDITABLE, store::params! {"id" => id})?.ok_or(Error::NotFound)
}

/// Stamps a request; `false` when somebody else did.
pub(crate) fn done(
    tx: &mut Tx,
    proof: Editable<CallbackId>,
    outcome: Outcome,
    (by, name): (Option<AccountId>, &str),
    seen: i64,
) -> Result<bool> {
    let now = tx.now();
    let params = store::params! {
        "id" => proof.id(), "outcome" => outcome.code(), "now" => now, "by" => by, "name" => name,
        "keep" => super::model::kept_until(now), "seen" => seen,
    };
    Ok(tx.exec(&DONE, params)? == 1)
}

/// Marks a broken promise; `false` when it was kept or marked before.
pub(crate) fn escalate(tx: &mut Tx, id: CallbackId) -> Result<bool> {
    Ok(tx.exec(&ESCALATE, store::params! {"id" => id, "now" => tx.now()})? == 1)
}

pub(crate) fn desk_of(conn: &mut Conn, id: CallbackId) -> Result<Option<OrganisationId>> {
    conn.opt(&DESK_OF, store::params! {"id" => id}, |r| r.get(0))
}

pub(crate) fn dispose(tx: &mut Tx, id: CallbackId) -> Result<bool> {
    let today = tx.now().date_jst();
    Ok(tx.exec(&DISPOSE, store::params! {"id" => id, "today" => today})? == 1)
}
