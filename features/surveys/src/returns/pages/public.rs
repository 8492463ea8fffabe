//! `/surveys/forms/{token}`: one municipality's form without an account.

use axum::extract::Path;
use maud::html;
use store::{Conn, Viewer};
use web::{
    Ctx, FlashKind, Form, Upload, Values,
    ui::{self, Tone},
};

use super::{
    Loaded, again, attach, compare, consent, decision, decision_fields, decision_names, due, files,
    mine::downloads, papers, parse, refused, refused_file, rest, upload_form,
};
use crate::{
    i18n::t,
    pages::again::Again,
    returns::{
        actions::{self, Linked},
        link::{self, Closed},
        model::{ReturnId, Via},
        paper,
        store::{self as sql, Arrived},
    },
};

/// Behind a link nobody is signed in: the program reads, and the link decides what.
pub(super) fn viewer(cx: &Ctx) -> Viewer {
    Viewer::system("form without an account", cx.now).from(cx.ip.to_string())
}

pub(super) fn page_path(token: &str) -> String {
    format!("/surveys/forms/{token}")
}

/// Opens the link; a wrong one, a stopped one and one whose time is over are the same page.
pub(super) async fn load(cx: &Ctx, token: &str) -> web::Result<Loaded> {
    let hash = hash(cx, token)?;
    let read = move |conn: &mut Conn| {
        link::open(conn, &hash)?
            .map(|open| {
                let files = sql::files_past_views(conn, open.whole.reply.id)?;
                rest(conn, open.whole, files)
            })
            .transpose()
    };
    let found: Option<Loaded> = cx.db().read::<_, store::Error>(&viewer(cx), read).await?;
    found.ok_or(web::Error::NotFound)
}

pub(super) fn hash(cx: &Ctx, token: &str) -> web::Result<String> {
    // 32 bytes in 43 characters; anything else was cut or invented.
    if token.len() == 43 {
        Ok(link::hash(cx.db().key(), token))
    } else {
        Err(web::Error::NotFound)
    }
}

/// The end of a write behind a link.
pub(super) fn done<T>(cx: &Ctx, result: Linked<T>) -> web::Result<T> {
    match result {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(Closed::NoLink)) => Err(web::Error::NotFound),
        Ok(Err(Closed::TooMany(wait))) => Err(web::Error::RateLimited(wait)),
        Err(refusal) => Err(refused(cx, refusal)),
    }
}

/// `GET /surveys/forms/{token}`
pub(in crate::returns) async fn show(cx: Ctx, Path(token): Path<String>) -> web::Result {
    page(&cx, &token, &Again::fresh()).await
}

pub(super) async fn page(cx: &Ctx, token: &str, again: &Again) -> web::Result {
    let loaded = load(cx, token).await?;
    let (reply, round) = (&loaded.whole.reply, &loaded.whole.round);
    let id = reply.id;
    let current = reply.current;
    let (waiting, attached, version) = cx
        .db()
        .read::<_, store::Error>(&viewer(cx), move |conn| {
            let version = match current {
                Some(current) => sql::version_past_views(conn, id, current)?,
                None => None,
            };
            Ok((
                sql::waiting_past_views(conn, id)?,
                sql::link_files(conn, id)?,
                version,
            ))
        })
        .await?;
    let path = page_path(token);
    let writing = reply.state.is_writing();
    let body = html! {
        (again.summary(cx))
        @if !writing { (again.left(cx, &decision_names(cx))) }
        p { (t!(cx, "returns-public-lead", town = reply.name.as_str(), office = loaded.office.as_str())) }
        (ui::dl(&[
            (t!(cx, "returns-due"), due(cx, reply, round)),
            (t!(cx, "returns-letter-contact"), html! { @for line in round.letter.contact.lines() { (line) br; } }),
            (t!(cx, "returns-state"), html! {
                @match reply.submitted_at {
                    Some(at) => { (t!(cx, "returns-state-submitted")) " " (ui::moment(cx, at)) }
                    None => (t!(cx, "returns-state-open")),
                }
            }),
        ]))
        (consent::card(cx, &loaded, &path, version.as_ref(), again))
        @for found in &waiting {
            (ui::card_waits(
                if found.via == Via::Proxy { t!(cx, "returns-entered-for", town = reply.name.as_str(), office = found.office_name.as_deref().unwrap_or_default()) }
                else { t!(cx, "returns-waits") },
                html! { p { (ui::link_button(cx.url(&format!("{path}/returns/{}", found.id)), t!(cx, "returns-compare"))) } },
            ))
        }
        (ui::grid(2, html! {
            (ui::card(t!(cx, "returns-step-get"), html! { (downloads(cx, &path)) p { (t!(cx, "returns-how-text")) } }))
            @if writing {
                (ui::card(t!(cx, "returns-step-send"), html! { p { (t!(cx, "returns-send-lead")) } (upload_form(cx, &path)) }))
                (ui::card(t!(cx, "returns-step-submit"), html! {
                    p { (t!(cx, "returns-submit-lead", done = filled(&loaded), of = round.catalogue.fields.len())) }
                    p { a.btn.second href=(cx.url(&format!("{path}/approval.docx"))) download { (t!(cx, "returns-approval-get")) } " "
                    a.btn.second href=(cx.url(&format!("{path}/approval.pdf"))) download { (t!(cx, "papers-approval-pdf")) } }
                (papers::notice(cx, &papers::approval_text(&loaded)))
                    (ui::form(cx, &format!("{path}/submit"), html! {
                        (decision_fields(cx, again))
                        div.actions { (ui::button(t!(cx, "returns-submit"))) }
                    }))
                }))
            }
            @if writing || !attached.is_empty() { (attach::card(cx, &loaded, &path, &attached, &again.errors)) }
        }))
        p.sub { (t!(cx, "returns-public-secret")) }
    };
    Ok(cx
        .page(round.title(cx.lang).to_owned())
        .sub(html! { (reply.name) })
        .no_qr()
        .status(again.status)
        .body(body))
}

