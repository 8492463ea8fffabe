//! What people type to say who they are, and where a page may send them afterwards.

/// Longest sign-in name or address, in characters.
pub const MAX_SIGN_IN: usize = 200;

/// The form in which sign-in names and e-mail addresses are stored and looked up: full-width letters become plain ones, case
/// and surrounding space do not count. Two names that look alike to a tired person are one name.
#[must_use]
pub fn fold_sign_in(typed: &str) -> String {
    kernel::text::fold(typed.trim())
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(MAX_SIGN_IN + 1)
        .collect()
}

/// Whether a folded text can be a sign-in name: 3 to 60 of `a–z`, `0–9`, `.`, `-`, `_`, beginning with a letter or digit. It never
/// holds `@`, so that it cannot pass for somebody's address.
#[must_use]
pub fn is_sign_in_name(folded: &str) -> bool {
    (3..=60).contains(&folded.len())
        && folded.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && folded
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_'))
}

/// Whether a folded text has the shape of an address that mail can be sent to.
#[must_use]
pub fn is_email(folded: &str) -> bool {
    let Some((local, domain)) = folded.split_once('@') else {
        return false;
    };
    let plain = |c: char| {
        c.is_ascii_graphic()
            && !matches!(
                c,
                '@' | '<' | '>' | '(' | ')' | ',' | ';' | ':' | '\\' | '"' | '[' | ']'
            )
    };
    folded.len() <= MAX_SIGN_IN
        && !local.is_empty()
        && local.chars().all(plain)
        && !local.starts_with('.')
        && domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        })
}

/// The page to go to after signing in, if it is one of this installation's own: an address that a stranger put into a link must not
/// lead anywhere else.
#[must_use]
pub fn safe_next(next: Option<&str>) -> Option<&str> {
    let next = next?;
    let own = next.starts_with('/')
        && !next.starts_with("//")
        && next.len() <= 500
        && !next
            .chars()
            .any(|c| c == '\\' || c.is_control() || c.is_whitespace())
        && !next.starts_with("/sign-in")
        && !next.starts_with("/sign-out");
    own.then_some(next)
}

/// A person's name as typed: trimmed, 1 to 100 characters, no control characters. The typed sequence is kept, 異体字 included.
#[must_use]
pub fn person_name(typed: &str) -> Option<&str> {
    let name = typed.trim();
    let length = name.chars().count();
    ((1..=100).contains(&length) && !name.chars().any(char::is_control)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_told_apart() {
        assert!(is_sign_in_name("numata.k"));
        for bad in ["ab", "numata@example.jp", "Numata", "-x1", "ぬまた", ""] {
            assert!(!is_sign_in_name(bad), "{bad}");
        }
        assert!(is_email("numata@town.example.jp"));
        for bad in [
            "numata", "a@b", "a b@c.jp", "<x>@c.jp", "a@-c.jp", "a@c..jp", "@c.jp", "a@b@c.jp",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn next_stays_at_home() {
        assert_eq!(safe_next(Some("/office?x=1")), Some("/office?x=1"));
        for bad in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "office",
            "/a\nb",
            "/sign-out",
            "/sign-in?next=/x",
            "",
        ] {
            assert_eq!(safe_next(Some(bad)), None, "{bad}");
        }
    }

    #[test]
    fn names_keep_their_characters() {
        assert_eq!(
            person_name(" 𠮷田\u{e0100} 髙子 "),
            Some("𠮷田\u{e0100} 髙子")
        );
        assert_eq!(person_name("  "), None);
        assert_eq!(person_name("a\u{7}b"), None);
    }
}
