//! `/directory/confirm/{token}`: an office answers without an account. The link decides which record, and nothing else is shown.

use axum::{extract::Path, http::StatusCode, response::Response};
use maud::{Markup, html};
use store::{Audit, Conn, Outcome, Viewer};
use web::{Ctx, Errors, Form, Values, ui};

use super::{
    link,
    store::{self as sql, Opened},
};
use crate::{
    i18n::t,
    model::Provider,
    upkeep::{
        actions::{self, Done},
        apply::Origin,
        fields::{self, Field, Fields, PARTNERS, Typed},
        pages::form::{self, GROUPS, Names, label, lines, shown},
        store::Proposal,
    },
};

struct Seen {
    opened: Opened,
    provider: Provider,
    present: Fields,
    catalogue: Vec<Field>,
    names: Names,
    agreements: Vec<String>,
    asker: String,
    tenant: Option<kernel::OrganisationId>,
    reason: Option<String>,
}

/// Behind a link nobody is signed in: the program reads, and the link decides what.
fn viewer(cx: &Ctx) -> Viewer {
    Viewer::system("confirmation of a record by link", cx.now).from(cx.ip.to_string())
}

async fn read(cx: &Ctx, token: &str) -> web::Result<Seen> {
    // 20 bytes in hexadecimal digits; anything else was cut or invented.
    if token.len() != 40 {
        return Err(web::Error::NotFound);
    }
    let (hash, lang) = (link::hash(cx.db().key(), token), cx.lang);
    cx.db()
        .read(&viewer(cx), move |conn: &mut Conn| {
            let opened = sql::by_token(conn, &hash)?.ok_or(web::Error::NotFound)?;
            let (provider, present, mut catalogue) = actions::current(conn, opened.provider, true)?;
            // The address for the next question may be given here, and is not shown.
            catalogue.retain(|f| f.code != "corporation");
            let towns = crate::upkeep::pages::towns(conn)?;
            let agreements = if opened.what == PARTNERS {
                crate::partners::store::of_facility(conn, opened.provider)?
                    .into_iter()
                    .map(|p| p.name)
                    .collect()
            } else {
                Vec::new()
            };
            let asker = areas::store::organisation(conn, opened.asker)?;
            Ok::<_, web::Error>(Seen {
                reason: if opened.state == "waiting" {
                    sql::last_reason(conn, opened.item)?
                } else {
                    None
                },
                tenant: towns
                    .iter()
                    .find(|m| m.code == provider.municipality)
                    .and_then(|m| m.organisation),
                names: Names {
                    kinds: crate::store::kinds(conn)?,
                    towns: towns
                        .iter()
                        .map(|m| (m.code.clone(), m.name(lang).to_owned()))
                        .collect(),
                },
                asker: asker.map(|o| o.label(lang).to_owned()).unwrap_or_default(),
                opened,
                provider,
                present,
                catalogue,
                agreements,
            })
        })
        .await
}

/// `GET /directory/confirm/{token}`
pub(crate) async fn show(cx: Ctx, Path(token): Path<String>) -> web::Result {
    let seen = read(&cx, &token).await?;
    let typed = fields::typed(&seen.catalogue, &seen.present);
    Ok(page(
        &cx,
        &seen,
        &token,
        &typed,
        &Values::default(),
        &Errors::new(),
        StatusCode::OK,
    ))
}

