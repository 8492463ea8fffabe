//! Handing a record over: to whom, what exactly, until when.

use axum::{
    extract::{Path, Query},
    http::StatusCode,
};
use kernel::OrganisationId;
use maud::{Markup, html};
use serde::Deserialize;
use web::{Ctx, Errors, FlashKind, Form, OrgKind, Values, ui};

use super::{Input, STATED, stated, words};
use crate::{
    codes::List,
    i18n::t,
    lanes::{
        actions::{self, Refusal, actor, short_code},
        joint,
        model::{HandoverId, Kind},
        store::NewHandover,
    },
    list::parse,
    model::{Consultation, ConsultationId},
};

/// The receiver's word for "on paper, to somebody not in the list".
const PAPER: &str = "paper";

/// The question of `GET /consultations/{id}/handover`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    kind: String,
}

/// Somebody to whom a record may go.
struct Target {
    id: OrganisationId,
    label: String,
    name: String,
    desk: bool,
    hospital: bool,
}

async fn read(cx: &Ctx, id: ConsultationId) -> web::Result<(Consultation, Vec<Target>)> {
    let lang = cx.lang;
    let own = cx.require_me()?.organisation;
    cx.db()
        .read::<_, web::Error>(&cx.viewer(), move |conn| {
            let record = crate::store::get(conn, id)?;
            if !record.own {
                return Err(web::Error::NotFound);
            }
            let targets = areas::store::organisations(conn)?
                .into_iter()
                .filter(|one| one.id != own)
                .filter_map(|one| {
                    let kind = areas::rules::rights_of(&one.kind);
                    let town = one.kind == "municipality";
                    let fits = town || matches!(kind, OrgKind::Desk | OrgKind::Hospital);
                    fits.then(|| Target {
                        id: one.id,
                        label: one.label(lang).to_owned(),
                        name: one.name.clone(),
                        desk: kind == OrgKind::Desk,
                        hospital: kind == OrgKind::Hospital,
                    })
                })
                .collect();
            Ok((record, targets))
        })
        .await
}

