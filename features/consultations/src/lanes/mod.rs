//! Hand-over: a consultation given to another desk, to a town's support center, or proposed to a hospital for joint handling.
//! The receiver sees exactly what was handed over; somebody named always has the next step.

pub(crate) mod actions;
pub(crate) mod deputies;
pub mod joint;
pub mod model;
pub(crate) mod pages;
pub mod section;
pub(crate) mod store;
pub(crate) mod waiting;
pub(crate) mod watch;
