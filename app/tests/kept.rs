//! A step that is refused keeps what was typed, says why beside the field, and changes nothing; papers and files of an answer.

use forms::{Field, Kind, catalogue::Words};

use crate::both;
use crate::forms::{address, sent, sent_to};
use crate::harness::{Person, fields_of};
use crate::rounds::{SLUG, reply, sent as asked, step, went};

both! {
    async fn a_refused_step_keeps_the_words_even_when_its_form_is_gone(app: demo) {
        let mut officer = app.cast("sagara").await;
        let round = asked(app, &mut officer).await;
        let (mut clerk, mut chief) = (app.cast("ishigaki").await, app.cast("hayakawa").await);
        let id = reply(app, SLUG, "142069").await;
        let page = format!("/surveys/replies/{id}");
        let submit = format!("{page}/submit");
        went(&clerk.submit(&page, "data-keep", &[("f-initiatives", "取組の文")]).await);
        went(&step(&mut clerk, &submit, "/ask", &[]).await);
        // The chief writes a comment while the clerk takes the request back.
        let old = chief.get(&submit).await.body;
        let long = "長".repeat(2001);
        let refused = step(&mut chief, &submit, "/refuse", &[("note", &long)]).await;
        assert!(refused.status == 422 && refused.body.contains(&long) && refused.body.contains("note-error"), "{}", refused.body);
        went(&step(&mut clerk, &submit, "/withdraw", &[]).await);
        let (action, mut fields) = fields_of(&old, "name=\"note\"");
        fields.retain(|(n, _)| n != "note");
        fields.push(("note".to_owned(), "数字を確かめてください".to_owned()));
        let refused = chief.post(&action, &fields).await;
        assert!(refused.status == 422 && refused.body.contains("数字を確かめてください"), "{}", refused.body);
        assert!(refused.body.contains("保存できなかった文"), "{}", refused.body);
        // Approval of what does not wait any more.
        let token = fields.iter().find(|(n, _)| n == "_csrf").cloned().expect("a token");
        let refused = chief.post(&format!("{page}/approve"), &[token]).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        // The decision that somebody types while a colleague submits.
        let old = clerk.get(&submit).await.body;
        let decision = [("document_number", "福第9号"), ("decided_on", "2026-11-20"), ("decider_post", "課長")];
        went(&step(&mut chief, &submit, "/outside", &decision).await);
        let (action, mut fields) = fields_of(&old, "name=\"document_number\"");
        fields.retain(|(n, _)| n == "_csrf");
        fields.extend([("document_number", "福第8号"), ("decided_on", "2026-11-19"), ("decider_post", "部長")].map(|(n, v)| (n.to_owned(), v.to_owned())));
        let refused = clerk.post(&action, &fields).await;
        assert!(refused.status == 422 && refused.body.contains("福第8号") && refused.body.contains("部長"), "{}", refused.body);
        // The office's comment after a colleague has taken the answer.
        let answer = format!("{round}/answers/{id}");
        let old = officer.get(&answer).await.body;
        let (action, mut fields) = fields_of(&old, "name=\"note\"");
        went(&step(&mut officer, &answer, "/accept", &[]).await);
        fields.retain(|(n, _)| n != "note");
        fields.push(("note".to_owned(), "課題も書いてください".to_owned()));
        let refused = officer.post(&action, &fields).await;
        assert!(refused.status == 422 && refused.body.contains("課題も書いてください"), "{}", refused.body);
        // 内容確認: a change without words.
        went(&step(&mut officer, &round, "/check", &[("check_due", "2026-12-25")]).await);
        let refused = step(&mut clerk, &format!("{page}/check"), "/change", &[("note", " ")]).await;
        assert!(refused.status == 422 && refused.body.contains("note-error"), "{}", refused.body);
        app.run_jobs().await;
    }
}

