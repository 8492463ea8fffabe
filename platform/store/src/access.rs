//! Who may see and change what: one row per account and subject, brought up to date by the features that know the
//! rules, in the transaction that changes them. The views of guarded tables join this table.

use std::collections::BTreeMap;

use kernel::{AccountId, Time, Uuid};

use crate::{
    conn::Conn,
    error::Result,
    tx::Tx,
    value::{FromValue, ToValue, Value},
};

/// What an account may do with a subject; each level includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// May see.
    Read = 1,
    /// May change.
    Edit = 2,
    /// May decide who else sees and changes.
    Manage = 3,
}

impl ToValue for Level {
    fn to_value(&self) -> Value<'_> {
        Value::Int(*self as i64)
    }
}

impl FromValue for Level {
    fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
        match value {
            Value::Int(1) => Ok(Self::Read),
            Value::Int(2) => Ok(Self::Edit),
            Value::Int(3) => Ok(Self::Manage),
            _ => Err("a level of access, 1 to 3"),
        }
    }
}

/// One row of access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The organisation (for tenant tables) or the person (for person tables).
    pub subject: Uuid,
    /// What may be done.
    pub level: Level,
    /// The first instant at which it may no longer be done.
    pub until: Time,
    /// The rule it comes from, for the page that explains access: "membership", "acting for", "consent".
    pub via: String,
}

crate::statements! {
    OF = "SELECT subject, level, until, via FROM access WHERE account = :account ORDER BY subject";
    PUT = "INSERT INTO access (account, subject, level, until, via) VALUES (:account, :subject, :level, :until, :via)
           ON CONFLICT (account, subject) DO UPDATE SET level = excluded.level, until = excluded.until, via = excluded.via";
    DROP = "DELETE FROM access WHERE account = :account AND subject = :subject";
}

/// Makes `grants` the whole of what the account may see. Of several grants of one subject the highest level counts,
/// and of equal levels the longest. Writes only the rows that differ.
///
/// # Errors
/// What the engine says.
pub fn replace(tx: &mut Tx, account: AccountId, grants: &[Grant]) -> Result<()> {
    let mut wanted: BTreeMap<Uuid, &Grant> = BTreeMap::new();
    for grant in grants {
        let best = wanted.entry(grant.subject).or_insert(grant);
        if (grant.level, grant.until) > (best.level, best.until) {
            *best = grant;
        }
    }
    for old in of(tx, account)? {
        match wanted.get(&old.subject) {
            Some(new) if **new == old => {
                wanted.remove(&old.subject);
            }
            Some(_) => {}
            None => {
                tx.exec(
                    &DROP,
                    crate::params! { "account" => account, "subject" => old.subject },
                )?;
            }
        }
    }
    for grant in wanted.values() {
        tx.exec(
            &PUT,
            crate::params! {
                "account" => account, "subject" => grant.subject, "level" => grant.level,
                "until" => grant.until, "via" => grant.via,
            },
        )?;
    }
    Ok(())
}

/// All rows of an account, also the ones that have run out.
///
/// # Errors
/// What the engine says.
pub fn of(conn: &mut Conn, account: AccountId) -> Result<Vec<Grant>> {
    conn.all(&OF, crate::params! { "account" => account }, |row| {
        Ok(Grant {
            subject: row.get(0)?,
            level: row.get(1)?,
            until: row.get(2)?,
            via: row.get(3)?,
        })
    })
}
