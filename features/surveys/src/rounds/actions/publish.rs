//! From a round to the public collation: only answers of municipalities that agreed to the version that is valid, and of those
//! only what may be public.

use forms::{Field, Kind};
use kernel::{Env, Lang};
use store::{FieldChange, Tx};

use super::{Refusal, round::record};
use crate::{
    i18n::tl,
    import::{Draft, Row},
    model::{AnswerId, Ask, Head, QuestionId, ResponseId, SurveyId, anchor},
    rounds::{
        model::{Given, Range, Reply, Round, RoundId, State, Version, VersionState},
        store::{self as sql, write},
    },
    store::{self as survey_sql, Owner},
};

/// Ids of everything that is published, drawn before the write.
#[derive(Clone, Debug)]
pub struct Ids {
    survey: SurveyId,
    questions: Vec<QuestionId>,
    replies: Vec<(ResponseId, Vec<AnswerId>)>,
}

impl Ids {
    /// For a round with so many questions and municipalities.
    #[must_use]
    pub fn draw(env: &Env, questions: usize, replies: usize) -> Self {
        let draw = |_| (env.id(), (0..questions).map(|_| env.id()).collect());
        Self {
            survey: env.id(),
            questions: (0..questions).map(|_| env.id()).collect(),
            replies: (0..replies).map(draw).collect(),
        }
    }
}

/// The questions of a round that the collation shows: everything but files, each with a number of its own.
#[must_use]
pub fn asks(round: &Round) -> Vec<(&Field, Ask)> {
    let mut out: Vec<(&Field, Ask)> = Vec::new();
    for (at, field) in round.catalogue.fields.iter().enumerate() {
        if matches!(field.kind, Kind::File) {
            continue;
        }
        let taken = |number: &str| {
            anchor(number).is_empty() || out.iter().any(|(_, a)| a.anchor() == anchor(number))
        };
        let number = if taken(&field.number) {
            let plain = (at + 1).to_string();
            if taken(&plain) {
                format!("{plain}-{at}")
            } else {
                plain
            }
        } else {
            field.number.clone()
        };
        let ask = Ask {
            number,
            field: field.key.clone(),
            body: field.label.ja.clone(),
            body_en: field.label.en.clone(),
            short: field.brief(Lang::Ja),
            short_en: if field.short.en.is_empty() {
                String::new()
            } else {
                field.short.en.clone()
            },
        };
        out.push((field, ask));
    }
    out
}

/// One answer as it may stand in public; what may not be public says so.
fn public_text(field: &Field, given: Option<&Given>) -> Option<String> {
    let given = given?;
    Some(if given.range == Range::Public {
        given.value.plain(field, Lang::Ja)
    } else {
        tl!(Lang::Ja, "rounds-withheld")
    })
}

