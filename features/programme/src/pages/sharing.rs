//! The forms that decide who sees an entry.

use axum::extract::Path;
use kernel::OrganisationId;
use serde::Deserialize;
use web::{Ctx, FlashKind, Form, Role, Values};

use super::{address, parse};
use crate::{
    actions::{self, Approval, Edited, RangeSaved},
    i18n::t,
    model::{EntryId, Kind, Named, Range},
    store as sql,
};

/// Whether this person may approve without a decision made elsewhere: approvers and managers of the municipality itself.
pub(super) fn decides(cx: &Ctx, named: &Named) -> bool {
    cx.me.as_ref().is_some_and(|me| {
        matches!(me.role, Role::Approver | Role::Manager)
            && named.organisation == Some(me.organisation)
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    version: i64,
    range: String,
    municipality: String,
    decision: String,
    wording: String,
    status: String,
    reason: String,
    back: String,
}

fn back(cx: &Ctx, id: EntryId, text: &str) -> web::Result {
    cx.flash(FlashKind::Good, text);
    Ok(cx.redirect(&address(id)))
}

fn changed(cx: &Ctx, id: EntryId) -> web::Result {
    cx.flash(FlashKind::Warn, &t!(cx, "changed-meanwhile"));
    Ok(cx.redirect(&address(id)))
}

/// `POST /programme/entries/{id}/range`
pub(crate) async fn range(cx: Ctx, Path(id): Path<String>, Form(form): Form<Typed>) -> web::Result {
    let id = parse(&id)?;
    let range = Range::from_code(&form.range)
        .ok_or_else(|| web::Error::Invalid(t!(cx, "range-problem")))?;
    let at = (id, cx.env().id());
    match actions::set_range(cx.db(), &cx.viewer(), at, form.version, range).await? {
        RangeSaved::Done => {
            let text = if range == Range::Public {
                t!(cx, "range-saved-public")
            } else {
                t!(cx, "range-saved")
            };
            back(&cx, id, &text)
        }
        RangeSaved::NamesNobody => Err(web::Error::Invalid(t!(cx, "range-names-nobody"))),
        RangeSaved::NeedsRewrite => Err(web::Error::Invalid(t!(cx, "rewrite-text"))),
        RangeSaved::Conflict(_) => changed(&cx, id),
    }
}

/// `POST /programme/entries/{id}/approve`
pub(crate) async fn approve(
    cx: Ctx,
    Path(id): Path<String>,
    Form(form): Form<Typed>,
) -> web::Result {
    let id = parse(&id)?;
    let me = cx.require_me()?.clone();
    let named = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| sql::named(conn, id))
        .await?;
    let part = named
        .iter()
        .find(|n| n.municipality == form.municipality)
        .ok_or(web::Error::NotFound)?;
    let decision = kernel::text::trim(&form.decision);
    if !decides(&cx, part) && decision.is_empty() {
        return Err(web::Error::Invalid(t!(cx, "approve-decision-needed")));
    }
    let mut by = format!("{} {}", me.organisation_name, me.name);
    if let Some(town) = &me.acting_for {
        by = t!(
            cx,
            "approved-on-behalf",
            town = town.name.as_str(),
            by = by.as_str()
        );
    }
    if !decision.is_empty() {
        by = format!("{by} ({decision})");
    }
    let approval = Approval {
        municipality: form.municipality,
        by: by.chars().take(300).collect(),
        seen: form.version,
    };
    let at = (id, cx.env().id());
    if actions::approve(cx.db(), &cx.viewer(), at, approval).await? {
        back(&cx, id, &t!(cx, "approved"))
    } else {
        changed(&cx, id)
    }
}

/// `POST /programme/entries/{id}/disapprove`
pub(crate) async fn disapprove(
    cx: Ctx,
    Path(id): Path<String>,
    Form(form): Form<Typed>,
) -> web::Result {
    let id = parse(&id)?;
    let at = (id, cx.env().id());
    actions::disapprove(cx.db(), &cx.viewer(), at, form.municipality).await?;
    back(&cx, id, &t!(cx, "disapproved"))
}

/// `POST /programme/entries/{id}/part`
pub(crate) async fn part(cx: Ctx, Path(id): Path<String>, Form(form): Form<Typed>) -> web::Result {
    let id = parse(&id)?;
    let wording = kernel::text::trim(&form.wording).to_owned();
    if wording.chars().count() > 5000 {
        return Err(web::Error::Invalid(t!(cx, "too-long", most = 5000)));
    }
    if let Some(problem) = web::check_my_number(cx.lang, &wording, false) {
        return Err(web::Error::Invalid(problem));
    }
    let known = Kind::ALL.iter().any(|k| k.has_status(&form.status));
    let status = Some(form.status).filter(|s| !s.is_empty() && known);
    let at = (id, cx.env().id());
    let part = (form.municipality, form.version);
    if actions::save_part(cx.db(), &cx.viewer(), at, part, (wording, status)).await? {
        back(&cx, id, &t!(cx, "part-saved"))
    } else {
        changed(&cx, id)
    }
}

/// `POST /programme/entries/{id}/step-back`
pub(crate) async fn step_back(
    cx: Ctx,
    Path(id): Path<String>,
    Form(form): Form<Typed>,
) -> web::Result {
    let id = parse(&id)?;
    let day = form.back.is_empty().then(|| cx.now.date_jst());
    let at = (id, cx.env().id());
    actions::step_back(cx.db(), &cx.viewer(), at, form.municipality, day).await?;
    back(&cx, id, &t!(cx, "part-saved"))
}

/// `POST /programme/entries/{id}/participants`
pub(crate) async fn participants(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    let known = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), areas::store::organisations)
        .await?;
    let chosen: Vec<OrganisationId> = values
        .all("organisation")
        .iter()
        .filter_map(|v| v.parse().ok())
        .filter(|id| known.iter().any(|o| o.id == *id))
        .collect();
    let at = (id, cx.env().id());
    actions::set_participants(cx.db(), &cx.viewer(), at, chosen).await?;
    back(&cx, id, &t!(cx, "participants-saved"))
}

