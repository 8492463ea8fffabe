use proptest::prelude::*;

use super::{Reason, Role, propose, slice};

/// Text, role, reason, parent's text.
fn read(body: &str) -> Vec<(String, Role, Reason, Option<String>)> {
    let made = propose(body, &[]);
    let text = |at: usize| {
        let s = &made[at];
        slice(body, s.paragraph, s.start, s.end).expect("inside the text")
    };
    let one = |at: usize| {
        (
            text(at),
            made[at].role,
            made[at].reason,
            made[at].parent.map(text),
        )
    };
    (0..made.len()).map(one).collect()
}

fn texts(body: &str) -> Vec<String> {
    read(body).into_iter().map(|(text, ..)| text).collect()
}

#[test]
fn numbers_count_only_at_the_head_of_a_paragraph() {
    for body in [
        "①会議を②開く",
        "(1)会議を(2)開く",
        "⑴会議を⑵開く",
        "（１）会議を（２）開く",
        "　（1） 会議を①開く",
    ] {
        let made = read(body);
        assert_eq!(made.len(), 1, "{body}");
        assert_eq!(
            (made[0].1, made[0].2),
            (Role::Head, Reason::Number),
            "{body}"
        );
        assert!(made[0].0.starts_with("会議を"), "{body}");
    }
    assert_eq!(texts("医療・介護の会議"), ["医療・介護の会議"]);
    // Years and counts in brackets are no numbers of paragraphs.
    assert_eq!(texts("（2024）会議"), ["（2024）会議"]);
    assert_eq!(texts("①"), ["①"]);
}

#[test]
fn arrows_and_also_belong_to_the_head_above() {
    let made = read("①会議を開く\n⇒年2回\nまた、報告する。\n②研修\n⇒①と同様\n・多職種で");
    let head = Some("会議を開く".to_owned());
    assert_eq!(
        made[1],
        (
            "年2回".to_owned(),
            Role::Continuation,
            Reason::Arrow,
            head.clone()
        )
    );
    assert_eq!(
        made[2],
        (
            "また、報告する。".to_owned(),
            Role::Continuation,
            Reason::Also,
            head
        )
    );
    assert_eq!(made[4].1, Role::Reference);
    assert_eq!(propose("①会\n②研修\n⇒①と同様", &[])[2].refers, Some(0));
    assert_eq!(made[5].1, Role::Child);
    assert_eq!(made[5].3.as_deref(), Some("研修"));
    // Without a head above they stand alone.
    assert_eq!(read("また、報告する。")[0].1, Role::Head);
    assert_eq!(read("⇒①と同様")[0].1, Role::Head);
}

#[test]
fn slashes_and_full_stops_split_outside_brackets() {
    assert_eq!(
        texts("存続／確認が困難／増えない。／不足（甲／乙。）"),
        ["存続", "確認が困難", "増えない。", "不足（甲／乙。）"]
    );
    assert_eq!(
        texts("一つめ。「二。三」と四。"),
        ["一つめ。", "「二。三」と四。"]
    );
    assert_eq!(
        texts("人材の不足（特に訪問系）、意識向上。"),
        ["人材の不足（特に訪問系）、意識向上。"]
    );
}

#[test]
fn a_list_in_brackets_gives_children_and_keeps_nested_brackets() {
    let made = read("②検討（甲の会、乙の会（丙、丁）、戊）");
    assert_eq!(
        texts("②検討（甲の会、乙の会（丙、丁）、戊）"),
        ["検討", "甲の会", "乙の会（丙、丁）", "戊"]
    );
    assert!(
        made[1..]
            .iter()
            .all(|m| m.1 == Role::Child && m.2 == Reason::List && m.3.as_deref() == Some("検討"))
    );
    // No list: nothing to separate, or not at the end, or no numbered head.
    for body in [
        "④相談（重い事例は病院と）",
        "④１市３町（甲、乙）が補助",
        "相談（甲、乙）",
    ] {
        assert_eq!(texts(body).len(), 1, "{body}");
    }
}

