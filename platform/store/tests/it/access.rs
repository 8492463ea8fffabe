//! Access rows against a naive reading of the rules.

use std::collections::BTreeMap;

use kernel::{AccountId, Time, Uuid};
use proptest::prelude::*;
use store::{
    Error, Level,
    access::{Grant, of, replace},
};

use crate::harness::{NOTE, NOTES, NOW, NoteId, World, account, on_both, system, town, viewer};

pub(crate) async fn give(world: &World, to: AccountId, subjects: &[Uuid]) {
    let grants: Vec<Grant> = subjects
        .iter()
        .map(|subject| Grant {
            subject: *subject,
            level: Level::Read,
            until: NOW.plus_days(1),
            via: "membership".to_owned(),
        })
        .collect();
    world
        .db
        .write::<_, Error>(&system(), move |tx| replace(tx, to, &grants))
        .await
        .unwrap();
}

fn grants() -> impl Strategy<Value = Vec<Grant>> {
    let one = (0_u128..6, 1..=3, -2_i64..3).prop_map(|(subject, level, days)| Grant {
        subject: Uuid::from_u128(0x7000 + subject),
        level: [Level::Read, Level::Edit, Level::Manage][level as usize - 1],
        until: NOW.plus_days(days),
        via: "rule".to_owned(),
    });
    proptest::collection::vec(one, 0..10)
}

/// The best grant of each subject, computed the slow way.
fn naive(grants: &[Grant]) -> BTreeMap<Uuid, (Level, Time)> {
    let mut best = BTreeMap::new();
    for grant in grants {
        let all = grants.iter().filter(|other| other.subject == grant.subject);
        best.insert(
            grant.subject,
            all.map(|other| (other.level, other.until)).max().unwrap(),
        );
    }
    best
}

fn check(postgres: bool, cases: u32) {
    let Some(world) = crate::harness::world(postgres, |_| {}) else {
        return;
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for number in 0..6 {
        runtime.block_on(world.note(number, town(number), &number.to_string()));
    }
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases,
        ..ProptestConfig::default()
    });
    runner
        .run(&grants(), |grants| {
            let given = grants.clone();
            world
                .db
                .write_blocking::<_, Error>(&system(), move |tx| replace(tx, account(1), &given))
                .unwrap();
            let kept: BTreeMap<Uuid, (Level, Time)> = world
                .db
                .read_blocking::<_, Error>(&system(), |conn| of(conn, account(1)))
                .unwrap()
                .into_iter()
                .map(|grant| (grant.subject, (grant.level, grant.until)))
                .collect();
            let expected = naive(&grants);
            prop_assert_eq!(&kept, &expected);
            let seen: Vec<String> = world
                .db
                .read_blocking::<_, Error>(&viewer(1), |conn| {
                    conn.all(&NOTES, &[], |row| row.get(1))
                })
                .unwrap();
            let may: Vec<String> = (0..6)
                .filter(|number| {
                    expected
                        .get(&town(*number).uuid())
                        .is_some_and(|(_, until)| *until > NOW)
                })
                .map(|number| number.to_string())
                .collect();
            prop_assert_eq!(seen, may);
            Ok(())
        })
        .unwrap();
}

#[test]
fn replacing_grants_agrees_with_the_rules_sqlite() {
    check(false, 200);
}

#[test]
fn replacing_grants_agrees_with_the_rules_postgres() {
    check(true, 50);
}

on_both! { tokens_need_a_view_and_a_level(world) {
    world.note(1, town(1), "one").await;
    give(world, account(1), &[town(1).uuid()]).await;
    let id = NoteId::new(Uuid::from_u128(1));
    let (seen, changed, base) = world
        .db
        .write::<_, Error>(&viewer(1), move |tx| {
            let by_id = store::params! { "id" => id };
            Ok((
                store::token::visible::<NoteId>(tx, &NOTE, by_id)?,
                store::token::editable::<NoteId>(tx, &NOTE, by_id)?,
                store::token::visible::<NoteId>(tx, &crate::harness::ALL_NOTES, &[]).is_err(),
            ))
        })
        .await
        .unwrap();
    assert_eq!(seen.map(|token| token.id()), Some(id));
    assert!(changed.is_none(), "reading does not allow changing");
    assert!(base, "a base table proves nothing");
    let other = world
        .db
        .write::<_, Error>(&viewer(2), move |tx| store::token::visible::<NoteId>(tx, &NOTE, store::params! { "id" => id }))
        .await
        .unwrap();
    assert!(other.is_none());
} }
