//! What a provider can do, its official facts, and where each fact of the page comes from.

use maud::{Markup, html};
use web::{Ctx, ui};

use super::{provider::Whole, sentences, town_name};
use crate::{
    find::{
        Loaded,
        rows::{Care, Fact, Professional},
    },
    i18n::t,
};

/// What it says it can do.
pub(super) fn care(cx: &Ctx, loaded: &Loaded, care: &Care) -> Markup {
    let answer = |value: Option<bool>| match value {
        Some(true) => html! { strong { (t!(cx, "find-yes")) } },
        Some(false) => html! { (t!(cx, "find-no")) },
        None => html! { span.unknown { (t!(cx, "find-not-stated")) } },
    };
    let mut facts = vec![
        (
            sentences::ability(cx, "house_call"),
            answer(care.house_call),
        ),
        (
            sentences::ability(cx, "home_visit"),
            answer(care.home_visit),
        ),
    ];
    if !care.visit_area.is_empty() || !care.visit_note.is_empty() {
        let towns: Vec<String> = care
            .visit_area
            .iter()
            .map(|code| town_name(cx, loaded, code))
            .collect();
        facts.push((t!(cx, "find-covers"), html! { (towns.join(" ")) @if !care.visit_note.is_empty() { " " span lang="ja" { (care.visit_note) } } }));
    }
    facts.push((
        sentences::ability(cx, "day_and_night"),
        answer(care.day_and_night),
    ));
    facts.push((
        sentences::ability(cx, "end_of_life"),
        answer(care.end_of_life),
    ));
    facts.push((
        sentences::ability(cx, "new_patients"),
        html! {
            @match care.new_patients.as_deref() {
                Some("yes") => strong { (t!(cx, "find-yes")) },
                Some("no") => (t!(cx, "find-no")),
                Some(_) => (t!(cx, "find-new-ask")),
                None => span.unknown { (t!(cx, "find-not-stated")) },
            }
            @if let Some(day) = care.new_patients_on { " " span.sub { (t!(cx, "find-as-of")) " " (ui::date(cx, day)) } }
        },
    ));
    if let Some(places) = care.vacancy {
        facts.push((
            sentences::ability(cx, "vacancy"),
            html! { (t!(cx, "find-people", count = places)) @if let Some(day) = care.vacancy_on { " " span.sub { (t!(cx, "find-as-of")) " " (ui::date(cx, day)) } } },
        ));
    }
    if !care.languages.is_empty() {
        let names: Vec<String> = care
            .languages
            .iter()
            .map(|code| sentences::language(cx, code))
            .collect();
        facts.push((t!(cx, "find-language"), html! { (names.join(" ")) }));
    }
    facts.push((
        sentences::ability(cx, "wheelchair"),
        answer(care.wheelchair),
    ));
    html! {
        h2 { (t!(cx, "find-can")) }
        (ui::dl(&facts))
        p.source { (t!(cx, "find-source")) " " span lang="ja" { (care.source) } @if let Some(day) = care.verified_on { " " (t!(cx, "find-confirmed")) " " (ui::date(cx, day)) } @if !care.verified_by.is_empty() { " " (t!(cx, "find-by", name = care.verified_by.as_str())) } }
    }
}

/// What only professionals see; the database gives it to nobody else.
pub(super) fn professional(cx: &Ctx, professional: &Professional) -> Markup {
    let mut facts: Vec<(String, Markup)> = Vec::new();
    if !professional.direct_phone.is_empty() {
        facts.push((
            t!(cx, "find-direct"),
            ui::tel(cx, &professional.direct_phone),
        ));
    }
    if !professional.direct_fax.is_empty() {
        facts.push((
            t!(cx, "find-direct-fax"),
            html! { (professional.direct_fax) },
        ));
    }
    if !professional.liaison_name.is_empty() {
        facts.push((t!(cx, "find-column-window"), html! { span lang="ja" { (professional.liaison_name) " " (professional.liaison_hours) } }));
    }
    if !professional.treatments.is_empty() {
        facts.push((t!(cx, "find-treats"), html! { @for code in &professional.treatments { (ui::badge(ui::Tone::Info, sentences::treatment(cx, code))) " " } }));
    }
    if !professional.conditions.is_empty() {
        facts.push((
            t!(cx, "find-column-conditions"),
            html! { span lang="ja" { (professional.conditions) } },
        ));
    }
    html! {
        h2 { (t!(cx, "find-for-professionals")) }
        p.sub { (t!(cx, "find-professionals-only")) }
        (ui::dl(&facts))
        p.source { (t!(cx, "find-source")) " " span lang="ja" { (professional.source) } @if let Some(day) = professional.verified_on { " " (t!(cx, "find-confirmed")) " " (ui::date(cx, day)) } }
    }
}

/// Dated facts of official lists.
pub(super) fn official(cx: &Ctx, facts: &[Fact]) -> Markup {
    if facts.is_empty() {
        return html! {};
    }
    let head = [
        t!(cx, "find-fact"),
        t!(cx, "find-fact-number"),
        t!(cx, "find-fact-from"),
        t!(cx, "find-source"),
    ];
    let rows: Vec<Vec<Markup>> = facts
        .iter()
        .map(|fact| {
            vec![
                html! { span lang="ja" { (fact.class) @if !fact.value.is_empty() { " " (fact.value) } } },
                html! { (fact.number) },
                html! { @if let Some(day) = fact.from_on { (ui::date(cx, day)) } },
                html! { span lang="ja" { (fact.source) } @if let Some(day) = fact.source_date { " " (ui::date(cx, day)) } },
            ]
        })
        .collect();
    html! { details { summary { (t!(cx, "find-facts", count = facts.len())) } (ui::table_rows(t!(cx, "find-facts", count = facts.len()), &head, &rows)) } }
}

