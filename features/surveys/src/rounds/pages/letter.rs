//! Title, 照会文書 and range of a round.

use axum::{extract::Path, response::Response};
use maud::html;
use web::{Ctx, Errors, Form, Values, ui};

use super::{crumbs, day, parse, range_word};
use crate::{
    i18n::t,
    model::is_slug,
    rounds::{
        actions::{self, Refusal},
        model::{Letter, Range, Round, RoundId},
        store as sql,
    },
};

/// Fields of the form with their most characters and, for several lines, their height.
const FIELDS: [(&str, usize, u32); 9] = [
    ("title", 300, 0),
    ("title_en", 500, 0),
    ("slug", 80, 0),
    ("letter_to", 500, 0),
    ("letter_number", 100, 0),
    ("letter_date", 40, 0),
    ("due", 40, 0),
    ("contact", 1000, 3),
    ("letter_body", 10_000, 8),
];

async fn read(cx: &Ctx, id: RoundId) -> web::Result<Round> {
    let round = cx
        .db()
        .read(&cx.viewer(), move |c| sql::round(c, id))
        .await?;
    if round.side == crate::rounds::model::Side::Asker {
        Ok(round)
    } else {
        Err(web::Error::NotFound)
    }
}

/// `GET /surveys/rounds/{id}/letter`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let round = read(&cx, parse(&id)?).await?;
    let letter = &round.letter;
    let shown = |day: Option<kernel::Date>| {
        day.map(|d| kernel::format_date(d, cx.lang))
            .unwrap_or_default()
    };
    let mut values = Values::default();
    for (name, value) in [
        ("title", round.title.clone()),
        ("title_en", round.title_en.clone()),
        ("slug", round.slug.clone()),
        ("letter_to", letter.to.clone()),
        ("letter_number", letter.number.clone()),
        ("letter_date", shown(letter.date)),
        ("due", shown(letter.due)),
        ("contact", letter.contact.clone()),
        ("letter_body", letter.body.clone()),
        ("range", round.default_range.code().to_owned()),
        ("seen", round.version.to_string()),
    ] {
        values.push(name.to_owned(), value);
    }
    Ok(page(&cx, &round, &values, &Errors::new()))
}

/// `POST /surveys/rounds/{id}/letter`
pub(crate) async fn save(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let mut round = read(&cx, parse(&id)?).await?;
    let mut errors = Errors::new();
    for (name, most, _) in FIELDS {
        let is = values.text(name).chars().count();
        if is > most {
            errors.add(
                name,
                t!(
                    cx,
                    "rounds-error-long",
                    most = most.to_string(),
                    is = is.to_string()
                ),
            );
        }
    }
    if values.text("title").is_empty() {
        errors.add("title", t!(cx, "rounds-error-title"));
    }
    if !is_slug(values.text("slug")) {
        errors.add("slug", t!(cx, "rounds-error-slug"));
    }
    let mut date = |name: &'static str| {
        let typed = values.text(name);
        let found = day(typed);
        if found.is_none() && !typed.is_empty() {
            errors.add(name, t!(cx, "rounds-error-date"));
        }
        found
    };
    let (on, due) = (date("letter_date"), date("due"));
    let range = Range::from_code(values.text("range"));
    if range.is_none() {
        errors.add("range", t!(cx, "rounds-error-range"));
    }
    if !errors.is_empty() {
        return Ok(page(&cx, &round, &values, &errors));
    }
    round.title = values.text("title").to_owned();
    round.title_en = values.text("title_en").to_owned();
    round.slug = values.text("slug").to_owned();
    round.default_range = range.unwrap_or(round.default_range);
    round.letter = Letter {
        to: values.text("letter_to").to_owned(),
        number: values.text("letter_number").to_owned(),
        date: on,
        body: values.text("letter_body").to_owned(),
        contact: values.text("contact").to_owned(),
        due,
    };
    let seen = values.text("seen").parse().unwrap_or_default();
    let (id, kept) = (round.id, round.clone());
    let saved = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::round::save_letter(tx, &kept, seen)
        })
        .await;
    match saved {
        Err(Refusal::Slug) => {
            errors.add("slug", t!(cx, "rounds-slug-taken"));
            Ok(page(&cx, &round, &values, &errors))
        }
        Err(Refusal::Overtaken) => {
            let now = read(&cx, id).await?;
            Ok(conflict(&cx, &now, &values))
        }
        other => super::done(
            &cx,
            other,
            &t!(cx, "rounds-saved"),
            &format!("/surveys/rounds/{id}"),
        ),
    }
}

