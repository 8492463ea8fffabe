//! The shelf of stories, one story, and writing one with the case beside it.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use kernel::Lang;
use maud::{Markup, html};
use serde::Deserialize;
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{
    actions::{self, Refusal},
    checks::{Found, Trace, copied, traces},
    model::{Refused, State, Step, Story, StoryId, Words},
    store::{self as sql, New},
};
use crate::{
    WRITE,
    codes::List,
    i18n::{t, tl},
    list::parse,
    model::{Consultation, ConsultationId},
    sealed::Texts,
};

const SHELF: &str = "/consultations/stories";

/// The question of the shelf.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
    category: String,
}

fn works(cx: &Ctx) -> bool {
    WRITE.decide(cx.me.as_ref()) == web::Decision::Allow
}

fn state_badge(cx: &Ctx, state: State) -> Markup {
    match state {
        State::Draft => ui::badge(ui::Tone::Plain, t!(cx, "story-draft")),
        State::Asked => ui::badge(ui::Tone::Warn, t!(cx, "story-asked")),
        State::Shared => ui::badge(ui::Tone::Hill, t!(cx, "story-shared")),
        State::Withdrawn => ui::badge(ui::Tone::Bad, t!(cx, "story-withdrawn")),
    }
}

fn labels(list: List, mask: i64, lang: Lang) -> Vec<String> {
    list.all()
        .iter()
        .filter(|c| c.bit.is_some_and(|bit| mask & (1 << bit) != 0))
        .map(|c| c.word(lang).to_owned())
        .collect()
}

fn tags(cx: &Ctx, story: &Story) -> Markup {
    let (categories, scenes, treatments) = story.masks;
    html! {
        @for word in labels(List::Category, categories, cx.lang).into_iter().chain(labels(List::Scene, scenes, cx.lang)).chain(labels(List::Treatment, treatments, cx.lang)) {
            (ui::badge(ui::Tone::Info, word)) " "
        }
        @if story.fictional { (ui::badge(ui::Tone::Plain, web::t!(cx.lang, "fictional"))) }
    }
}

/// Up to three stories like a case, for the page on which somebody takes a call. Empty markup when there is none.
#[must_use]
pub fn like(cx: &Ctx, stories: &[Story]) -> Markup {
    html! {
        @if !stories.is_empty() {
            section.card {
                h2 { (t!(cx, "story-like")) }
                ul { @for story in stories { li { a href=(cx.url(&format!("{SHELF}/{}", story.id))) lang="ja" { (story.words.title) } } } }
            }
        }
    }
}

/// `GET /consultations/stories`
pub(crate) async fn list(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    let mask = List::Category.mask(&[asked.category.as_str()]);
    let word = asked.q.clone();
    let all = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| sql::list(conn, &word, mask))
        .await?;
    let mut choices = vec![ui::Choice::new("", t!(cx, "story-any-category"))];
    choices.extend(
        List::Category
            .all()
            .iter()
            .map(|c| ui::Choice::new(c.code, c.word(cx.lang))),
    );
    let body = html! {
        form.no-print method="get" action=(cx.url(SHELF)) role="search" {
            (ui::field(&cx, &ui::Field::new("q", t!(cx, "story-search")).kind(ui::Kind::Search).value(asked.q.as_str())))
            (ui::field(&cx, &ui::Field::new("category", t!(cx, "figures-by-category")).kind(ui::Kind::Select(choices)).value(asked.category.as_str())))
            div.actions { (ui::button(t!(cx, "story-find"))) }
        }
        @if all.is_empty() {
            (ui::empty(t!(cx, "story-none"), t!(cx, "story-none-text"), html! {}))
        }
        @for story in &all {
            section.card {
                h2 { a href=(cx.url(&format!("{SHELF}/{}", story.id))) lang="ja" { (story.words.title) } }
                p { @if story.own { (state_badge(&cx, story.state)) " " } (tags(&cx, story)) }
                p lang="ja" { (short(&story.words.situation)) }
            }
        }
    };
    Ok(cx
        .page(t!(cx, "story-title"))
        .nav("consultations")
        .crumbs(&[("", t!(cx, "story-title"))])
        .sub(t!(cx, "story-lead"))
        .body(body))
}

