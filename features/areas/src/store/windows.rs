//! Statements about windows (contacts) and closed days.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Date, OrganisationId, Time};
use store::{Conn, Result, Row, Tx};

use crate::{
    hours::Hours,
    model::{Audience, Contact, ContactId, Names, Texts},
};

macro_rules! contact_select {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.municipality, m.name_ja, m.name_en, c.audience, c.owner, w.name, w.name_en, ",
            "c.window_ja, c.window_en, c.phone, c.fax, c.days, c.opens, c.closes, c.hours_note_ja, c.hours_note_en, ",
            "c.outside_ja, c.outside_en, c.url, c.verified_on, v.name, v.name_en, e.id, e.name, e.name_en, ",
            "c.source, c.saved_at, c.version ",
            "FROM contact c JOIN municipality m ON m.code = c.municipality JOIN organisation w ON w.id = c.owner ",
            "LEFT JOIN organisation v ON v.id = c.verified_by LEFT JOIN organisation e ON e.id = c.entered_by ",
            $rest
        )
    };
}

store::statements! {
    pub CONTACT_FOR = contact_select!("WHERE c.municipality = :code AND c.audience = :audience");
    pub CONTACTS_OF = contact_select!("WHERE c.municipality = :code ORDER BY c.audience DESC");
    pub CONTACTS_OF_AREA = contact_select!("WHERE m.in_area = 1 ORDER BY m.sort, c.audience DESC");
    pub CONTACT_EDITABLE = contact_select!(
        "WHERE c.id = :id AND (c.owner = :organisation OR EXISTS (
           SELECT 1 FROM acting_for a JOIN organisation t ON t.id = a.municipality_org
           WHERE a.organisation = :organisation AND a.municipality_org = :acting AND t.municipality = c.municipality))"
    );
    pub CONTACTS_MINE = contact_select!(
        "WHERE c.owner = :organisation OR EXISTS (
           SELECT 1 FROM acting_for a JOIN organisation t ON t.id = a.municipality_org
           WHERE a.organisation = :organisation AND t.municipality = c.municipality)
         ORDER BY m.sort, c.audience DESC"
    );
    pub CONTACT_SAVE = "UPDATE contact SET window_ja = :window_ja, window_en = :window_en, phone = :phone, fax = :fax,
        days = :days, opens = :opens, closes = :closes, hours_note_ja = :hours_note_ja,
        hours_note_en = :hours_note_en, outside_ja = :outside_ja, outside_en = :outside_en, url = :url,
        verified_on = :today, verified_by = :by, entered_by = :by, saved_at = :now, version = version + 1
        WHERE id = :id AND version = :version";
    pub CONTACT_VERIFY = "UPDATE contact SET verified_on = :today, verified_by = :by, version = version + 1
        WHERE id = :id AND version = :version";
    pub CONTACTS_WAITING = "SELECT c.id, m.name_ja, m.name_en, c.audience, c.phone, c.verified_on
        FROM contact c JOIN municipality m ON m.code = c.municipality
        WHERE (c.owner = :organisation OR EXISTS (
           SELECT 1 FROM acting_for a JOIN organisation t ON t.id = a.municipality_org
           WHERE a.organisation = :organisation AND a.municipality_org = :acting AND t.municipality = c.municipality))
          AND (c.phone IS NULL OR c.verified_on IS NULL OR c.verified_on < :limit)
        ORDER BY m.sort, c.audience DESC";

    pub CLOSED_DAYS = "SELECT day, name FROM closed_day
        WHERE organisation = :organisation AND day >= :first AND day <= :last ORDER BY day";
    pub CLOSED_DAY_ADD = "INSERT INTO closed_day (organisation, day, name) VALUES (:organisation, :day, :name)
        ON CONFLICT (organisation, day) DO UPDATE SET name = excluded.name";
    pub CLOSED_DAY_REMOVE = "DELETE FROM closed_day WHERE organisation = :organisation AND day = :day";
}
/// The window of a municipality for one kind of reader.
///
/// # Errors
/// When the database fails.
pub fn contact_for(conn: &mut Conn, code: &str, audience: Audience) -> Result<Option<Contact>> {
    conn.opt(
        &CONTACT_FOR,
        store::params! {"code" => code, "audience" => audience.code()},
        contact_row,
    )
}

