//! The living page of the components: each in every state, in the language of the request.

use crate::ctx::Ctx;
use crate::error::Result;
use crate::flash::FlashKind;
use crate::form::Form;
use crate::forms::{Errors, Values};
use crate::ui::{self, Chip, Choice, Field, Kind, Tab, Tone};
use crate::words::w;
use kernel::Lang;
use maud::{Markup, PreEscaped, html};

/// `GET /styleguide`
pub(crate) async fn show(cx: Ctx) -> Result {
    Ok(page(&cx, &Values::default(), &Errors::new()))
}

/// `POST /styleguide`: the sample form with its errors and kept values.
pub(crate) async fn submit(cx: Ctx, Form(form): Form<Values>) -> Result {
    let mut errors = Errors::new();
    if form.text("name").is_empty() {
        errors.add("name", w!(cx.lang, "sg-error-name"));
    }
    if let Some(text) =
        crate::check_my_number(cx.lang, form.text("body"), form.has("body_other_number"))
    {
        errors.add("body", text);
    }
    if errors.is_empty() {
        cx.flash(FlashKind::Good, w!(cx.lang, "sg-sent"));
        return Ok(cx.redirect("/styleguide"));
    }
    Ok(page(&cx, &form, &errors))
}

fn page(cx: &Ctx, form: &Values, errors: &Errors) -> axum::response::Response {
    let l = cx.lang;
    cx.page(w!(l, "sg-title"))
        .sub(w!(l, "sg-sub"))
        .crumbs(&[("/", w!(l, "home")), ("/styleguide", w!(l, "sg-title"))])
        .actions(html! { button.btn.second type="button" data-print hidden { (w!(l, "print")) } })
        .form(errors)
        .body(html! {
            (cards(cx)) (buttons(l)) (notices(l)) (forms(cx, form, errors)) (facts(cx)) (ways(cx)) (marks(l)) (steps(l)) (paper(cx))
        })
}

fn part(title: &str, body: &Markup) -> Markup {
    html! { h2 { (title) } (body) }
}

fn cards(cx: &Ctx) -> Markup {
    let l = cx.lang;
    let text = html! { p { (w!(l, "sg-card-text")) } };
    part(
        w!(l, "sg-cards"),
        &ui::grid(
            2,
            html! {
                (ui::card(w!(l, "sg-card"), &text))
                (ui::card_call(w!(l, "sg-card-call"), html! { p { (ui::tel(cx, "0465-00-0000")) } p.sub { (w!(l, "verified-on")) " " (ui::unknown(cx)) } }))
                (ui::card_waits(w!(l, "sg-card-waits"), html! { (text) div.actions { (ui::link_button("#", w!(l, "confirm-and-send"))) } }))
                (ui::card_danger(w!(l, "sg-card-danger"), &text))
            },
        ),
    )
}

fn tone_word(l: Lang, tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => w!(l, "sg-plain"),
        Tone::Key => w!(l, "sg-key"),
        Tone::Sea => w!(l, "sg-sea"),
        Tone::Hill => w!(l, "sg-hill"),
        Tone::Warn => w!(l, "sg-warn"),
        Tone::Bad => w!(l, "sg-bad"),
        Tone::Info => w!(l, "sg-info"),
    }
}

fn buttons(l: Lang) -> Markup {
    part(
        w!(l, "sg-badges"),
        &html! {
            p { @for tone in Tone::ALL { (ui::badge(tone, tone_word(l, tone))) " " } }
            div.actions {
                (ui::button(w!(l, "save")))
                (ui::button_second("then", "draft", w!(l, "save-draft")))
                (ui::danger_button(w!(l, "delete"), w!(l, "sg-delete-question")))
                (ui::button_small(w!(l, "edit")))
                (ui::link_button("#", w!(l, "next")))
                (ui::link_button_second("#", w!(l, "back")))
            }
        },
    )
}

fn notices(l: Lang) -> Markup {
    let text = html! { p { (w!(l, "sg-notice-text")) } };
    part(
        w!(l, "sg-notices"),
        &html! {
            (ui::notice(Tone::Key, w!(l, "flash-good"), &text))
            (ui::notice(Tone::Info, w!(l, "flash-info"), &text))
            (ui::notice(Tone::Warn, w!(l, "flash-warn"), &text))
            (ui::notice(Tone::Bad, w!(l, "flash-bad"), &text))
            (ui::empty(w!(l, "sg-empty-title"), w!(l, "sg-empty-text"), ui::link_button("#", w!(l, "add"))))
        },
    )
}