fn short(text: &str) -> String {
    let cut: String = text.chars().take(90).collect();
    if cut.len() < text.len() {
        format!("{cut}\u{2026}")
    } else {
        cut
    }
}

fn lines(text: &str) -> Markup {
    html! { @for (at, line) in text.lines().enumerate() { @if at > 0 { br; } (line) } }
}

/// `GET /consultations/stories/{id}`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let id = parse(&id)?;
    let story = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| sql::one(conn, id))
        .await?;
    page(&cx, &story, None).await
}

async fn page(cx: &Ctx, story: &Story, refused: Option<&Refused>) -> web::Result {
    let places = places(cx).await?;
    let found = if story.own && story.state != State::Shared {
        traces(&story.words.all(), &places)
    } else {
        Vec::new()
    };
    let mine = cx.me.as_ref().map(|me| me.account) == story.written_by;
    let path = format!("{SHELF}/{}", story.id);
    let step = |step: Step, text: String| html! { (ui::button_second("step", step.code(), text)) };
    let body = html! {
        @if let Some(refused) = refused { (ui::notice(ui::Tone::Bad, t!(cx, "story-refused"), html! { p { (refused_word(cx, refused)) } })) }
        p { @if story.own { (state_badge(cx, story.state)) " " } (tags(cx, story)) }
        @if !story.reason.is_empty() { (ui::notice(ui::Tone::Warn, t!(cx, "story-reason"), html! { p lang="ja" { (story.reason) } })) }
        (finds(cx, &found))
        h2 { (t!(cx, "story-situation")) }
        p lang="ja" { (lines(&story.words.situation)) }
        h2 { (t!(cx, "story-together")) }
        p lang="ja" { (lines(&story.words.together)) }
        h2 { (t!(cx, "story-outcome")) }
        p lang="ja" { (lines(&story.words.outcome)) }
        @if story.own {
            (ui::dl(&[
                (t!(cx, "story-written"), html! { span lang="ja" { (story.written_name) } }),
                (t!(cx, "story-checked"), html! { @if story.checked_name.is_empty() { (t!(cx, "story-nobody")) } @else { span lang="ja" { (story.checked_name) } } }),
            ]))
            @if let Some(case) = story.consultation { p.no-print { a href=(cx.url(&format!("/consultations/{case}"))) { (t!(cx, "story-case")) } } }
        }
        @if story.own && works(cx) {
            section.card.no-print {
                h2 { (t!(cx, "story-next")) }
                (ui::form(cx, &format!("{path}/step"), html! {
                    input type="hidden" name="version" value=(story.version);
                    @if story.state == State::Asked && !mine {
                        p { (t!(cx, "story-read-text")) }
                        (ui::field(cx, &ui::Field::new("reason", t!(cx, "story-reason-field")).maxlength(1000)))
                    }
                    @if story.state == State::Asked && mine { p { (t!(cx, "story-second-text")) } }
                    div.actions {
                        @if story.state == State::Draft { (step(Step::Ask, t!(cx, "story-ask"))) }
                        @if story.state == State::Asked && !mine { (step(Step::Approve, t!(cx, "story-approve"))) (step(Step::Return, t!(cx, "story-return"))) }
                        (step(Step::Withdraw, t!(cx, "story-withdraw")))
                        a.btn.second href=(cx.url(&format!("{path}/edit"))) { (t!(cx, "story-edit")) }
                    }
                }))
            }
        }
    };
    let status = if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok(cx
        .page(story.words.title.as_str())
        .nav("consultations")
        .crumbs(&[(SHELF, t!(cx, "story-title")), ("", t!(cx, "story-one"))])
        .status(status)
        .no_qr()
        .body(body))
}

