//! Facts about the database as a whole.

use crate::{
    conn::Conn,
    error::{Error, Result},
    tx::Tx,
};

/// What a database is for; decided once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamp {
    /// Invented people, one-click sign-in.
    Demo,
    /// Real work.
    Production,
}

crate::statements! {
    GET = "SELECT value FROM meta WHERE name = :name";
    PUT = "INSERT INTO meta (name, value) VALUES (:name, :value)";
    PING = "SELECT 1";
}

impl Stamp {
    fn code(self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::Production => "production",
        }
    }
}

pub(crate) fn stamp(conn: &mut Conn) -> Result<Option<Stamp>> {
    let code = conn.opt(&GET, crate::params! { "name" => "stamp" }, |row| {
        row.get::<String>(0)
    })?;
    match code.as_deref() {
        None => Ok(None),
        Some("demo") => Ok(Some(Stamp::Demo)),
        Some("production") => Ok(Some(Stamp::Production)),
        Some(_) => Err(Error::Corrupt {
            table: "meta".to_owned(),
            column: "value".to_owned(),
            row: "stamp".to_owned(),
        }),
    }
}

/// The fingerprint of the key that this database was begun with; none before its stamp.
pub(crate) fn key(conn: &mut Conn) -> Result<Option<String>> {
    conn.opt(&GET, crate::params! { "name" => "key" }, |row| row.get(0))
}

pub(crate) fn set_stamp(tx: &mut Tx, wanted: Stamp, fingerprint: &str) -> Result<()> {
    if key(tx)?.is_none() {
        tx.exec(
            &PUT,
            crate::params! { "name" => "key", "value" => fingerprint },
        )?;
    }
    match stamp(tx)? {
        Some(known) if known == wanted => Ok(()),
        Some(known) => Err(Error::Conflict(format!(
            "this is a {} database for good",
            known.code()
        ))),
        None => tx
            .exec(
                &PUT,
                crate::params! { "name" => "stamp", "value" => wanted.code() },
            )
            .map(|_| ()),
    }
}

pub(crate) fn ping(conn: &mut Conn) -> Result<()> {
    conn.one(&PING, &[], |row| row.get::<i64>(0)).map(|_| ())
}
