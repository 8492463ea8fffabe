//! Statements of an office's life.

use kernel::{Date, Time, Uuid};
use store::{Conn, Result, Tx};

use crate::model::{ProviderId, Status};

store::ids! {
    /// One line of a provider's history.
    pub EventId;
}

store::statements! {
    SET_STATUS = "UPDATE provider SET status = :status, status_on = :day, successor = :next, updated_at = :now,
        version = version + 1 WHERE id = :id AND version = :seen";
    ADD_EVENT = "INSERT INTO provider_history (id, provider, at, what, on_day, note, fields, by_name)
        VALUES (:id, :provider, :now, :what, :day, :note, :fields, :by)";
    LAST_EVENT = "SELECT id, what, fields FROM provider_history WHERE provider = :provider AND substr(fields, 1, 7) = :mark
        ORDER BY at DESC, id DESC LIMIT 1";
    SPEND = "UPDATE provider_history SET fields = '' WHERE id = :id";
    COPY = "INSERT INTO provider (id, edition, status, in_area, municipality, name, kana, name_en, name_key, postal, address,
        building, address_key, precision_code, phone, fax, url, corporation, corporation_number, kinds, note, source, source_date,
        verified_on, verified_by, fictional, updated_at, version)
        SELECT :id, 0, 'open', :in_area, :town, name, kana, name_en, name_key, '', :address, '', :key, 'none', :phone, fax, url,
        corporation, corporation_number, kinds, note, :by, :day, :day, :by, fictional, :now, 1 FROM provider WHERE id = :from";
    PLACE = "UPDATE provider SET lat = :lat, lon = :lon, precision_code = :precision WHERE id = :id";
    MARK_ENTERED = "INSERT INTO provider_field (provider, field, value, entered, source, verified_on, verified_by, updated_at)
        VALUES (:provider, :field, :value, 1, :by, :day, :by, :now)
        ON CONFLICT (provider, field) DO UPDATE SET value = excluded.value, entered = 1, source = excluded.source,
        verified_on = excluded.verified_on, verified_by = excluded.verified_by, updated_at = excluded.updated_at";
    PAIRS = "SELECT q.first, q.second, q.why, q.state, a.name, a.municipality, a.address, b.name, b.municipality, b.address,
        q.decided_by, q.decided_at FROM provider_pair q JOIN public_provider a ON a.id = q.first
        JOIN public_provider b ON b.id = q.second WHERE q.state = :state ORDER BY a.municipality, a.name, q.first LIMIT 300";
    PAIR_COUNTS = "SELECT q.state, COUNT(*) FROM provider_pair q JOIN public_provider a ON a.id = q.first
        JOIN public_provider b ON b.id = q.second GROUP BY q.state";
    PAIR = "SELECT why, state, decided_by, decided_at FROM provider_pair WHERE first = :first AND second = :second";
    DECIDE = "UPDATE provider_pair SET state = :state, decided_at = :now, decided_by = :by
        WHERE first = :first AND second = :second AND state = :seen";
    REOPEN = "UPDATE provider_pair SET state = 'open', decided_at = NULL, decided_by = '' WHERE first = :first AND second = :second
        AND state = :seen";
    PAIRS_OF = "SELECT CASE WHEN first = :id THEN second ELSE first END FROM provider_pair
        WHERE state = 'open' AND (first = :id OR second = :id)";
}

/// Changes where a record stands. False when somebody saved in between.
pub(crate) fn set_status(
    tx: &mut Tx,
    id: ProviderId,
    seen: i64,
    (status, day, next): (Status, Option<Date>, Option<ProviderId>),
) -> Result<bool> {
    let now = tx.now();
    let rows = tx.exec(
        &SET_STATUS,
        store::params! {"status" => status.code(), "day" => day, "next" => next, "now" => now, "id" => id, "seen" => seen},
    )?;
    Ok(rows == 1)
}

/// One line for the history.
pub(crate) struct Event<'a> {
    pub(crate) id: EventId,
    pub(crate) provider: ProviderId,
    pub(crate) what: &'a str,
    pub(crate) day: Option<Date>,
    pub(crate) note: &'a str,
    /// How to take it back; empty when it cannot be.
    pub(crate) fields: &'a str,
    pub(crate) by: &'a str,
}

pub(crate) fn add_event(tx: &mut Tx, event: &Event<'_>) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &ADD_EVENT,
        store::params! {"id" => event.id, "provider" => event.provider, "now" => now, "what" => event.what, "day" => event.day,
            "note" => event.note, "fields" => event.fields, "by" => event.by},
    )
    .map(|_| ())
}

/// The newest step that can be taken back: its id, what it was, how.
pub(crate) fn last_event(
    conn: &mut Conn,
    provider: ProviderId,
) -> Result<Option<(EventId, String, String)>> {
    conn.opt(
        &LAST_EVENT,
        store::params! {"provider" => provider, "mark" => "{\"life\""},
        |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)),
    )
}

