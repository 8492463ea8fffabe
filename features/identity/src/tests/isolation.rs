//! The neighbouring town: "not yours" and "not there" are the same answer.

use super::*;

both! {
    a_manager_reaches_only_the_own_office;
    each_office_reads_its_own_trail_and_reading_is_a_row;
    acting_for_only_whom_the_desk_may;
}

async fn a_manager_reaches_only_the_own_office(postgres: bool) {
    let w = World::new(false, postgres).await;
    let (_, theirs) = w.member("numata", HAKONE, Role::Editor).await;
    let (mut neighbour, _, _) = w.ready("odawara", ODAWARA, Role::Manager).await;
    let (mut desk, _, _) = w.ready("desk", DESK, Role::Manager).await;
    let nothing: MembershipId = w.env().id();
    for b in [&mut neighbour, &mut desk] {
        let plain = |a: &Answer, id: MembershipId| {
            a.text
                .replace(&id.to_string(), "")
                .replace(&a.hidden("_csrf"), "")
        };
        let before = w.app.db.statements_run();
        let foreign = w.get(b, &format!("/office/members/{theirs}")).await;
        let middle = w.app.db.statements_run();
        let absent = w.get(b, &format!("/office/members/{nothing}")).await;
        assert_eq!(middle - before, w.app.db.statements_run() - middle);
        assert_eq!(
            (foreign.status, absent.status),
            (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
        );
        assert_eq!(plain(&foreign, theirs), plain(&absent, nothing));
        assert!(!w.get(b, "/office").await.text.contains("架空 numata"));
        for what in [
            "end",
            "role",
            "unlock",
            "sign-out",
            "replacement",
            "code-sheet",
            "code-sheet/void",
        ] {
            let path = format!("/office/members/{theirs}/{what}");
            let a = w
                .post(
                    b,
                    "/office",
                    &path,
                    &[("role", "member"), ("profession", "clerk")],
                )
                .await;
            assert_eq!(a.status, StatusCode::NOT_FOUND, "{what}: {}", a.text);
        }
    }
    assert_eq!(w.audited("identity.member.end", "done").await, 0);
}

async fn each_office_reads_its_own_trail_and_reading_is_a_row(postgres: bool) {
    let w = World::new(false, postgres).await;
    let (mut hakone, _, _) = w.ready("kaneko", HAKONE, Role::Manager).await;
    let (mut odawara, _, _) = w.ready("odawara", ODAWARA, Role::Manager).await;
    w.sign_in("kaneko", "a wrong password").await;
    let mine = w.get(&mut hakone, "/office/audit").await;
    assert!(
        mine.text.contains("架空 kaneko") && !mine.text.contains("架空 odawara"),
        "{}",
        mine.text
    );
    let theirs = w
        .get(&mut odawara, "/office/audit?action=identity.sign-in")
        .await;
    assert!(
        theirs.text.contains("架空 odawara") && !theirs.text.contains("架空 kaneko"),
        "{}",
        theirs.text
    );
    assert_eq!(w.audited("identity.audit.view", "done").await, 2);
    // A refused attempt on one of its people is the office's business.
    let refused = w
        .get(
            &mut hakone,
            "/office/audit?action=identity.sign-in&from=2026-11-22&until=R8.11.22",
        )
        .await;
    assert!(refused.text.contains("拒否"), "{}", refused.text);
    let bad = w.get(&mut hakone, "/office/audit?from=yesterday").await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    let (mut editor, _, _) = w.ready("editor", HAKONE, Role::Editor).await;
    assert_eq!(
        w.get(&mut editor, "/office/audit").await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        w.get(&mut editor, "/office").await.status,
        StatusCode::FORBIDDEN
    );
}

async fn acting_for_only_whom_the_desk_may(postgres: bool) {
    let w = World::new(false, postgres).await;
    let (mut desk, account, _) = w.ready("desk", DESK, Role::Editor).await;
    assert_eq!(
        w.access(account).await.len(),
        5,
        "the own office and four towns"
    );
    let page = "/account/acting-for";
    assert_eq!(
        w.post(&mut desk, page, page, &[("organisation", HAKONE)])
            .await
            .header("location"),
        "/home"
    );
    assert!(
        w.get(&mut desk, page)
            .await
            .text
            .contains("class=\"acting\"")
    );
    let stranger = "78b7d0ac-8477-4ce0-8e4c-da11b43c589b";
    assert_eq!(
        w.post(&mut desk, page, page, &[("organisation", stranger)])
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        w.post(&mut desk, page, page, &[]).await.header("location"),
        "/home"
    );
}
