//! Sessions: seen, ended, locked, and worth nothing afterwards.

use axum::body::Body;
use axum::http::Request;
use kernel::{AccountId, Time};

use super::{SEEN, cast, is_in, member_page, replay, session_ids};
use crate::both;
use crate::harness::{Person, TestApp, fields_of};

/// Opens a page and waits until the time of it is written, which happens after the answer.
async fn touch(app: &TestApp, person: &mut Person, account: AccountId) -> bool {
    if !is_in(person).await {
        return false;
    }
    for _ in 0..200 {
        let seen: Time = app
            .system(move |c| c.one(&SEEN, store::params! { "account" => account }, |r| r.get(0)))
            .await;
        if app.env.now().secs_since(seen) < 60 {
            return true;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("the time of the last request was not written");
}

both! {
    async fn sessions_are_listed_and_another_one_can_be_ended(app: demo) {
        let (mut first, mut second) = (app.cast("sakai").await, app.cast("sakai").await);
        let (account, _) = cast(app, "sakai").await;
        assert_eq!(session_ids(app, account).await.len(), 2);
        let list = first.get("/account/sessions").await;
        assert_eq!(list.status, 200);
        assert_eq!(list.body.matches("name=\"id\"").count(), 1, "the other one can be ended, this one not: {}", list.body);
        assert!(first.get("/home").await.body.contains("/account/sessions"), "both are warned");
        let ended = first.submit("/account/sessions", "name=\"id\"", &[]).await;
        assert_eq!(ended.status, 303, "{}", ended.body);
        assert!(!is_in(&mut second).await);
        assert!(is_in(&mut first).await);

        // Somebody else's session is not there.
        let mut other = app.cast("numata").await;
        let (victim, _) = cast(app, "numata").await;
        let id = session_ids(app, victim).await[0].to_string();
        let answer = replay(&mut first, "/account/sessions", "/account/sessions/end", &[("id", &id)]).await;
        assert_eq!(answer.status, 404, "{}", answer.body);
        assert!(is_in(&mut other).await);
    }
}

both! {
    async fn a_session_locks_after_fifteen_idle_minutes(app: demo) {
        let mut clerk = app.cast("ishigaki").await;
        let (account, _) = cast(app, "ishigaki").await;
        app.env.advance_secs(14 * 60);
        assert!(touch(app, &mut clerk, account).await);
        app.env.advance_secs(14 * 60);
        assert!(touch(app, &mut clerk, account).await, "work prolongs it");
        app.env.advance_secs(8 * 60);
        for _ in 0..3 {
            let background = clerk.send(Request::get("/home").header("x-renkei-background", "1"), Body::empty()).await;
            assert_eq!(background.status, 200);
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        app.env.advance_secs(8 * 60);
        let locked = clerk.get("/settings/contacts").await;
        assert_eq!(locked.status, 303, "what the page does by itself does not prolong");
        assert!(locked.location().starts_with("/sign-in?next="), "{}", locked.location());
    }
}

both! {
    async fn a_session_ends_after_twelve_hours_of_work(app: demo) {
        let mut clerk = app.cast("ishigaki").await;
        let (account, _) = cast(app, "ishigaki").await;
        for _ in 0..51 {
            app.env.advance_secs(14 * 60);
            assert!(touch(app, &mut clerk, account).await);
        }
        app.env.advance_secs(6 * 60 + 1);
        assert!(!is_in(&mut clerk).await, "12 hours are over");
    }
}

both! {
    async fn a_stolen_cookie_is_worthless_after_signing_out(app: demo) {
        let mut owner = app.cast("ishigaki").await;
        let mut thief = owner.clone();
        assert!(is_in(&mut thief).await);
        let out = owner.submit("/home", "action=\"/sign-out\"", &[]).await;
        assert_eq!(out.status, 303);
        assert!(!is_in(&mut thief).await);
        assert!(!is_in(&mut owner).await);
        // A token that the thief chose beforehand does not become a session.
        let mut fixed = app.visitor();
        let name = thief.cookies.keys().find(|n| n.ends_with("renkei")).expect("a session cookie").clone();
        fixed.cookies.insert(name.clone(), "chosen-by-somebody-else".to_owned());
        let page = fixed.get("/sign-in").await;
        let (action, fields) = fields_of(&page.body, "data-cast=\"ishigaki\"");
        assert_eq!(fixed.post(&action, &fields).await.status, 303);
        assert_ne!(fixed.cookies.get(&name).map(String::as_str), Some("chosen-by-somebody-else"));
    }
}

both! {
    async fn roles_change_only_after_a_fresh_confirmation_and_end_the_sessions(app: demo) {
        let mut manager = app.cast("numata").await;
        let mut nurse = app.cast("kobayakawa").await;
        let (account, name) = cast(app, "kobayakawa").await;
        let page = member_page(&mut manager, &name).await;
        let shown = manager.get(&page).await;
        let (action, mut fields) = fields_of(&shown.body, "/role\"");
        fields.retain(|(n, _)| n != "role");
        fields.push(("role".to_owned(), "approver".to_owned()));
        app.env.advance_secs(11 * 60);
        let asked = manager.post(&action, &fields).await;
        assert_eq!(asked.status, 303);
        assert!(asked.location().starts_with("/account/confirm?next="), "{}", asked.location());
        assert_eq!(app.audit_rows("identity.role.set").await, 0);
        let hidden = manager.get(&page).await;
        assert!(!hidden.body.contains("/role\""), "the form waits behind the confirmation");

        let back = manager.submit(asked.location(), "action=\"/account/confirm\"", &[]).await;
        assert_eq!((back.status, back.location()), (303, page.as_str()), "{}", back.body);
        assert_eq!(manager.post(&action, &fields).await.status, 303);
        assert_eq!(app.audit_rows("identity.role.set").await, 1);
        assert_eq!(session_ids(app, account).await.len(), 0, "the next session has the new role");
        assert!(!is_in(&mut nurse).await);
    }
}
