//! From an issue to what became of it (OD-17, OD-18, HK-2, HK-4, YG-8, AS-14), and those who try what is not theirs.

use kernel::OrganisationId;
use programme::{EntryId, Kind, NewEntry, Range};
use store::Viewer;

use crate::both;
use crate::harness::{Answer, Person, TestApp, fields_of};

store::statements! {
    pub ORG = "SELECT id FROM organisation WHERE municipality = :code AND kind = 'municipality'";
    pub FROZEN = "SELECT COUNT(*) FROM measure WHERE frozen_at IS NOT NULL AND entry = :entry";
    pub COPIES = "SELECT COUNT(*) FROM measure WHERE copied_from IS NOT NULL AND entry = :entry";
    pub COMMENTS = "SELECT body FROM visible_entry_comment";
    pub COPY_BODY = "SELECT body FROM disclosure";
    pub PERSON = "SELECT c.account FROM cast_member c WHERE c.cast_key = :key";
    pub PLAN = "SELECT plan FROM measure WHERE entry = :entry";
}

const MEASURE: &[(&str, &str)] = &[
    ("cause", "退院の連絡が金曜の夕方に来る"),
    ("body", "退院前の連絡票を同じ様式にする"),
    ("owner", "高齢介護課"),
    ("due", "令和9年3月31日"),
    ("p_name", "様式を使う病院"),
    ("p_base", "0"),
    ("p_target", "3"),
    ("p_unit", "か所"),
    ("p_source", "2026年度 町の調べ"),
];

/// A published issue that names 小田原市 and 箱根町, owned by 小田原市.
async fn shared_issue(app: &TestApp) -> EntryId {
    let owner: OrganisationId = app
        .system(|c| c.one(&ORG, store::params! {"code" => "142069"}, |r| r.get(0)))
        .await;
    let new = NewEntry {
        kind: Kind::Issue,
        owner: Some(owner),
        title: "退院の日に来てくれる人が見つからない".to_owned(),
        scenes: vec!["transition".to_owned()],
        municipalities: vec!["142069".to_owned(), "143821".to_owned()],
        range: Range::Public,
        approved: true,
        ..NewEntry::default()
    };
    let ids = new.ids(&app.env);
    app.db
        .write::<_, store::Error>(&Viewer::system("test", app.env.now()), move |tx| {
            programme::actions::create(tx, &ids, &new)
        })
        .await
        .expect("an issue")
}

/// The address that a redirect leads to.
fn led(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.location().to_owned()
}

async fn measure(person: &mut Person, entry: EntryId) -> String {
    let page = format!("/programme/measures/new?entry={entry}");
    led(&person.submit(&page, "name=\"owner\"", MEASURE).await)
}

/// Sends somebody else's form with one's own token.
async fn forge(person: &mut Person, action: &str, fields: &[(String, String)]) -> Answer {
    let own = person.get("/programme/guide").await;
    let (_, token) = fields_of(&own.body, "_csrf");
    let mut all: Vec<(String, String)> = fields
        .iter()
        .filter(|(name, _)| name != "_csrf")
        .cloned()
        .collect();
    all.extend(token.into_iter().filter(|(name, _)| name == "_csrf"));
    person.post(action, &all).await
}

both! {
    async fn five_plain_questions_end_in_an_internal_issue(app: demo) {
        let before = app.audit_rows("programme.entry.create").await;
        let mut clerk = app.cast("ashikawa").await;
        let begun = led(&clerk.submit("/programme/guide", "action=\"/programme/guide\"", &[]).await);
        let (path, _) = begun.split_once('?').expect("a step");
        let path = path.to_owned();
        let answers = ["坂の上の地区の一人暮らしの方", "通院のバスがない。冬は歩けない", "分からない", "道が細くバスが通れない", "地域包括支援センター"];
        for (at, text) in answers.iter().enumerate() {
            let page = format!("{path}?step={}", at + 1);
            let next = led(&clerk.submit(&page, "name=\"answer\"", &[("answer", text)]).await);
            assert!(next.ends_with(&format!("step={}", at + 2)), "{next}");
        }
        let review = clerk.get(&format!("{path}?step=6")).await;
        for text in answers { assert!(review.body.contains(text), "{text} is read once more"); }
        let mine = clerk.get("/programme/guide").await;
        assert!(mine.body.contains("坂の上の地区"), "a draft is kept");
        let mut other = app.cast("isobe").await;
        assert_eq!(other.get(&begun).await.status, 404, "another town's draft is not there");
        let entry = led(&clerk.submit(&format!("{path}?step=6"), "name=\"title\"", &[("act", "end")]).await);
        let id = entry.rsplit('/').next().expect("an id").to_owned();
        let seen = clerk.get(&format!("/programme/measures/new?entry={id}")).await;
        assert_eq!(seen.status, 200, "{}", seen.body);
        assert_eq!(other.get(&format!("/programme/measures/new?entry={id}")).await.status, 404, "a new issue is internal");
        assert_eq!(app.audit_rows("programme.entry.create").await - before, 1);
        assert_eq!(clerk.get(&begun).await.location(), entry, "the draft leads to what it became");
    }
}

