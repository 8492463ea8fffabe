//! The audit trail: one hash chain per writing connection, in the transaction of the write it tells about.
//!
//! Rows hold who, for whom, office, when, from where, purpose, action, result, table, id, and the names of fields with
//! keyed hashes of their old and new values: no content, so that disposing of a record never breaks the chain.

use kernel::{AccountId, OrganisationId, Time, Uuid};

pub use crate::seal::{Report, verify};
use crate::{
    db::Shared,
    error::{Error, Result},
    keys::{AuditKey, mac},
    row::Row,
    tx::Tx,
    viewer::{Kind, Viewer},
};

/// What happened, for the audit trail; who, for whom, when and from where come from the viewer.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// The action by its name: `areas.contact.save`.
    pub action: &'static str,
    /// The table it is about.
    pub table: &'static str,
    /// The row.
    pub id: Option<Uuid>,
    /// The person or organisation concerned.
    pub subject: Option<Uuid>,
    /// What changed; kept as names and keyed hashes.
    pub fields: Vec<FieldChange>,
    /// Why, in the words of the one who acts; only where a purpose is asked. No content of records.
    pub purpose: Option<String>,
    /// Done or refused.
    pub result: Outcome,
}

/// Old and new value of a field; only keyed hashes of them are kept.
#[derive(Clone, Debug)]
pub struct FieldChange {
    /// The field.
    pub name: &'static str,
    /// Its value before, `None` when there was none.
    pub old: Option<String>,
    /// Its value after, `None` when there is none.
    pub new: Option<String>,
}

/// How an action ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    #[default]
    Done,
    /// It was refused.
    Refused,
}

impl Audit {
    /// An action on a table, done; the rest is added with the functions below.
    #[must_use]
    pub fn new(action: &'static str, table: &'static str) -> Self {
        Self {
            action,
            table,
            ..Self::default()
        }
    }

    /// The row.
    #[must_use]
    pub fn id(mut self, id: impl Into<Uuid>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The person or organisation concerned.
    #[must_use]
    pub fn subject(mut self, subject: impl Into<Uuid>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// One field's old and new value.
    #[must_use]
    pub fn field<O: Into<String>, N: Into<String>>(
        mut self,
        name: &'static str,
        old: Option<O>,
        new: Option<N>,
    ) -> Self {
        self.fields.push(FieldChange {
            name,
            old: old.map(Into::into),
            new: new.map(Into::into),
        });
        self
    }

    /// Why.
    #[must_use]
    pub fn purpose(mut self, purpose: impl Into<String>) -> Self {
        self.purpose = Some(purpose.into());
        self
    }

    /// It was refused.
    #[must_use]
    pub fn refused(mut self) -> Self {
        self.result = Outcome::Refused;
        self
    }
}

impl Outcome {
    fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }
}

crate::statements! {
    BEGIN_CHAIN = "INSERT INTO audit_chain (chain, node, started, seal, hash) VALUES (:chain, :node, :started, :seal, :hash)";
    LATEST_SEAL = "SELECT hash FROM audit_seal ORDER BY number DESC LIMIT 1";
    APPEND = "INSERT INTO audit_event (chain, position, at, who, account, acting_for, organisation, address, action,
              about, row_id, subject, fields, purpose, outcome, hash)
              VALUES (:chain, :position, :at, :who, :account, :acting_for, :organisation, :address, :action,
              :about, :row_id, :subject, :fields, :purpose, :outcome, :hash)";
    pub(crate) EVENTS = "SELECT chain, position, at, who, account, acting_for, organisation, address, action, about,
              row_id, subject, fields, purpose, outcome, hash FROM audit_event ORDER BY chain, position";
    LATEST = "SELECT chain, position, at, who, account, acting_for, organisation, address, action, about,
              row_id, subject, fields, purpose, outcome, hash FROM audit_event
              WHERE at < :before AND (CAST(:account AS BLOB) IS NULL OR account = :account)
              ORDER BY at DESC, chain, position DESC LIMIT :count";
    ABOUT = "SELECT chain, position, at, who, account, acting_for, organisation, address, action, about,
              row_id, subject, fields, purpose, outcome, hash FROM audit_event
              WHERE (row_id = :id OR subject = :id) AND at < :before
              ORDER BY at DESC, chain, position DESC LIMIT :count";
}

