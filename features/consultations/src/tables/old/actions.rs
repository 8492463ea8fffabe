//! Reading a workbook, keeping what words mean, taking its figures.

use std::collections::{BTreeMap, BTreeSet};

use kernel::OrganisationId;
use serde::{Deserialize, Serialize};
use store::{Audit, Error};
use web::Ctx;

use super::{
    model::{Field, Mapping, Read, Reason},
    store::{self as sql, OldFileId},
};
use crate::tables::count::{Dimension, Facts};

/// Month, way of counting, town, value, calls, minutes.
pub(super) type Sum = (String, String, String, String, i64, i64);

/// What is kept of a workbook that was read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Body {
    /// Heads of the columns that were found, by field.
    pub(super) columns: BTreeMap<String, String>,
    /// Figures.
    pub(super) sums: Vec<Sum>,
    /// How many rows count.
    pub(super) rows: usize,
    /// Refused rows: line, field, reason.
    pub(super) refused: Vec<(u64, String, String)>,
    /// Words without a code: field and word.
    pub(super) unknown: Vec<(String, String)>,
}

impl Reason {
    /// The word in the kept list.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Town => "town",
            Self::Word => "word",
            Self::Minutes => "minutes",
        }
    }
}

impl Body {
    /// Of what was read.
    pub(super) fn of(columns: BTreeMap<String, String>, read: &Read) -> Self {
        let mut sums: BTreeMap<(String, &'static str, String, String), (i64, i64)> =
            BTreeMap::new();
        for facts in &read.facts {
            for dimension in Dimension::ALL {
                let key = (
                    facts.month.clone(),
                    dimension.code(),
                    facts.municipality.clone(),
                    Facts::value(facts, dimension),
                );
                let sum = sums.entry(key).or_default();
                sum.0 += 1;
                sum.1 += facts.minutes;
            }
        }
        Self {
            columns,
            sums: sums
                .into_iter()
                .map(|((m, d, t, v), (c, n))| (m, d.to_owned(), t, v, c, n))
                .collect(),
            rows: read.facts.len(),
            refused: read
                .refused
                .iter()
                .take(2_000)
                .map(|(l, f, r)| (*l, (*f).to_owned(), r.code().to_owned()))
                .collect(),
            unknown: read
                .unknown
                .iter()
                .take(200)
                .map(|(f, w)| (f.code().to_owned(), w.chars().take(60).collect()))
                .collect(),
        }
    }

    /// Calls by month.
    pub(super) fn months(&self) -> BTreeMap<String, i64> {
        let mut out = BTreeMap::new();
        for (month, dimension, _, _, calls, _) in &self.sums {
            if dimension == Dimension::Total.code() {
                *out.entry(month.clone()).or_default() += calls;
            }
        }
        out
    }
}

/// Keeps a workbook that was read, to be looked at.
pub(super) async fn keep(cx: &Ctx, name: &str, body: &Body) -> web::Result<OldFileId> {
    let me = cx.require_me()?;
    let (desk, by, id): (OrganisationId, String, OldFileId) =
        (me.organisation, me.name.clone(), cx.env().id());
    let text = serde_json::to_string(body).map_err(|e| web::Error::unexpected(e.to_string()))?;
    let name: String = name.chars().take(200).collect();
    cx.db()
        .write::<_, Error>(&cx.viewer(), move |tx| {
            sql::add(tx, id, desk, (&name, &text, &by))?;
            tx.audit(
                Audit::new("consultations.old.read", "old_file")
                    .id(id.uuid())
                    .subject(desk.uuid()),
            )?;
            tx.changed("old_file", id.uuid(), Some(desk))
        })
        .await?;
    Ok(id)
}

/// Keeps what words mean, beside what was said before.
pub(super) async fn words(cx: &Ctx, said: Vec<(String, String)>) -> web::Result<()> {
    let desk = cx.require_me()?.organisation;
    let id = cx.env().uuid();
    cx.db()
        .write::<_, Error>(&cx.viewer(), move |tx| {
            let mut mapping: Mapping = sql::mapping(tx, desk)?;
            mapping.words.extend(said.iter().cloned());
            let body = serde_json::to_string(&mapping).map_err(|e| Error::Engine(e.to_string()))?;
            sql::put_mapping(tx, id, desk, &body)?;
            tx.audit(Audit::new("consultations.old.words", "old_mapping").subject(desk.uuid()))?;
            tx.changed("old_mapping", desk.uuid(), Some(desk))
        })
        .await?;
    Ok(())
}

/// Takes the figures. `false` when somebody else was faster.
pub(super) async fn apply(cx: &Ctx, id: OldFileId, seen: i64) -> web::Result<bool> {
    let desk = cx.require_me()?.organisation;
    Ok(cx
        .db()
        .write::<_, Error>(&cx.viewer(), move |tx| {
            let proof = sql::editable(tx, id)?;
            let file = sql::one(tx, id)?;
            let months: BTreeSet<String> = file.body.sums.iter().map(|s| s.0.clone()).collect();
            let months: Vec<String> = months.into_iter().collect();
            if !sql::apply(tx, proof, desk, (&months, &file.body.sums), seen)? {
                return Ok(false);
            }
            tx.audit(
                Audit::new("consultations.old.apply", "old_count")
                    .id(id.uuid())
                    .subject(desk.uuid())
                    .field("rows", None::<String>, Some(file.body.rows.to_string())),
            )?;
            tx.changed("old_count", id.uuid(), Some(desk))?;
            Ok(true)
        })
        .await?)
}

/// The fields whose words may be given a code.
pub(super) fn field(code: &str) -> Option<Field> {
    Field::ALL
        .into_iter()
        .find(|f| f.code() == code && f.list().is_some())
}
