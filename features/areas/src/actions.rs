//! What people do here, one function per intention. Each is one write with its audit row and its notice of change.

use kernel::{Date, OrganisationId, Time};
use store::{Audit, Db, Error, FieldChange, Outcome, Result, Viewer};

use crate::{
    form::{ContactForm, Problem, Problems, free_text},
    model::{Contact, ContactId, Texts},
    rules::Standing,
    store as rows,
};

/// Longest run of closed days registered at once.
pub const MOST_CLOSED_DAYS: i32 = 60;

/// How saving a window ended.
#[derive(Clone, Debug)]
pub enum Saved {
    /// It is on disk; the new 確認日.
    Done(Date),
    /// Somebody else was faster: the window as it is now. Nothing was written.
    Conflict(Box<Contact>),
}

/// Writes the texts of a window, sets its 確認日 and who verified, and remembers who entered it.
///
/// `seen` is the version the writer saw, `stated` that a 12-digit number is no individual number (kept in the audit row).
///
/// # Errors
/// [`Error::NotFound`] when the window does not exist or this office may not write it: the two look the same.
pub async fn save_contact(
    db: &Db,
    viewer: &Viewer,
    who: Standing,
    id: ContactId,
    seen: i64,
    texts: Texts,
    stated: bool,
) -> Result<Saved> {
    db.write(viewer, move |tx| {
        let old = rows::contact_editable(tx, id, who.organisation, who.acting_for)?
            .ok_or(Error::NotFound)?;
        let (now, today) = (tx.now(), tx.now().date_jst());
        if old.version != seen
            || !rows::save_contact(tx, id, seen, &texts, who.organisation, (now, today))?
        {
            return Ok(Saved::Conflict(Box::new(old)));
        }
        let mut fields = changes(&old.texts, &texts);
        fields.push(verified(&old, today));
        if stated {
            fields.push(FieldChange {
                name: "stated_other_number",
                old: None,
                new: Some("yes".to_owned()),
            });
        }
        tx.audit(audit("areas.contact.save", &old, fields))?;
        tx.changed("areas.contact", id.uuid(), Some(old.owner))?;
        Ok(Saved::Done(today))
    })
    .await
}

/// Renews the 確認日 of a window: somebody looked, and nothing has changed.
///
/// # Errors
/// As [`save_contact`].
pub async fn verify_contact(
    db: &Db,
    viewer: &Viewer,
    who: Standing,
    id: ContactId,
    seen: i64,
) -> Result<Saved> {
    db.write(viewer, move |tx| {
        let old = rows::contact_editable(tx, id, who.organisation, who.acting_for)?
            .ok_or(Error::NotFound)?;
        let today = tx.now().date_jst();
        if old.version != seen || !rows::verify_contact(tx, id, seen, who.organisation, today)? {
            return Ok(Saved::Conflict(Box::new(old)));
        }
        tx.audit(audit(
            "areas.contact.verify",
            &old,
            vec![verified(&old, today)],
        ))?;
        tx.changed("areas.contact", id.uuid(), Some(old.owner))?;
        Ok(Saved::Done(today))
    })
    .await
}

fn audit(action: &'static str, contact: &Contact, fields: Vec<FieldChange>) -> Audit {
    Audit {
        action,
        table: "contact",
        id: Some(contact.id.uuid()),
        subject: Some(contact.owner.uuid()),
        fields,
        purpose: None,
        result: Outcome::Done,
    }
}

fn verified(old: &Contact, today: Date) -> FieldChange {
    FieldChange {
        name: "verified_on",
        old: old.verified_on.map(|day| day.to_string()),
        new: Some(today.to_string()),
    }
}

/// A text of a window by the name of its column, ready to print.
pub(crate) type TextField = (&'static str, Option<String>);

/// All texts of a window by the names of their columns, in the order of the form.
pub(crate) fn fields(texts: &Texts) -> [TextField; 12] {
    let hours = texts.hours.as_ref();
    [
        ("window_ja", texts.window_ja.clone()),
        ("window_en", texts.window_en.clone()),
        ("phone", texts.phone.clone()),
        ("fax", texts.fax.clone()),
        ("days", hours.map(|h| h.days.clone())),
        ("opens", hours.map(|h| crate::hours::format_minute(h.opens))),
        (
            "closes",
            hours.map(|h| crate::hours::format_minute(h.closes)),
        ),
        ("hours_note_ja", texts.hours_note_ja.clone()),
        ("hours_note_en", texts.hours_note_en.clone()),
        ("outside_ja", texts.outside_ja.clone()),
        ("outside_en", texts.outside_en.clone()),
        ("url", texts.url.clone()),
    ]
}

fn changes(old: &Texts, new: &Texts) -> Vec<FieldChange> {
    let pairs = fields(old).into_iter().zip(fields(new));
    pairs
        .filter(|((_, before), (_, after))| before != after)
        .map(|((name, old), (_, new))| FieldChange { name, old, new })
        .collect()
}

/// The form as typed against what is registered: the columns that differ, each with (registered, typed).
pub(crate) fn compare(
    registered: &Contact,
    typed: &ContactForm,
) -> Vec<(&'static str, String, String)> {
    let mine = typed.columns();
    let theirs = ContactForm::of(registered).columns();
    theirs
        .into_iter()
        .zip(mine)
        .filter(|((_, a), (_, b))| a != b)
        .map(|((name, a), (_, b))| (name, a, b))
        .collect()
}

/// Closed days as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct ClosedForm {
    /// First day, in any form people write dates.
    pub first: String,
    /// Last day; empty for a single day.
    pub last: String,
    /// Name of the occasion.
    pub name: String,
}

