//! Backups: restored on either engine, checked, refused when damaged.

use std::path::PathBuf;

use kernel::Uuid;
use store::{Audit, Db, Error, InstallationKey, Options, backup};

use crate::harness::{
    ADD_NOTE, ADD_SHOP, DROP_SHOPS, NOW, SCHEMA, World, on_both, options, system, town, viewer,
};

async fn fill(world: &World) -> store::BlobId {
    world
        .db
        .write::<_, Error>(&system(), |tx| {
            for number in 0..300_u128 {
                let code = format!("店{number}");
                let stars = (number % 2 == 0).then_some(number as f64 / 7.0);
                tx.exec(&ADD_SHOP, store::params! { "code" => code, "name" => "葛\u{E0100}'\"\n", "stars" => stars })?;
                let id = Uuid::from_u128(number);
                let params = store::params! { "id" => id, "tenant" => town(1), "body" => "🏥", "shop" => code, "at" => NOW };
                tx.exec(&ADD_NOTE, params)?;
                tx.changed("note", id, None)?;
            }
            Ok(())
        })
        .await
        .unwrap();
    for _ in 0..3 {
        world
            .db
            .audit(&viewer(1), Audit::new("test.fill", "shop"))
            .await
            .unwrap();
    }
    world.db.seal().await.unwrap();
    world.db.blobs().put(vec![9; 100_000]).await.unwrap()
}

fn restore(
    archive: &std::path::Path,
    key: &InstallationKey,
    postgres: bool,
) -> Option<(Options, PathBuf)> {
    let (mut into, folder) = options(postgres)?;
    into.key = key.clone();
    let report = backup::restore(archive, into.clone(), &[&SCHEMA]).unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
    assert_eq!((report.files, report.audit_rows), (1, 3));
    assert!(report.rows >= 900);
    Some((into, folder))
}

#[cfg(unix)]
on_both! { nothing_that_is_written_can_be_read_by_other_users(world) {
    use std::os::unix::fs::PermissionsExt;
    fill(world).await;
    let archive = world.folder.join("backup");
    std::fs::write(world.folder.join("backup.half"), b"left behind").unwrap();
    backup::create(&world.db, &archive).unwrap();
    let Some((_, again)) = restore(&archive, &world.options.key, false) else { return };
    let mut folders = vec![world.folder.clone(), again];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{} has mode {mode:o}", path.display());
            if path.is_dir() { folders.push(path) } else { files += 1 }
        }
    }
    assert!(files >= 5, "database, seals and files, and the same restored: {files}");
}}

on_both! { a_backup_comes_back_on_both_engines(world) {
    let blob = fill(world).await;
    let archive = world.folder.join("backup");
    let made = backup::create(&world.db, &archive).unwrap();
    assert_eq!((made.files, made.problems), (1, vec![]));
    assert!(matches!(backup::create(&world.db, &archive), Err(Error::File(_))), "never over another");
    let text = std::fs::read(&archive).unwrap();
    assert!(!text.windows(6).any(|window| window == "葛\u{E0100}".as_bytes()), "encrypted");
    for postgres in [false, true] {
        let Some((options, folder)) = restore(&archive, &world.options.key, postgres) else { continue };
        let again = Db::open(options.clone(), &[&SCHEMA]).unwrap();
        assert!(again.check_schema().is_ok());
        assert_eq!(again.blobs().get(blob).await.unwrap().len(), 100_000);
        // Life goes on: numbers continue, the chain verifies, foreign keys hold.
        again.write::<_, Error>(&system(), |tx| {
            tx.changed("note", Uuid::nil(), None)?;
            tx.audit(Audit::new("test.after", "shop"))
        }).await.unwrap();
        let report = store::audit::verify(&again, Some(&options.seal_file)).await.unwrap();
        assert_eq!((report.rows, report.problems), (4, vec![]));
        let orphan = again.write::<_, Error>(&system(), |tx| tx.exec(&ADD_NOTE, store::params! {
            "id" => Uuid::max(), "tenant" => town(1), "body" => "", "shop" => "none", "at" => NOW,
        })).await;
        assert!(matches!(orphan, Err(Error::Conflict(_))), "{orphan:?}");
        let full = backup::restore(&archive, options, &[&SCHEMA]);
        assert!(matches!(full, Err(Error::Conflict(_))), "{full:?}");
        let _left = std::fs::remove_dir_all(folder);
    }
} }

