//! What stands at the head of a paragraph.

use super::words::Words;

/// The sign a paragraph begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bullet {
    None,
    Number(u32),
    Dot,
    Arrow,
    Also,
}

/// A paragraph whose sign has been read.
#[derive(Clone, Debug)]
pub(super) struct Marked {
    pub(super) chars: Vec<char>,
    /// Where the text begins, behind the sign.
    pub(super) from: usize,
    /// Where it ends, before trailing blanks.
    pub(super) past: usize,
    pub(super) bullet: Bullet,
    /// All numbers at the head.
    pub(super) numbers: Vec<u32>,
    /// The number of which the paragraph only says "as in".
    pub(super) same_as: Option<u32>,
}

impl Marked {
    pub(super) fn is_empty(&self) -> bool {
        self.from >= self.past
    }

    pub(super) fn text(&self) -> &[char] {
        self.chars.get(self.from..self.past).unwrap_or_default()
    }
}

/// Reads the sign. A paragraph that is nothing but signs is text.
pub(super) fn read(chars: Vec<char>, words: &Words) -> Marked {
    let past = chars
        .iter()
        .rposition(|c| !c.is_whitespace())
        .map_or(0, |at| at + 1);
    let first = blanks(&chars, 0, past);
    let mut marked = Marked {
        chars,
        from: first,
        past,
        bullet: Bullet::None,
        numbers: Vec::new(),
        same_as: None,
    };
    let mut at = first;
    while let Some((number, next)) = number(&marked.chars[..past], at) {
        marked.numbers.push(number);
        at = next;
    }
    at = blanks(&marked.chars, at, past);
    if let Some(number) = marked.numbers.first() {
        marked.bullet = Bullet::Number(*number);
        marked.from = at;
    } else if let Some(sign) = marked.chars[..past].get(first) {
        match sign {
            // Katakana middle dot, also half-width, and the bullet.
            '\u{30fb}' | '\u{ff65}' | '\u{2022}' => marked.bullet = Bullet::Dot,
            '\u{21d2}' | '\u{2192}' => marked.bullet = Bullet::Arrow,
            _ => {}
        }
        if marked.bullet != Bullet::None {
            marked.from = blanks(&marked.chars, first + 1, past);
        } else if words.is_also(&marked.text().iter().collect::<String>()) {
            marked.bullet = Bullet::Also;
        }
    }
    if marked.is_empty() && past > first {
        (marked.from, marked.bullet) = (first, Bullet::None);
        marked.numbers.clear();
    }
    if let Some((same, next)) = number(&marked.chars[..past], marked.from) {
        let rest: String = marked.chars[next..past].iter().collect();
        if marked.bullet == Bullet::Arrow && words.is_same(&rest) {
            marked.same_as = Some(same);
        }
    }
    marked
}

fn blanks(chars: &[char], from: usize, past: usize) -> usize {
    let mut at = from;
    while at < past && chars[at].is_whitespace() {
        at += 1;
    }
    at
}

/// A number in a circle or in brackets, and what follows it.
fn number(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let first = *chars.get(at)?;
    let code = u32::from(first);
    // U+2460 to 2473 are 1 to 20 in circles, U+2474 to 2487 in brackets.
    if (0x2460..=0x2473).contains(&code) {
        return Some((code - 0x245f, at + 1));
    }
    if (0x2474..=0x2487).contains(&code) {
        return Some((code - 0x2473, at + 1));
    }
    if !matches!(first, '(' | '\u{ff08}') {
        return None;
    }
    let mut value = 0;
    for (place, c) in chars.iter().enumerate().skip(at + 1).take(3) {
        if matches!(c, ')' | '\u{ff09}') {
            return (value > 0 && place > at + 1).then_some((value, place + 1));
        }
        let digit = match c {
            '0'..='9' => u32::from(*c) - u32::from('0'),
            '\u{ff10}'..='\u{ff19}' => u32::from(*c) - 0xff10,
            _ => return None,
        };
        value = value * 10 + digit;
    }
    None
}