/// The hash chain of one writing connection.
#[derive(Clone)]
pub(crate) struct Chain {
    id: Uuid,
    position: i64,
    head: [u8; 32],
    begun: bool,
}

impl Chain {
    pub(crate) fn new(shared: &Shared) -> Self {
        // Sorted by time like every id, but never the same twice: a fixed environment that is opened again must not
        // begin a chain that is there already.
        let mut id = *shared.env.uuid().as_bytes();
        if let Ok(bytes) = crate::keys::random::<8>() {
            id[8..].copy_from_slice(&bytes);
        }
        Self {
            id: Uuid::from_bytes(id),
            position: 0,
            head: [0; 32],
            begun: false,
        }
    }
}

/// The hash with which a chain begins.
pub(crate) fn first_link(
    key: &AuditKey,
    chain: Uuid,
    node: &str,
    started: Time,
    seal: &[u8],
) -> [u8; 32] {
    mac(
        key.link.as_slice(),
        &[
            b"chain",
            chain.as_bytes(),
            node.as_bytes(),
            &started.micros().to_be_bytes(),
            seal,
        ],
    )
}

/// One row of the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its chain.
    pub chain: Uuid,
    /// Its place in the chain, from 1.
    pub position: i64,
    /// When it was asked.
    pub at: Time,
    /// `account`, `public`, or `system: ` and the reason.
    pub who: String,
    /// The account.
    pub account: Option<AccountId>,
    /// The organisation that was acted for.
    pub acting_for: Option<OrganisationId>,
    /// The own organisation.
    pub organisation: Option<OrganisationId>,
    /// From where.
    pub address: String,
    /// What was done.
    pub action: String,
    /// The table.
    pub table: String,
    /// The row.
    pub id: Option<Uuid>,
    /// The person or organisation concerned.
    pub subject: Option<Uuid>,
    /// Names of fields and keyed hashes, as JSON.
    pub fields: String,
    /// Why.
    pub purpose: Option<String>,
    /// `done` or `refused`.
    pub outcome: String,
    pub(crate) hash: [u8; 32],
}

impl Event {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            chain: row.get(0)?,
            position: row.get(1)?,
            at: row.get(2)?,
            who: row.get(3)?,
            account: row.get(4)?,
            acting_for: row.get(5)?,
            organisation: row.get(6)?,
            address: row.get(7)?,
            action: row.get(8)?,
            table: row.get(9)?,
            id: row.get(10)?,
            subject: row.get(11)?,
            fields: row.get(12)?,
            purpose: row.get(13)?,
            outcome: row.get(14)?,
            hash: row.get(15)?,
        })
    }

    /// The hash this row must have after `previous`.
    pub(crate) fn link(&self, key: &AuditKey, previous: &[u8; 32]) -> [u8; 32] {
        let id = |id: Option<Uuid>| id.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
        // A purpose of "" is not the same as none.
        let purpose = self
            .purpose
            .as_ref()
            .map(|text| format!("={text}"))
            .unwrap_or_default();
        mac(
            key.link.as_slice(),
            &[
                previous,
                self.chain.as_bytes(),
                &self.position.to_be_bytes(),
                &self.at.micros().to_be_bytes(),
                self.who.as_bytes(),
                &id(self.account.map(|account| account.uuid())),
                &id(self.acting_for.map(|organisation| organisation.uuid())),
                &id(self.organisation.map(|organisation| organisation.uuid())),
                self.address.as_bytes(),
                self.action.as_bytes(),
                self.table.as_bytes(),
                &id(self.id),
                &id(self.subject),
                self.fields.as_bytes(),
                purpose.as_bytes(),
                self.outcome.as_bytes(),
            ],
        )
    }
}

