//! Which tables an ordinary viewer may read, and how the engines are told.

use std::collections::{HashMap, HashSet};

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

use crate::{
    conn::Conn,
    error::{Error, Result},
    schema::{Guard, Step},
    sql::{Piece, pieces},
    stmt::{Stmt, intern},
};

/// What the migrations declare, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guards {
    open: HashSet<String>,
    system: HashSet<String>,
    /// Guarded table → its view.
    guarded: HashMap<String, String>,
    /// Views meant for ordinary viewers.
    views: HashSet<String>,
}

/// Views with these beginnings are meant for ordinary viewers.
pub(crate) fn is_public_view(name: &str) -> bool {
    name.starts_with("visible_") || name.starts_with("public_")
}

impl Guards {
    pub(crate) fn new(steps: &[Step]) -> Self {
        let mut guards = Self::default();
        for table in steps.iter().flat_map(|step| &step.tables) {
            match table.guard {
                Guard::Open => guards.open.insert(table.name.clone()),
                Guard::System => guards.system.insert(table.name.clone()),
                Guard::Tenant | Guard::Person => guards
                    .guarded
                    .insert(table.name.clone(), table.view().unwrap_or_default())
                    .is_none(),
            };
        }
        let views = steps.iter().flat_map(|step| &step.views);
        guards.views = views.filter(|view| is_public_view(view)).cloned().collect();
        guards
    }

    /// Open tables and views for ordinary viewers, for the grants of PostgreSQL.
    pub(crate) fn readable(&self) -> Vec<&str> {
        let mut list: Vec<&str> = self
            .open
            .iter()
            .chain(&self.views)
            .map(String::as_str)
            .collect();
        list.sort_unstable();
        list
    }

    /// SQLite asks this while it prepares a statement of an ordinary viewer.
    pub(crate) fn authorize(&self, context: &AuthContext<'_>) -> Authorization {
        let allowed = match context.action {
            AuthAction::Select
            | AuthAction::Recursive
            | AuthAction::Function { .. }
            | AuthAction::Transaction { .. } => true,
            AuthAction::Read {
                table_name,
                column_name,
            } => {
                self.may_read(table_name, context.accessor)
                    || (column_name.is_empty() && !self.is_table(table_name))
            }
            _ => false,
        };
        if allowed {
            Authorization::Allow
        } else {
            Authorization::Deny
        }
    }

    /// A name of a stored table. SQLite also asks about common table expressions of which no column is read.
    fn is_table(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        self.guarded.contains_key(&name)
            || self.system.contains(&name)
            || name == "migration"
            || name.starts_with("sqlite_")
            || name.starts_with("pragma_")
    }

    fn may_read(&self, table: &str, through: Option<&str>) -> bool {
        if self.open.contains(table) || self.views.contains(table) || table == "json_each" {
            return true;
        }
        through.is_some_and(|view| match self.guarded.get(table) {
            Some(own) => own == view,
            None => self.system.contains(table) && self.views.contains(view),
        })
    }
}

/// SQLite reports the name of a common table expression as if it were a view, so an ordinary viewer's statement must
/// not define one that looks like a view for ordinary viewers.
pub(crate) fn refuse_disguise(stmt: &Stmt) -> Result<()> {
    let list: Vec<Piece<'_>> = pieces(stmt.sql)
        .into_iter()
        .filter(|piece| {
            !matches!(piece, Piece::Comment(_))
                && !matches!(piece, Piece::Other(o) if o.trim().is_empty())
        })
        .collect();
    for (index, piece) in list.iter().enumerate() {
        let (Piece::Word(name) | Piece::Quoted(name)) = piece else {
            continue;
        };
        if !is_public_view(name.trim_matches('"')) {
            continue;
        }
        let defines = match (list.get(index + 1), list.get(index + 2)) {
            (Some(Piece::Other("(")), _) => true,
            (Some(Piece::Word(word)), Some(next)) if word.eq_ignore_ascii_case("as") => {
                matches!(next, Piece::Other("("))
                    || matches!(next, Piece::Word(w) if w.eq_ignore_ascii_case("not") || w.eq_ignore_ascii_case("materialized"))
            }
            _ => false,
        };
        if defines {
            return Err(Error::Guarded(format!(
                "{}: {name} is the name of a view",
                stmt.name
            )));
        }
    }
    Ok(())
}

/// The tables among `tables` of which this connection would let a statement read.
pub(crate) fn unguarded(conn: &mut Conn, tables: &[String]) -> Result<Vec<String>> {
    let mut list = Vec::new();
    for table in tables {
        let stmt = Stmt {
            name: "unguarded",
            sql: intern(format!("SELECT * FROM {table}")),
        };
        match conn.try_read(&stmt) {
            Err(Error::Guarded(_)) => {}
            Err(other) => return Err(other),
            Ok(()) => list.push(table.clone()),
        }
    }
    Ok(list)
}
