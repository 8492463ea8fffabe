//! Every statement that reads consultations, and functions named by what they are for. Writing: [`write`].

pub mod write;

use kernel::{AccountId, Date, OrganisationId, Time};
use store::{Conn, Editable, Error, Result, Row, Tx};

use crate::{
    codes,
    model::{Consultation, ConsultationId, Event, Fields, Lane, Referral, State, Unmet, UnmetId},
};

/// The columns of a record, in the order that [`read`] takes; `c` is a row of `visible_consultation`.
#[macro_export]
macro_rules! consultation_select {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.tenant, c.municipality, c.lane, c.channel, c.caller, c.caller_provider, c.age_band, c.care_level, ",
            "c.living, c.categories, c.scenes, c.treatments, c.responses, c.urgency, c.legal_basis, c.minutes, c.result, ",
            "c.need_met, c.area_issue, c.follow_up_on, c.texts, c.received_at, c.state, c.saved_at, c.changed_at, c.closed_at, ",
            "c.reopened, c.taken_by, c.taken_name, c.held_by, c.held_name, c.receiver, c.receiver_name, c.origin, ",
            "c.disposed_at, c.fictional, c.version, c.side FROM visible_consultation c ",
            $rest
        )
    };
}

store::statements! {
    pub CONSULTATION = consultation_select!("WHERE c.id = :id");
    pub EDITABLE = "SELECT id, level FROM visible_consultation WHERE id = :id";
    pub LIST = consultation_select!(
        "WHERE c.tenant = :desk
        AND (c.received_at, c.id) < (:before, :before_id)
        AND c.received_at >= :from AND c.received_at < :until
        AND (:municipality = '' OR c.municipality = :municipality) AND (:lane = '' OR c.lane = :lane)
        AND ((:state = '' AND c.state <> 'draft') OR c.state = :state)
        AND (:caller = '' OR c.caller = :caller) AND (:categories = 0 OR (c.category_mask & :categories) <> 0)
        AND (CAST(:taker AS BLOB) IS NULL OR c.taken_by = :taker)
        ORDER BY c.received_at DESC, c.id DESC LIMIT :count"
    );
    // Records that are worked on are few: `state <> 'closed'` is said for the index that holds only those.
    pub LIST_WORKING = consultation_select!(
        "WHERE c.tenant = :desk
        AND (c.received_at, c.id) < (:before, :before_id)
        AND c.received_at >= :from AND c.received_at < :until
        AND (:municipality = '' OR c.municipality = :municipality) AND (:lane = '' OR c.lane = :lane)
        AND c.state = :state AND c.state <> 'closed'
        AND (:caller = '' OR c.caller = :caller) AND (:categories = 0 OR (c.category_mask & :categories) <> 0)
        AND (CAST(:taker AS BLOB) IS NULL OR c.taken_by = :taker)
        ORDER BY c.received_at DESC, c.id DESC LIMIT :count"
    );
    pub DRAFTS = consultation_select!(
        "WHERE c.tenant = :desk AND c.state = 'draft' AND c.state <> 'closed'
        ORDER BY c.received_at DESC, c.id DESC LIMIT :count"
    );
    pub LAST = consultation_select!("WHERE c.tenant = :desk AND c.taken_by = :account AND c.received_at >= :since
        AND c.state <> 'draft' ORDER BY c.received_at DESC, c.id DESC LIMIT 1");
    pub EVENTS = "SELECT id, at, name, what, detail, note FROM visible_consultation_event
        WHERE consultation = :consultation ORDER BY at DESC, id DESC LIMIT 500";
    pub REFERRALS = "SELECT id, provider, name, kind, answer, at FROM visible_consultation_referral
        WHERE consultation = :consultation AND undone_at IS NULL ORDER BY at, id LIMIT 100";
    pub UNMET_OF = "SELECT id, consultation, municipality, place, service, why, at, fictional, version FROM visible_unmet_need
        WHERE consultation = :consultation AND undone_at IS NULL ORDER BY at, id LIMIT 100";
    pub UNMET = "SELECT id, consultation, municipality, place, service, why, at, fictional, version FROM visible_unmet_need
        WHERE tenant = :desk AND undone_at IS NULL AND (:municipality = '' OR municipality = :municipality)
        AND (:service = '' OR service = :service) ORDER BY at DESC, id DESC LIMIT :count";
    pub UNMET_EDITABLE = "SELECT id, level FROM visible_unmet_need WHERE id = :id";
}

/// Reads a row of [`consultation_select!`].
///
/// # Errors
/// [`Error::Corrupt`] for a word that is not one of the lists.
pub fn read(row: &Row<'_>) -> Result<Consultation> {
    let bad = |column: &str| Error::Corrupt {
        table: "consultation".to_owned(),
        column: column.to_owned(),
        row: String::new(),
    };
    let set = |index| row.get::<String>(index).map(|s| codes::split(&s));
    let day = row.get::<Option<Date>>(20)?;
    Ok(Consultation {
        id: row.get(0)?,
        desk: row.get(1)?,
        fields: Fields {
            municipality: row.get(2)?,
            lane: Lane::from_code(&row.get::<String>(3)?).ok_or_else(|| bad("lane"))?,
            channel: row.get(4)?,
            caller: row.get(5)?,
            caller_provider: row.get(6)?,
            age_band: row.get(7)?,
            care_level: row.get(8)?,
            living: row.get(9)?,
            categories: set(10)?,
            scenes: set(11)?,
            treatments: set(12)?,
            responses: set(13)?,
            urgency: row.get(14)?,
            legal_basis: row.get(15)?,
            minutes: row.get(16)?,
            result: row.get(17)?,
            need_met: row.get(18)?,
            area_issue: row.get(19)?,
            follow_up_on: day,
        },
        sealed: row.get(21)?,
        received_at: row.get(22)?,
        state: State::from_code(&row.get::<String>(23)?).ok_or_else(|| bad("state"))?,
        saved_at: row.get(24)?,
        changed_at: row.get(25)?,
        closed_at: row.get(26)?,
        reopened: row.get(27)?,
        taken_by: row.get(28)?,
        taken_name: row.get(29)?,
        held_by: row.get(30)?,
        held_name: row.get(31)?,
        receiver: row.get(32)?,
        receiver_name: row.get(33)?,
        origin: row.get(34)?,
        disposed_at: row.get(35)?,
        fictional: row.get(36)?,
        version: row.get(37)?,
        own: row.get::<String>(38)? == "desk",
    })
}

/// One record that this viewer may see.
///
/// # Errors
/// [`Error::NotFound`], or what the engine says.
pub fn get(conn: &mut Conn, id: ConsultationId) -> Result<Consultation> {
    conn.opt(&CONSULTATION, store::params! {"id" => id}, read)?
        .ok_or(Error::NotFound)
}

/// Proof that this viewer may change the record.
///
/// # Errors
/// [`Error::NotFound`] when it is not there, not seen or read-only.
pub fn editable(tx: &mut Tx, id: ConsultationId) -> Result<Editable<ConsultationId>> {
    store::token::editable(tx, &EDITABLE, store::params! {"id" => id})?.ok_or(Error::NotFound)
}

/// Which records of a desk are listed. Empty and `None`: all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// 団体コード.
    pub municipality: String,
    /// Lane.
    pub lane: Option<Lane>,
    /// State; `None` is every saved one.
    pub state: Option<State>,
    /// [`codes::List::Caller`].
    pub caller: String,
    /// Any of these [`codes::List::Category`].
    pub categories: Vec<String>,
    /// Who took it.
    pub taker: Option<AccountId>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// Where a page of a list begins: after this record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    /// Its time.
    pub received_at: Time,
    /// Its id.
    pub id: ConsultationId,
}

