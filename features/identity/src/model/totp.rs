//! Codes of an authenticator app (TOTP, RFC 6238): SHA-1, six digits, 30 seconds, one step of tolerance. Every app can do exactly this.

use kernel::Time;
use totp_rs::{Builder, Totp};

/// Seconds that one code lasts.
pub const STEP_SECS: u64 = 30;
/// Bytes of a secret, as RFC 4226 recommends.
pub const SECRET_BYTES: usize = 20;

/// What a typed code turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Right; this step must be remembered so that the code does not open a second time.
    Step(i64),
    /// Right, but this step or a later one was already used: somebody looked over a shoulder.
    Replayed,
    /// Wrong, or not six digits.
    Wrong,
}

/// Checks a typed code at a time, given the last step that was accepted (−1 when none).
#[must_use]
pub fn check(secret: &[u8; SECRET_BYTES], typed: &str, now: Time, last_step: i64) -> Verdict {
    let digits = super::codes::digits(typed);
    let Ok(secs) = u64::try_from(now.secs()) else {
        return Verdict::Wrong;
    };
    let Some(step) = build(secret, "", "").check(&digits, secs) else {
        return Verdict::Wrong;
    };
    match i64::try_from(step) {
        Ok(step) if step > last_step => Verdict::Step(step),
        _ => Verdict::Replayed,
    }
}

/// The code at a time, for tests and for checking an enrolment by hand.
#[must_use]
pub fn code_at(secret: &[u8; SECRET_BYTES], now: Time) -> String {
    build(secret, "", "")
        .generate(u64::try_from(now.secs()).unwrap_or(0))
        .to_string()
}

/// The `otpauth://` address for the QR picture; `issuer` and `name` are what the app shows. A colon would be read as a separator.
#[must_use]
pub fn address(secret: &[u8; SECRET_BYTES], issuer: &str, name: &str) -> String {
    let (issuer, name) = (issuer.replace(':', " "), name.replace(':', " "));
    build(secret, &issuer, &name).to_url().unwrap_or_default()
}

/// The secret as groups of four letters, for typing into an app without a camera.
#[must_use]
pub fn text(secret: &[u8; SECRET_BYTES]) -> String {
    let plain = data_encoding::BASE32_NOPAD.encode(secret);
    super::codes::grouped(&plain, 4)
}

fn build(secret: &[u8; SECRET_BYTES], issuer: &str, name: &str) -> Totp {
    Builder::new()
        .with_secret(*secret)
        .with_issuer((!issuer.is_empty()).then_some(issuer))
        .with_account_name(name)
        .build_noncompliant()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SECRET: [u8; 20] = *b"12345678901234567890";

    #[test]
    fn the_published_example() {
        // RFC 6238, appendix B, SHA-1 at 59 s: 94287082; the last six digits.
        assert_eq!(code_at(&SECRET, Time(59_000_000)), "287082");
        assert_eq!(
            check(&SECRET, "287 082", Time(59_000_000), -1),
            Verdict::Step(1)
        );
        assert_eq!(
            check(&SECRET, "２８７０８２", Time(59_000_000), -1),
            Verdict::Step(1)
        );
        assert_eq!(
            check(&SECRET, "287082", Time(59_000_000), 1),
            Verdict::Replayed
        );
        for wrong in ["", "28708", "2870820", "abcdef", "+28708"] {
            assert_eq!(
                check(&SECRET, wrong, Time(59_000_000), -1),
                Verdict::Wrong,
                "{wrong}"
            );
        }
    }

    #[test]
    fn the_address_carries_names() {
        let address = address(&SECRET, "Renkei: 県西", "numata@town.example.jp");
        assert!(address.starts_with("otpauth://totp/"), "{address}");
        assert!(
            address.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
            "{address}"
        );
        assert!(text(&SECRET).starts_with("GEZD GNBV"));
    }

    proptest! {
        /// One step of tolerance on both sides, none beyond; and a step never opens twice.
        #[test]
        fn window(secs in 60i64..4_000_000_000, steps in -4i64..=4) {
            let (now, then) = (Time(secs * 1_000_000), Time((secs + steps * 30) * 1_000_000));
            let code = code_at(&SECRET, then);
            match check(&SECRET, &code, now, -1) {
                Verdict::Step(step) => {
                    prop_assert!((step - secs / 30).abs() <= 1);
                    prop_assert_eq!(check(&SECRET, &code, now, step), Verdict::Replayed);
                }
                Verdict::Wrong => prop_assert!(steps.abs() > 1),
                Verdict::Replayed => prop_assert!(false, "nothing was used before"),
            }
        }
    }
}
