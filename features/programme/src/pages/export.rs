//! `GET /programme.xlsx`: the filtered table as a workbook, with the rights of whoever asks; its rows leave as they are read.

use std::borrow::Cow;

use axum::{body::Body, extract::Query};
use bytes::Bytes;
use forms::{Table, TableError};
use futures_util::stream;
use kernel::Lang;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};
use store::{Error, Viewer};
use web::{Ctx, Values};

use super::{Towns, asked::Asked, words};
use crate::{
    i18n::t,
    model::{EntryBrief, EntryId, Source},
    store::{self as sql, Filter, Key},
};

/// Rows read at once, and at most in one file: a sheet holds no more.
const STRETCH: i64 = 500;
const MOST: usize = 1_000_000;
const COLUMNS: u16 = 10;
const MIME: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Why a file breaks off.
#[derive(Debug, thiserror::Error)]
enum Broken {
    #[error(transparent)]
    Table(#[from] TableError),
    #[error(transparent)]
    Store(#[from] Error),
}

/// A file on its way.
struct Sending {
    cx: Ctx,
    viewer: Viewer,
    filter: Filter,
    /// Known after the first step.
    towns: Option<Towns>,
    table: Option<Table>,
    /// What is ready before anything was read.
    begun: Option<Vec<u8>>,
    after: Key,
    sent: usize,
}

/// `GET /programme.xlsx`
pub(crate) async fn send(cx: Ctx, Query(values): Query<Values>) -> web::Result {
    let asked = Asked::of(&values);
    let shell = shell(&cx).map_err(|e| web::Error::Unexpected(Box::new(e)))?;
    let (table, begun) = Table::start(shell, COLUMNS, "\u{2026}")
        .map_err(|e| web::Error::Unexpected(Box::new(e)))?;
    let state = Sending {
        viewer: cx.viewer(),
        filter: asked.filter,
        towns: None,
        table: Some(table),
        begun: Some(begun),
        after: Key::first(),
        sent: 0,
        cx: cx.clone(),
    };
    let body = Body::from_stream(stream::try_unfold(state, step));
    let name = format!("{}.xlsx", t!(cx, "programme-title"));
    Ok(cx.download(&name, MIME, body))
}

/// The next rows; the beginning of the file leaves before the first is read.
async fn step(mut state: Sending) -> Result<Option<(Bytes, Sending)>, Box<Broken>> {
    if let Some(begun) = state.begun.take() {
        return Ok(Some((Bytes::from(begun), state)));
    }
    let Some(mut table) = state.table.take() else {
        return Ok(None);
    };
    tokio::task::yield_now().await;
    let (filter, after, first) = (state.filter.clone(), state.after, state.towns.is_none());
    let open = state.cx.me.is_none();
    let (list, sources, towns) = state
        .cx
        .db()
        .read::<_, Error>(&state.viewer, move |conn| {
            let list = sql::list(conn, &filter, open, after, STRETCH)?;
            let ids: Vec<EntryId> = list.iter().map(|e| e.id).collect();
            let sources = sql::sources_of_many(conn, &ids)?;
            let towns = first.then(|| Towns::read(conn)).transpose()?;
            Ok((list, sources, towns))
        })
        .await
        .map_err(|e| Box::new(e.into()))?;
    state.towns = towns.or(state.towns);
    let mut bytes = Vec::new();
    if let Some(towns) = &state.towns {
        let rows = list.iter().map(|entry| {
            let own = sources.iter().filter(|s| s.entry == entry.id);
            cells(&state.cx, towns, entry, own).map(Cow::Owned)
        });
        bytes = table.rows(rows).map_err(|e| Box::new(e.into()))?;
    }
    state.sent += list.len();
    let full = i64::try_from(list.len()).unwrap_or(0) == STRETCH;
    match list.last() {
        Some(last) if full && state.sent < MOST => {
            state.after = Key::after(last);
            state.table = Some(table);
        }
        _ => bytes.extend(table.finish().map_err(|e| Box::new(e.into()))?),
    }
    Ok(Some((Bytes::from(bytes), state)))
}

/// A workbook with its headings, its layout, and one row that shows the look of the cells.
fn shell(cx: &Ctx) -> Result<Vec<u8>, XlsxError> {
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
    for (at, (head, width)) in (0..COLUMNS).zip(&heads) {
        sheet.write_string_with_format(0, at, head, &heading)?;
        sheet.write_string_with_format(1, at, "x", &text)?;
        sheet.set_column_width(at, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet
        .set_landscape()
        .set_paper_size(8)
        .set_print_fit_to_pages(1, 0)
        .set_repeat_rows(0, 0)?;
    book.save_to_buffer()
}

fn cells<'a>(
    cx: &Ctx,
    towns: &Towns,
    entry: &EntryBrief,
    sources: impl Iterator<Item = &'a Source>,
) -> [String; 10] {
    let lang = cx.lang;
    let join = |list: Vec<String>| {
        list.join(match lang {
            Lang::Ja => "\u{30fb}",
            Lang::En => ", ",
        })
    };
    let quotes: Vec<String> = sources
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
        quotes.join("\n"),
    ]
}
