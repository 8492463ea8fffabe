//! Who acts, and for whom.

use kernel::{Lang, OrganisationId};
use store::{Error, Level, Tx};
use web::{Ctx, SignedIn};

use crate::i18n::tl;

/// The person of a request as the records name them.
#[derive(Clone, Debug)]
pub(crate) struct Actor {
    /// Whose record it becomes: the organisation acted for, or the own one.
    pub(crate) tenant: OrganisationId,
    /// Its name.
    pub(crate) tenant_name: String,
    /// The own organisation, when it acts for another.
    pub(crate) entered_by: Option<OrganisationId>,
    /// As printed beside what they wrote: name, office, and for whom.
    pub(crate) by: String,
}

/// The person who is signed in.
pub(crate) fn actor(cx: &Ctx) -> web::Result<Actor> {
    Ok(of(cx.require_me()?))
}

/// As [`actor`], from the session.
pub(crate) fn of(me: &SignedIn) -> Actor {
    let (name, office) = (me.name.as_str(), me.organisation_name.as_str());
    match &me.acting_for {
        Some(other) => Actor {
            tenant: other.id,
            tenant_name: other.name.clone(),
            entered_by: Some(me.organisation),
            by: tl!(
                Lang::Ja,
                "pdca-by-behalf",
                town = other.name.as_str(),
                name = name,
                office = office
            ),
        },
        None => Actor {
            tenant: me.organisation,
            tenant_name: me.organisation_name.clone(),
            entered_by: None,
            by: tl!(Lang::Ja, "pdca-by", name = name, office = office),
        },
    }
}

/// The account may write for this office just now; otherwise there is nothing here for it.
///
/// # Errors
/// [`Error::NotFound`] when it may not.
pub(crate) fn may_write(tx: &mut Tx, tenant: OrganisationId) -> Result<(), Error> {
    match crate::store::writes::level(tx, tenant)? {
        Some(level) if level >= Level::Edit => Ok(()),
        _ => Err(Error::NotFound),
    }
}
