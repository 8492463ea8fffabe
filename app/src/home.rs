//! The home of the person who signed in: what waits for them, from every feature.

use maud::html;
use store::Schema;
use web::ui::{self, Tone};
use web::{
    Ctx, Decision, FOOTER_ONLY, Feature, NavItem, OrgKind, Permission, Route, Waiting, WaitingFn,
};

use crate::i18n::{loader, t};

static SCHEMA: Schema = Schema {
    feature: "home",
    migrations: &[],
    statements: &[],
};

const NAV: &[NavItem] = &[NavItem {
    href: "/home",
    label: |lang| loader(lang).get("home-nav"),
    order: 0,
    permission: &Permission::SIGNED_IN,
    public: false,
}];

/// Routes and navigation of the home page.
#[must_use]
pub fn feature() -> Feature {
    Feature {
        name: "home",
        schema: &SCHEMA,
        routes: || vec![Route::get("/home", &Permission::SIGNED_IN, home)],
        nav: NAV,
        waiting: None,
        jobs: &[],
    }
}

async fn home(cx: Ctx) -> web::Result {
    let me = cx.require_me()?.clone();
    let asked: Vec<WaitingFn> = cx.app.features.iter().filter_map(|f| f.waiting).collect();
    let (lang, person) = (cx.lang, me.clone());
    let mut waiting = cx
        .db()
        .read(&cx.viewer(), move |c| {
            let mut all = Vec::new();
            for ask in asked {
                all.extend(ask(c, &person, lang)?);
            }
            Ok::<_, store::Error>(all)
        })
        .await?;
    waiting.sort_by_key(|w| !w.urgent);
    let role = identity::role_word(cx.lang, me.role);
    let body = html! {
        (crate::finding::search_box(&cx, ""))
        @if !me.second_factor {
            (ui::notice(Tone::Warn, t!(cx, "home-no-second-factor"), html! {
                p { (t!(cx, "home-no-second-factor-text")) }
                p { (ui::link_button(cx.url("/account/second-factor"), t!(cx, "home-set-second-factor"))) }
            }))
        }
        section aria-labelledby="waiting" {
            h2 id="waiting" { (t!(cx, "home-waiting")) }
            @if waiting.is_empty() {
                (ui::empty(t!(cx, "home-waiting-none"), t!(cx, "home-waiting-none-text"), html! {}))
            } @else {
                div.grid.g2 {
                    @for item in &waiting { (card(&cx, item)) }
                }
            }
        }
        section aria-labelledby="places" {
            h2 id="places" { (t!(cx, "home-places")) }
            ul.list-plain {
                @for item in places(&cx) { li { a href=(cx.url(item.href)) { ((item.label)(cx.lang)) } } }
                @if me.kind == OrgKind::Desk {
                    li { a href=(cx.url("/account/acting-for")) { (t!(cx, "home-act-for")) } }
                }
                li { a href=(cx.url("/account")) { (t!(cx, "home-account")) } }
            }
        }
    };
    Ok(cx
        .page(t!(cx, "home-title", name = me.name.as_str()))
        .sub(t!(
            cx,
            "home-office",
            office = me.organisation_name.as_str(),
            role = role
        ))
        .nav("home")
        .body(body))
}

/// The entries of the navigation that this person may open, in its order.
fn places(cx: &Ctx) -> Vec<&'static NavItem> {
    let allowed = |item: &&NavItem| {
        matches!(
            item.permission.decide(cx.me.as_ref()),
            Decision::Allow | Decision::SecondFactor
        )
    };
    let mut items: Vec<&'static NavItem> = cx
        .app
        .features
        .iter()
        .flat_map(|f| f.nav)
        .filter(|item| item.href != "/home" && item.order < FOOTER_ONLY)
        .filter(allowed)
        .collect();
    items.sort_by_key(|item| item.order);
    items
}

fn card(cx: &Ctx, item: &Waiting) -> maud::Markup {
    let body = html! {
        p {
            @if item.urgent { (ui::badge(Tone::Warn, t!(cx, "home-late"))) " " }
            (item.detail)
        }
        p { (ui::link_button_second(cx.url(&item.href), t!(cx, "home-go"))) }
    };
    if item.urgent {
        ui::card_waits(&item.title, body)
    } else {
        ui::card(&item.title, body)
    }
}
