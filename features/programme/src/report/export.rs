//! The year as a workbook: one row per countermeasure, every cell a text as it was written.

use axum::extract::Query;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};
use web::Ctx;

use super::pages::{Asked, Year, read};
use crate::{
    i18n::tl,
    pdca::{
        pages::{form, words},
        who,
    },
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// What a cell of a spreadsheet holds, in characters, with room for pairs.
const CELL: usize = 16_000;

/// `GET /programme/report.xlsx?year=…`
pub(crate) async fn send(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    let (tenant, year, lang) = (who::actor(&cx)?.tenant, asked.fiscal(&cx), cx.lang);
    let data = cx
        .db()
        .read::<_, store::Error>(&cx.viewer(), move |conn| read(conn, tenant, year, lang))
        .await?;
    let audit = store::Audit::new("programme.report.export", "measure").subject(tenant.uuid());
    cx.db().audit(&cx.viewer(), audit).await?;
    let made = tokio::task::spawn_blocking(move || workbook(&data, lang)).await;
    let bytes = made
        .map_err(|error| web::Error::unexpected(error.to_string()))?
        .map_err(|error| web::Error::unexpected(error.to_string()))?;
    Ok(cx.download(&format!("pdca-{year}.xlsx"), XLSX, bytes))
}

fn workbook(data: &Year, lang: kernel::Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet
        .set_landscape()
        .set_paper_size(8)
        .set_repeat_rows(0, 0)?
        .set_freeze_panes(1, 1)?
        .set_print_fit_to_pages(1, 0);
    let bold = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let empty = crate::pdca::model::Plan::default();
    let mut names = vec![
        tl!(lang, "report-issue"),
        tl!(lang, "report-year"),
        tl!(lang, "handoff-state"),
        tl!(lang, "pdca-range"),
    ];
    names.extend(
        form::facts(lang, &empty, &data.forums)
            .into_iter()
            .map(|(name, _)| name),
    );
    for (column, name) in (0_u16..).zip(&names) {
        sheet.write_string_with_format(0, column, name, &bold)?;
        sheet.set_column_width(column, if column == 0 { 36 } else { 22 })?;
    }
    for (row, one) in (1_u32..).zip(&data.measures) {
        let mut cells = vec![
            one.title.clone(),
            kernel::format_fiscal_year(one.year, lang),
            words::state_in(lang, one.state),
            words::reach_in(lang, one.reach),
        ];
        cells.extend(
            form::facts(lang, &one.plan, &data.forums)
                .into_iter()
                .map(|(_, text)| text),
        );
        for (column, text) in (0_u16..).zip(&cells) {
            // Written as text, so that nothing in it is taken for a formula.
            let cut: String = text.chars().take(CELL).collect();
            sheet.write_string_with_format(row, column, cut, &plain)?;
        }
    }
    book.save_to_buffer()
}
