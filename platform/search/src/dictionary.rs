//! From what people type to a query: everyday words, names of places, words written together.

use std::collections::HashMap;

use crate::{Meaning, Word, near, terms::folded};

/// Words with a meaning: everyday words for kinds of services, names of places in kanji, kana and Latin letters.
#[derive(Debug, Default)]
pub struct Dictionary {
    /// Folded word → sets of marks.
    words: HashMap<String, Vec<Vec<String>>>,
    /// Letters of the longest word.
    longest: usize,
    /// Words that join others and mean nothing here, folded.
    joints: Vec<String>,
}

/// A text as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The words to be found.
    pub words: Vec<Word>,
    /// Marks that words were understood as, in order of appearance: what the page says it looked for.
    pub marks: Vec<String>,
}

/// Longer queries are cut; nobody types them, and each word costs.
const MOST_WORDS: usize = 12;
const MOST_LETTERS: usize = 60;

impl Dictionary {
    /// Adds a word and the marks it stands for, any of which count. A word with several meanings keeps all of them.
    pub fn add(&mut self, word: &str, marks: &[String]) {
        let mut key = folded(word);
        key.retain(|c| c != ' ');
        if key.is_empty() || marks.is_empty() {
            return;
        }
        self.longest = self.longest.max(key.chars().count());
        let meanings = self.words.entry(key).or_default();
        if !meanings.iter().any(|known| known == marks) {
            meanings.push(marks.to_vec());
        }
    }

    /// Adds a word that joins others ("of", "in") and is not searched for itself.
    pub fn add_joint(&mut self, word: &str) {
        let key = folded(word);
        if !key.is_empty() && !self.joints.contains(&key) {
            self.joints.push(key);
        }
    }

    /// Reads a text: words between spaces and common signs, all of which must be found. A word that is made of known words
    /// ("town + no + pharmacy" written together) is understood as these or taken literally.
    #[must_use]
    pub fn parse(&self, text: &str) -> Parsed {
        let mut parsed = Parsed::default();
        let text: String = text.chars().take(400).collect();
        let text = folded(&text);
        let border = |c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    ',' | '\u{3001}'
                        | '\u{3002}'
                        | '\u{30fb}'
                        | '"'
                        | '('
                        | ')'
                        | '?'
                        | '!'
                        | '\u{300c}'
                        | '\u{300d}'
                )
        };
        let mut pieces: Vec<String> = text
            .split(border)
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect();
        self.join(&mut pieces);
        for piece in pieces {
            if self.joints.contains(&piece) {
                continue;
            }
            if parsed.words.len() == MOST_WORDS {
                break;
            }
            let piece: String = piece.replace(' ', "").chars().take(MOST_LETTERS).collect();
            parsed.words.push(self.word(piece, &mut parsed.marks));
        }
        parsed
    }

    /// Puts neighbouring pieces together that are one word here: "home visit" between spaces is still one.
    fn join(&self, pieces: &mut Vec<String>) {
        let mut at = 0;
        while at < pieces.len() {
            let most = (pieces.len() - at).min(4);
            let found = (2..=most)
                .rev()
                .find(|count| self.words.contains_key(&pieces[at..at + count].concat()));
            if let Some(count) = found {
                let joined = pieces[at..at + count].concat();
                pieces.splice(at..at + count, [joined]);
            }
            at += 1;
        }
    }

    fn word(&self, piece: String, marks: &mut Vec<String>) -> Word {
        // Telephone numbers and office numbers are kept as digits.
        if piece.chars().all(|c| c.is_ascii_digit() || c == '-')
            && piece.chars().any(|c| c.is_ascii_digit())
        {
            return Word {
                text: piece.replace('-', ""),
                means: Vec::new(),
            };
        }
        let letters: Vec<char> = piece.chars().collect();
        let mut means = Vec::new();
        if let Some(known) = self.words.get(&piece) {
            means.extend(known.iter().map(|set| Meaning {
                marks: vec![set.clone()],
                rest: String::new(),
            }));
        } else if let Some(meaning) = self.cut(&letters) {
            means.push(meaning);
        } else if let Some(set) = self.mistyped(&letters) {
            means.push(Meaning {
                marks: vec![set],
                rest: String::new(),
            });
        }
        for mark in means
            .iter()
            .flat_map(|meaning| meaning.marks.iter().flatten())
        {
            if !marks.contains(mark) {
                marks.push(mark.clone());
            }
        }
        Word { text: piece, means }
    }

    /// Known words in a longer one, the longest first; what is between them is looked for as text.
    fn cut(&self, letters: &[char]) -> Option<Meaning> {
        let mut meaning = Meaning::default();
        let mut at = 0;
        while at < letters.len() {
            let longest = self.longest.min(letters.len() - at);
            let known = (2..=longest).rev().find_map(|length| {
                let word: String = letters[at..at + length].iter().collect();
                self.words.get(&word).map(|sets| (length, sets))
            });
            if let Some((length, sets)) = known {
                meaning.marks.push(sets.concat());
                at += length;
                continue;
            }
            let joint = self.joints.iter().find(|joint| {
                (at > 0 || !meaning.marks.is_empty())
                    && meaning.rest.is_empty()
                    && letters[at..]
                        .iter()
                        .collect::<String>()
                        .starts_with(joint.as_str())
            });
            if let Some(joint) = joint {
                at += joint.chars().count();
                continue;
            }
            meaning.rest.push(letters[at]);
            at += 1;
        }
        // One known word inside a name is not a meaning by itself unless nothing or little else remains.
        let understood = !meaning.marks.is_empty();
        understood.then_some(meaning)
    }

    /// A known word with one letter changed, left out or put in; the whole word, not a part.
    fn mistyped(&self, letters: &[char]) -> Option<Vec<String>> {
        if letters.len() < 3 {
            return None;
        }
        let text: String = letters.iter().collect();
        let close = |word: &str| {
            let count = word.chars().count();
            count >= 3 && count.abs_diff(letters.len()) <= 1 && near::whole(&text, word)
        };
        let mut found: Vec<&String> = self.words.keys().filter(|word| close(word)).collect();
        found.sort();
        found
            .first()
            .and_then(|word| self.words.get(*word))
            .map(|sets| sets.concat())
    }
}
