//! Migrations are refused when the ledger and the binary do not fit together.

use store::{Db, Error, Migration, Options, Schema};

use crate::harness::{SCHEMA, options};

const fn one(name: &'static str, sql: &'static str) -> Migration {
    Migration {
        name,
        sqlite: sql,
        postgres: sql,
    }
}

const A: Migration = one(
    "20261122_1_a",
    "-- table: a open\nCREATE TABLE a (id BIGINT NOT NULL PRIMARY KEY, t TEXT);",
);
const B: Migration = one(
    "20261201_1_b",
    "-- table: b open\nCREATE TABLE b (id BIGINT NOT NULL PRIMARY KEY);",
);
const C: Migration = one(
    "20261124_1_c",
    "-- table: c open\nCREATE TABLE c (id BIGINT NOT NULL PRIMARY KEY);",
);
const CHANGED: Migration = one(
    "20261122_1_a",
    "-- table: a open\nCREATE TABLE a (id BIGINT NOT NULL PRIMARY KEY);",
);
const BROKEN: Migration = one(
    "20261202_1_x",
    "-- table: x open\nCREATE TABLE x (id BIGINT); SELECT nonsense FROM nowhere;",
);

static ONE: Schema = Schema {
    feature: "a",
    migrations: &[A],
    statements: &[],
};
static TWO: Schema = Schema {
    feature: "a",
    migrations: &[A, B],
    statements: &[],
};
static LATE: Schema = Schema {
    feature: "z",
    migrations: &[C],
    statements: &[],
};
static OTHER: Schema = Schema {
    feature: "a",
    migrations: &[CHANGED],
    statements: &[],
};
static BAD: Schema = Schema {
    feature: "bad",
    migrations: &[BROKEN],
    statements: &[],
};

fn open(options: &Options, schemas: &[&'static Schema]) -> Db {
    Db::open(options.clone(), schemas).unwrap()
}

fn refusals(postgres: bool) {
    let Some((options, folder)) = options(postgres) else {
        return;
    };
    let first = open(&options, &[&ONE]);
    assert!(
        matches!(first.check_schema(), Err(Error::Schema(_))),
        "nothing has run yet"
    );
    assert_eq!(first.migrate().unwrap().len(), 3);
    assert_eq!(first.migrate().unwrap(), Vec::<String>::new());
    assert!(first.check_schema().is_ok());
    let refused = |schemas: &[&'static Schema], word: &str| {
        let db = open(&options, schemas);
        for answer in [db.migrate().map(|_| ()), db.check_schema()] {
            assert!(
                matches!(&answer, Err(Error::Schema(what)) if what.contains(word)),
                "{answer:?}"
            );
        }
    };
    refused(&[&OTHER], "changed");
    assert_eq!(
        open(&options, &[&TWO]).migrate().unwrap(),
        ["a 20261201_1_b"]
    );
    refused(&[&ONE], "does not know");
    refused(&[&TWO, &LATE], "stamped before");
    // A migration that fails leaves nothing behind.
    let before = open(&options, &[&TWO]).schema_dump().unwrap();
    let broken = open(&options, &[&TWO, &BAD]).migrate();
    assert!(
        matches!(&broken, Err(Error::Schema(what)) if what.contains("20261202_1_x")),
        "{broken:?}"
    );
    let upgraded = open(&options, &[&TWO]);
    assert_eq!(upgraded.schema_dump().unwrap(), before);
    assert!(upgraded.check_schema().is_ok());
    // A fresh database is the same as an upgraded one.
    let Some((fresh_options, fresh_folder)) = crate::harness::options(postgres) else {
        return;
    };
    let fresh = open(&fresh_options, &[&TWO]);
    fresh.migrate().unwrap();
    assert_eq!(fresh.schema_dump().unwrap(), before);
    for folder in [folder, fresh_folder] {
        let _left = std::fs::remove_dir_all(folder);
    }
}

#[test]
fn refusals_sqlite() {
    refusals(false);
}

#[test]
fn refusals_postgres() {
    refusals(true);
}

#[test]
fn nodes_that_start_at_once_migrate_once() {
    for postgres in [false, true] {
        let Some((options, folder)) = options(postgres) else {
            continue;
        };
        let ran: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| open(&options, &[&SCHEMA]).migrate().unwrap().len()))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .sum()
        });
        assert_eq!(ran, 3);
        let _left = std::fs::remove_dir_all(folder);
    }
}

#[test]
fn two_features_cannot_own_one_table() {
    static TWIN: Schema = Schema {
        feature: "twin",
        migrations: &[A],
        statements: &[],
    };
    let Some((options, _folder)) = options(false) else {
        return;
    };
    assert!(matches!(
        Db::open(options, &[&ONE, &TWIN]),
        Err(Error::Schema(_))
    ));
}
