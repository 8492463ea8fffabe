//! Cells that a spreadsheet would run as formulas, or that mean something to the importer, carry an apostrophe in front.
//!
//! The rule is reversible: writing adds one apostrophe where a text starts with one of the signs below (or is the word for
//! "not answered"), reading takes one away where the rest does so.

use std::borrow::Cow;

use kernel::Lang;

use crate::i18n::tl;

/// Which signs are dangerous depends on the file: in XLSX a text stays a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Text whose reader guesses types.
    Csv,
    /// Cells with a type of their own.
    Xlsx,
}

/// Signs that make spreadsheets see a formula; the last four are their full-width forms, which a Japanese Excel takes too.
const SIGNS: [char; 10] = [
    '=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

impl Guard {
    fn needs(self, text: &str) -> bool {
        // Spaces and line breaks before a sign do not stop every spreadsheet.
        let signed = || text.trim_start_matches([' ', '\n']).starts_with(SIGNS);
        text == unanswered() || text.starts_with('\'') || (self == Self::Csv && signed())
    }

    /// The text as a cell holds it.
    #[must_use]
    pub fn write(self, text: &str) -> Cow<'_, str> {
        if self.needs(text) {
            Cow::Owned(format!("'{text}"))
        } else {
            Cow::Borrowed(text)
        }
    }

    /// The text a cell means.
    #[must_use]
    pub fn read(self, cell: &str) -> &str {
        match cell.strip_prefix('\'') {
            Some(rest) if self.needs(rest) => rest,
            _ => cell,
        }
    }
}

/// The word in a cell of a question that was not answered (an empty cell says that nothing was written).
#[must_use]
pub fn unanswered() -> String {
    tl!(Lang::Ja, "file-unanswered")
}

/// Whether a CSV cell looks like a formula that someone saved: `=…` always; `+`, `-`, `@` when a call, a reference or a
/// sum follows, so that a paragraph that begins with a dash stays a paragraph.
#[must_use]
pub fn is_formula(cell: &str) -> bool {
    let mut rest = cell.trim_start_matches([' ', '\t', '\r', '\n']).chars();
    match rest.next() {
        Some('=') => true,
        Some('+' | '-' | '@') => {
            let rest = rest.as_str();
            let call = rest.split_once('(').is_some_and(|(name, _)| {
                !name.is_empty()
                    && name
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b"._+-*/ ".contains(&b))
            });
            let outside = rest.contains('|') && rest.contains('!');
            let sum = rest.bytes().any(|b| b.is_ascii_digit())
                && rest.bytes().any(|b| b"+-*/^".contains(&b))
                && rest
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"+-*/^.$:% ".contains(&b));
            call || outside || sum
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_told_from_dashes() {
        for bad in [
            "=1+1",
            " =A1",
            "+1+1",
            "-2+3",
            "@SUM(A1)",
            "=cmd|' /C calc'!A0",
            "-1+cmd|'/C x'!A0",
            "+HYPERLINK(\"x\")",
            "\t=1",
        ] {
            assert!(is_formula(bad), "{bad}");
        }
        for good in [
            "- 研修の実施",
            "-研修(年2回)",
            "+αの支援",
            "@ホームの会",
            "－5",
            "-",
            "研修=会議",
            "",
            "-5",
        ] {
            assert!(!is_formula(good), "{good}");
        }
    }

    #[test]
    fn an_apostrophe_of_ones_own_stays() {
        assert_eq!(Guard::Csv.read("'abc"), "'abc");
        assert_eq!(Guard::Csv.read("'=1"), "=1");
        assert_eq!(Guard::Xlsx.write("-研修"), "-研修");
        assert_eq!(Guard::Csv.write("-研修"), "'-研修");
        assert_eq!(
            Guard::Xlsx.read(&Guard::Xlsx.write(&unanswered())),
            unanswered()
        );
    }

    proptest! {
        #[test]
        fn writing_and_reading_give_the_text_back(text in "(['=+@＝-]{0,3}|（未回答）)[a'研=\n-]{0,4}") {
            for guard in [Guard::Csv, Guard::Xlsx] {
                let cell = guard.write(&text);
                prop_assert_eq!(guard.read(&cell), text.as_str());
            }
            prop_assert!(!is_formula(&Guard::Csv.write(&text)));
        }
    }
}
