//! A form as a workbook: what is asked is locked, what is answered is not, and nobody needs a password.

use rust_xlsxwriter::{
    Color, Format, FormatAlign, FormatBorder, ProtectionOptions, Workbook, Worksheet,
};

use super::{
    Blank, BlankKind, CELL, Given, Paper, Words, WriteError, docx_write::printable, lists::Lists,
};

/// A4 in the numbering of spreadsheets.
const A4: u8 = 9;
/// Name of the sheet that the program reads.
pub(super) const HIDDEN: &str = "renkei";
/// Widths of the columns, in characters.
const WIDTHS: [f64; 5] = [7.0, 34.0, 56.0, 15.0, 40.0];
/// Height of a line, in points.
const LINE: f64 = 15.0;

/// The looks of cells.
struct Looks {
    title: Format,
    plain: Format,
    head: Format,
    ask: Format,
    last: Format,
    answer: Format,
    pick: Format,
    small: Format,
}

impl Looks {
    fn new() -> Self {
        let base = Format::new()
            .set_font_name("BIZ UDPGothic")
            .set_font_size(10.5)
            .set_align(FormatAlign::Top)
            .set_text_wrap();
        let boxed = base.clone().set_border(FormatBorder::Thin);
        let paper = Color::RGB(0x00FF_FBE6);
        // Text format: what is typed stays what it is, also when it begins with "=".
        let answer = boxed
            .clone()
            .set_num_format("@")
            .set_background_color(paper)
            .set_unlocked();
        Self {
            title: base
                .clone()
                .set_font_size(14)
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter),
            head: boxed
                .clone()
                .set_bold()
                .set_background_color(Color::RGB(0x00E8_EEF7)),
            ask: boxed.clone(),
            last: boxed
                .clone()
                .set_font_color(Color::RGB(0x0044_4444))
                .set_num_format("@"),
            pick: answer.clone().set_align(FormatAlign::Center),
            answer,
            small: base
                .clone()
                .set_font_size(8)
                .set_font_color(Color::RGB(0x0055_5555)),
            plain: base,
        }
    }
}

/// Writes a form; `sign` gives a keyed checksum of a text.
///
/// # Errors
/// [`WriteError::TooLong`] when a text does not fit into a cell, or what the library says.
pub fn xlsx(
    paper: &Paper,
    words: &Words,
    sign: &dyn Fn(&str) -> String,
) -> Result<Vec<u8>, WriteError> {
    let mut book = Workbook::new();
    let looks = Looks::new();
    let mut lists = Lists::default();
    let mut main = Worksheet::new();
    let mut tables = Vec::new();
    let wide = paper.blanks.iter().any(|b| !b.last.is_empty());
    let columns = if wide { 5 } else { 4 };
    main.set_name(sheet_name(&words.sheet))?;
    let head = heading(&mut main, paper, words, &looks, columns, sign)?;
    let mut row = head + 1;
    for blank in &paper.blanks {
        fits(blank)?;
        if let BlankKind::Table { .. } = blank.kind {
            tables.push(table(blank, words, &looks, tables.len())?);
        }
        row = question(&mut main, blank, words, &looks, &mut lists, row, wide)?;
    }
    print_setup(&mut main, wide, head);
    book.push_worksheet(main);
    for table in tables {
        book.push_worksheet(table);
    }
    book.push_worksheet(hidden(paper, &lists, sign)?);
    Ok(book.save_to_buffer()?)
}

fn heading(
    sheet: &mut Worksheet,
    paper: &Paper,
    words: &Words,
    looks: &Looks,
    columns: u16,
    sign: &dyn Fn(&str) -> String,
) -> Result<u32, WriteError> {
    for (at, width) in (0_u16..columns).zip(WIDTHS) {
        sheet.set_column_width(at, width)?;
    }
    let last = columns - 1;
    sheet.merge_range(0, 0, 0, last, &printable(&paper.title), &looks.title)?;
    sheet.set_row_height(0, 26)?;
    let mut row = 1;
    for line in std::iter::once(&paper.respondent).chain(&paper.lead) {
        sheet.merge_range(row, 0, row, last, &printable(line), &looks.plain)?;
        sheet.set_row_height(row, LINE * lines(line, 100))?;
        row += 1;
    }
    let code = format!("{}{}", words.code, paper.mark.code(sign));
    sheet.merge_range(row, 0, row, last, &code, &looks.small)?;
    row += 1;
    let heads = [
        &words.number,
        &words.question,
        &words.answer,
        &words.flag,
        &words.last,
    ];
    for (at, head) in (0_u16..columns).zip(heads) {
        sheet.write_string_with_format(row, at, head, &looks.head)?;
    }
    sheet.set_freeze_panes(row + 1, 0)?;
    Ok(row)
}

