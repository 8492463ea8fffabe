//! Signing in: password, second factor, one click in the demo; and out again.
//!
//! From outside, an unknown name and a wrong password are the same: same message, same work, same counters, same rows.

use store::{Stamp, Viewer};
use web::Ctx;

use super::{
    Agent, Error, Refusal, Result, Secret, Seed, about,
    attempt::{Candidate, Who, candidate, count_failure, note_refusal},
    factor::Use,
    field, keyed, known, open_session,
};
use crate::{
    hashing,
    model::names,
    store::{
        accounts::{self, Found},
        attempts, cast,
        factors::{self, Factors},
        memberships,
    },
};

/// Seconds between password and second factor.
const STEP_SECS: i64 = 5 * 60;

/// Where a right password leads.
#[derive(Debug)]
pub enum Signed {
    /// The session has begun.
    In,
    /// The second factor is asked for.
    Second(Step),
    /// The password is too short to stand alone and nothing else is left: the office's manager has to help.
    NoFactor,
}

/// Between password and second factor.
#[derive(Clone, Debug)]
pub struct Step {
    /// The secret of this step, kept in the form.
    pub token: String,
    /// Whether an authenticator app is registered.
    pub totp: bool,
    /// The number of the printed sheet to type.
    pub asks: Option<i64>,
    /// Whether a recovery code is left.
    pub recovery: bool,
}

impl Step {
    fn new(token: String, factors: &Factors) -> Self {
        Self {
            token,
            totp: factors.totp.is_some(),
            asks: factors.asks(),
            recovery: factors.recovery > 0,
        }
    }
}

/// Checks name and password.
///
/// # Errors
/// [`Refusal::Wrong`], [`Refusal::Locked`]; the database.
pub async fn password(
    cx: &Ctx,
    agent: &Agent,
    typed: &str,
    password: &str,
    next: &str,
) -> web::Result<Result<Signed, Refusal>> {
    let folded = names::fold_sign_in(typed);
    let name_key = keyed(cx.db(), Secret::Name, &folded);
    let _turn = hashing::one_by_one(&name_key).await;
    let who = candidate(cx, Who::Name(folded.clone()), name_key, agent.known.clone()).await?;
    if let Some(until) = who.refused_until(cx.now) {
        note_refusal(cx, &who, "identity.sign-in", Some(&folded)).await?;
        return Ok(Err(Refusal::Locked(until)));
    }
    // A book as a password costs the server, not the thief.
    let password = if password.len() > 4 * crate::model::password::MAX {
        ""
    } else {
        password
    };
    let fits =
        hashing::verify(password, who.found.as_ref().and_then(|f| f.hash.as_deref())).await?;
    let Some(found) = who
        .found
        .clone()
        .filter(|f| fits && f.active && !who.places.is_empty())
    else {
        return Ok(Err(count_failure(
            cx,
            &who,
            "identity.sign-in",
            Some(&folded),
        )
        .await?));
    };
    if who.factors.any() {
        let step = begin_step(cx, &found, &who.factors, next).await?;
        return Ok(Ok(Signed::Second(step)));
    }
    if !found.stands_alone {
        note_refusal(cx, &who, "identity.sign-in.no-factor", None).await?;
        return Ok(Ok(Signed::NoFactor));
    }
    match finish(cx, agent, &who, &found, None).await {
        Ok(()) => Ok(Ok(Signed::In)),
        Err(Error::Refused(refusal)) => Ok(Err(refusal)),
        Err(other) => Err(other.into()),
    }
}

async fn begin_step(cx: &Ctx, found: &Found, factors: &Factors, next: &str) -> store::Result<Step> {
    let step = Step::new(cx.env().token(), factors);
    let (hash, account, next) = (
        keyed(cx.db(), Secret::Step, &step.token),
        found.id,
        next.to_owned(),
    );
    let viewer = Viewer::system("sign-in", cx.now).from(cx.ip.to_string());
    cx.db()
        .write(&viewer, move |tx| {
            attempts::add_step(tx, hash, account, &next, tx.now().plus_secs(STEP_SECS))
        })
        .await?;
    Ok(step)
}

/// What the second step answered.
#[derive(Debug)]
pub enum Second {
    /// The session has begun; go on there.
    In(String),
    /// Wrong; the same step may be tried again.
    Again(Step),
}

/// Checks the second factor.
///
/// # Errors
/// [`Refusal::Stale`] when the step is gone, [`Refusal::Locked`]; the database.
pub async fn second(
    cx: &Ctx,
    agent: &Agent,
    token: &str,
    typed: &str,
) -> web::Result<Result<Second, Refusal>> {
    let hash = keyed(cx.db(), Secret::Step, token);
    let viewer = Viewer::system("sign-in", cx.now).from(cx.ip.to_string());
    let Some((account, next)) = cx
        .db()
        .read(&viewer, move |conn| attempts::step(conn, hash))
        .await?
    else {
        return Ok(Err(Refusal::Stale));
    };
    let turn_key = keyed(cx.db(), Secret::Name, &account.to_string());
    let _turn = hashing::one_by_one(&turn_key).await;
    let who = candidate(cx, Who::Account(account), turn_key, agent.known.clone()).await?;
    if let Some(until) = who.refused_until(cx.now) {
        note_refusal(cx, &who, "identity.sign-in.second", None).await?;
        return Ok(Err(Refusal::Locked(until)));
    }
    let Some(found) = who
        .found
        .clone()
        .filter(|f| f.active && !who.places.is_empty())
    else {
        return Ok(Err(Refusal::Stale));
    };
    if let Some(used) = Use::read(cx, account, &who.factors, typed)? {
        match finish(cx, agent, &who, &found, Some((used, hash))).await {
            Ok(()) => return Ok(Ok(Second::In(next))),
            Err(Error::Refused(Refusal::Wrong)) => {}
            Err(other) => return Err(other.into()),
        }
    }
    match count_failure(cx, &who, "identity.sign-in.second", None).await? {
        Refusal::Wrong => Ok(Ok(Second::Again(Step::new(token.to_owned(), &who.factors)))),
        other => Ok(Err(other)),
    }
}

