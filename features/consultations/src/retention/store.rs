//! Statements about retention. Disposal empties texts, hashes, notes and marks; codes stay, so that figures of old years do.

use kernel::{Date, OrganisationId, Time};
use store::{Conn, Editable, Error, Result, Tx};

use crate::model::ConsultationId;

store::ids! {
    /// A proposal to destroy texts.
    pub DisposalId;
}

store::statements! {
    pub RULES = "SELECT kind, years, basis, version FROM visible_consultation_retention WHERE tenant = :office";
    pub PUT_RULE = "INSERT INTO consultation_retention (tenant, kind, years, basis, by_name, saved_at, version)
        VALUES (:office, :kind, :years, :basis, :by, :now, 1)
        ON CONFLICT (tenant, kind) DO UPDATE SET years = excluded.years, basis = excluded.basis, by_name = excluded.by_name,
        saved_at = excluded.saved_at, version = consultation_retention.version + 1";
    pub PROPOSALS = "SELECT id, kind, before_on, years, basis, records, state, proposed_at, decided_by, decided_at, destroyed,
        done_at, version FROM visible_consultation_disposal WHERE tenant = :office ORDER BY proposed_at DESC, id LIMIT 100";
    pub EDITABLE = "SELECT id, level FROM visible_consultation_disposal WHERE id = :id";
    pub DECIDE = "UPDATE consultation_disposal SET state = :state, decided_by = :by, decided_at = :now, version = version + 1
        WHERE id = :id AND version = :seen AND state = 'proposed'";
    pub RULES_OF = "SELECT kind, years, basis FROM consultation_retention WHERE tenant = :office";
    pub OPEN_OF = "SELECT COUNT(*) FROM consultation_disposal WHERE tenant = :office AND kind = :kind
        AND state IN ('proposed', 'approved')";
    pub COUNT = "SELECT COUNT(*) FROM consultation c WHERE c.tenant = :office AND c.disposed_at IS NULL AND c.day < :before
        AND ((:kind = 'draft' AND c.state = 'draft') OR (c.state = 'closed' AND c.lane = :kind
          AND COALESCE(c.closed_at, 0) < :closed_before))
        AND NOT EXISTS (SELECT 1 FROM consultation_hold k WHERE k.consultation = c.id)";
    pub PROPOSE = "INSERT INTO consultation_disposal (id, tenant, kind, before_on, years, basis, records, state, proposed_at,
        decided_by, decided_at, destroyed, done_at, version) VALUES (:id, :office, :kind, :before, :years, :basis, :records,
        'proposed', :now, '', NULL, 0, NULL, 1)";
    pub APPROVED = "SELECT tenant, kind, before_on FROM consultation_disposal WHERE id = :id AND state = 'approved'";
    pub PART = "SELECT c.id FROM consultation c WHERE c.tenant = :office AND c.disposed_at IS NULL AND c.day < :before
        AND ((:kind = 'draft' AND c.state = 'draft') OR (c.state = 'closed' AND c.lane = :kind
          AND COALESCE(c.closed_at, 0) < :closed_before))
        AND NOT EXISTS (SELECT 1 FROM consultation_hold k WHERE k.consultation = c.id) ORDER BY c.id LIMIT 200";
    pub EMPTY_RECORDS = "UPDATE consultation SET texts = :none, caller_hash = NULL, person_hash = NULL, caller_provider = NULL,
        disposed_at = :now, changed_at = :now, version = version + 1 WHERE id IN LIST_ID(:ids)";
    pub EMPTY_EVENTS = "UPDATE consultation_event SET note = NULL WHERE consultation IN LIST_ID(:ids) AND note IS NOT NULL";
    pub EMPTY_STEPS = "UPDATE consultation_handover_step SET note = NULL, behalf = '' WHERE handover IN
        (SELECT h.id FROM consultation_handover h WHERE h.consultation IN LIST_ID(:ids))";
    pub EMPTY_HANDOVERS = "UPDATE consultation_handover SET texts = :none WHERE consultation IN LIST_ID(:ids)";
    pub DROP_MARKS = "DELETE FROM consultation_mark WHERE consultation IN LIST_ID(:ids)";
    pub COUNTED = "UPDATE consultation_disposal SET destroyed = destroyed + :count WHERE id = :id";
    pub DONE = "UPDATE consultation_disposal SET state = 'done', done_at = :now, version = version + 1
        WHERE id = :id AND state = 'approved'";
    pub PUT_HOLD = "INSERT INTO consultation_hold (consultation, tenant, reason, by_name, at)
        VALUES (:id, :office, :reason, :by, :now)
        ON CONFLICT (consultation) DO UPDATE SET reason = excluded.reason, by_name = excluded.by_name, at = excluded.at";
    pub DROP_HOLD = "DELETE FROM consultation_hold WHERE consultation = :id";
    pub HOLD_OF = "SELECT reason FROM visible_consultation_hold WHERE consultation = :id";
}

/// How long a kind is kept.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) kind: String,
    pub(crate) years: i64,
    pub(crate) basis: String,
}

/// The office's own rules.
pub(crate) fn rules(conn: &mut Conn, office: OrganisationId) -> Result<Vec<Rule>> {
    conn.all(&RULES, store::params! {"office" => office}, |row| {
        Ok(Rule {
            kind: row.get(0)?,
            years: row.get(1)?,
            basis: row.get(2)?,
        })
    })
}

pub(crate) fn put_rule(tx: &mut Tx, office: OrganisationId, rule: &Rule, by: &str) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "office" => office, "kind" => rule.kind, "years" => rule.years, "basis" => rule.basis, "by" => by, "now" => now,
    };
    tx.exec(&PUT_RULE, params).map(drop)
}

