//! The rules of identity, without a database: passwords, second factors, lockout, invitations, access.

pub mod access;
pub mod codes;
pub mod invitation;
pub mod lockout;
pub mod names;
pub mod password;
pub mod review;
pub mod totp;

store::ids! {
    /// One account's place in one organisation.
    pub MembershipId;
    /// An invitation into an organisation.
    pub InvitationId;
    /// A printed sheet of numbered one-time codes.
    pub SheetId;
    /// A quarterly review of an organisation's members.
    pub ReviewId;
}

/// The professions a member may name, as stored; their words are in the locale files (`profession-…`).
pub const PROFESSIONS: &[&str] = &[
    "clerk",
    "public-health-nurse",
    "coordinator",
    "care-manager",
    "community-support",
    "physician",
    "dentist",
    "pharmacist",
    "nurse",
    "dental-hygienist",
    "therapist",
    "dietitian",
    "social-worker",
    "care-worker",
    "officer",
    "operator",
    "other",
];

/// The stored word of a profession that was sent in; `None` for anything that is not on the list.
#[must_use]
pub fn profession(code: &str) -> Option<&'static str> {
    PROFESSIONS.iter().copied().find(|known| *known == code)
}
