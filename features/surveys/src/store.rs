//! Every statement of this room, and functions named by what they are for.

mod rows;

use std::collections::BTreeMap;

use kernel::{OrganisationId, Time};
use store::{Conn, Editable, Error, Result, Tx};

use crate::model::{
    AnswerId, Ask, Batch, BatchId, Head, Question, QuestionId, Respondent, ResponseId, State,
    Survey, SurveyId,
};

use self::rows::{batch_row, respondent_row, standing_row, survey_row};

macro_rules! survey_select {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.slug, s.title, s.title_en, s.label, s.fiscal_year, s.fiscal_year_inferred, s.source, ",
            "s.source_en, s.note, s.note_en, s.licence, s.licence_en, s.trailing_link, s.responses, s.state, ",
            "s.published_at, s.version, s.fingerprint FROM survey s ",
            $rest
        )
    };
}

macro_rules! batch_select {
    ($rest:literal) => {
        concat!(
            "SELECT i.id, i.survey, i.file_name, i.format, i.encoding, i.responses, i.questions, i.written, i.blank, ",
            "i.imported_at, i.published_at FROM visible_import_batch i ",
            $rest
        )
    };
}

store::statements! {
    pub PUBLISHED = survey_select!(
        "WHERE s.published_at IS NOT NULL ORDER BY s.fiscal_year DESC, s.published_at DESC, s.slug LIMIT :count OFFSET :skip"
    );
    pub PUBLISHED_COUNT = "SELECT COUNT(*) FROM survey WHERE published_at IS NOT NULL";
    pub DRAFTS = survey_select!(
        "WHERE s.published_at IS NULL AND EXISTS (SELECT 1 FROM visible_import_batch i WHERE i.survey = s.id)
         ORDER BY s.fiscal_year DESC, s.slug"
    );
    pub BY_SLUG = survey_select!(
        "WHERE s.slug = :slug AND (s.published_at IS NOT NULL
           OR EXISTS (SELECT 1 FROM visible_response r WHERE r.survey = s.id))"
    );
    pub BY_ID = survey_select!("WHERE s.id = :id");
    pub VERSION = "SELECT version FROM survey WHERE id = :survey";
    pub QUESTIONS = "SELECT id, number, field, body, body_en, short, short_en, anchor
        FROM question WHERE survey = :survey ORDER BY sort";
    pub RESPONDENTS = "SELECT sort, municipality, name FROM visible_response WHERE survey = :survey ORDER BY sort";
    pub RESPONDENTS_BETWEEN = "SELECT sort, municipality, name FROM visible_response
        WHERE survey = :survey AND sort >= :first AND sort < :past ORDER BY sort";
    pub RESPONDENT = "SELECT sort, municipality, name FROM visible_response WHERE survey = :survey AND municipality = :code";
    pub ANSWERS_TO = "SELECT sort, body FROM visible_answer WHERE question = :question ORDER BY sort";
    pub ANSWERS_BETWEEN = "SELECT sort, question, body FROM visible_answer
        WHERE survey = :survey AND sort >= :first AND sort < :past ORDER BY sort";
    pub ANSWERS_TO_SOME = "SELECT sort, question, body FROM visible_answer
        WHERE question IN LIST_ID(:questions) AND sort >= :first AND sort < :past ORDER BY sort";
    pub ANSWERS_OF = "SELECT q.field, w.body FROM visible_answer w JOIN question q ON q.id = w.question
        WHERE w.survey = :survey AND w.municipality = :code";
    pub BATCH = batch_select!("WHERE i.id = :id");
    pub BATCH_OF = batch_select!("WHERE i.survey = :survey");
    pub BATCHES_WAITING = batch_select!("WHERE i.published_at IS NULL ORDER BY i.imported_at");
    pub BATCH_EDITABLE = "SELECT id, level FROM visible_import_batch WHERE id = :id";

    pub FIND_SLUG = "SELECT id, state, version, fingerprint FROM survey WHERE slug = :slug";
    pub STATE_OF_BATCH = "SELECT s.id, s.state, s.version, s.fingerprint FROM import_batch i JOIN survey s ON s.id = i.survey
        WHERE i.id = :id";
    pub ADD_SURVEY = "INSERT INTO survey (id, slug, title, title_en, label, fiscal_year, fiscal_year_inferred, source,
        source_en, note, note_en, licence, licence_en, trailing_link, responses, state, published_at, version, fingerprint)
        VALUES (:id, :slug, :title, :title_en, :label, :fiscal_year, :inferred, :source, :source_en, :note, :note_en,
        :licence, :licence_en, :trailing_link, :responses, 'draft', NULL, 1, :fingerprint)";
    pub ADD_QUESTION = "INSERT INTO question (id, survey, sort, number, anchor, field, body, body_en, short, short_en)
        VALUES (:id, :survey, :sort, :number, :anchor, :field, :body, :body_en, :short, :short_en)";
    pub ADD_RESPONSE = "INSERT INTO response (id, survey, sort, municipality, name, tenant, asker, published_at)
        VALUES (:id, :survey, :sort, :code, :name, :tenant, :asker, NULL)";
    pub ADD_ANSWER = "INSERT INTO answer (id, survey, question, sort, municipality, tenant, asker, body, state, published_at)
        VALUES (:id, :survey, :question, :sort, :code, :tenant, :asker, :body, 'imported', NULL)";
    pub ADD_BATCH = "INSERT INTO import_batch (id, survey, tenant, file_name, format, encoding, responses, questions, written,
        blank, imported_at, published_at) VALUES (:id, :survey, :tenant, :file_name, :format, :encoding, :responses,
        :questions, :written, :blank, :now, NULL)";
    pub PUBLISH_SURVEY = "UPDATE survey SET state = 'published', published_at = :now, version = version + 1
        WHERE id = :survey AND state = 'draft' AND version = :version";
    pub PUBLISH_RESPONSES = "UPDATE response SET published_at = :now WHERE survey = :survey";
    pub PUBLISH_ANSWERS = "UPDATE answer SET published_at = :now, state = 'published' WHERE survey = :survey";
    pub PUBLISH_BATCH = "UPDATE import_batch SET published_at = :now WHERE survey = :survey";
    pub SET_ANSWER = "UPDATE answer SET body = :body WHERE question = :question AND sort = :sort";
    pub SHOW_NEW_RESPONSES = "UPDATE response SET published_at = :now WHERE survey = :survey AND published_at IS NULL";
    pub SHOW_NEW_ANSWERS = "UPDATE answer SET published_at = :now, state = 'published'
        WHERE survey = :survey AND published_at IS NULL";
    pub REFRESH = "UPDATE survey SET version = version + 1, fingerprint = :fingerprint,
        responses = (SELECT COUNT(*) FROM response r WHERE r.survey = :survey) WHERE id = :survey";
    pub DROP_BATCH = "DELETE FROM import_batch WHERE survey = :survey";
    pub DROP_ANSWERS = "DELETE FROM answer WHERE survey = :survey";
    pub DROP_RESPONSES = "DELETE FROM response WHERE survey = :survey";
    pub DROP_QUESTIONS = "DELETE FROM question WHERE survey = :survey";
    pub DROP_SURVEY = "DELETE FROM survey WHERE id = :survey AND state = 'draft'";
}

