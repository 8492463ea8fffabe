//! The pictures of the papers filed under a record, next to the form in which they are typed.

use maud::{Markup, html};
use web::{Ctx, ui};

use crate::{i18n::t, model::Page, store as sql};

/// The papers filed under `target`, page by page, to be read while typing: with keys and buttons to turn, enlarge and leaf.
/// Empty markup when there is none. The whole is put next to a form by [`side_by_side`].
///
/// # Errors
/// What the engine says.
pub async fn beside(cx: &Ctx, target: &str) -> web::Result<Markup> {
    let wanted = target.to_owned();
    let pages = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            sql::pages_of_target(conn, &wanted)
        })
        .await?;
    Ok(viewer(cx, &pages))
}

/// Puts the papers at the left and the form at the right; below each other on a narrow screen. Without papers the form stands alone.
#[must_use]
pub fn side_by_side(papers: &Markup, form: &Markup) -> Markup {
    if papers.0.is_empty() {
        return form.clone();
    }
    html! { div.papers-desk { div.papers-desk-left { (papers) } div { (form) } } }
}

/// Pages with their tools. Every page is a link to its own picture, so that it can be read without scripts.
pub(crate) fn viewer(cx: &Ctx, pages: &[Page]) -> Markup {
    let shown: Vec<&Page> = pages.iter().filter(|p| p.blob.is_some()).collect();
    if shown.is_empty() {
        return Markup::default();
    }
    let count = shown.len();
    html! {
        section.papers data-papers aria-label=(t!(cx, "inbox-pictures", count = count)) {
            div.papers-tools data-papers-tools hidden role="toolbar" aria-label=(t!(cx, "inbox-tools")) {
                button type="button" data-do="previous" aria-keyshortcuts="Alt+PageUp" { (t!(cx, "inbox-previous")) }
                span.papers-at data-papers-at aria-live="polite" { "1 / " (count) }
                button type="button" data-do="next" aria-keyshortcuts="Alt+PageDown" { (t!(cx, "inbox-next")) }
                button type="button" data-do="larger" aria-keyshortcuts="Alt+ArrowUp" { (t!(cx, "inbox-larger")) }
                button type="button" data-do="smaller" aria-keyshortcuts="Alt+ArrowDown" { (t!(cx, "inbox-smaller")) }
                button type="button" data-do="turn" aria-keyshortcuts="Alt+R" { (t!(cx, "inbox-turn")) }
            }
            p.papers-keys data-papers-tools hidden { (t!(cx, "inbox-keys")) }
            div.papers-view tabindex="0" role="group" aria-label=(t!(cx, "inbox-picture-area")) {
                @for (at, page) in shown.iter().enumerate() {
                    figure.papers-page data-page=(at + 1) {
                        a href=(cx.url(&format!("/inbox/pages/{}", page.id))) target="_blank" rel="noopener" {
                            img.papers-picture data-turn=(page.turn / 90) src=(cx.url(&format!("/inbox/pages/{}", page.id)))
                                width=(page.width) height=(page.height) loading=(if at == 0 { "eager" } else { "lazy" })
                                alt=(t!(cx, "inbox-picture", page = { at + 1 }, count = count));
                        }
                        figcaption { (t!(cx, "inbox-caption", name = page.scan_name.as_str(), page = page.number)) " " (ui::moment(cx, page.arrived_at)) }
                    }
                }
            }
        }
    }
}
