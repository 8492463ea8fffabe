//! The sample of めざすべき姿 for a demo: invented, owned by an invented office, and marked as a sample on every page.

use std::path::Path;

use kernel::OrganisationId;
use serde::Deserialize;
use store::{Db, Viewer};

use crate::{
    actions::{Typed, save_goals},
    model::GOAL_PARTS,
    store as sql,
};

/// Why the sample could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file cannot be read.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// It is no TOML of the expected form.
    #[error(transparent)]
    Toml(#[from] toml::de::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

#[derive(Debug, Deserialize)]
struct File {
    organisation: OrganisationId,
    #[serde(flatten)]
    parts: std::collections::BTreeMap<String, String>,
}

/// Writes the sample where its office has written nothing yet; `false` when there was something.
///
/// # Errors
/// The file, or what the database says.
pub async fn load_goals(db: &Db, path: &Path) -> Result<bool, Fault> {
    let text =
        std::fs::read_to_string(path).map_err(|e| Fault::File(path.display().to_string(), e))?;
    let file: File = toml::from_str(&text)?;
    let viewer = Viewer::system("the demo's sample of goals", db.env().now());
    let owner = file.organisation;
    let there = db
        .read::<_, store::Error>(&viewer, sql::goals::goals)
        .await?;
    if there.iter().any(|goal| goal.owner == owner) {
        return Ok(false);
    }
    let typed = GOAL_PARTS
        .into_iter()
        .filter_map(|part| {
            let body = file.parts.get(part)?.clone();
            Some(Typed {
                part,
                body,
                seen: 0,
                id: db.env().id(),
            })
        })
        .collect();
    save_goals(db, &viewer, owner, typed, true).await?;
    Ok(true)
}
