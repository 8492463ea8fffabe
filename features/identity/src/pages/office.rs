//! `/office`: the people of my office, who is invited, and what has to be done.

use axum::extract::Path;
use kernel::Time;
use maud::{Markup, html};
use web::ui::{self, Choice, Field, Kind, Tone};
use web::{Ctx, Errors, Form, Role, Values};

use super::{
    profession_word, quarter_words, recent, refusal_words, refused_to, role_choices, role_word,
    secret_qr, state_badge, when_recent,
};
use crate::{
    actions::{
        Error,
        invite::{self, Made, Wish, invitation_path},
    },
    i18n::t,
    model::{
        InvitationId, codes, invitation::State, invitation::may_invite, names, review::Quarter,
    },
    store::{
        invitations::{self, Invitation},
        memberships::{self, Member},
    },
};

struct Office {
    members: Vec<Member>,
    invitations: Vec<Invitation>,
    reviewed: bool,
    quarter: String,
}

async fn read(cx: &Ctx) -> web::Result<Office> {
    let organisation = cx.require_me()?.organisation;
    let quarter = Quarter::of(cx.now.date_jst()).to_string();
    let office = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            Ok::<_, store::Error>(Office {
                members: memberships::of_office(conn, organisation)?,
                invitations: invitations::of_office(conn, organisation)?,
                reviewed: memberships::reviewed(conn, organisation, &quarter)?.is_some(),
                quarter,
            })
        })
        .await?;
    Ok(office)
}

pub(crate) async fn show(cx: Ctx) -> web::Result {
    let office = read(&cx).await?;
    Ok(page(&cx, &office, &Values::default(), &Errors::new()))
}

fn page(cx: &Ctx, office: &Office, typed: &Values, errors: &Errors) -> axum::response::Response {
    let name = cx
        .me
        .as_ref()
        .map(|me| me.organisation_name.clone())
        .unwrap_or_default();
    cx.page(t!(cx, "office-title")).nav("office").sub(name).wide().form(errors).no_qr().body(html! {
        (ui::error_summary(cx, errors))
        @if !office.reviewed {
            (ui::card_waits(t!(cx, "review-due-title"), html! {
                p { (t!(cx, "review-due", quarter = quarter_words(cx.lang, &office.quarter))) }
                div.actions { (ui::link_button(cx.url("/office/review"), t!(cx, "review-open"))) }
            }))
        }
        (members(cx, &office.members))
        (invite_form(cx, typed, errors))
        (invitation_list(cx, &office.invitations))
        div.actions.no-print {
            a.btn.second href=(cx.url("/office/review")) { (t!(cx, "review-title")) }
            a.btn.second href=(cx.url("/office/audit")) { (t!(cx, "audit-title")) }
        }
    })
}

fn members(cx: &Ctx, members: &[Member]) -> Markup {
    html! {
        section {
            h2 { (t!(cx, "members-title")) " " span.sub { (t!(cx, "members-count", count = members.len())) } }
            (ui::table(t!(cx, "members-title"), &[
                web::t!(cx.lang, "name").to_owned(), web::t!(cx.lang, "role").to_owned(), web::t!(cx.lang, "profession").to_owned(),
                t!(cx, "second-factor"), t!(cx, "last-sign-in"),
            ], html! {
                @for m in members {
                    tr {
                        th scope="row" { a href=(cx.url(&format!("/office/members/{}", m.place.id))) { (m.name) }
                            @if m.fictional { " " (ui::badge(Tone::Plain, web::t!(cx.lang, "fictional"))) } }
                        td { (role_word(cx.lang, m.place.role)) }
                        td { (profession_word(cx.lang, &m.place.profession)) }
                        td { (factor_badge(cx, m)) }
                        td { (last_seen(cx, m.last_sign_in)) }
                    }
                }
            }))
        }
    }
}

/// What a member shows beside the password.
pub(crate) fn factor_badge(cx: &Ctx, m: &Member) -> Markup {
    if m.totp {
        ui::badge(Tone::Key, t!(cx, "factor-totp"))
    } else if m.sheet_left > 0 {
        ui::badge(
            if m.sheet_left <= 5 {
                Tone::Warn
            } else {
                Tone::Key
            },
            t!(cx, "factor-sheet", count = m.sheet_left),
        )
    } else if m.fictional {
        ui::badge(Tone::Plain, t!(cx, "factor-demo"))
    } else {
        ui::badge(Tone::Bad, t!(cx, "factor-none"))
    }
}

