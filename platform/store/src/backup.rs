//! Backups: one encrypted archive with every table in a form that does not depend on the engine, the encrypted files
//! and the seals. The key is not in it. Restoring always checks what it restored.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use kernel::Time;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    blobs,
    conn::Conn,
    db::Db,
    dump::{self, Sum},
    error::{Error, Result},
    keys::{InstallationKey, mac, random},
    ledger::{self, Seen},
    private,
    stmt::Engine,
    stream::{Opener, Sealer},
};

pub use crate::restore::{restore, verify};

/// The first bytes of an archive.
const MARK: &[u8; 16] = b"renkei-archive-1";

/// What a backup or a restore has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Tables.
    pub tables: u64,
    /// Rows of all tables.
    pub rows: u64,
    /// Encrypted files.
    pub files: u64,
    /// Rows of the audit trail that were checked; 0 for a backup.
    pub audit_rows: u64,
    /// What is wrong, in words; empty when all is well.
    pub problems: Vec<String>,
}

/// The kinds of pieces an archive is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    Header = 1,
    Table,
    Row,
    EndOfTable,
    File,
    Data,
    EndOfFile,
    End,
}

impl Tag {
    fn of(byte: u8) -> Option<Self> {
        [
            Self::Header,
            Self::Table,
            Self::Row,
            Self::EndOfTable,
            Self::File,
            Self::Data,
            Self::EndOfFile,
            Self::End,
        ]
        .into_iter()
        .find(|tag| *tag as u8 == byte)
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Header {
    pub(crate) created: i64,
    pub(crate) ledger: Vec<Seen>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TableHead {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
}

/// The name under which the seals lie in an archive; encrypted files have hexadecimal names.
pub(crate) const SEALS: &str = "seals";

/// Writes a backup of one consistent state to a new file. Blocks for as long as it takes.
///
/// # Errors
/// [`Error::File`] when the file exists or cannot be written; what the engine says.
pub fn create(db: &Db, out: &Path) -> Result<Report> {
    let half = PathBuf::from(format!("{}.half", out.display()));
    if out.exists() {
        return Err(Error::File(format!("{} exists already", out.display())));
    }
    let fail = |error: std::io::Error| Error::file(&half, &error);
    let salt: [u8; 32] = random()?;
    // One that a killed process left behind; a new one is made, so that nobody else holds it open.
    let _removed = std::fs::remove_file(&half);
    let made = (|| {
        let mut file = BufWriter::new(private::create_new(&half).map_err(fail)?);
        file.write_all(MARK)
            .and_then(|()| file.write_all(&salt))
            .map_err(fail)?;
        let mut archive = Out {
            sealer: Sealer::new(&archive_key(db.key(), &salt), file),
            path: half.clone(),
        };
        let report = ledger::on_own_connection(db, |conn| {
            conn.batch(match db.engine() {
                Engine::Sqlite => "BEGIN",
                Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            })?;
            let report = fill(db, conn, &mut archive)?;
            conn.batch("ROLLBACK")?;
            Ok(report)
        })?;
        let file = archive
            .sealer
            .finish()
            .and_then(|file| {
                file.into_inner()
                    .map_err(std::io::IntoInnerError::into_error)
            })
            .map_err(fail)?;
        file.sync_all()
            .and_then(|()| std::fs::rename(&half, out))
            .map_err(fail)?;
        Ok(report)
    })();
    if made.is_err() {
        // The half archive is of no use; that it may remain is said by its name.
        let _removed = std::fs::remove_file(&half);
    }
    made
}

/// The key of one archive.
fn archive_key(key: &InstallationKey, salt: &[u8; 32]) -> [u8; 32] {
    mac(key.derive("archive").as_slice(), &[salt])
}

struct Out {
    sealer: Sealer<BufWriter<File>>,
    path: PathBuf,
}

impl Out {
    fn put(&mut self, tag: Tag, bytes: &[u8]) -> Result<()> {
        let length =
            u32::try_from(bytes.len()).map_err(|_| Error::File("a row over 4 GB".to_owned()))?;
        let mut write = || {
            self.sealer.write_all(&[tag as u8])?;
            self.sealer.write_all(&length.to_be_bytes())?;
            self.sealer.write_all(bytes)
        };
        write().map_err(|error| Error::file(&self.path, &error))
    }

    fn json(&mut self, tag: Tag, value: &impl Serialize) -> Result<()> {
        let bytes = serde_json::to_vec(value).map_err(|error| Error::Engine(error.to_string()))?;
        self.put(tag, &bytes)
    }

    /// Copies a file; false when it is not there.
    fn file(&mut self, name: &str, path: &Path) -> Result<bool> {
        let fail = |error: std::io::Error| Error::file(path, &error);
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(fail(error)),
        };
        self.put(Tag::File, name.as_bytes())?;
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let count = file.read(&mut buffer).map_err(fail)?;
            if count == 0 {
                break;
            }
            self.put(Tag::Data, &buffer[..count])?;
        }
        self.put(Tag::EndOfFile, &[]).map(|()| true)
    }
}

fn fill(db: &Db, conn: &mut Conn, archive: &mut Out) -> Result<Report> {
    let mut report = Report::default();
    let header = Header {
        created: db.env().now().micros(),
        ledger: ledger::seen(conn)?,
    };
    archive.json(Tag::Header, &header)?;
    for table in db.tables() {
        let columns = dump::columns(conn, db.engine(), &table.name)?;
        if columns.is_empty() {
            // A later migration may have dropped it.
            continue;
        }
        archive.json(
            Tag::Table,
            &TableHead {
                name: table.name.clone(),
                columns: columns.clone(),
            },
        )?;
        let mut sum = Sum::default();
        dump::rows(conn, &table.name, &columns, |row| {
            sum.add(row);
            archive.put(Tag::Row, row)
        })?;
        archive.json(Tag::EndOfTable, &sum)?;
        report.tables += 1;
        report.rows += sum.rows;
    }
    for (id, _) in blobs::all(conn)? {
        let path = blobs::path(db.blob_dir(), id);
        if archive.file(&id.uuid().simple().to_string(), &path)? {
            report.files += 1;
        } else {
            report.problems.push(format!("the file {id} is missing"));
        }
    }
    archive.file(SEALS, &db.0.options.seal_file)?;
    archive.put(Tag::End, &[])?;
    Ok(report)
}

/// An archive that is read piece by piece.
pub(crate) struct In {
    opener: Opener<BufReader<File>>,
    path: PathBuf,
}

impl In {
    pub(crate) fn open(path: &Path, key: &InstallationKey) -> Result<Self> {
        let fail = |error: std::io::Error| Error::file(path, &error);
        let mut file = BufReader::new(File::open(path).map_err(fail)?);
        let (mut mark, mut salt) = ([0; 16], [0; 32]);
        file.read_exact(&mut mark)
            .and_then(|()| file.read_exact(&mut salt))
            .map_err(fail)?;
        if &mark != MARK {
            return Err(Error::File(format!(
                "{} is no archive of Renkei",
                path.display()
            )));
        }
        let opener = Opener::new(&archive_key(key, &salt), file).map_err(fail)?;
        Ok(Self {
            opener,
            path: path.to_owned(),
        })
    }

    pub(crate) fn next(&mut self) -> Result<(Tag, Vec<u8>)> {
        let mut head = [0; 5];
        let fail = |error: std::io::Error| Error::file(&self.path, &error);
        self.opener.read_exact(&mut head).map_err(fail)?;
        let [tag, length @ ..] = head;
        let tag = Tag::of(tag)
            .ok_or_else(|| Error::File("an unknown piece in the archive".to_owned()))?;
        let mut bytes = vec![0; u32::from_be_bytes(length) as usize];
        self.opener.read_exact(&mut bytes).map_err(fail)?;
        Ok((tag, bytes))
    }
}

pub(crate) fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes)
        .map_err(|error| Error::File(format!("the archive cannot be read: {error}")))
}

/// When an archive was made; also says whether this key opens it.
///
/// # Errors
/// [`Error::File`] when it is none, was changed, or needs another key.
pub fn created(archive: &Path, key: &InstallationKey) -> Result<Time> {
    match In::open(archive, key)?.next()? {
        (Tag::Header, bytes) => Ok(Time(json::<Header>(&bytes)?.created)),
        _ => Err(Error::File(
            "the archive does not begin with its header".to_owned(),
        )),
    }
}
