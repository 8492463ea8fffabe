//! The words of official layouts, from tables beside the code: headers, days, kinds, numerals.

use std::{collections::HashMap, sync::LazyLock};

use kernel::text::fold;

use crate::store::kinds;

const COLUMNS: &str = include_str!("../../data/columns.tsv");
const WORDS: &str = include_str!("../../data/words.tsv");

/// Folded header to field.
pub(crate) static HEADERS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let lines = COLUMNS.lines().skip(1).filter_map(|l| l.split_once('\t'));
    lines
        .map(|(field, header)| (squeeze(header), field))
        .collect()
});

static GROUPS: LazyLock<HashMap<&'static str, Vec<(&'static str, String)>>> = LazyLock::new(|| {
    let mut groups: HashMap<_, Vec<_>> = HashMap::new();
    for line in WORDS.lines().skip(1) {
        let mut cells = line.split('\t');
        if let (Some(group), Some(code), Some(word)) = (cells.next(), cells.next(), cells.next()) {
            groups.entry(group).or_default().push((code, squeeze(word)));
        }
    }
    groups
});

/// Folded official and short names of kinds to their codes.
static KINDS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut all: HashMap<String, &'static str> = HashMap::new();
    for row in kinds::table() {
        all.insert(squeeze(row[2]), row[0]);
        all.entry(squeeze(row[4])).or_insert(row[0]);
        all.entry(row[0].to_owned()).or_insert(row[0]);
    }
    for (code, word) in group("kind") {
        all.entry(word.clone()).or_insert(code);
    }
    all
});

/// Folded without any space.
pub(crate) fn squeeze(text: &str) -> String {
    let mut out = fold(text);
    out.retain(|c| !c.is_whitespace());
    out
}

/// The words of a group with their codes, folded.
pub(crate) fn group(name: &str) -> &'static [(&'static str, String)] {
    GROUPS.get(name).map_or(&[], Vec::as_slice)
}

/// The code of a word in a group.
pub(crate) fn code_of(name: &str, word: &str) -> Option<&'static str> {
    let word = squeeze(word);
    group(name)
        .iter()
        .find(|(_, w)| *w == word)
        .map(|(c, _)| *c)
}

/// The kind that a publication means by this text: official name, short name or code.
pub(crate) fn kind_of(text: &str) -> Option<&'static str> {
    KINDS.get(&squeeze(text)).copied()
}

/// Whether the text holds a word of the group.
pub(crate) fn holds(name: &str, text: &str) -> bool {
    let text = squeeze(text);
    group(name)
        .iter()
        .any(|(_, word)| text.contains(word.as_str()))
}
