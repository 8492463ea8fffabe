//! One survey: the three views share their head, their chips and their foot. Files lie under the same address.

use axum::extract::{Path, Query};
use maud::{Markup, html};
use serde::Deserialize;
use web::{Ctx, ui};

use super::{
    file, files, grouped,
    load::{self, Frame},
    municipality, notes, source, table, year,
};
use crate::{
    export::Format,
    i18n::t,
    model::{Question, is_slug},
};

/// How a reader looks at the answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum View {
    /// Equal and nearly equal texts together, one question at a time.
    #[default]
    Grouped,
    /// All answers of one municipality.
    Municipality,
    /// The printed original.
    Table,
}

impl View {
    fn code(self) -> &'static str {
        match self {
            Self::Grouped => "grouped",
            Self::Municipality => "municipality",
            Self::Table => "table",
        }
    }
}

/// What the address says after its question mark.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// Question by its anchor.
    pub(super) q: Option<String>,
    #[serde(default)]
    pub(super) view: Option<String>,
    /// Municipality by its code.
    pub(super) m: Option<String>,
    /// Page of rows, from 1.
    pub(super) page: Option<u32>,
    /// Page of question columns, from 1.
    pub(super) columns: Option<u32>,
}

impl Asked {
    fn view(&self) -> View {
        match self.view.as_deref() {
            Some("table") => View::Table,
            Some("municipality") => View::Municipality,
            _ => View::Grouped,
        }
    }

    pub(super) fn page(&self) -> usize {
        usize::try_from(self.page.unwrap_or(1).max(1)).unwrap_or(1)
    }
}

/// `GET /surveys/{slug}` and the files `GET /surveys/{slug}.json`, `.csv`, `.xlsx`
pub(crate) async fn show(
    cx: Ctx,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> web::Result {
    if let Some((name, end)) = slug.rsplit_once('.') {
        let format = Format::from_code(end)
            .filter(|_| is_slug(name))
            .ok_or(web::Error::NotFound)?;
        return file::send(&cx, name, format).await;
    }
    let (frame, names) = load::frame(&cx, &slug).await?;
    let view = asked.view();
    let question = frame
        .question(asked.q.as_deref())
        .ok_or(web::Error::NotFound)?;
    let content = match view {
        View::Grouped => grouped::view(&cx, &frame, &names, question, &asked).await?,
        View::Municipality => municipality::view(&cx, &frame, &names, &asked).await?,
        View::Table => table::view(&cx, &frame, &names, &asked).await?,
    };
    Ok(page(&cx, &frame, view, question, &content))
}

fn page(
    cx: &Ctx,
    frame: &Frame,
    view: View,
    question: &Question,
    content: &Markup,
) -> axum::response::Response {
    let survey = &frame.survey;
    let title = survey.title(cx.lang);
    let actions = html! {
        @if view == View::Table {
            button.btn.second.no-print.js-only type="button" data-print { (t!(cx, "print-now")) }
        } @else {
            (ui::link_button_second(cx.url(&address(frame, View::Table, question)), t!(cx, "print-a3")))
        }
        (ui::link_button_second(cx.url(&format!("/surveys/{}.xlsx", survey.head.slug)), t!(cx, "file-xlsx")))
    };
    let sub = html! {
        @if !survey.head.label.is_empty() { span lang="ja" { (survey.head.label) } " / " }
        (year(cx, survey)) " / " (t!(cx, "answered", count = survey.responses))
        @if let Some(at) = survey.published_at { " / " (t!(cx, "published-on", date = kernel::format_date(at.date_jst(), cx.lang))) }
    };
    let body = html! {
        (notes(cx, survey, frame.batch))
        div.filters {
            (ui::chips(t!(cx, "view-label"), &views(cx, frame, view, question)))
            @if view == View::Grouped { (ui::chips(t!(cx, "question-label"), &questions(cx, frame, question))) }
        }
        (content)
        (source(cx, survey))
        p.no-print { (t!(cx, "files")) ": " (files(cx, survey)) }
    };
    let crumb = t!(cx, "surveys-title");
    let made = cx
        .page(title)
        .nav("surveys")
        .crumbs(&[("/surveys", crumb.as_str()), ("", title)])
        .sub(sub)
        .actions(actions);
    match view {
        View::Table => made.a3(),
        View::Grouped | View::Municipality => made,
    }
    .body(body)
}

fn address(frame: &Frame, view: View, question: &Question) -> String {
    let slug = &frame.survey.head.slug;
    match view {
        View::Grouped => format!("/surveys/{slug}?q={}", question.anchor),
        View::Municipality | View::Table => format!("/surveys/{slug}?view={}", view.code()),
    }
}

fn views(cx: &Ctx, frame: &Frame, on: View, question: &Question) -> Vec<ui::Chip> {
    [
        (View::Grouped, t!(cx, "view-grouped")),
        (View::Municipality, t!(cx, "view-municipality")),
        (View::Table, t!(cx, "view-table")),
    ]
    .into_iter()
    .map(|(view, label)| ui::Chip {
        href: cx.url(&address(frame, view, question)),
        label,
        on: view == on,
    })
    .collect()
}

fn questions(cx: &Ctx, frame: &Frame, on: &Question) -> Vec<ui::Chip> {
    let chip = |q: &Question| ui::Chip {
        href: cx.url(&address(frame, View::Grouped, q)),
        label: format!("{} {}", q.ask.number, q.ask.label(cx.lang)),
        on: q.id == on.id,
    };
    frame.questions.iter().map(chip).collect()
}
