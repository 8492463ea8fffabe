//! The words of `words.tsv`, read once.

use std::sync::LazyLock;

const FILE: &str = include_str!("words.tsv");

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::read(FILE));

/// What paragraphs are known by.
#[derive(Debug, Default)]
pub(super) struct Words {
    also: Vec<&'static str>,
    same: Vec<&'static str>,
    link: Vec<&'static str>,
    attachment: Vec<&'static str>,
    nothing: Vec<&'static str>,
    organisation: Vec<&'static str>,
    items: Vec<(char, Vec<&'static str>)>,
}

pub(super) fn words() -> &'static Words {
    &WORDS
}

impl Words {
    fn read(file: &'static str) -> Self {
        let mut out = Self::default();
        for line in file.lines().filter(|l| !l.starts_with('#')) {
            let Some((kind, word)) = line.split_once('\t') else {
                continue;
            };
            match kind {
                "also" => out.also.push(word),
                "same" => out.same.push(word),
                "link" => out.link.push(word),
                "attachment" => out.attachment.push(word),
                "nothing" => out.nothing.push(word),
                "organisation" => out.organisation.push(word),
                item => {
                    if let Some(letter) = item.strip_prefix("item:").and_then(|l| l.chars().next())
                    {
                        out.items.push((letter, word.split(' ').collect()));
                    }
                }
            }
        }
        out
    }

    /// Whether the whole answer says that there is nothing to say.
    pub(super) fn is_nothing(&self, body: &str) -> bool {
        let text = kernel::text::trim(body).trim_end_matches('\u{3002}');
        self.nothing.contains(&text)
    }

    /// Whether a paragraph begins with "also".
    pub(super) fn is_also(&self, text: &str) -> bool {
        self.also.iter().any(|w| text.starts_with(w))
    }

    /// Whether a text ends with "as in".
    pub(super) fn is_same(&self, text: &str) -> bool {
        self.same.contains(&text.trim_end_matches('\u{3002}'))
    }

    /// Whether a paragraph is a web address, with or without a label.
    pub(super) fn is_link(&self, text: &str) -> bool {
        let labelled = self.link.iter().find_map(|w| text.strip_prefix(w));
        let rest = labelled.unwrap_or(text);
        let rest =
            rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':' || c == '\u{ff1a}');
        (rest.starts_with("https://") || rest.starts_with("http://"))
            && !rest.chars().any(char::is_whitespace)
    }

    /// Whether a paragraph, or what stands in a pair of brackets, names attachments and nothing else.
    pub(super) fn is_attachment(&self, text: &str) -> bool {
        const LONGEST: usize = 40;
        self.attachment.iter().any(|w| text.starts_with(w))
            && text.chars().count() <= LONGEST
            && !text.contains('\u{3002}')
    }

    /// Whether a paragraph is nothing but the name of an organisation.
    pub(super) fn is_organisation(&self, text: &str, names: &[String]) -> bool {
        const LONGEST: usize = 60;
        let sign =
            |c: char| "\u{3001}\u{3002}\u{ff0f}\u{ff08}\u{ff09}()\u{300c}\u{300d}".contains(c);
        let hiragana = |c: char| ('\u{3041}'..='\u{309f}').contains(&c);
        if names.iter().any(|name| name == text) {
            return true;
        }
        text.chars().count() <= LONGEST
            && !text
                .chars()
                .any(|c| sign(c) || hiragana(c) || c.is_whitespace())
            && self.organisation.iter().any(|w| text.ends_with(w))
    }

    /// The one item whose wording stands in a head.
    pub(super) fn item(&self, text: &str) -> Option<char> {
        let fits = |words: &[&str]| words.iter().all(|w| text.contains(w));
        let mut found = None;
        for (letter, words) in &self.items {
            if fits(words) {
                if found.is_some_and(|f| f != *letter) {
                    return None;
                }
                found = Some(*letter);
            }
        }
        found
    }
}
