//! Round trips, re-saved files, hostile files.

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::*;

mod hostile;

pub(super) fn words() -> Words {
    let w = str::to_owned;
    Words {
        number: w("番号"),
        question: w("設問"),
        answer: w("回答"),
        flag: w("回答がない場合"),
        last: w("前回の回答"),
        not_applicable: w("該当なし"),
        unknown: w("把握していない"),
        chosen: w("○"),
        table: w("表"),
        see_table: w("下の表に記入してください：表"),
        elsewhere: w("ファイルは別に送ってください"),
        unit: w("単位："),
        options: w("次から選ぶ："),
        date: w("例：2026-04-01"),
        code: w("様式番号 "),
        sheet: w("回答様式"),
    }
}

pub(super) fn sign(text: &str) -> String {
    // FNV-1a stands for the keyed checksum.
    let sum = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{sum:016x}")
}

fn blank(id: &str, number: &str, kind: BlankKind, given: Given) -> Blank {
    Blank {
        id: id.to_owned(),
        number: number.to_owned(),
        label: format!("{number}の設問"),
        help: String::new(),
        kind,
        none: true,
        unknown: true,
        given,
        last: String::new(),
    }
}

pub(super) fn paper() -> Paper {
    let text = |t: &str| Given::Text(t.to_owned());
    let list = |l: &[&str]| l.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
    let options = list(&["毎月", "年に数回, 不定期", "行っていない"]);
    Paper {
        title: "在宅医療・介護連携に関する調査".to_owned(),
        lead: list(&["期限：令和8年12月18日", "黄色の欄に記入してください。"]),
        respondent: "松田町（143634）".to_owned(),
        blanks: vec![
            blank(
                "q1",
                "1",
                BlankKind::Long,
                text("①会議を開いた。\n\n=1+1 と書いてもよい"),
            ),
            blank(
                "q2",
                "2(1)",
                BlankKind::Long,
                text("=SUM(A1)\n葛\u{e0100}城👩‍⚕️ <b>&amp;\t_x0041_"),
            ),
            blank("q3", "2(2)", BlankKind::Short, Given::NotApplicable),
            blank(
                "q4",
                "3",
                BlankKind::Choice {
                    options: options.clone(),
                    many: false,
                },
                Given::Chosen(list(&["年に数回, 不定期"])),
            ),
            blank(
                "q5",
                "4",
                BlankKind::Choice {
                    options,
                    many: true,
                },
                Given::Chosen(list(&["毎月", "行っていない"])),
            ),
            blank(
                "q6",
                "5",
                BlankKind::Number {
                    unit: "人".to_owned(),
                },
                text("12"),
            ),
            blank("q7", "6", BlankKind::Date, text("2026-04-01")),
            blank(
                "q8",
                "7",
                BlankKind::Table {
                    columns: list(&["研修名", "回数"]),
                    spare: 3,
                },
                Given::Rows(vec![list(&["在宅\n研修", "2"]), list(&["", "=3"])]),
            ),
            blank("q9", "8", BlankKind::Elsewhere, Given::Nothing),
            blank("q10", "9", BlankKind::Long, Given::Unknown),
            blank("q11", "10", BlankKind::Short, Given::Nothing),
        ],
        mark: Mark {
            round: "0193abcd".to_owned(),
            respondent: "143634".to_owned(),
            version: 3,
        },
    }
}

fn expect(filled: &Filled, paper: &Paper) {
    assert_eq!(filled.problems, []);
    for blank in paper
        .blanks
        .iter()
        .filter(|b| b.kind != BlankKind::Elsewhere)
    {
        let found = filled.found.iter().find(|f| f.id == blank.id);
        let found = found.unwrap_or_else(|| panic!("{} is missing", blank.id));
        assert_eq!(found.given, blank.given, "{}", blank.number);
    }
}

