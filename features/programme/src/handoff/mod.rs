//! Handing over: an issue to another council or body, one question to a professional. Both sides see where it stands, and
//! somebody always has the next step.

pub(crate) mod actions;
pub(crate) mod begin;
pub mod model;
pub(crate) mod pages;
pub(crate) mod paper;
pub(crate) mod store;
