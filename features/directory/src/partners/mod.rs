//! 協力医療機関 (OD-11): which medical institution each care facility has agreed with, for what, confirmed once a year.
//!
//! The list of a municipality says who has none and whose confirmation is due; both sides stand on the page of a facility;
//! a sheet for FAX asks an office without a login.

mod pages;
mod sheet;
pub(crate) mod store;

use kernel::Date;
use web::{Permission, Role, Route};

pub use store::STATEMENTS;

/// Writing agreements of the facilities of one's own municipality.
pub const EDIT: Permission = Permission::roles(
    "directory.partners",
    &[Role::Editor, Role::Approver, Role::Manager],
);

/// Kinds of service that are asked to have one: residential facilities, homes with care, group homes.
pub(crate) const FACILITIES: &[&str] = &[
    "320",
    "331",
    "332",
    "334",
    "335",
    "336",
    "337",
    "361",
    "362",
    "364",
    "510",
    "520",
    "540",
    "550",
    "welfare_home",
];

/// Kinds that can be one.
pub(crate) const INSTITUTIONS: &[&str] = &["hospital", "clinic"];

/// Days after which an agreement is to be confirmed again.
pub(crate) const YEAR: i32 = 365;

/// Where an agreement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// Confirmed within a year.
    Fine,
    /// Confirmed longer than a year ago, or never.
    Now,
}

/// Whether an agreement is to be confirmed.
pub(crate) fn due(confirmed_on: Option<Date>, today: Date) -> Due {
    match confirmed_on {
        Some(day) if areas::rules::days_between(day, today) <= YEAR => Due::Fine,
        _ => Due::Now,
    }
}

/// The addresses of this part.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/directory/partners", &Permission::SIGNED_IN, pages::list),
        Route::get(
            "/directory/partners/{id}",
            &Permission::SIGNED_IN,
            pages::one,
        ),
        Route::post("/directory/partners/{id}", &EDIT, pages::save),
        Route::get(
            "/directory/partners/{id}/confirm.pdf",
            &Permission::SIGNED_IN,
            sheet::confirm,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_confirmation_holds_for_a_year() {
        let day = |text| kernel::parse_date(text).unwrap();
        assert_eq!(due(None, day("2026-11-22")), Due::Now);
        assert_eq!(due(Some(day("2025-11-22")), day("2026-11-22")), Due::Fine);
        assert_eq!(due(Some(day("2025-11-21")), day("2026-11-22")), Due::Now);
    }
}