fn back(paper: &Paper) -> (Filled, Filled) {
    let book = xlsx(paper, &words(), &sign).unwrap();
    let document = docx(paper, &words(), &sign).unwrap();
    (
        read_xlsx(&book, &paper.blanks, &words(), &sign).unwrap(),
        read_docx(&document, &paper.blanks, &words(), &sign).unwrap(),
    )
}

/// The package with each part passed through `change`; parts for which it gives `None` are left out.
fn repack(bytes: &[u8], change: impl Fn(&str, String) -> Option<String>) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    // Another order of parts, as other programs write them.
    for at in (0..old.len()).rev() {
        let mut part = old.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        if let Some(text) = change(&name, text) {
            new.start_file(name, SimpleFileOptions::default()).unwrap();
            new.write_all(text.as_bytes()).unwrap();
        }
    }
    new.finish().unwrap().into_inner()
}

#[test]
fn what_is_written_is_read() {
    let paper = paper();
    let (book, document) = back(&paper);
    expect(&book, &paper);
    expect(&document, &paper);
    assert_eq!(book.mark.as_ref(), Some(&paper.mark));
    assert_eq!(document.mark, Some(paper.mark));
}

#[test]
fn answers_are_open_and_questions_are_locked() {
    let book = xlsx(&paper(), &words(), &sign).unwrap();
    let part = |name: &str| String::from_utf8(package::part(&book, name).unwrap()).unwrap();
    let sheet = part("xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<sheetProtection sheet=\"1\""), "protected");
    assert!(!sheet.contains("password"), "without a password");
    assert!(sheet.contains("<dataValidation"), "lists");
    assert!(sheet.contains("paperSize=\"9\""), "A4");
    assert!(!sheet.contains("<f>"), "no formula");
    assert!(part("xl/styles.xml").contains("<protection locked=\"0\"/>"));
    assert!(part("xl/workbook.xml").contains("name=\"renkei\" sheetId=\"3\" state=\"hidden\""));
}

