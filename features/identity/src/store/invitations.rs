//! Invitations.

use kernel::{AccountId, OrganisationId, Time};
use store::{Conn, Editable, Result, Row, Tx};
use web::Role;

use crate::model::{InvitationId, invitation::State};

store::statements! {
    OF_OFFICE = "SELECT i.id, i.organisation, i.role, i.channel, i.label, i.state, i.created, i.expires, i.closed
        FROM visible_invitation i WHERE i.organisation = :organisation AND (i.state = 'open' OR i.created > :since)
        ORDER BY i.created DESC LIMIT 100";
    EDITABLE = "SELECT i.id, i.level FROM visible_invitation i WHERE i.id = :id";
    BY_HASH = "SELECT i.id, i.organisation, i.role, i.channel, i.label, i.state, i.created, i.expires, i.closed
        FROM invitation i WHERE i.hash = :hash";
    BY_ID = "SELECT i.id, i.organisation, i.role, i.channel, i.label, i.state, i.created, i.expires, i.closed
        FROM invitation i WHERE i.id = :id";
    OF_MANAGERS = "SELECT i.id, i.organisation, i.role, i.channel, i.label, i.state, i.created, i.expires, i.closed
        FROM invitation i WHERE i.role IN ('manager', 'administrator') AND (i.state = 'open' OR i.created > :since)
        ORDER BY i.created DESC LIMIT 200";
    ADD = "INSERT INTO invitation (id, organisation, role, hash, channel, label, state, invited_by, created, expires, accepted_by, closed)
        VALUES (:id, :organisation, :role, :hash, :channel, :label, 'open', :by, :now, :expires, NULL, NULL)";
    ACCEPT = "UPDATE invitation SET state = 'accepted', accepted_by = :by, closed = :now
        WHERE id = :id AND state = 'open' AND expires > :now";
    REVOKE = "UPDATE invitation SET state = 'revoked', closed = :now WHERE id = :id AND state = 'open'";
    REVOKE_SETUP = "UPDATE invitation SET state = 'revoked', closed = :now WHERE channel = 'setup' AND state = 'open'";
    EXPIRING = "SELECT COUNT(*), MIN(i.expires) FROM visible_invitation i WHERE i.organisation = :organisation
        AND i.state = 'open' AND i.expires > :now AND i.expires <= :soon";
}

/// An invitation without its code.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Which.
    pub id: InvitationId,
    /// Into which organisation.
    pub organisation: OrganisationId,
    /// With which role.
    pub role: Role,
    /// `mail`, `print` or `setup`.
    pub channel: String,
    /// The inviter's own note of whom it is for.
    pub label: String,
    /// Where it stands now.
    pub state: State,
    /// When it was made.
    pub created: Time,
    /// When it runs out.
    pub expires: Time,
    /// When it was accepted or taken back.
    pub closed: Option<Time>,
}

/// A new invitation; the code itself is only in the mail or on the paper.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    /// Its id.
    pub id: InvitationId,
    /// Into which organisation.
    pub organisation: OrganisationId,
    /// With which role.
    pub role: Role,
    /// Keyed hash of the code.
    pub hash: [u8; 32],
    /// `mail`, `print` or `setup`.
    pub channel: &'static str,
    /// The inviter's own note.
    pub label: String,
    /// Who invites; none for a first administrator.
    pub by: Option<AccountId>,
    /// When it runs out.
    pub expires: Time,
}

fn invitation(r: &Row<'_>, now: Time) -> Result<Invitation> {
    let role: String = r.get(2)?;
    let state: String = r.get(5)?;
    let expires = r.get(7)?;
    let role = Role::from_code(&role).ok_or_else(|| store::Error::Corrupt {
        table: "invitation".to_owned(),
        column: "role".to_owned(),
        row: role.clone(),
    })?;
    Ok(Invitation {
        id: r.get(0)?,
        organisation: r.get(1)?,
        role,
        channel: r.get(3)?,
        label: r.get(4)?,
        state: State::from_stored(&state, expires, now),
        created: r.get(6)?,
        expires,
        closed: r.get(8)?,
    })
}

/// The open and recent invitations of an office, as its manager sees them.
pub(crate) fn of_office(conn: &mut Conn, organisation: OrganisationId) -> Result<Vec<Invitation>> {
    let now = conn.now();
    let params = store::params! {"organisation" => organisation, "since" => now.plus_days(-60)};
    conn.all(&OF_OFFICE, params, |r| invitation(r, now))
}

/// The open and recent invitations of managers and administrators of all offices. Needs a system viewer.
pub(crate) fn of_managers(conn: &mut Conn) -> Result<Vec<Invitation>> {
    let now = conn.now();
    conn.all(
        &OF_MANAGERS,
        store::params! {"since" => now.plus_days(-60)},
        |r| invitation(r, now),
    )
}

/// Proof that the viewer manages the office of this invitation.
pub(crate) fn editable(
    conn: &mut Conn,
    id: InvitationId,
) -> Result<Option<Editable<InvitationId>>> {
    store::token::editable(conn, &EDITABLE, store::params! {"id" => id})
}

/// The invitation with this code. Needs a system viewer or a write.
pub(crate) fn by_hash(conn: &mut Conn, hash: [u8; 32]) -> Result<Option<Invitation>> {
    let now = conn.now();
    conn.opt(&BY_HASH, store::params! {"hash" => hash}, |r| {
        invitation(r, now)
    })
}

/// One invitation inside a write.
pub(crate) fn by_id(conn: &mut Conn, id: InvitationId) -> Result<Option<Invitation>> {
    let now = conn.now();
    conn.opt(&BY_ID, store::params! {"id" => id}, |r| invitation(r, now))
}

/// Stores an invitation.
pub(crate) fn add(tx: &mut Tx, new: &NewInvitation) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &ADD,
        store::params! {
            "id" => new.id, "organisation" => new.organisation, "role" => new.role.code(), "hash" => new.hash,
            "channel" => new.channel, "label" => new.label, "by" => new.by, "now" => now, "expires" => new.expires,
        },
    )?;
    Ok(())
}

/// Notes that somebody joined with it; `false` when it is not open any more.
pub(crate) fn accept(tx: &mut Tx, id: InvitationId, by: AccountId) -> Result<bool> {
    let now = tx.now();
    Ok(tx.exec(
        &ACCEPT,
        store::params! {"id" => id, "by" => by, "now" => now},
    )? == 1)
}

/// Takes it back; `false` when it is not open any more.
pub(crate) fn revoke(tx: &mut Tx, id: InvitationId) -> Result<bool> {
    let now = tx.now();
    Ok(tx.exec(&REVOKE, store::params! {"id" => id, "now" => now})? == 1)
}

/// Takes back every code of a first administrator that nobody used.
pub(crate) fn revoke_setup(tx: &mut Tx) -> Result<()> {
    let now = tx.now();
    tx.exec(&REVOKE_SETUP, store::params! {"now" => now})?;
    Ok(())
}

/// How many of an office's invitations run out before `soon`, and when the first does.
pub(crate) fn expiring(
    conn: &mut Conn,
    organisation: OrganisationId,
    soon: Time,
) -> Result<(i64, Option<Time>)> {
    let now = conn.now();
    let params = store::params! {"organisation" => organisation, "now" => now, "soon" => soon};
    conn.one(&EXPIRING, params, |r| Ok((r.get(0)?, r.get(1)?)))
}
