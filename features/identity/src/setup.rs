//! The first administrator of a production installation.

use kernel::OrganisationId;
use store::{Audit, Db, Viewer};
use web::Role;

use crate::{
    actions::{Secret, keyed},
    model::{InvitationId, codes, invitation::SETUP_HOURS},
    store::invitations::{self, NewInvitation},
};

/// Makes the one-time code with which the first administrator opens `/setup?code=…` and sets name, password and second factor. The code
/// lives for 24 hours and is shown once, by the caller; a code that was made before and not used is worth nothing any more.
/// `operator` is the organisation that runs the installation.
///
/// # Errors
/// [`store::Error::NotFound`] when there is no such organisation; otherwise what the database says.
pub async fn first_administrator(db: &Db, operator: OrganisationId) -> store::Result<String> {
    let env = db.env().clone();
    let code = codes::letters(&env.bytes::<{ codes::INVITATION }>());
    let now = env.now();
    let new = NewInvitation {
        id: env.id::<InvitationId>(),
        organisation: operator,
        role: Role::Administrator,
        hash: keyed(db, Secret::Invitation, &code),
        channel: "setup",
        label: String::new(),
        by: None,
        expires: now.plus_secs(SETUP_HOURS * 3600),
    };
    db.write(&Viewer::system("first administrator", now), move |tx| {
        if areas::store::organisation(tx, operator)?.is_none() {
            return Err(store::Error::NotFound);
        }
        invitations::revoke_setup(tx)?;
        invitations::add(tx, &new)?;
        tx.audit(Audit {
            action: "identity.setup.code",
            table: "invitation",
            id: Some(new.id.uuid()),
            subject: Some(operator.uuid()),
            ..Audit::default()
        })
    })
    .await?;
    Ok(codes::grouped(&code, 4).replace(' ', "-"))
}

/// Whether somebody already administers the installation.
///
/// # Errors
/// What the database says.
pub async fn is_set_up(db: &Db) -> store::Result<bool> {
    let viewer = Viewer::system("first administrator", db.env().now());
    db.read(&viewer, |conn| Ok(crate::store::accounts::count(conn)? > 0))
        .await
}
