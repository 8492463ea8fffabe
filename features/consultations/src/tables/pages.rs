//! `/consultations/figures`: the tables of a month or a year, and the calls behind each number.

use std::collections::BTreeMap;

use axum::extract::Query;
use kernel::{Lang, OrganisationId, Time};
use maud::{Markup, html};
use serde::Deserialize;
use store::{Conn, Viewer};
use web::{Ctx, OrgKind, ui};

use super::{
    count::Dimension,
    report::{self, OUTSIDE, Period, Report, Table, percent, shares},
    store as sql,
};
use crate::{
    codes::List,
    i18n::{t, tl},
};

/// What stands for a number that is hidden.
pub(crate) const HIDDEN: &str = "\u{d7}";

/// The question of the pages and exports.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    period: String,
    by: String,
    view: String,
    town: String,
    value: String,
    desk: String,
}

impl Asked {
    fn period(&self, cx: &Ctx) -> Period {
        Period::from_code(&self.period).unwrap_or_else(|| Period::month_of(cx.now.date_jst()))
    }

    /// Whether the page is shown as others would read it.
    fn outside(&self) -> bool {
        self.view == "outside"
    }

    fn by(&self) -> Option<Dimension> {
        Dimension::from_code(&self.by).filter(|d| *d != Dimension::Total)
    }
}

/// Whose figures, and how much of them this reader may see.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    pub(crate) desk: OrganisationId,
    pub(crate) desk_name: String,
    /// The towns for which the desk works, with their names.
    pub(crate) towns: Vec<(String, String)>,
    /// The reader's own town, when it is a municipality.
    pub(crate) own: Option<String>,
    /// The desks of this reader, for the choice.
    desks: Vec<(OrganisationId, String)>,
}

/// What a page shows.
pub(crate) struct Loaded {
    pub(crate) scope: Scope,
    pub(crate) report: Report,
    first: Option<String>,
}

fn scope(
    conn: &mut Conn,
    me: (OrganisationId, OrgKind),
    desk: &str,
    lang: Lang,
) -> ::store::Result<Scope> {
    let towns = areas::store::municipalities(conn)?;
    let name = |code: &str| {
        towns
            .iter()
            .find(|t| t.code == code)
            .map_or_else(|| code.to_owned(), |t| t.name(lang).to_owned())
    };
    let own = towns
        .iter()
        .find(|t| t.organisation == Some(me.0))
        .map(|t| t.code.clone());
    let own = own.filter(|_| me.1 == OrgKind::Municipality);
    let desks: Vec<(OrganisationId, String)> = match &own {
        Some(code) => areas::store::desks_of(conn, code)?
            .into_iter()
            .map(|o| (o.id, o.label(lang).to_owned()))
            .collect(),
        None => areas::store::organisation(conn, me.0)?
            .into_iter()
            .map(|o| (o.id, o.label(lang).to_owned()))
            .collect(),
    };
    let chosen = desks
        .iter()
        .find(|(id, _)| id.to_string() == desk)
        .or(desks.first())
        .cloned()
        .ok_or(::store::Error::NotFound)?;
    let mut acts: Vec<String> = areas::store::acts_for(conn, chosen.0)?
        .into_iter()
        .filter_map(|o| o.municipality)
        .collect();
    // In the order of the area, not of the list of the desk.
    acts.sort_by_key(|code| towns.iter().position(|t| t.code == *code));
    Ok(Scope {
        desk: chosen.0,
        desk_name: chosen.1,
        towns: acts
            .into_iter()
            .map(|code| (name(&code), code))
            .map(|(name, code)| (code, name))
            .collect(),
        own,
        desks,
    })
}

