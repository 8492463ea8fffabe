//! How a database is opened.

use std::path::{Path, PathBuf};

use kernel::Env;

use crate::{keys::InstallationKey, stmt::Engine};

/// How a database is opened.
#[derive(Clone)]
pub struct Options {
    /// A file path (SQLite) or `postgres://…`.
    pub url: String,
    /// The installation's key.
    pub key: InstallationKey,
    /// Where encrypted files lie.
    pub blob_dir: PathBuf,
    /// The append-only file of audit seals, outside the database.
    pub seal_file: PathBuf,
    /// Clock and ids.
    pub env: Env,
    /// Reading threads on PostgreSQL, kept reading connections on SQLite.
    pub read_threads: usize,
    /// How many writes (and on PostgreSQL reads) may wait before callers are told that the database is busy.
    pub queue: usize,
    /// Test mode: each write closure runs twice and its first run is rolled back.
    pub twice: bool,
}

impl Options {
    /// The usual settings: files and seals beside each other in `data_dir`.
    #[must_use]
    pub fn new(url: impl Into<String>, key: InstallationKey, data_dir: &Path, env: Env) -> Self {
        Self {
            url: url.into(),
            key,
            blob_dir: data_dir.join("files"),
            seal_file: data_dir.join("seals.jsonl"),
            env,
            read_threads: 4,
            queue: 1024,
            twice: false,
        }
    }

    /// The engine that the address names.
    #[must_use]
    pub fn engine(&self) -> Engine {
        if self.url.starts_with("postgres://") || self.url.starts_with("postgresql://") {
            Engine::Postgres
        } else {
            Engine::Sqlite
        }
    }
}
