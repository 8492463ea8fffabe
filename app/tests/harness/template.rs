//! The templates: per engine and content one database is migrated and seeded once, and copied for each test.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

use app::commands::demo;
use app::compose;
use app::config::Config;
use kernel::{Env, Time};
use postgres::{Client, NoTls};
use store::{Db, InstallationKey, Stamp};

/// Which engine a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    /// Whether there is a server to run on.
    pub fn available(self) -> bool {
        self == Self::Sqlite || server().is_some()
    }
}

/// What lies in a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Content {
    Demo,
    Production,
}

/// The database of one test; goes away with it.
pub struct Copy {
    pub config: Config,
    database: Option<String>,
}

impl Drop for Copy {
    fn drop(&mut self) {
        if let Some(name) = self.database.take() {
            on_server(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
        let _ = fs::remove_dir_all(
            self.config
                .data_dir
                .parent()
                .unwrap_or(&self.config.data_dir),
        );
    }
}

fn server() -> Option<String> {
    std::env::var("RENKEI_TEST_POSTGRES")
        .ok()
        .filter(|s| !s.is_empty())
}

/// The synchronous client must not run on a thread of the runtime.
fn on_server(sql: String) {
    std::thread::spawn(move || {
        let url = server().expect("a PostgreSQL server");
        Client::connect(&url, NoTls)
            .expect("the test server answers")
            .batch_execute(&sql)
            .expect("the statement runs");
    })
    .join()
    .expect("the statement ends");
}

fn database_url(name: &str) -> String {
    let server = server().expect("a PostgreSQL server");
    let (base, _) = server.rsplit_once('/').expect("postgres://host/name");
    format!("{base}/{name}")
}

/// Sunday, 22 November 2026, 10:00 in Japan.
pub fn clock() -> Env {
    Env::fixed(Time(1_795_309_200_000_000), 20_261_122)
}

/// One key for all test databases.
pub fn key() -> InstallationKey {
    static KEY: OnceLock<InstallationKey> = OnceLock::new();
    KEY.get_or_init(|| InstallationKey::generate().expect("a key"))
        .clone()
}

/// The root of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("app lies in the root")
        .to_path_buf()
}

fn scratch(name: &str) -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let folder = std::env::temp_dir().join(format!(
        "renkei-test-{}-{name}-{}",
        std::process::id(),
        NUMBER.fetch_add(1, Ordering::Relaxed)
    ));
    fs::create_dir_all(folder.join("data")).expect("a scratch folder");
    folder
}

fn config(folder: &Path, url: Option<&str>) -> Config {
    let data = folder.join("data").display().to_string();
    let key = folder.join("key").display().to_string();
    let area = root().join("data/kensei").display().to_string();
    Config::from_parts("", |name| match name {
        "RENKEI_DATA_DIR" => Some(data.clone()),
        "RENKEI_KEY_FILE" => Some(key.clone()),
        "RENKEI_AREA_DIR" => Some(area.clone()),
        "RENKEI_DATABASE_URL" => url.map(str::to_owned),
        _ => None,
    })
    .expect("test settings")
}

/// A fresh copy of a template.
pub fn copy(kind: Kind, content: Content) -> Copy {
    static MADE: Mutex<Option<HashMap<(Kind, Content), Config>>> = Mutex::new(None);
    let mut made = MADE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let template = made
        .get_or_insert_with(HashMap::new)
        .entry((kind, content))
        .or_insert_with(|| make(kind, content))
        .clone();
    let folder = scratch("app");
    match kind {
        Kind::Sqlite => {
            drop(made);
            copy_folder(&template.data_dir, &folder.join("data"));
            Copy {
                config: config(&folder, None),
                database: None,
            }
        }
        Kind::Postgres => {
            let name = folder
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .replace('-', "_");
            let source = template
                .database_url
                .rsplit('/')
                .next()
                .expect("a name")
                .to_owned();
            on_server(format!("CREATE DATABASE {name} TEMPLATE {source}"));
            drop(made);
            copy_folder(&template.data_dir, &folder.join("data"));
            Copy {
                config: config(&folder, Some(&database_url(&name))),
                database: Some(name),
            }
        }
    }
}

fn make(kind: Kind, content: Content) -> Config {
    let folder = scratch("template");
    let url = (kind == Kind::Postgres).then(|| {
        let name = format!(
            "{}_{content:?}",
            folder.file_name().expect("a name").to_string_lossy()
        )
        .replace('-', "_")
        .to_lowercase();
        on_server(format!(
            "CREATE DATABASE {name} ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0"
        ));
        database_url(&name)
    });
    let config = config(&folder, url.as_deref());
    let for_thread = config.clone();
    std::thread::spawn(move || {
        let config = for_thread;
        let db: Db = compose::open(&config, key(), clock()).expect("the template opens");
        db.migrate().expect("the template migrates");
        tokio::runtime::Runtime::new()
            .expect("a runtime")
            .block_on(async {
                match content {
                    Content::Demo => {
                        db.set_stamp(Stamp::Demo).await.expect("stamp");
                        demo::seed(&config, &db).await.expect("the demo data load");
                    }
                    Content::Production => db.set_stamp(Stamp::Production).await.expect("stamp"),
                }
                db.close().await.expect("the template closes");
            });
    })
    .join()
    .expect("the template is made");
    config
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the template's folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// An installation of the real binary, empty at first, in a folder of its own.
pub struct Installation {
    pub config: Config,
    copy: Option<Copy>,
}

impl Installation {
    /// Chooses folder and database; nothing is made yet.
    pub fn new(kind: Kind) -> Self {
        let folder = scratch("binary");
        let database = (kind == Kind::Postgres).then(|| {
            let name = folder
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .replace('-', "_");
            on_server(format!(
                "CREATE DATABASE {name} ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0"
            ));
            name
        });
        let url = database.as_deref().map(database_url);
        let config = config(&folder, url.as_deref());
        Self {
            config: config.clone(),
            copy: Some(Copy { config, database }),
        }
    }

    /// The binary with this installation's settings.
    pub fn command(&self, subcommand: &str) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_renkei"));
        command
            .args(subcommand.split(' '))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("RENKEI_DATA_DIR", &self.config.data_dir)
            .env("RENKEI_KEY_FILE", &self.config.key_file)
            .env("RENKEI_DATABASE_URL", &self.config.database_url)
            .env("RENKEI_AREA_DIR", &self.config.area_dir)
            .env("RENKEI_ADDR", "127.0.0.1:0")
            .env("RUST_LOG", "error");
        command
    }

    /// Runs a subcommand to its end: whether it succeeded, and what it printed.
    pub fn run(&self, subcommand: &str) -> (bool, String) {
        let mut child = self
            .command(subcommand)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("the binary runs");
        // A command that should refuse and serves instead must not hang the tests.
        if subcommand == "serve" {
            for _ in 0..600 {
                if child
                    .try_wait()
                    .expect("the process can be asked")
                    .is_some()
                {
                    break;
                }
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            let _ = child.kill();
        }
        let done = child.wait_with_output().expect("the binary ends");
        let text = format!(
            "{}{}",
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr)
        );
        (done.status.success(), text)
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        drop(self.copy.take());
    }
}
