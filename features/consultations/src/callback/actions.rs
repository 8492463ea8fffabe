//! What residents and the desk do with requests, and what the program does by itself.

use kernel::{BusinessCalendar, OrganisationId, Time, Uuid};
use store::{Audit, Error, NewJob, Tx, Viewer, jobs::JobContext};
use web::Ctx;

use super::{
    model::{CallbackId, Channel, Hours, KEPT_DAYS, MOST_PER_HOUR, Outcome, promise},
    store::{self as sql, New, Texts},
};
use crate::i18n::tl;

/// The job that looks whether a promise was kept.
pub(crate) const PROMISE: &str = "consultations.callback.promise";
/// The job that deletes a finished request.
pub(crate) const DISPOSE: &str = "consultations.callback.dispose";

/// What somebody asks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub(crate) town: String,
    pub(crate) texts: Texts,
    pub(crate) hours: Option<Hours>,
}

/// Why it was not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// Too many from one address.
    #[error("too many requests from one address")]
    TooMany,
    /// Nobody works for this town.
    #[error("no desk for this town")]
    NoDesk,
    /// The database.
    #[error(transparent)]
    Store(#[from] Error),
}

/// The desk to which a town's residents are led: its desk, otherwise the municipality itself.
fn desk_for(tx: &mut Tx, town: &str) -> Result<OrganisationId, Refusal> {
    let desks = areas::store::desks_of(tx, town)?;
    if let Some(desk) = desks.iter().find(|d| d.kind == "desk").or(desks.first()) {
        return Ok(desk.id);
    }
    areas::store::municipality(tx, town)?
        .and_then(|m| m.organisation)
        .ok_or(Refusal::NoDesk)
}

/// Takes a request and says by when the desk calls. From the public page it is written by the program, because a visitor may
/// write nothing; from paper by the person at the desk.
pub(crate) async fn ask(cx: &Ctx, request: Request, channel: Channel) -> Result<Time, Refusal> {
    let id: CallbackId = cx.env().id();
    let key = cx.db().key();
    let texts = request.texts.seal(key, id)?;
    let sender = (channel == Channel::Web)
        .then(|| key.mac("callback sender", cx.ip.to_string().as_bytes())[..16].to_vec());
    let viewer = match channel {
        Channel::Web => Viewer::system("a resident asks to be called back", cx.now),
        Channel::Paper => cx.viewer(),
    };
    let own = cx
        .me
        .as_ref()
        .map(|me| me.organisation)
        .filter(|_| channel == Channel::Paper);
    cx.db()
        .write(&viewer, move |tx| {
            let now = tx.now();
            if let Some(sender) = &sender
                && sql::recent(tx, sender, now.plus_secs(-3600))? >= MOST_PER_HOUR
            {
                return Err(Refusal::TooMany);
            }
            let desk = match own {
                Some(desk) => desk,
                None => desk_for(tx, &request.town)?,
            };
            let mut calendar = BusinessCalendar::office();
            for (day, name) in
                areas::store::closed_days(tx, desk, now.date_jst(), now.plus_days(40).date_jst())?
            {
                calendar.close(day, &name);
            }
            let promised_by = promise(&calendar, now);
            let new = New {
                id,
                desk,
                town: request.town.clone(),
                texts: texts.clone(),
                hours: request.hours.unwrap_or(Hours::Any),
                channel,
                sender: sender.clone(),
                promised_by,
                fictional: false,
            };
            sql::add(tx, &new)?;
            tx.enqueue(NewJob {
                kind: PROMISE,
                key: format!("callback-promise:{id}"),
                payload: id.to_string(),
                run_at: promised_by.plus_secs(1),
            })?;
            tx.audit(
                Audit::new("consultations.callback.ask", "callback_request")
                    .id(id.uuid())
                    .subject(desk.uuid())
                    .field("channel", None::<String>, Some(channel.code())),
            )?;
            tx.changed("callback_request", id.uuid(), Some(desk))?;
            Ok(promised_by)
        })
        .await
}

/// Stamps a request as called. `false` when somebody else did before.
pub(crate) async fn done(
    cx: &Ctx,
    id: CallbackId,
    outcome: Outcome,
    seen: i64,
) -> web::Result<bool> {
    let me = cx.require_me()?;
    let (by, name, desk) = (me.account, me.name.clone(), me.organisation);
    let done = cx
        .db()
        .write::<_, Error>(&cx.viewer(), move |tx| {
            let proof = sql::editable(tx, id)?;
            if !sql::done(tx, proof, outcome, (Some(by), &name), seen)? {
                return Ok(false);
            }
            let run_at = tx.now().plus_days(KEPT_DAYS + 1);
            tx.enqueue(NewJob {
                kind: DISPOSE,
                key: format!("callback-dispose:{id}"),
                payload: id.to_string(),
                run_at,
            })?;
            tx.audit(
                Audit::new("consultations.callback.done", "callback_request")
                    .id(id.uuid())
                    .subject(desk.uuid())
                    .field("outcome", None::<String>, Some(outcome.code())),
            )?;
            tx.changed("callback_request", id.uuid(), Some(desk))?;
            Ok(true)
        })
        .await?;
    Ok(done)
}

fn id_of(job: &JobContext) -> Result<CallbackId, String> {
    job.payload.parse().map_err(|_| "no id".to_owned())
}

/// A promise that was not kept: marked, and everybody at the desk gets a mail without a name or number.
pub(crate) async fn escalate(job: JobContext) -> Result<(), String> {
    let id = id_of(&job)?;
    let viewer = Viewer::system("a promise to call back was not kept", job.now);
    let mails: Vec<Uuid> = (0..30).map(|_| job.db.env().uuid()).collect();
    job.db
        .write::<_, Error>(&viewer, move |tx| {
            let Some(desk) = sql::desk_of(tx, id)? else {
                return Ok(());
            };
            if !sql::escalate(tx, id)? {
                return Ok(());
            }
            for (mail, (to, lang)) in mails.iter().zip(identity::addresses_of(tx, desk)?) {
                let lang = if lang == "en" {
                    kernel::Lang::En
                } else {
                    kernel::Lang::Ja
                };
                web::mail::send(
                    tx,
                    &web::mail::Mail {
                        id: *mail,
                        to,
                        subject: tl!(lang, "callback-mail-subject"),
                        body: tl!(lang, "callback-mail-body"),
                    },
                )?;
            }
            tx.audit(
                Audit::new("consultations.callback.late", "callback_request")
                    .id(id.uuid())
                    .subject(desk.uuid()),
            )?;
            tx.changed("callback_request", id.uuid(), Some(desk))
        })
        .await
        .map_err(|error| error.to_string())
}

/// A finished request after its time: deleted whole.
pub(crate) async fn dispose(job: JobContext) -> Result<(), String> {
    let id = id_of(&job)?;
    let viewer = Viewer::system("a finished request to be called back is deleted", job.now);
    job.db
        .write::<_, Error>(&viewer, move |tx| {
            let Some(desk) = sql::desk_of(tx, id)? else {
                return Ok(());
            };
            if sql::dispose(tx, id)? {
                tx.audit(
                    Audit::new("consultations.callback.dispose", "callback_request")
                        .id(id.uuid())
                        .subject(desk.uuid()),
                )?;
                tx.changed("callback_request", id.uuid(), Some(desk))?;
            }
            Ok(())
        })
        .await
        .map_err(|error| error.to_string())
}