/// What LibreOffice makes of a workbook: texts in the cells, no hidden sheet, no protection, no names, no styles.
fn resaved(book: &[u8]) -> Vec<u8> {
    let mut reader: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).unwrap();
    let mut sheets = Vec::new();
    for (name, range) in calamine::Reader::worksheets(&mut reader) {
        if name == "renkei" {
            continue;
        }
        let (top, left) = range.start().unwrap_or_default();
        let mut rows = String::new();
        for (r, row) in (top..).zip(range.rows()) {
            rows.push_str(&format!("<row r=\"{}\">", r + 1));
            for (c, cell) in (left..).zip(row) {
                let text = cell.to_string();
                if text.is_empty() {
                    continue;
                }
                let column = rust_xlsxwriter::column_number_to_name(u16::try_from(c).unwrap());
                // Numbers of questions come back as figures.
                if text.parse::<f64>().is_ok() && c == 0 {
                    rows.push_str(&format!("<c r=\"{column}{}\"><v>{text}</v></c>", r + 1));
                } else {
                    let text = docx_write::xml_text(&text.replace("_x", "_x005F_x"));
                    rows.push_str(&format!(
                        "<c r=\"{column}{}\" t=\"inlineStr\"><is><r><t xml:space=\"preserve\">{text}</t></r></is></c>",
                        r + 1
                    ));
                }
            }
            rows.push_str("</row>");
        }
        sheets.push((name, rows));
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let (mut list, mut relations, mut types) = (String::new(), String::new(), String::new());
    for (at, (name, rows)) in sheets.iter().enumerate() {
        let n = at + 1;
        put(
            &format!("xl/worksheets/sheet{n}.xml"),
            &format!(
                "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
            ),
        );
        list.push_str(&format!(
            "<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>"
        ));
        relations.push_str(&format!("<Relationship Id=\"rId{n}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"));
        types.push_str(&format!("<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"));
    }
    put(
        "xl/_rels/workbook.xml.rels",
        &format!(
            "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"
        ),
    );
    put(
        "xl/workbook.xml",
        &format!(
            "<?xml version=\"1.0\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{list}</sheets></workbook>"
        ),
    );
    put(
        "_rels/.rels",
        "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
    );
    put(
        "[Content_Types].xml",
        &format!(
            "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>{types}</Types>"
        ),
    );
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_saved_anew_by_another_program_is_accepted() {
    let paper = paper();
    let book = resaved(&xlsx(&paper, &words(), &sign).unwrap());
    let filled = read_xlsx(&book, &paper.blanks, &words(), &sign).unwrap();
    expect(&filled, &paper);
    // The printed code is enough to know the form.
    assert_eq!(filled.mark, Some(paper.mark.clone()));
    let bare = repack(&book, |_, text| {
        Some(text.replace("renkei:", "").replace("様式番号", ""))
    });
    let filled = read_xlsx(&bare, &paper.blanks, &words(), &sign).unwrap();
    expect(&filled, &paper);
    assert_eq!(filled.mark, None);
}

#[test]
fn a_document_without_its_controls_is_accepted() {
    let paper = paper();
    let plain = repack(&docx(&paper, &words(), &sign).unwrap(), |name, mut text| {
        if name == "word/document.xml" {
            for (from, past) in [("<w:sdtPr>", "</w:sdtPr>")] {
                while let (Some(a), Some(b)) = (text.find(from), text.find(past)) {
                    text.replace_range(a..b + past.len(), "");
                }
            }
            for tag in ["<w:sdt>", "</w:sdt>", "<w:sdtContent>", "</w:sdtContent>"] {
                text = text.replace(tag, "");
            }
            assert!(!text.contains("sdt"));
            // Runs are cut anywhere.
            text = text.replace("会議を", "会議</w:t></w:r><w:r><w:t>を");
        }
        (name != "word/styles.xml").then_some(text)
    });
    let filled = read_docx(&plain, &paper.blanks, &words(), &sign).unwrap();
    expect(&filled, &paper);
}

#[test]
fn questions_are_found_by_their_text_when_the_numbers_are_gone() {
    let mut paper = paper();
    paper.blanks.truncate(3);
    let book = resaved(&xlsx(&paper, &words(), &sign).unwrap());
    let bare = repack(&book, |name, text| {
        Some(if name.contains("sheet1") {
            text.replace("<c r=\"A7\"><v>1</v></c>", "")
                .replace(">2(1)</t>", "></t>")
        } else {
            text
        })
    });
    let filled = read_xlsx(&bare, &paper.blanks, &words(), &sign).unwrap();
    expect(&filled, &paper);
}

#[test]
fn a_text_longer_than_a_cell_travels_as_a_document() {
    let mut paper = paper();
    paper.blanks.truncate(1);
    paper.blanks[0].given = Given::Text("長".repeat(CELL + 1));
    assert!(
        matches!(xlsx(&paper, &words(), &sign), Err(WriteError::TooLong { number }) if number == "1")
    );
    let document = docx(&paper, &words(), &sign).unwrap();
    expect(
        &read_docx(&document, &paper.blanks, &words(), &sign).unwrap(),
        &paper,
    );
}

/// Texts as people type them, and as attackers do.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ぁ-んァ-ヶ一-龠a-z0-9]{1,8}",
        Just("\n".to_owned()),
        Just("\t".to_owned()),
        Just("=1+1".to_owned()),
        Just("_x000D_".to_owned()),
        Just("'".to_owned()),
        Just("葛\u{e0100}👨‍👩‍👧".to_owned()),
        Just("<w:t>&\"]]>".to_owned()),
        Just("  ".to_owned()),
        Just("\u{3000}".to_owned()),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_text_survives(a in texts(), b in texts()) {
        let given = |text: &str| if kernel::text::trim(text).is_empty() { Given::Nothing } else { Given::Text(text.to_owned()) };
        let mut paper = paper();
        paper.blanks.truncate(2);
        paper.blanks[0].given = given(&a);
        paper.blanks[1].given = given(&b);
        let (book, document) = back(&paper);
        expect(&document, &paper);
        expect(&book, &paper);
    }
}
