//! `/directory/providers/{id}/update`: an office keeps its own record, or the municipality or its desk writes for it.

use axum::{extract::Path, http::StatusCode, response::Response};
use kernel::{Date, OrganisationId};
use maud::{Markup, html};
use store::{Audit, Outcome};
use web::{Ctx, Errors, FlashKind, Form, Role, SignedIn, Values, ui};

use super::{
    Hat, Sight, crumbs,
    form::{self, label, shown},
    sight,
};
use crate::{
    i18n::t,
    model::{ItemId, ProviderId},
    upkeep::{
        actions::{self, Done},
        apply::Origin,
        fields::{self, Fields, Typed},
        rounds,
        store::{self as sql, Proposal},
    },
};

/// Ways by which an office tells a desk.
const CHANNELS: [&str; 3] = ["phone", "fax", "paper"];

struct Seen {
    sight: Sight,
    keepers: Vec<areas::Organisation>,
    offices: Vec<areas::Organisation>,
    manages: bool,
    /// The pictures of the sheets that came back, when there are any.
    papers: Markup,
}

fn item_of(cx: &Ctx) -> Option<ItemId> {
    let query = cx.uri.query().unwrap_or_default();
    query
        .split('&')
        .find_map(|p| p.strip_prefix("item="))?
        .parse()
        .ok()
}

async fn read(cx: &Ctx, id: &str) -> web::Result<Seen> {
    let id: ProviderId = id.parse().map_err(|_| web::Error::NotFound)?;
    let me = cx.require_me()?.clone();
    let (lang, item) = (cx.lang, item_of(cx));
    let target = item.map(|item| format!("{}:{item}", rounds::PAPERS.prefix));
    let papers = match target {
        Some(target) => inbox::beside(cx, &target).await?,
        None => Markup::default(),
    };
    cx.db()
        .read(&cx.viewer(), move |conn| {
            let sight = sight(conn, &me, id, lang, item)?;
            let manages =
                sight.hat == Hat::Behalf && matches!(me.role, Role::Approver | Role::Manager);
            let (mut keepers, mut offices) = (Vec::new(), Vec::new());
            if manages {
                let kept = sql::keepers(conn, id)?;
                let all = areas::store::organisations(conn)?;
                let (have, rest): (Vec<_>, Vec<_>) = all
                    .into_iter()
                    .filter(|o| matches!(o.kind.as_str(), "provider" | "hospital"))
                    .partition(|o| kept.contains(&o.id));
                keepers = have;
                offices = rest;
            }
            Ok::<_, web::Error>(Seen {
                sight,
                keepers,
                offices,
                manages,
                papers,
            })
        })
        .await
}

/// `GET /directory/providers/{id}/update?item=…`
pub(crate) async fn edit(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let seen = read(&cx, &id).await?;
    let typed = fields::typed(&seen.sight.catalogue, &seen.sight.present);
    let form = Values::default();
    Ok(page(&cx, &seen, &typed, &form, &Errors::new(), None))
}

