//! The list of joint texts, and the form that starts one.

use axum::extract::Path;
use forms::{Field, Kind};
use kernel::OrganisationId;
use maud::{Markup, html};
use web::{Ctx, FlashKind, Form, Values, ui};

use super::{Loaded, again, crumbs, heading, load, me, parse};
use crate::{
    i18n::t,
    joint::{
        actions::{self, Me},
        model::{JointId, turn},
    },
    pages::again::Again,
    rounds::model::ReplyId,
};

/// `GET /surveys/replies/{id}/joint`
pub(in crate::joint) async fn list(cx: Ctx, Path(id): Path<String>) -> web::Result {
    page(&cx, parse(&id)?, &Again::fresh()).await
}

async fn page(cx: &Ctx, id: ReplyId, again: &Again) -> web::Result {
    let loaded = load(cx, id).await?;
    let lead = turn(loaded.district.len(), loaded.round.fiscal_year)
        .and_then(|at| loaded.district.get(at));
    let body = html! {
        (again.summary(cx))
        p { (t!(cx, "joint-lead")) }
        @if let Some((_, name)) = lead { p { (t!(cx, "joint-turn", name = name.as_str())) } }
        @for joint in &loaded.joints {
            @let field = loaded.round.catalogue.field(&joint.field);
            (ui::card(heading(field, cx.lang), html! {
                p { (t!(cx, "joint-base-by", name = joint.lead_name.as_str())) " " (ui::moment(cx, joint.made_at)) }
                p { (ui::link_button(cx.url(&format!("/surveys/replies/{}/joint/{}", loaded.reply.id, joint.id)), t!(cx, "joint-open"))) }
            }))
        }
        @if loaded.reply.state.is_writing() { (start_form(cx, &loaded, again)) }
        @else { (again.left(cx, &[("base", t!(cx, "joint-base"))])) }
        @if !loaded.reply.state.is_writing() && loaded.joints.is_empty() { (ui::empty(t!(cx, "joint-none"), t!(cx, "joint-not-now"), html! {})) }
    };
    Ok(cx
        .page(t!(cx, "joint-title"))
        .nav("surveys")
        .crumbs(&crumbs(cx, &loaded, None))
        .sub(html! { (loaded.reply.name) " / " (loaded.round.title(cx.lang)) })
        .no_qr()
        .status(again.status)
        .body(body))
}

fn start_form(cx: &Ctx, loaded: &Loaded, again: &Again) -> Markup {
    let chosen = |organisation: &OrganisationId| {
        !again.values.has("base") || again.values.all("with").contains(&organisation.to_string())
    };
    let free: Vec<&Field> = loaded
        .round
        .catalogue
        .fields
        .iter()
        .filter(|f| matches!(f.kind, Kind::Long { .. }))
        .filter(|f| !loaded.joints.iter().any(|j| j.field == f.key))
        .collect();
    let action = format!("/surveys/replies/{}/joint", loaded.reply.id);
    ui::card(
        t!(cx, "joint-start"),
        html! {
            @if free.is_empty() { p { (t!(cx, "joint-start-none")) } } @else {
                form.form method="post" action=(cx.url(&action)) novalidate data-keep=(cx.keep_key("surveys.joint", loaded.reply.id)) {
                    input type="hidden" name="_csrf" value=(cx.csrf());
                    div.field {
                        label for="field" { (t!(cx, "joint-question")) }
                        select #field name="field" {
                            @for field in &free { option value=(field.key) selected[again.values.text("field") == field.key] { (heading(Some(field), cx.lang)) } }
                        }
                    }
                    fieldset.field {
                        legend { (t!(cx, "joint-with")) }
                        @for (at, (organisation, name)) in loaded.district.iter().enumerate().filter(|(_, d)| d.0 != loaded.reply.tenant) {
                            div.choice {
                                input type="checkbox" id={ "with" (at) } name="with" value=(organisation) checked[chosen(organisation)];
                                label for={ "with" (at) } { (name) }
                            }
                        }
                    }
                    (ui::field(cx, &again.field("base", t!(cx, "joint-base")).kind(ui::Kind::Textarea { rows: 10 }).hint(t!(cx, "joint-base-hint"))))
                    div.actions { (ui::button(t!(cx, "joint-start-button"))) }
                }
            }
        },
    )
}

/// `POST /surveys/replies/{id}/joint`
pub(in crate::joint) async fn start(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: ReplyId = parse(&id)?;
    let (me, joint): (Me, JointId) = (me(&cx)?, cx.env().id());
    let invited: Vec<OrganisationId> = values
        .all("with")
        .iter()
        .filter_map(|o| o.parse().ok())
        .collect();
    let (field, base) = (
        values.text("field").to_owned(),
        values.text("base").trim_end().to_owned(),
    );
    if let Some(words) = web::check_my_number(cx.lang, &base, false) {
        return page(&cx, id, &Again::refused(values, "base", words)).await;
    }
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::start(tx, id, &me, joint, &field, &base, &invited)
        })
        .await;
    if let Err(refusal) = made {
        return page(&cx, id, &again(&cx, refusal, values, "base")?).await;
    }
    cx.flash(FlashKind::Good, &t!(cx, "joint-started"));
    Ok(cx.redirect(&format!("/surveys/replies/{id}/joint/{joint}")))
}
