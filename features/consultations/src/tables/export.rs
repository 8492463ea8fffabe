//! What leaves the desk: the report as a workbook and as A4 pages, small numbers hidden, after the person has confirmed who they are.

use axum::extract::Query;
use kernel::Lang;
use print::{Block, Column, Sheet};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use web::Ctx;

use super::{
    pages::{Asked, HIDDEN, Loaded, dimension_word, read, value_word},
    report::{OUTSIDE, Period, percent, shares},
};
use crate::i18n::tl;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A table of texts: name, head, rows; numbers are told from words by the writer.
struct Part {
    name: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Everything that stands in the report, in its order.
fn parts(loaded: &Loaded, lang: Lang) -> Vec<Part> {
    let report = &loaded.report;
    let alone = report.towns.len() == 1;
    let town_names: Vec<String> = report.towns.iter().map(|code| loaded.town(code)).collect();
    let mut out = vec![costs(loaded, lang, &town_names, alone)];
    for table in &report.tables {
        let mut head = vec![dimension_word(lang, table.dimension)];
        head.extend(town_names.iter().cloned());
        if !alone {
            head.push(tl!(lang, "figures-total"));
        }
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (column, value) in table.values.iter().enumerate() {
            let mut row = vec![value_word(lang, table.dimension, value)];
            let shown = |shows: bool, n: i64| {
                if shows {
                    n.to_string()
                } else {
                    HIDDEN.to_owned()
                }
            };
            row.extend(
                (0..report.towns.len())
                    .map(|at| shown(table.hidden.shows(at, column), table.calls.at(at, column))),
            );
            if !alone {
                row.push(shown(
                    table.hidden.shows_total(column),
                    table.calls.column(column),
                ));
            }
            rows.push(row);
        }
        let mut last = vec![tl!(lang, "figures-total")];
        last.extend(report.totals.iter().map(|(calls, _)| calls.to_string()));
        if !alone {
            last.push(report.all().0.to_string());
        }
        rows.push(last);
        out.push(Part {
            name: dimension_word(lang, table.dimension),
            head,
            rows,
        });
    }
    out.push(trend(loaded, lang, &town_names, alone));
    out
}

fn costs(loaded: &Loaded, lang: Lang, towns: &[String], alone: bool) -> Part {
    let totals = &loaded.report.totals;
    let by_calls = shares(&totals.iter().map(|(c, _)| *c).collect::<Vec<_>>());
    let by_minutes = shares(&totals.iter().map(|(_, m)| *m).collect::<Vec<_>>());
    let mut head = vec![
        tl!(lang, "figures-town"),
        tl!(lang, "figures-calls"),
        tl!(lang, "figures-share-percent"),
        tl!(lang, "figures-minutes"),
        tl!(lang, "figures-share-percent"),
    ];
    let mut rows: Vec<Vec<String>> = towns
        .iter()
        .zip(totals)
        .enumerate()
        .map(|(at, (name, (calls, minutes)))| {
            vec![
                name.clone(),
                calls.to_string(),
                percent(by_calls[at]),
                minutes.to_string(),
                percent(by_minutes[at]),
            ]
        })
        .collect();
    if alone {
        // A share of one town alone says nothing, and the others are not its business.
        head = vec![head[0].clone(), head[1].clone(), head[3].clone()];
        for row in &mut rows {
            row.remove(4);
            row.remove(2);
        }
    } else {
        let (calls, minutes) = loaded.report.all();
        rows.push(vec![
            tl!(lang, "figures-total"),
            calls.to_string(),
            percent(by_calls.iter().sum()),
            minutes.to_string(),
            percent(by_minutes.iter().sum()),
        ]);
    }
    Part {
        name: tl!(lang, "figures-towns"),
        head,
        rows,
    }
}

fn trend(loaded: &Loaded, lang: Lang, towns: &[String], alone: bool) -> Part {
    let mut head = vec![tl!(lang, "figures-month")];
    head.extend(towns.iter().cloned());
    if !alone {
        head.push(tl!(lang, "figures-total"));
    }
    head.push(tl!(lang, "figures-minutes"));
    let rows = loaded
        .report
        .trend
        .iter()
        .map(|(month, row)| {
            let (calls, minutes) = row.iter().fold((0, 0), |(c, m), (a, b)| (c + a, m + b));
            let mut cells =
                vec![Period::from_code(month).map_or_else(|| month.clone(), |p| p.name(lang))];
            cells.extend(row.iter().map(|(c, _)| c.to_string()));
            if !alone {
                cells.push(calls.to_string());
            }
            cells.push(minutes.to_string());
            cells
        })
        .collect();
    Part {
        name: tl!(lang, "figures-trend"),
        head,
        rows,
    }
}

async fn outside(cx: &Ctx, asked: &Asked, what: &'static str) -> web::Result<Loaded> {
    cx.require_recent()?;
    let loaded = read(cx, asked, true, &OUTSIDE).await?;
    let audit = store::Audit::new("consultations.figures.export", "consultation_count")
        .subject(loaded.scope.desk.uuid())
        .field(what, None::<String>, Some(loaded.report.period.code()));
    cx.db().audit(&cx.viewer(), audit).await?;
    Ok(loaded)
}

/// `GET /consultations/figures.xlsx`
pub(crate) async fn xlsx(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    let loaded = outside(&cx, &asked, "xlsx").await?;
    let lang = cx.lang;
    let name = format!("consultations-{}.xlsx", loaded.report.period.code());
    let made = tokio::task::spawn_blocking(move || workbook(&loaded, lang)).await;
    let bytes = made
        .map_err(|error| web::Error::unexpected(error.to_string()))?
        .map_err(|error| web::Error::unexpected(error.to_string()))?;
    Ok(cx.download(&name, XLSX, bytes))
}

fn workbook(loaded: &Loaded, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold().set_text_wrap();
    let percents = Format::new().set_num_format("0.0");
    for (number, part) in (1..).zip(parts(loaded, lang)) {
        let sheet = book.add_worksheet();
        // A name of a sheet takes 31 characters and few signs.
        let name: String = part
            .name
            .chars()
            .filter(|c| !"[]:*?/\\'".contains(*c))
            .take(26)
            .collect();
        sheet.set_name(format!("{number} {name}"))?;
        sheet
            .set_paper_size(9)
            .set_landscape()
            .set_print_fit_to_pages(1, 0);
        sheet.write_string_with_format(0, 0, title(loaded, lang), &bold)?;
        sheet.write_string(
            1,
            0,
            tl!(
                lang,
                "figures-protected-text",
                small = super::suppress::SMALL
            ),
        )?;
        sheet.set_freeze_panes(4, 1)?;
        for (column, text) in (0_u16..).zip(&part.head) {
            sheet.write_string_with_format(3, column, text, &bold)?;
            sheet.set_column_width(column, if column == 0 { 28 } else { 12 })?;
        }
        for (row, cells) in (4_u32..).zip(&part.rows) {
            for (column, text) in (0_u16..).zip(cells) {
                match text.parse::<f64>() {
                    Ok(number) if column > 0 && text.contains('.') => {
                        sheet.write_number_with_format(row, column, number, &percents)?
                    }
                    Ok(number) if column > 0 => sheet.write_number(row, column, number)?,
                    _ => sheet.write_string(row, column, text)?,
                };
            }
        }
    }
    book.save_to_buffer()
}

fn title(loaded: &Loaded, lang: Lang) -> String {
    tl!(
        lang,
        "figures-paper-title",
        desk = loaded.scope.desk_name.as_str(),
        period = loaded.report.period.name(lang)
    )
}

/// `GET /consultations/figures.pdf`
pub(crate) async fn pdf(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    let loaded = outside(&cx, &asked, "pdf").await?;
    let lang = cx.lang;
    let mut blocks = vec![Block::Note {
        text: tl!(
            lang,
            "figures-protected-text",
            small = super::suppress::SMALL
        ),
    }];
    for part in parts(&loaded, lang) {
        blocks.push(Block::Heading {
            level: 2,
            text: part.name,
        });
        let columns = (0..)
            .zip(&part.head)
            .map(|(at, name)| {
                if at == 0 {
                    Column::text(name.clone(), 3)
                } else {
                    Column::number(name.clone(), 2)
                }
            })
            .collect();
        blocks.push(Block::Table {
            columns,
            rows: part.rows,
        });
    }
    blocks.push(Block::Text {
        text: tl!(lang, "figures-once"),
    });
    let sheet = Sheet {
        title: title(&loaded, lang),
        subtitle: tl!(lang, "figures-paper-sub"),
        corner: vec![kernel::format_date(cx.now.date_jst(), lang)],
        blocks,
        foot: loaded.scope.desk_name.clone(),
        ..Sheet::default()
    };
    let made = sheet
        .document()
        .map_err(|error| web::Error::unexpected(error.to_string()))?;
    let bytes = print::render(made)
        .await
        .map_err(|error| web::Error::unexpected(error.to_string()))?;
    Ok(cx.download(
        &format!("consultations-{}.pdf", loaded.report.period.code()),
        "application/pdf",
        bytes,
    ))
}
