//! Signing in, as the owner, the thief and the crowd.

use super::*;

both! {
    password_then_app_and_no_code_opens_twice;
    unknown_names_and_wrong_passwords_look_alike_and_wait_alike;
    guesses_at_once_are_counted_one_by_one;
    a_crowd_signs_in_at_once;
    printed_sheet_one_number_each_time;
    one_click_exists_only_in_a_demo;
    forged_forms_and_strange_ways_back_lead_nowhere;
    a_second_browser_is_shown_and_can_be_ended;
}

async fn password_then_app_and_no_code_opens_twice(postgres: bool) {
    let w = World::new(false, postgres).await;
    w.member("numata", HAKONE, Role::Editor).await;
    let (mut browser, first) = w.sign_in(" ＮＵＭＡＴＡ ", PASSWORD).await;
    assert_eq!(
        first.header("location"),
        "/account/second-factor",
        "{}",
        first.text
    );
    let (secret, done) = w.enrol(&mut browser).await;
    assert_eq!(done.codes().len(), 10, "{}", done.text);
    let recovery = done.codes()[0].clone();

    // The step that registered the app is used up.
    let (mut thief, step) = w.sign_in("numata@example.jp", PASSWORD).await;
    let token = step.hidden("step");
    let code = totp::code_at(&secret, w.env().now());
    let answer = w
        .post_with(
            &mut thief,
            "/sign-in/second",
            &step.hidden("_csrf"),
            &[("step", &token), ("code", &code)],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);

    w.env().advance_secs(60);
    let code = totp::code_at(&secret, w.env().now());
    let (mut owner, step) = w.sign_in("numata", PASSWORD).await;
    let fields = [("step", step.hidden("step")), ("code", code.clone())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let answer = w
        .post_with(
            &mut owner,
            "/sign-in/second",
            &step.hidden("_csrf"),
            &fields,
        )
        .await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, "/home"),
        "{}",
        answer.text
    );
    assert_eq!(w.get(&mut owner, "/account").await.status, StatusCode::OK);

    // Over the shoulder: the same digits in the same half minute.
    let (mut thief, step) = w.sign_in("numata", PASSWORD).await;
    let token = step.hidden("step");
    let answer = w
        .post_with(
            &mut thief,
            "/sign-in/second",
            &step.hidden("_csrf"),
            &[("step", &token), ("code", &code)],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);

    // A recovery code opens once.
    for (n, expected) in [
        (0, StatusCode::SEE_OTHER),
        (1, StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let (mut b, step) = w.sign_in("numata", PASSWORD).await;
        let token = step.hidden("step");
        let a = w
            .post_with(
                &mut b,
                "/sign-in/second",
                &step.hidden("_csrf"),
                &[("step", &token), ("code", &recovery)],
            )
            .await;
        assert_eq!(a.status, expected, "use {n}");
    }
    assert!(w.audited("identity.sign-in", "done").await >= 3);
    assert_eq!(w.audited("identity.sign-in.second", "refused").await, 3);
}