both! {
    async fn a_countermeasure_goes_from_plan_to_rating(app: demo) {
        let entry = shared_issue(app).await;
        let mut clerk = app.cast("ishigaki").await;
        let new = format!("/programme/measures/new?entry={entry}");
        let bad = clerk.submit(&new, "name=\"owner\"", &[("cause", "なぜか"), ("body", "様式をそろえる"), ("o_base", "3")]).await;
        assert_eq!(bad.status, 422);
        assert!(bad.body.contains("様式をそろえる") && bad.body.contains("なぜか"), "what was typed is kept");
        let path = measure(&mut clerk, entry).await;
        assert!(clerk.get(&path).await.body.contains("第1版"));
        led(&clerk.submit(&path, "name=\"owner\"", &[("act", "start")]).await);
        let half = clerk.submit(&path, "name=\"owner\"", &[("act", "evaluate"), ("result", "2か所で使った")]).await;
        assert_eq!(half.status, 422);
        assert!(half.body.contains("2か所で使った"), "the half evaluation is kept");
        let all = [("act", "evaluate"), ("result", "2か所で使った"), ("rating", "C"), ("reason", "一つの病院は来年から"), ("next", "improve"), ("p_value", "2")];
        led(&clerk.submit(&path, "name=\"owner\"", &all).await);
        let page = clerk.get(&path).await;
        assert!(page.body.contains("評価済み") && page.body.contains("C 一部だけ届いた") && page.body.contains("第3版"), "{}", page.body);
        assert_eq!(app.audit_rows("programme.measure.save").await, 2);

        // Two people in one form.
        let shown = clerk.get(&path).await;
        let (action, mut fields) = fields_of(&shown.body, "name=\"owner\"");
        led(&clerk.submit(&path, "name=\"owner\"", &[("owner", "健康づくり課")]).await);
        fields.retain(|(name, _)| name != "owner");
        fields.push(("owner".to_owned(), "福祉政策課".to_owned()));
        let conflict = clerk.post(&action, &fields).await;
        assert_eq!(conflict.status, 409);
        assert!(conflict.body.contains("健康づくり課") && conflict.body.contains("福祉政策課"), "both texts are shown");

        let english = app.cast("ishigaki").await.english().get(&path).await;
        assert!(english.body.contains("Countermeasure of Odawara City"), "{}", english.body);
        let report = clerk.get("/programme/report").await;
        assert!(report.body.contains("退院前の連絡票"), "{}", report.body);
        let sheet = clerk.get("/programme/report/sheet?scene=transition").await;
        assert!(sheet.body.contains("退院前の連絡票") && sheet.body.contains("class=\"wrap wide a3\""), "{}", sheet.body);
        assert!(!clerk.get("/programme/report/sheet?scene=acute").await.body.contains("退院前の連絡票"));
        let book = clerk.get("/programme/report.xlsx").await;
        assert!(book.bytes.starts_with(b"PK"), "{}", book.status);
    }
}

