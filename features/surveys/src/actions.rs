//! What people do with surveys: import one, publish it, take an import back. One transaction and one audit row each.

use std::path::Path;

use kernel::{Env, Lang, OrganisationId, Time};
use store::{Audit, Db, FieldChange, Tx, Viewer};

use crate::{
    import::{Draft, Reason, Register, RowProblem},
    model::{AnswerId, Batch, BatchId, NotNow, QuestionId, ResponseId, State, SurveyId},
    store::{self as sql, Owner, Standing},
};

/// Why an action did not happen; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// What is wrong with the file.
    #[error("{} problems in the file", .0.len())]
    Problems(Vec<RowProblem>),
    /// Another survey has this address.
    #[error("the address is taken")]
    SlugTaken,
    /// The survey's state does not allow it.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// The file cannot be read.
    #[error("{path}: {error}")]
    File {
        /// Which.
        path: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Refusal {
    /// The refusal in words, one line per problem, for the command line.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Problems(list) => {
                let lines: Vec<String> = list
                    .iter()
                    .map(|p| format!("{}: {}", p.place(lang), p.message(lang)))
                    .collect();
                lines.join("\n")
            }
            Self::SlugTaken => RowProblem {
                line: 0,
                column: String::new(),
                reason: Reason::SlugTaken,
            }
            .message(lang),
            other => other.to_string(),
        }
    }
}

impl From<Refusal> for web::Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Store(error) => error.into(),
            other => Self::Invalid(other.to_string()),
        }
    }
}

/// A checked survey on its way into the database.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The survey.
    pub draft: Draft,
    /// Who the municipalities are.
    pub register: Register,
    /// Name of the file.
    pub file_name: String,
    /// `json`, `csv` or `xlsx`.
    pub format: &'static str,
    /// The office that imports; `None` for the program itself.
    pub asker: Option<OrganisationId>,
    /// The sender's word that marked runs of digits are no individual numbers.
    pub statement: Option<String>,
}

/// Ids of everything an import writes, drawn before the transaction, because its closure may run twice.
struct Ids {
    survey: SurveyId,
    batch: BatchId,
    questions: Vec<QuestionId>,
    responses: Vec<(ResponseId, Vec<AnswerId>)>,
}

impl Ids {
    fn of(draft: &Draft, env: &Env) -> Self {
        Self {
            survey: env.id(),
            batch: env.id(),
            questions: draft.questions.iter().map(|_| env.id()).collect(),
            responses: draft
                .rows
                .iter()
                .map(|r| (env.id(), r.answers.iter().map(|_| env.id()).collect()))
                .collect(),
        }
    }
}

/// Writes an import as a draft.
///
/// # Errors
/// [`Refusal::SlugTaken`], or what the database says.
pub async fn import(
    db: &Db,
    env: &Env,
    viewer: &Viewer,
    incoming: Incoming,
) -> Result<BatchId, Refusal> {
    let (ids, now) = (Ids::of(&incoming.draft, env), viewer.now());
    let batch = ids.batch;
    db.write(viewer, move |tx| {
        if sql::standing(tx, &incoming.draft.head.slug)?.is_some() {
            return Err(Refusal::SlugTaken);
        }
        insert(tx, &incoming, &ids, now)
    })
    .await?;
    Ok(batch)
}

/// Writes an import and publishes it in the same step: for the program's own data. The same survey again changes nothing.
///
/// # Errors
/// [`Refusal::SlugTaken`] when another text stands under the same address, or what the database says.
pub async fn import_published(
    db: &Db,
    env: &Env,
    viewer: &Viewer,
    incoming: Incoming,
) -> Result<bool, Refusal> {
    let (ids, now) = (Ids::of(&incoming.draft, env), viewer.now());
    let fingerprint = incoming.draft.fingerprint();
    db.write(viewer, move |tx| {
        match sql::standing(tx, &incoming.draft.head.slug)? {
            Some(there) if there.fingerprint == fingerprint && there.state == State::Published => {
                Ok(false)
            }
            Some(_) => Err(Refusal::SlugTaken),
            None => {
                insert(tx, &incoming, &ids, now)?;
                sql::publish(tx, ids.survey, 1, now)?;
                Ok(true)
            }
        }
    })
    .await
}

