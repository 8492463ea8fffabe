//! A fresh database per test, with two small tables of a made-up feature.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use kernel::{AccountId, Env, OrganisationId, Time, Uuid};
use store::{Db, InstallationKey, Migration, Options, Schema, Viewer};

pub(crate) const NOW: Time = Time(1_795_000_000_000_000);

store::ids! {
    /// A note of an organisation.
    pub(crate) NoteId;
}

const TABLES: &str = "
-- table: shop open
CREATE TABLE shop (code TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, stars DOUBLE PRECISION, visits BIGINT NOT NULL);
-- table: note tenant
CREATE TABLE note (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    body TEXT NOT NULL CHECK (length(body) <= 100000),
    shop TEXT REFERENCES shop (code) DEFERRABLE INITIALLY DEFERRED,
    at BIGINT NOT NULL
);
CREATE VIEW visible_note AS
    SELECT n.id, n.tenant, n.body, n.at, a.level
    FROM access a JOIN note n ON n.tenant = a.subject
    WHERE a.account = viewer_account() AND a.until > viewer_now();
-- table: secret system
CREATE TABLE secret (id BLOB NOT NULL PRIMARY KEY, word TEXT NOT NULL);
";

store::statements! {
    pub(crate) ADD_SHOP = "INSERT INTO shop (code, name, stars, visits) VALUES (:code, :name, :stars, 0)";
    pub(crate) DROP_SHOPS = "DELETE FROM shop WHERE code = 'x'";
    pub(crate) VISIT = "UPDATE shop SET visits = visits + 1 WHERE code = :code";
    pub(crate) VISITS = "SELECT visits FROM shop WHERE code = :code";
    pub(crate) SHOPS = "SELECT code, name, stars FROM shop ORDER BY code";
    pub(crate) SOME_SHOPS = "SELECT name FROM shop WHERE code IN LIST_TEXT(:codes) AND code <> :but ORDER BY code";
    pub(crate) ADD_NOTE = "INSERT INTO note (id, tenant, body, shop, at) VALUES (:id, :tenant, :body, :shop, :at)";
    pub(crate) NOTES = "SELECT id, body FROM visible_note ORDER BY at, id";
    pub(crate) NOTES_BY_ID = "SELECT body FROM visible_note WHERE id IN LIST_ID(:ids) ORDER BY body";
    pub(crate) ALL_NOTES = "SELECT id FROM note";
    pub(crate) NOTE = "SELECT id, level FROM visible_note WHERE id = :id";
}

pub(crate) static SCHEMA: Schema = Schema {
    feature: "shops",
    migrations: &[Migration {
        name: "20261122_1_shops",
        sqlite: TABLES,
        postgres: TABLES,
    }],
    statements: &[STATEMENTS],
};

pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) options: Options,
    pub(crate) folder: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _left = std::fs::remove_dir_all(&self.folder);
    }
}

