//! Rules of searching, and a comparison with looking at every document.

use proptest::prelude::*;

use super::*;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn document(
    number: u128,
    name: &str,
    kana: &str,
    text: &str,
    marks: &[&str],
    place: Option<(f64, f64)>,
) -> Document {
    Document {
        id: id(number),
        name: name.to_owned(),
        kana: kana.to_owned(),
        texts: vec![text.to_owned()],
        marks: marks.iter().map(|m| (*m).to_owned()).collect(),
        place: place.map(|(lat, lon)| Point { lat, lon }),
        ..Document::default()
    }
}

fn sample() -> Index {
    let mut index = Index::default();
    for document in [
        document(
            1,
            "ひかり薬局",
            "ヒカリヤッキョク",
            "神奈川県足柄下郡湯河原町中央1",
            &["town:143847", "kind:pharmacy"],
            Some((35.146, 139.108)),
        ),
        document(
            2,
            "小田原ケアセンター",
            "オダワラケアセンター",
            "神奈川県小田原市荻窪300",
            &["town:142069", "kind:730"],
            Some((35.264, 139.152)),
        ),
        document(
            3,
            "髙橋内科",
            "タカハシナイカ",
            "神奈川県小田原市ひかり町2",
            &["town:142069", "kind:clinic"],
            None,
        ),
        document(
            4,
            "湯河原 さくら薬局",
            "ユガワラサクラヤッキョク",
            "熱海市泉",
            &["town:222054", "kind:pharmacy"],
            Some((35.14, 139.09)),
        ),
    ] {
        index.put(&document);
    }
    index
}

fn dictionary() -> Dictionary {
    let mut words = Dictionary::default();
    for (word, mark) in [
        ("くすり", "kind:pharmacy"),
        ("お薬", "kind:pharmacy"),
        ("薬局", "kind:pharmacy"),
        ("小規模多機能", "kind:730"),
        ("home visit", "kind:visit"),
        ("湯河原", "town:143847"),
        ("ゆがわら", "town:143847"),
        ("小田原", "town:142069"),
    ] {
        words.add(word, &[mark.to_owned()]);
    }
    words.add_joint("の");
    words
}

fn found(index: &Index, text: &str) -> Vec<u128> {
    let query = Query {
        words: dictionary().parse(text).words,
        limit: 10,
        ..Query::default()
    };
    index
        .search(&query)
        .hits
        .iter()
        .map(|hit| hit.id.as_u128())
        .collect()
}

#[test]
fn people_find_what_they_mean() {
    let index = sample();
    assert_eq!(
        found(&index, "ゆがわら くすり"),
        [1, 4],
        "a kana place and an everyday word; the other by its name"
    );
    assert_eq!(found(&index, "湯河原の薬局"), [1], "written together");
    assert_eq!(found(&index, "小規模多機能　小田原"), [2]);
    assert_eq!(
        found(&index, "高橋"),
        [3],
        "the commoner letter finds the rarer"
    );
    assert_eq!(found(&index, "ひかり"), [1, 3], "a name before an address");
    assert_eq!(found(&index, "ヒカリ薬局"), [1]);
    assert_eq!(found(&index, "内"), [3], "one letter");
    assert_eq!(found(&index, "さくら薬曲"), [4], "one letter wrong");
    assert_eq!(
        found(&index, "湯河元 薬局"),
        [1],
        "a place with one letter wrong"
    );
    assert!(found(&index, "横浜").is_empty());
    assert_eq!(found(&index, "").len(), 4);
}

#[test]
fn a_change_is_found_and_the_old_text_is_not() {
    let mut index = sample();
    index.put(&document(
        1,
        "あけぼの薬局",
        "アケボノヤッキョク",
        "",
        &["kind:pharmacy"],
        None,
    ));
    assert_eq!(found(&index, "あけぼの"), [1]);
    assert_eq!(found(&index, "ひかり"), [3]);
    index.remove(id(1));
    assert!(found(&index, "あけぼの").is_empty());
    assert_eq!(index.size().documents, 3);
    index.put(&document(9, "あたらしい薬局", "", "", &[], None));
    assert_eq!(found(&index, "あたらしい"), [9]);
}

