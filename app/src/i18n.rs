//! This room's texts.

web::i18n::loader!("app");

/// A text of this room in the language of the request; see [`web::i18n`].
macro_rules! t {
    ($cx:expr, $($a:tt)*) => {
        i18n_embed_fl::fl!($crate::i18n::loader($cx.lang), $($a)*)
    };
}
pub(crate) use t;