fn page(
    cx: &Ctx,
    seen: &Seen,
    token: &str,
    typed: &Typed,
    form: &Values,
    errors: &Errors,
    status: StatusCode,
) -> Response {
    let takes = link::takes(&seen.opened, cx.now.date_jst());
    let state = seen.opened.state.as_str();
    let path = format!("/directory/confirm/{token}");
    let can_same = takes
        && matches!(state, "waiting" | "unreachable")
        && (seen.opened.what != PARTNERS || !seen.agreements.is_empty());
    let can_change = takes && state != "answered";
    let body = html! {
        (ui::error_summary(cx, errors))
        @if status == StatusCode::CONFLICT { (ui::notice(ui::Tone::Warn, t!(cx, "upkeep-link-again"), html! { p { (t!(cx, "upkeep-link-again-text")) } })) }
        p.sub { (t!(cx, "upkeep-link-asker", asker = seen.asker.as_str())) }
        @if !takes { (ui::notice(ui::Tone::Info, t!(cx, "upkeep-link-over"), html! { p { (t!(cx, "upkeep-link-over-text")) } })) }
        @else if matches!(state, "confirmed" | "answered") {
            (ui::notice(ui::Tone::Key, t!(cx, "upkeep-link-thanks"), html! {
                p { @if state == "confirmed" { (t!(cx, "upkeep-link-confirmed")) } @else { (t!(cx, "upkeep-link-answered")) } }
                @if let Some(at) = seen.opened.answered_at { p.sub { (ui::moment(cx, at)) } }
            }))
        }
        @else {
            @if let Some(reason) = &seen.reason { (ui::notice(ui::Tone::Warn, t!(cx, "upkeep-link-returned"), html! { p { (lines(cx, reason)) } })) }
            @if !seen.opened.letter.is_empty() { p { (lines(cx, &seen.opened.letter)) } }
            p { (t!(cx, "upkeep-due")) " " strong { (ui::date_opt(cx, seen.opened.due_on)) } }
        }
        @if takes { (present(cx, seen)) }
        @if can_same {
            (ui::card_call(t!(cx, "upkeep-link-same-title"), html! {
                p { (t!(cx, "upkeep-link-same-text")) }
                (ui::form(cx, &format!("{path}/same"), html! {
                    input type="hidden" name="version" value=(seen.provider.version);
                    div.actions { (ui::button(t!(cx, "upkeep-link-same"))) }
                }))
            }))
        }
        @if can_change { (change(cx, seen, &path, typed, form, errors)) }
        p.sub { (t!(cx, "upkeep-link-secret")) }
    };
    cx.page(seen.provider.name.clone())
        .sub(seen.opened.title.as_str())
        .no_qr()
        .status(status)
        .body(body)
}

/// What the directory says now, short enough to be read on a phone.
fn present(cx: &Ctx, seen: &Seen) -> Markup {
    if seen.opened.what == PARTNERS {
        return html! {
            h2 { (t!(cx, "partners-title")) }
            @if seen.agreements.is_empty() { p.unknown { (t!(cx, "partners-none")) } }
            ul { @for name in &seen.agreements { li lang="ja" { (name) } } }
        };
    }
    html! {
        h2 { (t!(cx, "upkeep-link-present")) }
        @for part in GROUPS {
            @let facts: Vec<(String, Markup)> = seen.catalogue.iter().filter(|f| f.group == part).filter_map(|f| {
                let value = seen.present.get(&f.code).map_or("", String::as_str);
                let wanted = !value.is_empty() || matches!(f.code.as_str(), "phone" | "fax" | "new_patients");
                wanted.then(|| (label(cx, &seen.names, f), lines(cx, &shown(cx, &seen.names, f, value))))
            }).collect();
            @if !facts.is_empty() { h3 { (form::group(cx, part)) } (ui::dl(&facts)) }
        }
    }
}

fn change(
    cx: &Ctx,
    seen: &Seen,
    path: &str,
    typed: &Typed,
    form: &Values,
    errors: &Errors,
) -> Markup {
    let inside = html! {
        p { (t!(cx, "upkeep-link-change-text")) }
        (ui::form(cx, &format!("{path}/change"), html! {
            input type="hidden" name="version" value=(seen.provider.version);
            @if seen.opened.what == PARTNERS {
                (ui::field(cx, &ui::Field::new(PARTNERS, t!(cx, "upkeep-partners-words")).kind(ui::Kind::Textarea { rows: 6 }).hint(t!(cx, "upkeep-partners-hint")).value(form.text(PARTNERS)).maxlength(2000).errors(errors)))
            } @else {
                (form::controls(cx, &seen.names, &seen.catalogue, typed, errors))
            }
            (ui::field(cx, &ui::Field::new("note", t!(cx, "upkeep-note")).kind(ui::Kind::Textarea { rows: 2 }).value(form.text("note")).maxlength(1000).errors(errors)))
            (ui::field(cx, &ui::Field::new("who", t!(cx, "upkeep-who")).hint(t!(cx, "upkeep-who-hint")).value(form.text("who")).maxlength(100).errors(errors)))
            div.actions { (ui::button(t!(cx, "upkeep-link-send"))) }
        }))
    };
    if errors.is_empty() {
        ui::details(t!(cx, "upkeep-link-change"), inside)
    } else {
        html! { h2 { (t!(cx, "upkeep-link-change")) } (inside) }
    }
}

