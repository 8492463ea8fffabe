//! Search in the desk's own records. The words travel in the form's body, never in an address, so that no log keeps them.

use axum::{http::StatusCode, response::Response};
use kernel::{Time, Uuid};
use maud::{Markup, html};
use web::{Ctx, Errors, Form, Values, ui};

use super::{
    mark::{Marker, holds, words},
    store::{self as sql, searched},
};
use crate::{
    codes::List,
    followup::pages::{start, state_word},
    i18n::t,
    lanes::pages::words::Towns,
    model::{Consultation, ConsultationId},
    sealed::Texts,
};

/// Hits shown at most.
const SHOWN: usize = 50;
/// Marks looked at in one statement, and how many statements at most.
const PART: i64 = 400;
const PARTS: usize = 5;

/// `GET /consultations/search`
pub(crate) async fn form(cx: Ctx) -> web::Result {
    let towns = cx
        .db()
        .read::<_, store::Error>(&cx.viewer(), Towns::read)
        .await?;
    page(&cx, &towns, &Values::default(), &Errors::new(), None)
}

/// What was found.
pub(crate) struct Found {
    pub(crate) hits: Vec<(Consultation, Texts)>,
    /// Not all of the time asked for was looked through.
    pub(crate) more: bool,
}

/// Looks for words in the texts of a desk's records.
///
/// # Errors
/// What the engine says.
pub(crate) async fn find(
    cx: &Ctx,
    question: Vec<String>,
    municipality: String,
    from: Time,
) -> web::Result<Found> {
    let desk = cx.require_me()?.organisation;
    let asked = Marker::new(cx.db().key(), desk).mark(question.iter().map(String::as_str));
    let db = cx.db().clone();
    let found = cx
        .db()
        .read_slow::<_, store::Error>(&cx.viewer(), move |conn| {
            let mut found = Found {
                hits: Vec::new(),
                more: false,
            };
            let mut before = Time(i64::MAX);
            for _ in 0..PARTS {
                let part = sql::candidates(conn, desk, &asked, (from, before), PART)?;
                let ids: Vec<ConsultationId> = part.iter().map(|(id, _)| *id).collect();
                let whole = i64::try_from(ids.len()).is_ok_and(|n| n < PART);
                for one in sql::by_ids(conn, desk, &ids)? {
                    let other = !municipality.is_empty() && one.fields.municipality != municipality;
                    if other || found.hits.iter().any(|(known, _)| known.id == one.id) {
                        continue;
                    }
                    let texts = one.texts(db.key())?;
                    if holds(searched(&texts), &question) {
                        found.hits.push((one, texts));
                    }
                }
                if found.hits.len() > SHOWN {
                    found.hits.truncate(SHOWN);
                    found.more = true;
                    return Ok(found);
                }
                match part.last() {
                    // Once more from the last instant: others of the same instant may follow.
                    Some((_, last)) if !whole => {
                        let next = Time(last.0 + 1);
                        before = if next < before { next } else { *last };
                    }
                    _ => return Ok(found),
                }
            }
            found.more = true;
            Ok(found)
        })
        .await?;
    Ok(found)
}

/// `POST /consultations/search`
pub(crate) async fn run(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let towns = cx
        .db()
        .read::<_, store::Error>(&cx.viewer(), Towns::read)
        .await?;
    let asked = words(values.text("words"));
    let mut errors = Errors::new();
    if asked.is_empty() {
        errors.add("words", t!(cx, "search-problem-short"));
        return page(&cx, &towns, &values, &errors, None);
    }
    let years: i64 = match values.text("years") {
        "1" => 1,
        "10" => 10,
        _ => 3,
    };
    let from = cx.now.plus_days(-366 * years);
    let town = values.text("municipality").to_owned();
    let found = find(&cx, asked, town, from).await?;
    let desk = cx.require_me()?.organisation;
    let ids: Vec<String> = found
        .hits
        .iter()
        .map(|(one, _)| one.id.to_string())
        .collect();
    let id: Uuid = cx.env().uuid();
    cx.db()
        .write::<_, store::Error>(&cx.viewer(), move |tx| {
            tx.audit(
                store::Audit::new("consultations.search", "consultation")
                    .id(id)
                    .subject(desk.uuid())
                    .field("ids", None::<String>, Some(ids.join(" "))),
            )
        })
        .await?;
    page(&cx, &towns, &values, &errors, Some(&found))
}

fn page(
    cx: &Ctx,
    towns: &Towns,
    values: &Values,
    errors: &Errors,
    found: Option<&Found>,
) -> web::Result<Response> {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let chosen = values.text("municipality");
    let years = match values.text("years") {
        "" => "3",
        typed => typed,
    };
    let spans = [
        ui::Choice::new("1", t!(cx, "search-year")),
        ui::Choice::new("3", t!(cx, "search-three")),
        ui::Choice::new("10", t!(cx, "search-ten")),
    ];
    let form = html! {
        (ui::field(cx, &ui::Field::new("words", t!(cx, "search-words")).hint(t!(cx, "search-words-hint")).value(values.text("words")).errors(errors).required()))
        div.field {
            label for="municipality" { (t!(cx, "search-town")) }
            select id="municipality" name="municipality" {
                option value="" { (t!(cx, "search-all-towns")) }
                @for (code, name) in towns.all(cx.lang) { option value=(code) selected[code == chosen] { (name) } }
            }
        }
        (ui::radio_group(cx, &ui::Field::new("years", t!(cx, "search-years")).value(years), &spans))
        div.actions { (ui::button(t!(cx, "search-go"))) }
    };
    let body = html! {
        (ui::error_summary(cx, errors))
        (ui::form(cx, "/consultations/search", form))
        @if let Some(found) = found { (hits(cx, towns, found)) }
    };
    Ok(cx
        .page(t!(cx, "search-title"))
        .nav("consultations")
        .sub(t!(cx, "search-lead"))
        .no_qr()
        .status(status)
        .body(body))
}

fn hits(cx: &Ctx, towns: &Towns, found: &Found) -> Markup {
    let head = [
        t!(cx, "search-day"),
        t!(cx, "follow-what"),
        t!(cx, "follow-asked"),
        t!(cx, "follow-state"),
    ];
    let rows: Vec<Vec<Markup>> = found
        .hits
        .iter()
        .map(|(one, texts)| {
            vec![
                ui::date(cx, one.received_at.date_jst()),
                html! {
                    a href=(cx.url(&format!("/consultations/{}", one.id))) { (towns.name(cx.lang, &one.fields.municipality)) " " (List::Category.word(one.fields.category(), cx.lang)) }
                    br; span.sub { (one.reference()) }
                },
                html! { span lang="ja" { (start(&texts.asked)) } @if !texts.person.is_empty() { br; span.sub lang="ja" { (texts.person) } } },
                html! { (state_word(cx, one.state)) },
            ]
        })
        .collect();
    let title = t!(cx, "search-found", count = found.hits.len());
    html! {
        section #found {
            h2 { (title) }
            @if found.more { p { (t!(cx, "search-more")) } }
            @if rows.is_empty() { p { (t!(cx, "search-nothing")) } }
            @else { (ui::table_rows(&title, &head, &rows)) }
        }
    }
}
