//! The code lists of a consultation as data: `data/codes.tsv`. A code, once used, is never given another meaning, and a bit
//! never another code: both stand in saved rows.

use std::{collections::BTreeMap, sync::LazyLock};

use kernel::Lang;

const FILE: &str = include_str!("../data/codes.tsv");

/// One value of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The stored word.
    pub code: &'static str,
    /// Its bit in the list's mask, for lists of which several may be chosen.
    pub bit: Option<u8>,
    /// What else the list says; for callers the lane they usually come by.
    pub extra: &'static str,
    ja: &'static str,
    en: &'static str,
}

impl Code {
    /// What people read.
    #[must_use]
    pub fn word(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ja => self.ja,
            Lang::En => self.en,
        }
    }
}

/// The lists of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// Who asks.
    Caller,
    /// By which way.
    Channel,
    /// Age band of the person it is about.
    Age,
    /// 要介護度.
    CareLevel,
    /// Where the person is.
    Living,
    /// What it is about; several.
    Category,
    /// 場面; several.
    Scene,
    /// 医療処置; several, the directory's codes.
    Treatment,
    /// How soon.
    Urgency,
    /// What the desk did; several.
    Response,
    /// How it ended.
    Result,
    /// Whether the need was met.
    NeedMet,
    /// On what ground the record is kept.
    Basis,
    /// Service that was missing.
    Service,
    /// Why it was missing.
    Why,
}

impl List {
    /// All lists.
    pub const ALL: [Self; 15] = [
        Self::Caller,
        Self::Channel,
        Self::Age,
        Self::CareLevel,
        Self::Living,
        Self::Category,
        Self::Scene,
        Self::Treatment,
        Self::Urgency,
        Self::Response,
        Self::Result,
        Self::NeedMet,
        Self::Basis,
        Self::Service,
        Self::Why,
    ];

    /// Its name in the file; also the name of its field in forms and addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Caller => "caller",
            Self::Channel => "channel",
            Self::Age => "age",
            Self::CareLevel => "care_level",
            Self::Living => "living",
            Self::Category => "category",
            Self::Scene => "scene",
            Self::Treatment => "treatment",
            Self::Urgency => "urgency",
            Self::Response => "response",
            Self::Result => "result",
            Self::NeedMet => "need_met",
            Self::Basis => "basis",
            Self::Service => "service",
            Self::Why => "why",
        }
    }

    /// Its values in their order.
    #[must_use]
    pub fn all(self) -> &'static [Code] {
        LISTS.get(self.name()).map_or(&[], Vec::as_slice)
    }

    /// The value with this code.
    #[must_use]
    pub fn find(self, code: &str) -> Option<&'static Code> {
        self.all().iter().find(|c| c.code == code)
    }

    /// What people read for a code; an unknown one stands as it is.
    #[must_use]
    pub fn word(self, code: &str, lang: Lang) -> String {
        self.find(code)
            .map_or_else(|| code.to_owned(), |c| c.word(lang).to_owned())
    }

    /// The known codes among these, each once, in the given order.
    #[must_use]
    pub fn known(self, codes: &[&str]) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for code in codes {
            if self.find(code).is_some() && !out.iter().any(|o| o == code) {
                out.push((*code).to_owned());
            }
        }
        out
    }

    /// The mask of some codes.
    #[must_use]
    pub fn mask<S: AsRef<str>>(self, codes: &[S]) -> i64 {
        codes
            .iter()
            .filter_map(|c| self.find(c.as_ref())?.bit)
            .fold(0, |mask, bit| mask | (1 << bit))
    }
}

/// Codes as a column keeps them: between spaces, with a space at both ends, or empty.
#[must_use]
pub fn joined<S: AsRef<str>>(codes: &[S]) -> String {
    if codes.is_empty() {
        return String::new();
    }
    let mut out = String::from(" ");
    for code in codes {
        out.push_str(code.as_ref());
        out.push(' ');
    }
    out
}

/// The codes of a column.
#[must_use]
pub fn split(column: &str) -> Vec<String> {
    column.split_whitespace().map(str::to_owned).collect()
}

static LISTS: LazyLock<BTreeMap<&'static str, Vec<Code>>> = LazyLock::new(|| {
    let mut lists: BTreeMap<&'static str, Vec<Code>> = BTreeMap::new();
    for line in FILE.lines().skip(1) {
        let mut cells = line.split('\t');
        let mut next = || cells.next().unwrap_or_default();
        let list = next();
        let code = Code {
            code: next(),
            bit: next().parse().ok(),
            extra: next(),
            ja: next(),
            en: next(),
        };
        lists.entry(list).or_default().push(code);
    }
    lists
});

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_list_is_whole_and_its_codes_are_fit_for_columns() {
        assert_eq!(LISTS.len(), List::ALL.len(), "a list without a name");
        for list in List::ALL {
            let all = list.all();
            assert!(!all.is_empty(), "{list:?}");
            let codes: BTreeSet<_> = all.iter().map(|c| c.code).collect();
            assert_eq!(codes.len(), all.len(), "{list:?} names one twice");
            let bits: BTreeSet<_> = all.iter().filter_map(|c| c.bit).collect();
            assert!(bits.is_empty() || bits.len() == all.len(), "{list:?}");
            assert!(bits.iter().all(|b| *b < 62));
            for code in all {
                assert!(
                    code.code.len() <= 20 && !code.code.contains(' '),
                    "{code:?}"
                );
                assert!(!code.ja.is_empty() && !code.en.is_empty(), "{code:?}");
            }
        }
    }

    #[test]
    fn sets_survive_their_column() {
        let chosen = List::Treatment.known(&["tpn", "nonsense", "oxygen", "tpn"]);
        assert_eq!(chosen, ["tpn", "oxygen"]);
        assert_eq!(split(&joined(&chosen)), chosen);
        assert_eq!(List::Treatment.mask(&chosen), 0b1001);
        assert_eq!(joined::<String>(&[]), "");
    }
}
