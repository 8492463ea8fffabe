//! The table of contents: every feature in floor order, and how key, database and application are opened.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::LazyLock;

use kernel::Env;
use store::{Db, InstallationKey, Options, Schema, Stamp};
use web::{App, Feature, WebConfig};

use crate::backups::Places;
use crate::config::Config;

/// What commands answer with; `main` prints the chain.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;

/// The features, lowest floor first.
#[must_use]
pub fn features() -> Vec<Feature> {
    vec![
        inbox::feature(),
        areas::feature(),
        identity::feature(),
        directory::feature(),
        programme::feature(),
        surveys::feature(),
        consultations::feature(),
        crate::home::feature(),
        crate::finding::feature(),
        crate::operate::feature(),
    ]
}

/// Every schema of this binary: the store's own, the web's, the features'.
#[must_use]
pub fn schemas() -> &'static [&'static Schema] {
    static ALL: LazyLock<Vec<&'static Schema>> = LazyLock::new(|| {
        let mut all = vec![web::SCHEMA];
        all.extend(features().iter().map(|f| f.schema));
        all
    });
    &ALL
}

/// The installation's key from its file.
///
/// # Errors
/// Says which file is missing or unreadable and how to get one.
pub fn key(config: &Config) -> Result<InstallationKey, Fault> {
    InstallationKey::load(&config.key_file).map_err(|e| {
        format!(
            "The installation's key {} cannot be used: {e}. Put the key back from its copy; `renkei keys generate` makes one for a NEW installation only.",
            config.key_file.display()
        )
        .into()
    })
}

/// The key of a demo or new installation: read, or made where there is none.
///
/// # Errors
/// When the file cannot be read or written.
pub fn key_or_new(config: &Config) -> Result<InstallationKey, Fault> {
    if config.key_file.exists() {
        return key(config);
    }
    if let Some(folder) = config.key_file.parent() {
        private_folder(folder)?;
    }
    let key = InstallationKey::generate()?;
    key.save(&config.key_file)?;
    Ok(key)
}

/// A folder that only its owner can look into; one that exists stays as it is.
///
/// # Errors
/// What the system says.
pub fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// How the store is opened for this configuration.
#[must_use]
pub fn options(config: &Config, key: InstallationKey, env: Env) -> Options {
    Options::new(config.database_url.clone(), key, &config.data_dir, env)
}

/// Where the nightly backups of this installation go; `None` when it makes none.
#[must_use]
pub fn backup_places(config: &Config) -> Option<Places> {
    config.backup_dir.as_ref().map(|folder| Places {
        folder: folder.clone(),
        copy: config.backup_copy_dir.clone(),
        scratch: config.data_dir.join("restore-test"),
    })
}

/// Opens the database without migrating it.
///
/// # Errors
/// When key, folder or database cannot be used.
pub fn open(config: &Config, key: InstallationKey, env: Env) -> Result<Db, Fault> {
    private_folder(&config.data_dir)
        .map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", config.data_dir.display())))?;
    Ok(Db::open(options(config, key, env), schemas())?)
}

/// Opens an existing installation and makes sure that its schema is this binary's.
///
/// # Errors
/// Names what is missing: key, database, or `renkei migrate`.
pub fn open_existing(config: &Config) -> Result<(Db, Stamp), Fault> {
    let db = open(config, key(config)?, Env::system())?;
    db.check_schema()?;
    check_key(&db)?;
    let stamp = runtime()?.block_on(db.stamp())?;
    let stamp = stamp.ok_or("This database is empty. `renkei init` makes a production installation, `renkei demo` a demo.")?;
    Ok((db, stamp))
}

/// Refuses a key that this database was not made with.
///
/// # Errors
/// Names both keys by their fingerprints and says what to do.
pub fn check_key(db: &Db) -> Result<(), Fault> {
    db.check_key().map_err(|e| {
        format!("The key does not fit: {e}. Compare `renkei keys show` with the copy and put the right file back; a new key opens nothing old.").into()
    })
}

/// The application for an open database.
///
/// # Errors
/// When a setting cannot be used.
pub fn application(
    config: &Config,
    db: Db,
    env: Env,
    stamp: Stamp,
    area: (String, String),
) -> Result<App, Fault> {
    let demo = stamp == Stamp::Demo;
    let mut web = WebConfig::new(&config.base_url);
    web.base_path.clone_from(&config.base_path);
    web.trusted_proxies = config
        .trusted_proxies
        .iter()
        .map(|p| {
            p.parse()
                .map_err(|e| format!("RENKEI_TRUSTED_PROXIES: `{p}`: {e}").into())
        })
        .collect::<Result<_, Fault>>()?;
    web.demo = demo;
    web.styleguide = demo;
    web.area_name = area;
    web.smtp_url.clone_from(&config.smtp_url);
    web.mail_from.clone_from(&config.mail_from);
    web.map_tiles.clone_from(&config.map_tiles);
    if !config.rate_limit {
        web.limits = web::limits::LimitConfig {
            all: (u32::MAX, u32::MAX),
            posts: (u32::MAX, u32::MAX),
            sign_in: (u32::MAX, u32::MAX),
            spare_local: true,
        };
    }
    Ok(App::new(db, env, web, features()))
}

/// A runtime for commands that need one.
///
/// # Errors
/// When the operating system gives no threads.
pub fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
}
