//! Search marks: which pairs of characters occur in a text, as a keyed Bloom filter of 512 bits with one bit per pair. A mark may say
//! "perhaps" wrongly and never says "no" wrongly. Without the installation's key nobody can ask it anything.

use std::collections::HashMap;

use kernel::OrganisationId;
use store::InstallationKey;

/// The words of a mark.
pub const WORDS: usize = 8;

/// A mark, as eight integers of the database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark(pub [i64; WORDS]);

impl Mark {
    /// Whether everything that `asked` asks for may be here.
    #[must_use]
    pub fn may_hold(&self, asked: &Self) -> bool {
        self.0
            .iter()
            .zip(asked.0)
            .all(|(have, want)| have & want == want)
    }
}

/// Makes marks for one desk.
pub struct Marker<'a> {
    key: &'a InstallationKey,
    desk: OrganisationId,
    known: HashMap<[char; 2], usize>,
}

impl<'a> Marker<'a> {
    /// For a desk: the same words make other marks at another desk.
    #[must_use]
    pub fn new(key: &'a InstallationKey, desk: OrganisationId) -> Self {
        Self {
            key,
            desk,
            known: HashMap::new(),
        }
    }

    fn bit(&mut self, pair: [char; 2]) -> usize {
        if let Some(bit) = self.known.get(&pair) {
            return *bit;
        }
        let mut bytes = self.desk.uuid().as_bytes().to_vec();
        bytes.extend_from_slice(String::from_iter(pair).as_bytes());
        let hash = self.key.mac("consultation mark", &bytes);
        let bit = usize::from(u16::from_be_bytes([hash[0], hash[1]])) % (WORDS * 64);
        self.known.insert(pair, bit);
        bit
    }

    /// The mark of texts.
    pub fn mark<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) -> Mark {
        let mut mark = Mark::default();
        for text in texts {
            let folded = kernel::text::fold(text);
            let mut before: Option<char> = None;
            for c in folded.chars() {
                if let Some(first) = before
                    && !first.is_whitespace()
                    && !c.is_whitespace()
                {
                    let bit = self.bit([first, c]);
                    // A bit pattern, not a number: the sign bit is a bit like the others.
                    mark.0[bit / 64] |= (1_u64 << (bit % 64)).cast_signed();
                }
                before = Some(c);
            }
        }
        mark
    }
}

/// The words of a question, folded; words of one character are too short to be looked for.
#[must_use]
pub fn words(question: &str) -> Vec<String> {
    kernel::text::fold(question)
        .split_whitespace()
        .filter(|word| word.chars().count() >= 2)
        .take(8)
        .map(str::to_owned)
        .collect()
}

/// Whether all words occur in the texts.
#[must_use]
pub fn holds<'t>(texts: impl IntoIterator<Item = &'t str>, words: &[String]) -> bool {
    let folded: Vec<String> = texts.into_iter().map(kernel::text::fold).collect();
    words
        .iter()
        .all(|word| folded.iter().any(|text| text.contains(word.as_str())))
}

#[cfg(test)]
mod tests {
    use kernel::{Env, Time};
    use proptest::prelude::*;

    use super::*;

    fn desk(seed: u64) -> OrganisationId {
        Env::fixed(Time(0), seed).id()
    }

    #[test]
    fn words_are_found_in_any_dress_and_other_desks_have_other_marks() {
        let key = InstallationKey::generate().unwrap();
        let mut own = Marker::new(&key, desk(1));
        let text = "退院後に ＴＰＮ を続けたい。往診してくれる医師をさがしている";
        let mark = own.mark([text]);
        for question in ["tpn", "往診", "退院後", "医師 往診"] {
            let words = words(question);
            let asked = own.mark(words.iter().map(String::as_str));
            assert!(mark.may_hold(&asked), "{question}");
            assert!(holds([text], &words), "{question}");
        }
        assert!(!holds([text], &words("歯科")));
        assert_ne!(Marker::new(&key, desk(2)).mark([text]), mark);
        assert!(words("歯 a").is_empty());
    }

    proptest! {
        /// A mark never says no to a word that is there.
        #[test]
        fn no_word_is_missed(text in "[ぁ-んァ-ン一-龠a-zA-Z0-9 ]{4,80}", from in 0_usize..60, len in 2_usize..8) {
            let key = InstallationKey::generate().unwrap();
            let mut own = Marker::new(&key, desk(1));
            let part: String = text.chars().skip(from).take(len).collect();
            let words = words(&part);
            let asked = own.mark(words.iter().map(String::as_str));
            let mark = own.mark([text.as_str()]);
            prop_assert!(!holds([text.as_str()], &words) || mark.may_hold(&asked));
        }
    }
}
