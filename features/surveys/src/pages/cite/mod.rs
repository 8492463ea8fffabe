//! From a sentence to an entry: proposals with their reasons, any stretch by mouse, touch, keyboard or words, an entry made from it or
//! linked to it, taken back, and moved when the answer has changed.

mod form;
mod view;

use axum::{
    extract::{Path, Query},
    http::StatusCode,
};
use kernel::OrganisationId;
use programme::{
    EntryBrief, EntryId, Kind, NewEntry, SourceId,
    store::{Filter, Key},
};
use serde::Deserialize;
use store::{Conn, Error};
use web::{Ctx, Errors, FlashKind, Form, Values};

use super::{
    Names,
    cited::{self, Cite},
    load::Frame,
};
use crate::{
    citing::{
        self, Answer, Place,
        actions::{Cited, Done},
    },
    i18n::t,
    model::{Question, Respondent, is_slug},
    segments::{self, Segment},
    store as sql,
};

/// Entries offered for linking.
const OFFERED: usize = 20;
/// Of so many found, those of the own office are offered.
const LOOKED_AT: i64 = 200;

/// What the address says after its question mark: the stretch by numbers or by its first and last words.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    p: Option<String>,
    s: Option<String>,
    e: Option<String>,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    /// Item that the proposal suggests.
    #[serde(default)]
    item: String,
    /// Words of an entry to link to.
    #[serde(default)]
    find: String,
}

impl Asked {
    /// The stretch, if one is asked for and lies inside the text.
    fn place(&self, body: &str) -> Option<Place> {
        let number = |text: &Option<String>| text.as_deref().and_then(|t| t.parse::<usize>().ok());
        let numbers = (number(&self.p), number(&self.s), number(&self.e));
        if let (Some(paragraph), Some(start), Some(end)) = numbers {
            let place = Place {
                paragraph,
                start,
                end,
            };
            return place.quote(body).map(|_| place);
        }
        Place::between(body, self.from.trim(), self.to.trim())
    }

    fn asks(&self) -> bool {
        self.p.is_some() || !self.from.trim().is_empty()
    }
}

/// Everything the page shows.
pub(super) struct Shown {
    frame: Frame,
    names: Names,
    question: Question,
    respondent: Respondent,
    answer: Answer,
    cites: Vec<Cite>,
    proposals: Vec<Segment>,
    /// Those that the office has put away.
    away: Vec<Segment>,
    offered: Vec<EntryBrief>,
    /// Entries of both lists that this viewer may change.
    mine: Vec<EntryId>,
}

impl Shown {
    fn path(&self) -> String {
        let (slug, code) = (&self.frame.survey.head.slug, &self.respondent.code);
        format!(
            "/surveys/{slug}/answers/{code}/{}/entries",
            self.question.anchor
        )
    }
}

type Address = (String, String, String);

async fn read(cx: &Ctx, (slug, code, anchor): Address, find: &str) -> web::Result<Shown> {
    if !is_slug(&slug) {
        return Err(web::Error::NotFound);
    }
    let (lang, find, tenant) = (cx.lang, find.trim().to_owned(), owner(cx)?);
    let made = cx
        .db()
        .read(&cx.viewer(), move |conn: &mut Conn| {
            let frame = Frame::read(conn, &slug)?;
            let question = frame
                .question(Some(&anchor))
                .ok_or(Error::NotFound)?
                .clone();
            let respondent =
                sql::respondent(conn, frame.survey.id, &code)?.ok_or(Error::NotFound)?;
            let answer = citing::store::answer(conn, question.id, &code)?.ok_or(Error::NotFound)?;
            let cites = cited::of_answer(conn, &answer, false)?;
            let known: Vec<String> = areas::store::organisations(conn)?
                .into_iter()
                .map(|o| o.name)
                .collect();
            let filter = Filter {
                text: (!find.is_empty()).then_some(find),
                ..Filter::default()
            };
            let mut offered =
                programme::store::list(conn, &filter, false, Key::first(), LOOKED_AT)?;
            let ids: Vec<EntryId> = offered
                .iter()
                .chain(cites.iter().map(|c| &c.entry))
                .map(|e| e.id)
                .collect();
            let mine = programme::links::store::editable_of(conn, &ids)?;
            offered.retain(|e| mine.contains(&e.id));
            offered.truncate(OFFERED);
            let put_away = citing::dismissal::of_answer(conn, answer.id, tenant)?;
            let (away, proposals) = segments::propose(&answer.body, &known)
                .into_iter()
                .partition(|s| put_away.contains_key(&citing::dismissal::mark(&words(s, &answer))));
            let names = Names::read(conn, lang)?;
            Ok::<_, Error>(Shown {
                frame,
                names,
                question,
                respondent,
                answer,
                cites,
                proposals,
                away,
                offered,
                mine,
            })
        })
        .await?;
    Ok(made)
}

/// The words of a proposal.
fn words(segment: &Segment, answer: &Answer) -> String {
    let place = Place {
        paragraph: segment.paragraph,
        start: segment.start,
        end: segment.end,
    };
    place.quote(&answer.body).unwrap_or_default()
}

/// `GET /surveys/{slug}/answers/{code}/{question}/entries`
pub(crate) async fn show(
    cx: Ctx,
    Path(address): Path<Address>,
    Query(asked): Query<Asked>,
) -> web::Result {
    let shown = read(&cx, address, &asked.find).await?;
    let place = asked.place(&shown.answer.body);
    let mut errors = Errors::new();
    if place.is_none() && asked.asks() {
        errors.add("from", t!(cx, "cite-not-found"));
    }
    let typed = form::Typed::proposed(&shown.question, &asked.item);
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(view::page(
        &cx, &shown, &asked, place, &typed, &errors, status,
    ))
}

