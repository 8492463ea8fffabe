//! `GET /programme`: めざすべき姿 first, then the entries as an overview, a board, a table, or under each goal.

use axum::extract::Query;
use maud::{Markup, html};
use web::{Ctx, Decision, Values, ui};

use super::{
    Towns,
    asked::{Asked, View},
    card, filters, overview, table, views, words,
};
use crate::{
    VIEWS, WRITE,
    i18n::t,
    model::{COMMON, EntryBrief, Goal, Kind, SCENES, SavedView},
    store::{self as sql, Filter, Key},
};

/// Cards in a column of the board; whoever wants more opens the table.
const PER_COLUMN: i64 = 12;
/// Rows of the table.
pub(super) const PER_PAGE: i64 = 50;
/// Entries of one kind on the overview, and under a goal.
const PER_PART: i64 = 24;
const PER_INITIATIVES: i64 = 60;
const PER_GOAL: i64 = 12;

/// What a view shows.
pub(super) enum Shown {
    Overview(Vec<(Kind, Vec<EntryBrief>)>),
    Board(Vec<(&'static str, Vec<EntryBrief>)>),
    Table(Vec<EntryBrief>),
    Goals(Vec<(&'static str, Vec<EntryBrief>)>),
}

pub(super) struct Page {
    pub(super) towns: Towns,
    goals: Vec<Goal>,
    pub(super) owners: Vec<areas::Organisation>,
    saved: Vec<SavedView>,
    shown: Shown,
}

/// `GET /programme`
pub(crate) async fn show(cx: Ctx, Query(values): Query<Values>) -> web::Result {
    let mut asked = Asked::of(&values);
    let view = asked.view.unwrap_or(if cx.me.is_some() {
        View::Board
    } else {
        View::Overview
    });
    if view == View::Board && asked.filter.kind.is_none() {
        asked.filter.kind = Some(Kind::Issue);
    }
    let page = read(&cx, view, &asked).await?;
    Ok(render(&cx, view, &asked, &page))
}

async fn read(cx: &Ctx, view: View, asked: &Asked) -> web::Result<Page> {
    let open = cx.me.is_none();
    let mut filter = asked.filter.clone();
    if open {
        filter.range = None;
    }
    let after = asked.after.unwrap_or_else(Key::first);
    let owner_of = cx
        .me
        .as_ref()
        .map(|me| me.acting_for.as_ref().map_or(me.organisation, |a| a.id));
    cx.db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| {
            let towns = Towns::read(conn)?;
            let goals = sql::goals::goals(conn)?;
            let (goals, owner) = chosen(goals, owner_of);
            let owners = match owner {
                Some(id) => areas::store::organisation(conn, id)?.into_iter().collect(),
                None => Vec::new(),
            };
            let saved = if open {
                Vec::new()
            } else {
                sql::goals::views(conn)?
            };
            let shown = shown(conn, view, &filter, open, after)?;
            Ok(Page {
                towns,
                goals,
                owners,
                saved,
                shown,
            })
        })
        .await
        .map_err(Into::into)
}

fn shown(
    conn: &mut ::store::Conn,
    view: View,
    filter: &Filter,
    open: bool,
    after: Key,
) -> ::store::Result<Shown> {
    Ok(match view {
        View::Overview => {
            let mut parts = Vec::new();
            for kind in Kind::ALL {
                let one = Filter {
                    kind: Some(kind),
                    status: None,
                    ..filter.clone()
                };
                let most = if kind == Kind::Initiative {
                    PER_INITIATIVES
                } else {
                    PER_PART
                };
                parts.push((kind, sql::list(conn, &one, open, Key::first(), most)?));
            }
            Shown::Overview(parts)
        }
        View::Board => {
            let kind = filter.kind.unwrap_or_default();
            let mut columns = Vec::new();
            for status in kind.statuses().iter().copied() {
                let wanted = filter.status.as_deref().is_none_or(|s| s == status);
                if wanted {
                    let list =
                        sql::board_column(conn, filter, open, (kind, status), PER_COLUMN + 1)?;
                    columns.push((status, list));
                }
            }
            Shown::Board(columns)
        }
        View::Table => Shown::Table(sql::list(conn, filter, open, after, PER_PAGE + 1)?),
        View::Goals => {
            let mut parts = Vec::new();
            for scene in SCENES {
                // One scene shows its own goal and that of what belongs to none.
                if filter
                    .scene
                    .as_deref()
                    .is_none_or(|s| s == scene || scene == COMMON)
                {
                    let one = Filter {
                        kind: filter.kind.or(Some(Kind::Issue)),
                        scene: None,
                        under: Some(scene.to_owned()),
                        ..filter.clone()
                    };
                    parts.push((
                        scene,
                        sql::list(conn, &one, open, Key::first(), PER_GOAL + 1)?,
                    ));
                }
            }
            Shown::Goals(parts)
        }
    })
}

/// The goals to show above the board: those of the office one writes for, or else of the first that has published any.
fn chosen(
    goals: Vec<Goal>,
    mine: Option<kernel::OrganisationId>,
) -> (Vec<Goal>, Option<kernel::OrganisationId>) {
    let owner = mine
        .filter(|id| goals.iter().any(|g| g.owner == *id))
        .or_else(|| {
            goals
                .iter()
                .find(|g| g.part == "vision")
                .or(goals.first())
                .map(|g| g.owner)
        });
    let list = goals
        .into_iter()
        .filter(|g| Some(g.owner) == owner)
        .collect();
    (list, owner)
}

fn render(cx: &Ctx, view: View, asked: &Asked, page: &Page) -> axum::response::Response {
    let may_write = WRITE.decide(cx.me.as_ref()) == Decision::Allow;
    let tabs: Vec<ui::Tab> = View::ALL
        .into_iter()
        .map(|v| ui::Tab {
            href: cx.url(&asked.address(|a| {
                a.view = Some(v);
                if v != View::Table {
                    a.filter.status = None;
                }
            })),
            label: match v {
                View::Overview => t!(cx, "view-overview"),
                View::Board => t!(cx, "view-board"),
                View::Table => t!(cx, "view-table"),
                View::Goals => t!(cx, "view-goals"),
            },
            on: v == view,
        })
        .collect();
    let content = match &page.shown {
        Shown::Overview(parts) => overview::view(cx, asked, page, parts),
        Shown::Board(columns) => columns_view(cx, asked, page, columns),
        Shown::Table(rows) => table::view(cx, asked, page, rows),
        Shown::Goals(parts) => goals_view(cx, asked, page, parts),
    };
    let body = html! {
        (crate::work::doors(cx))
        (vision(cx, page))
        (ui::tabs(t!(cx, "views-label"), &tabs))
        @if view != View::Overview { (filters::kinds(cx, asked, view)) }
        (filters::filters(cx, asked, view, page))
        @if cx.me.is_some() { (views::part(cx, asked, &page.saved)) }
        (content)
        p.sub.no-print { (t!(cx, "paraphrase-note")) " " a href=(cx.url("/programme.json")) { (t!(cx, "file-json")) } }
    };
    let kind = asked.filter.kind.unwrap_or_default();
    let actions = html! {
        @if may_write {
            (ui::link_button(cx.url(&format!("/programme/new?kind={}", kind.code())), t!(cx, "write-entry")))
        }
        (ui::link_button_second(cx.url(&format!("/programme.xlsx?{}", asked.with(|a| a.view = None))), t!(cx, "file-xlsx")))
    };
    let made = cx
        .page(t!(cx, "programme-title"))
        .nav("programme")
        .sub(t!(cx, "programme-lead"))
        .actions(actions);
    if view == View::Board || view == View::Table {
        made.wide().body(body)
    } else {
        made.body(body)
    }
}

/// めざすべき姿, always first.
fn vision(cx: &Ctx, page: &Page) -> Markup {
    let vision = page.goals.iter().find(|g| g.part == "vision");
    let fictional = page.goals.iter().any(|g| g.fictional);
    let owner = page.owners.first().map(|o| o.label(cx.lang).to_owned());
    html! {
        section.vision {
            h2 { (t!(cx, "scene-vision")) }
            @match vision {
                Some(goal) => {
                    p.vision-text lang="ja" { (goal.body) }
                    p.sub {
                        @if fictional { (ui::badge(ui::Tone::Plain, t!(cx, "fictional-goal"))) " " }
                        @if let Some(owner) = &owner { (owner) " / " }
                        a href=(cx.url("/programme/goals")) { (t!(cx, "goals-all")) }
                    }
                }
                None => p { (t!(cx, "goals-none")) " " a href=(cx.url("/programme/goals")) { (t!(cx, "goals-open")) } },
            }
        }
    }
}

fn columns_view(
    cx: &Ctx,
    asked: &Asked,
    page: &Page,
    columns: &[(&'static str, Vec<EntryBrief>)],
) -> Markup {
    if columns.iter().all(|(_, list)| list.is_empty()) {
        return nothing(cx, asked);
    }
    html! {
        div.board {
            @for (status, list) in columns {
                @let (few, more) = cut(list, PER_COLUMN);
                section.lane aria-labelledby={ "lane-" (status) } {
                    h2 id={ "lane-" (status) } { (words::status(cx.lang, status)) span.count { (count(cx, list.len(), PER_COLUMN)) } }
                    (card::cards(cx, &page.towns, few))
                    @if few.is_empty() { p.sub { (t!(cx, "lane-empty")) } }
                    @if more { p { a href=(cx.url(&asked.address(|a| { a.view = Some(View::Table); a.filter.status = Some((*status).to_owned()); }))) { (t!(cx, "lane-more")) } } }
                }
            }
        }
    }
}

fn goals_view(
    cx: &Ctx,
    asked: &Asked,
    page: &Page,
    parts: &[(&'static str, Vec<EntryBrief>)],
) -> Markup {
    html! {
        @for (scene, list) in parts {
            @let (few, more) = cut(list, PER_GOAL);
            section.goal aria-labelledby={ "goal-" (scene) } {
                h2 id={ "goal-" (scene) } { (words::scene(cx.lang, scene)) }
                @match page.goals.iter().find(|g| g.part == *scene) {
                    Some(goal) => p.goal-text lang="ja" { (goal.body) @if goal.fictional { " " (ui::badge(ui::Tone::Plain, t!(cx, "fictional-goal"))) } },
                    None => p.sub { (t!(cx, "goal-unwritten")) },
                }
                @if few.is_empty() { p.sub { (t!(cx, "lane-empty")) } } @else { (card::cards(cx, &page.towns, few)) }
                @if more { p { a href=(cx.url(&asked.address(|a| { a.view = Some(View::Table); a.filter.kind = a.filter.kind.or(Some(Kind::Issue)); a.filter.scene = Some((*scene).to_owned()); }))) { (t!(cx, "lane-more")) } } }
            }
        }
    }
}

/// Nothing fits: what to do now.
pub(super) fn nothing(cx: &Ctx, asked: &Asked) -> Markup {
    let clear = html! {
        @if asked.filtered() { (ui::link_button_second(cx.url("/programme"), t!(cx, "filter-clear"))) }
        @else if WRITE.decide(cx.me.as_ref()) == Decision::Allow { (ui::link_button(cx.url("/programme/new"), t!(cx, "write-entry"))) }
    };
    ui::empty(t!(cx, "nothing-title"), t!(cx, "nothing-text"), clear)
}

/// The first so many, and whether there are more.
pub(super) fn cut(list: &[EntryBrief], most: i64) -> (&[EntryBrief], bool) {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    (list.get(..most).unwrap_or(list), list.len() > most)
}

/// How many there are, as far as was read: nothing is counted for a page.
pub(super) fn count(cx: &Ctx, read: usize, most: i64) -> String {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    if read > most {
        t!(cx, "count-more", count = most)
    } else {
        t!(cx, "count", count = read)
    }
}

/// Whether views can be named here.
pub(super) fn may_save(cx: &Ctx) -> bool {
    VIEWS.decide(cx.me.as_ref()) == Decision::Allow
}
