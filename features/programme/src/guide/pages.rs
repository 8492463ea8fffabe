//! The five questions one by one.

use std::borrow::Cow;

use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use kernel::Lang;
use maud::{Markup, html};
use serde::Deserialize;
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{
    actions::{self, Saved},
    cards,
    model::{Answers, DraftId, MOST_ANSWER, REVIEW, step},
    store::{self as sql, Draft},
};
use crate::{
    i18n::{t, tl},
    model::{Kind, NewEntry, SCENES},
    pdca::{
        input::{Input, STATED},
        pages::words,
        who,
    },
};

/// `GET /programme/guide`: how it works, and what was begun.
pub(crate) async fn list(cx: Ctx) -> web::Result {
    let tenant = who::actor(&cx)?.tenant;
    let drafts = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| sql::open(conn, tenant))
        .await?;
    let body = html! {
        ol { @for at in 1..REVIEW { li { (question(&cx, at).0) } } }
        p { (t!(cx, "guide-internal")) }
        (ui::form(&cx, "/programme/guide", html! { div.actions { (ui::button(t!(cx, "guide-begin"))) } }))
        @if !drafts.is_empty() {
            h2 { (t!(cx, "guide-drafts")) }
            ul.list-plain {
                @for one in &drafts {
                    li {
                        a href=(cx.url(&format!("/programme/guide/{}", one.id))) { span lang="ja" { (draft_name(&cx, one)) } } " "
                        span.sub { (t!(cx, "guide-draft-at", step = one.step.min(5).to_string())) " " span lang="ja" { (one.by) } " " (ui::moment(&cx, one.saved_at)) }
                    }
                }
            }
        }
        h2 { (t!(cx, "guide-cards")) }
        p { (t!(cx, "guide-cards-lead")) }
        ul.chips-list { @for card in cards::all() { li { a href=(cx.url(&format!("/programme/cards/{}", card.key))) { (card.name(cx.lang)) } } } }
        (areas::words::footnotes(cx.lang, &["issue", "scenes", "ask-professional"]))
    };
    Ok(cx
        .page(t!(cx, "guide-title"))
        .nav("programme")
        .crumbs(&[
            ("/programme", t!(cx, "pdca-programme")),
            ("", t!(cx, "guide-title")),
        ])
        .sub(t!(cx, "guide-lead"))
        .body(body))
}

fn draft_name(cx: &Ctx, one: &Draft) -> String {
    let title = one.answers.proposed_title();
    if title.is_empty() {
        t!(cx, "guide-draft-empty")
    } else {
        title
    }
}

/// `POST /programme/guide`
pub(crate) async fn begin(cx: Ctx, Form(_): Form<Values>) -> web::Result {
    let id = actions::begin(cx.db(), cx.env(), &cx.viewer(), who::actor(&cx)?).await?;
    Ok(cx.redirect(&format!("/programme/guide/{id}?step=1")))
}

/// The question of `GET /programme/guide/{id}`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    step: String,
}

async fn read(cx: &Ctx, id: DraftId) -> web::Result<Draft> {
    let tenant = who::actor(cx)?.tenant;
    cx.db()
        .read::<_, web::Error>(&cx.viewer(), move |conn| {
            sql::one(conn, id, tenant)?.ok_or(web::Error::NotFound)
        })
        .await
}