/// `POST /programme/entries/{id}/rewritten`
pub(crate) async fn rewritten(
    cx: Ctx,
    Path(id): Path<String>,
    Form(form): Form<Typed>,
) -> web::Result {
    let id = parse(&id)?;
    let at = (id, cx.env().id());
    if actions::confirm_rewrite(cx.db(), &cx.viewer(), at, form.version).await? {
        back(&cx, id, &t!(cx, "rewrite-confirmed"))
    } else {
        changed(&cx, id)
    }
}

/// `POST /programme/entries/{id}/withdraw`
pub(crate) async fn withdraw(
    cx: Ctx,
    Path(id): Path<String>,
    Form(form): Form<Typed>,
) -> web::Result {
    let id = parse(&id)?;
    let reason = kernel::text::trim(&form.reason).to_owned();
    if reason.is_empty() || reason.chars().count() > 1000 {
        return Err(web::Error::Invalid(t!(cx, "withdraw-hint")));
    }
    let at = (id, cx.env().id());
    match actions::withdraw(cx.db(), &cx.viewer(), at, form.version, reason).await? {
        Edited::Conflict(_) => changed(&cx, id),
        Edited::Done | Edited::ApprovalsGone => back(&cx, id, &t!(cx, "withdrawn")),
    }
}

/// `POST /programme/entries/{id}/restore`
pub(crate) async fn restore(
    cx: Ctx,
    Path(id): Path<String>,
    Form(form): Form<Typed>,
) -> web::Result {
    let id = parse(&id)?;
    let at = (id, cx.env().id());
    match actions::restore(cx.db(), &cx.viewer(), at, form.version).await? {
        Edited::Conflict(_) => changed(&cx, id),
        Edited::Done | Edited::ApprovalsGone => back(&cx, id, &t!(cx, "restored")),
    }
}
