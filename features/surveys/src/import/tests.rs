use kernel::{Env, Lang, Time, codes::MunicipalityCode};

use super::*;
use crate::{
    export::{Export, ExportRow, Format},
    model::{Question, State, Survey},
};

pub(crate) const TEN: &[u8] = include_bytes!("../../../../data/kensei/surveys/2024-renkei.json");

pub(crate) fn register() -> Register {
    let env = Env::fixed(Time(0), 5);
    let mut register = Register::default();
    for (code, name) in [
        ("142069", "小田原市"),
        ("143821", "箱根町"),
        ("143847", "湯河原町"),
        ("143839", "真鶴町"),
        ("142174", "南足柄市"),
        ("143618", "中井町"),
        ("143626", "大井町"),
        ("143634", "松田町"),
        ("143642", "山北町"),
        ("143669", "開成町"),
    ] {
        register.insert(
            code,
            Known {
                name: name.to_owned(),
                organisation: env.id(),
            },
        );
    }
    register
}

pub(super) fn head() -> Head {
    Head {
        slug: "2026-test".to_owned(),
        title: "試し".to_owned(),
        fiscal_year: 2026,
        source: "試しの資料".to_owned(),
        ..Head::default()
    }
}

pub(super) fn csv(text: &str) -> Result<Draft, Vec<RowProblem>> {
    from_csv(text.as_bytes(), head(), &register())
}

fn reasons(result: Result<Draft, Vec<RowProblem>>) -> Vec<(u64, String, Reason)> {
    result
        .unwrap_err()
        .into_iter()
        .map(|p| (p.line, p.column, p.reason))
        .collect()
}

pub(crate) fn export(draft: &Draft, format: Format) -> Vec<u8> {
    let env = Env::fixed(Time(0), 9);
    let questions: Vec<Question> = draft
        .questions
        .iter()
        .map(|ask| Question {
            id: env.id(),
            ask: ask.clone(),
            anchor: ask.anchor(),
        })
        .collect();
    let survey = Survey {
        id: env.id(),
        head: draft.head.clone(),
        responses: 0,
        state: State::Published,
        published_at: None,
        version: 1,
        fingerprint: String::new(),
    };
    let (mut export, mut bytes) = Export::start(format, &survey, &questions).unwrap();
    let rows: Vec<ExportRow> = draft
        .rows
        .iter()
        .map(|r| ExportRow {
            code: r.code.clone(),
            name: r.name.clone(),
            answers: r.answers.clone(),
        })
        .collect();
    for some in rows.chunks(3) {
        bytes.extend(export.rows(some).unwrap());
    }
    bytes.extend(export.finish().unwrap());
    bytes
}

#[test]
fn the_ten_answers_are_read() {
    let draft = from_json(TEN, &register()).unwrap();
    assert_eq!(draft.head.slug, "2024-renkei");
    assert_eq!(
        draft.counts(),
        Counts {
            responses: 10,
            questions: 4,
            written: 39,
            blank: 1
        }
    );
    assert!(draft.marks.is_empty());
    let hakone = &draft.rows[1];
    assert_eq!(
        (hakone.name.as_str(), hakone.answers[3].as_deref()),
        ("箱根町", Some(""))
    );
    let numbers: Vec<&str> = draft.questions.iter().map(|q| q.number.as_str()).collect();
    assert_eq!(numbers, ["1", "2(1)", "2(2)", "2(3)"]);
}

