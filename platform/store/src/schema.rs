//! Migrations of all crates as one list, and what they declare about their tables.

use crate::{
    error::{Error, Result},
    sql::{Piece, pieces},
    stmt::{Engine, Stmt},
};

/// What a feature keeps in the database.
#[derive(Debug)]
pub struct Schema {
    /// The feature's one word.
    pub feature: &'static str,
    /// Its migrations, made with [`migrations!`](crate::migrations).
    pub migrations: &'static [Migration],
    /// The `STATEMENTS` of each of its store files.
    pub statements: &'static [&'static [Stmt]],
}

/// One migration: a stamped name and its text, which may differ by engine.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// `20261122_1_contacts`: day, number of the day, a word.
    pub name: &'static str,
    /// The text for SQLite.
    pub sqlite: &'static str,
    /// The text for PostgreSQL.
    pub postgres: &'static str,
}

/// Lists migration files of this crate's folder `migrations`: `migrations!["20261122_1_contacts"]` reads
/// `20261122_1_contacts.sql`; with `=> engines` after the name it reads `.sqlite.sql` and `.postgres.sql`.
#[macro_export]
macro_rules! migrations {
    ($($name:literal $(=> $engines:ident)?),* $(,)?) => {
        &[$($crate::migrations!(@one $name $($engines)?)),*]
    };
    (@one $name:literal) => {
        $crate::Migration {
            name: $name,
            sqlite: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/", $name, ".sql")),
            postgres: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/", $name, ".sql")),
        }
    };
    (@one $name:literal engines) => {
        $crate::Migration {
            name: $name,
            sqlite: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/", $name, ".sqlite.sql")),
            postgres: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/", $name, ".postgres.sql")),
        }
    };
}

/// The tables of the store itself.
pub(crate) static OWN: Schema = Schema {
    feature: "store",
    migrations: migrations!["20261122_0_store", "20261122_1_change" => engines],
    statements: &[
        crate::access::STATEMENTS,
        crate::audit::STATEMENTS,
        crate::blobs::STATEMENTS,
        crate::feed::STATEMENTS,
        crate::jobs::STATEMENTS,
        crate::ledger::STATEMENTS,
        crate::meta::STATEMENTS,
        crate::moving::STATEMENTS,
        crate::seal::STATEMENTS,
    ],
};

/// How a table may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guard {
    /// By everybody.
    Open,
    /// Through its view, by those who have access to the organisation.
    Tenant,
    /// Through its view, by those who have access to the person.
    Person,
    /// By the program only.
    System,
}

/// A table as its migration declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Which feature owns it.
    pub feature: &'static str,
    /// How it may be read.
    pub guard: Guard,
    pub(crate) clustered: bool,
}

impl Table {
    /// The view through which an ordinary viewer reads it, when it is guarded.
    #[must_use]
    pub fn view(&self) -> Option<String> {
        matches!(self.guard, Guard::Tenant | Guard::Person)
            .then(|| format!("visible_{}", self.name))
    }
}

/// A migration with its feature and place in the order.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) feature: &'static str,
    pub(crate) migration: Migration,
    pub(crate) stamp: (u32, u32),
    pub(crate) tables: Vec<Table>,
    pub(crate) views: Vec<String>,
}

impl Step {
    pub(crate) fn text(&self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.migration.sqlite,
            Engine::Postgres => self.migration.postgres,
        }
    }

    /// The text in the engine's own words.
    pub(crate) fn ddl(&self, engine: Engine) -> String {
        translate(self.text(engine), engine, &self.tables)
    }
}

