//! `GET /directory/providers/{id}/life`: what became of an office.

use axum::{
    extract::{Path, Query as Asked},
    http::StatusCode,
    response::Response,
};
use kernel::Date;
use maud::{Markup, html};
use search::Query;
use serde::Deserialize;
use web::{Ctx, Errors, FlashKind, Form, ui};

use super::{
    Decider,
    actions::{self, Done, Next, Step},
    store::{self as sql, NewPlace},
};
use crate::{
    find::{self, Loaded, pages as shown},
    i18n::t,
    import::place::Places,
    model::{Provider, ProviderId, Status},
};

/// So many records are offered as the one that takes its place.
const OFFERED: usize = 8;

/// The form as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    what: String,
    day: String,
    note: String,
    next: String,
    town: String,
    address: String,
    phone: String,
    q: String,
    version: String,
}

/// One field that says which version was seen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Seen {
    version: String,
}

struct Found {
    provider: Provider,
    offered: Vec<Provider>,
    last: Option<String>,
    towns: Vec<areas::Municipality>,
}

async fn read(cx: &Ctx, id: &str, q: &str, chosen: &str) -> web::Result<(Decider, Found)> {
    let id: ProviderId = id.parse().map_err(|_| web::Error::NotFound)?;
    let who = super::decider(cx).ok_or(web::Error::NotFound)?;
    let loaded = find::loaded(cx.db(), cx.now).await?;
    let (q, decider) = (q.to_owned(), who.clone());
    let chosen: Option<ProviderId> = chosen.parse().ok();
    let found = cx
        .db()
        .read(&cx.viewer(), move |conn| -> web::Result<Found> {
            let provider = crate::store::provider(conn, id)?.ok_or(web::Error::NotFound)?;
            if !super::may(conn, &decider, &provider)? {
                return Err(web::Error::NotFound);
            }
            let mut ids = sql::pairs_of(conn, id)?;
            ids.extend(chosen);
            ids.extend(similar(&loaded, &provider, &q));
            ids.retain(|other| *other != id);
            let mut offered = crate::store::providers(conn, &ids)?;
            offered.retain(|p| p.status.is_listed());
            offered.sort_by_key(|p| ids.iter().position(|id| *id == p.id));
            Ok(Found {
                offered,
                last: sql::last_event(conn, id)?.map(|(_, what, _)| what),
                towns: areas::store::municipalities(conn)?,
                provider,
            })
        })
        .await?;
    Ok((who, found))
}

/// Records that are called like it, or like what was typed.
fn similar(loaded: &Loaded, provider: &Provider, q: &str) -> Vec<ProviderId> {
    let text = if q.trim().is_empty() {
        provider.name.as_str()
    } else {
        q
    };
    let query = Query {
        words: loaded.parse(text).words,
        filters: vec![vec!["status:open".to_owned()]],
        near: provider
            .lat
            .zip(provider.lon)
            .map(|(lat, lon)| search::Point { lat, lon }),
        limit: OFFERED + 1,
        ..Query::default()
    };
    loaded
        .search(&query)
        .hits
        .into_iter()
        .map(|hit| kernel::AnyId::from_uuid(hit.id))
        .collect()
}

fn word(cx: &Ctx, status: Status) -> String {
    match status {
        Status::Open => t!(cx, "life-open"),
        Status::Suspended => t!(cx, "life-suspended"),
        Status::Closed => t!(cx, "life-closed"),
        Status::Moved => t!(cx, "life-moved"),
        Status::Merged => t!(cx, "life-merged"),
    }
}

/// `GET /directory/providers/{id}/life?q=…`
pub(crate) async fn show(
    cx: Ctx,
    Path(id): Path<String>,
    Asked(typed): Asked<Typed>,
) -> web::Result {
    let (_, found) = read(&cx, &id, &typed.q, "").await?;
    Ok(page(&cx, &found, &typed, &Errors::new(), StatusCode::OK))
}

/// How the record stands, for the head of the page and for conflicts.
fn now(cx: &Ctx, provider: &Provider) -> Markup {
    html! {
        p { strong lang="ja" { (provider.name) } " " (shown::standing(cx, provider))
            @if provider.status == Status::Open { " " (ui::badge(ui::Tone::Plain, t!(cx, "life-works"))) }
            @if let Some(day) = provider.status_on { " " (ui::date(cx, day)) } }
    }
}

fn choices<'a>(cx: &Ctx, found: &'a Found) -> Vec<ui::Choice<'a>> {
    let mut list: Vec<ui::Choice<'a>> = found
        .offered
        .iter()
        .take(OFFERED)
        .map(|p| {
            let town = found.towns.iter().find(|m| m.code == p.municipality);
            let town = town.map_or("", |m| m.name(cx.lang));
            ui::Choice::new(
                p.id.to_string(),
                format!("{} ({town} {})", p.name, p.address),
            )
        })
        .collect();
    list.push(ui::Choice::new("new", t!(cx, "life-next-new")));
    list
}

