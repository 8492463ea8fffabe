//! Handlers and their views, one file per page.

pub(crate) mod again;
pub(crate) mod answer;
pub(crate) mod cite;
mod cited;
pub(crate) mod collation;
pub(crate) mod diff;
mod file;
mod grouped;
pub(crate) mod import;
pub(crate) mod list;
mod load;
mod municipality;
pub(crate) mod preview;
mod table;

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use kernel::Lang;
use maud::{Markup, html};
use web::{Ctx, ui};

use crate::{
    i18n::t,
    model::{Question, Respondent, State, Survey},
};

/// Names of municipalities in the language of the page: today's names for English, the survey's own in Japanese.
pub(crate) struct Names(BTreeMap<String, String>);

impl Names {
    /// From the area's data.
    pub(crate) fn read(conn: &mut ::store::Conn, lang: Lang) -> ::store::Result<Self> {
        if lang == Lang::Ja {
            return Ok(Self(BTreeMap::new()));
        }
        let towns = areas::store::municipalities(conn)?;
        Ok(Self(
            towns
                .into_iter()
                .map(|town| (town.code, town.name_en))
                .collect(),
        ))
    }

    /// The same for the same names, to know a page that was rendered with them.
    pub(crate) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.hash(&mut hasher);
        hasher.finish()
    }

    /// The name of one of those who answered.
    pub(crate) fn of<'a>(&'a self, respondent: &'a Respondent) -> &'a str {
        self.0
            .get(&respondent.code)
            .map_or(&respondent.name, String::as_str)
    }
}

/// Names in a row, as the language joins them.
fn joined(cx: &Ctx, names: &[&str]) -> String {
    names.join(match cx.lang {
        Lang::Ja => "\u{30fb}",
        Lang::En => ", ",
    })
}

/// The fiscal year, marked when it is inferred.
fn year(cx: &Ctx, survey: &Survey) -> String {
    let year = ui::fiscal_year(cx, survey.head.fiscal_year);
    if survey.head.fiscal_year_inferred {
        t!(cx, "year-inferred", year = year)
    } else {
        year
    }
}

/// The address of an answer, without the base path.
fn answer_path(survey: &Survey, code: &str, question: &Question) -> String {
    format!(
        "/surveys/{}/answers/{code}/{}",
        survey.head.slug, question.anchor
    )
}

/// A text as paragraphs, always Japanese; addresses become links.
pub(crate) fn text(body: &str) -> Markup {
    html! { @for paragraph in body.lines() { @if !crate::model::is_blank(paragraph) { p { (linked(paragraph)) } } } }
}

/// A line in which web addresses are links.
fn linked(line: &str) -> Markup {
    let mut rest = line;
    let mut parts = Vec::new();
    while let Some(at) = rest
        .find("https://")
        .into_iter()
        .chain(rest.find("http://"))
        .min()
    {
        let length = rest[at..]
            .find(|c: char| c.is_whitespace() || !c.is_ascii_graphic() || "<>\"".contains(c));
        let past = length.map_or(rest.len(), |length| at + length);
        parts.push((&rest[..at], &rest[at..past]));
        rest = &rest[past..];
    }
    html! {
        @for (before, link) in parts { (before) a href=(link) rel="external noreferrer" { (link) } }
        (rest)
    }
}

/// Where the texts come from, and what a reader should know about them.
fn source(cx: &Ctx, survey: &Survey) -> Markup {
    let head = &survey.head;
    let pick = |ja, en| crate::model::pick(cx.lang, ja, en).to_owned();
    let mut facts = vec![(
        t!(cx, "source-label"),
        html! { (pick(&head.source, &head.source_en)) },
    )];
    if !head.note.is_empty() {
        facts.push((
            t!(cx, "note-label"),
            html! { (pick(&head.note, &head.note_en)) },
        ));
    }
    if !head.licence.is_empty() {
        facts.push((
            t!(cx, "licence-label"),
            html! { (pick(&head.licence, &head.licence_en)) },
        ));
    }
    if !head.trailing_link.is_empty() {
        let link = head.trailing_link.as_str();
        facts.push((
            t!(cx, "link-label"),
            html! { a href=(link) rel="external noreferrer" { (link) } },
        ));
    }
    html! {
        section.source { (ui::dl(&facts)) }
    }
}

/// What every page of a survey says above its content: drafts are marked, English readers are told about the Japanese.
fn notes(cx: &Ctx, survey: &Survey, batch: Option<crate::model::BatchId>) -> Markup {
    html! {
        @if survey.state == State::Draft {
            (ui::notice(ui::Tone::Warn, t!(cx, "draft-notice"), html! {
                p { (t!(cx, "draft-notice-text")) }
                @if let Some(batch) = batch {
                    p { a href=(cx.url(&format!("/surveys/import/{batch}"))) { (t!(cx, "draft-decide")) } }
                }
            }))
        }
        @if cx.lang == Lang::En { p.sub { (t!(cx, "answers-japanese")) " " (t!(cx, "translated")) } }
    }
}

/// The three files of a survey.
fn files(cx: &Ctx, survey: &Survey) -> Markup {
    let link = |end: &str, word: String| {
        let title = survey.title(cx.lang);
        html! { a href=(cx.url(&format!("/surveys/{}.{end}", survey.head.slug))) download aria-label={ (word) ": " (title) } { (word) } }
    };
    html! {
        (link("xlsx", t!(cx, "file-xlsx"))) " " (link("csv", t!(cx, "file-csv"))) " " (link("json", t!(cx, "file-json")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_answers_are_links_and_nothing_else_is() {
        let made = linked("関連URL：https://www.example.jp/a/、次 <b>").into_string();
        assert_eq!(
            made,
            "関連URL：<a href=\"https://www.example.jp/a/\" rel=\"external noreferrer\">https://www.example.jp/a/</a>、次 &lt;b&gt;"
        );
        assert_eq!(linked("ただの文").into_string(), "ただの文");
    }
}
