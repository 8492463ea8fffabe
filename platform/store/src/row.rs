//! One row of an answer, whichever engine it comes from.

use std::borrow::Cow;

use crate::{
    error::{Error, Result},
    stmt::Stmt,
    value::{FromValue, Value},
};

/// One row; columns are counted from 0.
pub struct Row<'a> {
    pub(crate) inner: Inner<'a>,
    pub(crate) statement: &'a str,
    pub(crate) number: u64,
}

pub(crate) enum Inner<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a postgres::Row),
}

impl Row<'_> {
    /// Reads one column.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the column is missing or holds another kind of value.
    pub fn get<T: FromValue>(&self, index: usize) -> Result<T> {
        let corrupt = |what: &str| Error::Corrupt {
            table: self.statement.to_owned(),
            column: format!("{index} (expected {what})"),
            row: self.number.to_string(),
        };
        T::from_value(self.value(index).map_err(|error| corrupt(&error))?).map_err(corrupt)
    }

    /// The bare value of a column.
    pub(crate) fn value(&self, index: usize) -> Result<Value<'_>, String> {
        match &self.inner {
            Inner::Sqlite(row) => {
                use rusqlite::types::ValueRef as Ref;
                let utf8 = |bytes| std::str::from_utf8(bytes).map_err(|error| error.to_string());
                Ok(
                    match row.get_ref(index).map_err(|error| error.to_string())? {
                        Ref::Null => Value::Null,
                        Ref::Integer(number) => Value::Int(number),
                        Ref::Real(number) => Value::Real(number),
                        Ref::Text(bytes) => Value::Text(Cow::Borrowed(utf8(bytes)?)),
                        Ref::Blob(bytes) => Value::Blob(Cow::Borrowed(bytes)),
                    },
                )
            }
            Inner::Postgres(row) => row
                .try_get::<_, Option<Value<'_>>>(index)
                .map(|value| value.unwrap_or(Value::Null))
                .map_err(|error| error.to_string()),
        }
    }

    /// How many columns there are.
    #[must_use]
    pub fn columns(&self) -> usize {
        match &self.inner {
            Inner::Sqlite(row) => row.as_ref().column_count(),
            Inner::Postgres(row) => row.len(),
        }
    }
}

impl Stmt {
    /// A row of this statement's answer.
    pub(crate) fn row<'a>(&self, inner: Inner<'a>, number: u64) -> Row<'a> {
        Row {
            inner,
            statement: self.name,
            number,
        }
    }
}
