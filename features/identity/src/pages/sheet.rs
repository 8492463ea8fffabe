//! The printed sheet of numbered one-time codes: issued, printed once, withdrawn.

use axum::extract::Path;
use kernel::AccountId;
use maud::{Markup, html};
use store::Viewer;
use web::ui::{self, Tone};
use web::{Ctx, Form, Values};

use super::{member, recent, refused_to, when_recent};
use crate::{
    actions::office,
    i18n::t,
    model::{MembershipId, SheetId, codes},
    store::{
        factors::{self, SheetInForce},
        memberships::Member,
    },
};

/// The sheet that a member has now.
pub(crate) async fn in_force(cx: &Ctx, account: AccountId) -> store::Result<Option<SheetInForce>> {
    let viewer = Viewer::system("member's code sheet", cx.now).from(cx.ip.to_string());
    cx.db()
        .read(&viewer, move |conn| factors::sheet(conn, account))
        .await
}

/// What the member's page says about it.
pub(crate) fn card(cx: &Ctx, m: &Member, sheet: Option<SheetInForce>) -> Markup {
    html! {
        p { (t!(cx, "sheet-what", count = codes::SHEET_COUNT)) }
        @if let Some(sheet) = sheet {
            (ui::dl(&[
                (t!(cx, "sheet-issued"), ui::moment(cx, sheet.issued)),
                (t!(cx, "sheet-left"), html! { (sheet.left) " / " (codes::SHEET_COUNT) }),
            ]))
        }
        (when_recent(cx, &member::path(m.place.id), || member::post(cx, m, "code-sheet", html! {
            @if let Some(sheet) = sheet { input type="hidden" name="replaces" value=(sheet.id); }
            div.actions {
                @if sheet.is_some() { (ui::danger_button(t!(cx, "sheet-new"), t!(cx, "sheet-new-ask"))) }
                @else { (ui::button(t!(cx, "sheet-issue"))) }
            }
        })))
        @if sheet.is_some() {
            (member::post(cx, m, "code-sheet/void", html! { div.actions { (ui::button_second("void", "1", t!(cx, "sheet-void"))) } }))
        }
    }
}

pub(crate) async fn issue(
    cx: Ctx,
    Path(id): Path<MembershipId>,
    Form(form): Form<Values>,
) -> web::Result {
    if let Some(first) = recent(&cx, &member::path(id))? {
        return Ok(first);
    }
    let who = member::load(&cx, id).await?;
    let replaces: Option<SheetId> = match form.text("replaces") {
        "" => None,
        text => Some(text.parse().map_err(|_| web::Error::NotFound)?),
    };
    match office::issue_sheet(&cx, id, replaces).await? {
        Ok(codes) => Ok(sheet_page(&cx, &who, &codes)),
        Err(error) => refused_to(&cx, &member::path(id), error),
    }
}

/// The sheet itself. It exists only in this answer: whoever loads the page again gets nothing.
fn sheet_page(cx: &Ctx, who: &Member, list: &[String]) -> axum::response::Response {
    cx.page(t!(cx, "sheet-title")).nav("office").no_qr().body(html! {
        div.no-print { (ui::notice(Tone::Warn, t!(cx, "shown-once"), html! { p { (t!(cx, "sheet-once")) } })) }
        section.card.paper {
            (ui::dl(&[
                (web::t!(cx.lang, "name").to_owned(), html! { (who.name) }),
                (t!(cx, "sheet-issued"), ui::moment(cx, cx.now)),
            ]))
            p { (t!(cx, "sheet-how")) }
            ol.codes.numbered { @for code in list { li { code { (codes::grouped(code, 4)) } } } }
            p.sub { (t!(cx, "sheet-careful")) }
        }
        div.actions.no-print {
            button.btn type="button" data-print="1" { (web::t!(cx.lang, "print")) }
            a.btn.second href=(cx.url(&member::path(who.place.id))) { (web::t!(cx.lang, "back")) }
        }
    })
}

pub(crate) async fn void(
    cx: Ctx,
    Path(id): Path<MembershipId>,
    Form(_): Form<Values>,
) -> web::Result {
    match office::void_sheet(&cx, id).await? {
        Ok(()) => {
            cx.flash(web::FlashKind::Good, &t!(cx, "sheet-voided"));
            Ok(cx.redirect(&member::path(id)))
        }
        Err(error) => refused_to(&cx, &member::path(id), error),
    }
}
