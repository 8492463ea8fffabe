//! The windows an office answers for, and what is wrong with each.

use kernel::OrganisationId;
use maud::{Markup, html};
use web::{Ctx, ui};

use super::{audience_word, named, window};
use crate::{i18n::t, model::Contact, rules::is_stale, store};

/// `GET /settings/contacts`
pub(crate) async fn show(cx: Ctx) -> web::Result {
    let me = cx.require_me()?;
    let organisation = me.organisation;
    let (contacts, acts_for) = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| {
            Ok((
                store::contacts_mine(conn, organisation)?,
                store::acts_for(conn, organisation)?,
            ))
        })
        .await?;
    // The municipality acted for right now, by its code; only if the delegation is declared.
    let acting: Option<OrganisationId> = me.acting_for.as_ref().map(|a| a.id);
    let town = acts_for
        .iter()
        .find(|body| Some(body.id) == acting)
        .and_then(|body| body.municipality.as_deref());
    let mine = |contact: &Contact| {
        contact.owner == organisation || Some(contact.municipality.as_str()) == town
    };
    let title = t!(cx, "areas-settings-contacts");
    let body = html! {
        @if contacts.is_empty() {
            (ui::empty(
                t!(cx, "areas-settings-none-title"),
                t!(cx, "areas-settings-none-text"),
                ui::link_button_second(cx.url("/municipalities"), t!(cx, "areas-municipalities")),
            ))
        } @else {
            (table(&cx, &contacts, mine))
        }
        div.actions { (ui::link_button_second(cx.url("/settings/closed-days"), t!(cx, "areas-settings-closed-days"))) }
    };
    Ok(cx
        .page(title)
        .nav("settings/contacts")
        .sub(t!(cx, "areas-settings-lead"))
        .no_qr()
        .body(body))
}

fn table(cx: &Ctx, contacts: &[Contact], mine: impl Fn(&Contact) -> bool) -> Markup {
    let head = [
        t!(cx, "areas-column-name"),
        t!(cx, "areas-window-phone"),
        t!(cx, "areas-settings-state"),
        t!(cx, "areas-window-verified"),
        t!(cx, "areas-settings-todo"),
    ];
    let rows: Vec<Vec<Markup>> = contacts
        .iter()
        .map(|contact| row(cx, contact, mine(contact)))
        .collect();
    ui::table_rows(t!(cx, "areas-settings-contacts"), &head, &rows)
}

fn row(cx: &Ctx, contact: &Contact, mine: bool) -> Vec<Markup> {
    let town = named(cx, &contact.municipality_name);
    let who = audience_word(cx, contact.audience);
    let label = t!(cx, "areas-edit-title", town = town, who = who.as_str());
    vec![
        html! { (town) br; span.sub { (who) " / " (named(cx, &contact.owner_name)) } },
        html! { @match &contact.texts.phone { Some(number) => (number), None => span.unknown { (t!(cx, "areas-not-registered")) } } },
        state(cx, contact),
        window::verified(cx, contact),
        html! {
            @if mine {
                a href=(cx.url(&format!("/settings/contacts/{}", contact.id))) {
                    (t!(cx, "areas-settings-edit-link"))
                    span.visually-hidden { " " (label) }
                }
            } @else {
                (switch(cx, contact, town))
            }
        },
    ]
}

/// One button from the list into the form: acts for the municipality, then opens its window.
fn switch(cx: &Ctx, contact: &Contact, town: &str) -> Markup {
    html! {
        form method="post" action=(cx.url("/account/acting-for")) {
            input type="hidden" name="_csrf" value=(cx.csrf());
            input type="hidden" name="organisation" value=(contact.owner);
            input type="hidden" name="next" value={ "/settings/contacts/" (contact.id) };
            button.btn.second.small.nowrap type="submit" aria-label=(t!(cx, "areas-settings-act-first", town = town)) {
                (t!(cx, "areas-settings-act-short"))
            }
        }
    }
}

fn state(cx: &Ctx, contact: &Contact) -> Markup {
    if contact.texts.phone.is_none() {
        ui::badge(ui::Tone::Bad, t!(cx, "areas-state-no-phone"))
    } else if contact.verified_on.is_none() {
        ui::badge(ui::Tone::Warn, t!(cx, "areas-state-unverified"))
    } else if is_stale(contact.verified_on, cx.now.date_jst()) {
        ui::badge(ui::Tone::Warn, t!(cx, "areas-state-stale"))
    } else {
        ui::badge(ui::Tone::Key, t!(cx, "areas-state-good"))
    }
}