/// Both windows of a municipality, the residents' first.
///
/// # Errors
/// When the database fails.
pub fn contacts_of(conn: &mut Conn, code: &str) -> Result<Vec<Contact>> {
    conn.all(&CONTACTS_OF, store::params! {"code" => code}, contact_row)
}

/// All windows of the area's municipalities in their order, the residents' first.
///
/// # Errors
/// When the database fails.
pub fn contacts_of_area(conn: &mut Conn) -> Result<Vec<Contact>> {
    conn.all(&CONTACTS_OF_AREA, store::params! {}, contact_row)
}

/// A window, if this office may write it right now. "Not there" and "not yours" are the same answer.
pub(crate) fn contact_editable(
    conn: &mut Conn,
    id: ContactId,
    organisation: OrganisationId,
    acting: Option<OrganisationId>,
) -> Result<Option<Contact>> {
    let params = store::params! {"id" => id, "organisation" => organisation, "acting" => acting};
    conn.opt(&CONTACT_EDITABLE, params, contact_row)
}

/// The windows this office answers for, and those of the municipalities it may act for.
pub(crate) fn contacts_mine(conn: &mut Conn, organisation: OrganisationId) -> Result<Vec<Contact>> {
    conn.all(
        &CONTACTS_MINE,
        store::params! {"organisation" => organisation},
        contact_row,
    )
}

/// Writes the texts of a window and renews its 確認日. `false` when somebody else was faster.
pub(crate) fn save_contact(
    tx: &mut Tx,
    id: ContactId,
    version: i64,
    texts: &Texts,
    by: OrganisationId,
    (now, today): (Time, Date),
) -> Result<bool> {
    let hours = texts.hours.as_ref();
    let rows = tx.exec(
        &CONTACT_SAVE,
        store::params! {
            "id" => id,
            "version" => version,
            "window_ja" => texts.window_ja.as_deref(),
            "window_en" => texts.window_en.as_deref(),
            "phone" => texts.phone.as_deref(),
            "fax" => texts.fax.as_deref(),
            "days" => hours.map(|h| h.days.as_str()),
            "opens" => hours.map(|h| h.opens),
            "closes" => hours.map(|h| h.closes),
            "hours_note_ja" => texts.hours_note_ja.as_deref(),
            "hours_note_en" => texts.hours_note_en.as_deref(),
            "outside_ja" => texts.outside_ja.as_deref(),
            "outside_en" => texts.outside_en.as_deref(),
            "url" => texts.url.as_deref(),
            "today" => today,
            "by" => by,
            "now" => now,
        },
    )?;
    Ok(rows == 1)
}

/// Renews the 確認日 of a window without touching its texts. `false` when somebody else was faster.
pub(crate) fn verify_contact(
    tx: &mut Tx,
    id: ContactId,
    version: i64,
    by: OrganisationId,
    today: Date,
) -> Result<bool> {
    let params = store::params! {"id" => id, "version" => version, "today" => today, "by" => by};
    Ok(tx.exec(&CONTACT_VERIFY, params)? == 1)
}

/// A window that waits for somebody: no telephone number, or not verified for a year.
pub(crate) struct Waits {
    pub(crate) id: ContactId,
    pub(crate) municipality: Names,
    pub(crate) audience: Audience,
    pub(crate) has_phone: bool,
    pub(crate) verified_on: Option<Date>,
}

/// The windows that wait for this office; `limit` is the oldest verification that still counts.
pub(crate) fn contacts_waiting(
    conn: &mut Conn,
    organisation: OrganisationId,
    acting: Option<OrganisationId>,
    limit: Date,
) -> Result<Vec<Waits>> {
    let params =
        store::params! {"organisation" => organisation, "acting" => acting, "limit" => limit};
    conn.all(&CONTACTS_WAITING, params, |r| {
        Ok(Waits {
            id: r.get(0)?,
            municipality: Names {
                ja: r.get(1)?,
                en: r.get(2)?,
            },
            audience: audience(&r.get::<String>(3)?),
            has_phone: r.get::<Option<String>>(4)?.is_some(),
            verified_on: r.get(5)?,
        })
    })
}

