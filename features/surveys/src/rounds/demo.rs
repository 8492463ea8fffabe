//! A round for the demo: read from a file, marked as invented in its title. The texts are the municipalities' own published ones,
//! carried over from the survey it is based on; only the steps they have taken in this round are invented.

use std::path::Path;

use forms::Value;
use kernel::OrganisationId;
use serde::Deserialize;
use store::{Audit, Db, Stamp, Viewer};

use super::{
    model::{Answers, Given, Letter, Range, ReplyId, Round, RoundId, RoundState, Side, VersionId},
    pages::new::from_questions,
    store::write,
};
use crate::{actions::Refusal, store as surveys};

store::statements! {
    pub THERE = "SELECT COUNT(*) FROM survey_round WHERE slug = :slug";
    pub STEP = "UPDATE round_reply SET state = :state, started_at = :now, changed_at = :now, submitted_at = :submitted,
        current = :current, versions = :versions WHERE id = :id";
    pub VERSION = "INSERT INTO round_version (id, reply, round, tenant, asker, number, answers, state, made_at, approval, approved_at,
        document_number, decided_on, decider_post, submitted_at, late, note, decided_at)
        VALUES (:id, :reply, :round, :tenant, :asker, 1, :answers, :state, :now, :approval, :submitted, :number, :on, :post,
        :submitted, 0, '', :decided)";
}

#[derive(Clone, Debug, Deserialize)]
struct File {
    slug: String,
    title: String,
    title_en: String,
    fiscal_year: i32,
    based_on: String,
    asker: OrganisationId,
    due_in_days: i64,
    letter: Text,
    default_range: Range,
    decision: Decided,
    answers: Vec<Step>,
}

#[derive(Clone, Debug, Deserialize)]
struct Text {
    to: String,
    number: String,
    body: String,
    contact: String,
}

#[derive(Clone, Debug, Deserialize)]
struct Decided {
    number: String,
    post: String,
}

/// How far one municipality has come.
#[derive(Clone, Debug, Deserialize)]
struct Step {
    code: String,
    state: String,
    fields: Vec<String>,
}

/// Loads the demo's round from a file; `false` when it is there already, or when this is no demo.
///
/// # Errors
/// The file cannot be read, or what the database says.
pub async fn load(db: &Db, path: &Path) -> Result<bool, Refusal> {
    if db.stamp().await? != Some(Stamp::Demo) {
        return Ok(false);
    }
    let unreadable = |error: std::io::Error| Refusal::File {
        path: path.display().to_string(),
        error,
    };
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let file: File = serde_json::from_slice(&bytes)
        .map_err(|error| unreadable(std::io::Error::new(std::io::ErrorKind::InvalidData, error)))?;
    let env = db.env();
    let viewer = Viewer::system("demo round", env.now());
    let id: RoundId = env.id();
    let ids: Vec<(ReplyId, VersionId)> =
        file.answers.iter().map(|_| (env.id(), env.id())).collect();
    db.write::<_, Refusal>(&viewer, move |tx| {
        let there: i64 = tx.one(&THERE, store::params! {"slug" => file.slug}, |r| r.get(0))?;
        let Some(based_on) = surveys::standing(tx, &file.based_on)? else {
            return Ok(false);
        };
        if there > 0 || surveys::standing(tx, &file.slug)?.is_some() {
            return Ok(false);
        }
        let questions = surveys::questions(tx, based_on.survey)?;
        let round = Round {
            id,
            asker: file.asker,
            slug: file.slug.clone(),
            title: file.title.clone(),
            title_en: file.title_en.clone(),
            fiscal_year: file.fiscal_year,
            based_on: Some(based_on.survey),
            catalogue: from_questions(&questions),
            letter: Letter {
                to: file.letter.to.clone(),
                number: file.letter.number.clone(),
                date: Some(tx.now().date_jst()),
                body: file.letter.body.clone(),
                contact: file.letter.contact.clone(),
                due: Some(tx.now().plus_days(file.due_in_days).date_jst()),
            },
            default_range: file.default_range,
            state: RoundState::Open,
            check_due: None,
            survey: None,
            fictional: true,
            sent_at: None,
            published_at: None,
            version: 1,
            side: Side::Asker,
        };
        let catalogue = round
            .catalogue
            .to_json()
            .map_err(|error| store::Error::Schema(error.to_string()))?;
        write::add_round(tx, &round, &catalogue)?;
        answers(tx, &round, &file, &ids)?;
        tx.audit(Audit {
            action: "surveys.round.demo",
            table: "survey_round",
            id: Some(id.uuid()),
            ..Audit::default()
        })?;
        Ok(true)
    })
    .await
}

