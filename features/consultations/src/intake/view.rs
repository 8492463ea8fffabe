//! The screen: who asks, what, about whom, how it ended; the directory beside it.
//!
//! Every list is a row of choices with a key each; a chosen one leads on to the next row. Without scripts it is a plain form.

use axum::{http::StatusCode, response::Response};
use kernel::Time;
use maud::{Markup, html};
use web::{Ctx, Errors, ui};

use super::Town;
use crate::{
    codes::List,
    i18n::t,
    list::words,
    model::{Consultation, ConsultationId, Fields, Lane, State},
    sealed::Texts,
};

/// Keys of a row of choices, in order.
const KEYS: &[u8] = b"1234567890abcdefghijklmnop";

/// Everything the screen shows.
pub(super) struct Sheet {
    pub(super) id: ConsultationId,
    pub(super) state: State,
    pub(super) seen: i64,
    pub(super) opened: Time,
    pub(super) minutes: String,
    pub(super) fields: Fields,
    pub(super) texts: Texts,
    pub(super) towns: Vec<Town>,
    pub(super) remembered: bool,
    pub(super) new: bool,
}

/// One choice of a row: value, word.
type Choices = Vec<(String, String)>;

struct Row<'a> {
    name: &'a str,
    label: String,
    hint: Option<String>,
    many: bool,
    chosen: &'a [String],
}

fn codes(cx: &Ctx, list: List) -> Choices {
    list.all()
        .iter()
        .map(|c| (c.code.to_owned(), c.word(cx.lang).to_owned()))
        .collect()
}

fn row(cx: &Ctx, row: &Row<'_>, choices: &Choices, errors: &Errors) -> Markup {
    let error = errors.of(row.name);
    let kind = if row.many { "checkbox" } else { "radio" };
    html! {
        fieldset.field.pick.bad[error.is_some()] id=(row.name) data-stop data-pick=(kind) {
            legend { (row.label) @if row.many { " " span.sub { (t!(cx, "intake-many")) } } }
            @if let Some(hint) = &row.hint { p.hint { (hint) } }
            @if let Some(error) = error { p.error { (error) } }
            div.chips {
                @for (at, (value, word)) in choices.iter().enumerate() {
                    @let key = KEYS.get(at).map(|k| char::from(*k).to_string()).unwrap_or_default();
                    div.choice {
                        input type=(kind) id={ (row.name) "-" (at) } name=(row.name) value=(value) data-key=(key) checked[row.chosen.contains(value)];
                        label for={ (row.name) "-" (at) } { kbd aria-hidden="true" { (key) } (word) }
                    }
                }
            }
        }
    }
}

fn pick(cx: &Ctx, list: List, label: String, chosen: &str, errors: &Errors) -> Markup {
    let chosen = [chosen.to_owned()];
    let one = Row {
        name: list.name(),
        label,
        hint: None,
        many: false,
        chosen: &chosen,
    };
    row(cx, &one, &codes(cx, list), errors)
}

fn pick_many(cx: &Ctx, list: List, label: String, chosen: &[String], errors: &Errors) -> Markup {
    let many = Row {
        name: list.name(),
        label,
        hint: None,
        many: true,
        chosen,
    };
    row(cx, &many, &codes(cx, list), errors)
}

fn line(
    cx: &Ctx,
    name: &str,
    label: String,
    value: &str,
    errors: &Errors,
    kind: ui::Kind<'_>,
) -> Markup {
    let field = ui::Field::new(name, label)
        .value(value)
        .kind(kind)
        .autocomplete("off")
        .errors(errors);
    html! { div data-stop { (ui::field(cx, &field)) } }
}

fn towns(cx: &Ctx, sheet: &Sheet, errors: &Errors) -> Markup {
    let choices: Choices = sheet
        .towns
        .iter()
        .map(|t| (t.code.clone(), t.name(cx.lang).to_owned()))
        .collect();
    let chosen = [sheet.fields.municipality.clone()];
    let one = Row {
        name: "municipality",
        label: t!(cx, "intake-municipality"),
        hint: sheet.remembered.then(|| t!(cx, "intake-remembered")),
        many: false,
        chosen: &chosen,
    };
    row(cx, &one, &choices, errors)
}

fn who(cx: &Ctx, sheet: &Sheet, errors: &Errors) -> Markup {
    let (f, x) = (&sheet.fields, &sheet.texts);
    html! {
        (towns(cx, sheet, errors))
        (pick(cx, List::Caller, t!(cx, "intake-caller"), &f.caller, errors))
        div.pair {
            (line(cx, "caller_office", t!(cx, "intake-office"), &x.caller_office, errors, ui::Kind::Text))
            (line(cx, "caller_phone", t!(cx, "intake-phone"), &x.caller_phone, errors, ui::Kind::Tel))
        }
        @if let Some(provider) = f.caller_provider { input type="hidden" name="caller_provider" value=(provider); }
    }
}

