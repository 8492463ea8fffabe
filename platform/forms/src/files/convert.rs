//! Between a catalogue with its values and a form's blanks.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Lang;
use web::Values;

use super::{Blank, BlankKind, Filled, Given, MAX_PROBLEMS, Problem, Reason, Words};
use crate::{
    catalogue::{Catalogue, Choice, Field, Kind},
    i18n::tl,
    value::Value,
};

/// So many empty rows are offered in a table.
const SPARE: usize = 10;

impl Words {
    /// The words of the files. They are Japanese: the files travel between offices of the area.
    #[must_use]
    pub fn ja() -> Self {
        macro_rules! word {
            ($key:literal) => {
                tl!(Lang::Ja, $key)
            };
        }
        Self {
            number: word!("forms-file-number"),
            question: word!("forms-file-question"),
            answer: word!("forms-file-answer"),
            flag: word!("forms-file-flag"),
            last: word!("forms-file-last"),
            not_applicable: word!("forms-none"),
            unknown: word!("forms-unknown"),
            chosen: word!("forms-file-chosen"),
            table: word!("forms-file-table"),
            see_table: word!("forms-file-see-table"),
            elsewhere: word!("forms-file-elsewhere"),
            unit: word!("forms-file-unit"),
            options: word!("forms-file-options"),
            date: word!("forms-date-hint"),
            code: word!("forms-file-code"),
            sheet: word!("forms-file-sheet"),
        }
    }
}

/// The blanks of a form with what stands in them; `last` holds last time's answers, to read.
#[must_use]
pub fn blanks(
    catalogue: &Catalogue,
    values: &BTreeMap<String, Value>,
    last: &BTreeMap<String, Value>,
) -> Vec<Blank> {
    let mut taken = BTreeSet::new();
    let mut blank = |(at, field): (usize, &Field)| {
        let mut number = field.number.clone();
        // A form is read back by its numbers: each question has one of its own.
        if number.is_empty() || !taken.insert(number.clone()) {
            number = format!("#{}", at + 1);
            taken.insert(number.clone());
        }
        Blank {
            id: field.key.clone(),
            number,
            label: field.label.ja.clone(),
            help: field.hint.ja.clone(),
            kind: kind(field),
            none: field.none,
            unknown: field.unknown,
            given: values
                .get(&field.key)
                .map_or(Given::Nothing, |v| given(field, v)),
            last: last
                .get(&field.key)
                .map(|v| v.plain(field, Lang::Ja))
                .unwrap_or_default(),
        }
    };
    catalogue
        .fields
        .iter()
        .enumerate()
        .map(&mut blank)
        .collect()
}

fn kind(field: &Field) -> BlankKind {
    let labels = |choices: &[Choice]| choices.iter().map(|c| c.label.ja.clone()).collect();
    match &field.kind {
        Kind::Short { .. } => BlankKind::Short,
        Kind::Long { .. } => BlankKind::Long,
        Kind::One { choices } => BlankKind::Choice {
            options: labels(choices),
            many: false,
        },
        Kind::Many { choices } => BlankKind::Choice {
            options: labels(choices),
            many: true,
        },
        Kind::Number { unit, .. } => BlankKind::Number {
            unit: unit.ja.clone(),
        },
        Kind::Date => BlankKind::Date,
        Kind::Table { columns, rows } => BlankKind::Table {
            columns: columns.iter().map(|c| c.label.ja.clone()).collect(),
            spare: SPARE.min(*rows),
        },
        Kind::File => BlankKind::Elsewhere,
    }
}

fn given(field: &Field, value: &Value) -> Given {
    let label = |code: &String| {
        choices(field)
            .iter()
            .find(|c| c.code == *code)
            .map(|c| c.label.ja.clone())
    };
    match value {
        Value::Blank | Value::Files(_) => Given::Nothing,
        Value::None => Given::NotApplicable,
        Value::Unknown => Given::Unknown,
        Value::Text(text) | Value::Number(text) | Value::Date(text) => Given::Text(text.clone()),
        Value::One(code) => Given::Chosen(label(code).into_iter().collect()),
        Value::Many(codes) => Given::Chosen(codes.iter().filter_map(label).collect()),
        Value::Rows(rows) => Given::Rows(rows.clone()),
    }
}

fn choices(field: &Field) -> &[Choice] {
    match &field.kind {
        Kind::One { choices } | Kind::Many { choices } => choices,
        _ => &[],
    }
}

