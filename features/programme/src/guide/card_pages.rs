//! The cards: what usually follows an illness, and what to look at.

use axum::extract::Path;
use maud::{Markup, html};
use web::{Ctx, ui};

use super::{cards, pages::scene_word};
use crate::i18n::t;

/// `GET /programme/cards`
pub(crate) async fn list(cx: Ctx) -> web::Result {
    let body = html! {
        (pending(&cx))
        div.grid.g2 {
            @for card in cards::all() {
                section.card {
                    h2 { a href=(cx.url(&format!("/programme/cards/{}", card.key))) { (card.name(cx.lang)) } }
                    p { (card.short(cx.lang)) }
                }
            }
        }
    };
    let crumbs = [
        ("/programme", t!(cx, "pdca-programme")),
        ("", t!(cx, "guide-cards")),
    ];
    Ok(cx
        .page(t!(cx, "guide-cards"))
        .nav("programme")
        .crumbs(&crumbs)
        .sub(t!(cx, "guide-cards-lead"))
        .body(body))
}

fn pending(cx: &Ctx) -> Markup {
    ui::notice(
        ui::Tone::Warn,
        t!(cx, "guide-card-pending"),
        html! { p { (t!(cx, "guide-card-pending-text")) } },
    )
}

/// `GET /programme/cards/{slug}`
pub(crate) async fn show(cx: Ctx, Path(slug): Path<String>) -> web::Result {
    let card = cards::card(&slug).ok_or(web::Error::NotFound)?;
    let scenes: Vec<String> = card
        .scenes
        .iter()
        .map(|scene| scene_word(&cx, scene))
        .collect();
    let works = crate::WORK.decide(cx.me.as_ref()) == web::Decision::Allow;
    let body = html! {
        @if !card.reviewed() { (pending(&cx)) }
        p { (scenes.join(" / ")) }
        h2 { (t!(cx, "guide-card-follows")) }
        ul { @for line in card.follows(cx.lang) { li { (line) } } }
        h2 { (t!(cx, "guide-card-look")) }
        ul { @for line in card.look(cx.lang) { li { (line) } } }
        (ui::card(t!(cx, "guide-card-ask"), html! {
            p { (card.ask(cx.lang)) }
            @if works { p.no-print { (ui::link_button_second(cx.url(&format!("/programme/handoffs/new?kind=question&card={}", card.key)), t!(cx, "handoff-new-question"))) } }
        }))
        section.source { h2 { (web::t!(cx.lang, "source")) } ul { @for source in &card.sources { li lang="ja" { (source) } } } p.sub { (t!(cx, "guide-card-sources")) } }
        (areas::words::footnotes(cx.lang, &["scenes", "transition", "end-of-life", "acp", "care-manager", "visiting-nurse", "ask-professional"]))
    };
    let crumbs = [
        ("/programme", t!(cx, "pdca-programme")),
        ("/programme/cards", t!(cx, "guide-cards")),
        ("", card.name(cx.lang).to_owned()),
    ];
    Ok(cx
        .page(card.name(cx.lang))
        .nav("programme")
        .crumbs(&crumbs)
        .sub(card.short(cx.lang))
        .body(body))
}