both! {
    async fn another_town_reads_what_is_shared_and_changes_nothing(app: demo) {
        let entry = shared_issue(app).await;
        let mut owner = app.cast("ishigaki").await;
        let path = measure(&mut owner, entry).await;
        let (mut named, mut stranger, mut provider) =
            (app.cast("ashikawa").await, app.cast("isobe").await, app.cast("numata").await);
        for person in [&mut named, &mut stranger, &mut provider] {
            assert_eq!(person.get(&path).await.status, 404, "internal");
        }
        led(&owner.submit(&path, "name=\"reach\"", &[("reach", "municipalities")]).await);
        let page = named.get(&path).await;
        assert_eq!(page.status, 200, "a named municipality reads it");
        assert!(!page.body.contains("name=\"owner\""), "and has no form");
        assert_eq!(stranger.get(&path).await.status, 404);
        assert_eq!(provider.get(&path).await.status, 404);
        let (action, fields) = fields_of(&owner.get(&path).await.body, "name=\"owner\"");
        for person in [&mut named, &mut stranger, &mut provider] {
            assert_eq!(forge(person, &action, &fields).await.status, 404, "not theirs to write");
            assert_eq!(forge(person, &format!("{path}/range"), &[("reach".to_owned(), "public".to_owned()), ("version".to_owned(), "2".to_owned())]).await.status, 404);
        }
        led(&owner.submit(&path, "name=\"reach\"", &[("reach", "public")]).await);
        assert_eq!(stranger.get(&path).await.status, 200, "the issue is public, so this is too");
        // A town has its own countermeasure on the same text.
        let own = measure(&mut named, entry).await;
        assert_ne!(own, path);
        assert_eq!(owner.get(&own).await.status, 404, "and it is internal to that town");
    }
}

both! {
    async fn comments_are_born_internal(app: demo) {
        let entry = shared_issue(app).await;
        let mut clerk = app.cast("ishigaki").await;
        let (_, fields) = fields_of(&clerk.get("/programme/guide").await.body, "_csrf");
        let mut all: Vec<(String, String)> = fields.into_iter().filter(|(n, _)| n == "_csrf").collect();
        all.push(("entry".to_owned(), entry.to_string()));
        all.push(("body".to_owned(), "内輪の見立て".to_owned()));
        led(&clerk.post("/programme/comments", &all).await);
        for (key, sees) in [("ishigaki", true), ("hayakawa", true), ("ashikawa", false), ("numata", false), ("sagara", false), ("sakai", true)] {
            let found = comments_seen_by(app, key).await;
            assert_eq!(found.contains(&"内輪の見立て".to_owned()), sees, "{key}");
        }
        let visitor: Vec<String> = app.db.read::<_, store::Error>(&Viewer::public(app.env.now()), |c| c.all(&COMMENTS, store::params! {}, |r| r.get(0))).await.expect("read");
        assert!(visitor.is_empty());
    }
}

async fn comments_seen_by(app: &TestApp, key: &'static str) -> Vec<String> {
    let account = app
        .system(move |c| c.one(&PERSON, store::params! {"key" => key}, |r| r.get(0)))
        .await;
    let viewer = Viewer::signed_in(account, None, None, app.env.now(), "test".to_owned());
    app.db
        .read::<_, store::Error>(&viewer, |c| {
            c.all(&COMMENTS, store::params! {}, |r| r.get(0))
        })
        .await
        .expect("read")
}

both! {
    async fn a_question_is_answered_by_the_one_who_was_asked(app: demo) {
        let entry = shared_issue(app).await;
        let mut clerk = app.cast("ishigaki").await;
        let new = format!("/programme/handoffs/new?kind=question&entry={entry}");
        let office = "o:9ad9b9a2-5e78-454d-b065-a1c284cc4549";
        let past = clerk.submit(&new, "name=\"to\"", &[("to", office), ("body", "夜の相談先は"), ("due", "2026-11-01")]).await;
        assert_eq!(past.status, 422);
        assert!(past.body.contains("夜の相談先は"));
        let path = led(&clerk.submit(&new, "name=\"to\"", &[("to", office), ("body", "夜の相談先はどこがよいか"), ("due", "2026-12-10")]).await);
        let mut officer = app.cast("sagara").await;
        assert!(officer.get("/home").await.body.contains("質問に答える"), "it waits on her home page");
        assert_eq!(app.cast("ashikawa").await.get(&path).await.status, 404, "only the two sides see it");
        assert_eq!(app.visitor().get(&path).await.status, 303);
        let early = clerk.submit(&path, "name=\"step\"", &[("step", "answer"), ("text", "自分で答える")]).await;
        assert_eq!(early.status, 422, "the sender's answer needs who gave it");
        let no_date = officer.submit(&path, "name=\"step\"", &[("step", "accept")]).await;
        assert_eq!(no_date.status, 422);
        led(&officer.submit(&path, "name=\"step\"", &[("step", "accept"), ("due", "2026-12-20")]).await);
        led(&officer.submit(&path, "name=\"step\"", &[("step", "answer"), ("text", "まず訪問看護へ")]).await);
        let answered = clerk.get(&path).await;
        assert!(answered.body.contains("まず訪問看護へ") && answered.body.contains("答えが来た"));
        led(&clerk.submit(&path, "name=\"step\"", &[("step", "close")]).await);
        assert!(clerk.get("/programme/handoffs?all=1").await.body.contains("済み"));
        assert_eq!(app.audit_rows("programme.handoff.step").await, 3);
    }
}

