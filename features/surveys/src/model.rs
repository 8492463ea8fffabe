//! Types and rules of surveys; no database, no pages.

use kernel::{Lang, Time};

store::ids! {
    /// A survey: one set of questions to municipalities, with its answers.
    pub SurveyId;
    /// One question of a survey.
    pub QuestionId;
    /// That one municipality took part.
    pub ResponseId;
    /// One municipality's text for one question.
    pub AnswerId;
    /// One imported file.
    pub BatchId;
}

/// Where a survey stands. It moves forward only: what is public stays public, so that addresses keep their meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Imported; only the office that imported it and the municipalities concerned see it.
    Draft,
    /// Everybody reads it.
    Published,
}

/// A step that the survey's state does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the survey is {0:?}")]
pub struct NotNow(pub State);

impl State {
    /// The stored word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Draft, Self::Published]
            .into_iter()
            .find(|s| s.code() == code)
    }

    /// Publishes.
    ///
    /// # Errors
    /// When it is published already.
    pub fn publish(self) -> Result<Self, NotNow> {
        match self {
            Self::Draft => Ok(Self::Published),
            Self::Published => Err(NotNow(self)),
        }
    }

    /// Takes an import back.
    ///
    /// # Errors
    /// When it is published: corrections then come as a new version, never as a disappearance.
    pub fn undo(self) -> Result<(), NotNow> {
        match self {
            Self::Draft => Ok(()),
            Self::Published => Err(NotNow(self)),
        }
    }
}

/// What a survey says about itself; the same in files and in the database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Its place in addresses, such as `2024-renkei`.
    pub slug: String,
    /// Title as printed.
    pub title: String,
    /// Our translation of the title; may be empty.
    pub title_en: String,
    /// The label on the paper, such as a number of the material; may be empty.
    pub label: String,
    /// Japanese fiscal year, by the year in which it begins.
    pub fiscal_year: i32,
    /// Whether the year is inferred and not printed on the source.
    pub fiscal_year_inferred: bool,
    /// Where the texts come from.
    pub source: String,
    /// The same in English; may be empty.
    pub source_en: String,
    /// What a reader should know; may be empty.
    pub note: String,
    /// The same in English.
    pub note_en: String,
    /// Terms of use; may be empty.
    pub licence: String,
    /// The same in English.
    pub licence_en: String,
    /// A link that stands at the end of the source; may be empty.
    pub trailing_link: String,
}

/// One question as files and pages carry it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// Number as printed: `2(1)`.
    pub number: String,
    /// Field name in JSON: `assessment`.
    pub field: String,
    /// The question as printed.
    pub body: String,
    /// Our translation; may be empty.
    pub body_en: String,
    /// A few words for chips and column heads.
    pub short: String,
    /// The same in English; may be empty.
    pub short_en: String,
}

impl Ask {
    /// A question of which only number and text are known, as in a table.
    #[must_use]
    pub fn of(number: &str, body: &str) -> Self {
        Self {
            number: number.to_owned(),
            field: format!("q{}", anchor(number).replace('-', "_")),
            body: body.to_owned(),
            short: short(body),
            ..Self::default()
        }
    }

    /// Its place in addresses: `2(1)` becomes `2-1`.
    #[must_use]
    pub fn anchor(&self) -> String {
        anchor(&self.number)
    }

    /// The few words in the reader's language.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &str {
        pick(lang, &self.short, &self.short_en)
    }

    /// The whole question in the reader's language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &str {
        pick(lang, &self.body, &self.body_en)
    }
}

/// A survey as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Identifier.
    pub id: SurveyId,
    /// What it says about itself.
    pub head: Head,
    /// How many municipalities answered.
    pub responses: i64,
    /// Draft or published.
    pub state: State,
    /// Since when everybody reads it.
    pub published_at: Option<Time>,
    /// Rises with every change of questions or answers.
    pub version: i64,
    /// SHA-256 over questions and answers, hexadecimal.
    pub fingerprint: String,
}

impl Survey {
    /// The title in the reader's language.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        pick(lang, &self.head.title, &self.head.title_en)
    }
}

