//! Permissions, sessions.

use super::*;

#[tokio::test]
async fn nobody_is_led_to_the_sign_in_page_and_back() {
    let w = World::new();
    let a = w.get("/edit/7?x=1&y=2", "").await;
    assert_eq!(
        (a.status, a.header("location")),
        (
            StatusCode::SEE_OTHER,
            "/sign-in?next=%2Fedit%2F7%3Fx%3D1%26y%3D2"
        )
    );
    assert_eq!(w.get("/live", "").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn roles_kinds_and_the_second_factor() {
    let w = World::new();
    for role in Role::ALL {
        for kind in OrgKind::ALL {
            let cookie = w.sign_in(role, kind, true).await;
            let fits = role == Role::Editor && kind == OrgKind::Municipality;
            let expected = if fits {
                StatusCode::OK
            } else {
                StatusCode::FORBIDDEN
            };
            assert_eq!(
                w.get("/edit/7", &cookie).await.status,
                expected,
                "{role:?} {kind:?}"
            );
        }
    }
    let cookie = w.sign_in(Role::Editor, OrgKind::Municipality, false).await;
    let a = w.get("/edit/7", &cookie).await;
    assert_eq!(
        (a.status, a.header("location")),
        (
            StatusCode::SEE_OTHER,
            "/account/second-factor?next=%2Fedit%2F7"
        )
    );
    assert_eq!(w.get("/me", &cookie).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_refusal_is_written_down_for_those_who_are_known() {
    store::statements! {
        ROWS = "SELECT who, about, outcome FROM audit_event WHERE action = 'web.refused'";
    }
    let w = World::new();
    assert_eq!(w.get("/edit/7", "").await.status, StatusCode::SEE_OTHER);
    let cookie = w.sign_in(Role::Member, OrgKind::Municipality, true).await;
    assert_eq!(
        w.get("/edit/7", &cookie).await.status,
        StatusCode::FORBIDDEN
    );
    let viewer = Viewer::system("test", w.app.env.now());
    let rows: Vec<(String, String, String)> = w
        .app
        .db
        .read(&viewer, |c| {
            c.all(&ROWS, &[], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
                .map_err(|e: store::Error| e)
        })
        .await
        .unwrap();
    let row = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    assert_eq!(rows, [row("account", "t.edit", "refused")]);
}

#[tokio::test]
async fn a_session_ends_when_idle_and_after_twelve_hours() {
    let w = World::new();
    let cookie = w.sign_in(Role::Member, OrgKind::Desk, true).await;
    w.app.env.advance_secs(session::IDLE_SECS - 1);
    assert_eq!(w.get("/me", &cookie).await.status, StatusCode::OK);
    w.app.env.advance_secs(1);
    // The request a second ago has prolonged it, in the background.
    for _ in 0..200 {
        if w.get("/me", &cookie).await.status == StatusCode::OK {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert_eq!(w.get("/me", &cookie).await.status, StatusCode::OK);
    w.app.env.advance_secs(session::IDLE_SECS);
    assert_eq!(w.get("/me", &cookie).await.status, StatusCode::SEE_OTHER);

    let cookie = w.sign_in(Role::Member, OrgKind::Desk, true).await;
    for _ in 0..(session::ABSOLUTE_SECS / 600) - 1 {
        w.app.env.advance_secs(600);
        assert_eq!(w.get("/me", &cookie).await.status, StatusCode::OK);
        settle(&w).await;
    }
    w.app.env.advance_secs(600);
    assert_eq!(w.get("/me", &cookie).await.status, StatusCode::SEE_OTHER);
}

/// Lets the background write of the last request pass: a write of one's own queues behind it.
async fn settle(w: &World) {
    tokio::task::yield_now().await;
    let viewer = Viewer::system("test", w.app.env.now());
    w.app
        .db
        .write::<_, store::Error>(&viewer, |_| Ok(()))
        .await
        .unwrap();
}

#[tokio::test]
async fn background_requests_do_not_prolong() {
    let w = World::new();
    let cookie = w.sign_in(Role::Member, OrgKind::Desk, true).await;
    for _ in 0..3 {
        w.app.env.advance_secs(290);
        let request = World::request("GET", "/me", &cookie).header("x-renkei-background", "1");
        assert_eq!(
            w.send(request.body(Body::empty()).unwrap()).await.status,
            StatusCode::OK
        );
        settle(&w).await;
    }
    w.app.env.advance_secs(30);
    assert_eq!(w.get("/me", &cookie).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn two_sessions_are_told_and_signing_out_everywhere_ends_both() {
    let w = World::new();
    let account = w.app.env.id();
    let one = w
        .sign_in_as(account, Role::Member, OrgKind::Desk, true)
        .await;
    assert!(!w.get("/me", &one).await.text.contains("/account/sessions"));
    let two = w
        .sign_in_as(account, Role::Member, OrgKind::Desk, true)
        .await;
    assert!(w.get("/me", &one).await.text.contains("/account/sessions"));
    let now = w.app.env.now();
    let viewer = Viewer::system("test", now);
    let list = w
        .app
        .db
        .read(&viewer, move |c| session::list_of(c, account, now))
        .await
        .unwrap();
    assert_eq!(list.len(), 2);
    w.app
        .db
        .write(&viewer, move |tx| session::end_all_of(tx, account))
        .await
        .unwrap();
    for cookie in [one, two] {
        assert_eq!(w.get("/me", &cookie).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn acting_for_another_is_always_shown() {
    let w = World::new();
    let cookie = w.sign_in(Role::Member, OrgKind::Desk, true).await;
    let now = w.app.env.now();
    let token = cookie.strip_prefix("renkei=").unwrap().to_owned();
    let cx = w.ctx("/", &format!("renkei={token}"));
    let me = session::load(&cx).await.unwrap().unwrap();
    let acting = crate::ActingFor {
        id: w.app.env.id(),
        name: "真鶴町".to_owned(),
    };
    let viewer = Viewer::system("test", now);
    w.app
        .db
        .write(&viewer, move |tx| {
            session::set_acting_for(tx, me.session, Some(&acting))
        })
        .await
        .unwrap();
    let page = w.get("/", &cookie).await.text;
    assert!(page.contains("class=\"acting\"") && page.contains("真鶴町のために"));
}

#[tokio::test]
async fn recent_confirmation_is_asked_for() {
    let w = World::new();
    let cookie = w.sign_in(Role::Member, OrgKind::Desk, true).await;
    assert_eq!(w.get("/recent", &cookie).await.status, StatusCode::OK);
    w.app.env.advance_secs(601);
    let a = w.get("/recent", &cookie).await;
    assert_eq!(a.header("location"), "/account/confirm?next=%2Frecent");
}

#[tokio::test]
async fn only_the_hash_of_a_token_is_stored() {
    let w = World::new();
    let cookie = w.sign_in(Role::Member, OrgKind::Desk, true).await;
    let token = cookie.strip_prefix("renkei=").unwrap();
    let mut found = false;
    for entry in std::fs::read_dir(&w.folder).unwrap().flatten() {
        if let Ok(bytes) = std::fs::read(entry.path()) {
            found |= bytes.windows(token.len()).any(|b| b == token.as_bytes());
        }
    }
    assert!(!found);
}
