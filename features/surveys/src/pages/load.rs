//! What the pages of a survey read, with as few statements as possible.

use std::sync::Arc;

use store::{Conn, Error, Result};
use web::Ctx;

use super::Names;
use crate::{
    cache::{self, Collation},
    grouping,
    model::{BatchId, Question, Respondent, Survey},
    store as sql,
};

/// From so many municipalities on, grouping is work for the slow pool.
const MANY: i64 = 200;

/// A survey and its questions.
#[derive(Clone)]
pub(super) struct Frame {
    pub(super) survey: Survey,
    pub(super) questions: Vec<Question>,
    pub(super) batch: Option<BatchId>,
}

impl Frame {
    pub(super) fn read(conn: &mut Conn, slug: &str) -> Result<Self> {
        let survey = sql::by_slug(conn, slug)?;
        let questions = sql::questions(conn, survey.id)?;
        let batch = match survey.state {
            crate::model::State::Draft => sql::batch_of(conn, survey.id)?.map(|b| b.id),
            crate::model::State::Published => None,
        };
        Ok(Self {
            survey,
            questions,
            batch,
        })
    }

    /// The question at an address; the first one when none is asked for.
    pub(super) fn question(&self, anchor: Option<&str>) -> Option<&Question> {
        match anchor {
            None | Some("") => self.questions.first(),
            Some(anchor) => self.questions.iter().find(|q| q.anchor == anchor),
        }
    }

    /// Whether grouping in place would hold up others.
    pub(super) fn is_large(&self) -> bool {
        self.survey.responses > MANY
    }
}

/// The collation of one question: from memory, or grouped now.
pub(super) async fn collation(
    cx: &Ctx,
    frame: &Frame,
    question: &Question,
) -> Result<Arc<Collation>> {
    if let Some(found) = cache::get(&frame.survey, question) {
        return Ok(found);
    }
    let (survey, question) = (frame.survey.clone(), question.clone());
    let read = move |conn: &mut Conn| {
        let respondents = sql::respondents(conn, survey.id)?;
        let answers = sql::answers_to(conn, question.id)?;
        let made = Arc::new(group(respondents, &answers));
        cache::put(&survey, &question, &made);
        Ok::<_, Error>(made)
    };
    if frame.is_large() {
        cx.db().read_slow(&cx.viewer(), read).await
    } else {
        cx.db().read(&cx.viewer(), read).await
    }
}

fn group(respondents: Vec<Respondent>, answers: &[(i64, String)]) -> Collation {
    let mut bodies: Vec<Option<&str>> = vec![None; respondents.len()];
    // Both lists are in the survey's order; a draft may show a viewer only some of them.
    let mut at = 0;
    for (sort, body) in answers {
        while respondents.get(at).is_some_and(|r| r.sort < *sort) {
            at += 1;
        }
        if respondents.get(at).is_some_and(|r| r.sort == *sort) {
            bodies[at] = Some(body);
        }
    }
    let grouping = grouping::group(&bodies);
    Collation::new(respondents, grouping)
}

/// Survey, questions and names, in one read.
pub(super) async fn frame(cx: &Ctx, slug: &str) -> web::Result<(Frame, Names)> {
    let (slug, lang) = (slug.to_owned(), cx.lang);
    if !crate::model::is_slug(&slug) {
        return Err(web::Error::NotFound);
    }
    let read = move |conn: &mut Conn| {
        Ok::<_, Error>((Frame::read(conn, &slug)?, Names::read(conn, lang)?))
    };
    Ok(cx.db().read(&cx.viewer(), read).await?)
}