fn what(cx: &Ctx, sheet: &Sheet, errors: &Errors) -> Markup {
    let (f, x) = (&sheet.fields, &sheet.texts);
    html! {
        (pick_many(cx, List::Category, t!(cx, "intake-category"), &f.categories, errors))
        (line(cx, "asked", t!(cx, "intake-asked"), &x.asked, errors, ui::Kind::Textarea { rows: 3 }))
        (line(cx, "answer", t!(cx, "intake-answer"), &x.answer, errors, ui::Kind::Textarea { rows: 3 }))
    }
}

fn person(cx: &Ctx, sheet: &Sheet, errors: &Errors) -> Markup {
    let (f, x) = (&sheet.fields, &sheet.texts);
    html! {
        div.pair {
            (line(cx, "place", t!(cx, "intake-place"), &x.place, errors, ui::Kind::Text))
            (line(cx, "person", t!(cx, "intake-person"), &x.person, errors, ui::Kind::Text))
        }
        (pick(cx, List::Age, t!(cx, "intake-age"), &f.age_band, errors))
        (pick(cx, List::CareLevel, t!(cx, "intake-care-level"), &f.care_level, errors))
        (pick_many(cx, List::Treatment, t!(cx, "intake-treatment"), &f.treatments, errors))
    }
}

fn follow(cx: &Ctx, sheet: &Sheet, errors: &Errors) -> Markup {
    let today = cx.now.date_jst();
    let mut choices: Choices = Vec::new();
    for days in [1_i64, 3, 7] {
        let date = Time::from_jst_date(today).plus_days(days).date_jst();
        let day = kernel::wareki::format_short(date);
        choices.push((
            date.to_string(),
            t!(cx, "intake-in-days", days = days, day = day),
        ));
    }
    let chosen: Vec<String> = sheet
        .fields
        .follow_up_on
        .iter()
        .map(ToString::to_string)
        .collect();
    for day in &chosen {
        if !choices.iter().any(|(value, _)| value == day) {
            choices.push((day.clone(), day.clone()));
        }
    }
    choices.insert(0, (String::new(), t!(cx, "intake-no-follow")));
    let none = [String::new()];
    let one = Row {
        name: "follow",
        label: t!(cx, "intake-follow"),
        hint: None,
        many: false,
        chosen: if chosen.is_empty() { &none } else { &chosen },
    };
    row(cx, &one, &choices, errors)
}

fn end(cx: &Ctx, sheet: &Sheet, errors: &Errors) -> Markup {
    let f = &sheet.fields;
    html! {
        (pick(cx, List::Urgency, t!(cx, "intake-urgency"), &f.urgency, errors))
        (pick_many(cx, List::Response, t!(cx, "intake-response"), &f.responses, errors))
        (pick(cx, List::Result, t!(cx, "intake-result"), &f.result, errors))
        (pick(cx, List::NeedMet, t!(cx, "intake-need-met"), &f.need_met, errors))
        (follow(cx, sheet, errors))
    }
}

fn more(cx: &Ctx, sheet: &Sheet, errors: &Errors) -> Markup {
    let (f, x) = (&sheet.fields, &sheet.texts);
    let lanes: Choices = Lane::ALL
        .iter()
        .map(|lane| (lane.code().to_owned(), words::lane(cx, *lane)))
        .collect();
    // While nothing is saved the lane follows the caller.
    let lane = if sheet.new && !sheet.remembered {
        Vec::new()
    } else {
        vec![f.lane.code().to_owned()]
    };
    let lane_row = Row {
        name: "lane",
        label: t!(cx, "intake-lane"),
        hint: None,
        many: false,
        chosen: &lane,
    };
    html! {
        details.card {
            summary { (t!(cx, "intake-more")) }
            (line(cx, "caller_name", t!(cx, "intake-caller-name"), &x.caller_name, errors, ui::Kind::Text))
            (pick(cx, List::Channel, t!(cx, "intake-channel"), &f.channel, errors))
            (row(cx, &lane_row, &lanes, errors))
            (pick(cx, List::Living, t!(cx, "intake-living"), &f.living, errors))
            (pick_many(cx, List::Scene, t!(cx, "intake-scene"), &f.scenes, errors))
            (pick(cx, List::Basis, t!(cx, "intake-basis"), &f.legal_basis, errors))
            p.hint { (t!(cx, "intake-basis-hint")) }
            (line(cx, "outcome", t!(cx, "intake-outcome"), &x.outcome, errors, ui::Kind::Textarea { rows: 2 }))
            (ui::field(cx, &ui::Field::new("area_issue", t!(cx, "intake-area-issue")).kind(ui::Kind::Checkbox).value(if f.area_issue { "1" } else { "" })))
        }
    }
}

