//! Rows as the types of rounds.

use forms::{Catalogue, Value};
use kernel::Date;
use store::{Error, Result, Row};

use super::super::model::{
    Approval, Aside, Attachment, Channel, Check, Decision, FieldDraft, Letter, Range, Reply, Round,
    RoundState, Side, State, Version, VersionState,
};

/// Reads a stored word.
fn word<T>(r: &Row, at: usize, from: fn(&str) -> Option<T>) -> Result<T> {
    let code: String = r.get(at)?;
    from(&code).ok_or_else(|| corrupt(at, code))
}

fn corrupt(at: usize, row: String) -> Error {
    Error::Corrupt {
        table: "survey_round".to_owned(),
        column: at.to_string(),
        row,
    }
}

/// A day, or nothing where the text is empty.
fn day(r: &Row, at: usize) -> Result<Option<Date>> {
    let text: String = r.get(at)?;
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| corrupt(at, text))
}

fn value(r: &Row, at: usize) -> Result<Value> {
    let text: String = r.get(at)?;
    Value::from_json(&text).map_err(|error| corrupt(at, error.to_string()))
}

pub(crate) fn round(r: &Row) -> Result<Round> {
    let catalogue: String = r.get(7)?;
    Ok(Round {
        id: r.get(0)?,
        asker: r.get(1)?,
        slug: r.get(2)?,
        title: r.get(3)?,
        title_en: r.get(4)?,
        fiscal_year: r.get(5)?,
        based_on: r.get(6)?,
        catalogue: Catalogue::from_json(&catalogue)
            .map_err(|error| corrupt(7, error.to_string()))?,
        letter: Letter {
            to: r.get(8)?,
            number: r.get(9)?,
            date: day(r, 10)?,
            body: r.get(11)?,
            contact: r.get(12)?,
            due: day(r, 13)?,
        },
        default_range: word(r, 14, Range::from_code)?,
        state: word(r, 15, RoundState::from_code)?,
        check_due: day(r, 16)?,
        survey: r.get(17)?,
        fictional: r.get(18)?,
        sent_at: r.get(19)?,
        published_at: r.get(20)?,
        version: r.get(21)?,
        side: word(r, 22, Side::from_code)?,
    })
}

pub(crate) fn reply(r: &Row) -> Result<Reply> {
    Ok(Reply {
        id: r.get(0)?,
        round: r.get(1)?,
        tenant: r.get(2)?,
        asker: r.get(3)?,
        code: r.get(4)?,
        name: r.get(5)?,
        sort: r.get(6)?,
        due: day(r, 7)?,
        state: word(r, 8, State::from_code)?,
        started_at: r.get(9)?,
        changed_at: r.get(10)?,
        submitted_at: r.get(11)?,
        late: r.get(12)?,
        reminded_at: r.get(13)?,
        reminders: r.get(14)?,
        versions: r.get(15)?,
        current: r.get(16)?,
        check: word(r, 17, Check::from_code)?,
        check_at: r.get(18)?,
        check_version: r.get(19)?,
        check_note: r.get(20)?,
        version: r.get(21)?,
        side: word(r, 22, Side::from_code)?,
    })
}

pub(crate) fn field(r: &Row) -> Result<FieldDraft> {
    Ok(FieldDraft {
        field: r.get(0)?,
        value: value(r, 1)?,
        range: word(r, 2, Range::from_code)?,
        channel: word(r, 3, Channel::from_code)?,
        saved_at: r.get(4)?,
        saved_by: r.get(5)?,
        saved_name: r.get(6)?,
        saved_office: r.get(7)?,
        version: r.get(8)?,
    })
}

pub(crate) fn aside(r: &Row) -> Result<Aside> {
    Ok(Aside {
        id: r.get(0)?,
        field: r.get(1)?,
        value: value(r, 2)?,
        saved_at: r.get(3)?,
        saved_name: r.get(4)?,
    })
}

pub(crate) fn version(r: &Row) -> Result<Version> {
    let answers: String = r.get(4)?;
    let approval: String = r.get(8)?;
    let approval = match approval.as_str() {
        "renkei" => Approval::Renkei {
            name: r.get(10)?,
            at: r.get(9)?,
        },
        "outside" => Approval::Outside(Decision {
            number: r.get(11)?,
            on: day(r, 12)?,
            post: r.get(13)?,
        }),
        _ => Approval::None,
    };
    Ok(Version {
        id: r.get(0)?,
        reply: r.get(1)?,
        tenant: r.get(2)?,
        number: r.get(3)?,
        answers: serde_json::from_str(&answers).map_err(|error| corrupt(4, error.to_string()))?,
        state: word(r, 5, VersionState::from_code)?,
        made_at: r.get(6)?,
        made_name: r.get(7)?,
        approval,
        submitted_at: r.get(14)?,
        late: r.get(15)?,
        note: r.get(16)?,
        decided_at: r.get(17)?,
        shared_at: r.get(18)?,
        side: word(r, 19, Side::from_code)?,
    })
}

pub(crate) fn attachment(r: &Row) -> Result<Attachment> {
    Ok(Attachment {
        id: r.get(0)?,
        reply: r.get(1)?,
        field: r.get(2)?,
        file: r.get(3)?,
        name: r.get(4)?,
        mime: r.get(5)?,
        size: r.get(6)?,
        added_at: r.get(7)?,
        added_name: r.get(8)?,
        submitted_at: r.get(9)?,
    })
}
