//! From memberships to rows of access: what an account may see and change of which organisation.

use kernel::{OrganisationId, Time};
use store::access::{Grant, Level};
use web::Role;

/// A moment that never comes: the end of a membership without an end.
pub const FOREVER: Time = Time(i64::MAX);

/// What access is computed from: one membership of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The role there.
    pub role: Role,
    /// First instant of the membership.
    pub starts: Time,
    /// First instant after the membership.
    pub ends: Option<Time>,
    /// The municipalities that the organisation is declared to act for.
    pub acts_for: Vec<OrganisationId>,
}

/// What a role may do with the records of the own organisation. Administrators run the installation and manage the people of their
/// own office; the records of other offices are none of their business.
#[must_use]
pub fn level(role: Role) -> Level {
    match role {
        Role::Member => Level::Read,
        Role::Editor | Role::Approver => Level::Edit,
        Role::Manager | Role::Administrator => Level::Manage,
    }
}

/// The rows of access of an account: the own organisation by role; each municipality acted for by role, but never to manage its
/// people, and never for an administrator. A membership that has not begun or is over gives nothing.
#[must_use]
pub fn grants(places: &[Place], now: Time) -> Vec<Grant> {
    let mut out = Vec::new();
    for place in places {
        let until = place.ends.unwrap_or(FOREVER);
        if place.starts > now || until <= now {
            continue;
        }
        let own = level(place.role);
        out.push(Grant {
            subject: place.organisation.uuid(),
            level: own,
            until,
            via: "membership".to_owned(),
        });
        if place.role == Role::Administrator {
            continue;
        }
        for town in &place.acts_for {
            out.push(Grant {
                subject: town.uuid(),
                level: own.min(Level::Edit),
                until,
                via: "acting-for".to_owned(),
            });
        }
    }
    out
}