fn answers(
    tx: &mut store::Tx,
    round: &Round,
    file: &File,
    ids: &[(ReplyId, VersionId)],
) -> Result<(), Refusal> {
    let now = tx.now();
    let towns = areas::store::municipalities(tx)?;
    let today = now.date_jst().to_string();
    for ((sort, step), (reply, version)) in (0_i64..).zip(&file.answers).zip(ids) {
        let Some(town) = towns.iter().find(|t| t.code == step.code) else {
            continue;
        };
        let Some(tenant) = town.organisation else {
            continue;
        };
        tx.exec(
            &write::ADD_REPLY,
            store::params! {
                "id" => reply, "round" => round.id, "tenant" => tenant, "asker" => round.asker, "code" => step.code,
                "name" => town.name_ja, "sort" => sort,
            },
        )?;
        tx.exec(
            &write::ADD_READER,
            store::params! {"round" => round.id, "subject" => tenant, "side" => "tenant"},
        )?;
        let based_on = round.based_on.ok_or(store::Error::NotFound)?;
        let last = surveys::answers_of(tx, based_on, &step.code)?;
        let mut given = Answers::new();
        for field in &step.fields {
            let value = Value::text(last.get(field).map_or("", String::as_str));
            let json = value
                .to_json()
                .map_err(|error| store::Error::Schema(error.to_string()))?;
            tx.exec(
                &write::answer::PUT_FIELD,
                store::params! {
                    "reply" => reply, "field" => field, "tenant" => tenant, "value" => json,
                    "range" => round.default_range.code(), "channel" => "screen", "now" => now,
                    "by" => None::<kernel::AccountId>, "office" => None::<OrganisationId>, "audited" => now,
                },
            )?;
            let range = round.default_range;
            given.insert(field.clone(), Given { value, range });
        }
        if step.state == "unopened" {
            continue;
        }
        let sent = matches!(step.state.as_str(), "submitted" | "accepted");
        let has_version = step.state != "draft";
        if has_version {
            let answers = serde_json::to_string(&given)
                .map_err(|error| store::Error::Schema(error.to_string()))?;
            let (number, post, on) = if sent {
                (
                    file.decision.number.as_str(),
                    file.decision.post.as_str(),
                    today.as_str(),
                )
            } else {
                ("", "", "")
            };
            tx.exec(
                &VERSION,
                store::params! {
                    "id" => version, "reply" => reply, "round" => round.id, "tenant" => tenant, "asker" => round.asker,
                    "answers" => answers, "state" => step.state, "now" => now,
                    "approval" => if sent { "outside" } else { "none" }, "number" => number, "on" => on, "post" => post,
                    "submitted" => sent.then_some(now), "decided" => (step.state == "accepted").then_some(now),
                },
            )?;
        }
        tx.exec(
            &STEP,
            store::params! {
                "id" => reply, "state" => step.state, "now" => now, "submitted" => sent.then_some(now),
                "current" => sent.then_some(*version), "versions" => i64::from(has_version),
            },
        )?;
    }
    tx.exec(
        &write::SENT,
        store::params! {"id" => round.id, "state" => round.state.code(), "now" => now},
    )?;
    tx.exec(
        &write::OPEN_REPLIES,
        store::params! {"round" => round.id, "now" => now},
    )?;
    Ok(())
}
