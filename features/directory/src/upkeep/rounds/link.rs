//! The way in without an account: a link derived from the item with the installation's key, and a short code for those who type.
//!
//! The database keeps only keyed hashes of both; whoever reads it cannot open a link. Both can be derived again, so that a
//! lost sheet is printed anew with the same code.

use kernel::Date;
use store::InstallationKey;

use super::store::Opened;
use crate::model::ItemId;

/// Characters of a short code: none that is read as another.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Days after the last day on which a link still opens: FAXes come late.
const GRACE: i32 = 60;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// The secret of an item's link: 160 bits.
pub(crate) fn token(key: &InstallationKey, item: ItemId) -> String {
    hex(&key.mac("directory.confirm.link", item.uuid().as_bytes())[..20])
}

/// What is kept of a secret.
pub(crate) fn hash(key: &InstallationKey, token: &str) -> String {
    hex(&key.mac("directory.confirm.hash", token.as_bytes())[..20])
}

/// The short code of an item, `ABCDE-FGHJK`: 50 bits.
pub(crate) fn code(key: &InstallationKey, item: ItemId) -> String {
    let mac = key.mac("directory.confirm.code", item.uuid().as_bytes());
    let letters: String = mac[..10]
        .iter()
        .map(|b| char::from(LETTERS[usize::from(b & 31)]))
        .collect();
    format!("{}-{}", &letters[..5], &letters[5..])
}

/// A code as somebody typed it: full width, small letters and signs are forgiven. `None`: not a code.
pub(crate) fn typed_code(text: &str) -> Option<String> {
    let text = kernel::text::half_width(text).to_ascii_uppercase();
    let letters: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let good = letters.len() == 10 && letters.bytes().all(|b| LETTERS.contains(&b));
    good.then(|| format!("{}-{}", &letters[..5], &letters[5..]))
}

/// What is kept of a code.
pub(crate) fn code_hash(key: &InstallationKey, code: &str) -> String {
    hex(&key.mac("directory.confirm.code-hash", code.as_bytes())[..20])
}

/// Whether a link still takes answers.
pub(crate) fn takes(opened: &Opened, today: Date) -> bool {
    opened.open
        && opened
            .due_on
            .is_none_or(|due| areas::rules::days_between(due, today) <= GRACE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_forgiving_and_nothing_else_is_one() {
        assert_eq!(typed_code("abcde fghjk").as_deref(), Some("ABCDE-FGHJK"));
        assert_eq!(
            typed_code("ＡＢＣＤＥ－ＦＧＨＪＫ").as_deref(),
            Some("ABCDE-FGHJK")
        );
        for bad in ["", "ABCDE", "ABCDE-FGHJI", "ABCDE-FGHJK2", "0BCDE-FGHJK"] {
            assert_eq!(typed_code(bad), None, "{bad}");
        }
    }
}
