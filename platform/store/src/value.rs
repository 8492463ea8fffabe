//! Values on their way into and out of the database: five kinds, the same on both engines.

use std::borrow::Cow;

use kernel::{AccountId, AnyId, Date, OrganisationId, SessionId, Time, Uuid};

/// One parameter, borrowed from the caller where it can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// All whole numbers, flags (0 and 1) and times.
    Int(i64),
    /// A measured number.
    Real(f64),
    /// Text, dates and JSON.
    Text(Cow<'a, str>),
    /// Bytes.
    Blob(Cow<'a, [u8]>),
    /// An id: 16 bytes.
    Id([u8; 16]),
}

/// What can be bound to a named parameter.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be bound to a statement",
    note = "an id is made with `store::ids!` (same form as `kernel::ids!`), or add `store::column_ids!(TheId);`"
)]
pub trait ToValue {
    /// The value as the database keeps it.
    fn to_value(&self) -> Value<'_>;
}

/// What can be read from a column.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a column",
    note = "an id is made with `store::ids!` (same form as `kernel::ids!`), or add `store::column_ids!(TheId);`"
)]
pub trait FromValue: Sized {
    /// Takes the value, or says what was expected.
    ///
    /// # Errors
    /// The name of the expected kind, when the column holds another.
    fn from_value(value: Value<'_>) -> Result<Self, &'static str>;
}

/// Parameters of a statement by name; made by [`params!`](crate::params).
pub type Params<'a> = &'a [(&'a str, &'a dyn ToValue)];

/// Named parameters: `params! { "code" => code, "id" => id }`. The order does not matter; a name that is missing
/// or too many is an error of the call.
#[macro_export]
macro_rules! params {
    ($($name:literal => $value:expr),* $(,)?) => {
        &[$(($name, &$value as &dyn $crate::ToValue)),*] as &[(&str, &dyn $crate::ToValue)]
    };
}

/// Typed ids that can also be columns: the form of `kernel::ids!`, for ids that a feature defines itself.
#[macro_export]
macro_rules! ids {
    ($($(#[$meta:meta])* $vis:vis $name:ident;)+) => {
        $crate::kernel::ids! { $($(#[$meta])* $vis $name;)+ }
        $crate::column_ids!($($name),+);
    };
}

/// Lets ids that were made with `kernel::ids!` in this crate be bound and read.
#[macro_export]
macro_rules! column_ids {
    ($($name:ty),+ $(,)?) => {$(
        impl $crate::ToValue for $name {
            fn to_value(&self) -> $crate::Value<'_> {
                $crate::Value::Id(*$crate::kernel::AnyId::uuid(self).as_bytes())
            }
        }
        impl $crate::FromValue for $name {
            fn from_value(value: $crate::Value<'_>) -> ::core::result::Result<Self, &'static str> {
                <$crate::kernel::Uuid as $crate::FromValue>::from_value(value)
                    .map(<$name as $crate::kernel::AnyId>::from_uuid)
            }
        }
    )+};
}

column_ids!(AccountId, OrganisationId, SessionId);

/// A list of ids for `IN LIST_ID(:name)`.
#[must_use]
pub fn ids<I: AnyId>(list: &[I]) -> String {
    let mut json = String::with_capacity(list.len() * 35 + 2);
    json.push('[');
    for (index, id) in list.iter().enumerate() {
        json.push_str(if index == 0 { "\"" } else { ",\"" });
        json.push_str(id.uuid().simple().encode_lower(&mut Uuid::encode_buffer()));
        json.push('"');
    }
    json.push(']');
    json
}

/// A list of texts for `IN LIST_TEXT(:name)`.
#[must_use]
pub fn texts<S: AsRef<str>>(list: &[S]) -> String {
    serde_json::Value::from(
        list.iter()
            .map(|s| s.as_ref().to_owned())
            .collect::<Vec<_>>(),
    )
    .to_string()
}

/// Rows for `FROM LIST_ROWS(:name)`: each a list of cells, read in the statement as `r ->> 0`, `CAST(r ->> 1 AS BIGINT)`,
/// ids (32 hexadecimal digits, [`id_cell`]) as `ROW_ID(2)`. For bulk writes of a few hundred rows at a time.
#[must_use]
pub fn rows(list: &[Vec<serde_json::Value>]) -> String {
    serde_json::to_string(list).unwrap_or_else(|_| "[]".to_owned())
}

/// An id as a cell of [`rows`].
#[must_use]
pub fn id_cell<I: AnyId>(id: I) -> serde_json::Value {
    serde_json::Value::from(id.uuid().simple().to_string())
}

macro_rules! whole_numbers {
    ($($kind:ty),+) => {$(
        impl ToValue for $kind {
            fn to_value(&self) -> Value<'_> {
                Value::Int(i64::from(*self))
            }
        }
        impl FromValue for $kind {
            fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
                match value {
                    Value::Int(number) => Self::try_from(number).map_err(|_| "a smaller whole number"),
                    _ => Err("a whole number"),
                }
            }
        }
    )+};
}
whole_numbers!(i64, i32, i16, u32, u16, u8);

impl ToValue for bool {
    fn to_value(&self) -> Value<'_> {
        Value::Int(i64::from(*self))
    }
}

impl FromValue for bool {
    fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
        match value {
            Value::Int(0) => Ok(false),
            Value::Int(1) => Ok(true),
            _ => Err("0 or 1"),
        }
    }
}

impl ToValue for f64 {
    fn to_value(&self) -> Value<'_> {
        Value::Real(*self)
    }
}

impl FromValue for f64 {
    fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
        match value {
            Value::Real(number) => Ok(number),
            _ => Err("a measured number"),
        }
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}

impl ToValue for String {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}

impl ToValue for Cow<'_, str> {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}

impl FromValue for String {
    fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
        match value {
            Value::Text(text) => Ok(text.into_owned()),
            _ => Err("text"),
        }
    }
}

