//! A new round from last time's questions.

use axum::{http::StatusCode, response::Response};
use forms::{Catalogue, Field, Kind, Words, catalogue::is_key};
use store::Conn;
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use maud::html;

use crate::{
    i18n::t,
    model::{Question, Survey, SurveyId, is_slug},
    rounds::{
        actions::{self, Refusal},
        model::{Letter, Range, Round, RoundId, RoundState, Side},
        store as sql,
    },
    store as surveys,
};

/// Most characters of a long answer, when the questions come from a published survey.
const LONG: usize = 10_000;
/// So many of the office's latest rounds are looked through for the form of a survey.
const LOOKED_AT: i64 = 50;

/// `GET /surveys/rounds/new`
pub(crate) async fn show(cx: Ctx) -> web::Result {
    let list = published(&cx).await?;
    let mut values = Values::default();
    let year = kernel::fiscal_year(cx.now.date_jst());
    if let Some(last) = list.first() {
        values.push("based_on".to_owned(), last.id.to_string());
        values.push("title".to_owned(), last.head.title.clone());
        values.push("title_en".to_owned(), last.head.title_en.clone());
    }
    values.push("fiscal_year".to_owned(), year.to_string());
    values.push("slug".to_owned(), format!("{year}-renkei"));
    Ok(page(&cx, &list, &values, &Errors::new()))
}

async fn published(cx: &Ctx) -> web::Result<Vec<Survey>> {
    let read = |conn: &mut Conn| surveys::published(conn, 50, 0).map(|(list, _)| list);
    Ok(cx.db().read(&cx.viewer(), read).await?)
}

/// `POST /surveys/rounds/new`
pub(crate) async fn save(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let list = published(&cx).await?;
    let mut errors = Errors::new();
    let title = values.text("title");
    if title.is_empty() || title.chars().count() > 300 {
        errors.add("title", t!(cx, "rounds-error-title"));
    }
    if values.text("title_en").chars().count() > 500 {
        errors.add("title_en", t!(cx, "rounds-error-title"));
    }
    let year = kernel::wareki::parse_fiscal_year(values.text("fiscal_year")).ok();
    let year = year.filter(|y| (1947..=2200).contains(y));
    if year.is_none() {
        errors.add("fiscal_year", t!(cx, "rounds-error-year"));
    }
    if !is_slug(values.text("slug")) {
        errors.add("slug", t!(cx, "rounds-error-slug"));
    }
    let based_on = list
        .iter()
        .find(|s| s.id.to_string() == values.text("based_on"))
        .map(|s| s.id);
    if based_on.is_none() && !values.text("based_on").is_empty() {
        errors.add("based_on", t!(cx, "rounds-error-based"));
    }
    let (Some(fiscal_year), true) = (year, errors.is_empty()) else {
        return Ok(page(&cx, &list, &values, &errors));
    };
    let me = cx.require_me()?;
    let catalogue = catalogue(&cx, based_on).await?;
    let round = Round {
        id: cx.env().id::<RoundId>(),
        asker: me.organisation,
        slug: values.text("slug").to_owned(),
        title: title.to_owned(),
        title_en: values.text("title_en").to_owned(),
        fiscal_year,
        based_on,
        catalogue,
        letter: Letter::default(),
        default_range: Range::Meeting,
        state: RoundState::Draft,
        check_due: None,
        survey: None,
        fictional: false,
        sent_at: None,
        published_at: None,
        version: 1,
        side: Side::Asker,
    };
    let id = round.id;
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::round::create(tx, &round))
        .await;
    match made {
        Ok(()) => {
            cx.flash(FlashKind::Good, &t!(cx, "rounds-created"));
            Ok(cx.redirect(&format!("/surveys/rounds/{id}")))
        }
        Err(Refusal::Slug) => {
            errors.add("slug", t!(cx, "rounds-slug-taken"));
            Ok(page(&cx, &list, &values, &errors))
        }
        Err(other) => Err(other.into()),
    }
}

/// Last time's questions as fields; one empty question when there is no last time.
async fn catalogue(cx: &Ctx, based_on: Option<SurveyId>) -> web::Result<Catalogue> {
    let Some(survey) = based_on else {
        let field = Field::new(
            "q1",
            Words::ja(t!(cx, "rounds-first-question")),
            Kind::Long { most: LONG },
        );
        return Ok(Catalogue {
            fields: vec![field],
        });
    };
    let read = move |conn: &mut Conn| {
        // A survey that came from an own round has its whole form: kinds, limits, hints, English.
        let round = sql::rounds_asked(conn, LOOKED_AT)?
            .into_iter()
            .find(|r| r.survey == Some(survey));
        match round {
            Some(round) => Ok(round.catalogue),
            None => surveys::questions(conn, survey).map(|list| from_questions(&list)),
        }
    };
    Ok(cx.db().read(&cx.viewer(), read).await?)
}

/// The questions of a published survey as long texts under the same keys, so that last time's answers stand beside them.
pub(crate) fn from_questions(questions: &[Question]) -> Catalogue {
    let mut catalogue = Catalogue::default();
    for question in questions {
        let ask = &question.ask;
        let key = if is_key(&ask.field) && catalogue.field(&ask.field).is_none() {
            ask.field.clone()
        } else {
            catalogue.free_key()
        };
        let label = Words::new(ask.body.as_str(), ask.body_en.as_str());
        let mut field = Field::new(key, label, Kind::Long { most: LONG });
        field.number.clone_from(&ask.number);
        field.short = Words::new(ask.short.as_str(), ask.short_en.as_str());
        catalogue.fields.push(field);
    }
    catalogue
}

fn page(cx: &Ctx, list: &[Survey], values: &Values, errors: &Errors) -> Response {
    let mut choices = vec![ui::Choice::new("", t!(cx, "rounds-based-none"))];
    choices.extend(
        list.iter()
            .map(|s| ui::Choice::new(s.id.to_string(), s.title(cx.lang).to_owned())),
    );
    let text = |name: &'static str, label: String, hint: String| {
        ui::field(
            cx,
            &ui::Field::new(name, label)
                .hint(hint)
                .value(values.get(name).unwrap_or_default())
                .errors(errors),
        )
    };
    let body = html! {
        (ui::error_summary(cx, errors))
        (ui::form(cx, "/surveys/rounds/new", html! {
            (ui::field(cx, &ui::Field::new("based_on", t!(cx, "rounds-based")).hint(t!(cx, "rounds-based-hint"))
                .kind(ui::Kind::Select(choices)).value(values.get("based_on").unwrap_or_default()).errors(errors)))
            (text("title", t!(cx, "rounds-title-field"), t!(cx, "rounds-title-hint")))
            (text("title_en", t!(cx, "rounds-title-en"), t!(cx, "rounds-optional")))
            (text("fiscal_year", t!(cx, "rounds-year-field"), t!(cx, "rounds-year-hint")))
            (text("slug", t!(cx, "rounds-slug-field"), t!(cx, "rounds-slug-hint")))
            div.actions { (ui::button(t!(cx, "rounds-create"))) }
        }))
    };
    let title = t!(cx, "rounds-new");
    cx.page(title.clone())
        .nav("surveys")
        .crumbs(&[
            ("/surveys", t!(cx, "surveys-title")),
            ("/surveys/rounds", t!(cx, "rounds-title")),
            ("", title),
        ])
        .sub(t!(cx, "rounds-new-lead"))
        .no_qr()
        .status(if errors.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        })
        .body(body)
}
