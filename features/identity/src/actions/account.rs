//! What people do with their own account.

use kernel::{AccountId, Lang, OrganisationId, SessionId};
use store::Viewer;
use web::Ctx;
use web::session::Listed;

use super::{Error, Refusal, Result, about, factor::totp_context, field, keyed_recovery, kind_of};
use crate::{
    hashing,
    model::{MembershipId, codes, password as rules, totp},
    store::{
        accounts::{self, Found},
        attempts,
        factors::{self, Factors},
        memberships::{self, Membership},
    },
};

/// Days that recovery codes live. They lie in a drawer; a decade is as good as for ever and still an end.
const RECOVERY_DAYS: i64 = 3650;

/// Everything the account pages show.
#[derive(Debug)]
pub struct Mine {
    /// The account.
    pub account: Found,
    /// Its second factors.
    pub factors: Factors,
    /// Its live sessions.
    pub sessions: Vec<Listed>,
    /// Its places, each with the organisation and the municipalities it acts for.
    pub places: Vec<Place>,
}

/// One place of the account.
#[derive(Debug)]
pub struct Place {
    /// The membership.
    pub membership: Membership,
    /// The organisation.
    pub organisation: areas::model::Organisation,
    /// The municipalities it is declared to act for.
    pub acts_for: Vec<areas::model::Organisation>,
}

/// Reads the own account.
///
/// # Errors
/// When nobody is signed in, or the database fails.
pub async fn mine(cx: &Ctx) -> web::Result<Mine> {
    let id = cx.require_me()?.account;
    let viewer = Viewer::system("own account", cx.now).from(cx.ip.to_string());
    let mine = cx
        .db()
        .read(&viewer, move |conn| {
            let account = accounts::by_id(conn, id)?.ok_or(store::Error::NotFound)?;
            let factors = factors::of(conn, id)?;
            let sessions = web::session::list_of(conn, id, conn.now())?;
            let mut places = Vec::new();
            for membership in memberships::of_account(conn, id)? {
                let organisation = areas::store::organisation(conn, membership.organisation)?
                    .ok_or(store::Error::NotFound)?;
                let acts_for = areas::store::acts_for(conn, membership.organisation)?;
                places.push(Place {
                    membership,
                    organisation,
                    acts_for,
                });
            }
            Ok::<_, store::Error>(Mine {
                account,
                factors,
                sessions,
                places,
            })
        })
        .await?;
    Ok(mine)
}

/// Changes name, address and language.
///
/// # Errors
/// [`Refusal::Taken`] when the address belongs to another account; the database.
pub async fn rename(
    cx: &Ctx,
    name: String,
    email: Option<String>,
    lang: Lang,
) -> web::Result<Result<()>> {
    let me = cx.require_me()?.account;
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let old = accounts::by_id(tx, me)?.ok_or(Refusal::NotThere)?;
            if email != old.email && accounts::is_taken(tx, "", email.as_deref())? {
                return Err(Error::Refused(Refusal::Taken));
            }
            accounts::rename(tx, me, &name, email.as_deref())?;
            accounts::set_lang(tx, me, lang)?;
            let mut row = about("identity.account.save", Some(me), None);
            row.fields.push(field("name", Some(&old.name), Some(&name)));
            row.fields
                .push(field("email", old.email.as_deref(), email.as_deref()));
            Ok(tx.audit(row)?)
        })
        .await;
    Ok(done)
}

/// Sets a new password; every other session of the account ends.
///
/// # Errors
/// The database, or too many waiting.
pub async fn set_password(cx: &Ctx, new: &str) -> web::Result<()> {
    let me = cx.require_me()?.clone();
    let (hash, alone) = (
        hashing::hash(cx.env(), new).await?,
        rules::stands_alone(new),
    );
    let others = others(cx, me.account, me.session).await?;
    cx.db()
        .write(&cx.viewer(), move |tx| {
            accounts::set_password(tx, me.account, &hash, alone)?;
            attempts::drop_steps(tx, me.account)?;
            for session in &others {
                web::session::end(tx, *session)?;
            }
            tx.audit(about("identity.password.set", Some(me.account), None))
        })
        .await?;
    Ok(())
}

async fn others(cx: &Ctx, account: AccountId, but: SessionId) -> store::Result<Vec<SessionId>> {
    let viewer = Viewer::system("own account", cx.now).from(cx.ip.to_string());
    let all = cx
        .db()
        .read(&viewer, move |conn| {
            web::session::list_of(conn, account, conn.now())
        })
        .await?;
    Ok(all
        .into_iter()
        .map(|s| s.id)
        .filter(|id| *id != but)
        .collect())
}