/// `GET /programme/guide/{id}?step=…`
pub(crate) async fn show(
    cx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> web::Result {
    let draft = read(&cx, parse(&id)?).await?;
    if let Some(entry) = draft.entry {
        return Ok(cx.redirect(&crate::pdca::entry_path(entry)));
    }
    let at = step(asked.step.parse().unwrap_or(draft.step));
    Ok(page(
        &cx,
        &draft,
        at,
        &Errors::new(),
        (false, StatusCode::OK),
        &html! {},
    ))
}

/// `POST /programme/guide/{id}`
pub(crate) async fn save(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    let who = who::actor(&cx)?;
    if values.text("act") == "discard" {
        actions::discard(cx.db(), &cx.viewer(), who, id).await?;
        cx.flash(FlashKind::Good, &t!(cx, "guide-discarded"));
        return Ok(cx.redirect("/programme/guide"));
    }
    let at = step(values.text("step").parse().unwrap_or(1));
    let mut draft = read(&cx, id).await?;
    let mut input = Input::new(&cx, &values);
    take(&mut draft.answers, at, &mut input, &values);
    let (seen, errors, ask) = (
        input.version(),
        std::mem::take(&mut input.errors),
        input.ask,
    );
    if !errors.is_empty() {
        draft.version = seen;
        return Ok(page(
            &cx,
            &draft,
            at,
            &errors,
            (ask, StatusCode::UNPROCESSABLE_ENTITY),
            &html! {},
        ));
    }
    let act = values.text("act").to_owned();
    if act == "end" {
        return end(&cx, &draft, (id, seen), who).await;
    }
    let next = match act.as_str() {
        "back" => step(at - 1),
        "later" => at,
        _ => step(at + 1),
    };
    match actions::save(
        cx.db(),
        &cx.viewer(),
        who,
        id,
        seen,
        (draft.answers.clone(), next),
    )
    .await?
    {
        Saved::Conflict(theirs, version) => Ok(conflict(&cx, draft, at, &theirs, version)),
        _ if act == "later" => {
            cx.flash(FlashKind::Good, &t!(cx, "guide-kept"));
            Ok(cx.redirect("/programme/guide"))
        }
        _ => Ok(cx.redirect(&format!("/programme/guide/{id}?step={next}"))),
    }
}

/// The answer of one step into the answers so far.
fn take(answers: &mut Answers, at: i64, input: &mut Input<'_>, values: &Values) {
    match at {
        1 => answers.who = input.text("answer", MOST_ANSWER),
        2 => {
            answers.scene = input.text("answer", MOST_ANSWER);
            answers.scenes = values.all("scenes").to_vec();
            answers.scenes = answers.known_scenes();
        }
        3 => answers.degree = input.text("answer", MOST_ANSWER),
        4 => answers.why = input.text("answer", MOST_ANSWER),
        5 => answers.able = input.text("answer", MOST_ANSWER),
        _ => answers.title = input.required("title", 200),
    }
}

async fn end(cx: &Ctx, draft: &Draft, (id, seen): (DraftId, i64), who: who::Actor) -> web::Result {
    if let Some(at) = draft.answers.lacks() {
        let mut errors = Errors::new();
        errors.add("answer", t!(cx, "guide-lacks"));
        return Ok(page(
            cx,
            draft,
            at,
            &errors,
            (false, StatusCode::UNPROCESSABLE_ENTITY),
            &html! {},
        ));
    }
    let tenant = who.tenant;
    let own = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| {
            areas::store::organisation(conn, tenant)
        })
        .await?;
    let new = NewEntry {
        kind: Kind::Issue,
        owner: Some(tenant),
        title: draft.answers.title.clone(),
        body: body_text(&draft.answers),
        scenes: draft.answers.known_scenes(),
        municipalities: own.and_then(|one| one.municipality).into_iter().collect(),
        origin: "guide".to_owned(),
        ..NewEntry::default()
    };
    let ids = new.ids(cx.env());
    match actions::end(cx.db(), &cx.viewer(), who, id, seen, (ids, new)).await? {
        Saved::Entry(entry) => {
            cx.flash(FlashKind::Good, &t!(cx, "guide-ended"));
            Ok(cx.redirect(&crate::pdca::entry_path(entry)))
        }
        Saved::Conflict(theirs, version) => {
            Ok(conflict(cx, draft.clone(), REVIEW, &theirs, version))
        }
        Saved::Done => Ok(cx.redirect("/programme/guide")),
    }
}