/// What a file says, as checked values by key; what cannot stand joins the file's problems.
#[must_use]
pub fn values(catalogue: &Catalogue, filled: &Filled) -> (BTreeMap<String, Value>, Vec<Problem>) {
    let (mut out, mut problems) = (BTreeMap::new(), filled.problems.clone());
    for found in &filled.found {
        let Some(field) = catalogue.field(&found.id) else {
            continue;
        };
        // The same way as a page: what a form may hold is decided in one place.
        match field.read(&typed(field, &found.given)) {
            Ok(value) => {
                out.insert(field.key.clone(), value);
            }
            Err(what) if problems.len() < MAX_PROBLEMS => problems.push(Problem {
                sheet: found.sheet.clone(),
                line: found.line,
                number: field.number.clone(),
                reason: Reason::Check(what),
            }),
            Err(_) => {}
        }
    }
    // An answer that could not be read is not an empty answer: the field stays as it is.
    let nothing = BTreeMap::new();
    let asked = blanks(catalogue, &nothing, &nothing);
    for problem in problems.iter().filter(|p| p.reason.spoils()) {
        for blank in asked.iter().filter(|b| b.number == problem.number) {
            if out.get(&blank.id).is_some_and(Value::is_blank) {
                out.remove(&blank.id);
            }
        }
    }
    (out, problems)
}

fn typed(field: &Field, given: &Given) -> Values {
    let mut values = Values::default();
    let code = |label: &String| {
        choices(field)
            .iter()
            .find(|c| c.label.ja == *label)
            .map(|c| c.code.clone())
            .unwrap_or_default()
    };
    match given {
        Given::Nothing => {}
        Given::NotApplicable => values.push(field.state_name(), "none".to_owned()),
        Given::Unknown => values.push(field.state_name(), "unknown".to_owned()),
        Given::Text(text) => {
            let text = match &field.kind {
                // People write the unit behind the figure.
                Kind::Number { unit, .. } if !unit.ja.is_empty() => {
                    text.strip_suffix(unit.ja.as_str()).unwrap_or(text)
                }
                _ => text,
            };
            values.push(field.name(), text.to_owned());
        }
        Given::Chosen(labels) => {
            for label in labels {
                values.push(field.name(), code(label));
            }
        }
        Given::Rows(rows) => {
            for (r, row) in rows.iter().enumerate() {
                for (c, cell) in row.iter().enumerate() {
                    values.push(format!("{}-{r}-{c}", field.name()), cell.clone());
                }
            }
        }
    }
    values
}

impl Problem {
    /// Where it is, in words; empty for the file as a whole.
    #[must_use]
    pub fn place(&self, lang: Lang) -> String {
        let (sheet, line) = (self.sheet.as_str(), self.line.to_string());
        let number = self.number.as_str();
        match (self.line, number.is_empty()) {
            (0, true) => tl!(lang, "forms-file-whole"),
            (0, false) => tl!(lang, "forms-file-place-number", number = number),
            (_, true) => tl!(lang, "forms-file-place-line", sheet = sheet, line = line),
            (_, false) => tl!(
                lang,
                "forms-file-place",
                sheet = sheet,
                line = line,
                number = number
            ),
        }
    }

