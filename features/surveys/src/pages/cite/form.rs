//! The form for a new entry from a stretch, and for linking the stretch to an entry that is there.

use std::borrow::Cow;

use maud::{Markup, html};
use programme::{
    Kind,
    model::{MOST_TITLE, SCENES, items},
};
use web::{Ctx, Errors, Values, ui};

use super::Shown;
use crate::{citing::Place, i18n::t, model::Question, pages::cited::kind_word};

/// What was typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) items: Vec<String>,
    pub(super) scenes: Vec<String>,
}

impl Typed {
    /// What the question and the proposal suggest.
    pub(super) fn proposed(question: &Question, item: &str) -> Self {
        let kind = match question.ask.field.as_str() {
            "initiatives" => Kind::Initiative,
            "assessment" => Kind::Strength,
            "opinions" => Kind::Request,
            _ => Kind::Issue,
        };
        let known = items().find(|letter| item.chars().eq(std::iter::once(*letter)));
        Self {
            kind: kind.code().to_owned(),
            items: known.map(String::from).into_iter().collect(),
            ..Self::default()
        }
    }

    pub(super) fn of(values: &Values) -> Self {
        let known = |name: &str, all: &dyn Fn(&str) -> bool| {
            values
                .all(name)
                .iter()
                .filter(|v| all(v))
                .cloned()
                .collect()
        };
        Self {
            kind: values.text("kind").to_owned(),
            title: values.text("title").to_owned(),
            items: known("items", &|v| {
                items().any(|letter| v.chars().eq(std::iter::once(letter)))
            }),
            scenes: known("scenes", &|v| SCENES.contains(&v)),
        }
    }

    pub(super) fn check(&self, cx: &Ctx, errors: &mut Errors) {
        if Kind::from_code(&self.kind).is_none() {
            errors.add("kind", t!(cx, "cite-choose-kind"));
        }
        if self.title.is_empty() {
            errors.add("title", t!(cx, "cite-title-needed"));
        } else if self.title.chars().count() > MOST_TITLE {
            errors.add("title", t!(cx, "cite-title-long", max = MOST_TITLE));
        } else if let Some(text) = web::check_my_number(cx.lang, &self.title, false) {
            errors.add("title", text);
        }
    }
}

/// The stretch as hidden fields, with the quote that the clerk sees.
pub(super) fn place_fields(place: Place, quote: &str) -> Markup {
    html! {
        input type="hidden" name="p" value=(place.paragraph);
        input type="hidden" name="s" value=(place.start);
        input type="hidden" name="e" value=(place.end);
        input type="hidden" name="quote" value=(quote);
    }
}

/// Both ways to use the chosen stretch.
pub(super) fn view(
    cx: &Ctx,
    shown: &Shown,
    (place, quote): (Place, &str),
    typed: &Typed,
    errors: &Errors,
) -> Markup {
    let kinds: Vec<ui::Choice> = Kind::ALL
        .map(|kind| ui::Choice::new(kind.code(), kind_word(cx, kind)))
        .into();
    let letters: Vec<ui::Choice> = items()
        .map(|letter| ui::Choice::new(letter.to_string(), item_word(cx, letter)))
        .collect();
    let scenes: Vec<ui::Choice> = SCENES
        .map(|scene| ui::Choice::new(scene, scene_word(cx, scene)))
        .into();
    let chosen = |list: &[String]| -> Vec<Cow<'_, str>> {
        list.iter().map(|v| Cow::Owned(v.clone())).collect()
    };
    let path = shown.path();
    html! {
        h3 { (t!(cx, "cite-new")) }
        (ui::form(cx, &path, html! {
            input type="hidden" name="op" value="make";
            (place_fields(place, quote))
            (ui::radio_group(cx, &ui::Field::new("kind", t!(cx, "cite-kind")).value(&*typed.kind).errors(errors).required(), &kinds))
            (ui::field(cx, &ui::Field::new("title", t!(cx, "cite-title")).hint(t!(cx, "cite-title-hint")).value(&*typed.title).maxlength(200).errors(errors).required()))
            (ui::check_group(cx, &ui::Field::new("scenes", t!(cx, "cite-scenes")).hint(t!(cx, "cite-scenes-hint")).errors(errors), &scenes, &chosen(&typed.scenes)))
            (ui::details(t!(cx, "cite-items"), ui::check_group(cx, &ui::Field::new("items", t!(cx, "cite-items")).errors(errors), &letters, &chosen(&typed.items))))
            p.sub { (t!(cx, "cite-internal")) }
            div.actions { (ui::button(t!(cx, "cite-make"))) }
        }))
        h3 { (t!(cx, "cite-existing")) }
        (link(cx, shown, (place, quote), errors))
    }
}

fn link(cx: &Ctx, shown: &Shown, (place, quote): (Place, &str), errors: &Errors) -> Markup {
    let path = shown.path();
    let choices: Vec<ui::Choice> = shown
        .offered
        .iter()
        .map(|e| {
            ui::Choice::new(
                e.id.to_string(),
                format!("{} {}", kind_word(cx, e.kind), e.title),
            )
        })
        .collect();
    html! {
        form.search method="get" action={ (cx.url(&path)) "#chosen" } {
            input type="hidden" name="p" value=(place.paragraph);
            input type="hidden" name="s" value=(place.start);
            input type="hidden" name="e" value=(place.end);
            label for="find" { (t!(cx, "cite-find")) }
            input type="search" id="find" name="find";
            button.second type="submit" { (t!(cx, "cite-find-do")) }
        }
        @if choices.is_empty() {
            p.none { (t!(cx, "cite-find-none")) }
        } @else {
            (ui::form(cx, &path, html! {
                input type="hidden" name="op" value="link";
                (place_fields(place, quote))
                (ui::field(cx, &ui::Field::new("entry", t!(cx, "cite-entry")).kind(ui::Kind::Select(choices)).errors(errors)))
                div.actions { button.btn.second type="submit" { (t!(cx, "cite-link")) } }
            }))
        }
    }
}

fn scene_word(cx: &Ctx, scene: &str) -> String {
    match scene {
        "daily" => t!(cx, "cite-scene-daily"),
        "transition" => t!(cx, "cite-scene-transition"),
        "acute" => t!(cx, "cite-scene-acute"),
        "endoflife" => t!(cx, "cite-scene-endoflife"),
        _ => t!(cx, "cite-scene-common"),
    }
}

/// The items in the order of the official list.
pub(super) fn item_word(cx: &Ctx, letter: char) -> String {
    let word = match items().position(|l| l == letter) {
        Some(0) => t!(cx, "cite-item-1"),
        Some(1) => t!(cx, "cite-item-2"),
        Some(2) => t!(cx, "cite-item-3"),
        Some(3) => t!(cx, "cite-item-4"),
        Some(4) => t!(cx, "cite-item-5"),
        Some(5) => t!(cx, "cite-item-6"),
        Some(6) => t!(cx, "cite-item-7"),
        _ => t!(cx, "cite-item-8"),
    };
    format!("{letter} {word}")
}
