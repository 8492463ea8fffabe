//! The page: the answer, the chosen stretch, the proposals, and what was made from this answer.

use axum::{http::StatusCode, response::Response};
use maud::{Markup, html};
use web::{Ctx, Errors, ui};

use super::{Asked, Shown, form};
use crate::{
    citing::Place,
    i18n::t,
    pages::{
        answer_path,
        cited::{self, Cite, Look},
    },
    segments::{Reason, Role, Segment},
};

pub(super) fn page(
    cx: &Ctx,
    shown: &Shown,
    asked: &Asked,
    place: Option<Place>,
    typed: &form::Typed,
    errors: &Errors,
    status: StatusCode,
) -> Response {
    let survey = &shown.frame.survey;
    let answer = answer_path(survey, &shown.respondent.code, &shown.question);
    let name = shown.names.of(&shown.respondent);
    let title = t!(
        cx,
        "cite-page",
        name = name,
        number = shown.question.ask.number.as_str()
    );
    let (root, back) = (
        t!(cx, "surveys-title"),
        format!("/surveys/{}", survey.head.slug),
    );
    let look = Look {
        chosen: place,
        anchors: true,
        select: true,
    };
    let body = html! {
        (ui::error_summary(cx, errors))
        p { (t!(cx, "cite-lead")) }
        h2 { (shown.question.ask.text(cx.lang)) }
        p.sub #range-help { (t!(cx, "cite-select-help")) span.js-only { " " (t!(cx, "cite-select-keys")) } }
        div.quote data-ranges { (cited::text(cx, &shown.answer.body, &shown.cites, look)) }
        (by_script(cx, shown))
        (ui::details(t!(cx, "cite-by-words"), by_words(cx, shown, asked, errors)))
        section #chosen {
            h2 { (t!(cx, "cite-chosen")) }
            @match place.and_then(|p| p.quote(&shown.answer.body).map(|q| (p, q))) {
                Some((place, quote)) => {
                    blockquote lang="ja" { (quote) }
                    (adjust(cx, shown, place))
                    (form::view(cx, shown, (place, &quote), typed, errors))
                }
                None => p.none { (t!(cx, "cite-none-chosen")) },
            }
        }
        h2 #proposals { (t!(cx, "cite-proposals")) }
        (proposals(cx, shown))
        section #made { h2 { (t!(cx, "cite-made")) } (made(cx, shown)) }
    };
    cx.page(title.as_str())
        .nav("surveys")
        .crumbs(&[
            ("/surveys", root.as_str()),
            (back.as_str(), survey.title(cx.lang)),
            (answer.as_str(), name),
            ("", title.as_str()),
        ])
        .status(status)
        .body(body)
}

/// What the script fills in while a stretch is selected, and one button to take it.
fn by_script(cx: &Ctx, shown: &Shown) -> Markup {
    html! {
        form.js-only method="get" action={ (cx.url(&shown.path())) "#chosen" } data-range-form {
            input type="hidden" name="p" value="";
            input type="hidden" name="s" value="";
            input type="hidden" name="e" value="";
            p role="status" aria-live="polite" data-range-said { (t!(cx, "cite-nothing-selected")) }
            button.btn.second type="submit" disabled { (t!(cx, "cite-take")) }
        }
    }
}

fn by_words(cx: &Ctx, shown: &Shown, asked: &Asked, errors: &Errors) -> Markup {
    html! {
        form.form method="get" action={ (cx.url(&shown.path())) "#chosen" } {
            (ui::field(cx, &ui::Field::new("from", t!(cx, "cite-from")).hint(t!(cx, "cite-from-hint")).value(&*asked.from).errors(errors)))
            (ui::field(cx, &ui::Field::new("to", t!(cx, "cite-to")).hint(t!(cx, "cite-to-hint")).value(&*asked.to)))
            div.actions { button.btn.second type="submit" { (t!(cx, "cite-take")) } }
        }
    }
}

