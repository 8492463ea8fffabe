//! The year's end: report, A3 sheets, next year's plan, closing, records and copies for disclosure.

pub(crate) mod actions;
pub(crate) mod disclosure;
pub(crate) mod export;
pub mod model;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod store;
