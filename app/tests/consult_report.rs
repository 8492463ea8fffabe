//! Figures of consultations, stories, issues, residents who ask to be called back (HK-5, YG-12), and those who try what is not theirs.

use kernel::{OrganisationId, Uuid};

use crate::both;
use crate::harness::TestApp;

store::statements! {
    pub CASE = "SELECT id FROM consultation WHERE tenant = :desk AND state = 'closed' ORDER BY received_at DESC, id LIMIT 1";
    pub TOTAL = "SELECT CAST(SUM(calls) AS BIGINT) FROM consultation_count WHERE dimension = 'total'";
    pub BY_CALLER = "SELECT CAST(SUM(calls) AS BIGINT) FROM consultation_count WHERE dimension = 'caller'";
    pub SAVED = "SELECT COUNT(*) FROM consultation WHERE state <> 'draft'";
    pub ASKED = "SELECT COUNT(*) FROM callback_request";
    pub SEALED = "SELECT texts FROM callback_request WHERE fictional = 0";
}

/// 足柄上地区の支援センター, of the cast's 松本.
const DESK_ID: &str = "2eb73728-2fea-475e-b536-5e1458294a90";

async fn case(app: &TestApp) -> Uuid {
    let desk: OrganisationId = DESK_ID.parse().expect("an id");
    app.system(move |c| c.one(&CASE, store::params! {"desk" => desk}, |r| r.get(0)))
        .await
}

async fn asked(app: &TestApp) -> i64 {
    app.system(|c| c.one(&ASKED, store::params! {}, |r| r.get::<i64>(0)))
        .await
}

/// What marks a form: the page's language form names the page's own address too.
fn action(path: &str) -> String {
    format!("action=\"{path}\"")
}

/// Shows once more who is sitting there; a demo person by one click.
async fn confirm(person: &mut crate::harness::Person) {
    let done = person
        .submit("/account/confirm", "action=\"/account/confirm\"", &[])
        .await;
    assert_eq!(done.status, 303, "{}", done.body);
}

both! {
    async fn a_desk_reads_all_its_figures_and_a_town_its_own_row_with_small_numbers_hidden(app: demo) {
        let count = |statement: &'static store::Stmt| app.system(move |c| c.one(statement, store::params! {}, |r| r.get::<i64>(0)));
        assert!(count(&SAVED).await > 1_000, "two years of calls");
        assert_eq!(count(&TOTAL).await, count(&SAVED).await);
        assert_eq!(count(&BY_CALLER).await, count(&SAVED).await);
        let mut desk = app.cast("matsumoto").await;
        let page = desk.get("/consultations/figures?period=2025").await;
        assert_eq!(page.status, 200, "{}", page.body);
        for word in ["南足柄市", "開成町", "費用按分", "100.0%", "ケアマネジャー"] {
            assert!(page.body.contains(word), "{word}");
        }
        assert!(!page.body.contains("小田原市</th>"), "another desk's town");
        assert!(page.body.contains("/consultations/figures/calls?"), "each number leads to its records");
        let behind = desk.get("/consultations/figures/calls?period=2025&by=caller&value=care_manager&town=142174").await;
        assert_eq!(behind.status, 200);
        assert!(behind.body.contains("ケアマネジャー"), "{}", behind.body);
        let outside = desk.get("/consultations/figures?period=2025&view=outside").await;
        assert!(outside.body.contains('×') && !outside.body.contains("/consultations/figures/calls?"));
        // A clerk of Hakone sees the Odawara desk's row of Hakone, and nothing of the desk behind it.
        let mut town = app.cast("ashikawa").await;
        let own = town.get("/consultations/figures?period=2025").await;
        assert_eq!(own.status, 200, "{}", own.body);
        assert!(own.body.contains('×') && own.body.contains("箱根町"));
        assert!(!own.body.contains("真鶴町") && !own.body.contains("/consultations/figures/calls?"), "{}", own.body);
        assert_eq!(town.get("/consultations/figures/calls?period=2025").await.status, 403);
        assert_eq!(app.cast("numata").await.get("/consultations/figures").await.status, 403);
        let english = app.cast("matsumoto").await.english().get("/consultations/figures?period=2025-10").await;
        assert!(english.body.contains("October 2025"), "{}", english.body);
    }
}