/// A step that was taken back cannot be taken back again.
pub(crate) fn spend(tx: &mut Tx, event: EventId) -> Result<()> {
    tx.exec(&SPEND, store::params! {"id" => event}).map(|_| ())
}

/// A new address of an office.
#[derive(Clone, Debug)]
pub(crate) struct NewPlace {
    pub(crate) id: ProviderId,
    pub(crate) in_area: bool,
    pub(crate) town: String,
    pub(crate) address: String,
    pub(crate) phone: String,
    /// Latitude, longitude and how exact they are.
    pub(crate) spot: Option<(f64, f64, &'static str)>,
}

/// A record like another at a new address; what was typed counts as entered here.
pub(crate) fn copy(
    tx: &mut Tx,
    from: ProviderId,
    place: &NewPlace,
    (day, by): (Date, &str),
) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &COPY,
        store::params! {"id" => place.id, "in_area" => i64::from(place.in_area), "town" => place.town.as_str(),
            "address" => place.address.as_str(), "key" => crate::import::keys::address_key(&place.town, &place.address),
            "phone" => place.phone.as_str(), "by" => by, "day" => day, "now" => now, "from" => from},
    )?;
    if let Some((lat, lon, precision)) = place.spot {
        tx.exec(
            &PLACE,
            store::params! {"lat" => lat, "lon" => lon, "precision" => precision, "id" => place.id},
        )?;
    }
    for (field, value) in [("address", &place.address), ("phone", &place.phone)] {
        if !value.is_empty() {
            tx.exec(
                &MARK_ENTERED,
                store::params! {"provider" => place.id, "field" => field, "value" => value.as_str(), "by" => by, "day" => day, "now" => now},
            )?;
        }
    }
    Ok(())
}

/// Two records that may be one, as the list shows them.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) first: ProviderId,
    pub(crate) second: ProviderId,
    pub(crate) why: String,
    /// Name, municipality and address of both.
    pub(crate) sides: [[String; 3]; 2],
    pub(crate) decided_by: String,
    pub(crate) decided_at: Option<Time>,
}

pub(crate) fn pairs(conn: &mut Conn, state: &str) -> Result<Vec<Row>> {
    conn.all(&PAIRS, store::params! {"state" => state}, |r| {
        Ok(Row {
            first: r.get(0)?,
            second: r.get(1)?,
            why: r.get(2)?,
            sides: [
                [r.get(4)?, r.get(5)?, r.get(6)?],
                [r.get(7)?, r.get(8)?, r.get(9)?],
            ],
            decided_by: r.get(10)?,
            decided_at: r.get(11)?,
        })
    })
}

/// How many pairs are in each state.
pub(crate) fn pair_counts(conn: &mut Conn) -> Result<Vec<(String, i64)>> {
    conn.all(&PAIR_COUNTS, store::params! {}, |r| {
        Ok((r.get(0)?, r.get(1)?))
    })
}

/// A pair: why, its state, who decided and when.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) why: String,
    pub(crate) state: String,
    pub(crate) decided_by: String,
    pub(crate) decided_at: Option<Time>,
}

pub(crate) fn pair(conn: &mut Conn, first: ProviderId, second: ProviderId) -> Result<Option<Pair>> {
    conn.opt(
        &PAIR,
        store::params! {"first" => first, "second" => second},
        |r| {
            Ok(Pair {
                why: r.get(0)?,
                state: r.get(1)?,
                decided_by: r.get(2)?,
                decided_at: r.get(3)?,
            })
        },
    )
}

/// Remembers a decision. False when the pair is no longer in the state that was seen.
pub(crate) fn decide(
    tx: &mut Tx,
    (first, second): (ProviderId, ProviderId),
    (seen, state): (&str, &str),
    by: &str,
) -> Result<bool> {
    let now = tx.now();
    let rows = tx.exec(
        &DECIDE,
        store::params! {"state" => state, "now" => now, "by" => by, "first" => first, "second" => second, "seen" => seen},
    )?;
    Ok(rows == 1)
}

/// The question is open again, if it was decided so.
pub(crate) fn reopen(
    tx: &mut Tx,
    (first, second): (ProviderId, ProviderId),
    seen: &str,
) -> Result<()> {
    tx.exec(
        &REOPEN,
        store::params! {"first" => first, "second" => second, "seen" => seen},
    )
    .map(|_| ())
}

/// Records that may be the same office as this one.
pub(crate) fn pairs_of(conn: &mut Conn, id: ProviderId) -> Result<Vec<ProviderId>> {
    conn.all(&PAIRS_OF, store::params! {"id" => id}, |r| r.get(0))
}

/// The id of a row as text and back, for what the history keeps.
pub(crate) fn text_of(id: Uuid) -> String {
    id.simple().to_string()
}