/// When somebody last signed in.
pub(crate) fn last_seen(cx: &Ctx, at: Option<Time>) -> Markup {
    match at {
        Some(at) => ui::moment(cx, at),
        None => html! { (t!(cx, "never")) },
    }
}

fn invitable(cx: &Ctx) -> Vec<Role> {
    let Some(me) = &cx.me else { return Vec::new() };
    Role::ALL
        .into_iter()
        .filter(|role| may_invite(me.role, true, me.kind, *role))
        .collect()
}

fn invite_form(cx: &Ctx, typed: &Values, errors: &Errors) -> Markup {
    let role = if typed.text("role").is_empty() {
        Role::Editor.code()
    } else {
        typed.text("role")
    };
    let way = if typed.text("way").is_empty() {
        "print"
    } else {
        typed.text("way")
    };
    let form = || {
        ui::form(
            cx,
            "/office/invitations",
            html! {
                (ui::field(cx, &Field::new("label", t!(cx, "invite-label")).value(typed.text("label")).errors(errors)
                    .hint(t!(cx, "invite-label-hint")).maxlength(100)))
                (ui::field(cx, &Field::new("role", web::t!(cx.lang, "role")).value(role).required().errors(errors)
                    .kind(Kind::Radio(role_choices(cx, &invitable(cx))))))
                (ui::field(cx, &Field::new("way", t!(cx, "invite-way")).value(way).required().errors(errors)
                    .kind(Kind::Radio(vec![Choice::new("print", t!(cx, "invite-print")), Choice::new("mail", t!(cx, "invite-mail"))]))))
                (ui::field(cx, &Field::new("email", t!(cx, "invite-email")).kind(Kind::Email).value(typed.text("email")).errors(errors)
                    .hint(t!(cx, "invite-email-hint")).maxlength(200)))
                div.actions { (ui::button(t!(cx, "invite-go"))) }
                p.sub { (t!(cx, "invite-life", count = crate::model::invitation::LIFE_DAYS)) }
            },
        )
    };
    ui::card(t!(cx, "invite-title"), when_recent(cx, "/office", form))
}

fn invitation_list(cx: &Ctx, list: &[Invitation]) -> Markup {
    html! {
        section {
            h2 { (t!(cx, "invitations-title")) }
            @if list.is_empty() { p.sub { (t!(cx, "invitations-none")) } }
            @else { (invitation_table(cx, list, &[], "/office/invitations")) }
        }
    }
}

/// Invitations with their state; `offices` adds a column when they belong to different ones. `action` is the path before the id.
pub(crate) fn invitation_table(
    cx: &Ctx,
    list: &[Invitation],
    offices: &[String],
    action: &str,
) -> Markup {
    let mut head = vec![t!(cx, "invite-label")];
    if !offices.is_empty() {
        head.push(web::t!(cx.lang, "organisation").to_owned());
    }
    head.extend([
        web::t!(cx.lang, "role").to_owned(),
        t!(cx, "invite-way"),
        t!(cx, "invitation-state"),
        t!(cx, "join-until"),
        t!(cx, "invitation-revoke-head"),
    ]);
    ui::table(
        t!(cx, "invitations-title"),
        &head,
        html! {
            @for (i, invitation) in list.iter().enumerate() {
                tr {
                    th scope="row" { @if invitation.label.is_empty() { (t!(cx, "invite-no-label")) } @else { (invitation.label) } }
                    @if let Some(office) = offices.get(i) { td { (office) } }
                    td { (role_word(cx.lang, invitation.role)) }
                    td { @if invitation.channel == "mail" { (t!(cx, "invite-mail")) } @else { (t!(cx, "invite-print")) } }
                    td { (state_badge(cx, invitation.state)) }
                    td { (ui::moment(cx, invitation.expires)) }
                    td {
                        @if matches!(invitation.state, State::Open | State::Expired) {
                            form method="post" action=(cx.url(&format!("{action}/{}/revoke", invitation.id))) {
                                input type="hidden" name="_csrf" value=(cx.csrf());
                                (ui::button_small(t!(cx, "invitation-revoke")))
                            }
                        }
                    }
                }
            }
        },
    )
}

