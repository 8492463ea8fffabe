//! The switches of the shell: language, large type, readings. They work before signing in and stay for a year.

use crate::cookie;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::form::Form;
use crate::forms::Values;
use kernel::Lang;

/// `lang=ja|en`, then back to `next`.
pub(crate) async fn language(cx: Ctx, Form(form): Form<Values>) -> Result {
    if let Ok(lang) = form.text("lang").parse::<Lang>() {
        cx.set_cookie(&cookie::choice(&cx.app.config, cookie::LANG, lang.code()));
    }
    Ok(cx.redirect(form.text("next")))
}

/// `large=0|1` and `furigana=0|1`, whichever is sent, then back to `next`.
pub(crate) async fn display(cx: Ctx, Form(form): Form<Values>) -> Result {
    for (field, name) in [("large", cookie::LARGE), ("furigana", cookie::FURIGANA)] {
        match form.text(field) {
            "1" => cx.set_cookie(&cookie::choice(&cx.app.config, name, "1")),
            "0" => cx.set_cookie(&cookie::remove(&cx.app.config, name)),
            _ => {}
        }
    }
    Ok(cx.redirect(form.text("next")))
}
