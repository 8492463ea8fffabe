//! What an office's manager does for the office's people, and the administrator for managers.

use kernel::{AccountId, OrganisationId, Time};
use store::{Tx, Viewer};
use web::{Ctx, OrgKind, Role};

use super::{Error, Refusal, Result, about, field, keyed_number, keyed_recovery};
use crate::{
    model::{MembershipId, ReviewId, SheetId, codes, invitation as rules, review::Quarter},
    store::{
        accounts, attempts, factors,
        memberships::{self, Membership},
    },
};

/// Hours that a replacement code from the manager lives.
const REPLACEMENT_HOURS: i64 = 24;

/// The member behind a token that only the own office's manager gets.
fn mine(
    tx: &mut Tx,
    id: MembershipId,
    organisation: OrganisationId,
) -> Result<(store::Editable<MembershipId>, Membership)> {
    let token = memberships::editable(tx, id, organisation)?.ok_or(Refusal::NotThere)?;
    let place = memberships::get(tx, &token)?;
    Ok((token, place))
}

/// Somebody must be left who can let people in and out.
fn somebody_left(tx: &mut Tx, place: &Membership) -> Result<()> {
    if matches!(place.role, Role::Manager | Role::Administrator)
        && memberships::others_with_role(tx, place.organisation, place.role, place.id)? == 0
    {
        return Err(Refusal::LastOne.into());
    }
    Ok(())
}

/// Changes a member's role and profession. The member's sessions end: the next one has the new role.
///
/// # Errors
/// [`Refusal::MayNot`], [`Refusal::LastOne`], [`Refusal::NotThere`]; the database.
pub async fn set_role(
    cx: &Ctx,
    id: MembershipId,
    role: Role,
    profession: &'static str,
) -> web::Result<Result<()>> {
    let me = cx.require_me()?.clone();
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let (token, place) = mine(tx, id, me.organisation)?;
            let kind: OrgKind = me.kind;
            // The same rule for the role that is taken as for the one that is given: a manager cannot unmake an administrator.
            if place.role != role
                && !(rules::may_invite(me.role, true, kind, role)
                    && rules::may_invite(me.role, true, kind, place.role))
            {
                return Err(Error::Refused(Refusal::MayNot));
            }
            if place.role != role {
                somebody_left(tx, &place)?;
            }
            memberships::set_role(tx, &token, role, profession)?;
            memberships::refresh_access(tx, place.account)?;
            if place.account != me.account || place.role != role {
                web::session::end_all_of(tx, place.account)?;
            }
            let mut row = about(
                "identity.role.set",
                Some(place.account),
                Some(place.organisation),
            );
            row.fields
                .push(field("role", Some(place.role.code()), Some(role.code())));
            row.fields.push(field(
                "profession",
                Some(&place.profession),
                Some(profession),
            ));
            tx.audit(row)?;
            Ok(tx.changed(
                "membership",
                place.organisation.uuid(),
                Some(place.organisation),
            )?)
        })
        .await;
    Ok(done)
}

/// Ends a membership at once: sessions end, access is gone, and the account is closed when no membership is left.
///
/// # Errors
/// [`Refusal::LastOne`], [`Refusal::MayNot`], [`Refusal::NotThere`]; the database.
pub async fn end_membership(cx: &Ctx, id: MembershipId) -> web::Result<Result<bool>> {
    let me = cx.require_me()?.clone();
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let (token, place) = mine(tx, id, me.organisation)?;
            if !rules::may_invite(me.role, true, me.kind, place.role) {
                return Err(Error::Refused(Refusal::MayNot));
            }
            somebody_left(tx, &place)?;
            if !memberships::end(tx, &token, me.account)? {
                return Err(Error::Refused(Refusal::Stale));
            }
            web::session::end_all_of(tx, place.account)?;
            attempts::drop_steps(tx, place.account)?;
            memberships::refresh_access(tx, place.account)?;
            tx.audit(about(
                "identity.member.end",
                Some(place.account),
                Some(place.organisation),
            ))?;
            let last = memberships::of_account(tx, place.account)?.is_empty();
            if last {
                accounts::close(tx, place.account)?;
                accounts::drop_password(tx, place.account)?;
                factors::drop_all(tx, place.account)?;
                tx.audit(about(
                    "identity.account.close",
                    Some(place.account),
                    Some(place.organisation),
                ))?;
            }
            tx.changed(
                "membership",
                place.organisation.uuid(),
                Some(place.organisation),
            )?;
            Ok(last)
        })
        .await;
    Ok(done)
}

/// Issues a printed sheet of numbered codes; the one before is void. `replaces` is the sheet that the page showed as in force: a page
/// that is sent twice does not void what was just printed.
///
/// # Errors
/// [`Refusal::Stale`] when another sheet was issued meanwhile, [`Refusal::NotThere`]; the database.
pub async fn issue_sheet(
    cx: &Ctx,
    id: MembershipId,
    replaces: Option<SheetId>,
) -> web::Result<Result<Vec<String>>> {
    let me = cx.require_me()?.clone();
    let sheet: SheetId = cx.env().id();
    let codes: Vec<String> = (0..codes::SHEET_COUNT)
        .map(|_| codes::numbered(cx.env().bytes()))
        .collect();
    let hashes: Vec<[u8; 32]> = (1..)
        .zip(&codes)
        .map(|(number, code)| keyed_number(cx.db(), sheet, number, code))
        .collect();
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let (_, place) = mine(tx, id, me.organisation)?;
            if !rules::may_invite(me.role, true, me.kind, place.role) {
                return Err(Error::Refused(Refusal::MayNot));
            }
            if factors::sheet(tx, place.account)?.map(|s| s.id) != replaces {
                return Err(Error::Refused(Refusal::Stale));
            }
            factors::put_sheet(tx, sheet, place.account, me.account, &hashes)?;
            Ok(tx.audit(about(
                "identity.code-sheet.issue",
                Some(place.account),
                Some(place.organisation),
            ))?)
        })
        .await;
    Ok(done.map(|()| codes))
}

