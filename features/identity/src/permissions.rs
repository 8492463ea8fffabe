//! Who may open which page of this room.

use web::{OrgKind, Permission, Role};

/// The pages of an office's people: members, invitations, sheets, review.
pub const MANAGE_OFFICE: Permission = Permission::roles(
    "identity.office.manage",
    &[Role::Manager, Role::Administrator],
);

/// The audit trail of the own office.
pub const OFFICE_AUDIT: Permission = Permission::roles(
    "identity.office.audit",
    &[Role::Manager, Role::Administrator],
);

/// The installation: managers of all offices.
pub const ADMINISTER: Permission =
    Permission::roles("identity.administer", &[Role::Administrator]).kinds(&[OrgKind::Operator]);

/// The whole audit trail.
pub const ALL_AUDIT: Permission =
    Permission::roles("identity.audit.all", &[Role::Administrator]).kinds(&[OrgKind::Operator]);
