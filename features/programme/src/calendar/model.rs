//! Duties and months. Pure: the year is built from the fixed duties, the office's own, and what was recorded last year.

use std::sync::LazyLock;

use kernel::{Date, Lang};
use serde::Deserialize;

/// A duty that returns every year, from `data/kensei/programme/duties.toml`.
#[derive(Clone, Debug, Deserialize)]
pub struct Fixed {
    /// Its word.
    pub key: String,
    /// Its usual month, 1 to 12.
    pub month: i64,
    title_ja: String,
    title_en: String,
    how_ja: String,
    how_en: String,
    /// Where it is done, without the base path.
    pub href: String,
    /// Why it exists, Japanese.
    pub basis: String,
    /// A key of the words explained.
    pub word: String,
}

impl Fixed {
    /// What is to be done.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        lang.pick(&self.title_ja, &self.title_en)
    }

    /// How it is done.
    #[must_use]
    pub fn how(&self, lang: Lang) -> &str {
        lang.pick(&self.how_ja, &self.how_en)
    }
}

#[derive(Deserialize, Default)]
struct File {
    #[serde(default)]
    duty: Vec<Fixed>,
}

/// The fixed duties; a test reads the file.
#[must_use]
pub fn fixed() -> &'static [Fixed] {
    static DUTIES: LazyLock<File> = LazyLock::new(|| {
        toml::from_str(include_str!(
            "../../../../data/kensei/programme/duties.toml"
        ))
        .unwrap_or_default()
    });
    &DUTIES.duty
}

/// A fixed duty by its word.
#[must_use]
pub fn fixed_duty(key: &str) -> Option<&'static Fixed> {
    fixed().iter().find(|one| one.key == key)
}

/// What an office recorded about a duty: its own one, or another month for a fixed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// The word of a fixed duty, or `own-…`.
    pub key: String,
    /// 1 to 12.
    pub month: i64,
    /// Empty for a fixed one.
    pub title: String,
    /// Counts every change.
    pub version: i64,
}

/// A duty that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Which.
    pub key: String,
    /// In which fiscal year.
    pub year: i32,
    /// When.
    pub on: Date,
}

/// Where the month of an item comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The usual month.
    Usual,
    /// The office moved it there, or made the duty itself.
    Office,
    /// It was done in this month last year.
    LastYear,
}

/// A duty in the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The word of a fixed duty, or `own-…`.
    pub key: String,
    /// The title of an own duty; fixed ones are named in the language of the page.
    pub title: String,
    /// 1 to 12.
    pub month: i64,
    /// Why then.
    pub why: Why,
    /// When it was done this year.
    pub done: Option<Date>,
    /// When it was done last year.
    pub last: Option<Date>,
}

/// Place of a month in the fiscal year, April first.
#[must_use]
pub fn place(month: i64) -> i64 {
    (month + 8) % 12
}

/// The year's duties in their order. A month set by the office counts most, then the month in which it was done last year,
/// then the usual one.
#[must_use]
pub fn build(year: i32, fixed: &[Fixed], own: &[Own], done: &[Done]) -> Vec<Item> {
    let when = |key: &str, year: i32| {
        done.iter()
            .find(|one| one.key == key && one.year == year)
            .map(|one| one.on)
    };
    let mut items: Vec<Item> = Vec::with_capacity(fixed.len() + own.len());
    for one in fixed {
        let last = when(&one.key, year - 1);
        let moved = own.iter().find(|o| o.key == one.key);
        let (month, why) = match (moved, last) {
            (Some(moved), _) => (moved.month, Why::Office),
            (None, Some(day)) => (i64::from(day.month()), Why::LastYear),
            (None, None) => (one.month, Why::Usual),
        };
        items.push(Item {
            key: one.key.clone(),
            title: String::new(),
            month,
            why,
            done: when(&one.key, year),
            last,
        });
    }
    for one in own.iter().filter(|one| !one.title.is_empty()) {
        items.push(Item {
            key: one.key.clone(),
            title: one.title.clone(),
            month: one.month,
            why: Why::Office,
            done: when(&one.key, year),
            last: when(&one.key, year - 1),
        });
    }
    items.sort_by_key(|item| place(item.month));
    items
}

/// Whether an item is to be done in a month, or was left undone in an earlier month of the same fiscal year.
#[must_use]
pub fn due(item: &Item, month: i64) -> bool {
    item.done.is_none() && place(item.month) <= place(month)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn duties_cover_the_year_and_name_words_that_are_explained() {
        assert!(fixed().len() >= 10);
        for one in fixed() {
            assert!((1..=12).contains(&one.month), "{}", one.key);
            assert!(
                areas::words::word(&one.word).is_some(),
                "{}: {}",
                one.key,
                one.word
            );
            assert!(one.href.starts_with('/') && !one.basis.is_empty());
            assert!(!one.title(Lang::En).is_empty() && !one.how(Lang::Ja).is_empty());
        }
    }

    #[test]
    fn april_comes_first() {
        assert_eq!([4, 12, 1, 3].map(place), [0, 8, 9, 11]);
    }

    #[test]
    fn the_month_of_last_year_counts_unless_the_office_moved_it() {
        let done = vec![
            Done {
                key: "numbers".into(),
                year: 2025,
                on: day("2025-08-20"),
            },
            Done {
                key: "budget".into(),
                year: 2025,
                on: day("2025-09-01"),
            },
            Done {
                key: "windows".into(),
                year: 2026,
                on: day("2026-04-10"),
            },
        ];
        let own = vec![
            Own {
                key: "budget".into(),
                month: 11,
                title: String::new(),
                version: 1,
            },
            Own {
                key: "own-1".into(),
                month: 6,
                title: "介護の日".into(),
                version: 1,
            },
        ];
        let items = build(2026, fixed(), &own, &done);
        let one = |key: &str| items.iter().find(|i| i.key == key).unwrap();
        assert_eq!(
            (one("numbers").month, one("numbers").why),
            (8, Why::LastYear)
        );
        assert_eq!((one("budget").month, one("budget").why), (11, Why::Office));
        assert_eq!((one("plenary").month, one("plenary").why), (2, Why::Usual));
        assert_eq!(one("own-1").title, "介護の日");
        assert_eq!(items.len(), fixed().len() + 1);
        assert!(
            items
                .windows(2)
                .all(|pair| place(pair[0].month) <= place(pair[1].month))
        );
        assert!(due(one("numbers"), 11) && !due(one("plenary"), 11) && !due(one("windows"), 11));
    }
}