fn section(number: &str, title: &str, body: &Markup) -> Markup {
    html! { section.card.part { h2 { span.part-number aria-hidden="true" { (number) } (title) } (body) } }
}

fn bar(cx: &Ctx, sheet: &Sheet, errors: &Errors) -> Markup {
    let draft = sheet.state == State::Draft;
    html! {
        div.desk-bar.no-print {
            div.minutes {
                (ui::field(cx, &ui::Field::new("minutes", t!(cx, "intake-minutes")).kind(ui::Kind::Number).value(sheet.minutes.as_str()).errors(errors)))
                span.sub { (t!(cx, "intake-minutes-unit")) }
            }
            p.sub role="status" data-saved { }
            button.btn type="submit" data-save { (if draft { t!(cx, "intake-save") } else { t!(cx, "intake-save-change") }) " " kbd aria-hidden="true" { "Ctrl+Enter" } }
        }
    }
}

/// The screen with what was typed.
pub(super) fn page(
    cx: &Ctx,
    sheet: &Sheet,
    panel: &Markup,
    errors: &Errors,
    status: StatusCode,
) -> Response {
    let title = if sheet.new {
        t!(cx, "intake-title")
    } else {
        t!(cx, "intake-title-edit")
    };
    let path = format!("/consultations/{}", sheet.id);
    let keep = if sheet.new {
        "new".to_owned()
    } else {
        sheet.id.to_string()
    };
    let ask = errors.iter().any(|(_, text)| text.contains("12"));
    let body = html! {
        (ui::error_summary(cx, errors))
        div.desk {
            form.form.intake #call method="post" action=(cx.url(&path)) novalidate autocomplete="off" data-desk
                data-keep=(cx.keep_key("consultations", keep)) data-keep-saved=(cx.keep_key("consultations", sheet.id))
                data-autosave-all=(cx.url(&format!("{path}/autosave"))) data-draft[sheet.state == State::Draft]
                data-edit=(cx.url(&format!("{path}/edit"))) data-since=(sheet.opened.micros()) {
                input type="hidden" name="_csrf" value=(cx.csrf());
                input type="hidden" name="opened" value=(sheet.opened.micros());
                input type="hidden" name="seen" value=(sheet.seen);
                // The first button is what the Enter key presses where no script moves on.
                button.visually-hidden type="submit" tabindex="-1" aria-hidden="true" { (t!(cx, "intake-save")) }
                (section("1", &t!(cx, "intake-who"), &who(cx, sheet, errors)))
                (section("2", &t!(cx, "intake-what"), &what(cx, sheet, errors)))
                (section("3", &t!(cx, "intake-about"), &person(cx, sheet, errors)))
                (section("4", &t!(cx, "intake-end"), &end(cx, sheet, errors)))
                (more(cx, sheet, errors))
                @if ask { (web::statement_field(cx, "texts", false)) }
                div data-clash hidden role="alert" { }
                (bar(cx, sheet, errors))
            }
            div.side {
                section.beside #beside aria-label=(t!(cx, "beside-title")) tabindex="-1" data-beside=(cx.url(&format!("{path}/beside"))) { (panel) }
                section.card.earlier data-earlier=(cx.url(&format!("{path}/earlier"))) hidden { h2 { (t!(cx, "intake-earlier")) } div { } }
            }
        }
    };
    cx.page(title.clone())
        .nav("consultations")
        .crumbs(&[
            ("/consultations", t!(cx, "consultations-title")),
            ("", title),
        ])
        .sub(t!(cx, "intake-lead"))
        .wide()
        .no_qr()
        .status(status)
        .body(body)
}

/// After two people saved at once: both texts, and mine on the screen to be saved over it knowingly.
pub(super) fn conflict(cx: &Ctx, sheet: &Sheet, theirs: &Consultation) -> web::Result {
    let their = theirs.texts(cx.db().key())?;
    let both = |label: String, a: &str, b: &str| {
        html! {
            @if a != b { (ui::grid(2, html! {
                section { h3 { (t!(cx, "intake-theirs")) } p.sub { (label) } p.written { (a) } }
                section { h3 { (t!(cx, "intake-mine")) } p.sub { (label) } p.written { (b) } }
            })) }
        }
    };
    let panel = html! {
        (ui::card_waits(t!(cx, "intake-conflict"), html! {
            p { (t!(cx, "intake-conflict-text")) }
            (both(t!(cx, "intake-asked"), &their.asked, &sheet.texts.asked))
            (both(t!(cx, "intake-answer"), &their.answer, &sheet.texts.answer))
            (both(t!(cx, "intake-outcome"), &their.outcome, &sheet.texts.outcome))
            p { a href=(cx.url(&format!("/consultations/{}", sheet.id))) { (t!(cx, "intake-conflict-open")) } }
        }))
    };
    Ok(page(
        cx,
        sheet,
        &panel,
        &Errors::new(),
        StatusCode::CONFLICT,
    ))
}
