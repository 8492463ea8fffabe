//! `/admin/managers`: the administrator invites the managers of offices, and sees nothing of the offices themselves.

use axum::extract::{Path, Query};
use maud::html;
use store::Viewer;
use web::ui::{self, Choice, Field, Kind};
use web::{Ctx, Errors, Form, Role, Values};

use super::{office, recent, refusal_words, refused_to, when_recent};
use crate::{
    actions::{self, Error},
    i18n::t,
    model::InvitationId,
    store::invitations,
};

/// The register of organisations links here with the one that needs a manager.
pub(crate) async fn show(cx: Ctx, Query(asked): Query<Values>) -> web::Result {
    page(&cx, &asked, &Errors::new()).await
}

async fn page(cx: &Ctx, typed: &Values, errors: &Errors) -> web::Result {
    let viewer = Viewer::system("managers' invitations for the administrator", cx.now)
        .from(cx.ip.to_string());
    let (organisations, list) = cx
        .db()
        .read(&viewer, |conn| {
            Ok::<_, store::Error>((
                areas::store::organisations(conn)?,
                invitations::of_managers(conn)?,
            ))
        })
        .await?;
    let label = |id: kernel::OrganisationId| {
        organisations
            .iter()
            .find(|o| o.id == id)
            .map(|o| o.label(cx.lang).to_owned())
            .unwrap_or_default()
    };
    let offices: Vec<String> = list.iter().map(|i| label(i.organisation)).collect();
    let choices: Vec<Choice<'_>> = std::iter::once(Choice::new("", t!(cx, "choose")))
        .chain(
            organisations
                .iter()
                .map(|o| Choice::new(o.id.to_string(), o.label(cx.lang))),
        )
        .collect();
    let way = if typed.text("way").is_empty() {
        "print"
    } else {
        typed.text("way")
    };
    Ok(cx.page(t!(cx, "admin-title")).nav("admin/managers").sub(t!(cx, "admin-sub")).wide().form(errors).no_qr().body(html! {
        (ui::error_summary(cx, errors))
        (ui::card(t!(cx, "admin-invite-title"), when_recent(cx, "/admin/managers", || ui::form(cx, "/admin/managers", html! {
            (ui::field(cx, &Field::new("organisation", web::t!(cx.lang, "organisation")).kind(Kind::Select(choices)).required()
                .value(typed.text("organisation")).errors(errors)))
            (ui::field(cx, &Field::new("label", t!(cx, "invite-label")).value(typed.text("label")).errors(errors)
                .hint(t!(cx, "invite-label-hint")).maxlength(100)))
            input type="hidden" name="role" value=(Role::Manager.code());
            (ui::field(cx, &Field::new("way", t!(cx, "invite-way")).value(way).required().errors(errors)
                .kind(Kind::Radio(vec![Choice::new("print", t!(cx, "invite-print")), Choice::new("mail", t!(cx, "invite-mail"))]))))
            (ui::field(cx, &Field::new("email", t!(cx, "invite-email")).kind(Kind::Email).value(typed.text("email")).errors(errors)
                .hint(t!(cx, "invite-email-hint")).maxlength(200)))
            div.actions { (ui::button(t!(cx, "admin-invite-go"))) }
        }))))
        section {
            h2 { (t!(cx, "invitations-title")) }
            @if list.is_empty() { p.sub { (t!(cx, "invitations-none")) } }
            @else { (office::invitation_table(cx, &list, &offices, "/admin/managers")) }
        }
        div.actions.no-print {
            a.btn.second href=(cx.url("/admin/organisations")) { (t!(cx, "admin-organisations")) }
            a.btn.second href=(cx.url("/admin/audit")) { (t!(cx, "audit-title")) }
        }
    }))
}

pub(crate) async fn invite(cx: Ctx, Form(form): Form<Values>) -> web::Result {
    if let Some(first) = recent(&cx, "/admin/managers")? {
        return Ok(first);
    }
    let mut errors = Errors::new();
    let organisation = form.text("organisation").parse().ok();
    let Some(wish) =
        office::wish(&cx, &form, organisation, &mut errors).map(|w| actions::invite::Wish {
            role: Role::Manager,
            ..w
        })
    else {
        return page(&cx, &form, &errors).await;
    };
    let printed = wish.mail.is_none();
    let id = wish.organisation;
    match actions::invite::invite(&cx, wish, |link, until| office::mail_text(&cx, link, until))
        .await?
    {
        Ok(made) if printed => {
            let found = cx
                .db()
                .read(&cx.viewer(), move |conn| {
                    areas::store::organisation(conn, id)
                })
                .await?;
            let name = found
                .map(|o| o.label(cx.lang).to_owned())
                .unwrap_or_default();
            Ok(office::code_page(
                &cx,
                &made,
                &name,
                Role::Manager,
                "/admin/managers",
            ))
        }
        Ok(_) => {
            cx.flash(web::FlashKind::Good, &t!(cx, "invited-by-mail"));
            Ok(cx.redirect("/admin/managers"))
        }
        Err(Error::Refused(refusal)) => {
            errors.add("organisation", refusal_words(&cx, refusal));
            page(&cx, &form, &errors).await
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn revoke(
    cx: Ctx,
    Path(id): Path<InvitationId>,
    Form(_): Form<Values>,
) -> web::Result {
    match actions::invite::revoke(&cx, id).await? {
        Ok(()) => {
            cx.flash(web::FlashKind::Good, &t!(cx, "invitation-revoked-done"));
            Ok(cx.redirect("/admin/managers"))
        }
        Err(error) => refused_to(&cx, "/admin/managers", error),
    }
}