/// `POST /surveys/{slug}/answers/{code}/{question}/entries`
pub(crate) async fn send(
    cx: Ctx,
    Path(address): Path<Address>,
    Form(values): Form<Values>,
) -> web::Result {
    let shown = read(&cx, address, values.text("find")).await?;
    let asked = Asked {
        p: Some(values.text("p").to_owned()),
        s: Some(values.text("s").to_owned()),
        e: Some(values.text("e").to_owned()),
        ..Asked::default()
    };
    let typed = form::Typed::of(&values);
    let refused = |place, errors: &Errors| {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        view::page(&cx, &shown, &asked, place, &typed, errors, status)
    };
    let mut errors = Errors::new();
    let Some(place) = asked.place(&shown.answer.body) else {
        errors.add("from", t!(cx, "cite-not-found"));
        return Ok(refused(None, &errors));
    };
    let cited = Cited {
        survey: shown.frame.survey.head.slug.clone(),
        question: shown.question.id,
        code: shown.respondent.code.clone(),
        place,
        seen: values.get("quote").unwrap_or_default().to_owned(),
    };
    let (db, env, viewer) = (cx.db(), cx.env(), cx.viewer());
    let done = match values.text("op") {
        "link" => {
            let Ok(entry) = values.text("entry").parse::<EntryId>() else {
                errors.add("entry", t!(cx, "cite-choose-entry"));
                return Ok(refused(Some(place), &errors));
            };
            match citing::actions::link(db, env, &viewer, cited, entry).await {
                Err(Error::NotFound) => {
                    errors.add("entry", t!(cx, "cite-not-yours"));
                    return Ok(refused(Some(place), &errors));
                }
                other => other?,
            }
        }
        "again" => {
            let (entry, source) = ids(&values)?;
            citing::actions::anchor_again(db, env, &viewer, cited, entry, source).await?
        }
        _ => {
            typed.check(&cx, &mut errors);
            if !errors.is_empty() {
                return Ok(refused(Some(place), &errors));
            }
            let entry = NewEntry {
                kind: Kind::from_code(&typed.kind).unwrap_or_default(),
                owner: Some(owner(&cx)?),
                title: typed.title.clone(),
                items: typed.items.clone(),
                scenes: typed.scenes.clone(),
                municipalities: vec![shown.respondent.code.clone()],
                fiscal_year: Some(shown.frame.survey.head.fiscal_year),
                origin: "survey".to_owned(),
                ..NewEntry::default()
            };
            citing::actions::make(db, env, &viewer, cited, entry).await?
        }
    };
    match done {
        Done::Written(_) => {
            cx.flash(FlashKind::Good, &t!(cx, "cite-done"));
            Ok(cx.redirect(&format!("{}#made", shown.path())))
        }
        Done::Changed => {
            errors.add("from", t!(cx, "cite-changed"));
            Ok(view::page(
                &cx,
                &shown,
                &asked,
                Some(place),
                &typed,
                &errors,
                StatusCode::CONFLICT,
            ))
        }
    }
}

/// `POST /surveys/{slug}/answers/{code}/{question}/entries/undo`
pub(crate) async fn undo(
    cx: Ctx,
    Path(address): Path<Address>,
    Form(values): Form<Values>,
) -> web::Result {
    let shown = read(&cx, address, "").await?;
    let (entry, source) = ids(&values)?;
    let here = shown
        .cites
        .iter()
        .any(|c| c.entry.id == entry && c.source == source);
    if !here {
        return Err(web::Error::NotFound);
    }
    let at = (shown.question.id, shown.respondent.code.clone());
    citing::actions::undo(cx.db(), cx.env(), &cx.viewer(), at, entry, source).await?;
    cx.flash(FlashKind::Good, &t!(cx, "cite-undone"));
    Ok(cx.redirect(&format!("{}#made", shown.path())))
}

/// `POST /surveys/{slug}/answers/{code}/{question}/entries/dismiss`: puts a proposal away, or takes that back.
pub(crate) async fn dismiss(
    cx: Ctx,
    Path(address): Path<Address>,
    Form(values): Form<Values>,
) -> web::Result {
    let shown = read(&cx, address, "").await?;
    let away = values.text("op") != "back";
    let typed = values
        .get("words")
        .unwrap_or_default()
        .replace("\r\n", "\n");
    let known = shown
        .proposals
        .iter()
        .chain(&shown.away)
        .any(|s| words(s, &shown.answer) == typed);
    if !known {
        return Err(web::Error::NotFound);
    }
    let who = citing::dismissal::Who {
        tenant: owner(&cx)?,
        account: cx.require_me()?.account,
    };
    let at = (shown.question.id, shown.respondent.code.clone());
    citing::dismissal::set(cx.db(), cx.env(), &cx.viewer(), who, at, typed, away).await?;
    let said = if away {
        t!(cx, "cite-dismissed")
    } else {
        t!(cx, "cite-proposed-again")
    };
    cx.flash(FlashKind::Good, &said);
    Ok(cx.redirect(&format!("{}#proposals", shown.path())))
}

fn ids(values: &Values) -> web::Result<(EntryId, SourceId)> {
    let entry = values
        .text("entry")
        .parse()
        .map_err(|_| web::Error::NotFound)?;
    let source = values
        .text("source")
        .parse()
        .map_err(|_| web::Error::NotFound)?;
    Ok((entry, source))
}

/// Whose entry it will be: the municipality acted for, otherwise the own office's.
fn owner(cx: &Ctx) -> web::Result<OrganisationId> {
    let me = cx.require_me()?;
    Ok(me.acting_for.as_ref().map_or(me.organisation, |a| a.id))
}