/// Reads and checks the fields of an invitation.
pub(crate) fn wish(
    cx: &Ctx,
    form: &Values,
    organisation: Option<kernel::OrganisationId>,
    errors: &mut Errors,
) -> Option<Wish> {
    let label = form.text("label");
    if label.chars().count() > 100 {
        errors.add("label", t!(cx, "label-long"));
    }
    if let Some(problem) = web::check_my_number(cx.lang, label, false) {
        errors.add("label", problem);
    }
    let role = Role::from_code(form.text("role"));
    if role.is_none() {
        errors.add("role", t!(cx, "role-missing"));
    }
    let email = names::fold_sign_in(form.text("email"));
    let mail = match form.text("way") {
        "mail" if names::is_email(&email) => Some((email, String::new())),
        "mail" => {
            errors.add("email", t!(cx, "email-wrong"));
            None
        }
        _ => None,
    };
    if organisation.is_none() {
        errors.add("organisation", t!(cx, "organisation-missing"));
    }
    if !errors.is_empty() {
        return None;
    }
    Some(Wish {
        organisation: organisation?,
        role: role?,
        label: label.to_owned(),
        mail,
    })
}

pub(crate) async fn invite(cx: Ctx, Form(form): Form<Values>) -> web::Result {
    if let Some(first) = recent(&cx, "/office")? {
        return Ok(first);
    }
    let me = cx.require_me()?.clone();
    let mut errors = Errors::new();
    let Some(wish) = wish(&cx, &form, Some(me.organisation), &mut errors) else {
        let office = read(&cx).await?;
        return Ok(page(&cx, &office, &form, &errors));
    };
    let (role, printed) = (wish.role, wish.mail.is_none());
    match invite::invite(&cx, wish, |link, until| mail_text(&cx, link, until)).await? {
        Ok(made) if printed => Ok(code_page(
            &cx,
            &made,
            &me.organisation_name,
            role,
            "/office",
        )),
        Ok(_) => {
            cx.flash(web::FlashKind::Good, &t!(cx, "invited-by-mail"));
            Ok(cx.redirect("/office"))
        }
        Err(Error::Refused(refusal)) => {
            errors.add("role", refusal_words(&cx, refusal));
            let office = read(&cx).await?;
            Ok(page(&cx, &office, &form, &errors))
        }
        Err(other) => Err(other.into()),
    }
}

/// Subject and body of the mail: a link and an end, no name and no office.
pub(crate) fn mail_text(cx: &Ctx, link: &str, until: Time) -> (String, String) {
    let until = format!(
        "{} {}",
        kernel::format_date(until.date_jst(), cx.lang),
        kernel::format_time(until, cx.lang)
    );
    (
        t!(cx, "mail-invitation-subject"),
        t!(cx, "mail-invitation-body", link = link, until = until),
    )
}

/// The sheet of paper with the code, shown once.
pub(crate) fn code_page(
    cx: &Ctx,
    made: &Made,
    office: &str,
    role: Role,
    back: &str,
) -> axum::response::Response {
    let path = invitation_path(&made.code);
    let url = cx.app.public_url(&path);
    cx.page(t!(cx, "invitation-paper-title")).no_qr().body(html! {
        div.no-print { (ui::notice(Tone::Warn, t!(cx, "shown-once"), html! { p { (t!(cx, "invitation-paper-once")) } })) }
        section.card.paper {
            (ui::dl(&[
                (web::t!(cx.lang, "organisation").to_owned(), html! { (office) }),
                (web::t!(cx.lang, "role").to_owned(), html! { (role_word(cx.lang, role)) }),
                (t!(cx, "join-until"), ui::moment(cx, made.expires)),
            ]))
            ol {
                li { (t!(cx, "paper-step-open")) (secret_qr(&url)) p { code { (cx.app.public_url("/invitation")) } } }
                li { (t!(cx, "paper-step-code")) p.big { code { (codes::grouped(&made.code, 4)) } } }
                li { (t!(cx, "paper-step-name")) }
                li { (t!(cx, "paper-step-factor")) }
            }
            p.sub { (t!(cx, "paper-careful")) }
        }
        div.actions.no-print {
            button.btn type="button" data-print="1" { (web::t!(cx.lang, "print")) }
            a.btn.second href=(cx.url(back)) { (web::t!(cx.lang, "back")) }
        }
    })
}

pub(crate) async fn revoke(
    cx: Ctx,
    Path(id): Path<InvitationId>,
    Form(_): Form<Values>,
) -> web::Result {
    match invite::revoke(&cx, id).await? {
        Ok(()) => {
            cx.flash(web::FlashKind::Good, &t!(cx, "invitation-revoked-done"));
            Ok(cx.redirect("/office"))
        }
        Err(error) => refused_to(&cx, "/office", error),
    }
}
