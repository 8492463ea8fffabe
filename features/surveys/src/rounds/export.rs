//! The answers of a round as a workbook before publication: for a meeting, or for the office that asks.

use forms::{Catalogue, fitted};
use kernel::{Date, Lang};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::model::{Range, Reply, Round, Version, VersionState};
use crate::i18n::tl;

const JA: Lang = Lang::Ja;
/// A3 in the numbering of spreadsheets.
const A3: u8 = 8;
/// Rows above the answers: title, what it is, headings.
const HEAD: u32 = 3;

/// One municipality's row: code, name, where its answer stands, its texts. What goes no further than `widest` allows stands there;
/// in the place of the others stands that it does not.
pub(super) fn row(
    catalogue: &Catalogue,
    reply: &Reply,
    version: Option<&Version>,
    widest: Range,
) -> Vec<String> {
    let taken = version.filter(|v| {
        widest == Range::Offices
            || matches!(v.state, VersionState::Accepted | VersionState::Published)
    });
    let state = match (version, taken) {
        (None, _) => tl!(JA, "rounds-unanswered"),
        (Some(_), None) => tl!(JA, "gathered-not-taken"),
        (_, Some(v)) if v.late => tl!(JA, "rounds-late"),
        _ => String::new(),
    };
    let mut out = vec![reply.code.clone(), reply.name.clone(), state];
    let cut = tl!(JA, "file-cut");
    out.extend(catalogue.fields.iter().map(|field| {
        let Some(version) = taken else {
            return String::new();
        };
        match version.answers.get(&field.key) {
            None => tl!(JA, "rounds-unanswered"),
            Some(given) if given.range > widest => tl!(JA, "gathered-withheld"),
            Some(given) if given.value.is_blank() => tl!(JA, "rounds-blank"),
            Some(given) => fitted(&given.value.plain(field, JA), &cut).into_owned(),
        }
    }));
    out
}

/// The workbook: A3 across, headings on each page. Every cell is a text, so that nothing in an answer becomes a formula.
pub(super) fn workbook(
    round: &Round,
    what: &str,
    office: &str,
    on: Date,
    rows: &[Vec<String>],
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let cell = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin);
    let heading = cell.clone().set_bold();
    let sheet = book.add_worksheet();
    sheet.write_string_with_format(0, 0, &round.title, &Format::new().set_bold())?;
    let about = tl!(
        JA,
        "gathered-about",
        what = what,
        office = office,
        day = kernel::format_date(on, JA)
    );
    sheet.write_string(1, 0, &about)?;
    let mut titles = vec![
        tl!(JA, "file-code"),
        tl!(JA, "file-name"),
        tl!(JA, "rounds-column-state"),
    ];
    titles.extend(
        round
            .catalogue
            .fields
            .iter()
            .map(|f| format!("{} {}", f.number, f.label.ja).trim().to_owned()),
    );
    let wide = if round.catalogue.fields.len() > 6 {
        30.0
    } else {
        48.0
    };
    for (at, title) in (0_u16..).zip(&titles) {
        sheet.write_string_with_format(HEAD - 1, at, title, &heading)?;
        let width = match at {
            0 => 10.0,
            1 | 2 => 14.0,
            _ => wide,
        };
        sheet.set_column_width(at, width)?;
    }
    for (line, row) in (HEAD..).zip(rows) {
        for (at, text) in (0_u16..).zip(row) {
            sheet.write_string_with_format(line, at, text, &cell)?;
        }
    }
    sheet
        .set_landscape()
        .set_paper_size(A3)
        .set_print_fit_to_pages(1, 0)
        .set_repeat_rows(HEAD - 1, HEAD - 1)?;
    sheet.set_freeze_panes(HEAD, 2)?;
    sheet.set_footer("&C&P / &N");
    book.save_to_buffer()
}
