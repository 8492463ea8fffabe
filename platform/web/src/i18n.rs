//! Texts: Fluent files per crate and language, keys checked while compiling.
//!
//! The recipe for a feature crate `areas` (copy it, change the name):
//!
//! ```text
//! features/areas/i18n.toml            fallback_language = "ja"
//!                                     [fluent]
//!                                     assets_dir = "i18n"
//! features/areas/i18n/ja/areas.ftl    areas-title = 市町
//! features/areas/i18n/en/areas.ftl    areas-title = Municipalities
//! features/areas/src/i18n.rs          web::i18n::loader!("areas");
//!                                     macro_rules! t {
//!                                         ($cx:expr, $($a:tt)*) => {
//!                                             i18n_embed_fl::fl!($crate::i18n::loader($cx.lang), $($a)*)
//!                                         };
//!                                     }
//!                                     pub(crate) use t;
//! any page                            use crate::i18n::t;  …  t!(cx, "areas-title", count = 3)
//! ```
//! `t!` gives a `String` and takes anything with a field `lang`. An argument is one expression; one that begins with a star
//! needs braces: `count = { *n }`. A key that `ja` lacks, or a wrong argument, does not compile.
//! `ja` against `en` is compared by one test per crate: `assert_eq!(web::i18n::differences(JA, EN), Vec::<String>::new())`.
//! Texts without arguments are formatted once, at first use of the loader, and afterwards only copied.
//!
//! Readings: write `[漢字|かんじ]` in a `.ftl` file (braces mean something else to Fluent) and print the text with
//! [`crate::ui::ruby`]; a text printed without it must not hold such pairs.

use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed::{I18nAssets, LanguageLoader};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use kernel::Lang;

/// Makes the constants `JA` and `EN` and the function `loader(lang)` of a crate; see the module.
#[macro_export]
#[doc(hidden)]
macro_rules! __loader {
    ($domain:literal) => {
        /// The Japanese source of this crate's texts.
        pub const JA: &str = include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/i18n/ja/",
            $domain,
            ".ftl"
        ));
        /// The English source of this crate's texts.
        pub const EN: &str = include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/i18n/en/",
            $domain,
            ".ftl"
        ));

        /// This crate's texts in one language.
        pub fn loader(lang: $crate::i18n::Lang) -> &'static $crate::i18n::Loader {
            static TEXTS: [std::sync::OnceLock<$crate::i18n::Loader>; 2] =
                [std::sync::OnceLock::new(), std::sync::OnceLock::new()];
            match lang {
                $crate::i18n::Lang::Ja => {
                    TEXTS[0].get_or_init(|| $crate::i18n::Loader::new($domain, lang, JA))
                }
                $crate::i18n::Lang::En => {
                    TEXTS[1].get_or_init(|| $crate::i18n::Loader::new($domain, lang, EN))
                }
            }
        }
    };
}
pub use crate::__loader as loader;

/// The texts of one crate in one language. `fl!` works on it: what it lacks itself, the Fluent loader behind it has.
pub struct Loader {
    fluent: FluentLanguageLoader,
    plain: HashMap<String, String>,
}

impl Loader {
    /// Reads one Fluent source.
    ///
    /// # Panics
    /// When the source is not Fluent: it is part of the program.
    #[must_use]
    pub fn new(domain: &str, lang: Lang, source: &'static str) -> Self {
        let id: i18n_embed::unic_langid::LanguageIdentifier = lang
            .code()
            .parse()
            .expect("ja and en are language identifiers");
        let fluent = FluentLanguageLoader::new(domain, id.clone());
        let file = OneFile {
            path: format!("{}/{domain}.ftl", lang.code()),
            source,
        };
        fluent
            .load_languages(&file, &[id])
            .expect("the texts of the program are Fluent");
        fluent.set_use_isolating(false);
        let plain = messages(source)
            .into_iter()
            .filter(|(_, args)| args.is_empty())
            .map(|(id, _)| {
                let text = fluent.get(&id);
                (id, text)
            })
            .collect();
        Self { fluent, plain }
    }

    /// A text without arguments, as an own string.
    #[must_use]
    pub fn get(&self, id: &str) -> String {
        match self.plain.get(id) {
            Some(text) => text.clone(),
            None => self.fluent.get(id),
        }
    }

    /// A text without arguments, without a copy; the key itself when there is no such text.
    #[must_use]
    pub fn text<'a>(&'a self, id: &'a str) -> &'a str {
        self.plain.get(id).map_or(id, String::as_str)
    }

    /// Whether a text without arguments exists.
    #[must_use]
    pub fn has_plain(&self, id: &str) -> bool {
        self.plain.contains_key(id)
    }
}

impl std::ops::Deref for Loader {
    type Target = FluentLanguageLoader;
    fn deref(&self) -> &FluentLanguageLoader {
        &self.fluent
    }
}

struct OneFile {
    path: String,
    source: &'static str,
}

impl I18nAssets for OneFile {
    fn get_files(&self, path: &str) -> Vec<Cow<'_, [u8]>> {
        if path == self.path {
            vec![Cow::Borrowed(self.source.as_bytes())]
        } else {
            Vec::new()
        }
    }

    fn filenames_iter(&self) -> Box<dyn Iterator<Item = String> + '_> {
        Box::new(std::iter::once(self.path.clone()))
    }
}

/// Message ids of a Fluent source, each with the names of its arguments.
#[must_use]
pub fn messages(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current: Option<String> = None;
    for line in source.lines() {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            current = line.split_once('=').map(|(id, _)| id.trim().to_owned());
            if let Some(id) = &current {
                all.insert(id.clone(), BTreeSet::new());
            }
        } else if line.starts_with(['#', '-']) {
            current = None;
        }
        let Some(args) = current.as_ref().and_then(|id| all.get_mut(id)) else {
            continue;
        };
        for piece in line.split('$').skip(1) {
            let name: String = piece
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
                .collect();
            if !name.is_empty() {
                args.insert(name);
            }
        }
    }
    all
}

/// What differs between the two languages' keys and argument names; empty when they agree.
#[must_use]
pub fn differences(ja: &str, en: &str) -> Vec<String> {
    let (ja, en) = (messages(ja), messages(en));
    let mut found = Vec::new();
    for (id, args) in &ja {
        match en.get(id) {
            None => found.push(format!("{id}: not in en")),
            Some(other) if other != args => {
                found.push(format!("{id}: arguments {args:?} in ja, {other:?} in en"));
            }
            Some(_) => {}
        }
    }
    found.extend(
        en.keys()
            .filter(|id| !ja.contains_key(*id))
            .map(|id| format!("{id}: not in ja")),
    );
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_and_keys_are_compared() {
        let ja = "a = い\nb = { $n } 件\n    と { $m }\n# x = { $z }\n";
        assert_eq!(
            differences(ja, "a = i\nb = { $m } and { $n }\n"),
            Vec::<String>::new()
        );
        assert_eq!(differences(ja, "a = i\nb = { $n }\nc = 1\n").len(), 2);
        assert_eq!(differences(ja, "b = { $n } { $m }\n"), ["a: not in en"]);
    }

    #[test]
    fn no_isolation_marks_and_plain_texts_are_ready() {
        let l = Loader::new("x", Lang::Ja, "a = い\nb = { $n } 件\n");
        assert_eq!(l.get("a"), "い");
        assert_eq!(l.text("a"), "い");
        assert!(!l.has_plain("b"));
        let args = HashMap::from([("n", 3.into())]);
        assert_eq!(l.get_args_concrete("b", args), "3 件");
    }
}
