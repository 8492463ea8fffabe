//! Leaving, losing a phone, reviewing.

use super::*;

both! {
    leaving_closes_everything_the_same_minute;
    a_lost_phone_opens_nothing_and_the_owner_comes_back;
    roles_change_only_after_confirming;
    the_quarter_is_reviewed_once;
    pages_open_in_both_languages_with_few_statements;
}

async fn leaving_closes_everything_the_same_minute(postgres: bool) {
    let w = World::new(false, postgres).await;
    let (mut manager, _, own) = w.ready("kaneko", HAKONE, Role::Manager).await;
    let (mut leaver, account, member) = w.ready("numata", HAKONE, Role::Editor).await;
    assert_eq!(w.get(&mut leaver, "/account").await.status, StatusCode::OK);
    assert_eq!(w.access(account).await.len(), 1);
    let page = format!("/office/members/{member}");
    let a = w
        .post(&mut manager, &page, &format!("{page}/end"), &[])
        .await;
    assert_eq!(a.header("location"), "/office", "{}", a.text);
    assert_eq!(
        w.get(&mut leaver, "/account").await.header("location"),
        "/sign-in?next=%2Faccount"
    );
    assert_eq!(w.access(account).await, []);
    assert_eq!(
        w.sign_in("numata", PASSWORD).await.1.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(w.audited("identity.account.close", "done").await, 1);
    assert_eq!(
        w.get(&mut manager, &page).await.status,
        StatusCode::NOT_FOUND
    );
    // The last manager stays.
    let page = format!("/office/members/{own}");
    let a = w
        .post(&mut manager, &page, &format!("{page}/end"), &[])
        .await;
    assert_eq!(a.header("location"), page);
    assert_eq!(w.get(&mut manager, "/office").await.status, StatusCode::OK);
}

async fn a_lost_phone_opens_nothing_and_the_owner_comes_back(postgres: bool) {
    let w = World::new(false, postgres).await;
    let (mut manager, _, own) = w.ready("kaneko", HAKONE, Role::Manager).await;
    let (mut phone, _, member) = w.ready("numata", HAKONE, Role::Editor).await;
    let page = format!("/office/members/{member}");
    let a = w
        .post(&mut manager, &page, &format!("{page}/replacement"), &[])
        .await;
    let code = a.codes()[0].clone();
    assert_eq!(
        w.get(&mut phone, "/account").await.status,
        StatusCode::SEE_OTHER
    );
    let (mut owner, step) = w.sign_in("numata", PASSWORD).await;
    let token = step.hidden("step");
    let a = w
        .post_with(
            &mut owner,
            "/sign-in/second",
            &step.hidden("_csrf"),
            &[("step", &token), ("code", &code)],
        )
        .await;
    assert_eq!(a.header("location"), "/home", "{}", a.text);
    let (_, done) = w.enrol(&mut owner).await;
    assert_eq!(done.codes().len(), 10, "{}", done.text);
    // Not for oneself.
    let page = format!("/office/members/{own}");
    let a = w
        .post(&mut manager, &page, &format!("{page}/replacement"), &[])
        .await;
    assert_eq!(a.header("location"), page);
}

async fn roles_change_only_after_confirming(postgres: bool) {
    let w = World::new(false, postgres).await;
    let (mut manager, _, _) = w.ready("kaneko", HAKONE, Role::Manager).await;
    let (account, member) = w.member("numata", HAKONE, Role::Member).await;
    let page = format!("/office/members/{member}");
    w.env().advance_secs(11 * 60);
    let token = w.get(&mut manager, &page).await.hidden("_csrf");
    let fields = [("role", "approver"), ("profession", "clerk")];
    let a = w
        .post_with(&mut manager, &format!("{page}/role"), &token, &fields)
        .await;
    let confirm = format!("/account/confirm?next=%2Foffice%2Fmembers%2F{member}");
    assert_eq!(a.header("location"), confirm);
    let wrong = w
        .post(
            &mut manager,
            &confirm,
            "/account/confirm",
            &[("password", "no"), ("next", &page)],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = w
        .post(
            &mut manager,
            &confirm,
            "/account/confirm",
            &[("password", PASSWORD), ("next", &page)],
        )
        .await;
    assert_eq!(right.header("location"), page, "{}", right.text);
    let a = w
        .post_with(&mut manager, &format!("{page}/role"), &token, &fields)
        .await;
    assert_eq!(a.header("location"), page);
    assert_eq!(w.access(account).await[0].level, store::Level::Edit);
    let a = w
        .post_with(
            &mut manager,
            &format!("{page}/role"),
            &token,
            &[("role", "administrator"), ("profession", "clerk")],
        )
        .await;
    assert_eq!(a.header("location"), page);
    assert_eq!(
        w.access(account).await[0].level,
        store::Level::Edit,
        "a manager makes no administrators"
    );
}

async fn the_quarter_is_reviewed_once(postgres: bool) {
    let w = World::new(false, postgres).await;
    let (mut manager, _, _) = w.ready("kaneko", HAKONE, Role::Manager).await;
    w.member("numata", HAKONE, Role::Editor).await;
    assert!(
        w.get(&mut manager, "/office")
            .await
            .text
            .contains("/office/review")
    );
    let a = w
        .post(&mut manager, "/office/review", "/office/review", &[])
        .await;
    assert_eq!(a.header("location"), "/office/review");
    let token = w.get(&mut manager, "/account").await.hidden("_csrf");
    let again = w
        .post_with(&mut manager, "/office/review", &token, &[])
        .await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    let page = w.get(&mut manager, "/office/review").await;
    assert!(page.text.contains("架空 kaneko"), "{}", page.text);
}

async fn pages_open_in_both_languages_with_few_statements(postgres: bool) {
    let w = World::new(false, postgres).await;
    let (mut manager, _, member) = w.ready("kaneko", HAKONE, Role::Manager).await;
    let (mut admin, _, _) = w.ready("kanri", OPERATOR, Role::Administrator).await;
    let member = format!("/office/members/{member}");
    for lang in ["ja", "en"] {
        for b in [&mut manager, &mut admin] {
            b.cookies.retain(|(n, _)| n != "renkei_lang");
            b.cookies.push(("renkei_lang".to_owned(), lang.to_owned()));
        }
        for path in [
            "/account",
            "/account/sessions",
            "/account/password",
            "/account/second-factor",
            "/account/recovery-codes",
            "/account/confirm",
            "/account/acting-for",
            "/office",
            "/office/review",
            "/office/audit",
            &member,
        ] {
            let before = w.app.db.statements_run();
            let a = w.get(&mut manager, path).await;
            assert_eq!(a.status, StatusCode::OK, "{path} {lang} {}", a.text);
            assert!(a.text.contains(&format!("lang=\"{lang}\"")), "{path}");
            let run = w.app.db.statements_run() - before;
            assert!(
                run <= 24,
                "{path}: {run} statements (writes run twice here)"
            );
        }
        for path in ["/admin/managers", "/admin/audit", "/office"] {
            assert_eq!(
                w.get(&mut admin, path).await.status,
                StatusCode::OK,
                "{path} {lang}"
            );
        }
        let mut visitor = Browser {
            cookies: vec![("renkei_lang".to_owned(), lang.to_owned())],
        };
        for path in ["/sign-in", "/invitation", "/setup"] {
            assert_eq!(
                w.get(&mut visitor, path).await.status,
                StatusCode::OK,
                "{path} {lang}"
            );
        }
    }
}
