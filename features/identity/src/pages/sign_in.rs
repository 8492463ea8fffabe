//! `/sign-in`: name and password, the second step, and in a demo one click.

use axum::extract::{Path, Query};
use maud::{Markup, html};
use serde::Deserialize;
use store::Viewer;
use web::ui::{self, Field, Kind, Tone};
use web::{Ctx, Errors, Form, Role};

use super::{refusal_words, role_word};
use crate::{
    actions::{
        Agent, Refusal,
        sign_in::{self, Second, Signed, Step},
    },
    i18n::t,
    model::{codes, names::safe_next},
    store::cast::{self, CastMember},
};

/// What waits for the person stands there.
pub(super) const HOME: &str = "/home";

/// Where to go on after signing in.
#[derive(Debug, Deserialize)]
pub(crate) struct Next {
    #[serde(default)]
    next: Option<String>,
}

impl Next {
    pub(crate) fn path(&self) -> &str {
        self.carried().unwrap_or(HOME)
    }

    /// Only what is worth carrying along.
    pub(crate) fn carried(&self) -> Option<&str> {
        safe_next(self.next.as_deref()).filter(|n| *n != "/")
    }
}

pub(crate) async fn show(cx: Ctx, Query(next): Query<Next>) -> web::Result {
    if cx.me.is_some() {
        return Ok(cx.redirect(next.path()));
    }
    page(&cx, "", next.carried(), &Errors::new()).await
}

async fn page(cx: &Ctx, name: &str, next: Option<&str>, errors: &Errors) -> web::Result {
    let cast = if sign_in::is_demo(cx).await? {
        cx.db()
            .read(&Viewer::system("demo cast", cx.now), cast::all)
            .await?
    } else {
        Vec::new()
    };
    let form = password_form(cx, name, next, errors);
    let page = cx.page(t!(cx, "sign-in-title")).form(errors).no_qr();
    if cast.is_empty() {
        return Ok(page.sub(t!(cx, "sign-in-sub")).body(form));
    }
    let open = !errors.is_empty();
    Ok(page.wide().sub(t!(cx, "cast-sub")).body(html! {
        (ui::notice(Tone::Info, t!(cx, "cast-notice-title"), html! { p { (t!(cx, "cast-notice")) } }))
        (cast_groups(cx, &cast, next))
        details open[open] { summary { (t!(cx, "sign-in-by-password")) } (form) }
    }))
}

fn password_form(cx: &Ctx, name: &str, next: Option<&str>, errors: &Errors) -> Markup {
    html! {
        (ui::error_summary(cx, errors))
        (ui::form(cx, "/sign-in", html! {
            (ui::field(cx, &Field::new("name", t!(cx, "sign-in-name")).value(name).required().errors(errors)
                .hint(t!(cx, "sign-in-name-hint")).autocomplete("username").maxlength(200)))
            (ui::field(cx, &Field::new("password", t!(cx, "password")).kind(Kind::Password).required().errors(errors)
                .autocomplete("current-password")))
            @if let Some(next) = next { input type="hidden" name="next" value=(next); }
            div.actions { (ui::button(t!(cx, "sign-in-go"))) }
        }))
        (ui::details(t!(cx, "sign-in-help"), html! {
            ul { li { (t!(cx, "sign-in-help-password")) } li { (t!(cx, "sign-in-help-phone")) } li { (t!(cx, "sign-in-help-new")) } }
        }))
    }
}

/// One heading and its people.
type Group<'a> = (&'a str, Vec<&'a CastMember>);

fn cast_groups(cx: &Ctx, cast: &[CastMember], next: Option<&str>) -> Markup {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for member in cast {
        match groups.iter_mut().find(|(known, _)| *known == member.group) {
            Some((_, list)) => list.push(member),
            None => groups.push((&member.group, vec![member])),
        }
    }
    html! {
        @for (group, members) in &groups {
            section.cast {
                h2 { (group_word(cx, group)) }
                div.grid.g3 { @for m in members { (cast_card(cx, m, next)) } }
            }
        }
    }
}

fn group_word(cx: &Ctx, code: &str) -> String {
    match code {
        "prefecture" => t!(cx, "cast-prefecture"),
        "municipality" => t!(cx, "cast-municipality"),
        "desk" => t!(cx, "cast-desk"),
        "provider" => t!(cx, "cast-provider"),
        "hospital" => t!(cx, "cast-hospital"),
        "operator" => t!(cx, "cast-operator"),
        other => other.to_owned(),
    }
}

fn cast_card(cx: &Ctx, m: &CastMember, next: Option<&str>) -> Markup {
    let role = Role::from_code(&m.role)
        .map(|r| role_word(cx.lang, r))
        .unwrap_or_default();
    html! {
        section.card {
            p { (ui::badge(Tone::Plain, web::t!(cx.lang, "fictional"))) " " (ui::badge(Tone::Key, role)) }
            h3 { (m.label(cx.lang)) }
            p.sub { (cx.lang.pick(&m.office.0, &m.office.1)) br; (cx.lang.pick(&m.title.0, &m.title.1)) }
            p { (cx.lang.pick(&m.story.0, &m.story.1)) }
            form method="post" action=(cx.url(&format!("/sign-in/as/{}", m.key))) data-cast=(m.key) {
                input type="hidden" name="_csrf" value=(cx.csrf());
                @if let Some(next) = next { input type="hidden" name="next" value=(next); }
                div.actions { (ui::button(t!(cx, "cast-go", name = m.label(cx.lang)))) }
            }
        }
    }
}

