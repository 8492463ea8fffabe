//! The public entrance: where one lives, who is asking, and the one window to call.
//!
//! A plain GET form; what is chosen stands in the address and nowhere else.

use std::collections::BTreeSet;

use axum::extract::Query;
use kernel::Date;
use maud::{Markup, html};
use web::{Ctx, Values, ui};

use super::{district_badge, town_name, window};
use crate::{
    i18n::t,
    model::{Audience, Contact, Municipality, UrgentNumber},
    store,
};

/// What a visitor chose, and what answers to it.
struct Home {
    towns: Vec<Municipality>,
    town: Option<Municipality>,
    contact: Option<Contact>,
    closed: BTreeSet<Date>,
    urgent: Vec<UrgentNumber>,
}

/// `GET /?town=143847&who=resident`
pub(crate) async fn show(cx: Ctx, Query(asked): Query<Values>) -> web::Result {
    let code = asked.text("town").to_owned();
    let audience = Audience::from_code(asked.text("who")).unwrap_or_default();
    let wrong = !code.is_empty();
    let home = read(&cx, code, audience).await?;
    let wrong = wrong && home.town.is_none();
    let hero = html! {
        div {
            h1 { (ui::ruby(&cx, t!(cx, "areas-home-heading"))) }
            p.lead { (ui::ruby(&cx, t!(cx, "areas-home-lead"))) }
            @if wrong { (ui::notice(ui::Tone::Warn, t!(cx, "areas-home-town-unknown"), html! {})) }
            (question(&cx, &home, audience))
        }
        div #window { (answer(&cx, &home, audience)) (window::urgent(&cx, &home.urgent)) }
    };
    Ok(cx.page(t!(cx, "areas-home")).hero(hero).body(more(&cx)))
}

async fn read(cx: &Ctx, code: String, audience: Audience) -> web::Result<Home> {
    let now = cx.now;
    cx.db()
        .read(&cx.viewer(), move |conn| {
            let mut towns = store::municipalities(conn)?;
            towns.retain(|town| town.in_area);
            let town = towns.iter().find(|town| town.code == code).cloned();
            let contact = match &town {
                Some(town) => store::contact_for(conn, &town.code, audience)?,
                None => None,
            };
            let closed = match &contact {
                Some(contact) => store::closed_ahead(conn, contact.owner, now)?,
                None => BTreeSet::new(),
            };
            Ok(Home {
                towns,
                town,
                contact,
                closed,
                urgent: store::urgent_numbers(conn)?,
            })
        })
        .await
}

fn question(cx: &Ctx, home: &Home, audience: Audience) -> Markup {
    let chosen = home.town.as_ref().map(|town| town.code.as_str());
    html! {
        form.form method="get" action=(cx.url("/#window")) {
            fieldset.field {
                legend { (ui::ruby(cx, t!(cx, "areas-home-town"))) }
                @for towns in home.towns.chunk_by(|a, b| a.district == b.district) {
                    div.chips {
                        span.group-label { (district_badge(cx, towns.first().and_then(|town| town.district.as_ref()))) }
                        @for town in towns {
                            (chip("town", &town.code, chosen == Some(&town.code), &town_name(cx, town)))
                        }
                    }
                }
            }
            fieldset.field {
                legend { (ui::ruby(cx, t!(cx, "areas-home-who"))) }
                div.chips {
                    @for one in Audience::ALL {
                        (chip("who", one.code(), one == audience, &audience_chip(cx, one)))
                    }
                }
            }
            div.actions { (ui::button(ui::ruby(cx, t!(cx, "areas-home-show")))) }
            p.sub { (ui::ruby(cx, t!(cx, "areas-home-private"))) }
        }
    }
}

fn audience_chip(cx: &Ctx, audience: Audience) -> Markup {
    match audience {
        Audience::Resident => ui::ruby(cx, t!(cx, "areas-resident-ruby")),
        Audience::Professional => ui::ruby(cx, t!(cx, "areas-professional-ruby")),
    }
}

fn chip(name: &str, value: &str, on: bool, label: &Markup) -> Markup {
    html! {
        div.choice {
            input type="radio" id={ (name) "-" (value) } name=(name) value=(value) checked[on] required;
            label for={ (name) "-" (value) } { (label) }
        }
    }
}

fn answer(cx: &Ctx, home: &Home, audience: Audience) -> Markup {
    let Some(town) = &home.town else {
        return ui::card_call(
            ui::ruby(cx, t!(cx, "areas-home-choose-heading")),
            html! { p { (ui::ruby(cx, t!(cx, "areas-home-choose-text"))) } },
        );
    };
    html! {
        (window::card(cx, town.name(cx.lang), audience, home.contact.as_ref(), &home.closed))
        p.no-print { button.btn.second.small type="button" data-print hidden { (t!(cx, "areas-print")) } }
    }
}

/// What else is public, and the way in for offices.
fn more(cx: &Ctx) -> Markup {
    let own = crate::feature().name;
    let public = cx
        .app
        .features
        .iter()
        .filter(|f| f.name != own)
        .flat_map(|f| f.nav)
        .filter(|item| item.public);
    let mut items: Vec<_> = public.collect();
    items.sort_by_key(|item| item.order);
    html! {
        section.no-print {
            h2 { (t!(cx, "areas-home-more")) }
            div.grid.g2 {
                section.card {
                    ul.list-plain {
                        @for item in items { li { a href=(cx.url(item.href)) { ((item.label)(cx.lang)) } } }
                        li { a href=(cx.url("/municipalities")) { (t!(cx, "areas-home-municipalities")) } br; span.sub { (t!(cx, "areas-home-municipalities-text")) } }
                        li { a href=(cx.url("/glossary")) { (t!(cx, "areas-home-glossary")) } br; span.sub { (t!(cx, "areas-home-glossary-text")) } }
                    }
                }
                @if cx.me.is_none() {
                    section.card {
                        h3 { (t!(cx, "areas-home-officials")) }
                        p { (t!(cx, "areas-home-officials-text")) }
                        p.actions { (ui::link_button_second(cx.url("/sign-in"), web::t!(cx.lang, "sign-in"))) }
                    }
                }
            }
        }
    }
}
