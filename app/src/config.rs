//! The settings: one TOML file and the environment, which wins.
//!
//! Each setting is one row of [`SETTINGS`]: its name in the environment, its key in the file, what it means.
//! `renkei doctor` prints that table with the values in force, so that no list is kept twice.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

mod settings;

pub use settings::{SETTINGS, Setting};

/// The settings in force.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub addr: SocketAddr,
    /// Public address without a trailing slash and without the base path.
    pub base_url: String,
    /// Path below the public address, empty or beginning with a slash.
    pub base_path: String,
    /// Folder of database, blobs and seals.
    pub data_dir: PathBuf,
    /// SQLite file or PostgreSQL address.
    pub database_url: String,
    /// File of the installation's key.
    pub key_file: PathBuf,
    /// Mail server; `None` keeps mail in the outbox.
    pub smtp_url: Option<String>,
    /// Sender of mail.
    pub mail_from: String,
    /// Address of map tiles; `None` draws the boundaries only.
    pub map_tiles: Option<String>,
    /// Certificate and key files for HTTPS.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// Networks whose forwarding headers count.
    pub trusted_proxies: Vec<String>,
    /// Whether requests are limited per address.
    pub rate_limit: bool,
    /// The area's tables of facts.
    pub area_dir: PathBuf,
    /// Folder with the publishers' files of the directory.
    pub directory_dir: Option<PathBuf>,
    /// Folder for nightly backups; `None` makes none.
    pub backup_dir: Option<PathBuf>,
    /// Folder for a copy of each backup.
    pub backup_copy_dir: Option<PathBuf>,
    /// Folder of the multifunction device, with a folder for each office; `None` watches none.
    pub scan_dir: Option<PathBuf>,
    /// Where each value came from: `environment`, `file` or `default`, by environment name.
    pub origin: BTreeMap<&'static str, &'static str>,
}

/// A setting that cannot be used.
#[derive(Debug)]
pub struct ConfigError {
    /// The setting or file.
    pub what: String,
    /// What to do about it.
    pub reason: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.reason)
    }
}

impl std::error::Error for ConfigError {}

fn wrong(what: &str, reason: impl fmt::Display) -> ConfigError {
    ConfigError {
        what: what.to_owned(),
        reason: reason.to_string(),
    }
}

