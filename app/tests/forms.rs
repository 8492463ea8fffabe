//! Forms that travel, entries on behalf, links without an account: what people do with them, and what attackers try.

use std::io::{Cursor, Read, Write};

use forms::{Catalogue, Field, Kind, catalogue::Words};
use kernel::{AccountId, OrganisationId};
use store::Viewer;
use surveys::rounds::{
    actions::round,
    model::{Letter, Range, ReplyId, Round, RoundId, RoundState, Side},
    store::write::Addressee,
};
use uuid::Uuid;

use crate::both;
use crate::harness::TestApp;

store::statements! {
    OFFICER = "SELECT m.account, m.organisation FROM cast_member c JOIN membership m ON m.account = c.account WHERE c.cast_key = 'sagara'";
    FIELDS = "SELECT p.name, f.field, f.value, f.channel FROM round_field f JOIN round_reply p ON p.id = f.reply JOIN survey_round r ON r.id = p.round WHERE r.slug = '2026-forms' ORDER BY p.sort, f.field";
    STATES = "SELECT p.name, p.state FROM round_reply p JOIN survey_round r ON r.id = p.round WHERE r.slug = '2026-forms' ORDER BY p.sort";
    MAILS = "SELECT body FROM mail ORDER BY written_at, id";
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A round of three questions that was sent to Hakone, Manazuru and Nakai.
pub struct Sent {
    pub round: RoundId,
    pub replies: Vec<ReplyId>,
}

impl Sent {
    pub fn form(&self, at: usize) -> String {
        format!("/surveys/replies/{}/form", self.replies[at])
    }

    pub fn forms(&self) -> String {
        format!("/surveys/rounds/{}/forms", self.round)
    }
}

pub async fn sent(app: &TestApp) -> Sent {
    sent_to(app, &["143821", "143839", "143618"], Vec::new()).await
}

/// The same for other municipalities, with more questions.
pub async fn sent_to(app: &TestApp, codes: &[&str], more: Vec<Field>) -> Sent {
    let (account, organisation): (AccountId, OrganisationId) = app
        .system(|c| c.one(&OFFICER, store::params! {}, |r| Ok((r.get(0)?, r.get(1)?))))
        .await;
    let towns = app.system(areas::store::municipalities).await;
    let viewer = Viewer::signed_in(
        account,
        None,
        Some(organisation),
        app.env.now(),
        "test".to_owned(),
    );
    let question = |key: &str, number: &str, label: &str| {
        let mut field = Field::new(key, Words::ja(label), Kind::Long { most: 2000 });
        field.number = number.to_owned();
        field
    };
    let asked = Round {
        id: app.env.id(),
        asker: organisation,
        slug: "2026-forms".to_owned(),
        title: "様式で答える調査".to_owned(),
        title_en: String::new(),
        fiscal_year: 2026,
        based_on: None,
        catalogue: Catalogue {
            fields: [
                question("q1", "1", "取組を書いてください"),
                question("q2", "2(1)", "課題を書いてください"),
                question("q3", "2(2)", "要望を書いてください"),
            ]
            .into_iter()
            .chain(more)
            .collect(),
        },
        letter: Letter {
            to: "各市町村長 様".to_owned(),
            number: "試第1号".to_owned(),
            date: Some(app.env.now().date_jst()),
            body: "御回答をお願いします。".to_owned(),
            contact: "架空の担当".to_owned(),
            due: Some(app.env.now().plus_secs(20 * 86_400).date_jst()),
        },
        default_range: Range::Public,
        state: RoundState::Draft,
        check_due: None,
        survey: None,
        fictional: true,
        sent_at: None,
        published_at: None,
        version: 1,
        side: Side::Asker,
    };
    let list: Vec<Addressee> = codes
        .iter()
        .map(|code| {
            let town = towns
                .iter()
                .find(|t| t.code == *code)
                .expect("a municipality");
            Addressee {
                reply: app.env.id(),
                tenant: town.organisation.expect("an organisation"),
                code: town.code.clone(),
                name: town.name_ja.clone(),
            }
        })
        .collect();
    let (id, replies) = (asked.id, list.iter().map(|a| a.reply).collect());
    let post = round::Post {
        seed: Uuid::from_u128(7 << 64),
        base: "http://127.0.0.1:8080".to_owned(),
    };
    app.db
        .write(&viewer, move |tx| {
            round::create(tx, &asked)?;
            round::set_addressees(tx, id, &list)?;
            round::send(tx, id, &post)
        })
        .await
        .expect("the round is sent");
    app.run_jobs().await;
    Sent { round: id, replies }
}

/// A package with some of its text changed.
fn changed(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        new.start_file(&name, zip::write::SimpleFileOptions::default())
            .expect("a part");
        new.write_all(change(&name, text).as_bytes())
            .expect("written");
    }
    new.finish().expect("a package").into_inner()
}

