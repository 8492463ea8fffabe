//! Invented calls: two years for the demo, any number for measuring. Every record is marked 架空.

mod more;
pub mod shape;

use std::collections::BTreeMap;

use kernel::{AccountId, Date, Env, OrganisationId, Time};
use store::{Audit, Db, Error, InstallationKey, Result, Stamp, Viewer};

use crate::{
    model::{ConsultationId, Hashes, NewConsultation, Origin, State, Unmet},
    sealed::Texts,
    store::write,
    tables::count::{self, Facts},
};
use shape::Call;

store::statements! {
    pub THERE = "SELECT COUNT(*) FROM consultation WHERE tenant = :desk AND origin = 'demo'";
    pub HISTORY = "INSERT INTO consultation_event (id, consultation, tenant, at, account, organisation, what, detail, note,
        version) VALUES (:id, :consultation, :desk, :at, :account, :desk, :what, :detail, NULL, 1)";
}

/// People by thousands: a measure for how many calls a town makes, no statistic.
const PEOPLE_BY_TOWN: &[(&str, u64)] = &[
    ("142069", 186),
    ("143821", 11),
    ("143839", 7),
    ("143847", 23),
    ("142174", 40),
    ("143618", 9),
    ("143626", 17),
    ("143634", 11),
    ("143642", 9),
    ("143669", 19),
];
/// Records in one write.
const AT_ONCE: usize = 80;

/// A desk for which calls are invented.
struct Desk {
    id: OrganisationId,
    towns: Vec<(String, u64)>,
    taker: Option<AccountId>,
}

/// Two years of invented calls, up to yesterday, for each desk of a demo. Says how many; none when they are there.
///
/// # Errors
/// What the database says.
pub async fn load(db: &Db) -> Result<usize> {
    if db.stamp().await? != Some(Stamp::Demo) {
        return Ok(0);
    }
    let now = db.env().now();
    let last = now.plus_days(-1).date_jst();
    let first = now.plus_days(-731).date_jst();
    let mut all = 0;
    for (seed, desk) in (1_u64..).zip(desks(db).await?) {
        let viewer = Viewer::system("invented consultations", now);
        let id = desk.id;
        let there: i64 = db
            .read::<_, Error>(&viewer, move |c| {
                c.one(&THERE, store::params! {"desk" => id}, |r| r.get(0))
            })
            .await?;
        if there == 0 {
            // A desk with a town of 186 thousand and one with six small ones are called about as often.
            let calls = shape::calls(seed, &desk.towns, (first, last), 38);
            all += calls.len();
            write_all(db, &desk, calls, true).await?;
            more::load(db, &desk, seed == 1).await?;
        }
    }
    Ok(all)
}

/// So many invented calls of the last years, spread over the desks, for measuring.
///
/// # Errors
/// [`Error::NotFound`] without a desk; otherwise what the database says.
pub async fn load_bench(db: &Db, count: usize) -> Result<usize> {
    let now = db.env().now();
    let last = now.plus_days(-1).date_jst();
    let first = now.plus_days(-3 * 365).date_jst();
    let desks = desks(db).await?;
    if desks.is_empty() {
        return Err(Error::NotFound);
    }
    // Thirty-six months.
    let each = count.div_ceil(desks.len());
    let per_month = u64::try_from(each.div_ceil(34)).unwrap_or(1);
    let mut all = 0;
    for (seed, desk) in (101_u64..).zip(desks) {
        let mut calls = shape::calls(seed, &desk.towns, (first, last), per_month);
        calls.truncate(each);
        all += calls.len();
        write_all(db, &desk, calls, false).await?;
    }
    Ok(all)
}

