//! What people do with the life of a record, each in one write.

use kernel::Date;
use serde::{Deserialize, Serialize};
use store::{Audit, Db, FieldChange, Outcome, Result, Tx, Viewer};

use super::{
    Decider,
    store::{self as sql, Event, EventId, NewPlace},
    taken::{self, Taken},
};
use crate::model::{Provider, ProviderId, Status};

/// One step as the history keeps it, so that it can be taken back.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    life: Before,
    taken: Option<Taken>,
}

/// How the record stood before.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Before {
    status: String,
    day: Option<String>,
    next: Option<String>,
    /// The new record was made by this step.
    made: bool,
}

/// Where a record goes.
#[derive(Clone, Debug)]
pub(super) enum Next {
    /// Nowhere.
    None,
    /// To a record that is there.
    Record(ProviderId),
    /// To a new address.
    Place(NewPlace),
}

/// One step as it was typed and checked.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) id: ProviderId,
    pub(super) seen: i64,
    pub(super) status: Status,
    pub(super) day: Option<Date>,
    pub(super) note: String,
    pub(super) next: Next,
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Done {
    /// It is so now.
    Saved,
    /// Somebody saved in between.
    Conflict,
    /// Not theirs, or not there.
    NotYours,
}

fn what(status: Status) -> (&'static str, &'static str) {
    match status {
        Status::Open => ("reopened", "directory.life.reopen"),
        Status::Suspended => ("suspended", "directory.life.suspend"),
        Status::Closed => ("closed", "directory.life.close"),
        Status::Moved => ("moved", "directory.life.move"),
        Status::Merged => ("merged", "directory.life.merge"),
    }
}

fn audit(
    tx: &mut Tx,
    action: &'static str,
    id: ProviderId,
    old: Status,
    new: Status,
) -> Result<()> {
    tx.audit(Audit {
        action,
        table: "provider",
        id: Some(kernel::AnyId::uuid(&id)),
        subject: None,
        fields: vec![FieldChange {
            name: "status",
            old: Some(old.code().to_owned()),
            new: Some(new.code().to_owned()),
        }],
        purpose: None,
        result: Outcome::Done,
    })
}

/// Writes a step: status, successor, what goes over, history.
pub(super) async fn step(db: &Db, viewer: &Viewer, who: Decider, step: Step) -> Result<Done> {
    let events: [EventId; 2] = [db.env().id(), db.env().id()];
    let today = db.env().now().date_jst();
    db.write(viewer, move |tx| {
        let Some(provider) = crate::store::provider(tx, step.id)? else {
            return Ok(Done::NotYours);
        };
        if !super::may(tx, &who, &provider)? {
            return Ok(Done::NotYours);
        }
        if provider.version != step.seen || !provider.status.may_become(step.status) {
            return Ok(Done::Conflict);
        }
        apply(tx, &who, &provider, &step, (&events, today))
    })
    .await
}

fn apply(
    tx: &mut Tx,
    who: &Decider,
    provider: &Provider,
    step: &Step,
    (events, today): (&[EventId; 2], Date),
) -> Result<Done> {
    let (word, action) = what(step.status);
    let to = match &step.next {
        Next::None => None,
        Next::Record(id) => Some(*id),
        Next::Place(place) => {
            sql::copy(tx, provider.id, place, (step.day.unwrap_or(today), &who.by))?;
            Some(place.id)
        }
    };
    let to = match to {
        None => None,
        Some(id) => {
            let found = crate::store::provider(tx, id)?;
            let Some(to) = found.filter(|to| to.status.is_listed() && to.id != provider.id) else {
                return Ok(Done::Conflict);
            };
            Some(to)
        }
    };
    let next = to.as_ref().map(|to| to.id);
    if !sql::set_status(tx, provider.id, step.seen, (step.status, step.day, next))? {
        return Ok(Done::Conflict);
    }
    let mut kept = Kept {
        life: Before {
            status: provider.status.code().to_owned(),
            day: provider.status_on.map(|d| d.to_string()),
            next: provider.successor.map(|id| id.to_string()),
            made: matches!(step.next, Next::Place(_)),
        },
        taken: None,
    };
    if let Some(to) = &to {
        kept.taken = Some(taken::take(
            tx,
            provider,
            to,
            step.status == Status::Merged,
        )?);
        sql::add_event(
            tx,
            &Event {
                id: events[1],
                provider: to.id,
                what: word,
                day: step.day,
                note: &format!("\u{2190} {}", provider.name),
                fields: "",
                by: &who.by,
            },
        )?;
        tx.changed("provider", kernel::AnyId::uuid(&to.id), None)?;
    }
    sql::add_event(
        tx,
        &Event {
            id: events[0],
            provider: provider.id,
            what: word,
            day: step.day,
            note: &step.note,
            fields: &serde_json::to_string(&kept).unwrap_or_default(),
            by: &who.by,
        },
    )?;
    audit(tx, action, provider.id, provider.status, step.status)?;
    tx.changed("provider", kernel::AnyId::uuid(&provider.id), None)?;
    Ok(Done::Saved)
}

/// Takes the newest step of a record back.
pub(super) async fn undo(
    db: &Db,
    viewer: &Viewer,
    who: Decider,
    id: ProviderId,
    seen: i64,
) -> Result<Done> {
    let events: [EventId; 2] = [db.env().id(), db.env().id()];
    db.write(viewer, move |tx| {
        let Some(provider) = crate::store::provider(tx, id)? else {
            return Ok(Done::NotYours);
        };
        if !super::may(tx, &who, &provider)? {
            return Ok(Done::NotYours);
        }
        if provider.version != seen {
            return Ok(Done::Conflict);
        }
        back(tx, &who, &provider, &events)
    })
    .await
}

