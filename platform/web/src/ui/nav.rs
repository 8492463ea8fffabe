//! Ways through: tabs, chips, crumbs, pages, search.

use crate::ctx::Ctx;
use crate::words::{w, wf};
use maud::{Markup, Render, html};

/// A filter that is a link.
#[derive(Clone, Debug)]
pub struct Chip {
    /// Where it leads, base path included.
    pub href: String,
    /// Its word.
    pub label: String,
    /// Whether it is chosen.
    pub on: bool,
}

/// One of several views of the same thing.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Where it leads, base path included.
    pub href: String,
    /// Its word.
    pub label: String,
    /// Whether it is open.
    pub on: bool,
}

/// Filters; `label` says what they filter.
#[must_use]
pub fn chips(label: impl Render, list: &[Chip]) -> Markup {
    html! {
        div.chips role="group" aria-label=(label.render().into_string()) {
            @for c in list {
                a class=(if c.on { "chip on" } else { "chip" }) href=(c.href) aria-current=[c.on.then_some("true")] { (c.label) }
            }
        }
    }
}

/// Views of the same thing.
#[must_use]
pub fn tabs(label: impl Render, list: &[Tab]) -> Markup {
    html! {
        nav.tabs aria-label=(label.render().into_string()) {
            ul { @for t in list { li { a href=(t.href) aria-current=[t.on.then_some("page")] { (t.label) } } } }
        }
    }
}

/// The way here: pairs of path (without the base path) and word; the last one is this page.
#[must_use]
pub fn crumbs<A: AsRef<str>, B: AsRef<str>>(cx: &Ctx, list: &[(A, B)]) -> Markup {
    html! {
        nav.crumbs aria-label=(w!(cx.lang, "crumbs")) {
            ol {
                @for (i, (path, word)) in list.iter().enumerate() {
                    @if i + 1 == list.len() {
                        li aria-current="page" { (word.as_ref()) }
                    } @else {
                        li { a href=(cx.url(path.as_ref())) { (word.as_ref()) } }
                    }
                }
            }
        }
    }
}

/// Earlier and later pages; `url` makes the address of a page, base path included. Pages count from 1.
#[must_use]
pub fn pager(cx: &Ctx, page: u64, pages: u64, url: impl Fn(u64) -> String) -> Markup {
    if pages <= 1 {
        return html! {};
    }
    let (from, to) = (page.saturating_sub(2).max(1), (page + 2).min(pages));
    let link = |n: u64| {
        html! {
            @if n == page { span aria-current="page" { (n) } }
            @else { a href=(url(n)) aria-label=(wf!(cx.lang, "page-n", n = n.to_string())) { (n) } }
        }
    };
    html! {
        nav.pager aria-label=(w!(cx.lang, "pages")) {
            @if page > 1 { a.prev rel="prev" href=(url(page - 1)) { (w!(cx.lang, "page-before")) } }
            @if from > 1 { (link(1)) @if from > 2 { span.gap { "…" } } }
            @for n in from..=to { (link(n)) }
            @if to < pages { @if to + 1 < pages { span.gap { "…" } } (link(pages)) }
            @if page < pages { a.next rel="next" href=(url(page + 1)) { (w!(cx.lang, "page-after")) } }
        }
    }
}

/// A search box that asks by GET with `q`.
#[must_use]
pub fn search(
    cx: &Ctx,
    action: &str,
    label: impl Render,
    example: impl Render,
    value: &str,
) -> Markup {
    html! {
        form.search role="search" method="get" action=(cx.url(action)) {
            input type="search" name="q" value=(value) placeholder=(example) aria-label=(label.render().into_string());
            button type="submit" { (w!(cx.lang, "search")) }
        }
    }
}
