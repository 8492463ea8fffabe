//! `renkei demo`: a demo installation on this machine. Real open data of the area, fictional people, no passwords.

use kernel::{Env, Time};
use store::{Db, Stamp, Viewer};

use super::{Outcome, say};
use crate::compose::{self, Fault};
use crate::config::Config;

/// Makes key and database where there are none, and loads area, survey and cast. Running it again renews the area's facts
/// and keeps what people entered. A production database and an address other than loopback are refused.
///
/// # Errors
/// Names the file and line of data that cannot be loaded, or why this database is not for a demo.
pub fn run(config: &Config) -> Outcome {
    if !config.addr.ip().is_loopback() {
        return Err(format!(
            "A demo listens on this machine only: set RENKEI_ADDR to 127.0.0.1:PORT instead of {}.",
            config.addr
        )
        .into());
    }
    let env = Env::system();
    let db = compose::open(config, compose::key_or_new(config)?, env.clone())?;
    for name in db.migrate()? {
        tracing::debug!(name, "migrated");
    }
    compose::check_key(&db)?;
    compose::runtime()?.block_on(async {
        match db.stamp().await? {
            Some(Stamp::Demo) => {}
            Some(Stamp::Production) => {
                return Err(
                    "This database is a production installation; a demo needs an empty one.".into(),
                );
            }
            None => db.set_stamp(Stamp::Demo).await?,
        }
        if db.moved().await? {
            return Err("This database was moved: set RENKEI_DATABASE_URL to the new one.".into());
        }
        seed(config, &db).await?;
        db.close().await?;
        Ok::<(), Fault>(())
    })?;
    say("The demo area is ready.");
    Ok(())
}

/// Loads the area, its survey and the cast into an open demo database.
///
/// # Errors
/// Names the file and line that cannot be loaded.
pub async fn seed(config: &Config, db: &Db) -> Result<(), Fault> {
    let data = &config.area_dir;
    areas::load(db, &data.join("areas")).await?;
    directory::load(db, &data.join("directory")).await?;
    identity::demo::load(db, &data.join("demo/cast.toml")).await?;
    directory::upkeep::demo::load(db, &data.join("demo/offices.json")).await?;
    surveys::actions::load(db, &data.join("surveys/2024-renkei.json"))
        .await
        .map_err(|refusal| Fault::from(refusal.message(kernel::Lang::En)))?;
    surveys::citing::load(db, &data.join("programme/entries.toml")).await?;
    programme::demo::load_goals(db, &data.join("demo/goals.toml")).await?;
    surveys::rounds::demo::load(db, &data.join("demo/round.json"))
        .await
        .map_err(|refusal| Fault::from(refusal.message(kernel::Lang::En)))?;
    programme::work_demo::load(db, &data.join("demo/pdca.toml")).await?;
    consultations::demo::load(db).await?;
    consultations::earlier::mark_missing(db).await?;
    Ok(())
}

/// The viewer of a command of the terminal.
#[must_use]
pub fn terminal(now: Time) -> Viewer {
    Viewer::system("command line", now)
}
