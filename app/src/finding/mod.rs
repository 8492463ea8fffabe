//! One search box over surveys and programme, within the rights of whoever asks (decision 0011).
//!
//! The rooms say what may be found and by whom ([`search::Room`]); this page brings the index up to date, searches in what
//! this viewer may read, and shows the hits as the rooms read them again through their views.

mod excerpt;
mod shelf;

use maud::{Markup, html};
use search::{Audience, Dictionary, Hits, Query, Shown};
use store::Schema;
use web::ui::{self, Chip, Tone};
use web::{Ctx, Feature, NavItem, Permission, Route};

use crate::i18n::{loader, t};

static SCHEMA: Schema = Schema {
    feature: "finding",
    migrations: &[],
    statements: &[],
};

const NAV: &[NavItem] = &[NavItem {
    href: "/search",
    label: |lang| loader(lang).get("finding-nav"),
    order: 80,
    permission: &Permission::PUBLIC,
    public: true,
}];

/// Hits on a page.
const PAGE: usize = 20;
/// Pages beyond are not asked for; nobody reads so far.
const LAST_PAGE: usize = 500;

/// The page and its entry of the navigation.
#[must_use]
pub fn feature() -> Feature {
    Feature {
        name: "finding",
        schema: &SCHEMA,
        routes: || vec![Route::get("/search", &Permission::PUBLIC, show)],
        nav: NAV,
        waiting: None,
        jobs: &[],
    }
}

/// The box, for other pages too.
#[must_use]
pub fn search_box(cx: &Ctx, value: &str) -> Markup {
    ui::search(
        cx,
        "/search",
        t!(cx, "finding-label"),
        t!(cx, "finding-example"),
        value,
    )
}

/// What is asked for; everything else in the address is ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    q: String,
    what: String,
    town: String,
    page: usize,
}

impl Asked {
    fn url(&self, cx: &Ctx, what: &str, town: &str, page: usize) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &self.q);
        for (name, value) in [("what", what), ("town", town)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        cx.url(&format!("/search?{}", query.finish()))
    }
}

/// What the index said, and the hits as this viewer may see them.
struct Found {
    hits: Hits,
    shown: Vec<Shown>,
    /// Names of the municipalities that hits belong to.
    towns: Vec<areas::Municipality>,
    /// Whether the index had to be searched before it had read the latest changes.
    behind: bool,
}

async fn show(cx: Ctx) -> web::Result {
    let query = cx.uri.query().unwrap_or_default();
    let mut asked = read_address(query);
    asked.q = asked.q.trim().chars().take(200).collect();
    asked.page = asked.page.clamp(1, LAST_PAGE);
    let words = Dictionary::default().parse(&asked.q).words;
    let found = if words.is_empty() {
        None
    } else {
        Some(find(&cx, &asked, words).await?)
    };
    let body = html! {
        (search_box(&cx, &asked.q))
        @match &found {
            None => (entrance(&cx)),
            Some(found) => (answer(&cx, &asked, found)),
        }
    };
    let title = if found.is_some() {
        t!(cx, "finding-title-of", q = asked.q.as_str())
    } else {
        t!(cx, "finding-title")
    };
    // What somebody searched for is nobody else's business: no code of this address on paper.
    Ok(cx.page(title).nav("search").no_qr().body(body))
}

/// Reads the address; a wrong number of the page is the first.
fn read_address(query: &str) -> Asked {
    let mut asked = Asked::default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "q" => asked.q = value.into_owned(),
            "what" => asked.what = value.into_owned(),
            "town" => asked.town = value.into_owned(),
            "page" => asked.page = value.parse().unwrap_or(1),
            _ => {}
        }
    }
    asked
}

async fn find(cx: &Ctx, asked: &Asked, words: Vec<search::Word>) -> web::Result<Found> {
    let current = shelf::current(cx.db(), cx.now, cx.me.as_ref().map(|me| me.account)).await?;
    let filter =
        |group: &str, value: &str| (!value.is_empty()).then(|| vec![format!("{group}:{value}")]);
    let query = Query {
        audience: if cx.me.is_some() {
            Audience::Professionals
        } else {
            Audience::Public
        },
        readers: current.readers,
        words,
        filters: [filter("what", &asked.what), filter("town", &asked.town)]
            .into_iter()
            .flatten()
            .collect(),
        count: ["what", "town"].map(str::to_owned).to_vec(),
        offset: (asked.page - 1) * PAGE,
        limit: PAGE,
        ..Query::default()
    };
    let (hits, spots) = current.shelf.search(&query);
    let lang = cx.lang;
    let (shown, towns) = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            let shown = shelf::show(conn, lang, &spots)?;
            Ok::<_, store::Error>((shown, areas::store::municipalities(conn)?))
        })
        .await?;
    Ok(Found {
        hits,
        shown,
        towns,
        behind: current.behind,
    })
}

