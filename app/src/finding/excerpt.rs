//! The stretch of a text around the words that were searched for, and the words marked in it.

use maud::{Markup, html};

/// Letters before the first word and in all.
const BEFORE: usize = 30;
const LENGTH: usize = 140;

/// The words of a search, folded.
pub(super) struct Words(Vec<Vec<char>>);

/// A text letter by letter in the form that is compared, each with the number of its letter in the text.
struct Folded {
    letters: Vec<char>,
    at: Vec<usize>,
}

impl Folded {
    fn of(text: &[char]) -> Self {
        let mut folded = Self {
            letters: Vec::with_capacity(text.len()),
            at: Vec::with_capacity(text.len()),
        };
        let mut one = String::new();
        for (number, letter) in text.iter().enumerate() {
            one.clear();
            one.push(*letter);
            for letter in search::folded(&one).chars().filter(|c| *c != ' ') {
                folded.letters.push(letter);
                folded.at.push(number);
            }
        }
        folded
    }
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let words = search::Dictionary::default().parse(text).words;
        Self(
            words
                .iter()
                .map(|word| word.text.chars().collect())
                .collect(),
        )
    }

    /// Where the words stand in the text: first letter and the one after the last.
    fn places(&self, text: &[char]) -> Vec<(usize, usize)> {
        let folded = Folded::of(text);
        let mut places = Vec::new();
        for word in self.0.iter().filter(|word| !word.is_empty()) {
            for (start, window) in folded.letters.windows(word.len()).enumerate() {
                if window == word.as_slice() {
                    places.push((folded.at[start], folded.at[start + word.len() - 1] + 1));
                }
            }
        }
        places.sort_unstable();
        places
    }

    /// A stretch of the text around the first word; its beginning where no word stands in it.
    pub(super) fn cut(&self, text: &str) -> String {
        let letters: Vec<char> = text
            .chars()
            .map(|c| if c == '\n' { ' ' } else { c })
            .collect();
        let first = self.places(&letters).first().map_or(0, |(start, _)| *start);
        let from = first.saturating_sub(BEFORE);
        let to = (from + LENGTH).min(letters.len());
        let mut out = String::new();
        if from > 0 {
            out.push('…');
        }
        out.extend(&letters[from..to]);
        if to < letters.len() {
            out.push('…');
        }
        out
    }

    /// The text with the words marked.
    pub(super) fn mark(&self, text: &str) -> Markup {
        let letters: Vec<char> = text.chars().collect();
        let mut parts: Vec<(bool, String)> = Vec::new();
        let mut done = 0;
        for (start, end) in self.places(&letters) {
            if start < done {
                continue;
            }
            parts.push((false, letters[done..start].iter().collect()));
            parts.push((true, letters[start..end].iter().collect()));
            done = end;
        }
        parts.push((false, letters[done..].iter().collect()));
        html! { @for (hit, part) in &parts { @if *hit { mark { (part) } } @else { (part) } } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_as_typed_and_cut_around() {
        let words = Words::of("ケアマネ 研修");
        assert_eq!(
            words.mark("ｹｱﾏﾈの研修、ケアマネ").0,
            "<mark>ｹｱﾏﾈ</mark>の<mark>研修</mark>、<mark>ケアマネ</mark>"
        );
        let long = format!("{}研修{}", "あ".repeat(100), "い".repeat(200));
        let cut = words.cut(&long);
        assert!(cut.starts_with("…あ") && cut.contains("研修") && cut.ends_with('…'));
        assert_eq!(cut.chars().count(), LENGTH + 2);
        assert_eq!(words.cut("短い"), "短い");
        assert_eq!(words.mark("<b>").0, "&lt;b&gt;");
    }
}
