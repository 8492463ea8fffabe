//! `renkei keys`: the installation's key file.

use store::InstallationKey;

use super::{Outcome, say};
use crate::compose;
use crate::config::Config;

/// Makes a key file and prints its fingerprint; an existing file is left alone.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn generate(config: &Config) -> Outcome {
    let path = &config.key_file;
    if path.exists() {
        return Err(format!(
            "{} exists. A key is never overwritten: what it sealed would be lost.",
            path.display()
        )
        .into());
    }
    if let Some(folder) = path.parent() {
        compose::private_folder(folder)?;
    }
    let key = InstallationKey::generate()?;
    key.save(path)?;
    say(format_args!(
        "{}\nfingerprint {}",
        path.display(),
        key.fingerprint()
    ));
    say("Keep a copy away from this machine and away from the backups: without it neither opens.");
    Ok(())
}

/// Prints the fingerprint.
///
/// # Errors
/// When the key file cannot be used.
pub fn show(config: &Config) -> Outcome {
    say(format_args!(
        "{}\nfingerprint {}",
        config.key_file.display(),
        compose::key(config)?.fingerprint()
    ));
    Ok(())
}
