//! Forms that are data: a form is described once as a [`Catalogue`] of fields; its page, its checks, its stored values and
//! its files all derive from that. Knows no feature and no database.
//!
//! * [`Catalogue`], [`Field`], [`Kind`]: what is asked. Stored as JSON.
//! * [`Value`]: what was answered to one field. 記載なし ([`Value::Blank`]) is an answer; an absent value is 未回答.
//! * [`Field::read`] and [`Field::write`]: between a form of a page and a value; [`Field::check`]: whether a value may stand.
//! * [`files`]: the form as XLSX and DOCX, out and back.
//! * [`page`]: the controls of a field.
//! * [`Table`]: any long table as XLSX, row by row.

pub mod catalogue;
mod check;
pub mod files;
pub mod i18n;
pub mod page;
mod read;
mod table;
#[cfg(test)]
mod tests;
pub mod value;

pub use catalogue::{Catalogue, CatalogueError, Cell, Choice, Column, Field, Kind, Words};
pub use check::Problem;
pub use table::{Table, TableError, fitted};
pub use value::Value;

/// Most fields of a catalogue.
pub const MOST_FIELDS: usize = 200;
/// Most characters of one answer.
pub const MOST_CHARS: usize = 20_000;
/// Most rows of a table.
pub const MOST_ROWS: usize = 200;