both! {
    async fn papers_are_read_back_and_say_what_the_font_lacks(app: demo) {
        let sent = sent(app).await;
        let mut clerk = app.cast("ashikawa").await;
        let letter = clerk.get(&format!("/surveys/rounds/{}/papers/letter.pdf", sent.round)).await;
        assert!(letter.status == 200 && letter.bytes.starts_with(b"%PDF"), "{}", letter.status);
        let text = crate::directory_paper::text_of(&letter.bytes);
        for part in ["試第1号", "各市町村長様", "様式で答える調査", "御回答をお願いします。", "回答期限", "課題を書いてください", "架空の担当"] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert_eq!(app.cast("ishigaki").await.get(&format!("/surveys/rounds/{}/papers/letter.pdf", sent.round)).await.status, 404, "a town that is not asked");
        let page = format!("/surveys/replies/{}", sent.replies[0]);
        went(&clerk.submit(&page, "data-keep", &[("f-q1", "会議を4回開いた。\n\u{9ad9}橋医院と\u{1f600}")]).await);
        let shown = clerk.get(&sent.form(0)).await.body;
        assert!(shown.contains("印刷用の書体にない字") && shown.contains("U+1F600"), "{shown}");
        let sheet = clerk.get(&format!("{}/approval.pdf", sent.form(0))).await;
        assert!(sheet.status == 200 && sheet.bytes.starts_with(b"%PDF"), "{}", sheet.status);
        let text = crate::directory_paper::text_of(&sheet.bytes);
        for part in ["箱根町", "会議を4回開いた。", "U+1F600", "未回答", "公開可", "起案用"] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert_eq!(app.cast("isobe").await.get(&format!("{}/approval.pdf", sent.form(0))).await.status, 404);
        let empty = app.cast("sagara").await.get(&format!("/surveys/rounds/{}/forms/{}/approval.pdf", sent.round, sent.replies[0])).await;
        assert!(empty.status == 404 || !crate::directory_paper::text_of(&empty.bytes).contains("4回"), "the office that asks never reads drafts");
        app.run_jobs().await;
    }
}

const PDF: &[u8] = b"%PDF-1.7 an invented paper";

