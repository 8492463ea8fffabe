//! SQL of the paper tray.

use store::{Conn, Error, Result, Row};

use crate::model::{Page, PageId, PaperId};

macro_rules! page_select {
    ($rest:literal) => {
        concat!(
            "SELECT g.id, g.paper, g.number, g.blob, g.width, g.height, g.turn, g.arrived_at, g.scan_name FROM visible_inbox_page g ",
            $rest
        )
    };
}

store::statements! {
    pub PAGES_OF_TARGET = page_select!("WHERE g.target = :target AND g.state = 'filed' ORDER BY g.arrived_at, g.paper, g.place");
    pub PAGES = page_select!("WHERE g.paper = :paper ORDER BY g.place");
    pub PAGE = page_select!("WHERE g.id = :id");
}

fn page_row(r: &Row) -> Result<Page> {
    Ok(Page {
        id: r.get(0)?,
        paper: r.get(1)?,
        number: r.get(2)?,
        blob: r.get(3)?,
        width: r.get(4)?,
        height: r.get(5)?,
        turn: r.get(6)?,
        arrived_at: r.get(7)?,
        scan_name: r.get(8)?,
    })
}

/// The pages of all papers filed under a record, as this viewer may see them.
///
/// # Errors
/// What the engine says.
pub fn pages_of_target(conn: &mut Conn, target: &str) -> Result<Vec<Page>> {
    conn.all(
        &PAGES_OF_TARGET,
        store::params! {"target" => target},
        page_row,
    )
}

/// The pages of a paper.
///
/// # Errors
/// What the engine says.
pub fn pages(conn: &mut Conn, paper: PaperId) -> Result<Vec<Page>> {
    conn.all(&PAGES, store::params! {"paper" => paper}, page_row)
}

/// A page.
///
/// # Errors
/// [`Error::NotFound`] when it is not there or not this viewer's.
pub fn page(conn: &mut Conn, id: PageId) -> Result<Page> {
    conn.opt(&PAGE, store::params! {"id" => id}, page_row)?
        .ok_or(Error::NotFound)
}
