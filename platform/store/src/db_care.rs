//! Looking after the database: stamp, sign of life, checks, seals, the end.

use std::time::Duration;

use crate::{
    db::{Backend, Db},
    error::{Error, Result},
    meta::Stamp,
    schema::Guard,
    stmt::Stmt,
    viewer::Viewer,
};

impl Db {
    /// What kind of database this is, once it has been decided.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn stamp(&self) -> Result<Option<Stamp>> {
        self.read(
            &Viewer::system("stamp", self.env().now()),
            crate::meta::stamp,
        )
        .await
    }

    /// Whether everything in it was moved to another database; such a one refuses every change.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn moved(&self) -> Result<bool> {
        self.read(
            &Viewer::system("moved", self.env().now()),
            crate::moving::is_moved,
        )
        .await
    }

    /// Decides, once and for good, what kind of database this is.
    ///
    /// # Errors
    /// [`Error::Conflict`] when it has been decided otherwise.
    pub async fn set_stamp(&self, stamp: Stamp) -> Result<()> {
        let viewer = Viewer::system("stamp", self.env().now());
        let fingerprint = self.key().fingerprint();
        self.write(&viewer, move |tx| {
            crate::meta::set_stamp(tx, stamp, &fingerprint)
        })
        .await
    }

    /// Whether the key is the one that this database was begun with: another one would open nothing old, and what it seals
    /// could not be read after the right one is back.
    ///
    /// # Errors
    /// [`Error::Key`] for another key; what the engine says.
    pub fn check_key(&self) -> Result<()> {
        let viewer = Viewer::system("stamp", self.env().now());
        let known = self.read_blocking(&viewer, crate::meta::key)?;
        let given = self.key().fingerprint();
        match known {
            Some(known) if known != given => Err(Error::Key(format!(
                "this database was made with the key {known}, the key file holds {given}"
            ))),
            _ => Ok(()),
        }
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// [`Error::Lost`] when there is none.
    pub async fn ping(&self) -> Result<()> {
        self.read(&Viewer::public(self.env().now()), crate::meta::ping)
            .await
    }

    /// Prepares every statement of every feature and names those that fail.
    ///
    /// # Errors
    /// When the database cannot be reached at all.
    pub fn prepare_all(&self) -> Result<Vec<String>> {
        let list: Vec<&'static Stmt> = self.statements().collect();
        self.read_blocking(
            &Viewer::system("prepare all", self.env().now()),
            move |conn| {
                Ok(list
                    .into_iter()
                    .filter_map(|stmt| {
                        conn.prepare(stmt)
                            .err()
                            .map(|error| format!("{}: {error}", stmt.name))
                    })
                    .collect())
            },
        )
    }

    /// Tries to prepare a read of every table that an ordinary viewer must not read directly, and names those that
    /// the engine did not refuse: the list must be empty.
    ///
    /// # Errors
    /// When the database cannot be reached at all.
    pub fn unguarded(&self) -> Result<Vec<String>> {
        let tables: Vec<String> = self
            .tables()
            .filter(|table| table.guard != Guard::Open)
            .map(|table| table.name.clone())
            .collect();
        self.read_blocking(&Viewer::public(self.env().now()), move |conn| {
            crate::guard::unguarded(conn, &tables)
        })
    }

    /// Writes a seal over the audit chains now; also happens every minute while [`Db::keep_sealing`] runs.
    ///
    /// # Errors
    /// What the engine or the seal file says.
    pub async fn seal(&self) -> Result<()> {
        crate::seal::write(self).await
    }

    /// Seals the audit chains every minute until the future is dropped.
    pub async fn keep_sealing(&self) {
        loop {
            tokio::time::sleep(Duration::from_secs(60)).await;
            if let Err(error) = self.seal().await {
                tracing::error!(%error, "cannot seal the audit chains");
            }
        }
    }

    /// Seals, finishes the writes that wait, and stops the threads. Later calls find the database busy.
    ///
    /// # Errors
    /// What sealing says; the threads stop all the same.
    pub async fn close(&self) -> Result<()> {
        let sealed = self.seal().await;
        let db = self.clone();
        let stopped = tokio::task::spawn_blocking(move || match &db.0.backend {
            Backend::Sqlite(engine) => engine.join(),
            Backend::Postgres(engine) => engine.join(),
        })
        .await;
        self.0.shared.feed.close();
        sealed.and(stopped.map_err(|error| Error::Panicked(error.to_string())))
    }
}