fn origin(cx: &Ctx, seen: &Seen) -> Option<Origin> {
    Some(Origin {
        source: actions::source("link"),
        on: cx.now.date_jst(),
        by: actions::confirmer(&seen.provider.name, None),
        tenant: seen.tenant?,
        rows: [cx.env().uuid(), cx.env().uuid(), cx.env().uuid()],
    })
}

fn audit(action: &'static str, opened: &Opened) -> Audit {
    Audit {
        action,
        table: "confirmation_item",
        id: Some(opened.item.uuid()),
        subject: Some(opened.asker.uuid()),
        result: Outcome::Done,
        ..Audit::default()
    }
}

fn closed(cx: &Ctx, seen: &Seen, token: &str) -> Response {
    let typed = fields::typed(&seen.catalogue, &seen.present);
    page(
        cx,
        seen,
        token,
        &typed,
        &Values::default(),
        &Errors::new(),
        StatusCode::CONFLICT,
    )
}

/// `POST /directory/confirm/{token}/same`
pub(crate) async fn same(
    cx: Ctx,
    Path(token): Path<String>,
    Form(form): Form<Values>,
) -> web::Result {
    let seen = read(&cx, &token).await?;
    let (takes, origin) = (
        link::takes(&seen.opened, cx.now.date_jst()),
        origin(&cx, &seen),
    );
    let Some(origin) = origin.filter(|_| takes) else {
        return Ok(closed(&cx, &seen, &token));
    };
    let version: i64 = form.text("version").parse().unwrap_or(-1);
    let opened = seen.opened.clone();
    let done = cx
        .db()
        .write::<_, store::Error>(&viewer(&cx), move |tx| {
            if crate::store::provider(tx, opened.provider)?.is_none_or(|p| p.version != version) {
                return Ok(Done::Overtaken);
            }
            if opened.state != "waiting" && opened.state != "unreachable"
                || !sql::link_answer(tx, opened.item, "confirmed")?
            {
                return Ok(Done::Overtaken);
            }
            if opened.what == PARTNERS {
                if sql::confirm_partners(tx, opened.provider, &origin.by)? == 0 {
                    return Err(store::Error::NotFound);
                }
                tx.changed("directory.partner", opened.provider.uuid(), None)?;
            } else {
                actions::same(tx, opened.provider, version, &origin)?;
            }
            tx.audit(audit("directory.link.same", &opened))?;
            Ok(Done::Yes)
        })
        .await?;
    end(&cx, &token, done).await
}