impl ToValue for [u8] {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(Cow::Borrowed(self))
    }
}

impl<const N: usize> ToValue for [u8; N] {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(Cow::Borrowed(self))
    }
}

impl ToValue for Vec<u8> {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(Cow::Borrowed(self))
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
        match value {
            Value::Blob(bytes) => Ok(bytes.into_owned()),
            Value::Id(bytes) => Ok(bytes.to_vec()),
            _ => Err("bytes"),
        }
    }
}

impl<const N: usize> FromValue for [u8; N] {
    fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
        Vec::from_value(value)?
            .try_into()
            .map_err(|_| "bytes of a fixed length")
    }
}

impl ToValue for Uuid {
    fn to_value(&self) -> Value<'_> {
        Value::Id(*self.as_bytes())
    }
}

impl FromValue for Uuid {
    fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
        match value {
            Value::Id(bytes) => Ok(Self::from_bytes(bytes)),
            Value::Blob(bytes) => Self::from_slice(&bytes).map_err(|_| "an id of 16 bytes"),
            _ => Err("an id"),
        }
    }
}

impl ToValue for Time {
    fn to_value(&self) -> Value<'_> {
        Value::Int(self.micros())
    }
}

impl FromValue for Time {
    fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
        i64::from_value(value).map(Time)
    }
}

impl ToValue for Date {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Owned(self.to_string()))
    }
}

impl FromValue for Date {
    fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
        match value {
            Value::Text(text) => text.parse().map_err(|_| "a date like 2026-11-22"),
            _ => Err("a date"),
        }
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
        if value == Value::Null {
            Ok(None)
        } else {
            T::from_value(value).map(Some)
        }
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}

impl ToValue for Value<'_> {
    fn to_value(&self) -> Value<'_> {
        match self {
            Value::Null => Value::Null,
            Value::Int(number) => Value::Int(*number),
            Value::Real(number) => Value::Real(*number),
            Value::Text(text) => Value::Text(Cow::Borrowed(text)),
            Value::Blob(bytes) => Value::Blob(Cow::Borrowed(bytes)),
            Value::Id(bytes) => Value::Id(*bytes),
        }
    }
}