fn page(cx: &Ctx, found: &Found, typed: &Typed, errors: &Errors, status: StatusCode) -> Response {
    let provider = &found.provider;
    let path = format!("/directory/providers/{}", provider.id);
    let whats: Vec<ui::Choice> = [
        Status::Closed,
        Status::Suspended,
        Status::Moved,
        Status::Merged,
        Status::Open,
    ]
    .into_iter()
    .filter(|next| provider.status.may_become(*next))
    .map(|next| ui::Choice::new(next.code(), word(cx, next)))
    .collect();
    let mut towns = vec![ui::Choice::new("", t!(cx, "life-town-none"))];
    towns.extend(
        found
            .towns
            .iter()
            .map(|m| ui::Choice::new(m.code.as_str(), m.name(cx.lang))),
    );
    let body = html! {
        (ui::error_summary(cx, errors))
        @if status == StatusCode::CONFLICT {
            (ui::notice(ui::Tone::Warn, t!(cx, "life-conflict"), html! { p { (t!(cx, "life-conflict-text")) } (now(cx, provider)) }))
        } @else { (now(cx, provider)) }
        @if let Some(what) = &found.last {
            (ui::card_waits(t!(cx, "life-undo"), html! {
                p { (t!(cx, "life-undo-text", what = shown::provider_facts::event(cx, what))) }
                (ui::form(cx, &format!("{path}/life/undo"), html! {
                    input type="hidden" name="version" value=(provider.version);
                    div.actions { (ui::danger_button(t!(cx, "life-undo"), t!(cx, "life-undo-sure"))) }
                }))
            }))
        }
        @if !whats.is_empty() {
            h2 { (t!(cx, "life-find")) }
            p.sub { (t!(cx, "life-find-text")) }
            (ui::search(cx, &format!("{path}/life"), t!(cx, "life-find"), t!(cx, "life-find-example"), &typed.q))
            h2 { (t!(cx, "life-step")) }
            (ui::form(cx, &format!("{path}/life"), html! {
                input type="hidden" name="version" value=(provider.version);
                input type="hidden" name="q" value=(typed.q);
                (ui::field(cx, &ui::Field::new("what", t!(cx, "life-what")).kind(ui::Kind::Radio(whats)).value(typed.what.as_str()).required().errors(errors)))
                (ui::field(cx, &ui::Field::new("day", t!(cx, "life-day")).kind(ui::Kind::Date).hint(t!(cx, "life-day-hint")).value(typed.day.as_str()).errors(errors)))
                (ui::field(cx, &ui::Field::new("note", t!(cx, "life-note")).hint(t!(cx, "life-note-hint")).value(typed.note.as_str()).maxlength(300).errors(errors)))
                (ui::fieldset(t!(cx, "life-next"), html! {
                    (ui::field(cx, &ui::Field::new("next", t!(cx, "life-next-which")).kind(ui::Kind::Radio(choices(cx, found))).hint(t!(cx, "life-next-hint")).value(typed.next.as_str()).errors(errors)))
                    (ui::field(cx, &ui::Field::new("town", t!(cx, "life-town")).kind(ui::Kind::Select(towns)).value(typed.town.as_str()).errors(errors)))
                    (ui::field(cx, &ui::Field::new("address", t!(cx, "life-address")).hint(t!(cx, "life-address-hint")).value(typed.address.as_str()).maxlength(300).errors(errors)))
                    (ui::field(cx, &ui::Field::new("phone", t!(cx, "life-phone")).kind(ui::Kind::Tel).hint(t!(cx, "life-phone-hint")).value(typed.phone.as_str()).maxlength(40).errors(errors)))
                }))
                div.actions { (ui::button(t!(cx, "life-save"))) }
            }))
        }
    };
    let title = t!(cx, "life-title");
    cx.page(title.as_str())
        .nav("directory")
        .crumbs(&[
            ("/directory".to_owned(), t!(cx, "find-title")),
            (format!("{path}?own=1"), provider.label(cx.lang).to_owned()),
            (String::new(), title.clone()),
        ])
        .sub(t!(cx, "life-lead"))
        .no_qr()
        .status(status)
        .body(body)
}