both! {
    async fn a_council_answers_on_paper_and_nothing_gets_lost(app: demo) {
        let entry = shared_issue(app).await;
        let mut clerk = app.cast("ashikawa").await;
        let new = format!("/programme/handoffs/new?kind=issue&entry={entry}");
        let council = "c:13d38b63-47e3-4c09-b70c-349f6dcb6633";
        let path = led(&clerk.submit(&new, "name=\"to\"", &[("to", council), ("body", "移動の足を検討してほしい"), ("due", "2026-11-25")]).await);
        let paper = clerk.get(&format!("{path}/paper")).await;
        assert!(paper.body.contains("<svg") && paper.body.contains("移動の足を検討してほしい"), "{}", paper.body);
        app.env.advance_secs(10 * 24 * 3600);
        let mut clerk = app.cast("ashikawa").await;
        let list = clerk.get("/programme/handoffs").await;
        assert!(list.body.contains("期限を過ぎたもの"), "{}", list.body);
        for public in ["/", "/programme", "/surveys", "/municipalities/143821"] {
            assert!(!app.visitor().get(public).await.body.contains("移動の足"), "never public: {public}");
        }
        let typed = [("step", "return"), ("text", "地区の会議の仕事"), ("behalf", "協議会 事務局"), ("happened", "2026-11-30")];
        led(&clerk.submit(&path, "name=\"step\"", &typed).await);
        let page = clerk.get(&path).await;
        assert!(page.body.contains("協議会 事務局") && page.body.contains("代わりに入力") && page.body.contains("返された"));
        let silent = clerk.submit(&path, "name=\"step\"", &[("step", "close")]).await;
        assert_eq!(silent.status, 422, "what came back is not closed without a reason");
        led(&clerk.submit(&path, "name=\"step\"", &[("step", "resend"), ("due", "2027-01-15")]).await);
    }
}

both! {
    async fn a_closed_year_takes_corrections_only(app: demo) {
        let entry = shared_issue(app).await;
        let mut clerk = app.cast("ishigaki").await;
        let path = measure(&mut clerk, entry).await;
        led(&clerk.submit(&path, "name=\"owner\"", &[("act", "start"), ("p_value", "2")]).await);
        led(&clerk.submit("/programme/report", "/programme/report/forward", &[]).await);
        led(&clerk.submit("/programme/report", "/programme/report/forward", &[]).await);
        assert_eq!(app.system(move |c| c.one(&COPIES, store::params! {"entry" => entry}, |r| r.get::<i64>(0))).await, 1, "copied once");
        let next = clerk.get("/programme/report?year=2027").await;
        assert!(next.body.contains("前の年度から写した計画"), "{}", next.body);

        assert!(!clerk.get("/programme/report").await.body.contains("/programme/report/close"), "an editor does not close");
        let mut chief = app.cast("hayakawa").await;
        assert_eq!(chief.submit("/programme/report", "/programme/report/close", &[("sure", "")]).await.status, 422);
        led(&chief.submit("/programme/report", "/programme/report/close", &[("sure", "1")]).await);
        assert_eq!(app.system(move |c| c.one(&FROZEN, store::params! {"entry" => entry}, |r| r.get::<i64>(0))).await, 1);
        let silent = clerk.submit(&path, "name=\"owner\"", &[("owner", "だれか")]).await;
        assert_eq!(silent.status, 422, "a frozen edit is refused");
        assert!(silent.body.contains("だれか"));
        led(&clerk.submit(&path, "name=\"owner\"", &[("owner", "福祉政策課"), ("correction", "課の名前の写し間違い")]).await);
        let page = clerk.get(&path).await;
        assert!(page.body.contains("課の名前の写し間違い") && page.body.contains("高齢介護課"), "the former text stays: {}", page.body);
        let late = clerk.submit(&format!("/programme/measures/new?entry={entry}"), "name=\"owner\"", MEASURE).await;
        assert_eq!(late.status, 422, "nothing new in a closed year");
    }
}

