//! What can go wrong below the features, sorted by what the reader of the page can do about it.

/// The result of a call into the store.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What the store refuses or cannot do. `Clone`, because a failed commit fails every write in its group.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The row is not there, or not visible to this viewer: the two are never told apart.
    #[error("not found")]
    NotFound,
    /// The queue of the database is full, or a writer was overtaken too often: try again in a moment.
    #[error("the database is busy")]
    Busy,
    /// A rule of the database (unique, check, foreign key) or a version number stands against this write.
    #[error("conflict: {0}")]
    Conflict(String),
    /// The disk, or the space given to the database, is used up.
    #[error("the disk is full")]
    Full,
    /// The statement ran longer than its kind of read is allowed to.
    #[error("the database took too long")]
    Timeout,
    /// The database cannot be reached, or the connection broke before the outcome was known.
    #[error("the database is not reachable: {0}")]
    Lost(String),
    /// A stored value is not what its column promises.
    #[error("corrupt value in column {column} of {table}, row {row}")]
    Corrupt {
        /// The statement or table that was read.
        table: String,
        /// Number of the column, counted from 0, and what was expected.
        column: String,
        /// What is known of the row.
        row: String,
    },
    /// A statement asked for a table that this viewer's connection refuses.
    #[error("refused: {0}")]
    Guarded(String),
    /// The closure panicked; everything it had done was rolled back.
    #[error("a store closure panicked: {0}")]
    Panicked(String),
    /// The migrations of this binary and the ledger of the database do not fit together.
    #[error("schema: {0}")]
    Schema(String),
    /// A key is missing, readable by others, or not the one the data was sealed with.
    #[error("key: {0}")]
    Key(String),
    /// A file of the store (blob, archive, seal) cannot be read or written.
    #[error("file: {0}")]
    File(String),
    /// Anything else the engine says; a mistake in the program, for the log.
    #[error("database: {0}")]
    Engine(String),
}

impl Error {
    /// A mistake in how a statement is written or called.
    pub(crate) fn usage(statement: &str, what: &str) -> Self {
        Self::Engine(format!("{statement}: {what}"))
    }

    pub(crate) fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::StorageFull {
            return Self::Full;
        }
        Self::File(format!("{}: {error}", path.display()))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let text = error.to_string();
        match error.sqlite_error_code() {
            Some(Code::ConstraintViolation) if text.contains(crate::moving::CLOSED) => {
                Self::Lost(text)
            }
            Some(Code::ConstraintViolation) => Self::Conflict(text),
            Some(Code::DiskFull) => Self::Full,
            Some(Code::OperationInterrupted) => Self::Timeout,
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(
                Code::CannotOpen | Code::SystemIoFailure | Code::NotADatabase | Code::ReadOnly,
            ) => Self::Lost(text),
            Some(Code::DatabaseCorrupt) => Self::Corrupt {
                table: "the database file".to_owned(),
                column: text,
                row: "unknown".to_owned(),
            },
            Some(Code::AuthorizationForStatementDenied) => Self::Guarded(text),
            _ => Self::Engine(text),
        }
    }
}

impl From<postgres::Error> for Error {
    fn from(error: postgres::Error) -> Self {
        let Some(db) = error.as_db_error() else {
            let cause = std::error::Error::source(&error)
                .map(ToString::to_string)
                .unwrap_or_default();
            let text = format!("{error}: {cause}");
            // Encoding of a parameter and decoding of a column are mistakes of the program, everything else is the wire.
            return if text.contains("serializ") {
                Self::Engine(text)
            } else {
                Self::Lost(text)
            };
        };
        let text = format!("{} ({})", db.message(), db.code().code());
        match db.code().code() {
            "40001" | "40P01" => Self::Busy,
            "42501" => Self::Guarded(text),
            "53100" | "54000" => Self::Full,
            "57014" => Self::Timeout,
            "53300" | "57P01" | "57P02" | "57P03" => Self::Lost(text),
            code if code.starts_with("23") => Self::Conflict(text),
            code if code.starts_with("08") => Self::Lost(text),
            _ => Self::Engine(text),
        }
    }
}
