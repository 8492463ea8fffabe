//! `renkei import`: facts of the area, or a survey.

use std::path::Path;

use super::{Outcome, say};
use crate::compose::{self, Fault};
use crate::config::Config;

/// Imports `path` as `kind` (`area` or `survey`). A file with a problem changes nothing.
///
/// # Errors
/// Every problem with its line and reason.
pub fn run(config: &Config, kind: &str, path: &Path) -> Outcome {
    let (db, _) = compose::open_existing(config)?;
    compose::runtime()?.block_on(async {
        match kind {
            "area" => {
                areas::load(&db, path).await?;
                say("The area's facts are loaded.");
            }
            "survey" => {
                let new = surveys::actions::load(&db, path)
                    .await
                    .map_err(|refusal| Fault::from(refusal.message(kernel::Lang::En)))?;
                say(if new {
                    "The survey is imported and published."
                } else {
                    "This survey is published already, word for word."
                });
            }
            other => {
                return Err(format!("`{other}`: only `area` and `survey` can be imported").into());
            }
        }
        db.close().await?;
        Ok::<(), Fault>(())
    })
}
