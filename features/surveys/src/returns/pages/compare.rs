//! What a file would change, field by field: what is there, what came back, and a choice.

use forms::Value;
use kernel::Lang;
use maud::{Markup, html};
use web::{
    Ctx, Values,
    ui::{self, Tone},
};

use crate::{
    i18n::t,
    pages::diff,
    returns::{
        actions::Choice,
        model::{Change, Return, changes},
        store::Whole,
    },
};

/// The list of changes with its form; `action` takes it over, `drop` puts it away. `own` offers a choice for each field.
pub(super) fn view(cx: &Ctx, whole: &Whole, found: &Return, action: &str, drop: &str) -> Markup {
    let list = changes(
        &whole.round.catalogue,
        &whole.fields,
        &found.answers,
        found.stamp,
    );
    html! {
        (facts(cx, whole, found))
        @if !found.problems.is_empty() { (super::report(cx, &found.problems)) }
        @if list.is_empty() {
            (ui::empty(t!(cx, "returns-same"), t!(cx, "returns-same-text"), html! {}))
        } @else {
            p { (t!(cx, "returns-compare-lead", count = list.len())) }
            (legend(cx))
            (ui::form(cx, action, html! {
                @for change in &list { (one(cx, change)) }
                div.actions { (ui::button(t!(cx, "returns-take"))) }
            }))
        }
        (ui::form(cx, drop, html! {
            div.actions { (ui::danger_button(t!(cx, "returns-drop"), t!(cx, "returns-drop-question"))) }
        }))
    }
}

/// What the marks mean here.
fn legend(cx: &Ctx) -> Markup {
    ui::legend(
        t!(cx, "legend-label"),
        &[
            (
                html! { ins { (t!(cx, "legend-words")) } },
                t!(cx, "returns-legend-ins"),
            ),
            (
                html! { del { (t!(cx, "legend-words-del")) } },
                t!(cx, "returns-legend-del"),
            ),
        ],
    )
}

/// Where it came from.
pub(super) fn facts(cx: &Ctx, whole: &Whole, found: &Return) -> Markup {
    let from = match (&found.office_name, found.office == Some(whole.reply.tenant)) {
        (Some(office), false) => t!(
            cx,
            "returns-entered-for",
            town = whole.reply.name.as_str(),
            office = office.as_str()
        ),
        (Some(office), true) => office.clone(),
        (None, _) => t!(cx, "returns-by-link"),
    };
    let mut facts = vec![
        (
            t!(cx, "returns-from"),
            html! { (from) @if let Some(name) = &found.entered_name { " (" (name) ")" } },
        ),
        (t!(cx, "returns-when"), ui::moment(cx, found.entered_at)),
    ];
    if !found.file_name.is_empty() {
        facts.push((t!(cx, "returns-file"), html! { (found.file_name) }));
    }
    ui::dl(&facts)
}

fn one(cx: &Ctx, change: &Change<'_>) -> Markup {
    let field = change.field;
    let old = change
        .old
        .map(|o| o.value.plain(field, Lang::Ja))
        .unwrap_or_default();
    let new = change.new.plain(field, Lang::Ja);
    let name = format!("take-{}", field.key);
    let (marked, _) = diff::marked(cx, &old, &new, true);
    let seen = change.old.map_or(0, |o| o.version);
    html! {
        section.card {
            h2 { @if !field.number.is_empty() { span.num { (field.number) } " " } (field.brief(cx.lang)) }
            p {
                @if change.newer && change.old.is_some_and(|o| !o.value.is_blank()) {
                    (ui::badge(Tone::Warn, t!(cx, "returns-newer"))) " "
                }
                @if change.empties { (ui::badge(Tone::Warn, t!(cx, "returns-empties"))) }
            }
            @if old.is_empty() || new.is_empty() {
                (plain(cx, &t!(cx, "returns-old"), &old, change.old.map(|o| &o.value)))
                (plain(cx, &t!(cx, "returns-new"), &new, Some(change.new)))
            } @else {
                div.diff { (marked) }
                (ui::details(t!(cx, "returns-whole"), html! {
                    (plain(cx, &t!(cx, "returns-old"), &old, None))
                    (plain(cx, &t!(cx, "returns-new"), &new, None))
                }))
            }
            input type="hidden" name={ "seen-" (field.key) } value=(seen);
            fieldset.field {
                legend { (t!(cx, "returns-choose")) span.visually-hidden { " " (field.number) } }
                @for (value, label) in [("new", t!(cx, "returns-take-new")), ("old", t!(cx, "returns-keep-old"))] {
                    div.choice {
                        input type="radio" id={ (name) "-" (value) } name=(name) value=(value) checked[(value == "new") == change.take()];
                        label for={ (name) "-" (value) } { (label) }
                    }
                }
            }
        }
    }
}

fn plain(cx: &Ctx, label: &str, text: &str, value: Option<&Value>) -> Markup {
    html! {
        p.sub { (label) }
        blockquote lang="ja" {
            @if text.is_empty() {
                p.none-mark lang=(cx.lang.code()) {
                    @if value.is_some() { (t!(cx, "returns-blank")) } @else { (t!(cx, "returns-unanswered")) }
                }
            }
            @for line in text.lines() { p { (line) } }
        }
    }
}

/// What was chosen: the fields to take over.
pub(super) fn choices(cx: &Ctx, values: &Values) -> Vec<Choice> {
    values
        .iter()
        .filter_map(|(name, value)| {
            let key = name.strip_prefix("take-").filter(|_| value == "new")?;
            Some(Choice {
                field: key.to_owned(),
                seen: values.text(&format!("seen-{key}")).parse().ok()?,
                aside: cx.env().id(),
            })
        })
        .collect()
}
