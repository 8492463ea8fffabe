//! The reading view: one question, equal and nearly equal answers together, differences marked.

use maud::{Markup, PreEscaped, html};
use web::{Ctx, ui};

use super::{
    Names, answer_path,
    cited::{self, Cite, Cites, Look},
    collation::Asked,
    diff,
    load::{self, Frame},
    text,
};
use crate::{
    cache::{Collation, Shown},
    grouping::{Close, Group, Grouping, Wording},
    i18n::t,
    model::Question,
};

/// Rows on one page.
const PER_PAGE: usize = 50;
/// So many names stand in a row before the rest is folded away.
const NAMES: usize = 12;

/// One row: a group's base (`None`) or one of its variants.
type Entry<'a> = (&'a Group, Option<&'a (Wording, Close)>);

pub(super) async fn view(
    cx: &Ctx,
    frame: &Frame,
    names: &Names,
    question: &Question,
    asked: &Asked,
) -> web::Result<Markup> {
    let collation = load::collation(cx, frame, question).await?;
    let cites = Cites::read(cx, frame, question).await?;
    let entries = entries(&collation.grouping);
    let pages = entries.len().div_ceil(PER_PAGE).max(1);
    let page = asked.page().min(pages);
    let shown = Shown {
        address: cx.url(&format!("/surveys/{}", frame.survey.head.slug)),
        lang: cx.lang,
        names: names.fingerprint().rotate_left(1) ^ cites.fingerprint(),
        page,
    };
    let made = collation.page(shown, || {
        let row = Row {
            cx,
            frame,
            names,
            question,
            collation: &collation,
            cites: &cites,
        };
        row.page(&entries, page, pages).into_string()
    });
    Ok(PreEscaped(made.to_string()))
}

fn entries(grouping: &Grouping) -> Vec<Entry<'_>> {
    let with_variants = |group| std::iter::once((group, None)).chain(variants(group));
    grouping.groups.iter().flat_map(with_variants).collect()
}

fn variants(group: &Group) -> impl Iterator<Item = Entry<'_>> {
    group
        .variants
        .iter()
        .map(move |variant| (group, Some(variant)))
}

fn summary(cx: &Ctx, grouping: &Grouping) -> String {
    let answers: usize = grouping.groups.iter().map(Group::members).sum();
    let wordings: usize = grouping.groups.iter().map(|g| 1 + g.variants.len()).sum();
    let mut out = t!(
        cx,
        "summary-grouped",
        answers = answers,
        wordings = wordings
    );
    let same = grouping
        .groups
        .iter()
        .map(|g| g.base.who.len())
        .max()
        .unwrap_or(0);
    if same > 1 {
        out.push(' ');
        out.push_str(&t!(cx, "summary-grouped-same", same = same));
    }
    out
}

struct Row<'a> {
    cx: &'a Ctx,
    frame: &'a Frame,
    names: &'a Names,
    question: &'a Question,
    collation: &'a Collation,
    cites: &'a Cites,
}

