//! Beginning a hand-off or a question: to whom, what, until when.

use axum::{extract::Query, http::StatusCode};
use kernel::{OrganisationId, Uuid};
use maud::html;
use serde::Deserialize;
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{
    actions::{self, short_code},
    model::HandoffKind,
    store::{NewHandoff, Receiver},
};
use crate::{
    i18n::t,
    model::EntryId,
    pdca::{
        input::{self, Input, STATED},
        store as pdca, who,
    },
};
/// The question of `GET /programme/handoffs/new`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    kind: String,
    entry: String,
    card: String,
}

/// `GET /programme/handoffs/new?kind=…&entry=…`
pub(crate) async fn new(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    let mut values = Values::default();
    let kind = HandoffKind::from_code(&asked.kind).unwrap_or(HandoffKind::Issue);
    values.push("kind".to_owned(), kind.code().to_owned());
    if asked.entry.parse::<EntryId>().is_ok() {
        values.push("entry".to_owned(), asked.entry);
    }
    if let Some(card) = crate::guide::cards::card(&asked.card) {
        values.push("title".to_owned(), card.name(kernel::Lang::Ja).to_owned());
        values.push("body".to_owned(), card.ask(kernel::Lang::Ja).to_owned());
    }
    new_page(&cx, &values, &Errors::new(), (false, StatusCode::OK)).await
}

/// To whom it may go: councils, and bodies that may answer. The value is `c:` or `o:` and an id.
struct Targets {
    councils: Vec<(String, String)>,
    bodies: Vec<(String, String)>,
    title: Option<String>,
}

async fn targets(cx: &Ctx, kind: HandoffKind, entry: Option<EntryId>) -> web::Result<Targets> {
    let (lang, own) = (cx.lang, who::actor(cx)?.tenant);
    cx.db()
        .read::<_, web::Error>(&cx.viewer(), move |conn| {
            let head = match entry {
                Some(entry) => Some(pdca::head(conn, entry)?.ok_or(web::Error::NotFound)?),
                None => None,
            };
            let organisations = areas::store::organisations(conn)?;
            let fits = |kind_of: &str| match kind {
                HandoffKind::Question => matches!(
                    kind_of,
                    "association"
                        | "prefecture"
                        | "desk"
                        | "dental_desk"
                        | "hospital_office"
                        | "hospital"
                ),
                HandoffKind::Issue => matches!(
                    kind_of,
                    "association" | "prefecture" | "desk" | "municipality" | "body"
                ),
            };
            let bodies = organisations
                .iter()
                .filter(|one| one.id != own && fits(&one.kind))
                .map(|one| (format!("o:{}", one.id), one.label(lang).to_owned()))
                .collect();
            let councils = match kind {
                HandoffKind::Question => Vec::new(),
                HandoffKind::Issue => areas::store::councils(conn)?
                    .into_iter()
                    .map(|one| (format!("c:{}", one.id), one.label(lang).to_owned()))
                    .collect(),
            };
            Ok(Targets {
                councils,
                bodies,
                title: head.map(|head| head.title),
            })
        })
        .await
}

