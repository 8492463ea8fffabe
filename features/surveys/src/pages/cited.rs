//! An answer in which the stretches that entries cite are marked, each at an address of its own: `#p0-12-40`.

use std::collections::BTreeSet;

use maud::{Markup, html};
use programme::{EntryBrief, Kind, SourceId, model::Source};
use store::{Conn, Result};
use web::Ctx;

use crate::{
    citing::{Answer, Place},
    i18n::t,
    model::{is_blank, paragraphs},
};

/// A stretch and the entry that cites it.
#[derive(Clone, Debug)]
pub(super) struct Cite {
    pub(super) entry: EntryBrief,
    pub(super) source: SourceId,
    pub(super) place: Place,
    /// What stood there when it was cited.
    pub(super) quote: String,
}

/// The citations of an answer that this viewer sees; only those that everybody sees with `open`.
pub(super) fn read(conn: &mut Conn, answer: &Answer, open: bool) -> Result<Vec<Cite>> {
    let mut entries = programme::store::entries_of_record(conn, answer.id.uuid())?;
    entries.retain(|e| (e.open || !open) && e.status != programme::model::WITHDRAWN);
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = entries.iter().map(|e| e.id).collect();
    let mut out = Vec::new();
    for source in programme::store::sources_of_many(conn, &ids)? {
        let entry = entries.iter().find(|e| e.id == source.entry);
        if let (Some(entry), Some(place)) = (entry, place(&source))
            && source.record == answer.id.uuid()
        {
            out.push(Cite {
                entry: entry.clone(),
                source: source.id,
                place,
                quote: source.quote,
            });
        }
    }
    out.sort_by_key(|c| (c.place, c.entry.id));
    Ok(out)
}

fn place(source: &Source) -> Option<Place> {
    let number = |n: i64| usize::try_from(n).ok();
    Some(Place {
        paragraph: number(source.paragraph)?,
        start: number(source.start)?,
        end: number(source.end)?,
    })
}

/// Where a stretch stands on the page of its answer.
pub(super) fn anchor(place: Place) -> String {
    format!("p{}-{}-{}", place.paragraph, place.start, place.end)
}

/// The address of an entry.
pub(super) fn entry_path(entry: &EntryBrief) -> String {
    format!("/programme/entries/{}", entry.id)
}

/// The kind of an entry in words.
pub(super) fn kind_word(cx: &Ctx, kind: Kind) -> String {
    match kind {
        Kind::Initiative => t!(cx, "cite-kind-initiative"),
        Kind::Issue => t!(cx, "cite-kind-issue"),
        Kind::Request => t!(cx, "cite-kind-request"),
        Kind::Strength => t!(cx, "cite-kind-strength"),
    }
}

/// How the text is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// The stretch that the clerk has chosen.
    pub(super) chosen: Option<Place>,
    /// Whether stretches can be selected here: paragraphs take the keyboard then.
    pub(super) select: bool,
}

/// The paragraphs of an answer; under each, quietly, the entries that cite it. Citations whose words no longer stand there are left out.
pub(super) fn text(cx: &Ctx, body: &str, cites: &[Cite], look: Look) -> Markup {
    let now: Vec<&Cite> = cites
        .iter()
        .filter(|c| c.place.quote(body).as_deref() == Some(c.quote.as_str()))
        .collect();
    html! {
        @for (at, line) in paragraphs(body).into_iter().enumerate() {
            @if !is_blank(line) {
                @let here: Vec<&Cite> = now.iter().copied().filter(|c| c.place.paragraph == at).collect();
                @if look.select {
                    p lang="ja" data-paragraph=(at) tabindex="0" aria-describedby="range-help" { (pieces(at, line, &here, look.chosen)) }
                } @else {
                    p lang="ja" { (pieces(at, line, &here, look.chosen)) }
                }
                @if !here.is_empty() && !look.select { (links(cx, &here)) }
            }
        }
    }
}

fn links(cx: &Ctx, here: &[&Cite]) -> Markup {
    html! {
        ul.cites aria-label=(t!(cx, "cite-links")) {
            @for cite in here {
                li {
                    (kind_word(cx, cite.entry.kind)) " "
                    a href=(cx.url(&entry_path(&cite.entry))) lang="ja" { (cite.entry.title) }
                }
            }
        }
    }
}

/// The paragraph cut at every border; the text stays letter by letter as it is.
fn pieces(at: usize, line: &str, here: &[&Cite], chosen: Option<Place>) -> Markup {
    let chars: Vec<char> = line.chars().collect();
    let chosen = chosen.filter(|c| c.paragraph == at);
    let mut borders: BTreeSet<usize> = BTreeSet::from([0, chars.len()]);
    for place in here.iter().map(|c| c.place).chain(chosen) {
        borders.extend([place.start.min(chars.len()), place.end.min(chars.len())]);
    }
    let borders: Vec<usize> = borders.into_iter().collect();
    let mut named = BTreeSet::new();
    html! {
        @for pair in borders.windows(2) {
            @let (from, past) = (pair[0], pair[1]);
            @let piece: String = chars[from..past].iter().collect();
            @let inside = |p: Place| p.start <= from && past <= p.end;
            @let ids: Vec<String> = here.iter().filter(|c| c.place.start == from).map(|c| anchor(c.place)).filter(|id| named.insert(id.clone())).collect();
            @let cited = here.iter().any(|c| inside(c.place));
            @if chosen.is_some_and(inside) { mark { (wrapped(&ids, cited, &piece)) } } @else { (wrapped(&ids, cited, &piece)) }
        }
    }
}

fn wrapped(ids: &[String], cited: bool, piece: &str) -> Markup {
    match ids.split_first() {
        Some((id, rest)) => {
            html! { span.cited id=(id) { (wrapped(rest, false, piece)) } }
        }
        None if cited => html! { span.cited { (super::linked(piece)) } },
        None => super::linked(piece),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_stays_as_it_is_between_the_marks() {
        let made = pieces(
            0,
            "一二<三四",
            &[],
            Some(Place {
                paragraph: 0,
                start: 1,
                end: 3,
            }),
        )
        .into_string();
        assert_eq!(made, "一<mark>二&lt;</mark>三四");
        let whole = pieces(
            1,
            "一二",
            &[],
            Some(Place {
                paragraph: 0,
                start: 1,
                end: 3,
            }),
        )
        .into_string();
        assert_eq!(whole, "一二");
        let far = pieces(
            0,
            "一二",
            &[],
            Some(Place {
                paragraph: 0,
                start: 1,
                end: 99,
            }),
        )
        .into_string();
        assert_eq!(far, "一<mark>二</mark>");
    }
}
