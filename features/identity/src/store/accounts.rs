//! Accounts and their passwords.

use kernel::{AccountId, Lang};
use store::{Conn, Result, Row, Tx};

/// A password stands alone only until the account has its first second factor: a sheet that is used up or withdrawn, or a
/// code that ran out, must not let the password alone register a new app.
macro_rules! accounts {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.name, a.state, p.hash, CASE WHEN EXISTS (SELECT 1 FROM code_sheet s WHERE s.account = a.id) ",
            "OR EXISTS (SELECT 1 FROM recovery_code c WHERE c.account = a.id) THEN 0 ELSE p.stands_alone END, ",
            "a.sign_in, a.email FROM account a LEFT JOIN account_password p ON p.account = a.id ",
            $rest
        )
    };
}

store::statements! {
    BY_NAME = accounts!("WHERE a.sign_in = :name OR a.email = :name");
    BY_ID = accounts!("WHERE a.id = :id");
    ADD = "INSERT INTO account (id, sign_in, email, name, lang, state, fictional, created, closed, last_sign_in)
        VALUES (:id, :sign_in, :email, :name, :lang, 'active', :fictional, :now, NULL, NULL)";
    TAKEN = "SELECT COUNT(*) FROM account WHERE sign_in = :sign_in OR (email IS NOT NULL AND email = :email)";
    SIGNED_IN = "UPDATE account SET last_sign_in = :now WHERE id = :id";
    CLOSE = "UPDATE account SET state = 'closed', closed = :now, email = NULL WHERE id = :id AND state = 'active'";
    RENAME = "UPDATE account SET name = :name, email = :email WHERE id = :id";
    SET_LANG = "UPDATE account SET lang = :lang WHERE id = :id";
    PASSWORD_SET = "INSERT INTO account_password (account, hash, stands_alone, changed)
        VALUES (:account, :hash, :alone, :now)
        ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, stands_alone = excluded.stands_alone, changed = excluded.changed";
    PASSWORD_DROP = "DELETE FROM account_password WHERE account = :account";
    NAMES = "SELECT id, name FROM account WHERE id IN LIST_ID(:ids)";
    COUNT = "SELECT COUNT(*) FROM account";
    UPSERT_FICTIONAL = "INSERT INTO account (id, sign_in, email, name, lang, state, fictional, created, closed, last_sign_in)
        VALUES (:id, :sign_in, :email, :name, 'ja', 'active', 1, :now, NULL, NULL)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email";
}

/// An account on its way through sign-in.
#[derive(Clone, Debug)]
pub struct Found {
    /// Who.
    pub id: AccountId,
    /// Name as typed.
    pub name: String,
    /// Whether the account is open.
    pub active: bool,
    /// The stored hash; none for accounts that never set a password.
    pub hash: Option<String>,
    /// Whether the password may be used without a second factor: long enough, and there has never been one.
    pub stands_alone: bool,
    /// Folded sign-in name.
    pub sign_in: String,
    /// Folded address.
    pub email: Option<String>,
}

/// A new account.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Its id.
    pub id: AccountId,
    /// Folded sign-in name.
    pub sign_in: String,
    /// Folded address.
    pub email: Option<String>,
    /// Name as typed.
    pub name: String,
    /// Language of the pages and of mail.
    pub lang: Lang,
}

fn found(r: &Row<'_>) -> Result<Found> {
    let state: String = r.get(2)?;
    Ok(Found {
        id: r.get(0)?,
        name: r.get(1)?,
        active: state == "active",
        hash: r.get(3)?,
        stands_alone: r.get::<Option<bool>>(4)?.unwrap_or(false),
        sign_in: r.get(5)?,
        email: r.get(6)?,
    })
}

/// The account with this folded sign-in name or address.
pub(crate) fn by_name(conn: &mut Conn, folded: &str) -> Result<Option<Found>> {
    conn.opt(&BY_NAME, store::params! {"name" => folded}, found)
}

/// The account with this id.
pub(crate) fn by_id(conn: &mut Conn, id: AccountId) -> Result<Option<Found>> {
    conn.opt(&BY_ID, store::params! {"id" => id}, found)
}

/// Whether a sign-in name or address already belongs to somebody.
pub(crate) fn is_taken(conn: &mut Conn, sign_in: &str, email: Option<&str>) -> Result<bool> {
    let email = email.unwrap_or("");
    let count: i64 = conn.one(
        &TAKEN,
        store::params! {"sign_in" => sign_in, "email" => email},
        |r| r.get(0),
    )?;
    Ok(count > 0)
}

/// Opens an account.
pub(crate) fn add(tx: &mut Tx, new: &NewAccount) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &ADD,
        store::params! {
            "id" => new.id, "sign_in" => new.sign_in, "email" => new.email.as_deref(), "name" => new.name,
            "lang" => new.lang.code(), "fictional" => false, "now" => now,
        },
    )?;
    Ok(())
}

/// Makes sure that an invented account of the demo exists.
pub(crate) fn put_fictional(
    tx: &mut Tx,
    id: AccountId,
    sign_in: &str,
    name: &str,
    email: Option<&str>,
) -> Result<()> {
    let now = tx.now();
    let params = store::params! {"id" => id, "sign_in" => sign_in, "name" => name, "email" => email, "now" => now};
    tx.exec(&UPSERT_FICTIONAL, params)?;
    Ok(())
}

/// Notes a successful sign-in.
pub(crate) fn signed_in(tx: &mut Tx, id: AccountId) -> Result<()> {
    let now = tx.now();
    tx.exec(&SIGNED_IN, store::params! {"id" => id, "now" => now})?;
    Ok(())
}

/// Closes an account for good; its address becomes free for another account.
pub(crate) fn close(tx: &mut Tx, id: AccountId) -> Result<bool> {
    let now = tx.now();
    Ok(tx.exec(&CLOSE, store::params! {"id" => id, "now" => now})? == 1)
}

/// Changes the name and the address.
pub(crate) fn rename(tx: &mut Tx, id: AccountId, name: &str, email: Option<&str>) -> Result<()> {
    tx.exec(
        &RENAME,
        store::params! {"id" => id, "name" => name, "email" => email},
    )?;
    Ok(())
}

/// Changes the language of pages and mail.
pub(crate) fn set_lang(tx: &mut Tx, id: AccountId, lang: Lang) -> Result<()> {
    tx.exec(
        &SET_LANG,
        store::params! {"id" => id, "lang" => lang.code()},
    )?;
    Ok(())
}

/// Stores the hash of a password.
pub(crate) fn set_password(tx: &mut Tx, account: AccountId, hash: &str, alone: bool) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &PASSWORD_SET,
        store::params! {"account" => account, "hash" => hash, "alone" => alone, "now" => now},
    )?;
    Ok(())
}

/// Destroys the hash of a closed account's password.
pub(crate) fn drop_password(tx: &mut Tx, account: AccountId) -> Result<()> {
    tx.exec(&PASSWORD_DROP, store::params! {"account" => account})?;
    Ok(())
}

/// Names of accounts.
pub(crate) fn names(
    conn: &mut Conn,
    ids: &[AccountId],
) -> Result<std::collections::BTreeMap<AccountId, String>> {
    Ok(conn
        .all(&NAMES, store::params! {"ids" => store::ids(ids)}, |r| {
            Ok((r.get(0)?, r.get(1)?))
        })?
        .into_iter()
        .collect())
}

/// How many accounts there are.
pub(crate) fn count(conn: &mut Conn) -> Result<i64> {
    conn.one(&COUNT, store::params! {}, |r| r.get(0))
}