/// What was typed as a step, or what is wrong with it.
async fn checked(cx: &Ctx, found: &Found, typed: &Typed) -> web::Result<Result<Step, Errors>> {
    let mut errors = Errors::new();
    let provider = &found.provider;
    let status = Status::from_code(&typed.what).filter(|s| provider.status.may_become(*s));
    if status.is_none() {
        errors.add("what", t!(cx, "life-bad-what"));
    }
    let day: Option<Date> = match typed.day.trim() {
        "" => None,
        text => kernel::wareki::parse_date(text).ok(),
    };
    if !typed.day.trim().is_empty() && day.is_none_or(|day| day > cx.now.date_jst()) {
        errors.add("day", t!(cx, "life-bad-day"));
    }
    if typed.note.chars().count() > 300 {
        errors.add("note", t!(cx, "life-too-long"));
    }
    let mut next = Next::None;
    if matches!(status, Some(Status::Moved | Status::Merged)) {
        let record = found
            .offered
            .iter()
            .find(|p| p.id.to_string() == typed.next)
            .map(|p| p.id);
        if let Some(id) = record {
            next = Next::Record(id);
        } else if typed.next == "new" && status == Some(Status::Moved) {
            let town = found.towns.iter().find(|m| m.code == typed.town);
            let address = typed.address.trim();
            let phone = match typed.phone.trim() {
                "" => Some(String::new()),
                text => crate::import::keys::phone(text),
            };
            if town.is_none() {
                errors.add("town", t!(cx, "life-bad-town"));
            }
            if address.is_empty() || address.chars().count() > 300 {
                errors.add("address", t!(cx, "life-bad-address"));
            }
            if phone.is_none() {
                errors.add("phone", t!(cx, "life-bad-phone"));
            }
            if let (Some(town), Some(phone), true) = (town, phone, errors.is_empty()) {
                next = Next::Place(place(cx, town, address, phone).await?);
            }
        } else {
            errors.add("next", t!(cx, "life-bad-next"));
        }
    }
    Ok(match status {
        Some(status) if errors.is_empty() => Ok(Step {
            id: provider.id,
            seen: typed.version.trim().parse().unwrap_or(-1),
            status,
            day,
            note: typed.note.trim().to_owned(),
            next,
        }),
        _ => Err(errors),
    })
}

async fn place(
    cx: &Ctx,
    town: &areas::Municipality,
    address: &str,
    phone: String,
) -> web::Result<NewPlace> {
    let points = cx
        .db()
        .read(&cx.viewer(), |conn| {
            conn.all(&crate::import::sql::POINTS, ::store::params! {}, |r| {
                Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))
            })
        })
        .await?;
    let spot = Places::new(std::slice::from_ref(town), &points).spot(&town.code, address, None);
    Ok(NewPlace {
        id: cx.db().env().id(),
        in_area: town.in_area,
        town: town.code.clone(),
        address: address.to_owned(),
        phone,
        spot: spot.at.map(|(lat, lon)| (lat, lon, spot.precision.code())),
    })
}

/// `POST /directory/providers/{id}/life`
pub(crate) async fn save(cx: Ctx, Path(id): Path<String>, Form(typed): Form<Typed>) -> web::Result {
    let (who, found) = read(&cx, &id, &typed.q, &typed.next).await?;
    let step = match checked(&cx, &found, &typed).await? {
        Ok(step) => step,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(page(&cx, &found, &typed, &errors, status));
        }
    };
    match actions::step(cx.db(), &cx.viewer(), who, step).await? {
        Done::NotYours => Err(web::Error::NotFound),
        Done::Conflict => {
            let (_, found) = read(&cx, &id, &typed.q, &typed.next).await?;
            Ok(page(
                &cx,
                &found,
                &typed,
                &Errors::new(),
                StatusCode::CONFLICT,
            ))
        }
        Done::Saved => {
            cx.flash(FlashKind::Good, &t!(cx, "life-saved"));
            Ok(cx.redirect(&format!("/directory/providers/{}", found.provider.id)))
        }
    }
}

/// `POST /directory/providers/{id}/life/undo`
pub(crate) async fn undo(cx: Ctx, Path(id): Path<String>, Form(typed): Form<Seen>) -> web::Result {
    let (who, found) = read(&cx, &id, "", "").await?;
    let seen = typed.version.trim().parse().unwrap_or(-1);
    match actions::undo(cx.db(), &cx.viewer(), who, found.provider.id, seen).await? {
        Done::NotYours => Err(web::Error::NotFound),
        Done::Conflict => {
            let (_, found) = read(&cx, &id, "", "").await?;
            let typed = Typed::default();
            Ok(page(
                &cx,
                &found,
                &typed,
                &Errors::new(),
                StatusCode::CONFLICT,
            ))
        }
        Done::Saved => {
            cx.flash(FlashKind::Good, &t!(cx, "life-undone"));
            Ok(cx.redirect(&format!("/directory/providers/{}", found.provider.id)))
        }
    }
}
