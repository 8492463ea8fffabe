//! Handlers about countermeasures, comments and files.

pub(crate) mod beside;
pub(crate) mod form;
pub(crate) mod measure;
pub(crate) mod words;
