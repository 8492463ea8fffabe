//! `/directory/rounds/{id}`: progress by municipality and group, and the next steps.

use std::collections::BTreeMap;

use axum::{extract::Path, http::StatusCode, response::Response};
use maud::{Markup, html};
use store::{Audit, FieldChange, Outcome};
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{
    new::{state, what},
    post,
    store::{self as sql, Cell, Round},
};
use crate::{
    find::pages::sentences::{self, FAMILIES},
    i18n::t,
    model::RoundId,
};

/// The round of an address; not there when it is not this viewer's.
pub(crate) fn parse(id: &str) -> web::Result<RoundId> {
    id.parse().map_err(|_| web::Error::NotFound)
}

struct Seen {
    round: Round,
    cells: Vec<Cell>,
    ways: [i64; 4],
    towns: Vec<(String, String)>,
}

async fn read(cx: &Ctx, id: &str) -> web::Result<Seen> {
    let id = parse(id)?;
    let lang = cx.lang;
    cx.db()
        .read(&cx.viewer(), move |conn| {
            let round = sql::round(conn, id)?.ok_or(web::Error::NotFound)?;
            let towns = crate::upkeep::pages::towns(conn)?;
            Ok::<_, web::Error>(Seen {
                cells: sql::board(conn, id)?,
                ways: sql::ways(conn, id)?,
                towns: towns
                    .iter()
                    .filter(|m| round.towns.contains(&m.code))
                    .map(|m| (m.code.clone(), m.name(lang).to_owned()))
                    .collect(),
                round,
            })
        })
        .await
}

/// `GET /directory/rounds/{id}`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let seen = read(&cx, &id).await?;
    Ok(page(
        &cx,
        &seen,
        &Values::default(),
        &Errors::new(),
        StatusCode::OK,
    ))
}

/// The crumbs of a round's pages.
pub(crate) fn crumbs(cx: &Ctx, round: &Round, last: String) -> Vec<(String, String)> {
    let mut all = vec![
        ("/directory/upkeep".to_owned(), t!(cx, "upkeep-title")),
        ("/directory/rounds".to_owned(), t!(cx, "upkeep-to-rounds")),
    ];
    if last.is_empty() {
        all.push((String::new(), round.title.clone()));
    } else {
        all.push((
            format!("/directory/rounds/{}", round.id),
            round.title.clone(),
        ));
        all.push((String::new(), last));
    }
    all
}

fn page(cx: &Ctx, seen: &Seen, typed: &Values, errors: &Errors, status: StatusCode) -> Response {
    let round = &seen.round;
    let sum = |of: fn(&Cell) -> i64| seen.cells.iter().map(of).sum::<i64>();
    let (asked, done) = (sum(|c| c.asked), sum(|c| c.confirmed + c.corrected));
    let number = |n: i64| u64::try_from(n).unwrap_or(0);
    let path = format!("/directory/rounds/{}", round.id);
    let [open, fax, mailed, chased] = seen.ways;
    let dates = html! { (ui::moment(cx, round.created_at)) @if let Some(at) = round.closed_at { " – " (ui::moment(cx, at)) } };
    let facts = vec![
        (t!(cx, "upkeep-column-state"), state(cx, round)),
        (t!(cx, "upkeep-started"), dates),
        (t!(cx, "upkeep-what"), html! { (what(cx, &round.what)) }),
        (t!(cx, "upkeep-due"), ui::date(cx, round.due_on)),
        (
            t!(cx, "upkeep-board-answers"),
            html! { (t!(cx, "upkeep-board-counts", same = sum(|c| c.confirmed), corrected = sum(|c| c.corrected), unreachable = sum(|c| c.unreachable))) },
        ),
        (
            t!(cx, "upkeep-board-open"),
            html! { (t!(cx, "upkeep-board-ways", open = open, mailed = mailed, fax = fax, chased = chased)) },
        ),
    ];
    let body = html! {
        (ui::error_summary(cx, errors))
        @if status == StatusCode::CONFLICT { (ui::notice(ui::Tone::Warn, t!(cx, "upkeep-conflict"), html! { p { (t!(cx, "upkeep-review-conflict")) } })) }
        (ui::dl(&facts))
        (ui::progress(t!(cx, "upkeep-board-progress"), number(done), number(asked)))
        (table(cx, seen))
        @if open > 0 {
            h2 { (t!(cx, "upkeep-board-chase")) }
            div.actions {
                (ui::link_button_second(cx.url(&format!("{path}/waiting")), t!(cx, "upkeep-call-list")))
                (ui::link_button_second(cx.url(&format!("{path}/waiting.csv")), t!(cx, "upkeep-csv")))
            }
        }
        @if fax > 0 { (sheets(cx, seen, fax)) }
        @if round.open { (steps(cx, round, typed, errors, open)) }
    };
    cx.page(round.title.clone())
        .nav("directory")
        .crumbs(&crumbs(cx, round, String::new()))
        .no_qr()
        .wide()
        .status(status)
        .body(body)
}