fn insert(tx: &mut Tx, incoming: &Incoming, ids: &Ids, now: Time) -> Result<(), Refusal> {
    let (draft, survey) = (&incoming.draft, ids.survey);
    let fingerprint = draft.fingerprint();
    sql::add_survey(tx, survey, &draft.head, draft.rows.len(), &fingerprint)?;
    for ((sort, ask), id) in (0..).zip(&draft.questions).zip(&ids.questions) {
        sql::add_question(tx, *id, survey, sort, ask)?;
    }
    for ((sort, row), (response, answers)) in (0..).zip(&draft.rows).zip(&ids.responses) {
        let Some(known) = incoming.register.get(&row.code) else {
            let reason = Reason::CodeUnknown {
                typed: row.code.clone(),
            };
            return Err(Refusal::Problems(vec![RowProblem {
                line: 0,
                column: String::new(),
                reason,
            }]));
        };
        let owner = Owner {
            survey,
            sort,
            code: &row.code,
            tenant: known.organisation,
            asker: incoming.asker,
        };
        sql::add_response(tx, *response, owner, &row.name)?;
        for ((body, id), question) in row.answers.iter().zip(answers).zip(&ids.questions) {
            if let Some(body) = body {
                sql::add_answer(tx, *id, owner, *question, body)?;
            }
        }
    }
    if let Some(tenant) = incoming.asker {
        sql::add_batch(tx, &batch(incoming, ids, now), tenant)?;
    }
    tx.audit(Audit {
        action: "surveys.import",
        table: "survey",
        id: Some(survey.uuid()),
        fields: vec![
            FieldChange {
                name: "slug",
                old: None,
                new: Some(draft.head.slug.clone()),
            },
            FieldChange {
                name: "fingerprint",
                old: None,
                new: Some(fingerprint),
            },
        ],
        purpose: incoming.statement.clone(),
        ..Audit::default()
    })?;
    tx.changed("survey", survey.uuid(), incoming.asker)?;
    Ok(())
}

fn batch(incoming: &Incoming, ids: &Ids, now: Time) -> Batch {
    let (counts, whole) = (incoming.draft.counts(), |n: usize| {
        i64::try_from(n).unwrap_or(i64::MAX)
    });
    Batch {
        id: ids.batch,
        survey: ids.survey,
        file_name: incoming.file_name.chars().take(300).collect(),
        format: incoming.format.to_owned(),
        encoding: incoming
            .draft
            .encoding
            .map(|e| e.to_string())
            .unwrap_or_default(),
        responses: whole(counts.responses),
        questions: whole(counts.questions),
        written: whole(counts.written),
        blank: whole(counts.blank),
        imported_at: now,
        published_at: None,
    }
}

/// Publishes what an import brought.
///
/// # Errors
/// Not there, not this office's, published already, or what the database says.
pub async fn publish(db: &Db, viewer: &Viewer, id: BatchId) -> Result<(), Refusal> {
    let now = viewer.now();
    db.write(viewer, move |tx| {
        let there = decided(tx, id)?;
        there.state.publish()?;
        if !sql::publish(tx, there.survey, there.version, now)? {
            return Err(NotNow(State::Published).into());
        }
        record(tx, "surveys.publish", &there)
    })
    .await
}

/// Takes an import back: nothing of it remains but its audit rows.
///
/// # Errors
/// Not there, not this office's, published already, or what the database says.
pub async fn undo(db: &Db, viewer: &Viewer, id: BatchId) -> Result<(), Refusal> {
    db.write(viewer, move |tx| {
        let there = decided(tx, id)?;
        there.state.undo()?;
        sql::remove(tx, there.survey)?;
        record(tx, "surveys.undo", &there)
    })
    .await
}

fn decided(tx: &mut Tx, id: BatchId) -> Result<Standing, Refusal> {
    let token = sql::batch_editable(tx, id)?;
    Ok(sql::standing_of(tx, token)?)
}

fn record(tx: &mut Tx, action: &'static str, there: &Standing) -> Result<(), Refusal> {
    let id = Some(there.survey.uuid());
    tx.audit(Audit {
        action,
        table: "survey",
        id,
        ..Audit::default()
    })?;
    tx.changed("survey", there.survey.uuid(), None)?;
    Ok(())
}

/// Reads a survey file in the project's JSON and publishes it: for `renkei import` and the area's own data.
/// `false` when exactly this survey is there already.
///
/// # Errors
/// Every problem of the file, or what the database says; nothing is changed then.
pub async fn load(db: &Db, path: &Path) -> Result<bool, Refusal> {
    let bytes = std::fs::read(path).map_err(|error| Refusal::File {
        path: path.display().to_string(),
        error,
    })?;
    let env = db.env();
    let viewer = Viewer::system("import of a survey file", env.now());
    let municipalities = db.read(&viewer, areas::store::municipalities).await?;
    let register = Register::of(&municipalities);
    let draft = crate::import::from_json(&bytes, &register).map_err(Refusal::Problems)?;
    if !draft.marks.is_empty() {
        let mark = |m: &crate::import::Mark| RowProblem {
            line: m.line,
            column: m.column.clone(),
            reason: Reason::MyNumber,
        };
        return Err(Refusal::Problems(draft.marks.iter().map(mark).collect()));
    }
    let file_name = path
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    let incoming = Incoming {
        draft,
        register,
        file_name,
        format: "json",
        asker: None,
        statement: None,
    };
    import_published(db, env, &viewer, incoming).await
}

/// Stores the survey of [`crate::bench_fixture`], published.
///
/// # Errors
/// What the database says.
pub async fn load_bench(db: &Db, municipalities: usize, questions: usize) -> Result<bool, Refusal> {
    let env = db.env();
    let (draft, register) = crate::bench_fixture(municipalities, questions, env);
    let viewer = Viewer::system("survey for measuring", env.now());
    let incoming = Incoming {
        draft,
        register,
        file_name: String::new(),
        format: "json",
        asker: None,
        statement: None,
    };
    import_published(db, env, &viewer, incoming).await
}