/// Reads a report. A desk reads its own figures; a municipality its own row of the table as it may leave the desk, which only the
/// program can cut, because hiding needs the other rows too.
pub(crate) async fn read(
    cx: &Ctx,
    asked: &Asked,
    protect: bool,
    which: &[Dimension],
) -> web::Result<Loaded> {
    let me = cx.require_me()?;
    let person = (me.organisation, me.kind);
    let lang = cx.lang;
    let wanted = asked.desk.clone();
    let period = asked.period(cx);
    let scope = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| scope(conn, person, &wanted, lang))
        .await?;
    let outside = scope.own.is_some();
    let viewer = if outside {
        Viewer::system("figures of one municipality, small ones hidden", cx.now)
    } else {
        cx.viewer()
    };
    let desk = scope.desk;
    let mut wanted: Vec<Dimension> = vec![Dimension::Total];
    wanted.extend_from_slice(which);
    let own = scope.own.clone();
    let (lines, first) = cx
        .db()
        .read::<_, ::store::Error>(&viewer, move |conn| {
            let (from, last) = period.months();
            // The trend goes back a year before the period.
            let start = match period {
                Period::Month(..) => Period::from_code(&last).map_or(from, |p| back(p, 12).code()),
                Period::Year(year) => Period::Year(year - 1).months().0,
            };
            let totals = sql::lines(conn, desk, &[Dimension::Total], (&start, &last))?;
            let (from, last) = period.months();
            let rest: Vec<Dimension> = wanted
                .into_iter()
                .filter(|d| *d != Dimension::Total)
                .collect();
            let mut lines = if rest.is_empty() {
                Vec::new()
            } else {
                sql::lines(conn, desk, &rest, (&from, &last))?
            };
            lines.extend(totals);
            let first = if own.is_none() {
                sql::first_month(conn, desk)?
            } else {
                None
            };
            Ok((lines, first))
        })
        .await?;
    let mut codes: Vec<String> = scope.towns.iter().map(|(code, _)| code.clone()).collect();
    // A town that was served in earlier years keeps its figures.
    for line in &lines {
        if !codes.contains(&line.town) {
            codes.push(line.town.clone());
        }
    }
    let mut report = report::report(period, &codes, &lines, which, protect || outside);
    if let Some(own) = &scope.own {
        report = report.only(std::slice::from_ref(own));
    }
    Ok(Loaded {
        scope,
        report,
        first,
    })
}

fn back(period: Period, months: u8) -> Period {
    (0..months).fold(period, |p, _| p.before())
}

impl Loaded {
    /// The name of a town.
    pub(crate) fn town(&self, code: &str) -> String {
        self.scope
            .towns
            .iter()
            .find(|(c, _)| c == code)
            .map_or_else(|| code.to_owned(), |(_, n)| n.clone())
    }
}

/// The name of a way of counting.
pub(crate) fn dimension_word(lang: Lang, dimension: Dimension) -> String {
    match dimension {
        Dimension::Total => tl!(lang, "figures-total"),
        Dimension::Lane => tl!(lang, "figures-by-lane"),
        Dimension::Channel => tl!(lang, "figures-by-channel"),
        Dimension::Caller => tl!(lang, "figures-by-caller"),
        Dimension::Category => tl!(lang, "figures-by-category"),
        Dimension::Scene => tl!(lang, "figures-by-scene"),
        Dimension::Result => tl!(lang, "figures-by-result"),
        Dimension::Met => tl!(lang, "figures-by-met"),
        Dimension::CallerCategory => tl!(lang, "figures-by-caller-category"),
        Dimension::CategoryResult => tl!(lang, "figures-by-category-result"),
        Dimension::CategoryScene => tl!(lang, "figures-by-category-scene"),
    }
}

/// What people read for a value.
pub(crate) fn value_word(lang: Lang, dimension: Dimension, value: &str) -> String {
    let of = |list: List, code: &str, none: String| {
        if code.is_empty() {
            none
        } else {
            list.word(code, lang)
        }
    };
    let pair = |first: List, second: List, none: String| {
        let (a, b) = value.split_once(' ').unwrap_or((value, ""));
        format!("{} \u{2192} {}", first.word(a, lang), of(second, b, none))
    };
    match dimension {
        Dimension::Lane if value == "resident" => tl!(lang, "figures-lane-resident"),
        Dimension::Lane => tl!(lang, "figures-lane-professional"),
        Dimension::CallerCategory => pair(List::Caller, List::Category, String::new()),
        Dimension::CategoryResult => pair(List::Category, List::Result, tl!(lang, "figures-open")),
        Dimension::CategoryScene => {
            pair(List::Category, List::Scene, tl!(lang, "figures-no-scene"))
        }
        Dimension::Scene => of(List::Scene, value, tl!(lang, "figures-no-scene")),
        Dimension::Result | Dimension::Met if value.is_empty() => tl!(lang, "figures-open"),
        other => match report::list(other) {
            Some(list) => of(list, value, tl!(lang, "figures-not-said")),
            None => value.to_owned(),
        },
    }
}

