//! What is printed is read back from the PDF.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use super::*;

/// The text of a PDF, as another program (poppler) reads it.
fn text(pdf: &[u8]) -> String {
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
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn flat(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn letter() -> Letter {
    Letter {
        number: "介保第12号".to_owned(),
        date: "令和8年11月22日".to_owned(),
        to: vec![
            "県西訪問看護ステーション（架空）".to_owned(),
            "管理者　様".to_owned(),
        ],
        from: vec!["湯河原町介護課長".to_owned()],
        subject: "掲載内容の確認について（照会）".to_owned(),
        body: vec!["次のとおり照会します。".to_owned()],
        items: vec![("期限".to_owned(), "12月1日".to_owned())],
        contact: Some(Party {
            office: "介護課".to_owned(),
            ..Party::default()
        }),
        attached: vec![Attached {
            name: "回答用紙".to_owned(),
            count: "1部".to_owned(),
        }],
        qr: Some((
            "https://example.jp/q/1".to_owned(),
            "画面で答える".to_owned(),
        )),
        foot: "県西".to_owned(),
    }
}

#[test]
fn a_letter_has_every_part_and_reads_back() {
    let printed = print_now(&letter().document().expect("data")).expect("a letter");
    assert_eq!(printed.pages, 1);
    let text = flat(&text(&printed.pdf));
    for part in [
        "介保第12号",
        "令和8年11月22日",
        "管理者様",
        "湯河原町介護課長",
        "掲載内容の確認について（照会）",
        "次のとおり照会します。",
        "記",
        "期限12月1日",
        "担当",
        "介護課",
        "回答用紙",
        "画面で答える",
    ] {
        assert!(text.contains(&flat(part)), "{part} in {text}");
    }
}

#[test]
fn the_pdf_is_tagged_and_says_its_title_and_language() {
    let pdf = print_now(&letter().document().expect("data"))
        .expect("a letter")
        .pdf;
    let has = |needle: &[u8]| pdf.windows(needle.len()).any(|part| part == needle);
    assert!(has(b"/StructTreeRoot") && has(b"/Marked true"), "tags");
    assert!(has(b"/Lang"), "language");
}

#[test]
fn what_people_write_is_printed_and_never_obeyed() {
    let nasty = [
        "#panic(\"x\")",
        "*bold* _it_ $x^2$ `raw`",
        "#import \"/etc/passwd\"",
        "\\ // /* */ <label> @ref",
        "\"); #read(\"data.json\")",
        "= heading",
        "- list -- dash ... ~",
        "{\"a\":1}",
    ];
    let mut sheet = Sheet {
        title: "= #title *x*".to_owned(),
        ..Sheet::default()
    };
    for text in nasty {
        sheet.blocks.push(Block::Text {
            text: text.to_owned(),
        });
        sheet.blocks.push(Block::Table {
            columns: vec![Column::text(text, 1), Column::number("n", 1)],
            rows: vec![vec![text.to_owned(), text.to_owned()]],
        });
    }
    let printed = print_now(&sheet.document().expect("data")).expect("a sheet");
    let read = flat(&text(&printed.pdf));
    for text in nasty {
        assert!(read.matches(&flat(text)).count() >= 3, "{text} in {read}");
    }
}

#[test]
fn a_table_over_many_pages_repeats_its_head() {
    let sheet = Sheet {
        title: "一覧".to_owned(),
        blocks: vec![Block::Table {
            columns: vec![Column::text("事業所の見出し", 3), Column::number("数", 1)],
            rows: (0..120)
                .map(|n| vec![format!("事業所{n}"), n.to_string()])
                .collect(),
        }],
        ..Sheet::default()
    };
    let printed = print_now(&sheet.document().expect("data")).expect("a sheet");
    assert!(printed.pages > 2, "{}", printed.pages);
    assert_eq!(
        flat(&text(&printed.pdf)).matches("事業所の見出し").count(),
        printed.pages
    );
}

#[test]
fn characters_that_no_font_has_are_named() {
    assert_eq!(missing_glyphs("山田 太郎・髙橋﨑\n①Ⅳ℡"), Vec::<char>::new());
    assert!(missing_glyphs("吉\u{1f600}田").contains(&'\u{1f600}'));
    assert_eq!(missing_glyphs("\u{13000}\u{13000}"), vec!['\u{13000}']);
    assert_eq!(
        missing_glyphs("葛\u{e0100}"),
        Vec::<char>::new(),
        "the selector itself has no ink"
    );
}

#[test]
fn a_mistake_in_a_template_is_an_error_with_its_place() {
    let document = Document::new("broken", "\n\n#let x = \n#unknown");
    let error = print_now(&document).expect_err("a mistake").to_string();
    assert!(error.contains("broken.typ:"), "{error}");
    let document = Document::new("reads", "#read(\"/etc/passwd\")");
    assert!(matches!(print_now(&document), Err(PrintError::Refused(_))));
}
