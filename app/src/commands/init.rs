//! `renkei init`: a production installation.

use std::path::PathBuf;

use kernel::Env;
use kernel::OrganisationId;
use store::{Audit, Db, Stamp};

use super::demo::terminal;
use super::{Outcome, say};
use crate::compose::{self, Fault};
use crate::config::Config;

/// Makes key (where there is none) and database, stamps it production for good, loads the area, and prints the one-time
/// code with which the first administrator sets name, password and second factor.
///
/// # Errors
/// When the database is already in use, the area cannot be loaded, or the public address is plain http on a network.
pub fn run(mut config: Config, area: Option<PathBuf>, operator: &str) -> Outcome {
    if let Some(area) = area {
        config.area_dir = area;
    }
    if !config.base_url.starts_with("https://") && !config.addr.ip().is_loopback() {
        return Err("A production installation needs https: set RENKEI_BASE_URL to https://… (own certificate or a proxy).".into());
    }
    let env = Env::system();
    let db = compose::open(&config, compose::key_or_new(&config)?, env)?;
    db.migrate()?;
    compose::check_key(&db)?;
    let code = compose::runtime()?.block_on(async {
        match db.stamp().await? {
            Some(Stamp::Demo) => {
                return Err(Fault::from(
                    "This database is a demo and stays one. Use an empty database.",
                ));
            }
            Some(Stamp::Production) => {}
            None => db.set_stamp(Stamp::Production).await?,
        }
        areas::load(&db, &config.area_dir.join("areas")).await?;
        let operator = operating_organisation(&db, operator).await?;
        let code = identity::setup::first_administrator(&db, operator).await?;
        db.close().await?;
        Ok(code)
    })?;
    say(format_args!(
        "key        {}  (keep a copy away from this machine)",
        config.key_file.display()
    ));
    say(format_args!(
        "database   {}",
        config.shown("RENKEI_DATABASE_URL")
    ));
    say(
        "Start `renkei serve`, then open this address once, within 24 hours, to set password and second factor:",
    );
    say(format_args!(
        "{}{}/setup?code={code}",
        config.base_url, config.base_path
    ));
    Ok(())
}

/// The organisation that runs the installation: the one made by an earlier `init`, or a new one of that name.
async fn operating_organisation(db: &Db, name: &str) -> Result<OrganisationId, Fault> {
    let (name, new) = (name.to_owned(), db.env().id::<OrganisationId>());
    let viewer = terminal(db.env().now());
    let id = db
        .write(&viewer, move |tx| {
            let known = areas::store::organisations(tx)?;
            if let Some(there) = known
                .into_iter()
                .find(|o| o.kind == "operator" && !o.fictional)
            {
                return Ok::<_, store::Error>(there.id);
            }
            areas::store::save_organisation(
                tx,
                &areas::Organisation {
                    id: new,
                    kind: "operator".to_owned(),
                    name: name.clone(),
                    short_name: name.clone(),
                    name_en: name.clone(),
                    regime: "processor".to_owned(),
                    municipality: None,
                    fictional: false,
                    source: "renkei init".to_owned(),
                    verified_on: None,
                    verified: true,
                },
            )?;
            tx.audit(Audit::new("areas.organisation.add", "organisation").id(new.uuid()))?;
            Ok(new)
        })
        .await?;
    Ok(id)
}
