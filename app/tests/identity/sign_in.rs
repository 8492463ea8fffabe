//! Guessing, replaying, and being led away.

use super::{PASSWORD, REFUSED, errors, is_in, join, member_page, nurse, paper, replay};
use crate::both;

both! {
    async fn guessing_is_slowed_tells_nothing_and_the_manager_lifts_it(app: demo) {
        let mut manager = app.cast("numata").await;
        let mut known = nurse(app, &mut manager, "midori").await;
        for attempt in 1..=6 {
            let wrong = known.password(app, "not-the-password-at-all").await;
            let mut stranger = app.visitor();
            let nobody = stranger.submit("/sign-in", "name=\"password\"", &[("name", "nobody"), ("password", "not-the-password-at-all")]).await;
            assert_eq!((wrong.status, nobody.status), (422, 422), "attempt {attempt}");
            assert!(!errors(&wrong.body).is_empty());
            assert_eq!(errors(&wrong.body), errors(&nobody.body), "attempt {attempt}: an unknown name looks the same");
            for body in [&wrong.body, &nobody.body] {
                assert!(!body.contains("not-the-password-at-all"), "a password is never shown again");
            }
        }
        let right = known.password(app, PASSWORD).await;
        assert_eq!(right.status, 422, "also the right password waits: {}", errors(&right.body));
        assert!(app.audit_rows("identity.lockout").await >= 1);
        let refused = app.system(|c| c.one(&REFUSED, store::params! { "action" => "identity.sign-in" }, |r| r.get::<i64>(0))).await;
        assert!(refused >= 12, "each refusal is a row: {refused}");

        let page = member_page(&mut manager, "空野 みどり").await;
        let lifted = manager.submit(&page, "/unlock\"", &[]).await;
        assert_eq!(lifted.status, 303, "{}", lifted.body);
        let code = known.code(app);
        assert_eq!(known.sign_in_with(app, &code).await.status, 303);
    }
}

both! {
    async fn a_wait_ends_by_itself(app: demo) {
        let mut manager = app.cast("numata").await;
        let mut known = nurse(app, &mut manager, "midori").await;
        for _ in 0..5 {
            known.password(app, "not-the-password-at-all").await;
        }
        assert_eq!(known.password(app, PASSWORD).await.status, 422);
        app.env.advance_secs(31);
        assert_eq!(known.password(app, PASSWORD).await.status, 200, "thirty seconds later");
    }
}

both! {
    async fn a_code_opens_once(app: demo) {
        let mut manager = app.cast("numata").await;
        let mut known = nurse(app, &mut manager, "midori").await;
        let code = known.code(app);
        assert_eq!(known.sign_in_with(app, &code).await.status, 303);
        assert!(is_in(&mut known.person).await);
        let replayed = known.sign_in_with(app, &code).await;
        assert_eq!(replayed.status, 422, "somebody looked over the shoulder");
        assert!(!is_in(&mut known.person).await);
        app.env.advance_secs(30);
        let next = known.code(app);
        assert_eq!(known.sign_in_with(app, &next).await.status, 303);

        let paper = known.recovery[0].clone();
        assert_eq!(known.sign_in_with(app, &paper.to_lowercase()).await.status, 303, "paper is forgiving");
        assert_eq!(known.sign_in_with(app, &paper).await.status, 422, "a recovery code opens once");
        let other = known.recovery[1].clone();
        assert_eq!(known.sign_in_with(app, &other).await.status, 303);
    }
}

both! {
    async fn wrong_second_factors_lock_too_and_the_step_cannot_be_skipped(app: demo) {
        let mut manager = app.cast("numata").await;
        let mut known = nurse(app, &mut manager, "midori").await;
        let asked = known.password(app, PASSWORD).await;
        assert!(!is_in(&mut known.person).await, "a password alone is not a session");
        for _ in 0..5 {
            assert_eq!(known.second(&asked, "000000").await.status, 422);
        }
        let code = known.code(app);
        assert_eq!(known.second(&asked, &code).await.status, 422, "the right code waits too");
        assert!(!is_in(&mut known.person).await);
    }
}

both! {
    async fn without_a_second_factor_nothing_protected_opens(app: demo) {
        let mut manager = app.cast("numata").await;
        let link = paper(&mut manager, "manager", "代わりの管理者").await;
        let mut bare = join(app, &link, "空野 みどり", "midori", "nurse").await;
        let mut protected = 0;
        for route in app.web.routes().iter().filter(|r| r.permission.second_factor) {
            let path = route.path.replace("{id}", "00000000-0000-7000-8000-000000000000");
            let answer = match route.method {
                web::Method::Get => bare.person.get(&path).await,
                web::Method::Post => replay(&mut bare.person, "/account", &path, &[]).await,
            };
            protected += 1;
            let led = answer.status == 303 && answer.location().starts_with("/account/second-factor");
            assert!(led || answer.status == 403, "{route:?}: {} {}", answer.status, answer.location());
        }
        assert!(protected > 15, "{protected} protected routes");
        bare.enrol(app).await;
        assert_eq!(bare.person.get("/office").await.status, 200, "with it the office opens");
    }
}

both! {
    async fn nobody_is_led_to_another_site(app: demo) {
        for evil in [
            "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
            "/%0d%0aSet-Cookie:x=1", "http:evil.example", " //evil.example", "/\t/evil.example", "/.//evil.example/..//evil",
        ] {
            let encoded: String = evil.bytes().map(|b| format!("%{b:02X}")).collect();
            let shown = app.visitor().get(&format!("/sign-in?next={encoded}")).await;
            assert_eq!(shown.status, 200, "{evil}");
            for mark in ["https://evil", "href=\"//evil", "javascript:"] {
                assert!(!shown.body.contains(mark), "{evil}");
            }
            let mut person = app.visitor();
            let answer = person.submit("/sign-in", "data-cast=\"ishigaki\"", &[("next", evil)]).await;
            stays(evil, answer.location());
            let signed = person.get(&format!("/sign-in?next={encoded}")).await;
            stays(evil, signed.location());
            let confirmed = person.submit("/account/confirm", "action=\"/account/confirm\"", &[("next", evil)]).await;
            stays(evil, confirmed.location());
            for name in ["next", "back", "here"] {
                let switched = replay(&mut person, "/account", "/lang", &[("lang", "ja"), (name, evil)]).await;
                if switched.status == 303 {
                    stays(evil, switched.location());
                }
            }
        }
    }
}

fn stays(evil: &str, location: &str) {
    assert!(
        location.starts_with('/') && !location.starts_with("//") && !location.contains('\\'),
        "{evil:?} leads to {location:?}"
    );
}
