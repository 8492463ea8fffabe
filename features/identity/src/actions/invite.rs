//! Inviting: a manager the own office's staff, an administrator the managers.

use kernel::{OrganisationId, Time};
use web::mail::Mail;
use web::{Ctx, Role};

use super::{Error, Refusal, Result, Secret, about, field, keyed, kind_of};
use crate::{
    model::{InvitationId, codes, invitation as rules},
    store::invitations::{self, NewInvitation},
};

/// A wish to invite, already checked for form.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Into which organisation.
    pub organisation: OrganisationId,
    /// With which role.
    pub role: Role,
    /// The inviter's own note of whom it is for.
    pub label: String,
    /// Where the link goes; none = print it.
    pub mail: Option<(String, String)>,
}

/// An invitation that was made; the code exists only here, on the paper and in the mail.
#[derive(Clone, Debug)]
pub struct Made {
    /// The code.
    pub code: String,
    /// When it runs out.
    pub expires: Time,
}

/// The path that a code opens.
#[must_use]
pub fn invitation_path(code: &str) -> String {
    format!("/invitation?code={code}")
}

/// Invites somebody. `write_mail` makes subject and body from the full address of the link; they name nobody.
///
/// # Errors
/// [`Refusal::MayNot`] when the role does not allow it, [`Refusal::NotThere`]; the database.
pub async fn invite(
    cx: &Ctx,
    wish: Wish,
    write_mail: impl FnOnce(&str, Time) -> (String, String),
) -> web::Result<Result<Made>> {
    let me = cx.require_me()?.clone();
    let code = codes::letters(&cx.env().bytes::<{ codes::INVITATION }>());
    let expires = cx.now.plus_days(rules::LIFE_DAYS);
    let new = NewInvitation {
        id: cx.env().id::<InvitationId>(),
        organisation: wish.organisation,
        role: wish.role,
        hash: keyed(cx.db(), Secret::Invitation, &code),
        channel: if wish.mail.is_some() { "mail" } else { "print" },
        label: wish.label,
        by: Some(me.account),
        expires,
    };
    let mail = wish.mail.map(|(to, _)| {
        let (subject, body) = write_mail(&cx.app.public_url(&invitation_path(&code)), expires);
        Mail {
            id: cx.env().uuid(),
            to,
            subject,
            body,
        }
    });
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let organisation =
                areas::store::organisation(tx, new.organisation)?.ok_or(Refusal::NotThere)?;
            let own = new.organisation == me.organisation;
            if !rules::may_invite(me.role, own, kind_of(&organisation.kind), new.role) {
                return Err(Error::Refused(Refusal::MayNot));
            }
            invitations::add(tx, &new)?;
            if let Some(mail) = &mail {
                web::mail::send(tx, mail)?;
            }
            let mut row = about("identity.invite", None, Some(new.organisation));
            row.table = "invitation";
            row.id = Some(new.id.uuid());
            row.fields.push(field("role", None, Some(new.role.code())));
            row.fields.push(field("channel", None, Some(new.channel)));
            tx.audit(row)?;
            Ok(tx.changed(
                "invitation",
                new.organisation.uuid(),
                Some(new.organisation),
            )?)
        })
        .await;
    Ok(done.map(|()| Made { code, expires }))
}

/// Takes an invitation back. A manager those of the own office, an administrator those of managers.
///
/// # Errors
/// [`Refusal::NotThere`] when it is not one of these, [`Refusal::Stale`] when it was used meanwhile; the database.
pub async fn revoke(cx: &Ctx, id: InvitationId) -> web::Result<Result<()>> {
    let me = cx.require_me()?.clone();
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let mine = invitations::editable(tx, id)?.is_some();
            let found = invitations::by_id(tx, id)?.ok_or(Refusal::NotThere)?;
            let managers = me.role == Role::Administrator
                && matches!(found.role, Role::Manager | Role::Administrator);
            if !mine && !managers {
                return Err(Error::Refused(Refusal::NotThere));
            }
            found.state.revoke().map_err(|_| Refusal::Stale)?;
            if !invitations::revoke(tx, id)? {
                return Err(Error::Refused(Refusal::Stale));
            }
            let mut row = about("identity.invitation.revoke", None, Some(found.organisation));
            row.table = "invitation";
            row.id = Some(id.uuid());
            tx.audit(row)?;
            Ok(tx.changed(
                "invitation",
                found.organisation.uuid(),
                Some(found.organisation),
            )?)
        })
        .await;
    Ok(done)
}