async fn desks(db: &Db) -> Result<Vec<Desk>> {
    let viewer = Viewer::system("invented consultations", db.env().now());
    db.read(&viewer, |conn| {
        let weights: BTreeMap<&str, u64> = PEOPLE_BY_TOWN.iter().copied().collect();
        let mut out = Vec::new();
        for desk in areas::store::organisations(conn)?
            .into_iter()
            .filter(|o| o.kind == "desk")
        {
            let towns: Vec<(String, u64)> = areas::store::acts_for(conn, desk.id)?
                .into_iter()
                .filter_map(|o| o.municipality)
                .map(|code| (weights.get(code.as_str()).copied().unwrap_or(10), code))
                .map(|(weight, code)| (code, weight))
                .collect();
            let taker = identity::accounts_of(conn, desk.id)?.into_iter().next();
            if !towns.is_empty() {
                out.push(Desk {
                    id: desk.id,
                    towns,
                    taker,
                });
            }
        }
        Ok(out)
    })
    .await
}

async fn write_all(db: &Db, desk: &Desk, calls: Vec<Call>, with_history: bool) -> Result<()> {
    let env = db.env();
    let key = db.key().clone();
    let today = env.now().date_jst();
    for stretch in calls.chunks(AT_ONCE) {
        let mut list = Vec::with_capacity(stretch.len());
        for call in stretch {
            list.push(made(&key, env, desk, call, today)?);
        }
        let events: Vec<(crate::model::EventId, crate::model::EventId)> =
            list.iter().map(|_| (env.id(), env.id())).collect();
        let (id, taker) = (desk.id, desk.taker);
        let viewer = Viewer::system("invented consultations", env.now());
        db.write::<_, Error>(&viewer, move |tx| {
            let mut facts = Vec::with_capacity(list.len());
            for ((new, unmet), (taken, closed)) in list.iter().zip(&events) {
                write::add(tx, new)?;
                if let Some(need) = unmet {
                    write::add_unmet(tx, id, need, taker)?;
                }
                if with_history {
                    let mut line = |event: &crate::model::EventId, at: Time, what: &str, detail: &str| {
                        let params = store::params! {
                            "id" => event, "consultation" => new.id, "desk" => id, "at" => at, "account" => taker,
                            "what" => what, "detail" => detail,
                        };
                        tx.exec(&HISTORY, params)
                    };
                    line(taken, new.received_at, "taken", "open")?;
                    if let Some(at) = new.closed_at {
                        line(closed, at, "closed", "closed")?;
                    }
                }
                facts.push((new.id, Facts::of(&new.fields, &new.received_at.date_jst().to_string())));
            }
            count::count_new(tx, id, &facts)?;
            tx.audit(Audit {
                action: "consultations.demo",
                table: "consultation",
                subject: Some(id.uuid()),
                ..Audit::default()
            })
        })
        .await?;
    }
    Ok(())
}

fn made(
    key: &InstallationKey,
    env: &Env,
    desk: &Desk,
    call: &Call,
    today: Date,
) -> Result<(NewConsultation, Option<Unmet>)> {
    let id: ConsultationId = env.id();
    let received_at = Time::from_jst_date(call.day).plus_secs(call.second);
    let texts = Texts {
        asked: call.asked.to_owned(),
        answer: call.answer.to_owned(),
        person: call.person.clone(),
        ..Texts::default()
    };
    let state = match (call.closed, call.fields.follow_up_on) {
        (true, _) => State::Closed,
        (false, Some(day)) if day >= today => State::Waiting,
        (false, _) => State::Open,
    };
    let closed_at = call.closed.then(|| {
        received_at
            .plus_days(call.days_to_close)
            .plus_secs(call.fields.minutes * 60)
    });
    let unmet = call.unmet.as_ref().map(|(service, why)| Unmet {
        id: env.id(),
        consultation: Some(id),
        municipality: call.fields.municipality.clone(),
        place: String::new(),
        service: service.clone(),
        why: why.clone(),
        at: received_at,
        fictional: true,
        version: 1,
    });
    let new = NewConsultation {
        id,
        desk: desk.id,
        fields: call.fields.clone(),
        texts: texts.seal(key, id)?,
        hashes: Hashes::of(key, desk.id, &texts),
        received_at,
        state,
        closed_at,
        taken_by: desk.taker,
        origin: Origin::Demo,
        batch: None,
        fictional: true,
    };
    Ok((new, unmet))
}
