//! What a write promises: all or nothing, an answer after the commit, a panic harms nobody else.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    time::Duration,
};

use kernel::Uuid;
use store::{Audit, Error, Tx};

use crate::harness::{ADD_NOTE, ADD_SHOP, NOW, VISIT, VISITS, on_both, system, town};

fn visit(tx: &mut Tx, code: &str) -> store::Result<u64> {
    tx.exec(&VISIT, store::params! { "code" => code })
}

on_both! { a_panic_fails_its_own_request_only(world) {
    world.shop("a").await;
    let mut running = tokio::task::JoinSet::new();
    for number in 0..24 {
        let db = world.db.clone();
        running.spawn(async move {
            db.write::<_, Error>(&system(), move |tx| {
                visit(tx, "a")?;
                tx.audit(Audit::new("test.visit", "shop"))?;
                assert!(number % 3 != 0, "every third one panics");
                Ok(())
            })
            .await
        });
    }
    let answers = running.join_all().await;
    let panicked = answers.iter().filter(|a| matches!(a, Err(Error::Panicked(what)) if what.contains("third"))).count();
    assert_eq!((panicked, answers.iter().filter(|a| a.is_ok()).count()), (8, 16), "{answers:?}");
    assert_eq!(world.visits("a").await, 16);
    let report = store::audit::verify(&world.db, None).await.unwrap();
    assert_eq!((report.rows, report.problems), (16, vec![]));
} }

on_both! { an_error_undoes_all_and_keeps_its_type(world) {
    #[derive(Debug, PartialEq)]
    enum Refusal { No, Store(Error) }
    impl From<Error> for Refusal {
        fn from(error: Error) -> Self {
            Self::Store(error)
        }
    }
    world.shop("a").await;
    let answer = world.db.write::<(), Refusal>(&system(), |tx| { visit(tx, "a")?; Err(Refusal::No) }).await;
    assert_eq!(answer, Err(Refusal::No));
    assert_eq!(world.visits("a").await, 0);
    let twice = world.db.write::<_, Refusal>(&system(), |tx| {
        Ok(tx.exec(&ADD_SHOP, store::params! { "code" => "a", "name" => "again", "stars" => 1.0 })?)
    }).await;
    assert!(matches!(twice, Err(Refusal::Store(Error::Conflict(_)))));
} }

on_both! { a_failure_cannot_be_swallowed(world) {
    world.shop("a").await;
    let answer = world.db.write::<_, Error>(&system(), |tx| {
        visit(tx, "a")?;
        let again = tx.exec(&ADD_SHOP, store::params! { "code" => "a", "name" => "", "stars" => 1.0 });
        assert!(again.is_err());
        Ok(())
    }).await;
    assert!(matches!(answer, Err(Error::Conflict(_))), "both engines give the transaction up");
    assert_eq!(world.visits("a").await, 0);
} }