/// What the first form sends.
#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: Option<String>,
}

pub(crate) async fn password(cx: Ctx, agent: Agent, Form(typed): Form<Typed>) -> web::Result {
    let next = Next { next: typed.next };
    let mut errors = Errors::new();
    if typed.name.trim().is_empty() {
        errors.add("name", t!(cx, "sign-in-name-missing"));
    }
    if typed.password.is_empty() {
        errors.add("password", t!(cx, "password-missing"));
    }
    if !errors.is_empty() {
        return page(&cx, &typed.name, next.carried(), &errors).await;
    }
    match sign_in::password(&cx, &agent, &typed.name, &typed.password, next.path()).await? {
        Ok(Signed::In) => {
            cx.flash(web::FlashKind::Warn, &t!(cx, "second-factor-needed"));
            Ok(cx.redirect("/account/second-factor"))
        }
        Ok(Signed::Second(step)) => Ok(second_page(&cx, &step, &Errors::new())),
        Ok(Signed::NoFactor) => {
            errors.add("name", t!(cx, "sign-in-no-factor"));
            page(&cx, &typed.name, next.carried(), &errors).await
        }
        Err(refusal) => {
            errors.add("name", sign_in_refusal(&cx, refusal));
            page(&cx, &typed.name, next.carried(), &errors).await
        }
    }
}

fn sign_in_refusal(cx: &Ctx, refusal: Refusal) -> String {
    match refusal {
        Refusal::Wrong => t!(cx, "sign-in-wrong"),
        other => refusal_words(cx, other),
    }
}

fn second_page(cx: &Ctx, step: &Step, errors: &Errors) -> axum::response::Response {
    let label = match (step.totp, step.asks) {
        (true, _) => t!(cx, "second-totp"),
        (false, Some(number)) => t!(cx, "second-sheet", number = number),
        (false, None) => t!(cx, "second-recovery"),
    };
    let hint = match (step.totp, step.asks) {
        (true, _) => t!(cx, "second-totp-hint"),
        (false, Some(_)) => t!(cx, "second-sheet-hint", count = codes::SHEET_DIGITS),
        (false, None) => t!(cx, "second-recovery-hint"),
    };
    cx.page(t!(cx, "second-title")).form(errors).no_qr().body(html! {
        (ui::steps(&[t!(cx, "step-password"), t!(cx, "step-second")], 1))
        (ui::error_summary(cx, errors))
        (ui::form(cx, "/sign-in/second", html! {
            input type="hidden" name="step" value=(step.token);
            (ui::field(cx, &Field { autofocus: true, ..Field::new("code", label).hint(hint).required().errors(errors)
                .autocomplete("one-time-code").maxlength(40) }))
            div.actions {
                (ui::button(t!(cx, "second-go")))
                a.btn.second href=(cx.url("/sign-in")) { (web::t!(cx.lang, "cancel")) }
            }
        }))
        (ui::details(t!(cx, "second-other"), html! {
            ul {
                @if step.totp && let Some(number) = step.asks { li { (t!(cx, "second-other-sheet", number = number)) } }
                @if step.recovery { li { (t!(cx, "second-other-recovery")) } }
                li { (t!(cx, "second-other-manager")) }
            }
        }))
    })
}

/// What the second form sends.
#[derive(Deserialize)]
pub(crate) struct Code {
    #[serde(default)]
    step: String,
    #[serde(default)]
    code: String,
}

pub(crate) async fn second(cx: Ctx, agent: Agent, Form(typed): Form<Code>) -> web::Result {
    match sign_in::second(&cx, &agent, &typed.step, &typed.code).await? {
        Ok(Second::In(next)) => Ok(cx.redirect(safe_next(Some(&next)).unwrap_or(HOME))),
        Ok(Second::Again(step)) => {
            let mut errors = Errors::new();
            errors.add("code", t!(cx, "second-wrong"));
            Ok(second_page(&cx, &step, &errors))
        }
        Err(refusal) => {
            let mut errors = Errors::new();
            let text = if refusal == Refusal::Stale {
                t!(cx, "second-stale")
            } else {
                refusal_words(&cx, refusal)
            };
            errors.add("name", text);
            page(&cx, "", None, &errors).await
        }
    }
}

pub(crate) async fn as_cast(
    cx: Ctx,
    agent: Agent,
    Path(key): Path<String>,
    Form(next): Form<Next>,
) -> web::Result {
    sign_in::as_cast(&cx, &agent, &key).await?;
    Ok(cx.redirect(next.path()))
}

pub(crate) async fn sign_out(cx: Ctx, Form(_): Form<web::Values>) -> web::Result {
    sign_in::sign_out(&cx).await?;
    Ok(cx.redirect("/"))
}
