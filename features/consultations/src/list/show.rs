//! `GET /consultations`: newest first, filters in the address.

use kernel::{AccountId, Date, Time};
use maud::{Markup, html};
use web::{Ctx, Decision, ui};

use super::{desk_of, words};
use crate::{
    WRITE,
    codes::List,
    i18n::t,
    intake::{Town, towns},
    model::{Consultation, ConsultationId, Lane, State},
    store::{self as sql, After, Filter},
};

/// Records on a page.
const PAGE: usize = 50;
/// Characters of the question that a line shows.
const GLIMPSE: usize = 60;

/// What the address asks for.
struct Asked {
    filter: Filter,
    after: Option<After>,
    /// Name and value of each filter that is set.
    set: Vec<(String, String)>,
}

fn read(query: &str) -> Asked {
    let mut asked = Asked {
        filter: Filter::default(),
        after: None,
        set: Vec::new(),
    };
    let day = |text: &str| kernel::wareki::parse_date(text).ok();
    for (name, value) in form_urlencoded::parse(query.as_bytes()).take(60) {
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        let f = &mut asked.filter;
        match &*name {
            "municipality" if value.len() == 6 && value.bytes().all(|b| b.is_ascii_digit()) => {
                value.clone_into(&mut f.municipality);
            }
            "lane" => f.lane = Lane::from_code(value),
            "state" => f.state = State::from_code(value),
            "caller" => f.caller = List::Caller.find(value).map_or("", |c| c.code).to_owned(),
            "category" => f.categories = List::Category.known(&[value]),
            "taker" => f.taker = value.parse::<AccountId>().ok(),
            "from" => f.from = day(value),
            "to" => f.to = day(value),
            "after" => {
                asked.after = value.split_once('-').and_then(|(at, id)| {
                    Some(After {
                        received_at: Time(at.parse().ok()?),
                        id: id.parse::<ConsultationId>().ok()?,
                    })
                });
                continue;
            }
            _ => continue,
        }
        asked.set.push((name.into_owned(), value.to_owned()));
    }
    asked
}

fn address(cx: &Ctx, set: &[(String, String)], more: &[(&str, String)]) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    for (name, value) in set {
        out.append_pair(name, value);
    }
    for (name, value) in more {
        out.append_pair(name, value);
    }
    let query = out.finish();
    if query.is_empty() {
        cx.url("/consultations")
    } else {
        cx.url(&format!("/consultations?{query}"))
    }
}

/// `GET /consultations`
pub(crate) async fn show(cx: Ctx) -> web::Result {
    let me = cx.require_me()?;
    let (desk, account) = (desk_of(&cx)?, me.account);
    let asked = read(cx.uri.query().unwrap_or_default());
    let (filter, after) = (asked.filter.clone(), asked.after);
    let (mut found, drafts, towns) = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            let count = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
            Ok::<_, store::Error>((
                sql::list(conn, desk, &filter, after, count)?,
                sql::drafts(conn, desk, account, 10)?,
                towns(conn, desk)?,
            ))
        })
        .await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let may = WRITE.decide(cx.me.as_ref()) == Decision::Allow;
    let new = || ui::link_button(cx.url("/consultations/new"), t!(cx, "intake-new"));
    let narrowed = !asked.set.is_empty();
    let body = html! {
        @if !drafts.is_empty() { (unfinished(&cx, &drafts)?) }
        (filters(&cx, &asked, &towns, account))
        @if found.is_empty() && narrowed {
            (ui::empty(t!(cx, "list-none-such"), t!(cx, "list-none-such-text"), html! { (ui::link_button_second(cx.url("/consultations"), t!(cx, "list-all"))) }))
        } @else if found.is_empty() {
            (ui::empty(t!(cx, "list-none"), t!(cx, "list-none-text"), html! { @if may { (new()) } }))
        } @else {
            (table(&cx, &asked, &found, &towns)?)
            @if let (true, Some(last)) = (more, found.last()) {
                @let after = format!("{}-{}", last.received_at.micros(), last.id);
                p { (ui::link_button_second(address(&cx, &asked.set, &[("after", after)]), t!(cx, "list-more"))) }
            }
        }
    };
    let page = cx
        .page(t!(cx, "consultations-title"))
        .nav("consultations")
        .sub(t!(cx, "consultations-lead"))
        .wide()
        .no_qr();
    let body = html! { (super::tabs(&cx, "/consultations")) (body) (super::others(&cx)) };
    Ok(if may { page.actions(new()) } else { page }.body(body))
}

fn unfinished(cx: &Ctx, drafts: &[Consultation]) -> web::Result<Markup> {
    let mut rows = Vec::new();
    for one in drafts {
        rows.push(html! {
            li { a href=(cx.url(&format!("/consultations/{}/edit", one.id))) { (ui::moment(cx, one.received_at)) } " " span.sub { (glimpse(cx, one)?) } }
        });
    }
    Ok(ui::notice(
        ui::Tone::Warn,
        t!(cx, "list-drafts"),
        html! { ul { @for row in rows { (row) } } },
    ))
}

/// The beginning of what was asked.
fn glimpse(cx: &Ctx, one: &Consultation) -> web::Result<String> {
    let asked = one.texts(cx.db().key())?.asked;
    let mut text: String = asked.chars().take(GLIMPSE).collect();
    if asked.chars().count() > GLIMPSE {
        text.push('…');
    }
    Ok(text)
}

