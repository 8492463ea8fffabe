//! `/directory/upkeep/proposals/{id}`: what is proposed beside what stands there, field by field; taken or returned.

use axum::{extract::Path, http::StatusCode, response::Response};
use maud::{Markup, html};
use web::{Ctx, Errors, FlashKind, Form, Role, SignedIn, Values, ui};

use super::{
    crumbs,
    form::{Names, label, lines, shown},
};
use crate::{
    i18n::t,
    model::{Provider, UpdateId},
    upkeep::{
        actions::{self, Decision, Done},
        fields::{Field, Fields, PARTNERS},
        store::{self as sql, Settings, Update},
    },
};

struct Seen {
    update: Update,
    provider: Provider,
    present: Fields,
    catalogue: Vec<Field>,
    names: Names,
    settings: Settings,
    desk: Option<String>,
}

async fn read(cx: &Ctx, id: &str) -> web::Result<Seen> {
    let id: UpdateId = id.parse().map_err(|_| web::Error::NotFound)?;
    let lang = cx.lang;
    cx.db()
        .read(&cx.viewer(), move |conn| {
            let update = sql::one_update(conn, id)?.ok_or(web::Error::NotFound)?;
            let (provider, present, mut catalogue) =
                actions::current(conn, update.provider, false)?;
            catalogue.push(crate::upkeep::fields::partners());
            let towns = super::towns(conn)?;
            let desk = match update.by_org {
                Some(org) if update.channel != "own" => {
                    areas::store::organisation(conn, org)?.map(|o| o.name)
                }
                _ => None,
            };
            Ok::<_, web::Error>(Seen {
                names: Names {
                    kinds: crate::store::kinds(conn)?,
                    towns: towns
                        .iter()
                        .map(|m| (m.code.clone(), m.name(lang).to_owned()))
                        .collect(),
                },
                settings: sql::settings(conn, &provider.municipality)?,
                update,
                provider,
                present,
                catalogue,
                desk,
            })
        })
        .await
}

/// Whether this person decides: access to the municipality, and the role that it has chosen.
fn decides(me: &SignedIn, seen: &Seen) -> bool {
    let role = match me.role {
        Role::Approver | Role::Manager => true,
        Role::Editor => seen.settings.editors_decide,
        _ => false,
    };
    let here = me.organisation == seen.update.tenant
        || me
            .acting_for
            .as_ref()
            .is_some_and(|a| a.id == seen.update.tenant);
    role && here && seen.update.level >= 2 && seen.update.state == "pending"
}

/// How it came, in words.
pub(crate) fn channel(cx: &Ctx, code: &str) -> String {
    match code {
        "own" => t!(cx, "upkeep-channel-own"),
        "phone" => t!(cx, "upkeep-channel-phone"),
        "fax" => t!(cx, "upkeep-channel-fax"),
        "link" => t!(cx, "upkeep-channel-link"),
        _ => t!(cx, "upkeep-channel-paper"),
    }
}

/// Where a proposal stands.
pub(crate) fn state(cx: &Ctx, update: &Update) -> Markup {
    let returned = update.outcome.values().any(|o| o == "returned");
    match update.state.as_str() {
        "pending" => ui::badge(ui::Tone::Warn, t!(cx, "upkeep-state-pending")),
        "approved" if returned => ui::badge(ui::Tone::Info, t!(cx, "upkeep-state-partly")),
        "approved" => ui::badge(ui::Tone::Key, t!(cx, "upkeep-state-accepted")),
        _ => ui::badge(ui::Tone::Bad, t!(cx, "upkeep-state-returned")),
    }
}

/// `GET /directory/upkeep/proposals/{id}`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let seen = read(&cx, &id).await?;
    Ok(page(
        &cx,
        &seen,
        &Values::default(),
        &Errors::new(),
        StatusCode::OK,
    ))
}

