//! What is done about an issue: countermeasures from cause to evaluation, each municipality's own standing, comments, files.

pub(crate) mod actions;
pub(crate) mod input;
pub mod model;
pub(crate) mod pages;
pub(crate) mod section;
pub(crate) mod store;
pub(crate) mod who;

/// The page of an entry, without the base path.
pub(crate) fn entry_path(entry: crate::model::EntryId) -> String {
    format!("/programme/entries/{entry}")
}
