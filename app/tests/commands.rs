//! The binary's commands on a real installation: backup and restore drill, audit, doctor, keys, import, refusals.

use std::fs;

use crate::harness::{Installation, Kind};

fn drill(kind: Kind) {
    if !kind.available() {
        eprintln!("skipped: RENKEI_TEST_POSTGRES is not set");
        return;
    }
    let from = Installation::new(kind);
    let run = |installation: &Installation, command: &str| {
        let (ok, text) = installation.run(command);
        assert!(ok, "{command}: {text}");
        text
    };
    run(&from, "demo");
    let archive = from.config.data_dir.with_file_name("backup.renkei");
    let backup = format!("backup {}", archive.display());
    let written = run(&from, &backup);
    assert!(written.contains("written:"), "{written}");
    let (ok, text) = from.run(&backup);
    assert!(
        !ok && text.contains("exists"),
        "an archive is never overwritten: {text}"
    );
    let bytes = fs::read(&archive).expect("the archive");
    let plain = "在宅医療".as_bytes();
    assert!(
        !bytes.windows(plain.len()).any(|w| w == plain),
        "the archive holds no plain text"
    );

    let verified = run(&from, &format!("restore {} --verify", archive.display()));
    assert!(
        verified.contains("verified:") && !verified.contains("PROBLEM"),
        "{verified}"
    );

    // The drill: another machine with the same key and nothing else.
    let into = Installation::new(kind);
    fs::copy(&from.config.key_file, &into.config.key_file)
        .expect("the key comes from its own copy");
    run(&into, &format!("restore {}", archive.display()));
    run(&into, "audit verify");
    let (a, b) = (
        run(&from, "export survey 2024-renkei --format csv"),
        run(&into, "export survey 2024-renkei --format csv"),
    );
    assert_eq!(a, b, "the restored survey is the same");
    let (ok, text) = into.run(&format!("restore {}", archive.display()));
    assert!(!ok, "a database in use is not restored over: {text}");

    // A damaged archive and a foreign key are refused with a sentence.
    let mut damaged = bytes.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    let broken = archive.with_file_name("broken.renkei");
    fs::write(&broken, damaged).expect("written");
    assert!(
        !from
            .run(&format!("restore {} --verify", broken.display()))
            .0
    );
    let stranger = Installation::new(Kind::Sqlite);
    run(&stranger, "keys generate");
    assert!(
        !stranger
            .run(&format!("restore {} --verify", archive.display()))
            .0
    );
}

#[test]
fn restore_drill_on_sqlite() {
    drill(Kind::Sqlite);
}

#[test]
fn restore_drill_on_postgres() {
    drill(Kind::Postgres);
}

#[test]
fn an_installation_moves_to_postgres_and_back() {
    if !Kind::Postgres.available() {
        eprintln!("skipped: RENKEI_TEST_POSTGRES is not set");
        return;
    }
    let mut here = Installation::new(Kind::Sqlite);
    let other = Installation::new(Kind::Postgres);
    let fresh = Installation::new(Kind::Sqlite);
    let run = |installation: &Installation, command: &str| {
        let (ok, text) = installation.run(command);
        assert!(ok, "{command}: {text}");
        text
    };
    run(&here, "demo");
    let before = run(&here, "export survey 2024-renkei --format csv");
    let itself = format!("move-db --to {}", here.config.database_url);
    assert!(!here.run(&itself).0, "a database is not moved into itself");
    for to in [&other.config.database_url, &fresh.config.database_url] {
        let moved = run(&here, &format!("move-db --to {to}"));
        assert!(moved.contains("moved and compared"), "{moved}");
        for refused in ["serve", "demo", &format!("move-db --to {to}")] {
            let (ok, text) = here.run(refused);
            assert!(!ok && text.contains("moved"), "{refused}: {text}");
        }
        here.config.database_url.clone_from(to);
        run(&here, "audit verify");
        assert_eq!(run(&here, "export survey 2024-renkei --format csv"), before);
    }
    run(&here, "demo");
}

#[test]
fn a_demo_database_never_becomes_a_production_one() {
    let installation = Installation::new(Kind::Sqlite);
    assert!(installation.run("demo").0);
    let (ok, text) = installation.run("init --operator Operator");
    assert!(!ok && text.contains("demo"), "{text}");
    let production = Installation::new(Kind::Sqlite);
    let (ok, text) = production.run("init --operator Operator");
    assert!(ok && text.contains("/setup?code="), "{text}");
    let (ok, text) = production.run("demo");
    assert!(!ok && text.contains("production"), "{text}");
}

#[test]
fn the_demo_listens_on_this_machine_only() {
    let installation = Installation::new(Kind::Sqlite);
    let done = installation
        .command("demo")
        .env("RENKEI_ADDR", "0.0.0.0:8080")
        .output()
        .expect("runs");
    assert!(!done.status.success());
}

#[test]
fn without_a_key_nothing_starts() {
    let installation = Installation::new(Kind::Sqlite);
    assert!(installation.run("demo").0);
    let aside = installation.config.key_file.with_extension("aside");
    fs::rename(&installation.config.key_file, &aside).expect("moved");
    for command in ["serve", "doctor", "backup x.renkei"] {
        let (ok, text) = installation.run(command);
        assert!(!ok && text.contains("key"), "{command}: {text}");
    }
    assert!(
        !installation.config.key_file.exists(),
        "no new key appears by itself"
    );
    fs::rename(aside, &installation.config.key_file).expect("moved back");
    let (ok, text) = installation.run("doctor");
    assert!(ok, "{text}");
    for setting in app::config::SETTINGS {
        assert!(
            text.contains(setting.env),
            "doctor explains {}",
            setting.env
        );
    }
}

#[test]
fn another_key_is_told_from_the_right_one() {
    let installation = Installation::new(Kind::Sqlite);
    assert!(installation.run("demo").0);
    fs::remove_file(&installation.config.key_file).expect("gone");
    assert!(installation.run("keys generate").0);
    let (ok, text) = installation.run("serve");
    assert!(!ok && text.contains("key"), "{text}");
}

#[test]
fn routes_print_their_permissions() {
    let (ok, text) = Installation::new(Kind::Sqlite).run("routes");
    assert!(ok);
    assert!(
        text.lines()
            .any(|l| l.starts_with("GET") && l.contains("/surveys/{slug}")),
        "{text}"
    );
}
