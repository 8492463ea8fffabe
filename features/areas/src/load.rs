//! Loading the area's data: a folder of CSV files, checked as a whole before a single row is written.
//!
//! Loading again is harmless: facts are brought up to date, but a window that an office has written or verified
//! stays as the office left it.

mod rows;
mod table;
mod windows;

use std::{fs, path::Path};

use kernel::OrganisationId;
use store::{Audit, Db, FieldChange, Outcome, Tx, Viewer};

pub use table::Bad;

use crate::{
    model::{ContactId, CouncilId, Names, Texts, UrgentNumber},
    store::batch,
};
use table::Table;

/// The files of a folder of areas, each with the columns it must have. All but the first two may be absent.
pub const FILES: [(&str, &[&str]); 9] = [
    (
        "districts.csv",
        &["code", "name_ja", "name_en", "tone", "sort"],
    ),
    (
        "municipalities.csv",
        &[
            "code",
            "insurer",
            "name_ja",
            "name_kana",
            "name_en",
            "district",
            "prefecture",
            "in_area",
            "sort",
        ],
    ),
    (
        "organisations.csv",
        &[
            "id",
            "kind",
            "name",
            "short_name",
            "name_en",
            "regime",
            "municipality",
            "acts_for",
            "source",
            "verified_on",
        ],
    ),
    ("aliases.csv", &["alias", "organisation", "scope_district"]),
    (
        "councils.csv",
        &["id", "name", "name_en", "kind", "scope", "source"],
    ),
    ("contacts.csv", &["id", "municipality", "audience", "owner"]),
    ("closed_days.csv", &["organisation", "date", "name"]),
    ("area.csv", &["name_ja", "name_en"]),
    (
        "outside_hours.csv",
        &[
            "number", "name_ja", "name_en", "when_ja", "when_en", "scope", "source",
        ],
    ),
];

/// Why nothing was loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Rows were refused; the list names every one. Nothing was written.
    #[error("{} rows were refused, nothing was loaded; the first: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
    Refused(Vec<Bad>),
    /// A file cannot be read.
    #[error("{file}: {error}")]
    File {
        /// Name of the file.
        file: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// The database refused the batch.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// What a load brought up to date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Districts in the files.
    pub districts: usize,
    /// Municipalities, neighbours included.
    pub municipalities: usize,
    /// Organisations.
    pub organisations: usize,
    /// Aliases.
    pub aliases: usize,
    /// Councils.
    pub councils: usize,
    /// Windows.
    pub contacts: usize,
    /// Closed days.
    pub closed_days: usize,
}

/// Everything a folder holds, checked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Batch {
    /// Name of the area.
    pub(crate) area: Option<Names>,
    pub(crate) districts: Vec<DistrictRow>,
    pub(crate) municipalities: Vec<MunicipalityRow>,
    pub(crate) organisations: Vec<OrganisationRow>,
    pub(crate) aliases: Vec<AliasRow>,
    pub(crate) councils: Vec<CouncilRow>,
    pub(crate) contacts: Vec<ContactRow>,
    pub(crate) closed_days: Vec<ClosedDayRow>,
    pub(crate) numbers: Vec<NumberRow>,
}

