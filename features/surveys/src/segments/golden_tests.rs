//! The ten real answers against `golden.tsv`, a person's reading of them. The rules miss what only meaning tells: statements
//! joined by a comma, one statement over two sentences, a list whose last members belong together.

use std::collections::{BTreeMap, BTreeSet};

use super::{Role, Segment, propose};

const GOLDEN: &str = include_str!("golden.tsv");
const SURVEY: &str = include_str!("../../../../data/kensei/surveys/2024-renkei.json");

/// Recorded shares in per mille; better is recorded anew, worse fails.
const PRECISION: usize = 917;
const RECALL: usize = 927;
const ROLES: usize = 996;
const PARENTS: usize = 996;
const ITEMS_RIGHT: usize = 890;
const ITEMS_FOUND: usize = 869;

type Place = (String, String, usize, usize, usize);

#[derive(Debug)]
struct Wanted {
    role: Role,
    parent: Option<(usize, usize)>,
    item: Option<char>,
}

fn wanted() -> BTreeMap<Place, Wanted> {
    let mut out = BTreeMap::new();
    for line in GOLDEN.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| cells[at].parse::<usize>().expect("a number");
        let place = (
            cells[0].to_owned(),
            cells[1].to_owned(),
            number(2),
            number(3),
            number(4),
        );
        let parent = cells[6]
            .split_once(':')
            .map(|(p, s)| (p.parse().expect("number"), s.parse().expect("number")));
        let item = cells[7].chars().next().filter(|c| *c != '-');
        let role = Role::from_code(cells[5]).expect("a role");
        assert!(
            out.insert(place, Wanted { role, parent, item }).is_none(),
            "{line}"
        );
    }
    out
}

fn answers() -> Vec<(String, String, String)> {
    let survey: serde_json::Value = serde_json::from_str(SURVEY).expect("JSON");
    let mut out = Vec::new();
    for response in survey["responses"].as_array().expect("responses") {
        for question in survey["questions"].as_array().expect("questions") {
            let lines: Vec<&str> = response[question["key"].as_str().expect("key")]
                .as_array()
                .expect("paragraphs")
                .iter()
                .filter_map(serde_json::Value::as_str)
                .collect();
            let text = |v: &serde_json::Value| v.as_str().expect("text").to_owned();
            out.push((
                text(&response["code"]),
                text(&question["id"]),
                lines.join("\n"),
            ));
        }
    }
    out
}

fn share(part: usize, whole: usize) -> usize {
    (part * 1000).checked_div(whole).unwrap_or(1000)
}

#[test]
fn golden_lines_repeat_the_answers() {
    let texts: BTreeMap<_, _> = answers().into_iter().map(|(c, q, t)| ((c, q), t)).collect();
    for line in GOLDEN.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| cells[at].parse::<usize>().expect("a number");
        let text = &texts[&(cells[0].to_owned(), cells[1].to_owned())];
        let found = super::slice(text, number(2), number(3), number(4));
        assert_eq!(found.as_deref(), Some(cells[8]));
    }
}

#[test]
fn precision_and_recall_against_the_ten_answers() {
    let wanted = wanted();
    let mut found: BTreeMap<Place, (Segment, Option<(usize, usize)>)> = BTreeMap::new();
    for (code, question, text) in answers() {
        let made = propose(&text, &[]);
        for segment in &made {
            let parent = segment
                .parent
                .map(|at| (made[at].paragraph, made[at].start));
            let place = (
                code.clone(),
                question.clone(),
                segment.paragraph,
                segment.start,
                segment.end,
            );
            found.insert(place, (segment.clone(), parent));
        }
    }
    let both: BTreeSet<&Place> = wanted.keys().filter(|p| found.contains_key(p)).collect();
    type Found = (Segment, Option<(usize, usize)>);
    let of = |test: &dyn Fn(&Wanted, &Found) -> bool| {
        both.iter()
            .filter(|p| test(&wanted[**p], &found[**p]))
            .count()
    };
    let roles = of(&|w, f| w.role == f.0.role);
    let parents = of(&|w, f| w.parent == f.1);
    let items = of(&|w, f| w.item.is_some() && w.item == f.0.item);
    let suggested = found.values().filter(|f| f.0.item.is_some()).count();
    let expected = wanted.values().filter(|w| w.item.is_some()).count();
    let figures = [
        ("precision", share(both.len(), found.len()), PRECISION),
        ("recall", share(both.len(), wanted.len()), RECALL),
        ("right role", share(roles, both.len()), ROLES),
        ("right parent", share(parents, both.len()), PARENTS),
        ("items right", share(items, suggested), ITEMS_RIGHT),
        ("items found", share(items, expected), ITEMS_FOUND),
    ];
    println!(
        "{} proposed, {} wanted, {} both",
        found.len(),
        wanted.len(),
        both.len()
    );
    for (name, now, recorded) in figures {
        println!("{name}: {now} of 1000 (recorded {recorded})");
    }
    for place in wanted.keys().filter(|p| !found.contains_key(p)) {
        println!("missed {place:?}");
    }
    for place in found.keys().filter(|p| !wanted.contains_key(p)) {
        println!("not wanted {place:?}");
    }
    for (name, now, recorded) in figures {
        assert!(
            now >= recorded,
            "{name} fell from {recorded} to {now} of 1000"
        );
        assert!(now < recorded + 5, "{name} is better now: record {now}");
    }
}
