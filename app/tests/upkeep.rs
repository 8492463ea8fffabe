//! Keeping records: an office, a desk, an approver, the yearly question, and those who try what is not theirs.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::both;
use crate::harness::{Person, TestApp, fields_of};

store::statements! {
    pub PUBLISH = "UPDATE provider_field SET official = :value WHERE field = 'phone'";
}

const SAZANAMI: &str = "/directory/providers/5f0c7a1e-9a51-4b52-8a77-0d7c2f6d1a01";
const FORM: &str = "name=\"new_patients_on\"";

fn update() -> String {
    format!("{SAZANAMI}/update")
}

/// The text of a PDF as another program reads it.
fn text_of(pdf: &[u8]) -> String {
    let mut reader = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext: apt-get install poppler-utils");
    let mut input = reader.stdin.take().expect("its input");
    let bytes = pdf.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = reader.wait_with_output().expect("its output");
    writer.join().expect("a thread").expect("all was taken");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The first address of a page that begins like this.
fn link(body: &str, begins: &str) -> String {
    let at = body
        .find(&format!("href=\"{begins}"))
        .unwrap_or_else(|| panic!("no link to {begins} in {body}"));
    body[at + 6..]
        .split('"')
        .next()
        .unwrap_or_default()
        .to_owned()
}

async fn propose(person: &mut Person, changes: &[(&str, &str)]) {
    let sent = person.submit(&update(), FORM, changes).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
}

async fn proposal(person: &mut Person) -> String {
    link(
        &person.get("/directory/upkeep").await.body,
        "/directory/upkeep/proposals/",
    )
}

both! {
    async fn an_office_reports_an_approver_decides_everybody_finds(app: demo) {
        let mut office = app.cast("numata").await;
        assert!(office.get(SAZANAMI).await.body.contains("この記録を更新する"));
        propose(&mut office, &[("vacancy", "３"), ("vacancy_on", "令和8年11月22日"), ("phone", "0465-00-0009"), ("hours:130-6", "9時～12時"),
            ("name", "しおかぜ訪問看護（架空）"), ("direct_phone", "0465-00-0010")]).await;
        let public = app.visitor().get(SAZANAMI).await.body;
        assert!(public.contains("3人"), "places are shown at once: {public}");
        assert!(!public.contains("0465-00-0009") && !public.contains("しおかぜ"), "the rest waits");
        let mut approver = app.cast("hayakawa").await;
        assert!(approver.get("/home").await.body.contains("届いた変更を確かめる"));
        let page = proposal(&mut approver).await;
        let shown = approver.get(&page).await.body;
        assert!(shown.contains("0465-00-0001") && shown.contains("0465-00-0009"), "old and new: {shown}");
        let mark = "name=\"provider_version\"";
        let missing = approver.submit(&page, mark, &[("take-phone", "0"), ("reason", "")]).await;
        assert_eq!(missing.status, 422, "a returned field needs a reason");
        let done = approver.submit(&page, mark, &[("take-phone", "0"), ("reason", "番号をもう一度")]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let public = app.visitor().get(SAZANAMI).await.body;
        assert!(public.contains("しおかぜ訪問看護（架空）") && public.contains("9:00–12:00"), "{public}");
        assert!(!public.contains("0465-00-0009") && !public.contains("0465-00-0010"), "returned, and for professionals only");
        assert!(app.cast("tani").await.get(SAZANAMI).await.body.contains("0465-00-0010"));
        let found = app.visitor().get("/directory?q=%E3%81%97%E3%81%8A%E3%81%8B%E3%81%9C").await.body;
        assert!(found.contains(SAZANAMI), "the next search finds it");
        assert!(office.get(&page).await.body.contains("番号をもう一度"), "the office reads why");
        let again = approver.post(&page, &fields_of(&shown, mark).1).await;
        assert_eq!(again.status, 409, "decided once");
        for (action, rows) in [("directory.propose", 1), ("directory.decide", 1), ("directory.record.change", 2)] {
            assert_eq!(app.audit_rows(action).await, rows, "{action}");
        }
    }
}

both! {
    async fn what_was_typed_is_kept_and_nobody_is_overwritten(app: demo) {
        let mut office = app.cast("kobayakawa").await;
        let bad = office.submit(&update(), FORM, &[("phone", "電話なし"), ("hours:130-1", "朝から"), ("vacancy_on", "いつか")]).await;
        assert_eq!(bad.status, 422);
        for text in ["電話なし", "朝から", "いつか"] {
            assert!(bad.body.contains(text), "{text} is still there");
        }
        let nothing = office.submit(&update(), FORM, &[]).await;
        assert_eq!(nothing.status, 422, "nothing changed");
        let mixed = office.submit(&update(), FORM, &[("act", "same"), ("fax", "0465-00-0099")]).await;
        assert_eq!(mixed.status, 422, "no change, but a change");
        // Two at once: the second sees both texts.
        let shown = office.get(&update()).await;
        let (action, mut fields) = fields_of(&shown.body, FORM);
        propose(&mut app.cast("numata").await, &[("vacancy", "2")]).await;
        fields.retain(|(n, _)| n != "vacancy");
        fields.push(("vacancy".to_owned(), "7".to_owned()));
        let conflict = office.post(&action, &fields).await;
        assert_eq!(conflict.status, 409);
        assert!(conflict.body.contains("2人") && conflict.body.contains("7人"), "{}", conflict.body);
        // No change: one press, confirmed today.
        assert_eq!(office.submit(&update(), FORM, &[("act", "same")]).await.status, 303);
        let public = app.visitor().get(SAZANAMI).await.body;
        assert!(public.contains("確認日") && public.contains("令和8年11月22日"), "{public}");
    }
}

both! {
    async fn a_desk_writes_what_it_was_told_and_it_is_marked(app: demo) {
        let mut clerk = app.cast("ishigaki").await;
        let form = clerk.get(&update()).await.body;
        assert!(form.contains("事業所の代わりに書いています"));
        let mute = clerk.submit(&update(), FORM, &[("channel", "phone"), ("fax", "0465-00-0077")]).await;
        assert_eq!(mute.status, 422, "with whom?");
        let future = clerk.submit(&update(), FORM, &[("channel", "fax"), ("fax", "0465-00-0077"), ("told_on", "2099-01-01")]).await;
        assert_eq!(future.status, 422, "not told yet");
        propose(&mut clerk, &[("channel", "phone"), ("spoken_with", "事務の方"), ("fax", "0465-00-0077"), ("mail", "office@example.jp")]).await;
        let mut approver = app.cast("hayakawa").await;
        let page = proposal(&mut approver).await;
        let shown = approver.get(&page).await.body;
        assert!(shown.contains("のために 小田原市 入力") && shown.contains("事務の方"), "{shown}");
        let (_, mut token) = fields_of(&clerk.get("/directory/confirm").await.body, "name=\"code\"");
        token.push(("act".to_owned(), "all".to_owned()));
        assert_eq!(clerk.post(&page, &token).await.status, 404, "an editor does not decide");
        assert_eq!(approver.submit(&page, "name=\"provider_version\"", &[("act", "all")]).await.status, 303);
        let public = app.visitor().get(SAZANAMI).await.body;
        assert!(public.contains("0465-00-0077") && public.contains("のために 小田原市 入力"), "{public}");
        assert!(!public.contains("事務の方") && !public.contains("office@example.jp"), "persons and mail stay inside");
    }
}

both! {
    async fn what_is_not_yours_is_not_there(app: demo) {
        propose(&mut app.cast("numata").await, &[("phone", "0465-00-0009")]).await;
        let page = proposal(&mut app.cast("hayakawa").await).await;
        for key in ["ashikawa", "tani", "isobe", "sugimoto"] {
            let mut person = app.cast(key).await;
            assert_eq!(person.get(&update()).await.status, 404, "{key} opens another's form");
            assert_eq!(person.get(&page).await.status, 404, "{key} reads another's proposal");
            let (_, token) = fields_of(&person.get("/directory/confirm").await.body, "name=\"code\"");
            for path in [update(), page.clone(), format!("{SAZANAMI}/keepers")] {
                let answer = person.post(&path, &token).await;
                assert_eq!(answer.status, 404, "{key} posts {path}: {}", answer.body);
            }
        }
        assert_eq!(app.audit_rows("directory.decide").await, 0);
    }
}

both! {
    async fn a_newer_publication_overwrites_nothing_silently(app: demo) {
        propose(&mut app.cast("numata").await, &[("phone", "0465-00-0009")]).await;
        let mut approver = app.cast("hayakawa").await;
        let page = proposal(&mut approver).await;
        assert_eq!(approver.submit(&page, "name=\"provider_version\"", &[("act", "all")]).await.status, 303);
        let list = "/directory/upkeep/differences";
        assert!(!approver.get(list).await.body.contains("0465-00-0009"), "the value it replaced is no difference");
        let publish = |value: &'static str| {
            let db = app.db.clone();
            let viewer = store::Viewer::system("test", app.env.now());
            async move {
                db.write::<_, store::Error>(&viewer, move |tx| tx.exec(&PUBLISH, store::params! {"value" => value})).await.expect("written");
            }
        };
        publish("0465-99-0001").await;
        let shown = approver.get(list).await.body;
        assert!(shown.contains("0465-00-0009") && shown.contains("0465-99-0001"), "{shown}");
        assert_eq!(approver.submit(list, "name=\"official\"", &[("act", "keep")]).await.status, 303);
        assert!(!approver.get(list).await.body.contains("0465-99-0001"), "settled");
        publish("0465-99-0002").await;
        assert!(approver.get(list).await.body.contains("0465-99-0002"), "until it says a third thing");
        assert_eq!(approver.submit(list, "name=\"official\"", &[("act", "take")]).await.status, 303);
        assert!(app.visitor().get(SAZANAMI).await.body.contains("0465-99-0002"));
        assert_eq!(app.cast("tani").await.get(list).await.status, 404);
    }
}

/// Starts a round and says its address.
async fn start(person: &mut Person, changes: &[(&str, &str)]) -> String {
    let made = person
        .submit("/directory/rounds/new", "name=\"title\"", changes)
        .await;
    assert_eq!(made.status, 303, "{}", made.body);
    made.location().to_owned()
}

/// The codes on the sheets of a round.
fn codes(text: &str) -> Vec<String> {
    let good = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let mut all: Vec<String> = text
        .split_whitespace()
        .filter(|w| {
            w.len() == 11 && w.as_bytes()[5] == b'-' && w.chars().filter(|c| good(*c)).count() == 10
        })
        .map(str::to_owned)
        .collect();
    all.dedup();
    all.sort();
    all.dedup();
    all
}

/// The page that a code opens.
async fn opened(app: &TestApp, code: &str) -> String {
    let mut visitor = app.visitor();
    let went = visitor
        .submit(
            "/directory/confirm",
            "name=\"code\"",
            &[("code", &code.to_lowercase())],
        )
        .await;
    assert_eq!(went.status, 303, "{}", went.body);
    went.location().to_owned()
}

both! {
    async fn the_yearly_question_by_fax_and_link(app: demo) {
        let mut clerk = app.cast("ashikawa").await;
        let soon = clerk.submit("/directory/rounds/new", "name=\"title\"", &[("due", "2026-11-23")]).await;
        assert_eq!(soon.status, 422);
        let round = start(&mut clerk, &[("letter", "箱根町からのお願い（試し）")]).await;
        app.run_jobs().await;
        let board = clerk.get(&round).await.body;
        assert!(board.contains("箱根町") && board.contains("FAXの用紙"), "{board}");
        let pdf = clerk.get(&format!("{round}/fax.pdf?part=1")).await;
        assert_eq!(pdf.status, 200, "{}", pdf.body);
        let text = text_of(&pdf.bytes);
        for part in ["FAX送信票", "変わりなし", "箱根町からのお願い（試し）", "受領の確認", "用紙の番号"] {
            let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            assert!(plain.contains(part), "{part} in {text}");
        }
        let codes = codes(&text);
        assert!(codes.len() >= 3, "{codes:?}");
        // One tap.
        let mut office = app.visitor();
        let page = opened(app, &codes[0]).await;
        let shown = office.get(&page).await;
        assert_eq!(shown.status, 200);
        assert!(shown.body.contains("このとおりで間違いありませんか") && shown.body.contains("箱根町からのお願い"), "{}", shown.body);
        let (action, fields) = fields_of(&shown.body, "name=\"version\"");
        assert!(action.ends_with("/same"));
        assert_eq!(office.post(&action, &fields).await.status, 303);
        assert_eq!(office.post(&action, &fields).await.status, 409, "once");
        assert!(office.get(&page).await.body.contains("「変わりなし」と受け取りました"));
        // Corrections wait for the municipality.
        let page = opened(app, &codes[1]).await;
        let change = format!("{page}/change");
        let bad = office.submit(&page, FORM, &[("fax", "ちがう")]).await;
        assert_eq!(bad.status, 422);
        assert!(bad.body.contains("ちがう"));
        let sent = office.submit(&page, FORM, &[("fax", "0460-00-0012"), ("vacancy", "1"), ("who", "事務の方")]).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let again = office.post(&change, &fields).await;
        assert_eq!(again.status, 409, "answered once");
        let waiting = proposal(&mut clerk).await;
        let review = clerk.get(&waiting).await.body;
        assert!(review.contains("0460-00-0012") && review.contains("確認のリンクから") && !review.contains("全部採用する"), "{review}");
        let own = clerk.submit("/directory/upkeep/settings", "name=\"stale_days\"", &[("decides", "editor")]).await;
        assert_eq!(own.status, 303, "{}", own.body);
        assert_eq!(clerk.submit(&waiting, "name=\"provider_version\"", &[("act", "all")]).await.status, 303);
        let board = clerk.get(&round).await.body;
        assert!(board.contains("変わりなし 1・直しあり 1"), "{board}");
        // Forged, cut, of another kind.
        let token = page.rsplit('/').next().unwrap_or_default().to_owned();
        let forged = format!("{}{}", &token[..39], if token.ends_with('0') { '1' } else { '0' });
        for bad in [forged.as_str(), &token[..39], "x", "5f0c7a1e-9a51-4b52-8a77-0d7c2f6d1a01"] {
            assert_eq!(app.visitor().get(&format!("/directory/confirm/{bad}")).await.status, 404, "{bad}");
        }
        let mut stranger = app.visitor();
        assert_eq!(stranger.submit("/directory/confirm", "name=\"code\"", &[("code", "ABCDE-22222")]).await.status, 422);
        // Another municipality.
        let mut other = app.cast("isobe").await;
        let (_, token) = fields_of(&other.get("/directory/confirm").await.body, "name=\"code\"");
        for path in [String::new(), "/waiting".to_owned(), "/waiting.csv".to_owned(), "/fax.pdf".to_owned()] {
            assert_eq!(other.get(&format!("{round}{path}")).await.status, 404, "{path}");
        }
        for path in ["", "/called"] {
            assert_eq!(other.post(&format!("{round}{path}"), &token).await.status, 404, "{path}");
        }
        // Chased, extended, called, closed.
        let list = clerk.get(&format!("{round}/waiting")).await;
        assert_eq!(list.status, 200);
        // What came back by FAX is typed by the one who asked, the prefecture too; the municipality decides.
        let mut prefecture = app.cast("sagara").await;
        let wide = start(&mut prefecture, &[("title", "県からの確認（試し）"), ("towns", "142069"), ("families", "nursing")]).await;
        let typing = link(&prefecture.get(&format!("{wide}/waiting")).await.body, "/directory/providers/");
        assert!(typing.contains("update?item="), "{typing}");
        let bare = typing.split('?').next().unwrap_or_default().to_owned();
        assert_eq!(prefecture.get(&bare).await.status, 404, "only what was asked");
        let typed = prefecture.submit(&typing, FORM, &[("channel", "fax"), ("building", "2階（試し）")]).await;
        assert_eq!(typed.status, 303, "{}", typed.body);
        let board = prefecture.get(&wide).await.body;
        assert!(board.contains("直しあり 1"), "{board}");
        assert!(app.cast("hayakawa").await.get("/directory/upkeep").await.body.contains("県") );
        assert_eq!(clerk.submit(&format!("{round}/waiting"), "name=\"item\"", &[("note", "留守")]).await.status, 303);
        let csv = clerk.get(&format!("{round}/waiting.csv")).await;
        assert!(csv.body.contains("留守") && csv.body.lines().count() > 10, "{}", csv.body);
        for (changes, status) in [
            (vec![("act", "remind")], 303),
            (vec![("act", "faxed")], 303),
            (vec![("act", "extend"), ("due", "2026-11-25")], 422),
            (vec![("act", "extend"), ("due", "2027-01-31")], 303),
        ] {
            let answer = clerk.submit(&round, "name=\"version\"", &changes).await;
            assert_eq!(answer.status, status, "{changes:?} {}", answer.body);
        }
        app.run_jobs().await;
        let third = opened(app, &codes[2]).await;
        let (action, fields) = fields_of(&office.get(&third).await.body, "name=\"version\"");
        assert_eq!(clerk.submit(&round, "name=\"version\"", &[("act", "close")]).await.status, 303);
        assert_eq!(office.post(&action, &fields).await.status, 409, "closed");
        assert!(office.get(&third).await.body.contains("この確認は終わりました"));
    }
}

both! {
    async fn links_run_out_and_mail_says_nothing_but_the_link(app: demo) {
        let mut clerk = app.cast("ishigaki").await;
        let round = start(&mut clerk, &[("families", "nursing")]).await;
        app.run_jobs().await;
        let mails = app.system(|c| web::mail::outbox(c, 0, 100)).await;
        let mine: Vec<_> = mails.iter().filter(|m| m.mail.subject.contains("年1回の確認") || m.mail.subject.contains("Yearly")).collect();
        assert!(!mine.is_empty(), "the office has an account");
        assert!(mine.iter().all(|m| !m.mail.body.contains("さざなみ")), "no name in mail");
        let body = &mine[0].mail.body;
        let at = body.find("/directory/confirm/").expect("a link");
        let page: String = body[at..].chars().take_while(|c| !c.is_whitespace()).collect();
        let mut office = app.visitor();
        let shown = office.get(&page).await.body;
        assert!(shown.contains("さざなみ"), "{shown}");
        // The office signed in sees the question at home, and answers there.
        let mut own = app.cast("numata").await;
        assert!(own.get("/home").await.body.contains("自分の事業所の記録を確かめる"));
        assert_eq!(own.get(&round).await.status, 403);
        let (action, fields) = fields_of(&shown, "name=\"version\"");
        app.env.advance_secs(100 * 86_400);
        let late = office.post(&action, &fields).await;
        assert!(late.status == 409 || late.status == 403, "ran out: {}", late.status);
        assert!(office.get(&page).await.body.contains("この確認は終わりました"));
        assert_eq!(app.audit_rows("directory.link.same").await, 0);
        app.run_jobs().await;
    }
}

both! {
    async fn agreements_are_confirmed_by_the_same_question(app: demo) {
        let mut clerk = app.cast("ashikawa").await;
        let round = start(&mut clerk, &[("what", "partners")]).await;
        app.run_jobs().await;
        let pdf = clerk.get(&format!("{round}/fax.pdf")).await;
        assert_eq!(pdf.status, 200, "{}", pdf.body);
        let code = codes(&text_of(&pdf.bytes)).remove(0);
        let page = opened(app, &code).await;
        let mut office = app.visitor();
        let shown = office.get(&page).await.body;
        assert!(!shown.contains("/same\""), "nothing to confirm yet: {shown}");
        let sent = office.submit(&page, "name=\"partners\"", &[("partners", "西丘病院（架空）と4月から")]).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let waiting = proposal(&mut clerk).await;
        let review = clerk.get(&waiting).await.body;
        assert!(review.contains("西丘病院（架空）と4月から") && review.contains("/directory/partners/"), "{review}");
    }
}

both! {
    async fn pages_of_upkeep_stay_within_their_statements(app: demo) {
        let mut clerk = app.cast("ishigaki").await;
        let round = start(&mut clerk, &[]).await;
        propose(&mut app.cast("numata").await, &[("phone", "0465-00-0009")]).await;
        let waiting = proposal(&mut clerk).await;
        app.run_jobs().await;
        let token = {
            let pdf = clerk.get(&format!("{round}/fax.pdf")).await;
            opened(app, &codes(&text_of(&pdf.bytes))[0]).await
        };
        let list = format!("{round}/waiting");
        for path in [update().as_str(), SAZANAMI, "/directory/upkeep", waiting.as_str(), "/directory/upkeep/settings",
            "/directory/upkeep/differences", "/directory/rounds", "/directory/rounds/new", round.as_str(), list.as_str(), token.as_str(), "/home"] {
            clerk.get(path).await;
            let before = app.db.statements_run();
            let page = clerk.clone().english().get(path).await;
            let run = app.db.statements_run() - before;
            assert_eq!(page.status, 200, "{path}");
            // The home page asks every room.
            let most = if path == "/home" { 24 } else { 12 };
            assert!(run <= most, "{path} runs {run} statements");
        }
    }
}
