//! The table of settings.

/// One setting: the environment variable, the key in `renkei.toml`, what it means.
pub struct Setting {
    /// Name of the environment variable.
    pub env: &'static str,
    /// Key in the TOML file.
    pub key: &'static str,
    /// One line for the operator.
    pub help: &'static str,
}

/// Every setting there is.
pub const SETTINGS: &[Setting] = &[
    Setting {
        env: "RENKEI_ADDR",
        key: "addr",
        help: "address and port to listen on; default 127.0.0.1:8080",
    },
    Setting {
        env: "RENKEI_BASE_URL",
        key: "base_url",
        help: "public address, e.g. https://renkei.example.jp; default http://ADDR",
    },
    Setting {
        env: "RENKEI_BASE_PATH",
        key: "base_path",
        help: "path below the public address, e.g. /renkei; default none",
    },
    Setting {
        env: "RENKEI_DATA_DIR",
        key: "data_dir",
        help: "folder of the database, encrypted files and seals; default ./var/data",
    },
    Setting {
        env: "RENKEI_DATABASE_URL",
        key: "database_url",
        help: "a file, or postgres://user@host/name; default DATA_DIR/renkei.db",
    },
    Setting {
        env: "RENKEI_KEY_FILE",
        key: "key_file",
        help: "the installation's key, outside the data folder; default ./var/key/installation.key",
    },
    Setting {
        env: "RENKEI_SMTP_URL",
        key: "smtp_url",
        help: "mail server, e.g. smtps://user:password@host; without it mail waits in the outbox",
    },
    Setting {
        env: "RENKEI_MAIL_FROM",
        key: "mail_from",
        help: "sender of mail; default renkei@HOST of the public address",
    },
    Setting {
        env: "RENKEI_MAP_TILES",
        key: "map_tiles",
        help: "map tiles, e.g. https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png; without it the boundaries only",
    },
    Setting {
        env: "RENKEI_TLS_CERT",
        key: "tls_cert",
        help: "certificate chain (PEM): serve HTTPS without a proxy",
    },
    Setting {
        env: "RENKEI_TLS_KEY",
        key: "tls_key",
        help: "private key of the certificate (PEM)",
    },
    Setting {
        env: "RENKEI_TRUSTED_PROXIES",
        key: "trusted_proxies",
        help: "addresses or networks whose X-Forwarded-For counts, separated by commas",
    },
    Setting {
        env: "RENKEI_RATE_LIMIT",
        key: "rate_limit",
        help: "on or off; off only for measurements",
    },
    Setting {
        env: "RENKEI_AREA_DIR",
        key: "area_dir",
        help: "tables of facts of the area; default data/kensei",
    },
    Setting {
        env: "RENKEI_DIRECTORY_DIR",
        key: "directory_dir",
        help: "folder with the publishers' files for `renkei directory fetch`; default none",
    },
    Setting {
        env: "RENKEI_BACKUP_DIR",
        key: "backup_dir",
        help: "folder for the nightly backup, outside the data folder; without it the service makes none",
    },
    Setting {
        env: "RENKEI_BACKUP_COPY_DIR",
        key: "backup_copy_dir",
        help: "second folder for a copy of each backup, best on another machine",
    },
    Setting {
        env: "RENKEI_SCAN_DIR",
        key: "scan_dir",
        help: "folder of the multifunction device with one folder per office, taken into the paper trays; default none",
    },
];