#[test]
fn counts_leave_the_own_filter_out_and_nobody_sees_guarded_marks() {
    let mut index = sample();
    let mut secret = document(5, "内輪の窓口", "", "", &["kind:desk"], None);
    secret.audience = Audience::Professionals;
    index.put(&secret);
    let mut half = document(6, "みどり医院", "", "", &["kind:clinic"], None);
    half.guarded_marks = vec!["can:oxygen".to_owned()];
    index.put(&half);
    let mut query = Query {
        filters: vec![vec!["kind:pharmacy".to_owned()]],
        count: vec!["kind".to_owned(), "town".to_owned(), "can".to_owned()],
        limit: 10,
        ..Query::default()
    };
    let hits = index.search(&query);
    assert_eq!(hits.total, 2);
    let count =
        |hits: &Hits, mark: &str| hits.counts.iter().find(|(m, _)| m == mark).map(|(_, n)| *n);
    assert_eq!(count(&hits, "kind:clinic"), Some(2));
    assert_eq!(count(&hits, "town:143847"), Some(1));
    assert_eq!(count(&hits, "can:oxygen"), None);
    assert_eq!(
        count(&hits, "kind:desk"),
        None,
        "totals know nothing of what is not for the reader"
    );
    query.filters = vec![vec!["can:oxygen".to_owned()]];
    assert_eq!(index.search(&query).total, 0);
    query.audience = Audience::Professionals;
    assert_eq!(index.search(&query).total, 1);
}

#[test]
fn the_nearest_come_first_and_those_without_a_place_last() {
    let index = sample();
    let query = Query {
        near: Some(Point {
            lat: 35.147,
            lon: 139.108,
        }),
        limit: 10,
        ..Query::default()
    };
    let hits = index.search(&query).hits;
    let ids: Vec<u128> = hits.iter().map(|hit| hit.id.as_u128()).collect();
    assert_eq!(ids, [1, 4, 2, 3]);
    let metres = hits[0].metres.unwrap();
    assert!((80.0..150.0).contains(&metres), "{metres}");
    assert_eq!(hits[3].metres, None);
}

#[test]
fn words_of_two_parts_are_one_word() {
    let parsed = dictionary().parse("Home Visit 小田原");
    assert_eq!(parsed.words.len(), 2);
    assert_eq!(parsed.marks, ["kind:visit", "town:142069"]);
    assert_eq!(
        dictionary().parse("0465-33-1857").words[0].text,
        "0465331857"
    );
}

proptest! {
    #[test]
    fn the_index_finds_what_reading_everything_finds(
        names in proptest::collection::vec("[あいう薬局]{1,6}", 1..12),
        gone in proptest::collection::vec(0_usize..12, 0..4),
        word in "[あいう薬局]{1,4}",
    ) {
        let mut index = Index::default();
        for (number, name) in names.iter().enumerate() {
            index.put(&document(number as u128, name, "", "", &[], None));
        }
        for number in &gone {
            index.remove(id(*number as u128));
        }
        let query = Query {
            words: vec![Word { text: word.clone(), means: Vec::new() }],
            limit: 100,
            ..Query::default()
        };
        let hits = index.search(&query);
        let expected: Vec<u128> = names
            .iter()
            .enumerate()
            .filter(|(number, name)| !gone.contains(number) && name.contains(&word))
            .map(|(number, _)| number as u128)
            .collect();
        if hits.typos.is_empty() {
            let mut ids: Vec<u128> = hits.hits.iter().map(|hit| hit.id.as_u128()).collect();
            ids.sort_unstable();
            prop_assert_eq!(hits.total as usize, expected.len());
            prop_assert_eq!(ids, expected);
        } else {
            prop_assert!(expected.is_empty());
        }
    }

    #[test]
    fn pages_and_counts_are_those_of_looking_at_everything(
        docs in proptest::collection::vec((0_u8..4, 0_u8..3, 0_u16..40), 1..150),
        town in proptest::option::of(0_u8..4),
        named in any::<bool>(),
        limit in 1_usize..30,
    ) {
        let mut index = Index::default();
        for (number, (town, kind, far)) in docs.iter().enumerate() {
            let name = format!("{}店", ["あさ", "ひる", "よる"][usize::from(*kind)]);
            let marks = [format!("town:{town}"), format!("kind:{kind}")];
            let marks: Vec<&str> = marks.iter().map(String::as_str).collect();
            index.put(&document(number as u128, &name, "", "ひる町", &marks, Some((35.0 + f64::from(*far) / 100.0, 139.0))));
        }
        let mut query = Query {
            filters: town.map(|town| vec![format!("town:{town}")]).into_iter().collect(),
            words: if named { vec![Word { text: "ひる".to_owned(), means: Vec::new() }] } else { Vec::new() },
            near: Some(Point { lat: 35.0, lon: 139.0 }),
            count: vec!["town".to_owned(), "kind".to_owned()],
            limit: 1000,
            ..Query::default()
        };
        let all = index.search(&query);
        let mut expected: Vec<(u8, u16, u128)> = docs
            .iter()
            .enumerate()
            .filter(|(_, doc)| town.is_none_or(|town| town == doc.0))
            .map(|(number, doc)| (u8::from(named && doc.1 != 1), doc.2, number as u128))
            .collect();
        expected.sort_unstable();
        let near: Vec<(u8, u16)> = expected.iter().map(|(tier, far, _)| (*tier, *far)).collect();
        let shown: Vec<(u8, u16)> = all
            .hits
            .iter()
            .map(|hit| docs[hit.id.as_u128() as usize])
            .map(|doc| (u8::from(named && doc.1 != 1), doc.2))
            .collect();
        prop_assert_eq!(shown, near);
        for (mark, count) in &all.counts {
            let (group, value) = mark.split_once(':').unwrap();
            let value: u8 = value.parse().unwrap();
            let naive = docs.iter().filter(|doc| if group == "town" { doc.0 == value } else { doc.1 == value && town.is_none_or(|town| town == doc.0) });
            prop_assert_eq!(naive.count() as u64, *count, "{}", mark);
        }
        let mut paged = Vec::new();
        query.limit = limit;
        while paged.len() < all.hits.len() {
            query.offset = paged.len();
            paged.extend(index.search(&query).hits);
        }
        prop_assert_eq!(paged, all.hits);
    }

    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,80}") {
        let parsed = dictionary().parse(&text);
        let query = Query { words: parsed.words, limit: 3, ..Query::default() };
        let _hits = sample().search(&query);
    }
}

