//! Statements that change consultations. Each function that changes a row takes the proof that it was seen.

use kernel::{AccountId, OrganisationId};
use store::{Editable, Result, Tx};

use crate::{
    codes::{List, joined},
    model::{
        ConsultationId, EventId, Fields, Hashes, NewConsultation, Referral, ReferralId, State,
        Unmet, UnmetId,
    },
};

store::statements! {
    pub ADD = "INSERT INTO consultation (id, tenant, municipality, lane, channel, caller, caller_provider, caller_hash,
        person_hash, age_band, care_level, living, category, categories, category_mask, scenes, scene_mask, treatments,
        treatment_mask, responses, response_mask, urgency, legal_basis, minutes, state, result, need_met, area_issue, texts,
        received_at, day, follow_up_on, saved_at, changed_at, closed_at, reopened, taken_by, held_by, receiver, origin, batch,
        disposed_at, fictional, version)
        VALUES (:id, :desk, :municipality, :lane, :channel, :caller, :caller_provider, :caller_hash, :person_hash, :age_band,
        :care_level, :living, :category, :categories, :category_mask, :scenes, :scene_mask, :treatments, :treatment_mask,
        :responses, :response_mask, :urgency, :legal_basis, :minutes, :state, :result, :need_met, :area_issue, :texts,
        :received_at, :day, :follow_up_on, :saved_at, :now, :closed_at, 0, :taken_by, NULL, NULL, :origin, :batch, NULL,
        :fictional, 1)";
    pub SAVE = "UPDATE consultation SET municipality = :municipality, lane = :lane, channel = :channel, caller = :caller,
        caller_provider = :caller_provider, caller_hash = :caller_hash, person_hash = :person_hash, age_band = :age_band,
        care_level = :care_level, living = :living, category = :category, categories = :categories,
        category_mask = :category_mask, scenes = :scenes, scene_mask = :scene_mask, treatments = :treatments,
        treatment_mask = :treatment_mask, responses = :responses, response_mask = :response_mask, urgency = :urgency,
        legal_basis = :legal_basis, minutes = :minutes, result = :result, need_met = :need_met, area_issue = :area_issue,
        texts = :texts, follow_up_on = :follow_up_on, changed_at = :now, version = version + 1
        WHERE id = :id AND version = :seen";
    pub SET_STATE = "UPDATE consultation SET state = :state, closed_at = :closed_at, saved_at = COALESCE(saved_at, :now),
        reopened = reopened + :again, changed_at = :now, version = version + 1 WHERE id = :id AND version = :seen";
    pub ADD_EVENT = "INSERT INTO consultation_event (id, consultation, tenant, at, account, organisation, what, detail, note,
        version) VALUES (:id, :consultation, :desk, :now, :account, :organisation, :what, :detail, :note, :version)";
    pub ADD_REFERRAL = "INSERT INTO consultation_referral (id, consultation, tenant, provider, name, kind, answer, at,
        by_account, undone_at, version) VALUES (:id, :consultation, :desk, :provider, :name, :kind, :answer, :at, :by, NULL, 1)";
    pub UNDO_REFERRAL = "UPDATE consultation_referral SET undone_at = :now, version = version + 1
        WHERE id = :id AND consultation = :consultation AND undone_at IS NULL";
    pub ADD_UNMET = "INSERT INTO unmet_need (id, tenant, consultation, municipality, place, service, why, at, day, by_account,
        undone_at, fictional, version) VALUES (:id, :desk, :consultation, :municipality, :place, :service, :why, :at, :day, :by,
        NULL, :fictional, 1)";
    pub UNDO_UNMET = "UPDATE unmet_need SET undone_at = :now, version = version + 1 WHERE id = :id AND undone_at IS NULL";
}

/// Adds a record. The caller has made sure that the writer works for this desk.
///
/// # Errors
/// [`store::Error::Conflict`] when the id is taken; otherwise what the engine says.
pub fn add(tx: &mut Tx, new: &NewConsultation) -> Result<()> {
    let (now, f) = (tx.now(), &new.fields);
    let saved_at = new.state.counts().then_some(new.received_at);
    let closed_at = new.closed_at.filter(|_| new.state == State::Closed);
    let params = store::params! {
        "id" => new.id, "desk" => new.desk, "municipality" => f.municipality, "lane" => f.lane.code(),
        "channel" => f.channel, "caller" => f.caller, "caller_provider" => f.caller_provider,
        "caller_hash" => new.hashes.caller, "person_hash" => new.hashes.person, "age_band" => f.age_band,
        "care_level" => f.care_level, "living" => f.living, "category" => f.category(), "categories" => joined(&f.categories),
        "category_mask" => List::Category.mask(&f.categories), "scenes" => joined(&f.scenes),
        "scene_mask" => List::Scene.mask(&f.scenes), "treatments" => joined(&f.treatments),
        "treatment_mask" => List::Treatment.mask(&f.treatments), "responses" => joined(&f.responses),
        "response_mask" => List::Response.mask(&f.responses), "urgency" => f.urgency, "legal_basis" => f.legal_basis,
        "minutes" => f.minutes, "state" => new.state.code(), "result" => f.result, "need_met" => f.need_met,
        "area_issue" => f.area_issue, "texts" => new.texts, "received_at" => new.received_at,
        "day" => new.received_at.date_jst(), "follow_up_on" => f.follow_up_on, "saved_at" => saved_at, "now" => now,
        "closed_at" => closed_at, "taken_by" => new.taken_by, "origin" => new.origin.code(), "batch" => new.batch,
        "fictional" => new.fictional,
    };
    tx.exec(&ADD, params).map(drop)
}