/// `GET /consultations/{id}/handover?kind=…`
pub(crate) async fn show(
    cx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> web::Result {
    let (record, targets) = read(&cx, parse(&id)?).await?;
    let mut values = Values::default();
    let proposed = !joint::reasons(&record.fields).is_empty();
    let kind = match Kind::from_code(&asked.kind) {
        Some(kind) => kind,
        None if proposed => Kind::Joint,
        None => Kind::Handover,
    };
    values.push("kind".to_owned(), kind.code().to_owned());
    values.push("version".to_owned(), record.version.to_string());
    let day = kernel::format_date(due_day(&cx, &record), cx.lang);
    values.push("due".to_owned(), day);
    page(
        &cx,
        &record,
        &targets,
        &values,
        &Errors::new(),
        (false, StatusCode::OK),
    )
}

/// The day by which an answer is asked for, from the record's urgency.
fn due_day(cx: &Ctx, record: &Consultation) -> kernel::Date {
    let days = match record.fields.urgency.as_str() {
        "today" => 0,
        "days" => 2,
        "week" => 5,
        _ => 7,
    };
    cx.now.plus_days(days).date_jst()
}

/// `POST /consultations/{id}/handover`
pub(crate) async fn send(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    let (record, targets) = read(&cx, id).await?;
    let kind = Kind::from_code(values.text("kind")).unwrap_or(Kind::Handover);
    let mut input = Input::new(&cx, &values);
    let to = values.text("to");
    let target = targets
        .iter()
        .find(|one| one.id.to_string() == to && (kind == Kind::Handover || one.hospital));
    let other = input.text("other", 200);
    let fax = input.text("fax", 40);
    let summary = input.required("summary", 4000);
    let due = input.required_day("due");
    let seen = input.version();
    if target.is_none() && (to != PAPER || other.is_empty()) {
        let field = if to == PAPER { "other" } else { "to" };
        input.errors.add(field, t!(cx, "lanes-problem-to"));
    }
    if due.is_some_and(|day| day < cx.now.date_jst()) {
        input.errors.add("due", t!(cx, "lanes-refused-due"));
    }
    let whole = values.text("whole") == "1";
    let basis = List::Basis
        .find(values.text("basis"))
        .filter(|code| code.code != "anonymous");
    if whole && basis.is_none() {
        input.errors.add("basis", t!(cx, "lanes-problem-basis"));
    }
    if whole && !target.is_some_and(|one| one.desk) {
        input.errors.add("whole", t!(cx, "lanes-problem-whole"));
    }
    let (mut errors, ask) = (std::mem::take(&mut input.errors), input.ask);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let (Some(due), true) = (due, errors.is_empty()) {
        let handover: HandoverId = cx.env().id();
        let who = actor(cx.require_me()?);
        let new = NewHandover {
            id: handover,
            kind,
            tenant: who.office,
            sender_name: who.office_name.clone(),
            receiver: target.map(|one| one.id),
            receiver_name: target.map_or(other, |one| one.name.clone()),
            receiver_fax: fax,
            consultation: id,
            whole,
            basis: basis
                .filter(|_| whole)
                .map_or_else(String::new, |code| code.code.to_owned()),
            texts: actions::seal(cx.db().key(), handover.uuid(), &summary)?,
            due,
            code: short_code(cx.env()),
        };
        match actions::send(cx.db(), cx.env(), &cx.viewer(), who, new, seen).await {
            Ok(paper) => {
                let text = if paper {
                    t!(cx, "lanes-sent-paper")
                } else {
                    t!(cx, "lanes-sent")
                };
                cx.flash(FlashKind::Good, &text);
                return Ok(cx.redirect(&format!("/consultations/handovers/{handover}")));
            }
            Err(Refusal::Faster) => {
                status = StatusCode::CONFLICT;
                errors.add("summary", t!(cx, "lanes-faster"));
            }
            Err(Refusal::Record | Refusal::Rule(_)) => {
                errors.add("summary", t!(cx, "lanes-refused-record"));
            }
            Err(Refusal::Store(error)) => return Err(error.into()),
        }
    }
    page(&cx, &record, &targets, &values, &errors, (ask, status))
}

fn page(
    cx: &Ctx,
    record: &Consultation,
    targets: &[Target],
    values: &Values,
    errors: &Errors,
    (ask, status): (bool, StatusCode),
) -> web::Result {
    let texts = record.texts(cx.db().key())?;
    let kind = Kind::from_code(values.text("kind")).unwrap_or(Kind::Handover);
    let reasons: Vec<String> = joint::reasons(&record.fields)
        .iter()
        .map(|rule| rule.reason.to_owned())
        .collect();
    let path = format!("/consultations/{}/handover", record.id);
    let title = words::kind(cx, kind);
    let field = |name, label| {
        ui::Field::new(name, label)
            .value(values.get(name).unwrap_or_default())
            .errors(errors)
    };
    let form = html! {
        input type="hidden" name="kind" value=(kind.code());
        // After a conflict the form goes on from what is there now.
        input type="hidden" name="version" value=(if status == StatusCode::CONFLICT { record.version.to_string() } else { values.text("version").to_owned() });
        (receiver_field(cx, kind, targets, values.text("to"), errors))
        (ui::field(cx, &field("other", t!(cx, "lanes-other")).hint(t!(cx, "lanes-other-hint"))))
        (ui::field(cx, &field("fax", t!(cx, "lanes-fax")).inputmode("tel")))
        (ui::field(cx, &field("summary", t!(cx, "lanes-summary")).hint(t!(cx, "lanes-summary-hint")).kind(ui::Kind::Textarea { rows: 6 }).required()))
        (ui::field(cx, &field("due", t!(cx, "lanes-due")).hint(t!(cx, "lanes-due-hint")).required()))
        @if kind == Kind::Handover { (whole_fields(cx, record, values, errors)) }
        @if ask { (web::statement_field(cx, STATED, stated(values))) }
        div.actions { (ui::button(t!(cx, "lanes-send"))) (ui::link_button_second(cx.url(&format!("/consultations/{}", record.id)), web::t!(cx.lang, "cancel"))) }
    };
    let body = html! {
        (ui::error_summary(cx, errors))
        (ui::card(t!(cx, "lanes-own-record"), html! {
            p.sub { (t!(cx, "lanes-own-record-text")) }
            p lang="ja" { (words::lines(&texts.asked)) }
            @if !texts.answer.is_empty() { p lang="ja" { (words::lines(&texts.answer)) } }
        }))
        @if !reasons.is_empty() {
            (ui::notice(ui::Tone::Info, t!(cx, "lanes-joint-proposed"), html! {
                (words::reasons(cx, &reasons))
                p { @match kind {
                    Kind::Joint => { a href=(cx.url(&format!("{path}?kind=handover"))) { (t!(cx, "lanes-instead-handover")) } },
                    Kind::Handover => { a href=(cx.url(&format!("{path}?kind=joint"))) { (t!(cx, "lanes-instead-joint")) } },
                } }
            }))
        }
        (ui::form(cx, &path, form))
    };
    Ok(cx
        .page(title.clone())
        .nav("consultations")
        .crumbs(&[
            (
                format!("/consultations/{}", record.id).as_str(),
                record.reference(),
            ),
            ("", title),
        ])
        .sub(t!(cx, "lanes-new-lead"))
        .no_qr()
        .status(status)
        .body(body))
}

fn receiver_field(
    cx: &Ctx,
    kind: Kind,
    targets: &[Target],
    chosen: &str,
    errors: &Errors,
) -> Markup {
    let error = errors.of("to");
    let option = |one: &Target, label: &str| {
        let value = one.id.to_string();
        html! { option value=(value) selected[value == chosen] { (label) } }
    };
    let group = |title: String, list: Vec<&Target>, town: bool| {
        html! { @if !list.is_empty() { optgroup label=(title) { @for one in list {
            @if town { (option(one, &t!(cx, "lanes-town-center", town = one.label.as_str()))) } @else { (option(one, &one.label)) }
        } } } }
    };
    let part = |desk: bool, hospital: bool| -> Vec<&Target> {
        targets
            .iter()
            .filter(|one| one.desk == desk && one.hospital == hospital)
            .collect()
    };
    html! {
        div class=(if error.is_some() { "field bad" } else { "field" }) {
            label for="to" { (t!(cx, "lanes-to")) " " span.badge.b-warn { (web::t!(cx.lang, "required")) } }
            p.hint id="to-hint" { (t!(cx, "lanes-to-hint")) }
            @if let Some(error) = error { p.error id="to-error" { (error) } }
            select id="to" name="to" aria-describedby="to-hint" {
                option value="" { (t!(cx, "lanes-choose")) }
                @if kind == Kind::Handover {
                    (group(t!(cx, "lanes-group-desks"), part(true, false), false))
                    (group(t!(cx, "lanes-group-centers"), part(false, false), true))
                }
                (group(t!(cx, "lanes-group-hospitals"), part(false, true), false))
                option value=(PAPER) selected[chosen == PAPER] { (t!(cx, "lanes-paper-option")) }
            }
        }
    }
}

/// The whole record goes along only when that was agreed on, and only to another desk.
fn whole_fields(cx: &Ctx, record: &Consultation, values: &Values, errors: &Errors) -> Markup {
    let error = errors.of("basis");
    let chosen = match values.text("basis") {
        "" => record.fields.legal_basis.as_str(),
        typed => typed,
    };
    let open = values.text("whole") == "1" || error.is_some();
    html! {
        details open[open] {
            summary { (t!(cx, "lanes-whole-summary")) }
            (ui::field(cx, &ui::Field::new("whole", t!(cx, "lanes-whole")).hint(t!(cx, "lanes-whole-hint")).kind(ui::Kind::Checkbox).value(values.text("whole")).errors(errors)))
            div class=(if error.is_some() { "field bad" } else { "field" }) {
                label for="basis" { (t!(cx, "lanes-basis")) }
                @if let Some(error) = error { p.error id="basis-error" { (error) } }
                select id="basis" name="basis" {
                    option value="" { (t!(cx, "lanes-choose")) }
                    @for code in List::Basis.all().iter().filter(|code| code.code != "anonymous") {
                        option value=(code.code) selected[code.code == chosen] { (code.word(cx.lang)) }
                    }
                }
            }
        }
    }
}
