//! Values on the wire of PostgreSQL: bound strictly, because a value of the wrong kind is a mistake of the program.

use std::{borrow::Cow, error::Error};

use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use postgres_types::private::BytesMut;

use crate::value::Value;

type Failure = Box<dyn Error + Sync + Send>;

impl ToSql for Value<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
        match (self, kind) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(number), &Type::INT8) => number.to_sql(kind, out),
            (Value::Int(number), &Type::INT4) => i32::try_from(*number)?.to_sql(kind, out),
            (Value::Real(number), &Type::FLOAT8) => number.to_sql(kind, out),
            (Value::Text(text), &Type::TEXT | &Type::VARCHAR | &Type::NAME | &Type::UNKNOWN) => {
                text.as_ref().to_sql(kind, out)
            }
            (Value::Blob(bytes), &Type::BYTEA) => bytes.as_ref().to_sql(kind, out),
            (Value::Id(bytes), &Type::BYTEA) => bytes.as_slice().to_sql(kind, out),
            (other, _) => Err(format!("{other:?} given where {kind} is expected").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value<'a> {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Failure> {
        Ok(match *kind {
            Type::INT8 => Value::Int(i64::from_sql(kind, raw)?),
            Type::INT4 => Value::Int(i64::from(i32::from_sql(kind, raw)?)),
            Type::INT2 => Value::Int(i64::from(i16::from_sql(kind, raw)?)),
            Type::BOOL => Value::Int(i64::from(bool::from_sql(kind, raw)?)),
            Type::FLOAT8 => Value::Real(f64::from_sql(kind, raw)?),
            Type::TEXT | Type::VARCHAR | Type::NAME | Type::UNKNOWN | Type::BPCHAR => {
                Value::Text(Cow::Borrowed(<&str>::from_sql(kind, raw)?))
            }
            Type::BYTEA => Value::Blob(Cow::Borrowed(raw)),
            _ => return Err(format!(
                "a column of type {kind}; the dialect has BIGINT, TEXT, BLOB and DOUBLE PRECISION"
            )
            .into()),
        })
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