/// A question with its identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Identifier.
    pub id: QuestionId,
    /// Number, texts, names.
    pub ask: Ask,
    /// Its place in addresses.
    pub anchor: String,
}

/// A municipality that took part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Respondent {
    /// Place in the survey's own order, from 0.
    pub sort: i64,
    /// 団体コード.
    pub code: String,
    /// Name on the day of the survey.
    pub name: String,
}

/// One imported file, as the office that imported it sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Identifier.
    pub id: BatchId,
    /// The survey it made.
    pub survey: SurveyId,
    /// Name of the file as uploaded.
    pub file_name: String,
    /// `json`, `csv` or `xlsx`.
    pub format: String,
    /// How its text was encoded; empty for XLSX.
    pub encoding: String,
    /// Municipalities.
    pub responses: i64,
    /// Questions.
    pub questions: i64,
    /// Answers with text.
    pub written: i64,
    /// Answers in which nothing was written.
    pub blank: i64,
    /// When.
    pub imported_at: Time,
    /// Since when everybody reads it.
    pub published_at: Option<Time>,
}

/// The text in the reader's language, or the Japanese one where there is no other.
#[must_use]
pub fn pick<'a>(lang: Lang, ja: &'a str, en: &'a str) -> &'a str {
    if lang == Lang::En && !en.is_empty() {
        en
    } else {
        ja
    }
}

/// The paragraphs of a body: its lines; none when nothing was written.
#[must_use]
pub fn paragraphs(body: &str) -> Vec<&str> {
    if body.is_empty() {
        Vec::new()
    } else {
        body.split('\n').collect()
    }
}

/// Whether a body says nothing a reader could see.
#[must_use]
pub fn is_blank(body: &str) -> bool {
    kernel::text::trim(body).is_empty()
}

/// A number as part of an address: letters and digits stay, everything between them becomes one hyphen.
#[must_use]
pub fn anchor(number: &str) -> String {
    let half = kernel::text::half_width(number);
    let words: Vec<&str> = half
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    words.join("-").to_ascii_lowercase()
}

/// Whether a text may be a survey's place in addresses: small letters, digits and single hyphens.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    let reserved = ["import", "new", "rounds", "replies"];
    (1..=80).contains(&text.len())
        && !reserved.contains(&text)
        && text.split('-').all(|w| {
            !w.is_empty()
                && w.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// The first few words of a question, for a chip.
fn short(body: &str) -> String {
    const ROOM: usize = 14;
    let first = body.lines().next().unwrap_or_default();
    let mut out: String = first.chars().take(ROOM).collect();
    if first.chars().count() > ROOM {
        out.push('\u{2026}');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_addresses() {
        for (number, expected) in [
            ("1", "1"),
            ("2(1)", "2-1"),
            ("２（３）", "2-3"),
            ("問", ""),
            ("Q-4 ", "q-4"),
        ] {
            assert_eq!(anchor(number), expected);
        }
        assert_eq!(Ask::of("2(1)", "受け止め").field, "q2_1");
        assert_eq!(
            Ask::of("1", "とても長い設問の文がここに続いていきます").short,
            "とても長い設問の文がここに続…"
        );
    }

    #[test]
    fn slugs() {
        assert!(is_slug("2024-renkei"));
        for bad in [
            "",
            "import",
            "A",
            "a--b",
            "-a",
            "a/b",
            "令和",
            &"a".repeat(81),
        ] {
            assert!(!is_slug(bad), "{bad}");
        }
    }

    #[test]
    fn a_body_is_its_lines() {
        assert!(paragraphs("").is_empty());
        assert_eq!(paragraphs("一\n\n二"), ["一", "", "二"]);
        assert!(is_blank(" \u{3000}\n"));
        assert!(!is_blank("・"));
    }

    #[test]
    fn states_refuse() {
        assert_eq!(State::Draft.publish(), Ok(State::Published));
        assert_eq!(State::Published.publish(), Err(NotNow(State::Published)));
        assert_eq!(State::Published.undo(), Err(NotNow(State::Published)));
        for state in [State::Draft, State::Published] {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
    }
}
