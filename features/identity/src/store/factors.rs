//! Second factors: authenticator app, recovery codes, printed sheets.

use kernel::{AccountId, Time};
use store::{Conn, Result, Tx};

use crate::model::SheetId;

store::statements! {
    TOTP = "SELECT sealed, last_step FROM totp WHERE account = :account";
    TOTP_PUT = "INSERT INTO totp (account, sealed, last_step, created) VALUES (:account, :sealed, :step, :now)
        ON CONFLICT (account) DO UPDATE SET sealed = excluded.sealed, last_step = excluded.last_step, created = excluded.created";
    TOTP_STEP = "UPDATE totp SET last_step = :step WHERE account = :account AND last_step < :step";
    TOTP_DROP = "DELETE FROM totp WHERE account = :account";
    CODES_DROP = "DELETE FROM recovery_code WHERE account = :account";
    CODES_DROP_OWN = "DELETE FROM recovery_code WHERE account = :account AND issued_by IS NULL";
    CODE_ADD = "INSERT INTO recovery_code (account, hash, created, expires, used, issued_by)
        VALUES (:account, :hash, :now, :expires, NULL, :issued_by)";
    CODE_USE = "UPDATE recovery_code SET used = :now WHERE account = :account AND hash = :hash AND used IS NULL AND expires > :now";
    CODES_LEFT = "SELECT COUNT(*) FROM recovery_code WHERE account = :account AND used IS NULL AND expires > :now";
    SHEET = "SELECT s.id, s.issued, (SELECT MIN(c.number) FROM sheet_code c WHERE c.sheet = s.id AND c.used IS NULL),
        (SELECT COUNT(*) FROM sheet_code c WHERE c.sheet = s.id AND c.used IS NULL)
        FROM code_sheet s WHERE s.account = :account AND s.voided IS NULL";
    SHEET_VOID = "UPDATE code_sheet SET voided = :now WHERE account = :account AND voided IS NULL";
    SHEET_ADD = "INSERT INTO code_sheet (id, account, issued_by, issued, voided) VALUES (:id, :account, :by, :now, NULL)";
    SHEET_CODE_ADD = "INSERT INTO sheet_code (sheet, number, hash, used) VALUES (:sheet, :number, :hash, NULL)";
    SHEET_CODE_USE = "UPDATE sheet_code SET used = :now WHERE sheet = :sheet AND number = :number AND hash = :hash AND used IS NULL
        AND number = (SELECT MIN(c.number) FROM sheet_code c WHERE c.sheet = :sheet AND c.used IS NULL)
        AND EXISTS (SELECT 1 FROM code_sheet s WHERE s.id = :sheet AND s.voided IS NULL)";
}

/// The printed sheet that is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetInForce {
    /// Which.
    pub id: SheetId,
    /// When it was issued.
    pub issued: Time,
    /// The number to ask for; none when all are used.
    pub asks: Option<i64>,
    /// How many numbers are left.
    pub left: i64,
}

/// What an account can show beside its password.
#[derive(Clone, Debug, Default)]
pub struct Factors {
    /// The sealed secret of an authenticator app and the last step used.
    pub totp: Option<(Vec<u8>, i64)>,
    /// The printed sheet.
    pub sheet: Option<SheetInForce>,
    /// Unused recovery codes.
    pub recovery: i64,
}

impl Factors {
    /// Whether there is any second factor.
    #[must_use]
    pub fn any(&self) -> bool {
        self.totp.is_some() || self.recovery > 0 || self.asks().is_some()
    }

    /// Whether there is one for every day; a few recovery codes alone are a bridge.
    #[must_use]
    pub fn everyday(&self) -> bool {
        self.totp.is_some() || self.asks().is_some()
    }

    /// The number of the printed sheet to ask for.
    #[must_use]
    pub fn asks(&self) -> Option<i64> {
        self.sheet.and_then(|sheet| sheet.asks)
    }
}

/// The second factors of an account.
pub(crate) fn of(conn: &mut Conn, account: AccountId) -> Result<Factors> {
    let now = conn.now();
    Ok(Factors {
        totp: conn.opt(&TOTP, store::params! {"account" => account}, |r| {
            Ok((r.get(0)?, r.get(1)?))
        })?,
        sheet: sheet(conn, account)?,
        recovery: conn.one(
            &CODES_LEFT,
            store::params! {"account" => account, "now" => now},
            |r| r.get(0),
        )?,
    })
}

