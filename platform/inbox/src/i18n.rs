//! This room's texts.

web::i18n::loader!("inbox");

/// A text of this room in the language of the request; see [`web::i18n`].
macro_rules! t {
    ($cx:expr, $($a:tt)*) => {
        i18n_embed_fl::fl!($crate::i18n::loader($cx.lang), $($a)*)
    };
}
pub(crate) use t;

/// A text of this room in a language.
macro_rules! tl {
    ($lang:expr, $($a:tt)*) => {
        i18n_embed_fl::fl!($crate::i18n::loader($lang), $($a)*)
    };
}
pub(crate) use tl;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_keys_and_arguments() {
        assert_eq!(web::i18n::differences(JA, EN), Vec::<String>::new());
    }
}
