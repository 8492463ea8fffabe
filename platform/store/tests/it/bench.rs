//! The measurement itself runs; `cargo test -p store bare_store -- --ignored --nocapture` prints figures.

use std::time::Duration;

use kernel::{Env, Time};
use store::{
    Db,
    bench::{self, Plan},
};

#[expect(clippy::print_stdout, reason = "the figures are what this is for")]
fn figures(postgres: bool, plan: Plan) {
    let Some((mut options, folder)) = crate::harness::options(postgres) else {
        return;
    };
    options.env = Env::fixed(Time(1_795_000_000_000_000), 1);
    let db = Db::open(options, &[&bench::SCHEMA]).unwrap();
    db.migrate().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let list = runtime.block_on(bench::run(&db, plan)).unwrap();
    for case in &list {
        println!(
            "{:?} {} c={}: {:.0}/s ({:.0}-{:.0}) p50 {} us p99 {} us busy {}",
            db.engine(),
            case.case,
            case.clients,
            case.per_second,
            case.spread.0,
            case.spread.1,
            case.p50_us,
            case.p99_us,
            case.busy
        );
    }
    assert_eq!(list.len(), plan.cases.len() * plan.clients.len());
    let report = runtime.block_on(store::audit::verify(&db, None)).unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
    println!(
        "{:?} chains {} rows {} retries {}",
        db.engine(),
        report.chains,
        report.rows,
        db.metrics().retries
    );
    drop(db);
    let _left = std::fs::remove_dir_all(folder);
}

#[test]
fn the_measurement_runs() {
    figures(
        false,
        Plan {
            each: Duration::from_millis(50),
            clients: &[2],
            ..Plan::default()
        },
    );
}

#[test]
#[ignore = "takes minutes; prints figures"]
fn bare_store_sqlite() {
    figures(false, Plan::default());
}

#[test]
#[ignore = "prints figures"]
fn bare_writes_sqlite() {
    figures(
        false,
        Plan {
            cases: &["write"],
            ..Plan::default()
        },
    );
}

#[test]
#[ignore = "takes minutes; prints figures"]
fn bare_store_postgres() {
    figures(true, Plan::default());
}