/// A page of published surveys, newest first, and how many there are.
pub(crate) fn published(conn: &mut Conn, count: i64, skip: i64) -> Result<(Vec<Survey>, i64)> {
    let page = conn.all(
        &PUBLISHED,
        store::params! {"count" => count, "skip" => skip},
        survey_row,
    )?;
    Ok((
        page,
        conn.one(&PUBLISHED_COUNT, store::params! {}, |r| r.get(0))?,
    ))
}

/// Surveys this viewer's office has imported and not yet published.
pub(crate) fn drafts(conn: &mut Conn) -> Result<Vec<Survey>> {
    conn.all(&DRAFTS, store::params! {}, survey_row)
}

/// A survey by its address, if it is published or this viewer sees a response of it.
pub(crate) fn by_slug(conn: &mut Conn, slug: &str) -> Result<Survey> {
    conn.one(&BY_SLUG, store::params! {"slug" => slug}, survey_row)
}

/// A survey whose import this viewer has just been shown.
pub(crate) fn by_id(conn: &mut Conn, id: SurveyId) -> Result<Survey> {
    conn.one(&BY_ID, store::params! {"id" => id}, survey_row)
}

/// The version a survey has now.
pub(crate) fn version(conn: &mut Conn, survey: SurveyId) -> Result<i64> {
    conn.one(&VERSION, store::params! {"survey" => survey}, |r| r.get(0))
}

/// The questions in their order.
pub(crate) fn questions(conn: &mut Conn, survey: SurveyId) -> Result<Vec<Question>> {
    conn.all(&QUESTIONS, store::params! {"survey" => survey}, |r| {
        let ask = Ask {
            number: r.get(1)?,
            field: r.get(2)?,
            body: r.get(3)?,
            body_en: r.get(4)?,
            short: r.get(5)?,
            short_en: r.get(6)?,
        };
        Ok(Question {
            id: r.get(0)?,
            ask,
            anchor: r.get(7)?,
        })
    })
}