/// An organisation's own closed days from `first` to `last`, with their names.
///
/// # Errors
/// When the database fails.
pub fn closed_days(
    conn: &mut Conn,
    organisation: OrganisationId,
    first: Date,
    last: Date,
) -> Result<BTreeMap<Date, String>> {
    let params = store::params! {"organisation" => organisation, "first" => first, "last" => last};
    let rows = conn.all(&CLOSED_DAYS, params, |r| {
        Ok((r.get::<Date>(0)?, r.get::<String>(1)?))
    })?;
    Ok(rows.into_iter().collect())
}

/// The same as a set, for [`crate::hours::open_state`]: from today as far as it looks.
///
/// # Errors
/// When the database fails.
pub fn closed_ahead(
    conn: &mut Conn,
    organisation: OrganisationId,
    now: Time,
) -> Result<BTreeSet<Date>> {
    let last = now.plus_days(crate::hours::LOOK_AHEAD_DAYS + 1).date_jst();
    Ok(closed_days(conn, organisation, now.date_jst(), last)?
        .into_keys()
        .collect())
}

/// Adds or renames one closed day.
pub(crate) fn add_closed_day(
    tx: &mut Tx,
    organisation: OrganisationId,
    day: Date,
    name: &str,
) -> Result<()> {
    tx.exec(
        &CLOSED_DAY_ADD,
        store::params! {"organisation" => organisation, "day" => day, "name" => name},
    )?;
    Ok(())
}

/// Removes one closed day; `false` when it was not there.
pub(crate) fn remove_closed_day(
    tx: &mut Tx,
    organisation: OrganisationId,
    day: Date,
) -> Result<bool> {
    Ok(tx.exec(
        &CLOSED_DAY_REMOVE,
        store::params! {"organisation" => organisation, "day" => day},
    )? == 1)
}

fn contact_row(r: &Row) -> Result<Contact> {
    let owner: OrganisationId = r.get(5)?;
    let entered_by: Option<OrganisationId> = r.get(23)?;
    Ok(Contact {
        id: r.get(0)?,
        municipality: r.get(1)?,
        municipality_name: Names {
            ja: r.get(2)?,
            en: r.get(3)?,
        },
        audience: audience(&r.get::<String>(4)?),
        owner,
        owner_name: Names {
            ja: r.get(6)?,
            en: r.get(7)?,
        },
        texts: Texts {
            window_ja: r.get(8)?,
            window_en: r.get(9)?,
            phone: r.get(10)?,
            fax: r.get(11)?,
            hours: hours(r.get(12)?, r.get(13)?, r.get(14)?),
            hours_note_ja: r.get(15)?,
            hours_note_en: r.get(16)?,
            outside_ja: r.get(17)?,
            outside_en: r.get(18)?,
            url: r.get(19)?,
        },
        verified_on: r.get(20)?,
        verified_by: names_opt(r, 21)?,
        on_behalf: if entered_by.is_some_and(|id| id != owner) {
            names_opt(r, 24)?
        } else {
            None
        },
        source: r.get(26)?,
        saved_at: r.get(27)?,
        version: r.get(28)?,
    })
}

fn names_opt(r: &Row, at: usize) -> Result<Option<Names>> {
    let ja: Option<String> = r.get(at)?;
    let en: Option<String> = r.get(at + 1)?;
    Ok(ja.map(|ja| Names {
        ja,
        en: en.unwrap_or_default(),
    }))
}

fn hours(days: Option<String>, opens: Option<i64>, closes: Option<i64>) -> Option<Hours> {
    Some(Hours {
        days: days?,
        opens: opens?,
        closes: closes?,
    })
}

/// The check in the database allows only the two codes.
fn audience(code: &str) -> Audience {
    Audience::from_code(code).unwrap_or_default()
}
