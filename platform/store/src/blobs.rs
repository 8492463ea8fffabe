//! Encrypted files: a fresh data key each, wrapped by the installation's key, under random ids. Destroying the wrapped
//! key is the disposal; the bytes that remain are noise and are swept away later.

use std::{
    fs::File,
    io::{Read, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use kernel::Time;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{
    conn::Conn,
    db::Db,
    error::{Error, Result},
    keys::{InstallationKey, random},
    private,
    stream::{Opener, Sealer},
    tx::Tx,
    viewer::Viewer,
};

crate::ids! {
    /// An encrypted file.
    pub BlobId;
}

crate::statements! {
    PUT = "INSERT INTO stored_blob (id, wrapped_key, size, hash, created) VALUES (:id, :wrapped_key, :size, :hash, :created)";
    GET = "SELECT wrapped_key FROM stored_blob WHERE id = :id";
    DROP = "DELETE FROM stored_blob WHERE id = :id";
    pub(crate) ALL = "SELECT id, wrapped_key FROM stored_blob ORDER BY id";
}

/// A file that has no row is no file of ours any more after this; younger ones may belong to a write under way.
const ORPHAN_AGE: Duration = Duration::from_secs(24 * 3600);

/// An encrypted file that lies on disk and waits for the transaction that takes it: see [`attach`].
#[derive(Clone, Debug)]
pub struct NewBlob {
    id: BlobId,
    wrapped_key: Vec<u8>,
    size: i64,
    hash: Vec<u8>,
}

impl NewBlob {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> BlobId {
        self.id
    }

    /// Length of the plain bytes.
    #[must_use]
    pub fn size(&self) -> i64 {
        self.size
    }
}

/// Takes a prepared file into the database, in the transaction of the record that refers to it.
///
/// # Errors
/// What the engine says.
pub fn attach(tx: &mut Tx, new: &NewBlob) -> Result<()> {
    let created = tx.now();
    tx.exec(
        &PUT,
        crate::params! {
            "id" => new.id, "wrapped_key" => new.wrapped_key, "size" => new.size, "hash" => new.hash,
            "created" => created,
        },
    )
    .map(|_| ())
}

/// Destroys the key of a file, in the transaction of the record that referred to it. True when there was one.
///
/// # Errors
/// What the engine says.
pub fn destroy(tx: &mut Tx, id: BlobId) -> Result<bool> {
    Ok(tx.exec(&DROP, crate::params! { "id" => id })? == 1)
}

/// Reads a file, decrypting on the way; gives out nothing that has not been checked.
pub struct BlobReader(Opener<File>);

impl Read for BlobReader {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(out)
    }
}

/// The encrypted files of a database.
#[derive(Clone)]
pub struct Blobs {
    db: Db,
}

impl Blobs {
    pub(crate) fn new(db: Db) -> Self {
        Self { db }
    }

    /// Encrypts a stream into a file that is on disk when this returns. Blocks: call it where blocking is allowed.
    ///
    /// # Errors
    /// [`Error::File`] or [`Error::Full`] when the file cannot be written.
    pub fn prepare(&self, mut from: impl Read) -> Result<NewBlob> {
        // Ids of files tell nothing, not even an order: they are random, not stamped.
        let id = BlobId::new(kernel::Uuid::from_bytes(random()?));
        let data_key = Zeroizing::new(random::<32>()?);
        let path = path(self.db.blob_dir(), id);
        let folder = path.parent().unwrap_or(self.db.blob_dir());
        let fail = |error: std::io::Error| Error::file(&path, &error);
        private::folder(folder).map_err(fail)?;
        let half = path.with_extension("half");
        let file = private::create_new(&half).map_err(fail)?;
        let written = (|| {
            let mut sealer = Sealer::new(
                &data_key,
                Hashing {
                    to: file,
                    hash: Sha256::new(),
                },
            );
            let size = std::io::copy(&mut from, &mut sealer)?;
            let Hashing { to, hash } = sealer.finish()?;
            to.sync_all()?;
            std::fs::rename(&half, &path)?;
            File::open(folder)?.sync_all()?;
            Ok((size, hash.finalize().to_vec()))
        })();
        let (size, hash) = written.map_err(|error| {
            // What is left of a failed file is swept away later if this fails too.
            let _removed = std::fs::remove_file(&half);
            fail(error)
        })?;
        let wrapped_key = self.db.key().seal(data_key.as_slice(), &context(id))?;
        Ok(NewBlob {
            id,
            wrapped_key,
            size: size as i64,
            hash,
        })
    }

    /// Encrypts and keeps bytes that belong to no record.
    ///
    /// # Errors
    /// As [`Blobs::prepare`] and [`Db::write`].
    pub async fn put(&self, bytes: Vec<u8>) -> Result<BlobId> {
        let blobs = self.clone();
        let new = blocking(move || blobs.prepare(bytes.as_slice())).await?;
        let id = new.id;
        self.db
            .write(&self.viewer(), move |tx| attach(tx, &new))
            .await
            .map(|()| id)
    }

    /// Opens a file. Who may do so is decided by the record that refers to it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when its key was destroyed, [`Error::Key`] for another key, [`Error::File`].
    pub async fn open(&self, id: BlobId) -> Result<BlobReader> {
        let wrapped: Vec<u8> = self
            .db
            .read(&self.viewer(), move |conn| {
                conn.one(&GET, crate::params! { "id" => id }, |row| row.get(0))
            })
            .await?;
        let (key, folder) = (self.db.key().clone(), self.db.blob_dir().to_owned());
        blocking(move || open(&key, &folder, id, &wrapped)).await
    }

    /// Reads a whole file.
    ///
    /// # Errors
    /// As [`Blobs::open`]; [`Error::File`] when it was changed.
    pub async fn get(&self, id: BlobId) -> Result<Vec<u8>> {
        let mut reader = self.open(id).await?;
        blocking(move || {
            let mut bytes = Vec::new();
            reader
                .read_to_end(&mut bytes)
                .map_err(|error| Error::File(format!("{id}: {error}")))?;
            Ok(bytes)
        })
        .await
    }

    /// Destroys the key of a file and removes its bytes. True when there was one.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn destroy(&self, id: BlobId) -> Result<bool> {
        let destroyed = self
            .db
            .write(&self.viewer(), move |tx| destroy(tx, id))
            .await?;
        let path = path(self.db.blob_dir(), id);
        blocking(move || match std::fs::remove_file(&path) {
            // Without the key it is noise; the sweep tries again.
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                tracing::warn!(%error, "a destroyed file remains for now");
                Ok(destroyed)
            }
            _ => Ok(destroyed),
        })
        .await
    }

    /// Removes files that no row knows and that are older than a day. Says how many.
    ///
    /// # Errors
    /// What the engine or the folder says.
    pub async fn sweep(&self) -> Result<u64> {
        let known: Vec<BlobId> = self
            .db
            .read_slow(&self.viewer(), |conn| conn.all(&ALL, &[], |row| row.get(0)))
            .await?;
        let folder = self.db.blob_dir().to_owned();
        let now = self.db.env().now();
        blocking(move || sweep(&folder, &known, now)).await
    }

    fn viewer(&self) -> Viewer {
        Viewer::system("files", self.db.env().now())
    }
}