/// Saves codes and texts over the version that the writer saw. `false` when somebody else saved in between.
///
/// # Errors
/// What the engine says.
pub fn save(
    tx: &mut Tx,
    proof: Editable<ConsultationId>,
    fields: &Fields,
    texts: &[u8],
    hashes: &Hashes,
    seen: i64,
) -> Result<bool> {
    let (now, f) = (tx.now(), fields);
    let params = store::params! {
        "id" => proof.id(), "seen" => seen, "municipality" => f.municipality, "lane" => f.lane.code(),
        "channel" => f.channel, "caller" => f.caller, "caller_provider" => f.caller_provider,
        "caller_hash" => hashes.caller, "person_hash" => hashes.person, "age_band" => f.age_band,
        "care_level" => f.care_level, "living" => f.living, "category" => f.category(), "categories" => joined(&f.categories),
        "category_mask" => List::Category.mask(&f.categories), "scenes" => joined(&f.scenes),
        "scene_mask" => List::Scene.mask(&f.scenes), "treatments" => joined(&f.treatments),
        "treatment_mask" => List::Treatment.mask(&f.treatments), "responses" => joined(&f.responses),
        "response_mask" => List::Response.mask(&f.responses), "urgency" => f.urgency, "legal_basis" => f.legal_basis,
        "minutes" => f.minutes, "result" => f.result, "need_met" => f.need_met, "area_issue" => f.area_issue,
        "texts" => texts, "follow_up_on" => f.follow_up_on, "now" => now,
    };
    Ok(tx.exec(&SAVE, params)? == 1)
}

/// Sets the state that [`State::after`] gave. `false` when somebody else saved in between.
///
/// # Errors
/// What the engine says.
pub fn set_state(
    tx: &mut Tx,
    proof: Editable<ConsultationId>,
    from: State,
    to: State,
    seen: i64,
) -> Result<bool> {
    let now = tx.now();
    let params = store::params! {
        "id" => proof.id(), "state" => to.code(), "closed_at" => (to == State::Closed).then_some(now), "now" => now,
        "again" => i64::from(from == State::Closed), "seen" => seen,
    };
    Ok(tx.exec(&SET_STATE, params)? == 1)
}

/// A line of the history to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent<'a> {
    /// Its id.
    pub id: EventId,
    /// The record.
    pub consultation: ConsultationId,
    /// Its desk.
    pub desk: OrganisationId,
    /// A code; see [`crate::model::Event::what`].
    pub what: &'a str,
    /// Codes only.
    pub detail: &'a str,
    /// Words, sealed.
    pub note: Option<Vec<u8>>,
    /// The version of the record after it.
    pub version: i64,
}

/// Adds a line of the history, in the name of the transaction's viewer.
///
/// # Errors
/// What the engine says.
pub fn add_event(tx: &mut Tx, event: &NewEvent<'_>) -> Result<()> {
    let (now, viewer) = (tx.now(), tx.viewer());
    let (account, organisation): (Option<AccountId>, _) = (viewer.account(), viewer.organisation());
    let params = store::params! {
        "id" => event.id, "consultation" => event.consultation, "desk" => event.desk, "now" => now, "account" => account,
        "organisation" => organisation, "what" => event.what, "detail" => event.detail, "note" => event.note,
        "version" => event.version,
    };
    tx.exec(&ADD_EVENT, params).map(drop)
}

/// Adds a provider that was named to the caller.
///
/// # Errors
/// What the engine says.
pub fn add_referral(
    tx: &mut Tx,
    proof: Editable<ConsultationId>,
    desk: OrganisationId,
    referral: &Referral,
    by: Option<AccountId>,
) -> Result<()> {
    let params = store::params! {
        "id" => referral.id, "consultation" => proof.id(), "desk" => desk, "provider" => referral.provider,
        "name" => referral.name, "kind" => referral.kind, "answer" => referral.answer, "at" => referral.at, "by" => by,
    };
    tx.exec(&ADD_REFERRAL, params).map(drop)
}

/// Takes a named provider back. `false` when it was taken back before.
///
/// # Errors
/// What the engine says.
pub fn undo_referral(
    tx: &mut Tx,
    proof: Editable<ConsultationId>,
    referral: ReferralId,
) -> Result<bool> {
    let params = store::params! {"id" => referral, "consultation" => proof.id(), "now" => tx.now()};
    Ok(tx.exec(&UNDO_REFERRAL, params)? == 1)
}

/// Adds a need that nothing met. The caller has made sure that the writer works for this desk.
///
/// # Errors
/// What the engine says.
pub fn add_unmet(
    tx: &mut Tx,
    desk: OrganisationId,
    need: &Unmet,
    by: Option<AccountId>,
) -> Result<()> {
    let params = store::params! {
        "id" => need.id, "desk" => desk, "consultation" => need.consultation, "municipality" => need.municipality,
        "place" => need.place, "service" => need.service, "why" => need.why, "at" => need.at, "day" => need.at.date_jst(),
        "by" => by, "fictional" => need.fictional,
    };
    tx.exec(&ADD_UNMET, params).map(drop)
}

/// Takes such a need back. `false` when it was taken back before.
///
/// # Errors
/// What the engine says.
pub fn undo_unmet(tx: &mut Tx, proof: Editable<UnmetId>) -> Result<bool> {
    let params = store::params! {"id" => proof.id(), "now" => tx.now()};
    Ok(tx.exec(&UNDO_UNMET, params)? == 1)
}
