//! The year of the programme as a clerk meets it: duties with their usual months, what last year's records say about this
//! month, and a note for whoever comes next.

pub(crate) mod actions;
pub mod model;
pub(crate) mod note_pages;
pub(crate) mod pages;
pub(crate) mod store;
pub(crate) mod waiting;
