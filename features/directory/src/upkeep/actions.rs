//! What people do with records and proposals; each function is one write with its audit row.

use kernel::{Lang, Uuid};
use store::{Audit, Conn, FieldChange, Outcome, Tx};

use super::{
    apply::{self, Origin},
    fields::{AT_ONCE, Field, Fields},
    rounds,
    store::{self as sql, Proposal, Update},
};
use crate::{
    i18n::tl,
    model::{Provider, UpdateId},
};

/// How a write ended that somebody else may have overtaken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// It is written.
    Yes,
    /// Somebody else was faster.
    Overtaken,
}

/// Where a value comes from, in the words of public pages. Japanese, like every source in the tables.
pub(crate) fn source(channel: &str) -> String {
    let ja = Lang::Ja;
    match channel {
        "own" => tl!(ja, "upkeep-source-own"),
        "phone" => tl!(ja, "upkeep-source-phone"),
        "fax" => tl!(ja, "upkeep-source-fax"),
        "link" => tl!(ja, "upkeep-source-link"),
        _ => tl!(ja, "upkeep-source-paper"),
    }
}

/// Who confirmed, as it stands beside the value: the office; with the desk that wrote it down.
pub(crate) fn confirmer(office: &str, entered_by: Option<&str>) -> String {
    let text = match entered_by {
        Some(desk) => tl!(Lang::Ja, "upkeep-behalf-by", office = office, desk = desk),
        None => office.to_owned(),
    };
    text.chars().take(200).collect()
}

/// A record as it is in this transaction: with its values.
pub(crate) fn current(
    conn: &mut Conn,
    id: crate::model::ProviderId,
    past_views: bool,
) -> store::Result<(Provider, Fields, Vec<Field>)> {
    let provider = crate::store::provider(conn, id)?.ok_or(store::Error::NotFound)?;
    let services = crate::store::services_of(conn, id)?;
    let present = sql::present(conn, &provider, &services, past_views)?;
    Ok((provider, present, super::fields::catalogue(&services, true)))
}

fn row(
    action: &'static str,
    proposal: (UpdateId, kernel::OrganisationId),
    fields: Vec<FieldChange>,
) -> Audit {
    Audit {
        action,
        table: "provider_update",
        id: Some(proposal.0.uuid()),
        subject: Some(proposal.1.uuid()),
        fields,
        purpose: None,
        result: Outcome::Done,
    }
}

/// Lays a proposal before the municipality. Vacancies and new patients are shown at once when `at_once`, and the open
/// question of a round for this record is answered.
pub(crate) fn propose(
    tx: &mut Tx,
    mut proposal: Proposal,
    seen: i64,
    at_once: bool,
    origin: &Origin,
    past_views: bool,
) -> store::Result<Done> {
    let (provider, present, catalogue) = current(tx, proposal.provider, past_views)?;
    if provider.version != seen {
        return Ok(Done::Overtaken);
    }
    let live: Fields = proposal
        .fields
        .iter()
        .filter(|(code, _)| at_once && AT_ONCE.contains(&code.as_str()))
        .map(|(code, value)| (code.clone(), value.clone()))
        .collect();
    for code in live.keys() {
        proposal.outcome.insert(code.clone(), "live".to_owned());
    }
    proposal.base = proposal
        .fields
        .keys()
        .map(|code| (code.clone(), present.get(code).cloned().unwrap_or_default()))
        .collect();
    sql::propose(tx, &proposal)?;
    if !live.is_empty() {
        apply::apply(tx, &provider, &present, &catalogue, &live, origin)?;
    }
    rounds::store::answered(tx, proposal.provider, proposal.item)?;
    tx.audit(row(
        "directory.propose",
        (proposal.id, proposal.tenant),
        Vec::new(),
    ))?;
    tx.changed("provider_update", proposal.id.uuid(), Some(proposal.tenant))?;
    Ok(Done::Yes)
}

/// Confirms a record as it stands; the open question of a round is answered.
pub(crate) fn same(
    tx: &mut Tx,
    id: crate::model::ProviderId,
    seen: i64,
    origin: &Origin,
) -> store::Result<Done> {
    let provider = crate::store::provider(tx, id)?.ok_or(store::Error::NotFound)?;
    if provider.version != seen {
        return Ok(Done::Overtaken);
    }
    apply::confirm(tx, id, origin)?;
    rounds::store::confirmed(tx, id, "record")?;
    Ok(Done::Yes)
}

/// What was decided about a proposal: the fields that are taken; all others that still wait come back with the reason.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub(crate) id: UpdateId,
    pub(crate) version: i64,
    pub(crate) provider_version: i64,
    pub(crate) take: Vec<String>,
    pub(crate) reason: String,
    pub(crate) by: String,
    pub(crate) rows: [Uuid; 3],
}

/// Writes the taken fields into the record and ends the proposal.
pub(crate) fn decide(tx: &mut Tx, decision: &Decision, desk: Option<&str>) -> store::Result<Done> {
    let proof = sql::update_editable(tx, decision.id)?.ok_or(store::Error::NotFound)?;
    let update = sql::one_update(tx, decision.id)?.ok_or(store::Error::NotFound)?;
    let (provider, present, mut catalogue) = current(tx, update.provider, false)?;
    catalogue.push(super::fields::partners());
    if update.state != "pending"
        || update.version != decision.version
        || provider.version != decision.provider_version
    {
        return Ok(Done::Overtaken);
    }
    let mut outcome = update.outcome.clone();
    let mut taken = Fields::new();
    for (code, value) in &update.fields {
        if outcome.contains_key(code) {
            continue;
        }
        let take = decision.take.contains(code);
        outcome.insert(
            code.clone(),
            if take { "accepted" } else { "returned" }.to_owned(),
        );
        if take && code != super::fields::PARTNERS {
            taken.insert(code.clone(), value.clone());
        }
    }
    if !sql::decide(
        tx,
        proof,
        decision.version,
        &outcome,
        &decision.by,
        &decision.reason,
    )? {
        return Ok(Done::Overtaken);
    }
    if !taken.is_empty() {
        let origin = origin(&update, &provider, desk, decision.rows);
        apply::apply(tx, &provider, &present, &catalogue, &taken, &origin)?;
    }
    let all_returned = outcome.values().all(|o| o == "returned");
    if all_returned && let Some(item) = update.item {
        rounds::store::ask_again(tx, item)?;
    }
    let list: Vec<&str> = decision.take.iter().map(String::as_str).collect();
    let field = FieldChange {
        name: "taken",
        old: None,
        new: Some(list.join(" ")),
    };
    tx.audit(row(
        "directory.decide",
        (update.id, update.tenant),
        vec![field],
    ))?;
    tx.changed("provider_update", update.id.uuid(), Some(update.tenant))?;
    Ok(Done::Yes)
}

fn origin(update: &Update, provider: &Provider, desk: Option<&str>, rows: [Uuid; 3]) -> Origin {
    Origin {
        source: source(&update.channel),
        on: update
            .verified_on
            .unwrap_or_else(|| update.created_at.date_jst()),
        by: confirmer(&provider.name, desk),
        tenant: update.tenant,
        rows,
    }
}
