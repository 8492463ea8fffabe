//! Many files in one form. The token comes first in the form, so nothing of a file is read for a page that is not ours.

use axum::{
    body::Body,
    extract::{FromRequest, FromRequestParts, Request, multipart::Multipart},
};
use web::{App, Ctx, Error};

use crate::{i18n::t, read::MOST_BYTES};

/// Most files of one form.
const MOST_FILES: usize = 30;
/// Most bytes of one form: it is held in memory until its files lie on the disk.
const MOST_ALL: usize = 60 * 1024 * 1024;
/// Most bytes of the token.
const MOST_TOKEN: usize = 1024;

/// The files of a form with their names, for display only.
pub(crate) struct Files(pub(crate) Vec<(String, Vec<u8>)>);

impl FromRequest<App> for Files {
    type Rejection = Error;

    async fn from_request(request: Request<Body>, app: &App) -> Result<Self, Error> {
        let (mut parts, body) = request.into_parts();
        let cx = Ctx::from_request_parts(&mut parts, app).await?;
        let unreadable = || Error::Invalid(t!(cx, "inbox-form-unreadable"));
        let too_much = || Error::Invalid(t!(cx, "inbox-too-much", files = { MOST_FILES }));
        let mut form = Multipart::from_request(Request::from_parts(parts, body), app)
            .await
            .map_err(|_| unreadable())?;
        let (mut checked, mut files, mut left) = (false, Vec::new(), MOST_ALL);
        while let Some(mut part) = form.next_field().await.map_err(|_| unreadable())? {
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(plain);
            if file.is_some() && !checked {
                return Err(Error::Stale);
            }
            let most = match &file {
                // One byte more than is taken, so that the reader itself says why.
                Some(_) => (MOST_BYTES + 1).min(left),
                None => MOST_TOKEN,
            };
            let mut bytes = Vec::new();
            while let Some(chunk) = part.chunk().await.map_err(|_| unreadable())? {
                if bytes.len() + chunk.len() > most {
                    return Err(too_much());
                }
                bytes.extend_from_slice(&chunk);
            }
            match file {
                Some(file) if !file.is_empty() && !bytes.is_empty() => {
                    left = left.saturating_sub(bytes.len());
                    files.push((file, bytes));
                    if files.len() > MOST_FILES {
                        return Err(too_much());
                    }
                }
                None if name == web::csrf::FIELD => {
                    let token = String::from_utf8(bytes).map_err(|_| unreadable())?;
                    cx.check_csrf(&token)?;
                    checked = true;
                }
                _ => {}
            }
        }
        if checked {
            Ok(Self(files))
        } else {
            Err(Error::Stale)
        }
    }
}

/// The last part of a path, without control characters.
fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.chars().filter(|c| !c.is_control()).take(200).collect()
}
