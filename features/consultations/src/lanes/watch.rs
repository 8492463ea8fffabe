//! The watch over hand-overs: when the day has passed and nobody answered, a deputy is named, and every second day the next one.

use kernel::{Date, Lang, Time, Uuid};
use store::{
    Audit, Error, Tx, Viewer,
    jobs::{BoxFuture, Handler, JobContext, NewJob},
};
use web::mail::{self, Mail};

use super::{
    deputies,
    model::{HandoverId, HandoverStepId, NEXT_DEPUTY_DAYS, Side, named, present},
    store::{self as sql, Taken, Watched},
};
use crate::i18n::tl;

/// The watch's job.
pub(crate) const HANDLER: Handler = Handler {
    kind: KIND,
    max_attempts: 10,
    run,
};

const KIND: &str = "consultations.handover.watch";

/// Leaves a look at a hand-over for so many days after its day; the first is on the morning after it.
pub(crate) fn plan(tx: &mut Tx, id: HandoverId, due: Date, days: i64) -> Result<(), Error> {
    tx.enqueue(NewJob {
        kind: KIND,
        key: format!("handover:{id}:{due}:{days}"),
        payload: id.to_string(),
        run_at: Time::from_jst_date(due).plus_days(days),
    })
}

fn run(job: JobContext) -> BoxFuture<Result<(), String>> {
    Box::pin(async move {
        let id: HandoverId = job.payload.parse().map_err(|_| "no id".to_owned())?;
        let app = job
            .state::<web::App>()
            .ok_or_else(|| "no application".to_owned())?;
        let (step, seed): (HandoverStepId, Uuid) = (app.env.id(), app.env.uuid());
        let link = app.public_url(&format!("/consultations/handovers/{id}"));
        let viewer = Viewer::system("watch over hand-overs", job.now);
        job.db
            .write(&viewer, move |tx| look(tx, id, step, seed, &link))
            .await
            .map_err(|error: Error| error.to_string())
    })
}

fn look(
    tx: &mut Tx,
    id: HandoverId,
    step: HandoverStepId,
    seed: Uuid,
    link: &str,
) -> Result<(), Error> {
    let Some(one) = sql::watched(tx, id)? else {
        return Ok(());
    };
    let now = tx.now();
    let today = now.date_jst();
    if !one.stage.escalates(one.due, one.escalated_on, today) {
        return Ok(());
    }
    let deputy = choose(tx, &one)?;
    let named = deputy
        .as_ref()
        .map(|(office, one)| (*office, one.account, one.name.as_str()));
    if !sql::name_deputy(tx, &one, named)? {
        return Ok(());
    }
    let office = named.map_or(one.tenant, |(office, _, _)| office);
    let taken = Taken {
        step: "escalate".to_owned(),
        note: None,
        due: None,
        by: named.map_or_else(String::new, |(_, _, name)| name.to_owned()),
        behalf: String::new(),
        happened: today,
        at: now,
    };
    sql::add_step(tx, step, (id, one.tenant), one.version + 1, &taken)?;
    for (at, (to, lang)) in identity::addresses_of(tx, office)?.into_iter().enumerate() {
        let lang: Lang = lang.parse().unwrap_or_default();
        let mail = Mail {
            id: Uuid::from_u128(seed.as_u128().wrapping_add(at as u128)),
            to,
            subject: tl!(lang, "lanes-mail-subject"),
            body: tl!(lang, "lanes-mail-body", link = link),
        };
        mail::send(tx, &mail)?;
    }
    let late = areas::rules::days_between(one.due, today);
    plan(tx, id, one.due, i64::from(late + NEXT_DEPUTY_DAYS))?;
    tx.audit(
        Audit::new("consultations.handover.escalate", "consultation_handover")
            .id(id.uuid())
            .subject(office.uuid()),
    )?;
    tx.changed("consultation.handover", id.uuid(), Some(one.tenant))?;
    tx.changed("consultation.handover", id.uuid(), one.receiver)?;
    tx.changed("consultation", one.consultation.uuid(), Some(one.tenant))
}

/// The deputy whose turn it is: the receiver's first, then the desk's own.
fn choose(
    tx: &mut Tx,
    one: &Watched,
) -> Result<Option<(kernel::OrganisationId, super::model::Deputy)>, Error> {
    let today = tx.now().date_jst();
    let theirs = match one.receiver {
        Some(office) => deputies::of(tx, office)?,
        None => (Vec::new(), Vec::new()),
    };
    let ours = deputies::of(tx, one.tenant)?;
    let theirs = present(&theirs.0, &theirs.1, today);
    let ours = present(&ours.0, &ours.1, today);
    let time = usize::try_from(one.escalations).unwrap_or_default();
    Ok(named(&theirs, &ours, time).map(|(side, deputy)| {
        let office = match side {
            Side::Receiver => one.receiver.unwrap_or(one.tenant),
            Side::Sender => one.tenant,
        };
        (office, deputy.clone())
    }))
}
