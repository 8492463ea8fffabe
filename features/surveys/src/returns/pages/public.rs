//! `/surveys/forms/{token}`: one municipality's form without an account.

use axum::extract::Path;
use maud::html;
use store::{Conn, Viewer};
use web::{
    Ctx, FlashKind, Form, Upload, Values,
    ui::{self, Tone},
};

use super::{
    Loaded, compare, decision, decision_fields, due, files, mine::downloads, parse, refused,
    refused_file, rest, upload_form,
};
use crate::{
    i18n::t,
    returns::{
        actions::{self, Linked},
        link::{self, Closed},
        model::{ReturnId, Via},
        paper,
        store::{self as sql, Arrived},
    },
};

/// Behind a link nobody is signed in: the program reads, and the link decides what.
fn viewer(cx: &Ctx) -> Viewer {
    Viewer::system("form without an account", cx.now).from(cx.ip.to_string())
}

fn page_path(token: &str) -> String {
    format!("/surveys/forms/{token}")
}

/// Opens the link; a wrong one, a stopped one and one whose time is over are the same page.
async fn load(cx: &Ctx, token: &str) -> web::Result<Loaded> {
    let hash = hash(cx, token)?;
    let read = move |conn: &mut Conn| {
        link::open(conn, &hash)?
            .map(|open| rest(conn, open.whole))
            .transpose()
    };
    let found: Option<Loaded> = cx.db().read::<_, store::Error>(&viewer(cx), read).await?;
    found.ok_or(web::Error::NotFound)
}

fn hash(cx: &Ctx, token: &str) -> web::Result<String> {
    // 32 bytes in 43 characters; anything else was cut or invented.
    if token.len() == 43 {
        Ok(link::hash(cx.db().key(), token))
    } else {
        Err(web::Error::NotFound)
    }
}

/// The end of a write behind a link.
fn done<T>(cx: &Ctx, result: Linked<T>) -> web::Result<T> {
    match result {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(Closed::NoLink)) => Err(web::Error::NotFound),
        Ok(Err(Closed::TooMany(wait))) => Err(web::Error::RateLimited(wait)),
        Err(refusal) => Err(refused(cx, refusal)),
    }
}

/// `GET /surveys/forms/{token}`
pub(in crate::returns) async fn show(cx: Ctx, Path(token): Path<String>) -> web::Result {
    let loaded = load(&cx, &token).await?;
    let (reply, round) = (&loaded.whole.reply, &loaded.whole.round);
    let id = reply.id;
    let waiting = cx
        .db()
        .read::<_, store::Error>(&viewer(&cx), move |conn| sql::waiting_past_views(conn, id))
        .await?;
    let path = page_path(&token);
    let writing = reply.state.is_writing();
    let body = html! {
        p { (t!(cx, "returns-public-lead", town = reply.name.as_str(), office = loaded.office.as_str())) }
        (ui::dl(&[
            (t!(cx, "returns-due"), due(&cx, reply, round)),
            (t!(cx, "returns-letter-contact"), html! { @for line in round.letter.contact.lines() { (line) br; } }),
            (t!(cx, "returns-state"), html! {
                @match reply.submitted_at {
                    Some(at) => { (t!(cx, "returns-state-submitted")) " " (ui::moment(&cx, at)) }
                    None => (t!(cx, "returns-state-open")),
                }
            }),
        ]))
        @for found in &waiting {
            (ui::card_waits(
                if found.via == Via::Proxy { t!(cx, "returns-entered-for", town = reply.name.as_str(), office = found.office_name.as_deref().unwrap_or_default()) }
                else { t!(cx, "returns-waits") },
                html! { p { (ui::link_button(cx.url(&format!("{path}/returns/{}", found.id)), t!(cx, "returns-compare"))) } },
            ))
        }
        (ui::grid(2, html! {
            (ui::card(t!(cx, "returns-step-get"), html! { (downloads(&cx, &path)) p { (t!(cx, "returns-how-text")) } }))
            @if writing {
                (ui::card(t!(cx, "returns-step-send"), html! { p { (t!(cx, "returns-send-lead")) } (upload_form(&cx, &path)) }))
                (ui::card(t!(cx, "returns-step-submit"), html! {
                    p { (t!(cx, "returns-submit-lead", done = filled(&loaded), of = round.catalogue.fields.len())) }
                    p { a.btn.second href=(cx.url(&format!("{path}/approval.docx"))) download { (t!(cx, "returns-approval-get")) } }
                    (ui::form(&cx, &format!("{path}/submit"), html! {
                        (decision_fields(&cx))
                        div.actions { (ui::button(t!(cx, "returns-submit"))) }
                    }))
                }))
            }
        }))
        p.sub { (t!(cx, "returns-public-secret")) }
    };
    Ok(cx
        .page(round.title(cx.lang).to_owned())
        .sub(html! { (reply.name) })
        .no_qr()
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
    let (decision, hash) = (decision(&cx, &values)?, hash(&cx, &token)?);
    let version = cx.env().id();
    let write = cx
        .db()
        .write(&viewer(&cx), move |tx| {
            actions::submit_linked(tx, &hash, version, &decision)
        })
        .await;
    done(&cx, write)?;
    cx.flash(FlashKind::Good, &t!(cx, "returns-submitted"));
    Ok(cx.redirect(&page_path(&token)))
}
