//! `/account/password`: a new password.

use maud::html;
use web::ui;
use web::{Ctx, Errors, Form, Values};

use super::{account_crumbs, check_password, password_fields};
use crate::{
    actions::account::{self, Mine},
    i18n::t,
};

pub(crate) async fn show(cx: Ctx) -> web::Result {
    cx.require_recent()?;
    let mine = account::mine(&cx).await?;
    Ok(page(&cx, &mine, &Errors::new()))
}

fn page(cx: &Ctx, mine: &Mine, errors: &Errors) -> axum::response::Response {
    let title = t!(cx, "password-change");
    cx.page(title.clone()).crumbs(&account_crumbs(cx, title)).form(errors).no_qr().body(html! {
        (ui::error_summary(cx, errors))
        (ui::form(cx, "/account/password", html! {
            // Password managers look for the name beside the password.
            input type="hidden" name="username" autocomplete="username" value=(mine.account.sign_in);
            (password_fields(cx, errors, mine.factors.everyday()))
            div.actions { (ui::button(t!(cx, "password-save"))) a.btn.second href=(cx.url("/account")) { (web::t!(cx.lang, "cancel")) } }
        }))
        p.sub { (t!(cx, "password-others-end")) }
    })
}

pub(crate) async fn save(cx: Ctx, Form(form): Form<Values>) -> web::Result {
    if let Some(first) = super::recent(&cx, "/account/password")? {
        return Ok(first);
    }
    let mine = account::mine(&cx).await?;
    let mut errors = Errors::new();
    let (new, again) = (
        form.get("password").unwrap_or_default(),
        form.get("again").unwrap_or_default(),
    );
    let known = [
        mine.account.sign_in.as_str(),
        mine.account.name.as_str(),
        mine.account.email.as_deref().unwrap_or(""),
    ];
    check_password(
        &cx,
        &mut errors,
        (new, again),
        mine.factors.everyday(),
        &known,
    );
    if !errors.is_empty() {
        return Ok(page(&cx, &mine, &errors));
    }
    account::set_password(&cx, new).await?;
    cx.flash(web::FlashKind::Good, &t!(cx, "password-saved"));
    Ok(cx.redirect("/account"))
}