fn refused_word(cx: &Ctx, refused: &Refused) -> String {
    match refused {
        Refused::State => t!(cx, "story-refused-state"),
        Refused::SamePerson => t!(cx, "story-refused-same"),
        Refused::Traces(found) => {
            let words: Vec<&str> = found.iter().map(|f| f.words.as_str()).collect();
            t!(cx, "story-refused-traces", words = words.join(" / "))
        }
        Refused::Reason => t!(cx, "story-refused-reason"),
    }
}

fn trace_word(lang: Lang, trace: Trace) -> String {
    match trace {
        Trace::Name => tl!(lang, "story-trace-name"),
        Trace::Number => tl!(lang, "story-trace-number"),
        Trace::Date => tl!(lang, "story-trace-date"),
        Trace::Age => tl!(lang, "story-trace-age"),
        Trace::Place => tl!(lang, "story-trace-place"),
        Trace::Address => tl!(lang, "story-trace-address"),
    }
}

fn finds(cx: &Ctx, found: &[Found]) -> Markup {
    html! {
        @if !found.is_empty() {
            (ui::notice(ui::Tone::Warn, t!(cx, "story-traces"), html! {
                ul { @for one in found { li { (trace_word(cx.lang, one.trace)) ": " span lang="ja" { (one.words) } @if !one.trace.stops() { " " (t!(cx, "story-trace-look")) } } } }
            }))
        }
    }
}

/// Names of towns that would give somebody away: every municipality of the area but its cities, and their short forms.
async fn places(cx: &Ctx) -> web::Result<Vec<String>> {
    let towns = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), areas::store::municipalities)
        .await?;
    Ok(towns
        .into_iter()
        .filter(|t| t.in_area && t.name_en.ends_with("Town"))
        .map(|t| t.name_ja)
        .collect())
}

/// A closed case with its texts, for the person who rewrites it.
pub(super) async fn case(cx: &Ctx, id: &str) -> web::Result<(Consultation, Texts)> {
    let id: ConsultationId = id.parse().map_err(|_| ::store::Error::NotFound)?;
    let found = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| crate::store::get(conn, id))
        .await?;
    if !found.own {
        return Err(::store::Error::NotFound.into());
    }
    let texts = found.texts(cx.db().key())?;
    Ok((found, texts))
}

/// The original, to be looked at while rewriting.
pub(super) fn original(cx: &Ctx, case: &Consultation, texts: &Texts) -> Markup {
    html! {
        section.card {
            h2 { (t!(cx, "story-original")) }
            p.sub { (t!(cx, "story-original-text")) }
            (ui::dl(&[
                (t!(cx, "story-original-asked"), html! { span lang="ja" { (lines(&texts.asked)) } }),
                (t!(cx, "story-original-answer"), html! { span lang="ja" { (lines(&texts.answer)) } }),
                (t!(cx, "story-original-outcome"), html! { span lang="ja" { (lines(&texts.outcome)) } " " (List::Result.word(&case.fields.result, cx.lang)) }),
            ]))
        }
    }
}

fn words(values: &Values) -> Words {
    let text = |name: &str| kernel::text::trim(values.text(name)).to_owned();
    Words {
        title: text("title"),
        situation: text("situation"),
        together: text("together"),
        outcome: text("outcome"),
    }
}

fn check(cx: &Ctx, words: &Words, texts: Option<&Texts>) -> Errors {
    let mut errors = Errors::new();
    let fields = [
        ("title", &words.title, 200),
        ("situation", &words.situation, 4000),
        ("together", &words.together, 4000),
        ("outcome", &words.outcome, 4000),
    ];
    for (name, text, most) in fields {
        if text.is_empty() {
            errors.add(name, t!(cx, "story-field-missing"));
        } else if text.chars().count() > most {
            errors.add(name, t!(cx, "story-field-long", most = most));
        }
        if let Some(found) = web::check_my_number(cx.lang, text, false) {
            errors.add(name, found);
        }
        let from = texts
            .map(|t| [t.asked.as_str(), &t.answer, &t.outcome].join("\n"))
            .unwrap_or_default();
        if let Some(stretch) = copied(text, &from) {
            errors.add(name, t!(cx, "story-copied", words = stretch));
        }
    }
    errors
}

