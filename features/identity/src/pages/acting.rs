//! `/account/acting-for`: for which municipality I act, and at which of my offices I work just now.

use maud::html;
use web::ui::{self, Tone};
use web::{Ctx, Form, Role, Values};

use super::{account_crumbs, sign_in::HOME};
use crate::{actions::account, i18n::t, model::names::safe_next};

pub(crate) async fn show(cx: Ctx) -> web::Result {
    let mine = account::mine(&cx).await?;
    let me = cx.require_me()?;
    let title = t!(cx, "acting-title");
    let here = mine
        .places
        .iter()
        .find(|p| p.organisation.id == me.organisation);
    let acting = me.acting_for.as_ref().map(|a| a.id);
    let button = |id: Option<kernel::OrganisationId>, label: String| {
        html! {
            form method="post" action=(cx.url("/account/acting-for")) {
                input type="hidden" name="_csrf" value=(cx.csrf());
                @if let Some(id) = id { input type="hidden" name="organisation" value=(id); }
                button.btn.second type="submit" { (label) }
            }
        }
    };
    let own = t!(cx, "acting-own", name = me.organisation_name.as_str());
    let towns = here
        .map(|p| p.acts_for.as_slice())
        .filter(|_| me.role != Role::Administrator)
        .unwrap_or_default();
    Ok(cx.page(title.clone()).crumbs(&account_crumbs(&cx, title)).sub(t!(cx, "acting-sub")).no_qr().body(html! {
        (ui::card(t!(cx, "acting-whom"), html! {
            p { strong { (me.acting_for.as_ref().map_or(own.as_str(), |a| a.name.as_str())) } " " (ui::badge(Tone::Key, t!(cx, "acting-now"))) }
            @if acting.is_some() || !towns.is_empty() {
                div.actions {
                    @if acting.is_some() { (button(None, own.clone())) }
                    @for town in towns.iter().filter(|t| Some(t.id) != acting) {
                        (button(Some(town.id), t!(cx, "acting-switch", name = town.label(cx.lang))))
                    }
                }
            }
            @if towns.is_empty() { p.sub { (t!(cx, "acting-none")) } }
            @else { p.sub { (t!(cx, "acting-marked")) } }
        }))
        @if mine.places.len() > 1 {
            (ui::card(t!(cx, "work-at-title"), html! {
                @for place in &mine.places {
                    form method="post" action=(cx.url("/account/work-at")) {
                        input type="hidden" name="_csrf" value=(cx.csrf());
                        input type="hidden" name="membership" value=(place.membership.id);
                        @if place.organisation.id == me.organisation {
                            p { strong { (place.organisation.label(cx.lang)) } " " (ui::badge(Tone::Key, t!(cx, "acting-now"))) }
                        } @else {
                            button.btn.second type="submit" { (place.organisation.label(cx.lang)) }
                        }
                    }
                }
            }))
        }
    }))
}

pub(crate) async fn save(cx: Ctx, Form(form): Form<Values>) -> web::Result {
    let town = match form.text("organisation") {
        "" => None,
        id => Some(id.parse().map_err(|_| web::Error::NotFound)?),
    };
    account::act_for(&cx, town).await??;
    Ok(cx.redirect(safe_next(Some(form.text("next"))).unwrap_or(HOME)))
}

pub(crate) async fn work_at(cx: Ctx, Form(form): Form<Values>) -> web::Result {
    let membership = form
        .text("membership")
        .parse()
        .map_err(|_| web::Error::NotFound)?;
    account::work_at(&cx, membership).await??;
    Ok(cx.redirect(HOME))
}