fn page(cx: &Ctx, seen: &Seen, typed: &Values, errors: &Errors, status: StatusCode) -> Response {
    let update = &seen.update;
    let may = cx.me.as_ref().is_some_and(|me| decides(me, seen));
    let action = format!("/directory/upkeep/proposals/{}", update.id);
    let title = t!(cx, "upkeep-review-title", name = update.name.as_str());
    let body = html! {
        (ui::error_summary(cx, errors))
        @if status == StatusCode::CONFLICT { (ui::notice(ui::Tone::Warn, t!(cx, "upkeep-conflict"), html! { p { (t!(cx, "upkeep-review-conflict")) } })) }
        (about(cx, seen))
        @if may {
            (ui::form(cx, &action, html! {
                input type="hidden" name="version" value=(update.version);
                input type="hidden" name="provider_version" value=(seen.provider.version);
                (comparison(cx, seen, Some(typed)))
                (ui::field(cx, &ui::Field::new("reason", t!(cx, "upkeep-reason")).kind(ui::Kind::Textarea { rows: 2 }).hint(t!(cx, "upkeep-reason-hint")).value(typed.text("reason")).maxlength(1000).errors(errors)))
                div.actions {
                    (ui::button(t!(cx, "upkeep-take-marked")))
                    (ui::button_second("act", "all", t!(cx, "upkeep-take-all")))
                    (ui::button_second("act", "none", t!(cx, "upkeep-return-all")))
                }
            }))
        } @else {
            (comparison(cx, seen, None))
            @if update.state == "pending" { p.sub { (t!(cx, "upkeep-waits-there")) } }
        }
    };
    cx.page(title)
        .nav("directory")
        .crumbs(&crumbs(cx, update.name.clone()))
        .no_qr()
        .status(status)
        .body(body)
}

fn about(cx: &Ctx, seen: &Seen) -> Markup {
    let update = &seen.update;
    let mut facts = vec![
        (t!(cx, "upkeep-column-state"), state(cx, update)),
        (
            t!(cx, "upkeep-column-town"),
            html! { (super::form::town(&seen.names, &update.municipality)) },
        ),
        (
            t!(cx, "upkeep-column-from"),
            html! { span lang="ja" { (update.by_name) } " / " (channel(cx, &update.channel)) @if !update.spoken_with.is_empty() { " / " (t!(cx, "upkeep-spoken")) " " span lang="ja" { (update.spoken_with) } } },
        ),
        (
            t!(cx, "upkeep-told-on"),
            ui::date_opt(cx, update.verified_on),
        ),
        (
            t!(cx, "upkeep-column-when"),
            ui::moment(cx, update.created_at),
        ),
        (
            t!(cx, "upkeep-record-verified"),
            crate::find::pages::confirmed(cx, &seen.provider),
        ),
    ];
    if !update.note.is_empty() {
        facts.push((t!(cx, "upkeep-note"), lines(cx, &update.note)));
    }
    if let Some(at) = update.decided_at.filter(|_| !update.decided_by.is_empty()) {
        facts.push((
            t!(cx, "upkeep-decided"),
            html! { (ui::moment(cx, at)) " " span lang="ja" { (update.decided_by) } },
        ));
    }
    if !update.reason.is_empty() {
        facts.push((t!(cx, "upkeep-reason"), lines(cx, &update.reason)));
    }
    html! {
        @if let Some(desk) = &seen.desk { p { (ui::badge(ui::Tone::Info, t!(cx, "upkeep-behalf-by", office = update.name.as_str(), desk = desk.as_str()))) } }
        (ui::dl(&facts))
        p { a href=(cx.url(&format!("/directory/providers/{}", update.provider))) { (t!(cx, "upkeep-see-public")) }
            @if update.fields.contains_key(PARTNERS) { " / " a href=(cx.url(&format!("/directory/partners/{}", update.provider))) { (t!(cx, "upkeep-to-partners")) } } }
    }
}

/// Field, what stands there, what is proposed, and the choice.
fn comparison(cx: &Ctx, seen: &Seen, choose: Option<&Values>) -> Markup {
    let update = &seen.update;
    if update.fields.is_empty() {
        return html! { p { (t!(cx, "upkeep-only-note")) } };
    }
    let head = [
        t!(cx, "find-field"),
        t!(cx, "upkeep-now"),
        t!(cx, "upkeep-proposed"),
        t!(cx, "upkeep-choice"),
    ];
    let rows: Vec<Vec<Markup>> = update
        .fields
        .iter()
        .map(|(code, value)| {
            let field = seen.catalogue.iter().find(|f| f.code == *code);
            let name = field.map_or_else(|| code.clone(), |f| label(cx, &seen.names, f));
            let text = |value: &str| field.map_or_else(|| value.to_owned(), |f| shown(cx, &seen.names, f, value));
            let now = seen.present.get(code).map_or("", String::as_str);
            let base = update.base.get(code).map_or("", String::as_str);
            let moved = now != base && now != value.as_str() && update.state == "pending";
            vec![
                html! { (name) },
                html! { (lines(cx, &text(now))) @if moved { p.sub { (t!(cx, "upkeep-was-then")) " " (lines(cx, &text(base))) } } },
                html! { strong { (lines(cx, &text(value))) } },
                outcome(cx, code, &name, update.outcome.get(code).map(String::as_str), choose),
            ]
        })
        .collect();
    ui::table_rows(t!(cx, "upkeep-differences-of-fields"), &head, &rows)
}