fn forms(cx: &Ctx, form: &Values, errors: &Errors) -> Markup {
    let l = cx.lang;
    let scenes = vec![
        Choice::new("a", w!(l, "sg-scene-a")),
        Choice::new("b", w!(l, "sg-scene-b")),
    ];
    let typed = |name: &str| form.get(name).unwrap_or_default().to_owned();
    let body = html! {
        (ui::error_summary(cx, errors))
        (ui::field(cx, &Field::new("name", w!(l, "name")).hint(w!(l, "sg-example-name")).required().autocomplete("name").value(typed("name")).errors(errors)))
        (ui::field(cx, &Field::new("phone", w!(l, "phone")).kind(Kind::Tel).value(typed("phone"))))
        (ui::field(cx, &Field::new("email", w!(l, "email")).kind(Kind::Email).value(typed("email"))))
        (ui::field(cx, &Field::new("date", w!(l, "date")).kind(Kind::Date).value(typed("date"))))
        (ui::field(cx, &Field::new("body", w!(l, "sg-body")).kind(Kind::Textarea { rows: 4 }).value(typed("body")).errors(errors)))
        @if errors.of("body").is_some() { (crate::statement_field(cx, "body", false)) }
        (ui::field(cx, &Field::new("scene", w!(l, "sg-scene")).kind(Kind::Select(scenes.clone())).value(typed("scene"))))
        (ui::field(cx, &Field::new("scene2", w!(l, "sg-scene")).kind(Kind::Radio(scenes.clone())).value("a")))
        (ui::check_group(cx, &Field::new("scene3", w!(l, "sg-scene")), &scenes, &["b".into()]))
        (ui::field(cx, &Field::new("agree", w!(l, "sg-agree")).kind(Kind::Checkbox).value(typed("agree"))))
        (ui::field(cx, &Field::new("file", w!(l, "file")).kind(Kind::File { accept: ".csv,.xlsx" })))
        (ui::field(cx, &Field { error: Some(w!(l, "sg-error-name").into()), ..Field::new("wrong", w!(l, "name")) }))
        div.actions { (ui::button(w!(l, "confirm-and-send"))) (ui::link_button_second("#", w!(l, "cancel"))) }
    };
    part(w!(l, "sg-forms"), &ui::form(cx, "/styleguide", body))
}

fn facts(cx: &Ctx) -> Markup {
    let l = cx.lang;
    let today = cx.now.date_jst();
    let head = [w!(l, "municipality"), w!(l, "sg-count"), w!(l, "updated")];
    let row = |n: u32| {
        vec![
            html! { (w!(l, "sg-town")) },
            html! { (n) },
            ui::date(cx, today),
        ]
    };
    part(
        w!(l, "sg-tables"),
        &html! {
            (ui::table_rows(w!(l, "sg-table"), &head, &[row(12), row(7)]))
            (ui::dl(&[
                (w!(l, "phone"), ui::tel(cx, "0465-00-0000")),
                (w!(l, "hours"), ui::unknown(cx)),
                (w!(l, "verified-on"), ui::date_opt(cx, Some(today))),
                (w!(l, "updated"), ui::moment(cx, cx.now)),
                (w!(l, "time"), ui::time(cx, cx.now)),
                (w!(l, "date"), html! { (ui::fiscal_year(cx, kernel::fiscal_year(today))) }),
            ]))
            (ui::quote(html! { (w!(l, "sg-quote")) }))
            (ui::details(w!(l, "details"), html! { p { (w!(l, "sg-details-text")) } }))
        },
    )
}

fn ways(cx: &Ctx) -> Markup {
    let l = cx.lang;
    let chip = |label: &str, on| Chip {
        href: "#".to_owned(),
        label: label.to_owned(),
        on,
    };
    let tab = |label: &str, on| Tab {
        href: "#".to_owned(),
        label: label.to_owned(),
        on,
    };
    part(
        w!(l, "sg-nav"),
        &html! {
            (ui::search(cx, "/styleguide", w!(l, "search"), w!(l, "sg-search-example"), ""))
            (ui::chips(w!(l, "sg-scene"), &[chip(w!(l, "all"), true), chip(w!(l, "sg-scene-a"), false), chip(w!(l, "sg-scene-b"), false)]))
            (ui::tabs(w!(l, "sg-scene"), &[tab(w!(l, "sg-scene-a"), true), tab(w!(l, "sg-scene-b"), false)]))
            (ui::pager(cx, 5, 12, |n| format!("?page={n}")))
        },
    )
}

fn marks(l: Lang) -> Markup {
    part(
        w!(l, "sg-marks"),
        &html! {
            // The sample text of the program itself carries its marks.
            p { (PreEscaped(w!(l, "sg-diff"))) " " a href="#" { mark { (w!(l, "sg-mark")) } } " " span.none { (w!(l, "not-written")) } }
            (ui::legend(w!(l, "sg-marks"), &[
                (html! { ins { "A" } }, w!(l, "sg-diff-plus")),
                (html! { del { "B" } }, w!(l, "sg-diff-minus")),
                (html! { mark { "C" } }, w!(l, "sg-diff-entry")),
            ]))
        },
    )
}

fn steps(l: Lang) -> Markup {
    part(
        w!(l, "sg-progress"),
        &html! {
            (ui::steps(&[w!(l, "sg-step-a"), w!(l, "sg-step-b"), w!(l, "sg-step-c")], 1))
            (ui::progress(w!(l, "sg-answers"), 7, 10))
        },
    )
}

fn paper(cx: &Ctx) -> Markup {
    let l = cx.lang;
    part(
        w!(l, "sg-print"),
        &html! {
            p { (ui::ruby(cx, w!(l, "sg-ruby"))) }
            (ui::qr(cx, "/styleguide"))
            (ui::print_only(html! { p { (w!(l, "sg-paper")) } }))
        },
    )
}