#[derive(Clone, Debug)]
pub(crate) struct DistrictRow {
    pub(crate) code: String,
    pub(crate) name_ja: String,
    pub(crate) name_en: String,
    pub(crate) tone: String,
    pub(crate) sort: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct MunicipalityRow {
    pub(crate) code: String,
    pub(crate) insurer: String,
    pub(crate) name_ja: String,
    pub(crate) name_kana: String,
    pub(crate) name_en: String,
    pub(crate) district: Option<String>,
    pub(crate) prefecture: String,
    pub(crate) in_area: bool,
    pub(crate) sort: i64,
    pub(crate) insurer_verified: bool,
    pub(crate) note: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct OrganisationRow {
    pub(crate) organisation: crate::model::Organisation,
    /// 団体コード of the municipalities it acts for.
    pub(crate) acts_for: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct AliasRow {
    pub(crate) alias: String,
    pub(crate) organisation: OrganisationId,
    pub(crate) scope_district: Option<String>,
    pub(crate) source: String,
    pub(crate) verified: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct CouncilRow {
    pub(crate) id: CouncilId,
    pub(crate) name: String,
    pub(crate) name_en: String,
    pub(crate) kind: String,
    pub(crate) scope: String,
    pub(crate) source: String,
    pub(crate) verified: bool,
    pub(crate) sort: i64,
    /// 団体コード of those who take part.
    pub(crate) municipalities: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct ContactRow {
    pub(crate) id: ContactId,
    pub(crate) municipality: String,
    pub(crate) audience: String,
    pub(crate) owner: OrganisationId,
    pub(crate) texts: Texts,
    pub(crate) verified_on: Option<kernel::Date>,
    pub(crate) verified_by: Option<OrganisationId>,
    pub(crate) source: String,
}

#[derive(Clone, Debug)]
pub(crate) struct NumberRow {
    pub(crate) number: UrgentNumber,
    pub(crate) source: String,
    pub(crate) sort: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct ClosedDayRow {
    pub(crate) organisation: OrganisationId,
    pub(crate) day: kernel::Date,
    pub(crate) name: String,
}

/// Reads the CSV files of `dir` and brings the database up to date in one write, with one audit row.
///
/// # Errors
/// [`LoadError::Refused`] with file, line and reason of every bad row; then nothing was written.
pub async fn load(db: &Db, dir: &Path) -> Result<Loaded, LoadError> {
    let batch = read(dir)?;
    let viewer = Viewer::system("load the area's data", db.env().now());
    Ok(db
        .write::<_, store::Error>(&viewer, move |tx| save(tx, &batch))
        .await?)
}

/// Reads and checks the files without touching a database.
pub(crate) fn read(dir: &Path) -> Result<Batch, LoadError> {
    let mut files = Vec::new();
    for (at, (name, _)) in FILES.iter().enumerate() {
        let bytes = match fs::read(dir.join(name)) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && at >= 2 => None,
            Err(error) => {
                return Err(LoadError::File {
                    file: (*name).to_owned(),
                    error,
                });
            }
        };
        files.push(bytes);
    }
    check(&files)
}

/// Checks the contents of the files, in the order of [`FILES`].
pub(crate) fn check(files: &[Option<Vec<u8>>]) -> Result<Batch, LoadError> {
    let mut bad = Vec::new();
    let mut table = |at: usize| {
        let (name, columns) = FILES[at];
        let content = files.get(at).and_then(Option::as_deref);
        content.map(|bytes| Table::read(name, bytes, columns, &mut bad))
    };
    let tables = [
        table(0),
        table(1),
        table(2),
        table(3),
        table(4),
        table(5),
        table(6),
        table(7),
        table(8),
    ];
    let batch = rows::read(&tables, &mut bad);
    if bad.is_empty() {
        Ok(batch)
    } else {
        Err(LoadError::Refused(bad))
    }
}

/// Writes a checked batch.
pub(crate) fn save(tx: &mut Tx, batch: &Batch) -> store::Result<Loaded> {
    batch::save(tx, batch)?;
    let loaded = Loaded {
        districts: batch.districts.len(),
        municipalities: batch.municipalities.len(),
        organisations: batch.organisations.len(),
        aliases: batch.aliases.len(),
        councils: batch.councils.len(),
        contacts: batch.contacts.len(),
        closed_days: batch.closed_days.len(),
    };
    let count = |name, n: usize| FieldChange {
        name,
        old: None,
        new: Some(n.to_string()),
    };
    tx.audit(Audit {
        action: "areas.load",
        table: "municipality",
        id: None,
        subject: None,
        fields: vec![
            count("districts", loaded.districts),
            count("municipalities", loaded.municipalities),
            count("organisations", loaded.organisations),
            count("aliases", loaded.aliases),
            count("councils", loaded.councils),
            count("contacts", loaded.contacts),
            count("closed_days", loaded.closed_days),
        ],
        purpose: None,
        result: Outcome::Done,
    })?;
    Ok(loaded)
}
