//! `/directory/rounds` and `/directory/rounds/new`: the rounds of an office, and starting one.

use axum::response::Response;
use kernel::Date;
use maud::{Markup, html};
use store::{Audit, FieldChange, Outcome};
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{
    family_of, link, post, scope,
    store::{self as sql, NewItem, Round},
};
use crate::{
    find::pages::sentences::{self, FAMILIES},
    i18n::t,
    model::{Kind, RoundId},
    partners::FACILITIES,
    upkeep::pages::crumbs,
};

/// Days that an office has at least.
const SHORTEST: i32 = 7;
/// Days before the last day on which those who have not answered are reminded.
const REMIND: i64 = 7;

/// What is asked about, in words.
pub(crate) fn what(cx: &Ctx, code: &str) -> String {
    if code == "partners" {
        t!(cx, "partners-title")
    } else {
        t!(cx, "upkeep-what-record")
    }
}

/// `GET /directory/rounds`
pub(crate) async fn list(cx: Ctx) -> web::Result {
    let rounds = cx
        .db()
        .read::<_, store::Error>(&cx.viewer(), sql::rounds)
        .await?;
    let head = [
        t!(cx, "upkeep-round-title"),
        t!(cx, "upkeep-what"),
        t!(cx, "upkeep-due"),
        t!(cx, "upkeep-asked"),
        t!(cx, "upkeep-column-state"),
    ];
    let rows: Vec<Vec<Markup>> = rounds
        .iter()
        .map(|r| {
            vec![
                html! { a lang="ja" href=(cx.url(&format!("/directory/rounds/{}", r.id))) { (r.title) } },
                html! { (what(&cx, &r.what)) },
                ui::date(&cx, r.due_on),
                html! { (r.asked) },
                state(&cx, r),
            ]
        })
        .collect();
    let body = html! {
        p { (t!(cx, "upkeep-rounds-text")) }
        div.actions { (ui::link_button(cx.url("/directory/rounds/new"), t!(cx, "upkeep-round-new"))) }
        @if rows.is_empty() { (ui::empty(t!(cx, "upkeep-rounds-none"), t!(cx, "upkeep-rounds-none-text"), html! {})) }
        @else { (ui::table_rows(t!(cx, "upkeep-to-rounds"), &head, &rows)) }
    };
    Ok(cx
        .page(t!(cx, "upkeep-to-rounds"))
        .nav("directory")
        .crumbs(&crumbs(&cx, t!(cx, "upkeep-to-rounds")))
        .no_qr()
        .body(body))
}

/// Where a round stands.
pub(crate) fn state(cx: &Ctx, round: &Round) -> Markup {
    if !round.open {
        ui::badge(ui::Tone::Plain, t!(cx, "upkeep-round-closed"))
    } else if round.due_on < cx.now.date_jst() {
        ui::badge(ui::Tone::Warn, t!(cx, "upkeep-round-late"))
    } else {
        ui::badge(ui::Tone::Key, t!(cx, "upkeep-round-open"))
    }
}

/// `GET /directory/rounds/new`
pub(crate) async fn form(cx: Ctx) -> web::Result {
    page(&cx, &Values::default(), &Errors::new()).await
}

