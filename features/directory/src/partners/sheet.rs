//! The yearly question on paper: the present agreements of a facility, to be corrected by hand and sent back by FAX.

use axum::{extract::Path, response::IntoResponse};
use kernel::format_date;
use print::{Block, Column, Sheet};
use web::{Ctx, Download};

use super::pages::read;
use crate::i18n::t;

/// `GET /directory/partners/{id}/confirm.pdf`
pub(crate) async fn confirm(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let found = read(&cx, &id).await?;
    let path = format!("/directory/partners/{}", found.facility.id);
    let blank = "\u{25a1}";
    let tick = |on: bool| if on { "\u{25a0}" } else { blank }.to_owned();
    let mut rows: Vec<Vec<String>> = found
        .partners
        .iter()
        .map(|p| {
            let town = found.names.get(&p.municipality).map_or("", String::as_str);
            vec![
                format!("{}\n{town}", p.name),
                tick(p.duties.consults),
                tick(p.duties.visits),
                tick(p.duties.admits),
                p.confirmed_on
                    .map_or_else(|| t!(cx, "guide-unknown"), |d| format_date(d, cx.lang)),
                format!(
                    "{blank} {}\n{blank} {}",
                    t!(cx, "partners-sheet-same"),
                    t!(cx, "partners-sheet-changed")
                ),
            ]
        })
        .collect();
    // Room for new ones, to be written by hand.
    rows.extend((0..2).map(|_| {
        vec![
            "\n\n".to_owned(),
            blank.to_owned(),
            blank.to_owned(),
            blank.to_owned(),
            String::new(),
            format!("{blank} {}", t!(cx, "partners-sheet-new")),
        ]
    }));
    let sheet = Sheet {
        title: t!(cx, "partners-sheet-title"),
        subtitle: found.facility.name.clone(),
        corner: vec![format_date(cx.now.date_jst(), cx.lang)],
        blocks: vec![
            Block::Text {
                text: t!(cx, "partners-sheet-text"),
            },
            Block::Table {
                columns: vec![
                    Column::text(t!(cx, "partners-institution"), 7),
                    Column::text(t!(cx, "partners-consults"), 3),
                    Column::text(t!(cx, "partners-visits"), 3),
                    Column::text(t!(cx, "partners-admits"), 3),
                    Column::text(t!(cx, "guide-verified"), 4),
                    Column::text(t!(cx, "partners-sheet-now"), 5),
                ],
                rows,
            },
            Block::Fields {
                rows: vec![
                    (t!(cx, "partners-sheet-met"), "\n".to_owned()),
                    (t!(cx, "partners-sheet-who"), "\n".to_owned()),
                    (
                        t!(cx, "hospital-sheet-receipt"),
                        t!(cx, "hospital-sheet-receipt-text"),
                    ),
                ],
            },
        ],
        foot: t!(cx, "hospital-sheet-wrong"),
        qr: Some((cx.app.public_url(&path), t!(cx, "partners-sheet-qr"))),
        ..Sheet::default()
    };
    let fail = |e: print::PrintError| web::Error::Unexpected(Box::new(e));
    let pdf = print::render(sheet.document().map_err(fail)?)
        .await
        .map_err(fail)?;
    let name = format!("partners-{}.pdf", found.facility.id);
    Ok(Download::new(name, "application/pdf", pdf)
        .inline()
        .into_response())
}
