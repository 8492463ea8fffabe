//! Codes and passwords over their life: used at the same moment, replaced, changed.

use super::{PASSWORD, Somebody, codes, errors, is_in, member_page, nurse, paper, session_ids};
use crate::both;

both! {
    async fn a_code_that_two_browsers_send_at_once_opens_one(app: demo) {
        let mut manager = app.cast("numata").await;
        let mut first = nurse(app, &mut manager, "midori").await;
        let account = first.account(app).await;
        let before = session_ids(app, account).await.len();
        let code = first.code(app);
        let mut second = Somebody {
            person: app.visitor(), sign_in: first.sign_in.clone(), secret: first.secret, recovery: Vec::new(),
        };
        let one = first.password(app, PASSWORD).await;
        let two = second.password(app, PASSWORD).await;
        let (a, b) = tokio::join!(first.second(&one, &code), second.second(&two, &code));
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 422], "{} {}", errors(&a.body), errors(&b.body));
        assert_eq!(session_ids(app, account).await.len(), before + 1);
    }
}

both! {
    async fn one_step_sent_twice_opens_once(app: demo) {
        let mut manager = app.cast("numata").await;
        let mut known = nurse(app, &mut manager, "midori").await;
        let asked = known.password(app, PASSWORD).await;
        let code = known.code(app);
        assert_eq!(known.second(&asked, &code).await.status, 303);
        app.env.advance_secs(30);
        let code = known.code(app);
        known.person = app.visitor();
        let again = known.second(&asked, &code).await;
        assert_ne!(again.status, 303, "the step is used up");
        assert!(!is_in(&mut known.person).await);
        // A step that waits too long is gone.
        let asked = known.password(app, PASSWORD).await;
        app.env.advance_secs(6 * 60);
        let code = known.code(app);
        assert_eq!(known.second(&asked, &code).await.status, 422);
        assert!(!is_in(&mut known.person).await);
    }
}

both! {
    async fn a_lost_phone_is_replaced_by_one_code_from_the_manager(app: demo) {
        let mut manager = app.cast("numata").await;
        let mut known = nurse(app, &mut manager, "midori").await;
        let code = known.code(app);
        assert_eq!(known.sign_in_with(app, &code).await.status, 303);
        let page = member_page(&mut manager, "空野 みどり").await;
        let paper = manager.submit(&page, "/replacement\"", &[]).await;
        assert_eq!(paper.status, 200, "{}", paper.body);
        let replacement = codes(&paper.body).into_iter().next().expect("a code");
        assert!(!is_in(&mut known.person).await, "whoever has the phone is out");
        app.env.advance_secs(30);
        let stolen = known.code(app);
        assert_eq!(known.sign_in_with(app, &stolen).await.status, 422, "the lost app opens nothing");
        let old = known.recovery[0].clone();
        assert_eq!(known.sign_in_with(app, &old).await.status, 422, "nor do the old recovery codes");
        assert_eq!(known.sign_in_with(app, &replacement).await.status, 303);
        known.enrol(app).await;
        app.env.advance_secs(30);
        assert_eq!(known.sign_in_with(app, &replacement).await.status, 422, "once");
        let fresh = known.code(app);
        assert_eq!(known.sign_in_with(app, &fresh).await.status, 303);
    }
}

both! {
    async fn a_new_password_ends_the_other_sessions_and_the_old_one_opens_nothing(app: demo) {
        let mut manager = app.cast("numata").await;
        let mut known = nurse(app, &mut manager, "midori").await;
        let mut elsewhere = known.person.clone();
        let code = known.code(app);
        assert_eq!(known.sign_in_with(app, &code).await.status, 303);
        assert!(is_in(&mut elsewhere).await);
        for bad in ["short", "midori-midori", "空野 みどり", PASSWORD] {
            let weak = known.person.submit("/account/password", "name=\"again\"", &[("password", bad), ("again", "different")]).await;
            assert_eq!(weak.status, 422, "{bad}");
            assert!(!weak.body.contains(&format!("value=\"{bad}\"")), "never shown again");
        }
        let new = "shiokaze-to-mikan-77";
        let saved = known.person.submit("/account/password", "name=\"again\"", &[("password", new), ("again", new)]).await;
        assert_eq!(saved.status, 303, "{}", errors(&saved.body));
        assert!(is_in(&mut known.person).await);
        assert!(!is_in(&mut elsewhere).await, "every other session ended");
        assert_eq!(known.password(app, PASSWORD).await.status, 422);
        assert_eq!(known.password(app, new).await.status, 200);
        // After ten minutes a new password asks for the old one first.
        app.env.advance_secs(30);
        let asked = known.password(app, new).await;
        let code = known.code(app);
        assert_eq!(known.second(&asked, &code).await.status, 303);
        app.env.advance_secs(11 * 60);
        let late = known.person.get("/account/password").await;
        assert_eq!(late.status, 303);
        assert!(late.location().starts_with("/account/confirm?next="), "{}", late.location());
        let wrong = known.person.submit(late.location(), "action=\"/account/confirm\"", &[("password", PASSWORD)]).await;
        assert_eq!(wrong.status, 422);
        let right = known.person.submit(late.location(), "action=\"/account/confirm\"", &[("password", new)]).await;
        assert_eq!((right.status, right.location()), (303, "/account/password"));
    }
}

both! {
    async fn an_account_may_be_named_by_nobody_else(app: demo) {
        let mut manager = app.cast("numata").await;
        nurse(app, &mut manager, "midori").await;
        let link = paper(&mut manager, "member", "二人目").await;
        let fields = [
            ("name", "別の人"), ("sign_in", "ＭＩＤＯＲＩ"), ("profession", "nurse"), ("password", PASSWORD), ("again", PASSWORD),
        ];
        let taken = app.visitor().submit(&link, "name=\"sign_in\"", &fields).await;
        assert_eq!(taken.status, 422, "two names that look alike are one");
        assert!(taken.body.contains("別の人"), "what was typed is still there");
        assert_eq!(app.visitor().get(&link).await.status, 200, "the invitation is not used up");
    }
}