/// The newest rows of the trail before a moment, for the audit viewer; of one account when given.
///
/// # Errors
/// What the engine says; only a system viewer may read.
pub fn latest(
    conn: &mut crate::Conn,
    account: Option<AccountId>,
    before: Time,
    count: i64,
) -> Result<Vec<Event>> {
    let params = crate::params! { "before" => before, "account" => account, "count" => count };
    conn.all(&LATEST, params, Event::read)
}

/// The newest rows about a record or person before a moment.
///
/// # Errors
/// What the engine says; only a system viewer may read.
pub fn about(conn: &mut crate::Conn, id: Uuid, before: Time, count: i64) -> Result<Vec<Event>> {
    conn.all(
        &ABOUT,
        crate::params! { "id" => id, "before" => before, "count" => count },
        Event::read,
    )
}

/// Appends a row to the chain of this connection, inside the write's transaction.
pub(crate) fn append(tx: &mut Tx, audit: &Audit) -> Result<()> {
    let shared = std::sync::Arc::clone(&tx.shared);
    if !tx.chain.begun {
        let seal = tx
            .conn
            .opt(&LATEST_SEAL, &[], |row| row.get::<Vec<u8>>(0))?
            .unwrap_or_default();
        let (id, started) = (tx.chain.id, tx.now());
        let hash = first_link(&shared.audit_key, id, &shared.node, started, &seal);
        tx.exec(
            &BEGIN_CHAIN,
            crate::params! {
                "chain" => id, "node" => shared.node, "started" => started, "seal" => seal, "hash" => hash,
            },
        )?;
        tx.chain.head = hash;
        tx.chain.begun = true;
    }
    let mut event = describe(tx.viewer(), audit, &shared.audit_key)?;
    event.chain = tx.chain.id;
    event.position = tx.chain.position + 1;
    event.hash = event.link(&shared.audit_key, &tx.chain.head);
    tx.exec(
        &APPEND,
        crate::params! {
            "chain" => event.chain, "position" => event.position, "at" => event.at, "who" => event.who,
            "account" => event.account, "acting_for" => event.acting_for, "organisation" => event.organisation,
            "address" => event.address, "action" => event.action, "about" => event.table, "row_id" => event.id,
            "subject" => event.subject, "fields" => event.fields, "purpose" => event.purpose,
            "outcome" => event.outcome, "hash" => event.hash,
        },
    )?;
    tx.chain.position = event.position;
    tx.chain.head = event.hash;
    Ok(())
}

/// The row without its place in a chain.
fn describe(viewer: &Viewer, audit: &Audit, key: &AuditKey) -> Result<Event> {
    let hashed = |name: &str, value: &Option<String>| {
        value.as_ref().map(|text| {
            // 16 of 32 bytes: enough to tell two values apart, half the space.
            data_encoding::HEXLOWER.encode(
                &mac(
                    key.value.as_slice(),
                    &[audit.table.as_bytes(), name.as_bytes(), text.as_bytes()],
                )[..16],
            )
        })
    };
    let fields: Vec<serde_json::Value> = audit
        .fields
        .iter()
        .map(|field| {
            serde_json::json!({
                "name": field.name, "old": hashed(field.name, &field.old), "new": hashed(field.name, &field.new),
            })
        })
        .collect();
    Ok(Event {
        chain: Uuid::nil(),
        position: 0,
        at: viewer.now(),
        who: match viewer.kind {
            Kind::Account(_) => "account".to_owned(),
            Kind::Public => "public".to_owned(),
            Kind::System(reason) => format!("system: {reason}"),
        },
        account: viewer.account(),
        acting_for: viewer.acting_for,
        organisation: viewer.organisation,
        address: viewer.from.clone(),
        action: audit.action.to_owned(),
        table: audit.table.to_owned(),
        id: audit.id,
        subject: audit.subject,
        fields: serde_json::to_string(&fields).map_err(|error| Error::Engine(error.to_string()))?,
        purpose: audit.purpose.clone(),
        outcome: audit.result.code().to_owned(),
        hash: [0; 32],
    })
}