/// A proposal and what became of it.
#[derive(Clone, Debug)]
pub(crate) struct Disposal {
    pub(crate) id: DisposalId,
    pub(crate) kind: String,
    pub(crate) before: Date,
    pub(crate) years: i64,
    pub(crate) basis: String,
    pub(crate) records: i64,
    pub(crate) state: String,
    pub(crate) decided_by: String,
    pub(crate) destroyed: i64,
    pub(crate) done_at: Option<Time>,
    pub(crate) version: i64,
}

pub(crate) fn proposals(conn: &mut Conn, office: OrganisationId) -> Result<Vec<Disposal>> {
    conn.all(&PROPOSALS, store::params! {"office" => office}, |row| {
        Ok(Disposal {
            id: row.get(0)?,
            kind: row.get(1)?,
            before: row.get(2)?,
            years: row.get(3)?,
            basis: row.get(4)?,
            records: row.get(5)?,
            state: row.get(6)?,
            decided_by: row.get(8)?,
            destroyed: row.get(10)?,
            done_at: row.get(11)?,
            version: row.get(12)?,
        })
    })
}

/// Approves or refuses a proposal. False when somebody was faster.
pub(crate) fn decide(
    tx: &mut Tx,
    id: DisposalId,
    seen: i64,
    state: &str,
    by: &str,
) -> Result<bool> {
    let proof: Editable<DisposalId> =
        store::token::editable(tx, &EDITABLE, store::params! {"id" => id})?
            .ok_or(Error::NotFound)?;
    let now = tx.now();
    let params = store::params! {"id" => proof.id(), "seen" => seen, "state" => state, "by" => by, "now" => now};
    Ok(tx.exec(&DECIDE, params)? == 1)
}

/// Rules of any office, for the job.
pub(crate) fn rules_of(tx: &mut Tx, office: OrganisationId) -> Result<Vec<Rule>> {
    tx.all(&RULES_OF, store::params! {"office" => office}, |row| {
        Ok(Rule {
            kind: row.get(0)?,
            years: row.get(1)?,
            basis: row.get(2)?,
        })
    })
}

/// Proposes to destroy what is older than a day, unless a proposal is open or nothing is that old. Says how many records.
pub(crate) fn propose(
    tx: &mut Tx,
    id: DisposalId,
    office: OrganisationId,
    rule: &Rule,
    before: Date,
) -> Result<i64> {
    let open: i64 = tx.one(
        &OPEN_OF,
        store::params! {"office" => office, "kind" => rule.kind},
        |row| row.get(0),
    )?;
    let closed_before = Time::from_jst_date(before);
    let records: i64 = tx.one(
        &COUNT,
        store::params! {"office" => office, "kind" => rule.kind, "before" => before, "closed_before" => closed_before},
        |row| row.get(0),
    )?;
    if open > 0 || records == 0 {
        return Ok(0);
    }
    let now = tx.now();
    let params = store::params! {
        "id" => id, "office" => office, "kind" => rule.kind, "before" => before, "years" => rule.years, "basis" => rule.basis,
        "records" => records, "now" => now,
    };
    tx.exec(&PROPOSE, params)?;
    Ok(records)
}

/// An approved proposal: office, kind, day.
pub(crate) fn approved(
    tx: &mut Tx,
    id: DisposalId,
) -> Result<Option<(OrganisationId, String, Date)>> {
    tx.opt(&APPROVED, store::params! {"id" => id}, |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

/// Destroys the texts of the next records of an approved proposal; says how many it was, none when it is done.
pub(crate) fn destroy_part(
    tx: &mut Tx,
    id: DisposalId,
    (office, kind, before): (OrganisationId, &str, Date),
) -> Result<usize> {
    let closed_before = Time::from_jst_date(before);
    let list: Vec<ConsultationId> = tx.all(
        &PART,
        store::params! {"office" => office, "kind" => kind, "before" => before, "closed_before" => closed_before},
        |row| row.get(0),
    )?;
    let now = tx.now();
    if list.is_empty() {
        tx.exec(&DONE, store::params! {"id" => id, "now" => now})?;
        return Ok(0);
    }
    let none: Vec<u8> = Vec::new();
    let ids = || store::ids(&list);
    tx.exec(
        &EMPTY_RECORDS,
        store::params! {"ids" => ids(), "none" => none, "now" => now},
    )?;
    tx.exec(&EMPTY_EVENTS, store::params! {"ids" => ids()})?;
    tx.exec(&EMPTY_STEPS, store::params! {"ids" => ids()})?;
    tx.exec(
        &EMPTY_HANDOVERS,
        store::params! {"ids" => ids(), "none" => none},
    )?;
    tx.exec(&DROP_MARKS, store::params! {"ids" => ids()})?;
    let count = i64::try_from(list.len()).unwrap_or(i64::MAX);
    tx.exec(&COUNTED, store::params! {"id" => id, "count" => count})?;
    Ok(list.len())
}

/// Keeps a record although its time is over, or lets it go again (`None`).
pub(crate) fn put_hold(
    tx: &mut Tx,
    proof: Editable<ConsultationId>,
    office: OrganisationId,
    reason: Option<&str>,
    by: &str,
) -> Result<()> {
    let now = tx.now();
    match reason {
        Some(reason) => {
            let params = store::params! {
                "id" => proof.id(), "office" => office, "reason" => reason, "by" => by, "now" => now,
            };
            tx.exec(&PUT_HOLD, params).map(drop)
        }
        None => tx
            .exec(&DROP_HOLD, store::params! {"id" => proof.id()})
            .map(drop),
    }
}

/// Why a record is held.
pub(crate) fn hold_of(conn: &mut Conn, id: ConsultationId) -> Result<Option<String>> {
    conn.opt(&HOLD_OF, store::params! {"id" => id}, |row| row.get(0))
}