async fn unknown_names_and_wrong_passwords_look_alike_and_wait_alike(postgres: bool) {
    let w = World::new(false, postgres).await;
    w.member("kaneko", HAKONE, Role::Editor).await;
    let hide = |text: &str, csrf: &str, name: &str| text.replace(csrf, "").replace(name, "");
    for n in 1..=6 {
        let (_, known) = w.sign_in("kaneko", "wrong password here").await;
        let (_, unknown) = w.sign_in("nobody", "wrong password here").await;
        assert_eq!(known.status, unknown.status);
        assert_eq!(
            hide(&known.text, &known.hidden("_csrf"), "kaneko"),
            hide(&unknown.text, &unknown.hidden("_csrf"), "nobody"),
            "attempt {n}"
        );
        assert!(
            !known.text.contains("wrong password here"),
            "a password is never shown again"
        );
    }
    // Now even the right password waits.
    let (_, waits) = w.sign_in("kaneko", PASSWORD).await;
    assert_eq!(waits.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(w.audited("identity.lockout", "refused").await >= 2);
    w.env().advance_secs(61);
    let (_, opens) = w.sign_in("kaneko", PASSWORD).await;
    assert_eq!(opens.status, StatusCode::SEE_OTHER, "{}", opens.text);
}

async fn guesses_at_once_are_counted_one_by_one(postgres: bool) {
    let w = std::sync::Arc::new(World::new(false, postgres).await);
    w.member("numata", HAKONE, Role::Editor).await;
    let tasks: Vec<_> = (0..16)
        .map(|n| {
            let w = std::sync::Arc::clone(&w);
            tokio::spawn(async move {
                w.sign_in("numata", &format!("guess number {n}"))
                    .await
                    .1
                    .text
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    // Five were looked at, the others were refused unseen; each has its row.
    assert_eq!(w.audited("identity.lockout", "refused").await, 1);
    assert_eq!(w.audited("identity.sign-in", "refused").await, 16);
}

async fn a_crowd_signs_in_at_once(postgres: bool) {
    let w = std::sync::Arc::new(World::new(false, postgres).await);
    w.member("numata", HAKONE, Role::Editor).await;
    let count = 40;
    let tasks: Vec<_> = (0..count)
        .map(|_| {
            let w = std::sync::Arc::clone(&w);
            tokio::spawn(async move { w.sign_in("numata", PASSWORD).await.1.status })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), StatusCode::SEE_OTHER);
    }
    assert_eq!(w.audited("identity.sign-in", "done").await, count);
}

async fn printed_sheet_one_number_each_time(postgres: bool) {
    let w = World::new(false, postgres).await;
    let (mut manager, _, _) = w.ready("kaneko", HAKONE, Role::Manager).await;
    let (_, member) = w.member("sugimoto", HAKONE, Role::Editor).await;
    let page = format!("/office/members/{member}");
    let sheet = w
        .post(&mut manager, &page, &format!("{page}/code-sheet"), &[])
        .await;
    assert_eq!(sheet.status, StatusCode::OK, "{}", sheet.text);
    let codes = sheet.codes();
    assert_eq!(codes.len(), 40);
    // Sent again by mistake: the sheet in the printer stays good.
    let again = w
        .post(&mut manager, &page, &format!("{page}/code-sheet"), &[])
        .await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);

    for (code, expected) in [
        (&codes[1], StatusCode::UNPROCESSABLE_ENTITY),
        (&codes[0], StatusCode::SEE_OTHER),
        (&codes[0], StatusCode::UNPROCESSABLE_ENTITY),
        (&codes[1], StatusCode::SEE_OTHER),
    ] {
        let (mut b, step) = w.sign_in("sugimoto", PASSWORD).await;
        let token = step.hidden("step");
        let a = w
            .post_with(
                &mut b,
                "/sign-in/second",
                &step.hidden("_csrf"),
                &[("step", &token), ("code", code)],
            )
            .await;
        assert_eq!(a.status, expected, "{code}");
    }
    // A new sheet ends the old one.
    let old = w.get(&mut manager, &page).await.hidden("replaces");
    let new = w
        .post(
            &mut manager,
            &page,
            &format!("{page}/code-sheet"),
            &[("replaces", &old)],
        )
        .await;
    assert_eq!(new.codes().len(), 40);
    let (mut b, step) = w.sign_in("sugimoto", PASSWORD).await;
    let token = step.hidden("step");
    let a = w
        .post_with(
            &mut b,
            "/sign-in/second",
            &step.hidden("_csrf"),
            &[("step", &token), ("code", &codes[2])],
        )
        .await;
    assert_eq!(a.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn one_click_exists_only_in_a_demo(postgres: bool) {
    let w = World::new(true, postgres).await;
    let mut b = Browser::default();
    let page = w.get(&mut b, "/sign-in?next=%2Faccount").await;
    assert_eq!(page.text.matches("data-cast=").count(), 15, "{}", page.text);
    let a = w
        .post(
            &mut b,
            "/sign-in",
            "/sign-in/as/sagara",
            &[("next", "/account")],
        )
        .await;
    assert_eq!(
        (a.status, a.header("location")),
        (StatusCode::SEE_OTHER, "/account")
    );
    let account = w.get(&mut b, "/account").await;
    assert!(account.text.contains("相良"), "{}", account.text);
    // Re-authentication without a password is a click too.
    w.env().advance_secs(11 * 60);
    assert_eq!(
        w.get(&mut b, "/account/password").await.header("location"),
        "/account/confirm?next=%2Faccount%2Fpassword"
    );
    let a = w
        .post(
            &mut b,
            "/account/confirm",
            "/account/confirm",
            &[("next", "/account/password")],
        )
        .await;
    assert_eq!(a.header("location"), "/account/password");
    // Loading again adds nobody.
    crate::demo::load(&w.app.db, &data().join("demo/cast.toml"))
        .await
        .unwrap();
    assert_eq!(
        w.get(&mut Browser::default(), "/sign-in")
            .await
            .text
            .matches("data-cast=")
            .count(),
        15
    );

    let production = World::new(false, postgres).await;
    let mut b = Browser::default();
    assert!(
        !production
            .get(&mut b, "/sign-in")
            .await
            .text
            .contains("data-cast")
    );
    let a = production
        .post(&mut b, "/sign-in", "/sign-in/as/sagara", &[])
        .await;
    assert_eq!(a.status, StatusCode::NOT_FOUND);
    assert!(
        crate::demo::load(&production.app.db, &data().join("demo/cast.toml"))
            .await
            .is_err()
    );
}

async fn forged_forms_and_strange_ways_back_lead_nowhere(postgres: bool) {
    let w = World::new(false, postgres).await;
    w.member("numata", HAKONE, Role::Editor).await;
    let mut b = Browser::default();
    let forged = w
        .post_with(
            &mut b,
            "/sign-in",
            "x",
            &[("name", "numata"), ("password", PASSWORD)],
        )
        .await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    let (mut b, _) = w.sign_in("numata", PASSWORD).await;
    w.enrol(&mut b).await;
    let other = w.post_with(&mut b, "/sign-out", "x", &[]).await;
    assert_eq!(other.status, StatusCode::FORBIDDEN);
    assert_eq!(
        w.get(&mut b, "/sign-in?next=%2F%2Fevil.example")
            .await
            .header("location"),
        "/home"
    );
    let out = w.post(&mut b, "/account", "/sign-out", &[]).await;
    assert_eq!(out.header("location"), "/");
    assert_eq!(
        w.get(&mut b, "/account").await.status,
        StatusCode::SEE_OTHER
    );
}

async fn a_second_browser_is_shown_and_can_be_ended(postgres: bool) {
    let w = World::new(false, postgres).await;
    w.member("numata", HAKONE, Role::Editor).await;
    let (mut first, _) = w.sign_in("numata", PASSWORD).await;
    let (mut second, _) = w.sign_in("numata", PASSWORD).await;
    let list = w.get(&mut second, "/account/sessions").await;
    assert!(
        list.text.contains("Firefox / Windows") && list.text.contains("192.0.2.7"),
        "{}",
        list.text
    );
    let a = w
        .post(
            &mut second,
            "/account/sessions",
            "/account/sessions/end",
            &[],
        )
        .await;
    assert_eq!(a.status, StatusCode::SEE_OTHER);
    assert_eq!(
        w.get(&mut first, "/account").await.header("location"),
        "/sign-in?next=%2Faccount"
    );
    assert_eq!(w.get(&mut second, "/account").await.status, StatusCode::OK);
}