fn at(cx: &Ctx, shown: &Shown, place: Place, item: Option<char>) -> String {
    let mut path = format!(
        "{}?p={}&s={}&e={}",
        shown.path(),
        place.paragraph,
        place.start,
        place.end
    );
    if let Some(letter) = item {
        path.push_str("&item=");
        path.extend(percent(letter));
    }
    path.push_str("#chosen");
    cx.url(&path)
}

/// A letter in an address.
fn percent(letter: char) -> impl Iterator<Item = char> {
    let mut buffer = [0; 4];
    let bytes = letter.encode_utf8(&mut buffer).as_bytes().to_vec();
    bytes
        .into_iter()
        .flat_map(|byte| format!("%{byte:02X}").chars().collect::<Vec<_>>())
}

/// A letter more or less at either end, without scripts.
fn adjust(cx: &Ctx, shown: &Shown, place: Place) -> Markup {
    let moved = |start: usize, end: usize| Place {
        start,
        end,
        ..place
    };
    let steps = [
        (
            place
                .start
                .checked_sub(1)
                .map(|start| moved(start, place.end)),
            t!(cx, "cite-start-earlier"),
        ),
        (
            Some(moved(place.start + 1, place.end)),
            t!(cx, "cite-start-later"),
        ),
        (
            place.end.checked_sub(1).map(|end| moved(place.start, end)),
            t!(cx, "cite-end-earlier"),
        ),
        (
            Some(moved(place.start, place.end + 1)),
            t!(cx, "cite-end-later"),
        ),
    ];
    html! {
        p.chips {
            @for (step, label) in steps {
                @if let Some(step) = step.filter(|s| s.quote(&shown.answer.body).is_some()) {
                    a.chip href=(at(cx, shown, step, None)) { (label) }
                }
            }
        }
    }
}

fn proposals(cx: &Ctx, shown: &Shown) -> Markup {
    html! {
        @if shown.proposals.is_empty() { p.none { (t!(cx, "cite-no-proposals")) } }
        @else { p.sub { (t!(cx, "cite-proposals-lead")) } }
        ul.proposals {
            @for segment in &shown.proposals {
                @let place = Place { paragraph: segment.paragraph, start: segment.start, end: segment.end };
                @let used = shown.cites.iter().filter(|c| c.place == place).count();
                li class=(if segment.parent.is_some() { "proposal under" } else { "proposal" }) {
                    a href=(at(cx, shown, place, segment.item)) lang="ja" { (place.quote(&shown.answer.body).unwrap_or_default()) }
                    p.sub {
                        (ui::badge(if segment.role.is_statement() { ui::Tone::Key } else { ui::Tone::Plain }, role(cx, segment.role))) " "
                        (reason(cx, segment))
                        @if let Some(letter) = segment.item { " " (t!(cx, "cite-suggests", item = form::item_word(cx, letter))) }
                        @if used > 0 { " " (t!(cx, "cite-used", count = used)) }
                    }
                    @if used == 0 { (put_away(cx, shown, place, true)) }
                }
            }
        }
        @if !shown.away.is_empty() {
            (ui::details(t!(cx, "cite-away", count = shown.away.len()), html! {
                p.sub { (t!(cx, "cite-away-lead")) }
                ul.proposals {
                    @for segment in &shown.away {
                        @let place = Place { paragraph: segment.paragraph, start: segment.start, end: segment.end };
                        li.proposal {
                            span lang="ja" { (place.quote(&shown.answer.body).unwrap_or_default()) }
                            (put_away(cx, shown, place, false))
                        }
                    }
                }
            }))
        }
    }
}

/// The button that puts a proposal away, or takes that back.
fn put_away(cx: &Ctx, shown: &Shown, place: Place, away: bool) -> Markup {
    let words = place.quote(&shown.answer.body).unwrap_or_default();
    let label = if away {
        t!(cx, "cite-dismiss")
    } else {
        t!(cx, "cite-propose-again")
    };
    ui::form(
        cx,
        &format!("{}/dismiss", shown.path()),
        html! {
            input type="hidden" name="words" value=(words);
            @if !away { input type="hidden" name="op" value="back"; }
            (ui::button_small(html! { (label) span.visually-hidden { " " (words.chars().take(30).collect::<String>()) } }))
        },
    )
}

