//! Files that were changed, broken, or made to do harm.

use super::*;

fn with_part(bytes: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new_append(Cursor::new(bytes.to_vec())).unwrap();
    zip.start_file(name, SimpleFileOptions::default()).unwrap();
    zip.write_all(content).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_changed_code_or_hidden_part_is_refused() {
    let paper = paper();
    let book = xlsx(&paper, &words(), &sign).unwrap();
    let other_town = repack(&book, |_, text| Some(text.replace(".143634.", ".143642.")));
    let swapped = repack(&book, |name, text| {
        Some(if name == "xl/sharedStrings.xml" {
            text.replace(">q1<", ">tmp<")
                .replace(">q2<", ">q1<")
                .replace(">tmp<", ">q2<")
        } else {
            text
        })
    });
    for bytes in [other_town, swapped] {
        let refused = read_xlsx(&bytes, &paper.blanks, &words(), &sign).unwrap_err();
        assert_eq!(refused.reason, Reason::Forged);
    }
    let document = repack(&docx(&paper, &words(), &sign).unwrap(), |_, text| {
        Some(text.replace(".143634.3.", ".143634.9."))
    });
    let refused = read_docx(&document, &paper.blanks, &words(), &sign).unwrap_err();
    assert_eq!(refused.reason, Reason::Forged);
}

#[test]
fn active_and_reaching_and_swollen_files_are_refused() {
    let paper = paper();
    let book = xlsx(&paper, &words(), &sign).unwrap();
    let document = docx(&paper, &words(), &sign).unwrap();
    let read = |bytes: &[u8]| {
        read_xlsx(bytes, &paper.blanks, &words(), &sign)
            .unwrap_err()
            .reason
    };
    assert_eq!(
        read(&with_part(&book, "xl/vbaProject.bin", b"x")),
        Reason::Active
    );
    assert_eq!(
        read(&with_part(&book, "xl/embeddings/a.bin", b"x")),
        Reason::Active
    );
    assert_eq!(
        read(&with_part(
            &book,
            "xl/externalLinks/externalLink1.xml",
            b"x"
        )),
        Reason::External
    );
    let outside = br#"<Relationships><Relationship Id="r1" Type="http://x/attachedTemplate" Target="https://example.jp/a.dotm" TargetMode="External"/></Relationships>"#;
    let refused = read_docx(
        &with_part(&document, "word/_rels/settings.xml.rels", outside),
        &paper.blanks,
        &words(),
        &sign,
    );
    assert_eq!(refused.unwrap_err().reason, Reason::External);
    let bomb = vec![b' '; 30 * 1024 * 1024];
    let mut swollen = book.clone();
    for at in 0..4 {
        swollen = with_part(&swollen, &format!("xl/media/{at}"), &bomb);
    }
    assert!(swollen.len() < 1024 * 1024);
    assert_eq!(read(&swollen), Reason::Unpacks);
    assert_eq!(read(b"PK\x03\x04 nothing"), Reason::Unreadable);
    assert_eq!(read(&vec![0; MAX_BYTES + 1]), Reason::TooLarge);
    let entities = repack(&document, |name, text| {
        Some(if name == "word/document.xml" {
            text.replace("<w:document", "<!DOCTYPE x [<!ENTITY a \"b\">]><w:document")
        } else {
            text
        })
    });
    let refused = read_docx(&entities, &paper.blanks, &words(), &sign).unwrap_err();
    assert_eq!(refused.reason, Reason::Active);
    let other = Paper {
        blanks: Vec::new(),
        ..paper.clone()
    };
    let strange = xlsx(&other, &words(), &sign).unwrap();
    assert_eq!(read(&strange), Reason::NotThisForm);
}

#[test]
fn each_problem_has_its_row() {
    let mut paper = paper();
    paper
        .blanks
        .retain(|b| ["q1", "q3", "q4", "q6"].contains(&b.id.as_str()));
    paper.blanks[1].given = Given::Nothing;
    let book = resaved(&xlsx(&paper, &words(), &sign).unwrap());
    let edited = repack(&book, |name, text| {
        Some(if name.contains("sheet1") {
            // Row 7 holds a formula, row 8 text and a flag, row 9 an unknown option; a row without a number follows.
            let cell = |at: &str, text: &str| {
                format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
            };
            let at = text.find("<c r=\"C7\"").unwrap();
            let end = at + text[at..].find("</c>").unwrap() + 4;
            let mut text = text.clone();
            text.replace_range(at..end, "<c r=\"C7\"><f>1+1</f><v>2</v></c>");
            text = text.replace(
                "年に数回, 不定期</t></r></is></c></row>",
                "ときどき</t></r></is></c></row>",
            );
            let eighth = text.find("<row r=\"8\">").unwrap();
            let past = eighth + text[eighth..].find("</row>").unwrap();
            text.insert_str(
                past,
                &format!("{}{}", cell("C8", "あり"), cell("D8", "該当なし")),
            );
            text.replace(
                "</sheetData>",
                &format!(
                    "<row r=\"20\">{}{}</row></sheetData>",
                    cell("B20", "知らない設問"),
                    cell("C20", "答え")
                ),
            )
        } else {
            text
        })
    });
    let filled = read_xlsx(&edited, &paper.blanks, &words(), &sign).unwrap();
    let list: Vec<(u64, &Reason)> = filled
        .problems
        .iter()
        .map(|p| (p.line, &p.reason))
        .collect();
    assert_eq!(
        list,
        [
            (7, &Reason::Formula),
            (8, &Reason::Both),
            (
                9,
                &Reason::NotAnOption {
                    typed: "ときどき".to_owned()
                }
            ),
            (20, &Reason::UnknownRow),
        ]
    );
    assert_eq!(filled.found[1].given, Given::Text("あり".to_owned()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn broken_files_never_end_the_process(at in any::<prop::sample::Index>(), byte: u8, cut in any::<prop::sample::Index>()) {
        let paper = paper();
        for (bytes, is_book) in [(xlsx(&paper, &words(), &sign).unwrap(), true), (docx(&paper, &words(), &sign).unwrap(), false)] {
            let mut changed = bytes.clone();
            let at = at.index(changed.len());
            changed[at] ^= byte;
            let short = &bytes[..cut.index(bytes.len())];
            for bytes in [changed.as_slice(), short] {
                let _ = if is_book { read_xlsx(bytes, &paper.blanks, &words(), &sign) } else { read_docx(bytes, &paper.blanks, &words(), &sign) };
            }
        }
    }

    #[test]
    fn broken_xml_never_ends_the_process(at in any::<prop::sample::Index>(), what in "[<>&;:/a-z\"=]{0,6}", length in 0_usize..40) {
        let paper = paper();
        let document = docx(&paper, &words(), &sign).unwrap();
        let changed = repack(&document, |name, mut text| {
            if name == "word/document.xml" {
                let mut from = at.index(text.len());
                while !text.is_char_boundary(from) { from -= 1; }
                let mut past = (from + length).min(text.len());
                while !text.is_char_boundary(past) { past += 1; }
                text.replace_range(from..past, &what);
            }
            Some(text)
        });
        let _ = read_docx(&changed, &paper.blanks, &words(), &sign);
    }
}