async fn page(cx: &Ctx, typed: &Values, errors: &Errors) -> web::Result<Response> {
    let me = cx.require_me()?.clone();
    let (_, towns) = cx
        .db()
        .read::<_, store::Error>(&cx.viewer(), move |conn| scope(conn, &me))
        .await?;
    if towns.is_empty() {
        return Ok(cx
            .page(t!(cx, "upkeep-round-new"))
            .nav("directory")
            .crumbs(&crumbs(cx, t!(cx, "upkeep-round-new")))
            .no_qr()
            .body(ui::empty(
                t!(cx, "upkeep-round-no-towns"),
                t!(cx, "upkeep-round-no-towns-text"),
                html! {},
            )));
    }
    let first = typed.iter().next().is_none();
    let chosen = |name: &str, all: Vec<String>| {
        let list = if first { all } else { typed.all(name).to_vec() };
        list.into_iter()
            .map(std::borrow::Cow::Owned)
            .collect::<Vec<_>>()
    };
    let town_list: Vec<_> = towns
        .iter()
        .map(|m| ui::Choice::new(m.code.clone(), m.name(cx.lang).to_owned()))
        .collect();
    let family_list: Vec<_> = FAMILIES
        .iter()
        .map(|f| ui::Choice::new(*f, sentences::family(cx, f)))
        .collect();
    let whats = vec![
        ui::Choice::new("record", t!(cx, "upkeep-what-record")),
        ui::Choice::new("partners", t!(cx, "partners-title")),
    ];
    let due = cx.now.plus_days(30).date_jst();
    let year = kernel::format_fiscal_year(kernel::fiscal_year(cx.now.date_jst()), cx.lang);
    let or = |name: &str, otherwise: String| {
        if first {
            otherwise
        } else {
            typed.text(name).to_owned()
        }
    };
    let body = html! {
        (ui::error_summary(cx, errors))
        p { (t!(cx, "upkeep-round-new-text")) }
        (ui::form(cx, "/directory/rounds/new", html! {
            (ui::field(cx, &ui::Field::new("title", t!(cx, "upkeep-round-title")).value(or("title", t!(cx, "upkeep-round-title-example", year = year))).required().maxlength(200).errors(errors)))
            (ui::field(cx, &ui::Field::new("what", t!(cx, "upkeep-what")).kind(ui::Kind::Radio(whats)).value(or("what", "record".to_owned())).errors(errors)))
            (ui::check_group(cx, &ui::Field::new("towns", t!(cx, "upkeep-towns")).errors(errors), &town_list, &chosen("towns", towns.iter().map(|m| m.code.clone()).collect())))
            (ui::check_group(cx, &ui::Field::new("families", t!(cx, "upkeep-families")).hint(t!(cx, "upkeep-families-hint")).errors(errors), &family_list, &chosen("families", Vec::new())))
            (ui::field(cx, &ui::Field::new("due", t!(cx, "upkeep-due")).kind(ui::Kind::Date).value(or("due", kernel::format_date(due, cx.lang))).hint(t!(cx, "upkeep-due-hint")).required().errors(errors)))
            (ui::field(cx, &ui::Field::new("letter", t!(cx, "upkeep-letter")).kind(ui::Kind::Textarea { rows: 5 }).hint(t!(cx, "upkeep-letter-hint")).value(or("letter", t!(cx, "upkeep-letter-example"))).maxlength(2000).errors(errors)))
            div.actions { (ui::danger_button(t!(cx, "upkeep-round-start"), t!(cx, "upkeep-round-start-question"))) }
        }))
    };
    Ok(cx
        .page(t!(cx, "upkeep-round-new"))
        .nav("directory")
        .crumbs(&crumbs(cx, t!(cx, "upkeep-round-new")))
        .no_qr()
        .form(errors)
        .body(body))
}

struct Read {
    title: String,
    what: &'static str,
    families: Vec<String>,
    due: Option<Date>,
    letter: String,
}

fn read(cx: &Ctx, typed: &Values, errors: &mut Errors) -> Read {
    let title = kernel::text::trim(typed.text("title")).to_owned();
    if title.is_empty() || title.chars().count() > 200 {
        errors.add("title", t!(cx, "upkeep-round-title-missing"));
    }
    let due = kernel::parse_date(typed.text("due")).ok();
    let soon = |d: &Date| areas::rules::days_between(cx.now.date_jst(), *d) >= SHORTEST;
    if due.filter(soon).is_none() {
        errors.add("due", t!(cx, "upkeep-due-soon", count = SHORTEST));
    }
    let letter = kernel::text::trim(typed.text("letter")).to_owned();
    if letter.chars().count() > 2000 {
        errors.add("letter", t!(cx, "hospital-too-long", count = 2000));
    }
    Read {
        title,
        what: if typed.text("what") == "partners" {
            "partners"
        } else {
            "record"
        },
        families: FAMILIES
            .iter()
            .map(|f| (*f).to_owned())
            .filter(|f| typed.all("families").contains(f))
            .collect(),
        due,
        letter,
    }
}

