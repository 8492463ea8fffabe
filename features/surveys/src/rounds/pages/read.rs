//! A submitted answer, for the office that asked: read, take, or send back with a comment.

use axum::extract::Path;
use maud::{Markup, html};
use store::Conn;
use web::{Ctx, FlashKind, Form, Values, ui};

use super::{answers, board::check_word, crumbs, parse, state_badge};
use crate::{
    i18n::t,
    pages::again::Again,
    rounds::{
        actions::{self, Refusal},
        model::{Approval, Check, Reply, ReplyId, RoundId, Side, State, Version, VersionId},
        store as sql,
    },
};

/// `GET /surveys/rounds/{id}/answers/{reply}`
pub(crate) async fn show(cx: Ctx, Path((id, reply)): Path<(String, String)>) -> web::Result {
    page(&cx, parse(&id)?, parse(&reply)?, &Again::fresh()).await
}

async fn page(cx: &Ctx, id: RoundId, reply: ReplyId, again: &Again) -> web::Result {
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
        (again.summary(cx))
        @if reply.state != State::Submitted { (again.left(cx, &[("note", t!(cx, "rounds-return-note"))])) }
        (facts(cx, &reply, version))
        @if reply.state == State::Draft {
            (ui::notice(ui::Tone::Info, t!(cx, "rounds-answer-correcting"), html! { p { (t!(cx, "rounds-correcting-text")) } }))
        }
        (answers(cx, &round.catalogue, &version.answers))
        @if !files.is_empty() {
            (ui::card(t!(cx, "rounds-files"), html! {
                ul { @for file in &files { li { a href=(cx.url(&format!("{here}/files/{}", file.id))) download { (file.name) } } } }
            }))
        }
        @if reply.state == State::Submitted { (decide(cx, &here, again)) }
        @if reply.check != Check::None && !reply.agreed() { (consent(cx, &here, version, again)) }
        (history(cx, &versions))
    };
    Ok(cx
        .page(title.clone())
        .nav("surveys")
        .crumbs(&crumbs(cx, &round, &title))
        .no_qr()
        .status(again.status)
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

fn decide(cx: &Ctx, here: &str, again: &Again) -> Markup {
    html! {
        (ui::card_waits(t!(cx, "rounds-accept"), html! {
            p { (t!(cx, "rounds-accept-lead")) }
            (ui::form(cx, &format!("{here}/accept"), html! { div.actions { (ui::button(t!(cx, "rounds-accept"))) } }))
        }))
        (ui::card(t!(cx, "rounds-return"), ui::form(cx, &format!("{here}/return"), html! {
            (ui::field(cx, &again.field("note", t!(cx, "rounds-return-note")).hint(t!(cx, "rounds-return-hint"))
                .kind(ui::Kind::Textarea { rows: 3 }).maxlength(2000).required()))
            div.actions { (ui::button(t!(cx, "rounds-return"))) }
        })))
    }
}

/// Consent that came on paper or by telephone. Without a word from the municipality nothing is noted.
fn consent(cx: &Ctx, here: &str, version: &Version, again: &Again) -> Markup {
    ui::card(
        t!(cx, "rounds-consent"),
        html! {
            p { (t!(cx, "rounds-consent-lead")) }
            (ui::form(cx, &format!("{here}/consent"), html! {
                input type="hidden" name="version" value=(version.id);
                (ui::field(cx, &again.field("confirmed", t!(cx, "rounds-consent-who")).hint(t!(cx, "returns-confirmed-hint")).maxlength(300).required()))
                div.actions { (ui::button(t!(cx, "rounds-consent-record"))) }
            }))
        },
    )
}

/// `POST /surveys/rounds/{id}/answers/{reply}/consent`
pub(crate) async fn record_consent(
    cx: Ctx,
    Path((id, reply)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let (id, reply): (RoundId, ReplyId) = (parse(&id)?, parse(&reply)?);
    let version: VersionId = parse(values.text("version"))?;
    let who: String = values.text("confirmed").chars().take(300).collect();
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::decide::record_consent(tx, reply, version, &who)
        })
        .await;
    match made {
        Ok(_) => {
            cx.flash(FlashKind::Good, &t!(cx, "rounds-agreed"));
            Ok(cx.redirect(&format!("/surveys/rounds/{id}")))
        }
        Err(refusal) => {
            let again = super::again(&cx, refusal, values, "confirmed")?;
            page(&cx, id, reply, &again).await
        }
    }
}

/// A comment that must be there and short enough.
pub(super) fn note(cx: &Ctx, values: &Values) -> Result<String, String> {
    let note = values.text("note").to_owned();
    match note.chars().count() {
        1..=2000 => Ok(note),
        _ => Err(t!(cx, "rounds-error-note")),
    }
}

async fn end(
    cx: &Ctx,
    (id, reply): (RoundId, ReplyId),
    made: Result<Reply, Refusal>,
    said: &str,
    values: Values,
) -> web::Result {
    match made {
        Ok(_) => {
            cx.flash(FlashKind::Good, said);
            Ok(cx.redirect(&format!("/surveys/rounds/{id}")))
        }
        Err(refusal) => page(cx, id, reply, &super::again(cx, refusal, values, "note")?).await,
    }
}

/// `POST /surveys/rounds/{id}/answers/{reply}/return`
pub(crate) async fn send_back(
    cx: Ctx,
    Path((id, reply)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let (id, reply): (RoundId, ReplyId) = (parse(&id)?, parse(&reply)?);
    let note = match note(&cx, &values) {
        Ok(note) => note,
        Err(words) => return page(&cx, id, reply, &Again::refused(values, "note", words)).await,
    };
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::decide::send_back(tx, reply, &note)
        })
        .await;
    end(&cx, (id, reply), made, &t!(cx, "rounds-returned"), values).await
}

/// `POST /surveys/rounds/{id}/answers/{reply}/accept`
pub(crate) async fn accept(
    cx: Ctx,
    Path((id, reply)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let (id, reply): (RoundId, ReplyId) = (parse(&id)?, parse(&reply)?);
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::decide::accept(tx, reply))
        .await;
    end(&cx, (id, reply), made, &t!(cx, "rounds-accepted"), values).await
}
