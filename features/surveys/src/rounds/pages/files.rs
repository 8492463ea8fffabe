//! Files beside an answer: add, open, take away. The office that asked opens them from submission on.

use axum::{extract::Path, response::Response};
use maud::{Markup, html};
use store::Conn;
use web::{Ctx, FlashKind, Form, Upload, ui};

use super::{
    Nothing,
    answer::{Sheet, takes_files},
    done, parse, require_standing, writer,
};
use crate::{
    i18n::t,
    rounds::{
        actions,
        model::{Attachment, FileId, ReplyId},
        store as sql,
    },
};

/// The card of files with its form.
pub(super) fn card(cx: &Ctx, sheet: &Sheet, may: bool) -> Markup {
    let reply = &sheet.reply;
    let path = |file: &Attachment| format!("/surveys/replies/{}/files/{}", reply.id, file.id);
    let mut choices = vec![ui::Choice::new("", t!(cx, "rounds-file-whole"))];
    choices.extend(
        sheet
            .round
            .catalogue
            .fields
            .iter()
            .map(|f| ui::Choice::new(f.key.as_str(), f.brief(cx.lang))),
    );
    let first = sheet
        .round
        .catalogue
        .fields
        .iter()
        .find(|f| takes_files(f))
        .map(|f| f.key.clone())
        .unwrap_or_default();
    html! {
        section.card #files {
            h2 { (t!(cx, "rounds-files")) }
            @if sheet.files.is_empty() { p.none { (t!(cx, "rounds-files-none")) } }
            @else {
                ul.list-plain {
                    @for file in &sheet.files {
                        li {
                            a href=(cx.url(&path(file))) download { (file.name) } " "
                            span.sub {
                                (t!(cx, "rounds-file-size", kb = (file.size / 1024 + 1).to_string()))
                                @if let Some(field) = sheet.round.catalogue.field(&file.field) { " " (field.brief(cx.lang)) }
                                @if let Some(name) = &file.added_name { " " (name) }
                            }
                            @if may && file.submitted_at.is_none() {
                                (ui::form(cx, &format!("{}/remove", path(file)), ui::button_small(t!(cx, "rounds-file-remove"))))
                            }
                        }
                    }
                }
            }
            @if may {
                (ui::form_upload(cx, &format!("/surveys/replies/{}/files", reply.id), html! {
                    (ui::field(cx, &ui::Field::new("field", t!(cx, "rounds-file-field")).kind(ui::Kind::Select(choices)).value(first)))
                    (ui::field(cx, &ui::Field::new("file", t!(cx, "rounds-file")).hint(t!(cx, "rounds-file-hint"))
                        .kind(ui::Kind::File { accept: ".pdf,.xlsx,.csv,.png,.jpg,.jpeg" })))
                    div.actions { (ui::button(t!(cx, "rounds-file-add"))) }
                }))
            }
        }
    }
}

/// `POST /surveys/replies/{id}/files`
pub(crate) async fn add(cx: Ctx, Path(id): Path<String>, upload: Upload) -> web::Result {
    let id: ReplyId = parse(&id)?;
    let read = move |conn: &mut Conn| {
        let reply = sql::reply_mine(conn, id)?;
        let round = sql::round(conn, reply.round)?;
        Ok::<_, ::store::Error>((reply, round))
    };
    let (reply, round) = cx.db().read(&cx.viewer(), read).await?;
    require_standing(&cx, reply.tenant)?;
    let (file, values) = upload.require_file(cx.lang)?;
    let field = values.text("field").to_owned();
    if !field.is_empty() && round.catalogue.field(&field).is_none() {
        return Err(web::Error::Invalid(t!(cx, "rounds-refused")));
    }
    let blobs = cx.db().blobs();
    let (name, mime, bytes) = (file.name, file.kind.mime(), file.bytes);
    // Encrypting blocks: not on a thread that serves pages.
    let blob = tokio::task::spawn_blocking(move || blobs.prepare(bytes.as_slice()))
        .await
        .map_err(|_| web::Error::unexpected("the file could not be kept"))??;
    let attachment = Attachment {
        id: cx.env().id::<FileId>(),
        reply: id,
        field,
        file: blob.id(),
        name,
        mime: mime.to_owned(),
        size: blob.size(),
        added_at: cx.now,
        added_name: None,
        submitted_at: None,
    };
    let who = writer(&cx)?;
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::answer::add_file(tx, id, &attachment, &blob, who)
        })
        .await;
    done(
        &cx,
        made,
        &t!(cx, "rounds-file-added"),
        &format!("/surveys/replies/{id}#files"),
    )
}

/// `POST /surveys/replies/{id}/files/{file}/remove`
pub(crate) async fn remove(
    cx: Ctx,
    Path((id, file)): Path<(String, String)>,
    Form(Nothing {}): Form<Nothing>,
) -> web::Result {
    let (id, file): (ReplyId, FileId) = (parse(&id)?, parse(&file)?);
    let reply = cx
        .db()
        .read(&cx.viewer(), move |c| sql::reply_mine(c, id))
        .await?;
    require_standing(&cx, reply.tenant)?;
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::answer::remove_file(tx, id, file)
        })
        .await;
    let back = format!("/surveys/replies/{id}#files");
    match made {
        Ok(()) => {
            cx.flash(FlashKind::Good, &t!(cx, "rounds-file-removed"));
            Ok(cx.redirect(&back))
        }
        refused => done(&cx, refused, "", &back),
    }
}

/// `GET /surveys/replies/{id}/files/{file}`
pub(crate) async fn mine(cx: Ctx, Path((id, file)): Path<(String, String)>) -> web::Result {
    open(&cx, parse(&id)?, parse(&file)?).await
}

/// `GET /surveys/rounds/{id}/answers/{reply}/files/{file}`
pub(crate) async fn asked(
    cx: Ctx,
    Path((_, reply, file)): Path<(String, String, String)>,
) -> web::Result {
    open(&cx, parse(&reply)?, parse(&file)?).await
}

async fn open(cx: &Ctx, reply: ReplyId, file: FileId) -> web::Result<Response> {
    let found = cx
        .db()
        .read(&cx.viewer(), move |c| sql::file(c, reply, file))
        .await?;
    let bytes = cx.db().blobs().get(found.file).await?;
    Ok(cx.download(&found.name, mime(&found.mime), bytes))
}

/// The stored type as one of the few that are taken; anything else is bytes.
fn mime(stored: &str) -> &'static str {
    use web::FileKind as K;
    [K::Csv, K::Xlsx, K::Json, K::Pdf, K::Png, K::Jpeg]
        .into_iter()
        .map(K::mime)
        .find(|m| *m == stored)
        .unwrap_or("application/octet-stream")
}
