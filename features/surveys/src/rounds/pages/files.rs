//! Files beside an answer: add, open, take away. The office that asked opens them from submission on.

use axum::{extract::Path, response::Response};
use maud::{Markup, html};
use store::{Conn, blobs::NewBlob};
use web::{Ctx, Errors, FileKind, FlashKind, Form, Upload, UploadedFile, ui};

use super::{
    Nothing,
    answer::{self, Sheet, takes_files},
    answer_view, done, not_standing, parse, require_standing, writer,
};
use crate::{
    i18n::t,
    rounds::{
        actions,
        actions::Refusal,
        model::{Attachment, FileId, ReplyId, Round},
        store as sql,
    },
};

/// The card of files with its form.
pub(super) fn card(cx: &Ctx, sheet: &Sheet, may: bool, errors: &Errors) -> Markup {
    let reply = &sheet.reply;
    let path = |file: &Attachment| format!("/surveys/replies/{}/files/{}", reply.id, file.id);
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
                                @match &file.added_name { Some(name) => { " " (name) } None => { " " (t!(cx, "files-by-link")) } }
                            }
                            @if may && file.submitted_at.is_none() {
                                (ui::form(cx, &format!("{}/remove", path(file)), ui::button_small(t!(cx, "rounds-file-remove"))))
                            }
                        }
                    }
                }
            }
            @if may {
                (upload_form(cx, &format!("/surveys/replies/{}/files", reply.id), &sheet.round, errors))
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
    if let Some(words) = not_standing(&cx, reply.tenant)? {
        return refused(&cx, id, words).await;
    }
    let (file, values) = upload.require_file(cx.lang)?;
    let field = values.text("field").to_owned();
    if !field.is_empty() && round.catalogue.field(&field).is_none() {
        return Err(web::Error::Invalid(t!(cx, "rounds-refused")));
    }
    let (attachment, blob) = match keep(&cx, id, field, file).await? {
        Ok(kept) => kept,
        Err(words) => return refused(&cx, id, words).await,
    };
    let who = writer(&cx)?;
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::files::add_file(tx, id, &attachment, &blob, who)
        })
        .await;
    match made {
        Err(refusal @ (Refusal::Refused(_) | Refusal::Missing(_))) => {
            refused(&cx, id, super::words(&cx, &refusal)).await
        }
        made => done(
            &cx,
            made,
            &t!(cx, "rounds-file-added"),
            &format!("/surveys/replies/{id}#files"),
        ),
    }
}

/// The page of the answer with why a file was not taken.
async fn refused(cx: &Ctx, id: ReplyId, words: String) -> web::Result {
    let sheet = answer::read(cx, id).await?;
    let mut errors = Errors::new();
    errors.add("file", words);
    let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    let values = sheet.values();
    Ok(answer_view::page(cx, &sheet, &values, &errors, &[], status))
}

/// Encrypts a file that may lie beside an answer; `Err` of the inner result: why it may not.
pub(crate) async fn keep(
    cx: &Ctx,
    reply: ReplyId,
    field: String,
    file: UploadedFile,
) -> web::Result<Result<(Attachment, NewBlob), String>> {
    if !KINDS.contains(&file.kind) {
        return Ok(Err(t!(cx, "rounds-file-hint")));
    }
    let blobs = cx.db().blobs();
    let (name, mime, bytes) = (file.name, file.kind.mime(), file.bytes);
    // Encrypting blocks: not on a thread that serves pages.
    let blob = tokio::task::spawn_blocking(move || blobs.prepare(bytes.as_slice()))
        .await
        .map_err(|_| web::Error::unexpected("the file could not be kept"))??;
    let attachment = Attachment {
        id: cx.env().id::<FileId>(),
        reply,
        field,
        file: blob.id(),
        name,
        mime: mime.to_owned(),
        size: blob.size(),
        added_at: cx.now,
        added_name: None,
        submitted_at: None,
    };
    Ok(Ok((attachment, blob)))
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
            actions::files::remove_file(tx, id, file)
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
    send(cx, found).await
}

/// A file to keep; never shown inside the page.
pub(crate) async fn send(cx: &Ctx, found: Attachment) -> web::Result {
    let bytes = cx.db().blobs().get(found.file).await?;
    Ok(cx.download(&found.name, mime(&found.mime), bytes))
}

/// What may lie beside an answer.
const KINDS: [FileKind; 6] = [
    FileKind::Pdf,
    FileKind::Xlsx,
    FileKind::Docx,
    FileKind::Csv,
    FileKind::Png,
    FileKind::Jpeg,
];

/// The stored type as one of the few that are taken; anything else is bytes.
fn mime(stored: &str) -> &'static str {
    KINDS
        .into_iter()
        .map(FileKind::mime)
        .find(|m| *m == stored)
        .unwrap_or("application/octet-stream")
}

/// The form that adds a file; the first question for files is chosen already.
pub(crate) fn upload_form(cx: &Ctx, action: &str, round: &Round, errors: &Errors) -> Markup {
    let fields = &round.catalogue.fields;
    let mut choices = vec![ui::Choice::new("", t!(cx, "rounds-file-whole"))];
    choices.extend(
        fields
            .iter()
            .map(|f| ui::Choice::new(f.key.as_str(), f.brief(cx.lang))),
    );
    let first = fields
        .iter()
        .find(|f| takes_files(f))
        .map(|f| f.key.clone())
        .unwrap_or_default();
    ui::form_upload(
        cx,
        action,
        html! {
            (ui::field(cx, &ui::Field::new("field", t!(cx, "rounds-file-field")).kind(ui::Kind::Select(choices)).value(first)))
            (ui::field(cx, &ui::Field::new("file", t!(cx, "rounds-file")).hint(t!(cx, "rounds-file-hint")).errors(errors)
                .kind(ui::Kind::File { accept: ".pdf,.xlsx,.docx,.csv,.png,.jpg,.jpeg" })))
            div.actions { (ui::button(t!(cx, "rounds-file-add"))) }
        },
    )
}

/// The files of one question, beside it, and the way to the form that adds one.
pub(super) fn of_field(cx: &Ctx, sheet: &Sheet, key: &str) -> Markup {
    let files: Vec<&Attachment> = sheet.files.iter().filter(|f| f.field == key).collect();
    let path = |file: &Attachment| format!("/surveys/replies/{}/files/{}", sheet.reply.id, file.id);
    html! {
        @if !files.is_empty() { ul { @for file in files { li { a href=(cx.url(&path(file))) download { (file.name) } } } } }
        p { a href="#files" { (t!(cx, "files-add-here")) } }
    }
}
