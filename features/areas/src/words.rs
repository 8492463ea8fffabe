//! The special words of this work, each explained in two sentences: one file, `data/kensei/areas/words.toml`.
//!
//! Pages end with [`footnotes`]: on the screen folded away, on paper written out. `/glossary` lists all of them.

use std::sync::LazyLock;

use kernel::Lang;
use maud::{Markup, html};
use serde::Deserialize;

use crate::i18n::loader;

/// A word and its explanation.
#[derive(Clone, Debug, Deserialize)]
pub struct Word {
    /// Its anchor: `pdca`.
    pub key: String,
    ja: String,
    /// Reading, by which the list is sorted.
    pub kana: String,
    en: String,
    text_ja: String,
    text_en: String,
}

impl Word {
    /// The word in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.ja, &self.en)
    }

    /// Its two sentences.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.text_ja, &self.text_en)
    }
}

#[derive(Deserialize, Default)]
struct File {
    #[serde(default)]
    word: Vec<Word>,
}

/// All words, by their reading. The file is part of the program and a test reads it.
#[must_use]
pub fn all() -> &'static [Word] {
    static WORDS: LazyLock<Vec<Word>> = LazyLock::new(|| {
        let text = include_str!("../../../data/kensei/areas/words.toml");
        let mut words = toml::from_str::<File>(text).unwrap_or_default().word;
        words.sort_by(|a, b| a.kana.cmp(&b.kana));
        words
    });
    &WORDS
}

/// A word by its key.
#[must_use]
pub fn word(key: &str) -> Option<&'static Word> {
    all().iter().find(|word| word.key == key)
}

/// The words a page uses, explained at its end. Unknown keys are left out; a test of the pages' rooms names them.
#[must_use]
pub fn footnotes(lang: Lang, keys: &[&str]) -> Markup {
    let words: Vec<&Word> = keys.iter().filter_map(|key| word(key)).collect();
    if words.is_empty() {
        return html! {};
    }
    let list = html! {
        dl.facts { @for one in &words { div { dt { (one.name(lang)) } dd { (one.text(lang)) } } } }
    };
    html! {
        details.no-print { summary { (loader(lang).text("areas-words-page")) } (list) }
        div.print-only { p { strong { (loader(lang).text("areas-words-page")) } } (list) }
    }
}

/// The list of `/glossary`.
pub(crate) fn list(lang: Lang) -> Markup {
    html! {
        dl.facts { @for one in all() { div id={ "word-" (one.key) } { dt { (one.name(lang)) } dd { (one.text(lang)) } } } }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_word_is_explained_in_two_sentences() {
        assert!(all().len() >= 30);
        let keys: BTreeSet<&str> = all().iter().map(|w| w.key.as_str()).collect();
        assert_eq!(keys.len(), all().len(), "keys are unique");
        for word in all() {
            assert_eq!(word.text_ja.matches('。').count(), 2, "{}", word.key);
            let ends =
                word.text_en.matches(". ").count() + usize::from(word.text_en.ends_with('.'));
            assert_eq!(ends, 2, "{}: {}", word.key, word.text_en);
            assert!(!word.ja.is_empty() && !word.en.is_empty() && !word.kana.is_empty());
        }
    }

    #[test]
    fn footnotes_leave_out_what_nobody_explained() {
        assert_eq!(footnotes(Lang::Ja, &["nothing"]).into_string(), "");
        assert!(
            footnotes(Lang::En, &["pdca", "nothing"])
                .into_string()
                .contains("PDCA")
        );
    }
}
