//! `/office/members/{id}`: one member of my office.

use axum::extract::Path;
use maud::{Markup, html};
use web::ui::{self, Field, Kind, Tone};
use web::{Ctx, Errors, Form, Role, Values};

use super::{
    office::{factor_badge, last_seen},
    office_crumbs, profession_choices, profession_word, recent, refused_to, role_choices,
    role_word, when_recent,
};
use crate::{
    actions::office,
    i18n::t,
    model::{self, MembershipId, codes, invitation::may_invite},
    store::memberships::{self, Member},
};

pub(crate) async fn load(cx: &Ctx, id: MembershipId) -> web::Result<Member> {
    let organisation = cx.require_me()?.organisation;
    let found = cx
        .db()
        .read(&cx.viewer(), move |conn| memberships::visible(conn, id))
        .await?;
    found
        .filter(|m| m.place.organisation == organisation)
        .ok_or(web::Error::NotFound)
}

pub(crate) fn path(id: MembershipId) -> String {
    format!("/office/members/{id}")
}

pub(crate) async fn show(cx: Ctx, Path(id): Path<MembershipId>) -> web::Result {
    let member = load(&cx, id).await?;
    page(&cx, &member, &Errors::new()).await
}

async fn page(cx: &Ctx, m: &Member, errors: &Errors) -> web::Result {
    let waits = office::waits_until(cx, m.place.account).await?;
    let sheet = super::sheet::in_force(cx, m.place.account).await?;
    let me = cx.require_me()?;
    let myself = me.account == m.place.account;
    let changeable = may_invite(me.role, true, me.kind, m.place.role);
    let here = path(m.place.id);
    Ok(cx.page(m.name.clone()).nav("office").crumbs(&office_crumbs(cx, m.name.clone())).form(errors).no_qr().body(html! {
        (ui::error_summary(cx, errors))
        @if let Some(until) = waits {
            (ui::notice(Tone::Warn, t!(cx, "member-waits-title"), html! {
                p { (t!(cx, "member-waits", time = kernel::format_time(until.plus_secs(59), cx.lang))) }
                (post(cx, m, "unlock", html! { (ui::button_small(t!(cx, "member-unlock"))) }))
            }))
        }
        (ui::grid(2, html! {
            (ui::card(t!(cx, "member-facts"), facts(cx, m)))
            @if changeable {
                (ui::card(t!(cx, "member-role-title"), when_recent(cx, &here, || role_form(cx, m, errors))))
                (ui::card(t!(cx, "sheet-title"), super::sheet::card(cx, m, sheet)))
            }
            @if changeable && !myself {
                (ui::card(t!(cx, "member-lost-title"), html! {
                    p { (t!(cx, "member-lost")) }
                    (when_recent(cx, &here, || post(cx, m, "replacement", html! {
                        div.actions { (ui::danger_button(t!(cx, "member-lost-go"), t!(cx, "member-lost-ask"))) }
                    })))
                    (post(cx, m, "sign-out", html! { div.actions { (ui::button_second("all", "1", t!(cx, "member-sign-out"))) } }))
                }))
            }
            @if changeable {
                (ui::card_danger(t!(cx, "member-end-title"), html! {
                    p { (t!(cx, "member-end")) }
                    (when_recent(cx, &here, || post(cx, m, "end", html! {
                        div.actions { (ui::danger_button(t!(cx, "member-end-go", name = m.name.as_str()), t!(cx, "member-end-ask", name = m.name.as_str()))) }
                    })))
                }))
            }
        }))
        p.sub { a href=(cx.url(&format!("/office/audit?person={}", m.place.account))) { (t!(cx, "member-audit")) } }
    }))
}

/// A form of one button for this member.
pub(crate) fn post(cx: &Ctx, m: &Member, what: &str, button: Markup) -> Markup {
    ui::form(cx, &format!("{}/{what}", path(m.place.id)), button)
}

fn facts(cx: &Ctx, m: &Member) -> Markup {
    ui::dl(&[
        (t!(cx, "join-sign-in-name"), html! { (m.sign_in) }),
        (
            web::t!(cx.lang, "email").to_owned(),
            html! { @match &m.email { Some(email) => (email), None => (t!(cx, "no-email")) } },
        ),
        (
            web::t!(cx.lang, "role").to_owned(),
            html! { (role_word(cx.lang, m.place.role)) },
        ),
        (
            web::t!(cx.lang, "profession").to_owned(),
            html! { (profession_word(cx.lang, &m.place.profession)) },
        ),
        (
            t!(cx, "account-since"),
            ui::date(cx, m.place.starts.date_jst()),
        ),
        (t!(cx, "second-factor"), factor_badge(cx, m)),
        (t!(cx, "last-sign-in"), last_seen(cx, m.last_sign_in)),
    ])
}