/// A page of a desk's records, newest first.
///
/// # Errors
/// What the engine says.
pub fn list(
    conn: &mut Conn,
    desk: OrganisationId,
    filter: &Filter,
    after: Option<After>,
    count: i64,
) -> Result<Vec<Consultation>> {
    let (before, before_id) = after.map_or((Time(i64::MAX), kernel::Uuid::max()), |a| {
        (a.received_at, a.id.uuid())
    });
    let from = filter.from.map_or(Time(i64::MIN), Time::from_jst_date);
    let until = filter
        .to
        .map_or(Time(i64::MAX), |d| Time::from_jst_date(d).plus_days(1));
    let params = store::params! {
        "desk" => desk, "before" => before, "before_id" => before_id, "from" => from, "until" => until,
        "municipality" => filter.municipality, "lane" => filter.lane.map_or("", Lane::code),
        "state" => filter.state.map_or("", State::code), "caller" => filter.caller,
        "categories" => codes::List::Category.mask(&filter.categories), "taker" => filter.taker, "count" => count,
    };
    let working = matches!(
        filter.state,
        Some(State::Draft | State::Open | State::Waiting | State::HandedOver)
    );
    conn.all(if working { &LIST_WORKING } else { &LIST }, params, read)
}

/// What this account has typed and not yet saved, newest first.
///
/// # Errors
/// What the engine says.
pub fn drafts(
    conn: &mut Conn,
    desk: OrganisationId,
    account: AccountId,
    count: i64,
) -> Result<Vec<Consultation>> {
    // The few drafts of a desk are read by state; whose they are is told here.
    let all = conn.all(
        &DRAFTS,
        store::params! {"desk" => desk, "count" => 200_i64},
        read,
    )?;
    let mine = all.into_iter().filter(|c| c.taken_by == Some(account));
    Ok(mine
        .take(usize::try_from(count).unwrap_or_default())
        .collect())
}