impl Config {
    /// Reads `file` (or `renkei.toml` in the working folder, where it exists) and the process's environment.
    ///
    /// # Errors
    /// Names the setting that is unknown or cannot be used.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let text = match file {
            Some(path) => {
                std::fs::read_to_string(path).map_err(|e| wrong(&path.display().to_string(), e))?
            }
            None => std::fs::read_to_string("renkei.toml").unwrap_or_default(),
        };
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the one place that reads the environment"
        )]
        Self::from_parts(&text, |name| std::env::var(name).ok())
    }

    /// The settings from the text of a TOML file and a lookup of environment variables.
    ///
    /// # Errors
    /// Names the setting that is unknown or cannot be used.
    pub fn from_parts(
        toml_text: &str,
        env: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let file: BTreeMap<String, toml::Value> =
            toml::from_str(toml_text).map_err(|e| wrong("renkei.toml", e.message()))?;
        if let Some(unknown) = file
            .keys()
            .find(|k| !SETTINGS.iter().any(|s| s.key == k.as_str()))
        {
            return Err(wrong(
                unknown,
                "renkei.toml has no such setting; `renkei doctor` lists them",
            ));
        }
        let mut origin = BTreeMap::new();
        let mut get = |name: &'static str| -> Option<String> {
            let setting = SETTINGS.iter().find(|s| s.env == name)?;
            let (value, from) = if let Some(value) = env(name).filter(|v| !v.is_empty()) {
                (Some(value), "environment")
            } else {
                match file.get(setting.key) {
                    Some(toml::Value::String(s)) => (Some(s.clone()), "file"),
                    Some(other) => (Some(other.to_string()), "file"),
                    None => (None, "default"),
                }
            };
            origin.insert(name, from);
            value
        };

        let addr_text = get("RENKEI_ADDR").unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let addr: SocketAddr = addr_text
            .parse()
            .map_err(|_| wrong("RENKEI_ADDR", format!("`{addr_text}` is not ADDRESS:PORT")))?;
        let tls = match (get("RENKEI_TLS_CERT"), get("RENKEI_TLS_KEY")) {
            (Some(cert), Some(key)) => Some((PathBuf::from(cert), PathBuf::from(key))),
            (None, None) => None,
            _ => {
                return Err(wrong(
                    "RENKEI_TLS_CERT",
                    "certificate and key belong together: set both or none",
                ));
            }
        };
        let scheme = if tls.is_some() { "https" } else { "http" };
        let base_url = get("RENKEI_BASE_URL").unwrap_or_else(|| format!("{scheme}://{addr}"));
        let base_url = base_url.trim_end_matches('/').to_owned();
        let Some((_, host)) = base_url
            .split_once("://")
            .filter(|(s, _)| *s == "http" || *s == "https")
        else {
            return Err(wrong(
                "RENKEI_BASE_URL",
                format!("`{base_url}` must begin with http:// or https://"),
            ));
        };
        let host = host
            .split(['/', ':'])
            .next()
            .unwrap_or("localhost")
            .to_owned();
        let base_path = get("RENKEI_BASE_PATH").unwrap_or_default();
        let base_path = base_path.trim_end_matches('/').to_owned();
        if !base_path.is_empty() && !base_path.starts_with('/') {
            return Err(wrong(
                "RENKEI_BASE_PATH",
                format!("`{base_path}` must begin with a slash"),
            ));
        }
        let data_dir =
            PathBuf::from(get("RENKEI_DATA_DIR").unwrap_or_else(|| "var/data".to_owned()));
        let database_url = get("RENKEI_DATABASE_URL")
            .unwrap_or_else(|| data_dir.join("renkei.db").to_string_lossy().into_owned());
        let key_file = PathBuf::from(
            get("RENKEI_KEY_FILE").unwrap_or_else(|| "var/key/installation.key".to_owned()),
        );
        if key_file.starts_with(&data_dir) {
            return Err(wrong(
                "RENKEI_KEY_FILE",
                "the key must not lie in the data folder: whoever copies the folder would hold both",
            ));
        }
        let backup_dir = get("RENKEI_BACKUP_DIR").map(PathBuf::from);
        let backup_copy_dir = get("RENKEI_BACKUP_COPY_DIR").map(PathBuf::from);
        for (name, folder) in [
            ("RENKEI_BACKUP_DIR", &backup_dir),
            ("RENKEI_BACKUP_COPY_DIR", &backup_copy_dir),
        ] {
            if folder.as_ref().is_some_and(|f| f.starts_with(&data_dir)) {
                return Err(wrong(
                    name,
                    "a backup must not lie in the data folder: what destroys one would destroy both",
                ));
            }
        }
        if backup_dir.is_none() && backup_copy_dir.is_some() {
            return Err(wrong(
                "RENKEI_BACKUP_COPY_DIR",
                "a copy needs RENKEI_BACKUP_DIR",
            ));
        }
        let scan_dir = get("RENKEI_SCAN_DIR").map(PathBuf::from);
        let rate_limit = match get("RENKEI_RATE_LIMIT").as_deref() {
            None | Some("on" | "true") => true,
            Some("off" | "false") => false,
            Some(other) => {
                return Err(wrong(
                    "RENKEI_RATE_LIMIT",
                    format!("`{other}` is neither on nor off"),
                ));
            }
        };
        let trusted_proxies = get("RENKEI_TRUSTED_PROXIES").unwrap_or_default();
        Ok(Self {
            addr,
            smtp_url: get("RENKEI_SMTP_URL"),
            mail_from: get("RENKEI_MAIL_FROM").unwrap_or_else(|| format!("renkei@{host}")),
            map_tiles: tiles(get("RENKEI_MAP_TILES"))?,
            area_dir: PathBuf::from(
                get("RENKEI_AREA_DIR").unwrap_or_else(|| "data/kensei".to_owned()),
            ),
            trusted_proxies: trusted_proxies
                .split(',')
                .map(|p| p.trim().to_owned())
                .filter(|p| !p.is_empty())
                .collect(),
            base_url,
            base_path,
            data_dir,
            database_url,
            key_file,
            tls,
            rate_limit,
            directory_dir: get("RENKEI_DIRECTORY_DIR").map(PathBuf::from),
            backup_dir,
            backup_copy_dir,
            scan_dir,
            origin,
        })
    }

    /// The value in force of a setting, for `renkei doctor`; passwords in addresses are hidden.
    #[must_use]
    pub fn shown(&self, env: &str) -> String {
        match env {
            "RENKEI_ADDR" => self.addr.to_string(),
            "RENKEI_BASE_URL" => self.base_url.clone(),
            "RENKEI_BASE_PATH" => self.base_path.clone(),
            "RENKEI_DATA_DIR" => self.data_dir.display().to_string(),
            "RENKEI_DATABASE_URL" => hide_password(&self.database_url),
            "RENKEI_KEY_FILE" => self.key_file.display().to_string(),
            "RENKEI_SMTP_URL" => self
                .smtp_url
                .as_deref()
                .map(hide_password)
                .unwrap_or_default(),
            "RENKEI_MAIL_FROM" => self.mail_from.clone(),
            "RENKEI_MAP_TILES" => self.map_tiles.clone().unwrap_or_default(),
            "RENKEI_TLS_CERT" => self
                .tls
                .as_ref()
                .map(|t| t.0.display().to_string())
                .unwrap_or_default(),
            "RENKEI_TLS_KEY" => self
                .tls
                .as_ref()
                .map(|t| t.1.display().to_string())
                .unwrap_or_default(),
            "RENKEI_TRUSTED_PROXIES" => self.trusted_proxies.join(", "),
            "RENKEI_RATE_LIMIT" => if self.rate_limit { "on" } else { "off" }.to_owned(),
            "RENKEI_AREA_DIR" => self.area_dir.display().to_string(),
            "RENKEI_DIRECTORY_DIR" => folder(&self.directory_dir),
            "RENKEI_BACKUP_DIR" => folder(&self.backup_dir),
            "RENKEI_BACKUP_COPY_DIR" => folder(&self.backup_copy_dir),
            "RENKEI_SCAN_DIR" => folder(&self.scan_dir),
            _ => String::new(),
        }
    }

    /// True when the database is PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.database_url.starts_with("postgres://")
            || self.database_url.starts_with("postgresql://")
    }
}

