//! The parts of an entry's page: quotes, municipalities, and who sees it.

use maud::{Markup, html};
use web::{Ctx, Decision, ui};

use super::{address, card, entry::Page, words};
use crate::{
    WRITE,
    i18n::t,
    model::{Named, Range, Source},
};

/// The sentences the entry came from, as they stand in the answer, each with its place.
pub(super) fn quotes(cx: &Ctx, page: &Page) -> Markup {
    html! {
        h2 #sources { (t!(cx, "sources-title")) }
        @if page.sources.is_empty() { p { (t!(cx, "sources-none")) } }
        @for (quote, sources) in wordings(&page.sources) {
            figure.source-quote {
                blockquote.quote lang="ja" { (quote) }
                figcaption {
                    @let calls = sources.iter().filter(|s| s.kind == "consultation").count();
                    @if calls > 0 { (t!(cx, "source-consultations", count = calls)) " " }
                    @for (at, source) in sources.iter().filter(|s| s.kind != "consultation").enumerate() { @if at > 0 { " / " } span id={ "s-" (source.id) } { (place(cx, page, source)) } }
                }
            }
        }
    }
}

/// Each wording once, with all the places where it stands, in the order of the sources.
fn wordings(sources: &[Source]) -> Vec<(&str, Vec<&Source>)> {
    let mut out: Vec<(&str, Vec<&Source>)> = Vec::new();
    for source in sources {
        match out.iter_mut().find(|(quote, _)| *quote == source.quote) {
            Some((_, list)) => list.push(source),
            None => out.push((&source.quote, vec![source])),
        }
    }
    out
}

fn place(cx: &Ctx, page: &Page, source: &Source) -> Markup {
    let town = page.towns.name(cx, &source.municipality);
    let line = source.paragraph + 1_i64;
    let text = t!(
        cx,
        "source-place",
        town = town,
        question = question(&source.question),
        paragraph = line
    );
    let link = format!(
        "/surveys/{}/answers/{}/{}#p{}-{}-{}",
        source.survey,
        source.municipality,
        anchor(&source.question),
        source.paragraph,
        source.start,
        source.end
    );
    html! {
        @if source.survey.is_empty() { (text) } @else { a href=(cx.url(&link)) { (text) } }
        @if !source.published { " " (ui::badge(ui::Tone::Warn, t!(cx, "source-unpublished"))) }
    }
}

/// The anchor of a question in addresses: `2(1)` and `2-1` are the same question.
fn anchor(question: &str) -> String {
    question.replace('(', "-").replace(')', "")
}

/// The number of a question as it is printed.
pub(super) fn question(question: &str) -> String {
    match question.split_once('-') {
        Some((first, second)) if !second.is_empty() => format!("{first}({second})"),
        _ => question.to_owned(),
    }
}

/// The municipalities the entry names, each with its own words, state and approval.
pub(super) fn municipalities(cx: &Ctx, page: &Page) -> Markup {
    let entry = &page.entry;
    // The names alone stand among the facts above.
    let plain = |n: &Named| n.wording.is_empty() && n.status.is_none() && n.withdrawn_on.is_none();
    if page.named.is_empty() || (!entry.inside && page.named.iter().all(plain)) {
        return html! {};
    }
    let writes = WRITE.decide(cx.me.as_ref()) == Decision::Allow;
    html! {
        h2 #municipalities { (t!(cx, "municipalities-title")) }
        ul.list-plain {
            @for named in &page.named {
                li id={ "m-" (named.municipality) } {
                    p {
                        (card::town_badge(cx, &page.towns, &named.municipality))
                        @if let Some(status) = &named.status { " " (card::status_badge(cx, status)) }
                        @if let Some(day) = named.withdrawn_on { " " (ui::badge(ui::Tone::Plain, t!(cx, "stepped-back", date = kernel::format_date(day, cx.lang)))) }
                        @if entry.inside && entry.range == Range::Public && named.withdrawn_on.is_none() { " " (approval(cx, named)) }
                    }
                    @if !named.wording.is_empty() { div.quote lang="ja" { @for line in named.wording.lines() { p { (line) } } } }
                    @if writes && entry.inside && named.level >= ::store::Level::Edit { (own_part(cx, page, named)) }
                }
            }
        }
    }
}

