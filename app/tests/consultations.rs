//! The desk: a call is taken, kept as typed, found again, closed; nobody else sees it.

use crate::both;
use crate::harness::{Answer, Person, TestApp, fields_of};

store::statements! {
    pub PROVIDER = "SELECT id FROM provider WHERE status = 'open' ORDER BY id LIMIT 1";
    pub RAW = "SELECT texts, state, category_mask FROM consultation WHERE id = :id";
    pub EVENTS = "SELECT COUNT(*) FROM consultation_event WHERE consultation = :id";
}

const ASKED: &str = "夜間に来てくれる訪問看護はあるか";
const NUMBER: &str = "0465-00-7788";

/// A call of 山北町 from a hospital.
const CALL: &[(&str, &str)] = &[
    ("municipality", "143642"),
    ("caller", "hospital"),
    ("caller_office", "相模西丘病院（架空）"),
    ("caller_phone", NUMBER),
    ("category", "visiting_nurse"),
    ("asked", ASKED),
    ("answer", "二か所の電話を伝えた"),
    ("person", "Bさん"),
    ("treatment", "oxygen"),
];

/// The screen's form as a browser would send it, with changes.
async fn form(
    who: &mut Person,
    page: &str,
    changes: &[(&str, &str)],
) -> (String, Vec<(String, String)>) {
    let shown = who.get(page).await;
    assert_eq!(shown.status, 200, "{page}: {}", shown.body);
    let (action, mut fields) = fields_of(&shown.body, "data-desk");
    for (name, value) in changes {
        fields.retain(|(n, _)| n != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    (action, fields)
}

async fn send(who: &mut Person, page: &str, changes: &[(&str, &str)]) -> Answer {
    let (action, fields) = form(who, page, changes).await;
    who.post(&action, &fields).await
}

/// Takes [`CALL`] and says where it lies.
async fn taken(who: &mut Person) -> String {
    let answer = send(who, "/consultations/new", CALL).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.location().to_owned()
}

fn id_of(path: &str) -> uuid::Uuid {
    let id = path.split('/').nth(2).expect("an id");
    id.parse().expect("a uuid")
}

async fn raw(app: &TestApp, path: &str) -> (Vec<u8>, String, i64) {
    let id = id_of(path);
    app.system(move |c| {
        c.one(&RAW, store::params! {"id" => id}, |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?))
        })
    })
    .await
}

