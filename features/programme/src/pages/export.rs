//! `GET /programme.xlsx`: the filtered table as a workbook, with the rights of whoever asks.

use axum::extract::Query;
use kernel::Lang;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};
use store::Error;
use web::{Ctx, Values};

use super::{Towns, asked::Asked, words};
use crate::{
    i18n::t,
    model::{EntryBrief, EntryId, Source},
    store::{self as sql, Key},
};

/// Rows read at once, and at most in one file.
const STRETCH: i64 = 500;
const MOST: usize = 10_000;
const MIME: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// `GET /programme.xlsx`
pub(crate) async fn send(cx: Ctx, Query(values): Query<Values>) -> web::Result {
    let asked = Asked::of(&values);
    let open = cx.me.is_none();
    let viewer = cx.viewer();
    let mut rows: Vec<(EntryBrief, Vec<Source>)> = Vec::new();
    let mut after = Key::first();
    loop {
        let filter = asked.filter.clone();
        let (list, sources) = cx
            .db()
            .read::<_, Error>(&viewer, move |conn| {
                let list = sql::list(conn, &filter, open, after, STRETCH)?;
                let ids: Vec<EntryId> = list.iter().map(|e| e.id).collect();
                Ok((list, sql::sources_of_many(conn, &ids)?))
            })
            .await?;
        let Some(last) = list.last() else { break };
        after = Key::after(last);
        let full = i64::try_from(list.len()).unwrap_or(0) == STRETCH;
        for entry in list {
            let own = sources
                .iter()
                .filter(|s| s.entry == entry.id)
                .cloned()
                .collect();
            rows.push((entry, own));
        }
        if !full || rows.len() >= MOST {
            break;
        }
    }
    let towns = cx.db().read::<_, Error>(&viewer, Towns::read).await?;
    let with = cx.clone();
    let bytes = tokio::task::spawn_blocking(move || workbook(&with, &towns, &rows))
        .await
        .map_err(|e| web::Error::Unexpected(Box::new(e)))?
        .map_err(|e| web::Error::Unexpected(Box::new(e)))?;
    let name = format!("{}.xlsx", t!(cx, "programme-title"));
    Ok(cx.download(&name, MIME, bytes))
}

fn workbook(
    cx: &Ctx,
    towns: &Towns,
    rows: &[(EntryBrief, Vec<Source>)],
) -> Result<Vec<u8>, XlsxError> {
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_background_color("EEF4F0");
    let text = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let heads = [
        (t!(cx, "refs-label"), 10.0),
        (t!(cx, "column-kind"), 10.0),
        (t!(cx, "column-title-paraphrase"), 40.0),
        (t!(cx, "column-status"), 12.0),
        (t!(cx, "column-municipalities"), 24.0),
        (t!(cx, "scene-label"), 18.0),
        (t!(cx, "item-label"), 24.0),
        (t!(cx, "range-label"), 14.0),
        (t!(cx, "column-changed"), 12.0),
        (t!(cx, "sources-title"), 60.0),
    ];
    for (at, (head, width)) in (0_u16..).zip(&heads) {
        sheet.write_string_with_format(0, at, head, &heading)?;
        sheet.set_column_width(at, *width)?;
    }
    for (row, (entry, sources)) in (1_u32..).zip(rows) {
        for (at, cell) in (0_u16..).zip(cells(cx, towns, entry, sources)) {
            sheet.write_string_with_format(row, at, cell, &text)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet
        .set_landscape()
        .set_paper_size(8)
        .set_print_fit_to_pages(1, 0)
        .set_repeat_rows(0, 0)?;
    book.save_to_buffer()
}

fn cells(cx: &Ctx, towns: &Towns, entry: &EntryBrief, sources: &[Source]) -> [String; 10] {
    let lang = cx.lang;
    let join = |list: Vec<String>| {
        list.join(match lang {
            Lang::Ja => "\u{30fb}",
            Lang::En => ", ",
        })
    };
    let quotes: Vec<String> = sources
        .iter()
        .map(|s| {
            let line = s.paragraph + 1_i64;
            let place = t!(
                cx,
                "source-place",
                town = towns.name(cx, &s.municipality),
                question = super::entry_parts::question(&s.question),
                paragraph = line
            );
            format!("{} [{place}]", s.quote)
        })
        .collect();
    [
        entry.refs.join(" "),
        words::kind(lang, entry.kind),
        entry.title.clone(),
        words::status(lang, &entry.status),
        join(
            entry
                .municipalities
                .iter()
                .map(|m| towns.name(cx, m).to_owned())
                .collect(),
        ),
        join(entry.scenes.iter().map(|s| words::scene(lang, s)).collect()),
        join(entry.items.iter().map(|i| words::item(lang, i)).collect()),
        words::range(lang, entry.range),
        entry.updated_at.date_jst().to_string(),
        quotes.join("\n").chars().take(32_000).collect(),
    ]
}
