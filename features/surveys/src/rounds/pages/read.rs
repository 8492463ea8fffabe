//! A submitted answer, for the office that asked: read, take, or send back with a comment.

use axum::extract::Path;
use maud::{Markup, html};
use store::Conn;
use web::{Ctx, Form, Values, ui};

use super::{Nothing, answers, board::check_word, crumbs, done, parse, state_badge};
use crate::{
    i18n::t,
    rounds::{
        actions,
        model::{Approval, Reply, ReplyId, RoundId, Side, State, Version},
        store as sql,
    },
};

/// `GET /surveys/rounds/{id}/answers/{reply}`
pub(crate) async fn show(cx: Ctx, Path((id, reply)): Path<(String, String)>) -> web::Result {
    let (id, reply): (RoundId, ReplyId) = (parse(&id)?, parse(&reply)?);
    let read = move |conn: &mut Conn| {
        let reply = sql::reply_asked(conn, reply)?;
        let round = sql::round(conn, reply.round)?;
        let versions = sql::versions_asked(conn, reply.id)?;
        let files = sql::files_asked(conn, reply.id)?;
        Ok::<_, ::store::Error>((round, reply, versions, files))
    };
    let (round, reply, versions, files) = cx.db().read(&cx.viewer(), read).await?;
    if round.id != id || round.side != Side::Asker {
        return Err(web::Error::NotFound);
    }
    // Before the first submission there is nothing to open: the same as an answer that does not exist.
    let Some(version) = versions
        .iter()
        .find(|v| Some(v.id) == reply.current)
        .or(versions.first())
    else {
        return Err(web::Error::NotFound);
    };
    let title = t!(cx, "rounds-answer-of", town = reply.name.as_str());
    let here = format!("/surveys/rounds/{id}/answers/{}", reply.id);
    let body = html! {
        (facts(&cx, &reply, version))
        @if reply.state == State::Draft {
            (ui::notice(ui::Tone::Info, t!(cx, "rounds-answer-correcting"), html! { p { (t!(cx, "rounds-correcting-text")) } }))
        }
        (answers(&cx, &round.catalogue, &version.answers))
        @if !files.is_empty() {
            (ui::card(t!(cx, "rounds-files"), html! {
                ul { @for file in &files { li { a href=(cx.url(&format!("{here}/files/{}", file.id))) download { (file.name) } } } }
            }))
        }
        @if reply.state == State::Submitted { (decide(&cx, &here)) }
        (history(&cx, &versions))
    };
    Ok(cx
        .page(title.clone())
        .nav("surveys")
        .crumbs(&crumbs(&cx, &round, &title))
        .no_qr()
        .body(body))
}

fn facts(cx: &Ctx, reply: &Reply, version: &Version) -> Markup {
    let mut list = vec![
        (t!(cx, "rounds-column-state"), state_badge(cx, reply)),
        (
            t!(cx, "rounds-version"),
            html! { (t!(cx, "rounds-version-number", number = version.number.to_string())) },
        ),
        (t!(cx, "rounds-approval"), approval(cx, version)),
        (t!(cx, "rounds-column-check"), check_word(cx, reply)),
    ];
    if let Some(at) = version.submitted_at {
        list.push((t!(cx, "rounds-column-submitted"), ui::moment(cx, at)));
    }
    ui::card(t!(cx, "rounds-about-answer"), ui::dl(&list))
}

/// How a version was approved, in words.
pub(super) fn approval(cx: &Ctx, version: &Version) -> Markup {
    match &version.approval {
        Approval::None => html! { span.none { (t!(cx, "rounds-approval-none")) } },
        Approval::Renkei { name, at } => html! {
            (t!(cx, "rounds-approval-renkei"))
            @if let Some(name) = name { " " (name) }
            @if let Some(at) = at { " " (ui::moment(cx, *at)) }
        },
        Approval::Outside(decision) => html! {
            (t!(cx, "rounds-approval-outside", number = decision.number.as_str(), post = decision.post.as_str()))
            @if let Some(on) = decision.on { " " (ui::date(cx, on)) }
        },
    }
}

/// All versions with what became of them.
pub(super) fn history(cx: &Ctx, versions: &[Version]) -> Markup {
    if versions.len() < 2 && versions.iter().all(|v| v.note.is_empty()) {
        return html! {};
    }
    ui::details(
        t!(cx, "rounds-history"),
        html! {
            ol.list-plain {
                @for version in versions {
                    li {
                        (t!(cx, "rounds-version-number", number = version.number.to_string())) " "
                        (ui::moment(cx, version.submitted_at.unwrap_or(version.made_at))) " "
                        (version_word(cx, version))
                        @if !version.note.is_empty() { " " (ui::quote(html! { p { (version.note) } })) }
                    }
                }
            }
        },
    )
}

fn version_word(cx: &Ctx, version: &Version) -> String {
    use crate::rounds::model::VersionState as S;
    match version.state {
        S::Waiting => t!(cx, "rounds-answer-waiting"),
        S::Refused => t!(cx, "rounds-version-refused"),
        S::Submitted => t!(cx, "rounds-answer-submitted"),
        S::Returned => t!(cx, "rounds-answer-returned"),
        S::Accepted => t!(cx, "rounds-answer-accepted"),
        S::Published => t!(cx, "rounds-answer-published"),
    }
}

fn decide(cx: &Ctx, here: &str) -> Markup {
    html! {
        (ui::card_waits(t!(cx, "rounds-accept"), html! {
            p { (t!(cx, "rounds-accept-lead")) }
            (ui::form(cx, &format!("{here}/accept"), html! { div.actions { (ui::button(t!(cx, "rounds-accept"))) } }))
        }))
        (ui::card(t!(cx, "rounds-return"), ui::form(cx, &format!("{here}/return"), html! {
            (ui::field(cx, &ui::Field::new("note", t!(cx, "rounds-return-note")).hint(t!(cx, "rounds-return-hint"))
                .kind(ui::Kind::Textarea { rows: 3 }).maxlength(2000).required()))
            div.actions { (ui::button(t!(cx, "rounds-return"))) }
        })))
    }
}

/// A comment that must be there and short enough.
pub(super) fn note(cx: &Ctx, values: &Values) -> web::Result<String> {
    let note = values.text("note").to_owned();
    match note.chars().count() {
        1..=2000 => Ok(note),
        _ => Err(web::Error::Invalid(t!(cx, "rounds-error-note"))),
    }
}

/// `POST /surveys/rounds/{id}/answers/{reply}/return`
pub(crate) async fn send_back(
    cx: Ctx,
    Path((id, reply)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let (id, reply): (RoundId, ReplyId) = (parse(&id)?, parse(&reply)?);
    let note = note(&cx, &values)?;
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::decide::send_back(tx, reply, &note)
        })
        .await;
    done(
        &cx,
        made,
        &t!(cx, "rounds-returned"),
        &format!("/surveys/rounds/{id}"),
    )
}

/// `POST /surveys/rounds/{id}/answers/{reply}/accept`
pub(crate) async fn accept(
    cx: Ctx,
    Path((id, reply)): Path<(String, String)>,
    Form(Nothing {}): Form<Nothing>,
) -> web::Result {
    let (id, reply): (RoundId, ReplyId) = (parse(&id)?, parse(&reply)?);
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::decide::accept(tx, reply))
        .await;
    done(
        &cx,
        made,
        &t!(cx, "rounds-accepted"),
        &format!("/surveys/rounds/{id}"),
    )
}