/// The form; `differs`: what the record says by now where the typed text is another (a conflict).
fn page(
    cx: &Ctx,
    seen: &Seen,
    typed: &Typed,
    form: &Values,
    errors: &Errors,
    differs: Option<&Fields>,
) -> Response {
    let sight = &seen.sight;
    let name = sight.provider.name.as_str();
    let title = t!(cx, "upkeep-update-title", name = name);
    let item = item_of(cx);
    let path = format!("/directory/providers/{}/update", sight.provider.id);
    let action = item.map_or_else(|| path.clone(), |item| format!("{path}?item={item}"));
    let typed_form = form;
    let form = ui::form(
        cx,
        &action,
        html! {
            input type="hidden" name="version" value=(sight.provider.version);
            @if sight.hat == Hat::Behalf { (told(cx, typed_form, errors)) }
            (ui::card(t!(cx, "upkeep-same-title"), html! {
                p { (t!(cx, "upkeep-same-text")) }
                div.actions { (ui::button_second("act", "same", t!(cx, "upkeep-same"))) }
            }))
            (form::controls(cx, &sight.names, &sight.catalogue, typed, errors))
            (ui::field(cx, &ui::Field::new("note", t!(cx, "upkeep-note")).kind(ui::Kind::Textarea { rows: 2 }).hint(t!(cx, "upkeep-note-hint")).value(typed_form.text("note")).maxlength(1000).errors(errors)))
            div.actions { (ui::button(t!(cx, "upkeep-send"))) }
        },
    );
    let body = html! {
        (ui::error_summary(cx, errors))
        @if let Some(now) = differs { (conflict(cx, sight, now, typed)) }
        p { (crate::find::pages::confirmed(cx, &sight.provider)) " " a href=(cx.url(&format!("/directory/providers/{}", sight.provider.id))) { (t!(cx, "upkeep-see-public")) } }
        @if sight.hat == Hat::Behalf { (ui::notice(ui::Tone::Info, t!(cx, "upkeep-behalf-title"), html! { p { (t!(cx, "upkeep-behalf-text", name = name)) } })) }
        @else { p { (t!(cx, "upkeep-own-text")) } }
        p.sub { @if sight.settings.at_once { (t!(cx, "upkeep-at-once")) } " " (t!(cx, "upkeep-others-wait")) }
        (inbox::side_by_side(&seen.papers, &form))
        @if seen.manages { (keepers(cx, seen)) }
    };
    let status = if differs.is_some() {
        StatusCode::CONFLICT
    } else if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    cx.page(title)
        .nav("directory")
        .crumbs(&crumbs(cx, name.to_owned()))
        .no_qr()
        .status(status)
        .body(body)
}

fn conflict(cx: &Ctx, sight: &Sight, now: &Fields, typed: &Typed) -> Markup {
    let (mine, _) = fields::check(&sight.catalogue, typed);
    let head = [
        t!(cx, "find-field"),
        t!(cx, "upkeep-now"),
        t!(cx, "upkeep-typed"),
    ];
    let rows: Vec<Vec<Markup>> = sight
        .catalogue
        .iter()
        .filter_map(|field| {
            let (old, new) = (now.get(&field.code)?, mine.get(&field.code)?);
            (old != new).then(|| {
                vec![
                    html! { (label(cx, &sight.names, field)) },
                    form::lines(cx, &shown(cx, &sight.names, field, old)),
                    form::lines(cx, &shown(cx, &sight.names, field, new)),
                ]
            })
        })
        .collect();
    ui::notice(
        ui::Tone::Warn,
        t!(cx, "upkeep-conflict"),
        html! {
            p { (t!(cx, "upkeep-conflict-text")) }
            (ui::table_rows(t!(cx, "upkeep-conflict"), &head, &rows))
        },
    )
}

/// Who told it, how and when: for those who write on behalf of an office.
fn told(cx: &Ctx, form: &Values, errors: &Errors) -> Markup {
    let choices = vec![
        ui::Choice::new("phone", t!(cx, "upkeep-channel-phone")),
        ui::Choice::new("fax", t!(cx, "upkeep-channel-fax")),
        ui::Choice::new("paper", t!(cx, "upkeep-channel-paper")),
    ];
    let channel = match form.text("channel") {
        "" if item_of(cx).is_some() => "fax",
        "" => "phone",
        other => other,
    };
    let day = match form.text("told_on") {
        "" => kernel::format_date(cx.now.date_jst(), cx.lang),
        other => other.to_owned(),
    };
    html! {
        (ui::field(cx, &ui::Field::new("channel", t!(cx, "upkeep-channel")).kind(ui::Kind::Radio(choices)).value(channel.to_owned()).errors(errors)))
        (ui::field(cx, &ui::Field::new("spoken_with", t!(cx, "upkeep-spoken")).hint(t!(cx, "upkeep-spoken-hint")).value(form.text("spoken_with")).maxlength(100).errors(errors)))
        (ui::field(cx, &ui::Field::new("told_on", t!(cx, "upkeep-told-on")).kind(ui::Kind::Date).value(day).errors(errors)))
    }
}

