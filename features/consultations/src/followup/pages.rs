//! The list for today, a note with a new day, and 「また電話があった」.

use axum::{extract::Path, http::StatusCode, response::Response};
use kernel::Date;
use maud::{Markup, html};
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::store as sql;
use crate::{
    actions::{self as base, Refusal},
    codes::List,
    i18n::t,
    lanes::pages::{
        Input, STATED, stated,
        words::{Towns, lines},
    },
    list::parse,
    model::{Consultation, ConsultationId, EventId, State, Step},
    retention,
    sealed::seal_note,
};

/// Days ahead that the list shows.
const AHEAD_DAYS: i64 = 7;
/// Rows of each part at most.
const MOST: i64 = 300;

/// `GET /consultations/follow-up`
pub(crate) async fn list(cx: Ctx) -> web::Result {
    let desk = cx.require_me()?.organisation;
    let today = cx.now.date_jst();
    let until = cx.now.plus_days(AHEAD_DAYS).date_jst();
    let (due, undated, towns) = cx
        .db()
        .read::<_, store::Error>(&cx.viewer(), move |conn| {
            Ok((
                sql::due(conn, desk, until, MOST)?,
                sql::undated(conn, desk, 100)?,
                Towns::read(conn)?,
            ))
        })
        .await?;
    let waits = |one: &Consultation| one.state != State::Open;
    let on = |fits: &dyn Fn(Date) -> bool, waiting: bool| -> Vec<&Consultation> {
        due.iter()
            .filter(|one| waits(one) == waiting && one.fields.follow_up_on.is_some_and(fits))
            .collect()
    };
    let overdue: Vec<&Consultation> = due
        .iter()
        .filter(|one| one.fields.follow_up_on.is_some_and(|day| day < today))
        .collect();
    let (now, later) = (
        on(&|day| day == today, false),
        on(&|day| day > today, false),
    );
    let others = on(&|day| day >= today, true);
    let undated: Vec<&Consultation> = undated.iter().collect();
    let part = |title: String, text: String, list: &[&Consultation]| -> web::Result<Markup> {
        Ok(html! {
            @if !list.is_empty() { section {
                h2 { (title) " " span.sub { (t!(cx, "follow-count", count = list.len())) } }
                p.sub { (text) }
                (table(&cx, &towns, list, &title)?)
            } }
        })
    };
    let empty = due.is_empty() && undated.is_empty();
    let body = html! {
        @if empty { (ui::empty(t!(cx, "follow-empty"), t!(cx, "follow-empty-text"), html! {})) }
        div #follow-up {
            (part(t!(cx, "follow-overdue"), t!(cx, "follow-overdue-text"), &overdue)?)
            (part(t!(cx, "follow-today"), t!(cx, "follow-today-text"), &now)?)
            (part(t!(cx, "follow-others"), t!(cx, "follow-others-text"), &others)?)
            (part(t!(cx, "follow-later"), t!(cx, "follow-later-text"), &later)?)
            (part(t!(cx, "follow-undated"), t!(cx, "follow-undated-text"), &undated)?)
        }
        p.no-print { a href=(cx.url("/consultations/handovers")) { (t!(cx, "lanes-title")) } }
    };
    Ok(cx
        .page(t!(cx, "follow-title"))
        .nav("consultations")
        .sub(t!(cx, "follow-lead"))
        .body(body))
}

