//! Rows of the index and runs of numbers; pure.

use super::{
    content::{Book, IndexLine},
    words::Words,
};

/// The first kana of the row that a reading belongs to; empty when it begins otherwise.
#[must_use]
pub fn kana_row(kana: &str) -> String {
    // The last character of each row and its first kana, in the block of hiragana.
    const ROWS: [(u32, u32); 10] = [
        (0x304a, 0x3042),
        (0x3054, 0x304b),
        (0x305e, 0x3055),
        (0x3069, 0x305f),
        (0x306e, 0x306a),
        (0x307d, 0x306f),
        (0x3082, 0x307e),
        (0x3088, 0x3084),
        (0x308d, 0x3089),
        (0x3094, 0x308f),
    ];
    let folded = kernel::text::fold(kana);
    let Some(first) = folded.chars().next().map(u32::from) else {
        return String::new();
    };
    if first < 0x3041 {
        return String::new();
    }
    ROWS.iter()
        .find(|(last, _)| first <= *last)
        .and_then(|(_, name)| char::from_u32(*name))
        .map(String::from)
        .unwrap_or_default()
}

/// `1, 2, 3, 7` as `1–3, 7`.
#[must_use]
pub fn ranges(numbers: &[usize]) -> String {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for &n in numbers {
        match parts.last_mut() {
            Some((_, end)) if *end + 1 == n => *end = n,
            _ => parts.push((n, n)),
        }
    }
    let word = |(a, b): &(usize, usize)| {
        if a == b {
            a.to_string()
        } else if a + 1 == *b {
            format!("{a}, {b}")
        } else {
            format!("{a}\u{2013}{b}")
        }
    };
    parts.iter().map(word).collect::<Vec<_>>().join(", ")
}

/// The index by the rows of kana; what has no reading comes last.
#[must_use]
pub fn index_rows<'a>(book: &'a Book, words: &Words) -> Vec<(String, Vec<&'a IndexLine>)> {
    let mut rows: Vec<(String, Vec<&IndexLine>)> = Vec::new();
    for line in &book.index {
        match rows.iter_mut().find(|(row, _)| *row == line.row) {
            Some((_, list)) => list.push(line),
            None => rows.push((line.row.clone(), vec![line])),
        }
    }
    rows.sort_by(|(a, _), (b, _)| (a.is_empty(), a).cmp(&(b.is_empty(), b)));
    for (row, _) in &mut rows {
        if row.is_empty() {
            words.get("index_other").clone_into(row);
        }
    }
    rows
}
