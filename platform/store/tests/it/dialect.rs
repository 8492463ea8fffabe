//! One line of the dialect each, on both engines.

use kernel::Uuid;
use store::Error;

use crate::harness::{
    ADD_SHOP, NOTES_BY_ID, NoteId, SHOPS, SOME_SHOPS, VISITS, account, on_both, system, town,
    viewer,
};

on_both! { text_sorts_bytewise_and_keeps_what_was_typed(world) {
    // Upper case before lower case, and a variation selector survives.
    for code in ["a", "B", "あ", "葛\u{E0100}", "葛", "🏥"] {
        world.shop(code).await;
    }
    let codes: Vec<String> =
        world.db.read(&system(), |conn| conn.all(&SHOPS, &[], |row| row.get(0))).await.map_err(|e: Error| e).unwrap();
    let mut sorted = codes.clone();
    sorted.sort();
    assert_eq!(codes, sorted);
    assert!(codes.contains(&"葛\u{E0100}".to_owned()) && codes.contains(&"🏥".to_owned()));
} }

on_both! { parameters_are_bound_by_name_in_any_order(world) {
    for code in ["a", "b", "c"] {
        world.shop(code).await;
    }
    // `but` comes second in the text and first in the list; with binding by place the answer would be another.
    let names: Vec<String> = world
        .db
        .read::<_, Error>(&system(), |conn| {
            let codes = store::texts(&["c", "b", "a"]);
            conn.all(&SOME_SHOPS, store::params! { "but" => "b", "codes" => codes }, |row| row.get(0))
        })
        .await
        .unwrap();
    assert_eq!(names, ["a", "c"]);
} }

on_both! { a_missing_or_superfluous_name_is_an_error(world) {
    let missing = world
        .db
        .read::<Option<i64>, Error>(&system(), |conn| conn.opt(&VISITS, &[], |row| row.get(0)))
        .await;
    assert!(matches!(missing, Err(Error::Engine(ref what)) if what.contains(":code")), "{missing:?}");
    let many = world
        .db
        .read::<Option<i64>, Error>(&system(), |conn| {
            conn.opt(&VISITS, store::params! { "code" => "a", "more" => 1 }, |row| row.get(0))
        })
        .await;
    assert!(matches!(many, Err(Error::Engine(_))), "{many:?}");
} }

on_both! { values_of_every_kind_come_back(world) {
    world
        .db
        .write::<_, Error>(&system(), |tx| {
            tx.exec(&ADD_SHOP, store::params! { "stars" => 4.5, "name" => "x".repeat(100_000), "code" => "s" })
        })
        .await
        .unwrap();
    let (name, stars): (String, Option<f64>) = world
        .db
        .read::<_, Error>(&system(), |conn| conn.one(&SHOPS, &[], |row| Ok((row.get(1)?, row.get(2)?))))
        .await
        .unwrap();
    assert_eq!((name.len(), stars), (100_000, Some(4.5)));
    let wrong = world.db.read::<i64, Error>(&system(), |conn| conn.one(&SHOPS, &[], |row| row.get(1))).await;
    assert!(matches!(wrong, Err(Error::Corrupt { .. })), "{wrong:?}");
} }

on_both! { lists_of_ids_are_one_parameter(world) {
    world.note(1, town(1), "one").await;
    world.note(2, town(1), "two").await;
    world.note(3, town(2), "three").await;
    crate::access::give(world, account(1), &[town(1).uuid()]).await;
    let bodies: Vec<String> = world
        .db
        .read::<_, Error>(&viewer(1), |conn| {
            let ids = store::ids(&[1, 3].map(|n| NoteId::new(Uuid::from_u128(n))));
            conn.all(&NOTES_BY_ID, store::params! { "ids" => ids }, |row| row.get(0))
        })
        .await
        .unwrap();
    assert_eq!(bodies, ["one"]);
} }

on_both! { a_strict_column_refuses_another_kind(world) {
    let wrong = world
        .db
        .write::<_, Error>(&system(), |tx| {
            tx.exec(&ADD_SHOP, store::params! { "code" => "a", "name" => vec![1_u8, 2], "stars" => 1.0 })
        })
        .await;
    assert!(wrong.is_err(), "bytes in a text column");
} }

on_both! { every_statement_prepares(world) {
    let failed: Result<Vec<String>, Error> = world.db.prepare_all();
    assert_eq!(failed.unwrap(), Vec::<String>::new());
    assert!(world.db.statements().count() > 40);
} }