#[test]
fn the_ten_answers_survive_every_file() {
    let draft = from_json(TEN, &register()).unwrap();
    assert_eq!(
        from_json(&export(&draft, Format::Json), &register()).unwrap(),
        draft
    );
    for format in [Format::Csv, Format::Xlsx] {
        let bytes = export(&draft, format);
        let back = match format {
            Format::Csv => from_csv(&bytes, draft.head.clone(), &register()),
            _ => from_xlsx(&bytes, draft.head.clone(), &register()),
        };
        let back = back.unwrap_or_else(|p| panic!("{format:?}: {p:?}"));
        assert_eq!(back.rows, draft.rows, "{format:?}");
        let texts = |d: &Draft| {
            d.questions
                .iter()
                .map(|q| (q.number.clone(), q.body.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(&back), texts(&draft));
    }
}

#[test]
fn json_is_as_promised() {
    let draft = from_json(TEN, &register()).unwrap();
    let made: serde_json::Value = serde_json::from_slice(&export(&draft, Format::Json)).unwrap();
    assert_eq!(made["questions"].as_array().unwrap().len(), 4);
    assert_eq!(made["responses"].as_array().unwrap().len(), 10);
    assert_eq!(made["responses"][1]["opinions"], serde_json::json!([]));
    insta::assert_snapshot!(String::from_utf8(export(&draft, Format::Json)).unwrap());
}

#[test]
fn encodings_are_found_and_noted() {
    let text = "団体コード,市町村名,1 取組\r\n143821,箱根町,①研修\r\n";
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(text);
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        (
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            Encoding::Utf8Bom,
        ),
        (cp932.into_owned(), Encoding::Cp932),
    ] {
        let draft = from_csv(&bytes, head(), &register()).unwrap();
        assert_eq!(
            (draft.encoding, draft.rows[0].answers[0].as_deref()),
            (Some(encoding), Some("①研修"))
        );
    }
}

#[test]
fn every_mistake_is_reported_at_once() {
    let found = reasons(csv(concat!(
        "団体コード,市町村名,1 取組,2 課題\n",
        "143820,箱根町,a,b\n",
        "143847,湯河原町,a\n",
        "143839,湯河原町,a,b\n",
        "142174,南足柄市,=1+1,b\n",
        "142174,南足柄市,a,@SUM(A1)\n",
        "011002,札幌市,a,b\n",
        ",中井町,a,b\n",
    )));
    let wrong = |typed: &str| Reason::Code(typed.parse::<MunicipalityCode>().unwrap_err());
    let expected = [
        (2, "A 団体コード", wrong("143820")),
        (
            3,
            "",
            Reason::Cells {
                expected: 4,
                found: 3,
            },
        ),
        (
            4,
            "B 市町村名",
            Reason::Name {
                typed: "湯河原町".to_owned(),
                expected: "真鶴町".to_owned(),
            },
        ),
        (5, "C 1 取組", Reason::Formula),
        (6, "D 2 課題", Reason::Formula),
        (6, "A 団体コード", Reason::Twice { first: 5 }),
        (
            7,
            "A 団体コード",
            Reason::CodeUnknown {
                typed: "011002".to_owned(),
            },
        ),
        (8, "A 団体コード", wrong("")),
    ];
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(l, c, r)| (l, c.to_owned(), r))
        .collect();
    assert_eq!(found, expected);
    let message = RowProblem {
        line: 2,
        column: "A".to_owned(),
        reason: wrong("143820"),
    }
    .message(Lang::Ja);
    assert!(message.contains("正しくは1"), "{message}");
}

#[test]
fn whole_files_are_refused_with_a_reason() {
    let one = |result| reasons(result).remove(0).2;
    assert_eq!(one(csv("")), Reason::Empty);
    assert_eq!(one(csv("団体コード,市町村名,1 取組\n")), Reason::Empty);
    assert_eq!(
        one(csv("市町村名,1 取組\n箱根町,a\n")),
        Reason::ColumnMissing {
            heading: "団体コード".to_owned()
        }
    );
    assert_eq!(
        one(csv("団体コード,市町村名\n143821,箱根町\n")),
        Reason::NoQuestions
    );
    assert_eq!(
        one(csv("団体コード,市町村名,1 あ,1 い\n143821,箱根町,a,b\n")),
        Reason::QuestionTwice
    );
    assert_eq!(
        one(csv("団体コード,市町村名,1 取組\n143821,箱根町,\"a\n")),
        Reason::Quotes
    );
    assert!(matches!(
        one(csv("団体コード,市町村名,1 取組\n143821,箱根町,a\0b\n")),
        Reason::Encoding(_)
    ));
    assert_eq!(
        one(csv("団体コード,市町村名,1 取組\n143821,箱根町,a\u{1}b\n")),
        Reason::Control { code: 1 }
    );
    let huge = vec![b'a'; 100 * 1024 * 1024];
    assert_eq!(
        one(from_csv(&huge, head(), &register())),
        Reason::TooLarge { megabytes: 20 }
    );
    assert_eq!(
        one(from_xlsx(&huge, head(), &register())),
        Reason::TooLarge { megabytes: 20 }
    );
    assert_eq!(
        one(from_xlsx(b"PK\x03\x04 no", head(), &register())),
        Reason::Unreadable
    );
    let rows = "143821,箱根町,a\n".repeat(MAX_ROWS + 2);
    assert_eq!(
        reasons(csv(&format!("団体コード,市町村名,1 取組\n{rows}")))
            .pop()
            .unwrap()
            .2,
        Reason::TooManyRows { limit: MAX_ROWS }
    );
    assert_eq!(
        reasons(csv(&format!(
            "団体コード,市町村名,1 取組\n{}",
            "1,x,a\n".repeat(500)
        )))
        .len(),
        MAX_PROBLEMS
    );
}

