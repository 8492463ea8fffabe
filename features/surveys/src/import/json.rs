//! The project's own JSON: what the survey's `.json` address gives, this reads.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    Draft, MAX_QUESTIONS, MAX_ROWS, Reason, Register, Row, RowProblem,
    check::{Municipalities, Problems, answer, check_head, check_questions, too_large},
};
use crate::model::{Ask, Head};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    slug: String,
    title: String,
    #[serde(default)]
    title_en: String,
    #[serde(default)]
    label: String,
    fiscal_year: i32,
    #[serde(default)]
    fiscal_year_inferred: bool,
    source: String,
    #[serde(default)]
    source_en: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    note_en: String,
    #[serde(default)]
    licence: String,
    #[serde(default)]
    licence_en: String,
    #[serde(default)]
    trailing_link: String,
    questions: Vec<Question>,
    responses: Vec<Map<String, Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    id: String,
    key: String,
    text: String,
    #[serde(default)]
    text_en: String,
    #[serde(default)]
    short: String,
    #[serde(default)]
    short_en: String,
}

/// Reads a survey from JSON. The head stands in the file.
///
/// # Errors
/// Every problem with its line (of the municipality's `code`); at most [`super::MAX_PROBLEMS`].
pub fn from_json(bytes: &[u8], register: &Register) -> Result<Draft, Vec<RowProblem>> {
    too_large(bytes)?;
    let decoded = kernel::decode::text(bytes).map_err(|error| {
        let line = u64::try_from(error.line).unwrap_or(0);
        Problems::default().fatal(line, "", Reason::Encoding(error))
    })?;
    let file: File = serde_json::from_str(&decoded.text).map_err(|error| {
        let line = u64::try_from(error.line()).unwrap_or(0);
        Problems::default().fatal(
            line,
            error.column().to_string(),
            Reason::Json {
                detail: error.to_string(),
            },
        )
    })?;
    let mut problems = Problems::default();
    let (head, questions, responses) = file.parts();
    check_head(&head, &mut problems);
    check_questions(&questions, 0, &mut problems);
    if responses.len() > MAX_ROWS || questions.len() > MAX_QUESTIONS {
        return Err(problems.fatal(0, "responses", Reason::TooManyRows { limit: MAX_ROWS }));
    }
    if responses.is_empty() {
        return Err(problems.fatal(0, "responses", Reason::Empty));
    }
    let mut municipalities = Municipalities::of(register);
    let mut draft = Draft {
        head,
        questions,
        encoding: Some(decoded.encoding),
        ..Draft::default()
    };
    let places = lines_of_codes(&decoded.text);
    for (at, mut response) in responses.into_iter().enumerate() {
        let line = places.get(at).copied().unwrap_or(0);
        let mut word = |key: &str| match response.remove(key) {
            Some(Value::String(text)) => text,
            _ => String::new(),
        };
        let (code, name) = (word("code"), word("name"));
        let code = municipalities.check(line, ("code", "name"), &code, &name, &mut problems);
        let mut answers = Vec::with_capacity(draft.questions.len());
        for question in &draft.questions {
            let body = match response.remove(&question.field) {
                None | Some(Value::Null) => None,
                Some(Value::Array(paragraphs)) => {
                    let texts: Option<Vec<&str>> = paragraphs.iter().map(Value::as_str).collect();
                    match texts {
                        Some(texts) => answer(
                            line,
                            &question.field,
                            &texts.join("\n"),
                            &mut problems,
                            &mut draft.marks,
                        ),
                        None => not_a_list(line, &question.field, &mut problems),
                    }
                }
                Some(_) => not_a_list(line, &question.field, &mut problems),
            };
            answers.push(body);
        }
        for key in response.keys() {
            let column: String = key.chars().take(40).collect();
            problems.add(
                line,
                column,
                Reason::Json {
                    detail: "unknown field".to_owned(),
                },
            );
        }
        draft.rows.push(Row {
            code: code.unwrap_or_default(),
            name: kernel::text::trim(&name).to_owned(),
            answers,
        });
    }
    problems.finish(draft)
}

fn not_a_list(line: u64, field: &str, problems: &mut Problems) -> Option<String> {
    problems.add(
        line,
        field,
        Reason::Json {
            detail: "expected a list of paragraphs".to_owned(),
        },
    );
    None
}

impl File {
    fn parts(self) -> (Head, Vec<Ask>, Vec<Map<String, Value>>) {
        let head = Head {
            slug: self.slug,
            title: self.title,
            title_en: self.title_en,
            label: self.label,
            fiscal_year: self.fiscal_year,
            fiscal_year_inferred: self.fiscal_year_inferred,
            source: self.source,
            source_en: self.source_en,
            note: self.note,
            note_en: self.note_en,
            licence: self.licence,
            licence_en: self.licence_en,
            trailing_link: self.trailing_link,
        };
        let ask = |q: Question| {
            let plain = Ask::of(&q.id, &q.text);
            let short = if q.short.is_empty() {
                plain.short.clone()
            } else {
                q.short
            };
            Ask {
                field: q.key,
                body_en: q.text_en,
                short,
                short_en: q.short_en,
                ..plain
            }
        };
        (
            head,
            self.questions.into_iter().map(ask).collect(),
            self.responses,
        )
    }
}

/// The lines on which municipalities' entries have their code: the n-th entry is the n-th `"code":` of the file, because
/// inside a text the quotation marks would be written `\"`.
fn lines_of_codes(text: &str) -> Vec<u64> {
    let (mut line, mut from, mut found) = (1, 0, Vec::new());
    for (at, word) in text.match_indices("\"code\"") {
        line += u64::try_from(text[from..at].matches('\n').count()).unwrap_or(0);
        from = at;
        let quoted = text[..at].ends_with('\\');
        if !quoted && text[at + word.len()..].trim_start().starts_with(':') {
            found.push(line);
        }
    }
    found
}
