//! Handlers and their views: the municipality's side, the asking office's side, the side behind a link.

pub(super) mod asker;
pub(super) mod attach;
mod compare;
pub(super) mod consent;
pub(super) mod enter;
pub(super) mod files;
pub(super) mod mine;
pub(super) mod papers;
pub(super) mod public;

use std::{collections::BTreeMap, str::FromStr};

use forms::Value;
use kernel::Lang;
use maud::{Markup, html};
use store::Conn;
use web::{
    Ctx, Errors, Values,
    ui::{self, Tone},
};

use super::{
    actions::Me,
    model::Line,
    store::{self as sql, Whole},
};
use crate::{
    i18n::t,
    pages::again::Again,
    rounds::{
        actions::Refusal,
        model::{Attachment, Decision, Reply, ReplyId, Round},
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
pub(super) struct Loaded {
    pub(super) whole: Whole,
    pub(super) last: BTreeMap<String, Value>,
    pub(super) office: String,
    files: Vec<Attachment>,
}

/// Reads an answer as the municipality sees it.
async fn load_mine(cx: &Ctx, id: ReplyId) -> web::Result<Loaded> {
    let read = move |conn: &mut Conn| {
        let reply = rounds::reply_mine(conn, id)?;
        let round = rounds::round(conn, reply.round)?;
        let (fields, files) = (rounds::fields(conn, id)?, rounds::files_mine(conn, id)?);
        let whole = Whole {
            reply,
            round,
            fields,
        };
        rest(conn, whole, files)
    };
    Ok(cx.db().read(&cx.viewer(), read).await?)
}

fn rest(conn: &mut Conn, whole: Whole, files: Vec<Attachment>) -> Result<Loaded, store::Error> {
    let last = sql::last_time(conn, &whole.round, &whole.reply.code)?;
    let office = office_name(conn, &whole.round)?;
    Ok(Loaded {
        whole,
        last,
        office,
        files,
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

/// A step that was refused, for its own page with what was typed; what the database says goes on as it is.
fn again(
    cx: &Ctx,
    refusal: Refusal,
    (values, field): (Values, &'static str),
    round: &Round,
) -> web::Result<Again> {
    match refusal {
        Refusal::Store(error) => Err(error.into()),
        Refusal::Missing("confirmed") => Ok(Again::refused(
            values,
            "confirmed",
            t!(cx, "returns-need-confirmed"),
        )),
        other => Ok(Again::refused(values, field, said(cx, &other, Some(round)))),
    }
}

/// A refusal in words.
fn said(cx: &Ctx, refusal: &Refusal, round: Option<&Round>) -> String {
    match refusal {
        Refusal::Fields(list) => {
            let named = |key: &String| {
                let field = round.and_then(|r| r.catalogue.field(key))?;
                Some(format!("{} {}", field.number, field.brief(cx.lang)))
            };
            let words: Vec<String> = list
                .iter()
                .map(|(key, what)| match named(key) {
                    Some(name) => format!("{}: {}", name.trim(), what.words(cx.lang)),
                    None => what.words(cx.lang),
                })
                .collect();
            words.join(" / ")
        }
        Refusal::Missing("confirmed") => t!(cx, "returns-need-confirmed"),
        Refusal::Refused(_) => t!(cx, "returns-not-now"),
        other => other.to_string(),
    }
}

/// A refusal of a step in which nothing was typed.
fn refused(cx: &Ctx, refusal: Refusal) -> web::Error {
    match refusal {
        Refusal::Store(error) => error.into(),
        other => web::Error::Invalid(said(cx, &other, None)),
    }
}

/// The names of the three fields of 決裁済み, with their labels.
fn decision_names(cx: &Ctx) -> [(&'static str, String); 3] {
    [
        ("number", t!(cx, "returns-decision-number")),
        ("on", t!(cx, "returns-decision-on")),
        ("post", t!(cx, "returns-decision-post")),
    ]
}

/// The three fields of 決裁済み.
fn decision_fields(cx: &Ctx, again: &Again) -> Markup {
    html! {
        (ui::field(cx, &again.field("number", t!(cx, "returns-decision-number")).maxlength(100)))
        (ui::field(cx, &again.field("on", t!(cx, "returns-decision-on")).hint(t!(cx, "returns-decision-on-hint"))))
        (ui::field(cx, &again.field("post", t!(cx, "returns-decision-post")).hint(t!(cx, "returns-decision-post-hint")).maxlength(100)))
    }
}

/// 決裁済み as typed: number, day and post, all three; or what is wrong with each.
fn decision(cx: &Ctx, values: &Values) -> Result<Decision, Errors> {
    let text = |name: &str| kernel::text::trim(values.text(name)).to_owned();
    let mut errors = Errors::new();
    let wrong = || t!(cx, "returns-decision-missing");
    for name in ["number", "post"] {
        if !(1..=100).contains(&text(name).chars().count()) {
            errors.add(name, wrong());
        }
    }
    let on = kernel::parse_date(&text("on")).ok();
    if on.is_none_or(|on| on > cx.now.date_jst()) {
        errors.add("on", wrong());
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Decision {
        number: text("number"),
        on,
        post: text("post"),
    })
}

/// What a form is called when it is saved.
fn file_name(reply: &Reply, round: &Round, end: &str) -> String {
    format!("{}_{}.{end}", round.title, reply.name)
}

/// Until when.
fn due(cx: &Ctx, reply: &Reply, round: &Round) -> Markup {
    ui::date_opt(cx, reply.due(round))
}
