//! Proposed segments that an office has put away, and taken back. The proposals themselves are made anew each time.

use std::collections::BTreeMap;

use kernel::{AccountId, Env, OrganisationId};
use sha2::{Digest, Sha256};
use store::{Audit, Conn, Db, Editable, Error, Result, Viewer};

use super::store as sql;
use crate::model::{AnswerId, QuestionId};

::store::ids! {
    /// A proposal that was put away.
    pub DismissalId;
}

store::statements! {
    pub DISMISSED = "SELECT d.words, d.id FROM visible_segment_dismissal d WHERE d.answer = :answer AND d.tenant = :tenant";
    pub DISMISSAL_EDITABLE = "SELECT id, level FROM visible_segment_dismissal
        WHERE answer = :answer AND tenant = :tenant AND words = :words";
    pub DISMISS = "INSERT INTO segment_dismissal (id, tenant, answer, words, dismissed_at, dismissed_by)
        VALUES (:id, :tenant, :answer, :words, :now, :by) ON CONFLICT (tenant, answer, words) DO NOTHING";
    pub TAKE_BACK = "DELETE FROM segment_dismissal WHERE id = :id";
}

/// What is kept of a proposal's words.
pub(crate) fn mark(words: &str) -> String {
    let digest = Sha256::digest(words.as_bytes());
    digest.iter().map(|b| format!("{b:02x}")).collect()
}

/// The proposals of an answer that an office has put away, by [`mark`].
pub(crate) fn of_answer(
    conn: &mut Conn,
    answer: AnswerId,
    tenant: OrganisationId,
) -> Result<BTreeMap<String, DismissalId>> {
    let params = store::params! {"answer" => answer, "tenant" => tenant};
    let list = conn.all(&DISMISSED, params, |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(list.into_iter().collect())
}

/// For whom, and by whom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Who {
    pub(crate) tenant: OrganisationId,
    pub(crate) account: AccountId,
}

/// Puts a proposal away, or takes that back. Doing it twice changes nothing.
///
/// # Errors
/// [`Error::NotFound`] when the answer is not visible; otherwise what the engine says.
pub(crate) async fn set(
    db: &Db,
    env: &Env,
    viewer: &Viewer,
    who: Who,
    (question, code): (QuestionId, String),
    words: String,
    away: bool,
) -> Result<()> {
    let id: DismissalId = env.id();
    db.write(viewer, move |tx| {
        let answer = sql::answer(tx, question, &code)?.ok_or(Error::NotFound)?;
        let now = tx.now();
        let key = mark(&words);
        let action = if away {
            let params = store::params! {
                "id" => id, "tenant" => who.tenant, "answer" => answer.id, "words" => key, "now" => now, "by" => who.account,
            };
            if tx.exec(&DISMISS, params)? == 0 {
                return Ok(());
            }
            "surveys.cite.dismiss"
        } else {
            let params =
                store::params! {"answer" => answer.id, "tenant" => who.tenant, "words" => key};
            let proof: Option<Editable<DismissalId>> =
                store::token::editable(tx, &DISMISSAL_EDITABLE, params)?;
            let Some(proof) = proof else { return Ok(()) };
            tx.exec(&TAKE_BACK, store::params! {"id" => proof.id()})?;
            "surveys.cite.propose-again"
        };
        tx.audit(Audit::new(action, "answer").id(answer.id))
    })
    .await
}