/// Questions with an answer.
fn filled(loaded: &Loaded) -> usize {
    loaded
        .whole
        .fields
        .iter()
        .filter(|f| !f.value.is_blank())
        .count()
}

/// `GET /surveys/forms/{token}/{file}`
pub(in crate::returns) async fn file(
    cx: Ctx,
    Path((token, file)): Path<(String, String)>,
) -> web::Result {
    let loaded = load(&cx, &token).await?;
    files::send(&cx, &loaded, &file).await
}

/// `POST /surveys/forms/{token}`
pub(in crate::returns) async fn upload(
    cx: Ctx,
    Path(token): Path<String>,
    upload: Upload,
) -> web::Result {
    let (file, _) = upload.require_file(cx.lang)?;
    let loaded = load(&cx, &token).await?;
    let said = match paper::read(&cx, &loaded.whole.round, &loaded.whole.reply, file).await? {
        Ok(said) => said,
        Err(lines) => {
            let again = upload_form(&cx, &page_path(&token));
            return refused_file(&cx, &lines, &again, &[]);
        }
    };
    let arrived = Arrived {
        id: cx.env().id(),
        via: Via::Link,
        answers: said.answers,
        problems: said.lines,
        file_name: said.name,
        stamp: said.stamp,
        by: None,
        office: None,
    };
    let (of, hash) = (arrived.id, hash(&cx, &token)?);
    let write = cx
        .db()
        .write(&viewer(&cx), move |tx| {
            actions::arrive_linked(tx, &hash, &arrived)
        })
        .await;
    done(&cx, write)?;
    Ok(cx.redirect(&format!("{}/returns/{of}", page_path(&token))))
}

/// `GET /surveys/forms/{token}/returns/{return}`
pub(in crate::returns) async fn compare(
    cx: Ctx,
    Path((token, of)): Path<(String, String)>,
) -> web::Result {
    let of: ReturnId = parse(&of)?;
    let loaded = load(&cx, &token).await?;
    let id = loaded.whole.reply.id;
    let found = cx
        .db()
        .read::<_, store::Error>(&viewer(&cx), move |conn| {
            sql::return_past_views(conn, id, of)
        })
        .await?;
    // A municipality's own uploads belong to those who are signed in there.
    if found.via == Via::File {
        return Err(web::Error::NotFound);
    }
    let here = format!("{}/returns/{of}", page_path(&token));
    let open = found.state.apply().is_ok() && loaded.whole.reply.state.is_writing();
    let body = html! {
        @if open { (compare::view(&cx, &loaded.whole, &found, &here, &here)) }
        @else { (ui::notice(Tone::Info, t!(cx, "returns-decided"), html! { p { (t!(cx, "returns-decided-text")) } })) }
        p { a href=(cx.url(&page_path(&token))) { (t!(cx, "returns-back")) } }
    };
    Ok(cx.page(t!(cx, "returns-compare")).no_qr().body(body))
}

/// `POST /surveys/forms/{token}/returns/{return}`: takes over what was chosen; without any choice it is put away.
pub(in crate::returns) async fn apply(
    cx: Ctx,
    Path((token, of)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let (of, hash): (ReturnId, String) = (parse(&of)?, hash(&cx, &token)?);
    let chosen = values.iter().any(|(name, _)| name.starts_with("take-"));
    let choices = compare::choices(&cx, &values);
    if chosen {
        let write = cx
            .db()
            .write(&viewer(&cx), move |tx| {
                actions::apply_linked(tx, &hash, of, &choices)
            })
            .await;
        match done(&cx, write)? {
            0 => cx.flash(FlashKind::Good, &t!(cx, "returns-taken-link")),
            left => cx.flash(
                FlashKind::Warn,
                &t!(cx, "returns-confirm-left", count = left),
            ),
        }
    } else {
        let write = cx
            .db()
            .write(&viewer(&cx), move |tx| actions::drop_linked(tx, &hash, of))
            .await;
        done(&cx, write)?;
        cx.flash(FlashKind::Good, &t!(cx, "returns-dropped"));
    }
    Ok(cx.redirect(&page_path(&token)))
}

/// `POST /surveys/forms/{token}/submit`
pub(in crate::returns) async fn submit(
    cx: Ctx,
    Path(token): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let hash = hash(&cx, &token)?;
    let decision = match decision(&cx, &values) {
        Ok(decision) => decision,
        Err(errors) => return page(&cx, &token, &Again::wrong(values, errors)).await,
    };
    let version = cx.env().id();
    let write = cx
        .db()
        .write(&viewer(&cx), move |tx| {
            actions::submit_linked(tx, &hash, version, &decision)
        })
        .await;
    if let Err(refusal) = write {
        let round = load(&cx, &token).await?.whole.round;
        let again = again(&cx, refusal, (values, "number"), &round)?;
        return page(&cx, &token, &again).await;
    }
    done(&cx, write)?;
    cx.flash(FlashKind::Good, &t!(cx, "returns-submitted"));
    Ok(cx.redirect(&page_path(&token)))
}
