use proptest::prelude::*;

use super::*;

/// `[-…-]` for deleted, `{+…+}` for inserted words.
fn marked(base: &str, other: &str) -> String {
    words(base, other)
        .into_iter()
        .map(|Piece { kind, text }| match kind {
            Kind::Same => text,
            Kind::Deleted => format!("[-{text}-]"),
            Kind::Inserted => format!("{{+{text}+}}"),
        })
        .collect()
}

#[test]
fn the_smallest_word_is_marked() {
    for (base, other, expected) in [
        (
            "市町内医療機関の医師",
            "町内医療機関の医師",
            "[-市-]町内医療機関の医師",
        ),
        (
            "町内医療機関の医師",
            "市町内医療機関の医師",
            "{+市+}町内医療機関の医師",
        ),
        ("町民に対し", "住民に対し", "[-町民-]{+住民+}に対し"),
        (
            "医療機関マップの改定",
            "医療機関マップの改定",
            "医療機関マップの改定",
        ),
        (
            "一行目\n二行目\n",
            "一行目\n三行目\n",
            "一行目\n[-二行-]{+三行+}目\n",
        ),
        ("", "新しい", "{+新しい+}"),
        ("古い", "", "[-古い-]"),
        ("", "", ""),
        (
            "version 12 of it",
            "version 123 of it",
            "version [-12-]{+123+} of it",
        ),
        (
            "（例：足柄上地区は",
            "（足柄上地区は",
            "（[-例：-]足柄上地区は",
        ),
    ] {
        assert_eq!(marked(base, other), expected);
    }
}

#[test]
fn letters_keep_their_selectors() {
    assert_eq!(marked("葛城", "葛\u{e0100}城"), "[-葛城-]{+葛\u{e0100}城+}");
    assert_eq!(marked("👩", "👩\u{200d}⚕"), "[-👩-]{+👩\u{200d}⚕+}");
}

#[test]
fn unrelated_sentences_are_marked_whole() {
    let (base, other) = (
        "地域の介護資源が不足している。",
        "観光シーズンはバスが満員で乗れない。",
    );
    assert_eq!(marked(base, other), format!("[-{base}-]{{+{other}+}}"));
}

#[test]
fn islands_are_merged() {
    let found = marked("研修の開始時間が早い", "講座の終了時刻が遅い");
    assert!(!found.contains("]の["), "{found}");
}

#[test]
fn likeness_is_a_share() {
    assert!((similarity("", "") - 1.0).abs() < f64::EPSILON);
    assert!((similarity("町内 医療機関\n", "町内医療機関") - 1.0).abs() < f64::EPSILON);
    assert!(similarity("町内医療機関の医師", "観光とバス") < 0.01);
    assert!(similarity("", "町") < 0.01);
    let near = similarity(
        "市町内医療機関の医師の高年齢化による存続",
        "町内医療機関の医師の高年齢化による存続",
    );
    assert!((0.85..1.0).contains(&near), "{near}");
}

#[test]
fn a_hundred_thousand_characters_are_answered() {
    let sentence = |at: usize| format!("{at}番目の取組として在宅医療と介護の連携を進める。");
    let base: String = (0..4_000).map(sentence).collect();
    let other: String = (0..4_000)
        .map(|at| sentence(if at % 7 == 0 { at + 1 } else { at }))
        .collect();
    assert!(base.chars().count() > 90_000);
    // One endless paragraph: beyond the limit, so whole.
    assert_eq!(words(&base, &other).len(), 2);
    assert!(similarity(&base, &other) > 0.9);
    // The same in paragraphs: marked by words.
    let (base, other) = (base.replace('。', "。\n"), other.replace('。', "。\n"));
    assert!(words(&base, &other).len() > 1_000);
}

fn rebuilt(pieces: &[Piece], without: Kind) -> String {
    pieces
        .iter()
        .filter(|piece| piece.kind != without)
        .map(|piece| piece.text.as_str())
        .collect()
}

fn holds(base: &str, other: &str) -> Result<(), TestCaseError> {
    let pieces = words(base, other);
    prop_assert_eq!(rebuilt(&pieces, Kind::Inserted), base);
    prop_assert_eq!(rebuilt(&pieces, Kind::Deleted), other);
    prop_assert!(pieces.iter().all(|piece| !piece.text.is_empty()));
    prop_assert!(pieces.windows(2).all(|pair| pair[0].kind != pair[1].kind));
    let deleted_after = pieces
        .windows(2)
        .any(|pair| (pair[0].kind, pair[1].kind) == (Kind::Inserted, Kind::Deleted));
    prop_assert!(!deleted_after);
    let (there, back) = (similarity(base, other), similarity(other, base));
    prop_assert!((0.0..=1.0).contains(&there));
    prop_assert!((there - back).abs() < 0.35, "{} {}", there, back);
    prop_assert!(there <= Profile::new(base).at_most(&Profile::new(other)) + 1e-9);
    Ok(())
}

proptest! {
    #[test]
    fn both_texts_can_be_rebuilt(base in "\\PC{0,40}", other in "\\PC{0,40}") {
        holds(&base, &other)?;
    }

    #[test]
    fn both_japanese_texts_can_be_rebuilt(base in "[市町村民医師会の内に対。、\n 葛\u{e0100}]{0,40}", other in "[市町村民医師会の内に対。、\n 葛\u{e0100}]{0,40}") {
        holds(&base, &other)?;
    }
}
