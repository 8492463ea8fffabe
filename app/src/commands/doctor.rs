//! `renkei doctor`: the settings in force and what this installation needs.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::{Outcome, say};
use crate::compose;
use crate::config::{Config, SETTINGS};

/// Prints each setting with value, origin and meaning, then checks key, folder, database, schema and stamp.
///
/// # Errors
/// When a check fails; the lines printed say which.
pub fn run(config: &Config) -> Outcome {
    say("Settings (environment before renkei.toml before default)");
    for setting in SETTINGS {
        let origin = config.origin.get(setting.env).copied().unwrap_or("default");
        say(format_args!(
            "  {:24} {:44} {origin}",
            setting.env,
            config.shown(setting.env)
        ));
        say(format_args!("  {:24} {}", "", setting.help));
    }
    say("\nChecks");
    let mut failed = 0;
    let mut check = |what: &str, result: Result<String, String>| match result {
        Ok(detail) => say(format_args!("  ok    {what}: {detail}")),
        Err(reason) => {
            failed += 1;
            say(format_args!("  FAIL  {what}: {reason}"));
        }
    };

    let key = compose::key(config);
    check(
        "key",
        match &key {
            Ok(key) => match fs::metadata(&config.key_file) {
                Ok(m) if m.permissions().mode() & 0o077 != 0 => Err(format!(
                    "others may read {}: chmod 600",
                    config.key_file.display()
                )),
                _ => Ok(format!("fingerprint {}", key.fingerprint())),
            },
            Err(e) => Err(e.to_string()),
        },
    );
    check(
        "data folder",
        match fs::metadata(&config.data_dir) {
            Ok(m) if m.is_dir() => Ok(config.data_dir.display().to_string()),
            Ok(_) => Err(format!("{} is not a folder", config.data_dir.display())),
            Err(e) => Err(format!("{}: {e}", config.data_dir.display())),
        },
    );
    check(
        "area",
        if config.area_dir.join("areas").is_dir() {
            Ok(config.area_dir.display().to_string())
        } else {
            Err(format!(
                "{} has no folder `areas`",
                config.area_dir.display()
            ))
        },
    );
    if key.is_ok() {
        check(
            "database",
            match compose::open_existing(config) {
                Ok((db, stamp)) => Ok(format!(
                    "{:?}, {stamp:?}, schema of this version",
                    db.engine()
                )),
                Err(e) => Err(e.to_string()),
            },
        );
    }
    check("backup", last_backup(config));
    check(
        "mail",
        Ok(if config.smtp_url.is_some() {
            "by SMTP".to_owned()
        } else {
            "stays in the outbox (RENKEI_SMTP_URL is not set)".to_owned()
        }),
    );
    let https = config.base_url.starts_with("https://");
    check(
        "public address",
        if https || config.addr.ip().is_loopback() {
            Ok(config.base_url.clone())
        } else {
            Err(format!(
                "{} is open to the network without https: set RENKEI_TLS_CERT/RENKEI_TLS_KEY or use a proxy",
                config.base_url
            ))
        },
    );
    if failed == 0 {
        Ok(())
    } else {
        Err(format!("{failed} check(s) failed").into())
    }
}

/// Fails when backups are set up and the last whole one is older than 26 hours.
fn last_backup(config: &Config) -> Result<String, String> {
    let Some(folder) = &config.backup_dir else {
        return Ok("none by itself (RENKEI_BACKUP_DIR is not set)".to_owned());
    };
    let newest = fs::read_dir(folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .flatten()
        .filter(|e| e.path().extension().is_some_and(|x| x == "backup"))
        .filter_map(|e| e.metadata().and_then(|m| m.modified()).ok())
        .max();
    match newest.map(|at| at.elapsed().unwrap_or_default().as_secs() / 3600) {
        Some(hours) if hours <= 26 => Ok(format!("{}, {hours} h old", folder.display())),
        Some(hours) => Err(format!(
            "the last one in {} is {hours} h old",
            folder.display()
        )),
        None => Err(format!("{} holds none yet", folder.display())),
    }
}