on_both! { a_backup_is_verified_beside(world) {
    fill(world).await;
    let archive = world.folder.join("backup");
    backup::create(&world.db, &archive).unwrap();
    let scratch = world.folder.join("scratch");
    let report = backup::verify(&archive, &world.options.key, &scratch, &[&SCHEMA]).unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
    assert!(!scratch.join("restored").exists());
    let other = InstallationKey::generate().unwrap();
    assert!(matches!(backup::verify(&archive, &other, &scratch, &[&SCHEMA]), Err(Error::File(_))));
    let good = std::fs::read(&archive).unwrap();
    for at in [3, 20, good.len() / 2, good.len() - 1] {
        let mut changed = good.clone();
        changed[at] ^= 1;
        std::fs::write(&archive, changed).unwrap();
        assert!(backup::verify(&archive, &world.options.key, &scratch, &[&SCHEMA]).is_err(), "byte {at}");
    }
    std::fs::write(&archive, &good[..good.len() - 70_000]).unwrap();
    assert!(backup::verify(&archive, &world.options.key, &scratch, &[&SCHEMA]).is_err(), "cut off");
} }

on_both! { tampering_before_the_backup_is_reported_by_its_check(world) {
    fill(world).await;
    world.tamper("UPDATE audit_event SET address = 'elsewhere' WHERE position = 1");
    let archive = world.folder.join("backup");
    backup::create(&world.db, &archive).unwrap();
    let report = backup::verify(&archive, &world.options.key, &world.folder.join("scratch"), &[&SCHEMA]).unwrap();
    assert!(report.problems.iter().any(|problem| problem.contains("was changed")), "{:?}", report.problems);
} }

on_both! { a_database_moves_to_either_engine_and_the_old_one_is_closed(world) {
    fill(world).await;
    let mut left = Some(world.db.clone());
    for postgres in [false, true] {
        let Some((mut into, _folder)) = options(postgres) else { continue };
        into.key = world.options.key.clone();
        into.blob_dir.clone_from(&world.options.blob_dir);
        into.seal_file.clone_from(&world.options.seal_file);
        let from = left.take().expect("one to move");
        // A target that holds something is refused, and the source goes on.
        let own = Options { blob_dir: into.blob_dir.clone(), ..into.clone() };
        let used = Db::open(own, &[&SCHEMA]).unwrap();
        used.migrate().unwrap();
        used.write::<_, Error>(&system(), |tx| {
            tx.exec(&ADD_SHOP, store::params! { "code" => "x", "name" => "x", "stars" => None::<f64> }).map(|_| ())
        }).await.unwrap();
        assert!(matches!(store::moving::move_into(&from, into.clone(), &[&SCHEMA]), Err(Error::Conflict(_))));
        assert!(!from.moved().await.unwrap());
        used.write::<_, Error>(&system(), |tx| tx.exec(&DROP_SHOPS, &[]).map(|_| ())).await.unwrap();
        used.close().await.unwrap();

        let report = store::moving::move_into(&from, into.clone(), &[&SCHEMA]).unwrap();
        assert_eq!(report.problems, Vec::<String>::new());
        assert!(report.rows >= 900 && report.audit_rows >= 3);
        assert!(from.moved().await.unwrap());
        // A server that still runs on the old one loses nothing: it can accept nothing.
        let late = from.audit(&viewer(1), Audit::new("test.late", "shop")).await;
        assert!(matches!(late, Err(Error::Lost(_))), "{late:?}");
        let again = Db::open(into, &[&SCHEMA]).unwrap();
        assert!(again.check_schema().is_ok() && !again.moved().await.unwrap());
        again.audit(&viewer(1), Audit::new("test.after", "shop")).await.unwrap();
        left = Some(again);
    }
}}