/// The workbook with an answer typed into the answer column of a question.
fn typed(bytes: &[u8], at: usize, answer: &str) -> Vec<u8> {
    changed(bytes, |name, mut text| {
        if name == "xl/worksheets/sheet1.xml" {
            // The questions stand below title, respondent, four lines, code and heading.
            let cell = format!("<c r=\"C{}\"", 9 + at);
            let from = text.find(&cell).expect("the answer's cell");
            let end = from + text[from..].find('>').expect("its end") + 1;
            let style = text[from..end]
                .split("s=\"")
                .nth(1)
                .and_then(|s| s.split('"').next())
                .expect("its look")
                .to_owned();
            let past = if text[..end].ends_with("/>") {
                end
            } else {
                from + text[from..].find("</c>").expect("its end") + 4
            };
            text.replace_range(
                from..past,
                &format!("{cell} s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{answer}</t></is></c>"),
            );
        }
        text
    })
}

/// The document with an answer typed into a question's control.
fn written(bytes: &[u8], key: &str, answer: &str) -> Vec<u8> {
    changed(bytes, |name, mut text| {
        if name == "word/document.xml" {
            let from = text
                .find(&format!("w:val=\"q:{key}\""))
                .expect("the control");
            let inside = from
                + text[from..].find("<w:sdtContent>").expect("its content")
                + "<w:sdtContent>".len();
            let past = inside + text[inside..].find("</w:sdtContent>").expect("its end");
            text.replace_range(
                inside..past,
                &format!("<w:p><w:r><w:t>{answer}</w:t></w:r></w:p>"),
            );
        }
        text
    })
}

pub async fn fields(app: &TestApp) -> Vec<(String, String, String, String)> {
    app.system(|c| {
        c.all(&FIELDS, store::params! {}, |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))
        })
    })
    .await
}

/// The first address in a page that begins so.
pub fn address(body: &str, begin: &str) -> String {
    let at = body
        .find(begin)
        .unwrap_or_else(|| panic!("no {begin} in {body}"));
    body[at..]
        .chars()
        .take_while(|c| !"\"<& \n\r".contains(*c))
        .collect()
}

