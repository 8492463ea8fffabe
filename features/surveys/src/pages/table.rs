//! The printed original: municipalities down, questions across, for A3.

use std::collections::BTreeMap;

use maud::{Markup, html};
use store::{Conn, Error};
use web::{Ctx, ui};

use super::{Names, answer_path, collation::Asked, load::Frame, text};
use crate::{
    i18n::t,
    model::{Question, QuestionId, Respondent, is_blank},
    store as sql,
};

/// Municipalities on one page.
const ROWS: usize = 50;
/// Questions beside each other.
const COLUMNS: usize = 4;

pub(super) async fn view(
    cx: &Ctx,
    frame: &Frame,
    names: &Names,
    asked: &Asked,
) -> web::Result<Markup> {
    let pages = usize::try_from(frame.survey.responses)
        .unwrap_or(0)
        .div_ceil(ROWS)
        .max(1);
    let page = asked.page().min(pages);
    let stretches = frame.questions.len().div_ceil(COLUMNS).max(1);
    let stretch = usize::try_from(asked.columns.unwrap_or(1))
        .unwrap_or(1)
        .clamp(1, stretches);
    let questions: Vec<&Question> = frame
        .questions
        .iter()
        .skip((stretch - 1) * COLUMNS)
        .take(COLUMNS)
        .collect();
    let survey = frame.survey.id;
    let (first, past) = (whole((page - 1) * ROWS), whole(page * ROWS));
    let asked: Vec<QuestionId> = questions.iter().map(|q| q.id).collect();
    let read = move |conn: &mut Conn| {
        let respondents = sql::respondents_between(conn, survey, first, past)?;
        Ok::<_, Error>((
            respondents,
            sql::answers_to_some(conn, &asked, first, past)?,
        ))
    };
    let (respondents, answers) = cx.db().read(&cx.viewer(), read).await?;
    let answers: BTreeMap<(i64, QuestionId), String> = answers
        .into_iter()
        .map(|(sort, question, body)| ((sort, question), body))
        .collect();
    let address = |page: u64, stretch: usize| {
        cx.url(&format!(
            "/surveys/{}?view=table&page={page}&columns={stretch}",
            frame.survey.head.slug
        ))
    };
    let label = t!(cx, "view-table");
    Ok(html! {
        @if stretches > 1 { (ui::chips(t!(cx, "columns-label"), &chips(cx, frame, stretch, stretches, |s| address(page as u64, s)))) }
        div.scroll tabindex="0" role="region" aria-label=(label) {
            table.data.collation {
                colgroup { @for width in widths(&questions, &answers) { col width={ (width) "%" }; } }
                thead {
                    tr {
                        th scope="col" { (t!(cx, "column-who")) }
                        @for q in &questions { th scope="col" { (q.ask.number) " " (q.ask.text(cx.lang)) } }
                    }
                }
                tbody {
                    @for r in &respondents {
                        tr id={ "m-" (r.code) } {
                            th scope="row" { (names.of(r)) }
                            @for q in &questions { (cell(cx, frame, r, q, answers.get(&(r.sort, q.id)))) }
                        }
                    }
                }
            }
        }
        (ui::pager(cx, page as u64, pages as u64, |n| address(n, stretch)))
    })
}

/// Column widths in percent: the names, then each question by the root of its longest answer, so that a long column does
/// not make the sheet long while a short one stays readable.
fn widths(questions: &[&Question], answers: &BTreeMap<(i64, QuestionId), String>) -> Vec<u32> {
    const NAMES: u32 = 8;
    let longest = |q: &&Question| {
        let lengths = answers
            .iter()
            .filter(|((_, id), _)| *id == q.id)
            .map(|(_, body)| body.chars().count());
        u32::try_from(lengths.max().unwrap_or(0))
            .unwrap_or(u32::MAX)
            .isqrt()
            .max(6)
    };
    let roots: Vec<u32> = questions.iter().map(longest).collect();
    let sum: u32 = roots.iter().sum();
    std::iter::once(NAMES)
        .chain(
            roots
                .into_iter()
                .map(|root| (100 - NAMES) * root / sum.max(1)),
        )
        .collect()
}

fn cell(
    cx: &Ctx,
    frame: &Frame,
    respondent: &Respondent,
    question: &Question,
    body: Option<&String>,
) -> Markup {
    let id = format!("a-{}-{}", respondent.code, question.anchor);
    let href = cx.url(&answer_path(&frame.survey, &respondent.code, question));
    match body {
        None => html! { td id=(id) { p.no-answer { (t!(cx, "not-answered")) } } },
        Some(body) if is_blank(body) => {
            html! { td id=(id) { p.no-answer { a href=(href) { (t!(cx, "not-written")) } } } }
        }
        Some(body) => html! { td id=(id) lang="ja" { (text(body)) } },
    }
}

fn chips(
    cx: &Ctx,
    frame: &Frame,
    on: usize,
    stretches: usize,
    address: impl Fn(usize) -> String,
) -> Vec<ui::Chip> {
    let number = |at: usize| {
        frame
            .questions
            .get(at)
            .map_or("", |q| q.ask.number.as_str())
    };
    (1..=stretches)
        .map(|stretch| {
            let (from, to) = (
                (stretch - 1) * COLUMNS,
                (stretch * COLUMNS).min(frame.questions.len()) - 1,
            );
            let label = t!(cx, "columns-range", from = number(from), to = number(to));
            ui::Chip {
                href: address(stretch),
                label,
                on: stretch == on,
            }
        })
        .collect()
}

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