/// Withdraws a printed sheet: it was lost or copied.
///
/// # Errors
/// [`Refusal::NotThere`]; the database.
pub async fn void_sheet(cx: &Ctx, id: MembershipId) -> web::Result<Result<()>> {
    let me = cx.require_me()?.clone();
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let (_, place) = mine(tx, id, me.organisation)?;
            factors::void_sheet(tx, place.account)?;
            Ok(tx.audit(about(
                "identity.code-sheet.void",
                Some(place.account),
                Some(place.organisation),
            ))?)
        })
        .await;
    Ok(done)
}

/// The phone is lost: every session ends, every second factor is void, and one code that the manager hands over opens the account
/// once within a day, beside the password, to register a new app.
///
/// # Errors
/// [`Refusal::NotThere`]; [`Refusal::MayNot`] for oneself; the database.
pub async fn replace_factor(cx: &Ctx, id: MembershipId) -> web::Result<Result<String>> {
    let me = cx.require_me()?.clone();
    let owner: AccountId = {
        let viewer = cx.viewer();
        let found = cx
            .db()
            .read(&viewer, move |conn| memberships::visible(conn, id))
            .await?;
        match found {
            Some(member) if member.place.organisation == me.organisation => member.place.account,
            _ => return Ok(Err(Refusal::NotThere.into())),
        }
    };
    if owner == me.account {
        // Whoever finds the manager's screen open must not give themselves a way in.
        return Ok(Err(Refusal::MayNot.into()));
    }
    let code = codes::letters(&cx.env().bytes::<{ codes::RECOVERY }>());
    let hash = keyed_recovery(cx.db(), owner, &code);
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let (_, place) = mine(tx, id, me.organisation)?;
            if !rules::may_invite(me.role, true, me.kind, place.role) {
                return Err(Error::Refused(Refusal::MayNot));
            }
            web::session::end_all_of(tx, place.account)?;
            attempts::drop_steps(tx, place.account)?;
            factors::drop_all(tx, place.account)?;
            factors::add_code(
                tx,
                place.account,
                hash,
                tx.now().plus_secs(REPLACEMENT_HOURS * 3600),
                Some(me.account),
            )?;
            Ok(tx.audit(about(
                "identity.second-factor.replace",
                Some(place.account),
                Some(place.organisation),
            ))?)
        })
        .await;
    Ok(done.map(|()| code))
}

/// Lets somebody try again who waits after wrong attempts.
///
/// # Errors
/// [`Refusal::NotThere`]; the database.
pub async fn unlock(cx: &Ctx, id: MembershipId) -> web::Result<Result<()>> {
    let me = cx.require_me()?.clone();
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let (_, place) = mine(tx, id, me.organisation)?;
            attempts::clear(tx, &format!("account:{}", place.account))?;
            Ok(tx.audit(about(
                "identity.unlock",
                Some(place.account),
                Some(place.organisation),
            ))?)
        })
        .await;
    Ok(done)
}

/// Ends all sessions of a member.
///
/// # Errors
/// [`Refusal::NotThere`]; the database.
pub async fn end_sessions(cx: &Ctx, id: MembershipId) -> web::Result<Result<()>> {
    let me = cx.require_me()?.clone();
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let (_, place) = mine(tx, id, me.organisation)?;
            web::session::end_all_of(tx, place.account)?;
            attempts::drop_steps(tx, place.account)?;
            Ok(tx.audit(about(
                "identity.session.end",
                Some(place.account),
                Some(place.organisation),
            ))?)
        })
        .await;
    Ok(done)
}

/// Records that the manager looked through the office's members this quarter.
///
/// # Errors
/// The database.
pub async fn review(cx: &Ctx) -> web::Result<()> {
    let me = cx.require_me()?.clone();
    let (id, quarter) = (
        cx.env().id::<ReviewId>(),
        Quarter::of(cx.now.date_jst()).to_string(),
    );
    cx.db()
        .write(&cx.viewer(), move |tx| {
            let members = memberships::of_office(tx, me.organisation)?.len();
            memberships::add_review(
                tx,
                id,
                me.organisation,
                &quarter,
                i64::try_from(members).unwrap_or(0),
                me.account,
            )?;
            tx.audit(about("identity.review", None, Some(me.organisation)))
        })
        .await?;
    Ok(())
}

/// Whether an account is waiting after wrong attempts, and until when.
///
/// # Errors
/// The database.
pub async fn waits_until(cx: &Ctx, account: AccountId) -> store::Result<Option<Time>> {
    let viewer = Viewer::system("member's lockout", cx.now).from(cx.ip.to_string());
    cx.db()
        .read(&viewer, move |conn| {
            let now = conn.now();
            Ok(attempts::counter(conn, &format!("account:{account}"))?.refused_until(now))
        })
        .await
}
