//! Order, numbers, comparison, words.

use kernel::Lang;

use super::{content::*, words::Words};

#[test]
fn numbers_are_said_as_ranges() {
    assert_eq!(ranges(&[1, 2, 3, 5, 6, 9]), "1\u{2013}3, 5, 6, 9");
    assert_eq!(ranges(&[]), "");
}

#[test]
fn readings_stand_in_their_rows() {
    for (kana, row) in [
        ("オダワラ", "あ"),
        ("ガーデン", "か"),
        ("ほっと", "は"),
        ("パレット", "は"),
        ("ヴィラ", "わ"),
        ("ﾖｺﾊﾏ", "や"),
        ("A", ""),
        ("", ""),
        ("漢字", ""),
    ] {
        assert_eq!(kana_row(kana), row, "{kana}");
    }
}

#[test]
fn days_are_runs_and_holidays_stand_alone() {
    let words = Words::of(Lang::Ja);
    assert_eq!(words.days("12345"), "月\u{2013}金");
    assert_eq!(words.days("1234567"), "月\u{2013}日");
    assert_eq!(words.days("123458"), "月\u{2013}金・祝日");
    assert_eq!(words.days("78"), "日・祝日");
    assert_eq!(words.days("x9"), "");
    assert_eq!(Words::of(Lang::En).days("12"), "Mon, Tue");
}

#[test]
fn editions_are_compared_by_record() {
    let row = |name: &str, phone: &str| {
        vec![
            "町".to_owned(),
            name.to_owned(),
            "住所".to_owned(),
            phone.to_owned(),
            String::new(),
            "通所介護".to_owned(),
        ]
    };
    let old: Snapshot = [
        ("a", row("あ", "1")),
        ("b", row("い", "2")),
        ("c", row("う", "3")),
    ]
    .map(|(k, v)| (k.to_owned(), v))
    .into();
    let new: Snapshot = [
        ("a", row("あ", "1")),
        ("b", row("い改", "9")),
        ("d", row("え", "4")),
    ]
    .map(|(k, v)| (k.to_owned(), v))
    .into();
    let fields = Words::of(Lang::Ja).fields();
    let changes = compare(&old, &new, &fields);
    assert_eq!(changes.added, [("町".to_owned(), "え".to_owned())]);
    assert_eq!(changes.gone, [("町".to_owned(), "う".to_owned())]);
    assert_eq!(changes.changed.len(), 1);
    let what = &changes.changed[0].2;
    assert_eq!(
        what[0],
        ("名称".to_owned(), "い".to_owned(), "い改".to_owned())
    );
    assert_eq!(what[1], ("電話".to_owned(), "2".to_owned(), "9".to_owned()));
    assert_eq!(compare(&new, &new, &fields), Changes::default());
}