/// Publishes, or brings what is published up to date. What is public stays; answers keep their ids.
///
/// # Errors
/// [`Refusal::Refused`] before 内容確認, [`Refusal::Missing`] when nobody has agreed, [`Refusal::Slug`], [`Refusal::Overtaken`]
/// when there is more than ids were drawn for, not there or not this office's.
pub fn publish(tx: &mut Tx, id: RoundId, ids: &Ids, office: &str) -> Result<usize, Refusal> {
    let proof = sql::round_editable(tx, id)?;
    let round = sql::round(tx, id)?;
    round.state.publish()?;
    let versions = sql::current_versions(tx, id)?;
    let all = sql::replies(tx, id)?;
    let agreed: Vec<(&Reply, &Version)> = all
        .iter()
        .filter(|reply| reply.agreed())
        .filter_map(|reply| {
            let version = versions.iter().find(|v| Some(v.id) == reply.current)?;
            let taken = matches!(
                version.state,
                VersionState::Accepted | VersionState::Published
            );
            taken.then_some((reply, version))
        })
        .collect();
    if agreed.is_empty() {
        return Err(Refusal::Missing("agreed"));
    }
    let asks = asks(&round);
    if asks.len() > ids.questions.len() || all.len() > ids.replies.len() {
        return Err(Refusal::Overtaken);
    }
    let draft = Draft {
        head: head(&round, office),
        questions: asks.iter().map(|(_, ask)| ask.clone()).collect(),
        rows: agreed
            .iter()
            .map(|(reply, version)| Row {
                code: reply.code.clone(),
                name: reply.name.clone(),
                answers: asks
                    .iter()
                    .map(|(field, _)| public_text(field, version.answers.get(&field.key)))
                    .collect(),
            })
            .collect(),
        ..Draft::default()
    };
    let survey = put(tx, &round, &draft, &agreed, ids)?;
    write::published(tx, proof, survey)?;
    for (reply, version) in &agreed {
        let proof = sql::reply_decidable(tx, reply.id)?;
        write::decide_version(tx, proof, version.id, VersionState::Published, "")?;
        if reply.state == State::Accepted {
            write::set_state(tx, &proof, State::Published)?;
        }
    }
    let field = FieldChange {
        name: "municipalities",
        old: None,
        new: Some(agreed.len().to_string()),
    };
    record(tx, "surveys.round.publish", &round, vec![field])?;
    tx.changed("survey", survey.uuid(), None)?;
    Ok(agreed.len())
}

fn head(round: &Round, office: &str) -> Head {
    Head {
        slug: round.slug.clone(),
        title: round.title.clone(),
        title_en: round.title_en.clone(),
        fiscal_year: round.fiscal_year,
        source: tl!(Lang::Ja, "rounds-source", office = office),
        source_en: tl!(Lang::En, "rounds-source", office = office),
        note: tl!(Lang::Ja, "rounds-note"),
        note_en: tl!(Lang::En, "rounds-note"),
        ..Head::default()
    }
}

/// Writes the survey with its questions once, then adds or changes what differs.
fn put(
    tx: &mut Tx,
    round: &Round,
    draft: &Draft,
    agreed: &[(&Reply, &Version)],
    ids: &Ids,
) -> Result<SurveyId, Refusal> {
    let fingerprint = draft.fingerprint();
    let (survey, questions) = match round.survey {
        Some(survey) => {
            let questions = survey_sql::questions(tx, survey)?;
            (survey, questions.into_iter().map(|q| q.id).collect())
        }
        None => {
            if survey_sql::standing(tx, &round.slug)?.is_some() {
                return Err(Refusal::Slug);
            }
            let survey = ids.survey;
            survey_sql::add_survey(tx, survey, &draft.head, draft.rows.len(), &fingerprint)?;
            for ((sort, ask), id) in (0..).zip(&draft.questions).zip(&ids.questions) {
                survey_sql::add_question(tx, *id, survey, sort, ask)?;
            }
            (survey, ids.questions.clone())
        }
    };
    let there = survey_sql::respondents(tx, survey)?;
    for ((reply, _), row) in agreed.iter().zip(&draft.rows) {
        let at = usize::try_from(reply.sort).unwrap_or_default();
        let Some((response, answers)) = ids.replies.get(at) else {
            return Err(Refusal::Overtaken);
        };
        let known = there.iter().any(|r| r.code == reply.code);
        let owner = Owner {
            survey,
            sort: reply.sort,
            code: &reply.code,
            tenant: reply.tenant,
            asker: Some(reply.asker),
        };
        if !known {
            survey_sql::add_response(tx, *response, owner, &reply.name)?;
        }
        for ((body, id), question) in row.answers.iter().zip(answers).zip(&questions) {
            let Some(body) = body else { continue };
            let changed = known && survey_sql::set_answer(tx, *question, reply.sort, body)?;
            if !changed {
                survey_sql::add_answer(tx, *id, owner, *question, body)?;
            }
        }
    }
    match round.survey {
        None => {
            survey_sql::publish(tx, survey, 1, tx.now())?;
        }
        Some(_) => survey_sql::refresh(tx, survey, &fingerprint)?,
    }
    Ok(survey)
}
