//! What was done to an entry, newest first.

use maud::{Markup, html};
use web::{Ctx, ui};

use super::{entry::Page, words};
use crate::{
    i18n::t,
    model::{Past, Range},
};

pub(super) fn view(cx: &Ctx, page: &Page) -> Markup {
    html! {
        h2 #history { (t!(cx, "history-title")) }
        p.sub { (t!(cx, "history-internal")) }
        ol.list-plain {
            @for past in &page.past {
                li {
                    (ui::moment(cx, past.at)) " "
                    @if let Some(office) = past.organisation.and_then(|id| page.organisation(id)) { span.sub { (office.label(cx.lang)) } " " }
                    strong { (action(cx, &past.action)) }
                    (detail(cx, page, past))
                }
            }
        }
    }
}

/// Operations of this room in words; another room names its own, see `actions::note`.
fn action(cx: &Ctx, action: &str) -> String {
    match action {
        "create" => t!(cx, "past-create"),
        "edit" => t!(cx, "past-edit"),
        "status" => t!(cx, "past-status"),
        "range" => t!(cx, "past-range"),
        "approve" => t!(cx, "past-approve"),
        "disapprove" => t!(cx, "past-disapprove"),
        "part" => t!(cx, "past-part"),
        "step-back" => t!(cx, "past-step-back"),
        "come-back" => t!(cx, "past-come-back"),
        "participants" => t!(cx, "past-participants"),
        "rewrite-confirmed" => t!(cx, "past-rewrite-confirmed"),
        "withdraw" => t!(cx, "past-withdraw"),
        "restore" => t!(cx, "past-restore"),
        "source-add" => t!(cx, "past-source-add"),
        "source-remove" => t!(cx, "past-source-remove"),
        "source-moved" | "source-taken" => t!(cx, "past-source-moved"),
        "related" => t!(cx, "past-related"),
        "merged" => t!(cx, "past-merged"),
        "merged-into" => t!(cx, "past-merged-into"),
        "split" => t!(cx, "past-split"),
        "split-from" => t!(cx, "past-split-from"),
        "unlinked" => t!(cx, "past-unlinked"),
        _ => t!(cx, "past-other"),
    }
}

fn detail(cx: &Ctx, page: &Page, past: &Past) -> Markup {
    match past.action.as_str() {
        "edit" | "status" | "range" => html! {
            @for line in past.detail.lines() {
                @let (field, text) = line.split_once('\t').unwrap_or(("", line));
                @match field {
                    "title" => p.sub { (t!(cx, "past-title-was")) " " del lang="ja" { (text) } },
                    "body" => p.sub { (t!(cx, "past-body-was")) " " del lang="ja" { (text) } },
                    "status" => p.sub { (arrow(text, |code| words::status(cx.lang, code))) },
                    "range" => p.sub { (arrow(text, |code| Range::from_code(code).map_or_else(String::new, |r| words::range(cx.lang, r)))) },
                    "municipalities" => p.sub { (t!(cx, "past-municipalities")) },
                    _ => p.sub lang="ja" { (line) },
                }
            }
        },
        "approve" => {
            let (code, by) = past.detail.split_once('\t').unwrap_or((&past.detail, ""));
            html! { p.sub { (page.towns.name(cx, code)) " " (by) } }
        }
        "disapprove" | "part" | "step-back" | "come-back" => {
            html! { p.sub { (page.towns.name(cx, &past.detail)) } }
        }
        "withdraw" | "source-add" | "create" => html! { p.sub lang="ja" { (past.detail) } },
        "participants" | "source-moved" | "source-taken" => html! {},
        _ => html! { @if !past.detail.is_empty() { p.sub lang="ja" { (past.detail) } } },
    }
}

fn arrow(text: &str, word: impl Fn(&str) -> String) -> String {
    match text.split_once(" \u{2192} ") {
        Some((from, to)) => format!("{} \u{2192} {}", word(from), word(to)),
        None => text.to_owned(),
    }
}