impl ClosedForm {
    /// The days and their name, or every problem found.
    ///
    /// # Errors
    /// All problems, each with its field.
    pub fn check(&self) -> Result<(Vec<Date>, String), Problems> {
        let mut found = Problems::new();
        let mut date = |field: &'static str, typed: &str| {
            let date = kernel::parse_date(typed.trim()).ok();
            if date.is_none() {
                found.push((
                    field,
                    if typed.trim().is_empty() {
                        Problem::Required
                    } else {
                        Problem::Date
                    },
                ));
            }
            date
        };
        let first = date("first", &self.first);
        let last = if self.last.trim().is_empty() {
            first
        } else {
            date("last", &self.last)
        };
        let name = free_text("name", &self.name, false, &mut found);
        if name.is_none() && self.name.trim().is_empty() {
            found.push(("name", Problem::Required));
        }
        let mut days = Vec::new();
        if let (Some(first), Some(last)) = (first, last) {
            let length = crate::rules::days_between(first, last);
            if (0..MOST_CLOSED_DAYS).contains(&length) {
                days = std::iter::successors(Some(first), |day| day.tomorrow().ok())
                    .take_while(|day| *day <= last)
                    .collect();
            } else {
                found.push(("last", Problem::Range));
            }
        }
        match name {
            Some(name) if found.is_empty() => Ok((days, name)),
            _ => Err(found),
        }
    }
}

/// Registers closed days of an office; days that are registered already take the new name.
///
/// # Errors
/// When the database fails.
pub async fn add_closed_days(
    db: &Db,
    viewer: &Viewer,
    organisation: OrganisationId,
    days: Vec<Date>,
    name: String,
) -> Result<()> {
    db.write(viewer, move |tx| {
        for day in &days {
            rows::add_closed_day(tx, organisation, *day, &name)?;
        }
        let list = days
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" ");
        tx.audit(closed_audit(
            "areas.closed_day.add",
            organisation,
            None,
            Some(list),
        ))?;
        tx.changed("areas.closed_day", organisation.uuid(), Some(organisation))
    })
    .await
}

/// Removes one closed day; `false` when it had been removed before.
///
/// # Errors
/// When the database fails.
pub async fn remove_closed_day(
    db: &Db,
    viewer: &Viewer,
    organisation: OrganisationId,
    day: Date,
) -> Result<bool> {
    db.write(viewer, move |tx| {
        if !rows::remove_closed_day(tx, organisation, day)? {
            return Ok(false);
        }
        tx.audit(closed_audit(
            "areas.closed_day.remove",
            organisation,
            Some(day.to_string()),
            None,
        ))?;
        tx.changed("areas.closed_day", organisation.uuid(), Some(organisation))?;
        Ok(true)
    })
    .await
}

fn closed_audit(
    action: &'static str,
    organisation: OrganisationId,
    old: Option<String>,
    new: Option<String>,
) -> Audit {
    Audit {
        action,
        table: "closed_day",
        id: None,
        subject: Some(organisation.uuid()),
        fields: vec![FieldChange {
            name: "day",
            old,
            new,
        }],
        purpose: None,
        result: Outcome::Done,
    }
}

/// The first and last day of a fiscal year (April to March).
#[must_use]
pub fn fiscal_days(year: i32) -> Option<(Date, Date)> {
    let year = i16::try_from(year).ok()?;
    let first = Date::new(year, 4, 1).ok()?;
    let last = Date::new(year.checked_add(1)?, 3, 31).ok()?;
    Some((first, last))
}

/// The oldest 確認日 that still counts, seen from `now`.
#[must_use]
pub fn oldest_good(now: Time) -> Date {
    now.plus_days(-i64::from(crate::rules::STALE_AFTER_DAYS))
        .date_jst()
}