/// Who answered, in the survey's order.
pub(crate) fn respondents(conn: &mut Conn, survey: SurveyId) -> Result<Vec<Respondent>> {
    conn.all(
        &RESPONDENTS,
        store::params! {"survey" => survey},
        respondent_row,
    )
}

/// Who answered, of one stretch of the survey's order.
pub(crate) fn respondents_between(
    conn: &mut Conn,
    survey: SurveyId,
    first: i64,
    past: i64,
) -> Result<Vec<Respondent>> {
    conn.all(
        &RESPONDENTS_BETWEEN,
        store::params! {"survey" => survey, "first" => first, "past" => past},
        respondent_row,
    )
}

/// One municipality's place in a survey.
pub(crate) fn respondent(
    conn: &mut Conn,
    survey: SurveyId,
    code: &str,
) -> Result<Option<Respondent>> {
    conn.opt(
        &RESPONDENT,
        store::params! {"survey" => survey, "code" => code},
        respondent_row,
    )
}

/// All answers to one question, by the municipality's place.
pub(crate) fn answers_to(conn: &mut Conn, question: QuestionId) -> Result<Vec<(i64, String)>> {
    conn.all(&ANSWERS_TO, store::params! {"question" => question}, |r| {
        Ok((r.get(0)?, r.get(1)?))
    })
}

/// All answers of a stretch of municipalities.
pub(crate) fn answers_between(
    conn: &mut Conn,
    survey: SurveyId,
    first: i64,
    past: i64,
) -> Result<Vec<(i64, QuestionId, String)>> {
    conn.all(
        &ANSWERS_BETWEEN,
        store::params! {"survey" => survey, "first" => first, "past" => past},
        |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)),
    )
}

/// The answers of a stretch of municipalities to some questions.
pub(crate) fn answers_to_some(
    conn: &mut Conn,
    questions: &[QuestionId],
    first: i64,
    past: i64,
) -> Result<Vec<(i64, QuestionId, String)>> {
    conn.all(
        &ANSWERS_TO_SOME,
        store::params! {"questions" => store::ids(questions), "first" => first, "past" => past},
        |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)),
    )
}

/// One municipality's answers by the names of the questions' fields.
pub(crate) fn answers_of(
    conn: &mut Conn,
    survey: SurveyId,
    code: &str,
) -> Result<BTreeMap<String, String>> {
    let params = store::params! {"survey" => survey, "code" => code};
    let list = conn.all(&ANSWERS_OF, params, |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(list.into_iter().collect())
}

/// An import this viewer's office made.
pub(crate) fn batch(conn: &mut Conn, id: BatchId) -> Result<Batch> {
    conn.one(&BATCH, store::params! {"id" => id}, batch_row)
}

/// The import that made a survey, if this viewer's office made it.
pub(crate) fn batch_of(conn: &mut Conn, survey: SurveyId) -> Result<Option<Batch>> {
    conn.opt(&BATCH_OF, store::params! {"survey" => survey}, batch_row)
}

/// Imports of this viewer's office that wait for publication.
pub(crate) fn batches_waiting(conn: &mut Conn) -> Result<Vec<Batch>> {
    conn.all(&BATCHES_WAITING, store::params! {}, batch_row)
}

/// Proof that this viewer may decide about an import.
pub(crate) fn batch_editable(tx: &mut Tx, id: BatchId) -> Result<Editable<BatchId>> {
    store::token::editable(tx, &BATCH_EDITABLE, store::params! {"id" => id})?.ok_or(Error::NotFound)
}

/// What a decision about a survey needs to know.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) survey: SurveyId,
    pub(crate) state: State,
    pub(crate) version: i64,
    pub(crate) fingerprint: String,
}

/// The survey that has this slug already.
pub(crate) fn standing(tx: &mut Tx, slug: &str) -> Result<Option<Standing>> {
    tx.opt(&FIND_SLUG, store::params! {"slug" => slug}, standing_row)
}

/// The survey of an import.
pub(crate) fn standing_of(tx: &mut Tx, batch: Editable<BatchId>) -> Result<Standing> {
    tx.one(
        &STATE_OF_BATCH,
        store::params! {"id" => batch.id()},
        standing_row,
    )
}

pub(crate) fn add_survey(
    tx: &mut Tx,
    id: SurveyId,
    head: &Head,
    responses: usize,
    fingerprint: &str,
) -> Result<()> {
    let responses = i64::try_from(responses).unwrap_or(i64::MAX);
    let params = store::params! {
        "id" => id, "slug" => head.slug, "title" => head.title, "title_en" => head.title_en, "label" => head.label,
        "fiscal_year" => head.fiscal_year, "inferred" => head.fiscal_year_inferred, "source" => head.source,
        "source_en" => head.source_en, "note" => head.note, "note_en" => head.note_en, "licence" => head.licence,
        "licence_en" => head.licence_en, "trailing_link" => head.trailing_link, "responses" => responses,
        "fingerprint" => fingerprint,
    };
    tx.exec(&ADD_SURVEY, params).map(drop)
}

