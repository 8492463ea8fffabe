//! Loading what comes with the program and with the area: kinds of service, points of towns, providers.
//!
//! The area's tables are rows of publications as the importers understood them, so they come in through the same door.

use std::{
    collections::{BTreeMap, HashSet},
    fs, io,
    io::Write,
    path::Path,
};

use store::{Audit, Db, FieldChange, Outcome, Viewer};

use crate::{
    import::{
        FileReport, ImportError, Layout, accept,
        record::Record,
        stage::{CHUNK, Incoming, Stage},
        undo,
    },
    store::kinds,
};

store::statements! {
    SAVE_POINT = "INSERT INTO town_point (municipality, town, town_key, lat, lon)
        SELECT r ->> 0, r ->> 1, r ->> 2, CAST(r ->> 3 AS DOUBLE PRECISION), CAST(r ->> 4 AS DOUBLE PRECISION)
        FROM LIST_ROWS(:rows) AS x WHERE true ON CONFLICT (municipality, town) DO UPDATE SET lat = excluded.lat, lon = excluded.lon";
    OFFICIAL = "SELECT dataset, dataset_key, source, official FROM public_provider_service WHERE dataset <> '' AND ended_on IS NULL
        ORDER BY dataset, dataset_key";
}

/// The tables of a folder, in the order in which they are loaded, with the layout whose rows they keep.
const TABLES: [(&str, Layout); 6] = [
    ("care.tsv", Layout::Care),
    ("medical.tsv", Layout::Navii),
    ("insured.tsv", Layout::Insured),
    ("beds.tsv", Layout::Beds),
    ("municipal.tsv", Layout::Medical),
    ("other.tsv", Layout::Sheet),
];

/// Why nothing was loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file cannot be read.
    #[error("{0}: {1}")]
    File(String, io::Error),
    /// A line is not a row of its table.
    #[error("{0}, line {1}: {2}")]
    Line(String, usize, String),
    /// The import did not begin or end.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Brings the code data and the area's tables of providers in `dir` up to date. What people entered stays; while an edition
/// waits for a decision, the providers are left as they are.
///
/// # Errors
/// Names the file and line that cannot be read.
pub async fn load(db: &Db, dir: &Path) -> Result<(), LoadError> {
    let (db, dir) = (db.clone(), dir.to_owned());
    tokio::task::spawn_blocking(move || load_blocking(&db, &dir))
        .await
        .map_err(|e| LoadError::File(String::new(), io::Error::other(e)))?
}

fn load_blocking(db: &Db, dir: &Path) -> Result<(), LoadError> {
    let viewer = Viewer::system("load the directory", db.env().now());
    let points = points(dir)?;
    db.write_blocking::<_, store::Error>(&viewer, move |tx| {
        let count = kinds::save(tx)?;
        tx.exec(&SAVE_POINT, store::params! {"rows" => store::rows(&points)})?;
        tx.audit(Audit {
            action: "directory.load",
            table: "service_kind",
            id: None,
            subject: None,
            fields: vec![FieldChange {
                name: "kinds",
                old: None,
                new: Some(count.to_string()),
            }],
            purpose: None,
            result: Outcome::Done,
        })
    })?;
    let mut tables = Vec::new();
    for (name, layout) in TABLES {
        if let Some(text) = read(dir, name)? {
            tables.push((name, layout, records(name, &text)?));
        }
    }
    if tables.iter().all(|t| t.2.is_empty()) {
        return Ok(());
    }
    let title = dir
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    let number = match crate::import::begin(db, &viewer, &[], &title, "renkei") {
        Ok(number) => number,
        Err(ImportError::Busy(number)) => {
            tracing::info!(
                number,
                "an edition waits for a decision; the area's providers are not loaded again"
            );
            return Ok(());
        }
        Err(other) => return Err(other.into()),
    };
    let places = crate::import::places(db, &viewer, false)?;
    let (mut files, mut seq) = (Vec::new(), 0);
    for (name, layout, rows) in tables {
        let mut stage = Stage {
            db,
            viewer: viewer.clone(),
            edition: number,
            places: &places,
            layout,
            file: name.to_owned(),
            as_of: String::new(),
            seq,
            report: FileReport {
                file: name.to_owned(),
                source: layout.source().to_owned(),
                ..FileReport::default()
            },
            seen: HashSet::new(),
            scope: HashSet::new(),
        };
        let mut by_day: BTreeMap<String, Vec<Incoming>> = BTreeMap::new();
        for (line, record) in rows {
            stage.report.read += 1;
            by_day
                .entry(record.as_of.clone())
                .or_default()
                .push(Incoming {
                    line,
                    record,
                    odd: Vec::new(),
                });
        }
        for (day, list) in by_day {
            stage.as_of = day;
            let mut list = list.into_iter().peekable();
            while list.peek().is_some() {
                stage.chunk(list.by_ref().take(CHUNK).collect())?;
            }
        }
        seq = stage.seq;
        files.push(stage.report);
    }
    accept::ready(db, &viewer, number, &files)?;
    if files.iter().all(|f| f.added + f.changed == 0) {
        undo::discard(db, number)?;
    } else {
        accept::accept(db, &viewer, number)?;
    }
    Ok(())
}

