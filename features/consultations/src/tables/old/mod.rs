//! Last years' workbooks: read with what the desk said about their columns and words, looked at, and taken as figures. A workbook
//! read twice changes nothing; a later one replaces the months it names.

mod actions;
mod file;
pub mod model;
pub(super) mod pages;
mod store;

pub(crate) use store::STATEMENTS;
