//! `GET /inbox/{id}` and what can be done there: file, take back, put aside, turn, split, merge.

use axum::extract::Path;
use maud::{Markup, html};
use web::{
    Ctx, FlashKind, Form, Values,
    ui::{self, Tone},
};

use super::{office, parse, refused};
use crate::{
    actions::{self, Refusal, Seen},
    beside,
    code::ShortCode,
    i18n::t,
    model::{Page, PageId, Paper, PaperId, State, Step},
    receiver::{self, Place},
    store as sql,
};

/// Most papers that are offered for merging.
const MOST_OTHERS: i64 = 50;

struct Shown {
    paper: Paper,
    pages: Vec<Page>,
    steps: Vec<Step>,
    place: Option<Place>,
    /// Records for which papers are awaited, with their whole targets.
    open: Vec<(String, Place)>,
    others: Vec<Paper>,
}

async fn load(cx: &Ctx, id: PaperId) -> web::Result<Shown> {
    let lang = cx.lang;
    let read = move |conn: &mut store::Conn| {
        let paper = sql::paper(conn, id)?;
        let place = match &paper.target {
            Some(target) => receiver::place(conn, lang, target)?,
            None => None,
        };
        let mut open = Vec::new();
        let mut others = Vec::new();
        if paper.state.open() {
            for room in receiver::all() {
                let of_room = (room.open)(conn, lang)?;
                open.extend(
                    of_room
                        .into_iter()
                        .map(|(rest, place)| (format!("{}:{rest}", room.prefix), place)),
                );
            }
            others = sql::papers(conn, paper.tenant, State::Waiting, MOST_OTHERS)?;
            others.retain(|other| other.id != id);
        }
        Ok::<_, store::Error>(Shown {
            pages: sql::pages(conn, id)?,
            steps: sql::steps(conn, id)?,
            paper,
            place,
            open,
            others,
        })
    };
    Ok(cx.db().read(&cx.viewer(), read).await?)
}

pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let shown = load(&cx, parse(&id)?).await?;
    let paper = &shown.paper;
    let side = html! {
        (standing(&cx, &shown))
        @if paper.state.open() {
            @if paper.state != State::Filed { (by_code(&cx, paper)) (choose(&cx, &shown)) }
            (pages(&cx, &shown))
            @if paper.state == State::Filed {
                (ui::details(t!(cx, "inbox-refile"), html! { p { (t!(cx, "inbox-refile-lead")) } (by_code(&cx, paper)) (choose(&cx, &shown)) }))
            }
            (elsewhere(&cx, &shown))
        }
        (history(&cx, &shown))
    };
    Ok(cx
        .page(t!(cx, "inbox-paper"))
        .nav("inbox")
        .crumbs(&[
            ("/inbox".to_owned(), t!(cx, "inbox-title")),
            (String::new(), paper.scan_name.clone()),
        ])
        .sub(html! { (paper.scan_name) })
        .wide()
        .no_qr()
        .body(beside::side_by_side(
            &beside::viewer(&cx, &shown.pages),
            &side,
        )))
}

fn standing(cx: &Ctx, shown: &Shown) -> Markup {
    let paper = &shown.paper;
    match (paper.state, &shown.place) {
        (State::Filed, Some(place)) => ui::notice(
            Tone::Key,
            t!(cx, "inbox-lies-at"),
            html! {
                p { strong { (place.title) } }
                div.actions { (ui::link_button(cx.url(&place.path), t!(cx, "inbox-type"))) }
            },
        ),
        (State::Filed, None) => ui::notice(
            Tone::Warn,
            t!(cx, "inbox-lies-nowhere"),
            html! { p { (t!(cx, "inbox-lies-nowhere-text")) } },
        ),
        (State::Waiting, _) if !paper.code.is_empty() => ui::notice(
            Tone::Warn,
            t!(cx, "inbox-strange-code"),
            html! { p { (t!(cx, "inbox-strange-code-text")) } },
        ),
        (State::Waiting, _) => ui::notice(
            Tone::Info,
            t!(cx, "inbox-uncoded"),
            html! { p { (t!(cx, "inbox-uncoded-text")) } },
        ),
        (State::Aside, _) => ui::notice(
            Tone::Info,
            t!(cx, "inbox-state-aside"),
            html! { p { (t!(cx, "inbox-aside-text")) } },
        ),
        (State::Gone, _) => ui::notice(
            Tone::Info,
            t!(cx, "inbox-state-gone"),
            html! { p { (t!(cx, "inbox-gone-text")) } },
        ),
    }
}

