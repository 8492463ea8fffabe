//! An answer in which the stretches that entries cite are marked, each at an address of its own: `#p0-12-40`.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use kernel::Uuid;
use maud::{Markup, html};
use programme::{EntryBrief, Kind, SourceId};
use store::{Conn, Result};
use web::Ctx;

use super::load::Frame;
use crate::{
    citing::{Answer, Place},
    i18n::t,
    model::{AnswerId, Question, is_blank, paragraphs},
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

/// The citations of some answers that this viewer sees, in the order of the texts; only those that everybody sees with `open`.
pub(super) fn read(conn: &mut Conn, answers: &[AnswerId], open: bool) -> Result<Vec<(Uuid, Cite)>> {
    let cited = if answers.is_empty() {
        Vec::new()
    } else {
        programme::links::store::cited(conn, answers)?
    };
    if cited.is_empty() {
        return Ok(Vec::new());
    }
    let mut ids: Vec<_> = cited.iter().map(|c| c.entry).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut entries = programme::store::briefs(conn, &ids)?;
    entries.retain(|e| (e.open || !open) && e.status != programme::model::WITHDRAWN);
    let mut out = Vec::with_capacity(cited.len());
    for one in cited {
        let entry = entries.iter().find(|e| e.id == one.entry);
        if let (Some(entry), Some(place)) = (entry, place(one.place)) {
            let cite = Cite {
                entry: entry.clone(),
                source: one.source,
                place,
                quote: one.quote,
            };
            out.push((one.record, cite));
        }
    }
    Ok(out)
}

/// The citations of all answers to one question, by the municipality's place in the survey.
#[derive(Debug, Default)]
pub(super) struct Cites(BTreeMap<i64, Vec<Cite>>);

impl Cites {
    /// What everybody sees; nothing for a survey so large that its pages must not read every answer.
    pub(super) async fn read(cx: &Ctx, frame: &Frame, question: &Question) -> Result<Self> {
        if frame.is_large() {
            return Ok(Self::default());
        }
        let question = question.id;
        let read = move |conn: &mut Conn| {
            let ids = crate::citing::store::ids_to(conn, question)?;
            let records: Vec<AnswerId> = ids.iter().map(|(_, id)| *id).collect();
            let mut out = BTreeMap::<i64, Vec<Cite>>::new();
            for (record, cite) in read(conn, &records, true)? {
                if let Some((sort, _)) = ids.iter().find(|(_, id)| id.uuid() == record) {
                    out.entry(*sort).or_default().push(cite);
                }
            }
            Ok::<_, store::Error>(Self(out))
        };
        cx.db().read(&cx.viewer(), read).await
    }

    /// The same for the same citations, to know a page that was rendered with them.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for (sort, cites) in &self.0 {
            for cite in cites {
                (sort, cite.source.uuid(), cite.place, &cite.entry.title).hash(&mut hasher);
                cite.entry.kind.hash(&mut hasher);
            }
        }
        hasher.finish()
    }

    /// Of one municipality.
    pub(super) fn of(&self, sort: i64) -> &[Cite] {
        self.0.get(&sort).map_or(&[], Vec::as_slice)
    }
}

/// The entries that cite an answer whose text is shown in another way, folded away; nothing when there are none.
pub(super) fn folded(cx: &Ctx, body: &str, cites: &[Cite]) -> Markup {
    let here: Vec<&Cite> = cites
        .iter()
        .filter(|c| c.place.quote(body).as_deref() == Some(c.quote.as_str()))
        .collect();
    html! {
        @if !here.is_empty() {
            (web::ui::details(t!(cx, "cite-folded", count = here.len()), links(cx, &here)))
        }
    }
}

/// The same of one answer.
pub(super) fn of_answer(conn: &mut Conn, answer: &Answer, open: bool) -> Result<Vec<Cite>> {
    let cites = read(conn, &[answer.id], open)?;
    Ok(cites.into_iter().map(|(_, cite)| cite).collect())
}

fn place(numbers: [i64; 3]) -> Option<Place> {
    let number = |n: i64| usize::try_from(n).ok();
    Some(Place {
        paragraph: number(numbers[0])?,
        start: number(numbers[1])?,
        end: number(numbers[2])?,
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
    /// Whether each stretch has an address of its own; on a page with several answers they would be the same.
    pub(super) anchors: bool,
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
                    p lang="ja" data-paragraph=(at) tabindex="0" aria-describedby="range-help" { (pieces(at, line, &here, look)) }
                } @else {
                    p lang="ja" { (pieces(at, line, &here, look)) }
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
fn pieces(at: usize, line: &str, here: &[&Cite], look: Look) -> Markup {
    let chars: Vec<char> = line.chars().collect();
    let chosen = look.chosen.filter(|c| c.paragraph == at);
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
            @let ids: Vec<String> = here.iter().filter(|c| look.anchors && c.place.start == from).map(|c| anchor(c.place)).filter(|id| named.insert(id.clone())).collect();
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
        let made = |at, start, end| {
            let chosen = Some(Place {
                paragraph: 0,
                start,
                end,
            });
            let look = Look {
                chosen,
                anchors: true,
                select: false,
            };
            pieces(at, "一二<三四", &[], look).into_string()
        };
        assert_eq!(made(0, 1, 3), "一<mark>二&lt;</mark>三四");
        assert_eq!(made(1, 1, 3), "一二&lt;三四");
        assert_eq!(made(0, 1, 99), "一<mark>二&lt;三四</mark>");
    }
}
