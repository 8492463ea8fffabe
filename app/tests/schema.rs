//! The schema on both engines: every statement prepares, nothing guarded can be read around its view, and the dumps in
//! `docs/schema` are what a fresh and an upgraded database really hold.

use std::fs;

use app::compose;
use store::{Db, Options};

use crate::both;
use crate::harness::{clock, key, root};

both! {
    async fn every_statement_prepares(app: demo) {
        let db = app.db.clone();
        let failures = tokio::task::spawn_blocking(move || db.prepare_all().expect("reachable")).await.expect("ends");
        assert!(failures.is_empty(), "{failures:#?}");
    }
}

both! {
    async fn guarded_tables_cannot_be_read_around_their_views(app: demo) {
        let db = app.db.clone();
        let open = tokio::task::spawn_blocking(move || db.unguarded().expect("reachable")).await.expect("ends");
        assert!(open.is_empty(), "the engine lets an ordinary viewer read: {open:#?}");
        assert!(app.db.tables().filter(|t| t.view().is_some()).count() >= 1, "there are guarded tables");
    }
}

both! {
    async fn the_dump_is_the_documented_one(app: production) {
        let db = app.db.clone();
        let engine = if app.config.is_postgres() { "postgres" } else { "sqlite" };
        let dump = tokio::task::spawn_blocking(move || db.schema_dump().expect("a dump")).await.expect("ends");
        let path = root().join(format!("docs/schema/{engine}.sql"));
        if std::env::var("RENKEI_UPDATE").is_ok() {
            fs::create_dir_all(path.parent().expect("docs")).expect("a folder");
            fs::write(&path, &dump).expect("written");
        }
        let documented = fs::read_to_string(&path).unwrap_or_default();
        assert!(dump == documented, "docs/schema/{engine}.sql is not what a fresh database holds: RENKEI_UPDATE=1 writes it anew");
    }
}

/// The schemas as they were on the day of a stamp: what is younger is left out.
fn as_of(all: &[&'static store::Schema], stamp: &str) -> Vec<&'static store::Schema> {
    all.iter()
        .map(|schema| {
            let then: Vec<store::Migration> = schema
                .migrations
                .iter()
                .filter(|m| stamp_of(m.name) <= stamp_of(stamp))
                .copied()
                .collect();
            let then: &'static store::Schema = Box::leak(Box::new(store::Schema {
                feature: schema.feature,
                migrations: then.leak(),
                statements: &[],
            }));
            then
        })
        .collect()
}

fn stamp_of(name: &str) -> (u32, u32) {
    let mut parts = name.split('_').filter_map(|part| part.parse().ok());
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

/// A database that grew release by release equals one that was made at once.
#[test]
fn an_upgraded_database_equals_a_fresh_one() {
    let folder = std::env::temp_dir().join(format!("renkei-upgrade-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let open = |name: &str, schemas: &[&'static store::Schema]| {
        let options = Options::new(
            folder.join(name).display().to_string(),
            key(),
            &folder,
            clock(),
        );
        let db = Db::open(options, schemas).expect("opens");
        db.migrate().expect("migrates");
        db
    };
    let all = compose::schemas();
    let fresh = open("fresh.db", all).schema_dump().expect("a dump");
    let mut stamps: Vec<&str> = all
        .iter()
        .flat_map(|s| s.migrations.iter().map(|m| m.name))
        .collect();
    stamps.sort_by_key(|name| stamp_of(name));
    for stamp in stamps {
        drop(open("grown.db", &as_of(all, stamp)));
    }
    let grown = open("grown.db", all).schema_dump().expect("a dump");
    let _ = fs::remove_dir_all(&folder);
    assert!(fresh == grown);
}

both! {
    async fn a_second_migration_does_nothing(app: demo) {
        let db = app.db.clone();
        let done = tokio::task::spawn_blocking(move || db.migrate().expect("migrates")).await.expect("ends");
        assert!(done.is_empty(), "{done:?}");
    }
}
