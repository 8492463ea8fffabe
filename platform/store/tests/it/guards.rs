//! Ordinary viewers reach guarded tables through their views only; the engine itself refuses the rest.

use kernel::Uuid;
use store::{Error, Stmt, Viewer};

use crate::harness::{ALL_NOTES, NOTES, NOW, SHOPS, account, on_both, system, town, viewer};

store::statements! {
    COUNT = "SELECT COUNT(*) FROM note";
    SECRET = "SELECT word FROM secret";
    ACCESS = "SELECT subject FROM access";
    DISGUISE = "WITH visible_note AS (SELECT id, body FROM note) SELECT id, body FROM visible_note";
    DISGUISE_LIST = "WITH visible_note (id, body) AS (SELECT id, body FROM note) SELECT id, body FROM visible_note";
    DISGUISE_QUOTED = "WITH \"visible_note\" AS (SELECT id, body FROM note) SELECT id, body FROM visible_note";
    JOINED = "SELECT s.name FROM shop s JOIN note n ON n.shop = s.code";
    INNER = "SELECT code FROM shop WHERE EXISTS (SELECT 1 FROM note)";
    TWICE = "SELECT v.body FROM visible_note v JOIN note n ON n.id = v.id";
}

async fn refused(world: &crate::harness::World, stmt: &'static Stmt, who: Viewer) {
    let answer = world
        .db
        .read::<usize, Error>(&who, move |conn| Ok(conn.all(stmt, &[], |_| Ok(()))?.len()))
        .await;
    assert!(
        matches!(answer, Err(Error::Guarded(_))),
        "{}: {answer:?}",
        stmt.sql
    );
}

on_both! { base_tables_and_disguises_are_refused(world) {
    world.note(1, town(1), "one").await;
    crate::access::give(world, account(1), &[town(1).uuid()]).await;
    for stmt in [&ALL_NOTES, &COUNT, &SECRET, &ACCESS, &JOINED, &INNER, &TWICE] {
        refused(world, stmt, viewer(1)).await;
        refused(world, stmt, Viewer::public(NOW)).await;
    }
    for stmt in [&DISGUISE, &DISGUISE_LIST, &DISGUISE_QUOTED] {
        refused(world, stmt, viewer(1)).await;
    }
    assert_eq!(world.db.unguarded().unwrap(), Vec::<String>::new());
} }

on_both! { a_view_shows_what_access_allows_and_open_tables_all(world) {
    world.note(1, town(1), "one").await;
    world.note(2, town(2), "two").await;
    world.shop("a").await;
    crate::access::give(world, account(1), &[town(1).uuid()]).await;
    let read = |who: Viewer| {
        let db = world.db.clone();
        async move { db.read::<Vec<(Uuid, String)>, Error>(&who, |conn| conn.all(&NOTES, &[], |r| Ok((r.get(0)?, r.get(1)?)))).await.unwrap() }
    };
    assert_eq!(read(viewer(1)).await, [(Uuid::from_u128(1), "one".to_owned())]);
    assert!(read(viewer(2)).await.is_empty());
    assert!(read(Viewer::public(NOW)).await.is_empty());
    // After its last instant a grant shows nothing.
    let late = Viewer::signed_in(account(1), None, None, NOW.plus_days(1), "");
    assert!(read(late).await.is_empty());
    let shops = world.db.read::<_, Error>(&Viewer::public(NOW), |conn| Ok(conn.all(&SHOPS, &[], |_| Ok(()))?.len())).await;
    assert_eq!(shops.unwrap(), 1);
    let all = world.db.read::<_, Error>(&system(), |conn| Ok(conn.all(&ALL_NOTES, &[], |_| Ok(()))?.len())).await;
    assert_eq!(all.unwrap(), 2);
} }

on_both! { a_read_that_runs_too_long_is_stopped(world) {
    store::statements! {
        LONG = "WITH RECURSIVE n (x) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT x + 1 FROM n WHERE x < 900000000)
                SELECT COUNT(*) FROM n";
    }
    let answer = world.db.read::<i64, Error>(&Viewer::public(NOW), |conn| conn.one(&LONG, &[], |row| row.get(0))).await;
    assert_eq!(answer, Err(Error::Timeout));
    assert!(world.db.ping().await.is_ok(), "the connection lives on");
} }