both! {
    async fn a_form_goes_out_and_comes_back(app: demo) {
        let sent = sent(app).await;
        let mut clerk = app.cast("ashikawa").await;
        let page = clerk.get(&sent.form(0)).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let file = clerk.get(&format!("{}/form.xlsx", sent.form(0))).await;
        assert_eq!((file.status, file.header("content-type")), (200, XLSX));
        let back = typed(&typed(&file.bytes, 0, "①会議&#10;②研修 葛󠄀"), 1, "=1+1");
        let shown = clerk.upload(&sent.form(0), "type=\"file\"", &[], "回答.xlsx", &back).await;
        assert_eq!(shown.status, 303, "{}", shown.body);
        assert!(fields(app).await.is_empty(), "sending changes nothing yet");
        let compare = shown.location().to_owned();
        let differences = clerk.get(&compare).await;
        assert!(differences.body.contains("②研修 葛󠄀") && differences.body.contains("=1+1"), "{}", differences.body);
        // Only the first field is taken.
        let taken = clerk.submit(&compare, "take-q1", &[("take-q2", "old")]).await;
        assert_eq!(taken.status, 303, "{}", taken.body);
        assert_eq!(
            fields(app).await,
            [("箱根町".to_owned(), "q1".to_owned(), "{\"text\":\"①会議\\n②研修 葛󠄀\"}".to_owned(), "file".to_owned())]
        );
        // The next form holds it; the old one would now overwrite a newer text, and does not unless somebody says so.
        let again = clerk.get(&format!("{}/form.docx", sent.form(0))).await;
        assert_eq!(again.status, 200);
        let replayed = clerk.upload(&sent.form(0), "type=\"file\"", &[], "古い.xlsx", &typed(&file.bytes, 0, "古い回答")).await;
        let compare = replayed.location().to_owned();
        let page = clerk.get(&compare).await;
        assert!(page.body.contains("様式を作ったあとに書かれた回答があります"), "{}", page.body);
        let kept = clerk.submit(&compare, "take-q1", &[]).await;
        assert_eq!(kept.status, 303);
        assert!(fields(app).await[0].2.contains("②研修"), "the newer text stays");
        // Decided once.
        let twice = clerk.post(&compare, &crate::harness::fields_of(&page.body, "take-q1").1).await;
        assert_eq!(twice.status, 404, "{}", twice.body);
        assert_eq!(app.audit_rows("surveys.form.apply").await, 2);
    }
}

both! {
    async fn forms_of_others_and_forged_ones_are_refused(app: demo) {
        let sent = sent(app).await;
        let (mut hakone, mut nakai) = (app.cast("ashikawa").await, app.cast("furusawa").await);
        let file = nakai.get(&format!("{}/form.xlsx", sent.form(2))).await;
        assert_eq!(file.status, 200);
        // Another town's form.
        let other = hakone.upload(&sent.form(0), "type=\"file\"", &[], "中井町.xlsx", &file.bytes).await;
        assert!(other.status == 422 && other.body.contains("別の市町村の様式です"), "{}", other.body);
        // The same with the code changed.
        let forged = changed(&file.bytes, |_, text| text.replace(".143618.", ".143821."));
        let other = hakone.upload(&sent.form(0), "type=\"file\"", &[], "偽.xlsx", &forged).await;
        assert!(other.status == 422 && other.body.contains("書き換えられています"), "{}", other.body);
        // A hidden sheet in which two questions were exchanged.
        let own = hakone.get(&format!("{}/form.xlsx", sent.form(0))).await;
        let swapped = changed(&own.bytes, |_, text| text.replace(">q1<", ">t<").replace(">q2<", ">q1<").replace(">t<", ">q2<"));
        let refused = hakone.upload(&sent.form(0), "type=\"file\"", &[], "入替.xlsx", &swapped).await;
        assert!(refused.status == 422 && refused.body.contains("書き換えられています"), "{}", refused.body);
        // A program inside.
        let mut zip = zip::ZipWriter::new_append(Cursor::new(own.bytes.clone())).expect("a package");
        zip.start_file("xl/vbaProject.bin", zip::write::SimpleFileOptions::default()).expect("a part");
        let macros = zip.finish().expect("a package").into_inner();
        let refused = hakone.upload(&sent.form(0), "type=\"file\"", &[], "a.xlsx", &macros).await;
        assert_eq!(refused.status, 422);
        // Neither the neighbour nor the office that asks opens this town's form or what came back.
        let arrived = hakone.upload(&sent.form(0), "type=\"file\"", &[], "b.xlsx", &typed(&own.bytes, 0, "秘密")).await;
        let compare = arrived.location().to_owned();
        for address in [sent.form(0), format!("{}/form.xlsx", sent.form(0)), compare.clone()] {
            assert_eq!(nakai.get(&address).await.status, 404, "{address}");
        }
        let mut officer = app.cast("sagara").await;
        let of = compare.rsplit('/').next().unwrap_or_default().to_owned();
        assert_eq!(officer.get(&format!("/surveys/rounds/{}/entered/{of}", sent.round)).await.status, 404);
        assert_eq!(officer.get(&compare).await.status, 403, "not for the office that asks");
        let list = officer.get(&sent.forms()).await;
        assert!(list.status == 200 && !list.body.contains("秘密"));
        assert!(fields(app).await.is_empty());
    }
}

