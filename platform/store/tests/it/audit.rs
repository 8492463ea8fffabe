//! Tampering with the audit trail is found.

use kernel::Uuid;
use store::{Audit, Error, audit};

use crate::harness::{NOW, World, account, on_both, viewer};

async fn events(world: &World, count: u128) {
    for number in 0..count {
        let audit = Audit::new("test.save", "note")
            .id(Uuid::from_u128(number))
            .field("body", Some("old"), Some("secret"));
        world.db.audit(&viewer(1), audit).await.unwrap();
    }
}

async fn problems(world: &World) -> Vec<String> {
    audit::verify(&world.db, Some(&world.options.seal_file))
        .await
        .unwrap()
        .problems
}

on_both! { an_honest_trail_has_no_problems_and_no_content(world) {
    events(world, 5).await;
    world.db.seal().await.unwrap();
    world.db.seal().await.unwrap();
    events(world, 2).await;
    world.db.close().await.unwrap();
    let other = store::Db::open(world.options.clone(), &[&crate::harness::SCHEMA]).unwrap();
    other.audit(&viewer(2), Audit::new("test.refuse", "note").refused()).await.unwrap();
    other.seal().await.unwrap();
    let report = audit::verify(&other, Some(&world.options.seal_file)).await.unwrap();
    assert_eq!((report.rows, report.seals, report.unsealed, report.problems), (8, 3, 0, vec![]));
    let list = other
        .read_blocking::<_, Error>(&crate::harness::system(), |conn| audit::latest(conn, Some(account(1)), NOW.plus_secs(1), 50))
        .unwrap();
    assert_eq!(list.len(), 7);
    assert!(list.iter().all(|event| !event.fields.contains("secret") && event.fields.contains("body")));
    assert_eq!(list[0].address, "192.0.2.1");
} }

on_both! { a_changed_row_is_found(world) {
    events(world, 4).await;
    world.tamper("UPDATE audit_event SET action = 'test.other' WHERE position = 1");
    let found = problems_unsealed(world).await;
    assert!(found.iter().any(|problem| problem.contains("row 1 was changed")), "{found:?}");
} }

async fn problems_unsealed(world: &World) -> Vec<String> {
    audit::verify(&world.db, None).await.unwrap().problems
}

on_both! { a_gap_is_found(world) {
    // One connection, so that the rows are one chain.
    events(world, 12).await;
    world.tamper("DELETE FROM audit_event WHERE position = 2");
    let found = problems_unsealed(world).await;
    assert!(found.iter().any(|problem| problem.contains("2 to 2 are missing")), "{found:?}");
} }

on_both! { a_reordering_is_found(world, |options| options.read_threads = 1) {
    events(world, 4).await;
    world.tamper("UPDATE audit_event SET position = 99 WHERE position = 2; UPDATE audit_event SET position = 2 WHERE position = 3;
                  UPDATE audit_event SET position = 3 WHERE position = 99;");
    let found = problems_unsealed(world).await;
    assert!(found.iter().any(|problem| problem.contains("row 2 was changed or moved")), "{found:?}");
} }

on_both! { a_tail_that_was_cut_off_is_found_by_the_seal(world, |options| options.read_threads = 1) {
    events(world, 6).await;
    world.db.seal().await.unwrap();
    world.tamper("DELETE FROM audit_event WHERE position > 3");
    let found = problems(world).await;
    assert!(found.iter().any(|problem| problem.contains("seal 1 of the database, was cut off")), "{found:?}");
    // Whoever also cuts the seal out of the database meets the one in the file.
    world.tamper("DELETE FROM audit_seal");
    assert!(problems_unsealed(world).await.is_empty());
    let found = problems(world).await;
    assert!(found.iter().any(|problem| problem.contains("seal 1 of the file, was cut off")), "{found:?}");
    assert!(found.iter().any(|problem| problem.contains("missing in the database")), "{found:?}");
} }

on_both! { a_chain_that_vanished_is_found(world) {
    events(world, 3).await;
    world.db.seal().await.unwrap();
    world.tamper("DELETE FROM audit_event; DELETE FROM audit_chain");
    assert!(!problems(world).await.is_empty());
} }

on_both! { a_changed_seal_is_found(world) {
    events(world, 3).await;
    world.db.seal().await.unwrap();
    world.tamper("UPDATE audit_seal SET at = at + 1");
    let found = problems(world).await;
    assert!(found.iter().any(|problem| problem.contains("seal 1 was changed")), "{found:?}");
} }

on_both! { sealing_without_news_writes_nothing(world) {
    events(world, 1).await;
    for _ in 0..3 {
        world.db.seal().await.unwrap();
    }
    assert_eq!(std::fs::read_to_string(&world.options.seal_file).unwrap().lines().count(), 1);
} }