async fn new_page(
    cx: &Ctx,
    values: &Values,
    errors: &Errors,
    (ask, status): (bool, StatusCode),
) -> web::Result {
    let kind = HandoffKind::from_code(values.text("kind")).unwrap_or(HandoffKind::Issue);
    let targets = targets(cx, kind, values.text("entry").parse().ok()).await?;
    let question = kind == HandoffKind::Question;
    let to = values.text("to");
    let error = errors.of("to");
    let (title, lead, body_label, body_hint) = if question {
        (
            t!(cx, "handoff-new-question"),
            t!(cx, "handoff-question-lead"),
            t!(cx, "handoff-question"),
            t!(cx, "handoff-question-hint"),
        )
    } else {
        (
            t!(cx, "handoff-new-issue"),
            t!(cx, "handoff-issue-lead"),
            t!(cx, "handoff-asked"),
            t!(cx, "handoff-asked-hint"),
        )
    };
    let option =
        |value: &str, name: &str| html! { option value=(value) selected[value == to] { (name) } };
    let body = html! {
        (ui::error_summary(cx, errors))
        @if let Some(about) = &targets.title { (ui::notice(ui::Tone::Info, t!(cx, "handoff-about"), html! { p lang="ja" { (about) } })) }
        form.form method="post" action=(cx.url("/programme/handoffs")) novalidate data-keep=(cx.keep_key("programme.handoff", kind.code())) {
            input type="hidden" name="_csrf" value=(cx.csrf());
            input type="hidden" name="kind" value=(kind.code());
            input type="hidden" name="entry" value=(values.text("entry"));
            div class=(if error.is_some() { "field bad" } else { "field" }) {
                label for="to" { (t!(cx, "handoff-to")) " " span.badge.b-warn { (web::t!(cx.lang, "required")) } }
                p.hint id="to-hint" { (t!(cx, "handoff-to-hint")) }
                @if let Some(error) = error { p.error id="to-error" { (error) } }
                select id="to" name="to" aria-describedby="to-hint" {
                    option value="" { (t!(cx, "handoff-to-choose")) }
                    @if !targets.councils.is_empty() { optgroup label=(t!(cx, "handoff-to-councils")) { @for (value, name) in &targets.councils { (option(value, name)) } } }
                    optgroup label=(t!(cx, "handoff-to-bodies")) { @for (value, name) in &targets.bodies { (option(value, name)) } }
                }
            }
            (ui::field(cx, &ui::Field::new("title", t!(cx, "handoff-subject")).hint(t!(cx, "handoff-subject-hint")).value(values.get("title").unwrap_or(targets.title.as_deref().unwrap_or_default())).errors(errors).required()))
            (ui::field(cx, &ui::Field::new("body", body_label).hint(body_hint).kind(ui::Kind::Textarea { rows: 5 }).value(values.get("body").unwrap_or_default()).errors(errors).required()))
            (ui::field(cx, &ui::Field::new("due", t!(cx, "handoff-due")).hint(t!(cx, "handoff-due-hint")).value(values.get("due").unwrap_or_default()).errors(errors).required()))
            (ui::field(cx, &ui::Field::new("paper", t!(cx, "handoff-paper")).hint(t!(cx, "handoff-paper-hint")).kind(ui::Kind::Checkbox).value(values.text("paper"))))
            @if ask { (web::statement_field(cx, STATED, input::stated(values))) }
            div.actions { (ui::button(t!(cx, "handoff-send"))) (ui::link_button_second(cx.url("/programme/handoffs"), web::t!(cx.lang, "cancel"))) }
        }
    };
    Ok(cx
        .page(title.clone())
        .nav("programme")
        .crumbs(&[
            ("/programme", t!(cx, "pdca-programme")),
            ("/programme/handoffs", t!(cx, "handoff-title")),
            ("", title),
        ])
        .sub(lead)
        .no_qr()
        .status(status)
        .body(body))
}

/// Reads the chosen receiver. A council has no account of its own; a body that is asked on paper answers on paper.
async fn receiver(cx: &Ctx, to: &str, paper: bool) -> web::Result<Option<Receiver>> {
    let Some((kind, id)) = to.split_once(':') else {
        return Ok(None);
    };
    let Ok(id) = id.parse::<Uuid>() else {
        return Ok(None);
    };
    let council = kind == "c";
    cx.db()
        .read::<_, web::Error>(&cx.viewer(), move |conn| {
            if council {
                let found = areas::store::councils(conn)?
                    .into_iter()
                    .find(|one| one.id.uuid() == id);
                return Ok(found.map(|one| Receiver {
                    organisation: None,
                    council: Some(id),
                    name: one.name,
                }));
            }
            let found = areas::store::organisation(conn, OrganisationId::new(id))?;
            Ok(found.map(|one| Receiver {
                organisation: (!paper).then_some(one.id),
                council: None,
                name: one.name,
            }))
        })
        .await
}

/// `POST /programme/handoffs`
pub(crate) async fn send(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let mut input = Input::new(&cx, &values);
    let to = receiver(&cx, values.text("to"), values.text("paper") == "1").await?;
    if to.is_none() {
        input.errors.add("to", t!(cx, "handoff-problem-to"));
    }
    let title = input.required("title", 200);
    let body = input.required("body", 5000);
    let due = input.required_day("due");
    if due.is_some_and(|day| day < cx.now.date_jst()) {
        input.errors.add("due", t!(cx, "handoff-problem-due"));
    }
    let (errors, ask) = (std::mem::take(&mut input.errors), input.ask);
    let (Some(to), Some(due), true) = (to, due, errors.is_empty()) else {
        return new_page(
            &cx,
            &values,
            &errors,
            (ask, StatusCode::UNPROCESSABLE_ENTITY),
        )
        .await;
    };
    let new = NewHandoff {
        id: cx.env().id(),
        kind: HandoffKind::from_code(values.text("kind")).unwrap_or(HandoffKind::Issue),
        to,
        entry: values.text("entry").parse().ok(),
        title,
        body,
        due,
        code: short_code(cx.env()),
    };
    let (id, paper) = (new.id, new.to.organisation.is_none());
    actions::send(cx.db(), cx.env(), &cx.viewer(), who::actor(&cx)?, new).await?;
    let text = if paper {
        t!(cx, "handoff-sent-paper")
    } else {
        t!(cx, "handoff-sent")
    };
    cx.flash(FlashKind::Good, &text);
    Ok(cx.redirect(&format!("/programme/handoffs/{id}")))
}
