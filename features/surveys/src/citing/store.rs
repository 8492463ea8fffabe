//! The statements of citing.

use store::{Conn, Result, Row};

use super::Answer;
use crate::model::{AnswerId, QuestionId, SurveyId};

store::statements! {
    pub CITABLE = "SELECT w.id, w.municipality, q.anchor, w.body, w.published_at FROM visible_answer w
        JOIN question q ON q.id = w.question WHERE w.survey = :survey ORDER BY w.sort, q.sort";
    pub CITABLE_AT = "SELECT w.id, w.municipality, q.anchor, w.body, w.published_at FROM visible_answer w
        JOIN question q ON q.id = w.question WHERE w.question = :question AND w.municipality = :code";
    pub CITABLE_TO = "SELECT w.sort, w.id FROM visible_answer w WHERE w.question = :question ORDER BY w.sort";
    pub CITABLE_OF = "SELECT w.question, w.id FROM visible_answer w WHERE w.survey = :survey AND w.sort = :sort";
}

fn row(r: &Row) -> Result<Answer> {
    Ok(Answer {
        id: r.get(0)?,
        municipality: r.get(1)?,
        question: r.get(2)?,
        body: r.get(3)?,
        published: r.get::<Option<i64>>(4)?.is_some(),
    })
}

/// All answers of a survey that this viewer sees.
pub(crate) fn answers(conn: &mut Conn, survey: SurveyId) -> Result<Vec<Answer>> {
    conn.all(&CITABLE, store::params! {"survey" => survey}, row)
}

/// One municipality's answer to a question, if this viewer sees it.
pub(crate) fn answer(conn: &mut Conn, question: QuestionId, code: &str) -> Result<Option<Answer>> {
    let params = store::params! {"question" => question, "code" => code};
    conn.opt(&CITABLE_AT, params, row)
}

/// The ids of one municipality's answers, by question.
pub(crate) fn ids(
    conn: &mut Conn,
    survey: SurveyId,
    sort: i64,
) -> Result<Vec<(QuestionId, AnswerId)>> {
    let params = store::params! {"survey" => survey, "sort" => sort};
    conn.all(&CITABLE_OF, params, |r| Ok((r.get(0)?, r.get(1)?)))
}

/// The ids of all answers to a question, by the municipality's place in the survey.
pub(crate) fn ids_to(conn: &mut Conn, question: QuestionId) -> Result<Vec<(i64, AnswerId)>> {
    conn.all(&CITABLE_TO, store::params! {"question" => question}, |r| {
        Ok((r.get(0)?, r.get(1)?))
    })
}