both! {
    async fn a_call_is_taken_closed_and_opened_again(app: demo) {
        let mut desk = app.cast("matsumoto").await;
        let path = taken(&mut desk).await;
        let page = desk.get(&path).await;
        assert_eq!(page.status, 200, "{}", page.body);
        for text in [ASKED, "Bさん", NUMBER, "山北町", "委託された相談支援に必要"] {
            assert!(page.body.contains(text), "{text}: {}", page.body);
        }
        let (sealed, state, mask) = raw(app, &path).await;
        assert_eq!((state.as_str(), mask), ("open", 2));
        assert!(!sealed.windows(6).any(|w| w == "夜間".as_bytes()), "sealed");

        // Closing asks for a result and whether the need was met, and keeps what was written.
        let refused = desk.submit(&path, "/close\"", &[("outcome", "連絡待ち")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("連絡待ち"), "kept");
        let closed = desk.submit(&path, "/close\"", &[("result", "arranged"), ("need_met", "yes"), ("outcome", "決まった")]).await;
        assert_eq!(closed.status, 303, "{}", closed.body);
        assert_eq!(raw(app, &path).await.1, "closed");
        let again = desk.submit(&path, "/step\"", &[("step", "reopen")]).await;
        assert_eq!(again.status, 303);
        assert_eq!(raw(app, &path).await.1, "open");
        let id = id_of(&path);
        let events: i64 = app.system(move |c| c.one(&EVENTS, store::params! {"id" => id}, |r| r.get(0))).await;
        assert_eq!(events, 3, "taken, closed, reopened");
        assert_eq!(app.audit_rows("consultations.take").await, 1);
        assert_eq!(app.audit_rows("consultations.step").await, 2);
        // The next call of the day starts with the same municipality and caller, never with the person.
        let next = desk.get("/consultations/new").await;
        assert!(next.body.contains("value=\"143642\" data-key=\"5\" checked") && next.body.contains("相模西丘病院"), "{}", next.body);
        assert!(!next.body.contains("Bさん") && !next.body.contains(NUMBER));
    }
}

both! {
    async fn what_is_missing_is_said_and_nothing_typed_is_lost(app: demo) {
        let mut desk = app.cast("matsumoto").await;
        let refused = send(&mut desk, "/consultations/new", &[("asked", ASKED), ("municipality", "142069")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains(ASKED), "kept");
        for text in ["どの市町のための相談か", "相談した人を選んで", "分類を一つは"] {
            assert!(refused.body.contains(text), "{text}: a municipality of the other desk is none");
        }
        let number = send(&mut desk, "/consultations/new", &[("asked", "番号は 123456789018 です")]).await;
        assert_eq!(number.status, 422);
        let mut english = app.cast("matsumoto").await.english();
        let page = english.get("/consultations/new").await;
        assert!(page.body.contains("For which municipality") && page.body.contains("Yamakita Town"), "{}", page.body);
    }
}

both! {
    async fn a_draft_is_kept_as_typed_and_two_texts_are_both_shown(app: demo) {
        let mut desk = app.cast("matsumoto").await;
        let (action, fields) = form(&mut desk, "/consultations/new", &[("asked", "書きかけ")]).await;
        let auto = format!("{action}/autosave");
        let first = desk.post(&auto, &fields).await;
        assert_eq!((first.status, first.body.contains("\"seen\":1")), (200, true), "{}", first.body);
        // The answer was lost: the same form once more is the same draft.
        assert_eq!(desk.post(&auto, &fields).await.status, 200);
        assert_eq!(raw(app, &action).await.1, "draft");
        let list = desk.get("/consultations").await;
        assert!(list.body.contains("書きかけの相談があります"), "{}", list.body);
        // A colleague's screen saved in between: mine is refused and both texts stand on the page.
        let stale: Vec<(String, String)> = fields.iter().map(|(n, v)| match n.as_str() {
            "seen" => (n.clone(), "1".to_owned()),
            "asked" => (n.clone(), "わたしの文".to_owned()),
            _ => (n.clone(), v.clone()),
        }).collect();
        let clash = desk.post(&auto, &stale).await;
        assert_eq!(clash.status, 409, "{}", clash.body);
        assert!(clash.body.contains("書きかけ") && clash.body.contains("\"seen\":2"));
        let page = desk.post(&action, &{
            let mut all = stale.clone();
            for (name, value) in CALL { if *name != "asked" { all.retain(|(n, _)| n != name); all.push(((*name).to_owned(), (*value).to_owned())); } }
            all
        }).await;
        assert_eq!(page.status, 409, "{}", page.body);
        assert!(page.body.contains("書きかけ") && page.body.contains("わたしの文"));
        // Saved by hand over it, knowingly.
        let done = send(&mut desk, &format!("{action}/edit"), CALL).await;
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(raw(app, &action).await.1, "open");
    }
}

both! {
    async fn a_provider_is_named_and_a_gap_noted_in_one_step_each(app: demo) {
        let mut desk = app.cast("matsumoto").await;
        let provider: uuid::Uuid = app.system(|c| c.one(&PROVIDER, store::params! {}, |r| r.get(0))).await;
        let provider = provider.to_string();
        let mut call = CALL.to_vec();
        call.push(("refer", &provider));
        let (action, fields) = form(&mut desk, "/consultations/new", &call).await;
        let back = desk.post(&action, &fields).await;
        assert_eq!(back.location(), format!("{action}/edit#beside"), "{}", back.body);
        let page = desk.get(&format!("{action}/edit")).await;
        assert!(page.body.contains("name=\"unrefer\"") && page.body.contains(ASKED), "named, and nothing typed was lost");
        assert!(page.body.contains("確認されていません"), "open data does not say everything");
        let undo = page.body.split("name=\"unrefer\" value=\"").nth(1).and_then(|p| p.split('"').next()).expect("an id").to_owned();
        assert_eq!(send(&mut desk, &format!("{action}/edit"), &[("unrefer", &undo)]).await.status, 303);
        assert!(!desk.get(&format!("{action}/edit")).await.body.contains("name=\"unrefer\""));
        let gap = [("unmet", "1"), ("unmet_service", "visiting_nurse"), ("unmet_why", "hours")];
        assert_eq!(send(&mut desk, &format!("{action}/edit"), &gap).await.status, 303);
        let list = desk.get("/consultations/unmet?municipality=143642&service=visiting_nurse").await;
        assert!(list.body.contains("曜日・時間が合わない") && list.body.contains("山北町"), "{}", list.body);
        let back = format!("href=\"{action}\"");
        assert!(list.body.contains(&back), "it leads back to its call: {}", list.body);
        let other = app.cast("sakai").await.get("/consultations/unmet").await;
        assert!(!other.body.contains(&back));
        assert_eq!(desk.submit("/consultations/unmet", "/undo\"", &[]).await.status, 303);
        assert!(!desk.get("/consultations/unmet").await.body.contains(&back));
    }
}

both! {
    async fn nobody_else_sees_or_touches_a_call(app: demo) {
        let mut desk = app.cast("matsumoto").await;
        let path = taken(&mut desk).await;
        let mut other = app.cast("sakai").await;
        assert_eq!(other.get(&path).await.status, 404);
        assert_eq!(other.get(&format!("{path}/edit")).await.status, 404);
        let beside = other.get(&format!("{path}/beside")).await;
        assert!(!beside.body.contains(ASKED) && !beside.body.contains("unrefer"));
        assert!(!other.get("/consultations").await.body.contains(ASKED));
        // Its id in a form of one's own changes nothing.
        let (_, fields) = form(&mut other, "/consultations/new", &[("municipality", "142069"), ("caller", "family"), ("category", "other"), ("asked", "横取り")]).await;
        for end in ["", "/autosave"] {
            assert_eq!(other.post(&format!("{path}{end}"), &fields).await.status, 404, "{end}");
        }
        assert!(desk.get(&path).await.body.contains(ASKED));
        for who in ["ishigaki", "sagara", "numata", "tani", "furusawa"] {
            let answer = app.cast(who).await.get(&path).await;
            assert!(matches!(answer.status, 403 | 404), "{who}: {}", answer.status);
        }
    }
}

both! {
    async fn the_list_filters_by_its_address(app: demo) {
        let mut desk = app.cast("matsumoto").await;
        let path = taken(&mut desk).await;
        for (query, there) in [
            ("municipality=143642&state=open&category=visiting_nurse&lane=professional&caller=hospital", true),
            ("municipality=143618", false),
            ("state=closed", false),
            ("category=endoflife", false),
            ("lane=resident", false),
            ("from=2020-01-01&to=2020-12-31", false),
            ("lane=nonsense&from=%27&after=x", true),
        ] {
            let page = desk.get(&format!("/consultations?{query}")).await;
            assert_eq!(page.status, 200, "{query}");
            assert_eq!(page.body.contains(&format!("{path}\"")), there, "{query}");
        }
        for page in ["/consultations", "/consultations/new", &path, &format!("{path}/edit"), "/consultations/unmet"] {
            // The first reader of a search reads the whole directory.
            assert_eq!(desk.get(page).await.status, 200);
            let before = app.db.statements_run();
            assert_eq!(desk.get(page).await.status, 200);
            let run = app.db.statements_run() - before;
            assert!(run <= 12, "{page} runs {run} statements");
        }
    }
}
