//! What a clerk does with a stretch of an answer: make an entry from it, link it to one, take the link back, move it to the
//! answer's new text. One transaction and one audit row each, together with the entry.

use kernel::Env;
use programme::{EntryId, NewEntry, SourceId};
use store::{Audit, Db, Error, Result, Tx, Viewer};

use super::{Answer, Place, load::source_of, store as sql};
use crate::model::QuestionId;

/// Which answer, and what the page that the clerk saw said there.
#[derive(Clone, Debug)]
pub(crate) struct Cited {
    pub(crate) survey: String,
    pub(crate) question: QuestionId,
    pub(crate) code: String,
    pub(crate) place: Place,
    /// The quote as the clerk saw it.
    pub(crate) seen: String,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// It is on disk.
    Written(EntryId),
    /// The answer does not say so any more; nothing was written.
    Changed,
}

fn answer(tx: &mut Tx, cited: &Cited) -> Result<Option<Answer>> {
    let answer = sql::answer(tx, cited.question, &cited.code)?.ok_or(Error::NotFound)?;
    let now = cited.place.quote(&answer.body);
    Ok((now.as_deref() == Some(cited.seen.as_str())).then_some(answer))
}

fn audit(tx: &mut Tx, action: &'static str, answer: &Answer, entry: EntryId) -> Result<()> {
    let made = Audit::new(action, "answer").id(answer.id);
    tx.audit(made.field("entry", None::<String>, Some(entry.to_string())))
}

/// Makes an entry whose source is the stretch.
///
/// # Errors
/// [`Error::NotFound`] when the answer is not visible or the office may not write; otherwise what the engine says.
pub(crate) async fn make(
    db: &Db,
    env: &Env,
    viewer: &Viewer,
    cited: Cited,
    entry: NewEntry,
) -> Result<Done> {
    let (id, history, source) = (env.id(), env.id(), env.id::<SourceId>());
    db.write(viewer, move |tx| {
        let Some(answer) = answer(tx, &cited)? else {
            return Ok(Done::Changed);
        };
        let mut entry = entry.clone();
        entry.sources = vec![source_of(
            &cited.survey,
            &answer,
            cited.place,
            cited.seen.clone(),
        )];
        let ids = programme::NewIds {
            entry: id,
            history,
            sources: vec![source],
        };
        let made = programme::actions::create(tx, &ids, &entry)?;
        audit(tx, "surveys.cite.make", &answer, made)?;
        Ok(Done::Written(made))
    })
    .await
}

/// Adds the stretch to an entry's sources.
///
/// # Errors
/// As [`make`]; also when the entry is not this office's to change.
pub(crate) async fn link(
    db: &Db,
    env: &Env,
    viewer: &Viewer,
    cited: Cited,
    entry: EntryId,
) -> Result<Done> {
    let ids = (env.id::<SourceId>(), env.id());
    db.write(viewer, move |tx| {
        let Some(answer) = answer(tx, &cited)? else {
            return Ok(Done::Changed);
        };
        let token = programme::store::editable(tx, entry)?;
        let source = source_of(&cited.survey, &answer, cited.place, cited.seen.clone());
        programme::actions::add_source(tx, token, ids, &source)?;
        audit(tx, "surveys.cite.link", &answer, entry)?;
        Ok(Done::Written(entry))
    })
    .await
}

/// Takes a source off an entry again.
///
/// # Errors
/// [`Error::NotFound`] when the entry is not this office's to change or has no such source.
pub(crate) async fn undo(
    db: &Db,
    env: &Env,
    viewer: &Viewer,
    at: (QuestionId, String),
    entry: EntryId,
    source: SourceId,
) -> Result<()> {
    let history = env.id();
    db.write(viewer, move |tx| {
        let answer = sql::answer(tx, at.0, &at.1)?.ok_or(Error::NotFound)?;
        let token = programme::store::editable(tx, entry)?;
        if !programme::actions::remove_source(tx, token, (source, history))? {
            return Err(Error::NotFound);
        }
        audit(tx, "surveys.cite.undo", &answer, entry)
    })
    .await
}

/// Moves a source to where its words, or the nearest to them, stand in the answer's present text: the old quote goes, the new one comes,
/// and the entry's history keeps both.
///
/// # Errors
/// As [`link`].
pub(crate) async fn anchor_again(
    db: &Db,
    env: &Env,
    viewer: &Viewer,
    cited: Cited,
    entry: EntryId,
    old: SourceId,
) -> Result<Done> {
    let (first, second, id) = (env.id(), env.id(), env.id::<SourceId>());
    db.write(viewer, move |tx| {
        let Some(answer) = answer(tx, &cited)? else {
            return Ok(Done::Changed);
        };
        let token = programme::store::editable(tx, entry)?;
        if !programme::actions::remove_source(tx, token, (old, first))? {
            return Err(Error::NotFound);
        }
        let source = source_of(&cited.survey, &answer, cited.place, cited.seen.clone());
        programme::actions::add_source(tx, token, (id, second), &source)?;
        audit(tx, "surveys.cite.anchor", &answer, entry)?;
        Ok(Done::Written(entry))
    })
    .await
}
