//! What words mean here: kinds of service, places, and everyday words from `data/kensei/directory/words.csv`.

use std::collections::BTreeMap;

use areas::Municipality;
use search::Dictionary;

use crate::model::Kind;

/// word, marks between spaces (any of them), or `joint` for words that only join others.
const WORDS: &str = include_str!("../../../../data/kensei/directory/words.csv");

/// The dictionary of an area.
pub(super) fn dictionary(towns: &[Municipality], kinds: &[Kind]) -> Dictionary {
    let mut dictionary = Dictionary::default();
    let mut meanings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut add = |word: &str, mark: String| {
        let marks = meanings.entry(word.to_owned()).or_default();
        if !marks.contains(&mark) {
            marks.push(mark);
        }
    };
    for kind in kinds {
        let mark = format!("kind:{}", kind.code);
        for word in [&kind.name_ja, &kind.short_ja, &kind.name_en]
            .into_iter()
            .chain(&kind.words)
        {
            add(word, mark.clone());
        }
    }
    for town in towns {
        for word in names(town) {
            add(&word, format!("town:{}", town.code));
            add(&word, format!("covers:{}", town.code));
        }
    }
    for line in WORDS.lines().skip(1) {
        let mut cells = line.split(',');
        let (Some(word), Some(marks)) = (cells.next(), cells.next()) else {
            continue;
        };
        if marks == "joint" {
            dictionary.add_joint(word);
            continue;
        }
        for mark in marks.split_whitespace() {
            add(word, mark.to_owned());
        }
    }
    for (word, marks) in meanings {
        dictionary.add(&word, &marks);
    }
    dictionary
}

/// Names of a municipality as people type them: with and without the word for city or town, in kanji, kana and Latin letters.
fn names(town: &Municipality) -> Vec<String> {
    let mut list = vec![
        town.name_ja.clone(),
        town.name_kana.clone(),
        town.name_en.clone(),
    ];
    let mut stem: Vec<char> = town.name_ja.chars().collect();
    if stem.len() > 2 {
        stem.pop();
        list.push(stem.into_iter().collect());
    }
    // The words for city and town as they are read (shi, machi, cho), folded.
    for end in ["\u{3057}", "\u{307e}\u{3061}", "\u{3061}\u{3087}\u{3046}"] {
        if let Some(stem) = town
            .name_kana
            .strip_suffix(end)
            .filter(|stem| stem.chars().count() > 1)
        {
            list.push(stem.to_owned());
        }
    }
    if let Some((stem, _)) = town.name_en.rsplit_once(' ') {
        list.push(stem.to_owned());
    }
    list
}
