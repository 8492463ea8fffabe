//! Codes on papers: ten characters that a person can read out and type, and the same with a signature for the QR code.
//!
//! Eight characters are drawn at random, two are check characters over GF(32): one or two wrong characters, or two that
//! changed places, are always noticed. The alphabet has no I, L, O and U. Nothing about a person or an office is in it.

use std::fmt;

use kernel::OrganisationId;
use store::{Audit, InstallationKey, Tx};

store::ids! {
    /// A code on a paper.
    pub CodeId;
}

store::statements! {
    // Past the views: who may make a paper is decided by the room that makes it; the office to which it comes back may be another.
    pub OF_TARGET = "SELECT code FROM inbox_code WHERE tenant = :tenant AND target = :target";
    pub TAKEN = "SELECT code FROM inbox_code WHERE code = :code";
    pub ADD = "INSERT INTO inbox_code (id, tenant, code, target, made_at) VALUES (:id, :tenant, :code, :target, :now)";
}

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters drawn at random.
const DATA: usize = 8;
/// All characters.
const ALL: usize = DATA + 2;
/// Characters of the signature: 40 bits, of which a forger has one try a page.
const SIGNATURE: usize = 8;
/// Where the code stands in the address that the QR code holds.
pub(crate) const PATH: &str = "/inbox/c/";

/// A code on a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShortCode([u8; ALL]);

/// Multiplication in GF(32) with x⁵ + x² + 1.
const fn times(mut a: u8, mut b: u8) -> u8 {
    let mut out = 0;
    while b > 0 {
        if b & 1 == 1 {
            out ^= a;
        }
        a <<= 1;
        if a & 32 != 0 {
            a ^= 0b10_0101;
        }
        b >>= 1;
    }
    out
}

/// The remainder by (x − α)(x − α²) with α = 2: two check characters of a Reed–Solomon code.
fn checks(data: &[u8]) -> [u8; 2] {
    let (sum, product) = (2 ^ 4, times(2, 4));
    let [mut high, mut low] = [0_u8, 0];
    for &value in data {
        let lead = value ^ high;
        high = low ^ times(lead, sum);
        low = times(lead, product);
    }
    [high, low]
}

impl ShortCode {
    /// The code drawn from 40 bits.
    fn from_bits(bits: u64) -> Self {
        let mut all = [0; ALL];
        for (at, value) in all.iter_mut().take(DATA).enumerate() {
            *value = (bits >> (5 * (DATA - 1 - at)) & 31) as u8;
        }
        [all[DATA], all[DATA + 1]] = checks(&all[..DATA]);
        Self(all)
    }

    /// Reads what somebody typed: any width and case, spaces and hyphens left out, O as 0, I and L as 1.
    /// `None` when it is not ten characters or the check characters do not fit.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let folded = kernel::text::fold(typed);
        let mut all = [0; ALL];
        let mut at = 0;
        for c in folded.chars() {
            let c = match c.to_ascii_uppercase() {
                ' ' | '-' | '\u{30fc}' | '\u{2010}' | '\u{2212}' | '\u{3000}' => continue,
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = ALPHABET.iter().position(|a| char::from(*a) == c)?;
            *all.get_mut(at)? = value as u8;
            at += 1;
        }
        (at == ALL && checks(&all[..DATA]) == [all[DATA], all[DATA + 1]]).then_some(Self(all))
    }

    /// The ten characters, as kept in the database.
    #[must_use]
    pub fn plain(self) -> String {
        self.0
            .iter()
            .map(|v| char::from(ALPHABET[usize::from(*v)]))
            .collect()
    }

    fn signature(self, key: &InstallationKey) -> String {
        let mac = key.mac("inbox.code", self.plain().as_bytes());
        mac.iter()
            .take(SIGNATURE)
            .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]))
            .collect()
    }

    /// The path that the QR code holds behind the installation's address: the code and its signature.
    #[must_use]
    pub fn path(self, key: &InstallationKey) -> String {
        format!("{PATH}{}-{}", self.plain(), self.signature(key))
    }

    /// The address that the QR code holds.
    #[must_use]
    pub fn address(self, app: &web::App) -> String {
        app.public_url(&self.path(app.db.key()))
    }

    /// Reads what a QR code holds. `None` for any other address, a damaged code, or a signature that is not this installation's.
    #[must_use]
    pub fn from_address(text: &str, key: &InstallationKey) -> Option<Self> {
        let (_, rest) = text.rsplit_once(PATH)?;
        let (code, signature) = rest.split_once('-')?;
        let code = Self::parse(code)?;
        (signature.len() == SIGNATURE && code.signature(key) == signature).then_some(code)
    }
}

