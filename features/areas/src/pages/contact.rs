//! One window in the settings: correct it, or confirm that nothing has changed.

use axum::{extract::Path, http::StatusCode, response::Response};
use kernel::{OrganisationId, format_date};
use maud::{Markup, html};
use web::{Ctx, FlashKind, Form, ui};

use super::{audience_word, contact_form, named, window};
use crate::{
    actions::{self, Saved, compare},
    form::{ContactForm, Problem},
    i18n::t,
    model::{Contact, ContactId},
    rules::Standing,
    store,
};

/// `GET /settings/contacts/{id}`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let (who, id) = (standing(&cx)?, parse(&id)?);
    let contact = read(&cx, who, id).await?;
    let form = ContactForm::of(&contact);
    let view = contact_form::view(&cx, &contact, &form, &web::Errors::new(), false);
    Ok(page(&cx, who, &contact, &view, StatusCode::OK))
}

/// `POST /settings/contacts/{id}`
pub(crate) async fn save(
    cx: Ctx,
    Path(id): Path<String>,
    Form(form): Form<ContactForm>,
) -> web::Result {
    let (who, id) = (standing(&cx)?, parse(&id)?);
    let viewer = cx.viewer();
    let saved = if form.only_check() {
        actions::verify_contact(cx.db(), &viewer, who, id, form.version).await?
    } else {
        match form.check() {
            Ok(texts) => {
                actions::save_contact(
                    cx.db(),
                    &viewer,
                    who,
                    id,
                    form.version,
                    texts,
                    form.stated(),
                )
                .await?
            }
            Err(problems) => {
                let contact = read(&cx, who, id).await?;
                let errors = contact_form::errors(&cx, &form, &problems);
                let ask = problems
                    .iter()
                    .any(|(_, problem)| *problem == Problem::MyNumber);
                let view = contact_form::view(&cx, &contact, &form, &errors, ask);
                return Ok(page(
                    &cx,
                    who,
                    &contact,
                    &view,
                    StatusCode::UNPROCESSABLE_ENTITY,
                ));
            }
        }
    };
    match saved {
        Saved::Done(day) => {
            let date = format_date(day, cx.lang);
            let text = if form.only_check() {
                t!(cx, "areas-checked", date = date)
            } else {
                t!(cx, "areas-saved", date = date)
            };
            cx.flash(FlashKind::Good, &text);
            Ok(cx.redirect("/settings/contacts"))
        }
        Saved::Conflict(now) => Ok(conflict(&cx, who, &now, form)),
    }
}

/// Both texts side by side, and the writer's own still in the form: nothing typed is lost.
fn conflict(cx: &Ctx, who: Standing, now: &Contact, mut form: ContactForm) -> Response {
    if form.only_check() {
        form = ContactForm::of(now);
    }
    form.version = now.version;
    let differences = compare(now, &form);
    let at = kernel::format_time(now.saved_at, cx.lang);
    let empty = t!(cx, "areas-conflict-empty");
    let shown =
        |text: &str| html! { @if text.is_empty() { (empty) } @else { (super::lines(text)) } };
    let head = [
        t!(cx, "areas-conflict-field"),
        t!(cx, "areas-conflict-theirs"),
        t!(cx, "areas-conflict-mine"),
    ];
    let rows: Vec<Vec<Markup>> = differences
        .iter()
        .map(|(field, theirs, mine)| {
            let (theirs, mine) = (
                contact_form::shown_value(cx, field, theirs),
                contact_form::shown_value(cx, field, mine),
            );
            vec![
                html! { (contact_form::label(cx, field)) },
                shown(&theirs),
                shown(&mine),
            ]
        })
        .collect();
    let text = if rows.is_empty() {
        t!(cx, "areas-conflict-same")
    } else {
        t!(cx, "areas-conflict-text", at = at)
    };
    let title = t!(cx, "areas-conflict-title");
    let view = html! {
        (ui::notice(ui::Tone::Warn, &title, html! { p { (text) } }))
        @if !rows.is_empty() { (ui::table_rows(&title, &head, &rows)) }
        (contact_form::view(cx, now, &form, &web::Errors::new(), false))
    };
    page(cx, who, now, &view, StatusCode::CONFLICT)
}

fn page(cx: &Ctx, who: Standing, contact: &Contact, view: &Markup, status: StatusCode) -> Response {
    let town = named(cx, &contact.municipality_name);
    let title = t!(
        cx,
        "areas-edit-title",
        town = town,
        who = audience_word(cx, contact.audience)
    );
    let crumbs = [
        ("/settings/contacts", t!(cx, "areas-settings-contacts")),
        ("", title.clone()),
    ];
    let by = cx
        .me
        .as_ref()
        .map(|me| me.organisation_name.as_str())
        .unwrap_or_default();
    let public = format!("/municipalities/{}", contact.municipality);
    let body = html! {
        p { a href=(cx.url(&public)) { (t!(cx, "areas-edit-see")) } }
        @if who.organisation != contact.owner {
            (ui::notice(ui::Tone::Info, named(cx, &contact.owner_name), html! { p { (t!(cx, "areas-edit-behalf", town = town, by = by)) } }))
        }
        // An empty window cannot be right: first it needs its number.
        @if status == StatusCode::OK && contact.texts.phone.is_some() { (check_only(cx, contact)) }
        (view)
    };
    let lead = t!(cx, "areas-edit-lead", town = town);
    cx.page(title)
        .nav("settings/contacts")
        .crumbs(&crumbs)
        .sub(lead)
        .status(status)
        .no_qr()
        .body(body)
}

/// The button for the yearly round: somebody looked, nothing has changed.
fn check_only(cx: &Ctx, contact: &Contact) -> Markup {
    ui::card(
        t!(cx, "areas-window-verified"),
        html! {
            p { (window::verified(cx, contact)) }
            p.sub { (t!(cx, "areas-form-check-text")) }
            (ui::form(cx, &format!("/settings/contacts/{}", contact.id), html! {
                input type="hidden" name="version" value=(contact.version);
                div.actions { (ui::button_second("act", "check", t!(cx, "areas-form-check"))) }
            }))
        },
    )
}

async fn read(cx: &Ctx, who: Standing, id: ContactId) -> web::Result<Contact> {
    cx.db()
        .read(&cx.viewer(), move |conn| {
            store::contact_editable(conn, id, who.organisation, who.acting_for)?
                .ok_or(web::Error::NotFound)
        })
        .await
}

/// The office of the person who is signed in, and for whom they act right now.
fn standing(cx: &Ctx) -> web::Result<Standing> {
    let me = cx.require_me()?;
    let acting_for: Option<OrganisationId> = me.acting_for.as_ref().map(|a| a.id);
    Ok(Standing {
        organisation: me.organisation,
        acting_for,
    })
}

fn parse(id: &str) -> web::Result<ContactId> {
    id.parse().map_err(|_| web::Error::NotFound)
}
