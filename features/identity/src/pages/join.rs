//! `/invitation` and `/setup`: joining with a code.

use axum::extract::Query;
use maud::{Markup, html};
use serde::Deserialize;
use web::ui::{self, Field, Kind};
use web::{Ctx, Errors, Form, Values};

use super::{
    check_password, password_fields, profession_choices, refusal_words, role_hint, role_word,
};
use crate::{
    actions::{
        Agent, Error, Refusal,
        join::{self, Door, Newcomer},
    },
    i18n::t,
    model::{self, names},
};

/// The code in the address.
#[derive(Deserialize)]
pub(crate) struct Code {
    #[serde(default)]
    code: String,
}

/// Which of the two addresses is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Invitation,
    Setup,
}

impl At {
    fn path(self) -> &'static str {
        match self {
            Self::Invitation => "/invitation",
            Self::Setup => "/setup",
        }
    }

    /// A first administrator's code opens only its own page, and the other way round.
    fn fits(self, door: &Door) -> bool {
        (door.invitation.channel == "setup") == (self == Self::Setup)
    }
}

pub(crate) async fn show(cx: Ctx, Query(code): Query<Code>) -> web::Result {
    open(&cx, At::Invitation, &code.code).await
}

pub(crate) async fn show_setup(cx: Ctx, Query(code): Query<Code>) -> web::Result {
    open(&cx, At::Setup, &code.code).await
}

async fn open(cx: &Ctx, at: At, code: &str) -> web::Result {
    if code.trim().is_empty() {
        return Ok(code_page(cx, at, "", &Errors::new()));
    }
    match door(cx, at, code).await? {
        Ok(door) => Ok(form_page(
            cx,
            at,
            &door,
            code,
            &Values::default(),
            &Errors::new(),
        )),
        Err(refusal) => {
            let mut errors = Errors::new();
            errors.add("code", code_words(cx, refusal));
            Ok(code_page(cx, at, code, &errors))
        }
    }
}

async fn door(cx: &Ctx, at: At, code: &str) -> web::Result<Result<Door, Refusal>> {
    Ok(join::look(cx, code).await?.and_then(|door| {
        if at.fits(&door) {
            Ok(door)
        } else {
            Err(Refusal::Wrong)
        }
    }))
}

fn code_words(cx: &Ctx, refusal: Refusal) -> String {
    match refusal {
        Refusal::Wrong => t!(cx, "join-code-wrong"),
        Refusal::Stale => t!(cx, "join-code-stale"),
        other => refusal_words(cx, other),
    }
}

/// Asks for the code from the paper.
fn code_page(cx: &Ctx, at: At, code: &str, errors: &Errors) -> axum::response::Response {
    cx.page(t!(cx, "join-title")).sub(t!(cx, "join-code-sub")).form(errors).no_qr().body(html! {
        (ui::error_summary(cx, errors))
        form.form method="get" action=(cx.url(at.path())) novalidate {
            (ui::field(cx, &Field::new("code", t!(cx, "join-code")).value(code).required().errors(errors)
                .hint(t!(cx, "join-code-hint")).autocomplete("off").maxlength(40)))
            div.actions { (ui::button(web::t!(cx.lang, "next"))) }
        }
    })
}

fn form_page(
    cx: &Ctx,
    at: At,
    door: &Door,
    code: &str,
    typed: &Values,
    errors: &Errors,
) -> axum::response::Response {
    let title = if at == At::Setup {
        t!(cx, "setup-title")
    } else {
        t!(cx, "join-title")
    };
    let office = door.organisation.label(cx.lang);
    cx.page(title).sub(t!(cx, "join-sub", office = office)).form(errors).no_qr().body(html! {
        (ui::steps(&[t!(cx, "join-step-you"), t!(cx, "join-step-factor"), t!(cx, "join-step-codes")], 0))
        (ui::dl(&[
            (web::t!(cx.lang, "organisation").to_owned(), html! { (office) }),
            (web::t!(cx.lang, "role").to_owned(), html! {
                (role_word(cx.lang, door.invitation.role)) " – " (role_hint(cx.lang, door.invitation.role))
            }),
            (t!(cx, "join-until"), ui::moment(cx, door.invitation.expires)),
        ]))
        @if let Some(me) = &cx.me && at == At::Invitation { (as_me(cx, &me.name, code)) }
        (ui::error_summary(cx, errors))
        (ui::form(cx, at.path(), new_account(cx, code, typed, errors)))
        @if cx.me.is_none() && at == At::Invitation {
            p { (t!(cx, "join-have-account")) " "
                a href=(cx.url(&format!("/sign-in?next=%2Finvitation%3Fcode%3D{}", plain(code)))) { (web::t!(cx.lang, "sign-in")) } }
        }
    })
}

/// A code fit for an address: only its letters and digits.
fn plain(code: &str) -> String {
    model::codes::read(code, model::codes::INVITATION).unwrap_or_default()
}

fn as_me(cx: &Ctx, name: &str, code: &str) -> Markup {
    ui::card_waits(
        t!(cx, "join-as-me-title"),
        ui::form(
            cx,
            "/invitation/join",
            html! {
                p { (t!(cx, "join-as-me", name = name)) }
                input type="hidden" name="code" value=(code);
                (ui::field(cx, &Field::new("profession", web::t!(cx.lang, "profession")).kind(Kind::Select(profession_choices(cx))).required()))
                div.actions { (ui::button(t!(cx, "join-as-me-go", name = name))) }
            },
        ),
    )
}

