//! The form of one municipality as a file, and a file as what it says.

use std::collections::BTreeMap;

use forms::{
    Value,
    files::{self, Mark, Paper, Problem, Words},
};
use kernel::Lang;
use store::InstallationKey;
use tokio::sync::Semaphore;
use web::{Ctx, FileKind, UploadedFile};

use super::{
    link::hex,
    model::{Line, stamp},
};
use crate::{
    i18n::tl,
    rounds::model::{FieldDraft, Reply, Round},
};

/// A workbook unpacks to much more than it is: one after the other.
static TURN: Semaphore = Semaphore::const_new(2);

/// A keyed checksum of what stands on a form.
pub(super) fn sign(key: &InstallationKey, text: &str) -> String {
    hex(&key.mac("surveys.form", text.as_bytes())[..10])
}

fn name_of(round: &Round) -> String {
    round.id.to_string().replace('-', "")
}

/// The form with what is written in it and last time's answers beside it.
pub(super) fn paper(
    round: &Round,
    reply: &Reply,
    fields: &[FieldDraft],
    last: &BTreeMap<String, Value>,
    office: &str,
) -> Paper {
    let values: BTreeMap<String, Value> = fields
        .iter()
        .map(|f| (f.field.clone(), f.value.clone()))
        .collect();
    let ja = Lang::Ja;
    let mut lead = Vec::new();
    let mut line = |text: String| lead.push(text);
    line(tl!(ja, "returns-paper-asker", office = office));
    if !round.letter.number.is_empty() {
        line(tl!(
            ja,
            "returns-paper-number",
            number = round.letter.number.as_str()
        ));
    }
    if let Some(due) = reply.due(round) {
        line(tl!(
            ja,
            "returns-paper-due",
            due = kernel::format_date(due, ja)
        ));
    }
    line(tl!(ja, "returns-paper-how"));
    Paper {
        title: round.title.clone(),
        lead,
        respondent: tl!(
            ja,
            "returns-paper-respondent",
            name = reply.name.as_str(),
            code = reply.code.as_str()
        ),
        blanks: files::blanks(&round.catalogue, &values, last),
        mark: Mark {
            round: name_of(round),
            respondent: reply.code.clone(),
            version: stamp(fields),
        },
    }
}

/// The two kinds of form, and what they are called when saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Xlsx,
    Docx,
}

impl Format {
    pub(super) fn of_name(name: &str) -> Option<Self> {
        match name {
            "form.xlsx" => Some(Self::Xlsx),
            "form.docx" => Some(Self::Docx),
            _ => None,
        }
    }

    pub(super) fn end(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
        }
    }

    pub(super) fn mime(self) -> &'static str {
        match self {
            Self::Xlsx => FileKind::Xlsx.mime(),
            Self::Docx => FileKind::Docx.mime(),
        }
    }
}

/// Writes a form.
pub(super) async fn write(cx: &Ctx, paper: Paper, format: Format) -> web::Result<Vec<u8>> {
    let key = cx.db().key().clone();
    let made = tokio::task::spawn_blocking(move || {
        let sign = |text: &str| sign(&key, text);
        match format {
            Format::Xlsx => files::xlsx(&paper, &Words::ja(), &sign),
            Format::Docx => files::docx(&paper, &Words::ja(), &sign),
        }
    })
    .await
    .map_err(|error| web::Error::Unexpected(Box::new(error)))?;
    made.map_err(|error| match error {
        files::WriteError::TooLong { number } => {
            web::Error::Invalid(tl!(cx.lang, "returns-too-long-for-xlsx", number = number))
        }
        other => web::Error::Unexpected(Box::new(other)),
    })
}

/// What a file says.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) answers: BTreeMap<String, Value>,
    pub(super) lines: Vec<Line>,
    pub(super) stamp: Option<i64>,
    pub(super) name: String,
}

/// Reads a form that came back for this municipality and round.
///
/// `Err` of the inner result: why nothing of the file is taken.
pub(super) async fn read(
    cx: &Ctx,
    round: &Round,
    reply: &Reply,
    file: UploadedFile,
) -> web::Result<Result<Said, Vec<Line>>> {
    let turn = TURN
        .acquire()
        .await
        .map_err(|error| web::Error::Unexpected(Box::new(error)))?;
    let (key, catalogue) = (cx.db().key().clone(), round.catalogue.clone());
    let (name, kind) = (file.name, file.kind);
    let work = move || {
        let _turn = turn;
        let blanks = files::blanks(&catalogue, &BTreeMap::new(), &BTreeMap::new());
        let sign = |text: &str| sign(&key, text);
        let words = Words::ja();
        let filled = match kind {
            FileKind::Xlsx => files::read_xlsx(&file.bytes, &blanks, &words, &sign)?,
            FileKind::Docx => files::read_docx(&file.bytes, &blanks, &words, &sign)?,
            _ => {
                return Err(Problem {
                    sheet: String::new(),
                    line: 0,
                    number: String::new(),
                    reason: files::Reason::Unreadable,
                });
            }
        };
        let (answers, problems) = files::values(&catalogue, &filled);
        Ok((filled.mark, answers, problems))
    };
    let done = tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| web::Error::Unexpected(Box::new(error)))?;
    let (mark, mut answers, problems) = match done {
        Ok(done) => done,
        Err(problem) => return Ok(Err(vec![line(&problem)])),
    };
    let mut lines: Vec<Line> = problems.iter().map(line).collect();
    match &mark {
        Some(mark) if mark.round != name_of(round) => {
            return Ok(Err(vec![said(|lang| tl!(lang, "returns-other-round"))]));
        }
        Some(mark) if mark.respondent != reply.code => {
            let name = reply.name.as_str();
            return Ok(Err(vec![said(|lang| {
                tl!(lang, "returns-other-town", name = name)
            })]));
        }
        Some(_) => {}
        None => lines.insert(0, said(|lang| tl!(lang, "returns-unmarked"))),
    }
    lines.extend(guard(round, &mut answers));
    Ok(Ok(Said {
        answers,
        lines,
        stamp: mark.map(|mark| mark.version),
        name,
    }))
}

/// Takes out answers that may hold a マイナンバー, and says so.
pub(super) fn guard(round: &Round, answers: &mut BTreeMap<String, Value>) -> Vec<Line> {
    let mut lines = Vec::new();
    answers.retain(|key, value| {
        let Some(field) = round.catalogue.field(key) else {
            return false;
        };
        let text = value.plain(field, Lang::Ja);
        let Some(_) = web::check_my_number(Lang::Ja, &text, false) else {
            return true;
        };
        let number = field.number.as_str();
        let words = |lang| {
            (
                tl!(lang, "returns-question", number = number),
                web::check_my_number(lang, &text, false).unwrap_or_default(),
            )
        };
        lines.push(Line {
            ja: words(Lang::Ja),
            en: words(Lang::En),
        });
        false
    });
    lines
}

fn line(problem: &Problem) -> Line {
    Line {
        ja: (problem.place(Lang::Ja), problem.words(Lang::Ja)),
        en: (problem.place(Lang::En), problem.words(Lang::En)),
    }
}

fn said(text: impl Fn(Lang) -> String) -> Line {
    Line {
        ja: (tl!(Lang::Ja, "returns-whole-file"), text(Lang::Ja)),
        en: (tl!(Lang::En, "returns-whole-file"), text(Lang::En)),
    }
}
