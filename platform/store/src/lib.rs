//! The database, for everything above: one SQL text on two engines, closures for reading and writing, a viewer on
//! every read, the audit trail, the change feed, jobs, encrypted files, keys and backups.
//!
//! `db.read(&viewer, |c| …)` and `db.write(&viewer, |tx| …)` are the only ways in. A write closure may run more than
//! once. Ordinary viewers reach guarded tables through their `visible_…` view only; the engine refuses the rest.

pub mod access;
mod attached;
pub mod audit;
pub mod backup;
pub mod bench;
pub mod blobs;
mod clock;
mod conn;
mod db;
mod db_care;
mod dump;
mod engine_postgres;
mod engine_postgres_value;
mod engine_postgres_work;
mod engine_sqlite;
mod engine_sqlite_write;
mod error;
pub mod feed;
mod guard;
pub mod jobs;
mod jobs_runner;
mod keys;
mod ledger;
mod meta;
mod metrics;
pub mod moving;
mod options;
mod private;
mod queue;
mod restore;
mod row;
mod schema;
mod seal;
mod sql;
mod stmt;
mod stream;
pub mod token;
mod tx;
mod value;
mod viewer;
mod work;

#[doc(hidden)]
pub use kernel;

pub use access::Level;
pub use audit::{Audit, FieldChange, Outcome};
pub use blobs::BlobId;
pub use conn::Conn;
pub use db::Db;
pub use error::{Error, Result};
pub use feed::Change;
pub use jobs::NewJob;
pub use keys::InstallationKey;
pub use meta::Stamp;
pub use metrics::Snapshot;
pub use options::Options;
pub use row::Row;
pub use schema::{Guard, Migration, Schema, Table};
pub use stmt::{Engine, Stmt};
pub use token::{Editable, Visible};
pub use tx::Tx;
pub use value::{FromValue, Params, ToValue, Value, id_cell, ids, rows, texts};
pub use viewer::Viewer;
