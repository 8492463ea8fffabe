//! A form as a document: one table of questions, a content control in each answer, a table of its own for each table.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::{Blank, BlankKind, Given, Paper, Words, WriteError, xlsx_write::asked};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const DOCUMENT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="BIZ UDPGothic" w:hAnsi="BIZ UDPGothic" w:eastAsia="BIZ UDPGothic"/><w:sz w:val="21"/><w:lang w:val="en-US" w:eastAsia="ja-JP"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="300" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="160"/><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style></w:styles>"#;
const OPEN: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;
/// A4 upright with margins of 20 mm, in twentieths of a point.
const CLOSE: &str = r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>"#;
const BORDERS: &str = r#"<w:tblBorders><w:top w:val="single" w:sz="4" w:color="808080"/><w:left w:val="single" w:sz="4" w:color="808080"/><w:bottom w:val="single" w:sz="4" w:color="808080"/><w:right w:val="single" w:sz="4" w:color="808080"/><w:insideH w:val="single" w:sz="4" w:color="808080"/><w:insideV w:val="single" w:sz="4" w:color="808080"/></w:tblBorders>"#;
/// Width between the margins, in twentieths of a point.
const WIDTH: usize = 9638;
/// Widths of number, question, answer and flag.
const WIDTHS: [usize; 4] = [800, 2900, 4438, 1500];

/// Writes a form; `sign` gives a keyed checksum of a text.
///
/// # Errors
/// Packing.
pub fn docx(
    paper: &Paper,
    words: &Words,
    sign: &dyn Fn(&str) -> String,
) -> Result<Vec<u8>, WriteError> {
    let mut out = Body::default();
    out.title(&paper.title);
    out.paragraph(&paper.respondent);
    for line in &paper.lead {
        out.paragraph(line);
    }
    out.small(&format!("{}{}", words.code, paper.mark.code(sign)));
    out.open_table(&WIDTHS);
    out.head_row(
        &WIDTHS,
        &[&words.number, &words.question, &words.answer, &words.flag],
    );
    for blank in &paper.blanks {
        question(&mut out, blank, words);
    }
    out.close_table();
    for blank in &paper.blanks {
        if let BlankKind::Table { columns, spare } = &blank.kind {
            table(&mut out, blank, columns, *spare, words);
        }
    }
    pack(&out)
}

fn question(out: &mut Body, blank: &Blank, words: &Words) {
    let tag = |kind: &str| format!("{kind}:{}", blank.id);
    out.open_row();
    out.cell(WIDTHS[0], &blank.number);
    out.cell(WIDTHS[1], &asked(blank, words));
    match (&blank.kind, &blank.given) {
        (BlankKind::Table { .. }, _) => {
            out.cell(WIDTHS[2], &format!("{}{}", words.see_table, blank.number));
        }
        (BlankKind::Elsewhere, _) => out.cell(WIDTHS[2], &words.elsewhere),
        (BlankKind::Choice { many: true, .. }, _) => out.cell(WIDTHS[2], ""),
        (BlankKind::Choice { options, .. }, given) => {
            let chosen = match given {
                Given::Chosen(list) => list.first().map_or("", String::as_str),
                _ => "",
            };
            out.control(WIDTHS[2], &tag("q"), chosen, options);
        }
        (_, Given::Text(text)) => out.control(WIDTHS[2], &tag("q"), text, &[]),
        _ => out.control(WIDTHS[2], &tag("q"), "", &[]),
    }
    let flags = blank.flags(words);
    if !flags.is_empty() {
        let flag = match blank.given {
            Given::NotApplicable => words.not_applicable.as_str(),
            Given::Unknown => words.unknown.as_str(),
            _ => "",
        };
        out.control(WIDTHS[3], &tag("f"), flag, &flags);
    } else {
        out.cell(WIDTHS[3], "");
    }
    out.close_row();
    if let BlankKind::Choice {
        options,
        many: true,
    } = &blank.kind
    {
        for option in options {
            let chosen = matches!(&blank.given, Given::Chosen(list) if list.contains(option));
            let mark = if chosen { words.chosen.as_str() } else { "" };
            out.open_row();
            out.cell(WIDTHS[0], "");
            out.cell(WIDTHS[1], option);
            out.control(
                WIDTHS[2],
                &tag("o"),
                mark,
                std::slice::from_ref(&words.chosen),
            );
            out.cell(WIDTHS[3], "");
            out.close_row();
        }
    }
}