fn approval(cx: &Ctx, named: &Named) -> Markup {
    html! {
        @match named.approved_at {
            Some(at) => {
                (ui::badge(ui::Tone::Key, t!(cx, "approved-on", date = kernel::format_date(at.date_jst(), cx.lang))))
                @if !named.approved_name.is_empty() { " " span.sub { (named.approved_name) } }
            }
            None => (ui::badge(ui::Tone::Warn, t!(cx, "approval-waits"))),
        }
    }
}

/// What the people of a named municipality can do with its part.
fn own_part(cx: &Ctx, page: &Page, named: &Named) -> Markup {
    let (entry, code) = (&page.entry, named.municipality.as_str());
    let at = |act: &str| format!("{}/{act}", address(entry.id));
    let town = page.towns.name(cx, code).to_owned();
    let mut states = vec![ui::Choice::new("", t!(cx, "part-status-common"))];
    states.extend(
        entry
            .kind
            .statuses()
            .iter()
            .map(|s| ui::Choice::new(*s, words::status(cx.lang, s))),
    );
    let (wording, status) = (format!("wording-{code}"), format!("status-{code}"));
    let waits = entry.range == Range::Public && named.approved_at.is_none() && !entry.needs_rewrite;
    html! {
        @if waits { (approve_form(cx, page, named, &town)) }
        (ui::details(t!(cx, "part-edit", town = town.as_str()), html! {
            (ui::form(cx, &at("part"), html! {
                input type="hidden" name="municipality" value=(code);
                input type="hidden" name="version" value=(named.version);
                div.field {
                    label for=(wording) { (t!(cx, "part-wording")) }
                    p.hint id={ (wording) "-hint" } { (t!(cx, "part-wording-hint")) }
                    textarea id=(wording) name="wording" rows="3" maxlength="5000" aria-describedby={ (wording) "-hint" } { "\n" (named.wording) }
                }
                div.field {
                    label for=(status) { (t!(cx, "part-status")) }
                    select id=(status) name="status" {
                        @for choice in &states { option value=(choice.value) selected[named.status.as_deref().unwrap_or_default() == choice.value] { (choice.label) } }
                    }
                }
                div.actions { (ui::button(t!(cx, "part-save"))) }
            }))
            @if named.approved_at.is_some() {
                (ui::form(cx, &at("disapprove"), html! {
                    input type="hidden" name="municipality" value=(code);
                    button.btn.second.small type="submit" { (t!(cx, "disapprove")) }
                }))
            }
            (ui::form(cx, &at("step-back"), html! {
                input type="hidden" name="municipality" value=(code);
                @if named.withdrawn_on.is_some() {
                    input type="hidden" name="back" value="1";
                    button.btn.second.small type="submit" { (t!(cx, "come-back")) }
                } @else {
                    button.btn.second.small type="submit" data-confirm=(t!(cx, "step-back-question")) { (t!(cx, "step-back", town = town.as_str())) }
                }
            }))
        }))
    }
}

fn approve_form(cx: &Ctx, page: &Page, named: &Named, town: &str) -> Markup {
    let decides = super::sharing::decides(cx, named);
    let field = format!("decision-{}", named.municipality);
    html! {
        div.card.waits {
            h3 { (t!(cx, "approve-title", town = town)) }
            p { (t!(cx, "approve-text")) }
            (ui::form(cx, &format!("{}/approve", address(page.entry.id)), html! {
                input type="hidden" name="municipality" value=(named.municipality);
                input type="hidden" name="version" value=(page.entry.version);
                div.field {
                    label for=(field) { (t!(cx, "approve-decision")) }
                    p.hint id={ (field) "-hint" } { @if decides { (t!(cx, "approve-decision-optional")) } @else { (t!(cx, "approve-decision-needed")) } }
                    input type="text" id=(field) name="decision" maxlength="200" aria-describedby={ (field) "-hint" };
                }
                div.actions { (ui::button(t!(cx, "approve-now"))) }
            }))
        }
    }
}