both! {
    async fn a_municipality_without_an_account_answers_by_link(app: demo) {
        let sent = sent(app).await;
        let mut officer = app.cast("sagara").await;
        let mark = format!("/forms/{}/link", sent.replies[1]);
        let made = officer.submit(&sent.forms(), &mark, &[]).await;
        assert_eq!(made.status, 200, "{}", made.body);
        let link = address(&made.body, "/surveys/forms/");
        let mut town = app.visitor();
        let page = town.get(&link).await;
        assert!(page.status == 200 && page.body.contains("真鶴町"), "{}", page.body);
        assert!(!page.body.contains("箱根町"), "only this municipality");
        let form = town.get(&format!("{link}/form.docx")).await;
        assert_eq!(form.status, 200);
        let back = written(&form.bytes, "q1", "見守りの会を開いた");
        let shown = town.upload(&link, "type=\"file\"", &[], "回答.docx", &back).await;
        assert_eq!(shown.status, 303, "{}", shown.body);
        let compare = shown.location().to_owned();
        assert_eq!(town.submit(&compare, "take-q1", &[]).await.status, 303);
        let submit = format!("{link}/submit");
        let missing = town.submit(&link, &submit, &[("number", "真介第5号")]).await;
        assert!(missing.status == 422 && missing.body.contains("value=\"真介第5号\"") && missing.body.contains("on-error"), "{}", missing.body);
        let done = town.submit(&link, &submit, &[("number", "真介第5号"), ("on", "令和8年11月20日"), ("post", "課長")]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let states = app.system(|c| c.all(&STATES, store::params! {}, |r| Ok((r.get::<String>(0)?, r.get::<String>(1)?)))).await;
        assert_eq!(states[1].1, "submitted");
        let closed = town.get(&link).await;
        assert!(closed.status == 200 && !closed.body.contains("type=\"file\""), "nothing more is taken");
        app.run_jobs().await;
    }
}

both! {
    async fn a_link_opens_one_form_until_it_is_stopped(app: demo) {
        let sent = sent(app).await;
        let mut officer = app.cast("sagara").await;
        let mark = format!("/forms/{}/link", sent.replies[1]);
        let field = "mail-143839";
        let bad = officer.submit(&sent.forms(), &mark, &[(field, "a@b.jp, c@d.jp")]).await;
        assert!(bad.status == 422 && bad.body.contains("value=\"a@b.jp, c@d.jp\"") && bad.body.contains("mail-143839-error"), "{}", bad.body);
        let mailed = officer.submit(&sent.forms(), &mark, &[(field, "kaigo@manazuru.example.jp")]).await;
        assert_eq!(mailed.status, 303, "{}", mailed.body);
        let mails: Vec<String> = app.system(|c| c.all(&MAILS, store::params! {}, |r| r.get(0))).await;
        let mail = mails.iter().find(|m| m.contains("/surveys/forms/")).expect("the mail with the link");
        let link = address(mail, "/surveys/forms/").trim().to_owned();
        let mut town = app.visitor();
        assert_eq!(town.get(&link).await.status, 200);
        // A secret that is nearly right, too short, or somebody's id.
        let mut wrong = link.clone();
        let last = if wrong.pop() == Some('A') { 'B' } else { 'A' };
        wrong.push(last);
        let strange = format!("/surveys/forms/{}", sent.replies[1]);
        for address in [wrong.as_str(), "/surveys/forms/x", strange.as_str(), &format!("{wrong}/form.xlsx")] {
            assert_eq!(town.get(address).await.status, 404, "{address}");
        }
        // Another town's return cannot be reached through it.
        let mut hakone = app.cast("ashikawa").await;
        let own = hakone.get(&format!("{}/form.xlsx", sent.form(0))).await;
        let arrived = hakone.upload(&sent.form(0), "type=\"file\"", &[], "b.xlsx", &typed(&own.bytes, 0, "秘密")).await;
        let of = arrived.location().rsplit('/').next().unwrap_or_default().to_owned();
        assert_eq!(town.get(&format!("{link}/returns/{of}")).await.status, 404);
        let foreign = town.upload(&link, "type=\"file\"", &[], "b.xlsx", &own.bytes).await;
        assert!(foreign.status == 422 && foreign.body.contains("別の市町村の様式です"), "{}", foreign.body);
        // Thirty uploads an hour; what is refused does not count.
        let form = town.get(&format!("{link}/form.xlsx")).await;
        for _ in 0..30 {
            assert_eq!(town.upload(&link, "type=\"file\"", &[], "a.xlsx", &form.bytes).await.status, 303);
        }
        assert_eq!(town.upload(&link, "type=\"file\"", &[], "a.xlsx", &form.bytes).await.status, 429);
        let stopped = officer.submit(&sent.forms(), "/revoke", &[]).await;
        assert_eq!(stopped.status, 303, "{}", stopped.body);
        assert_eq!(town.get(&link).await.status, 404);
        app.run_jobs().await;
    }
}

both! {
    async fn what_is_entered_on_behalf_waits_for_the_municipality(app: demo) {
        let sent = sent(app).await;
        let mut officer = app.cast("sagara").await;
        let enter = format!("/surveys/rounds/{}/enter/{}", sent.round, sent.replies[0]);
        let kept = officer.submit(&enter, "f-q1", &[("f-q1", "FAXで届いた取組"), ("f-q3", "FAXで届いた要望")]).await;
        assert_eq!(kept.status, 303, "{}", kept.body);
        let entered = kept.location().to_owned();
        assert!(fields(app).await.is_empty(), "nothing is an answer yet");
        let mut clerk = app.cast("ashikawa").await;
        let home = clerk.get("/home").await;
        assert!(home.body.contains("箱根町のための代理入力"), "{}", home.body);
        let page = clerk.get(&sent.form(0)).await;
        assert!(page.body.contains("箱根町のために 神奈川県"), "{}", page.body);
        let of = entered.rsplit('/').next().unwrap_or_default();
        let compare = format!("/surveys/replies/{}/returns/{of}", sent.replies[0]);
        let taken = clerk.submit(&compare, "take-q1", &[("take-q3", "old")]).await;
        assert_eq!(taken.status, 303, "{}", taken.body);
        let there = fields(app).await;
        assert_eq!(there.len(), 1);
        assert_eq!((there[0].1.as_str(), there[0].3.as_str()), ("q1", "proxy"));
        // On paper: what the municipality wrote itself stays, and the answer is submitted as approved there.
        let kept = officer.submit(&enter, "f-q1", &[("f-q1", "別の取組"), ("f-q2", "FAXで届いた課題")]).await;
        let entered = kept.location().to_owned();
        let nobody = officer.submit(&entered, "confirmed", &[("number", "箱介第1号"), ("on", "2026-11-20"), ("post", "課長")]).await;
        assert!(nobody.status == 422 && nobody.body.contains("value=\"箱介第1号\"") && nobody.body.contains("confirmed-error"), "{}", nobody.body);
        let who = [("confirmed", "介護保険課 主査、FAX"), ("number", "箱介第1号"), ("on", "2026-11-20"), ("post", "課長")];
        let done = officer.submit(&entered, "confirmed", &who).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let there = fields(app).await;
        assert!(there.iter().any(|f| f.1 == "q2" && f.2.contains("課題")));
        let states = app.system(|c| c.all(&STATES, store::params! {}, |r| Ok((r.get::<String>(0)?, r.get::<String>(1)?)))).await;
        assert_eq!(states[0].1, "submitted");
        let neighbour = app.cast("isobe").await.get(&compare).await;
        assert_eq!(neighbour.status, 404);
        app.run_jobs().await;
    }
}
