//! 代理入力: the asking office types or uploads what a municipality sent on paper; the municipality confirms.

use std::collections::BTreeMap;

use axum::{extract::Path, response::Response};
use forms::Value;
use kernel::Lang;
use maud::{Markup, html};
use store::Conn;
use web::{
    Ctx, Errors, FlashKind, Form, Upload, Values,
    ui::{self, Tone},
};

use super::{
    again, compare, decision, decision_fields, decision_names, me, parse, refused, refused_file,
    report, rest, said, upload_form,
};
use crate::{
    i18n::t,
    pages::{again::Again, diff},
    returns::{
        actions,
        model::{Return, ReturnId, Via},
        paper,
        store::{self as sql, Arrived, Whole},
        tray,
    },
    rounds::{
        actions::Refusal,
        model::{Answers, ReplyId, RoundId},
        store as rounds,
    },
};

/// Reads an answer without its texts, which the office that asks may not see.
async fn load(cx: &Ctx, round: RoundId, reply: ReplyId) -> web::Result<super::Loaded> {
    let read = move |conn: &mut Conn| {
        let reply = rounds::reply_asked(conn, reply)?;
        let asked = rounds::round(conn, round)?;
        if reply.round != round || asked.state.edit().is_ok() {
            return Err(store::Error::NotFound);
        }
        let whole = Whole {
            reply,
            round: asked,
            fields: Vec::new(),
        };
        rest(conn, whole, Vec::new())
    };
    Ok(cx.db().read(&cx.viewer(), read).await?)
}

fn crumbs(cx: &Ctx, whole: &Whole) -> Vec<(String, String)> {
    let base = format!("/surveys/rounds/{}", whole.round.id);
    vec![
        ("/surveys".to_owned(), t!(cx, "surveys-title")),
        (base.clone(), whole.round.title(cx.lang).to_owned()),
        (format!("{base}/forms"), t!(cx, "returns-asker-title")),
        (String::new(), t!(cx, "returns-enter")),
    ]
}

/// `GET /surveys/rounds/{id}/enter/{reply}`
pub(in crate::returns) async fn show(
    cx: Ctx,
    Path((round, reply)): Path<(String, String)>,
) -> web::Result {
    let loaded = load(&cx, parse(&round)?, parse(&reply)?).await?;
    form_page(&cx, &loaded.whole, &Values::default(), &Errors::new()).await
}

async fn form_page(cx: &Ctx, whole: &Whole, values: &Values, errors: &Errors) -> web::Result {
    let here = format!(
        "/surveys/rounds/{}/enter/{}",
        whole.round.id, whole.reply.id
    );
    let keep = cx.keep_key("surveys.enter", whole.reply.id);
    let town = whole.reply.name.as_str();
    let target = tray::target(whole.round.id, whole.reply.id);
    let papers = inbox::beside(cx, &target).await?;
    let typing = html! {
        (ui::error_summary(cx, errors))
        form.form method="post" action=(cx.url(&here)) novalidate data-keep=(keep) {
            input type="hidden" name="_csrf" value=(cx.csrf());
            @for field in &whole.round.catalogue.fields { (forms::page::field(cx, field, values, errors)) }
            div.actions { (ui::button(t!(cx, "returns-enter-keep"))) }
        }
    };
    let body = html! {
        (ui::notice(Tone::Info, t!(cx, "returns-enter-for", town = town), html! { p { (t!(cx, "returns-enter-lead")) } }))
        @if papers.0.is_empty() { (ui::card(t!(cx, "returns-enter-file"), upload_form(cx, &format!("{here}/file")))) }
        (inbox::side_by_side(&papers, &typing))
    };
    let page = cx
        .page(t!(cx, "returns-enter"))
        .nav("surveys")
        .crumbs(&crumbs(cx, whole))
        .sub(html! { (town) " / " (whole.round.title(cx.lang)) })
        .form(errors)
        .no_qr();
    let page = if papers.0.is_empty() {
        page
    } else {
        page.wide()
    };
    Ok(page.body(body))
}