both! {
    async fn a_copy_for_disclosure_holds_nothing_of_what_is_hidden(app: demo) {
        let entry = shared_issue(app).await;
        let mut clerk = app.cast("ishigaki").await;
        let path = measure(&mut clerk, entry).await;
        let id = path.rsplit('/').next().expect("an id");
        let page = format!("/programme/disclosure/new?measure={id}");
        let shown = clerk.get(&page).await;
        let at = shown.body.split("name=\"hide\" value=\"").skip(1).find(|p| p.split("</div>").next().is_some_and(|p| p.contains("金曜の夕方"))).and_then(|p| p.split('"').next()).expect("a sentence").to_owned();
        let silent = clerk.submit(&page, "name=\"number\"", &[("title", "写し"), ("hide", &at)]).await;
        assert_eq!(silent.status, 422, "hiding needs a reason");
        let made = led(&clerk.submit(&page, "name=\"number\"", &[("title", "写し"), ("hide", &at), ("reason", "条例 第7条")]).await);
        let copy = clerk.get(&made).await;
        assert!(copy.body.contains('\u{2588}') && !copy.body.contains("金曜の夕方"), "{}", copy.body);
        let stored: String = app.system(|c| c.one(&COPY_BODY, store::params! {}, |r| r.get(0))).await;
        assert!(!stored.contains("金曜"), "not in the database either: {stored}");
        let original: String = app.system(move |c| c.one(&PLAN, store::params! {"entry" => entry}, |r| r.get(0))).await;
        assert!(original.contains("金曜の夕方"), "the original is untouched");
        assert_eq!(app.cast("ashikawa").await.get(&made).await.status, 404);
        assert_eq!(app.cast("ashikawa").await.get(&page).await.status, 404);
    }
}

both! {
    async fn duties_and_notes_are_the_offices_own(app: demo) {
        let mut clerk = app.cast("ashikawa").await;
        let home = clerk.get("/home").await;
        assert!(home.body.contains("今月すること"), "{}", home.body);
        let page = clerk.get("/programme/calendar").await;
        assert!(page.body.contains("県の調査に答え") && page.body.contains("11月"), "{}", page.body);
        led(&clerk.submit("/programme/calendar", "value=\"survey\"", &[]).await);
        assert!(clerk.get("/programme/calendar").await.body.contains("済みを取り消す"));
        led(&clerk.submit("/programme/calendar", "id=\"title\"", &[("title", "秋の催しの段取り"), ("month", "11")]).await);
        assert!(clerk.get("/programme/calendar").await.body.contains("秋の催しの段取り"));
        assert!(!app.cast("isobe").await.get("/programme/calendar").await.body.contains("秋の催しの段取り"));

        let note = "/programme/calendar/notes/survey";
        let (action, old) = fields_of(&clerk.get(note).await.body, "name=\"body\"");
        led(&clerk.submit(note, "name=\"body\"", &[("body", "県の様式は去年の表計算から写す")]).await);
        let mut stale: Vec<(String, String)> = old.into_iter().filter(|(n, _)| n != "body").collect();
        stale.push(("body".to_owned(), "別の人のメモ".to_owned()));
        let conflict = clerk.post(&action, &stale).await;
        assert_eq!(conflict.status, 409);
        assert!(conflict.body.contains("県の様式は") && conflict.body.contains("別の人のメモ"));
        assert!(!app.cast("isobe").await.get(note).await.body.contains("県の様式は"));
        assert_eq!(clerk.get("/programme/calendar/notes/nothing").await.status, 404);
        let binder = clerk.get("/programme/records/binder").await;
        assert!(binder.body.contains("県の様式は") && binder.body.contains("目次"));
        assert_eq!(clerk.submit("/programme/records", "name=\"years-plan\"", &[("years-plan", "0")]).await.status, 422);
        led(&clerk.submit("/programme/records", "name=\"years-plan\"", &[("years-plan", "１０")]).await);
    }
}

both! {
    async fn cards_say_that_they_wait_for_a_review(app: demo) {
        let mut clerk = app.cast("ishigaki").await;
        let list = clerk.get("/programme/cards").await;
        for name in ["心不全", "脳卒中", "認知症", "がん", "肺炎", "骨折", "フレイル"] { assert!(list.body.contains(name)); }
        let card = clerk.get("/programme/cards/heart-failure").await;
        assert!(card.body.contains("専門職の確認待ち") && card.body.contains("ガイドライン"));
        assert_eq!(clerk.get("/programme/cards/nothing").await.status, 404);
        assert!(app.visitor().get("/glossary").await.body.contains("word-pdca"));
    }
}
