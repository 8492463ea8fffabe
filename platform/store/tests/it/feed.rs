//! The change feed tells what was committed, once, and nothing that was not.

use std::time::Duration;

use kernel::Uuid;
use store::Error;

use crate::harness::{on_both, system, town};

on_both! { commits_are_told_and_failures_are_not(world) {
    let mut feed = world.db.changes();
    let mut second = world.db.changes();
    for number in 0..5_u128 {
        let answer = world.db.write::<(), Error>(&system(), move |tx| {
            tx.changed("note", Uuid::from_u128(number), Some(town(1)))?;
            if number == 2 { Err(Error::NotFound) } else { Ok(()) }
        }).await;
        assert_eq!(answer.is_ok(), number != 2);
    }
    let mut told = Vec::new();
    while told.len() < 4 {
        let change = tokio::time::timeout(Duration::from_secs(5), feed.recv()).await.expect("in time").unwrap();
        assert_eq!((&*change.kind, change.tenant), ("note", Some(town(1))));
        told.push(change.subject.as_u128());
    }
    told.sort_unstable();
    assert_eq!(told, [0, 1, 3, 4]);
    assert!(tokio::time::timeout(Duration::from_millis(700), feed.recv()).await.is_err(), "nothing twice");
    assert!(second.try_recv().is_ok());
} }

on_both! { changes_of_another_node_arrive(world) {
    let other = store::Db::open(world.options.clone(), &[&crate::harness::SCHEMA]).unwrap();
    let mut feed = other.changes();
    world.db.write::<(), Error>(&system(), |tx| tx.changed("note", Uuid::nil(), None)).await.unwrap();
    let change = tokio::time::timeout(Duration::from_secs(5), feed.recv()).await.expect("in time").unwrap();
    assert_eq!(&*change.kind, "note");
} }
