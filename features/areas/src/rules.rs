//! Who may write a window, and when a verification is old.

use std::collections::BTreeSet;

use kernel::{Date, OrganisationId};
use web::OrgKind;

/// After so many days a 確認日 (date of verification) counts as old.
pub const STALE_AFTER_DAYS: i32 = 365;

/// The kind that counts for permissions. A dental desk is a desk, a hospital's liaison office belongs to a hospital; a kind that the
/// rules do not know gets the fewest rights.
#[must_use]
pub fn rights_of(stored: &str) -> OrgKind {
    match stored {
        "dental_desk" => OrgKind::Desk,
        "hospital_office" => OrgKind::Hospital,
        other => OrgKind::from_code(other).unwrap_or(OrgKind::Provider),
    }
}

/// A person's standing towards a window, as far as the rule of editing needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The office the person works in.
    pub organisation: OrganisationId,
    /// The municipality (as an organisation) for which the person acts right now.
    pub acting_for: Option<OrganisationId>,
}

/// How a person may write a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// As the owner.
    Owner,
    /// On behalf of the municipality, as its appointed desk.
    OnBehalf,
}

/// The rule that the editing queries apply: the owner writes its own window; an organisation that is declared to act
/// for a municipality writes that municipality's windows while the person says so (the bar on top of every page shows it).
///
/// `municipality` is the organisation of the window's municipality, `declared` whom the person's office may act for.
#[must_use]
pub fn hand(
    standing: Standing,
    owner: OrganisationId,
    municipality: Option<OrganisationId>,
    declared: &BTreeSet<OrganisationId>,
) -> Option<Hand> {
    if standing.organisation == owner {
        return Some(Hand::Owner);
    }
    let acting = standing.acting_for?;
    (municipality == Some(acting) && declared.contains(&acting)).then_some(Hand::OnBehalf)
}

/// Whether a verification is missing or older than a year.
#[must_use]
pub fn is_stale(verified_on: Option<Date>, today: Date) -> bool {
    verified_on.is_none_or(|date| days_between(date, today) > STALE_AFTER_DAYS)
}

/// Whole days from `from` to `to`; negative when `to` is earlier.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn org(n: u128) -> OrganisationId {
        OrganisationId::new(kernel::Uuid::from_u128(n))
    }

    #[test]
    fn offices_of_associations_and_hospitals_have_their_rights() {
        assert_eq!(rights_of("dental_desk"), OrgKind::Desk);
        assert_eq!(rights_of("hospital_office"), OrgKind::Hospital);
        assert_eq!(rights_of("municipality"), OrgKind::Municipality);
        assert_eq!(rights_of("association"), OrgKind::Provider);
    }

    #[test]
    fn the_owner_writes_and_a_desk_only_while_it_acts_for_that_town() {
        let (town, desk, other) = (org(1), org(2), org(3));
        let declared = BTreeSet::from([town]);
        let standing = |organisation, acting_for| Standing {
            organisation,
            acting_for,
        };
        assert_eq!(
            hand(standing(town, None), town, Some(town), &BTreeSet::new()),
            Some(Hand::Owner)
        );
        assert_eq!(
            hand(standing(desk, Some(town)), town, Some(town), &declared),
            Some(Hand::OnBehalf)
        );
        // Not said: not now.
        assert_eq!(
            hand(standing(desk, None), town, Some(town), &declared),
            None
        );
        // Said for another town, or without a declared delegation.
        assert_eq!(
            hand(standing(desk, Some(other)), town, Some(town), &declared),
            None
        );
        assert_eq!(
            hand(
                standing(desk, Some(town)),
                town,
                Some(town),
                &BTreeSet::new()
            ),
            None
        );
        // A neighbouring town never writes.
        assert_eq!(
            hand(standing(other, None), town, Some(town), &declared),
            None
        );
        // The desk's own window stays its own, also while it acts for a town.
        assert_eq!(
            hand(standing(desk, Some(town)), desk, Some(town), &declared),
            Some(Hand::Owner)
        );
    }

    #[test]
    fn a_year_old_verification_is_stale_and_a_missing_one_too() {
        let today: Date = "2026-11-22".parse().unwrap();
        assert!(is_stale(None, today));
        assert!(!is_stale(Some("2025-11-22".parse().unwrap()), today));
        assert!(is_stale(Some("2025-11-21".parse().unwrap()), today));
    }
}