fn back(tx: &mut Tx, who: &Decider, provider: &Provider, events: &[EventId; 2]) -> Result<Done> {
    let Some((event, _, fields)) = sql::last_event(tx, provider.id)? else {
        return Ok(Done::Conflict);
    };
    let kept: Kept = serde_json::from_str(&fields).unwrap_or_default();
    let Some(status) = Status::from_code(&kept.life.status) else {
        return Ok(Done::Conflict);
    };
    let day = kept
        .life
        .day
        .as_deref()
        .and_then(|d| kernel::wareki::parse_date(d).ok());
    let next = kept.life.next.as_deref().and_then(|id| id.parse().ok());
    if let (Some(taken), Some(successor)) = (&kept.taken, provider.successor)
        && let Some(to) = crate::store::provider(tx, successor)?
    {
        taken::give_back(tx, provider.id, &to, taken)?;
        if kept.life.made {
            // The record of an address that was a mistake leads back: somebody may have printed it.
            let to = crate::store::provider(tx, successor)?.unwrap_or(to);
            sql::set_status(
                tx,
                successor,
                to.version,
                (Status::Merged, None, Some(provider.id)),
            )?;
        }
        let pair = (provider.id.min(successor), provider.id.max(successor));
        sql::reopen(tx, pair, "same")?;
        undone(tx, who, (events[1], successor), &provider.name)?;
    }
    if !sql::set_status(tx, provider.id, provider.version, (status, day, next))? {
        return Ok(Done::Conflict);
    }
    sql::spend(tx, event)?;
    undone(tx, who, (events[0], provider.id), "")?;
    audit(
        tx,
        "directory.life.undo",
        provider.id,
        provider.status,
        status,
    )?;
    Ok(Done::Saved)
}

fn undone(
    tx: &mut Tx,
    who: &Decider,
    (id, provider): (EventId, ProviderId),
    note: &str,
) -> Result<()> {
    sql::add_event(
        tx,
        &Event {
            id,
            provider,
            what: "undone",
            day: None,
            note,
            fields: "",
            by: &who.by,
        },
    )?;
    tx.changed("provider", kernel::AnyId::uuid(&provider), None)
}

/// What a person says of two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// One office; this record stays.
    Same(ProviderId),
    /// Two offices.
    Different,
}

/// Two records and the versions that were seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Two {
    pub(super) ids: [ProviderId; 2],
    pub(super) seen: [i64; 2],
}

/// Remembers what a person said of two records, and puts them together where they are one.
pub(super) async fn decide(
    db: &Db,
    viewer: &Viewer,
    who: Decider,
    two: Two,
    verdict: Verdict,
) -> Result<Done> {
    let events: [EventId; 2] = [db.env().id(), db.env().id()];
    let today = db.env().now().date_jst();
    db.write(viewer, move |tx| {
        let mut both = Vec::new();
        for id in two.ids {
            let Some(provider) = crate::store::provider(tx, id)? else {
                return Ok(Done::NotYours);
            };
            if !super::may(tx, &who, &provider)? {
                return Ok(Done::NotYours);
            }
            both.push(provider);
        }
        let state = if verdict == Verdict::Different {
            "different"
        } else {
            "same"
        };
        let pair = (two.ids[0], two.ids[1]);
        let seen = [both[0].version, both[1].version] == two.seen;
        let fits = match verdict {
            Verdict::Different => true,
            Verdict::Same(keeps) => {
                both.iter()
                    .all(|p| p.id == keeps || p.status.may_become(Status::Merged))
                    && both.iter().any(|p| p.id == keeps && p.status.is_listed())
            }
        };
        if !seen || !fits || !sql::decide(tx, pair, ("open", state), &who.by)? {
            return Ok(Done::Conflict);
        }
        if let Verdict::Same(keeps) = verdict {
            let Some(goes) = both.iter().find(|p| p.id != keeps) else {
                return Ok(Done::NotYours);
            };
            let step = Step {
                id: goes.id,
                seen: goes.version,
                status: Status::Merged,
                day: Some(today),
                note: String::new(),
                next: Next::Record(keeps),
            };
            return apply(tx, &who, goes, &step, (&events, today));
        }
        tx.audit(Audit {
            action: "directory.pair.different",
            table: "provider_pair",
            id: Some(kernel::AnyId::uuid(&two.ids[0])),
            subject: None,
            fields: Vec::new(),
            purpose: None,
            result: Outcome::Done,
        })?;
        Ok(Done::Saved)
    })
    .await
}

/// Takes a decision about two records back.
pub(super) async fn undecide(
    db: &Db,
    viewer: &Viewer,
    who: Decider,
    ids: [ProviderId; 2],
) -> Result<Done> {
    let events: [EventId; 2] = [db.env().id(), db.env().id()];
    db.write(viewer, move |tx| {
        for (id, other) in [(ids[0], ids[1]), (ids[1], ids[0])] {
            let Some(provider) = crate::store::provider(tx, id)? else {
                return Ok(Done::NotYours);
            };
            if !super::may(tx, &who, &provider)? {
                return Ok(Done::NotYours);
            }
            if provider.status == Status::Merged && provider.successor == Some(other) {
                return back(tx, &who, &provider, &events);
            }
        }
        let Some(pair) = sql::pair(tx, ids[0], ids[1])? else {
            return Ok(Done::NotYours);
        };
        if pair.state != "different" {
            return Ok(Done::Conflict);
        }
        sql::reopen(tx, (ids[0], ids[1]), "different")?;
        tx.audit(Audit {
            action: "directory.pair.undo",
            table: "provider_pair",
            id: Some(kernel::AnyId::uuid(&ids[0])),
            subject: None,
            fields: Vec::new(),
            purpose: None,
            result: Outcome::Done,
        })?;
        Ok(Done::Saved)
    })
    .await
}
