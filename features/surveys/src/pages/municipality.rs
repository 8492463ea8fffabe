//! One municipality at a time: all its answers, and who wrote the same.

use std::collections::BTreeMap;

use maud::{Markup, html};
use store::{Conn, Error};
use web::{Ctx, ui};

use super::{
    Names, answer_path,
    cited::{self, Cite, Look},
    collation::Asked,
    joined,
    load::{self, Frame},
};
use crate::{
    cache::Collation,
    i18n::t,
    model::{Question, QuestionId, Respondent, is_blank},
    store as sql,
};

/// Up to so many municipalities are chips; more are a list to choose from.
const CHIPS: usize = 60;
/// So many names are printed after "the same text as".
const NAMES: usize = 8;

pub(super) async fn view(
    cx: &Ctx,
    frame: &Frame,
    names: &Names,
    asked: &Asked,
) -> web::Result<Markup> {
    let (survey, wanted) = (frame.survey.id, asked.m.clone());
    let read = move |conn: &mut Conn| {
        let all = sql::respondents(conn, survey)?;
        let at = match wanted.as_deref() {
            None | Some("") => 0,
            Some(code) => all
                .iter()
                .position(|r| r.code == code)
                .ok_or(Error::NotFound)?,
        };
        let sort = all.get(at).map_or(0, |r| r.sort);
        let answers = sql::answers_between(conn, survey, sort, sort + 1)?;
        let ids = crate::citing::store::ids(conn, survey, sort)?;
        let records: Vec<_> = ids.iter().map(|(_, id)| *id).collect();
        let cites = cited::read(conn, &records, true)?;
        let mut by_question: BTreeMap<QuestionId, Vec<Cite>> = BTreeMap::new();
        for (record, cite) in cites {
            if let Some((question, _)) = ids.iter().find(|(_, id)| id.uuid() == record) {
                by_question.entry(*question).or_default().push(cite);
            }
        }
        Ok::<_, Error>((all, at, answers, by_question))
    };
    let (all, at, answers, cites) = cx.db().read(&cx.viewer(), read).await?;
    let Some(respondent) = all.get(at) else {
        return Ok(html! {});
    };
    let answers: BTreeMap<QuestionId, String> = answers
        .into_iter()
        .map(|(_, question, body)| (question, body))
        .collect();
    let mut cards = Vec::with_capacity(frame.questions.len());
    for question in &frame.questions {
        // In a survey of the whole country, grouping every question for one page would take longer than reading it.
        let relation = if frame.is_large() {
            None
        } else {
            Some(relation(
                cx,
                names,
                &*load::collation(cx, frame, question).await?,
                at,
            ))
        };
        cards.push(card(
            cx,
            frame,
            respondent,
            question,
            (
                answers.get(&question.id),
                cites.get(&question.id).map_or(&[], Vec::as_slice),
            ),
            relation,
        ));
    }
    Ok(html! {
        (choose(cx, frame, names, &all, at))
        h2 { (names.of(respondent)) }
        @for card in &cards { (card) }
        (neighbours(cx, frame, names, &all, at))
    })
}

fn card(
    cx: &Ctx,
    frame: &Frame,
    respondent: &Respondent,
    question: &Question,
    (body, cites): (Option<&String>, &[Cite]),
    relation: Option<String>,
) -> Markup {
    let heading = html! { (question.ask.number) " " (question.ask.label(cx.lang)) };
    ui::card(
        heading,
        html! {
            p.sub { (question.ask.text(cx.lang)) }
            @match body {
                None => p.no-answer { (t!(cx, "not-answered")) },
                Some(body) if is_blank(body) => p.no-answer { (t!(cx, "not-written")) },
                Some(body) => {
                    div.quote { (cited::text(cx, body, cites, Look { chosen: None, anchors: false, select: false })) }
                    @if let Some(relation) = relation { p.sub { (relation) } }
                }
            }
            p.sub { a href=(cx.url(&answer_path(&frame.survey, &respondent.code, question))) { (t!(cx, "stable-address")) } }
        },
    )
}

/// In words: who else wrote this text, or to whose it is near. Empty for someone who wrote nothing.
pub(super) fn relation(cx: &Ctx, names: &Names, collation: &Collation, at: usize) -> String {
    let list = |who: &[usize]| {
        let others: Vec<&str> = who
            .iter()
            .filter(|w| **w != at)
            .filter_map(|w| collation.respondents.get(*w))
            .map(|r| names.of(r))
            .collect();
        let mut text = joined(cx, &others[..others.len().min(NAMES)]);
        if others.len() > NAMES {
            let rest = others.len() - NAMES;
            text.push(' ');
            text.push_str(&t!(cx, "more-names", count = rest));
        }
        text
    };
    for group in &collation.grouping.groups {
        if group.base.who.contains(&at) {
            return if group.base.who.len() > 1 {
                t!(cx, "same-as", names = list(&group.base.who))
            } else {
                t!(cx, "only-this")
            };
        }
        for (wording, _) in &group.variants {
            if wording.who.contains(&at) {
                let mut text = t!(cx, "near-base", names = list(&group.base.who));
                if wording.who.len() > 1 {
                    text = format!("{} {text}", t!(cx, "same-as", names = list(&wording.who)));
                }
                return text;
            }
        }
    }
    String::new()
}

fn address(frame: &Frame, respondent: &Respondent) -> String {
    format!(
        "/surveys/{}?view=municipality&m={}",
        frame.survey.head.slug, respondent.code
    )
}

fn choose(cx: &Ctx, frame: &Frame, names: &Names, all: &[Respondent], at: usize) -> Markup {
    if all.len() <= CHIPS {
        let chip = |(place, r): (usize, &Respondent)| ui::Chip {
            href: cx.url(&address(frame, r)),
            label: names.of(r).to_owned(),
            on: place == at,
        };
        let chips: Vec<ui::Chip> = all.iter().enumerate().map(chip).collect();
        return ui::chips(t!(cx, "choose-municipality"), &chips);
    }
    html! {
        form.search.no-print method="get" action=(cx.url(&format!("/surveys/{}", frame.survey.head.slug))) {
            input type="hidden" name="view" value="municipality";
            label for="m" { (t!(cx, "choose-municipality")) }
            select id="m" name="m" {
                @for (place, r) in all.iter().enumerate() { option value=(r.code) selected[place == at] { (names.of(r)) } }
            }
            button type="submit" { (t!(cx, "open")) }
        }
    }
}

fn neighbours(cx: &Ctx, frame: &Frame, names: &Names, all: &[Respondent], at: usize) -> Markup {
    let before = at.checked_sub(1).and_then(|at| all.get(at));
    html! {
        p.actions.no-print {
            @if let Some(r) = before {
                (ui::link_button_second(cx.url(&address(frame, r)), t!(cx, "before", name = names.of(r))))
            }
            @if let Some(r) = all.get(at + 1) {
                (ui::link_button_second(cx.url(&address(frame, r)), t!(cx, "after", name = names.of(r))))
            }
        }
    }
}