/// Ends one of the own sessions, or all others. A session of somebody else is not there.
///
/// # Errors
/// [`Refusal::NotThere`]; the database.
pub async fn end_sessions(cx: &Ctx, only: Option<SessionId>) -> web::Result<Result<()>> {
    let me = cx.require_me()?.clone();
    let mut ends = others(cx, me.account, me.session).await?;
    if let Some(only) = only {
        ends.retain(|id| *id == only);
        if ends.is_empty() {
            return Ok(Err(Refusal::NotThere.into()));
        }
    }
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            for id in &ends {
                web::session::end(tx, *id)?;
            }
            tx.audit(about("identity.session.end", Some(me.account), None))
                .map_err(Error::from)
        })
        .await;
    Ok(done)
}

/// A new authenticator secret for the page, and the sealed form that travels in it. Nothing is stored before the code was right.
///
/// # Errors
/// When nobody is signed in, or the key fails.
pub fn new_totp(cx: &Ctx) -> web::Result<([u8; totp::SECRET_BYTES], String)> {
    let me = cx.require_me()?.account;
    let secret: [u8; totp::SECRET_BYTES] = cx.env().bytes();
    Ok((secret, seal_enrolment(cx, me, &secret)?))
}

fn enrolment_context(account: AccountId) -> String {
    format!("identity.enrol:{account}")
}

fn seal_enrolment(
    cx: &Ctx,
    account: AccountId,
    secret: &[u8; totp::SECRET_BYTES],
) -> store::Result<String> {
    let until = cx.now.plus_secs(30 * 60).micros().to_be_bytes();
    let sealed = cx.db().key().seal(
        &[secret.as_slice(), until.as_slice()].concat(),
        &enrolment_context(account),
    )?;
    Ok(data_encoding::BASE64URL_NOPAD.encode(&sealed))
}

/// Opens what [`new_totp`] sealed, while it is fresh and for the same account.
///
/// # Errors
/// When nobody is signed in.
pub fn reopen_totp(cx: &Ctx, sealed: &str) -> web::Result<Option<[u8; totp::SECRET_BYTES]>> {
    let me = cx.require_me()?.account;
    let Ok(bytes) = data_encoding::BASE64URL_NOPAD.decode(sealed.as_bytes()) else {
        return Ok(None);
    };
    let Ok(plain) = cx.db().key().open(&bytes, &enrolment_context(me)) else {
        return Ok(None);
    };
    let Some((secret, until)) = plain.split_first_chunk::<{ totp::SECRET_BYTES }>() else {
        return Ok(None);
    };
    let fresh = <[u8; 8]>::try_from(until).is_ok_and(|u| i64::from_be_bytes(u) > cx.now.micros());
    Ok(fresh.then_some(*secret))
}

/// Registers the authenticator app after its first code was right, draws recovery codes when there are none, and marks this session
/// as proven. Other sessions end: whoever replaces the app may have lost a phone.
///
/// # Errors
/// [`Refusal::Wrong`] when the code is wrong, [`Refusal::MayNot`] when the account has a factor that this session has not shown;
/// the database.
pub async fn enrol(
    cx: &Ctx,
    secret: [u8; totp::SECRET_BYTES],
    code: &str,
) -> web::Result<Result<Option<Vec<String>>>> {
    let me = cx.require_me()?.clone();
    let totp::Verdict::Step(step) = totp::check(&secret, code, cx.now, -1) else {
        return Ok(Err(Refusal::Wrong.into()));
    };
    let sealed = cx.db().key().seal(&secret, &totp_context(me.account))?;
    let (codes, hashes) = draw_recovery(cx, me.account);
    let others = others(cx, me.account, me.session).await?;
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let before = factors::of(tx, me.account)?;
            // A session of the password alone must not register an app beside a factor that somebody else holds.
            if before.any() && !me.second_factor {
                return Err(Error::Refused(Refusal::MayNot));
            }
            factors::put_totp(tx, me.account, &sealed, step)?;
            let fresh = before.recovery == 0;
            if fresh {
                factors::put_recovery(tx, me.account, &hashes, tx.now().plus_days(RECOVERY_DAYS))?;
            }
            web::session::set_second_factor(tx, me.session)?;
            for session in &others {
                web::session::end(tx, *session)?;
            }
            tx.audit(about(
                "identity.second-factor.set",
                Some(me.account),
                Some(me.organisation),
            ))?;
            Ok::<_, Error>(fresh)
        })
        .await;
    Ok(done.map(|fresh| fresh.then_some(codes)))
}

