//! Files in are hostile: few kinds, told by extension and by content, capped while they stream in, never active.

use crate::app::App;
use crate::csrf;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::form::{clean, too_large};
use crate::forms::Values;
use crate::words::{w, wf};
use axum::body::Body;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, FromRequestParts, Request};
use kernel::Lang;

/// Most bytes of a file.
pub const MOST_FILE: usize = 20 * 1024 * 1024;
/// Most bytes of each other field.
const MOST_FIELD: usize = 1024 * 1024;
/// Most bytes of all other fields together: they are held in memory while the file comes in.
const MOST_FIELDS: usize = 6 * 1024 * 1024;
/// Most parts of an upload.
const MOST_PARTS: usize = 200;

/// The kinds of files that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// Comma-separated text in any of the usual encodings.
    Csv,
    /// A workbook without macros.
    Xlsx,
    /// A document without macros.
    Docx,
    /// JSON text.
    Json,
    /// PDF.
    Pdf,
    /// PNG picture.
    Png,
    /// JPEG picture.
    Jpeg,
}

impl FileKind {
    /// By the end of a file name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let end = name.rsplit_once('.')?.1.to_ascii_lowercase();
        Some(match end.as_str() {
            "csv" => Self::Csv,
            "xlsx" => Self::Xlsx,
            "docx" => Self::Docx,
            "json" => Self::Json,
            "pdf" => Self::Pdf,
            "png" => Self::Png,
            "jpg" | "jpeg" => Self::Jpeg,
            _ => return None,
        })
    }

    /// The type with which it is served.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Json => "application/json",
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// Whether the content is what the name says, and nothing active.
    #[must_use]
    pub fn fits(self, bytes: &[u8]) -> bool {
        match self {
            Self::Csv => is_text(bytes),
            Self::Json => {
                let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
                let first = bytes.iter().find(|b| !b.is_ascii_whitespace());
                matches!(first, Some(b'{' | b'[')) && is_text(bytes)
            }
            Self::Xlsx => {
                bytes.starts_with(b"PK\x03\x04")
                    && has(bytes, b"[Content_Types].xml")
                    && has(bytes, b"xl/workbook.xml")
                    && !has_ascii(bytes, b"vbaproject.bin")
                    && !has_ascii(bytes, b"xl/macrosheets/")
                    && !has_ascii(bytes, b"xl/activex/")
                    && !has_ascii(bytes, b"oleobject")
            }
            Self::Docx => {
                bytes.starts_with(b"PK\x03\x04")
                    && has(bytes, b"[Content_Types].xml")
                    && has(bytes, b"word/document.xml")
                    && !has_ascii(bytes, b"vbaproject.bin")
                    && !has_ascii(bytes, b"word/activex/")
                    && !has_ascii(bytes, b"word/embeddings/")
            }
            Self::Pdf => {
                bytes.starts_with(b"%PDF-")
                    && !has(bytes, b"/JavaScript")
                    && !has(bytes, b"/Launch")
                    && !has(bytes, b"/EmbeddedFile")
            }
            Self::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::Jpeg => bytes.starts_with(b"\xff\xd8\xff"),
        }
    }
}

fn has(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|w| w == what)
}

fn has_ascii(bytes: &[u8], what: &[u8]) -> bool {
    bytes
        .windows(what.len())
        .any(|w| w.eq_ignore_ascii_case(what))
}

/// Text in UTF-8, UTF-16 with its mark, or a double-byte encoding: no control characters but tab and line ends.
fn is_text(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return true;
    }
    let magic: [&[u8]; 6] = [
        b"PK\x03\x04",
        b"%PDF-",
        b"MZ",
        b"\x7fELF",
        b"\xd0\xcf\x11\xe0",
        b"\x89PNG",
    ];
    !magic.iter().any(|m| bytes.starts_with(m))
        && !bytes
            .iter()
            .any(|b| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x1a))
}

/// A file that was sent.
#[derive(Clone, Debug)]
pub struct UploadedFile {
    /// The form's field.
    pub field: String,
    /// Its name, without folders and control characters, at most 200 characters. For display and downloads only.
    pub name: String,
    /// Its kind, by name and content.
    pub kind: FileKind,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A form with at most one file.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The file; `None` when no file was chosen.
    pub file: Option<UploadedFile>,
    /// The other fields.
    pub fields: Values,
}

impl Upload {
    /// The file, or a kind message.
    ///
    /// # Errors
    /// [`Error::Invalid`] when no file was chosen.
    pub fn require_file(self, lang: Lang) -> Result<(UploadedFile, Values)> {
        match self.file {
            Some(file) => Ok((file, self.fields)),
            None => Err(Error::Invalid(w!(lang, "upload-missing").to_owned())),
        }
    }
}

impl FromRequest<App> for Upload {
    type Rejection = Error;

