//! Who looks: every read and every write names its viewer, and the engines decide by it.

use kernel::{AccountId, OrganisationId, Time};

/// The one for whom the database is read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    pub(crate) kind: Kind,
    pub(crate) acting_for: Option<OrganisationId>,
    pub(crate) organisation: Option<OrganisationId>,
    pub(crate) now: Time,
    pub(crate) from: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Account(AccountId),
    Public,
    System(&'static str),
}

impl Viewer {
    /// A person who is signed in: account, the organisation acted for, the own organisation, the time of the
    /// request and where it came from (an address).
    #[must_use]
    pub fn signed_in(
        account: AccountId,
        acting_for: Option<OrganisationId>,
        organisation: Option<OrganisationId>,
        now: Time,
        from: impl Into<String>,
    ) -> Self {
        Self {
            kind: Kind::Account(account),
            acting_for,
            organisation,
            now,
            from: from.into(),
        }
    }

    /// Anybody: sees open tables and nothing that is guarded.
    #[must_use]
    pub fn public(now: Time) -> Self {
        Self {
            kind: Kind::Public,
            acting_for: None,
            organisation: None,
            now,
            from: String::new(),
        }
    }

    /// The program itself, past the views; `reason` says why, in a few words, for the audit trail.
    #[must_use]
    pub fn system(reason: &'static str, now: Time) -> Self {
        Self {
            kind: Kind::System(reason),
            acting_for: None,
            organisation: None,
            now,
            from: String::new(),
        }
    }

    /// The same viewer seen from an address, for public and system viewers inside a request.
    #[must_use]
    pub fn from(mut self, address: impl Into<String>) -> Self {
        self.from = address.into();
        self
    }

    /// The account, when a person is signed in.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        match self.kind {
            Kind::Account(account) => Some(account),
            Kind::Public | Kind::System(_) => None,
        }
    }

    /// The organisation that is acted for, when it is not the own one.
    #[must_use]
    pub fn acting_for(&self) -> Option<OrganisationId> {
        self.acting_for
    }

    /// The organisation the person belongs to.
    #[must_use]
    pub fn organisation(&self) -> Option<OrganisationId> {
        self.organisation
    }

    /// The time at which this viewer asked.
    #[must_use]
    pub fn now(&self) -> Time {
        self.now
    }

    /// True for the program itself.
    #[must_use]
    pub fn is_system(&self) -> bool {
        matches!(self.kind, Kind::System(_))
    }
}