fn table(cx: &Ctx, towns: &Towns, list: &[&Consultation], label: &str) -> web::Result<Markup> {
    let head = [
        t!(cx, "follow-day"),
        t!(cx, "follow-what"),
        t!(cx, "follow-asked"),
        t!(cx, "follow-state"),
        t!(cx, "follow-next"),
    ];
    let rows = list
        .iter()
        .map(|one| {
            let texts = one.texts(cx.db().key())?;
            let path = format!("/consultations/{}", one.id);
            Ok(vec![
                html! { @match one.fields.follow_up_on { Some(day) => { (ui::date(cx, day)) }, None => { (t!(cx, "follow-no-day")) } } },
                html! {
                    a href=(cx.url(&path)) { (towns.name(cx.lang, &one.fields.municipality)) " " (List::Category.word(one.fields.category(), cx.lang)) }
                    br; span.sub { (one.reference()) " " (List::Caller.word(&one.fields.caller, cx.lang)) }
                },
                html! { span lang="ja" { (start(&texts.asked)) } @if !texts.person.is_empty() { br; span.sub lang="ja" { (texts.person) } } },
                html! { (state_word(cx, one.state)) @if !one.receiver_name.is_empty() { br; span.sub lang="ja" { (one.receiver_name) } } },
                html! { a href=(cx.url(&format!("{path}/note"))) { (t!(cx, "follow-note")) } },
            ])
        })
        .collect::<web::Result<Vec<Vec<Markup>>>>()?;
    Ok(ui::table_rows(label, &head, &rows))
}

/// The first words of a text.
pub(crate) fn start(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        format!("{short}…")
    } else {
        short
    }
}

/// A state in words.
pub(crate) fn state_word(cx: &Ctx, state: State) -> String {
    match state {
        State::Draft => t!(cx, "follow-state-draft"),
        State::Open => t!(cx, "follow-state-open"),
        State::Waiting => t!(cx, "follow-state-waiting"),
        State::HandedOver => t!(cx, "follow-state-handed"),
        State::Closed => t!(cx, "follow-state-closed"),
    }
}

async fn read(cx: &Ctx, id: ConsultationId) -> web::Result<Consultation> {
    cx.db()
        .read::<_, web::Error>(&cx.viewer(), move |conn| Ok(crate::store::get(conn, id)?))
        .await
}

/// `GET /consultations/{id}/note`
pub(crate) async fn note(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let record = read(&cx, parse(&id)?).await?;
    let mut values = Values::default();
    values.push("version".to_owned(), record.version.to_string());
    note_page(
        &cx,
        &record,
        &values,
        &Errors::new(),
        (false, StatusCode::OK),
    )
    .await
}

/// `POST /consultations/{id}/note`
pub(crate) async fn save_note(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    read(&cx, id).await?;
    let mut input = Input::new(&cx, &values);
    let text = input.required("text", 2000);
    let day = input.required_day("day");
    if day.is_some_and(|day| day < cx.now.date_jst()) {
        input.errors.add("day", t!(cx, "follow-problem-past"));
    }
    let seen = input.version();
    let waits = values.text("waits") == "1";
    let (mut errors, ask) = (std::mem::take(&mut input.errors), input.ask);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let (Some(day), true) = (day, errors.is_empty()) {
        let sealed = seal_note(cx.db().key(), id, &text)?;
        let ids: [EventId; 2] = [cx.env().id(), cx.env().id()];
        let saved = cx
            .db()
            .write::<_, Refusal>(&cx.viewer(), move |tx| {
                let proof = crate::store::editable(tx, id)?;
                let now = crate::store::get(tx, id)?;
                if now.version != seen || !sql::set_day(tx, proof, seen, Some(day))? {
                    return Ok(false);
                }
                base::history(tx, ids[0], &now, "note", "", sealed.clone(), seen + 1)?;
                let step = match now.state {
                    State::Open if waits => Some(Step::Wait),
                    State::Waiting if !waits => Some(Step::Resume),
                    _ => None,
                };
                match step {
                    Some(step) => {
                        base::step(tx, id, step, seen + 1, ids[1], None)?;
                    }
                    None => base::record(tx, "consultations.note", id, now.desk, &["note"])?,
                }
                Ok(true)
            })
            .await;
        match saved {
            Ok(true) => {
                cx.flash(FlashKind::Good, &t!(cx, "follow-note-saved"));
                return Ok(cx.redirect("/consultations/follow-up"));
            }
            Ok(false) | Err(Refusal::Conflict(_)) => {
                status = StatusCode::CONFLICT;
                errors.add("text", t!(cx, "lanes-faster"));
            }
            Err(Refusal::Step(_) | Refusal::Lacks(_)) => {
                errors.add("text", t!(cx, "lanes-refused-record"));
            }
            Err(Refusal::Store(error)) => return Err(error.into()),
        }
    }
    let record = read(&cx, id).await?;
    note_page(&cx, &record, &values, &errors, (ask, status)).await
}