/// Where the tests' server is.
#[expect(
    clippy::disallowed_methods,
    reason = "the address of the tests' server comes from outside"
)]
fn server() -> Option<String> {
    std::env::var("RENKEI_TEST_POSTGRES")
        .ok()
        .filter(|url| !url.is_empty())
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// Options for an empty database; `None` when there is no server for that engine.
pub(crate) fn options(postgres: bool) -> Option<(Options, PathBuf)> {
    let name = format!(
        "renkei_store_{}_{}",
        std::process::id(),
        NUMBER.fetch_add(1, Ordering::Relaxed)
    );
    let folder = std::env::temp_dir().join(&name);
    std::fs::create_dir_all(&folder).unwrap();
    let url = if postgres {
        let server = server()?;
        let mut config: postgres::Config = server.parse().unwrap();
        std::thread::spawn(move || {
            let mut client = config.dbname("postgres").connect(postgres::NoTls).unwrap();
            // Another order than that of bytes by default, so that a forgotten collation shows.
            let how = "TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'ja'";
            client
                .batch_execute(&format!("CREATE DATABASE {name} {how}"))
                .unwrap();
            let (base, query) = server.split_once('?').unwrap_or((&server, ""));
            let (host, _) = base.rsplit_once('/').unwrap();
            format!("{host}/{name}?{query}")
        })
        .join()
        .unwrap()
    } else {
        folder.join("test.db").display().to_string()
    };
    let key = InstallationKey::generate().unwrap();
    Some((Options::new(url, key, &folder, Env::fixed(NOW, 1)), folder))
}

/// A migrated database.
pub(crate) fn world(postgres: bool, change: impl FnOnce(&mut Options)) -> Option<World> {
    let (mut options, folder) = options(postgres)?;
    change(&mut options);
    let db = Db::open(options.clone(), &[&SCHEMA]).unwrap();
    db.migrate().unwrap();
    Some(World {
        db,
        options,
        folder,
    })
}

/// Runs a test on both engines.
macro_rules! on_both {
    ($(#[$meta:meta])* $name:ident($world:ident) $body:block) => {
        $crate::harness::on_both! { $(#[$meta])* $name($world, |_| {}) $body }
    };
    ($(#[$meta:meta])* $name:ident($world:ident, $change:expr) $body:block) => {
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn body($world: &$crate::harness::World) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                if let Some(world) = $crate::harness::world(false, $change) {
                    body(&world).await;
                }
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(world) = $crate::harness::world(true, $change) {
                    body(&world).await;
                }
            }
        }
    };
}
pub(crate) use on_both;

pub(crate) fn system() -> Viewer {
    Viewer::system("test", NOW)
}

pub(crate) fn account(number: u128) -> AccountId {
    AccountId::new(Uuid::from_u128(number))
}

pub(crate) fn town(number: u128) -> OrganisationId {
    OrganisationId::new(Uuid::from_u128(0x7000 + number))
}

pub(crate) fn viewer(number: u128) -> Viewer {
    Viewer::signed_in(account(number), None, Some(town(number)), NOW, "192.0.2.1")
}

impl World {
    pub(crate) async fn shop(&self, code: &str) {
        let code = code.to_owned();
        self.db
            .write::<_, store::Error>(&system(), move |tx| {
                tx.exec(
                    &ADD_SHOP,
                    store::params! { "code" => code, "name" => code, "stars" => None::<f64> },
                )
            })
            .await
            .unwrap();
    }

    pub(crate) async fn note(&self, id: u128, tenant: OrganisationId, body: &str) {
        let body = body.to_owned();
        self.db
            .write::<_, store::Error>(&system(), move |tx| {
                let id = NoteId::new(Uuid::from_u128(id));
                let params = store::params! {
                    "id" => id, "tenant" => tenant, "body" => body, "shop" => None::<String>, "at" => tx.now(),
                };
                tx.exec(&ADD_NOTE, params)
            })
            .await
            .unwrap();
    }

    pub(crate) async fn visits(&self, code: &str) -> i64 {
        let code = code.to_owned();
        self.db
            .read::<_, store::Error>(&Viewer::public(NOW), move |conn| {
                conn.one(&VISITS, store::params! { "code" => code }, |row| row.get(0))
            })
            .await
            .unwrap()
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.db.engine() == store::Engine::Postgres
    }

    /// Changes the database behind the store's back.
    pub(crate) fn tamper(&self, sql: &str) {
        if self.is_postgres() {
            let (url, sql) = (self.options.url.clone(), sql.to_owned());
            std::thread::spawn(move || {
                postgres::Client::connect(&url, postgres::NoTls)
                    .unwrap()
                    .batch_execute(&sql)
                    .unwrap();
            })
            .join()
            .unwrap();
        } else {
            let db = rusqlite::Connection::open(&self.options.url).unwrap();
            db.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}"))
                .unwrap();
        }
    }
}