/// `POST /surveys/rounds/{id}/enter/{reply}`
pub(in crate::returns) async fn typed(
    cx: Ctx,
    Path((round, reply)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let loaded = load(&cx, parse(&round)?, parse(&reply)?).await?;
    let whole = &loaded.whole;
    let mut errors = Errors::new();
    let mut answers: BTreeMap<String, Value> = BTreeMap::new();
    for field in &whole.round.catalogue.fields {
        match field.read(&values) {
            // What was left empty on the page says nothing about the municipality's answer.
            Ok(value) if value.is_blank() => {}
            Ok(value) => {
                let text = value.plain(field, Lang::Ja);
                match web::check_my_number(cx.lang, &text, false) {
                    Some(words) => errors.add(field.name(), words),
                    None => {
                        answers.insert(field.key.clone(), value);
                    }
                }
            }
            Err(problem) => errors.add(field.name(), problem.words(cx.lang)),
        }
    }
    if errors.is_empty() && answers.is_empty() {
        let first = whole.round.catalogue.fields.first();
        errors.add(
            first.map(forms::Field::name).unwrap_or_default(),
            t!(cx, "returns-enter-empty"),
        );
    }
    if !errors.is_empty() {
        return form_page(&cx, whole, &values, &errors).await;
    }
    match keep(&cx, whole, answers, Vec::new(), String::new()).await? {
        Ok(page) => Ok(page),
        Err(refusal) => {
            let words = said(&cx, &refusal, Some(&whole.round));
            let first = whole.round.catalogue.fields.first();
            errors.add(first.map(forms::Field::name).unwrap_or_default(), words);
            form_page(&cx, whole, &values, &errors).await
        }
    }
}

async fn keep(
    cx: &Ctx,
    whole: &Whole,
    answers: BTreeMap<String, Value>,
    problems: Vec<crate::returns::model::Line>,
    file_name: String,
) -> web::Result<Result<Response, Refusal>> {
    let (account, office) = me(cx)?;
    let (round, reply) = (whole.round.id, whole.reply.id);
    let arrived = Arrived {
        id: cx.env().id(),
        via: Via::Proxy,
        answers,
        problems,
        file_name,
        // What a municipality wrote itself is never overwritten by what was read from its paper without somebody saying so.
        stamp: None,
        by: Some(account),
        office: Some(office),
    };
    let of = arrived.id;
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::enter(tx, round, reply, &arrived)
        })
        .await;
    match made {
        Ok(()) => {
            cx.flash(FlashKind::Good, &t!(cx, "returns-entered"));
            Ok(Ok(cx.redirect(&format!(
                "/surveys/rounds/{round}/entered/{of}"
            ))))
        }
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// `POST /surveys/rounds/{id}/enter/{reply}/file`
pub(in crate::returns) async fn upload(
    cx: Ctx,
    Path((round, reply)): Path<(String, String)>,
    upload: Upload,
) -> web::Result {
    let (file, _) = upload.require_file(cx.lang)?;
    let loaded = load(&cx, parse(&round)?, parse(&reply)?).await?;
    let whole = &loaded.whole;
    match paper::read(&cx, &whole.round, &whole.reply, file).await? {
        Ok(said) => {
            let written = |(_, value): &(String, Value)| !value.is_blank();
            let answers = said.answers.into_iter().filter(written).collect();
            keep(&cx, whole, answers, said.lines, said.name)
                .await?
                .map_err(|r| refused(&cx, r))
        }
        Err(lines) => {
            let here = format!(
                "/surveys/rounds/{}/enter/{}/file",
                whole.round.id, whole.reply.id
            );
            refused_file(&cx, &lines, &upload_form(&cx, &here), &crumbs(&cx, whole))
        }
    }
}

/// An entry with the answer it belongs to, and what the office may read of that answer: the latest version that was submitted.
async fn load_entered(
    cx: &Ctx,
    round: RoundId,
    of: ReturnId,
) -> web::Result<(Whole, Return, Answers)> {
    let found = cx
        .db()
        .read(&cx.viewer(), move |conn| sql::return_asked(conn, round, of))
        .await?;
    let loaded = load(cx, round, found.reply).await?;
    let id = found.reply;
    let versions = cx
        .db()
        .read(&cx.viewer(), move |conn| rounds::versions_asked(conn, id))
        .await?;
    let submitted = versions.into_iter().next().map(|v| v.answers);
    Ok((loaded.whole, found, submitted.unwrap_or_default()))
}

/// `GET /surveys/rounds/{id}/entered/{return}`
pub(in crate::returns) async fn compare(
    cx: Ctx,
    Path((round, of)): Path<(String, String)>,
) -> web::Result {
    entered(&cx, parse(&round)?, parse(&of)?, &Again::fresh()).await
}

async fn entered(cx: &Ctx, round: RoundId, of: ReturnId, again: &Again) -> web::Result {
    let (whole, found, submitted) = load_entered(cx, round, of).await?;
    let open = found.state.apply().is_ok();
    let papers = inbox::beside(cx, &tray::target(whole.round.id, whole.reply.id)).await?;
    let body = html! {
        (again.summary(cx))
        @if !open {
            (again.left(cx, &[("confirmed", t!(cx, "returns-confirmed"))]))
            (again.left(cx, &decision_names(cx)))
        }
        (compare::facts(cx, &whole, &found))
        @if !found.problems.is_empty() { (report(cx, &found.problems)) }
        (inbox::side_by_side(&papers, &entries(cx, &whole, &found, &submitted)))
        @if open { (decide(cx, &whole, &found, again)) }
        @else { (ui::notice(Tone::Info, t!(cx, "returns-decided"), html! { p { (t!(cx, "returns-decided-text")) } })) }
    };
    Ok(cx
        .page(t!(cx, "returns-entered-title"))
        .nav("surveys")
        .crumbs(&crumbs(cx, &whole))
        .sub(html! { (whole.reply.name) " / " (whole.round.title(cx.lang)) })
        .status(again.status)
        .body(body))
}

/// What was entered, to read against the paper; where the municipality has submitted another text before, the differences.
fn entries(cx: &Ctx, whole: &Whole, found: &Return, submitted: &Answers) -> Markup {
    let before = |field: &forms::Field| {
        submitted
            .get(&field.key)
            .map(|given| given.value.plain(field, Lang::Ja))
            .filter(|text| !text.is_empty())
    };
    html! {
        @for field in &whole.round.catalogue.fields {
            @if let Some(value) = found.answers.get(&field.key) {
                section.card {
                    h2 { @if !field.number.is_empty() { span.num { (field.number) } " " } (field.brief(cx.lang)) }
                    @let now = value.plain(field, Lang::Ja);
                    @match before(field).filter(|old| *old != now) {
                        Some(old) => { p.sub { (t!(cx, "returns-entered-differs")) } div.diff { (diff::marked(cx, &old, &now, false).0) } }
                        None => { @for line in now.lines() { p lang="ja" { (line) } } },
                    }
                }
            }
        }
    }
}

fn decide(cx: &Ctx, whole: &Whole, found: &Return, again: &Again) -> Markup {
    let here = format!("/surveys/rounds/{}/entered/{}", whole.round.id, found.id);
    let town = whole.reply.name.as_str();
    html! {
        (ui::card_waits(t!(cx, "returns-confirm-title", town = town), html! {
            p { (t!(cx, "returns-confirm-lead", town = town)) }
            (ui::form(cx, &here, html! {
                (ui::field(cx, &again.field("confirmed", t!(cx, "returns-confirmed")).hint(t!(cx, "returns-confirmed-hint")).maxlength(300).required()))
                (ui::fieldset(t!(cx, "returns-submit-too"), html! {
                    p { (t!(cx, "returns-submit-too-lead")) }
                    (decision_fields(cx, again))
                }))
                div.actions { (ui::button(t!(cx, "returns-confirm"))) }
            }))
        }))
        (ui::form(cx, &format!("{here}/drop"), html! {
            div.actions { (ui::danger_button(t!(cx, "returns-take-back"), t!(cx, "returns-drop-question"))) }
        }))
    }
}

/// `POST /surveys/rounds/{id}/entered/{return}`
pub(in crate::returns) async fn confirm(
    cx: Ctx,
    Path((round, of)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let (round, of): (RoundId, ReturnId) = (parse(&round)?, parse(&of)?);
    let decided = ["number", "on", "post"]
        .iter()
        .any(|name| !kernel::text::trim(values.text(name)).is_empty());
    let decision = match decided.then(|| decision(&cx, &values)).transpose() {
        Ok(decision) => decision,
        Err(errors) => return entered(&cx, round, of, &Again::wrong(values, errors)).await,
    };
    let (me, version) = (me(&cx)?, cx.env().id());
    let confirmed: String = kernel::text::trim(values.text("confirmed"))
        .chars()
        .take(300)
        .collect();
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let submit = decision.as_ref().map(|d| (version, d));
            actions::confirm(tx, round, of, me, &confirmed, submit)
        })
        .await;
    let left = match made {
        Ok(left) => left,
        Err(refusal) => {
            let (whole, ..) = load_entered(&cx, round, of).await?;
            let again = again(&cx, refusal, (values, "confirmed"), &whole.round)?;
            return entered(&cx, round, of, &again).await;
        }
    };
    if left == 0 {
        cx.flash(FlashKind::Good, &t!(cx, "returns-confirm-done"));
    } else {
        cx.flash(
            FlashKind::Warn,
            &t!(cx, "returns-confirm-left", count = left),
        );
    }
    Ok(cx.redirect(&format!("/surveys/rounds/{round}/forms")))
}

/// `POST /surveys/rounds/{id}/entered/{return}/drop`
pub(in crate::returns) async fn drop(
    cx: Ctx,
    Path((round, of)): Path<(String, String)>,
    Form(_): Form<Values>,
) -> web::Result {
    let (round, of): (RoundId, ReturnId) = (parse(&round)?, parse(&of)?);
    let me = me(&cx)?;
    cx.db()
        .write(&cx.viewer(), move |tx| {
            actions::take_back(tx, round, of, me)
        })
        .await
        .map_err(|r| refused(&cx, r))?;
    cx.flash(FlashKind::Good, &t!(cx, "returns-dropped"));
    Ok(cx.redirect(&format!("/surveys/rounds/{round}/forms")))
}
