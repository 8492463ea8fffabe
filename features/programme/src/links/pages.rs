//! `/programme/entries/{id}/links`: related, merge, split, and taking each back.

use axum::{
    extract::{Path, Query},
    http::StatusCode,
};
use maud::{Markup, html};
use serde::Deserialize;
use store::Error;
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{
    Link,
    actions::{self, Ids},
    section, store as sql,
};
use crate::{
    i18n::t,
    model::{Entry, EntryBrief, EntryId, MOST_TITLE, Source, SourceId},
    pages::{address, parse},
    store::{self as entries, Filter, Key},
};

/// Entries offered after a search.
const OFFERED: i64 = 20;

/// What the address says after its question mark.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    find: String,
}

struct Shown {
    entry: Entry,
    sources: Vec<Source>,
    links: Vec<Link>,
    linked: Vec<EntryBrief>,
    offered: Vec<EntryBrief>,
    mine: Vec<EntryId>,
}

async fn read(cx: &Ctx, id: EntryId, find: &str) -> web::Result<Shown> {
    let find = find.trim().to_owned();
    let viewer = cx.viewer();
    let shown = cx.db().read::<_, Error>(&viewer, move |conn| {
        entries::editable(conn, id)?;
        let entry = entries::entry(conn, id)?.ok_or(Error::NotFound)?;
        let links = sql::links(conn, id)?;
        let others: Vec<EntryId> = links.iter().map(|l| l.other_than(id)).collect();
        let linked = if others.is_empty() {
            Vec::new()
        } else {
            entries::briefs(conn, &others)?
        };
        let filter = Filter {
            kind: Some(entry.kind),
            text: (!find.is_empty()).then_some(find),
            ..Filter::default()
        };
        let mut offered = entries::list(conn, &filter, false, Key::first(), OFFERED)?;
        offered.retain(|e| e.id != id);
        let ids: Vec<EntryId> = offered.iter().map(|e| e.id).collect();
        let mine = if ids.is_empty() {
            Vec::new()
        } else {
            sql::editable_of(conn, &ids)?
        };
        Ok(Shown {
            sources: entries::sources(conn, id)?,
            entry,
            links,
            linked,
            offered,
            mine,
        })
    });
    Ok(shown.await?)
}

