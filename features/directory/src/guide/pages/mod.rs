//! The guide on the screen.

pub(super) mod editions;
pub(super) mod order;
pub(super) mod twin;

use kernel::Lang;
use web::Ctx;

use super::{content::Part, paper};

/// The word for a kind of document.
fn part_word(lang: Lang, code: &str) -> String {
    paper::title(lang, Part::from_code(code).unwrap_or(Part::All))
}

/// Where the guide belongs: crumbs of its pages.
fn crumbs(cx: &Ctx, title: &str) -> [(&'static str, String); 2] {
    [
        ("/directory/print", crate::i18n::t!(cx, "print-title")),
        ("", title.to_owned()),
    ]
}