fn keepers(cx: &Ctx, seen: &Seen) -> Markup {
    let action = format!("/directory/providers/{}/keepers", seen.sight.provider.id);
    let choices: Vec<_> = std::iter::once(ui::Choice::new("", t!(cx, "print-choose")))
        .chain(
            seen.offices
                .iter()
                .map(|o| ui::Choice::new(o.id.to_string(), o.label(cx.lang).to_owned())),
        )
        .collect();
    html! {
        h2 { (t!(cx, "upkeep-keepers")) }
        p { (t!(cx, "upkeep-keepers-text")) }
        @if seen.keepers.is_empty() { p.unknown { (t!(cx, "upkeep-keepers-none")) } }
        @for office in &seen.keepers {
            (ui::form(cx, &action, html! {
                input type="hidden" name="organisation" value=(office.id);
                p { span lang="ja" { (office.label(cx.lang)) } " " (ui::button_second("act", "drop", t!(cx, "upkeep-keepers-drop"))) }
            }))
        }
        (ui::form(cx, &action, html! {
            (ui::field(cx, &ui::Field::new("organisation", t!(cx, "upkeep-keepers-add")).kind(ui::Kind::Select(choices))))
            div.actions { (ui::button_second("act", "add", t!(cx, "upkeep-keepers-add-button"))) }
        }))
    }
}

/// What the one who writes on behalf said about the conversation.
struct Told {
    channel: &'static str,
    spoken_with: String,
    on: Date,
}

fn read_told(cx: &Ctx, hat: Hat, form: &Values, errors: &mut Errors) -> Told {
    let today = cx.now.date_jst();
    if hat == Hat::Own {
        return Told {
            channel: "own",
            spoken_with: String::new(),
            on: today,
        };
    }
    let channel = CHANNELS
        .iter()
        .find(|c| **c == form.text("channel"))
        .copied();
    if channel.is_none() {
        errors.add("channel", t!(cx, "upkeep-bad-choice"));
    }
    let spoken_with = kernel::text::trim(form.text("spoken_with")).to_owned();
    if spoken_with.is_empty() && channel == Some("phone") {
        errors.add("spoken_with", t!(cx, "upkeep-spoken-missing"));
    } else if spoken_with.chars().count() > 100 {
        errors.add("spoken_with", t!(cx, "hospital-too-long", count = 100));
    }
    let on = kernel::parse_date(form.text("told_on"))
        .ok()
        .filter(|d| *d <= today);
    if on.is_none() {
        errors.add("told_on", t!(cx, "upkeep-bad-past-day"));
    }
    Told {
        channel: channel.unwrap_or("phone"),
        spoken_with,
        on: on.unwrap_or(today),
    }
}

fn by_name(me: &SignedIn) -> String {
    format!("{} {}", me.organisation_name, me.name)
        .chars()
        .take(200)
        .collect()
}

