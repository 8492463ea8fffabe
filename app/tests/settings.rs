//! Windows and closed days: what clerks and desks write about their own offices, and what others cannot.

use crate::both;
use crate::harness::{Person, TestApp};

const MARK: &str = "name=\"phone\"";

/// The settings address of one window, as the list offers it to this person, by the name of the municipality.
async fn window_of(person: &mut Person, town: &str) -> String {
    let list = person.get("/settings/contacts").await;
    assert_eq!(list.status, 200, "{}", list.body);
    let links: Vec<String> = list
        .body
        .split("href=\"")
        .skip(1)
        .filter_map(|p| p.split('"').next())
        .filter(|h| h.starts_with("/settings/contacts/"))
        .map(str::to_owned)
        .collect();
    for link in links {
        if person.get(&link).await.body.contains(town) {
            return link;
        }
    }
    panic!("no window of {town} in {}", list.body);
}

both! {
    async fn a_clerk_corrects_the_window_and_residents_see_it(app: demo) {
        let mut clerk = app.cast("ashikawa").await;
        let page = window_of(&mut clerk, "箱根町").await;
        let saved = clerk.submit(&page, MARK, &[("phone", "0460-00-0000"), ("opens", "8:30"), ("closes", "17:15"), ("day1", "on")]).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let home = app.visitor().get("/?town=143821&who=resident").await;
        assert!(home.body.contains("tel:0460000000") || home.body.contains("tel:0460-00-0000"), "{}", home.body);
        assert!(home.body.contains("令和8年11月22日"), "the day it was confirmed is shown");
        let rows = app.audit_rows("areas.contact.save").await;
        assert_eq!(rows, 1, "one change, one audit row, also when the closure ran twice");
    }
}

both! {
    async fn mistakes_are_shown_beside_the_field_and_nothing_typed_is_lost(app: demo) {
        let mut clerk = app.cast("ashikawa").await;
        let page = window_of(&mut clerk, "箱根町").await;
        let note = "見学は午前だけ 😀 葛󠄀城";
        let bad = clerk.submit(&page, MARK, &[("phone", "call me"), ("hours_note_ja", note)]).await;
        assert_eq!(bad.status, 422);
        assert!(bad.body.contains("call me") && bad.body.contains(note), "what was typed is still there");
        assert!(bad.body.contains("aria-invalid=\"true\"") || bad.body.contains("class=\"error\""), "{}", bad.body);
        let null = clerk.submit(&page, MARK, &[("hours_note_ja", "a\0b")]).await;
        assert!(matches!(null.status, 400 | 422), "{}", null.status);
    }
}

both! {
    async fn two_people_in_one_form_lose_nothing(app: demo) {
        let (mut first, mut second) = (app.cast("ashikawa").await, app.cast("ashikawa").await);
        let page = window_of(&mut first, "箱根町").await;
        let shown = second.get(&page).await;
        let (action, mut fields) = crate::harness::fields_of(&shown.body, MARK);
        assert_eq!(first.submit(&page, MARK, &[("phone", "0460-11-1111")]).await.status, 303);
        fields.retain(|(n, _)| n != "phone");
        fields.push(("phone".to_owned(), "0460-22-2222".to_owned()));
        let action = if action.is_empty() { page } else { action };
        let conflict = second.post(&action, &fields).await;
        assert_eq!(conflict.status, 409);
        assert!(conflict.body.contains("0460-11-1111") && conflict.body.contains("0460-22-2222"), "both texts are shown");
    }
}

both! {
    async fn a_number_like_my_number_is_kept_out_until_explained(app: demo) {
        let mut clerk = app.cast("ashikawa").await;
        let page = window_of(&mut clerk, "箱根町").await;
        // 1234 5678 9018 passes the check digit of the individual number.
        let text = "問い合わせ番号 123456789018";
        let marked = clerk.submit(&page, MARK, &[("hours_note_ja", text)]).await;
        assert_eq!(marked.status, 422, "{}", marked.body);
        assert!(marked.body.contains("123456789018"), "what was typed is still there");
        let statement = marked.body.split("name=\"").skip(1).filter_map(|p| p.split('"').next())
            .find(|n| n.ends_with(web::STATEMENT_SUFFIX)).expect("a box to say that it is another number").to_owned();
        let (action, mut fields) = crate::harness::fields_of(&marked.body, MARK);
        fields.push((statement, "on".to_owned()));
        let action = if action.is_empty() { page } else { action };
        let stated = clerk.post(&action, &fields).await;
        assert_eq!(stated.status, 303, "{}", stated.body);
    }
}

async fn foreign_window(app: &TestApp) -> String {
    let mut owner = app.cast("ashikawa").await;
    window_of(&mut owner, "箱根町").await
}

both! {
    async fn another_town_cannot_touch_the_window(app: demo) {
        let page = foreign_window(app).await;
        let unknown = "/settings/contacts/00000000-0000-7000-8000-000000000000";
        let mut other = app.cast("isobe").await;
        let (theirs, nothing) = (other.get(&page).await, other.get(unknown).await);
        assert_eq!((theirs.status, nothing.status), (404, 404), "not yours and not there look the same");
        let mut owner = app.cast("ashikawa").await;
        let form = owner.get(&page).await;
        let (_, mut fields) = crate::harness::fields_of(&form.body, MARK);
        let token = other.get("/settings/closed-days").await;
        let (_, own) = crate::harness::fields_of(&token.body, "name=\"first\"");
        let csrf = own.iter().find(|(n, _)| n == "_csrf").expect("a token").1.clone();
        fields.retain(|(n, _)| n != "_csrf");
        fields.push(("_csrf".to_owned(), csrf));
        assert_eq!(other.post(&page, &fields).await.status, 404);
    }
}

both! {
    async fn a_hundred_thousand_characters_are_refused_or_kept_whole(app: demo) {
        let mut clerk = app.cast("ishigaki").await;
        let long = "長".repeat(100_000);
        let page = window_of(&mut clerk, "小田原市").await;
        let answer = clerk.submit(&page, MARK, &[("hours_note_ja", &long)]).await;
        assert!(matches!(answer.status, 303 | 422), "{}", answer.status);
        if answer.status == 422 {
            assert!(answer.body.contains(&long), "what was typed is still there");
        }
    }
}
