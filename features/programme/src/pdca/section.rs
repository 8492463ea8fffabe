//! The part of an entry's page that tells what is done about it: countermeasures by office, hand-offs, comments, files.

use kernel::OrganisationId;
use maud::{Markup, html};
use store::{Conn, Level, Result};
use web::{Ctx, ui};

use super::{
    pages::words,
    store::{self as sql, Beside, Comment, Measure},
    who,
};
use crate::{
    i18n::t,
    model::{EntryId, Range},
};

/// What the section prints; two statements.
pub(crate) struct Section {
    entry: EntryId,
    measures: Vec<Measure>,
    beside: Beside,
}

/// Reads it inside the read of the entry's page.
///
/// # Errors
/// When the database fails.
pub(crate) fn read(conn: &mut Conn, entry: EntryId) -> Result<Section> {
    Ok(Section {
        entry,
        measures: sql::of_entry(conn, entry)?,
        beside: sql::beside(conn, entry)?,
    })
}

/// Prints it. `issue` tells whether the entry is something that asks for countermeasures.
pub(crate) fn view(cx: &Ctx, data: &Section, issue: bool) -> Markup {
    let me = cx.me.as_ref();
    let tenant = me.map(|me| who::of(me).tenant);
    let works = me.is_some_and(|me| crate::WORK.decide(Some(me)) == web::Decision::Allow);
    html! {
        @if issue || !data.measures.is_empty() { (measures(cx, data, works)) }
        @if !data.beside.handoffs.is_empty() || works { (handoffs(cx, data, works)) }
        @if me.is_some() || !data.beside.comments.is_empty() { (comments(cx, data, tenant, works)) }
        @if works || !data.beside.files.is_empty() { (files(cx, data, tenant, works)) }
    }
}

fn measures(cx: &Ctx, data: &Section, works: bool) -> Markup {
    html! {
        section #measures {
            h2 { (t!(cx, "pdca-measures")) }
            @if data.measures.is_empty() {
                p.sub { (t!(cx, "pdca-measures-none")) }
            } @else {
                div.grid.g2 { @for one in &data.measures { (card(cx, one)) } }
            }
            @if works {
                p.actions.no-print { (ui::link_button_second(cx.url(&format!("/programme/measures/new?entry={}", data.entry)), t!(cx, "pdca-new-link"))) }
            }
        }
    }
}

fn card(cx: &Ctx, one: &Measure) -> Markup {
    let path = cx.url(&format!("/programme/measures/{}", one.id));
    html! {
        section.card {
            h3 { (one.plan.office) " " span.sub { (ui::fiscal_year(cx, one.year)) } }
            p {
                (words::state_badge(cx, one.state)) " "
                @if let Some(rating) = one.rating { (ui::badge(ui::Tone::Key, words::rating(cx, rating))) " " }
                @if cx.me.is_some() { (ui::badge(ui::Tone::Plain, words::reach(cx, one.reach))) " " }
                @if one.plan.fictional { (ui::badge(ui::Tone::Plain, web::t!(cx.lang, "fictional"))) }
            }
            p lang="ja" { (words::lines(&one.plan.body)) }
            p.sub {
                (t!(cx, "pdca-owner")) ": " span lang="ja" { (one.plan.owner) }
                @if let Some(due) = one.due { " / " (t!(cx, "pdca-due")) ": " (ui::date(cx, due)) }
            }
            @if cx.me.is_some() { p { a href=(path) { (t!(cx, "pdca-open")) span.visually-hidden { " " (one.plan.office) " " (one.year) } } } }
        }
    }
}

fn handoffs(cx: &Ctx, data: &Section, works: bool) -> Markup {
    let today = cx.now.date_jst();
    html! {
        section #handoffs {
            h2 { (t!(cx, "handoff-of-entry")) }
            @if data.beside.handoffs.is_empty() { p.sub { (t!(cx, "handoff-none-entry")) } }
            @else {
                ul {
                    @for one in &data.beside.handoffs {
                        li { a href=(cx.url(&format!("/programme/handoffs/{}", one.id))) { span lang="ja" { (one.title) } } " "
                            (crate::handoff::pages::badge(cx, one.state, one.state.late(one.due, one.moved, today))) " " span.sub { (one.receiver_name) } }
                    }
                }
            }
            @if works {
                p.actions.no-print {
                    (ui::link_button_second(cx.url(&format!("/programme/handoffs/new?kind=issue&entry={}", data.entry)), t!(cx, "handoff-new-issue")))
                    (ui::link_button_second(cx.url(&format!("/programme/handoffs/new?kind=question&entry={}", data.entry)), t!(cx, "handoff-new-question")))
                }
            }
        }
    }
}

