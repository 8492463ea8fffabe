//! One municipality: its two numbers, who answers the telephone, who acts for it, where it meets, what people call things.

use std::collections::BTreeSet;

use axum::extract::Path;
use kernel::Date;
use maud::{Markup, html};
use web::{Ctx, ui};

use super::{district_badge, source, window};
use crate::{
    i18n::t,
    model::{Alias, Audience, Contact, Council, Municipality, Organisation, UrgentNumber},
    store,
};

struct Town {
    town: Municipality,
    contacts: Vec<(Contact, BTreeSet<Date>)>,
    desks: Vec<Organisation>,
    councils: Vec<Council>,
    aliases: Vec<Alias>,
    urgent: Vec<UrgentNumber>,
}

/// `GET /municipalities/{code}`
pub(crate) async fn show(cx: Ctx, Path(code): Path<String>) -> web::Result {
    let found = read(&cx, code).await?;
    let town = &found.town;
    let title = town.name(cx.lang).to_owned();
    let crumbs = [
        ("/", t!(cx, "areas-home")),
        ("/municipalities", t!(cx, "areas-municipalities")),
        ("", title.clone()),
    ];
    let body = html! {
        @if town.in_area {
            h2 { (t!(cx, "areas-windows")) }
            (windows(&cx, &found))
            // The page lies in a room above this one.
            p { a href=(cx.url(&format!("/directory/hospital/{}", town.code))) { (t!(cx, "areas-hospital")) } }
            (window::urgent(&cx, &found.urgent))
            (desks(&cx, &found.desks))
            (councils(&cx, &found.councils))
            (aliases(&cx, &found.aliases))
        } @else {
            p { (t!(cx, "areas-not-in-area", name = title.as_str())) }
        }
        (facts(&cx, town))
    };
    let sub =
        html! { (district_badge(&cx, town.district.as_ref())) " " (super::prefecture(&cx, town)) };
    Ok(cx
        .page(title)
        .nav("municipalities")
        .crumbs(&crumbs)
        .sub(sub)
        .body(body))
}

async fn read(cx: &Ctx, code: String) -> web::Result<Town> {
    let now = cx.now;
    cx.db()
        .read(&cx.viewer(), move |conn| {
            let town = store::municipality(conn, &code)?.ok_or(web::Error::NotFound)?;
            let mut contacts = Vec::new();
            for contact in store::contacts_of(conn, &code)? {
                let closed = store::closed_ahead(conn, contact.owner, now)?;
                contacts.push((contact, closed));
            }
            Ok(Town {
                contacts,
                desks: store::desks_of(conn, &code)?,
                councils: store::councils_of(conn, &code)?,
                urgent: store::urgent_numbers(conn)?,
                aliases: if town.in_area {
                    store::aliases_of(conn, &code)?
                } else {
                    Vec::new()
                },
                town,
            })
        })
        .await
}

/// Both numbers side by side, each with what it is for: they look alike and are mixed up easily.
fn facts(cx: &Ctx, town: &Municipality) -> Markup {
    let same = town.code == town.insurer;
    ui::card(
        t!(cx, "areas-facts"),
        html! {
            (ui::dl(&[
                (t!(cx, "areas-code"), html! { strong { (town.code) } br; span.sub { (t!(cx, "areas-code-hint")) } }),
                (t!(cx, "areas-insurer"), html! { strong { (town.insurer) } br; span.sub { (t!(cx, "areas-insurer-hint")) }
                    @if !town.insurer_verified { br; span.unknown { (t!(cx, "areas-insurer-computed")) } } }),
                (t!(cx, "areas-column-kana"), html! { span lang="ja" { (town.name_kana) } }),
            ]))
            @if let Some(note) = &town.note { @if !same { p.sub lang="ja" { (note) } } }
            @if same { p.sub { (t!(cx, "areas-codes-same")) } }
        },
    )
}

fn windows(cx: &Ctx, found: &Town) -> Markup {
    let name = found.town.name(cx.lang);
    let none = BTreeSet::new();
    ui::grid(
        2,
        html! {
            @for audience in Audience::ALL {
                @let one = found.contacts.iter().find(|(contact, _)| contact.audience == audience);
                (window::card(cx, name, audience, one.map(|(contact, _)| contact), one.map_or(&none, |(_, closed)| closed)))
            }
        },
    )
}

fn desks(cx: &Ctx, desks: &[Organisation]) -> Markup {
    html! {
        h2 { (t!(cx, "areas-desks")) }
        @if desks.is_empty() { p.unknown { (t!(cx, "areas-desks-none")) } }
        ul { @for desk in desks { li { (desk.label(cx.lang)) (marks(cx, desk)) (source(cx, &desk.source)) } } }
    }
}

/// The marks of an organisation: invented for the demo, or not named so by its source.
pub(super) fn marks(cx: &Ctx, organisation: &Organisation) -> Markup {
    html! {
        @if organisation.fictional { " " (ui::badge(ui::Tone::Plain, web::t!(cx.lang, "fictional"))) }
        @else if !organisation.verified { " " (ui::unknown(cx)) }
    }
}

fn councils(cx: &Ctx, councils: &[Council]) -> Markup {
    html! {
        h2 { (t!(cx, "areas-councils")) }
        @if councils.is_empty() { p.unknown { (t!(cx, "areas-councils-none")) } }
        ul { @for council in councils { li { (super::glossary::council_item(cx, council)) } } }
    }
}

fn aliases(cx: &Ctx, aliases: &[Alias]) -> Markup {
    html! {
        h2 { (t!(cx, "areas-aliases")) }
        @if aliases.is_empty() { p.unknown { (t!(cx, "areas-aliases-none")) } }
        @else { (super::glossary::alias_table(cx, &t!(cx, "areas-aliases"), aliases)) }
        p { a href=(cx.url("/glossary")) { (t!(cx, "areas-glossary")) } }
    }
}
