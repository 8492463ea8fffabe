//! A notice that survives one redirect: sealed in a cookie, because it may name somebody.

use crate::app::App;
use data_encoding::BASE64URL_NOPAD;

/// The tone of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlashKind {
    /// It worked.
    Good,
    /// Worth knowing.
    Info,
    /// Look at this.
    Warn,
    /// It did not work.
    Bad,
}

pub(crate) struct Flash {
    pub(crate) kind: FlashKind,
    pub(crate) text: String,
}

const CONTEXT: &str = "web.flash";
/// Longer notices would not fit into a cookie.
const MOST_BYTES: usize = 1_200;

impl Flash {
    pub(crate) fn seal(app: &App, kind: FlashKind, text: &str) -> Option<String> {
        let mut end = text.len().min(MOST_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut bytes = vec![match kind {
            FlashKind::Good => b'g',
            FlashKind::Info => b'i',
            FlashKind::Warn => b'w',
            FlashKind::Bad => b'b',
        }];
        bytes.extend_from_slice(&text.as_bytes()[..end]);
        let sealed = app.db.key().seal(&bytes, CONTEXT).ok()?;
        Some(BASE64URL_NOPAD.encode(&sealed))
    }

    pub(crate) fn open(app: &App, value: &str) -> Option<Self> {
        let sealed = BASE64URL_NOPAD.decode(value.as_bytes()).ok()?;
        let bytes = app.db.key().open(&sealed, CONTEXT).ok()?;
        let (first, rest) = bytes.split_first()?;
        let kind = match first {
            b'g' => FlashKind::Good,
            b'i' => FlashKind::Info,
            b'w' => FlashKind::Warn,
            _ => FlashKind::Bad,
        };
        Some(Self {
            kind,
            text: String::from_utf8(rest.to_vec()).ok()?,
        })
    }
}