impl Row<'_> {
    /// One page of entries.
    fn page(&self, entries: &[Entry<'_>], page: usize, pages: usize) -> Markup {
        let (cx, grouping) = (self.cx, &self.collation.grouping);
        let from = (page - 1) * PER_PAGE;
        let shown = &entries[from..entries.len().min(from + PER_PAGE)];
        let has_variants = grouping.groups.iter().any(|g| !g.variants.is_empty());
        let next = |n: u64| {
            cx.url(&format!(
                "/surveys/{}?q={}&page={n}",
                self.frame.survey.head.slug, self.question.anchor
            ))
        };
        html! {
            h2 { span.num-question { (self.question.ask.number) } " " (self.question.ask.text(cx.lang)) }
            p.sub { (summary(cx, grouping)) }
            @if has_variants { (diff::legend(cx)) }
            table.collation {
                thead { tr { th scope="col" { (t!(cx, "column-who")) } th scope="col" { (t!(cx, "column-answer")) } } }
                tbody {
                    @if let Some((group, Some(_))) = shown.first() { (self.base(group, true)) }
                    @for (group, variant) in shown {
                        @match variant { None => (self.base(group, false)), Some(variant) => (self.variant(group, variant)) }
                    }
                    @if page == pages {
                        @if !grouping.blank.is_empty() { (self.nothing(&grouping.blank, &t!(cx, "not-written"), &t!(cx, "not-written-who"))) }
                        @if !grouping.unanswered.is_empty() { (self.nothing(&grouping.unanswered, &t!(cx, "not-answered"), &t!(cx, "not-answered-who"))) }
                    }
                }
            }
            (ui::pager(cx, page as u64, pages as u64, next))
        }
    }

    fn base(&self, group: &Group, continued: bool) -> Markup {
        let (cx, count) = (self.cx, group.base.who.len());
        html! {
            tr {
                th scope="row" {
                    (self.who(&group.base.who, !continued))
                    @if count > 1 { (ui::badge(ui::Tone::Key, t!(cx, "badge-same", count = count))) }
                    @else if !group.variants.is_empty() { (ui::badge(ui::Tone::Plain, t!(cx, "badge-base"))) }
                }
                td data-label=(t!(cx, "column-answer")) {
                    @if continued { p.sub { (t!(cx, "continued")) } }
                    (cited::text(cx, &group.base.body, self.cites_of(&group.base), Look { chosen: None, anchors: false, select: false }))
                }
            }
        }
    }

    fn variant(&self, group: &Group, (wording, close): &(Wording, Close)) -> Markup {
        let (cx, count) = (self.cx, wording.who.len());
        let (marked, shortened) = diff::marked(cx, &group.base.body, &wording.body, true);
        html! {
            tr.variant {
                th scope="row" {
                    (self.who(&wording.who, true))
                    @match close {
                        Close::Nearly => (ui::badge(ui::Tone::Warn, t!(cx, "badge-nearly"))),
                        Close::Different => (ui::badge(ui::Tone::Warn, t!(cx, "badge-different"))),
                    }
                    @if count > 1 { " " (ui::badge(ui::Tone::Key, t!(cx, "badge-same", count = count))) }
                }
                td data-label=(t!(cx, "column-answer")) {
                    (marked)
                    @if shortened { (ui::details(t!(cx, "full-text"), html! { div lang="ja" { (text(&wording.body)) } })) }
                    (cited::folded(cx, &wording.body, self.cites_of(wording)))
                }
            }
        }
    }

    /// What cites a wording: the entries that cite the first of those who wrote it.
    fn cites_of(&self, wording: &Wording) -> &[Cite] {
        let first = wording
            .who
            .first()
            .and_then(|at| self.collation.respondents.get(*at));
        first.map_or(&[], |r| self.cites.of(r.sort))
    }

    fn nothing(&self, who: &[usize], word: &str, explained: &str) -> Markup {
        html! {
            tr {
                th scope="row" { (self.who(who, true)) }
                td data-label=(t!(self.cx, "column-answer")) { p.no-answer { (word) } p.sub { (explained) } }
            }
        }
    }

    /// Names, each a link to the answer's own address; `anchors` gives them the place `#a-143821`.
    fn who(&self, who: &[usize], anchors: bool) -> Markup {
        let one = |place: &usize| {
            let Some(respondent) = self.collation.respondents.get(*place) else {
                return html! {};
            };
            let href = self.cx.url(&answer_path(
                &self.frame.survey,
                &respondent.code,
                self.question,
            ));
            let id = anchors.then(|| format!("a-{}", respondent.code));
            html! { li id=[id] { a href=(href) { (self.names.of(respondent)) } } }
        };
        let (first, rest) = who.split_at(who.len().min(NAMES));
        html! {
            ul { @for place in first { (one(place)) } }
            @if !rest.is_empty() {
                (ui::details(t!(self.cx, "more-names", count = rest.len()), html! { ul { @for place in rest { (one(place)) } } }))
            }
        }
    }
}