#[test]
fn leads_links_attachments_and_names_are_offered_as_such() {
    let body = "次の事業を実施している。\n①公開講座を実施。（別添①）\n①関連URL　https://www.example.jp/a\n①関連資料　別添①\n足柄上地区支援センター";
    let roles: Vec<Role> = read(body).into_iter().map(|m| m.1).collect();
    assert_eq!(
        roles,
        [
            Role::Lead,
            Role::Head,
            Role::Attachment,
            Role::Link,
            Role::Attachment,
            Role::Organisation
        ]
    );
    assert!(
        read(body)[2..5]
            .iter()
            .all(|m| m.3.as_deref() == Some("公開講座を実施。"))
    );
    let known = ["にんちしよう会".to_owned()];
    assert_eq!(
        propose("にんちしよう会", &known)[0].role,
        Role::Organisation
    );
    assert_eq!(propose("にんちしよう会", &[])[0].role, Role::Head);
    assert!(propose("特になし。", &[]).is_empty());
    assert!(propose("", &[]).is_empty());
}

#[test]
fn the_wording_of_a_head_suggests_its_item() {
    let item = |body: &str| propose(body, &[])[0].item;
    assert_eq!(item("④在宅医療・介護連携に関する相談支援"), Some('オ'));
    assert_eq!(item("④地域住民への普及啓発"), Some('キ'));
    assert_eq!(item("④会議を開く"), None);
    assert_eq!(item("在宅医療・介護連携に関する相談支援"), None);
    // Two items at once say nothing.
    assert_eq!(item("①相談支援と普及啓発"), None);
}

#[test]
fn ranges_outside_a_text_have_no_characters() {
    assert_eq!(slice("一二\n三", 1, 0, 1).as_deref(), Some("三"));
    for (paragraph, start, end) in [
        (0, 0, 3),
        (0, 2, 1),
        (0, 1, 1),
        (2, 0, 1),
        (0, usize::MAX, 1),
        (0, 0, usize::MAX),
    ] {
        assert_eq!(slice("一二\n三", paragraph, start, end), None);
    }
}

proptest! {
    #[test]
    fn any_text_gives_ranges_inside_it_in_order_and_apart(body in "[①②⑴()（）１12・⇒また、と同様。／「」別添関連URLhtps:/a一二 　\n𠮷]{0,80}") {
        check(&body)?;
    }

    #[test]
    fn texts_of_any_characters_too(body in any::<String>()) {
        check(&body)?;
    }
}

fn check(body: &str) -> Result<(), TestCaseError> {
    let made = propose(body, &[]);
    let mut before = (0, 0);
    for (at, segment) in made.iter().enumerate() {
        prop_assert!(slice(body, segment.paragraph, segment.start, segment.end).is_some());
        prop_assert!((segment.paragraph, segment.start) >= before);
        before = (segment.paragraph, segment.end);
        prop_assert!(segment.parent.is_none_or(|parent| parent < at));
        prop_assert!(segment.refers.is_none_or(|other| other < at));
    }
    // Between the segments nothing is lost but signs and blanks.
    for (paragraph, line) in crate::model::paragraphs(body).into_iter().enumerate() {
        let inside = |at: usize| {
            made.iter()
                .any(|s| s.paragraph == paragraph && s.start <= at && at < s.end)
        };
        for (at, c) in line.chars().enumerate() {
            let sign = c.is_whitespace()
                || c.is_ascii_digit()
                || "①②⑴()（）１・･•⇒→。、／".contains(c)
                || ('\u{2460}'..='\u{2487}').contains(&c)
                || ('\u{ff10}'..='\u{ff19}').contains(&c);
            prop_assert!(
                sign || inside(at) || made.is_empty(),
                "{c} at {paragraph}:{at}"
            );
        }
    }
    Ok(())
}