fn version(paper: &Paper) -> Markup {
    html! { input type="hidden" name="version" value=(paper.version); }
}

fn by_code(cx: &Ctx, paper: &Paper) -> Markup {
    ui::card(
        t!(cx, "inbox-by-code"),
        ui::form(
            cx,
            &format!("/inbox/{}/file", paper.id),
            html! {
                (version(paper))
                (ui::field(cx, &ui::Field::new("code", t!(cx, "inbox-code")).hint(t!(cx, "inbox-code-hint")).maxlength(20).required()))
                div.actions { (ui::button(t!(cx, "inbox-file-it"))) }
            },
        ),
    )
}

fn choose(cx: &Ctx, shown: &Shown) -> Markup {
    if shown.open.is_empty() {
        return html! {};
    }
    let paper = &shown.paper;
    ui::card(
        t!(cx, "inbox-choose"),
        ui::form(
            cx,
            &format!("/inbox/{}/file", paper.id),
            html! {
                (version(paper))
                div.field {
                    label for="target" { (t!(cx, "inbox-awaited")) }
                    select id="target" name="target" required {
                        option value="" { (t!(cx, "inbox-pick")) }
                        @for (target, place) in &shown.open { option value=(target) { (place.title) } }
                    }
                }
                div.actions { (ui::button(t!(cx, "inbox-file-it"))) }
            },
        ),
    )
}

fn pages(cx: &Ctx, shown: &Shown) -> Markup {
    let paper = &shown.paper;
    let action = |what: &str| format!("/inbox/{}/{what}", paper.id);
    let rows: Vec<Vec<Markup>> = shown
        .pages
        .iter()
        .enumerate()
        .map(|(at, page)| {
            let number = at + 1;
            vec![
                html! { a href=(cx.url(&format!("/inbox/pages/{}", page.id))) { (t!(cx, "inbox-nth-page", page = number)) } },
                html! { div.actions {
                    (ui::form(cx, &action("turn"), html! { (version(paper)) input type="hidden" name="page" value=(page.id); input type="hidden" name="number" value=(number);
                        button.btn.second.small type="submit" aria-label=(t!(cx, "inbox-turn-nth", page = number)) { (t!(cx, "inbox-turn")) } }))
                    @if at > 0 {
                        (ui::form(cx, &action("split"), html! { (version(paper)) input type="hidden" name="from" value=(at);
                            button.btn.second.small type="submit" aria-label=(t!(cx, "inbox-split-nth", page = number)) { (t!(cx, "inbox-split")) } }))
                    }
                } },
            ]
        })
        .collect();
    ui::card(
        t!(cx, "inbox-pages-title"),
        html! {
            p { (t!(cx, "inbox-pages-lead")) }
            (ui::table_rows(t!(cx, "inbox-pages-title"), &[t!(cx, "inbox-page"), t!(cx, "inbox-do")], &rows))
            @if !shown.others.is_empty() {
                (ui::form(cx, &action("merge"), html! {
                    (version(paper))
                    div.field {
                        label for="into" { (t!(cx, "inbox-merge-into")) }
                        select id="into" name="into" required {
                            option value="" { (t!(cx, "inbox-pick")) }
                            @for other in &shown.others {
                                option value=(format!("{} {}", other.id, other.version)) {
                                    (t!(cx, "inbox-other", name = other.scan_name.as_str(), count = { other.pages }, at = kernel::format_date(other.arrived_at.date_jst(), cx.lang)))
                                }
                            }
                        }
                    }
                    div.actions { (ui::button_small(t!(cx, "inbox-merge"))) }
                }))
            }
        },
    )
}

fn elsewhere(cx: &Ctx, shown: &Shown) -> Markup {
    let paper = &shown.paper;
    html! {
        div.actions {
            @if paper.state != State::Waiting {
                (ui::form(cx, &format!("/inbox/{}/back", paper.id), html! { (version(paper)) (ui::button_small(t!(cx, "inbox-back"))) }))
            }
            @if paper.state != State::Aside {
                (ui::form(cx, &format!("/inbox/{}/aside", paper.id), html! { (version(paper)) (ui::button_small(t!(cx, "inbox-put-aside"))) }))
            }
        }
    }
}

