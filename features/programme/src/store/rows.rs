//! From rows to types.

use store::{Error, Result, Row};

use crate::model::{Entry, EntryBrief, Goal, Kind, Named, Past, Range, SavedView, Source};

fn corrupt(column: &'static str, value: &str) -> Error {
    Error::Corrupt {
        table: "entry".to_owned(),
        column: column.to_owned(),
        row: value.to_owned(),
    }
}

fn kind(r: &Row, at: usize) -> Result<Kind> {
    let code: String = r.get(at)?;
    Kind::from_code(&code).ok_or_else(|| corrupt("kind", &code))
}

fn range(r: &Row, at: usize) -> Result<Range> {
    let code: String = r.get(at)?;
    Range::from_code(&code).ok_or_else(|| corrupt("reach", &code))
}

/// A list kept as words with spaces between them.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn letters(text: &str) -> Vec<String> {
    text.chars().map(String::from).collect()
}

pub(crate) fn entry_row(r: &Row) -> Result<Entry> {
    let inside: bool = r.get(27)?;
    let approved = words(&r.get::<String>(14)?);
    Ok(Entry {
        id: r.get(0)?,
        owner: r.get(1)?,
        kind: kind(r, 2)?,
        title: r.get(3)?,
        body: r.get(4)?,
        status: r.get(5)?,
        range: range(r, 6)?,
        open: r.get(7)?,
        fiscal_year: r.get(8)?,
        items: letters(&r.get::<String>(9)?),
        scenes: words(&r.get::<String>(10)?),
        tags: words(&r.get::<String>(11)?),
        refs: words(&r.get::<String>(12)?),
        municipalities: if inside {
            words(&r.get::<String>(13)?)
        } else {
            approved.clone()
        },
        approved,
        goal: r.get(15)?,
        sources: r.get(16)?,
        origin: r.get(17)?,
        needs_rewrite: r.get(18)?,
        rewritten_by: r.get(19)?,
        fictional: r.get(20)?,
        withdrawn_at: r.get(21)?,
        withdrawn_reason: r.get(22)?,
        version: r.get(23)?,
        created_at: r.get(24)?,
        updated_at: r.get(25)?,
        level: r.get(26)?,
        inside,
    })
}

pub(crate) fn brief_row(r: &Row) -> Result<EntryBrief> {
    Ok(EntryBrief {
        id: r.get(0)?,
        kind: kind(r, 1)?,
        title: r.get(2)?,
        status: r.get(3)?,
        range: range(r, 4)?,
        open: r.get(5)?,
        items: letters(&r.get::<String>(6)?),
        scenes: words(&r.get::<String>(7)?),
        refs: words(&r.get::<String>(8)?),
        municipalities: words(&r.get::<String>(9)?),
        sources: r.get(10)?,
        fictional: r.get(11)?,
        goal: r.get(12)?,
        updated_at: r.get(13)?,
    })
}

pub(crate) fn named_row(r: &Row) -> Result<Named> {
    Ok(Named {
        municipality: r.get(0)?,
        organisation: r.get(1)?,
        wording: r.get(2)?,
        status: r.get(3)?,
        approved_at: r.get(4)?,
        approved_name: r.get(5)?,
        withdrawn_on: r.get(6)?,
        version: r.get(7)?,
        level: r.get(8)?,
    })
}

pub(crate) fn source_row(r: &Row) -> Result<Source> {
    Ok(Source {
        id: r.get(0)?,
        entry: r.get(1)?,
        kind: r.get(2)?,
        record: r.get(3)?,
        record_version: r.get(4)?,
        survey: r.get(5)?,
        municipality: r.get(6)?,
        question: r.get(7)?,
        paragraph: r.get(8)?,
        start: r.get(9)?,
        end: r.get(10)?,
        quote: r.get(11)?,
        published: r.get(12)?,
    })
}

pub(crate) fn past_row(r: &Row) -> Result<Past> {
    Ok(Past {
        action: r.get(0)?,
        detail: r.get(1)?,
        organisation: r.get(2)?,
        account: r.get(3)?,
        version: r.get(4)?,
        at: r.get(5)?,
    })
}

pub(crate) fn goal_row(r: &Row) -> Result<Goal> {
    Ok(Goal {
        id: r.get(0)?,
        owner: r.get(1)?,
        part: r.get(2)?,
        body: r.get(3)?,
        fictional: r.get(4)?,
        published_at: r.get(5)?,
        version: r.get(6)?,
        saved_at: r.get(7)?,
    })
}

pub(crate) fn view_row(r: &Row) -> Result<SavedView> {
    Ok(SavedView {
        id: r.get(0)?,
        name: r.get(1)?,
        address: r.get(2)?,
    })
}