fn select(
    name: &str,
    label: &str,
    all: &str,
    choices: &[(String, String)],
    chosen: &str,
) -> Markup {
    html! {
        div.field { label for={ "f-" (name) } { (label) }
            select id={ "f-" (name) } name=(name) {
                option value="" selected[chosen.is_empty()] { (all) }
                @for (value, word) in choices { option value=(value) selected[value == chosen] { (word) } }
            }
        }
    }
}

fn filters(cx: &Ctx, asked: &Asked, towns: &[Town], me: AccountId) -> Markup {
    let f = &asked.filter;
    let all = t!(cx, "list-any");
    let of = |list: List| -> Vec<(String, String)> {
        list.all()
            .iter()
            .map(|c| (c.code.to_owned(), c.word(cx.lang).to_owned()))
            .collect()
    };
    let names: Vec<(String, String)> = towns
        .iter()
        .map(|t| (t.code.clone(), t.name(cx.lang).to_owned()))
        .collect();
    let states: Vec<(String, String)> = State::ALL
        .iter()
        .filter(|s| s.counts())
        .map(|s| (s.code().to_owned(), words::state_word(cx, *s)))
        .collect();
    let lanes: Vec<(String, String)> = Lane::ALL
        .iter()
        .map(|l| (l.code().to_owned(), words::lane(cx, *l)))
        .collect();
    let day = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
    html! {
        form.filters role="search" method="get" action=(cx.url("/consultations")) {
            (select("municipality", &t!(cx, "list-municipality"), &all, &names, &f.municipality))
            (select("state", &t!(cx, "list-state"), &all, &states, f.state.map_or("", State::code)))
            (select("category", &t!(cx, "list-category"), &all, &of(List::Category), f.categories.first().map_or("", String::as_str)))
            (select("caller", &t!(cx, "list-caller"), &all, &of(List::Caller), &f.caller))
            (select("lane", &t!(cx, "list-lane"), &all, &lanes, f.lane.map_or("", Lane::code)))
            (select("taker", &t!(cx, "list-taker"), &all, &[(me.to_string(), t!(cx, "list-me"))], &f.taker.map(|t| t.to_string()).unwrap_or_default()))
            div.field { label for="f-from" { (t!(cx, "list-from")) } input #f-from type="date" name="from" value=(day(f.from)); }
            div.field { label for="f-to" { (t!(cx, "list-to")) } input #f-to type="date" name="to" value=(day(f.to)); }
            button.btn.small type="submit" { (t!(cx, "list-filter")) }
            @if !asked.set.is_empty() { a href=(cx.url("/consultations")) { (t!(cx, "list-all")) } }
        }
    }
}

fn table(cx: &Ctx, asked: &Asked, found: &[Consultation], towns: &[Town]) -> web::Result<Markup> {
    let head = [
        t!(cx, "list-received"),
        t!(cx, "list-municipality"),
        t!(cx, "list-caller"),
        t!(cx, "list-category"),
        t!(cx, "list-asked"),
        t!(cx, "list-state"),
        t!(cx, "list-taker"),
    ];
    let mut rows = Vec::new();
    for one in found {
        let f = &one.fields;
        let town = towns
            .iter()
            .find(|t| t.code == f.municipality)
            .map_or(f.municipality.as_str(), |t| t.name(cx.lang));
        let mut by = asked.set.clone();
        by.retain(|(name, _)| name != "taker");
        rows.push(vec![
            html! { a href=(cx.url(&format!("/consultations/{}", one.id))) { (ui::moment(cx, one.received_at)) } br; span.sub { (one.reference()) } @if one.fictional { " " (ui::badge(ui::Tone::Plain, web::t!(cx.lang, "fictional"))) } },
            html! { (town) },
            html! { (List::Caller.word(&f.caller, cx.lang)) },
            html! { @for code in f.categories.iter().take(3) { (ui::badge(ui::Tone::Plain, List::Category.word(code, cx.lang))) " " } },
            html! { span lang="ja" { (glimpse(cx, one)?) } },
            html! { (words::state(cx, one.state)) @if f.need_met == "no" { " " (ui::badge(ui::Tone::Warn, List::NeedMet.word("no", cx.lang))) }
                @if let (Some(day), true) = (f.follow_up_on, one.state != State::Closed) { br; span.sub { (t!(cx, "list-follow")) " " (ui::date(cx, day)) } } },
            html! { @if let Some(taker) = one.taken_by { a href=(address(cx, &by, &[("taker", taker.to_string())])) { (one.taken_name) } } @else { (one.taken_name) } },
        ]);
    }
    Ok(ui::table_rows(t!(cx, "consultations-title"), &head, &rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_it_filters_and_forgives_the_rest() {
        let asked = read(
            "municipality=143618&state=open&category=endoflife&lane=x&from=2026-11-01&after=12-nonsense&x=%27",
        );
        assert_eq!(asked.filter.municipality, "143618");
        assert_eq!(asked.filter.state, Some(State::Open));
        assert_eq!(asked.filter.categories, ["endoflife"]);
        assert!(asked.filter.lane.is_none() && asked.after.is_none());
        assert!(asked.filter.from.is_some());
    }
}
