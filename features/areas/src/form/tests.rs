use super::*;

fn typed() -> ContactForm {
    let on = || "on".to_owned();
    ContactForm {
        window_ja: " 高齢介護課 ".into(),
        phone: "０４６５ー００ー００００".into(),
        day1: on(),
        day5: on(),
        opens: "8:30".into(),
        closes: "17:15".into(),
        outside_ja: "急な症状は 119\r\n".into(),
        version: 3,
        ..ContactForm::default()
    }
}

#[test]
fn a_good_form_is_cleaned_and_kept() {
    let texts = typed().check().unwrap();
    assert_eq!(texts.window_ja.as_deref(), Some("高齢介護課"));
    assert_eq!(texts.phone.as_deref(), Some("0465-00-0000"));
    assert_eq!(
        texts.hours,
        Some(Hours {
            days: "15".into(),
            opens: 510,
            closes: 1035
        })
    );
    assert_eq!(texts.fax, None);
}

#[test]
fn an_empty_form_is_allowed_because_unknown_is_a_fact() {
    assert_eq!(ContactForm::default().check().unwrap(), Texts::default());
}

#[test]
fn every_problem_is_named_at_its_field() {
    let form = ContactForm {
        window_ja: "あ".repeat(201),
        phone: "電話".into(),
        fax: "12".into(),
        opens: "8時".into(),
        closes: String::new(),
        url: "javascript:alert(1)".into(),
        ..ContactForm::default()
    };
    let found = form.check().unwrap_err();
    for expected in [
        ("window_ja", Problem::TooLong(200)),
        ("phone", Problem::Phone),
        ("fax", Problem::Phone),
        ("opens", Problem::Time),
        ("closes", Problem::TimePair),
        ("days", Problem::Days),
        ("url", Problem::Url),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
}

#[test]
fn hours_need_both_ends_in_order_and_a_weekday() {
    let turned = ContactForm {
        opens: "17:15".into(),
        closes: "8:30".into(),
        ..typed()
    };
    assert_eq!(
        turned.check().unwrap_err(),
        vec![("closes", Problem::TimeOrder)]
    );
    let days = ContactForm {
        opens: String::new(),
        closes: String::new(),
        ..typed()
    };
    assert_eq!(
        days.check().unwrap_err(),
        vec![("opens", Problem::DaysOnly)]
    );
}

#[test]
fn numbers_people_dial() {
    for good in [
        "0465-00-0000",
        "046 500 0000",
        "(0465)00-0000",
        "0120-000-000",
        "09000000000",
        "#7119",
        "119",
    ] {
        assert!(is_phone(good), "{good}");
    }
    for bad in [
        "",
        "465-00-0000",
        "0465",
        "#71",
        "0465-00-0000 内線3",
        "999",
    ] {
        assert!(!is_phone(bad), "{bad}");
    }
}

#[test]
fn only_web_addresses_become_links() {
    assert!(is_web_address("https://www.example.jp/a?b=c"));
    for bad in [
        "http://",
        "ftp://a.jp",
        "https://a.jp/<x>",
        "https://a .jp",
        "//a.jp",
        "https://localhost",
    ] {
        assert!(!is_web_address(bad), "{bad}");
    }
}

#[test]
fn null_bytes_are_refused_and_the_form_round_trips() {
    let form = ContactForm {
        outside_ja: "a\0b".into(),
        ..typed()
    };
    assert_eq!(
        form.check().unwrap_err(),
        vec![("outside_ja", Problem::NullByte)]
    );
}
