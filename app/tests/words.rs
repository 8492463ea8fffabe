//! Both languages say everything, with the same arguments, and nothing that nobody uses.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::architecture::{files, rust_files};
use crate::harness::root;

/// Keys of a Fluent file with the arguments they take; attributes count as `key.attribute`.
fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::<String, BTreeSet<String>>::new();
    let mut key = String::new();
    for line in text.lines() {
        if line.starts_with('#') {
            continue;
        }
        if let Some((name, _)) = line.split_once('=')
            && line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-')
        {
            key = name.trim().to_owned();
            all.entry(key.clone()).or_default();
        }
        for part in line.split('$').skip(1) {
            let name: String = part
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
                .collect();
            all.entry(key.clone()).or_default().insert(name);
        }
    }
    all
}

#[test]
fn both_languages_have_the_same_messages() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for path in files(&root(), &["ftl"])
        .into_iter()
        .filter(|p| p.to_string_lossy().contains("/i18n/ja/"))
    {
        seen += 1;
        let other = path.to_string_lossy().replace("/i18n/ja/", "/i18n/en/");
        let ja = messages(&fs::read_to_string(&path).expect("text"));
        let en = messages(&fs::read_to_string(&other).unwrap_or_default());
        for key in ja.keys().chain(en.keys()).collect::<BTreeSet<_>>() {
            match (ja.get(key), en.get(key)) {
                (Some(a), Some(b)) if a == b => {}
                (Some(a), Some(b)) => wrong.push(format!("{key}: arguments differ: {a:?} {b:?}")),
                (None, _) => wrong.push(format!("{key}: no Japanese")),
                (_, None) => wrong.push(format!("{key}: no English")),
            }
        }
    }
    assert!(seen >= 4, "the Fluent files were found");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_message_is_unused() {
    let mut code = BTreeMap::<&str, String>::new();
    for (name, path, _) in rust_files() {
        code.entry(name)
            .or_default()
            .push_str(&fs::read_to_string(path).expect("text"));
    }
    let mut unused = Vec::new();
    for path in files(&root(), &["ftl"])
        .into_iter()
        .filter(|p| p.to_string_lossy().contains("/i18n/ja/"))
    {
        let text = fs::read_to_string(&path).expect("text");
        let owner = path
            .strip_prefix(root())
            .expect("below")
            .components()
            .nth(1)
            .expect("a crate")
            .as_os_str()
            .to_string_lossy()
            .into_owned();
        let owner = if path.starts_with(root().join("app")) {
            "app".to_owned()
        } else {
            owner
        };
        let source = code.get(owner.as_str()).map_or("", String::as_str);
        for key in messages(&text).keys().filter(|k| !k.starts_with('-')) {
            let used =
                source.contains(&format!("\"{key}\"")) || text.contains(&format!("{{ {key} }}"));
            if !used {
                unused.push(format!("{}: {key}", path.display()));
            }
        }
    }
    assert!(unused.is_empty(), "{unused:#?}");
}
