//! Counters of wrong attempts, and the step between password and second factor.

use kernel::{AccountId, Time};
use store::{Conn, Result, Tx};

use crate::model::lockout::Counter;

store::statements! {
    GET = "SELECT failures, last, until FROM sign_in_attempt WHERE counted = :counted";
    PUT = "INSERT INTO sign_in_attempt (counted, failures, last, until) VALUES (:counted, :failures, :last, :until)
        ON CONFLICT (counted) DO UPDATE SET failures = excluded.failures, last = excluded.last, until = excluded.until";
    CLEAR = "DELETE FROM sign_in_attempt WHERE counted = :counted";
    SWEEP = "DELETE FROM sign_in_attempt WHERE last < :before";
    STEP_ADD = "INSERT INTO sign_in_step (hash, account, next, expires) VALUES (:hash, :account, :next, :expires)";
    STEP_GET = "SELECT account, next FROM sign_in_step WHERE hash = :hash AND expires > :now";
    STEP_DROP = "DELETE FROM sign_in_step WHERE hash = :hash";
    STEP_SWEEP = "DELETE FROM sign_in_step WHERE expires <= :now";
    STEP_DROP_ALL = "DELETE FROM sign_in_step WHERE account = :account";
}

/// A counter; a fresh one when nothing is counted.
pub(crate) fn counter(conn: &mut Conn, counted: &str) -> Result<Counter> {
    let found = conn.opt(&GET, store::params! {"counted" => counted}, |r| {
        Ok(Counter {
            failures: r.get(0)?,
            last: r.get(1)?,
            until: r.get(2)?,
        })
    })?;
    Ok(found.unwrap_or_default())
}

/// Stores a counter.
pub(crate) fn put(tx: &mut Tx, counted: &str, counter: Counter) -> Result<()> {
    let Counter {
        failures,
        last,
        until,
    } = counter;
    tx.exec(&PUT, store::params! {"counted" => counted, "failures" => failures, "last" => last, "until" => until})?;
    Ok(())
}

/// Forgets a counter after a success, or when a manager unlocks.
pub(crate) fn clear(tx: &mut Tx, counted: &str) -> Result<()> {
    tx.exec(&CLEAR, store::params! {"counted" => counted})?;
    Ok(())
}

/// Forgets counters that nobody touched since `before`.
pub(crate) fn sweep(tx: &mut Tx, before: Time) -> Result<()> {
    tx.exec(&SWEEP, store::params! {"before" => before})?;
    Ok(())
}

/// Remembers that a password was right, until the second factor follows.
pub(crate) fn add_step(
    tx: &mut Tx,
    hash: [u8; 32],
    account: AccountId,
    next: &str,
    expires: Time,
) -> Result<()> {
    let now = tx.now();
    tx.exec(&STEP_SWEEP, store::params! {"now" => now})?;
    tx.exec(
        &STEP_ADD,
        store::params! {"hash" => hash, "account" => account, "next" => next, "expires" => expires},
    )?;
    Ok(())
}

/// The step with this hash, while it lives.
pub(crate) fn step(conn: &mut Conn, hash: [u8; 32]) -> Result<Option<(AccountId, String)>> {
    let now = conn.now();
    conn.opt(
        &STEP_GET,
        store::params! {"hash" => hash, "now" => now},
        |r| Ok((r.get(0)?, r.get(1)?)),
    )
}

/// Ends a step; `false` when it was already gone.
pub(crate) fn drop_step(tx: &mut Tx, hash: [u8; 32]) -> Result<bool> {
    Ok(tx.exec(&STEP_DROP, store::params! {"hash" => hash})? == 1)
}

/// Ends all steps of an account.
pub(crate) fn drop_steps(tx: &mut Tx, account: AccountId) -> Result<()> {
    tx.exec(&STEP_DROP_ALL, store::params! {"account" => account})?;
    Ok(())
}
