//! What must not stand in a story: found by machine, decided by people. Nothing here knows a name list; a find is a question to the
//! writer and to the second person, never a proof of the opposite.

use std::sync::LazyLock;

use regex::Regex;

/// What kind of trace was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Trace {
    /// A word before 様, さん, 氏, or a name after 氏名.
    Name,
    /// A telephone or FAX number.
    Number,
    /// A day or a month of a year.
    Date,
    /// An age in years.
    Age,
    /// A town so small that somebody would know whom it is about, or a part of a town.
    Place,
    /// An address of mail.
    Address,
}

impl Trace {
    /// The word in keys of texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Number => "number",
            Self::Date => "date",
            Self::Age => "age",
            Self::Place => "place",
            Self::Address => "address",
        }
    }

    /// Whether a story with it can be sent on at all. Names, numbers, days and addresses of mail cannot; an age or a place may be
    /// right after a second look.
    #[must_use]
    pub const fn stops(self) -> bool {
        matches!(self, Self::Name | Self::Number | Self::Date | Self::Address)
    }
}

/// A find with the words that stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it looks like.
    pub trace: Trace,
    /// The words.
    pub words: String,
}

struct Rules {
    list: Vec<(Trace, Regex)>,
}

/// The patterns are data: one a line, kind and expression.
static RULES: LazyLock<Rules> = LazyLock::new(|| Rules {
    list: include_str!("../../data/traces.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(kind, pattern)| {
            let trace = [
                Trace::Name,
                Trace::Number,
                Trace::Date,
                Trace::Age,
                Trace::Place,
                Trace::Address,
            ]
            .into_iter()
            .find(|t| t.code() == kind)?;
            Some((trace, Regex::new(pattern).ok()?))
        })
        .collect(),
});

/// Everything in a text that looks like a trace of a person. `places` are names that would give one away: towns of few people,
/// their quarters. Full-width digits count as digits.
#[must_use]
pub fn traces(text: &str, places: &[String]) -> Vec<Found> {
    let plain = kernel::text::half_width(text);
    let mut found: Vec<Found> = Vec::new();
    for (trace, rule) in &RULES.list {
        for hit in rule.find_iter(&plain) {
            let words = hit.as_str().to_owned();
            if !found.iter().any(|f| f.words == words) {
                found.push(Found {
                    trace: *trace,
                    words,
                });
            }
        }
    }
    for place in places.iter().filter(|p| p.chars().count() >= 2) {
        if plain.contains(place.as_str()) {
            found.push(Found {
                trace: Trace::Place,
                words: place.clone(),
            });
        }
    }
    found
}

/// How much of a story is the case's own words: the longest stretch of characters that stands in both. A rewriting has none of
/// sixteen characters and more.
#[must_use]
pub fn copied(story: &str, original: &str) -> Option<String> {
    const LONGEST: usize = 16;
    let clean = |t: &str| -> Vec<char> { t.chars().filter(|c| !c.is_whitespace()).collect() };
    let (new, old) = (clean(story), clean(original));
    let old_text: String = old.iter().collect();
    new.windows(LONGEST)
        .map(|w| w.iter().collect::<String>())
        .find(|stretch| old_text.contains(stretch.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Trace> {
        traces(text, &["真鶴町".to_owned()])
            .into_iter()
            .map(|f| f.trace)
            .collect()
    }

    #[test]
    fn every_pattern_is_read() {
        let lines = include_str!("../../data/traces.tsv")
            .lines()
            .filter(|l| !l.starts_with('#') && !l.is_empty())
            .count();
        assert_eq!(RULES.list.len(), lines);
    }

    #[test]
    fn names_numbers_days_and_towns_are_found() {
        assert!(kinds("山田様から").contains(&Trace::Name));
        assert!(kinds("鈴木さんの長女").contains(&Trace::Name));
        assert!(kinds("電話は０４６５－１２－３４５６").contains(&Trace::Number));
        assert!(kinds("090 1234 5678").contains(&Trace::Number));
        assert!(kinds("令和8年5月3日に退院").contains(&Trace::Date));
        assert!(kinds("5/3に退院").contains(&Trace::Date));
        assert!(kinds("87歳の方").contains(&Trace::Age));
        assert!(kinds("真鶴町の方").contains(&Trace::Place));
        assert!(kinds("x@example.jp").contains(&Trace::Address));
    }

    #[test]
    fn a_story_without_traces_passes() {
        let text = "80歳代で独り暮らしの方。酸素を使い、家で過ごしたいと望んだ。訪問看護と訪問診療、地域包括支援センターが週に1度話し合った。患者さんと家族さんは満足した。";
        assert_eq!(traces(text, &[]), Vec::new());
    }

    #[test]
    fn copied_stretches_are_found() {
        assert!(
            copied(
                "退院したいが家の段差が大きくて困っている方",
                "母が退院したいが家の段差が大きくて困っているとのこと"
            )
            .is_some()
        );
        assert_eq!(
            copied(
                "家に帰るための準備",
                "母が退院したいが家の段差が大きくて困っているとのこと"
            ),
            None
        );
    }
}
