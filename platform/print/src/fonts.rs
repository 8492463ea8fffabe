//! The font for paper, from inside the binary, and the question whether it has a character.

use std::sync::LazyLock;

use rust_embed::RustEmbed;
use ttf_parser::Face;
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

/// The regular font as a table of characters; the bold one has the same.
fn with_face<T>(f: impl FnOnce(&Face<'_>) -> T) -> Option<T> {
    let font = FONTS.all.first()?;
    Face::parse(font.data().as_slice(), font.index())
        .ok()
        .map(|face| f(&face))
}

/// Characters that ask for no ink.
fn silent(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || is_selector(c)
        || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The characters of a text that the font for paper does not have, each once, in order. A document with them prints
/// an empty box; say so before printing.
#[must_use]
pub fn missing_glyphs(text: &str) -> Vec<char> {
    let mut missing = Vec::new();
    let look = |face: &Face<'_>| {
        for c in text.chars() {
            if !silent(c) && !missing.contains(&c) && face.glyph_index(c).is_none() {
                missing.push(c);
            }
        }
    };
    // Without the font nothing can be printed at all; that is another error.
    let _looked = with_face(look);
    missing
}

/// The variants (a character and its selector) that the font prints in their common shape, each once, in order.
#[must_use]
pub fn missing_variants(text: &str) -> Vec<String> {
    // Almost no text has any: most pay nothing.
    if !text.chars().any(is_selector) {
        return Vec::new();
    }
    let mut missing = Vec::new();
    let look = |face: &Face<'_>| {
        let mut before = None;
        for c in text.chars() {
            if let (true, Some(base)) = (is_selector(c), before) {
                let pair = format!("{base}{c}");
                if face.glyph_variation_index(base, c).is_none() && !missing.contains(&pair) {
                    missing.push(pair);
                }
            }
            before = Some(c);
        }
    };
    let _looked = with_face(look);
    missing
}
