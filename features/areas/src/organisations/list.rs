//! `GET /admin/organisations`: the register, searched by name, kind and municipality.

use std::collections::HashMap;

use axum::extract::Query;
use kernel::{OrganisationId, text};
use maud::{Markup, html};
use serde::Deserialize;
use web::ui::{self, Choice, Field, Kind, Tone};
use web::{Ctx, Errors};

use super::{form::KINDS, rows};
use crate::{
    i18n::t,
    model::{Municipality, Organisation},
    pages::kind_word,
    store,
};

/// Rows on a page.
const PAGE: usize = 50;

/// What the search sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    kind: String,
    municipality: String,
    page: String,
}

struct Found {
    organisations: Vec<Organisation>,
    aliases: HashMap<OrganisationId, Vec<String>>,
    towns: Vec<Municipality>,
}

/// `GET /admin/organisations`
pub(super) async fn show(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    let mut found = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), |conn| {
            let mut aliases: HashMap<OrganisationId, Vec<String>> = HashMap::new();
            for (of, alias) in rows::all_aliases(conn)? {
                aliases.entry(of).or_default().push(alias);
            }
            Ok(Found {
                organisations: store::organisations(conn)?,
                aliases,
                towns: store::municipalities(conn)?,
            })
        })
        .await?;
    let total = found.organisations.len();
    let all = std::mem::take(&mut found.organisations);
    let matching: Vec<Organisation> = all
        .into_iter()
        .filter(|one| fits(one, &asked, &found.aliases))
        .collect();
    let pages = matching.len().div_ceil(PAGE).max(1);
    let page = asked.page.parse::<usize>().unwrap_or(1).clamp(1, pages);
    let shown: Vec<&Organisation> = matching.iter().skip((page - 1) * PAGE).take(PAGE).collect();
    let title = t!(cx, "areas-register");
    let body = html! {
        (search(&cx, &asked, &found.towns))
        p aria-live="polite" { (t!(cx, "areas-register-count", count = matching.len(), total = total)) }
        @if shown.is_empty() {
            (ui::empty(t!(cx, "areas-register-none"), t!(cx, "areas-register-none-text"), html! {
                (ui::link_button(cx.url("/admin/organisations/new"), t!(cx, "areas-register-add")))
                (ui::link_button_second(cx.url("/admin/organisations"), t!(cx, "areas-register-show-all")))
            }))
        } @else {
            (table(&cx, &shown, &found))
            (ui::pager(&cx, page as u64, pages as u64, |n| cx.url(&address(&asked, n))))
        }
    };
    Ok(cx
        .page(title.clone())
        .nav("admin")
        .crumbs(&[("/admin", t!(cx, "areas-register-up")), ("", title)])
        .sub(t!(cx, "areas-register-lead"))
        .actions(html! {
            (ui::link_button(cx.url("/admin/organisations/new"), t!(cx, "areas-register-add")))
            (ui::link_button_second(cx.url("/admin/managers"), t!(cx, "areas-register-managers")))
        })
        .wide()
        .no_qr()
        .body(body))
}

fn fits(one: &Organisation, asked: &Asked, aliases: &HashMap<OrganisationId, Vec<String>>) -> bool {
    let kind = asked.kind.is_empty() || asked.kind == one.kind;
    let town = asked.municipality.is_empty()
        || one.municipality.as_deref() == Some(asked.municipality.as_str());
    let wanted = text::fold(&asked.q);
    let names = [&one.name, &one.short_name, &one.name_en];
    let named = || {
        let own = aliases.get(&one.id).into_iter().flatten();
        names
            .into_iter()
            .chain(own)
            .any(|name| text::fold(name).contains(&wanted))
    };
    kind && town && (wanted.is_empty() || named())
}

fn search(cx: &Ctx, asked: &Asked, towns: &[Municipality]) -> Markup {
    let none = Errors::new();
    let any = || Choice::new("", web::t!(cx.lang, "all"));
    let mut kinds: Vec<Choice<'_>> = vec![any()];
    kinds.extend(
        KINDS
            .into_iter()
            .chain(["municipality", "operator"])
            .map(|kind| Choice::new(kind, kind_word(cx, kind))),
    );
    let mut places: Vec<Choice<'_>> = vec![any()];
    places.extend(
        towns
            .iter()
            .map(|town| Choice::new(town.code.as_str(), town.name(cx.lang))),
    );
    let field = |name: &'static str, label: String, value: &str, kind: Kind<'_>| {
        ui::field(
            cx,
            &Field::new(name, label)
                .kind(kind)
                .value(value.to_owned())
                .errors(&none),
        )
    };
    html! {
        form.form.filter role="search" method="get" action=(cx.url("/admin/organisations")) {
            (field("q", t!(cx, "areas-register-name"), &asked.q, Kind::Search))
            (field("kind", t!(cx, "areas-glossary-kind"), &asked.kind, Kind::Select(kinds)))
            (field("municipality", t!(cx, "areas-column-name"), &asked.municipality, Kind::Select(places)))
            div.actions { (ui::button(web::t!(cx.lang, "search"))) }
        }
    }
}

fn table(cx: &Ctx, shown: &[&Organisation], found: &Found) -> Markup {
    let head = [
        t!(cx, "areas-register-name"),
        t!(cx, "areas-glossary-kind"),
        t!(cx, "areas-column-name"),
        t!(cx, "areas-register-checked"),
        t!(cx, "areas-register-manager"),
    ];
    let rows: Vec<Vec<Markup>> = shown.iter().map(|one| row(cx, one, found)).collect();
    ui::table_rows(t!(cx, "areas-register"), &head, &rows)
}

fn row(cx: &Ctx, one: &Organisation, found: &Found) -> Vec<Markup> {
    let town = one
        .municipality
        .as_deref()
        .and_then(|code| found.towns.iter().find(|town| town.code == code));
    let name = one.label(cx.lang);
    let invite = t!(cx, "areas-register-invite-label", name = name);
    vec![
        html! {
            a href=(cx.url(&format!("/admin/organisations/{}", one.id))) { (name) }
            @if one.fictional { " " (ui::badge(Tone::Plain, web::t!(cx.lang, "fictional"))) }
            @if let Some(list) = found.aliases.get(&one.id) { br; span.sub lang="ja" { (list.join(" / ")) } }
        },
        html! { (kind_word(cx, &one.kind)) },
        html! { @match town { Some(town) => span.nowrap { (town.name(cx.lang)) }, None => "–" } },
        html! { @if one.verified { (ui::date_opt(cx, one.verified_on)) } @else { (ui::unknown(cx)) } },
        html! {
            a.nowrap href=(cx.url(&format!("/admin/managers?organisation={}", one.id))) aria-label=(invite) {
                (t!(cx, "areas-register-invite"))
            }
        },
    ]
}

/// The address of a page of the same search.
fn address(asked: &Asked, page: u64) -> String {
    let plain = |text: &str| {
        let mut out = String::new();
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
        out
    };
    format!(
        "/admin/organisations?q={}&kind={}&municipality={}&page={page}",
        plain(&asked.q),
        plain(&asked.kind),
        plain(&asked.municipality)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_carries_the_search() {
        let asked = Asked {
            q: "訪問 &a=b".to_owned(),
            kind: "provider".to_owned(),
            ..Asked::default()
        };
        assert_eq!(
            address(&asked, 2),
            "/admin/organisations?q=%E8%A8%AA%E5%95%8F%20%26a%3Db&kind=provider&municipality=&page=2"
        );
    }
}