/// Who sees the entry, and taking it back; for the owner's people.
pub(super) fn sharing(cx: &Ctx, page: &Page) -> Markup {
    let entry = &page.entry;
    let at = |act: &str| format!("{}/{act}", address(entry.id));
    if entry.withdrawn_at.is_some() {
        return ui::form(
            cx,
            &at("restore"),
            html! {
                input type="hidden" name="version" value=(entry.version);
                div.actions { (ui::button(t!(cx, "restore"))) }
            },
        );
    }
    let ranges = Range::ALL
        .into_iter()
        .map(|r| {
            let why = match r {
                Range::Internal => t!(cx, "range-internal-means"),
                Range::Municipalities => t!(cx, "range-municipalities-means"),
                Range::Participants => t!(cx, "range-participants-means"),
                Range::Public => t!(cx, "range-public-means"),
            };
            ui::Choice::new(r.code(), format!("{}: {why}", words::range(cx.lang, r)))
        })
        .collect();
    html! {
        h2 #sharing { (t!(cx, "sharing-title")) }
        @if entry.needs_rewrite && entry.rewritten_by.is_some() && entry.rewritten_by != cx.me.as_ref().map(|me| me.account) {
            (ui::form(cx, &at("rewritten"), html! {
                input type="hidden" name="version" value=(entry.version);
                p { (t!(cx, "rewrite-confirm-text")) }
                div.actions { (ui::button(t!(cx, "rewrite-confirm"))) }
            }))
        }
        (ui::form(cx, &at("range"), html! {
            input type="hidden" name="version" value=(entry.version);
            (ui::field(cx, &ui::Field::new("range", t!(cx, "range-label")).kind(ui::Kind::Radio(ranges)).value(entry.range.code())))
            div.actions { (ui::button(t!(cx, "range-save"))) }
        }))
        @if entry.range == Range::Participants { (participants(cx, page)) }
        (ui::details(t!(cx, "withdraw-open"), html! {
            (ui::form(cx, &at("withdraw"), html! {
                input type="hidden" name="version" value=(entry.version);
                (ui::field(cx, &ui::Field::new("reason", t!(cx, "withdraw-reason")).hint(t!(cx, "withdraw-hint")).required().kind(ui::Kind::Textarea { rows: 2 }).maxlength(1000)))
                div.actions { (ui::danger_button(t!(cx, "withdraw"), t!(cx, "withdraw-question"))) }
            }))
        }))
    }
}

fn participants(cx: &Ctx, page: &Page) -> Markup {
    let entry = &page.entry;
    let chosen: Vec<std::borrow::Cow<'_, str>> = page
        .participants
        .iter()
        .map(|id| id.to_string().into())
        .collect();
    let others: Vec<ui::Choice> = page
        .organisations
        .iter()
        .filter(|o| o.id != entry.owner && o.kind != "municipality")
        .map(|o| ui::Choice::new(o.id.to_string(), o.label(cx.lang).to_owned()))
        .collect();
    let count = chosen.len();
    ui::details(
        t!(cx, "participants-open", count = count),
        ui::form(
            cx,
            &format!("{}/participants", address(entry.id)),
            html! {
                (ui::check_group(cx, &ui::Field::new("organisation", t!(cx, "participants-label")).hint(t!(cx, "participants-hint")), &others, &chosen))
                div.actions { (ui::button(t!(cx, "participants-save"))) }
            },
        ),
    )
}