#[test]
fn json_problems_have_lines() {
    let text = String::from_utf8(TEN.to_vec()).unwrap();
    let found = reasons(from_json(
        text.replace("143821", "143829").as_bytes(),
        &register(),
    ));
    let line = u64::try_from(text.lines().position(|l| l.contains("143821")).unwrap() + 1).unwrap();
    assert_eq!(
        (found.len(), found[0].0, found[0].1.as_str()),
        (1, line, "code")
    );
    assert!(matches!(
        reasons(from_json(b"{", &register()))[0].2,
        Reason::Json { .. }
    ));
}

#[test]
fn individual_numbers_are_marked_and_cells_of_other_kinds_refused() {
    // 123456789018 passes the check digit of an individual number.
    let draft =
        csv("団体コード,市町村名,1 取組\n143821,箱根町,番号は 1234-5678-9018 です\n").unwrap();
    assert_eq!(draft.marks.len(), 1);
    assert_eq!(draft.marks[0].line, 2);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, text) in ["団体コード", "市町村名", "1 取組", "2 課題"]
        .into_iter()
        .enumerate()
    {
        sheet
            .write_string(0, u16::try_from(at).unwrap(), text)
            .unwrap();
    }
    sheet.write_number(1, 0, 143_821).unwrap();
    sheet.write_string(1, 1, "箱根町").unwrap();
    sheet.write_formula(1, 2, "=1+1").unwrap();
    sheet.write_boolean(1, 3, true).unwrap();
    let found = reasons(from_xlsx(
        &book.save_to_buffer().unwrap(),
        head(),
        &register(),
    ));
    assert_eq!(found[0], (2, "C 1 取組".to_owned(), Reason::Formula));
    assert_eq!(found[1], (2, "D 2 課題".to_owned(), Reason::NotText));
}

/// A workbook keeps a text once and names it in each cell: a few kilobytes on disk, 160 MB in memory.
#[test]
fn one_text_in_many_cells_is_counted_in_each() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let long = "a".repeat(32_000);
    for row in 0..500 {
        for column in 0..10 {
            sheet.write_string(row, column, &long).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    assert!(bytes.len() < 200_000, "{}", bytes.len());
    let found = reasons(from_xlsx(&bytes, head(), &register()));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].2, Reason::Unpacks);
}

#[test]
fn a_cell_in_the_far_corner_costs_nothing() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "団体コード").unwrap();
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    let found = reasons(from_xlsx(
        &book.save_to_buffer().unwrap(),
        head(),
        &register(),
    ));
    assert_eq!(
        found[0].2,
        Reason::TooManyQuestions {
            limit: MAX_QUESTIONS
        }
    );
}

#[test]
fn long_texts_and_rare_characters_are_kept() {
    let body = "葛\u{e0100}城👩‍⚕️"
        .chars()
        .cycle()
        .take(100_000)
        .collect::<String>();
    let mut draft = from_json(TEN, &register()).unwrap();
    draft.rows[0].answers[0] = Some(body);
    let bytes = export(&draft, Format::Csv);
    assert_eq!(
        from_csv(&bytes, draft.head.clone(), &register())
            .unwrap()
            .rows,
        draft.rows
    );
    let cut = from_xlsx(
        &export(&draft, Format::Xlsx),
        draft.head.clone(),
        &register(),
    );
    assert_eq!(reasons(cut)[0].2, Reason::Cut);
}
