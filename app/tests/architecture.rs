//! The rules of the house, read from the files themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::root;

/// Crates from the ground up; a crate may use those before it, and features never the ones beside them.
const FLOORS: &[(&str, &str)] = &[
    ("kernel", "platform/kernel"),
    ("store", "platform/store"),
    ("search", "platform/search"),
    ("print", "platform/print"),
    ("web", "platform/web"),
    ("forms", "platform/forms"),
    ("inbox", "platform/inbox"),
    ("areas", "features/areas"),
    ("identity", "features/identity"),
    ("directory", "features/directory"),
    ("programme", "features/programme"),
    ("surveys", "features/surveys"),
    ("consultations", "features/consultations"),
    ("app", "app"),
];

/// What the upper features may use of the features' floor: everybody may ask which municipality, who is acting, which provider
/// and what became of an issue.
const SHARED_FEATURES: &[&str] = &["areas", "identity", "directory", "programme"];

/// Shared features that stand beside each other.
const BESIDE: &[(&str, &str)] = &[("programme", "directory")];

/// Every file below `folder` with one of these extensions, sorted.
pub fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        let Ok(entries) = fs::read_dir(&next) else {
            continue;
        };
        for entry in entries.flatten() {
            let path = entry.path();
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if path.is_dir() {
                if !matches!(&*name, "target" | "node_modules" | "var" | "dist" | "out")
                    && !name.starts_with('.')
                {
                    open.push(path);
                }
            } else if path
                .extension()
                .is_some_and(|e| extensions.iter().any(|x| e == *x))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The Rust files of every crate, with the crate's name and whether the file holds tests only.
pub fn rust_files() -> Vec<(&'static str, PathBuf, bool)> {
    let mut all = Vec::new();
    for (name, folder) in FLOORS {
        let paths = files(&root().join(folder), &["rs"]);
        let declared: BTreeSet<PathBuf> = paths.iter().flat_map(|p| test_modules(p)).collect();
        for path in paths {
            let relative = path
                .strip_prefix(root().join(folder))
                .expect("below")
                .to_string_lossy()
                .into_owned();
            let test = !relative.starts_with("src")
                || relative.ends_with("tests.rs")
                || relative.contains("/tests/")
                || declared.contains(&path);
            all.push((*name, path, test));
        }
    }
    all
}

/// The files that `path` declares as modules for tests only.
fn test_modules(path: &Path) -> Vec<PathBuf> {
    let text = fs::read_to_string(path).expect("text");
    let stem = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let folder = path.parent().expect("a folder");
    let inner = if matches!(&*stem, "mod" | "lib" | "main") {
        folder.to_path_buf()
    } else {
        folder.join(&stem)
    };
    text.split("#[cfg(test)]\nmod ")
        .skip(1)
        .filter_map(|p| p.split_once(';').map(|(name, _)| name.to_owned()))
        .filter(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_'))
        .map(|name| inner.join(format!("{name}.rs")))
        .collect()
}

/// A file's text without its `#[cfg(test)]` module, which by convention ends the file.
pub fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod ").next().unwrap_or(text)
}

#[test]
fn imports_run_downwards_only() {
    let place: BTreeMap<&str, usize> = FLOORS
        .iter()
        .enumerate()
        .map(|(i, (n, _))| (*n, i))
        .collect();
    let mut wrong = Vec::new();
    for (at, (name, folder)) in FLOORS.iter().enumerate() {
        let manifest =
            fs::read_to_string(root().join(folder).join("Cargo.toml")).expect("a manifest");
        for line in manifest.lines() {
            let used = line.split([' ', '.', '=']).next().unwrap_or_default();
            let Some(&below) = place.get(used) else {
                continue;
            };
            let feature = FLOORS[below].1.starts_with("features/");
            let sideways = *name != "app"
                && feature
                && (!SHARED_FEATURES.contains(&used) || BESIDE.contains(&(*name, used)));
            if below >= at || sideways {
                wrong.push(format!("{name} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_crate_has_its_place() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace");
    let members = manifest
        .split_once("members = [")
        .and_then(|(_, rest)| rest.split_once(']'))
        .expect("members")
        .0;
    for (_, folder) in FLOORS {
        assert!(
            members.contains(&format!("\"{folder}\"")),
            "{folder} is a member"
        );
    }
    assert_eq!(
        members.matches('"').count() / 2,
        FLOORS.len(),
        "each member has a floor in this test: {members}"
    );
}

#[test]
fn files_stay_small_enough_to_read() {
    let mut long = Vec::new();
    for (_, path, _) in rust_files() {
        let lines = fs::read_to_string(&path).expect("text").lines().count();
        if lines > 400 {
            eprintln!("over 400 lines: {} {}", lines, path.display());
        }
        if lines > 800 {
            long.push(path);
        }
    }
    assert!(long.is_empty(), "over 800 lines: {long:#?}");
}

/// Tables by the crate whose migrations make them.
fn owners() -> BTreeMap<String, &'static str> {
    let mut owners = BTreeMap::new();
    for (name, folder) in FLOORS {
        let mut places = files(&root().join(folder).join("migrations"), &["sql"]);
        if *name == "store" {
            places.extend(files(&root().join(folder).join("src"), &["sql"]));
        }
        for path in places {
            for line in fs::read_to_string(&path).expect("text").lines() {
                let upper = line.trim().to_uppercase();
                if upper.starts_with("CREATE TABLE") {
                    let table = line.trim()["CREATE TABLE".len()..]
                        .trim()
                        .trim_start_matches("IF NOT EXISTS")
                        .trim();
                    let table = table
                        .split([' ', '('])
                        .next()
                        .unwrap_or_default()
                        .to_owned();
                    owners.insert(table, *name);
                }
            }
        }
    }
    owners
}

#[test]
fn a_table_is_touched_by_its_owner_only() {
    let owners = owners();
    assert!(owners.len() > 15, "the migrations were found: {owners:?}");
    let mut wrong = Vec::new();
    for (name, path, test) in rust_files() {
        if test {
            continue;
        }
        let text = fs::read_to_string(&path).expect("text");
        let words: Vec<&str> = without_tests(&text)
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .filter(|w| !w.is_empty())
            .collect();
        for pair in words.windows(2) {
            if matches!(pair[0], "FROM" | "JOIN" | "INTO" | "UPDATE")
                && let Some(owner) = owners.get(pair[1])
                && *owner != name
                && *owner != "store"
            {
                wrong.push(format!(
                    "{}: {} {} belongs to {owner}",
                    path.display(),
                    pair[0],
                    pair[1]
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Japanese belongs into the Fluent files and the area's tables. The kernel holds the tables of dates and scripts.
#[test]
fn no_japanese_in_code() {
    let japanese = |c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff01}'..='\u{ff9f}');
    let mut found = Vec::new();
    for (name, path, test) in rust_files() {
        if test || name == "kernel" {
            continue;
        }
        let text = fs::read_to_string(&path).expect("text");
        for (number, line) in without_tests(&text).lines().enumerate() {
            let code = line.trim_start();
            let code = if code.starts_with("//") {
                ""
            } else {
                code.split(" // ").next().unwrap_or(code)
            };
            if code.contains(['"', '\'']) && code.chars().any(japanese) {
                found.push(format!("{}:{}", path.display(), number + 1));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// A read that sees everything names its reason, and each reason is explained in the security document.
#[test]
fn system_viewers_are_listed() {
    let listed =
        fs::read_to_string(root().join("docs/security.md")).expect("the security document");
    let mut reasons = BTreeSet::new();
    for (_, path, test) in rust_files() {
        if test {
            continue;
        }
        let text = fs::read_to_string(&path).expect("text");
        for part in without_tests(&text).split("Viewer::system(").skip(1) {
            let part = part.trim_start();
            if let Some(reason) = part.strip_prefix('"').and_then(|p| p.split('"').next()) {
                reasons.insert(reason.to_owned());
            }
        }
    }
    assert!(!reasons.is_empty());
    let missing: Vec<_> = reasons
        .iter()
        .filter(|r| !listed.contains(&format!("`{r}`")))
        .collect();
    assert!(
        missing.is_empty(),
        "docs/security.md explains every system viewer; missing: {missing:#?}"
    );
}

#[test]
fn the_project_speaks_of_itself_alone() {
    let mut found = Vec::new();
    for path in files(
        &root(),
        &[
            "rs", "md", "ts", "mjs", "css", "toml", "sql", "ftl", "csv", "json",
        ],
    ) {
        let text = fs::read_to_string(&path).unwrap_or_default();
        // Written in halves, so that this file does not hold them either.
        for halves in [
            ["/wo", "rk/"],
            ["/t", "mp/"],
            ["registry.", "npmjs"],
            ["index.", "crates"],
            ["deb.", "debian"],
        ] {
            let word = halves.concat();
            if text.contains(&word) {
                found.push(format!("{}: {word}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