fn fields(cx: &Ctx, words: &Words, errors: &Errors) -> Markup {
    let area = |name: &'static str, label: String, hint: String, value: &str| {
        ui::field(
            cx,
            &ui::Field::new(name, label)
                .hint(hint)
                .kind(ui::Kind::Textarea { rows: 5 })
                .value(value.to_owned())
                .required()
                .maxlength(4000)
                .errors(errors),
        )
    };
    html! {
        (ui::field(cx, &ui::Field::new("title", t!(cx, "story-field-title")).value(words.title.as_str()).required().maxlength(200).errors(errors)))
        (area("situation", t!(cx, "story-situation"), t!(cx, "story-situation-hint"), &words.situation))
        (area("together", t!(cx, "story-together"), t!(cx, "story-together-hint"), &words.together))
        (area("outcome", t!(cx, "story-outcome"), t!(cx, "story-outcome-hint"), &words.outcome))
    }
}

async fn form(
    cx: &Ctx,
    action: &str,
    (words, errors, version): (&Words, &Errors, i64),
    beside: Markup,
) -> web::Result {
    let places = places(cx).await?;
    let found = traces(&words.all(), &places);
    let body = html! {
        (ui::error_summary(cx, errors))
        (finds(cx, &found))
        div.beside {
            div.beside-papers { (beside) }
            div.beside-form {
                (ui::form(cx, action, html! {
                    input type="hidden" name="version" value=(version);
                    (fields(cx, words, errors))
                    div.actions { (ui::button(t!(cx, "story-save"))) a.btn.second href=(cx.url(SHELF)) { (web::t!(cx.lang, "cancel")) } }
                }))
            }
        }
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(cx
        .page(t!(cx, "story-write"))
        .nav("consultations")
        .wide()
        .crumbs(&[(SHELF, t!(cx, "story-title")), ("", t!(cx, "story-write"))])
        .sub(t!(cx, "story-write-lead"))
        .status(status)
        .form(errors)
        .no_qr()
        .body(body))
}

/// `GET /consultations/{id}/story`
pub(crate) async fn blank(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let (case, texts) = case(&cx, &id).await?;
    let of = case.id;
    if let Some(there) = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| sql::of_case(conn, of))
        .await?
    {
        return Ok(cx.redirect(&format!("{SHELF}/{}", there.id)));
    }
    if case.state != crate::model::State::Closed {
        cx.flash(FlashKind::Warn, &t!(cx, "story-not-closed"));
        return Ok(cx.redirect(&format!("/consultations/{}", case.id)));
    }
    form(
        &cx,
        &format!("/consultations/{id}/story"),
        (&Words::default(), &Errors::new(), 0),
        original(&cx, &case, &texts),
    )
    .await
}

/// `POST /consultations/{id}/story`
pub(crate) async fn create(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let (found, texts) = case(&cx, &id).await?;
    let words = words(&values);
    let errors = check(&cx, &words, Some(&texts));
    if !errors.is_empty() {
        return form(
            &cx,
            &format!("/consultations/{id}/story"),
            (&words, &errors, 0),
            original(&cx, &found, &texts),
        )
        .await;
    }
    let me = cx.require_me()?;
    let new = New {
        id: cx.env().id(),
        desk: found.desk,
        consultation: Some(found.id),
        words,
        masks: (
            List::Category.mask(&found.fields.categories),
            List::Scene.mask(&found.fields.scenes),
            List::Treatment.mask(&found.fields.treatments),
        ),
        by: Some(me.account),
        name: me.name.clone(),
        shared: None,
        fictional: found.fictional,
    };
    let of = found.id;
    match cx
        .db()
        .write(&cx.viewer(), move |tx| actions::create(tx, new.clone(), of))
        .await
    {
        Ok(story) => {
            cx.flash(FlashKind::Good, &t!(cx, "story-saved"));
            Ok(cx.redirect(&format!("{SHELF}/{story}")))
        }
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(_) => {
            cx.flash(FlashKind::Warn, &t!(cx, "story-not-closed"));
            Ok(cx.redirect(&format!("/consultations/{of}")))
        }
    }
}