both! {
    async fn what_leaves_the_desk_asks_who_is_there_and_is_written_down(app: demo) {
        let mut desk = app.cast("matsumoto").await;
        app.env.advance_secs(700);
        let answer = desk.get("/consultations/figures.xlsx?period=2025").await;
        assert_eq!(answer.status, 303);
        assert!(answer.location().starts_with("/account/confirm"), "{}", answer.location());
        confirm(&mut desk).await;
        let answer = desk.get("/consultations/figures.xlsx?period=2025").await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(answer.bytes.starts_with(b"PK"));
        let answer = desk.get("/consultations/figures.pdf?period=2025").await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(answer.bytes.starts_with(b"%PDF"));
        assert_eq!(app.audit_rows("consultations.figures.export").await, 2);
        let answer = desk.get("/consultations/open-cases.pdf").await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(answer.bytes.starts_with(b"%PDF"));
        assert_eq!(app.audit_rows("consultations.emergency.print").await, 1);
        let sheet = desk.submit("/consultations/sheets", "action=\"/consultations/sheets\"", &[]).await;
        assert_eq!(sheet.status, 200, "{}", sheet.body);
        assert!(sheet.bytes.starts_with(b"%PDF"));
    }
}

both! {
    async fn a_resident_asks_for_a_call_and_the_right_desk_keeps_its_promise(app: demo) {
        let before = asked(app).await;
        let mut visitor = app.visitor();
        let wrong = visitor.submit("/call-back", "action=\"/call-back\"", &[("town", "143626"), ("name", "架空 ためし"), ("number", "12")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("架空 ためし"), "what was typed stays");
        let fields = [("town", "143626"), ("name", "架空 ためし"), ("number", "0465-00-9876"), ("hours", "morning"), ("words", "家に来てくれる人を知りたい")];
        let machine: Vec<(&str, &str)> = fields.iter().copied().chain([("homepage", "http://x.example")]).collect();
        assert_eq!(visitor.submit("/call-back", "action=\"/call-back\"", &machine).await.status, 303);
        assert_eq!(asked(app).await, before, "a machine's request is not kept");
        let sent = visitor.submit("/call-back", "action=\"/call-back\"", &fields).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert!(sent.location().starts_with("/call-back/sent?by="));
        assert!(visitor.get(sent.location()).await.body.contains("5"));
        assert_eq!(asked(app).await, before + 1);
        let sealed: Vec<u8> = app.system(|c| c.one(&SEALED, store::params! {}, |r| r.get(0))).await;
        assert!(!String::from_utf8_lossy(&sealed).contains("9876"), "the number is sealed");
        let mut desk = app.cast("matsumoto").await;
        let list = desk.get("/consultations/callbacks").await;
        assert!(list.body.contains("0465-00-9876") && list.body.contains("架空 ためし"), "{}", list.body);
        assert!(!app.cast("sakai").await.get("/consultations/callbacks").await.body.contains("0465-00-9876"), "another desk");
        // The promise is broken: everybody at the desk hears of it, without a name.
        app.env.advance_secs(10 * 86_400);
        app.run_jobs().await;
        assert!(app.audit_rows("consultations.callback.late").await >= 1);
        let mut desk = app.cast("matsumoto").await;
        let late = desk.get("/consultations/callbacks").await;
        assert!(late.body.contains("約束の時刻を過ぎています"), "{}", late.body);
        let at = late.body.find("架空 ためし").expect("the request");
        let from = late.body[at..].find("/consultations/callbacks/").expect("its stamp") + at;
        let action: String = late.body[from..].chars().take_while(|c| *c != '"').collect();
        let done = desk.submit("/consultations/callbacks", &action, &[("outcome", "reached")]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(app.audit_rows("consultations.callback.done").await, 1);
        // Somebody else's stamp does not reach it.
        let mut other = app.cast("sakai").await;
        let own = other.get("/consultations/callbacks/new").await;
        let (_, mut token) = crate::harness::fields_of(&own.body, "_csrf");
        token.retain(|(name, _)| name == "_csrf");
        token.extend([("outcome".to_owned(), "reached".to_owned()), ("version".to_owned(), "1".to_owned())]);
        assert_eq!(other.post(&action, &token).await.status, 404);
    }
}

both! {
    async fn a_closed_case_becomes_a_story_that_a_second_person_reads(app: demo) {
        let id = case(app).await;
        let mut desk = app.cast("matsumoto").await;
        let path = format!("/consultations/{id}/story");
        let page = desk.get(&path).await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert_eq!(app.cast("sakai").await.get(&path).await.status, 404, "another desk");
        let words = [
            ("title", "夜も安心して家で過ごす"),
            ("situation", "80歳代の方。連絡は 0465-00-1234 へ"),
            ("together", "訪問看護と訪問診療が交代で電話に出た"),
            ("outcome", "家で過ごせた"),
        ];
        let made = desk.submit(&path, &action(&path), &words).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let story = made.location().to_owned();
        let step = format!("{story}/step");
        let refused = desk.submit(&story, &action(&step), &[("step", "ask")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("0465-00-1234"));
        let edit = format!("{story}/edit");
        let saved = desk.submit(&edit, &action(&edit), &[("situation", "80歳代の方。夜の不安が強かった")]).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        assert_eq!(desk.submit(&story, &action(&step), &[("step", "ask")]).await.status, 303);
        let same = desk.submit(&story, &action(&step), &[("step", "approve")]).await;
        assert_eq!(same.status, 422, "the writer is not the second person");
        // Nobody else sees it before; the shelf of the demo is seen by all who work in an office.
        let mut town = app.cast("ashikawa").await;
        assert_eq!(town.get(&story).await.status, 404);
        let shelf = town.get("/consultations/stories").await;
        assert!(shelf.body.contains("架空") && !shelf.body.contains("夜も安心して"), "{}", shelf.body);
        let found = town.get("/consultations/stories?q=%E9%85%B8%E7%B4%A0").await;
        assert!(found.body.contains("酸素"), "{}", found.body);
    }
}

both! {
    async fn one_tap_proposes_an_internal_issue_and_counts_the_calls_behind_it(app: demo) {
        let id = case(app).await;
        let mut desk = app.cast("matsumoto").await;
        let path = format!("/consultations/{id}/issue");
        let bad = desk.submit(&path, &action(&path), &[("title", "山田様の電話 0465-00-1234")]).await;
        assert_eq!(bad.status, 422);
        let made = desk.submit(&path, &action(&path), &[("title", "夜に連絡がつく先が少ない")]).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let entry = made.location().to_owned();
        let page = desk.get(&entry).await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.body.contains("1件"), "{}", page.body);
        assert_ne!(app.cast("ashikawa").await.get(&entry).await.status, 200, "internal");
        assert_ne!(app.visitor().get(&entry).await.status, 200);
        let list = desk.get("/consultations/issues").await;
        assert!(list.body.contains("夜に連絡がつく先が少ない"), "{}", list.body);
    }
}

both! {
    async fn an_old_table_is_read_looked_at_and_taken_once(app: demo) {
        let table = "受付日,市町,相談者,内容,時間\n令和4年5月2日,開成町,ケアマネジャー,訪問看護,15\n令和4年5月9日,大井町,包括さん,認知症,20\nあした,開成町,家族,認知症,5\n";
        let mut desk = app.cast("matsumoto").await;
        let read = desk.upload("/consultations/figures/old", "multipart", &[], "r4.csv", table.as_bytes()).await;
        assert_eq!(read.status, 303, "{}", read.body);
        let path = read.location().to_owned();
        let page = desk.get(&path).await;
        assert!(page.body.contains("包括さん") && page.body.contains("日付が読めません"), "{}", page.body);
        let words = format!("{path}/words");
        assert_eq!(desk.submit(&path, &words, &[("word0", "support_center")]).await.status, 303);
        let read = desk.upload("/consultations/figures/old", "multipart", &[], "r4.csv", table.as_bytes()).await;
        let path = read.location().to_owned();
        let take = format!("{path}/take");
        assert_eq!(desk.submit(&path, &take, &[]).await.status, 303);
        let figures = desk.get("/consultations/figures?period=2022").await;
        assert!(figures.body.contains("2件、35分"), "{}", figures.body);
        // The same file once more changes nothing.
        let read = desk.upload("/consultations/figures/old", "multipart", &[], "r4.csv", table.as_bytes()).await;
        let path = read.location().to_owned();
        let take = format!("{path}/take");
        assert_eq!(desk.submit(&path, &take, &[]).await.status, 303);
        assert!(desk.get("/consultations/figures?period=2022").await.body.contains("2件、35分"));
        assert_eq!(app.cast("sakai").await.get(&path).await.status, 404, "another desk");
    }
}