/// Merges the migrations of all features by their stamps and reads their declarations.
pub(crate) fn merge(schemas: &[&'static Schema], engine: Engine) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    for schema in schemas {
        for migration in schema.migrations {
            let bad = |what: &str| {
                Error::Schema(format!("{} {}: {what}", schema.feature, migration.name))
            };
            let mut parts = migration.name.splitn(3, '_');
            let mut number = || parts.next().and_then(|part| part.parse().ok());
            let (Some(day), Some(count)) = (number(), number()) else {
                return Err(bad("a migration is named like 20261122_1_contacts"));
            };
            let text = match engine {
                Engine::Sqlite => migration.sqlite,
                Engine::Postgres => migration.postgres,
            };
            let (tables, views) = declarations(text, schema.feature).map_err(|what| bad(&what))?;
            steps.push(Step {
                feature: schema.feature,
                migration: *migration,
                stamp: (day, count),
                tables,
                views,
            });
        }
    }
    steps.sort_by_key(|step| {
        (
            step.stamp,
            step.feature != "store",
            step.feature,
            step.migration.name,
        )
    });
    let mut names: Vec<&str> = steps
        .iter()
        .flat_map(|step| &step.tables)
        .map(|table| table.name.as_str())
        .collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Error::Schema(format!(
            "two features declare the table {}",
            pair[0]
        ))),
        None => Ok(steps),
    }
}

/// Reads `-- table: name kind` lines and checks them against what the text creates.
fn declarations(text: &str, feature: &'static str) -> Result<(Vec<Table>, Vec<String>), String> {
    let mut tables: Vec<Table> = Vec::new();
    let (mut created, mut views) = (Vec::new(), Vec::new());
    let mut recent: Vec<String> = Vec::new();
    let mut after: Option<&str> = None;
    for piece in pieces(text) {
        match piece {
            Piece::Comment(comment) => {
                let Some(rest) = comment.strip_prefix("-- table:") else {
                    continue;
                };
                let mut words = rest.split_whitespace();
                let (Some(name), Some(kind)) = (words.next(), words.next()) else {
                    return Err(format!("`{comment}` names no table and kind"));
                };
                let guard = match kind {
                    "open" => Guard::Open,
                    "tenant" => Guard::Tenant,
                    "person" => Guard::Person,
                    "system" => Guard::System,
                    other => {
                        return Err(format!(
                            "{name} is declared {other}; say open, tenant, person or system"
                        ));
                    }
                };
                let clustered = match words.next() {
                    None => false,
                    Some("clustered") => true,
                    Some(other) => return Err(format!("{name}: unknown word {other}")),
                };
                tables.push(Table {
                    name: name.to_owned(),
                    feature,
                    guard,
                    clustered,
                });
            }
            Piece::Word(word) => {
                let upper = word.to_ascii_uppercase();
                match (after.take(), upper.as_str()) {
                    (Some(what), "IF" | "NOT" | "EXISTS") => after = Some(what),
                    (Some("TABLE"), _) => created.push(word.to_owned()),
                    (Some(_), _) => views.push(word.to_owned()),
                    (None, "TABLE")
                        if recent
                            .last()
                            .is_some_and(|w| w == "CREATE" || w == "VIRTUAL") =>
                    {
                        after = Some("TABLE");
                    }
                    (None, "VIEW")
                        if recent
                            .last()
                            .is_some_and(|w| w == "CREATE" || w == "REPLACE") =>
                    {
                        after = Some("VIEW");
                    }
                    _ => {}
                }
                recent.push(upper);
            }
            _ => {}
        }
    }
    for name in &created {
        if !tables.iter().any(|table| table.name == *name) {
            return Err(format!(
                "the table {name} is not declared; write `-- table: {name} <kind>` above it"
            ));
        }
    }
    for table in &tables {
        if !created.contains(&table.name) {
            return Err(format!(
                "the table {} is declared but not created",
                table.name
            ));
        }
        if let Some(view) = table.view()
            && views.iter().filter(|name| **name == view).count() != 1
        {
            return Err(format!(
                "the guarded table {} needs exactly one view {view}",
                table.name
            ));
        }
    }
    Ok((tables, views))
}

