//! Encrypted files.
use crate::db::Db;
crate::ids! {
    /// An encrypted file.
    pub BlobId;
}
/// Encrypted files of a database.
pub struct Blobs { pub(crate) db: Db }
crate::statements! {
}
impl Blobs {
    pub(crate) fn new(db: Db) -> Self { Self { db } }
}