/// New recovery codes; the old ones are worth nothing any more.
///
/// # Errors
/// When nobody is signed in, or the session has not shown a second factor; the database.
pub async fn new_recovery(cx: &Ctx) -> web::Result<Vec<String>> {
    let me = cx.require_me()?.clone();
    if !me.second_factor {
        return Err(web::Error::Forbidden);
    }
    let (codes, hashes) = draw_recovery(cx, me.account);
    cx.db()
        .write(&cx.viewer(), move |tx| {
            factors::put_recovery(tx, me.account, &hashes, tx.now().plus_days(RECOVERY_DAYS))?;
            tx.audit(about(
                "identity.recovery-codes.set",
                Some(me.account),
                Some(me.organisation),
            ))
        })
        .await?;
    Ok(codes)
}

fn draw_recovery(cx: &Ctx, account: AccountId) -> (Vec<String>, Vec<[u8; 32]>) {
    let codes: Vec<String> = (0..codes::RECOVERY_COUNT)
        .map(|_| codes::letters(&cx.env().bytes::<{ codes::RECOVERY }>()))
        .collect();
    let hashes = codes
        .iter()
        .map(|code| keyed_recovery(cx.db(), account, code))
        .collect();
    (codes, hashes)
}

/// Whether the account has a second factor that this session has not shown: it was begun before the factor, or by somebody who
/// knows the password only.
///
/// # Errors
/// When nobody is signed in; the database.
pub async fn owes_factor(cx: &Ctx) -> web::Result<bool> {
    Ok(!cx.require_me()?.second_factor && mine(cx).await?.factors.any())
}

/// Switches for which municipality the session acts; none = the own organisation. Only what is declared for the own organisation.
///
/// # Errors
/// [`Refusal::NotThere`] for any other organisation; the database.
pub async fn act_for(cx: &Ctx, town: Option<OrganisationId>) -> web::Result<Result<()>> {
    let me = cx.require_me()?.clone();
    let lang = cx.lang;
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let acting = match town {
                None => None,
                Some(id) => {
                    let declared = areas::store::acts_for(tx, me.organisation)?
                        .into_iter()
                        .find(|o| o.id == id);
                    let town = declared
                        .filter(|_| me.role != web::Role::Administrator)
                        .ok_or(Refusal::NotThere)?;
                    Some(web::ActingFor {
                        id,
                        name: town.label(lang).to_owned(),
                    })
                }
            };
            web::session::set_acting_for(tx, me.session, acting.as_ref())?;
            Ok(tx.audit(about("identity.acting-for", Some(me.account), town))?)
        })
        .await;
    Ok(done)
}

/// Moves the session to another of the own memberships.
///
/// # Errors
/// [`Refusal::NotThere`] when it is not one of the own; the database.
pub async fn work_at(cx: &Ctx, membership: MembershipId) -> web::Result<Result<()>> {
    let me = cx.require_me()?.clone();
    let lang = cx.lang;
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let all = memberships::of_account(tx, me.account)?;
            let place = all
                .into_iter()
                .find(|m| m.id == membership)
                .ok_or(Refusal::NotThere)?;
            let organisation =
                areas::store::organisation(tx, place.organisation)?.ok_or(Refusal::NotThere)?;
            let to = (
                organisation.id,
                organisation.label(lang),
                kind_of(&organisation.kind),
            );
            web::session::set_membership(tx, me.session, to, place.role, &place.profession)?;
            Ok(tx.audit(about(
                "identity.work-at",
                Some(me.account),
                Some(organisation.id),
            ))?)
        })
        .await;
    Ok(done)
}

/// Notes a confirmation without a password, for the invented accounts of a demo.
///
/// # Errors
/// [`Refusal::NotThere`] outside a demo; the database.
pub async fn confirm_demo(cx: &Ctx) -> web::Result<Result<()>> {
    let me = cx.require_me()?.clone();
    if !super::sign_in::is_demo(cx).await? {
        return Ok(Err(Refusal::NotThere.into()));
    }
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            web::session::confirm(tx, me.session)?;
            tx.audit(about("identity.confirm", Some(me.account), None))
                .map_err(Error::from)
        })
        .await;
    Ok(done)
}