on_both! { a_failed_commit_fails_all_of_its_requests(world) {
    world.shop("a").await;
    let (release, wait) = mpsc::channel::<()>();
    let wait = Arc::new(parking_lot::Mutex::new(wait));
    let db = world.db.clone();
    let blocker = tokio::spawn(async move {
        // Holds the writer until the two others wait behind it.
        db.write::<_, Error>(&system(), move |_| {
            let _released = wait.lock().recv_timeout(Duration::from_secs(5));
            Ok(())
        })
        .await
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    let (good, bad) = (world.db.clone(), world.db.clone());
    let bad = tokio::spawn(async move {
        bad.write::<_, Error>(&system(), |tx| {
            // The missing shop is noticed at the commit.
            tx.audit(Audit::new("test.note", "note"))?;
            tx.exec(&ADD_NOTE, store::params! {
                "id" => Uuid::nil(), "tenant" => town(1), "body" => "", "shop" => "missing", "at" => NOW,
            })
        }).await
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    let good = tokio::spawn(async move { good.write::<_, Error>(&system(), |tx| visit(tx, "a")).await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    release.send(()).unwrap();
    let (blocker, bad, good) = (blocker.await.unwrap(), bad.await.unwrap(), good.await.unwrap());
    assert!(matches!(bad, Err(Error::Conflict(_))), "{bad:?}");
    if world.is_postgres() {
        assert_eq!((blocker, good), (Ok(()), Ok(1)), "there every request has its own commit");
    } else {
        assert!(blocker.is_err() && good.is_err(), "{blocker:?} {good:?}");
        assert_eq!(world.visits("a").await, 0);
    }
    world.db.write::<_, Error>(&system(), |tx| { visit(tx, "a")?; tx.audit(Audit::new("test.visit", "shop")) }).await.unwrap();
    let report = store::audit::verify(&world.db, None).await.unwrap();
    assert_eq!((report.rows, report.problems), (1, vec![]));
} }

on_both! { the_test_mode_runs_each_closure_twice(world, |options| options.twice = true) {
    world.shop("a").await;
    let runs = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&runs);
    world.db.write::<_, Error>(&system(), move |tx| {
        counted.fetch_add(1, Ordering::Relaxed);
        visit(tx, "a")?;
        tx.audit(Audit::new("test.visit", "shop"))
    }).await.unwrap();
    assert_eq!(runs.load(Ordering::Relaxed), 2);
    assert_eq!(world.visits("a").await, 1);
    assert_eq!(store::audit::verify(&world.db, None).await.unwrap().problems, Vec::<String>::new());
} }

on_both! { writers_that_contend_all_succeed(world, |options| options.read_threads = 8) {
    world.shop("a").await;
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..200 {
        let db = world.db.clone();
        // Reads, then writes what it read: on PostgreSQL most of these meet and must run again.
        running.spawn(async move {
            db.write::<_, Error>(&system(), |tx| {
                let before: i64 = tx.one(&VISITS, store::params! { "code" => "a" }, |row| row.get(0))?;
                visit(tx, "a")?;
                tx.audit(Audit::new("test.visit", "shop").field("visits", Some(before.to_string()), None::<String>))
            })
            .await
        });
    }
    let answers = running.join_all().await;
    let good = answers.iter().filter(|answer| answer.is_ok()).count() as i64;
    assert!(answers.iter().all(|answer| matches!(answer, Ok(()) | Err(Error::Busy))), "{answers:?}");
    assert!(good >= 195, "{good} of 200");
    assert_eq!(world.visits("a").await, good);
    let report = store::audit::verify(&world.db, None).await.unwrap();
    assert_eq!((report.rows as i64, report.problems), (good, vec![]));
    if world.is_postgres() {
        assert!(report.chains > 1, "a chain per writing connection");
        assert!(world.db.metrics().retries > 0);
    }
} }

on_both! { a_full_queue_says_busy(world, |options| { options.queue = 2; options.read_threads = 1; }) {
    let (release, wait) = mpsc::channel::<()>();
    let wait = Arc::new(parking_lot::Mutex::new(wait));
    let db = world.db.clone();
    let blocker = tokio::spawn(async move {
        db.write::<_, Error>(&system(), move |_| { let _ = wait.lock().recv_timeout(Duration::from_secs(5)); Ok(()) }).await
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..5 {
        let db = world.db.clone();
        running.spawn(async move { db.write::<_, Error>(&system(), |_| Ok(())).await });
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    release.send(()).unwrap();
    let answers = running.join_all().await;
    assert_eq!(answers.iter().filter(|answer| **answer == Err(Error::Busy)).count(), 3, "{answers:?}");
    blocker.await.unwrap().unwrap();
    assert_eq!(world.db.metrics().refused_busy, 3);
} }

on_both! { closing_serves_what_waits_and_then_refuses(world) {
    world.shop("a").await;
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let db = world.db.clone();
        running.spawn(async move { db.write::<_, Error>(&system(), |tx| visit(tx, "a")).await });
    }
    assert!(running.join_all().await.iter().all(Result::is_ok));
    world.db.close().await.unwrap();
    assert_eq!(world.db.write::<_, Error>(&system(), |tx| visit(tx, "a")).await, Err(Error::Busy));
} }

on_both! { a_stamp_is_for_good(world) {
    assert_eq!(world.db.stamp().await.unwrap(), None);
    world.db.set_stamp(store::Stamp::Demo).await.unwrap();
    world.db.set_stamp(store::Stamp::Demo).await.unwrap();
    assert!(matches!(world.db.set_stamp(store::Stamp::Production).await, Err(Error::Conflict(_))));
    assert_eq!(world.db.stamp().await.unwrap(), Some(store::Stamp::Demo));
} }

// One task that writes again and again without giving its thread back: an import of many chunks.
on_both! { a_task_may_wait_for_many_writes_in_a_row(world) {
    for number in 0..400 {
        let code = format!("row{number}");
        world.db.write_blocking::<_, Error>(&system(), move |tx| {
            tx.exec(&ADD_SHOP, store::params! { "code" => code, "name" => "x", "stars" => None::<f64> }).map(|_| ())
        }).unwrap();
    }
}}