/// `GET /consultations/figures`
pub(crate) async fn show(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    let which: Vec<Dimension> = match asked.by() {
        Some(one) => vec![one],
        None => vec![
            Dimension::Caller,
            Dimension::Category,
            Dimension::Scene,
            Dimension::Result,
            Dimension::Met,
        ],
    };
    let loaded = read(&cx, &asked, asked.outside(), &which).await?;
    let desk = loaded.scope.own.is_none();
    let (calls, minutes) = loaded.report.all();
    let body = html! {
        div.no-print { (periods(&cx, &asked, &loaded)) (ways(&cx, &asked, &loaded)) }
        @if loaded.report.protected {
            (ui::notice(ui::Tone::Info, t!(cx, "figures-protected"), html! { p { (t!(cx, "figures-protected-text", small = super::suppress::SMALL)) } }))
        }
        @if calls == 0 {
            (ui::empty(t!(cx, "figures-empty"), t!(cx, "figures-empty-text"), html! {}))
        } @else {
            section {
                h2 { (t!(cx, "figures-towns")) }
                (towns(&cx, &loaded, &asked))
                p.sub { (t!(cx, "figures-sum", calls = calls, minutes = minutes)) }
            }
            @for table in &loaded.report.tables { section { h2 { (dimension_word(cx.lang, table.dimension)) } (values(&cx, &loaded, &asked, table)) } }
            p.sub { (t!(cx, "figures-once")) }
        }
        (trend(&cx, &loaded))
        section.card.no-print {
            h2 { (t!(cx, "figures-take")) }
            p { (t!(cx, "figures-take-text")) }
            div.actions {
                a.btn href=(cx.url(&address("/consultations/figures.pdf", &asked, &loaded))) { (t!(cx, "figures-pdf")) }
                a.btn.second href=(cx.url(&address("/consultations/figures.xlsx", &asked, &loaded))) { (t!(cx, "figures-xlsx")) }
            }
            @if desk && crate::WRITE.decide(cx.me.as_ref()) == web::Decision::Allow { p { a href=(cx.url("/consultations/figures/old")) { (t!(cx, "old-title")) } } }
        }
    };
    Ok(cx
        .page(t!(
            cx,
            "figures-title",
            period = loaded.report.period.name(cx.lang)
        ))
        .nav("consultations")
        .wide()
        .crumbs(&crumbs(&cx, desk))
        .sub(html! { span lang="ja" { (loaded.scope.desk_name) } })
        .body(body))
}

fn crumbs(cx: &Ctx, desk: bool) -> Vec<(String, String)> {
    let mut out = Vec::new();
    if desk {
        out.push(("/consultations".to_owned(), t!(cx, "figures-desk")));
    }
    out.push((String::new(), t!(cx, "figures-nav")));
    out
}

fn address(path: &str, asked: &Asked, loaded: &Loaded) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("period", &loaded.report.period.code());
    for (name, value) in [
        ("by", &asked.by),
        ("view", &asked.view),
        ("desk", &asked.desk),
    ] {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    format!("{path}?{}", query.finish())
}

