//! Proof, for functions that write, that the row was seen through its view in this transaction.

use crate::{
    access::Level,
    conn::Conn,
    error::{Error, Result},
    sql::words,
    stmt::Stmt,
    value::{FromValue, Params},
};

/// The viewer can see the row with this id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visible<I>(I);

/// The viewer may change the row with this id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Editable<I>(I);

impl<I: Copy> Visible<I> {
    /// The id.
    #[must_use]
    pub fn id(&self) -> I {
        self.0
    }
}

impl<I: Copy> Editable<I> {
    /// The id.
    #[must_use]
    pub fn id(&self) -> I {
        self.0
    }

    /// Who may change may also see.
    #[must_use]
    pub fn visible(&self) -> Visible<I> {
        Visible(self.0)
    }
}

/// Looks for a row through its view. The statement reads from a `visible_…` view and its first column is the id.
///
/// # Errors
/// [`Error::Engine`] when the statement reads no view; otherwise what the engine says.
pub fn visible<I: FromValue>(
    conn: &mut Conn,
    stmt: &Stmt,
    params: Params<'_>,
) -> Result<Option<Visible<I>>> {
    reads_a_view(stmt)?;
    conn.opt(stmt, params, |row| row.get(0).map(Visible))
}

/// Looks for a row that may be changed. The statement reads from a `visible_…` view; its first column is the id, its
/// second the view's `level`. A row that may only be read answers `None`, like one that is not there.
///
/// # Errors
/// [`Error::Engine`] when the statement reads no view or no level; otherwise what the engine says.
pub fn editable<I: FromValue>(
    conn: &mut Conn,
    stmt: &Stmt,
    params: Params<'_>,
) -> Result<Option<Editable<I>>> {
    reads_a_view(stmt)?;
    if !words(stmt.sql).any(|word| word.eq_ignore_ascii_case("level")) {
        return Err(Error::usage(
            stmt.name,
            "an editable row is proved by the level of its view",
        ));
    }
    let found = conn.opt(stmt, params, |row| {
        Ok((row.get::<I>(0)?, row.get::<Level>(1)?))
    })?;
    Ok(found
        .filter(|(_, level)| *level >= Level::Edit)
        .map(|(id, _)| Editable(id)))
}

/// The first table of the statement is a view of visible rows.
fn reads_a_view(stmt: &Stmt) -> Result<()> {
    let mut list = words(stmt.sql).skip_while(|word| !word.eq_ignore_ascii_case("from"));
    list.next();
    if list
        .next()
        .is_some_and(|table| table.starts_with("visible_"))
    {
        return Ok(());
    }
    Err(Error::usage(
        stmt.name,
        "a token comes only from a statement that reads FROM visible_…",
    ))
}
