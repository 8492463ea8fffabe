//! The folder of the multifunction device: one folder per office, named as the office or by its id; what lies there is taken
//! into the paper tray of that office and removed from the folder.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use inbox::intake::{Brought, Taken, Via, take_in};
use kernel::OrganisationId;
use store::{Db, Viewer};

/// How often the folder is looked at.
const EVERY: Duration = Duration::from_secs(15);
/// A file that changed less than this ago is still being written by the device.
const STILL: Duration = Duration::from_secs(10);
/// Most files of one look, so that a full folder does not hold up the rest.
const MOST: usize = 100;

/// Looks into the folder until the future is dropped. Failures are logged and tried again.
pub async fn run(db: Db, folder: PathBuf) {
    loop {
        match once(&db, &folder, STILL).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "scans taken in"),
            Err(error) => tracing::warn!(%error, "the folder of scans; it is tried again"),
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Takes in what lies there and has not changed for `still`. A file is removed only after it lies encrypted in the tray; a refused
/// one is removed too, and listed in the tray with the reason. Says how many files were taken or refused.
///
/// # Errors
/// What the folder or the database says.
pub async fn once(db: &Db, folder: &Path, still: Duration) -> Result<usize, crate::compose::Fault> {
    let viewer = Viewer::system("paper tray", db.env().now());
    let offices: HashMap<String, OrganisationId> = db
        .read(&viewer, areas::store::organisations)
        .await?
        .into_iter()
        .flat_map(|o| {
            let id = o.id;
            [id.to_string(), o.name, o.short_name].map(|name| (name, id))
        })
        .collect();
    let folder = folder.to_owned();
    let found = tokio::task::spawn_blocking(move || look(&folder, &offices, still)).await??;
    let mut count = 0;
    for (tenant, path) in found {
        let here = path.clone();
        let Some(bytes) = tokio::task::spawn_blocking(move || read(&here)).await?? else {
            continue;
        };
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let brought = Brought {
            tenant,
            by: None,
            via: Via::Folder,
            name,
            bytes,
        };
        if let Taken::Refused(refusal) = take_in(db, &viewer, brought).await? {
            tracing::warn!(reason = refusal.reason.code(), "a scan was refused");
        }
        tokio::fs::remove_file(&path).await?;
        count += 1;
    }
    Ok(count)
}

/// Files that lie still, office by office. Links are not followed: what they point to is not the device's.
#[expect(
    clippy::disallowed_methods,
    reason = "compared with the times that the device's file system wrote"
)]
fn look(
    folder: &Path,
    offices: &HashMap<String, OrganisationId>,
    still: Duration,
) -> std::io::Result<Vec<(OrganisationId, PathBuf)>> {
    let mut found = Vec::new();
    for office in std::fs::read_dir(folder)? {
        let office = office?;
        if !office.file_type()?.is_dir() {
            continue;
        }
        let Some(tenant) = office.file_name().to_str().and_then(|n| offices.get(n)) else {
            tracing::warn!("a folder of scans is named after no office");
            continue;
        };
        for file in std::fs::read_dir(office.path())? {
            let file = file?;
            let hidden = file.file_name().to_string_lossy().starts_with('.');
            let age = SystemTime::now()
                .duration_since(file.metadata()?.modified()?)
                .unwrap_or_default();
            if file.file_type()?.is_file() && !hidden && age >= still && found.len() < MOST {
                found.push((*tenant, file.path()));
            }
        }
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(found)
}

/// The file, or one byte more than is taken of one that is too large; `None` when it has gone.
fn read(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    use std::io::Read;
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    file.take(inbox::read::MOST_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}
