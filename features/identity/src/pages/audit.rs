//! `/office/audit` and `/admin/audit`: what happened, who did it, and what the columns mean. Opening it is itself a row.

use std::collections::BTreeMap;

use axum::extract::Query;
use kernel::{AccountId, OrganisationId, Time};
use maud::{Markup, html};
use serde::Deserialize;
use store::{Audit, Viewer};
use web::ui::{self, Choice, Field, Kind, Tone};
use web::{Ctx, Errors};

use super::{action_word, names_of, office_crumbs};
use crate::{
    i18n::t,
    store::{
        audit::{self, Filter, Line},
        memberships,
    },
};

/// Rows on a page.
const PAGE: i64 = 50;
/// Days that are shown when no date is given.
const DAYS: i64 = 30;
/// The last page that can be turned to; earlier rows are found by date.
const MOST_PAGES: i64 = 200;

/// What the filter sends.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    action: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    page: String,
}

pub(crate) async fn office(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    let organisation = cx.require_me()?.organisation;
    show(&cx, Some(organisation), asked).await
}

pub(crate) async fn all(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    show(&cx, None, asked).await
}

struct Shown {
    lines: Vec<Line>,
    actions: Vec<String>,
    people: Vec<(AccountId, String)>,
}

async fn show(cx: &Ctx, organisation: Option<OrganisationId>, asked: Asked) -> web::Result {
    let mut errors = Errors::new();
    let day = |text: &str, name: &'static str, errors: &mut Errors| match text.trim() {
        "" => None,
        text => kernel::parse_date(text)
            .map_err(|_| errors.add(name, t!(cx, "date-wrong")))
            .ok(),
    };
    let until = day(&asked.until, "until", &mut errors);
    let from = day(&asked.from, "from", &mut errors);
    let last = until.map_or(cx.now.plus_secs(1), |d| Time::from_jst_date(d).plus_days(1));
    let first = from.map_or(last.plus_days(-DAYS), Time::from_jst_date);
    let filter = Filter {
        organisation,
        action: (!asked.action.is_empty()).then(|| asked.action.clone()),
        person: asked.person.parse().ok(),
        first,
        last,
    };
    let page = asked.page.parse::<i64>().unwrap_or(1).clamp(1, MOST_PAGES);
    // The row comes first: who may not be written down does not look.
    let opened = Audit {
        action: "identity.audit.view",
        table: "audit_event",
        id: filter.person.map(|p| p.uuid()),
        subject: organisation.map(|o| o.uuid()),
        ..Audit::default()
    };
    cx.db().audit(&cx.viewer(), opened).await?;
    let people = match organisation {
        Some(own) => {
            let members = cx
                .db()
                .read(&cx.viewer(), move |conn| memberships::of_office(conn, own))
                .await?;
            members
                .into_iter()
                .map(|m| (m.place.account, m.name))
                .collect()
        }
        None => Vec::new(),
    };
    let viewer = if organisation.is_some() {
        Viewer::system("audit trail of an office", cx.now)
    } else {
        Viewer::system("audit trail for the administrator", cx.now)
    };
    let viewer = viewer.from(cx.ip.to_string());
    let asked_filter = filter.clone();
    let shown = cx
        .db()
        .read(&viewer, move |conn| {
            let lines = audit::lines(conn, &asked_filter, PAGE + 1, (page - 1) * PAGE)?;
            let actions = audit::actions(conn, asked_filter.organisation, asked_filter.first)?;
            Ok::<_, store::Error>(Shown {
                lines,
                actions,
                people,
            })
        })
        .await?;
    let names = names_of(cx, shown.lines.iter().flat_map(accounts_in).collect()).await?;
    let offices = offices_of(cx).await?;
    render(
        cx,
        organisation.is_some(),
        &asked,
        &shown,
        &names,
        &offices,
        page,
        &errors,
    )
}

fn accounts_in(line: &Line) -> Vec<AccountId> {
    let row = line
        .row
        .filter(|_| line.about == "account")
        .map(AccountId::new);
    line.account.into_iter().chain(row).collect()
}