/// Writes through and hashes what passes.
struct Hashing {
    to: File,
    hash: Sha256,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.to.write(bytes)?;
        self.hash.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}

pub(crate) fn context(id: BlobId) -> String {
    format!("file {id}")
}

/// Where a file lies; two letters of its name spread files over folders.
pub(crate) fn path(folder: &Path, id: BlobId) -> PathBuf {
    let name = id.uuid().simple().to_string();
    folder.join(&name[..2]).join(name)
}

pub(crate) fn open(
    key: &InstallationKey,
    folder: &Path,
    id: BlobId,
    wrapped: &[u8],
) -> Result<BlobReader> {
    let data_key = key.open(wrapped, &context(id))?;
    let data_key: &[u8; 32] = data_key
        .as_slice()
        .try_into()
        .map_err(|_| Error::Key(format!("{}: not a data key", context(id))))?;
    let path = path(folder, id);
    let fail = |error: std::io::Error| Error::file(&path, &error);
    Opener::new(data_key, File::open(&path).map_err(fail)?)
        .map(BlobReader)
        .map_err(fail)
}

/// All files of the database, with their wrapped keys.
pub(crate) fn all(conn: &mut Conn) -> Result<Vec<(BlobId, Vec<u8>)>> {
    conn.all(&ALL, &[], |row| Ok((row.get(0)?, row.get(1)?)))
}

fn sweep(folder: &Path, known: &[BlobId], now: Time) -> Result<u64> {
    let names: std::collections::HashSet<String> = known
        .iter()
        .map(|id| id.uuid().simple().to_string())
        .collect();
    let fail = |error: std::io::Error| Error::file(folder, &error);
    let mut removed = 0;
    for part in std::fs::read_dir(folder).map_err(fail)? {
        let part = part.map_err(fail)?.path();
        if !part.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(&part).map_err(fail)? {
            let file = file.map_err(fail)?;
            let changed = file
                .metadata()
                .and_then(|data| data.modified())
                .map_err(fail)?;
            let since = changed
                .duration_since(std::time::UNIX_EPOCH)
                .unwrap_or_default();
            let age = Duration::from_micros(now.micros().max(0) as u64).saturating_sub(since);
            if age > ORPHAN_AGE && !names.contains(file.file_name().to_string_lossy().as_ref()) {
                std::fs::remove_file(file.path()).map_err(fail)?;
                removed += 1;
            }
        }
    }
    Ok(removed)
}

async fn blocking<T: Send + 'static>(f: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(f)
        .await
        .map_err(|error| Error::Panicked(error.to_string()))?
}