fn role(cx: &Ctx, role: Role) -> String {
    match role {
        Role::Head => t!(cx, "cite-role-head"),
        Role::Child => t!(cx, "cite-role-child"),
        Role::Continuation => t!(cx, "cite-role-continuation"),
        Role::Reference => t!(cx, "cite-role-reference"),
        Role::Lead => t!(cx, "cite-role-lead"),
        Role::Link => t!(cx, "cite-role-link"),
        Role::Attachment => t!(cx, "cite-role-attachment"),
        Role::Organisation => t!(cx, "cite-role-organisation"),
    }
}

fn reason(cx: &Ctx, segment: &Segment) -> String {
    match segment.reason {
        Reason::Number => t!(cx, "cite-why-number"),
        Reason::Bullet => t!(cx, "cite-why-bullet"),
        Reason::Arrow => t!(cx, "cite-why-arrow"),
        Reason::Also => t!(cx, "cite-why-also"),
        Reason::SameAs => t!(cx, "cite-why-same"),
        Reason::Slash => t!(cx, "cite-why-slash"),
        Reason::Sentence => t!(cx, "cite-why-sentence"),
        Reason::List => t!(cx, "cite-why-list"),
        Reason::Lead => t!(cx, "cite-why-lead"),
        Reason::Link => t!(cx, "cite-why-link"),
        Reason::Attachment => t!(cx, "cite-why-attachment"),
        Reason::Organisation => t!(cx, "cite-why-organisation"),
        Reason::Paragraph => t!(cx, "cite-why-paragraph"),
    }
}

fn made(cx: &Ctx, shown: &Shown) -> Markup {
    if shown.cites.is_empty() {
        return html! { p.none { (t!(cx, "cite-made-none")) } };
    }
    html! { ul.proposals { @for cite in &shown.cites { li.proposal { (one(cx, shown, cite)) } } } }
}

fn one(cx: &Ctx, shown: &Shown, cite: &Cite) -> Markup {
    let mine = shown.mine.contains(&cite.entry.id);
    let stands = cite.place.quote(&shown.answer.body).as_deref() == Some(cite.quote.as_str());
    let again = if stands {
        None
    } else {
        Place::find_again(&shown.answer.body, &cite.quote)
    };
    let path = shown.path();
    let hidden = html! {
        input type="hidden" name="entry" value=(cite.entry.id);
        input type="hidden" name="source" value=(cite.source);
    };
    html! {
        p {
            (ui::badge(ui::Tone::Plain, cited::kind_word(cx, cite.entry.kind))) " "
            a href=(cx.url(&cited::entry_path(&cite.entry))) lang="ja" { (cite.entry.title) }
        }
        blockquote lang="ja" { (cite.quote) }
        @if !stands {
            p { (ui::badge(ui::Tone::Warn, t!(cx, "cite-moved"))) }
            @match again {
                Some((place, exact)) if mine => {
                    @let quote = place.quote(&shown.answer.body).unwrap_or_default();
                    p.sub { @if exact { (t!(cx, "cite-found-exact")) } @else { (t!(cx, "cite-found-near")) } }
                    blockquote lang="ja" { (quote) }
                    (ui::form(cx, &path, html! {
                        input type="hidden" name="op" value="again";
                        (form::place_fields(place, &quote))
                        (hidden)
                        button.btn.second type="submit" { (t!(cx, "cite-again")) }
                    }))
                }
                Some(_) => {}
                None => p.sub { (t!(cx, "cite-found-none")) },
            }
        }
        @if mine { (ui::form(cx, &format!("{path}/undo"), html! {
            (hidden)
            button.btn.second type="submit" { (t!(cx, "cite-undo")) }
        }))}
    }
}
