//! One joint text: the common text, the differences, the own words, adopting.

use axum::extract::Path;
use forms::Value;
use kernel::Lang;
use maud::{Markup, html};
use web::{
    Ctx,
    ui::{self, Tone},
};

use super::{Seen, crumbs, heading, parse, seen};
use crate::{
    i18n::t,
    joint::model::{Adoption, Member, MemberState, own_words},
    pages::{again::Again, diff},
};

/// `GET /surveys/replies/{id}/joint/{joint}`
pub(in crate::joint) async fn show(
    cx: Ctx,
    Path((id, joint)): Path<(String, String)>,
) -> web::Result {
    let seen = seen(&cx, parse(&id)?, parse(&joint)?).await?;
    page(&cx, &seen, &Again::fresh(), &html! {})
}

/// The page, with what was typed into a form that was refused; `above` stands before everything.
pub(super) fn page(cx: &Ctx, seen: &Seen, again: &Again, above: &Markup) -> web::Result {
    let me = seen.me()?.clone();
    let joined = me.state == MemberState::Joined;
    let title = heading(seen.field(), cx.lang);
    let body = html! {
        (again.summary(cx))
        (above)
        p lang="ja" { (record(cx, seen)) }
        @if me.adoption(&seen.joint) == Adoption::Stale {
            (ui::notice(Tone::Warn, t!(cx, "joint-stale"), html! { p { (t!(cx, "joint-stale-text")) } }))
        }
        @if !joined {
            (ui::card_waits(t!(cx, "joint-invited", name = seen.joint.lead_name.as_str()), html! {
                p { (t!(cx, "joint-invited-text")) }
                (ui::form(cx, &format!("{}/join", seen.path()), html! { div.actions { (ui::button(t!(cx, "joint-join"))) } }))
            }))
        }
        section.card { h2 { (t!(cx, "joint-base")) } @for line in seen.joint.base.lines() { p lang="ja" { (line) } } }
        @if joined {
            (others(cx, seen))
            (own_form(cx, seen, &me, again))
            (adopt_form(cx, seen, &me)?)
            (change_base(cx, seen, again))
        }
        (ui::form(cx, &format!("{}/leave", seen.path()), html! {
            div.actions { (ui::danger_button(t!(cx, "joint-leave"), t!(cx, "joint-leave-question"))) }
        }))
    };
    Ok(cx
        .page(title.clone())
        .nav("surveys")
        .crumbs(&crumbs(cx, &seen.loaded, Some(&title)))
        .sub(html! { (seen.loaded.reply.name) " / " (seen.loaded.round.title(cx.lang)) })
        .no_qr()
        .status(again.status)
        .body(body))
}

/// 「原案：…、採用：…（日付）」.
fn record(cx: &Ctx, seen: &Seen) -> String {
    let adopted: Vec<String> = seen
        .members
        .iter()
        .filter_map(|m| {
            let day = kernel::format_date(m.adopted_at?.date_jst(), cx.lang);
            let name = m.name.as_str();
            Some(t!(cx, "joint-adopted-by", name = name, day = day))
        })
        .collect();
    let lead = seen.joint.lead_name.as_str();
    if adopted.is_empty() {
        t!(cx, "joint-record-none", lead = lead)
    } else {
        let list = adopted.join(&t!(cx, "joint-join-names"));
        t!(cx, "joint-record", lead = lead, adopted = list)
    }
}

/// The other members, and how each differs.
fn others(cx: &Ctx, seen: &Seen) -> Markup {
    let base = &seen.joint.base;
    html! {
        section.card {
            h2 { (t!(cx, "joint-members")) }
            @if seen.members.iter().any(|m| !m.own.is_empty()) { (diff::legend(cx)) }
            @for member in &seen.members {
                h3 {
                    (member.name) " "
                    @match (member.state, member.adoption(&seen.joint)) {
                        (MemberState::Invited, _) => (ui::badge(Tone::Plain, t!(cx, "joint-state-invited"))),
                        (_, Adoption::No) => (ui::badge(Tone::Info, t!(cx, "joint-state-joined"))),
                        (_, Adoption::Valid) => (ui::badge(Tone::Key, t!(cx, "joint-state-adopted"))),
                        (_, Adoption::Stale) => (ui::badge(Tone::Warn, t!(cx, "joint-state-stale"))),
                    }
                }
                @if member.state == MemberState::Joined {
                    @if member.own.is_empty() { p.sub { (t!(cx, "joint-same")) } }
                    @else { div.diff { (diff::marked(cx, base, &member.own.whole(base), true).0) } }
                }
            }
        }
    }
}