/// The body of the issue: each question with its answer, in Japanese like all records.
fn body_text(answers: &Answers) -> String {
    let lang = Lang::Ja;
    let parts = [
        (tl!(lang, "guide-q1"), &answers.who),
        (tl!(lang, "guide-q2"), &answers.scene),
        (tl!(lang, "guide-q3"), &answers.degree),
        (tl!(lang, "guide-q4"), &answers.why),
        (tl!(lang, "guide-q5"), &answers.able),
    ];
    let written = parts.iter().filter(|(_, text)| !text.is_empty());
    written
        .map(|(name, text)| {
            tl!(
                lang,
                "guide-part",
                name = name.as_str(),
                text = text.as_str()
            )
        })
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn conflict(cx: &Ctx, mut draft: Draft, at: i64, theirs: &Answers, version: i64) -> Response {
    let shown = answer(theirs, at).to_owned();
    draft.version = version;
    let above = ui::notice(
        ui::Tone::Warn,
        t!(cx, "pdca-conflict-title"),
        html! { p { (t!(cx, "guide-conflict")) } blockquote.quote lang="ja" { (words::lines(&shown)) } },
    );
    page(
        cx,
        &draft,
        at,
        &Errors::new(),
        (false, StatusCode::CONFLICT),
        &above,
    )
}

fn answer(answers: &Answers, at: i64) -> &str {
    match at {
        1 => &answers.who,
        2 => &answers.scene,
        3 => &answers.degree,
        4 => &answers.why,
        5 => &answers.able,
        _ => &answers.title,
    }
}

/// A question, and what helps to answer it.
fn question(cx: &Ctx, at: i64) -> (String, String) {
    match at {
        1 => (t!(cx, "guide-q1"), t!(cx, "guide-q1-hint")),
        2 => (t!(cx, "guide-q2"), t!(cx, "guide-q2-hint")),
        3 => (t!(cx, "guide-q3"), t!(cx, "guide-q3-hint")),
        4 => (t!(cx, "guide-q4"), t!(cx, "guide-q4-hint")),
        _ => (t!(cx, "guide-q5"), t!(cx, "guide-q5-hint")),
    }
}

fn page(
    cx: &Ctx,
    draft: &Draft,
    at: i64,
    errors: &Errors,
    (ask, status): (bool, StatusCode),
    above: &Markup,
) -> Response {
    let names = [
        t!(cx, "guide-s1"),
        t!(cx, "guide-s2"),
        t!(cx, "guide-s3"),
        t!(cx, "guide-s4"),
        t!(cx, "guide-s5"),
        t!(cx, "guide-s6"),
    ];
    let place = usize::try_from(at - 1).unwrap_or(0);
    let title = if at == REVIEW {
        t!(cx, "guide-review")
    } else {
        question(cx, at).0
    };
    let body = html! {
        (above)
        (ui::steps(&names, place))
        (ui::error_summary(cx, errors))
        form.form method="post" action=(cx.url(&format!("/programme/guide/{}", draft.id))) novalidate data-keep=(cx.keep_key("programme.guide", format_args!("{}.{at}", draft.id))) {
            input type="hidden" name="_csrf" value=(cx.csrf());
            input type="hidden" name="version" value=(draft.version);
            input type="hidden" name="step" value=(at);
            @if at == REVIEW { (review(cx, draft, errors)) } @else { (ask_one(cx, draft, at, errors)) }
            @if ask { (web::statement_field(cx, STATED, false)) }
            div.actions {
                @if at == REVIEW { button.btn type="submit" name="act" value="end" { (t!(cx, "guide-end")) } } @else { (ui::button(web::t!(cx.lang, "next"))) }
                @if at > 1 { (ui::button_second("act", "back", web::t!(cx.lang, "back"))) }
                (ui::button_second("act", "later", t!(cx, "guide-later")))
            }
        }
        @if at == 4 || at == 5 {
            p { (t!(cx, "guide-ask-text")) " " a href=(cx.url("/programme/handoffs/new?kind=question")) { (t!(cx, "handoff-new-question")) } }
        }
        @if at == 2 {
            p { (t!(cx, "guide-cards-lead")) }
            ul.chips-list { @for card in cards::all() { li { a href=(cx.url(&format!("/programme/cards/{}", card.key))) { (card.name(cx.lang)) } } } }
        }
        (ui::form(cx, &format!("/programme/guide/{}", draft.id), html! {
            input type="hidden" name="act" value="discard";
            div.actions { (ui::danger_button(t!(cx, "guide-discard"), t!(cx, "guide-discard-sure"))) }
        }))
    };
    let crumbs = [
        ("/programme", t!(cx, "pdca-programme")),
        ("/programme/guide", t!(cx, "guide-title")),
        ("", title.clone()),
    ];
    cx.page(title)
        .nav("programme")
        .crumbs(&crumbs)
        .no_qr()
        .status(status)
        .body(body)
}

fn ask_one(cx: &Ctx, draft: &Draft, at: i64, errors: &Errors) -> Markup {
    let (label, hint) = question(cx, at);
    let field = ui::Field::new("answer", label)
        .hint(hint)
        .kind(ui::Kind::Textarea { rows: 5 })
        .value(answer(&draft.answers, at))
        .errors(errors);
    html! {
        @if at == 2 {
            (ui::check_group(cx, &ui::Field::new("scenes", t!(cx, "guide-scenes")).hint(t!(cx, "guide-scenes-hint")),
                &SCENES.iter().map(|scene| ui::Choice::new(*scene, scene_word(cx, scene))).collect::<Vec<_>>(),
                &draft.answers.scenes.iter().map(|one| Cow::Borrowed(one.as_str())).collect::<Vec<_>>()))
        }
        (ui::field(cx, &field))
    }
}

/// A scene in words.
pub(crate) fn scene_word(cx: &Ctx, scene: &str) -> String {
    match scene {
        "daily" => t!(cx, "guide-scene-daily"),
        "transition" => t!(cx, "guide-scene-transition"),
        "acute" => t!(cx, "guide-scene-acute"),
        "endoflife" => t!(cx, "guide-scene-endoflife"),
        _ => t!(cx, "guide-scene-common"),
    }
}

fn review(cx: &Ctx, draft: &Draft, errors: &Errors) -> Markup {
    let answers = &draft.answers;
    let title = if answers.title.is_empty() {
        answers.proposed_title()
    } else {
        answers.title.clone()
    };
    let scenes: Vec<String> = answers
        .scenes
        .iter()
        .map(|scene| scene_word(cx, scene))
        .collect();
    html! {
        dl.facts {
            @for at in 1..REVIEW {
                div {
                    dt { (question(cx, at).0) }
                    dd {
                        @if at == 2 && !scenes.is_empty() { p { (scenes.join(" / ")) } }
                        @if answer(answers, at).is_empty() { span.sub { (t!(cx, "guide-open")) } } @else { span lang="ja" { (words::lines(answer(answers, at))) } }
                        " " a href=(cx.url(&format!("/programme/guide/{}?step={at}", draft.id))) { (web::t!(cx.lang, "edit")) span.visually-hidden { " " (question(cx, at).0) } }
                    }
                }
            }
        }
        (ui::field(cx, &ui::Field::new("title", t!(cx, "guide-name")).hint(t!(cx, "guide-name-hint")).value(title).errors(errors).required()))
        p { (t!(cx, "guide-internal")) }
    }
}

fn parse(id: &str) -> web::Result<DraftId> {
    id.parse().map_err(|_| web::Error::NotFound)
}