fn role_form(cx: &Ctx, m: &Member, errors: &Errors) -> Markup {
    let Some(me) = &cx.me else { return html! {} };
    let roles: Vec<Role> = Role::ALL
        .into_iter()
        .filter(|role| *role == m.place.role || may_invite(me.role, true, me.kind, *role))
        .collect();
    post(
        cx,
        m,
        "role",
        html! {
            (ui::field(cx, &Field::new("role", web::t!(cx.lang, "role")).value(m.place.role.code()).required().errors(errors)
                .kind(Kind::Radio(role_choices(cx, &roles)))))
            (ui::field(cx, &Field::new("profession", web::t!(cx.lang, "profession")).value(m.place.profession.as_str()).required()
                .errors(errors).kind(Kind::Select(profession_choices(cx)))))
            div.actions { (ui::button(web::t!(cx.lang, "save"))) }
            p.sub { (t!(cx, "member-role-note")) }
        },
    )
}

pub(crate) async fn set_role(
    cx: Ctx,
    Path(id): Path<MembershipId>,
    Form(form): Form<Values>,
) -> web::Result {
    if let Some(first) = recent(&cx, &path(id))? {
        return Ok(first);
    }
    let mut errors = Errors::new();
    let (role, profession) = (
        Role::from_code(form.text("role")),
        model::profession(form.text("profession")),
    );
    if role.is_none() {
        errors.add("role", t!(cx, "role-missing"));
    }
    if profession.is_none() {
        errors.add("profession", t!(cx, "profession-missing"));
    }
    let (Some(role), Some(profession)) = (role, profession) else {
        let member = load(&cx, id).await?;
        return page(&cx, &member, &errors).await;
    };
    match office::set_role(&cx, id, role, profession).await? {
        Ok(()) => done(&cx, id, &t!(cx, "member-saved")),
        Err(error) => refused_to(&cx, &path(id), error),
    }
}

fn done(cx: &Ctx, id: MembershipId, text: &str) -> web::Result {
    cx.flash(web::FlashKind::Good, text);
    Ok(cx.redirect(&path(id)))
}

pub(crate) async fn end(
    cx: Ctx,
    Path(id): Path<MembershipId>,
    Form(_): Form<Values>,
) -> web::Result {
    if let Some(first) = recent(&cx, &path(id))? {
        return Ok(first);
    }
    match office::end_membership(&cx, id).await? {
        Ok(closed) => {
            let text = if closed {
                t!(cx, "member-ended-closed")
            } else {
                t!(cx, "member-ended")
            };
            cx.flash(web::FlashKind::Good, &text);
            Ok(cx.redirect("/office"))
        }
        Err(error) => refused_to(&cx, &path(id), error),
    }
}

pub(crate) async fn unlock(
    cx: Ctx,
    Path(id): Path<MembershipId>,
    Form(_): Form<Values>,
) -> web::Result {
    match office::unlock(&cx, id).await? {
        Ok(()) => done(&cx, id, &t!(cx, "member-unlocked")),
        Err(error) => refused_to(&cx, &path(id), error),
    }
}

pub(crate) async fn end_sessions(
    cx: Ctx,
    Path(id): Path<MembershipId>,
    Form(_): Form<Values>,
) -> web::Result {
    match office::end_sessions(&cx, id).await? {
        Ok(()) => done(&cx, id, &t!(cx, "sessions-ended")),
        Err(error) => refused_to(&cx, &path(id), error),
    }
}

pub(crate) async fn replace_factor(
    cx: Ctx,
    Path(id): Path<MembershipId>,
    Form(_): Form<Values>,
) -> web::Result {
    if let Some(first) = recent(&cx, &path(id))? {
        return Ok(first);
    }
    match office::replace_factor(&cx, id).await? {
        Ok(code) => Ok(replacement_page(&cx, id, &code)),
        Err(error) => refused_to(&cx, &path(id), error),
    }
}

/// The code that opens the account once, shown once.
fn replacement_page(cx: &Ctx, id: MembershipId, code: &str) -> axum::response::Response {
    cx.page(t!(cx, "replacement-title")).nav("office").no_qr().body(html! {
        div.no-print { (ui::notice(Tone::Warn, t!(cx, "shown-once"), html! { p { (t!(cx, "replacement-once")) } })) }
        section.card.paper {
            p { (t!(cx, "replacement-how")) }
            p.big { code { (codes::grouped(code, 5)) } }
            p.sub { (t!(cx, "replacement-life")) }
        }
        div.actions.no-print {
            button.btn type="button" data-print="1" { (web::t!(cx.lang, "print")) }
            a.btn.second href=(cx.url(&path(id))) { (web::t!(cx.lang, "back")) }
        }
    })
}
