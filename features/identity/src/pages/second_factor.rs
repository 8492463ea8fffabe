//! `/account/second-factor` and `/account/recovery-codes`.

use maud::{Markup, html};
use web::ui::{self, Field, Tone};
use web::{Ctx, Errors, Form, Values};

use super::{account_crumbs, secret_qr};
use crate::{
    actions::{Error, Refusal, account, sign_in},
    i18n::t,
    model::{codes, totp},
};

pub(crate) async fn show(cx: Ctx) -> web::Result {
    if account::owes_factor(&cx).await? {
        return show_factor_first(&cx).await;
    }
    cx.require_recent()?;
    let (secret, sealed) = account::new_totp(&cx)?;
    page(&cx, &secret, &sealed, &Errors::new()).await
}

/// Ends this session: the way on is through sign-in, which asks for the factor that the account has.
async fn show_factor_first(cx: &Ctx) -> web::Result {
    sign_in::sign_out(cx).await?;
    cx.flash(web::FlashKind::Warn, &t!(cx, "second-factor-first"));
    Ok(cx.redirect("/sign-in?next=%2Faccount%2Fsecond-factor"))
}

async fn page(
    cx: &Ctx,
    secret: &[u8; totp::SECRET_BYTES],
    sealed: &str,
    errors: &Errors,
) -> web::Result {
    let mine = account::mine(cx).await?;
    let title = t!(cx, "second-factor");
    let area = cx
        .lang
        .pick(&cx.app.config.area_name.0, &cx.app.config.area_name.1);
    let address = totp::address(
        secret,
        format!("Renkei {area}").trim(),
        &mine.account.sign_in,
    );
    Ok(cx.page(title.clone()).crumbs(&account_crumbs(cx, title)).form(errors).no_qr().body(html! {
        @if mine.factors.totp.is_some() {
            (ui::notice(Tone::Info, t!(cx, "totp-present-title"), html! { p { (t!(cx, "totp-present")) } }))
        } @else if mine.factors.any() {
            (ui::notice(Tone::Info, t!(cx, "totp-other-title"), html! { p { (t!(cx, "totp-other")) } }))
        } @else {
            (ui::notice(Tone::Warn, t!(cx, "totp-none-title"), html! { p { (t!(cx, "totp-none")) } }))
        }
        (ui::error_summary(cx, errors))
        (ui::card(t!(cx, "totp-title"), html! {
            ol {
                li { (t!(cx, "totp-step-app")) }
                li {
                    (t!(cx, "totp-step-scan"))
                    (secret_qr(&address))
                    (ui::details(t!(cx, "totp-by-hand"), html! { p { code { (totp::text(secret)) } } p.sub { (t!(cx, "totp-by-hand-hint")) } }))
                }
                li { (t!(cx, "totp-step-code")) }
            }
            (ui::form(cx, "/account/second-factor", html! {
                input type="hidden" name="secret" value=(sealed);
                (ui::field(cx, &Field::new("code", t!(cx, "second-totp")).required().errors(errors).autocomplete("one-time-code")
                    .inputmode("numeric").maxlength(12)))
                div.actions { (ui::button(t!(cx, "totp-save"))) a.btn.second href=(cx.url("/account")) { (t!(cx, "later")) } }
            }))
        }))
        (ui::card(t!(cx, "sheet-title"), html! { p { (t!(cx, "sheet-instead")) } }))
    }))
}

pub(crate) async fn save(cx: Ctx, Form(form): Form<Values>) -> web::Result {
    if let Some(first) = super::recent(&cx, "/account/second-factor")? {
        return Ok(first);
    }
    let sealed = form.text("secret").to_owned();
    let Some(secret) = account::reopen_totp(&cx, &sealed)? else {
        cx.flash(web::FlashKind::Warn, &t!(cx, "totp-too-late"));
        return Ok(cx.redirect("/account/second-factor"));
    };
    match account::enrol(&cx, secret, form.text("code")).await? {
        Ok(Some(codes)) => Ok(codes_page(&cx, &codes, true)),
        Ok(None) => {
            cx.flash(web::FlashKind::Good, &t!(cx, "totp-saved"));
            Ok(cx.redirect("/account"))
        }
        Err(Error::Refused(Refusal::Wrong)) => {
            let mut errors = Errors::new();
            errors.add("code", t!(cx, "totp-wrong"));
            page(&cx, &secret, &sealed, &errors).await
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn recovery(cx: Ctx) -> web::Result {
    if account::owes_factor(&cx).await? {
        return show_factor_first(&cx).await;
    }
    cx.require_recent()?;
    let mine = account::mine(&cx).await?;
    let title = t!(cx, "recovery-codes");
    Ok(cx.page(title.clone()).crumbs(&account_crumbs(&cx, title)).no_qr().body(html! {
        p { (t!(cx, "recovery-what")) }
        p { (t!(cx, "recovery-left", count = mine.factors.recovery)) }
        @if mine.factors.everyday() {
            (ui::form(&cx, "/account/recovery-codes", html! {
                p.sub { (t!(cx, "recovery-replaces")) }
                div.actions { (ui::button(t!(cx, "recovery-codes-new"))) }
            }))
        } @else {
            (ui::empty(t!(cx, "factor-none"), t!(cx, "recovery-first-factor"),
                ui::link_button(cx.url("/account/second-factor"), t!(cx, "second-factor-change"))))
        }
    }))
}

pub(crate) async fn new_recovery(cx: Ctx, Form(_): Form<Values>) -> web::Result {
    if let Some(first) = super::recent(&cx, "/account/recovery-codes")? {
        return Ok(first);
    }
    // Codes alone would be a second factor that nobody registered.
    if !account::mine(&cx).await?.factors.everyday() {
        return Ok(cx.redirect("/account/second-factor"));
    }
    let codes = account::new_recovery(&cx).await?;
    Ok(codes_page(&cx, &codes, false))
}

/// The page that shows recovery codes, once.
fn codes_page(cx: &Ctx, list: &[String], first: bool) -> axum::response::Response {
    cx.page(t!(cx, "recovery-codes")).no_qr().body(html! {
        @if first { (ui::notice(Tone::Key, t!(cx, "totp-saved"), html! { p { (t!(cx, "recovery-now")) } })) }
        p { strong { (t!(cx, "shown-once")) } " " (t!(cx, "recovery-keep")) }
        (code_list(list))
        div.actions.no-print {
            button.btn.second type="button" data-print="1" { (web::t!(cx.lang, "print")) }
            (ui::link_button(cx.url("/"), t!(cx, "recovery-kept")))
        }
    })
}

fn code_list(list: &[String]) -> Markup {
    html! { ol.codes { @for code in list { li { code { (codes::grouped(code, 5)) } } } } }
}
