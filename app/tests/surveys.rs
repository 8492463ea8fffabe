//! The published survey: what a reader, a clerk and a program see of it.

use serde_json::Value;

use crate::both;

/// The page without its frame, which carries a form token.
fn content(html: &str) -> String {
    html.split("<main")
        .nth(1)
        .and_then(|p| p.split("</main>").next())
        .expect("a main part")
        .to_owned()
}

const SLUG: &str = "/surveys/2024-renkei";

both! {
    async fn the_open_data_holds_every_word(app: demo) {
        let answer = app.visitor().get("/surveys/2024-renkei.json").await;
        assert_eq!(answer.status, 200);
        assert!(answer.header("content-type").starts_with("application/json"));
        let json: Value = serde_json::from_slice(&answer.bytes).expect("JSON");
        assert_eq!(json["questions"].as_array().map(Vec::len), Some(4));
        let responses = json["responses"].as_array().expect("responses");
        assert_eq!(responses.len(), 10);
        let source: Value = serde_json::from_slice(
            &std::fs::read(crate::harness::root().join("data/kensei/surveys/2024-renkei.json")).expect("the data"),
        )
        .expect("JSON");
        let text = String::from_utf8(answer.bytes.clone()).expect("UTF-8");
        for code in ["142069", "143821", "143839", "143847", "142174", "143618", "143626", "143634", "143642", "143669"] {
            assert!(responses.iter().any(|r| r.to_string().contains(code)), "{code} answers");
        }
        // Each paragraph of the source is there, letter by letter.
        fn paragraphs(value: &Value, into: &mut Vec<String>) {
            match value {
                Value::String(s) if s.chars().count() > 20 => into.push(s.clone()),
                Value::Array(a) => a.iter().for_each(|v| paragraphs(v, into)),
                Value::Object(o) => o.values().for_each(|v| paragraphs(v, into)),
                _ => {}
            }
        }
        let mut all = Vec::new();
        paragraphs(&source["responses"], &mut all);
        assert!(all.len() > 60, "{} paragraphs", all.len());
        for paragraph in all {
            let quoted = serde_json::to_string(&paragraph).expect("JSON");
            assert!(text.contains(&quoted), "missing: {paragraph}");
        }
    }
}

both! {
    async fn the_collation_shows_differences_word_by_word(app: demo) {
        let page = app.visitor().get(&format!("{SLUG}?q=2-2")).await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.body.contains("<ins"), "differences are marked");
        for town in ["松田町", "山北町", "開成町", "大井町", "南足柄市", "中井町", "箱根町", "真鶴町", "湯河原町", "小田原市"] {
            assert!(page.body.contains(town), "{town}");
        }
        let opinions = app.visitor().get(&format!("{SLUG}?q=2-3")).await;
        assert!(opinions.body.contains("記載なし"), "箱根町 wrote nothing for 2(3)");
        let table = app.visitor().get(&format!("{SLUG}?view=table")).await;
        assert!(table.body.contains("a3"), "the printed original is an A3 page");
        let english = app.visitor().english().get(SLUG).await;
        assert!(english.body.contains("lang=\"en\"") && english.body.contains("lang=\"ja\""), "answers stay Japanese");
    }
}

both! {
    async fn files_for_excel_open_and_carry_no_formula(app: demo) {
        let csv = app.visitor().get("/surveys/2024-renkei.csv").await;
        assert_eq!(csv.status, 200);
        assert_eq!(&csv.bytes[..3], b"\xef\xbb\xbf", "Excel needs the mark to read UTF-8");
        assert!(csv.header("content-disposition").contains("attachment"));
        let xlsx = app.visitor().get("/surveys/2024-renkei.xlsx").await;
        assert_eq!(&xlsx.bytes[..2], b"PK");
        assert!(xlsx.header("content-disposition").contains("attachment"));
    }
}

both! {
    async fn unknown_surveys_are_a_kind_404(app: demo) {
        for path in ["/surveys/none", "/surveys/none.json", "/surveys/2024-renkei.exe", "/surveys/2024-renkei/answers/999999/1"] {
            let answer = app.visitor().get(path).await;
            assert_eq!(answer.status, 404, "{path}");
        }
    }
}

both! {
    async fn bad_files_are_refused_line_by_line_and_change_nothing(app: demo) {
        let mut officer = app.cast("sagara").await;
        let before = content(&app.visitor().get("/surveys").await.body);
        let cases: &[(&str, &[u8], &str)] = &[
            ("digit.csv", "団体コード,市町村名,1 取組\n142068,小田原市,会議\n".as_bytes(), "正しくは9"),
            ("twice.csv", "団体コード,市町村名,1 取組\n142069,小田原市,会議\n142069,小田原市,会議\n".as_bytes(), "同じ市町村が 2 行目"),
            ("formula.csv", "団体コード,市町村名,1 取組\n142069,小田原市,=cmd|' /C calc'!A0\n".as_bytes(), "="),
            ("missing.csv", "市町村名,1 取組\n小田原市,会議\n".as_bytes(), "団体コード"),
            ("null.csv", b"\xe5\x9b\xa3\x00", ""),
            ("macro.xlsm", b"PK\x03\x04", ""),
            ("picture.csv", b"\x89PNG\r\n\x1a\n", ""),
        ];
        for (name, bytes, mark) in cases {
            let answer = officer.upload("/surveys/import", "type=\"file\"", crate::access::ABOUT, name, bytes).await;
            assert!(matches!(answer.status, 400 | 413 | 415 | 422), "{name}: {} {}", answer.status, answer.body);
            assert!(answer.body.contains(mark), "{name} names {mark}: {}", answer.body);
        }
        assert_eq!(before, content(&app.visitor().get("/surveys").await.body), "nothing was imported");
    }
}
