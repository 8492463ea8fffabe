//! The yearly question on paper: a cover that shows nothing of the content, and the present data to correct by hand.

use axum::{extract::Path, response::IntoResponse};
use serde::Serialize;
use std::collections::BTreeMap;
use store::Conn;
use web::{Ctx, Download};

use super::{
    board::parse,
    link,
    store::{self as sql, Item, Part, Round},
};
use crate::{
    i18n::t,
    model::ItemId,
    upkeep::{
        actions,
        fields::{Ask, Field, Fields, PARTNERS, partners},
        pages::form::{GROUPS, Names, group, label, shown},
    },
};

/// Offices in one file.
pub(crate) const OFFICES: i64 = 100;

#[derive(Serialize)]
struct Row {
    label: String,
    value: String,
    /// Boxes to tick instead of a line to write on.
    boxes: Vec<(bool, String)>,
    /// Height of the empty room in lines.
    room: u8,
}

#[derive(Serialize)]
struct Section {
    title: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Office {
    name: String,
    fax: String,
    code: String,
    qr: String,
    /// The code by which the scan of this sheet finds the office, and its drawing.
    tray: String,
    tray_qr: String,
    parts: Vec<Section>,
}

#[derive(Serialize)]
struct Data {
    lang: &'static str,
    offices: Vec<Office>,
    letter: String,
    words: BTreeMap<&'static str, String>,
}

struct Seen {
    round: Round,
    items: Vec<(Item, Fields, Vec<Field>)>,
    names: Names,
    asker: Option<areas::Organisation>,
}

fn read(conn: &mut Conn, round: Round, items: Vec<Item>, lang: kernel::Lang) -> web::Result<Seen> {
    let towns = crate::upkeep::pages::towns(conn)?;
    let mut all = Vec::with_capacity(items.len());
    for item in items {
        let (present, catalogue) = if round.what == PARTNERS {
            let list = crate::partners::store::of_facility(conn, item.provider)?;
            let names: Vec<String> = list.into_iter().map(|p| p.name).collect();
            (
                Fields::from([(PARTNERS.to_owned(), names.join("\n"))]),
                vec![partners()],
            )
        } else {
            let (_, present, catalogue) = actions::current(conn, item.provider, false)?;
            (present, catalogue)
        };
        all.push((item, present, catalogue));
    }
    Ok(Seen {
        asker: areas::store::organisation(conn, round.tenant)?,
        names: Names {
            kinds: crate::store::kinds(conn)?,
            towns: towns
                .iter()
                .map(|m| (m.code.clone(), m.name(lang).to_owned()))
                .collect(),
        },
        round,
        items: all,
    })
}

/// `GET /directory/rounds/{id}/fax.pdf?part=N` or `?item=…`
pub(crate) async fn sheets(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let id = parse(&id)?;
    let query = cx.uri.query().unwrap_or_default().to_owned();
    let asked = |name: &str| {
        query
            .split('&')
            .find_map(|p| p.strip_prefix(name))
            .map(str::to_owned)
    };
    let one: Option<ItemId> = asked("item=").and_then(|i| i.parse().ok());
    let number: i64 = asked("part=")
        .and_then(|p| p.parse().ok())
        .filter(|p| (1..1000).contains(p))
        .unwrap_or(1);
    let lang = cx.lang;
    let seen = cx
        .db()
        .read_slow(&cx.viewer(), move |conn| {
            let round = sql::round(conn, id)?.ok_or(web::Error::NotFound)?;
            let items = match one {
                Some(item) => sql::item(conn, id, item)?.into_iter().collect(),
                None => {
                    let part = Part {
                        town: None,
                        fax_only: true,
                        skip: (number - 1) * OFFICES,
                        count: OFFICES,
                    };
                    sql::open_items(conn, id, &part)?
                }
            };
            if items.is_empty() {
                return Err(web::Error::NotFound);
            }
            read(conn, round, items, lang)
        })
        .await?;
    let trays = trays(&cx, &seen).await?;
    let data = data(&cx, &seen, &trays);
    let fail = |e: print::PrintError| web::Error::Unexpected(Box::new(e));
    let mut document = print::Document::new("confirm", include_str!("../../../typ/confirm.typ"));
    document.data(&data).map_err(fail)?;
    for ((item, ..), tray) in seen.items.iter().zip(&trays) {
        let drawing = print::qr_svg(&tray.address(&cx.app)).unwrap_or_default();
        document.file(tray_name(item.id), drawing.into_bytes());
        let address = address(&cx, item.id);
        document.file(
            qr_name(item.id),
            print::qr_svg(&address).unwrap_or_default().into_bytes(),
        );
    }
    let pdf = print::render(document).await.map_err(fail)?;
    let name = format!("confirm-{}-{number}.pdf", seen.round.due_on);
    Ok(Download::new(name, "application/pdf", pdf)
        .inline()
        .into_response())
}

fn address(cx: &Ctx, item: ItemId) -> String {
    cx.app.public_url(&format!(
        "/directory/confirm/{}",
        link::token(cx.db().key(), item)
    ))
}

/// A code for each sheet, so that its scan finds the office when it comes back.
async fn trays(cx: &Ctx, seen: &Seen) -> web::Result<Vec<inbox::ShortCode>> {
    let tenant = seen.round.tenant;
    let wanted: Vec<(inbox::CodeId, String)> = seen
        .items
        .iter()
        .map(|(item, ..)| {
            let target = format!("{}:{}", super::PAPERS.prefix, item.id);
            (cx.env().id(), target)
        })
        .collect();
    let codes = cx
        .db()
        .write::<_, store::Error>(&cx.viewer(), move |tx| {
            wanted
                .iter()
                .map(|(id, target)| inbox::code(tx, *id, target, tenant))
                .collect::<store::Result<Vec<_>>>()
        })
        .await?;
    Ok(codes)
}

fn tray_name(item: ItemId) -> String {
    format!("tray-{item}.svg")
}

fn qr_name(item: ItemId) -> String {
    format!("qr-{item}.svg")
}

fn data(cx: &Ctx, seen: &Seen, trays: &[inbox::ShortCode]) -> Data {
    let key = cx.db().key();
    let offices = seen
        .items
        .iter()
        .zip(trays)
        .map(|((item, present, catalogue), tray)| Office {
            tray: tray.to_string(),
            tray_qr: tray_name(item.id),
            name: item.name.clone(),
            fax: item.fax.clone(),
            code: link::code(key, item.id),
            qr: qr_name(item.id),
            parts: parts(cx, &seen.names, present, catalogue),
        })
        .collect();
    let asker = seen.asker.as_ref().map_or("", |o| o.label(cx.lang));
    let partners = seen.round.what == PARTNERS;
    let words = BTreeMap::from([
        ("title", seen.round.title.clone()),
        ("fax", t!(cx, "guide-fax")),
        ("to", t!(cx, "upkeep-sheet-to")),
        ("from", t!(cx, "upkeep-sheet-from")),
        ("asker", asker.to_owned()),
        ("cover", t!(cx, "upkeep-sheet-cover")),
        ("cover_text", t!(cx, "upkeep-sheet-cover-text")),
        ("wrong", t!(cx, "hospital-sheet-wrong")),
        (
            "how",
            if partners {
                t!(cx, "upkeep-sheet-how-partners")
            } else {
                t!(cx, "upkeep-sheet-how")
            },
        ),
        ("same", t!(cx, "upkeep-sheet-same")),
        ("changed", t!(cx, "upkeep-sheet-changed")),
        ("due", t!(cx, "upkeep-due")),
        ("due_day", kernel::format_date(seen.round.due_on, cx.lang)),
        ("field", t!(cx, "find-field")),
        ("now", t!(cx, "upkeep-now")),
        ("new", t!(cx, "upkeep-sheet-new")),
        ("code", t!(cx, "upkeep-code")),
        ("back", t!(cx, "upkeep-sheet-back")),
        ("tray", t!(cx, "upkeep-sheet-tray")),
        ("who", t!(cx, "upkeep-who")),
        ("receipt", t!(cx, "hospital-sheet-receipt")),
        ("receipt_text", t!(cx, "hospital-sheet-receipt-text")),
        ("address", cx.app.public_url("/directory/confirm")),
        ("nothing", t!(cx, "guide-unknown")),
    ]);
    Data {
        lang: crate::guide::gather::lang_code(cx.lang),
        offices,
        letter: seen.round.letter.clone(),
        words,
    }
}

fn parts(cx: &Ctx, names: &Names, present: &Fields, catalogue: &[Field]) -> Vec<Section> {
    let mut all = Vec::new();
    for part in GROUPS {
        let rows: Vec<Row> = catalogue
            .iter()
            .filter(|f| f.group == part)
            .map(|field| {
                let value = present.get(&field.code).map_or("", String::as_str);
                let (boxes, room) = match field.ask {
                    Ask::YesNo => (
                        vec![
                            (value == "1", t!(cx, "find-yes")),
                            (value == "0", t!(cx, "find-no")),
                        ],
                        1,
                    ),
                    Ask::NewPatients => (
                        vec![
                            (value == "yes", t!(cx, "find-yes")),
                            (value == "ask", t!(cx, "find-new-ask")),
                            (value == "no", t!(cx, "find-no")),
                        ],
                        1,
                    ),
                    Ask::Hours => (Vec::new(), 8),
                    Ask::Lines => (Vec::new(), 2),
                    _ => (Vec::new(), 1),
                };
                Row {
                    label: label(cx, names, field),
                    value: if boxes.is_empty() {
                        shown(cx, names, field, value)
                    } else {
                        String::new()
                    },
                    boxes,
                    room,
                }
            })
            .collect();
        if !rows.is_empty() {
            all.push(Section {
                title: group(cx, part),
                rows,
            });
        }
    }
    all
}
