//! Confirming once more who is there.

use web::Ctx;

use super::{
    Error, Refusal, Secret, about,
    attempt::{Who, candidate, count_failure, note_refusal},
    factor::Use,
    keyed,
};
use crate::{hashing, store::attempts};

/// Checks the password of somebody who is signed in, counted like any attempt. `code` is an alternative to the password.
///
/// # Errors
/// [`Refusal::Wrong`], [`Refusal::Locked`]; the database.
pub async fn confirm(cx: &Ctx, password: &str, code: &str) -> web::Result<Result<(), Refusal>> {
    let me = cx.require_me()?.clone();
    let turn_key = keyed(cx.db(), Secret::Name, &me.account.to_string());
    let _turn = hashing::one_by_one(&turn_key).await;
    let who = candidate(cx, Who::Account(me.account), turn_key, None).await?;
    if let Some(until) = who.refused_until(cx.now) {
        note_refusal(cx, &who, "identity.confirm", None).await?;
        return Ok(Err(Refusal::Locked(until)));
    }
    let found = who.found.as_ref().ok_or(web::Error::SignIn)?;
    let mut used = None;
    let fits = if code.trim().is_empty() {
        password.len() <= 4 * crate::model::password::MAX
            && hashing::verify(password, found.hash.as_deref()).await?
    } else {
        used = Use::read(cx, me.account, &who.factors, code)?;
        used.is_some()
    };
    if fits {
        let keys = who.keys.clone();
        let done = cx
            .db()
            .write(&cx.viewer(), move |tx| {
                if let Some(used) = used
                    && !used.spend(tx, me.account)?
                {
                    return Err(Error::Refused(Refusal::Wrong));
                }
                attempts::clear(tx, &keys.who)?;
                web::session::confirm(tx, me.session)?;
                Ok(tx.audit(about("identity.confirm", Some(me.account), None))?)
            })
            .await;
        match done {
            Ok(()) => return Ok(Ok(())),
            Err(Error::Refused(Refusal::Wrong)) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Ok(Err(count_failure(cx, &who, "identity.confirm", None).await?))
}