/// `GET /programme/entries/{id}/links`
pub(crate) async fn show(
    cx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> web::Result {
    let shown = read(&cx, parse(&id)?, &asked.find).await?;
    Ok(page(&cx, &shown, &asked.find, &[], "", &Errors::new()))
}

/// `POST /programme/entries/{id}/links`
pub(crate) async fn send(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    let (db, viewer, ids) = (cx.db(), cx.viewer(), Ids::draw(cx.env()));
    let other = || {
        values
            .text("other")
            .parse::<EntryId>()
            .map_err(|_| web::Error::NotFound)
    };
    match values.text("op") {
        "relate" => actions::relate(db, &viewer, ids, id, other()?).await?,
        "merge" => {
            let (into, name) = (other()?, values.text("name"));
            let reason = t!(
                cx,
                "links-merge-reason",
                title = name.chars().take(MOST_TITLE).collect::<String>()
            );
            actions::merge(db, &viewer, ids, (id, into), reason).await?;
            cx.flash(FlashKind::Good, &t!(cx, "links-merged-done"));
            return Ok(cx.redirect(&format!("{}#links", address(into))));
        }
        "split" => {
            let chosen: Vec<SourceId> = values
                .all("source")
                .iter()
                .filter_map(|s| s.parse().ok())
                .collect();
            let title = values.text("title").to_owned();
            let mut errors = Errors::new();
            if chosen.is_empty() {
                errors.add("source", t!(cx, "links-choose-quotes"));
            }
            if title.is_empty() || title.chars().count() > MOST_TITLE {
                errors.add("title", t!(cx, "links-title-needed", max = MOST_TITLE));
            } else if let Some(text) = web::check_my_number(cx.lang, &title, false) {
                errors.add("title", text);
            }
            if !errors.is_empty() {
                let shown = read(&cx, id, "").await?;
                return Ok(page(&cx, &shown, "", &chosen, &title, &errors));
            }
            let made = actions::split(db, &viewer, ids, id, chosen, title).await?;
            cx.flash(FlashKind::Good, &t!(cx, "links-split-done"));
            return Ok(cx.redirect(&address(made)));
        }
        "undo" => {
            let link = values
                .text("link")
                .parse()
                .map_err(|_| web::Error::NotFound)?;
            actions::undo(db, &viewer, ids, link).await?;
        }
        _ => return Err(web::Error::NotFound),
    }
    cx.flash(FlashKind::Good, &t!(cx, "links-done"));
    Ok(cx.redirect(&format!("{}#links", address(id))))
}

fn page(
    cx: &Ctx,
    shown: &Shown,
    find: &str,
    chosen: &[SourceId],
    title: &str,
    errors: &Errors,
) -> axum::response::Response {
    let entry = &shown.entry;
    let path = format!("{}/links", address(entry.id));
    let body = html! {
        (ui::error_summary(cx, errors))
        p { (t!(cx, "links-lead")) }
        (section::list(cx, entry.id, &shown.links, &shown.linked, true))
        h2 { (t!(cx, "links-find")) }
        form.search method="get" action=(cx.url(&path)) {
            label for="find" { (t!(cx, "links-words")) }
            input type="search" id="find" name="find" value=(find);
            button type="submit" { (t!(cx, "links-find-do")) }
        }
        @if shown.offered.is_empty() { p.none { (t!(cx, "links-found-none")) } }
        ul.list-plain { @for other in &shown.offered { li { (offer(cx, shown, other, &path)) } } }
        @if shown.sources.len() > 1 {
            h2 { (t!(cx, "links-split-title")) }
            (ui::form(cx, &path, html! {
                input type="hidden" name="op" value="split";
                (quotes(cx, shown, chosen, errors))
                (ui::field(cx, &ui::Field::new("title", t!(cx, "links-new-title")).hint(t!(cx, "links-new-title-hint")).value(title).maxlength(200).errors(errors).required()))
                div.actions { (ui::button(t!(cx, "links-split-do"))) }
            }))
        }
    };
    let (root, name) = (t!(cx, "programme-title"), t!(cx, "links-title"));
    let back = address(entry.id);
    cx.page(t!(cx, "links-page", title = entry.title.as_str()))
        .nav("programme")
        .crumbs(&[
            ("/programme", root.as_str()),
            (back.as_str(), entry.title.as_str()),
            ("", name.as_str()),
        ])
        .status(if errors.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        })
        .body(body)
}

fn quotes(cx: &Ctx, shown: &Shown, chosen: &[SourceId], errors: &Errors) -> Markup {
    let choices: Vec<ui::Choice> = shown
        .sources
        .iter()
        .map(|s| ui::Choice::new(s.id.to_string(), s.quote.as_str()))
        .collect();
    let chosen: Vec<std::borrow::Cow<'_, str>> =
        chosen.iter().map(|id| id.to_string().into()).collect();
    ui::check_group(
        cx,
        &ui::Field::new("source", t!(cx, "links-quotes")).errors(errors),
        &choices,
        &chosen,
    )
}

fn offer(cx: &Ctx, shown: &Shown, other: &EntryBrief, path: &str) -> Markup {
    let one = |op: &str, button: Markup| {
        ui::form(
            cx,
            path,
            html! {
                input type="hidden" name="op" value=(op);
                input type="hidden" name="other" value=(other.id);
                input type="hidden" name="name" value=(other.title);
                (button)
            },
        )
    };
    let merge = shown.mine.contains(&other.id) && shown.entry.withdrawn_at.is_none();
    html! {
        p { a href=(cx.url(&address(other.id))) lang="ja" { (other.title) } }
        div.actions {
            (one("relate", html! { button.btn.second.small type="submit" aria-label={ (t!(cx, "links-relate")) ": " (other.title) } { (t!(cx, "links-relate")) } }))
            @if merge {
                (one("merge", html! { button.btn.second.small type="submit" data-confirm=(t!(cx, "links-merge-question")) aria-label={ (t!(cx, "links-merge")) ": " (other.title) } { (t!(cx, "links-merge")) } }))
            }
        }
    }
}