    async fn from_request(request: Request<Body>, app: &App) -> Result<Self> {
        let (mut parts, body) = request.into_parts();
        let cx = Ctx::from_request_parts(&mut parts, app).await?;
        let unreadable = || Error::Invalid(w!(cx.lang, "form-unreadable").to_owned());
        let request = Request::from_parts(parts, body);
        let mut multipart = Multipart::from_request(request, app)
            .await
            .map_err(|_| unreadable())?;
        let mut upload = Self {
            file: None,
            fields: Values::default(),
        };
        let mut checked = false;
        let mut count = 0;
        let mut left = MOST_FIELDS;
        while let Some(mut part) = multipart.next_field().await.map_err(|_| unreadable())? {
            count += 1;
            if count > MOST_PARTS {
                return Err(unreadable());
            }
            let name = part.name().unwrap_or_default().to_owned();
            if let Some(file_name) = part.file_name().map(str::to_owned) {
                // Nothing of a file is read for somebody whose form does not come from a page of ours.
                if !checked {
                    return Err(Error::Stale);
                }
                if file_name.is_empty() {
                    continue;
                }
                if upload.file.is_some() {
                    return Err(Error::Invalid(w!(cx.lang, "upload-one-file").to_owned()));
                }
                upload.file = Some(take_file(cx.lang, name, &file_name, &mut part).await?);
                continue;
            }
            let bytes = read(cx.lang, &mut part, MOST_FIELD.min(left)).await?;
            left -= bytes.len();
            let text = String::from_utf8(bytes).map_err(|_| unreadable())?;
            if name == csrf::FIELD {
                cx.check_csrf(&text)?;
                checked = true;
            } else {
                upload.fields.push(name, clean(cx.lang, &text)?);
            }
        }
        if checked {
            Ok(upload)
        } else {
            Err(Error::Stale)
        }
    }
}

async fn take_file(
    lang: Lang,
    field: String,
    file_name: &str,
    part: &mut Field<'_>,
) -> Result<UploadedFile> {
    let refused = || Error::Invalid(w!(lang, "upload-kind").to_owned());
    let kind = FileKind::from_name(file_name).ok_or_else(refused)?;
    let bytes = read(lang, part, MOST_FILE).await?;
    if bytes.is_empty() {
        return Err(Error::Invalid(w!(lang, "upload-empty").to_owned()));
    }
    // Looking through 20 MB takes longer than a page may hold up its thread.
    let looked = tokio::task::spawn_blocking(move || kind.fits(&bytes).then_some(bytes)).await;
    let Ok(Some(bytes)) = looked else {
        return Err(Error::Invalid(wf!(
            lang,
            "upload-content",
            name = plain_name(file_name)
        )));
    };
    Ok(UploadedFile {
        field,
        name: plain_name(file_name),
        kind,
        bytes,
    })
}

async fn read(lang: Lang, part: &mut Field<'_>, most: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part
        .chunk()
        .await
        .map_err(|_| Error::Invalid(w!(lang, "form-unreadable").to_owned()))?
    {
        if bytes.len() + chunk.len() > most {
            return Err(too_large(lang, most));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The last part of a path, without control characters.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_contents_must_agree() {
        let xlsx = b"PK\x03\x04....[Content_Types].xml....xl/workbook.xml";
        assert!(FileKind::Xlsx.fits(xlsx));
        assert!(
            !FileKind::Xlsx
                .fits(b"PK\x03\x04....[Content_Types].xml....xl/workbook.xml..xl/vbaProject.bin")
        );
        assert!(!FileKind::Xlsx.fits(b"a,b\n"));
        let docx = b"PK\x03\x04....[Content_Types].xml....word/document.xml";
        assert!(FileKind::Docx.fits(docx) && !FileKind::Xlsx.fits(docx));
        assert!(!FileKind::Docx.fits(&[docx.as_slice(), b"..word/vbaProject.bin"].concat()));
        assert!(FileKind::Csv.fits("コード,名\n".as_bytes()));
        assert!(FileKind::Csv.fits(b"\x83R\x81[\x83h,\x96\xbc\r\n"));
        assert!(FileKind::Csv.fits(b"\xff\xfea\0,\0"));
        assert!(!FileKind::Csv.fits(xlsx));
        assert!(!FileKind::Csv.fits(b"a\0b"));
        assert!(FileKind::Json.fits(b"\xef\xbb\xbf {\"a\":1}"));
        assert!(!FileKind::Json.fits(b"<html>"));
        assert!(FileKind::Pdf.fits(b"%PDF-1.7 ..."));
        assert!(!FileKind::Pdf.fits(b"%PDF-1.7 /OpenAction << /S /JavaScript >>"));
        assert!(FileKind::Png.fits(b"\x89PNG\r\n\x1a\n"));
        assert!(!FileKind::Png.fits(b"\xff\xd8\xff\xe0"));
        assert!(FileKind::Jpeg.fits(b"\xff\xd8\xff\xe0"));
    }

    #[test]
    fn only_the_listed_extensions() {
        for bad in [
            "a.xlsm", "a.exe", "a.svg", "a.html", "a", "a.csv.js", "a.zip", "a.xls", "a.docm",
        ] {
            assert_eq!(FileKind::from_name(bad), None, "{bad}");
        }
        assert_eq!(FileKind::from_name("B.JPG"), Some(FileKind::Jpeg));
    }

    #[test]
    fn names_lose_their_folders() {
        assert_eq!(plain_name("C:\\temp\\回答.csv"), "回答.csv");
        assert_eq!(plain_name("../../etc/a\r\nb.csv"), "ab.csv");
    }
}