both! {
    async fn files_come_with_an_answer_by_page_and_by_link(app: demo) {
        let mut field = Field::new("q4", Words::ja("資料を添えてください"), Kind::File);
        field.number = "3".to_owned();
        field.required = true;
        let sent = sent_to(app, &["143821", "143839"], vec![field]).await;
        let (mut officer, mut clerk) = (app.cast("sagara").await, app.cast("ashikawa").await);
        let page = format!("/surveys/replies/{}", sent.replies[0]);
        went(&clerk.submit(&page, "data-keep", &[("f-q1", "取組")]).await);
        // A question for files that must be answered stops the submission until one is there, or 該当なし is said.
        let submit = clerk.get(&format!("{page}/submit")).await.body;
        assert!(submit.contains("#f-q4") && !submit.contains("/ask\""), "{submit}");
        for (name, bytes) in [("a.exe", &b"MZ"[..]), ("a.pdf", b"not a paper"), ("a.json", b"{}"), ("a.xlsm", b"PK")] {
            let refused = clerk.upload(&page, "type=\"file\"", &[("field", "q4")], name, bytes).await;
            assert_eq!(refused.status, 422, "{name}: {}", refused.body);
        }
        let kept = clerk.upload(&page, "type=\"file\"", &[("field", "q4")], "実績.pdf", PDF).await;
        assert_eq!(kept.status, 303, "{}", kept.body);
        let shown = clerk.get(&page).await.body;
        let path = address(&shown, &format!("{page}/files/"));
        let file = clerk.get(&path).await;
        assert!(file.status == 200 && file.bytes == PDF && file.header("content-disposition").starts_with("attachment"), "{}", file.status);
        let asked = format!("/surveys/rounds/{}/answers/{}/files/{}", sent.round, sent.replies[0], path.rsplit('/').next().expect("an id"));
        assert_eq!(officer.get(&asked).await.status, 404, "not before submission");
        for key in ["isobe", "ishigaki", "matsumoto"] {
            assert_eq!(app.cast(key).await.get(&path).await.status, 404, "{key}");
        }
        let decision = [("document_number", "箱第1号"), ("decided_on", "2026-11-20"), ("decider_post", "課長")];
        went(&step(&mut clerk, &format!("{page}/submit"), "/outside", &decision).await);
        let read = officer.get(&format!("/surveys/rounds/{}/answers/{}", sent.round, sent.replies[0])).await.body;
        assert!(read.contains("実績.pdf") && officer.get(&asked).await.bytes == PDF, "{read}");

        // Through a link: the same rules; who holds the link sees what came by link and nothing else.
        let mark = format!("/forms/{}/link", sent.replies[1]);
        let link = address(&officer.submit(&sent.forms(), &mark, &[]).await.body, "/surveys/forms/");
        let mut town = app.visitor();
        let add = format!("action=\"{link}/files\"");
        let refused = town.upload(&link, &add, &[("field", "q4")], "a.json", b"{}").await;
        assert!(refused.status == 422 && refused.body.contains("file-error"), "{}", refused.body);
        for name in ["写真.png", "実績.pdf"] {
            let bytes = if name.ends_with("png") { &b"\x89PNG\r\n\x1a\n."[..] } else { PDF };
            let kept = town.upload(&link, &add, &[("field", "q4")], name, bytes).await;
            assert_eq!(kept.status, 303, "{}", kept.body);
        }
        let shown = town.get(&link).await.body;
        assert!(shown.contains("写真.png") && shown.contains("実績.pdf"), "{shown}");
        let first = address(&shown, &format!("{link}/files/"));
        assert_eq!(town.get(&first).await.status, 200);
        let refused = town.submit(&link, &format!("{link}/submit"), &[("number", " "), ("on", "2027-01-01"), ("post", "課長")]).await;
        assert!(refused.status == 422 && refused.body.contains("number-error") && refused.body.contains("on-error") && !refused.body.contains("post-error"), "{}", refused.body);
        let id = path.rsplit('/').next().expect("an id");
        assert_eq!(town.get(&format!("{link}/files/{id}")).await.status, 404, "another town's file");
        let gone = town.submit(&link, &format!("{first}/remove"), &[]).await;
        assert_eq!(gone.status, 303, "{}", gone.body);
        assert_eq!(town.get(&first).await.status, 404);
        let own = app.cast("isobe").await.get(&format!("/surveys/replies/{}", sent.replies[1])).await.body;
        assert!(own.contains("実績.pdf") && own.contains("リンクから") && !own.contains("写真.png"), "{own}");
        let done = town.submit(&link, &format!("{link}/submit"), &[("number", "真第1号"), ("on", "2026-11-20"), ("post", "課長")]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let read = officer.get(&format!("/surveys/rounds/{}/answers/{}", sent.round, sent.replies[1])).await.body;
        assert!(read.contains("実績.pdf"), "{read}");
        let closed = town.get(&link).await.body;
        assert!(closed.contains("実績.pdf") && !closed.contains("/remove"), "{closed}");
        app.run_jobs().await;
    }
}

both! {
    async fn the_office_lays_submitted_answers_together_before_publication(app: demo) {
        let sent = sent_to(app, &["143821", "143839", "143618"], Vec::new()).await;
        let (mut officer, mut hakone, mut manazuru) = (app.cast("sagara").await, app.cast("ashikawa").await, app.cast("isobe").await);
        let here = format!("/surveys/rounds/{}/collation", sent.round);
        let decision = [("document_number", "第1号"), ("decided_on", "2026-11-20"), ("decider_post", "課長")];
        let texts = [("f-q1", "会議を開いた。"), ("f-q2", "会議まで出せる課題"), ("range-q2", "meeting"), ("f-q3", "役所だけの要望"), ("range-q3", "offices")];
        for (who, at) in [(&mut hakone, 0), (&mut manazuru, 1)] {
            let page = format!("/surveys/replies/{}", sent.replies[at]);
            went(&who.submit(&page, "data-keep", &texts).await);
            assert!(!officer.get(&here).await.body.contains("会議を開いた。") || at == 1, "no drafts");
            went(&step(who, &format!("{page}/submit"), "/outside", &decision).await);
        }
        let page = officer.get(&here).await;
        assert!(page.status == 200 && page.body.contains("会議を開いた。") && page.body.contains("同文 2") && page.body.contains("未回答"), "{}", page.body);
        let third = officer.get(&format!("{here}?q=q3")).await.body;
        assert!(third.contains("役所だけの要望") && third.contains("県と市町村のみ"), "{third}");
        // Only the office that asks.
        for who in [&mut hakone, &mut manazuru] {
            assert!(matches!(who.get(&here).await.status, 403 | 404));
        }
        assert!(matches!(app.visitor().get(&format!("{here}/office.xlsx")).await.status, 303 | 404));
        // Into the meeting papers go accepted answers, and of these what may.
        let answer = format!("/surveys/rounds/{}/answers/{}", sent.round, sent.replies[0]);
        went(&step(&mut officer, &answer, "/accept", &[]).await);
        let text = |bytes: &[u8]| {
            let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes.to_vec())).expect("a workbook");
            let mut text = String::new();
            std::io::Read::read_to_string(&mut book.by_name("xl/sharedStrings.xml").expect("its texts"), &mut text).expect("text");
            text
        };
        let meeting = officer.get(&format!("{here}/meeting.xlsx")).await;
        assert_eq!(meeting.status, 200);
        let words = text(&meeting.bytes);
        for part in ["会議を開いた。", "会議まで出せる課題", "（会議資料には載せません）", "受付前", "未回答", "会議資料"] {
            assert!(words.contains(part), "{part}: {words}");
        }
        assert!(!words.contains("役所だけの要望"), "{words}");
        assert!(text(&officer.get(&format!("{here}/office.xlsx")).await.bytes).contains("役所だけの要望"));
        assert!(officer.english().get(&here).await.body.contains("Answers together"));
        app.run_jobs().await;
    }
}

