//! Rows as the types of this room.

use store::{Error, Result, Row};

use super::Standing;
use crate::model::{Batch, Head, Respondent, State, Survey};

pub(super) fn standing_row(r: &Row) -> Result<Standing> {
    Ok(Standing {
        survey: r.get(0)?,
        state: state(r, 1)?,
        version: r.get(2)?,
        fingerprint: r.get(3)?,
    })
}

fn state(r: &Row, at: usize) -> Result<State> {
    let code: String = r.get(at)?;
    State::from_code(&code).ok_or(Error::Corrupt {
        table: "survey".to_owned(),
        column: "state".to_owned(),
        row: code,
    })
}

pub(super) fn survey_row(r: &Row) -> Result<Survey> {
    let head = Head {
        slug: r.get(1)?,
        title: r.get(2)?,
        title_en: r.get(3)?,
        label: r.get(4)?,
        fiscal_year: r.get(5)?,
        fiscal_year_inferred: r.get(6)?,
        source: r.get(7)?,
        source_en: r.get(8)?,
        note: r.get(9)?,
        note_en: r.get(10)?,
        licence: r.get(11)?,
        licence_en: r.get(12)?,
        trailing_link: r.get(13)?,
    };
    Ok(Survey {
        id: r.get(0)?,
        head,
        responses: r.get(14)?,
        state: state(r, 15)?,
        published_at: r.get(16)?,
        version: r.get(17)?,
        fingerprint: r.get(18)?,
    })
}

pub(super) fn respondent_row(r: &Row) -> Result<Respondent> {
    Ok(Respondent {
        sort: r.get(0)?,
        code: r.get(1)?,
        name: r.get(2)?,
    })
}

pub(super) fn batch_row(r: &Row) -> Result<Batch> {
    Ok(Batch {
        id: r.get(0)?,
        survey: r.get(1)?,
        file_name: r.get(2)?,
        format: r.get(3)?,
        encoding: r.get(4)?,
        responses: r.get(5)?,
        questions: r.get(6)?,
        written: r.get(7)?,
        blank: r.get(8)?,
        imported_at: r.get(9)?,
        published_at: r.get(10)?,
    })
}
