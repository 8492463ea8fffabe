//! `/account/confirm`: shows once more who is sitting there, before exports, prints of many records, key and role changes.

use axum::extract::Query;
use maud::html;
use serde::Deserialize;
use web::ui::{self, Field, Kind};
use web::{Ctx, Errors, Form};

use super::{refusal_words, sign_in::Next};
use crate::{
    actions::{Refusal, account, confirm, sign_in},
    i18n::t,
};

pub(crate) async fn show(cx: Ctx, Query(next): Query<Next>) -> web::Result {
    page(&cx, next.path(), &Errors::new()).await
}

async fn page(cx: &Ctx, next: &str, errors: &Errors) -> web::Result {
    let mine = account::mine(cx).await?;
    let one_click = mine.account.hash.is_none() && sign_in::is_demo(cx).await?;
    Ok(cx.page(t!(cx, "confirm-title")).sub(t!(cx, "confirm-sub")).form(errors).no_qr().body(html! {
        (ui::error_summary(cx, errors))
        (ui::form(cx, "/account/confirm", html! {
            input type="hidden" name="next" value=(next);
            @if one_click {
                p { (t!(cx, "confirm-demo")) }
            } @else {
                (ui::field(cx, &Field::new("password", t!(cx, "password")).kind(Kind::Password).errors(errors)
                    .autocomplete("current-password")))
                @if mine.factors.any() {
                    (ui::field(cx, &Field::new("code", t!(cx, "confirm-code")).errors(errors).autocomplete("one-time-code")
                        .hint(match mine.factors.asks() {
                            Some(number) if mine.factors.totp.is_none() => t!(cx, "confirm-code-hint-sheet", number = number),
                            _ => t!(cx, "confirm-code-hint"),
                        }).maxlength(40)))
                }
            }
            div.actions { (ui::button(t!(cx, "confirm-go"))) a.btn.second href=(cx.url("/")) { (web::t!(cx.lang, "cancel")) } }
        }))
    }))
}

/// What the form sends.
#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
    #[serde(flatten)]
    next: Next,
}

pub(crate) async fn save(cx: Ctx, Form(typed): Form<Typed>) -> web::Result {
    let next = typed.next.path().to_owned();
    let mine = account::mine(&cx).await?;
    if mine.account.hash.is_none() && sign_in::is_demo(&cx).await? {
        account::confirm_demo(&cx).await??;
        return Ok(cx.redirect(&next));
    }
    let mut errors = Errors::new();
    if typed.password.is_empty() && typed.code.trim().is_empty() {
        errors.add("password", t!(cx, "password-missing"));
        return page(&cx, &next, &errors).await;
    }
    match confirm::confirm(&cx, &typed.password, &typed.code).await? {
        Ok(()) => Ok(cx.redirect(&next)),
        Err(refusal) => {
            let field = if typed.code.trim().is_empty() {
                "password"
            } else {
                "code"
            };
            let text = if refusal == Refusal::Wrong {
                t!(cx, "confirm-wrong")
            } else {
                refusal_words(&cx, refusal)
            };
            errors.add(field, text);
            page(&cx, &next, &errors).await
        }
    }
}