/// Chooses who is asked, sets the last day and sends.
async fn go_out(officer: &mut Person, round: &str, codes: &[&str], due: &str) {
    let path = format!("{round}/addressees");
    let shown = officer.get(&path).await.body;
    let form = shown
        .split("<form")
        .find(|f| f.contains("name=\"code\""))
        .expect("the form");
    let (action, mut fields) = fields_of(&format!("<form{form}"), "");
    fields.retain(|(n, _)| n != "code");
    fields.extend(codes.iter().map(|c| ("code".to_owned(), (*c).to_owned())));
    went(&officer.post(&action, &fields).await);
    went(
        &step(
            officer,
            &format!("{round}/letter"),
            "/letter",
            &[("due", due), ("range", "public")],
        )
        .await,
    );
    went(&step(officer, round, "/send", &[]).await);
}

both! {
    async fn every_kind_of_question_is_made_and_kept_with_its_english(app: demo) {
        let mut officer = app.cast("sagara").await;
        let made = step(&mut officer, "/surveys/rounds/new", "/rounds/new", &[("slug", "2026-kinds"), ("based_on", ""), ("title", "種類の照会")]).await;
        let questions = format!("{}/questions", went(&made));
        for kind in ["short", "one", "many", "number", "date", "table", "file"] {
            went(&officer.submit(&questions, "data-keep", &[("add", kind)]).await);
        }
        // 1 long, 2 short, 3 one, 4 many, 5 number, 6 date, 7 table, 8 file, counted from 0 in the form.
        let typed = [
            ("q2-lines", "はい\nいいえ"), ("q2-lines_en", "Yes\nNo"), ("q2-label_en", "Do you?"), ("q2-required", "1"),
            ("q4-unit", "人"), ("q4-unit_en", "people"), ("q4-least", "０"), ("q4-most", "1,000"), ("q4-decimals", "1"),
            ("q6-col0-label", "会の名前"), ("q6-col1-label", "人数"), ("q6-col1-cell", "number"), ("q6-col1-en", "People"), ("q6-col2-label", "開いた日"), ("q6-col2-cell", "date"),
        ];
        went(&officer.submit(&questions, "data-keep", &typed).await);
        let shown = officer.get(&questions).await.body;
        for part in ["Yes\nNo</textarea>", "value=\"people\"", "value=\"1000\"", "value=\"人数\"", "value=\"number\" selected", "value=\"date\" selected", "value=\"People\"", "value=\"Do you?\""] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        let account = shown.split("data-keep=\"").nth(1).and_then(|k| k.split(':').next()).unwrap_or_default();
        assert_eq!(account.len(), 36, "what is kept in a tab is kept for one account: {account}");
        // A choice without any, and a table without a column, are refused; everything typed stays.
        let refused = officer.submit(&questions, "data-keep", &[("q2-lines", " "), ("q4-unit", "台"), ("q6-col0-label", "別の名前")]).await;
        assert!(refused.status == 422 && refused.body.contains("value=\"台\"") && refused.body.contains("value=\"別の名前\""), "{}", refused.body);
        // A town answers all of them, with 該当なし and 把握していない.
        let round = questions.trim_end_matches("/questions").to_owned();
        go_out(&mut officer, &round, &["143821"], "2027-01-15").await;
        app.run_jobs().await;
        let mut clerk = app.cast("ashikawa").await;
        let page = format!("/surveys/replies/{}", reply(app, "2026-kinds", "143821").await);
        let bad = clerk.submit(&page, "data-keep", &[("f-q5", "千一"), ("f-q7-0-1", "多い"), ("f-q6", "きのう")]).await;
        assert!(bad.status == 422 && bad.body.contains("value=\"千一\"") && bad.body.contains("value=\"多い\"") && bad.body.contains("value=\"きのう\""), "{}", bad.body);
        let answers = [
            ("f-q2", "短い答え"), ("f-q3", "c2"), ("f-q4", "c1"), ("f-q5", "１２．５"), ("f-q6", "令和8年11月1日"),
            ("f-q7-0-0", "連携の会"), ("f-q7-0-1", "30"), ("f-q7-0-2", "2026/10/1"), ("f-q8-state", "unknown"), ("f-q1-state", "none"),
        ];
        went(&clerk.submit(&page, "data-keep", &answers).await);
        let submit = clerk.get(&format!("{page}/submit")).await.body;
        for part in ["短い答え", "いいえ", "12.5 人", "令和8年11月1日", "連携の会｜30｜", "把握していない", "該当なし"] {
            assert!(submit.contains(part), "{part}: {submit}");
        }
        assert!(app.cast("ashikawa").await.english().get(&page).await.body.contains("Do you?"));
        app.run_jobs().await;
    }
}