/// The last call that this account saved since a moment, to remember municipality and caller from.
///
/// # Errors
/// What the engine says.
pub fn last(
    conn: &mut Conn,
    desk: OrganisationId,
    account: AccountId,
    since: Time,
) -> Result<Option<Consultation>> {
    conn.opt(
        &LAST,
        store::params! {"desk" => desk, "account" => account, "since" => since},
        read,
    )
}

/// The history of a record, newest first.
///
/// # Errors
/// What the engine says.
pub fn events(conn: &mut Conn, id: ConsultationId) -> Result<Vec<Event>> {
    conn.all(&EVENTS, store::params! {"consultation" => id}, |row| {
        Ok(Event {
            id: row.get(0)?,
            at: row.get(1)?,
            name: row.get(2)?,
            what: row.get(3)?,
            detail: row.get(4)?,
            note: row.get(5)?,
        })
    })
}

/// Providers named in this call.
///
/// # Errors
/// What the engine says.
pub fn referrals(conn: &mut Conn, id: ConsultationId) -> Result<Vec<Referral>> {
    conn.all(&REFERRALS, store::params! {"consultation" => id}, |row| {
        Ok(Referral {
            id: row.get(0)?,
            provider: row.get(1)?,
            name: row.get(2)?,
            kind: row.get(3)?,
            answer: row.get(4)?,
            at: row.get(5)?,
        })
    })
}

fn unmet_row(row: &Row<'_>) -> Result<Unmet> {
    Ok(Unmet {
        id: row.get(0)?,
        consultation: row.get(1)?,
        municipality: row.get(2)?,
        place: row.get(3)?,
        service: row.get(4)?,
        why: row.get(5)?,
        at: row.get(6)?,
        fictional: row.get(7)?,
        version: row.get(8)?,
    })
}

/// Needs of this call that nothing met.
///
/// # Errors
/// What the engine says.
pub fn unmet_of(conn: &mut Conn, id: ConsultationId) -> Result<Vec<Unmet>> {
    conn.all(&UNMET_OF, store::params! {"consultation" => id}, unmet_row)
}

/// Needs of a desk that nothing met, newest first; empty filters are all.
///
/// # Errors
/// What the engine says.
pub fn unmet(
    conn: &mut Conn,
    desk: OrganisationId,
    municipality: &str,
    service: &str,
    count: i64,
) -> Result<Vec<Unmet>> {
    let params = store::params! {"desk" => desk, "municipality" => municipality, "service" => service, "count" => count};
    conn.all(&UNMET, params, unmet_row)
}

/// Proof that this viewer may change the entry.
///
/// # Errors
/// [`Error::NotFound`] when it is not there, not seen or read-only.
pub fn unmet_editable(tx: &mut Tx, id: UnmetId) -> Result<Editable<UnmetId>> {
    store::token::editable(tx, &UNMET_EDITABLE, store::params! {"id" => id})?.ok_or(Error::NotFound)
}
