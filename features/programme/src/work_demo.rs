//! Invented records of the demo on real entries, from `data/…/demo/pdca.toml`. Only an empty table of a demo takes them, so
//! nothing that people entered is touched.

use std::path::Path;

use kernel::{Date, OrganisationId, Time, Uuid};
use serde::Deserialize;
use store::{Audit, Db, Stamp, Tx, Viewer};

use crate::{
    calendar::store::{self as duties, Note},
    handoff::{
        actions::short_code,
        model::{HandoffId, HandoffKind, HandoffState, Step, StepId},
        store::{self as over, NewHandoff, Receiver, Taken},
    },
    model::{EntryId, Range},
    pdca::{
        model::{Evaluation, Indicator, MeasureId, MeasureState, NextAction, Plan, Rating},
        store::{self as pdca, Version, Writing},
        who::Actor,
    },
};

/// Why nothing was loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The file cannot be read.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// The file is not what is expected.
    #[error("{0}")]
    Format(#[from] toml::de::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    measure: Vec<OneMeasure>,
    handoff: Vec<OneHandoff>,
    note: Vec<OneNote>,
    done: Vec<OneDone>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct OneMeasure {
    entry: String,
    municipality: String,
    year: i32,
    state: String,
    reach: String,
    carried: bool,
    cause: String,
    body: String,
    owner: String,
    partners: String,
    council: String,
    due: String,
    process: Indicator,
    outcome: Indicator,
    midyear: String,
    result: String,
    rating: String,
    reason: String,
    next: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OneHandoff {
    kind: String,
    entry: String,
    municipality: String,
    council: Option<String>,
    organisation: Option<OrganisationId>,
    title: String,
    body: String,
    sent: String,
    due: String,
    #[serde(default)]
    step: Vec<OneStep>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OneStep {
    step: String,
    on: String,
    behalf: String,
    text: String,
    due: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OneNote {
    municipality: String,
    key: String,
    by: String,
    saved: String,
    body: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OneDone {
    municipality: String,
    key: String,
    year: i32,
    on: String,
}

store::statements! {
    pub ANY = "SELECT 1 FROM measure LIMIT 1";
    pub BY_REF = "SELECT id FROM entry WHERE withdrawn_at IS NULL AND ' ' || refs || ' ' LIKE '% ' || :ref || ' %' ORDER BY created_at, id";
    pub SET_REACH = "UPDATE measure SET reach = :reach WHERE id = :id";
    pub AGE_HANDOFF = "UPDATE handoff SET sent_at = :at, moved_on = :day, state = :state, version = :version WHERE id = :id";
}

/// Loads the records; `false` when there are some already, or this is no demo.
///
/// # Errors
/// See [`DemoError`]; then nothing was written.
pub async fn load(db: &Db, path: &Path) -> Result<bool, DemoError> {
    if db.stamp().await? != Some(Stamp::Demo) {
        return Ok(false);
    }
    let text = std::fs::read_to_string(path)
        .map_err(|e| DemoError::File(path.display().to_string(), e))?;
    let file: File = toml::from_str(&text)?;
    let env = db.env();
    let viewer = Viewer::system("records of the demo", env.now());
    // Two ids a measure (the second for the copy), one a hand-off with its steps.
    let measures: Vec<[MeasureId; 2]> = file.measure.iter().map(|_| [env.id(), env.id()]).collect();
    let handoffs: Vec<(HandoffId, String, Vec<StepId>)> = file
        .handoff
        .iter()
        .map(|one| {
            (
                env.id(),
                short_code(env),
                (0..=one.step.len()).map(|_| env.id()).collect(),
            )
        })
        .collect();
    let done = db
        .write::<_, store::Error>(&viewer, move |tx| {
            if tx
                .opt(&ANY, store::params! {}, |row| row.get::<i64>(0))?
                .is_some()
            {
                return Ok(false);
            }
            let towns = areas::store::municipalities(tx)?;
            let office = |code: &str| towns.iter().find(|town| town.code == code);
            for (one, ids) in file.measure.iter().zip(&measures) {
                if let (Some(town), Some(entry)) = (
                    office(&one.municipality).and_then(|t| t.organisation),
                    entry(tx, &one.entry)?,
                ) {
                    measure(tx, one, *ids, (town, entry))?;
                }
            }
            for (one, ids) in file.handoff.iter().zip(&handoffs) {
                if let Some(town) = office(&one.municipality)
                    && let Some(tenant) = town.organisation
                {
                    handoff(tx, one, ids, (tenant, &town.name_ja))?;
                }
            }
            for one in &file.note {
                if let Some(tenant) = office(&one.municipality).and_then(|town| town.organisation) {
                    let saved_at = day(&one.saved).map_or_else(|| tx.now(), Time::from_jst_date);
                    let body = one.body.trim().to_owned();
                    let note = Note {
                        key: one.key.clone(),
                        version: 1,
                        body,
                        by: one.by.clone(),
                        saved_at,
                    };
                    duties::add_note(tx, duties::demo_writer(tenant), &note)?;
                }
            }
            for one in &file.done {
                if let (Some(tenant), Some(on)) = (
                    office(&one.municipality).and_then(|town| town.organisation),
                    day(&one.on),
                ) {
                    duties::mark(
                        tx,
                        duties::demo_writer(tenant),
                        &one.key,
                        one.year,
                        Some((on, "")),
                    )?;
                }
            }
            tx.audit(Audit::new("programme.demo.load", "measure"))?;
            Ok(true)
        })
        .await?;
    Ok(done)
}

fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn entry(tx: &mut Tx, reference: &str) -> store::Result<Option<EntryId>> {
    tx.opt(&BY_REF, store::params! {"ref" => reference}, |row| {
        row.get(0)
    })
}

fn measure(
    tx: &mut Tx,
    one: &OneMeasure,
    ids: [MeasureId; 2],
    (tenant, entry): (OrganisationId, EntryId),
) -> store::Result<()> {
    let mut plan = Plan {
        cause: one.cause.clone(),
        body: one.body.clone(),
        owner: one.owner.clone(),
        partners: one.partners.clone(),
        council: one.council.clone(),
        process: one.process.clone(),
        outcome: one.outcome.clone(),
        due: (!one.due.is_empty()).then(|| one.due.clone()),
        midyear: one.midyear.clone(),
        check: Evaluation {
            result: one.result.clone(),
            rating: Rating::from_code(&one.rating),
            reason: one.reason.clone(),
            next: NextAction::from_code(&one.next),
        },
        fictional: true,
        office: String::new(),
    };
    if let Some(office) = areas::store::organisation(tx, tenant)? {
        plan.office = office.name;
    }
    let state = MeasureState::from_code(&one.state).unwrap_or(MeasureState::Planned);
    put(tx, ids[0], (entry, tenant, one.year), None, (&plan, state))?;
    let range = Range::from_code(&one.reach).unwrap_or_default();
    tx.exec(
        &SET_REACH,
        store::params! {"id" => ids[0], "reach" => range.code()},
    )?;
    if let Some(next) = plan.forward().filter(|_| one.carried) {
        put(
            tx,
            ids[1],
            (entry, tenant, one.year + 1),
            Some(ids[0]),
            (&next, MeasureState::Planned),
        )?;
    }
    Ok(())
}

fn put(
    tx: &mut Tx,
    id: MeasureId,
    place: (EntryId, OrganisationId, i32),
    from: Option<MeasureId>,
    (plan, state): (&Plan, MeasureState),
) -> store::Result<()> {
    let now = tx.now();
    pdca::add(
        tx,
        id,
        place,
        from,
        &Writing {
            plan,
            state,
            entered_by: None,
            now,
        },
    )?;
    let kept = Version {
        version: 1,
        plan: plan.clone(),
        state,
        reason: String::new(),
        after_close: false,
        by: String::new(),
        saved_at: now,
    };
    pdca::add_version(tx, id, place.1, &kept)
}

fn handoff(
    tx: &mut Tx,
    one: &OneHandoff,
    (id, code, steps): &(HandoffId, String, Vec<StepId>),
    (tenant, name): (OrganisationId, &str),
) -> store::Result<()> {
    let council = one.council.as_ref().and_then(|id| id.parse::<Uuid>().ok());
    let to = match (council, one.organisation) {
        (Some(council), _) => areas::store::councils(tx)?
            .into_iter()
            .find(|c| c.id.uuid() == council)
            .map(|c| c.name),
        (None, Some(body)) => areas::store::organisation(tx, body)?.map(|body| body.name),
        (None, None) => None,
    };
    let (Some(to), Some(sent), Some(due)) = (to, day(&one.sent), day(&one.due)) else {
        return Ok(());
    };
    let who = Actor {
        tenant,
        tenant_name: name.to_owned(),
        entered_by: None,
        by: name.to_owned(),
    };
    let new = NewHandoff {
        id: *id,
        kind: HandoffKind::from_code(&one.kind).unwrap_or(HandoffKind::Issue),
        to: Receiver {
            organisation: one.organisation,
            council,
            name: to,
        },
        entry: entry(tx, &one.entry)?,
        title: one.title.clone(),
        body: one.body.clone(),
        due,
        code: code.clone(),
    };
    over::add(tx, &who, &new)?;
    let mut state = HandoffState::Sent;
    let (mut version, mut moved) = (1_i64, sent);
    let first = Taken {
        step: "send".to_owned(),
        body: one.body.clone(),
        due: Some(due),
        by: name.to_owned(),
        behalf: String::new(),
        happened: sent,
        at: Time::from_jst_date(sent),
    };
    let mut taken = vec![first];
    for step in &one.step {
        let (Some(act), Some(on)) = (Step::from_code(&step.step), day(&step.on)) else {
            continue;
        };
        let Ok(next) = state.take(act, &step.text, day(&step.due), on) else {
            continue;
        };
        (state, version, moved) = (next, version + 1, on);
        taken.push(Taken {
            step: act.code().to_owned(),
            body: step.text.clone(),
            due: day(&step.due),
            by: name.to_owned(),
            behalf: step.behalf.clone(),
            happened: on,
            at: Time::from_jst_date(on),
        });
    }
    for ((number, one), step) in (1_i64..).zip(&taken).zip(steps) {
        over::add_step(tx, *step, (*id, tenant, new.to.organisation), number, one)?;
    }
    let at = Time::from_jst_date(sent);
    tx.exec(&AGE_HANDOFF, store::params! {"id" => *id, "at" => at, "day" => moved, "state" => state, "version" => version})?;
    Ok(())
}
