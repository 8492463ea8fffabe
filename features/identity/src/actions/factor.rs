//! Using up a second factor.

use kernel::AccountId;
use store::Tx;
use web::Ctx;

use super::{keyed_number, keyed_recovery};
use crate::{
    model::{codes, totp},
    store::factors::{self, Factors},
};

/// How a second factor is used up, decided before the write.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Use {
    Totp(i64),
    Number(crate::model::SheetId, i64, [u8; 32]),
    Recovery([u8; 32]),
}

impl Use {
    /// Reads what was typed: six digits are an app's code, eight are of the printed sheet, ten letters are a recovery code.
    pub(crate) fn read(
        cx: &Ctx,
        account: AccountId,
        factors: &Factors,
        typed: &str,
    ) -> store::Result<Option<Self>> {
        let digits = codes::digits(typed);
        if digits.len() == 6
            && let Some((sealed, last)) = &factors.totp
        {
            let secret = open_secret(cx, account, sealed)?;
            return Ok(match totp::check(&secret, &digits, cx.now, *last) {
                totp::Verdict::Step(step) => Some(Self::Totp(step)),
                totp::Verdict::Replayed | totp::Verdict::Wrong => None,
            });
        }
        if digits.len() == codes::SHEET_DIGITS
            && let (Some(sheet), Some(number)) = (factors.sheet, factors.asks())
        {
            return Ok(Some(Self::Number(
                sheet.id,
                number,
                keyed_number(cx.db(), sheet.id, number, &digits),
            )));
        }
        Ok(codes::read(typed, codes::RECOVERY)
            .map(|code| Self::Recovery(keyed_recovery(cx.db(), account, &code))))
    }

    /// Uses it up; each opens once, also when two browsers send it at the same moment.
    pub(crate) fn spend(self, tx: &mut Tx, account: AccountId) -> store::Result<bool> {
        match self {
            Self::Totp(step) => factors::use_step(tx, account, step),
            Self::Number(sheet, number, hash) => factors::use_number(tx, sheet, number, hash),
            Self::Recovery(hash) => factors::use_code(tx, account, hash),
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Totp(_) => "totp",
            Self::Number(..) => "sheet",
            Self::Recovery(_) => "recovery",
        }
    }
}

pub(crate) fn totp_context(account: AccountId) -> String {
    format!("identity.totp:{account}")
}

pub(crate) fn open_secret(
    cx: &Ctx,
    account: AccountId,
    sealed: &[u8],
) -> store::Result<[u8; totp::SECRET_BYTES]> {
    let plain = cx.db().key().open(sealed, &totp_context(account))?;
    plain
        .as_slice()
        .try_into()
        .map_err(|_| store::Error::Key("a sealed secret has the wrong length".to_owned()))
}