fn question(
    sheet: &mut Worksheet,
    blank: &Blank,
    words: &Words,
    looks: &Looks,
    lists: &mut Lists,
    row: u32,
    wide: bool,
) -> Result<u32, WriteError> {
    let ask = asked(blank, words);
    sheet.write_string_with_format(row, 0, printable(&blank.number), &looks.ask)?;
    sheet.write_string_with_format(row, 1, printable(&ask), &looks.ask)?;
    let text = match (&blank.kind, &blank.given) {
        (BlankKind::Table { .. }, _) => format!("{}{}", words.see_table, blank.number),
        (BlankKind::Elsewhere, _) => words.elsewhere.clone(),
        (_, Given::Text(text)) => printable(text),
        (BlankKind::Choice { many: false, .. }, Given::Chosen(list)) => {
            list.first().cloned().unwrap_or_default()
        }
        _ => String::new(),
    };
    let typed = !matches!(
        blank.kind,
        BlankKind::Table { .. } | BlankKind::Elsewhere | BlankKind::Choice { many: true, .. }
    );
    let look = if typed { &looks.answer } else { &looks.ask };
    sheet.write_string_with_format(row, 2, &text, look)?;
    let flags = blank.flags(words);
    if !flags.is_empty() {
        let flag = match blank.given {
            Given::NotApplicable => words.not_applicable.as_str(),
            Given::Unknown => words.unknown.as_str(),
            _ => "",
        };
        sheet.write_string_with_format(row, 3, flag, &looks.pick)?;
        lists.offer(sheet, row, 3, &flags)?;
    } else {
        sheet.write_blank(row, 3, &looks.ask)?;
    }
    if wide {
        sheet.write_string_with_format(row, 4, cut(&printable(&blank.last)), &looks.last)?;
    }
    let least = if blank.kind == BlankKind::Long {
        6.0
    } else {
        1.5
    };
    let high = lines(&ask, 17)
        .max(lines(&text, 28))
        .max(if wide { lines(&blank.last, 20) } else { 0.0 })
        .max(least);
    sheet.set_row_height(row, (high * LINE).min(400.0))?;
    let mut row = row + 1;
    if let BlankKind::Choice { options, many } = &blank.kind {
        if !*many {
            lists.offer(sheet, row - 1, 2, options)?;
            return Ok(row);
        }
        for option in options {
            let chosen = matches!(&blank.given, Given::Chosen(list) if list.contains(option));
            sheet.write_blank(row, 0, &looks.ask)?;
            sheet.write_string_with_format(row, 1, printable(option), &looks.ask)?;
            let mark = if chosen { words.chosen.as_str() } else { "" };
            sheet.write_string_with_format(row, 2, mark, &looks.pick)?;
            lists.offer(sheet, row, 2, std::slice::from_ref(&words.chosen))?;
            sheet.write_blank(row, 3, &looks.ask)?;
            if wide {
                sheet.write_blank(row, 4, &looks.ask)?;
            }
            row += 1;
        }
    }
    Ok(row)
}

/// A table has a sheet of its own: its first cell names the question.
fn table(
    blank: &Blank,
    words: &Words,
    looks: &Looks,
    before: usize,
) -> Result<Worksheet, WriteError> {
    let BlankKind::Table { columns, spare } = &blank.kind else {
        return Ok(Worksheet::new());
    };
    let mut sheet = Worksheet::new();
    sheet.set_name(sheet_name(&format!("{}{}", words.table, before + 1)))?;
    let title = format!("{}{}", words.table, blank.number);
    sheet.write_string_with_format(0, 0, printable(&title), &looks.head)?;
    sheet.write_string_with_format(1, 0, cut(&printable(&blank.label)), &looks.plain)?;
    for (at, column) in (0_u16..).zip(columns) {
        sheet.set_column_width(at, 24)?;
        sheet.write_string_with_format(2, at, printable(column), &looks.head)?;
    }
    let empty = Vec::new();
    let rows = match &blank.given {
        Given::Rows(rows) => rows,
        _ => &empty,
    };
    let nothing = Vec::new();
    let offered = rows.iter().chain(std::iter::repeat_n(&nothing, *spare));
    for (row, cells) in (3_u32..).zip(offered) {
        for (at, _) in columns.iter().enumerate() {
            let text = cells.get(at).map(|t| printable(t)).unwrap_or_default();
            let column = u16::try_from(at).unwrap_or(u16::MAX);
            sheet.write_string_with_format(row, column, &text, &looks.answer)?;
        }
    }
    print_setup(&mut sheet, columns.len() > 4, 2);
    Ok(sheet)
}

