//! Joining: with an invitation from the office's manager, or as the installation's first administrator.

use kernel::{AccountId, Lang, OrganisationId};
use store::Viewer;
use web::Ctx;

use super::{
    Agent, Error, Refusal, Result, Secret, Seed, about, attempt::address_key, field, keyed,
    open_session, refused,
};
use crate::{
    hashing,
    model::{MembershipId, codes, invitation::State, password as rules},
    store::{
        accounts::{self, NewAccount},
        attempts,
        invitations::{self, Invitation},
        memberships::{self, Membership},
    },
};

/// An open invitation and where it leads.
#[derive(Debug)]
pub struct Door {
    /// The invitation.
    pub invitation: Invitation,
    /// The organisation.
    pub organisation: areas::model::Organisation,
}

/// What a code opens. Looking does not use it up: mail scanners follow links.
///
/// # Errors
/// [`Refusal::Wrong`] for an unknown code, [`Refusal::Stale`] for one that is used, taken back or too old, [`Refusal::Locked`]
/// after too many wrong codes from this address; the database.
pub async fn look(cx: &Ctx, typed: &str) -> web::Result<Result<Door, Refusal>> {
    let address = address_key(cx, cx.ip);
    let code = codes::read(typed, codes::INVITATION);
    let hash = code.map(|code| keyed(cx.db(), Secret::Invitation, &code));
    let viewer = Viewer::system("invitation code", cx.now).from(cx.ip.to_string());
    let counted = address.clone();
    let (locked, found) =
        cx.db()
            .read(&viewer, move |conn| {
                let now = conn.now();
                let locked = attempts::counter(conn, &counted)?.refused_until(now);
                let found = match (hash, locked) {
                    (Some(hash), None) => invitations::by_hash(conn, hash)?,
                    _ => None,
                };
                let door = match found {
                    Some(invitation) => areas::store::organisation(conn, invitation.organisation)?
                        .map(|organisation| Door {
                            invitation,
                            organisation,
                        }),
                    None => None,
                };
                Ok::<_, store::Error>((locked, door))
            })
            .await?;
    if let Some(until) = locked {
        return Ok(Err(Refusal::Locked(until)));
    }
    let Some(door) = found else {
        let viewer = Viewer::public(cx.now).from(cx.ip.to_string());
        cx.db()
            .write(&viewer, move |tx| {
                use crate::model::lockout::Counted;
                let counter =
                    attempts::counter(tx, &address)?.after_failure(Counted::Address, tx.now());
                attempts::put(tx, &address, counter)?;
                if counter.is_locked() {
                    let mut row = refused(about("identity.lockout", None, None));
                    row.fields.push(field("counted", None, Some("address")));
                    tx.audit(row)?;
                }
                tx.audit(refused(about("identity.invitation.open", None, None)))
            })
            .await?;
        return Ok(Err(Refusal::Wrong));
    };
    if door.invitation.state == State::Open {
        Ok(Ok(door))
    } else {
        Ok(Err(Refusal::Stale))
    }
}

/// What somebody typed who joins with a new account, already checked.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// Folded sign-in name.
    pub sign_in: String,
    /// Folded address.
    pub email: Option<String>,
    /// Name as typed.
    pub name: String,
    /// Profession, as a code.
    pub profession: &'static str,
    /// Language.
    pub lang: Lang,
}

/// Joins with a new account and begins its first session, still without a second factor.
///
/// # Errors
/// [`Refusal::Taken`] when sign-in name or address belong to somebody, [`Refusal::Stale`] when the invitation was used meanwhile;
/// the database, or too many waiting.
pub async fn join(
    cx: &Ctx,
    agent: &Agent,
    door: &Door,
    new: Newcomer,
    password: &str,
) -> web::Result<Result<()>> {
    let (hash, alone) = (
        hashing::hash(cx.env(), password).await?,
        rules::stands_alone(password),
    );
    let account: AccountId = cx.env().id();
    let membership: MembershipId = cx.env().id();
    let seed = Seed::new(cx, agent);
    let invitation = door.invitation.clone();
    let viewer = Viewer::signed_in(
        account,
        None,
        Some(invitation.organisation),
        cx.now,
        cx.ip.to_string(),
    );
    let begun = seed.clone();
    // A browser has one session: the one before would go on unseen.
    let before = cx.me.as_ref().map(|me| me.session);
    let done = cx
        .db()
        .write(&viewer, move |tx| {
            if accounts::is_taken(tx, &new.sign_in, new.email.as_deref())? {
                return Err(Error::Refused(Refusal::Taken));
            }
            let account_row = NewAccount {
                id: account,
                sign_in: new.sign_in.clone(),
                email: new.email.clone(),
                name: new.name.clone(),
                lang: new.lang,
            };
            accounts::add(tx, &account_row)?;
            accounts::set_password(tx, account, &hash, alone)?;
            let place = enter(tx, &invitation, account, membership, new.profession)?;
            if let Some(before) = before {
                web::session::end(tx, before)?;
            }
            open_session(tx, &begun, (account, &new.name), &place, false)
        })
        .await;
    if done.is_ok() {
        cx.sign_in_cookie(seed.token());
    }
    Ok(done)
}

/// Joins with the account that is signed in: one person keeps one account, whatever offices they work for.
///
/// # Errors
/// [`Refusal::Member`] when the account already belongs to the office, [`Refusal::Stale`]; the database.
pub async fn join_as_me(
    cx: &Ctx,
    door: &Door,
    profession: &'static str,
) -> web::Result<Result<()>> {
    let me = cx.require_me()?.clone();
    let membership: MembershipId = cx.env().id();
    let invitation = door.invitation.clone();
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            if memberships::of_account(tx, me.account)?
                .iter()
                .any(|m| m.organisation == invitation.organisation)
            {
                return Err(Error::Refused(Refusal::Member));
            }
            enter(tx, &invitation, me.account, membership, profession)?;
            Ok(())
        })
        .await;
    Ok(done)
}

fn enter(
    tx: &mut store::Tx,
    invitation: &Invitation,
    account: AccountId,
    membership: MembershipId,
    profession: &str,
) -> Result<Membership> {
    // Read anew: somebody may have used or revoked it while the form was filled in.
    let fresh = invitations::by_id(tx, invitation.id)?.ok_or(Refusal::Stale)?;
    fresh.state.accept().map_err(|_| Refusal::Stale)?;
    if !invitations::accept(tx, invitation.id, account)? {
        return Err(Refusal::Stale.into());
    }
    let place = Membership {
        id: membership,
        account,
        organisation: fresh.organisation,
        role: fresh.role,
        profession: profession.to_owned(),
        starts: tx.now(),
        ends: None,
    };
    memberships::add(tx, &place)?;
    memberships::refresh_access(tx, account)?;
    announce(tx, &place)?;
    Ok(place)
}

fn announce(tx: &mut store::Tx, place: &Membership) -> store::Result<()> {
    let mut row = about(
        "identity.join",
        Some(place.account),
        Some(place.organisation),
    );
    row.fields
        .push(field("role", None, Some(place.role.code())));
    row.fields
        .push(field("profession", None, Some(&place.profession)));
    tx.audit(row)?;
    tx.changed(
        "membership",
        place.organisation.uuid(),
        Some(OrganisationId::new(place.organisation.uuid())),
    )
}
