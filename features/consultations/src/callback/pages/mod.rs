//! The public form, its paper twin, and the desk's list.

pub(super) mod desk;
pub(super) mod public;

use maud::{Markup, html};
use web::{Ctx, Errors, Values, ui};

use super::{
    actions::Request,
    model::{Hours, MOST_WORDS, number},
    store::Texts,
};
use crate::i18n::{t, tl};

/// The municipalities of the area: code and name.
async fn towns(cx: &Ctx) -> web::Result<Vec<(String, String)>> {
    let lang = cx.lang;
    let all = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), areas::store::municipalities)
        .await?;
    Ok(all
        .into_iter()
        .filter(|t| t.in_area)
        .map(|t| (t.code.clone(), t.name(lang).to_owned()))
        .collect())
}

/// The word for when to call.
pub(super) fn hours_word(lang: kernel::Lang, code: &str) -> String {
    match Hours::from_code(code) {
        Some(Hours::Morning) => tl!(lang, "callback-hours-morning"),
        Some(Hours::Afternoon) => tl!(lang, "callback-hours-afternoon"),
        Some(Hours::Late) => tl!(lang, "callback-hours-late"),
        Some(Hours::Any) | None => tl!(lang, "callback-hours-any"),
    }
}

/// The fields, with what was typed.
fn fields(cx: &Ctx, towns: &[(String, String)], values: &Values, errors: &Errors) -> Markup {
    let mut choices = vec![ui::Choice::new("", t!(cx, "callback-choose"))];
    choices.extend(
        towns
            .iter()
            .map(|(code, name)| ui::Choice::new(code.clone(), name.clone())),
    );
    let hours: Vec<ui::Choice<'_>> = Hours::ALL
        .iter()
        .map(|h| ui::Choice::new(h.code(), hours_word(cx.lang, h.code())))
        .collect();
    let chosen = if values.text("hours").is_empty() {
        "any"
    } else {
        values.text("hours")
    };
    html! {
        (ui::field(cx, &ui::Field::new("town", t!(cx, "callback-town")).kind(ui::Kind::Select(choices)).value(values.text("town")).required().errors(errors)))
        (ui::field(cx, &ui::Field::new("name", t!(cx, "callback-name")).hint(t!(cx, "callback-name-hint")).value(values.text("name")).required().maxlength(60).autocomplete("name").errors(errors)))
        (ui::field(cx, &ui::Field::new("number", t!(cx, "callback-number")).hint(t!(cx, "callback-number-hint")).kind(ui::Kind::Tel).value(values.text("number")).required().maxlength(30).autocomplete("tel").errors(errors)))
        (ui::field(cx, &ui::Field::new("hours", t!(cx, "callback-hours")).kind(ui::Kind::Radio(hours)).value(chosen).errors(errors)))
        (ui::field(cx, &ui::Field::new("words", t!(cx, "callback-words")).hint(t!(cx, "callback-words-hint")).kind(ui::Kind::Textarea { rows: 3 }).value(values.text("words")).maxlength(200).errors(errors)))
    }
}

/// Reads the fields; what is wrong goes to `errors`.
fn request(cx: &Ctx, towns: &[(String, String)], values: &Values, errors: &mut Errors) -> Request {
    let name = kernel::text::trim(values.text("name")).to_owned();
    let words = kernel::text::trim(values.text("words")).to_owned();
    let town = values.text("town").to_owned();
    if !towns.iter().any(|(code, _)| *code == town) {
        errors.add("town", t!(cx, "callback-town-missing"));
    }
    if name.is_empty() || name.chars().count() > 60 {
        errors.add("name", t!(cx, "callback-name-missing"));
    }
    let dialled = number(values.text("number"));
    if dialled.is_none() {
        errors.add("number", t!(cx, "callback-number-missing"));
    }
    if words.chars().count() > MOST_WORDS {
        errors.add("words", t!(cx, "callback-words-long", most = MOST_WORDS));
    }
    if let Some(text) = web::check_my_number(cx.lang, &words, false) {
        errors.add("words", text);
    }
    Request {
        town,
        hours: Hours::from_code(values.text("hours")),
        texts: Texts {
            name,
            number: dialled.unwrap_or_default(),
            words,
        },
    }
}
