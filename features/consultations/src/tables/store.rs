//! Every statement that reads figures.

use kernel::{OrganisationId, Time};
use store::{Conn, Result, Row};

use super::{count::Dimension, report::Line};
use crate::model::ConsultationId;

store::statements! {
    pub LINES = "SELECT month, dimension, municipality, value, calls, minutes FROM visible_consultation_count
        WHERE tenant = :desk AND dimension IN LIST_TEXT(:dimensions) AND month >= :first AND month <= :last
        UNION ALL
        SELECT month, dimension, municipality, value, calls, minutes FROM visible_old_count
        WHERE tenant = :desk AND dimension IN LIST_TEXT(:dimensions) AND month >= :first AND month <= :last";
    pub LINES_RAW = "SELECT month, dimension, municipality, value, calls, minutes FROM consultation_count
        WHERE tenant = :desk AND dimension IN LIST_TEXT(:dimensions) AND month >= :first AND month <= :last
        UNION ALL
        SELECT month, dimension, municipality, value, calls, minutes FROM old_count
        WHERE tenant = :desk AND dimension IN LIST_TEXT(:dimensions) AND month >= :first AND month <= :last";
    pub FIRST = "SELECT MIN(month) FROM visible_consultation_count WHERE tenant = :desk AND dimension = 'total'";
    pub FIRST_OLD = "SELECT MIN(month) FROM visible_old_count WHERE tenant = :desk AND dimension = 'total'";
    pub CALLS = "SELECT c.id, c.received_at, c.municipality, c.caller, c.category, c.result, c.minutes, c.state
        FROM visible_consultation c
        WHERE c.tenant = :desk AND c.state <> 'draft' AND c.received_at >= :from AND c.received_at < :until
        AND (:town = '' OR c.municipality = :town) AND (:lane = '*' OR c.lane = :lane)
        AND (:channel = '*' OR c.channel = :channel) AND (:caller = '*' OR c.caller = :caller)
        AND (:category = '*' OR c.category = :category) AND (:result = '*' OR c.result = :result)
        AND (:met = '*' OR c.need_met = :met)
        AND (:scene = '*' OR (:scene = '' AND c.scenes = '') OR (:scene <> '' AND c.scenes LIKE :scene_like))
        ORDER BY c.received_at DESC, c.id DESC LIMIT 301";
}

fn line(row: &Row<'_>) -> Result<Option<Line>> {
    let dimension: String = row.get(1)?;
    let Some(dimension) = Dimension::from_code(&dimension) else {
        return Ok(None);
    };
    Ok(Some(Line {
        month: row.get(0)?,
        dimension,
        town: row.get(2)?,
        value: row.get(3)?,
        calls: row.get(4)?,
        minutes: row.get(5)?,
    }))
}

/// The figures of a desk from one month to another, with those of old workbooks.
///
/// # Errors
/// What the engine says.
pub fn lines(
    conn: &mut Conn,
    desk: OrganisationId,
    which: &[Dimension],
    (first, last): (&str, &str),
) -> Result<Vec<Line>> {
    let statement = if conn.viewer().is_system() {
        &LINES_RAW
    } else {
        &LINES
    };
    let dimensions: Vec<&str> = which.iter().map(|d| d.code()).collect();
    let params = store::params! {
        "desk" => desk, "dimensions" => store::texts(&dimensions), "first" => first, "last" => last,
    };
    Ok(conn
        .all(statement, params, line)?
        .into_iter()
        .flatten()
        .collect())
}

/// The first month of which a desk has figures.
///
/// # Errors
/// What the engine says.
pub fn first_month(conn: &mut Conn, desk: OrganisationId) -> Result<Option<String>> {
    let new: Option<String> = conn.one(&FIRST, store::params! {"desk" => desk}, |r| r.get(0))?;
    let old: Option<String> =
        conn.one(&FIRST_OLD, store::params! {"desk" => desk}, |r| r.get(0))?;
    Ok([new, old].into_iter().flatten().min())
}

/// A call behind a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Which.
    pub id: ConsultationId,
    /// When it came.
    pub received_at: Time,
    /// 団体コード.
    pub town: String,
    /// Who asked.
    pub caller: String,
    /// What it was about.
    pub category: String,
    /// How it ended.
    pub result: String,
    /// Minutes.
    pub minutes: i64,
    /// State.
    pub state: String,
}

/// The calls behind a figure, newest first, at most 301; `*` in the map of [`Dimension`] words means any.
///
/// # Errors
/// What the engine says.
pub fn calls(
    conn: &mut Conn,
    desk: OrganisationId,
    town: &str,
    (from, until): (Time, Time),
    value: impl Fn(Dimension) -> String,
) -> Result<Vec<Call>> {
    let scene = value(Dimension::Scene);
    let params = store::params! {
        "desk" => desk, "town" => town, "from" => from, "until" => until, "lane" => value(Dimension::Lane),
        "channel" => value(Dimension::Channel), "caller" => value(Dimension::Caller),
        "category" => value(Dimension::Category), "result" => value(Dimension::Result), "met" => value(Dimension::Met),
        "scene_like" => format!(" {scene} %"), "scene" => scene,
    };
    conn.all(&CALLS, params, |row| {
        Ok(Call {
            id: row.get(0)?,
            received_at: row.get(1)?,
            town: row.get(2)?,
            caller: row.get(3)?,
            category: row.get(4)?,
            result: row.get(5)?,
            minutes: row.get(6)?,
            state: row.get(7)?,
        })
    })
}