fn outcome(
    cx: &Ctx,
    code: &str,
    name: &str,
    outcome: Option<&str>,
    choose: Option<&Values>,
) -> Markup {
    match (outcome, choose) {
        (Some("live"), _) => ui::badge(ui::Tone::Key, t!(cx, "upkeep-outcome-live")),
        (Some("accepted"), _) => ui::badge(ui::Tone::Key, t!(cx, "upkeep-state-accepted")),
        (Some(_), _) => ui::badge(ui::Tone::Bad, t!(cx, "upkeep-state-returned")),
        (None, None) => ui::badge(ui::Tone::Warn, t!(cx, "upkeep-state-pending")),
        (None, Some(typed)) => {
            let returned = typed.text(&format!("take-{code}")) == "0";
            html! {
                fieldset.plain {
                    legend.visually-hidden { (name) }
                    @for (value, word, on) in [("1", t!(cx, "upkeep-take"), !returned), ("0", t!(cx, "upkeep-return"), returned)] {
                        div.choice {
                            input type="radio" id={ "take-" (code) "-" (value) } name={ "take-" (code) } value=(value) checked[on];
                            label for={ "take-" (code) "-" (value) } { (word) }
                        }
                    }
                }
            }
        }
    }
}

/// `POST /directory/upkeep/proposals/{id}`
pub(crate) async fn decide(
    cx: Ctx,
    Path(id): Path<String>,
    Form(typed): Form<Values>,
) -> web::Result {
    let seen = read(&cx, &id).await?;
    let me = cx.require_me()?.clone();
    if seen.update.state != "pending" {
        return Ok(page(
            &cx,
            &seen,
            &typed,
            &Errors::new(),
            StatusCode::CONFLICT,
        ));
    }
    if !decides(&me, &seen) {
        return Err(web::Error::NotFound);
    }
    let open = seen
        .update
        .fields
        .keys()
        .filter(|code| !seen.update.outcome.contains_key(*code));
    let take: Vec<String> = match typed.text("act") {
        "all" => open.cloned().collect(),
        "none" => Vec::new(),
        _ => open
            .filter(|code| typed.text(&format!("take-{code}")) == "1")
            .cloned()
            .collect(),
    };
    let left = seen
        .update
        .fields
        .keys()
        .filter(|c| !seen.update.outcome.contains_key(*c))
        .count()
        - take.len();
    let reason = kernel::text::trim(typed.text("reason")).to_owned();
    let mut errors = Errors::new();
    if left > 0 && reason.is_empty() {
        errors.add("reason", t!(cx, "upkeep-reason-missing"));
    } else if reason.chars().count() > 1000 {
        errors.add("reason", t!(cx, "hospital-too-long", count = 1000));
    }
    if !errors.is_empty() {
        return Ok(page(
            &cx,
            &seen,
            &typed,
            &errors,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    }
    let decision = Decision {
        id: seen.update.id,
        version: typed.text("version").parse().unwrap_or(-1),
        provider_version: typed.text("provider_version").parse().unwrap_or(-1),
        take,
        reason,
        by: format!("{} {}", me.organisation_name, me.name)
            .chars()
            .take(200)
            .collect(),
        rows: [cx.env().uuid(), cx.env().uuid(), cx.env().uuid()],
    };
    let desk = seen.desk.clone();
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::decide(tx, &decision, desk.as_deref())
        })
        .await?;
    if done == Done::Overtaken {
        let now = read(&cx, &id).await?;
        return Ok(page(
            &cx,
            &now,
            &typed,
            &Errors::new(),
            StatusCode::CONFLICT,
        ));
    }
    cx.flash(FlashKind::Good, &t!(cx, "upkeep-is-decided"));
    Ok(cx.redirect("/directory/upkeep"))
}