/// `POST /directory/providers/{id}/update`
pub(crate) async fn save(cx: Ctx, Path(id): Path<String>, Form(form): Form<Values>) -> web::Result {
    let seen = read(&cx, &id).await?;
    let me = cx.require_me()?.clone();
    let sight = &seen.sight;
    let typed = fields::returned(&sight.catalogue, &form);
    let mut errors = Errors::new();
    let told = read_told(&cx, sight.hat, &form, &mut errors);
    let (values, wrong) = fields::check(&sight.catalogue, &typed);
    for (name, why) in wrong {
        errors.add(name, form::wrong(&cx, why));
    }
    let note = kernel::text::trim(form.text("note")).to_owned();
    if note.chars().count() > 1000 {
        errors.add("note", t!(cx, "hospital-too-long", count = 1000));
    }
    if let Some(text) = web::check_my_number(cx.lang, &note, false) {
        errors.add("note", text);
    }
    let same = form.text("act") == "same";
    let changes = fields::changes(&sight.present, &values);
    let first = sight
        .catalogue
        .first()
        .map_or("note", |f| f.code.as_str())
        .to_owned();
    if errors.is_empty() && same && !changes.is_empty() {
        errors.add(first, t!(cx, "upkeep-same-but-changed"));
    } else if errors.is_empty() && !same && changes.is_empty() && note.is_empty() {
        errors.add(first, t!(cx, "upkeep-nothing-changed"));
    }
    if !errors.is_empty() {
        return Ok(page(&cx, &seen, &typed, &form, &errors, None));
    }
    let version: i64 = form.text("version").parse().unwrap_or(-1);
    let (provider, tenant) = (sight.provider.id, sight.tenant);
    let desk = (sight.hat == Hat::Behalf).then(|| me.organisation_name.clone());
    let origin = Origin {
        source: actions::source(told.channel),
        on: told.on,
        by: actions::confirmer(&sight.provider.name, desk.as_deref()),
        tenant,
        rows: [cx.env().uuid(), cx.env().uuid(), cx.env().uuid()],
    };
    let proposal = Proposal {
        id: cx.env().id(),
        provider,
        tenant,
        by_org: Some(me.organisation),
        by_name: by_name(&me),
        channel: told.channel,
        spoken_with: told.spoken_with,
        fields: changes,
        base: Fields::new(),
        outcome: Fields::new(),
        note,
        verified_on: Some(told.on),
        item: item_of(&cx),
    };
    let at_once = sight.settings.at_once;
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            if same {
                actions::same(tx, provider, version, &origin)
            } else {
                actions::propose(tx, proposal.clone(), version, at_once, &origin, false)
            }
        })
        .await?;
    if done == Done::Overtaken {
        let now = read(&cx, &id).await?;
        let present = now.sight.present.clone();
        return Ok(page(&cx, &now, &typed, &form, &errors, Some(&present)));
    }
    let text = if same {
        t!(cx, "upkeep-is-confirmed")
    } else {
        t!(cx, "upkeep-is-sent")
    };
    cx.flash(FlashKind::Good, &text);
    Ok(cx.redirect("/directory/upkeep"))
}

/// `POST /directory/providers/{id}/keepers`: which office's people may write about this record.
pub(crate) async fn keep(cx: Ctx, Path(id): Path<String>, Form(form): Form<Values>) -> web::Result {
    let seen = read(&cx, &id).await?;
    if !seen.manages {
        return Err(web::Error::NotFound);
    }
    let add = form.text("act") == "add";
    let list = if add { &seen.offices } else { &seen.keepers };
    let wanted: Option<OrganisationId> = form.text("organisation").parse().ok();
    let Some(office) = wanted.filter(|id| list.iter().any(|o| o.id == *id)) else {
        cx.flash(FlashKind::Bad, &t!(cx, "print-choose"));
        return Ok(cx.redirect(&format!("/directory/providers/{id}/update")));
    };
    let (provider, tenant) = (seen.sight.provider.id, seen.sight.tenant);
    cx.db()
        .write::<_, store::Error>(&cx.viewer(), move |tx| {
            sql::set_keeper(tx, provider, office, add)?;
            tx.audit(Audit {
                action: if add {
                    "directory.keeper.add"
                } else {
                    "directory.keeper.drop"
                },
                table: "provider_keeper",
                id: Some(provider.uuid()),
                subject: Some(office.uuid()),
                result: Outcome::Done,
                ..Audit::default()
            })?;
            tx.changed("provider_update", provider.uuid(), Some(tenant))
        })
        .await?;
    cx.flash(FlashKind::Good, &t!(cx, "upkeep-keepers-saved"));
    Ok(cx.redirect(&format!("/directory/providers/{id}/update")))
}
