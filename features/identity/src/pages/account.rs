//! `/account`: who I am here, and the way to everything about my account.

use kernel::Lang;
use maud::{Markup, html};
use web::ui::{self, Choice, Field, Kind, Tone};
use web::{Ctx, Errors, Form, Values};

use super::{profession_word, refusal_words, role_word};
use crate::{
    actions::{
        Error, Refusal,
        account::{self, Mine},
    },
    i18n::t,
    model::names,
};

pub(crate) async fn show(cx: Ctx) -> web::Result {
    let mine = account::mine(&cx).await?;
    let email = mine.account.email.clone().unwrap_or_default();
    Ok(page(&cx, &mine, &mine.account.name, &email, &Errors::new()))
}

fn page(
    cx: &Ctx,
    mine: &Mine,
    name: &str,
    email: &str,
    errors: &Errors,
) -> axum::response::Response {
    cx.page(web::t!(cx.lang, "account")).form(errors).no_qr().body(html! {
        (ui::error_summary(cx, errors))
        (ui::grid(2, html! {
            (ui::card(t!(cx, "account-me"), html! {
                (ui::form(cx, "/account", html! {
                    (ui::field(cx, &Field::new("name", web::t!(cx.lang, "name")).value(name).required().errors(errors)
                        .hint(t!(cx, "account-name-hint")).autocomplete("name").maxlength(100)))
                    (ui::field(cx, &Field::new("email", web::t!(cx.lang, "email")).kind(Kind::Email).value(email).errors(errors)
                        .hint(t!(cx, "account-email-hint")).autocomplete("email").maxlength(200)))
                    (ui::field(cx, &Field::new("lang", web::t!(cx.lang, "language")).value(cx.lang.code())
                        .kind(Kind::Radio(vec![
                            Choice::new(Lang::Ja.code(), t!(cx, "language-ja")),
                            Choice::new(Lang::En.code(), t!(cx, "language-en")),
                        ]))))
                    div.actions { (ui::button(web::t!(cx.lang, "save"))) }
                }))
                p.sub { (t!(cx, "account-sign-in-name", name = mine.account.sign_in.as_str())) }
            }))
            (ui::card(t!(cx, "account-places"), places(cx, mine)))
            (ui::card(t!(cx, "account-security"), security(cx, mine)))
        }))
    })
}

fn places(cx: &Ctx, mine: &Mine) -> Markup {
    html! {
        @for place in &mine.places {
            (ui::dl(&[
                (web::t!(cx.lang, "organisation").to_owned(), html! { (place.organisation.label(cx.lang)) }),
                (web::t!(cx.lang, "role").to_owned(), html! { (role_word(cx.lang, place.membership.role)) }),
                (web::t!(cx.lang, "profession").to_owned(), html! { (profession_word(cx.lang, &place.membership.profession)) }),
                (t!(cx, "account-since"), ui::date(cx, place.membership.starts.date_jst())),
                (t!(cx, "account-regime"), html! { (regime_word(cx, &place.organisation.regime)) }),
            ]))
        }
        @if mine.places.len() > 1 || mine.places.iter().any(|place| !place.acts_for.is_empty()) {
            div.actions { a.btn.second href=(cx.url("/account/acting-for")) { (t!(cx, "account-acting")) } }
        }
    }
}

/// Which part of the privacy law binds the office.
fn regime_word(cx: &Ctx, regime: &str) -> String {
    match regime {
        "private" => t!(cx, "regime-private"),
        "administrative" => t!(cx, "regime-administrative"),
        "public_hospital" => t!(cx, "regime-public-hospital"),
        "processor" => t!(cx, "regime-processor"),
        other => other.to_owned(),
    }
}

fn security(cx: &Ctx, mine: &Mine) -> Markup {
    let factor = match (
        mine.factors.totp.is_some(),
        mine.factors.sheet.filter(|s| s.left > 0),
    ) {
        (true, _) => ui::badge(Tone::Key, t!(cx, "factor-totp")),
        (false, Some(sheet)) => ui::badge(Tone::Key, t!(cx, "factor-sheet", count = sheet.left)),
        (false, None) => ui::badge(Tone::Bad, t!(cx, "factor-none")),
    };
    html! {
        (ui::dl(&[
            (t!(cx, "second-factor"), factor),
            (t!(cx, "recovery-codes"), html! { (t!(cx, "recovery-left", count = mine.factors.recovery)) }),
            (t!(cx, "sessions-title"), html! { (t!(cx, "sessions-count", count = mine.sessions.len())) }),
        ]))
        ul {
            li { a href=(cx.url("/account/password")) { (t!(cx, "password-change")) } }
            li { a href=(cx.url("/account/second-factor")) { (t!(cx, "second-factor-change")) } }
            li { a href=(cx.url("/account/recovery-codes")) { (t!(cx, "recovery-codes-new")) } }
            li { a href=(cx.url("/account/sessions")) { (t!(cx, "sessions-title")) } }
        }
    }
}

pub(crate) async fn save(cx: Ctx, Form(form): Form<Values>) -> web::Result {
    let mut errors = Errors::new();
    let (name, email) = (form.text("name"), form.text("email"));
    let folded = names::fold_sign_in(email);
    if names::person_name(name).is_none() {
        errors.add("name", t!(cx, "name-missing"));
    }
    if !email.is_empty() && !names::is_email(&folded) {
        errors.add("email", t!(cx, "email-wrong"));
    }
    let mine = account::mine(&cx).await?;
    // A mailbox opens the way for whoever reads it: the address changes only in the hands of the owner.
    if errors.is_empty()
        && mine.account.email.as_deref().unwrap_or_default() != folded
        && let Some(first) = super::recent(&cx, "/account")?
    {
        return Ok(first);
    }
    if errors.is_empty() {
        let lang: Lang = form.text("lang").parse().unwrap_or(cx.lang);
        let email = (!folded.is_empty()).then_some(folded);
        match account::rename(&cx, name.to_owned(), email, lang).await? {
            Ok(()) => {
                cx.set_cookie(&web::cookie::choice(
                    &cx.app.config,
                    web::cookie::LANG,
                    lang.code(),
                ));
                cx.flash(web::FlashKind::Good, &t!(cx, "account-saved"));
                return Ok(cx.redirect("/account"));
            }
            Err(Error::Refused(Refusal::Taken)) => {
                errors.add("email", refusal_words(&cx, Refusal::Taken));
            }
            Err(other) => return Err(other.into()),
        }
    }
    Ok(page(&cx, &mine, name, email, &errors))
}
