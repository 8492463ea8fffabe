//! Handlers and their views: the municipality's side, the asking office's side, the side behind a link.

pub(super) mod asker;
mod compare;
pub(super) mod enter;
pub(super) mod files;
pub(super) mod mine;
pub(super) mod public;

use std::{collections::BTreeMap, str::FromStr};

use forms::Value;
use kernel::Lang;
use maud::{Markup, html};
use store::Conn;
use web::{
    Ctx, Values,
    ui::{self, Tone},
};

use super::{
    actions::Me,
    model::Line,
    store::{self as sql, Whole},
};
use crate::{
    i18n::t,
    rounds::{
        actions::Refusal,
        model::{Decision, Reply, ReplyId, Round},
        store as rounds,
    },
};

/// A part of an address; what cannot be one is not there.
fn parse<T: FromStr>(text: &str) -> web::Result<T> {
    text.parse().map_err(|_| web::Error::NotFound)
}

/// The person and the office.
fn me(cx: &Ctx) -> web::Result<Me> {
    let me = cx.require_me()?;
    Ok((me.account, me.organisation))
}

/// What the pages of one answer need.
struct Loaded {
    whole: Whole,
    last: BTreeMap<String, Value>,
    office: String,
}

/// Reads an answer as the municipality sees it.
async fn load_mine(cx: &Ctx, id: ReplyId) -> web::Result<Loaded> {
    let read = move |conn: &mut Conn| {
        let reply = rounds::reply_mine(conn, id)?;
        let round = rounds::round(conn, reply.round)?;
        let fields = rounds::fields(conn, id)?;
        rest(
            conn,
            Whole {
                reply,
                round,
                fields,
            },
        )
    };
    Ok(cx.db().read(&cx.viewer(), read).await?)
}

fn rest(conn: &mut Conn, whole: Whole) -> Result<Loaded, store::Error> {
    let last = sql::last_time(conn, &whole.round, &whole.reply.code)?;
    let office = office_name(conn, &whole.round)?;
    Ok(Loaded {
        whole,
        last,
        office,
    })
}

/// Name of the office that asks.
fn office_name(conn: &mut Conn, round: &Round) -> Result<String, store::Error> {
    let office = areas::store::organisation(conn, round.asker)?;
    Ok(office.map(|o| o.name).unwrap_or_default())
}

/// The report about a file.
fn report(cx: &Ctx, lines: &[Line]) -> Markup {
    let cells = |line: &Line| match cx.lang {
        Lang::Ja => line.ja.clone(),
        Lang::En => line.en.clone(),
    };
    let rows: Vec<Vec<Markup>> = lines
        .iter()
        .map(cells)
        .map(|(place, words)| vec![html! { (place) }, html! { (words) }])
        .collect();
    ui::table_rows(
        t!(cx, "returns-report"),
        &[
            t!(cx, "returns-report-place"),
            t!(cx, "returns-report-what"),
        ],
        &rows,
    )
}

/// The form that sends a file back.
fn upload_form(cx: &Ctx, action: &str) -> Markup {
    ui::form_upload(
        cx,
        action,
        html! {
            (ui::field(cx, &ui::Field::new("file", t!(cx, "returns-file"))
                .kind(ui::Kind::File { accept: ".xlsx,.docx" })
                .hint(t!(cx, "returns-file-hint"))))
            div.actions { (ui::button(t!(cx, "returns-upload"))) }
        },
    )
}

/// The page after a file of which nothing could be taken.
fn refused_file(
    cx: &Ctx,
    lines: &[Line],
    again: &Markup,
    crumbs: &[(String, String)],
) -> web::Result {
    let body = html! {
        (ui::notice(Tone::Bad, t!(cx, "returns-refused"), html! { p { (t!(cx, "returns-refused-text")) } }))
        (report(cx, lines))
        (again)
    };
    Ok(cx
        .page(t!(cx, "returns-refused"))
        .nav("surveys")
        .crumbs(crumbs)
        .status(axum::http::StatusCode::UNPROCESSABLE_ENTITY)
        .no_qr()
        .body(body))
}

/// A refusal in words.
fn refused(cx: &Ctx, refusal: Refusal) -> web::Error {
    match refusal {
        Refusal::Store(error) => error.into(),
        Refusal::Fields(list) => {
            let words: Vec<String> = list
                .iter()
                .map(|(key, what)| format!("{key}: {}", what.words(cx.lang)))
                .collect();
            web::Error::Invalid(words.join("\n"))
        }
        Refusal::Missing("confirmed") => web::Error::Invalid(t!(cx, "returns-need-confirmed")),
        Refusal::Refused(_) => web::Error::Invalid(t!(cx, "returns-not-now")),
        other => web::Error::Invalid(other.to_string()),
    }
}

/// The three fields of 決裁済み.
fn decision_fields(cx: &Ctx) -> Markup {
    html! {
        (ui::field(cx, &ui::Field::new("number", t!(cx, "returns-decision-number")).maxlength(100)))
        (ui::field(cx, &ui::Field::new("on", t!(cx, "returns-decision-on")).hint(t!(cx, "returns-decision-on-hint"))))
        (ui::field(cx, &ui::Field::new("post", t!(cx, "returns-decision-post")).hint(t!(cx, "returns-decision-post-hint")).maxlength(100)))
    }
}

/// 決裁済み as typed: number, day and post, all three.
fn decision(cx: &Ctx, values: &Values) -> web::Result<Decision> {
    let text = |name: &str| kernel::text::trim(values.text(name)).to_owned();
    let wrong = || web::Error::Invalid(t!(cx, "returns-decision-missing"));
    let on = kernel::parse_date(&text("on")).map_err(|_| wrong())?;
    let decision = Decision {
        number: text("number"),
        on: Some(on),
        post: text("post"),
    };
    let fits = |text: &str| (1..=100).contains(&text.chars().count());
    if fits(&decision.number) && fits(&decision.post) {
        Ok(decision)
    } else {
        Err(wrong())
    }
}

/// What a form is called when it is saved.
fn file_name(reply: &Reply, round: &Round, end: &str) -> String {
    format!("{}_{}.{end}", round.title, reply.name)
}

/// Until when.
fn due(cx: &Ctx, reply: &Reply, round: &Round) -> Markup {
    ui::date_opt(cx, reply.due(round))
}
