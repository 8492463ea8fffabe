//! One answer at its own address, so that a minute or an e-mail can point to it.

use axum::extract::Path;
use maud::html;
use store::{Conn, Error};
use web::{Ctx, ui};

use super::{Names, cited, diff, load, municipality, notes, source, year};
use crate::{
    i18n::t,
    model::{is_blank, is_slug},
    store as sql,
};

/// `GET /surveys/{slug}/answers/{code}/{question}`
pub(crate) async fn show(
    cx: Ctx,
    Path((slug, code, anchor)): Path<(String, String, String)>,
) -> web::Result {
    if !is_slug(&slug) {
        return Err(web::Error::NotFound);
    }
    let lang = cx.lang;
    let read = move |conn: &mut Conn| {
        let frame = load::Frame::read(conn, &slug)?;
        let question = frame
            .question(Some(&anchor))
            .ok_or(Error::NotFound)?
            .clone();
        let respondent = sql::respondent(conn, frame.survey.id, &code)?.ok_or(Error::NotFound)?;
        let answer = crate::citing::store::answer(conn, question.id, &code)?;
        let cites = match &answer {
            Some(answer) => cited::of_answer(conn, answer, true)?,
            None => Vec::new(),
        };
        let body = answer.map(|a| a.body);
        let names = Names::read(conn, lang)?;
        Ok::<_, Error>((frame, names, question, respondent, (body, cites)))
    };
    let (frame, names, question, respondent, (body, cites)) =
        cx.db().read(&cx.viewer(), read).await?;
    let collation = load::collation(&cx, &frame, &question).await?;
    let at = collation
        .respondents
        .iter()
        .position(|r| r.code == respondent.code);
    let relation = at
        .map(|at| municipality::relation(&cx, &names, &collation, at))
        .unwrap_or_default();
    let base = at.and_then(|at| {
        let mine =
            |g: &&crate::grouping::Group| g.variants.iter().any(|(w, _)| w.who.contains(&at));
        collation
            .grouping
            .groups
            .iter()
            .find(mine)
            .map(|g| g.base.body.as_str())
    });
    let back = format!(
        "/surveys/{}?q={}#a-{}",
        frame.survey.head.slug, question.anchor, respondent.code
    );
    let path = super::answer_path(&frame.survey, &respondent.code, &question);
    let may_cite = crate::CITE.decide(cx.me.as_ref()) == web::Decision::Allow;
    let content = html! {
        (notes(&cx, &frame.survey, frame.batch))
        h2 { (question.ask.text(cx.lang)) }
        @match &body {
            None => p.no-answer { (t!(cx, "not-answered")) },
            Some(body) if is_blank(body) => p.no-answer { (t!(cx, "not-written")) },
            Some(body) => {
                div.quote { (cited::text(&cx, body, &cites, cited::Look { chosen: None, anchors: true, select: false })) }
                @if may_cite { p.no-print { (ui::link_button_second(cx.url(&format!("{path}/entries")), t!(cx, "cite-open"))) } }
                @if !relation.is_empty() { p.sub { (relation) } }
                @if let Some(base) = base {
                    h3 { (t!(cx, "compare-heading")) }
                    (diff::legend(&cx))
                    (diff::marked(&cx, base, body, false).0)
                }
            }
        }
        p.no-print { a href=(cx.url(&back)) { (t!(cx, "back-to-collation")) } }
        (source(&cx, &frame.survey))
    };
    let title = t!(
        cx,
        "answer-title",
        name = names.of(&respondent),
        number = question.ask.number.as_str()
    );
    let (crumb, survey) = (
        t!(cx, "surveys-title"),
        format!("/surveys/{}", frame.survey.head.slug),
    );
    Ok(cx
        .page(title.as_str())
        .nav("surveys")
        .crumbs(&[
            ("/surveys", crumb.as_str()),
            (survey.as_str(), frame.survey.title(cx.lang)),
            ("", title.as_str()),
        ])
        .sub(html! { (frame.survey.title(cx.lang)) " / " (year(&cx, &frame.survey)) })
        .body(content))
}