/// The own words, paragraph by paragraph.
fn own_form(cx: &Ctx, seen: &Seen, me: &Member, again: &Again) -> Markup {
    ui::card(
        t!(cx, "joint-own"),
        html! {
            p { (t!(cx, "joint-own-lead")) }
            form.form method="post" action=(cx.url(&format!("{}/own", seen.path()))) novalidate data-keep=(cx.keep_key("surveys.joint.own", seen.joint.id)) {
                input type="hidden" name="_csrf" value=(cx.csrf());
                (versions(seen, me))
                @for (at, line) in seen.joint.base.split('\n').enumerate() {
                    @let name = format!("p-{at}");
                    @let own = again.values.get(&name).unwrap_or_else(|| me.own.paragraphs.get(at).and_then(Option::as_deref).unwrap_or(line));
                    @let rows = u32::try_from(own.chars().count() / 40 + 2).unwrap_or(2);
                    (ui::field(cx, &ui::Field::new(&name, t!(cx, "joint-paragraph", number = (at + 1).to_string())).kind(ui::Kind::Textarea { rows }).value(own).errors(&again.errors)))
                }
                (ui::field(cx, &ui::Field::new("tail", t!(cx, "joint-tail")).kind(ui::Kind::Textarea { rows: 3 }).value(again.values.get("tail").unwrap_or(me.own.tail.as_str())).errors(&again.errors)))
                div.actions { (ui::button(t!(cx, "joint-own-save"))) }
            }
        },
    )
}

fn versions(seen: &Seen, me: &Member) -> Markup {
    html! {
        input type="hidden" name="base-version" value=(seen.joint.version);
        input type="hidden" name="own-version" value=(me.own_version);
    }
}

/// What would become the answer, beside what is the answer now.
fn adopt_form(cx: &Ctx, seen: &Seen, me: &Member) -> web::Result<Markup> {
    let whole = me.own.whole(&seen.joint.base);
    let there = seen
        .loaded
        .fields
        .iter()
        .find(|f| f.field == seen.joint.field);
    let now = match (there.map(|f| &f.value), seen.field()) {
        (Some(value), Some(field)) => value.plain(field, Lang::Ja),
        _ => String::new(),
    };
    let same = there.is_some_and(|f| f.value == Value::text(&whole));
    let own = seen.field().is_some_and(own_words);
    let acting = cx.require_me()?.organisation != seen.loaded.reply.tenant;
    Ok(ui::card_call(
        t!(cx, "joint-adopt"),
        html! {
            @if same && me.adoption(&seen.joint) == Adoption::Valid {
                p { (t!(cx, "joint-adopted-now")) }
            } @else if own && acting {
                p { (t!(cx, "joint-need-own")) }
            } @else if !seen.loaded.reply.state.is_writing() {
                p { (t!(cx, "joint-not-now")) }
            } @else {
                p { (t!(cx, "joint-adopt-lead")) }
                @if !now.is_empty() { div.diff { (diff::marked(cx, &now, &whole, true).0) } }
                (ui::form(cx, &format!("{}/adopt", seen.path()), html! {
                    (versions(seen, me))
                    div.actions { (ui::button(t!(cx, "joint-adopt-button"))) }
                }))
            }
        },
    ))
}

/// The common text: the typed one when it was refused, and then the form stands open.
fn change_base(cx: &Ctx, seen: &Seen, again: &Again) -> Markup {
    let typed = again.values.get("base");
    let text = typed.unwrap_or(&seen.joint.base);
    html! {
        details open[typed.is_some()] {
            summary { (t!(cx, "joint-change-base")) }
            p { (t!(cx, "joint-change-base-lead")) }
            form.form method="post" action=(cx.url(&format!("{}/base", seen.path()))) novalidate data-keep=(cx.keep_key("surveys.joint.base", seen.joint.id)) {
                input type="hidden" name="_csrf" value=(cx.csrf());
                input type="hidden" name="version" value=(seen.joint.version);
                (ui::field(cx, &ui::Field::new("base", t!(cx, "joint-base")).kind(ui::Kind::Textarea { rows: 12 }).value(text).errors(&again.errors)))
                div.actions { (ui::button(t!(cx, "joint-base-save"))) }
            }
        }
    }
}
