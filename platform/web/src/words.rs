//! The common words that every feature may print, and this room's own texts.
//!
//! `web::t!(cx.lang, "save")` gives a `&'static str`; a word that is not in [`KEYS`] does not compile.

crate::i18n::loader!("web");

use kernel::Lang;

/// The words that other crates may use.
pub const KEYS: &[&str] = &[
    "save",
    "save-draft",
    "send",
    "confirm-and-send",
    "cancel",
    "back",
    "next",
    "edit",
    "delete",
    "add",
    "close",
    "open",
    "search",
    "print",
    "download",
    "copy",
    "show-all",
    "yes",
    "no",
    "unknown",
    "unverified",
    "verified-on",
    "not-written",
    "name",
    "phone",
    "fax",
    "email",
    "address",
    "hours",
    "date",
    "time",
    "municipality",
    "organisation",
    "role",
    "profession",
    "required",
    "optional",
    "home",
    "sign-in",
    "sign-out",
    "account",
    "fictional",
    "waits",
    "nothing-waits",
    "details",
    "all",
    "select",
    "from",
    "until",
    "updated",
    "source",
    "file",
    "language",
    "yesterday",
    "today",
];

/// Whether a word is in [`KEYS`]; for [`crate::t!`].
#[doc(hidden)]
#[must_use]
pub const fn exists(key: &str) -> bool {
    let mut i = 0;
    while i < KEYS.len() {
        if same(KEYS[i].as_bytes(), key.as_bytes()) {
            return true;
        }
        i += 1;
    }
    false
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// A common word.
#[must_use]
pub fn get(lang: Lang, key: &'static str) -> &'static str {
    loader(lang).text(key)
}

/// A common word in a language: `web::t!(cx.lang, "save")`.
#[macro_export]
macro_rules! t {
    ($lang:expr, $key:literal) => {{
        const _: () = assert!(
            $crate::words::exists($key),
            concat!("not among the common words: ", $key)
        );
        $crate::words::get($lang, $key)
    }};
}

/// A text of this room without arguments, checked while compiling, without a copy.
macro_rules! w {
    ($lang:expr, $key:literal) => {{
        // `fl!` checks the key; the copy it would make is never executed.
        let loader = $crate::words::loader($lang);
        let _check = || i18n_embed_fl::fl!(loader, $key);
        loader.text($key)
    }};
}
pub(crate) use w;

/// A text of this room with arguments.
macro_rules! wf {
    ($lang:expr, $($rest:tt)*) => { i18n_embed_fl::fl!($crate::words::loader($lang), $($rest)*) };
}
pub(crate) use wf;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_agree() {
        assert_eq!(crate::i18n::differences(JA, EN), Vec::<String>::new());
    }

    #[test]
    fn every_common_word_exists() {
        for key in KEYS {
            for lang in [Lang::Ja, Lang::En] {
                assert!(loader(lang).has_plain(key), "{key} {lang:?}");
            }
        }
    }
}