fn folder(path: &Option<PathBuf>) -> String {
    path.as_ref()
        .map(|p| p.display().to_string())
        .unwrap_or_default()
}

/// An address of map tiles: https, with the three places for zoom, column and row.
fn tiles(given: Option<String>) -> Result<Option<String>, ConfigError> {
    match given {
        Some(address)
            if !(address.starts_with("https://")
                && ["{z}", "{x}", "{y}"]
                    .iter()
                    .all(|part| address.contains(part))) =>
        {
            Err(wrong(
                "RENKEI_MAP_TILES",
                format!("`{address}` is not like https://host/{{z}}/{{x}}/{{y}}.png"),
            ))
        }
        other => Ok(other),
    }
}

/// An address without its password: `postgres://user:…@host/name`.
#[must_use]
pub fn hide_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    match rest.rsplit_once('@') {
        Some((login, host)) => {
            let user = login.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:…@{host}")
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(toml: &str, env: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let env: BTreeMap<String, String> = env
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        Config::from_parts(toml, |name| env.get(name).cloned())
    }

    #[test]
    fn environment_wins_over_file_and_default() {
        let c = load(
            "addr = \"127.0.0.1:9000\"\nbase_path = \"/r/\"",
            &[("RENKEI_ADDR", "127.0.0.1:9001")],
        )
        .unwrap();
        assert_eq!(c.addr.port(), 9001);
        assert_eq!(c.base_path, "/r");
        assert_eq!(c.base_url, "http://127.0.0.1:9001");
        assert_eq!(
            (c.origin["RENKEI_ADDR"], c.origin["RENKEI_BASE_PATH"]),
            ("environment", "file")
        );
    }

    #[test]
    fn a_key_inside_the_data_folder_is_refused() {
        let e = load("", &[("RENKEI_DATA_DIR", "d"), ("RENKEI_KEY_FILE", "d/k")]).unwrap_err();
        assert_eq!(e.what, "RENKEI_KEY_FILE");
    }

    #[test]
    fn backups_lie_outside_the_data_folder() {
        let e = load("backup_dir = \"d/b\"", &[("RENKEI_DATA_DIR", "d")]).unwrap_err();
        assert_eq!(e.what, "RENKEI_BACKUP_DIR");
        let e = load("backup_copy_dir = \"b\"", &[]).unwrap_err();
        assert_eq!(e.what, "RENKEI_BACKUP_COPY_DIR");
    }

    #[test]
    fn unknown_settings_and_bad_values_are_named() {
        assert_eq!(load("adr = \"x\"", &[]).unwrap_err().what, "adr");
        assert_eq!(
            load("", &[("RENKEI_ADDR", "8080")]).unwrap_err().what,
            "RENKEI_ADDR"
        );
        assert_eq!(
            load("", &[("RENKEI_BASE_URL", "renkei.jp")])
                .unwrap_err()
                .what,
            "RENKEI_BASE_URL"
        );
        assert_eq!(
            load("", &[("RENKEI_TLS_CERT", "c.pem")]).unwrap_err().what,
            "RENKEI_TLS_CERT"
        );
    }

    #[test]
    fn passwords_are_not_shown() {
        assert_eq!(
            hide_password("postgres://u:secret@h/db"),
            "postgres://u:…@h/db"
        );
        let c = load("", &[("RENKEI_SMTP_URL", "smtps://u:secret@h")]).unwrap();
        assert!(SETTINGS.iter().all(|s| !c.shown(s.env).contains("secret")));
    }
}
