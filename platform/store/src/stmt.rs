//! Statements: one SQL text with named parameters, rewritten once for the engine that runs it.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, OnceLock},
};

use parking_lot::RwLock;

use crate::{
    error::{Error, Result},
    sql::{Piece, pieces},
};

/// One statement of the program; made only by [`statements!`](crate::statements).
#[derive(Clone, Copy, Debug)]
pub struct Stmt {
    /// Where it is written: module and constant, for logs and tests.
    pub name: &'static str,
    /// The text in the dialect of both engines, with `:name` parameters.
    pub sql: &'static str,
}

/// Which database runs the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// A file beside the program.
    Sqlite,
    /// A server.
    Postgres,
}

/// Defines the statements of one store file and the list of them for the tests that prepare everything:
/// `statements! { pub LIST = "SELECT …"; OPEN = "…"; }` makes `LIST`, `OPEN` and `STATEMENTS`.
#[macro_export]
macro_rules! statements {
    ($($(#[$meta:meta])* $vis:vis $name:ident = $sql:expr;)*) => {
        $(
            $(#[$meta])*
            #[doc = concat!("`", $sql, "`")]
            $vis const $name: $crate::Stmt = $crate::Stmt {
                name: concat!(module_path!(), "::", stringify!($name)),
                sql: $sql,
            };
        )*
        /// Every statement of this file, for the test that prepares all of them on both engines.
        pub const STATEMENTS: &[$crate::Stmt] = &[$($name),*];
    };
}

/// A statement as one engine takes it.
#[derive(Debug)]
pub(crate) struct Rewritten {
    pub(crate) sql: String,
    /// For PostgreSQL: the name bound to `$1`, `$2`, … in this order. For both: every name, once.
    pub(crate) names: Vec<String>,
    /// It mentions a view for ordinary viewers.
    pub(crate) names_a_view: bool,
    /// Set once the statement was found to define no view of its own; reading its text each time would cost more than running it.
    pub(crate) honest: OnceLock<()>,
}

/// Keeps a text that is put together from names of tables for the life of the program. There are as many as tables,
/// so nothing grows.
pub(crate) fn intern(text: String) -> &'static str {
    static KEPT: LazyLock<RwLock<HashMap<String, &'static str>>> = LazyLock::new(RwLock::default);
    let mut kept = KEPT.write();
    if let Some(known) = kept.get(&text) {
        return known;
    }
    let leaked: &'static str = Box::leak(text.clone().into_boxed_str());
    kept.insert(text, leaked);
    leaked
}

type Cache = RwLock<HashMap<(usize, usize, Engine), Arc<Rewritten>>>;
static CACHE: LazyLock<Cache> = LazyLock::new(Cache::default);

impl Stmt {
    /// A statement that one engine only understands; not in the lists that both engines prepare.
    pub(crate) const fn of_one_engine(name: &'static str, sql: &'static str) -> Self {
        Self { name, sql }
    }

    /// The key of this text in caches: statements are constants, so address and length name one.
    pub(crate) fn key(&self) -> (usize, usize) {
        (self.sql.as_ptr() as usize, self.sql.len())
    }

    pub(crate) fn rewritten(&self, engine: Engine) -> Result<Arc<Rewritten>> {
        let (at, length) = self.key();
        if let Some(found) = CACHE.read().get(&(at, length, engine)) {
            return Ok(Arc::clone(found));
        }
        let made =
            Arc::new(rewrite(self.sql, engine).map_err(|what| Error::usage(self.name, &what))?);
        CACHE
            .write()
            .insert((at, length, engine), Arc::clone(&made));
        Ok(made)
    }
}

/// Rewrites parameters and list helpers for an engine.
pub(crate) fn rewrite(sql: &str, engine: Engine) -> Result<Rewritten, String> {
    let mut out = String::with_capacity(sql.len() + 64);
    let mut names: Vec<String> = Vec::new();
    let parts = pieces(sql);
    let mut index = 0;
    while let Some(part) = parts.get(index) {
        index += 1;
        match *part {
            Piece::Parameter(name) => out.push_str(&parameter(name, engine, &mut names)),
            Piece::Word(word @ ("LIST_ID" | "LIST_TEXT")) => {
                let name = only_parameter(word, &parts, &mut index)?;
                let place = parameter(name, engine, &mut names);
                out.push_str(&match (engine, word) {
                    (Engine::Sqlite, "LIST_ID") => format!("(SELECT unhex(value) FROM json_each({place}))"),
                    (Engine::Sqlite, _) => format!("(SELECT value FROM json_each({place}))"),
                    (Engine::Postgres, "LIST_ID") => format!(
                        "(SELECT decode(v, 'hex') FROM jsonb_array_elements_text(CAST(CAST({place} AS TEXT) AS JSONB)) AS l(v))"
                    ),
                    (Engine::Postgres, _) => format!(
                        "(SELECT v FROM jsonb_array_elements_text(CAST(CAST({place} AS TEXT) AS JSONB)) AS l(v))"
                    ),
                });
            }
            Piece::Word("LIST_ROWS") => {
                let name = only_parameter("LIST_ROWS", &parts, &mut index)?;
                let place = parameter(name, engine, &mut names);
                out.push_str(&match engine {
                    Engine::Sqlite => format!("(SELECT value AS r FROM json_each({place}))"),
                    Engine::Postgres => format!(
                        "(SELECT e.r FROM jsonb_array_elements(CAST(CAST({place} AS TEXT) AS JSONB)) AS e(r))"
                    ),
                });
            }
            Piece::Word("ROW_ID") => {
                let (Some(Piece::Other("(")), Some(Piece::Word(number)), Some(Piece::Other(")"))) =
                    (parts.get(index), parts.get(index + 1), parts.get(index + 2))
                else {
                    return Err("ROW_ID takes the number of a cell".to_owned());
                };
                index += 3;
                out.push_str(&match engine {
                    Engine::Sqlite => format!("unhex(r ->> {number})"),
                    Engine::Postgres => format!("decode(r ->> {number}, 'hex')"),
                });
            }
            Piece::Word("BLOB") if engine == Engine::Postgres => out.push_str("BYTEA"),
            Piece::Other("$" | "?" | "@") => {
                return Err("parameters are written :name, never $1, ?1 or @name".to_owned());
            }
            Piece::Word(text) | Piece::Quoted(text) | Piece::Comment(text) | Piece::Other(text) => {
                out.push_str(text);
            }
        }
    }
    let names_a_view = sql.contains("visible_") || sql.contains("public_");
    Ok(Rewritten {
        sql: out,
        names,
        names_a_view,
        honest: OnceLock::new(),
    })
}

/// The one `:name` between brackets that a list word takes; moves `index` behind it.
fn only_parameter<'a>(
    word: &str,
    parts: &[Piece<'a>],
    index: &mut usize,
) -> Result<&'a str, String> {
    let (Some(Piece::Other("(")), Some(Piece::Parameter(name)), Some(Piece::Other(")"))) = (
        parts.get(*index),
        parts.get(*index + 1),
        parts.get(*index + 2),
    ) else {
        return Err(format!("{word} takes exactly one named parameter"));
    };
    *index += 3;
    Ok(name)
}

fn parameter(name: &str, engine: Engine, names: &mut Vec<String>) -> String {
    let number = names
        .iter()
        .position(|known| known == name)
        .unwrap_or_else(|| {
            names.push(name.to_owned());
            names.len() - 1
        })
        + 1;
    match engine {
        Engine::Sqlite => format!(":{name}"),
        Engine::Postgres => format!("${number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_numbers_once_and_strings_stay() {
        let made = rewrite(
            "SELECT ':a', b -- :c\n FROM t WHERE x = :b AND y = :a OR z = :b",
            Engine::Postgres,
        )
        .unwrap();
        assert_eq!(
            made.sql,
            "SELECT ':a', b -- :c\n FROM t WHERE x = $1 AND y = $2 OR z = $1"
        );
        assert_eq!(made.names, ["b", "a"]);
    }

    #[test]
    fn lists_are_one_parameter() {
        let made = rewrite("DELETE FROM t WHERE id IN LIST_ID(:ids)", Engine::Sqlite).unwrap();
        assert_eq!(
            made.sql,
            "DELETE FROM t WHERE id IN (SELECT unhex(value) FROM json_each(:ids))"
        );
        assert!(rewrite("x IN LIST_TEXT('a')", Engine::Sqlite).is_err());
    }

    #[test]
    fn rows_are_one_parameter() {
        let sql = "INSERT INTO t SELECT ROW_ID(0), r ->> 1 FROM LIST_ROWS(:rows)";
        let sqlite = rewrite(sql, Engine::Sqlite).unwrap().sql;
        assert!(
            sqlite
                .contains("unhex(r ->> 0), r ->> 1 FROM (SELECT value AS r FROM json_each(:rows))")
        );
        let postgres = rewrite(sql, Engine::Postgres).unwrap().sql;
        assert!(postgres.contains("decode(r ->> 0, 'hex')") && postgres.contains("$1 AS TEXT"));
        assert!(rewrite("SELECT ROW_ID(:x)", Engine::Sqlite).is_err());
    }

    #[test]
    fn numbered_parameters_are_refused() {
        assert!(rewrite("SELECT $1", Engine::Sqlite).is_err());
        assert!(rewrite("SELECT ?1", Engine::Postgres).is_err());
        assert!(rewrite("SELECT '$1?'", Engine::Postgres).is_ok());
    }
}
