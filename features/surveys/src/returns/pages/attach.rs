//! Files beside an answer, behind a link: add, open, take away. Only those that came through a link are seen there.

use axum::extract::Path;
use maud::{Markup, html};
use web::{Ctx, Errors, FlashKind, Form, Upload, Values, ui};

use super::{
    Loaded, parse,
    public::{done, hash, load, page, page_path, viewer},
};
use crate::{
    i18n::t,
    pages::again::Again,
    returns::{actions, store as sql},
    rounds::{
        actions::Refusal,
        model::{Attachment, FileId},
        pages::{files, words},
    },
};

/// The card of files, with its form while the answer is written.
pub(super) fn card(
    cx: &Ctx,
    loaded: &Loaded,
    path: &str,
    list: &[Attachment],
    errors: &Errors,
) -> Markup {
    let writing = loaded.whole.reply.state.is_writing();
    let at = |file: &Attachment| format!("{path}/files/{}", file.id);
    ui::card(
        t!(cx, "rounds-files"),
        html! {
            @if list.is_empty() { p.none { (t!(cx, "rounds-files-none")) } }
            ul.list-plain {
                @for file in list {
                    li {
                        a href=(cx.url(&at(file))) download { (file.name) } " "
                        span.sub { (t!(cx, "rounds-file-size", kb = (file.size / 1024 + 1).to_string())) }
                        @if writing && file.submitted_at.is_none() {
                            (ui::form(cx, &format!("{}/remove", at(file)), ui::button_small(t!(cx, "rounds-file-remove"))))
                        }
                    }
                }
            }
            @if writing { (files::upload_form(cx, &format!("{path}/files"), &loaded.whole.round, errors)) }
        },
    )
}

/// `POST /surveys/forms/{token}/files`
pub(in crate::returns) async fn add(
    cx: Ctx,
    Path(token): Path<String>,
    upload: Upload,
) -> web::Result {
    let loaded = load(&cx, &token).await?;
    let (file, values) = upload.require_file(cx.lang)?;
    let field = values.text("field").to_owned();
    if !field.is_empty() && loaded.whole.round.catalogue.field(&field).is_none() {
        return Err(web::Error::NotFound);
    }
    let kept = files::keep(&cx, loaded.whole.reply.id, field, file).await?;
    let (attachment, blob) = match kept {
        Ok(kept) => kept,
        Err(words) => return page(&cx, &token, &Again::refused(values, "file", words)).await,
    };
    let hash = hash(&cx, &token)?;
    let made = cx
        .db()
        .write(&viewer(&cx), move |tx| {
            actions::add_file_linked(tx, &hash, &attachment, &blob)
        })
        .await;
    if let Err(refusal @ (Refusal::Refused(_) | Refusal::Missing(_))) = &made {
        let again = Again::refused(values, "file", words(&cx, refusal));
        return page(&cx, &token, &again).await;
    }
    done(&cx, made)?;
    cx.flash(FlashKind::Good, &t!(cx, "rounds-file-added"));
    Ok(cx.redirect(&page_path(&token)))
}

/// `GET /surveys/forms/{token}/files/{file}`
pub(in crate::returns) async fn open(
    cx: Ctx,
    Path((token, file)): Path<(String, String)>,
) -> web::Result {
    let file: FileId = parse(&file)?;
    let id = load(&cx, &token).await?.whole.reply.id;
    let list = cx
        .db()
        .read::<_, store::Error>(&viewer(&cx), move |conn| sql::link_files(conn, id))
        .await?;
    let found = list.into_iter().find(|f| f.id == file);
    files::send(&cx, found.ok_or(web::Error::NotFound)?).await
}

/// `POST /surveys/forms/{token}/files/{file}/remove`
pub(in crate::returns) async fn remove(
    cx: Ctx,
    Path((token, file)): Path<(String, String)>,
    Form(_): Form<Values>,
) -> web::Result {
    let (file, hash): (FileId, String) = (parse(&file)?, hash(&cx, &token)?);
    let made = cx
        .db()
        .write(&viewer(&cx), move |tx| {
            actions::remove_file_linked(tx, &hash, file)
        })
        .await;
    done(&cx, made)?;
    cx.flash(FlashKind::Good, &t!(cx, "rounds-file-removed"));
    Ok(cx.redirect(&page_path(&token)))
}