fn history(cx: &Ctx, shown: &Shown) -> Markup {
    let word = |step: &Step| match step.what.as_str() {
        "filed" => t!(cx, "inbox-step-filed"),
        "back" => t!(cx, "inbox-step-back"),
        "aside" => t!(cx, "inbox-step-aside"),
        "turned" => t!(cx, "inbox-step-turned", page = { step.page }),
        "split" if step.page == 0 => t!(cx, "inbox-step-split-off"),
        "split" => t!(cx, "inbox-step-split", page = { step.page }),
        "merged" => t!(cx, "inbox-step-merged"),
        "gone" => t!(cx, "inbox-step-gone"),
        _ => t!(cx, "inbox-step-arrived"),
    };
    let me = cx.me.as_ref().map(|me| me.account);
    let who = |step: &Step| match step.by {
        None => t!(cx, "inbox-by-program"),
        Some(by) if Some(by) == me => t!(cx, "inbox-by-me"),
        Some(_) => t!(cx, "inbox-by-colleague"),
    };
    let rows: Vec<Vec<Markup>> = shown
        .steps
        .iter()
        .map(|step| {
            vec![
                ui::moment(cx, step.at),
                html! { (word(step)) },
                html! { (who(step)) },
            ]
        })
        .collect();
    html! {
        (ui::details(t!(cx, "inbox-history"), html! {
            (ui::table_rows(t!(cx, "inbox-history"), &[t!(cx, "inbox-when"), t!(cx, "inbox-what"), t!(cx, "inbox-who")], &rows))
            @if let Some(at) = shown.paper.dispose_at { p { (t!(cx, "inbox-kept-until", at = kernel::format_date(at.date_jst(), cx.lang))) } }
        }))
    }
}

/// The paper as this person saw it.
fn seen(cx: &Ctx, id: &str, values: &Values) -> web::Result<Seen> {
    Ok(Seen {
        paper: parse(id)?,
        version: parse(values.text("version"))?,
        by: cx.require_me()?.account,
        step: cx.env().id(),
    })
}

async fn act(
    cx: &Ctx,
    id: &str,
    said: &str,
    f: impl Fn(&mut store::Tx) -> Result<(), Refusal> + Send + 'static,
) -> web::Result {
    office(cx)?;
    cx.db()
        .write(&cx.viewer(), f)
        .await
        .map_err(|r| refused(cx, r))?;
    cx.flash(FlashKind::Good, said);
    Ok(cx.redirect(&format!("/inbox/{id}")))
}

pub(crate) async fn file(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let seen = seen(&cx, &id, &values)?;
    let target = values.text("target").to_owned();
    if target.is_empty() {
        let code = ShortCode::parse(values.text("code"))
            .ok_or_else(|| web::Error::Invalid(t!(cx, "inbox-bad-code")))?;
        return act(&cx, &id, &t!(cx, "inbox-done-filed"), move |tx| {
            actions::file_by_code(tx, &seen, code).map(drop)
        })
        .await;
    }
    act(&cx, &id, &t!(cx, "inbox-done-filed"), move |tx| {
        actions::file_chosen(tx, &seen, &target)
    })
    .await
}

pub(crate) async fn back(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let seen = seen(&cx, &id, &values)?;
    act(&cx, &id, &t!(cx, "inbox-done-back"), move |tx| {
        actions::take_out(tx, &seen, false)
    })
    .await
}

pub(crate) async fn aside(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let seen = seen(&cx, &id, &values)?;
    act(&cx, &id, &t!(cx, "inbox-done-aside"), move |tx| {
        actions::take_out(tx, &seen, true)
    })
    .await
}

pub(crate) async fn turn(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let seen = seen(&cx, &id, &values)?;
    let (page, number): (PageId, i64) =
        (parse(values.text("page"))?, parse(values.text("number"))?);
    act(&cx, &id, &t!(cx, "inbox-done-turned"), move |tx| {
        actions::turn(tx, &seen, page, number)
    })
    .await
}

pub(crate) async fn split(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let seen = seen(&cx, &id, &values)?;
    let from: i64 = parse(values.text("from"))?;
    let (new, step): (PaperId, _) = (cx.env().id(), cx.env().id());
    act(&cx, &id, &t!(cx, "inbox-done-split"), move |tx| {
        actions::split(tx, &seen, from, new, step)
    })
    .await
}

pub(crate) async fn merge(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let seen = seen(&cx, &id, &values)?;
    let (into, at) = values
        .text("into")
        .split_once(' ')
        .ok_or(web::Error::NotFound)?;
    let (into, at): (PaperId, i64) = (parse(into)?, parse(at)?);
    let step = cx.env().id();
    let there = into.to_string();
    act(&cx, &there, &t!(cx, "inbox-done-merged"), move |tx| {
        actions::merge(tx, &seen, into, at, step)
    })
    .await
}