fn entrance(cx: &Ctx) -> Markup {
    html! {
        p { (t!(cx, "finding-lead")) }
        @if cx.me.is_some() { p { (t!(cx, "finding-lead-signed")) } } @else { p { (t!(cx, "finding-lead-public")) } }
        p { a href=(cx.url("/directory")) { (t!(cx, "finding-directory")) } }
    }
}

fn answer(cx: &Ctx, asked: &Asked, found: &Found) -> Markup {
    let total = found.hits.total;
    let pages = total.div_ceil(PAGE as u64).min(LAST_PAGE as u64);
    let words = excerpt::Words::of(&asked.q);
    html! {
        p role="status" { (t!(cx, "finding-total", total = total)) }
        @if found.behind { (ui::notice(Tone::Info, t!(cx, "finding-behind"), html! {})) }
        @if !found.hits.typos.is_empty() { p { (t!(cx, "finding-typo")) } }
        (narrow(cx, asked, found))
        @if found.shown.is_empty() {
            (ui::empty(t!(cx, "finding-none"), t!(cx, "finding-none-text"), html! { a href=(cx.url("/directory")) { (t!(cx, "finding-directory")) } }))
        } @else {
            ol.found start=((asked.page - 1) * PAGE + 1) {
                @for one in &found.shown {
                    li.card {
                        h2 lang="ja" {
                            @if one.href.is_empty() { (words.mark(&one.title)) } @else { a href=(cx.url(&one.href)) { span { (words.mark(&one.title)) } } }
                        }
                        p.sub { (one.about) }
                        @let text = words.cut(&one.text);
                        @if !text.is_empty() { p lang="ja" { (words.mark(&text)) } }
                    }
                }
            }
        }
        (ui::pager(cx, asked.page as u64, pages, |page| asked.url(cx, &asked.what, &asked.town, usize::try_from(page).unwrap_or(1))))
    }
}

/// Kinds and municipalities with their numbers; those of the other filter are kept.
fn narrow(cx: &Ctx, asked: &Asked, found: &Found) -> Markup {
    let count = |group: &str| -> Vec<(String, u64)> {
        let own = found.hits.counts.iter().filter_map(|(mark, count)| {
            let value = mark.strip_prefix(group)?.strip_prefix(':')?;
            Some((value.to_owned(), *count))
        });
        own.collect()
    };
    let chip = |label: String, on: bool, href: String| Chip { href, label, on };
    let kinds = count("what");
    let mut whats = vec![chip(
        t!(cx, "finding-all"),
        asked.what.is_empty(),
        asked.url(cx, "", &asked.town, 1),
    )];
    for code in WHAT {
        if let Some((_, count)) = kinds.iter().find(|(value, _)| value == code) {
            let label = format!("{} {count}", what(cx, code));
            whats.push(chip(
                label,
                asked.what == code,
                asked.url(cx, code, &asked.town, 1),
            ));
        }
    }
    let in_towns = count("town");
    let mut towns = vec![chip(
        t!(cx, "finding-all-towns"),
        asked.town.is_empty(),
        asked.url(cx, &asked.what, "", 1),
    )];
    for town in &found.towns {
        if let Some((_, count)) = in_towns.iter().find(|(code, _)| *code == town.code) {
            let label = format!("{} {count}", town.name(cx.lang));
            let href = asked.url(cx, &asked.what, &town.code, 1);
            towns.push(chip(label, asked.town == town.code, href));
        }
    }
    html! {
        @if whats.len() > 1 { (ui::chips(t!(cx, "finding-by-kind"), &whats)) }
        @if towns.len() > 1 { (ui::chips(t!(cx, "finding-by-town"), &towns)) }
    }
}

/// The kinds of documents of all rooms, in the order of the page.
const WHAT: [&str; 13] = [
    "initiative",
    "issue",
    "request",
    "strength",
    "measure",
    "goal",
    "handoff",
    "comment",
    "note",
    "answer",
    "question",
    "survey",
    "draft",
];

fn what(cx: &Ctx, code: &str) -> String {
    match code {
        "initiative" => t!(cx, "finding-initiative"),
        "issue" => t!(cx, "finding-issue"),
        "request" => t!(cx, "finding-request"),
        "strength" => t!(cx, "finding-strength"),
        "measure" => t!(cx, "finding-measure"),
        "goal" => t!(cx, "finding-goal"),
        "handoff" => t!(cx, "finding-handoff"),
        "comment" => t!(cx, "finding-comment"),
        "note" => t!(cx, "finding-note"),
        "answer" => t!(cx, "finding-answer"),
        "question" => t!(cx, "finding-question"),
        "draft" => t!(cx, "finding-draft"),
        _ => t!(cx, "finding-survey"),
    }
}
