//! Mail, マイナンバー, live streams, and the list of routes.

use super::*;
use crate::mail::{self, Mail};
use futures_util::StreamExt;
use std::time::Duration;

#[tokio::test]
async fn mail_stays_in_the_outbox_without_a_server() {
    let w = World::new();
    let viewer = Viewer::system("test", w.app.env.now());
    let letter = Mail {
        id: w.app.env.uuid(),
        to: "a@example.jp".to_owned(),
        subject: "件名".to_owned(),
        body: "本文".to_owned(),
    };
    w.app
        .db
        .write(&viewer, move |tx| mail::send(tx, &letter))
        .await
        .unwrap();
    let runner = store::jobs::Runner::new(
        w.app.db.clone(),
        w.app.jobs(),
        std::sync::Arc::new(w.app.clone()),
    );
    runner.run_due().await.unwrap();
    let out = w
        .app
        .db
        .read(&viewer, |c| mail::outbox(c, 0, 10))
        .await
        .unwrap();
    assert_eq!(
        (out.len(), out[0].mail.subject.as_str(), out[0].sent_at),
        (1, "件名", None)
    );
}

#[test]
fn a_possible_my_number_is_refused_until_it_is_stated_otherwise() {
    // 11 digits and their check digit by the rule of the ordinance.
    let digits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1];
    let sum: u32 = (1..=11u32)
        .map(|n| digits[11 - n as usize] * if n <= 6 { n + 1 } else { n - 5 })
        .sum();
    let check = if sum % 11 <= 1 { 0 } else { 11 - sum % 11 };
    let number: String = digits.iter().chain([&check]).map(u32::to_string).collect();
    let text = format!("番号は{number}です");
    for (lang, _) in LANGS {
        let said = crate::check_my_number(lang, &text, false).unwrap();
        assert!(!said.contains(&number));
        assert_eq!(crate::check_my_number(lang, &text, true), None);
        assert_eq!(
            crate::check_my_number(lang, "電話 0465-00-0000", false),
            None
        );
    }
}

#[tokio::test]
async fn a_stream_says_only_what_one_may_know_and_ends_with_the_session() {
    let w = World::new();
    let account = w.app.env.id();
    let cookie = w
        .sign_in_as(account, Role::Member, OrgKind::Desk, true)
        .await;
    let request = World::request("GET", "/live", &cookie)
        .body(Body::empty())
        .unwrap();
    let response = w.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let (open, strange) = (w.app.env.uuid(), w.app.env.uuid());
    let other = w.app.env.id();
    let viewer = Viewer::system("test", w.app.env.now());
    w.app
        .db
        .write::<_, store::Error>(&viewer, move |tx| {
            tx.changed("note", strange, Some(other))?;
            tx.changed("note", open, None)
        })
        .await
        .unwrap();
    w.app
        .db
        .write(&viewer, move |tx| session::end_all_of(tx, account))
        .await
        .unwrap();
    let mut body = response.into_body().into_data_stream();
    let mut text = String::new();
    while let Ok(Some(Ok(bytes))) = tokio::time::timeout(Duration::from_secs(5), body.next()).await
    {
        text.push_str(&String::from_utf8_lossy(&bytes));
    }
    assert!(
        text.contains(&open.to_string()) && !text.contains(&strange.to_string()),
        "{text}"
    );
    assert!(text.contains("event: end"), "{text}");
    assert_eq!(w.app.live.open(), 0);
}

#[tokio::test]
async fn a_newer_page_takes_the_stream_over() {
    let w = World::new();
    let cookie = w.sign_in(Role::Member, OrgKind::Desk, true).await;
    let open = async || {
        let request = World::request("GET", "/live", &cookie)
            .body(Body::empty())
            .unwrap();
        w.router
            .clone()
            .oneshot(request)
            .await
            .unwrap()
            .into_body()
            .into_data_stream()
    };
    let mut first = open().await;
    let _second = open().await;
    let said = tokio::time::timeout(Duration::from_secs(5), first.next())
        .await
        .unwrap()
        .unwrap()
        .unwrap();
    assert!(String::from_utf8_lossy(&said).contains("event: end"));
    assert_eq!(w.app.live.open(), 1);
}

#[tokio::test]
async fn every_route_names_its_permission() {
    let w = World::new();
    let list: Vec<String> = w.app.routes().iter().map(|r| format!("{r:?}")).collect();
    assert!(
        list.contains(&"GET /edit/{id} t.edit".to_owned())
            && list.contains(&"GET /live signed-in".to_owned())
    );
    let public = World::with(|c| c.public_only = true);
    assert!(public.app.routes().iter().all(|r| !r.permission.signed_in));
    assert_eq!(public.get("/me", "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn statements_are_all_prepared() {
    let w = World::new();
    let problems = w.app.db.prepare_all().unwrap();
    assert!(problems.is_empty(), "{problems:?}");
}