fn print_setup(sheet: &mut Worksheet, landscape: bool, head: u32) {
    let options = ProtectionOptions {
        format_rows: true,
        format_columns: true,
        ..ProtectionOptions::default()
    };
    sheet.protect_with_options(&options);
    sheet.set_paper_size(A4);
    if landscape {
        sheet.set_landscape();
    }
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    sheet.set_footer("&C&P / &N");
    // The heading again on each page; a sheet without rows refuses it, and then there is nothing to repeat.
    let _ = sheet.set_repeat_rows(head, head);
}

/// The sheet that only the program reads: the code, the fields and the longer lists of options.
fn hidden(
    paper: &Paper,
    lists: &Lists,
    sign: &dyn Fn(&str) -> String,
) -> Result<Worksheet, WriteError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(HIDDEN)?;
    sheet.set_hidden(true);
    sheet.protect();
    sheet.write_string(0, 0, paper.mark.code(sign))?;
    let fields: Vec<(String, String)> = paper
        .blanks
        .iter()
        .map(|b| (printable(&b.number), b.id.clone()))
        .collect();
    let check = sign(&super::identity::fields_text(&paper.mark, &fields));
    sheet.write_string(0, 1, check)?;
    for (row, (number, id)) in (1_u32..).zip(&fields) {
        sheet.write_string(row, 0, number)?;
        sheet.write_string(row, 1, id)?;
    }
    for (column, list) in (3_u16..).zip(&lists.long) {
        for (row, option) in (0_u32..).zip(list) {
            sheet.write_string(row, column, option)?;
        }
    }
    Ok(sheet)
}

/// The question as it stands in the form: text, help, unit, options.
pub(super) fn asked(blank: &Blank, words: &Words) -> String {
    let mut out = blank.label.clone();
    let mut add = |line: &str| {
        if !line.is_empty() {
            out.push('\n');
            out.push_str(line);
        }
    };
    add(&blank.help);
    match &blank.kind {
        BlankKind::Number { unit } if !unit.is_empty() => add(&format!("{}{unit}", words.unit)),
        BlankKind::Date => add(&words.date),
        BlankKind::Choice {
            options,
            many: false,
        } => {
            add(&format!("{}{}", words.options, options.join(" / ")));
        }
        _ => {}
    }
    out
}

fn fits(blank: &Blank) -> Result<(), WriteError> {
    let long = |text: &String| text.encode_utf16().count() > CELL;
    let too_long = match &blank.given {
        Given::Text(text) => long(text),
        Given::Rows(rows) => rows.iter().flatten().any(long),
        _ => false,
    };
    if too_long || long(&blank.label) {
        return Err(WriteError::TooLong {
            number: blank.number.clone(),
        });
    }
    Ok(())
}

/// A text that is only there to be read: as much of it as a cell holds.
fn cut(text: &str) -> String {
    let mut units = 0;
    text.chars()
        .take_while(|c| {
            units += c.len_utf16();
            units < CELL
        })
        .collect()
}

/// So many lines a text takes in a column of so many full-width characters.
fn lines(text: &str, width: usize) -> f64 {
    let count: usize = text
        .split('\n')
        .map(|line| line.chars().count().div_ceil(width).max(1))
        .sum();
    f64::from(u32::try_from(count.min(40)).unwrap_or(40))
}

/// A sheet's name without the signs that a spreadsheet forbids, at most 31 characters.
fn sheet_name(text: &str) -> String {
    text.chars()
        .filter(|c| !"[]:*?/\\'".contains(*c))
        .take(31)
        .collect()
}
