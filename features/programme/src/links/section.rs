//! What an entry's page says about other entries; for the people who decided it.

use maud::{Markup, html};
use store::{Conn, Result};
use web::{Ctx, Decision, ui};

use super::{Decided, Link, store as sql};
use crate::{
    WRITE,
    i18n::t,
    model::{Entry, EntryBrief, EntryId},
    pages::address,
};

/// The section, with the way to the operations.
pub(crate) fn section(conn: &mut Conn, cx: &Ctx, entry: &Entry) -> Result<Option<Markup>> {
    if !entry.editable() || WRITE.decide(cx.me.as_ref()) != Decision::Allow {
        return Ok(None);
    }
    let links = sql::links(conn, entry.id)?;
    let others: Vec<EntryId> = links.iter().map(|l| l.other_than(entry.id)).collect();
    let briefs = if others.is_empty() {
        Vec::new()
    } else {
        crate::store::briefs(conn, &others)?
    };
    Ok(Some(html! {
        h2 #links { (t!(cx, "links-title")) }
        (list(cx, entry.id, &links, &briefs, false))
        p { a href=(cx.url(&format!("{}/links", address(entry.id)))) { (t!(cx, "links-open")) } }
    }))
}

impl Link {
    /// The entry at the other end.
    pub(super) fn other_than(&self, entry: EntryId) -> EntryId {
        if self.entry == entry {
            self.other
        } else {
            self.entry
        }
    }
}

/// The decisions; with `undo` each that holds can be taken back.
pub(super) fn list(
    cx: &Ctx,
    entry: EntryId,
    links: &[Link],
    briefs: &[EntryBrief],
    undo: bool,
) -> Markup {
    html! {
        @if links.is_empty() { p.none { (t!(cx, "links-none")) } }
        ul.list-plain {
            @for link in links {
                @let other = briefs.iter().find(|b| b.id == link.other_than(entry));
                li {
                    (ui::badge(ui::Tone::Plain, word(cx, link, entry))) " "
                    @match other {
                        Some(other) => a href=(cx.url(&address(other.id))) lang="ja" { (other.title) },
                        None => (t!(cx, "links-hidden")),
                    }
                    " " span.sub { (kernel::format_date(link.made_at.date_jst(), cx.lang)) }
                    @match link.undone_at {
                        Some(at) => { " " (ui::badge(ui::Tone::Warn, t!(cx, "links-undone", date = kernel::format_date(at.date_jst(), cx.lang)))) }
                        None if undo => (ui::form(cx, &format!("{}/links", address(entry)), html! {
                            input type="hidden" name="op" value="undo";
                            input type="hidden" name="link" value=(link.id);
                            button.btn.second.small type="submit" { (t!(cx, "links-undo")) }
                        })),
                        None => {}
                    }
                }
            }
        }
    }
}

fn word(cx: &Ctx, link: &Link, entry: EntryId) -> String {
    match (link.decided, link.entry == entry) {
        (Decided::Related, _) => t!(cx, "links-related"),
        (Decided::Merged, true) => t!(cx, "links-merged-into"),
        (Decided::Merged, false) => t!(cx, "links-merged"),
        (Decided::Split, true) => t!(cx, "links-split"),
        (Decided::Split, false) => t!(cx, "links-split-from"),
    }
}
