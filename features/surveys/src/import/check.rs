//! What every layout is checked for: the survey's own words, its questions, municipalities, answers.

use std::collections::BTreeMap;

use kernel::codes::MunicipalityCode;

use super::{
    MAX_BYTES, MAX_CHARS, MAX_PROBLEMS, MAX_QUESTIONS, Mark, Reason, Register, RowProblem,
};
use crate::model::{Ask, Head, is_slug};

/// Collects problems, at most [`MAX_PROBLEMS`].
#[derive(Default)]
pub(super) struct Problems(pub(super) Vec<RowProblem>);

impl Problems {
    pub(super) fn add(&mut self, line: u64, column: impl Into<String>, reason: Reason) {
        if self.0.len() < MAX_PROBLEMS {
            self.0.push(RowProblem {
                line,
                column: column.into(),
                reason,
            });
        }
    }

    /// Some callers cannot go on: the problems so far, and this one.
    pub(super) fn fatal(
        mut self,
        line: u64,
        column: impl Into<String>,
        reason: Reason,
    ) -> Vec<RowProblem> {
        self.0.truncate(MAX_PROBLEMS - 1);
        self.add(line, column, reason);
        self.0
    }

    pub(super) fn finish<T>(mut self, value: T) -> Result<T, Vec<RowProblem>> {
        self.0.sort_by_key(|p| p.line);
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(self.0)
        }
    }
}

pub(super) fn too_large(bytes: &[u8]) -> Result<(), Vec<RowProblem>> {
    if bytes.len() <= MAX_BYTES {
        return Ok(());
    }
    Err(Problems::default().fatal(
        0,
        "",
        Reason::TooLarge {
            megabytes: MAX_BYTES / 1024 / 1024,
        },
    ))
}

/// The head: what a form or a file says about the survey.
pub(super) fn check_head(head: &Head, problems: &mut Problems) {
    if !is_slug(&head.slug) {
        problems.add(0, "slug", Reason::Slug);
    }
    if !(1947..=2200).contains(&head.fiscal_year) {
        problems.add(0, "fiscal_year", Reason::FiscalYear);
    }
    for (field, text, least, most) in [
        ("title", &head.title, 1, 300),
        ("title_en", &head.title_en, 0, 500),
        ("label", &head.label, 0, 100),
        ("source", &head.source, 1, 2000),
        ("source_en", &head.source_en, 0, 2000),
        ("note", &head.note, 0, 2000),
        ("note_en", &head.note_en, 0, 2000),
        ("licence", &head.licence, 0, 500),
        ("licence_en", &head.licence_en, 0, 500),
        ("trailing_link", &head.trailing_link, 0, 2000),
    ] {
        text_fits(problems, 0, field, text, least, most);
    }
    if !head.trailing_link.is_empty()
        && !["https://", "http://"]
            .iter()
            .any(|s| head.trailing_link.starts_with(s))
    {
        problems.add(0, "trailing_link", Reason::Link);
    }
}

/// Questions: texts of a fitting length, and every name used once.
pub(super) fn check_questions(questions: &[Ask], line: u64, problems: &mut Problems) {
    if questions.is_empty() {
        problems.add(line, "", Reason::NoQuestions);
    }
    if questions.len() > MAX_QUESTIONS {
        problems.add(
            line,
            "",
            Reason::TooManyQuestions {
                limit: MAX_QUESTIONS,
            },
        );
    }
    let (mut anchors, mut fields) = (BTreeMap::new(), BTreeMap::new());
    for q in questions {
        let column = q.number.as_str();
        for (text, least, most) in [
            (&q.number, 1, 20),
            (&q.body, 1, 2000),
            (&q.body_en, 0, 2000),
            (&q.short, 1, 60),
            (&q.short_en, 0, 100),
        ] {
            text_fits(problems, line, column, text, least, most);
        }
        let name = q.field.as_bytes();
        let named = (1..=40).contains(&name.len())
            && name
                .iter()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'_');
        if !named
            || ["code", "name"].contains(&q.field.as_str())
            || q.anchor().is_empty()
            || q.anchor().len() > 20
        {
            problems.add(line, column, Reason::QuestionNumber);
        } else if anchors.insert(q.anchor(), ()).is_some()
            || fields.insert(q.field.clone(), ()).is_some()
        {
            problems.add(line, column, Reason::QuestionTwice);
        }
    }
}

fn text_fits(
    problems: &mut Problems,
    line: u64,
    column: &str,
    text: &str,
    least: usize,
    most: usize,
) {
    let count = text.chars().count();
    if count < least || (least > 0 && crate::model::is_blank(text)) {
        problems.add(line, column, Reason::Missing);
    } else if count > most {
        problems.add(line, column, Reason::TooLong { limit: most });
    }
    if let Some(found) = control(text) {
        problems.add(
            line,
            column,
            Reason::Control {
                code: u32::from(found),
            },
        );
    }
}

/// A character that no one types and that spreadsheets cannot hold.
fn control(text: &str) -> Option<char> {
    text.chars().find(|c| {
        (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    })
}

/// Checks one municipality's code and name, whatever the layout.
pub(super) struct Municipalities<'a> {
    register: &'a Register,
    seen: BTreeMap<String, u64>,
}

impl<'a> Municipalities<'a> {
    pub(super) fn of(register: &'a Register) -> Self {
        Self {
            register,
            seen: BTreeMap::new(),
        }
    }

    /// The code in its stored form, if everything about it is right.
    pub(super) fn check(
        &mut self,
        line: u64,
        columns: (&str, &str),
        typed: &str,
        name: &str,
        problems: &mut Problems,
    ) -> Option<String> {
        let reason = match typed.parse::<MunicipalityCode>() {
            Err(error) => Reason::Code(error),
            Ok(code) => {
                let code = code.to_string();
                match (
                    self.seen.insert(code.clone(), line),
                    self.register.get(&code),
                ) {
                    (Some(first), _) => Reason::Twice { first },
                    (None, None) => Reason::CodeUnknown { typed: code },
                    (None, Some(known)) if known.name != kernel::text::trim(name) => {
                        let typed = name.chars().take(40).collect();
                        problems.add(
                            line,
                            columns.1,
                            Reason::Name {
                                typed,
                                expected: known.name.clone(),
                            },
                        );
                        return None;
                    }
                    (None, Some(_)) => return Some(code),
                }
            }
        };
        problems.add(line, columns.0, reason);
        None
    }
}

/// The text of an answer as it is stored, with what stands in its way.
pub(super) fn answer(
    line: u64,
    column: &str,
    typed: &str,
    problems: &mut Problems,
    marks: &mut Vec<Mark>,
) -> Option<String> {
    let Ok(text) = kernel::text::clean(typed) else {
        problems.add(line, column, Reason::Control { code: 0 });
        return None;
    };
    if let Some(found) = control(&text) {
        problems.add(
            line,
            column,
            Reason::Control {
                code: u32::from(found),
            },
        );
        return None;
    }
    if text.chars().count() > MAX_CHARS {
        problems.add(line, column, Reason::TooLong { limit: MAX_CHARS });
        return None;
    }
    let found = kernel::codes::find_my_numbers(&text);
    marks.extend(found.into_iter().map(|range| Mark {
        line,
        column: column.to_owned(),
        range,
    }));
    Some(text)
}