fn new_account(cx: &Ctx, code: &str, typed: &Values, errors: &Errors) -> Markup {
    html! {
        input type="hidden" name="code" value=(code);
        (ui::field(cx, &Field::new("name", web::t!(cx.lang, "name")).value(typed.text("name")).required().errors(errors)
            .hint(t!(cx, "account-name-hint")).autocomplete("name").maxlength(100)))
        (ui::field(cx, &Field::new("profession", web::t!(cx.lang, "profession")).value(typed.text("profession"))
            .kind(Kind::Select(profession_choices(cx))).required().errors(errors)))
        (ui::field(cx, &Field::new("sign_in", t!(cx, "join-sign-in-name")).value(typed.text("sign_in")).required().errors(errors)
            .hint(t!(cx, "join-sign-in-name-hint")).autocomplete("username").maxlength(60)))
        (ui::field(cx, &Field::new("email", web::t!(cx.lang, "email")).kind(Kind::Email).value(typed.text("email")).errors(errors)
            .hint(t!(cx, "account-email-hint")).autocomplete("email").maxlength(200)))
        (password_fields(cx, errors, false))
        div.actions { (ui::button(t!(cx, "join-go"))) }
        p.sub { (t!(cx, "join-next")) }
    }
}

pub(crate) async fn accept(cx: Ctx, agent: Agent, Form(form): Form<Values>) -> web::Result {
    enter(&cx, At::Invitation, &agent, &form).await
}

pub(crate) async fn accept_setup(cx: Ctx, agent: Agent, Form(form): Form<Values>) -> web::Result {
    enter(&cx, At::Setup, &agent, &form).await
}

async fn enter(cx: &Ctx, at: At, agent: &Agent, form: &Values) -> web::Result {
    let code = form.text("code");
    let door = match door(cx, at, code).await? {
        Ok(door) => door,
        Err(refusal) => {
            let mut errors = Errors::new();
            errors.add("code", code_words(cx, refusal));
            return Ok(code_page(cx, at, code, &errors));
        }
    };
    let mut errors = Errors::new();
    let Some(new) = check(cx, form, &mut errors) else {
        return Ok(form_page(cx, at, &door, code, form, &errors));
    };
    match join::join(
        cx,
        agent,
        &door,
        new,
        form.get("password").unwrap_or_default(),
    )
    .await?
    {
        Ok(()) => Ok(cx.redirect("/account/second-factor")),
        Err(Error::Refused(Refusal::Taken)) => {
            errors.add("sign_in", t!(cx, "join-taken"));
            Ok(form_page(cx, at, &door, code, form, &errors))
        }
        Err(Error::Refused(refusal)) => {
            errors.add("code", code_words(cx, refusal));
            Ok(code_page(cx, at, code, &errors))
        }
        Err(other) => Err(other.into()),
    }
}

fn check(cx: &Ctx, form: &Values, errors: &mut Errors) -> Option<Newcomer> {
    let name = names::person_name(form.text("name"));
    if name.is_none() {
        errors.add("name", t!(cx, "name-missing"));
    }
    let profession = model::profession(form.text("profession"));
    if profession.is_none() {
        errors.add("profession", t!(cx, "profession-missing"));
    }
    let sign_in = names::fold_sign_in(form.text("sign_in"));
    if !names::is_sign_in_name(&sign_in) {
        errors.add("sign_in", t!(cx, "join-sign-in-name-wrong"));
    }
    let email = names::fold_sign_in(form.text("email"));
    if !email.is_empty() && !names::is_email(&email) {
        errors.add("email", t!(cx, "email-wrong"));
    }
    let passwords = (
        form.get("password").unwrap_or_default(),
        form.get("again").unwrap_or_default(),
    );
    check_password(
        cx,
        errors,
        passwords,
        false,
        &[&sign_in, form.text("name"), &email],
    );
    if !errors.is_empty() {
        return None;
    }
    Some(Newcomer {
        sign_in,
        email: (!email.is_empty()).then_some(email),
        name: name?.to_owned(),
        profession: profession?,
        lang: cx.lang,
    })
}

pub(crate) async fn accept_as_me(cx: Ctx, Form(form): Form<Values>) -> web::Result {
    let code = form.text("code");
    let door = match door(&cx, At::Invitation, code).await? {
        Ok(door) => door,
        Err(refusal) => {
            let mut errors = Errors::new();
            errors.add("code", code_words(&cx, refusal));
            return Ok(code_page(&cx, At::Invitation, code, &errors));
        }
    };
    let Some(profession) = model::profession(form.text("profession")) else {
        let mut errors = Errors::new();
        errors.add("profession", t!(cx, "profession-missing"));
        return Ok(form_page(&cx, At::Invitation, &door, code, &form, &errors));
    };
    match join::join_as_me(&cx, &door, profession).await? {
        Ok(()) => {
            cx.flash(
                web::FlashKind::Good,
                &t!(cx, "joined", office = door.organisation.label(cx.lang)),
            );
            Ok(cx.redirect("/account/acting-for"))
        }
        Err(error) => super::refused_to(&cx, "/account", error),
    }
}
