//! Counting: what a consultation is counted as, and the figures that follow it in the same transaction.

use std::collections::BTreeMap;

use kernel::OrganisationId;
use serde_json::Value;
use store::{Conn, Result, Row, Tx};

use crate::{
    codes,
    model::{ConsultationId, Fields},
};

store::statements! {
    pub FACTS = "SELECT tenant, day, municipality, lane, channel, caller, category, scenes, result, need_met, minutes
        FROM visible_consultation WHERE id = :id AND state <> 'draft'";
    pub FACTS_RAW = "SELECT tenant, day, municipality, lane, channel, caller, category, scenes, result, need_met, minutes
        FROM consultation WHERE id = :id AND state <> 'draft'";
    pub COUNTED = "SELECT tenant, facts FROM visible_consultation_counted WHERE consultation = :id";
    pub COUNTED_RAW = "SELECT tenant, facts FROM consultation_counted WHERE consultation = :id";
    pub PUT_COUNTED = "INSERT INTO consultation_counted (consultation, tenant, facts) VALUES (:id, :desk, :facts)
        ON CONFLICT (consultation) DO UPDATE SET tenant = excluded.tenant, facts = excluded.facts";
    pub DROP_COUNTED = "DELETE FROM consultation_counted WHERE consultation = :id";
    pub PUT_MANY = "INSERT INTO consultation_counted (consultation, tenant, facts)
        SELECT ROW_ID(0), :desk, r ->> 1 FROM LIST_ROWS(:rows) AS x WHERE true
        ON CONFLICT (consultation) DO UPDATE SET facts = excluded.facts";
    pub ADD = "INSERT INTO consultation_count (tenant, month, dimension, municipality, value, calls, minutes)
        SELECT :desk, r ->> 0, r ->> 1, r ->> 2, r ->> 3, CAST(r ->> 4 AS BIGINT), CAST(r ->> 5 AS BIGINT)
        FROM LIST_ROWS(:rows) AS x WHERE true
        ON CONFLICT (tenant, dimension, month, municipality, value) DO UPDATE SET
        calls = consultation_count.calls + excluded.calls, minutes = consultation_count.minutes + excluded.minutes";
}

/// The ways of counting. Each call counts once in each of them, so that all tables of a period have the same total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// All calls.
    Total,
    /// Professionals and residents.
    Lane,
    /// Telephone, FAX …
    Channel,
    /// Who asked.
    Caller,
    /// What it was about, the first of its categories.
    Category,
    /// The first of its scenes.
    Scene,
    /// How it ended; empty while it is open.
    Result,
    /// Whether the need was met; empty while it is open.
    Met,
    /// Caller and category.
    CallerCategory,
    /// Category and result.
    CategoryResult,
    /// Category and scene.
    CategoryScene,
}

impl Dimension {
    /// All.
    pub const ALL: [Self; 11] = [
        Self::Total,
        Self::Lane,
        Self::Channel,
        Self::Caller,
        Self::Category,
        Self::Scene,
        Self::Result,
        Self::Met,
        Self::CallerCategory,
        Self::CategoryResult,
        Self::CategoryScene,
    ];

    /// The word in the table and in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Lane => "lane",
            Self::Channel => "channel",
            Self::Caller => "caller",
            Self::Category => "category",
            Self::Scene => "scene",
            Self::Result => "result",
            Self::Met => "met",
            Self::CallerCategory => "caller_category",
            Self::CategoryResult => "category_result",
            Self::CategoryScene => "category_scene",
        }
    }

    /// The way of counting with this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.code() == code)
    }
}

/// What one consultation is counted as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Year and month, `2026-10`.
    pub month: String,
    /// 団体コード.
    pub municipality: String,
    lane: String,
    channel: String,
    caller: String,
    category: String,
    scene: String,
    result: String,
    met: String,
    /// Minutes spent.
    pub minutes: i64,
}

impl Facts {
    /// Of a record's codes and the day of the call.
    #[must_use]
    pub fn of(fields: &Fields, day: &str) -> Self {
        Self {
            month: day.chars().take(7).collect(),
            municipality: fields.municipality.clone(),
            lane: fields.lane.code().to_owned(),
            channel: fields.channel.clone(),
            caller: fields.caller.clone(),
            category: fields.category().to_owned(),
            scene: fields.scenes.first().cloned().unwrap_or_default(),
            result: fields.result.clone(),
            met: fields.need_met.clone(),
            minutes: fields.minutes,
        }
    }

    fn read(row: &Row<'_>) -> Result<(OrganisationId, Self)> {
        let day: String = row.get(1)?;
        let scenes: String = row.get(7)?;
        let facts = Self {
            month: day.chars().take(7).collect(),
            municipality: row.get(2)?,
            lane: row.get(3)?,
            channel: row.get(4)?,
            caller: row.get(5)?,
            category: row.get(6)?,
            scene: codes::split(&scenes).into_iter().next().unwrap_or_default(),
            result: row.get(8)?,
            met: row.get(9)?,
            minutes: row.get(10)?,
        };
        Ok((row.get(0)?, facts))
    }

    /// As one text, for the row that remembers it.
    #[must_use]
    pub fn line(&self) -> String {
        [
            self.month.as_str(),
            &self.municipality,
            &self.lane,
            &self.channel,
            &self.caller,
            &self.category,
            &self.scene,
            &self.result,
            &self.met,
            &self.minutes.to_string(),
        ]
        .join("|")
    }

