//! Every statement of this room, and functions named by what they are for.
//!
//! Accounts and everything that proves them are system tables: read by [`store::Viewer::system`] with its reason, or inside a write.
//! Memberships, invitations and reviews are read through their views, which show them to the office's managers.

pub mod accounts;
pub mod attempts;
pub mod audit;
pub mod cast;
pub mod factors;
pub mod invitations;
pub mod memberships;