fn read(dir: &Path, name: &str) -> Result<Option<String>, LoadError> {
    match fs::read_to_string(dir.join(name)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(LoadError::File(name.to_owned(), error)),
    }
}

fn points(dir: &Path) -> Result<Vec<Vec<serde_json::Value>>, LoadError> {
    let name = "town_points.tsv";
    let text = read(dir, name)?.unwrap_or_default();
    let mut rows = Vec::new();
    for (at, line) in text.lines().enumerate().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let numbers = |at: usize| cells.get(at).and_then(|c| c.parse::<f64>().ok());
        let (Some(lat), Some(lon)) = (numbers(2), numbers(3)) else {
            return Err(LoadError::Line(name.to_owned(), at + 1, line.to_owned()));
        };
        let key = crate::import::keys::street(cells[1]);
        rows.push(vec![
            cells[0].into(),
            cells[1].into(),
            key.into(),
            lat.into(),
            lon.into(),
        ]);
    }
    Ok(rows)
}

/// One record per line, in JSON-free columns: the names of the first line are the fields of [`Record`].
fn records(name: &str, text: &str) -> Result<Vec<(u64, Record)>, LoadError> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let mut all = Vec::new();
    for (at, line) in lines.enumerate() {
        let mut object = serde_json::Map::new();
        for (field, cell) in header.iter().zip(line.split('\t')) {
            if cell.is_empty() {
                continue;
            }
            let value = if STRUCTURED.contains(field) {
                serde_json::from_str(cell).unwrap_or_else(|_| cell.into())
            } else {
                cell.into()
            };
            object.insert((*field).to_owned(), value);
        }
        let record: Record = serde_json::from_value(object.into())
            .map_err(|e| LoadError::Line(name.to_owned(), at + 2, e.to_string()))?;
        if record.name.is_empty() || record.municipality.len() != 6 {
            return Err(LoadError::Line(
                name.to_owned(),
                at + 2,
                "no name or municipality".to_owned(),
            ));
        }
        all.push((at as u64 + 2, record));
    }
    Ok(all)
}

/// Fields whose cells are JSON.
const STRUCTURED: [&str; 8] = [
    "lat",
    "lon",
    "capacity",
    "hours",
    "closed_weeks",
    "departments",
    "beds",
    "facts",
];
/// The columns of the tables.
const FIELDS: [&str; 26] = [
    "kind",
    "scheme",
    "number",
    "municipality",
    "name",
    "kana",
    "name_en",
    "postal",
    "address",
    "building",
    "lat",
    "lon",
    "phone",
    "fax",
    "url",
    "corporation",
    "corporation_number",
    "capacity",
    "days",
    "hours",
    "closed_weeks",
    "hours_note",
    "departments",
    "beds",
    "facts",
    "as_of",
];

/// Writes the accepted rows of every publication as the compact tables that [`load`] reads, and says how many.
///
/// # Errors
/// When the database or a file fails.
pub fn distill(db: &Db, dir: &Path) -> Result<Vec<(&'static str, usize)>, LoadError> {
    let viewer = Viewer::system("command line", db.env().now());
    let rows = db.read_blocking::<_, store::Error>(&viewer, |c| {
        c.all(&OFFICIAL, store::params! {}, |r| {
            Ok((r.get::<String>(0)?, r.get::<String>(3)?))
        })
    })?;
    let mut counts = Vec::new();
    for (name, layout) in TABLES {
        let wrong = |e: io::Error| LoadError::File(name.to_owned(), e);
        let mine: Vec<&String> = rows
            .iter()
            .filter(|r| r.0 == layout.dataset())
            .map(|r| &r.1)
            .collect();
        if mine.is_empty() {
            continue;
        }
        let mut out = io::BufWriter::new(fs::File::create(dir.join(name)).map_err(wrong)?);
        writeln!(out, "{}", FIELDS.join("\t")).map_err(wrong)?;
        for json in &mine {
            let record: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
            let cells: Vec<String> = FIELDS
                .iter()
                .map(|field| match &record[*field] {
                    serde_json::Value::Null => String::new(),
                    serde_json::Value::String(text) => text.replace(['\t', '\n'], " "),
                    other => other.to_string(),
                })
                .collect();
            writeln!(out, "{}", cells.join("\t")).map_err(wrong)?;
        }
        out.flush().map_err(wrong)?;
        counts.push((name, mine.len()));
    }
    Ok(counts)
}