    /// The text back; `None` when it is not one of ours.
    #[must_use]
    pub fn from_line(line: &str) -> Option<Self> {
        let mut parts = line.split('|').map(str::to_owned);
        Some(Self {
            month: parts.next()?,
            municipality: parts.next()?,
            lane: parts.next()?,
            channel: parts.next()?,
            caller: parts.next()?,
            category: parts.next()?,
            scene: parts.next()?,
            result: parts.next()?,
            met: parts.next()?,
            minutes: parts.next()?.parse().ok()?,
        })
    }

    /// Its value in a way of counting.
    #[must_use]
    pub fn value(&self, dimension: Dimension) -> String {
        match dimension {
            Dimension::Total => String::new(),
            Dimension::Lane => self.lane.clone(),
            Dimension::Channel => self.channel.clone(),
            Dimension::Caller => self.caller.clone(),
            Dimension::Category => self.category.clone(),
            Dimension::Scene => self.scene.clone(),
            Dimension::Result => self.result.clone(),
            Dimension::Met => self.met.clone(),
            Dimension::CallerCategory => format!("{} {}", self.caller, self.category),
            Dimension::CategoryResult => format!("{} {}", self.category, self.result),
            Dimension::CategoryScene => format!("{} {}", self.category, self.scene),
        }
    }
}

/// Changes of figures on their way into the table, added up first: month, dimension, municipality, value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<(String, &'static str, String, String), (i64, i64)>);

impl Sums {
    /// Counts a call; `sign` −1 takes it off.
    pub fn add(&mut self, facts: &Facts, sign: i64) {
        for dimension in Dimension::ALL {
            let key = (
                facts.month.clone(),
                dimension.code(),
                facts.municipality.clone(),
                facts.value(dimension),
            );
            let sum = self.0.entry(key).or_default();
            sum.0 += sign;
            sum.1 += sign * facts.minutes;
        }
    }

    /// Writes what differs from nothing.
    ///
    /// # Errors
    /// What the engine says.
    pub fn save(&self, tx: &mut Tx, desk: OrganisationId) -> Result<()> {
        let rows: Vec<Vec<Value>> = self
            .0
            .iter()
            .filter(|(_, sum)| **sum != (0, 0))
            .map(|((month, dimension, town, value), (calls, minutes))| {
                vec![
                    Value::from(month.as_str()),
                    Value::from(*dimension),
                    Value::from(town.as_str()),
                    Value::from(value.as_str()),
                    Value::from(*calls),
                    Value::from(*minutes),
                ]
            })
            .collect();
        for some in rows.chunks(500) {
            tx.exec(
                &ADD,
                store::params! {"desk" => desk, "rows" => store::rows(some)},
            )?;
        }
        Ok(())
    }
}

fn counted(conn: &mut Conn, id: ConsultationId) -> Result<Option<(OrganisationId, String)>> {
    let statement = if conn.viewer().is_system() {
        &COUNTED_RAW
    } else {
        &COUNTED
    };
    conn.opt(statement, store::params! {"id" => id}, |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// Brings the figures up to date with one consultation as it stands now. Called inside every write that changes its codes, state,
/// town or minutes; calling it once more changes nothing.
///
/// # Errors
/// What the engine says.
pub fn recount(tx: &mut Tx, id: ConsultationId) -> Result<()> {
    let statement = if tx.viewer().is_system() {
        &FACTS_RAW
    } else {
        &FACTS
    };
    let now = tx.opt(statement, store::params! {"id" => id}, Facts::read)?;
    let before = counted(tx, id)?;
    let line = now.as_ref().map(|(_, facts)| facts.line());
    if before.as_ref().map(|(_, old)| old) == line.as_ref() {
        return Ok(());
    }
    let mut sums = Sums::default();
    if let Some((desk, old)) = &before
        && let Some(facts) = Facts::from_line(old)
    {
        sums.add(&facts, -1);
        if now.is_none() {
            sums.save(tx, *desk)?;
            return tx
                .exec(&DROP_COUNTED, store::params! {"id" => id})
                .map(drop);
        }
    }
    if let Some((desk, facts)) = now {
        sums.add(&facts, 1);
        sums.save(tx, desk)?;
        let params =
            store::params! {"id" => id, "desk" => desk, "facts" => line.unwrap_or_default()};
        tx.exec(&PUT_COUNTED, params)?;
    }
    Ok(())
}

/// Counts many new consultations of one desk at once, for loaders.
///
/// # Errors
/// What the engine says.
pub fn count_new(
    tx: &mut Tx,
    desk: OrganisationId,
    list: &[(ConsultationId, Facts)],
) -> Result<()> {
    let mut sums = Sums::default();
    for (_, facts) in list {
        sums.add(facts, 1);
    }
    sums.save(tx, desk)?;
    let rows: Vec<Vec<Value>> = list
        .iter()
        .map(|(id, facts)| vec![store::id_cell(*id), Value::from(facts.line())])
        .collect();
    for some in rows.chunks(500) {
        tx.exec(
            &PUT_MANY,
            store::params! {"desk" => desk, "rows" => store::rows(some)},
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_survive_their_line_and_a_call_counts_once_in_each_way() {
        let fields = Fields {
            municipality: "142069".to_owned(),
            caller: "family".to_owned(),
            categories: vec!["money".to_owned(), "other".to_owned()],
            minutes: 12,
            ..Fields::default()
        };
        let facts = Facts::of(&fields, "2026-10-05");
        assert_eq!(Facts::from_line(&facts.line()), Some(facts.clone()));
        let mut sums = Sums::default();
        sums.add(&facts, 1);
        assert_eq!(sums.0.len(), Dimension::ALL.len());
        sums.add(&facts, -1);
        assert!(sums.0.values().all(|sum| *sum == (0, 0)));
        for dimension in Dimension::ALL {
            assert_eq!(Dimension::from_code(dimension.code()), Some(dimension));
        }
    }
}
