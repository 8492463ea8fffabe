//! The mail of a round: a job for each wave, in short writes, so that thousands of offices hold up nobody.

use kernel::{Lang, Uuid};
use store::{
    Viewer,
    jobs::{Handler, JobContext, NewJob},
};
use web::mail::{self, Mail};

use super::{link, store as sql};
use crate::{i18n::tl, model::RoundId};

/// The kind of the job.
const KIND: &str = "directory.round.post";
/// Offices in one write.
const PIECE: i64 = 50;

/// Sends one wave of a round.
pub(crate) const HANDLER: Handler = Handler {
    kind: KIND,
    max_attempts: 6,
    run: |job| Box::pin(run(job)),
};

/// The job that sends a wave.
pub(crate) fn job(round: RoundId, wave: i64, run_at: kernel::Time) -> NewJob {
    NewJob {
        kind: KIND,
        key: format!("{KIND}:{round}:{wave}"),
        payload: format!("{round} {wave}"),
        run_at,
    }
}

async fn run(job: JobContext) -> Result<(), String> {
    let (round, wave) = job
        .payload
        .split_once(' ')
        .and_then(|(round, wave)| Some((round.parse::<RoundId>().ok()?, wave.parse::<i64>().ok()?)))
        .ok_or("the job names no round")?;
    let Some(app) = job.state::<web::App>().cloned() else {
        return Ok(());
    };
    let viewer = Viewer::system("mail of a confirmation round", job.now);
    loop {
        let (key, seed): (_, Uuid) = (job.db.key().clone(), app.env.uuid());
        let app = app.clone();
        let count = job
            .db
            .write::<_, store::Error>(&viewer, move |tx| {
                let list = sql::to_mail(tx, round, wave, PIECE)?;
                let mut sent = 0_u128;
                for office in &list {
                    let mut to: Vec<(String, Lang)> =
                        office.mail.iter().map(|m| (m.clone(), Lang::Ja)).collect();
                    for keeper in crate::upkeep::store::keepers(tx, office.provider)? {
                        let people = identity::addresses_of(tx, keeper)?;
                        to.extend(
                            people
                                .into_iter()
                                .map(|(mail, lang)| (mail, lang.parse().unwrap_or_default())),
                        );
                    }
                    to.sort_by(|a, b| a.0.cmp(&b.0));
                    to.dedup_by(|a, b| a.0 == b.0);
                    let link = app.public_url(&format!(
                        "/directory/confirm/{}",
                        link::token(&key, office.item)
                    ));
                    for (address, lang) in to {
                        let due = kernel::format_date(office.due_on, lang);
                        let body = if wave == 1 {
                            tl!(lang, "upkeep-mail-body", link = link.as_str(), due = due)
                        } else {
                            tl!(lang, "upkeep-mail-again", link = link.as_str(), due = due)
                        };
                        let mail = Mail {
                            id: Uuid::from_u128(seed.as_u128().wrapping_add(sent)),
                            to: address,
                            subject: tl!(lang, "upkeep-mail-subject"),
                            body,
                        };
                        sent += 1;
                        mail::send(tx, &mail)?;
                    }
                    sql::mailed(tx, office.item, wave)?;
                }
                Ok(list.len())
            })
            .await
            .map_err(|e| e.to_string())?;
        if count == 0 {
            return Ok(());
        }
    }
}
