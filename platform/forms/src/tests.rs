//! Rules of catalogues and values.

use proptest::prelude::*;
use web::Values;

use crate::*;

fn number(decimals: u8) -> Field {
    Field::new(
        "n",
        Words::ja("何人"),
        Kind::Number {
            unit: Words::ja("人"),
            least: Some(0),
            most: Some(1_000_000),
            decimals,
        },
    )
}

fn long() -> Field {
    Field::new("text", Words::ja("取組"), Kind::Long { most: 20 })
}

fn typed(list: &[(&str, &str)]) -> Values {
    let mut values = Values::default();
    for (name, value) in list {
        values.push((*name).to_owned(), (*value).to_owned());
    }
    values
}

#[test]
fn numbers_as_people_type_them() {
    for (text, expected) in [
        ("１，２３４", Ok("1234")),
        ("0012", Ok("12")),
        ("1,000,000", Ok("1000000")),
        ("12.50", Ok("12.50")),
        ("+3", Ok("3")),
    ] {
        let found = number(2).read(&typed(&[("f-n", text)]));
        assert_eq!(
            found,
            expected.map(|t: &str| Value::Number(t.to_owned())),
            "{text}"
        );
    }
    for bad in [
        "1.234",
        "-1",
        "百",
        "1e9",
        "1.",
        "1000000.5",
        "99999999999999999999",
    ] {
        assert!(number(2).read(&typed(&[("f-n", bad)])).is_err(), "{bad}");
    }
}

#[test]
fn blank_is_not_none_is_not_unknown() {
    assert_eq!(long().read(&typed(&[])), Ok(Value::Blank));
    assert_eq!(
        long().read(&typed(&[("f-text", " 　\n")])),
        Ok(Value::Blank)
    );
    assert_eq!(
        long().read(&typed(&[("f-text-state", "none")])),
        Ok(Value::None)
    );
    assert_eq!(
        long().read(&typed(&[("f-text-state", "unknown")])),
        Ok(Value::Unknown)
    );
    assert_eq!(
        long().read(&typed(&[("f-text", "特になし"), ("f-text-state", "none")])),
        Ok(Value::Text("特になし".to_owned())),
        "typed text counts"
    );
    let mut strict = long();
    strict.none = false;
    strict.required = true;
    assert_eq!(
        strict.read(&typed(&[("f-text-state", "none")])),
        Err(Problem::State)
    );
    assert_eq!(strict.check_final(None), Err(Problem::Required));
    assert_eq!(
        strict.check_final(Some(&Value::Blank)),
        Err(Problem::Required)
    );
    assert_eq!(strict.check_final(Some(&Value::Unknown)), Ok(()));
}

#[test]
fn limits_are_counted_in_characters() {
    let text = "葛󠄀".repeat(10);
    assert_eq!(
        long().read(&typed(&[("f-text", &text)])),
        Ok(Value::Text(text.clone()))
    );
    assert_eq!(
        long().read(&typed(&[("f-text", &format!("{text}一"))])),
        Err(Problem::TooLong { most: 20, is: 21 })
    );
}

#[test]
fn dates_choices_and_tables() {
    let date = Field::new("d", Words::ja("いつ"), Kind::Date);
    assert_eq!(
        date.read(&typed(&[("f-d", "令和8年11月22日")])),
        Ok(Value::Date("2026-11-22".to_owned()))
    );
    assert_eq!(date.read(&typed(&[("f-d", "きのう")])), Err(Problem::Date));
    let choices = vec![
        Choice {
            code: "a".to_owned(),
            label: Words::ja("甲"),
        },
        Choice {
            code: "b".to_owned(),
            label: Words::ja("乙"),
        },
    ];
    let many = Field::new("m", Words::ja("どれ"), Kind::Many { choices });
    assert_eq!(
        many.read(&typed(&[("f-m", "b"), ("f-m", "a")])),
        Ok(Value::Many(vec!["a".to_owned(), "b".to_owned()]))
    );
    assert_eq!(many.read(&typed(&[("f-m", "c")])), Err(Problem::Choice));
    let columns = vec![
        Column {
            label: Words::ja("名称"),
            cell: Cell::Text,
        },
        Column {
            label: Words::ja("回数"),
            cell: Cell::Number,
        },
    ];
    let table = Field::new("t", Words::ja("会議"), Kind::Table { columns, rows: 2 });
    let values = typed(&[
        ("f-t-0-0", ""),
        ("f-t-0-1", ""),
        ("f-t-1-0", "研修"),
        ("f-t-1-1", "３"),
    ]);
    assert_eq!(
        table.read(&values),
        Ok(Value::Rows(vec![vec!["研修".to_owned(), "3".to_owned()]]))
    );
    let values = typed(&[("f-t-0-0", "研修"), ("f-t-0-1", "三")]);
    assert!(matches!(
        table.read(&values),
        Err(Problem::Cell {
            row: 1,
            column: 2,
            ..
        })
    ));
}