both! {
    async fn late_blank_and_missing_answers_stay_apart_and_paper_counts(app: demo) {
        let mut officer = app.cast("sagara").await;
        let made = step(&mut officer, "/surveys/rounds/new", "/rounds/new", &[("slug", "2026-late"), ("title", "遅れの照会")]).await;
        let round = went(&made);
        // The last day has gone by; 小田原市 answers late, 真鶴町 has no account, 箱根町 never answers.
        go_out(&mut officer, &round, &["142069", "143839", "143821"], "2026-11-02").await;
        let board = officer.get(&round).await.body;
        assert!(board.contains("期限を過ぎています"), "{board}");
        let (mut clerk, mut chief) = (app.cast("ishigaki").await, app.cast("hayakawa").await);
        let page = format!("/surveys/replies/{}", reply(app, "2026-late", "142069").await);
        let shown = clerk.get(&page).await.body;
        for field in ["initiatives", "challenges", "opinions"] {
            assert!(shown.contains(&format!("name=\"propose\" value=\"{field}\"")), "a draft from the records for {field}: {shown}");
        }
        assert!(!shown.contains("name=\"propose\" value=\"assessment\""), "2(1) asks for a view of its own");
        went(&clerk.submit(&page, "data-keep", &[("f-initiatives", "特になし")]).await);
        let decision = [("document_number", "第1号"), ("decided_on", "2026-11-20"), ("decider_post", "課長")];
        went(&step(&mut clerk, &format!("{page}/submit"), "/outside", &decision).await);
        assert!(officer.get(&round).await.body.contains("期限後"), "late answers are taken and marked");
        // Without an account: by link, with one question answered and the others left empty.
        let town = reply(app, "2026-late", "143839").await;
        let forms = format!("{round}/forms");
        let link = address(&officer.submit(&forms, &format!("/forms/{town}/link"), &[]).await.body, "/surveys/forms/");
        let mut paper = app.visitor();
        let done = paper.submit(&link, &format!("{link}/submit"), &[("number", "真第1号"), ("on", "2026-11-20"), ("post", "課長")]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        for id in [page.rsplit('/').next().expect("an id").to_owned(), town.to_string()] {
            went(&step(&mut officer, &format!("{round}/answers/{id}"), "/accept", &[]).await);
        }
        assert!(!paper.get(&link).await.body.contains("/agree\""), "not asked yet");
        went(&step(&mut officer, &round, "/check", &[("check_due", "2026-12-25")]).await);
        went(&step(&mut chief, &format!("{page}/check"), "/agree", &[]).await);
        // 内容確認 without an account: 修正 by link reopens the answer; 了承 by telephone is noted with who gave it.
        let empty = paper.submit(&link, "/change\"", &[("note", " ")]).await;
        assert!(empty.status == 422 && empty.body.contains("note-error"), "{}", empty.body);
        assert_eq!(paper.submit(&link, "/change\"", &[("note", "取組を足します")]).await.status, 303);
        assert!(officer.get(&round).await.body.contains("取組を足します"));
        let again = paper.submit(&link, &format!("{link}/submit"), &[("number", "真第2号"), ("on", "2026-11-21"), ("post", "課長")]).await;
        assert_eq!(again.status, 303, "{}", again.body);
        let answer = format!("{round}/answers/{town}");
        went(&step(&mut officer, &answer, "/accept", &[]).await);
        let nobody = step(&mut officer, &answer, "/consent", &[]).await;
        assert!(nobody.status == 422 && nobody.body.contains("confirmed-error"), "{}", nobody.body);
        assert!(matches!(clerk.post(&format!("{answer}/consent"), &[]).await.status, 403 | 404));
        went(&step(&mut officer, &answer, "/consent", &[("confirmed", "介護課 課長、電話")]).await);
        let own = app.cast("isobe").await.get(&format!("/surveys/replies/{town}/check")).await.body;
        assert!(own.contains("介護課 課長、電話") && own.contains("照会元が記録"), "the town sees what was noted: {own}");
        assert!(!paper.get(&link).await.body.contains("/agree\""), "settled");
        went(&step(&mut officer, &round, "/publish", &[]).await);
        let json: serde_json::Value = serde_json::from_slice(&app.visitor().get("/surveys/2026-late.json").await.bytes).expect("JSON");
        let of = |code: &str| json["responses"].as_array().expect("a list").iter().find(|r| r["code"] == code).cloned();
        assert_eq!(of("142069").expect("小田原市")["initiatives"], serde_json::json!(["特になし"]));
        assert_eq!(of("143839").expect("真鶴町")["initiatives"], serde_json::json!([]), "nothing written");
        assert!(of("143821").is_none(), "who never answered does not appear");
        let public = app.visitor().get("/surveys/2026-late?view=municipality&m=143839").await.body;
        assert!(public.contains("記載なし"), "{public}");
        // Next year starts from this round's form, with its kinds.
        let next = step(&mut officer, "/surveys/rounds/new", "/rounds/new", &[("slug", "2027-late"), ("title", "翌年の照会")]).await;
        assert_eq!(next.status, 303, "{}", next.body);
        app.run_jobs().await;
    }
}