fn with(asked: &Asked, loaded: &Loaded, change: impl Fn(&mut Asked)) -> String {
    let mut next = asked.clone();
    let mut period = loaded.report.period.code();
    next.period = period.clone();
    change(&mut next);
    if next.period != period {
        period.clone_from(&next.period);
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("period", &period);
    for (name, value) in [("by", &next.by), ("view", &next.view), ("desk", &next.desk)] {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    format!("/consultations/figures?{}", query.finish())
}

fn periods(cx: &Ctx, asked: &Asked, loaded: &Loaded) -> Markup {
    let today = cx.now.date_jst();
    let now = Period::month_of(today);
    let months: Vec<Period> = (0..13).map(|n| back(now, n)).collect();
    let year = kernel::fiscal_year(today);
    let first = loaded
        .first
        .as_deref()
        .and_then(|m| m.get(..4))
        .and_then(|y| y.parse::<i32>().ok())
        .unwrap_or(year - 2);
    let years = (first.max(year - 9)..=year).rev().map(Period::Year);
    let chip = |period: Period| ui::Chip {
        href: cx.url(&with(asked, loaded, |a| a.period = period.code())),
        label: period.name(cx.lang),
        on: period == loaded.report.period,
    };
    let (months, years): (Vec<_>, Vec<_>) = (
        months.into_iter().map(chip).collect(),
        years.map(chip).collect(),
    );
    html! {
        (ui::chips(t!(cx, "figures-years"), &years))
        (ui::chips(t!(cx, "figures-months"), &months))
    }
}

fn ways(cx: &Ctx, asked: &Asked, loaded: &Loaded) -> Markup {
    let mut chips = vec![ui::Chip {
        href: cx.url(&with(asked, loaded, |a| a.by = String::new())),
        label: t!(cx, "figures-all-tables"),
        on: asked.by().is_none(),
    }];
    let crosses = [
        Dimension::CallerCategory,
        Dimension::CategoryResult,
        Dimension::CategoryScene,
    ];
    for one in OUTSIDE
        .into_iter()
        .chain(crosses.into_iter().filter(|_| loaded.scope.own.is_none()))
    {
        chips.push(ui::Chip {
            href: cx.url(&with(asked, loaded, |a| one.code().clone_into(&mut a.by))),
            label: dimension_word(cx.lang, one),
            on: asked.by() == Some(one),
        });
    }
    let eyes = [
        ("", t!(cx, "figures-inside")),
        ("outside", t!(cx, "figures-outside")),
    ]
    .map(|(view, label)| ui::Chip {
        href: cx.url(&with(asked, loaded, |a| view.clone_into(&mut a.view))),
        label,
        on: asked.outside() == (view == "outside"),
    });
    let desks: Vec<ui::Chip> = loaded
        .scope
        .desks
        .iter()
        .map(|(id, name)| ui::Chip {
            href: cx.url(&with(asked, loaded, |a| a.desk = id.to_string())),
            label: name.clone(),
            on: *id == loaded.scope.desk,
        })
        .collect();
    html! {
        @if desks.len() > 1 { (ui::chips(t!(cx, "figures-desks"), &desks)) }
        (ui::chips(t!(cx, "figures-ways"), &chips))
        @if loaded.scope.own.is_none() { (ui::chips(t!(cx, "figures-eyes"), &eyes)) }
    }
}

/// Calls, minutes and shares by town: the basis of sharing costs (HK-5).
fn towns(cx: &Ctx, loaded: &Loaded, asked: &Asked) -> Markup {
    let report = &loaded.report;
    let by_calls = shares(&report.totals.iter().map(|(c, _)| *c).collect::<Vec<_>>());
    let by_minutes = shares(&report.totals.iter().map(|(_, m)| *m).collect::<Vec<_>>());
    let alone = report.towns.len() == 1;
    let mut head = vec![
        t!(cx, "figures-town"),
        t!(cx, "figures-calls"),
        t!(cx, "figures-minutes"),
    ];
    if !alone {
        head.insert(2, t!(cx, "figures-share"));
        head.push(t!(cx, "figures-share"));
    }
    let mut rows: Vec<Vec<Markup>> = Vec::new();
    for (at, code) in report.towns.iter().enumerate() {
        let (calls, minutes) = report.totals[at];
        let mut row = vec![
            html! { (loaded.town(code)) },
            behind(cx, loaded, asked, (code, Dimension::Total, ""), calls),
            html! { (minutes) },
        ];
        if !alone {
            row.insert(2, html! { (percent(by_calls[at])) "%" });
            row.push(html! { (percent(by_minutes[at])) "%" });
        }
        rows.push(row);
    }
    if !alone {
        let (calls, minutes) = report.all();
        rows.push(vec![
            html! { (t!(cx, "figures-total")) },
            html! { strong { (calls) } },
            html! { "100.0%" },
            html! { strong { (minutes) } },
            html! { "100.0%" },
        ]);
    }
    ui::table_rows(t!(cx, "figures-towns"), &head, &rows)
}

/// A number with the way to the calls behind it, for the desk.
fn behind(
    cx: &Ctx,
    loaded: &Loaded,
    asked: &Asked,
    (town, dimension, value): (&str, Dimension, &str),
    count: i64,
) -> Markup {
    if count == 0 || loaded.scope.own.is_some() || asked.outside() {
        return html! { (count) };
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("period", &loaded.report.period.code());
    for (name, text) in [("town", town), ("by", dimension.code()), ("value", value)] {
        query.append_pair(name, text);
    }
    html! { a href=(cx.url(&format!("/consultations/figures/calls?{}", query.finish()))) { (count) } }
}

fn values(cx: &Ctx, loaded: &Loaded, asked: &Asked, table: &Table) -> Markup {
    let report = &loaded.report;
    let alone = report.towns.len() == 1;
    let mut head = vec![dimension_word(cx.lang, table.dimension)];
    head.extend(report.towns.iter().map(|code| loaded.town(code)));
    if !alone {
        head.push(t!(cx, "figures-total"));
    }
    if !report.protected {
        head.push(t!(cx, "figures-minutes"));
    }
    let hidden = || html! { span title=(t!(cx, "figures-hidden")) { (HIDDEN) } };
    let mut rows: Vec<Vec<Markup>> = Vec::new();
    for (column, value) in table.values.iter().enumerate() {
        let mut row = vec![html! { (value_word(cx.lang, table.dimension, value)) }];
        for (at, code) in report.towns.iter().enumerate() {
            row.push(if table.hidden.shows(at, column) {
                behind(
                    cx,
                    loaded,
                    asked,
                    (code, table.dimension, value),
                    table.calls.at(at, column),
                )
            } else {
                hidden()
            });
        }
        if !alone {
            row.push(if table.hidden.shows_total(column) {
                html! { strong { (behind(cx, loaded, asked, ("", table.dimension, value), table.calls.column(column))) } }
            } else {
                hidden()
            });
        }
        if !report.protected {
            row.push(html! { (table.minutes.column(column)) });
        }
        rows.push(row);
    }
    let mut last = vec![html! { (t!(cx, "figures-total")) }];
    last.extend(
        report
            .totals
            .iter()
            .map(|(calls, _)| html! { strong { (calls) } }),
    );
    if !alone {
        last.push(html! { strong { (report.all().0) } });
    }
    if !report.protected {
        last.push(html! { strong { (report.all().1) } });
    }
    rows.push(last);
    ui::table_rows(dimension_word(cx.lang, table.dimension), &head, &rows)
}

fn trend(cx: &Ctx, loaded: &Loaded) -> Markup {
    let report = &loaded.report;
    let most = report
        .trend
        .iter()
        .map(|(_, row)| row.iter().map(|(c, _)| *c).sum::<i64>())
        .max()
        .unwrap_or(0);
    let mut head = vec![t!(cx, "figures-month")];
    head.extend(report.towns.iter().map(|code| loaded.town(code)));
    let alone = report.towns.len() == 1;
    if !alone {
        head.push(t!(cx, "figures-total"));
    }
    head.push(t!(cx, "figures-minutes"));
    head.push(t!(cx, "figures-bar"));
    let rows: Vec<Vec<Markup>> = report
        .trend
        .iter()
        .rev()
        .map(|(month, towns)| {
            let (calls, minutes) = towns.iter().fold((0, 0), |(c, m), (a, b)| (c + a, m + b));
            let name = Period::from_code(month).map_or_else(|| month.clone(), |p| p.name(cx.lang));
            let mut row = vec![html! { (name) }];
            row.extend(towns.iter().map(|(c, _)| html! { (c) }));
            if !alone {
                row.push(html! { strong { (calls) } });
            }
            row.push(html! { (minutes) });
            row.push(html! { meter min="0" max=(most.max(1)) value=(calls) aria-label=(t!(cx, "figures-bar-of", month = name.as_str(), calls = calls)) {} });
            row
        })
        .collect();
    html! {
        @if !rows.is_empty() { section { h2 { (t!(cx, "figures-trend")) } (ui::table_rows(t!(cx, "figures-trend"), &head, &rows)) } }
    }
}

/// `GET /consultations/figures/calls`: the records behind a number, for the desk.
pub(crate) async fn calls(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    let me = cx.require_me()?;
    let desk = me.organisation;
    let period = asked.period(&cx);
    let (first, last) = period.months();
    let start = |month: &str| format!("{month}-01").parse().ok().map(Time::from_jst_date);
    let until = Period::from_code(&last)
        .map(after)
        .and_then(|p| start(&p.code()));
    let from = start(&first);
    let span = from.zip(until).ok_or(::store::Error::NotFound)?;
    let chosen = wanted(asked.by().unwrap_or(Dimension::Total), &asked.value);
    let town = asked.town.clone();
    let lang = cx.lang;
    let (list, names) = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| {
            let any = |d: Dimension| {
                chosen
                    .get(d.code())
                    .cloned()
                    .unwrap_or_else(|| "*".to_owned())
            };
            let list = sql::calls(conn, desk, &town, span, any)?;
            let names: BTreeMap<String, String> = areas::store::municipalities(conn)?
                .into_iter()
                .map(|t| (t.name(lang).to_owned(), t.code))
                .map(|(n, c)| (c, n))
                .collect();
            Ok((list, names))
        })
        .await?;
    let name = |code: &str| names.get(code).cloned().unwrap_or_else(|| code.to_owned());
    let head = [
        t!(cx, "figures-when"),
        t!(cx, "figures-town"),
        t!(cx, "figures-by-caller"),
        t!(cx, "figures-by-category"),
        t!(cx, "figures-by-result"),
        t!(cx, "figures-minutes"),
    ];
    let rows: Vec<Vec<Markup>> = list
        .iter()
        .take(300)
        .map(|call| {
            vec![
                html! { a href=(cx.url(&format!("/consultations/{}", call.id))) { (ui::moment(&cx, call.received_at)) } },
                html! { (name(&call.town)) },
                html! { (value_word(lang, Dimension::Caller, &call.caller)) },
                html! { (value_word(lang, Dimension::Category, &call.category)) },
                html! { (value_word(lang, Dimension::Result, &call.result)) },
                html! { (call.minutes) },
            ]
        })
        .collect();
    let mut facts = vec![period.name(lang)];
    if !asked.town.is_empty() {
        facts.push(name(&asked.town));
    }
    if let Some(by) = asked.by() {
        facts.push(value_word(lang, by, &asked.value));
    }
    let body = html! {
        @if rows.is_empty() {
            (ui::empty(t!(cx, "figures-no-calls"), t!(cx, "figures-no-calls-text"), html! {}))
        } @else {
            (ui::table_rows(t!(cx, "figures-behind"), &head, &rows))
            @if list.len() > 300 { p.sub { (t!(cx, "figures-more")) } }
        }
    };
    let back = format!("/consultations/figures?period={}", period.code());
    Ok(cx
        .page(t!(cx, "figures-behind"))
        .nav("consultations")
        .wide()
        .crumbs(&[
            ("/consultations".to_owned(), t!(cx, "figures-desk")),
            (back, t!(cx, "figures-nav")),
            (String::new(), t!(cx, "figures-behind")),
        ])
        .sub(facts.join(" / "))
        .body(body))
}

/// The month after.
fn after(period: Period) -> Period {
    match period {
        Period::Month(year, 12) => Period::Month(year + 1, 1),
        Period::Month(year, month) => Period::Month(year, month + 1),
        Period::Year(year) => Period::Year(year + 1),
    }
}

/// The single codes that a value of a way of counting asks for.
fn wanted(by: Dimension, value: &str) -> BTreeMap<&'static str, String> {
    let (first, second) = value.split_once(' ').unwrap_or((value, ""));
    let pairs: Vec<(Dimension, &str)> = match by {
        Dimension::Total => Vec::new(),
        Dimension::CallerCategory => {
            vec![(Dimension::Caller, first), (Dimension::Category, second)]
        }
        Dimension::CategoryResult => {
            vec![(Dimension::Category, first), (Dimension::Result, second)]
        }
        Dimension::CategoryScene => vec![(Dimension::Category, first), (Dimension::Scene, second)],
        one => vec![(one, value)],
    };
    pairs
        .into_iter()
        .map(|(d, v)| (d.code(), v.to_owned()))
        .collect()
}
