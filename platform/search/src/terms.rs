//! Folding and bigrams.

/// The end of a field, as the second letter of its last pair.
pub(crate) const END: char = '\0';
/// Between the fields of a document's text; no folded text holds it.
pub(crate) const FIELD: char = '\n';

/// A pair of letters as a number; pairs that begin alike are neighbours.
pub(crate) fn pair(first: char, second: char) -> u64 {
    u64::from(u32::from(first)) << 32 | u64::from(u32::from(second))
}

/// The folded form that documents and queries are compared in: [`kernel::text::fold`], and letters of names that people
/// type in another variant (the two forms of the "taka" of Takahashi, "saki", "sai", "be", small and large "ke" of place names) as one.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut out = kernel::text::fold(text);
    if out.chars().any(|c| variant(c) != c) {
        out = out.chars().map(variant).collect();
    }
    out
}

/// The commoner letter for a variant of names. Written as numbers: U+9AD9 is the "ladder" form of U+9AD8, and so on.
fn variant(c: char) -> char {
    match c {
        '\u{9ad9}' => '\u{9ad8}',
        '\u{fa11}' | '\u{5d5c}' | '\u{7895}' => '\u{5d0e}',
        '\u{9f4b}' | '\u{9f4a}' | '\u{6589}' => '\u{658e}',
        '\u{9089}' | '\u{908a}' => '\u{8fba}',
        '\u{6ff1}' | '\u{6ff5}' => '\u{6d5c}',
        '\u{5cf6}' | '\u{5d8b}' | '\u{5d8c}' => '\u{5cf6}',
        '\u{6fa4}' => '\u{6ca2}',
        '\u{5ee3}' => '\u{5e83}',
        '\u{570b}' => '\u{56fd}',
        '\u{6ac1}' => '\u{685c}',
        // Small "ke" and "ka" between place names, also as hiragana after folding.
        '\u{3096}' => '\u{3051}',
        '\u{3095}' => '\u{304b}',
        // Hyphens and dashes of addresses, and the long mark beside them, stay apart: only the dashes become one.
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    }
}

/// Every pair of a field, its end included; spaces are borders.
pub(crate) fn pairs(field: &str, mut take: impl FnMut(u64)) {
    for run in field.split(' ') {
        let mut letters = run.chars().peekable();
        while let Some(letter) = letters.next() {
            take(pair(letter, letters.peek().copied().unwrap_or(END)));
        }
    }
}

/// The first letters of a reading as a number that sorts like the reading.
pub(crate) fn order_key(reading: &str) -> u64 {
    let mut key = 0_u64;
    let mut letters = reading.chars();
    for _ in 0..8 {
        let letter = letters.next().map_or(0, |c| match u32::from(c) {
            code @ 0..=0x7f => code.min(0x2f),
            code @ 0x3041..=0x30ff => 0x30 + (code - 0x3041).min(0xc0),
            _ => 0xff,
        });
        key = key << 8 | u64::from(letter);
    }
    key
}
