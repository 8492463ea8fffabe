//! The two jobs: each month one proposes, and one destroys what was approved.

use kernel::{Date, OrganisationId};
use store::{
    Audit, Error, Tx, Viewer,
    jobs::{BoxFuture, Handler, JobContext, NewJob},
};

use super::{
    KINDS,
    store::{self as sql, DisposalId},
};

/// Proposes.
pub(crate) const PROPOSE: Handler = Handler {
    kind: "consultations.retention",
    max_attempts: 10,
    run: propose,
};

/// Destroys what was approved.
pub(crate) const DESTROY: Handler = Handler {
    kind: "consultations.dispose",
    max_attempts: 10,
    run: destroy,
};

/// Leaves the next look to a job, for an office and a month.
pub(crate) fn plan(tx: &mut Tx, office: OrganisationId, days: i64) -> Result<(), Error> {
    let at = tx.now().plus_days(days);
    let day = at.date_jst();
    tx.enqueue(NewJob {
        kind: PROPOSE.kind,
        key: format!("consultations.retention:{office}:{day}"),
        payload: office.to_string(),
        run_at: at,
    })
}

/// Leaves an approved proposal to a job.
pub(crate) fn plan_destroy(tx: &mut Tx, id: DisposalId) -> Result<(), Error> {
    let now = tx.now();
    tx.enqueue(NewJob {
        kind: DESTROY.kind,
        key: format!("consultations.dispose:{id}"),
        payload: id.to_string(),
        run_at: now,
    })
}

/// The first day that is kept: so many years before.
pub(crate) fn kept_from(today: Date, years: i64) -> Date {
    let year = today.year() - i16::try_from(years).unwrap_or(0);
    // The 29th of February has no counterpart in most years.
    Date::new(year, today.month(), today.day())
        .or_else(|_| Date::new(year, today.month(), 28))
        .unwrap_or(Date::MIN)
}

fn propose(job: JobContext) -> BoxFuture<Result<(), String>> {
    Box::pin(async move {
        let office: OrganisationId = job.payload.parse().map_err(|_| "no id".to_owned())?;
        let ids: [DisposalId; KINDS.len()] = std::array::from_fn(|_| job.db.env().id());
        let viewer = Viewer::system("retention of consultations", job.now);
        job.db
            .write(&viewer, move |tx| {
                let today = tx.now().date_jst();
                for (rule, id) in sql::rules_of(tx, office)?.iter().zip(ids) {
                    let before = kept_from(today, rule.years);
                    let records = sql::propose(tx, id, office, rule, before)?;
                    if records > 0 {
                        tx.audit(
                            Audit::new("consultations.disposal.propose", "consultation_disposal")
                                .id(id.uuid())
                                .subject(office.uuid()),
                        )?;
                        tx.changed("consultation.disposal", id.uuid(), Some(office))?;
                    }
                }
                plan(tx, office, 30)
            })
            .await
            .map_err(|error: Error| error.to_string())
    })
}

fn destroy(job: JobContext) -> BoxFuture<Result<(), String>> {
    Box::pin(async move {
        let id: DisposalId = job.payload.parse().map_err(|_| "no id".to_owned())?;
        let viewer = Viewer::system("retention of consultations", job.now);
        loop {
            let left = job
                .db
                .write(&viewer, move |tx| {
                    let Some((office, kind, before)) = sql::approved(tx, id)? else {
                        return Ok(0);
                    };
                    let count = sql::destroy_part(tx, id, (office, &kind, before))?;
                    tx.audit(
                        Audit::new("consultations.disposal.destroy", "consultation_disposal")
                            .id(id.uuid())
                            .subject(office.uuid())
                            .field("records", None::<String>, Some(count.to_string())),
                    )?;
                    tx.changed("consultation.disposal", id.uuid(), Some(office))?;
                    Ok::<_, Error>(count)
                })
                .await
                .map_err(|error: Error| error.to_string())?;
            if left == 0 {
                return Ok(());
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_counted_from_the_day() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(kept_from(day("2026-11-23"), 5), day("2021-11-23"));
        assert_eq!(kept_from(day("2024-02-29"), 5), day("2019-02-28"));
    }
}