/// Portable DDL in the engine's words: types, strictness and byte order of text.
fn translate(text: &str, engine: Engine, tables: &[Table]) -> String {
    let mut out = String::with_capacity(text.len() + 256);
    // The columns of the statement being read, when it makes or changes a table.
    let (mut in_table, mut table, mut depth) = (false, None::<&Table>, 0_usize);
    let mut previous: [String; 2] = Default::default();
    let list = pieces(text);
    let mut skip_precision = false;
    for (index, piece) in list.iter().enumerate() {
        match *piece {
            Piece::Word(word) => {
                let upper = word.to_ascii_uppercase();
                if upper == "TABLE" && matches!(previous[1].as_str(), "CREATE" | "ALTER") {
                    in_table = true;
                    table = None;
                } else if in_table && previous[1] == "TABLE" {
                    table = tables
                        .iter()
                        .find(|t| t.name == word)
                        .filter(|_| previous[0] == "CREATE");
                }
                let cast = previous[1] == "AS";
                let mapped = match (engine, upper.as_str()) {
                    (Engine::Postgres, "BLOB") if word == "BLOB" => "BYTEA",
                    (Engine::Postgres, "TEXT") if in_table && !cast => "TEXT COLLATE \"C\"",
                    (Engine::Sqlite, "BIGINT") if in_table && !cast => "INTEGER",
                    (Engine::Sqlite, "DOUBLE") if in_table && !cast => {
                        skip_precision = true;
                        "REAL"
                    }
                    (Engine::Sqlite, "PRECISION") if skip_precision => {
                        skip_precision = false;
                        ""
                    }
                    _ => word,
                };
                out.push_str(mapped);
                previous = [std::mem::take(&mut previous[1]), upper];
            }
            Piece::Other("(") => {
                depth += 1;
                out.push('(');
            }
            Piece::Other(")") => {
                depth = depth.saturating_sub(1);
                out.push(')');
                if let (Engine::Sqlite, 0, Some(made)) = (engine, depth, table)
                    && in_table
                    && list.get(index + 1) == Some(&Piece::Other(";"))
                {
                    out.push_str(if made.clustered {
                        " STRICT, WITHOUT ROWID"
                    } else {
                        " STRICT"
                    });
                }
            }
            Piece::Other(";") => {
                in_table = false;
                table = None;
                previous = Default::default();
                out.push(';');
            }
            Piece::Parameter(name) => {
                out.push(':');
                out.push_str(name);
            }
            Piece::Quoted(text) | Piece::Comment(text) | Piece::Other(text) => out.push_str(text),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portable_tables_become_strict_or_bytewise() {
        let text = "-- table: t open\nCREATE TABLE t (id BLOB NOT NULL, n TEXT CHECK (n <> CAST(1 AS TEXT)), at BIGINT, \
                    r DOUBLE PRECISION);";
        let (tables, _) = declarations(text, "x").unwrap();
        assert!(translate(text, Engine::Sqlite, &tables).ends_with("at INTEGER, r REAL ) STRICT;"));
        let postgres = translate(text, Engine::Postgres, &tables);
        assert!(postgres.contains(
            "id BYTEA NOT NULL, n TEXT COLLATE \"C\" CHECK (n <> CAST(1 AS TEXT)), at BIGINT"
        ));
    }

    #[test]
    fn tables_are_declared_and_guarded_ones_have_their_view() {
        assert!(declarations("CREATE TABLE t (a TEXT);", "x").is_err());
        assert!(declarations("-- table: t open\n", "x").is_err());
        assert!(declarations("-- table: t tenant\nCREATE TABLE t (a TEXT);", "x").is_err());
        assert!(declarations("-- table: t odd\nCREATE TABLE t (a TEXT);", "x").is_err());
        let good = "-- table: t tenant\nCREATE TABLE t (a TEXT);\nCREATE VIEW visible_t AS SELECT a FROM t;";
        assert_eq!(declarations(good, "x").unwrap().1, ["visible_t"]);
    }
}