async fn note_page(
    cx: &Ctx,
    record: &Consultation,
    values: &Values,
    errors: &Errors,
    (ask, status): (bool, StatusCode),
) -> web::Result<Response> {
    let texts = record.texts(cx.db().key())?;
    let id = record.id;
    let held = cx
        .db()
        .read::<_, store::Error>(&cx.viewer(), move |conn| {
            retention::store::hold_of(conn, id)
        })
        .await?;
    let path = format!("/consultations/{id}");
    let version = if status == StatusCode::CONFLICT {
        record.version.to_string()
    } else {
        values.text("version").to_owned()
    };
    let waits = match (values.has("text"), record.state) {
        (true, _) => values.text("waits").to_owned(),
        (false, State::Waiting | State::HandedOver) => "1".to_owned(),
        (false, _) => String::new(),
    };
    let field = |name, label| {
        ui::Field::new(name, label)
            .value(values.get(name).unwrap_or_default())
            .errors(errors)
            .required()
    };
    let form = html! {
        input type="hidden" name="version" value=(version);
        (ui::field(cx, &field("text", t!(cx, "follow-text")).hint(t!(cx, "follow-text-hint")).kind(ui::Kind::Textarea { rows: 4 })))
        (ui::field(cx, &field("day", t!(cx, "follow-new-day")).hint(t!(cx, "follow-new-day-hint"))))
        (ui::field(cx, &ui::Field::new("waits", t!(cx, "follow-waits")).kind(ui::Kind::Checkbox).value(waits)))
        @if ask { (web::statement_field(cx, STATED, stated(values))) }
        div.actions { (ui::button(t!(cx, "follow-save"))) (ui::link_button_second(cx.url(&path), t!(cx, "follow-to-record"))) }
    };
    let body = html! {
        (ui::error_summary(cx, errors))
        (ui::card(t!(cx, "follow-asked"), html! { p lang="ja" { (lines(&texts.asked)) } }))
        @if record.state == State::Closed { (ui::notice(ui::Tone::Info, t!(cx, "follow-closed"), html! {})) }
        @else { (ui::form(cx, &format!("{path}/note"), form)) }
        @if record.own { (retention::pages::hold_form(cx, id, held.as_deref())) }
    };
    Ok(cx
        .page(t!(cx, "follow-note-title"))
        .nav("consultations")
        .crumbs(&[
            ("/consultations/follow-up", t!(cx, "follow-title")),
            ("", record.reference()),
        ])
        .no_qr()
        .status(status)
        .body(body))
}

/// `POST /consultations/{id}/rang-again`: a closed record is opened again, because the caller rang again.
pub(crate) async fn rang_again(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    let seen: i64 = values.text("version").parse().unwrap_or(0);
    let ids: [EventId; 1] = [cx.env().id()];
    let done = cx
        .db()
        .write::<_, Refusal>(&cx.viewer(), move |tx| {
            base::step(tx, id, Step::Reopen, seen, ids[0], None)?;
            let proof = crate::store::editable(tx, id)?;
            let today = tx.now().date_jst();
            sql::set_day(tx, proof, seen + 1, Some(today))?;
            Ok(())
        })
        .await;
    match done {
        Ok(()) => cx.flash(FlashKind::Good, &t!(cx, "follow-reopened")),
        Err(Refusal::Store(error)) => return Err(error.into()),
        // Somebody opened it in between: that is what was wanted.
        Err(_) => cx.flash(FlashKind::Info, &t!(cx, "follow-open-already")),
    }
    Ok(cx.redirect(&format!("/consultations/{id}")))
}
