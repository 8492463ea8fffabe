//! The table of docs/features/surveys.md, cell by cell.

use std::collections::BTreeMap;

use kernel::AccountId;
use store::Viewer;
use uuid::Uuid;

use super::{SLUG, reply, sent, step, went};
use crate::both;
use crate::harness::{TestApp, root};

store::statements! {
    pub ACCOUNT = "SELECT account FROM cast_member WHERE cast_key = :key";
    pub DRAFTS = "SELECT value FROM visible_round_field WHERE reply = :reply";
    pub VERSIONS = "SELECT answers FROM visible_round_version WHERE reply = :reply";
    pub PUBLIC = "SELECT w.body FROM visible_answer w JOIN survey s ON s.id = w.survey WHERE s.slug = :slug";
    pub STATES = "SELECT state FROM visible_round_reply WHERE id = :reply";
}

/// The columns of the table and who stands in them.
const COLUMNS: [(&str, &str); 6] = [
    ("municipality", "ishigaki"),
    ("desk that acts for it", "sakai"),
    ("asking office", "sagara"),
    ("other municipality of the round", "ashikawa"),
    ("municipality that is not asked", "furusawa"),
    ("everybody", ""),
];

/// The rows of the table by their state.
fn table() -> BTreeMap<String, Vec<String>> {
    let page = std::fs::read_to_string(root().join("docs/features/surveys.md")).expect("the page");
    let part = page
        .split("### Who sees what of an answer")
        .nth(1)
        .expect("the table");
    let rows: Vec<Vec<String>> = part
        .lines()
        .skip_while(|l| !l.starts_with('|'))
        .take_while(|l| l.starts_with('|'))
        .map(|l| {
            l.trim_matches('|')
                .split('|')
                .map(|c| c.trim().to_owned())
                .collect()
        })
        .collect();
    let head: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    assert_eq!(rows[0][1..], head, "the columns of the page");
    rows.into_iter()
        .skip(2)
        .map(|mut row| (row.remove(0), row))
        .collect()
}

async fn seen(app: &TestApp, key: &'static str, id: Uuid, words: &'static str) -> &'static str {
    let viewer = if key.is_empty() {
        Viewer::public(app.env.now())
    } else {
        let account: AccountId = app
            .system(move |c| c.one(&ACCOUNT, store::params! {"key" => key}, |r| r.get(0)))
            .await;
        Viewer::signed_in(account, None, None, app.env.now(), "test".to_owned())
    };
    app.db
        .read::<_, store::Error>(&viewer, move |c| {
            let of = store::params! {"reply" => id};
            let mut texts: Vec<String> = c.all(&DRAFTS, of, |r| r.get(0))?;
            texts.extend(c.all(&VERSIONS, of, |r| r.get::<String>(0))?);
            texts.extend(c.all(&PUBLIC, store::params! {"slug" => SLUG}, |r| {
                r.get::<String>(0)
            })?);
            if texts.iter().any(|t| t.contains(words)) {
                return Ok("text");
            }
            let there = !c.all(&STATES, of, |r| r.get::<String>(0))?.is_empty();
            Ok(if there { "state" } else { "nothing" })
        })
        .await
        .expect("readable")
}

async fn compare(
    app: &TestApp,
    table: &mut BTreeMap<String, Vec<String>>,
    state: &str,
    id: Uuid,
    words: &'static str,
) {
    let row = table
        .remove(state)
        .unwrap_or_else(|| panic!("the page has no row {state}"));
    for ((column, key), expected) in COLUMNS.into_iter().zip(&row) {
        assert_eq!(
            seen(app, key, id, words).await,
            expected,
            "{state}: {column}"
        );
    }
}

both! {
    async fn the_table_of_who_sees_what_holds(app: demo) {
        let mut rows = table();
        let mut officer = app.cast("sagara").await;
        let round = sent(app, &mut officer).await;
        let id = reply(app, SLUG, "142069").await;
        let (page, answer) = (format!("/surveys/replies/{id}"), format!("{round}/answers/{id}"));
        let submit = format!("{page}/submit");
        let (mut clerk, mut chief) = (app.cast("ishigaki").await, app.cast("hayakawa").await);
        let (open, narrow, second) = ("公開できる文一", "庁内の文二", "書き直した文三");
        went(&clerk.submit(&page, "data-keep", &[("f-initiatives", open), ("f-assessment", narrow), ("range-assessment", "meeting")]).await);
        compare(app, &mut rows, "draft", id, narrow).await;
        went(&step(&mut clerk, &submit, "/ask", &[]).await);
        compare(app, &mut rows, "waiting", id, narrow).await;
        went(&step(&mut chief, &submit, "/approve", &[]).await);
        compare(app, &mut rows, "submitted", id, narrow).await;
        went(&step(&mut officer, &answer, "/return", &[("note", "もう一度")]).await);
        compare(app, &mut rows, "returned", id, narrow).await;
        went(&clerk.submit(&page, "data-keep", &[("f-challenges", second)]).await);
        compare(app, &mut rows, "rewritten after return", id, second).await;
        went(&step(&mut clerk, &submit, "/ask", &[]).await);
        went(&step(&mut chief, &submit, "/approve", &[]).await);
        went(&step(&mut officer, &answer, "/accept", &[]).await);
        compare(app, &mut rows, "accepted", id, second).await;
        went(&step(&mut officer, &round, "/check", &[("check_due", "2026-12-25")]).await);
        compare(app, &mut rows, "in 内容確認", id, narrow).await;
        went(&step(&mut chief, &format!("{page}/check"), "/agree", &[]).await);
        went(&step(&mut officer, &round, "/publish", &[]).await);
        compare(app, &mut rows, "published, 公開可", id, open).await;
        compare(app, &mut rows, "published, narrower range", id, narrow).await;
        assert!(rows.is_empty(), "rows that nobody tried: {rows:?}");
        app.run_jobs().await;
    }
}