/// Municipalities down, groups across: answered of asked.
fn table(cx: &Ctx, seen: &Seen) -> Markup {
    let families: Vec<&str> = FAMILIES
        .iter()
        .chain(&["other"])
        .copied()
        .filter(|f| seen.cells.iter().any(|c| c.family == *f))
        .collect();
    let mut head = vec![t!(cx, "upkeep-column-town"), t!(cx, "upkeep-column-all")];
    head.extend(families.iter().map(|f| sentences::family(cx, f)));
    let mut by: BTreeMap<&str, BTreeMap<&str, (i64, i64)>> = BTreeMap::new();
    for cell in &seen.cells {
        by.entry(&cell.town)
            .or_default()
            .insert(&cell.family, (cell.confirmed + cell.corrected, cell.asked));
    }
    let pair = |(done, asked): (i64, i64)| html! { span.nowrap { (done) " / " (asked) } };
    let rows: Vec<Vec<Markup>> = seen
        .towns
        .iter()
        .filter_map(|(code, name)| {
            let cells = by.get(code.as_str())?;
            let all = cells.values().fold((0, 0), |a, c| (a.0 + c.0, a.1 + c.1));
            let mut row = vec![
                html! { a href=(cx.url(&format!("/directory/rounds/{}/waiting?town={code}", seen.round.id))) { (name) } },
                pair(all),
            ];
            row.extend(families.iter().map(|f| cells.get(f).map_or_else(|| html! { span.none {} }, |c| pair(*c))));
            Some(row)
        })
        .collect();
    ui::table_rows(t!(cx, "upkeep-board-table"), &head, &rows)
}

/// FAX pages of those who have not answered, in files of a size that a machine can take.
fn sheets(cx: &Ctx, seen: &Seen, fax: i64) -> Markup {
    let path = format!("/directory/rounds/{}/fax.pdf", seen.round.id);
    let parts = (fax + super::paper::OFFICES - 1) / super::paper::OFFICES;
    html! {
        h2 { (t!(cx, "upkeep-fax-title")) }
        p { (t!(cx, "upkeep-fax-text", count = fax)) }
        ul.plain.columns {
            @for part in 1..=parts { li { a href=(cx.url(&format!("{path}?part={part}"))) download { (t!(cx, "upkeep-fax-part", part = part, parts = parts)) } } }
        }
    }
}

fn steps(cx: &Ctx, round: &Round, typed: &Values, errors: &Errors, open: i64) -> Markup {
    let path = format!("/directory/rounds/{}", round.id);
    let form = |body: Markup| {
        ui::form(
            cx,
            &path,
            html! { input type="hidden" name="version" value=(round.version); (body) },
        )
    };
    html! {
        (ui::grid(2, html! {
            @if open > 0 {
                (ui::card(t!(cx, "upkeep-remind"), html! {
                    p { (t!(cx, "upkeep-remind-text")) }
                    (form(html! { div.actions { (ui::button_second("act", "remind", t!(cx, "upkeep-remind-mail"))) (ui::button_second("act", "faxed", t!(cx, "upkeep-remind-faxed"))) } }))
                }))
            }
            (ui::card(t!(cx, "upkeep-extend"), form(html! {
                (ui::field(cx, &ui::Field::new("due", t!(cx, "upkeep-due")).kind(ui::Kind::Date).value(typed.text("due")).hint(t!(cx, "upkeep-hint-day")).errors(errors)))
                div.actions { (ui::button_second("act", "extend", t!(cx, "upkeep-extend"))) }
            })))
            (ui::card(t!(cx, "upkeep-close"), form(html! {
                p { (t!(cx, "upkeep-close-text")) }
                div.actions { (ui::button_second("act", "close", t!(cx, "upkeep-close"))) }
            })))
        }))
    }
}

/// `POST /directory/rounds/{id}`
pub(crate) async fn act(cx: Ctx, Path(id): Path<String>, Form(typed): Form<Values>) -> web::Result {
    let seen = read(&cx, &id).await?;
    let (round, version) = (
        seen.round.clone(),
        typed.text("version").parse().unwrap_or(-1),
    );
    let mut errors = Errors::new();
    let (action, due) = match typed.text("act") {
        "remind" => ("directory.round.remind", None),
        "faxed" => ("directory.round.faxed", None),
        "close" => ("directory.round.close", None),
        _ => {
            let due = kernel::parse_date(typed.text("due"))
                .ok()
                .filter(|d| *d > round.due_on && *d > cx.now.date_jst());
            if due.is_none() {
                errors.add("due", t!(cx, "upkeep-extend-later"));
            }
            ("directory.round.extend", due)
        }
    };
    if !errors.is_empty() {
        return Ok(page(
            &cx,
            &seen,
            &typed,
            &errors,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    }
    let done = cx
        .db()
        .write::<_, store::Error>(&cx.viewer(), move |tx| {
            let proof = sql::round_editable(tx, round.id)?.ok_or(store::Error::NotFound)?;
            let done = match (action, due) {
                ("directory.round.remind", _) => match sql::next_wave(tx, proof, version)? {
                    Some(wave) => {
                        let now = tx.now();
                        tx.enqueue(post::job(round.id, wave, now))?;
                        true
                    }
                    None => false,
                },
                ("directory.round.faxed", _) => sql::faxed(tx, proof)? < u64::MAX,
                ("directory.round.close", _) => sql::close(tx, proof, version)?,
                (_, Some(due)) => sql::extend(tx, proof, version, due)?,
                _ => false,
            };
            if !done {
                return Ok(false);
            }
            tx.audit(Audit {
                action,
                table: "confirmation_round",
                id: Some(round.id.uuid()),
                subject: Some(round.tenant.uuid()),
                fields: due
                    .map(|due| FieldChange {
                        name: "due",
                        old: Some(round.due_on.to_string()),
                        new: Some(due.to_string()),
                    })
                    .into_iter()
                    .collect(),
                purpose: None,
                result: Outcome::Done,
            })?;
            tx.changed("directory.round", round.id.uuid(), Some(round.tenant))?;
            Ok(true)
        })
        .await?;
    if !done {
        let now = read(&cx, &id).await?;
        return Ok(page(&cx, &now, &typed, &errors, StatusCode::CONFLICT));
    }
    cx.flash(FlashKind::Good, &t!(cx, "upkeep-is-done"));
    Ok(cx.redirect(&format!("/directory/rounds/{id}")))
}
