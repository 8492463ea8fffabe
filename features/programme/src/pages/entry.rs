//! `GET /programme/entries/{id}`: one entry, the sentences it came from, whom it concerns, and what was done with it.

use axum::extract::Path;
use maud::{Markup, html};
use store::Error;
use web::{Ctx, ui};

use super::{Towns, card, entry_parts, past, sections::SECTIONS, words};
use crate::{
    i18n::t,
    model::{Entry, EntryId, Named, Past, Source},
    store as sql,
};

/// Lines of history on the page.
const PAST: i64 = 50;

/// Everything the page shows.
pub(super) struct Page {
    pub(super) entry: Entry,
    pub(super) named: Vec<Named>,
    pub(super) sources: Vec<Source>,
    pub(super) towns: Towns,
    pub(super) organisations: Vec<areas::Organisation>,
    pub(super) participants: Vec<kernel::OrganisationId>,
    pub(super) past: Vec<Past>,
    pub(super) sections: Vec<Markup>,
}

impl Page {
    pub(super) fn organisation(&self, id: kernel::OrganisationId) -> Option<&areas::Organisation> {
        self.organisations.iter().find(|o| o.id == id)
    }
}

/// `GET /programme/entries/{id}`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let page = read(&cx, super::parse(&id)?).await?;
    Ok(render(&cx, &page))
}

pub(super) async fn read(cx: &Ctx, id: EntryId) -> web::Result<Page> {
    let (with, signed) = (cx.clone(), cx.me.is_some());
    cx.db()
        .read::<_, Error>(&cx.viewer(), move |conn| {
            let entry = sql::entry(conn, id)?.ok_or(Error::NotFound)?;
            let mut sections = Vec::new();
            for section in SECTIONS {
                sections.extend(section(conn, &with, &entry)?);
            }
            let (named, participants) = sql::named_and_invited(conn, id)?;
            Ok(Page {
                named,
                participants,
                sources: sql::sources(conn, id)?,
                towns: Towns::read(conn)?,
                organisations: areas::store::organisations(conn)?,
                past: if signed {
                    sql::history(conn, id, PAST)?
                } else {
                    Vec::new()
                },
                entry,
                sections,
            })
        })
        .await
        .map_err(Into::into)
}

fn render(cx: &Ctx, page: &Page) -> axum::response::Response {
    let entry = &page.entry;
    let owner = page
        .organisation(entry.owner)
        .map_or_else(|| t!(cx, "owner-gone"), |o| o.label(cx.lang).to_owned());
    let body = html! {
        (warnings(cx, entry))
        p.sub { (t!(cx, "title-is-paraphrase")) }
        @if !entry.body.is_empty() { div.entry-body lang="ja" { @for line in entry.body.lines() { @if !line.trim().is_empty() { p { (line) } } } } }
        (facts(cx, page, &owner))
        (entry_parts::quotes(cx, page))
        (entry_parts::municipalities(cx, page))
        @for section in &page.sections { (section) }
        @if entry.editable() { (entry_parts::sharing(cx, page)) }
        @if !page.past.is_empty() { (past::view(cx, page)) }
    };
    let crumb = t!(cx, "programme-title");
    let actions = html! {
        @if entry.editable() {
            (ui::link_button(cx.url(&format!("{}/edit", super::address(entry.id))), t!(cx, "entry-edit")))
        }
    };
    cx.page(entry.title.as_str())
        .nav("programme")
        .crumbs(&[
            ("/programme", crumb.as_str()),
            ("", words::kind(cx.lang, entry.kind).as_str()),
        ])
        .sub(html! {
            (words::kind(cx.lang, entry.kind)) " / " (card::status_badge(cx, &entry.status)) " "
            (card::range_badge(cx, entry.range, entry.open))
            @if entry.fictional { " " (ui::badge(ui::Tone::Plain, t!(cx, "fictional"))) }
        })
        .actions(actions)
        .body(body)
}

fn warnings(cx: &Ctx, entry: &Entry) -> Markup {
    html! {
        @if let Some(at) = entry.withdrawn_at {
            (ui::notice(ui::Tone::Warn, t!(cx, "withdrawn-title"), html! {
                p { (kernel::format_date(at.date_jst(), cx.lang)) }
                @if let Some(reason) = &entry.withdrawn_reason { p lang="ja" { (reason) } }
            }))
        }
        @if entry.needs_rewrite && entry.inside {
            (ui::notice(ui::Tone::Warn, t!(cx, "rewrite-title"), html! { p { (t!(cx, "rewrite-text")) } }))
        }
    }
}

fn facts(cx: &Ctx, page: &Page, owner: &str) -> Markup {
    let entry = &page.entry;
    let mut facts: Vec<(String, Markup)> = vec![
        (t!(cx, "owner-label"), html! { (owner) }),
        (
            t!(cx, "municipalities-label"),
            card::who(cx, &page.towns, &entry.municipalities),
        ),
        (
            t!(cx, "scene-label"),
            html! { (joined(cx, entry.scenes.iter().map(|s| words::scene(cx.lang, s)))) },
        ),
        (
            t!(cx, "item-label"),
            if entry.items.is_empty() {
                html! { (t!(cx, "item-none")) }
            } else {
                html! { (joined(cx, entry.items.iter().map(|i| words::item(cx.lang, i)))) }
            },
        ),
    ];
    if !entry.tags.is_empty() {
        facts.push((
            t!(cx, "tags-label"),
            html! { (joined(cx, entry.tags.iter().map(|x| words::tag(cx.lang, x)))) },
        ));
    }
    if let Some(goal) = &entry.goal {
        facts.push((
            t!(cx, "goal-label"),
            html! { a href=(cx.url("/programme/goals")) { (words::scene(cx.lang, goal)) } },
        ));
    }
    if entry.inside {
        facts.push((
            t!(cx, "range-label"),
            html! { (words::range(cx.lang, entry.range)) },
        ));
    }
    if let Some(year) = entry.fiscal_year {
        facts.push((t!(cx, "year-label"), html! { (ui::fiscal_year(cx, year)) }));
    }
    if !entry.refs.is_empty() {
        facts.push((t!(cx, "refs-label"), html! { (entry.refs.join(" ")) }));
    }
    facts.push((
        t!(cx, "changed-label"),
        ui::date(cx, entry.updated_at.date_jst()),
    ));
    ui::dl(&facts)
}

pub(super) fn joined(cx: &Ctx, list: impl Iterator<Item = String>) -> String {
    let list: Vec<String> = list.collect();
    list.join(match cx.lang {
        kernel::Lang::Ja => "\u{30fb}",
        kernel::Lang::En => ", ",
    })
}