fn comments(cx: &Ctx, data: &Section, tenant: Option<OrganisationId>, works: bool) -> Markup {
    html! {
        section #comments {
            h2 { (t!(cx, "pdca-comments")) }
            @for one in &data.beside.comments {
                article.card {
                    p.sub { span lang="ja" { (one.by) } " " (ui::moment(cx, one.at)) " " @if cx.me.is_some() { (ui::badge(ui::Tone::Plain, words::reach(cx, one.reach))) } }
                    @if one.withdrawn { p.sub { (t!(cx, "pdca-comment-withdrawn")) } }
                    @else { p lang="ja" { (words::lines(&one.body)) } }
                    @if !one.withdrawn && tenant == Some(one.tenant) && one.level >= Level::Edit && works { (comment_range(cx, one)) }
                }
            }
            @if works {
                (ui::form(cx, "/programme/comments", html! {
                    input type="hidden" name="entry" value=(data.entry);
                    (ui::field(cx, &ui::Field::new("body", t!(cx, "pdca-comment-new")).hint(t!(cx, "pdca-comment-hint")).kind(ui::Kind::Textarea { rows: 3 })))
                    div.actions { (ui::button(t!(cx, "pdca-comment-save"))) }
                }))
            }
        }
    }
}

fn comment_range(cx: &Ctx, one: &Comment) -> Markup {
    let id = format!("reach-{}", one.id);
    html! {
        details.no-print {
            summary { (t!(cx, "pdca-comment-change")) }
            (ui::form(cx, &format!("/programme/comments/{}", one.id), html! {
                input type="hidden" name="version" value=(one.version);
                div.field {
                    label for=(id) { (t!(cx, "pdca-range")) }
                    select id=(id) name="reach" {
                        @for range in Range::ALL { option value=(range.code()) selected[range == one.reach] { (words::reach(cx, range)) } }
                        option value="withdraw" { (t!(cx, "pdca-comment-withdraw")) }
                    }
                }
                div.actions { (ui::button_small(t!(cx, "pdca-range-save"))) }
            }))
        }
    }
}

fn files(cx: &Ctx, data: &Section, tenant: Option<OrganisationId>, works: bool) -> Markup {
    html! {
        section #files {
            h2 { (t!(cx, "pdca-files")) }
            @if data.beside.files.is_empty() { p.sub { (t!(cx, "pdca-files-none")) } }
            @else {
                ul {
                    @for one in &data.beside.files {
                        li {
                            a href=(cx.url(&format!("/programme/files/{}", one.id))) download { (one.name) } " "
                            span.sub { (t!(cx, "pdca-file-size", kb = ((one.size + 1023) / 1024).to_string())) " " span lang="ja" { (one.by) } " " (ui::date(cx, one.at.date_jst())) }
                            @if works && tenant == Some(one.tenant) && one.level >= Level::Edit {
                                (ui::form(cx, &format!("/programme/files/{}/remove", one.id), html! { (ui::danger_button(t!(cx, "pdca-file-remove"), t!(cx, "pdca-file-remove-sure"))) }))
                            }
                        }
                    }
                }
            }
            @if works {
                (ui::form_upload(cx, "/programme/files", html! {
                    input type="hidden" name="entry" value=(data.entry);
                    (ui::field(cx, &ui::Field::new("file", t!(cx, "pdca-file-add")).hint(t!(cx, "pdca-file-hint")).kind(ui::Kind::File { accept: ".pdf,.xlsx,.csv,.png,.jpg,.jpeg" })))
                    div.actions { (ui::button(t!(cx, "pdca-file-save"))) }
                }))
            }
        }
    }
}

/// As a part of an entry's page: what the page's list of parts names.
///
/// # Errors
/// When the database fails.
pub(crate) fn part(
    conn: &mut Conn,
    cx: &Ctx,
    entry: &crate::model::Entry,
) -> Result<Option<Markup>> {
    let asks = matches!(
        entry.kind,
        crate::model::Kind::Issue | crate::model::Kind::Request
    );
    Ok(Some(view(cx, &read(conn, entry.id)?, asks)))
}