fn of(number: u128, text: &str, readers: Option<&[u128]>) -> Document {
    Document {
        readers: readers.map(|list| list.iter().map(|n| id(*n)).collect()),
        ..document(number, "", "", text, &["kind:issue"], None)
    }
}

fn asked(text: &str, audience: Audience, readers: &[u128]) -> Query {
    Query {
        audience,
        readers: readers.iter().map(|n| id(*n)).collect(),
        words: Dictionary::default().parse(text).words,
        count: vec!["kind".to_owned()],
        limit: 10,
        ..Query::default()
    }
}

#[test]
fn what_is_somebodys_own_is_found_counted_and_missed_by_nobody_else() {
    let mut index = Index::default();
    index.put(&of(1, "看取りの研修", None));
    index.put(&of(2, "看取りの費用", Some(&[70])));
    index.put(&of(3, "看取りの手引", Some(&[])));
    let found = |index: &Index, text: &str, audience, readers: &[u128]| {
        let hits = index.search(&asked(text, audience, readers));
        (hits.total, hits.counts.iter().map(|(_, n)| n).sum::<u64>())
    };
    assert_eq!(found(&index, "看取り", Audience::Public, &[70]), (1, 1));
    assert_eq!(
        found(&index, "看取り", Audience::Professionals, &[]),
        (1, 1)
    );
    assert_eq!(
        found(&index, "看取り", Audience::Professionals, &[71]),
        (1, 1)
    );
    assert_eq!(
        found(&index, "看取り", Audience::Professionals, &[70]),
        (2, 2)
    );
    assert_eq!(
        found(&index, "費用", Audience::Professionals, &[71]),
        (0, 0)
    );
    // A mistyped word is helped by what one may see: another's text that holds it exactly changes nothing.
    let helped = |index: &Index| {
        index
            .search(&asked("看取りの研究", Audience::Professionals, &[71]))
            .typos
            .len()
    };
    let before = helped(&index);
    assert_eq!(before, 1);
    index.put(&of(4, "看取りの研究", Some(&[70])));
    assert_eq!(helped(&index), before);
    index.put(&of(4, "看取りの研究", Some(&[71])));
    assert_eq!(
        found(&index, "研究", Audience::Professionals, &[70]).0,
        0,
        "the readers are those of the newest text"
    );
    index.remove(id(4));
    assert_eq!(found(&index, "研究", Audience::Professionals, &[71]).0, 0);
}
