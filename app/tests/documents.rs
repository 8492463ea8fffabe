//! The documents tell the truth: paths exist, named tests exist, no requirement is missing.

use std::fs;

use crate::architecture::files;
use crate::harness::root;

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

#[test]
fn paths_in_documents_exist() {
    let tops = [
        "platform/",
        "features/",
        "app/",
        "assets/",
        "data/",
        "e2e/",
        "docs/",
        ".ci/",
    ];
    let mut missing = Vec::new();
    let mut documents = files(&root().join("docs"), &["md"]);
    documents.extend(["README.md", "README.ja.md", "CONTRIBUTING.md"].map(|d| root().join(d)));
    for document in documents {
        let text = fs::read_to_string(&document).expect("text");
        for (index, token) in text.split('`').enumerate() {
            let token = token
                .split("::")
                .next()
                .unwrap_or(token)
                .trim_end_matches('/');
            let pattern = token.contains(['<', '{', '*', '…', ' ', '\n', 'N'])
                && !root().join(token).exists();
            if index % 2 == 1
                && tops.iter().any(|t| token.starts_with(t))
                && !pattern
                && !root().join(token).exists()
            {
                missing.push(format!("{}: {token}", document.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Each of R1–R35 names its test as `test: path::function` or says "not yet".
#[test]
fn security_checklist_names_real_tests() {
    let text = read("docs/security.md");
    let mut wrong = Vec::new();
    for number in 1..=35 {
        let start = format!("| R{number} |");
        let Some(row) = text.lines().find(|l| l.starts_with(&start)) else {
            wrong.push(format!("R{number} is missing"));
            continue;
        };
        let mut named = 0;
        for name in row.split("test: ").skip(1) {
            named += 1;
            let name = name
                .trim_start_matches('`')
                .split(['`', ' ', '|', ',', ';'])
                .next()
                .unwrap_or_default();
            let Some((path, function)) = name.rsplit_once("::") else {
                wrong.push(format!("R{number}: `{name}` is not path::function"));
                continue;
            };
            let source = fs::read_to_string(root().join(path)).unwrap_or_default();
            // `both!` and `on_both!` make one test per engine out of a name; the store's has no `fn` before it.
            let plain = source.contains(&format!("fn {function}("));
            let on_both = source.contains(&format!("on_both! {{ {function}("));
            if !plain && !on_both {
                wrong.push(format!("R{number}: {path} has no test {function}"));
            }
        }
        if named == 0 && !row.contains("not yet") {
            wrong.push(format!(
                "R{number} names no test and does not say \"not yet\""
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_requirement_of_the_survey_is_listed() {
    let text = read("docs/requirements.md");
    let rows: std::collections::BTreeSet<&str> = text
        .lines()
        .filter_map(|l| l.strip_prefix("| "))
        .filter_map(|l| l.split(" |").next())
        .filter(|id| {
            id.split_once('-').is_some_and(|(a, b)| {
                a.len() == 2 && b.chars().next().is_some_and(|c| c.is_ascii_digit())
            })
        })
        .collect();
    for (prefix, count) in [("OD", 21), ("HK", 18), ("YG", 12), ("MZ", 11), ("NK", 3)] {
        for number in 1..=count {
            assert!(
                rows.contains(format!("{prefix}-{number}").as_str()),
                "{prefix}-{number} is missing"
            );
        }
    }
    assert!(rows.len() >= 89, "{} rows", rows.len());
}

#[test]
fn every_feature_has_its_page() {
    for feature in app::compose::features() {
        if ["home", "operate"].contains(&feature.name) {
            continue;
        }
        assert!(
            root()
                .join(format!("docs/features/{}.md", feature.name))
                .exists(),
            "docs/features/{}.md",
            feature.name
        );
    }
}

#[test]
fn every_setting_is_in_the_operating_guide() {
    let guide = read("docs/operating.md");
    for setting in app::config::SETTINGS {
        assert!(
            guide.contains(setting.env),
            "docs/operating.md explains {}",
            setting.env
        );
    }
}
