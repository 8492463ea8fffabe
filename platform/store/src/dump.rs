//! Rows of any table as bytes that do not depend on the engine, and sums by which two databases are compared.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use crate::{
    conn::Conn,
    error::{Error, Result},
    row::Row,
    stmt::{Engine, Stmt, intern},
    value::Value,
};

const COLUMNS_SQLITE: Stmt = Stmt::of_one_engine(
    "store::columns_sqlite",
    "SELECT name FROM pragma_table_info(:name) ORDER BY cid",
);

const COLUMNS_POSTGRES: Stmt = Stmt::of_one_engine(
    "store::columns_postgres",
    "SELECT CAST(column_name AS TEXT) FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name = :name ORDER BY ordinal_position",
);

/// Number of rows and a sum that does not depend on their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Sum {
    pub(crate) rows: u64,
    parts: [u64; 4],
}

impl Sum {
    /// Adds a row.
    pub(crate) fn add(&mut self, row: &[u8]) {
        self.rows += 1;
        let hash = Sha256::digest(row);
        for (part, bytes) in self.parts.iter_mut().zip(hash.chunks_exact(8)) {
            let number = bytes
                .iter()
                .fold(0, |number, byte| (number << 8) | u64::from(*byte));
            *part = part.wrapping_add(number);
        }
    }
}

/// The columns of a table in their order.
pub(crate) fn columns(conn: &mut Conn, engine: Engine, table: &str) -> Result<Vec<String>> {
    let stmt = match engine {
        Engine::Sqlite => &COLUMNS_SQLITE,
        Engine::Postgres => &COLUMNS_POSTGRES,
    };
    conn.all(stmt, crate::params! { "name" => table }, |row| row.get(0))
}

/// Hands over every row of a table as bytes.
pub(crate) fn rows(
    conn: &mut Conn,
    table: &str,
    columns: &[String],
    mut take: impl FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let sql = intern(format!("SELECT {} FROM {table}", columns.join(", ")));
    let mut bytes = Vec::new();
    conn.each(&Stmt { name: "dump", sql }, &[], |row| {
        bytes.clear();
        encode(row, &mut bytes)?;
        take(&bytes)
    })
}

/// Puts a row back.
pub(crate) fn insert(conn: &mut Conn, table: &str, columns: &[String], bytes: &[u8]) -> Result<()> {
    let places: Vec<String> = (0..columns.len())
        .map(|index| format!(":c{index}"))
        .collect();
    let sql = intern(format!(
        "INSERT INTO {table} ({}) VALUES ({})",
        columns.join(", "),
        places.join(", ")
    ));
    let values = decode(bytes)?;
    let params: Vec<(&str, &dyn crate::ToValue)> = places
        .iter()
        .zip(&values)
        .map(|(place, value)| (&place[1..], value as &dyn crate::ToValue))
        .collect();
    conn.execute(
        &Stmt {
            name: "restore",
            sql,
        },
        &params,
    )
    .map(|_| ())
}

fn encode(row: &Row<'_>, out: &mut Vec<u8>) -> Result<()> {
    for index in 0..row.columns() {
        let (tag, bytes): (u8, Cow<'_, [u8]>) = match row.value(index).map_err(Error::Engine)? {
            Value::Null => (b'n', Cow::Borrowed(&[])),
            Value::Int(number) => (b'i', Cow::Owned(number.to_be_bytes().to_vec())),
            Value::Real(number) => (b'r', Cow::Owned(number.to_bits().to_be_bytes().to_vec())),
            Value::Text(text) => (b't', Cow::Owned(text.into_owned().into_bytes())),
            Value::Blob(bytes) => (b'b', bytes),
            Value::Id(bytes) => (b'b', Cow::Owned(bytes.to_vec())),
        };
        let length = u32::try_from(bytes.len())
            .map_err(|_| Error::Engine("a value over 4 GB".to_owned()))?;
        out.push(tag);
        out.extend_from_slice(&length.to_be_bytes());
        out.extend_from_slice(&bytes);
    }
    Ok(())
}

fn decode(mut bytes: &[u8]) -> Result<Vec<Value<'_>>> {
    let damaged = || Error::File("a row of the archive cannot be read".to_owned());
    let mut values = Vec::new();
    while let Some((tag, rest)) = bytes.split_first() {
        let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(damaged)?;
        let length = u32::from_be_bytes(*length) as usize;
        let (value, rest) = rest.split_at_checked(length).ok_or_else(damaged)?;
        let eight = || value.try_into().map_err(|_| damaged());
        values.push(match tag {
            b'n' => Value::Null,
            b'i' => Value::Int(i64::from_be_bytes(eight()?)),
            b'r' => Value::Real(f64::from_bits(u64::from_be_bytes(eight()?))),
            b't' => Value::Text(Cow::Borrowed(
                std::str::from_utf8(value).map_err(|_| damaged())?,
            )),
            b'b' => Value::Blob(Cow::Borrowed(value)),
            _ => return Err(damaged()),
        });
        bytes = rest;
    }
    Ok(values)
}
