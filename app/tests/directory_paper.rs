//! The guide on paper and screen, the page for hospitals, and the cooperating institutions, on both engines.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::both;

/// The text of a PDF as another program reads it, without white space.
pub fn text_of(pdf: &[u8]) -> String {
    let mut reader = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext: apt-get install poppler-utils");
    let mut input = reader.stdin.take().expect("its input");
    let bytes = pdf.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = reader.wait_with_output().expect("its output");
    writer.join().expect("a thread").expect("all was taken");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What `pdfinfo` says of a PDF: number of pages, size of the first.
fn info_of(pdf: &[u8]) -> (usize, String) {
    let mut reader = Command::new("pdfinfo")
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdfinfo: apt-get install poppler-utils");
    let mut input = reader.stdin.take().expect("its input");
    let bytes = pdf.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = reader.wait_with_output().expect("its output");
    writer.join().expect("a thread").expect("all was taken");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let of = |name: &str| {
        let line = text.lines().find(|l| l.starts_with(name));
        line.and_then(|l| l.split_once(':'))
            .map(|l| l.1.trim().to_owned())
            .expect(name)
    };
    (of("Pages").parse().expect("a number"), of("Page size"))
}

store::statements! {
    OF_TOWN = "SELECT id, name FROM provider WHERE municipality = '143821' AND status = 'open' AND fictional = 0 ORDER BY name LIMIT 1";
}

/// Gets a PDF.
async fn file(app: &crate::harness::TestApp, path: &str) -> Vec<u8> {
    let answer = app.visitor().get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    assert!(answer.bytes.starts_with(b"%PDF"), "{path} is a PDF");
    answer.bytes
}

both! {
    async fn one_button_makes_an_edition_that_everybody_can_read(app: demo) {
        let mut clerk = app.cast("ashikawa").await;
        let made = clerk.submit("/directory/print/new", "name=\"publisher\"", &[("part", "guide"), ("scope", "143821"), ("publisher", "箱根町（試し）#panic()")]).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let page = made.location().to_owned();
        assert_eq!(app.visitor().get(&page).await.status, 404, "nobody sees what is not ready");
        assert_eq!(app.audit_rows("directory.print.order").await, 1);
        app.run_jobs().await;
        let shown = app.visitor().get(&page).await;
        assert_eq!(shown.status, 200, "{}", shown.body);
        let pdf = file(app, &format!("{page}/file.pdf")).await;
        let text = text_of(&pdf);
        for part in ["医療・介護のサービスガイド", "箱根町", "もくじ", "この冊子の使い方", "五十音の索引", "相談の窓口", "未確認", "箱根町（試し）#panic()"] {
            assert!(text.contains(part), "{part} in {text}");
        }
        let list = app.visitor().get("/directory/print").await;
        assert!(list.body.contains(&page), "the list leads to it");
    }
}

both! {
    async fn the_next_edition_says_what_changed(app: demo) {
        let mut clerk = app.cast("ashikawa").await;
        let order = [("part", "guide"), ("scope", "143821"), ("publisher", "箱根町（試し）")];
        let first = clerk.submit("/directory/print/new", "name=\"publisher\"", &order).await;
        assert_eq!(first.status, 303, "{}", first.body);
        app.run_jobs().await;
        let pdf = file(app, &format!("{}/file.pdf", first.location())).await;
        let text = text_of(&pdf);
        assert!(text.contains("令和8年11月22日"), "the cover's day in the era of the house");
        let (pages, size) = info_of(&pdf);
        assert!(pages > 10, "{pages} pages");
        assert!(size.contains("A4"), "{size}");
        let (id, name) = app
            .system(|c| c.one(&OF_TOWN, store::params! {}, |r| Ok((r.get::<kernel::Uuid>(0)?, r.get::<String>(1)?))))
            .await;
        let closed = clerk.submit(&format!("/directory/providers/{id}/life"), "name=\"what\"", &[("what", "closed")]).await;
        assert_eq!(closed.status, 303, "{}", closed.body);
        let second = clerk.submit("/directory/print/new", "name=\"publisher\"", &order).await;
        assert_eq!(second.status, 303, "{}", second.body);
        app.run_jobs().await;
        let next = text_of(&file(app, &format!("{}/file.pdf", second.location())).await);
        let plain: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(text.contains(&plain) && next.contains(&plain), "{plain}");
        assert!(next.contains("版と比べています") && !text.contains("版と比べています"), "what changed since the last edition");
    }
}

both! {
    async fn maps_stand_on_a3(app: demo) {
        let mut clerk = app.cast("ashikawa").await;
        for (part, word) in [("medical", "医療機関マップ"), ("care", "介護サービス機関マップ")] {
            let order = [("part", part), ("scope", "ashigarakami"), ("publisher", "試し")];
            let made = clerk.submit("/directory/print/new", "name=\"publisher\"", &order).await;
            assert_eq!(made.status, 303, "{}", made.body);
            app.run_jobs().await;
            let pdf = file(app, &format!("{}/file.pdf", made.location())).await;
            let (_, size) = info_of(&pdf);
            assert!(size.contains("A3"), "{size}");
            let text = text_of(&pdf);
            for town in [word, "中井町", "大井町", "松田町", "山北町", "開成町"] {
                assert!(text.contains(town), "{town} in {text}");
            }
        }
    }
}

both! {
    async fn an_order_that_cannot_be_is_refused_and_kept(app: demo) {
        let mut clerk = app.cast("ashikawa").await;
        let bad = clerk.submit("/directory/print/new", "name=\"publisher\"", &[("part", "guide"), ("scope", "999999"), ("publisher", "試し")]).await;
        assert_eq!(bad.status, 422, "{}", bad.body);
        assert!(bad.body.contains("試し"));
        for path in ["/directory/guide/999999", "/directory/maps/guide/area", "/directory/maps/x/area", "/directory/guide/222151"] {
            assert_eq!(app.visitor().get(path).await.status, 404, "{path}");
        }
    }
}

both! {
    async fn the_twins_stand_in_both_languages(app: demo) {
        for path in ["/directory/guide/143847", "/directory/guide/area", "/directory/maps/medical/ashigarakami", "/directory/maps/care/ashigarakami"] {
            let page = app.visitor().get(path).await;
            assert_eq!(page.status, 200, "{path} {}", page.body);
            let english = app.visitor().english().get(path).await;
            assert_eq!(english.status, 200, "{path}");
            assert!(english.body.contains("lang=\"en\""));
        }
    }
}

both! {
    async fn an_editor_proposes_and_an_approver_publishes_for_hospitals(app: demo) {
        let path = "/directory/hospital/142069";
        let form = format!("{path}/edit");
        let mark = "name=\"window_name\"";
        assert!(app.visitor().get(path).await.body.contains("未確認"));
        let mut editor = app.cast("ishigaki").await;
        let saved = editor.submit(&form, mark, &[("phone", "0465-00-0000"), ("answers", "事業所名（試し）")]).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        assert!(!app.visitor().get(path).await.body.contains("0465-00-0000"), "a proposal is not public");
        let bad = editor.submit(&form, mark, &[("phone", "call me")]).await;
        assert_eq!(bad.status, 422);
        assert!(bad.body.contains("call me"), "what was typed is still there");
        let mut approver = app.cast("hayakawa").await;
        assert!(approver.get(path).await.body.contains("承認を待っている"));
        assert_eq!(approver.submit(&form, mark, &[]).await.status, 303);
        let shown = app.visitor().get(path).await;
        assert!(shown.body.contains("0465-00-0000") && shown.body.contains("令和8年11月22日"), "{}", shown.body);
        assert_eq!(app.audit_rows("directory.hospital.publish").await, 1);
        // Another municipality's clerk reads and cannot write.
        assert_eq!(app.cast("ashikawa").await.get(&form).await.status, 404);
        let text = text_of(&file(app, &format!("{path}/inquiry.pdf")).await);
        for part in ["担当ケアマネジャー照会票", "小田原市御中", "0465-00-0000", "受領の確認", "氏名（一部）"] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}

both! {
    async fn two_people_in_one_form_for_hospitals_lose_nothing(app: demo) {
        let form = "/directory/hospital/143821/edit";
        let (mut first, mut second) = (app.cast("ashikawa").await, app.cast("ashikawa").await);
        let shown = second.get(form).await;
        let (_, mut fields) = crate::harness::fields_of(&shown.body, "name=\"window_name\"");
        assert_eq!(first.submit(form, "name=\"window_name\"", &[("hours", "平日だけ")]).await.status, 303);
        fields.retain(|(n, _)| n != "hours");
        fields.push(("hours".to_owned(), "毎日".to_owned()));
        let conflict = second.post(form, &fields).await;
        assert_eq!(conflict.status, 409);
        assert!(conflict.body.contains("平日だけ") && conflict.body.contains("毎日"), "both texts are shown");
    }
}

both! {
    async fn the_list_of_cooperating_institutions_is_for_those_signed_in(app: demo) {
        assert_eq!(app.visitor().get("/directory/partners").await.status, 303);
        let page = app.cast("ashikawa").await.get("/directory/partners?town=143821").await;
        assert_eq!(page.status, 200, "{}", page.body);
    }
}