pub(crate) fn add_question(
    tx: &mut Tx,
    id: QuestionId,
    survey: SurveyId,
    sort: i64,
    ask: &Ask,
) -> Result<()> {
    let params = store::params! {
        "id" => id, "survey" => survey, "sort" => sort, "number" => ask.number, "anchor" => ask.anchor(),
        "field" => ask.field, "body" => ask.body, "body_en" => ask.body_en, "short" => ask.short,
        "short_en" => ask.short_en,
    };
    tx.exec(&ADD_QUESTION, params).map(drop)
}

/// Whose row is written, and for whom.
#[derive(Clone, Copy)]
pub(crate) struct Owner<'a> {
    pub(crate) survey: SurveyId,
    pub(crate) sort: i64,
    pub(crate) code: &'a str,
    pub(crate) tenant: OrganisationId,
    pub(crate) asker: Option<OrganisationId>,
}

pub(crate) fn add_response(tx: &mut Tx, id: ResponseId, of: Owner, name: &str) -> Result<()> {
    let params = store::params! {
        "id" => id, "survey" => of.survey, "sort" => of.sort, "code" => of.code, "name" => name,
        "tenant" => of.tenant, "asker" => of.asker,
    };
    tx.exec(&ADD_RESPONSE, params).map(drop)
}

pub(crate) fn add_answer(
    tx: &mut Tx,
    id: AnswerId,
    of: Owner,
    question: QuestionId,
    body: &str,
) -> Result<()> {
    let params = store::params! {
        "id" => id, "survey" => of.survey, "question" => question, "sort" => of.sort, "code" => of.code,
        "tenant" => of.tenant, "asker" => of.asker, "body" => body,
    };
    tx.exec(&ADD_ANSWER, params).map(drop)
}

pub(crate) fn add_batch(tx: &mut Tx, batch: &Batch, tenant: OrganisationId) -> Result<()> {
    let params = store::params! {
        "id" => batch.id, "survey" => batch.survey, "tenant" => tenant, "file_name" => batch.file_name,
        "format" => batch.format, "encoding" => batch.encoding, "responses" => batch.responses,
        "questions" => batch.questions, "written" => batch.written, "blank" => batch.blank, "now" => batch.imported_at,
    };
    tx.exec(&ADD_BATCH, params).map(drop)
}

/// Makes everything of a survey public. `false` when somebody else was faster.
pub(crate) fn publish(tx: &mut Tx, survey: SurveyId, version: i64, now: Time) -> Result<bool> {
    let params = store::params! {"survey" => survey, "version" => version, "now" => now};
    if tx.exec(&PUBLISH_SURVEY, params)? == 0 {
        return Ok(false);
    }
    for stmt in [&PUBLISH_RESPONSES, &PUBLISH_ANSWERS, &PUBLISH_BATCH] {
        tx.exec(stmt, store::params! {"survey" => survey, "now" => now})?;
    }
    Ok(true)
}

/// Changes the text of an answer; its id stays. `false` when there is none.
pub(crate) fn set_answer(tx: &mut Tx, question: QuestionId, sort: i64, body: &str) -> Result<bool> {
    let params = store::params! {"question" => question, "sort" => sort, "body" => body};
    Ok(tx.exec(&SET_ANSWER, params)? == 1)
}

/// Makes what was added to a published survey public, and counts anew.
pub(crate) fn refresh(tx: &mut Tx, survey: SurveyId, fingerprint: &str) -> Result<()> {
    let now = tx.now();
    for stmt in [&SHOW_NEW_RESPONSES, &SHOW_NEW_ANSWERS] {
        tx.exec(stmt, store::params! {"survey" => survey, "now" => now})?;
    }
    let params = store::params! {"survey" => survey, "fingerprint" => fingerprint};
    tx.exec(&REFRESH, params).map(drop)
}

/// Removes a draft with everything in it.
pub(crate) fn remove(tx: &mut Tx, survey: SurveyId) -> Result<()> {
    for stmt in [
        &DROP_BATCH,
        &DROP_ANSWERS,
        &DROP_RESPONSES,
        &DROP_QUESTIONS,
        &DROP_SURVEY,
    ] {
        tx.exec(stmt, store::params! {"survey" => survey})?;
    }
    Ok(())
}