/// Where each fact comes from and how old it is.
pub(super) fn provenance(cx: &Ctx, kinds: &[crate::model::Kind], whole: &Whole) -> Markup {
    let provider = &whole.provider;
    let shown = [
        (
            "name",
            t!(cx, "find-column-name"),
            !provider.name.is_empty(),
        ),
        ("kana", t!(cx, "find-kana"), !provider.kana.is_empty()),
        (
            "address",
            t!(cx, "find-address"),
            !provider.address.is_empty(),
        ),
        ("place", t!(cx, "find-place"), provider.lat.is_some()),
        ("phone", t!(cx, "find-phone"), !provider.phone.is_empty()),
        ("fax", t!(cx, "find-fax"), !provider.fax.is_empty()),
        ("url", t!(cx, "find-web"), !provider.url.is_empty()),
    ];
    // What was said here about services and abilities stands below the publications' own fields.
    let fields = crate::upkeep::fields::catalogue(&whole.services, false);
    let names = crate::upkeep::pages::form::Names {
        kinds: kinds.to_vec(),
        towns: Vec::new(),
    };
    let mut more: Vec<(&str, String, bool)> = fields
        .iter()
        .filter(|f| {
            !shown.iter().any(|(code, ..)| *code == f.code) && whole.entered.contains_key(&f.code)
        })
        .filter(|f| cx.me.is_some() || f.place != crate::upkeep::fields::Place::Professional)
        .map(|f| {
            (
                f.code.as_str(),
                crate::upkeep::pages::form::label(cx, &names, f),
                true,
            )
        })
        .collect();
    let mut shown = shown.to_vec();
    shown.append(&mut more);
    let today = cx.now.date_jst();
    let aged = |day: Option<kernel::Date>| {
        let age = crate::model::age_days(day, today).filter(|age| *age > whole.stale_days);
        html! { @if let Some(age) = age { " " (ui::badge(ui::Tone::Warn, t!(cx, "upkeep-age", count = age))) } }
    };
    let head = [
        t!(cx, "find-field"),
        t!(cx, "find-source"),
        t!(cx, "find-confirmed"),
        t!(cx, "find-by-whom"),
        t!(cx, "find-written"),
    ];
    let rows: Vec<Vec<Markup>> = shown
        .into_iter()
        .map(|(code, label, known)| {
            let entered = whole.entered.get(code);
            vec![
                html! { (label) },
                html! {
                    @if !known { span.unknown { (t!(cx, "find-not-stated")) } }
                    @else if let Some(entered) = entered { span lang="ja" { (entered.source) } @if let Some(official) = entered.official.as_deref().filter(|_| entered.entered) { br; span.sub { (t!(cx, "find-official-says")) " " span lang="ja" { (official) } } } }
                    @else { span lang="ja" { (provider.source) } @if let Some(day) = provider.source_date { " " (ui::date(cx, day)) } }
                },
                html! { @match entered.and_then(|e| e.verified_on).or(provider.verified_on) { Some(day) => { (ui::date(cx, day)) (aged(Some(day))) }, None => span.unknown { (t!(cx, "find-unconfirmed")) } } },
                html! { span lang="ja" { (entered.map_or(provider.verified_by.as_str(), |e| e.verified_by.as_str())) } },
                ui::moment(cx, entered.map_or(provider.updated_at, |e| e.updated_at)),
            ]
        })
        .collect();
    html! {
        details.provenance {
            summary { (t!(cx, "find-provenance")) }
            (ui::table_rows(t!(cx, "find-provenance"), &head, &rows))
            @if !whole.aliases.is_empty() { p { (t!(cx, "find-aliases")) " " span lang="ja" { (whole.aliases.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join("\u{3001}")) } } }
            @if !whole.numbers.is_empty() { p { (t!(cx, "find-number")) " " (whole.numbers.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(" ")) } }
            @if !whole.history.is_empty() {
                h3 { (t!(cx, "find-history")) }
                ul { @for event in &whole.history { li { (ui::moment(cx, event.at)) " " (super::provider_facts::event(cx, &event.what)) @if let Some(day) = event.on { " (" (ui::date(cx, day)) ")" } " " span lang="ja" { (event.note) } } } }
            }
            p.sub { (t!(cx, "find-provenance-text")) }
        }
    }
}

/// What happened to a record, in words.
pub(crate) fn event(cx: &Ctx, code: &str) -> String {
    match code {
        "created" => t!(cx, "find-event-created"),
        "closed" => t!(cx, "find-event-closed"),
        "moved" => t!(cx, "find-event-moved"),
        "merged" => t!(cx, "find-event-merged"),
        "confirmed" => t!(cx, "find-event-confirmed"),
        "suspended" => t!(cx, "find-event-suspended"),
        "reopened" => t!(cx, "find-event-reopened"),
        "undone" => t!(cx, "find-event-undone"),
        _ => t!(cx, "find-event-changed"),
    }
}