async fn offices_of(cx: &Ctx) -> store::Result<BTreeMap<OrganisationId, String>> {
    let lang = cx.lang;
    cx.db()
        .read(&cx.viewer(), move |conn| {
            Ok(areas::store::organisations(conn)?
                .into_iter()
                .map(|o| (o.id, o.label(lang).to_owned()))
                .collect())
        })
        .await
}

type Names = BTreeMap<AccountId, String>;
type Offices = BTreeMap<OrganisationId, String>;

#[expect(
    clippy::too_many_arguments,
    reason = "everything that the page shows, read before"
)]
fn render(
    cx: &Ctx,
    office: bool,
    asked: &Asked,
    shown: &Shown,
    names: &Names,
    offices: &Offices,
    page: i64,
    errors: &Errors,
) -> web::Result {
    let title = t!(cx, "audit-title");
    let path = if office {
        "/office/audit"
    } else {
        "/admin/audit"
    };
    let more = shown.lines.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    let built = cx.page(title.clone()).wide().form(errors);
    let built = if office {
        built
            .nav("office")
            .crumbs(&office_crumbs(cx, title))
            .sub(t!(cx, "audit-sub-office"))
    } else {
        built.nav("admin").sub(t!(cx, "audit-sub-all"))
    };
    Ok(built.body(html! {
        (ui::details(t!(cx, "audit-columns"), html! {
            (ui::dl(&[
                (t!(cx, "audit-when"), t!(cx, "audit-when-means")),
                (t!(cx, "audit-who"), t!(cx, "audit-who-means")),
                (t!(cx, "audit-what"), t!(cx, "audit-what-means")),
                (t!(cx, "audit-about"), t!(cx, "audit-about-means")),
                (t!(cx, "audit-fields"), t!(cx, "audit-fields-means")),
                (t!(cx, "audit-where"), t!(cx, "audit-where-means")),
                (t!(cx, "audit-result"), t!(cx, "audit-result-means")),
            ]))
        }))
        (filters(cx, path, asked, shown, errors))
        @if shown.lines.is_empty() {
            (ui::empty(t!(cx, "audit-none-title"), t!(cx, "audit-none"), html! {}))
        } @else {
            (table(cx, &shown.lines[..shown.lines.len().min(usize::try_from(PAGE).unwrap_or(usize::MAX))], names, offices))
            nav.pager aria-label=(t!(cx, "audit-pages")) {
                @if page > 1 { a.prev rel="prev" href=(link(cx, path, asked, page - 1)) { (t!(cx, "audit-newer")) } }
                span aria-current="page" { (page) }
                @if more && page < MOST_PAGES { a.next rel="next" href=(link(cx, path, asked, page + 1)) { (t!(cx, "audit-older")) } }
            }
        }
        div.actions.no-print { button.btn.second type="button" data-print="1" { (web::t!(cx.lang, "print")) } }
    }))
}

