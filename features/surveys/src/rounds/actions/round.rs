//! The asking office's side of a round: prepare, send, remind, extend, close, lay before all.

use forms::Catalogue;
use kernel::{Date, Lang, OrganisationId, Uuid};
use store::{FieldChange, Tx};
use web::mail::{self, Mail};

use super::{Refusal, audit};
use crate::{
    i18n::tl,
    model::is_slug,
    rounds::{
        model::{Check, Reply, ReplyId, Round, RoundId, State},
        store::{
            self as sql,
            write::{self, Addressee},
        },
    },
};

/// Adds a round as a draft.
///
/// # Errors
/// [`Refusal::Slug`], or what the database says.
pub fn create(tx: &mut Tx, round: &Round) -> Result<(), Refusal> {
    free_slug(tx, &round.slug)?;
    write::add_round(tx, round, &json(&round.catalogue)?).map_err(slug_taken)?;
    record(tx, "surveys.round.create", round, Vec::new())
}

fn free_slug(tx: &mut Tx, slug: &str) -> Result<(), Refusal> {
    if is_slug(slug) && crate::store::standing(tx, slug)?.is_none() {
        Ok(())
    } else {
        Err(Refusal::Slug)
    }
}

fn slug_taken(error: store::Error) -> Refusal {
    match error {
        store::Error::Conflict(_) => Refusal::Slug,
        other => other.into(),
    }
}

fn json(catalogue: &Catalogue) -> Result<String, store::Error> {
    catalogue
        .to_json()
        .map_err(|error| store::Error::Engine(error.to_string()))
}

/// Saves title, letter and range of a draft; `round` holds them, `seen` the version the writer saw.
///
/// # Errors
/// [`Refusal::Refused`] after sending, [`Refusal::Overtaken`], [`Refusal::Slug`], not there or not this office's.
pub fn save_letter(tx: &mut Tx, round: &Round, seen: i64) -> Result<(), Refusal> {
    let proof = sql::round_editable(tx, round.id)?;
    let old = sql::round(tx, round.id)?;
    old.state.edit()?;
    if old.slug != round.slug {
        free_slug(tx, &round.slug)?;
    }
    if !write::save_round(tx, proof, round, seen).map_err(slug_taken)? {
        return Err(Refusal::Overtaken);
    }
    record(tx, "surveys.round.letter", &old, Vec::new())
}

/// Saves the questions of a draft.
///
/// # Errors
/// As [`save_letter`]; [`Refusal::Missing`] when no form can be made of them.
pub fn save_catalogue(
    tx: &mut Tx,
    id: RoundId,
    catalogue: &Catalogue,
    seen: i64,
) -> Result<(), Refusal> {
    catalogue
        .check()
        .map_err(|_| Refusal::Missing("questions"))?;
    let proof = sql::round_editable(tx, id)?;
    let old = sql::round(tx, id)?;
    old.state.edit()?;
    if !write::save_catalogue(tx, proof, &json(catalogue)?, seen)? {
        return Err(Refusal::Overtaken);
    }
    record(tx, "surveys.round.questions", &old, Vec::new())
}

/// Makes a list the whole of who is asked.
///
/// # Errors
/// As [`save_letter`].
pub fn set_addressees(tx: &mut Tx, id: RoundId, list: &[Addressee]) -> Result<(), Refusal> {
    let proof = sql::round_editable(tx, id)?;
    let old = sql::round(tx, id)?;
    old.state.edit()?;
    write::set_addressees(tx, proof, old.asker, list)?;
    let codes: Vec<&str> = list.iter().map(|a| a.code.as_str()).collect();
    let field = FieldChange {
        name: "municipalities",
        old: None,
        new: Some(codes.join(" ")),
    };
    record(tx, "surveys.round.addressees", &old, vec![field])
}

/// What mails of this room need: an id to count up from, and the public address before the path.
#[derive(Clone, Debug)]
pub struct Post {
    /// Drawn before the write; the mails count up from it.
    pub seed: Uuid,
    /// `https://renkei.example.jp`, with the base path.
    pub base: String,
}

/// Tells the people of a municipality that something waits: a link and nothing about what it is.
fn notify(
    tx: &mut Tx,
    post: &Post,
    sent: &mut u128,
    tenant: OrganisationId,
    path: &str,
) -> Result<(), store::Error> {
    for (address, lang) in identity::addresses_of(tx, tenant)? {
        let lang: Lang = lang.parse().unwrap_or_default();
        let link = format!("{}{path}", post.base);
        let mail = Mail {
            id: Uuid::from_u128(post.seed.as_u128().wrapping_add(*sent)),
            to: address,
            subject: tl!(lang, "rounds-mail-subject"),
            body: tl!(lang, "rounds-mail-body", link = link),
        };
        *sent += 1;
        mail::send(tx, &mail)?;
    }
    Ok(())
}