/// Begins the session after everything was right.
async fn finish(
    cx: &Ctx,
    agent: &Agent,
    who: &Candidate,
    found: &Found,
    used: Option<(Use, [u8; 32])>,
) -> Result<()> {
    let seed = Seed::new(cx, agent);
    let place = who.places.first().cloned().ok_or(Refusal::NotThere)?;
    let viewer = Viewer::signed_in(
        found.id,
        None,
        Some(place.organisation),
        cx.now,
        cx.ip.to_string(),
    );
    let (keys, account, name, begun) =
        (who.keys.clone(), found.id, found.name.clone(), seed.clone());
    // A browser has one session: the one before would go on unseen.
    let before = cx.me.as_ref().map(|me| me.session);
    cx.db()
        .write(&viewer, move |tx| {
            if let Some((used, step)) = used
                && !(attempts::drop_step(tx, step)? && used.spend(tx, account)?)
            {
                return Err(Error::Refused(Refusal::Wrong));
            }
            // Read anew: hashing takes its time, and somebody may have been let go meanwhile or have another role.
            let still = accounts::by_id(tx, account)?.is_some_and(|a| a.active)
                && memberships::of_account(tx, account)?.contains(&place)
                && (used.is_some() || !factors::of(tx, account)?.any());
            if !still {
                return Err(Error::Refused(Refusal::Wrong));
            }
            attempts::clear(tx, &keys.who)?;
            if let Some(before) = before {
                web::session::end(tx, before)?;
            }
            open_session(tx, &begun, (account, &name), &place, used.is_some())?;
            let mut row = about("identity.sign-in", Some(account), Some(place.organisation));
            row.fields.push(field(
                "second-factor",
                None,
                Some(used.map_or("none", |(used, _)| used.word())),
            ));
            Ok(tx.audit(row)?)
        })
        .await?;
    cx.sign_in_cookie(seed.token());
    known::remember(cx, found.id);
    Ok(())
}

/// Whether one click may open a session: the settings and the database both say demo.
///
/// # Errors
/// The database.
pub async fn is_demo(cx: &Ctx) -> store::Result<bool> {
    Ok(cx.app.config.demo && cx.db().stamp().await? == Some(Stamp::Demo))
}

/// Signs in as a member of the cast. Exists only where [`is_demo`]; elsewhere the address is not there.
///
/// # Errors
/// [`Refusal::NotThere`] outside a demo or for an unknown word; the database.
pub async fn as_cast(cx: &Ctx, agent: &Agent, key: &str) -> Result<()> {
    if !is_demo(cx).await? {
        return Err(Refusal::NotThere.into());
    }
    let viewer = Viewer::system("demo sign-in", cx.now).from(cx.ip.to_string());
    let key = key.to_owned();
    let account = cx
        .db()
        .read(&viewer, move |conn| cast::account(conn, &key))
        .await?
        .ok_or(Refusal::NotThere)?;
    let who = candidate(cx, Who::Account(account), [0; 32], None).await?;
    let found = who.found.clone().ok_or(Refusal::NotThere)?;
    let place = who.places.first().cloned().ok_or(Refusal::NotThere)?;
    let seed = Seed::new(cx, agent);
    let before = cx.me.as_ref().map(|me| me.session);
    let viewer = Viewer::signed_in(
        account,
        None,
        Some(place.organisation),
        cx.now,
        cx.ip.to_string(),
    );
    let begun = seed.clone();
    cx.db()
        .write(&viewer, move |tx| {
            if let Some(before) = before {
                web::session::end(tx, before)?;
            }
            open_session(tx, &begun, (account, &found.name), &place, true)?;
            tx.audit(about(
                "identity.sign-in.demo",
                Some(account),
                Some(place.organisation),
            ))
            .map_err(Error::from)
        })
        .await?;
    cx.sign_in_cookie(seed.token());
    Ok(())
}

/// Ends this session.
///
/// # Errors
/// The database.
pub async fn sign_out(cx: &Ctx) -> Result<()> {
    if let Some(me) = cx.me.clone() {
        cx.db()
            .write(&cx.viewer(), move |tx| {
                web::session::end(tx, me.session)?;
                tx.audit(about("identity.sign-out", Some(me.account), None))
            })
            .await
            .map_err(Error::from)?;
    }
    cx.sign_out_cookie();
    Ok(())
}