/// The printed sheet in force.
pub(crate) fn sheet(conn: &mut Conn, account: AccountId) -> Result<Option<SheetInForce>> {
    conn.opt(&SHEET, store::params! {"account" => account}, |r| {
        Ok(SheetInForce {
            id: r.get(0)?,
            issued: r.get(1)?,
            asks: r.get(2)?,
            left: r.get(3)?,
        })
    })
}

/// Registers an authenticator app in place of any earlier one.
pub(crate) fn put_totp(tx: &mut Tx, account: AccountId, sealed: &[u8], step: i64) -> Result<()> {
    let now = tx.now();
    tx.exec(&TOTP_PUT, store::params! {"account" => account, "sealed" => sealed.to_vec(), "step" => step, "now" => now})?;
    Ok(())
}

/// Uses a step; `false` when it or a later one was used already.
pub(crate) fn use_step(tx: &mut Tx, account: AccountId, step: i64) -> Result<bool> {
    Ok(tx.exec(
        &TOTP_STEP,
        store::params! {"account" => account, "step" => step},
    )? == 1)
}

/// Takes away every second factor of an account.
pub(crate) fn drop_all(tx: &mut Tx, account: AccountId) -> Result<()> {
    tx.exec(&TOTP_DROP, store::params! {"account" => account})?;
    tx.exec(&CODES_DROP, store::params! {"account" => account})?;
    void_sheet(tx, account)
}

/// Replaces the recovery codes.
pub(crate) fn put_recovery(
    tx: &mut Tx,
    account: AccountId,
    hashes: &[[u8; 32]],
    expires: Time,
) -> Result<()> {
    tx.exec(&CODES_DROP_OWN, store::params! {"account" => account})?;
    for hash in hashes {
        add_code(tx, account, *hash, expires, None)?;
    }
    Ok(())
}

/// Adds one code that the office's manager gives out.
pub(crate) fn add_code(
    tx: &mut Tx,
    account: AccountId,
    hash: [u8; 32],
    expires: Time,
    by: Option<AccountId>,
) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &CODE_ADD,
        store::params! {"account" => account, "hash" => hash, "now" => now, "expires" => expires, "issued_by" => by},
    )?;
    Ok(())
}

/// Uses a recovery code; `false` when it is wrong, used or too old.
pub(crate) fn use_code(tx: &mut Tx, account: AccountId, hash: [u8; 32]) -> Result<bool> {
    let now = tx.now();
    Ok(tx.exec(
        &CODE_USE,
        store::params! {"account" => account, "hash" => hash, "now" => now},
    )? == 1)
}

/// Withdraws the printed sheet in force.
pub(crate) fn void_sheet(tx: &mut Tx, account: AccountId) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &SHEET_VOID,
        store::params! {"account" => account, "now" => now},
    )?;
    Ok(())
}

/// Puts a new sheet in force; the one before is void.
pub(crate) fn put_sheet(
    tx: &mut Tx,
    id: SheetId,
    account: AccountId,
    by: AccountId,
    hashes: &[[u8; 32]],
) -> Result<()> {
    void_sheet(tx, account)?;
    let now = tx.now();
    tx.exec(
        &SHEET_ADD,
        store::params! {"id" => id, "account" => account, "by" => by, "now" => now},
    )?;
    for (number, hash) in (1i64..).zip(hashes) {
        tx.exec(
            &SHEET_CODE_ADD,
            store::params! {"sheet" => id, "number" => number, "hash" => *hash},
        )?;
    }
    Ok(())
}

/// Uses the number of a sheet that is asked for; `false` when it is wrong, not asked for, or the sheet is void.
pub(crate) fn use_number(tx: &mut Tx, sheet: SheetId, number: i64, hash: [u8; 32]) -> Result<bool> {
    let now = tx.now();
    let params =
        store::params! {"sheet" => sheet, "number" => number, "hash" => hash, "now" => now};
    Ok(tx.exec(&SHEET_CODE_USE, params)? == 1)
}
