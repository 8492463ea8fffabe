//! Rounds one asks, and rounds one is asked in.

use maud::{Markup, html};
use web::{Ctx, Decision, OrgKind, ui};

use super::{round_badge, state_badge};
use crate::{
    i18n::t,
    rounds::{
        ASK,
        model::{Reply, Round, State},
        store as sql,
    },
};

const MOST: i64 = 100;

/// `GET /surveys/rounds`
pub(crate) async fn show(cx: Ctx) -> web::Result {
    let me = cx.require_me()?;
    let asks = me.kind == OrgKind::Prefecture;
    let tenant = me.acting_for.as_ref().map(|a| a.id);
    let (asked, mine, replies) = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| {
            let asked = if asks {
                sql::rounds_asked(conn, MOST)?
            } else {
                Vec::new()
            };
            let (mine, replies) = if asks {
                (Vec::new(), Vec::new())
            } else {
                (
                    sql::rounds_mine(conn, MOST)?,
                    sql::replies_mine(conn, tenant, MOST)?,
                )
            };
            Ok((asked, mine, replies))
        })
        .await?;
    let may_ask = ASK.decide(Some(me)) == Decision::Allow;
    let new = || ui::link_button(cx.url("/surveys/rounds/new"), t!(cx, "rounds-new"));
    let body = html! {
        @if asks {
            @if asked.is_empty() {
                (ui::empty(t!(cx, "rounds-none"), t!(cx, "rounds-none-text"), html! { @if may_ask { (new()) } }))
            } @else { (asked_table(&cx, &asked, may_ask)) }
        } @else if replies.is_empty() {
            (ui::empty(t!(cx, "rounds-none-mine"), t!(cx, "rounds-none-mine-text"), html! {}))
        } @else { (mine_table(&cx, &mine, &replies)) }
    };
    let title = t!(cx, "rounds-title");
    let page = cx
        .page(title.clone())
        .nav("surveys")
        .crumbs(&[("/surveys", t!(cx, "surveys-title")), ("", title)])
        .sub(if asks {
            t!(cx, "rounds-lead-ask")
        } else {
            t!(cx, "rounds-lead-mine")
        })
        .no_qr();
    Ok(if may_ask && !asked.is_empty() {
        page.actions(new())
    } else {
        page
    }
    .body(body))
}

fn asked_table(cx: &Ctx, rounds: &[Round], may_ask: bool) -> Markup {
    let head = [
        t!(cx, "rounds-column-title"),
        t!(cx, "rounds-column-year"),
        t!(cx, "rounds-column-due"),
        t!(cx, "rounds-column-state"),
    ];
    let rows: Vec<Vec<Markup>> = rounds
        .iter()
        .map(|round| {
            vec![
                html! {
                    @if may_ask { a href=(cx.url(&format!("/surveys/rounds/{}", round.id))) { (round.title(cx.lang)) } }
                    @else { (round.title(cx.lang)) }
                },
                html! { (ui::fiscal_year(cx, round.fiscal_year)) },
                due(cx, round.letter.due),
                round_badge(cx, round.state),
            ]
        })
        .collect();
    ui::table_rows(t!(cx, "rounds-title"), &head, &rows)
}

/// A last day, or that none is set.
pub(super) fn due(cx: &Ctx, day: Option<kernel::Date>) -> Markup {
    match day {
        Some(day) => ui::date(cx, day),
        None => html! { span.none { (t!(cx, "rounds-no-due")) } },
    }
}

fn mine_table(cx: &Ctx, rounds: &[Round], replies: &[Reply]) -> Markup {
    let head = [
        t!(cx, "rounds-column-title"),
        t!(cx, "rounds-column-town"),
        t!(cx, "rounds-column-due"),
        t!(cx, "rounds-column-state"),
    ];
    let rows: Vec<Vec<Markup>> = replies
        .iter()
        .filter_map(|reply| {
            let round = rounds.iter().find(|r| r.id == reply.round)?;
            let path = match reply.state {
                State::Draft | State::Returned => format!("/surveys/replies/{}", reply.id),
                _ => format!("/surveys/replies/{}/submit", reply.id),
            };
            Some(vec![
                html! { a href=(cx.url(&path)) { (round.title(cx.lang)) } },
                html! { (reply.name) },
                due(cx, reply.due(round)),
                html! {
                    (state_badge(cx, reply))
                    @if reply.overdue(round, cx.now.date_jst()) { " " (ui::badge(ui::Tone::Warn, t!(cx, "rounds-overdue"))) }
                },
            ])
        })
        .collect();
    ui::table_rows(t!(cx, "rounds-title"), &head, &rows)
}