/// Whether an office is asked in this round, and under which group it stands.
fn asked(kinds: &[Kind], codes: &str, read: &Read) -> Option<&'static str> {
    if read.what == "partners"
        && !codes
            .split_whitespace()
            .any(|code| FACILITIES.contains(&code))
    {
        return None;
    }
    family_of(kinds, codes, &read.families)
}

/// `POST /directory/rounds/new`
pub(crate) async fn start(cx: Ctx, Form(typed): Form<Values>) -> web::Result {
    let mut errors = Errors::new();
    let read = read(&cx, &typed, &mut errors);
    let (me, wanted) = (cx.require_me()?.clone(), typed.all("towns").to_vec());
    let (asker, towns, offices, kinds) = cx
        .db()
        .read::<_, store::Error>(&cx.viewer(), move |conn| {
            let (asker, towns) = scope(conn, &me)?;
            let towns: Vec<String> = towns
                .into_iter()
                .map(|m| m.code)
                .filter(|code| wanted.contains(code))
                .collect();
            let offices = sql::candidates(conn, &towns)?;
            Ok((asker, towns, offices, crate::store::kinds(conn)?))
        })
        .await?;
    let key = cx.db().key();
    let items: Vec<NewItem> = offices
        .into_iter()
        .filter_map(|(provider, municipality, codes)| {
            let family = asked(&kinds, &codes, &read)?;
            let id = cx.env().id();
            Some(NewItem {
                id,
                provider,
                municipality,
                family,
                token: link::hash(key, &link::token(key, id)),
                code: link::code_hash(key, &link::code(key, id)),
            })
        })
        .collect();
    if towns.is_empty() {
        errors.add("towns", t!(cx, "upkeep-towns-missing"));
    } else if items.is_empty() && errors.is_empty() {
        errors.add("families", t!(cx, "upkeep-nobody-asked"));
    }
    let Some(due) = read.due.filter(|_| errors.is_empty()) else {
        return page(&cx, &typed, &errors).await;
    };
    let id: RoundId = cx.env().id();
    let round = Round {
        id,
        tenant: asker,
        title: read.title,
        what: read.what.to_owned(),
        towns,
        families: read.families,
        letter: read.letter,
        due_on: due,
        open: true,
        asked: i64::try_from(items.len()).unwrap_or(i64::MAX),
        created_at: cx.now,
        closed_at: None,
        version: 1,
    };
    let count = items.len();
    cx.db()
        .write::<_, store::Error>(&cx.viewer(), move |tx| {
            sql::add(tx, &round, &items)?;
            let now = tx.now();
            tx.enqueue(post::job(id, 1, now))?;
            // The automatic reminder; those who have answered by then get none.
            tx.enqueue(post::job(
                id,
                2,
                kernel::Time::from_jst_date(due)
                    .plus_days(-REMIND)
                    .max(now.plus_days(1)),
            ))?;
            tx.audit(Audit {
                action: "directory.round.start",
                table: "confirmation_round",
                id: Some(id.uuid()),
                subject: Some(asker.uuid()),
                fields: vec![FieldChange {
                    name: "asked",
                    old: None,
                    new: Some(items.len().to_string()),
                }],
                purpose: None,
                result: Outcome::Done,
            })?;
            tx.changed("directory.round", id.uuid(), Some(asker))
        })
        .await?;
    cx.flash(
        FlashKind::Good,
        &t!(cx, "upkeep-round-started", count = count),
    );
    Ok(cx.redirect(&format!("/directory/rounds/{id}")))
}
