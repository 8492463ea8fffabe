//! Signing in: password, second factor, one click in the demo; and out again.
//!
//! From outside, an unknown name and a wrong password are the same: same message, same work, same counters, same rows.

use std::net::IpAddr;

use kernel::{AccountId, OrganisationId, Time, Uuid};
use store::{Stamp, Tx, Viewer};
use web::Ctx;

use super::{
    Agent, Error, Refusal, Result, Secret, Seed, about, field, hex, keyed, keyed_number,
    keyed_recovery, open_session, refused,
};
use crate::{
    hashing,
    model::{
        codes,
        lockout::{Counted, Counter, FORGET_AFTER},
        names, totp,
    },
    store::{
        accounts::{self, Found},
        attempts, cast, factors,
        factors::Factors,
        memberships::{self, Membership},
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

/// The names under which attempts are counted.
#[derive(Clone, Debug)]
struct Keys {
    who: String,
    address: String,
}

struct Candidate {
    found: Option<Found>,
    places: Vec<Membership>,
    factors: Factors,
    counters: (Counter, Counter),
    keys: Keys,
}

impl Candidate {
    fn account(&self) -> Option<AccountId> {
        self.found.as_ref().map(|f| f.id)
    }

    fn office(&self) -> Option<OrganisationId> {
        self.places.first().map(|p| p.organisation)
    }

    fn refused_until(&self, now: Time) -> Option<Time> {
        self.counters
            .0
            .refused_until(now)
            .max(self.counters.1.refused_until(now))
    }
}

enum Who {
    Name(String),
    Account(AccountId),
}

async fn candidate(cx: &Ctx, who: Who, name_key: [u8; 32]) -> store::Result<Candidate> {
    let viewer = Viewer::system("sign-in", cx.now).from(cx.ip.to_string());
    let address = address_key(cx, cx.ip);
    cx.db()
        .read(&viewer, move |conn| {
            let found = match who {
                Who::Name(folded) => accounts::by_name(conn, &folded)?,
                Who::Account(id) => accounts::by_id(conn, id)?,
            };
            // The same statements run when there is nobody.
            let id = found.as_ref().map_or(AccountId::new(Uuid::nil()), |f| f.id);
            let key = match &found {
                Some(found) => format!("account:{}", found.id),
                None => format!("name:{}", hex(&name_key)),
            };
            let counters = (
                attempts::counter(conn, &key)?,
                attempts::counter(conn, &address)?,
            );
            let (places, factors) = (memberships::of_account(conn, id)?, factors::of(conn, id)?);
            Ok(Candidate {
                found,
                places,
                factors,
                counters,
                keys: Keys { who: key, address },
            })
        })
        .await
}

/// Households and offices are counted, not single addresses: an IPv6 site has a whole /64.
fn address_key(cx: &Ctx, ip: IpAddr) -> String {
    let net = match ip.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => hex(&v6.octets()[..8]),
    };
    format!("address:{}", hex(&keyed(cx.db(), Secret::Address, &net)))
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
    let who = candidate(cx, Who::Name(folded.clone()), name_key).await?;
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
    finish(cx, agent, &who, &found, None).await?;
    Ok(Ok(Signed::In))
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

/// How a second factor is used up, decided before the write.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Use {
    Totp(i64),
    Number(crate::model::SheetId, i64, [u8; 32]),
    Recovery([u8; 32]),
}

impl Use {
    /// Reads what was typed: six digits are an app's code, eight are of the printed sheet, ten letters are a recovery code.
    pub(crate) fn read(
        cx: &Ctx,
        account: AccountId,
        factors: &Factors,
        typed: &str,
    ) -> store::Result<Option<Self>> {
        let digits = codes::digits(typed);
        if digits.len() == 6
            && let Some((sealed, last)) = &factors.totp
        {
            let secret = open_secret(cx, account, sealed)?;
            return Ok(match totp::check(&secret, &digits, cx.now, *last) {
                totp::Verdict::Step(step) => Some(Self::Totp(step)),
                totp::Verdict::Replayed | totp::Verdict::Wrong => None,
            });
        }
        if digits.len() == codes::SHEET_DIGITS
            && let (Some(sheet), Some(number)) = (factors.sheet, factors.asks())
        {
            return Ok(Some(Self::Number(
                sheet.id,
                number,
                keyed_number(cx.db(), sheet.id, number, &digits),
            )));
        }
        Ok(codes::read(typed, codes::RECOVERY)
            .map(|code| Self::Recovery(keyed_recovery(cx.db(), account, &code))))
    }

    /// Uses it up; each opens once, also when two browsers send it at the same moment.
    pub(crate) fn spend(self, tx: &mut Tx, account: AccountId) -> store::Result<bool> {
        match self {
            Self::Totp(step) => factors::use_step(tx, account, step),
            Self::Number(sheet, number, hash) => factors::use_number(tx, sheet, number, hash),
            Self::Recovery(hash) => factors::use_code(tx, account, hash),
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Totp(_) => "totp",
            Self::Number(..) => "sheet",
            Self::Recovery(_) => "recovery",
        }
    }
}

pub(crate) fn totp_context(account: AccountId) -> String {
    format!("identity.totp:{account}")
}

pub(crate) fn open_secret(
    cx: &Ctx,
    account: AccountId,
    sealed: &[u8],
) -> store::Result<[u8; totp::SECRET_BYTES]> {
    let plain = cx.db().key().open(sealed, &totp_context(account))?;
    plain
        .as_slice()
        .try_into()
        .map_err(|_| store::Error::Key("a sealed secret has the wrong length".to_owned()))
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
    let who = candidate(cx, Who::Account(account), turn_key).await?;
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
    Ok(())
}

/// Counts a wrong attempt on the account (or the name that nobody has) and on the address.
async fn count_failure(
    cx: &Ctx,
    who: &Candidate,
    action: &'static str,
    typed: Option<&str>,
) -> store::Result<Refusal> {
    let viewer = Viewer::public(cx.now).from(cx.ip.to_string());
    let (keys, account, office, typed) = (
        who.keys.clone(),
        who.account(),
        who.office(),
        typed.map(str::to_owned),
    );
    let until = cx
        .db()
        .write(&viewer, move |tx| {
            let now = tx.now();
            let mine = attempts::counter(tx, &keys.who)?.after_failure(Counted::Account, now);
            let theirs = attempts::counter(tx, &keys.address)?.after_failure(Counted::Address, now);
            attempts::put(tx, &keys.who, mine)?;
            attempts::put(tx, &keys.address, theirs)?;
            attempts::sweep(tx, now.plus_secs(-2 * FORGET_AFTER))?;
            let mut row = refused(about(action, account, office));
            if let Some(typed) = &typed {
                row.fields.push(field("name", None, Some(typed)));
            }
            tx.audit(row)?;
            for (counter, word) in [(mine, "account"), (theirs, "address")] {
                if counter.is_locked() {
                    let mut row = refused(about("identity.lockout", account, office));
                    row.fields.push(field("counted", None, Some(word)));
                    tx.audit(row)?;
                }
            }
            Ok::<_, store::Error>(mine.refused_until(now).max(theirs.refused_until(now)))
        })
        .await?;
    Ok(until.map_or(Refusal::Wrong, Refusal::Locked))
}

async fn note_refusal(
    cx: &Ctx,
    who: &Candidate,
    action: &'static str,
    typed: Option<&str>,
) -> store::Result<()> {
    let mut row = refused(about(action, who.account(), who.office()));
    if let Some(typed) = typed {
        row.fields.push(field("name", None, Some(typed)));
    }
    cx.db()
        .audit(&Viewer::public(cx.now).from(cx.ip.to_string()), row)
        .await
}

/// Checks the password of somebody who is signed in, counted like any attempt. `code` is an alternative to the password.
///
/// # Errors
/// [`Refusal::Wrong`], [`Refusal::Locked`]; the database.
pub async fn confirm(cx: &Ctx, password: &str, code: &str) -> web::Result<Result<(), Refusal>> {
    let me = cx.require_me()?.clone();
    let turn_key = keyed(cx.db(), Secret::Name, &me.account.to_string());
    let _turn = hashing::one_by_one(&turn_key).await;
    let who = candidate(cx, Who::Account(me.account), turn_key).await?;
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
    let who = candidate(cx, Who::Account(account), [0; 32]).await?;
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