/// Sends a round to everybody on its list.
///
/// # Errors
/// [`Refusal::Refused`] after sending, [`Refusal::Missing`] without questions, addressees or a due date.
pub fn send(tx: &mut Tx, id: RoundId, post: &Post) -> Result<(), Refusal> {
    let proof = sql::round_editable(tx, id)?;
    let round = sql::round(tx, id)?;
    let next = round.state.send()?;
    round
        .catalogue
        .check()
        .map_err(|_| Refusal::Missing("questions"))?;
    if round.letter.due.is_none() {
        return Err(Refusal::Missing("due"));
    }
    let replies = sql::replies(tx, id)?;
    if replies.is_empty() {
        return Err(Refusal::Missing("addressees"));
    }
    write::send(tx, proof, &replies, next)?;
    let mut sent = 0;
    for reply in &replies {
        let path = format!("/surveys/replies/{}", reply.id);
        notify(tx, post, &mut sent, reply.tenant, &path)?;
    }
    record(tx, "surveys.round.send", &round, Vec::new())
}

/// Reminds those who have not submitted; of the given ones, or of all. Says how many.
///
/// # Errors
/// [`Refusal::Refused`] before sending, not there or not this office's.
pub fn remind(
    tx: &mut Tx,
    id: RoundId,
    only: Option<ReplyId>,
    post: &Post,
) -> Result<usize, Refusal> {
    sql::round_editable(tx, id)?;
    let round = sql::round(tx, id)?;
    if round.state.edit().is_ok() {
        return Err(Refusal::Missing("sent"));
    }
    let open = |reply: &Reply| {
        matches!(reply.state, State::Draft | State::Waiting | State::Returned)
            && only.is_none_or(|only| only == reply.id)
    };
    let (mut sent, mut count) = (0, 0);
    for reply in sql::replies(tx, id)?.into_iter().filter(open) {
        let proof = sql::reply_decidable(tx, reply.id)?;
        write::reminded(tx, proof)?;
        let path = format!("/surveys/replies/{}", reply.id);
        notify(tx, post, &mut sent, reply.tenant, &path)?;
        count += 1;
    }
    record(tx, "surveys.round.remind", &round, Vec::new())?;
    Ok(count)
}

/// Gives one municipality, or all, a later last day.
///
/// # Errors
/// [`Refusal::Missing`] before sending or when the day is earlier than the one that is set.
pub fn extend(tx: &mut Tx, id: RoundId, only: Option<ReplyId>, due: Date) -> Result<(), Refusal> {
    sql::round_editable(tx, id)?;
    let round = sql::round(tx, id)?;
    if round.state.edit().is_ok() {
        return Err(Refusal::Missing("sent"));
    }
    if round.letter.due.is_some_and(|set| due <= set) {
        return Err(Refusal::Missing("later"));
    }
    for reply in sql::replies(tx, id)? {
        if only.is_none_or(|only| only == reply.id) {
            let proof = sql::reply_decidable(tx, reply.id)?;
            write::set_due(tx, proof, due)?;
        }
    }
    let field = FieldChange {
        name: "due",
        old: round.letter.due.map(|d| d.to_string()),
        new: Some(due.to_string()),
    };
    record(tx, "surveys.round.extend", &round, vec![field])
}

/// Asks for no more; late answers are still taken and marked.
///
/// # Errors
/// [`Refusal::Refused`] unless it is open.
pub fn close(tx: &mut Tx, id: RoundId) -> Result<(), Refusal> {
    let proof = sql::round_editable(tx, id)?;
    let round = sql::round(tx, id)?;
    let next = round.state.close()?;
    let now = tx.now();
    write::set_round_state(tx, proof, next, Some(now), round.check_due)?;
    record(tx, "surveys.round.close", &round, Vec::new())
}

/// Lays the accepted answers before all municipalities of the round until a day: 内容確認. Those who agreed to the version that
/// is still valid are not asked again. Says how many are asked.
///
/// # Errors
/// [`Refusal::Refused`] before sending, [`Refusal::Missing`] when nothing was accepted.
pub fn start_check(tx: &mut Tx, id: RoundId, due: Date, post: &Post) -> Result<usize, Refusal> {
    let proof = sql::round_editable(tx, id)?;
    let round = sql::round(tx, id)?;
    let next = round.state.check()?;
    let taken = |reply: &Reply| matches!(reply.state, State::Accepted | State::Published);
    let replies: Vec<Reply> = sql::replies(tx, id)?.into_iter().filter(taken).collect();
    if replies.is_empty() {
        return Err(Refusal::Missing("accepted"));
    }
    let now = tx.now();
    write::set_round_state(tx, proof, next, Some(now), Some(due))?;
    let (mut sent, mut asked) = (0, 0);
    for reply in &replies {
        let proof = sql::reply_decidable(tx, reply.id)?;
        if let Some(current) = reply.current {
            write::share(tx, proof, current)?;
        }
        if !reply.agreed() {
            write::set_check(tx, &proof, Check::Asked, None, "")?;
            let path = format!("/surveys/replies/{}/check", reply.id);
            notify(tx, post, &mut sent, reply.tenant, &path)?;
            asked += 1;
        }
    }
    record(tx, "surveys.round.check", &round, Vec::new())?;
    Ok(asked)
}

pub(super) fn record(
    tx: &mut Tx,
    action: &'static str,
    round: &Round,
    fields: Vec<FieldChange>,
) -> Result<(), Refusal> {
    let mut row = audit(action, "survey_round", round.id.uuid());
    row.subject = Some(round.asker.uuid());
    row.fields = fields;
    tx.audit(row)?;
    tx.changed("survey_round", round.id.uuid(), Some(round.asker))?;
    Ok(())
}