fn table(out: &mut Body, blank: &Blank, columns: &[String], spare: usize, words: &Words) {
    let width = WIDTH / columns.len().max(1);
    let widths = vec![width; columns.len()];
    out.paragraph("");
    out.paragraph(&blank.label);
    out.open_table(&widths);
    out.open_row();
    out.wide_cell(
        width * columns.len(),
        columns.len(),
        &format!("{}{}", words.table, blank.number),
    );
    out.close_row();
    let heads: Vec<&String> = columns.iter().collect();
    out.head_row(&widths, &heads);
    let empty = Vec::new();
    let rows = match &blank.given {
        Given::Rows(rows) => rows,
        _ => &empty,
    };
    let nothing = Vec::new();
    for row in rows.iter().chain(std::iter::repeat_n(&nothing, spare)) {
        out.open_row();
        for at in 0..columns.len() {
            let tag = format!("t:{}", blank.id);
            out.control(width, &tag, row.get(at).map_or("", String::as_str), &[]);
        }
        out.close_row();
    }
    out.close_table();
}

/// A plain document of paragraphs, such as a letter. `\n` begins a new paragraph.
///
/// # Errors
/// Packing.
pub fn letter(parts: &[Part]) -> Result<Vec<u8>, WriteError> {
    let mut out = Body::default();
    for part in parts {
        match part {
            Part::Title(text) => out.title(text),
            Part::Text(text) => out.paragraph(text),
            Part::Right(text) => out.aligned(text, "right"),
            Part::Table(rows) => {
                let columns = rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
                let widths = if columns == 2 {
                    vec![WIDTH / 4, WIDTH - WIDTH / 4]
                } else {
                    vec![WIDTH / columns; columns]
                };
                out.open_table(&widths);
                for row in rows {
                    out.open_row();
                    for (at, width) in widths.iter().enumerate() {
                        out.cell(*width, row.get(at).map_or("", String::as_str));
                    }
                    out.close_row();
                }
                out.close_table();
            }
        }
    }
    pack(&out)
}

/// A part of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// In the middle, larger.
    Title(String),
    /// Paragraphs.
    Text(String),
    /// At the right edge: date, number, sender.
    Right(String),
    /// Rows of cells; with two columns the first one is narrow.
    Table(Vec<Vec<String>>),
}

