//! The font for paper, from inside the binary, and the question whether it has a character.

use std::sync::LazyLock;

use rust_embed::RustEmbed;
use typst::{
    foundations::Bytes,
    text::{Font, FontBook},
    utils::LazyHash,
};

#[derive(RustEmbed)]
#[folder = "../../assets/print"]
#[allow_missing = true]
struct Files;

pub(crate) struct Fonts {
    pub(crate) all: Vec<Font>,
    pub(crate) book: LazyHash<FontBook>,
}

/// Read once: reading costs some tens of milliseconds.
pub(crate) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let all: Vec<Font> = ["BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf"]
        .into_iter()
        .filter_map(Files::get)
        .filter_map(|file| Font::new(Bytes::new(file.data), 0))
        .collect();
    let book = LazyHash::new(FontBook::from_fonts(&all));
    Fonts { all, book }
});

/// Characters that ask for no ink.
fn silent(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_selector(c) || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The characters of a text that the font for paper does not have, each once, in order. A document with them prints
/// an empty box; say so before printing.
#[must_use]
pub fn missing_glyphs(text: &str) -> Vec<char> {
    let mut missing = Vec::new();
    for c in text.chars() {
        if silent(c) || missing.contains(&c) {
            continue;
        }
        let known = FONTS
            .all
            .first()
            .is_some_and(|font| font.ttf().glyph_index(c).is_some());
        if !known {
            missing.push(c);
        }
    }
    missing
}

/// The variants (a character and its selector) that the font prints in their common shape, each once, in order.
#[must_use]
pub fn missing_variants(text: &str) -> Vec<String> {
    let mut missing = Vec::new();
    let mut before = None;
    for c in text.chars() {
        if let (true, Some(base)) = (is_selector(c), before) {
            let known = FONTS
                .all
                .first()
                .is_some_and(|font| font.ttf().glyph_variation_index(base, c).is_some());
            let pair = format!("{base}{c}");
            if !known && !missing.contains(&pair) {
                missing.push(pair);
            }
        }
        before = Some(c);
    }
    missing
}