/// As printed and read out: `4K7P-9XQ2-3M`.
impl fmt::Display for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.plain();
        write!(f, "{}-{}-{}", &plain[..4], &plain[4..8], &plain[8..])
    }
}

/// The code of a paper about `target` that comes back to the office `tenant`: the one it has already, or a new one. `target` is
/// a registered prefix and what the room needs to find the record: `return:<round>/<reply>` (see [`crate::Receiver`]).
///
/// The caller has proved that it may make this paper. `id` is drawn before the write.
///
/// # Errors
/// What the engine says.
pub fn code(
    tx: &mut Tx,
    id: CodeId,
    target: &str,
    tenant: OrganisationId,
) -> store::Result<ShortCode> {
    let corrupt = || store::Error::Corrupt {
        table: "inbox_code".to_owned(),
        column: "code".to_owned(),
        row: target.to_owned(),
    };
    let known: Option<String> = tx.opt(
        &OF_TARGET,
        store::params! {"tenant" => tenant, "target" => target},
        |r| r.get(0),
    )?;
    if let Some(known) = known {
        return ShortCode::parse(&known).ok_or_else(corrupt);
    }
    // The last bytes of an id are random; another stretch of them is taken in the rare case that a code is taken.
    let bits = id.uuid().as_u128();
    for shift in [0, 8, 16, 22] {
        let code = ShortCode::from_bits((bits >> shift) as u64 & 0xff_ffff_ffff);
        let taken: Option<String> =
            tx.opt(&TAKEN, store::params! {"code" => code.plain()}, |r| {
                r.get(0)
            })?;
        if taken.is_some() {
            continue;
        }
        let now = tx.now();
        tx.exec(
            &ADD,
            store::params! {"id" => id, "tenant" => tenant, "code" => code.plain(), "target" => target, "now" => now},
        )?;
        tx.audit(Audit::new("inbox.code", "inbox_code").id(id.uuid()))?;
        return Ok(code);
    }
    Err(store::Error::Conflict(String::new()))
}

/// A code for tests of other files.
#[cfg(test)]
pub(crate) fn tests_code(bits: u64) -> ShortCode {
    ShortCode::from_bits(bits & 0xff_ffff_ffff)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(bits: u64) -> ShortCode {
        ShortCode::from_bits(bits & 0xff_ffff_ffff)
    }

    #[test]
    fn a_code_is_typed_as_people_type() {
        let code = code(0x01_2345_6789);
        let shown = code.to_string();
        assert_eq!(shown.len(), 12);
        for typed in [
            shown.clone(),
            shown.to_lowercase(),
            shown.replace('-', " "),
            shown.replace('0', "O").replace('1', "l"),
            kernel_wide(&shown),
        ] {
            assert_eq!(ShortCode::parse(&typed), Some(code), "{typed}");
        }
        for typed in [
            "",
            "1234",
            &shown[..11],
            &format!("{shown}0"),
            "U234-5678-9A",
        ] {
            assert_eq!(ShortCode::parse(typed), None, "{typed}");
        }
    }

    /// Full-width letters, as a Japanese keyboard gives them.
    fn kernel_wide(text: &str) -> String {
        text.chars()
            .map(|c| match c {
                '-' => '－',
                c => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
            })
            .collect()
    }

    #[test]
    fn the_signature_is_this_installations() {
        let (key, other) = (
            InstallationKey::generate().unwrap(),
            InstallationKey::generate().unwrap(),
        );
        let code = code(77);
        let address = format!("https://example.jp/renkei{}", code.path(&key));
        assert_eq!(ShortCode::from_address(&address, &key), Some(code));
        assert_eq!(ShortCode::from_address(&address, &other), None);
        assert_eq!(
            ShortCode::from_address("https://example.jp/surveys", &key),
            None
        );
    }

    proptest! {
        #[test]
        fn two_wrong_characters_are_noticed(bits: u64, a in 0..ALL, b in 0..ALL, x in 1_u8..32, y in 0_u8..32) {
            let good = code(bits);
            let mut bad = good;
            bad.0[a] ^= x;
            if a != b { bad.0[b] ^= y; }
            prop_assert_eq!(ShortCode::parse(&good.plain()), Some(good));
            prop_assert_eq!(ShortCode::parse(&bad.plain()), None);
        }

        #[test]
        fn exchanged_neighbours_are_noticed(bits: u64, a in 0..ALL - 1) {
            let good = code(bits);
            let mut bad = good;
            bad.0.swap(a, a + 1);
            prop_assert!(bad == good || ShortCode::parse(&bad.plain()).is_none());
        }

        #[test]
        fn any_text_is_read_or_not(text: String) {
            let key = InstallationKey::generate().unwrap();
            let _read = ShortCode::parse(&text);
            prop_assert_eq!(ShortCode::from_address(&text, &key), None);
        }
    }
}