/// Somebody else saved: both stand on the page, mine in the form.
fn conflict(cx: &Ctx, now: &Round, values: &Values) -> Response {
    let mut fresh = Values::default();
    for (name, value) in values.iter().filter(|(name, _)| *name != "seen") {
        fresh.push(name.to_owned(), value.to_owned());
    }
    fresh.push("seen".to_owned(), now.version.to_string());
    let errors = Errors::new();
    let body = html! {
        (ui::notice(ui::Tone::Warn, t!(cx, "rounds-conflict-title"), html! { p { (t!(cx, "rounds-conflict-letter")) } }))
        (ui::card(t!(cx, "rounds-conflict-theirs"), facts(cx, now)))
        (form(cx, now, &fresh, &errors))
    };
    let title = t!(cx, "rounds-letter");
    cx.page(title.clone())
        .nav("surveys")
        .crumbs(&crumbs(cx, now, &title))
        .no_qr()
        .status(axum::http::StatusCode::CONFLICT)
        .body(body)
}

/// The letter as facts.
fn facts(cx: &Ctx, now: &Round) -> maud::Markup {
    let letter = &now.letter;
    let facts = vec![
        (t!(cx, "rounds-title-field"), html! { (now.title) }),
        (t!(cx, "rounds-letter-to"), html! { (letter.to) }),
        (t!(cx, "rounds-letter-number"), html! { (letter.number) }),
        (t!(cx, "rounds-due"), super::list::due(cx, letter.due)),
        (t!(cx, "rounds-contact"), html! { (letter.contact) }),
        (
            t!(cx, "rounds-letter-body"),
            html! { @for line in letter.body.lines() { p { (line) } } },
        ),
    ];
    ui::dl(&facts)
}

/// The letter as it was sent.
fn reading(cx: &Ctx, round: &Round) -> maud::Markup {
    ui::card(round.title(cx.lang), facts(cx, round))
}

fn page(cx: &Ctx, round: &Round, values: &Values, errors: &Errors) -> Response {
    let title = t!(cx, "rounds-letter");
    let body = html! {
        (ui::error_summary(cx, errors))
        @if round.state.edit().is_err() {
            (ui::notice(ui::Tone::Info, t!(cx, "rounds-sent-already"), html! { p { (t!(cx, "rounds-sent-already-text")) } }))
        }
        @if round.state.edit().is_ok() { (form(cx, round, values, errors)) } @else { (reading(cx, round)) }
    };
    cx.page(title.clone())
        .nav("surveys")
        .crumbs(&crumbs(cx, round, &title))
        .sub(t!(cx, "rounds-letter-lead"))
        .no_qr()
        .form(errors)
        .body(body)
}

fn form(cx: &Ctx, round: &Round, values: &Values, errors: &Errors) -> maud::Markup {
    let label = |name: &str| match name {
        "title" => t!(cx, "rounds-title-field"),
        "title_en" => t!(cx, "rounds-title-en"),
        "slug" => t!(cx, "rounds-slug-field"),
        "letter_to" => t!(cx, "rounds-letter-to"),
        "letter_number" => t!(cx, "rounds-letter-number"),
        "letter_date" => t!(cx, "rounds-letter-date"),
        "due" => t!(cx, "rounds-due"),
        "contact" => t!(cx, "rounds-contact"),
        _ => t!(cx, "rounds-letter-body"),
    };
    let hint = |name: &str| match name {
        "slug" => t!(cx, "rounds-slug-hint"),
        "letter_to" => t!(cx, "rounds-letter-to-hint"),
        "due" | "letter_date" => t!(cx, "rounds-date-hint"),
        "contact" => t!(cx, "rounds-contact-hint"),
        _ => t!(cx, "rounds-optional"),
    };
    let ranges = Range::ALL
        .into_iter()
        .map(|r| ui::Choice::new(r.code(), range_word(cx, r)))
        .collect();
    html! {
        form.form method="post" action=(cx.url(&format!("/surveys/rounds/{}/letter", round.id))) novalidate
            data-keep=(cx.keep_key("surveys.letter", round.id)) {
            input type="hidden" name="_csrf" value=(cx.csrf());
            input type="hidden" name="seen" value=(values.text("seen"));
            @for (name, _, rows) in FIELDS {
                @let kind = if rows > 0 { ui::Kind::Textarea { rows } } else { ui::Kind::Text };
                @let field = ui::Field::new(name, label(name)).kind(kind).value(values.get(name).unwrap_or_default()).errors(errors);
                (ui::field(cx, &if name == "title" { field.required() } else { field.hint(hint(name)) }))
            }
            (ui::field(cx, &ui::Field::new("range", t!(cx, "rounds-default-range")).hint(t!(cx, "rounds-default-range-hint"))
                .kind(ui::Kind::Radio(ranges)).value(values.get("range").unwrap_or_default()).errors(errors)))
            @if round.state.edit().is_ok() { div.actions { (ui::button(t!(cx, "rounds-save"))) } }
        }
    }
}