fn pack(body: &Body) -> Result<Vec<u8>, WriteError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // One fixed time, so that the same form gives the same file.
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let document = format!("{OPEN}{}{CLOSE}", body.0);
    for (name, text) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS),
        ("word/styles.xml", STYLES),
        ("word/document.xml", document.as_str()),
    ] {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The inside of a document.
#[derive(Default)]
struct Body(String);

impl Body {
    fn title(&mut self, text: &str) {
        for line in text.split('\n') {
            self.0
                .push_str("<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr>");
            self.run(line, "");
            self.0.push_str("</w:p>");
        }
    }

    fn paragraph(&mut self, text: &str) {
        for line in text.split('\n') {
            self.0.push_str("<w:p>");
            self.run(line, "");
            self.0.push_str("</w:p>");
        }
    }

    fn aligned(&mut self, text: &str, side: &str) {
        for line in text.split('\n') {
            self.0
                .push_str(&format!("<w:p><w:pPr><w:jc w:val=\"{side}\"/></w:pPr>"));
            self.run(line, "");
            self.0.push_str("</w:p>");
        }
    }

    fn small(&mut self, text: &str) {
        self.0.push_str("<w:p>");
        self.run(
            text,
            "<w:rPr><w:color w:val=\"555555\"/><w:sz w:val=\"16\"/></w:rPr>",
        );
        self.0.push_str("</w:p>");
    }

    fn run(&mut self, text: &str, look: &str) {
        if text.is_empty() {
            return;
        }
        self.0.push_str("<w:r>");
        self.0.push_str(look);
        for (at, part) in text.split('\t').enumerate() {
            if at > 0 {
                self.0.push_str("<w:tab/>");
            }
            self.0.push_str("<w:t xml:space=\"preserve\">");
            self.0.push_str(&xml_text(part));
            self.0.push_str("</w:t>");
        }
        self.0.push_str("</w:r>");
    }

    fn open_table(&mut self, widths: &[usize]) {
        let whole: usize = widths.iter().sum();
        self.0.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/>{BORDERS}<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
        ));
        for width in widths {
            self.0.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.0.push_str("</w:tblGrid>");
    }

    fn close_table(&mut self) {
        // Two tables without a paragraph between them would be one.
        self.0.push_str("</w:tbl><w:p/>");
    }

    fn open_row(&mut self) {
        self.0.push_str("<w:tr>");
    }

    fn close_row(&mut self) {
        self.0.push_str("</w:tr>");
    }

    fn head_row(&mut self, widths: &[usize], words: &[&String]) {
        self.0.push_str("<w:tr><w:trPr><w:tblHeader/></w:trPr>");
        for (width, word) in widths.iter().zip(words) {
            self.open_cell(*width, 1, "E8EEF7");
            self.0.push_str("<w:p>");
            self.run(word, "<w:rPr><w:b/></w:rPr>");
            self.0.push_str("</w:p></w:tc>");
        }
        self.0.push_str("</w:tr>");
    }

    fn open_cell(&mut self, width: usize, span: usize, fill: &str) {
        let span = if span > 1 {
            format!("<w:gridSpan w:val=\"{span}\"/>")
        } else {
            String::new()
        };
        let fill = if fill.is_empty() {
            String::new()
        } else {
            format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>")
        };
        self.0.push_str(&format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}{fill}</w:tcPr>"
        ));
    }

    fn cell(&mut self, width: usize, text: &str) {
        self.open_cell(width, 1, "");
        self.paragraph(text);
        self.0.push_str("</w:tc>");
    }

    fn wide_cell(&mut self, width: usize, span: usize, text: &str) {
        self.open_cell(width, span, "E8EEF7");
        self.paragraph(text);
        self.0.push_str("</w:tc>");
    }

    /// A cell to fill in: a content control that cannot be removed by accident.
    fn control(&mut self, width: usize, tag: &str, text: &str, options: &[String]) {
        self.open_cell(width, 1, "FFFBE6");
        self.0.push_str(&format!(
            "<w:sdt><w:sdtPr><w:tag w:val=\"{}\"/><w:lock w:val=\"sdtLocked\"/>",
            xml_text(tag)
        ));
        if options.is_empty() {
            self.0.push_str("<w:richText/>");
        } else {
            self.0.push_str("<w:comboBox>");
            for option in options {
                let option = xml_text(option);
                self.0.push_str(&format!(
                    "<w:listItem w:displayText=\"{option}\" w:value=\"{option}\"/>"
                ));
            }
            self.0.push_str("</w:comboBox>");
        }
        self.0.push_str("</w:sdtPr><w:sdtContent>");
        self.paragraph(text);
        self.0.push_str("</w:sdtContent></w:sdt></w:tc>");
    }
}

/// A text without the few characters that no XML can hold; everything a person types stays.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}'))
        .collect()
}

/// A text as XML holds it, in elements and in attributes.
pub(crate) fn xml_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}