/// `POST /directory/confirm/{token}/change`
pub(crate) async fn save(
    cx: Ctx,
    Path(token): Path<String>,
    Form(form): Form<Values>,
) -> web::Result {
    let seen = read(&cx, &token).await?;
    let (takes, origin) = (
        link::takes(&seen.opened, cx.now.date_jst()),
        origin(&cx, &seen),
    );
    let Some(origin) = origin.filter(|_| takes && seen.opened.state != "answered") else {
        return Ok(closed(&cx, &seen, &token));
    };
    let mut errors = Errors::new();
    let (note, who) = (
        kernel::text::trim(form.text("note")).to_owned(),
        kernel::text::trim(form.text("who")).to_owned(),
    );
    for (name, text, most) in [
        ("note", &note, 1000),
        ("who", &who, 100),
        (PARTNERS, &form.text(PARTNERS).to_owned(), 2000),
    ] {
        if text.chars().count() > most {
            errors.add(name, t!(cx, "hospital-too-long", count = most));
        } else if let Some(text) = web::check_my_number(cx.lang, text, false) {
            errors.add(name, text);
        }
    }
    let partners = seen.opened.what == PARTNERS;
    let typed = if partners {
        Typed::new()
    } else {
        fields::returned(&seen.catalogue, &form)
    };
    let changes = if partners {
        let words = kernel::text::trim(form.text(PARTNERS)).to_owned();
        if words.is_empty() {
            errors.add(PARTNERS, t!(cx, "upkeep-nothing-changed"));
        }
        Fields::from([(PARTNERS.to_owned(), words)])
    } else {
        let (values, wrong) = fields::check(&seen.catalogue, &typed);
        for (name, why) in wrong {
            errors.add(name, form::wrong(&cx, why));
        }
        let changes = fields::changes(&seen.present, &values);
        if errors.is_empty() && changes.is_empty() && note.is_empty() {
            errors.add("new_patients", t!(cx, "upkeep-nothing-changed"));
        }
        changes
    };
    if !errors.is_empty() {
        return Ok(page(
            &cx,
            &seen,
            &token,
            &typed,
            &form,
            &errors,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    }
    let proposal = Proposal {
        id: cx.env().id(),
        provider: seen.provider.id,
        tenant: origin.tenant,
        by_org: None,
        by_name: seen.provider.name.clone(),
        channel: "link",
        spoken_with: who,
        fields: changes,
        base: Fields::new(),
        outcome: Fields::new(),
        note,
        verified_on: Some(cx.now.date_jst()),
        item: Some(seen.opened.item),
    };
    let version: i64 = form.text("version").parse().unwrap_or(-1);
    let opened = seen.opened.clone();
    let done = cx
        .db()
        .write::<_, store::Error>(&viewer(&cx), move |tx| {
            if crate::store::provider(tx, opened.provider)?.is_none_or(|p| p.version != version) {
                return Ok(Done::Overtaken);
            }
            if !sql::link_answer(tx, opened.item, "answered")? {
                return Ok(Done::Overtaken);
            }
            // Through a link nothing is shown before an approver has looked at it.
            actions::propose(tx, proposal.clone(), version, false, &origin, true)?;
            tx.audit(audit("directory.link.change", &opened))?;
            Ok(Done::Yes)
        })
        .await?;
    if done == Done::Overtaken && !partners {
        let now = read(&cx, &token).await?;
        if link::takes(&now.opened, cx.now.date_jst()) && now.opened.state != "answered" {
            // The record changed meanwhile: what was typed stays, with the new state above it.
            return Ok(page(
                &cx,
                &now,
                &token,
                &typed,
                &form,
                &errors,
                StatusCode::CONFLICT,
            ));
        }
    }
    end(&cx, &token, done).await
}

async fn end(cx: &Ctx, token: &str, done: Done) -> web::Result {
    if done == Done::Overtaken {
        let now = read(cx, token).await?;
        return Ok(closed(cx, &now, token));
    }
    Ok(cx.redirect(&format!("/directory/confirm/{token}")))
}

/// `GET /directory/confirm`: the short code of a sheet, for those who cannot scan.
pub(crate) async fn ask(cx: Ctx) -> web::Result {
    Ok(code_page(&cx, "", &Errors::new()))
}

fn code_page(cx: &Ctx, typed: &str, errors: &Errors) -> Response {
    let body = html! {
        (ui::error_summary(cx, errors))
        p { (t!(cx, "upkeep-code-text")) }
        (ui::form(cx, "/directory/confirm", html! {
            (ui::field(cx, &ui::Field::new("code", t!(cx, "upkeep-code")).hint(t!(cx, "upkeep-code-hint")).value(typed.to_owned()).required().maxlength(40).autocomplete("off").errors(errors)))
            div.actions { (ui::button(t!(cx, "upkeep-code-open"))) }
        }))
    };
    cx.page(t!(cx, "upkeep-code-title"))
        .nav("directory")
        .form(errors)
        .body(body)
}

/// `POST /directory/confirm`
pub(crate) async fn enter(cx: Ctx, Form(form): Form<Values>) -> web::Result {
    let found = match link::typed_code(form.text("code")) {
        Some(code) => {
            let hash = link::code_hash(cx.db().key(), &code);
            cx.db()
                .read::<_, store::Error>(&viewer(&cx), move |conn| sql::by_code(conn, &hash))
                .await?
        }
        None => None,
    };
    match found {
        Some(item) => Ok(cx.redirect(&format!(
            "/directory/confirm/{}",
            link::token(cx.db().key(), item)
        ))),
        None => {
            let mut errors = Errors::new();
            errors.add("code", t!(cx, "upkeep-code-wrong"));
            Ok(code_page(&cx, form.text("code"), &errors))
        }
    }
}
