//! Views under names of one's own: nothing but an address of the board.

use axum::extract::Path;
use maud::{Markup, html};
use serde::Deserialize;
use web::{Ctx, FlashKind, Form, ui};

use super::{asked::Asked, board};
use crate::{actions, i18n::t, model::SavedView};

/// The named views, and the form that names the present one.
pub(super) fn part(cx: &Ctx, asked: &Asked, saved: &[SavedView]) -> Markup {
    let here = asked.with(|_| {});
    html! {
        @if board::may_save(cx) {
            div.saved-views.no-print {
                @if !saved.is_empty() {
                    div.chips role="group" aria-label=(t!(cx, "saved-views")) {
                        @for view in saved {
                            a class=(if view.address == here { "chip on" } else { "chip" }) href=(cx.url(&format!("/programme?{}", view.address)))
                                aria-current=[(view.address == here).then_some("true")] { (view.name) }
                        }
                    }
                }
                (ui::details(t!(cx, "view-name-open"), html! {
                    (ui::form(cx, "/programme/views", html! {
                        input type="hidden" name="address" value=(here);
                        (ui::field(cx, &ui::Field::new("name", t!(cx, "view-name")).hint(t!(cx, "view-name-hint")).maxlength(60)))
                        div.actions { (ui::button(t!(cx, "view-save"))) }
                    }))
                    @for view in saved {
                        (ui::form(cx, &format!("/programme/views/{}/remove", view.id), html! {
                            button.btn.second.small type="submit" { (t!(cx, "view-remove", name = view.name.as_str())) }
                        }))
                    }
                }))
            }
        }
    }
}

/// A view to be named.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Named {
    name: String,
    address: String,
}

/// `POST /programme/views`
pub(crate) async fn save(cx: Ctx, Form(form): Form<Named>) -> web::Result {
    // Only what the board itself understands is kept.
    let mut values = web::Values::default();
    for (name, value) in form_urlencoded::parse(form.address.as_bytes()) {
        values.push(name.into_owned(), value.into_owned());
    }
    let mut address = Asked::of(&values).with(|_| {});
    let name = kernel::text::trim(&form.name);
    if address.is_empty() {
        "view=board".clone_into(&mut address);
    }
    if name.is_empty() || name.chars().count() > 60 {
        return Err(web::Error::Invalid(t!(cx, "view-name-problem")));
    }
    actions::put_view(
        cx.db(),
        &cx.viewer(),
        cx.env().id(),
        name.to_owned(),
        address.clone(),
    )
    .await?;
    cx.flash(FlashKind::Good, &t!(cx, "view-saved", name = name));
    Ok(cx.redirect(&format!("/programme?{address}")))
}

/// `POST /programme/views/{id}/remove`
pub(crate) async fn remove(cx: Ctx, Path(id): Path<String>, Form(_): Form<Named>) -> web::Result {
    let id = id.parse().map_err(|_| web::Error::NotFound)?;
    if !actions::drop_view(cx.db(), &cx.viewer(), id).await? {
        return Err(web::Error::NotFound);
    }
    cx.flash(FlashKind::Good, &t!(cx, "view-removed"));
    Ok(cx.redirect("/programme"))
}
