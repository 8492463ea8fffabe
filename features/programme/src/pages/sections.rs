//! What other parts of this room put on an entry's page, below its quotes. A part reads inside the page's own read (at most
//! two statements) and gives its markup, or nothing; one line here is all the page needs to know.

use maud::Markup;
use store::{Conn, Result};
use web::Ctx;

use crate::model::Entry;

/// Reads and shows one part of an entry's page.
pub type Section = fn(&mut Conn, &Ctx, &Entry) -> Result<Option<Markup>>;

/// The parts, in the order of the page.
pub const SECTIONS: &[Section] = &[crate::pdca::section::part, crate::links::section];