    /// What is wrong and how to put it right.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match &self.reason {
            Reason::TooLarge => tl!(lang, "forms-file-too-large"),
            Reason::Unreadable => tl!(lang, "forms-file-unreadable"),
            Reason::Unpacks => tl!(lang, "forms-file-unpacks"),
            Reason::Active => tl!(lang, "forms-file-active"),
            Reason::External => tl!(lang, "forms-file-external"),
            Reason::Forged => tl!(lang, "forms-file-forged"),
            Reason::NotThisForm => tl!(lang, "forms-file-not-this"),
            Reason::TooManyRows => tl!(lang, "forms-file-too-many-rows"),
            Reason::RowMissing => tl!(lang, "forms-file-row-missing"),
            Reason::Twice { first } => tl!(lang, "forms-file-twice", first = first.to_string()),
            Reason::UnknownRow => tl!(lang, "forms-file-unknown-row"),
            Reason::Formula => tl!(lang, "forms-file-formula"),
            Reason::NotText => tl!(lang, "forms-file-not-text"),
            Reason::NotAnOption { typed } => {
                tl!(lang, "forms-file-not-an-option", typed = typed.as_str())
            }
            Reason::NotAFlag { typed } => {
                tl!(lang, "forms-file-not-a-flag", typed = typed.as_str())
            }
            Reason::Both => tl!(lang, "forms-file-both"),
            Reason::ColumnMissing { heading } => {
                tl!(
                    lang,
                    "forms-file-column-missing",
                    heading = heading.as_str()
                )
            }
            Reason::Control => tl!(lang, "forms-file-control"),
            Reason::Check(what) => what.words(lang),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::{Cell, Column, Words as Text},
        files::{Mark, Paper, docx, read_docx, read_xlsx, tests::sign, xlsx},
    };

    fn catalogue() -> Catalogue {
        let field = |key: &str, number: &str, kind| {
            let mut field = Field::new(key, Text::ja(format!("{key}の設問")), kind);
            field.number = number.to_owned();
            field
        };
        let choices = |labels: &[&str]| {
            let choice = |(at, label): (usize, &&str)| Choice {
                code: format!("c{at}"),
                label: Text::ja(*label),
            };
            labels.iter().enumerate().map(choice).collect::<Vec<_>>()
        };
        let column = |label: &str, cell| Column {
            label: Text::ja(label),
            cell,
        };
        Catalogue {
            fields: vec![
                field("q1", "1", Kind::Long { most: 2000 }),
                field("q2", "2(1)", Kind::Short { most: 50 }),
                field(
                    "q3",
                    "",
                    Kind::One {
                        choices: choices(&["はい", "いいえ"]),
                    },
                ),
                field(
                    "q4",
                    "3",
                    Kind::Many {
                        choices: choices(&["電話", "FAX", "面談"]),
                    },
                ),
                field(
                    "q5",
                    "4",
                    Kind::Number {
                        unit: Text::ja("人"),
                        least: Some(0),
                        most: None,
                        decimals: 0,
                    },
                ),
                field("q6", "5", Kind::Date),
                field(
                    "q7",
                    "6",
                    Kind::Table {
                        columns: vec![column("研修", Cell::Text), column("回数", Cell::Number)],
                        rows: 20,
                    },
                ),
                field("q8", "7", Kind::File),
                field("q9", "8", Kind::Long { most: 2000 }),
                field("q10", "9", Kind::Long { most: 2000 }),
            ],
        }
    }

    fn answers() -> BTreeMap<String, Value> {
        let text = |t: &str| t.to_owned();
        [
            ("q1", Value::Text(text("①会議\n②研修"))),
            ("q2", Value::None),
            ("q3", Value::One(text("c1"))),
            ("q4", Value::Many(vec![text("c0"), text("c2")])),
            ("q5", Value::Number(text("1200"))),
            ("q6", Value::Date(text("2026-04-01"))),
            ("q7", Value::Rows(vec![vec![text("看取り"), text("2")]])),
            ("q9", Value::Unknown),
            ("q10", Value::Blank),
        ]
        .map(|(key, value)| (key.to_owned(), value))
        .into()
    }

    #[test]
    fn a_catalogue_comes_back_as_its_values() {
        let (catalogue, answers) = (catalogue(), answers());
        let paper = Paper {
            title: "調査".to_owned(),
            lead: Vec::new(),
            respondent: "松田町".to_owned(),
            blanks: blanks(&catalogue, &answers, &answers),
            mark: Mark {
                round: "r".to_owned(),
                respondent: "143634".to_owned(),
                version: 1,
            },
        };
        let words = Words::ja();
        let book = xlsx(&paper, &words, &sign).unwrap();
        let document = docx(&paper, &words, &sign).unwrap();
        for filled in [
            read_xlsx(&book, &paper.blanks, &words, &sign).unwrap(),
            read_docx(&document, &paper.blanks, &words, &sign).unwrap(),
        ] {
            assert_eq!(values(&catalogue, &filled), (answers.clone(), Vec::new()));
        }
    }

    #[test]
    fn what_a_page_would_refuse_a_file_may_not_say() {
        let catalogue = catalogue();
        let found = |id: &str, given| super::super::Found {
            id: id.to_owned(),
            given,
            sheet: "回答様式".to_owned(),
            line: 9,
        };
        let filled = Filled {
            mark: None,
            found: vec![
                found("q5", Given::Text("１，２００人".to_owned())),
                found("q6", Given::Text("いつか".to_owned())),
                found("q2", Given::Text("長".repeat(51))),
            ],
            problems: Vec::new(),
        };
        let (values, problems) = values(&catalogue, &filled);
        assert_eq!(values.get("q5"), Some(&Value::Number("1200".to_owned())));
        assert_eq!(values.len(), 1);
        assert_eq!(problems.len(), 2);
        assert!(problems[0].place(Lang::Ja).contains('9'));
        assert!(problems[0].words(Lang::Ja).contains("日付"));
    }
}