async fn beside(cx: &Ctx, story: &Story) -> web::Result<(Markup, Option<Texts>)> {
    match story.consultation {
        Some(id) => {
            let (found, texts) = case(cx, &id.to_string()).await?;
            Ok((original(cx, &found, &texts), Some(texts)))
        }
        None => Ok((html! {}, None)),
    }
}

async fn own(cx: &Ctx, id: StoryId) -> web::Result<Story> {
    let story = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| sql::one(conn, id))
        .await?;
    if story.own {
        Ok(story)
    } else {
        Err(::store::Error::NotFound.into())
    }
}

/// `GET /consultations/stories/{id}/edit`
pub(crate) async fn edit(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let story = own(&cx, parse(&id)?).await?;
    let (beside, _) = beside(&cx, &story).await?;
    form(
        &cx,
        &format!("{SHELF}/{id}/edit"),
        (&story.words, &Errors::new(), story.version),
        beside,
    )
    .await
}

/// `POST /consultations/stories/{id}/edit`
pub(crate) async fn save(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let story = own(&cx, parse(&id)?).await?;
    let (beside, texts) = beside(&cx, &story).await?;
    let typed = words(&values);
    let mut errors = check(&cx, &typed, texts.as_ref());
    let action = format!("{SHELF}/{id}/edit");
    let seen: i64 = values.text("version").parse().unwrap_or(0);
    if errors.is_empty() {
        let me = cx.require_me()?;
        let (account, name, new) = (me.account, me.name.clone(), typed.clone());
        let of = story.id;
        match cx
            .db()
            .write(&cx.viewer(), move |tx| {
                actions::save(tx, of, &new, (account, &name), seen)
            })
            .await
        {
            Ok(()) => {
                cx.flash(FlashKind::Good, &t!(cx, "story-saved"));
                return Ok(cx.redirect(&format!("{SHELF}/{id}")));
            }
            Err(Refusal::Store(error)) => return Err(error.into()),
            Err(_) => errors.add("title", t!(cx, "story-faster")),
        }
        // Both texts: what stands there now, and below it what was typed.
        let now = html! { section.card { h2 { (t!(cx, "story-now")) } p lang="ja" { (lines(&story.words.all())) } } (beside) };
        return form(&cx, &action, (&typed, &errors, story.version), now).await;
    }
    form(&cx, &action, (&typed, &errors, seen), beside).await
}

/// `POST /consultations/stories/{id}/step`
pub(crate) async fn step(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let story = own(&cx, parse(&id)?).await?;
    let step = Step::from_code(values.text("step")).ok_or(::store::Error::NotFound)?;
    let seen: i64 = values.text("version").parse().unwrap_or(0);
    let places = places(&cx).await?;
    let me = cx.require_me()?;
    let (account, name, reason) = (
        me.account,
        me.name.clone(),
        values.text("reason").to_owned(),
    );
    let of = story.id;
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::step(tx, of, step, (account, &name), &reason, &places, seen)
        })
        .await;
    match done {
        Ok(State::Withdrawn) => {
            cx.flash(FlashKind::Good, &t!(cx, "story-is-withdrawn"));
            Ok(cx.redirect(SHELF))
        }
        Ok(_) => {
            cx.flash(FlashKind::Good, &t!(cx, "story-stepped"));
            Ok(cx.redirect(&format!("{SHELF}/{id}")))
        }
        Err(Refusal::Rule(rule)) => page(&cx, &story, Some(&rule)).await,
        Err(Refusal::Faster) => {
            cx.flash(FlashKind::Bad, &t!(cx, "story-faster"));
            Ok(cx.redirect(&format!("{SHELF}/{id}")))
        }
        Err(Refusal::Store(error)) => Err(error.into()),
    }
}
