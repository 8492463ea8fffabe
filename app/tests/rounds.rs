//! A survey round from the first draft to the public page: what each side does and sees.

mod sees;

use axum::body::Body;
use axum::http::{Request, header};

use crate::both;
use crate::harness::{Answer, Person, TestApp, fields_of};

store::statements! {
    pub REPLY = "SELECT p.id FROM round_reply p JOIN survey_round r ON r.id = p.round WHERE r.slug = :slug AND p.municipality = :code";
    pub ROUND = "SELECT id FROM survey_round WHERE slug = :slug";
}

pub const SLUG: &str = "2026-renkei";

pub async fn reply(app: &TestApp, slug: &'static str, code: &'static str) -> uuid::Uuid {
    app.system(move |c| {
        c.one(
            &REPLY,
            store::params! {"slug" => slug, "code" => code},
            |r| r.get(0),
        )
    })
    .await
}

/// Where a form led: refused pages fail here with their text.
pub fn went(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.location().to_owned()
}

/// Posts the form of `page` whose action ends in `end`.
pub async fn step(who: &mut Person, page: &str, end: &str, changes: &[(&str, &str)]) -> Answer {
    let shown = who.get(page).await;
    assert_eq!(shown.status, 200, "{page}: {}", shown.body);
    let mark = format!("{end}\"");
    let form = shown
        .body
        .split("<form")
        .skip(1)
        .find(|f| f.split('>').next().is_some_and(|open| open.contains(&mark)));
    let form = form.unwrap_or_else(|| panic!("no form to {end} on {page}: {}", shown.body));
    let (action, mut fields) = fields_of(&format!("<form{form}"), "");
    for (name, value) in changes {
        fields.retain(|(n, _)| n != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    who.post(&action, &fields).await
}

/// A round of 小田原市 and 箱根町, sent.
pub async fn sent(app: &TestApp, officer: &mut Person) -> String {
    let made = step(
        officer,
        "/surveys/rounds/new",
        "/rounds/new",
        &[("slug", SLUG), ("title", "令和8年度の照会")],
    )
    .await;
    let round = went(&made);
    let refused = officer.get(&round).await;
    assert!(
        refused.body.contains("回答の期限を決めてください"),
        "what is missing is said: {}",
        refused.body
    );
    went(
        &step(
            officer,
            &format!("{round}/letter"),
            "/letter",
            &[
                ("due", "令和8年12月18日"),
                ("letter_number", "第7号"),
                ("range", "public"),
            ],
        )
        .await,
    );
    went(
        &step(
            officer,
            &format!("{round}/addressees"),
            "/addressees",
            &[("code", "142069")],
        )
        .await,
    );
    let (action, mut fields) = fields_of(
        &officer.get(&format!("{round}/addressees")).await.body,
        "name=\"code\"",
    );
    fields.retain(|(name, _)| name != "code");
    for code in ["142069", "143821"] {
        fields.push(("code".to_owned(), code.to_owned()));
    }
    went(&officer.post(&action, &fields).await);
    went(&step(officer, &round, "/send", &[]).await);
    app.run_jobs().await;
    round
}

both! {
    async fn a_round_from_draft_to_public_page(app: demo) {
        let mut officer = app.cast("sagara").await;
        let round = sent(app, &mut officer).await;
        let mut clerk = app.cast("ishigaki").await;
        let home = clerk.get("/home").await.body;
        assert!(home.contains("「令和8年度の照会」に答える"), "the home page says it: {home}");
        let page = format!("/surveys/replies/{}", reply(app, SLUG, "142069").await);

        // Last time's text stands beside the field and is copied with one tap.
        let shown = clerk.get(&page).await.body;
        assert!(shown.contains("前回の文を写す") && shown.contains("第7号"), "{shown}");
        assert!(shown.contains("記録からの案") && shown.contains("/programme/entries/"), "next year's draft: {shown}");
        went(&clerk.submit(&page, "data-keep", &[("copy", "initiatives")]).await);
        let unsent = "まだ県に見せない文です";
        went(&clerk.submit(&page, "data-keep", &[("f-assessment", unsent), ("range-assessment", "offices"), ("f-opinions-state", "none")]).await);
        let shown = clerk.get(&page).await.body;
        assert!(shown.contains(unsent) && shown.contains("石垣 亮"), "a colleague would see who wrote: {shown}");

        // The prefecture sees state and time, never the text; another town sees nothing.
        let board = officer.get(&round).await.body;
        assert!(board.contains("下書き中") && !board.contains(unsent), "{board}");
        let mut neighbour = app.cast("ashikawa").await;
        for path in [page.clone(), format!("{page}/submit"), format!("{page}/check")] {
            assert_eq!(neighbour.get(&path).await.status, 404, "{path}");
            assert!(matches!(officer.get(&path).await.status, 403 | 404), "{path}");
        }
        let id = page.rsplit('/').next().expect("an id").to_owned();
        assert_eq!(officer.get(&format!("{round}/answers/{id}")).await.status, 404, "nothing to open before submission");

        // Approval: only an approver of the town, then it is submitted.
        went(&step(&mut clerk, &format!("{page}/submit"), "/ask", &[]).await);
        assert_eq!(clerk.post(&format!("{page}/approve"), &[]).await.status, 403);
        let mut chief = app.cast("hayakawa").await;
        assert!(chief.get("/home").await.body.contains("の回答を承認する"));
        went(&step(&mut chief, &format!("{page}/submit"), "/approve", &[]).await);

        // Returned with a comment, corrected, decided outside, submitted again as a second version.
        let answer = format!("{round}/answers/{id}");
        let read = officer.get(&answer).await.body;
        assert!(read.contains(unsent) && read.contains("該当なし") && read.contains("記載なし"), "{read}");
        assert_eq!(step(&mut officer, &answer, "/return", &[("note", " ")]).await.status, 422);
        went(&step(&mut officer, &answer, "/return", &[("note", "課題も書いてください")]).await);
        let shown = clerk.get(&page).await.body;
        assert!(shown.contains("課題も書いてください"), "{shown}");
        let hidden = "書き直しの途中";
        went(&clerk.submit(&page, "data-keep", &[("f-challenges", hidden)]).await);
        assert!(!officer.get(&answer).await.body.contains(hidden), "the next version is not seen before submission");
        let bad = step(&mut clerk, &format!("{page}/submit"), "/outside", &[("document_number", "福第1号"), ("decided_on", "あした"), ("decider_post", "課長")]).await;
        assert!(bad.status == 422 && bad.body.contains("福第1号"), "what was typed is kept: {}", bad.body);
        went(&step(&mut clerk, &format!("{page}/submit"), "/outside", &[("document_number", "福第1号"), ("decided_on", "2026-11-20"), ("decider_post", "課長")]).await);
        let read = officer.get(&answer).await.body;
        assert!(read.contains(hidden) && read.contains("福第1号") && read.contains("第 2 版"), "{read}");
        went(&step(&mut officer, &answer, "/accept", &[]).await);

        // 内容確認: silence is not consent.
        went(&step(&mut officer, &round, "/check", &[("check_due", "2026-12-25")]).await);
        assert_eq!(step(&mut officer, &round, "/publish", &[]).await.status, 422);
        assert_eq!(app.visitor().get(&format!("/surveys/{SLUG}")).await.status, 404);
        let check = chief.get(&format!("{page}/check")).await.body;
        assert!(check.contains("あなたの市町") && check.contains("公開ページには出ません"), "{check}");
        went(&step(&mut chief, &format!("{page}/check"), "/agree", &[]).await);
        went(&step(&mut officer, &round, "/publish", &[]).await);

        // The public page and the files hold only what may be public.
        for end in ["", ".json", ".csv", "?view=table", "?view=municipality&m=142069"] {
            let public = app.visitor().get(&format!("/surveys/{SLUG}{end}")).await;
            assert_eq!(public.status, 200, "{end}");
            assert!(!public.body.contains(unsent), "{end} shows what is for offices only");
        }
        let json = app.visitor().get(&format!("/surveys/{SLUG}.json")).await.body;
        assert!(json.contains(hidden) && json.contains("この回答は公開されていません") && !json.contains("箱根町"), "{json}");

        // A correction after publication is a new version and reaches the public page after consent.
        went(&step(&mut clerk, &format!("{page}/submit"), "/correct", &[]).await);
        went(&clerk.submit(&page, "data-keep", &[("f-challenges", "訂正した課題")]).await);
        went(&step(&mut clerk, &format!("{page}/submit"), "/outside", &[("document_number", "福第2号"), ("decided_on", "2026-11-21"), ("decider_post", "課長")]).await);
        went(&step(&mut officer, &answer, "/accept", &[]).await);
        assert!(app.visitor().get(&format!("/surveys/{SLUG}.json")).await.body.contains(hidden));
        went(&step(&mut chief, &format!("{page}/check"), "/agree", &[]).await);
        went(&step(&mut officer, &round, "/publish", &[]).await);
        assert!(app.visitor().get(&format!("/surveys/{SLUG}.json")).await.body.contains("訂正した課題"));
        app.run_jobs().await;
    }
}

both! {
    async fn two_people_in_one_field_keep_both_texts(app: demo) {
        let mut officer = app.cast("sagara").await;
        sent(app, &mut officer).await;
        let page = format!("/surveys/replies/{}", reply(app, SLUG, "142069").await);
        let (mut one, mut two) = (app.cast("ishigaki").await, app.cast("hayakawa").await);
        let (action, early) = fields_of(&two.get(&page).await.body, "data-keep");
        went(&one.submit(&page, "data-keep", &[("f-initiatives", "先の文")]).await);
        let with = |text: &str, field: &str| {
            let mut fields = early.clone();
            fields.retain(|(n, _)| n != field);
            fields.push((field.to_owned(), text.to_owned()));
            fields
        };
        let both = two.post(&action, &with("後の文", "f-initiatives")).await;
        assert_eq!(both.status, 409, "{}", both.body);
        assert!(both.body.contains("先の文") && both.body.contains("後の文"), "{}", both.body);
        let shown = one.get(&page).await.body;
        assert!(shown.contains("後の文") && shown.contains("早川 直子"), "kept for both: {shown}");
        // Another field of an old page does not disturb.
        went(&two.post(&action, &with("課題の文", "f-challenges")).await);
        // One of the two takes the other's text.
        let (action, mut fields) = fields_of(&shown, "data-keep");
        let aside = shown.split("name=\"use\" value=\"").nth(1).and_then(|p| p.split('"').next()).expect("a choice").to_owned();
        fields.push(("use".to_owned(), aside));
        went(&one.post(&action, &fields).await);
        let shown = one.get(&page).await.body;
        assert!(shown.contains("後の文") && shown.contains("課題の文") && !shown.contains("name=\"use\""), "{shown}");
    }
}

both! {
    async fn autosave_says_what_it_kept(app: demo) {
        let mut officer = app.cast("sagara").await;
        sent(app, &mut officer).await;
        let mut clerk = app.cast("ashikawa").await;
        let page = format!("/surveys/replies/{}", reply(app, SLUG, "143821").await);
        let (_, form) = fields_of(&clerk.get(&page).await.body, "data-keep");
        let csrf = form.iter().find(|(n, _)| n == "_csrf").expect("a token").1.clone();
        let send = |text: &str, seen: &str| {
            vec![
                ("_csrf".to_owned(), csrf.clone()),
                ("f-initiatives".to_owned(), text.to_owned()),
                ("seen-initiatives".to_owned(), seen.to_owned()),
            ]
        };
        let address = format!("{page}/autosave");
        let kept = clerk.post(&address, &send("ここまで", "0")).await;
        assert!(kept.status == 200 && kept.body.contains("\"seen\":1"), "{}", kept.body);
        let kept = clerk.post(&address, &send("ここまで書いた", "1")).await;
        assert!(kept.status == 200 && kept.body.contains("\"seen\":2"), "{}", kept.body);
        assert_eq!(app.audit_rows("surveys.answer.save").await, 1, "autosaves of one person in one field coalesce");
        let clash = clerk.post(&address, &send("別の窓から", "1")).await;
        assert!(clash.status == 409 && clash.body.contains("initiatives"), "{}", clash.body);
        let long = clerk.post(&address, &send(&"長".repeat(10_001), "2")).await;
        assert!(long.body.contains("10000") && long.body.contains("10001"), "{}", long.body);
        let mut stranger = app.cast("furusawa").await;
        assert_eq!(stranger.post(&address, &send("よそ者", "2")).await.status, 403, "another session's token");
        // Text that could be somebody's individual number is not kept.
        let number = clerk.post(&address, &send("番号は 123456789018 です", "2")).await;
        assert!(number.body.contains("errors") && !clerk.get(&page).await.body.contains("123456789018"), "{}", number.body);
    }
}

both! {
    async fn bad_input_is_refused_and_kept(app: demo) {
        let mut officer = app.cast("sagara").await;
        let bad = step(&mut officer, "/surveys/rounds/new", "/rounds/new", &[("slug", "../x"), ("fiscal_year", "いつか"), ("title", "残る題")]).await;
        assert!(bad.status == 422 && bad.body.contains("残る題") && bad.body.contains("いつか"), "{}", bad.body);
        let taken = step(&mut officer, "/surveys/rounds/new", "/rounds/new", &[("slug", "2024-renkei")]).await;
        assert!(taken.status == 422 && taken.body.contains("別の番地"), "{}", taken.body);
        let round = sent(app, &mut officer).await;
        let again = officer.post(&format!("{round}/send"), &[]).await;
        assert!(matches!(again.status, 403 | 422), "{}", again.status);
        for (end, changes) in [("/extend", [("due", "2026-12-01")]), ("/extend", [("due", "そのうち")]), ("/check", [("check_due", "2026-12-25")])] {
            let answer = step(&mut officer, &round, end, &changes).await;
            assert_eq!(answer.status, 422, "{end} {changes:?}: {}", answer.body);
            assert!(answer.body.contains(&format!("value=\"{}\"", changes[0].1)) && answer.body.contains("-error"), "{end}: {}", answer.body);
        }
        went(&step(&mut officer, &round, "/extend", &[("due", "2027-01-15")]).await);
        went(&step(&mut officer, &round, "/remind", &[]).await);
        went(&step(&mut officer, &round, "/close", &[]).await);
        app.run_jobs().await;
        let mut clerk = app.cast("ashikawa").await;
        let page = format!("/surveys/replies/{}", reply(app, SLUG, "143821").await);
        assert!(clerk.get(&page).await.body.contains("令和9年1月15日"));
        let long = "長".repeat(10_001);
        let bad = clerk.submit(&page, "data-keep", &[("f-initiatives", &long), ("f-challenges", "これは残る")]).await;
        assert!(bad.status == 422 && bad.body.contains(&long), "what was typed is kept");
        assert!(clerk.get(&page).await.body.contains("これは残る"), "the good field is saved");
        let unknown = Request::get(format!("{page}/nothing")).header(header::ACCEPT, "text/html");
        assert_eq!(clerk.send(unknown, Body::empty()).await.status, 404);
    }
}

both! {
    async fn a_desk_writes_for_a_town_it_acts_for_and_says_so(app: demo) {
        let mut officer = app.cast("sagara").await;
        sent(app, &mut officer).await;
        let mut desk = app.cast("sakai").await;
        let page = format!("/surveys/replies/{}", reply(app, SLUG, "143821").await);
        let shown = desk.get(&page).await;
        assert!(shown.status == 200 && shown.body.contains("箱根町のために入力していません"), "{}", shown.body);
        let (action, mut fields) = fields_of(&shown.body, "data-keep");
        fields.retain(|(n, _)| n != "f-initiatives");
        fields.push(("f-initiatives".to_owned(), "代わりに".to_owned()));
        assert_eq!(desk.post(&action, &fields).await.status, 422, "first it says for whom");
        let acting = desk.get("/account/acting-for").await.body;
        let form = acting.split("<form").skip(1).find(|f| f.split("</form>").next().is_some_and(|f| f.contains("箱根町"))).expect("箱根町 is offered");
        let (action, fields) = fields_of(&format!("<form{form}"), "");
        went(&desk.post(&action, &fields).await);
        went(&desk.submit(&page, "data-keep", &[("f-initiatives", "代わりに書いた文")]).await);
        assert_eq!(desk.post(&format!("{page}/approve"), &[]).await.status, 403, "a desk never approves");
        let town = app.cast("ashikawa").await.get(&page).await.body;
        assert!(town.contains("代わりに書いた文") && town.contains("箱根町のために入力"), "{town}");
    }
}

both! {
    async fn the_demo_holds_one_open_round(app: demo) {
        let officer = app.cast("sagara").await.get("/surveys/rounds").await.body;
        assert!(officer.contains("架空"), "marked as invented: {officer}");
        let id: uuid::Uuid = app.system(|c| c.one(&ROUND, store::params! {"slug" => "2026-demo"}, |r| r.get(0))).await;
        let board = app.cast("sagara").await.get(&format!("/surveys/rounds/{id}")).await.body;
        for word in ["未着手", "下書き中", "承認待ち", "提出済み", "受付済み"] {
            assert!(board.contains(word), "{word}: {board}");
        }
        let town = app.cast("ashikawa").await.get("/surveys/rounds").await.body;
        assert!(town.contains("箱根町") && !town.contains("真鶴町"), "{town}");
        let english = app.cast("ashikawa").await.english().get("/surveys/rounds").await.body;
        assert!(english.contains("Survey rounds") && english.contains("Not started"), "{english}");
    }
}