fn link(cx: &Ctx, path: &str, asked: &Asked, page: i64) -> String {
    let page = page.to_string();
    let mut out = format!("{}?page={page}", cx.url(path));
    for (name, value) in [
        ("action", &asked.action),
        ("person", &asked.person),
        ("from", &asked.from),
        ("until", &asked.until),
    ] {
        if !value.is_empty() {
            out.push('&');
            out.push_str(name);
            out.push('=');
            for byte in value.bytes() {
                if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
                    out.push(char::from(byte));
                } else {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
        }
    }
    out
}

fn filters(cx: &Ctx, path: &str, asked: &Asked, shown: &Shown, errors: &Errors) -> Markup {
    let every = || std::iter::once(Choice::new("", web::t!(cx.lang, "all")));
    let actions: Vec<Choice<'_>> = every()
        .chain(
            shown
                .actions
                .iter()
                .map(|a| Choice::new(a.as_str(), action_word(cx.lang, a))),
        )
        .collect();
    let people: Vec<Choice<'_>> = every()
        .chain(
            shown
                .people
                .iter()
                .map(|(id, name)| Choice::new(id.to_string(), name.as_str())),
        )
        .collect();
    html! {
        form.form.filters.no-print method="get" action=(cx.url(path)) novalidate {
            (ui::field(cx, &Field::new("action", t!(cx, "audit-what")).kind(Kind::Select(actions)).value(asked.action.as_str())))
            @if !shown.people.is_empty() {
                (ui::field(cx, &Field::new("person", t!(cx, "audit-person")).kind(Kind::Select(people)).value(asked.person.as_str())))
            }
            (ui::field(cx, &Field::new("from", web::t!(cx.lang, "from")).kind(Kind::Date).value(asked.from.as_str()).errors(errors)
                .hint(t!(cx, "date-hint"))))
            (ui::field(cx, &Field::new("until", web::t!(cx.lang, "until")).kind(Kind::Date).value(asked.until.as_str()).errors(errors)))
            div.actions { (ui::button(t!(cx, "audit-show"))) a.btn.second href=(cx.url(path)) { (t!(cx, "audit-clear")) } }
        }
    }
}

fn table(cx: &Ctx, lines: &[Line], names: &Names, offices: &Offices) -> Markup {
    ui::table(
        t!(cx, "audit-title"),
        &[
            t!(cx, "audit-when"),
            t!(cx, "audit-who"),
            t!(cx, "audit-what"),
            t!(cx, "audit-about"),
            t!(cx, "audit-fields"),
            t!(cx, "audit-where"),
            t!(cx, "audit-result"),
        ],
        html! {
            @for line in lines {
                tr {
                    th scope="row" { (ui::moment(cx, line.at)) }
                    td { (who(cx, line, names, offices)) }
                    td { (action_word(cx.lang, &line.action)) @if let Some(purpose) = &line.purpose { br; span.sub { (purpose) } } }
                    td { (about(line, names, offices)) }
                    td { (fields(&line.fields)) }
                    td.nowrap { (line.address) }
                    td {
                        @if line.done { (ui::badge(Tone::Plain, t!(cx, "audit-done"))) }
                        @else { (ui::badge(Tone::Bad, t!(cx, "audit-refused"))) }
                    }
                }
            }
        },
    )
}

fn who(cx: &Ctx, line: &Line, names: &Names, offices: &Offices) -> Markup {
    html! {
        @match line.account {
            Some(account) => (names.get(&account).cloned().unwrap_or_else(|| t!(cx, "audit-somebody"))),
            None if line.who.starts_with("public") => (t!(cx, "audit-visitor")),
            None => (t!(cx, "audit-program")),
        }
        @if let Some(office) = line.organisation.and_then(|o| offices.get(&o)) { br; span.sub { (office) } }
        @if let Some(town) = line.acting_for.and_then(|o| offices.get(&o)) { br; span.sub { (t!(cx, "audit-for", name = town.as_str())) } }
    }
}

fn about(line: &Line, names: &Names, offices: &Offices) -> Markup {
    let row = line.row.and_then(|id| {
        names
            .get(&AccountId::new(id))
            .or_else(|| offices.get(&OrganisationId::new(id)))
    });
    let subject = line
        .subject
        .and_then(|id| offices.get(&OrganisationId::new(id)));
    html! {
        @match (row, subject) {
            (Some(name), _) => (name),
            (None, Some(office)) => (office),
            // What the action says already; the name of a table tells nobody more.
            (None, None) => {},
        }
    }
}

/// The names of the fields; their contents are not kept, only keyed hashes.
fn fields(json: &str) -> String {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(json) else {
        return String::new();
    };
    let name = |v: &serde_json::Value| match v {
        serde_json::Value::String(name) => Some(name.clone()),
        serde_json::Value::Object(o) => o.get("name").and_then(|n| n.as_str()).map(str::to_owned),
        serde_json::Value::Array(list) => list.first().and_then(|n| n.as_str()).map(str::to_owned),
        _ => None,
    };
    let names: Vec<String> = match &value {
        serde_json::Value::Array(list) => list.iter().filter_map(name).collect(),
        serde_json::Value::Object(o) => o.keys().cloned().collect(),
        _ => Vec::new(),
    };
    names.join(", ")
}