#[test]
fn a_catalogue_that_makes_no_form_is_refused() {
    let of = |fields: Vec<Field>| Catalogue { fields }.check();
    assert_eq!(of(vec![]), Err(CatalogueError::Count));
    assert_eq!(of(vec![long(), long()]), Err(CatalogueError::Twice(2)));
    assert_eq!(
        of(vec![Field::new("A", Words::ja("x"), Kind::Date)]),
        Err(CatalogueError::Key(1))
    );
    assert_eq!(
        of(vec![Field::new("a", Words::ja(" "), Kind::Date)]),
        Err(CatalogueError::Label(1))
    );
    assert_eq!(
        of(vec![Field::new(
            "a",
            Words::ja("x"),
            Kind::One { choices: vec![] }
        )]),
        Err(CatalogueError::Choices(1))
    );
    assert_eq!(
        of(vec![Field::new(
            "a",
            Words::ja("x"),
            Kind::Long { most: 0 }
        )]),
        Err(CatalogueError::Limits(1))
    );
    assert_eq!(of(vec![long(), number(0)]), Ok(()));
    assert_eq!(
        Catalogue {
            fields: vec![long()]
        }
        .free_key(),
        "q2"
    );
}

#[test]
fn a_catalogue_is_json() {
    let catalogue = Catalogue {
        fields: vec![long(), number(1)],
    };
    let text = catalogue.to_json().unwrap();
    assert!(text.contains("\"type\":\"long\""), "{text}");
    assert_eq!(Catalogue::from_json(&text).unwrap(), catalogue);
    for (value, json) in [
        (Value::Blank, "\"blank\""),
        (Value::None, "\"none\""),
        (Value::Text("あ".to_owned()), "{\"text\":\"あ\"}"),
    ] {
        assert_eq!(value.to_json().unwrap(), json);
        assert_eq!(Value::from_json(json).unwrap(), value);
    }
}

#[test]
fn values_as_text() {
    assert_eq!(
        Value::Number("1234567.5".to_owned()).plain(&number(1), kernel::Lang::Ja),
        "1,234,567.5 人"
    );
    assert_eq!(Value::None.plain(&long(), kernel::Lang::Ja), "該当なし");
    assert_eq!(Value::Blank.plain(&long(), kernel::Lang::Ja), "");
}

proptest! {
    #[test]
    fn what_is_written_into_a_form_is_read_back(text in "[a-zあ-ん０-９ \n]{0,20}", n in -5i64..2_000_000) {
        for (field, value) in [
            (long(), Value::text(text.trim_end())),
            (number(0), Value::Number(n.to_string())),
        ] {
            let mut values = Values::default();
            field.write(&value, &mut values);
            match field.check(&value) {
                Ok(()) => prop_assert_eq!(field.read(&values), Ok(value)),
                Err(problem) => prop_assert_eq!(field.read(&values), Err(problem)),
            }
        }
    }

    #[test]
    fn reading_never_panics(name in "f-[a-z]{1,4}(-[0-9]{1,3}){0,2}", text in "\\PC{0,40}") {
        let values = typed(&[(&name, &text), ("f-n", &text), ("f-d", &text), ("f-text", &text)]);
        for field in [long(), number(3), Field::new("d", Words::ja("x"), Kind::Date)] {
            let _ = field.read(&values);
        }
    }
}
