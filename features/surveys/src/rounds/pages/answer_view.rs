//! The page of [`super::answer`], and the one after two people wrote at once.

use axum::{http::StatusCode, response::Response};
use forms::{Field, page as controls};
use maud::{Markup, html};
use web::{Ctx, Decision, Errors, Values, ui};

use super::{
    answer::{Sheet, mark, returned, takes_files},
    crumbs,
    proposals::Proposal,
    range_word, stands_for, state_badge, value,
};
use crate::{
    i18n::t,
    rounds::{
        ANSWER,
        actions::Clash,
        model::{Aside, FieldDraft, Range},
    },
};

/// The page with what was typed.
pub(super) fn page(
    cx: &Ctx,
    sheet: &Sheet,
    values: &Values,
    errors: &Errors,
    clashes: &[Clash],
    status: StatusCode,
) -> Response {
    let reply = &sheet.reply;
    let me = cx.me.as_ref();
    let may = ANSWER.decide(me) == Decision::Allow;
    let stands = me.is_some_and(|me| stands_for(me, reply.tenant));
    let action = format!("/surveys/replies/{}", reply.id);
    let title = sheet.round.title(cx.lang).to_owned();
    let ask = errors.iter().any(|(_, text)| text.contains("12"));
    let body = html! {
        (head(cx, sheet))
        @if may && !stands {
            (ui::notice(ui::Tone::Warn, t!(cx, "rounds-not-acting-title", town = reply.name.as_str()), html! {
                p { (t!(cx, "rounds-not-acting")) }
                p { (ui::link_button_second(cx.url("/account/acting-for"), t!(cx, "rounds-act-for"))) }
            }))
        }
        @for clash in clashes { (both(cx, sheet, clash)) }
        (ui::error_summary(cx, errors))
        form.form.answer method="post" action=(cx.url(&action)) novalidate data-keep=(cx.keep_key("surveys.reply", reply.id))
            data-autosave=[(may && stands).then(|| cx.url(&format!("{action}/autosave")))] {
            input type="hidden" name="_csrf" value=(cx.csrf());
            // The first button is what the Enter key presses: saving, not copying.
            button.visually-hidden type="submit" tabindex="-1" aria-hidden="true" { (t!(cx, "rounds-save-answer")) }
            @for field in &sheet.round.catalogue.fields { (question(cx, sheet, field, values, errors)) }
            @if ask { (web::statement_field(cx, "texts", values.text("texts_other_number") == "1")) }
            @if may && stands {
                p.saved role="status" data-saved { }
                div.actions {
                    (ui::button(t!(cx, "rounds-save-answer")))
                    (ui::button_second("then", "submit", t!(cx, "rounds-to-submit")))
                }
            }
        }
        (super::files::card(cx, sheet, may && stands, errors))
        @if may { p { (ui::link_button_second(cx.url(&format!("{action}/form")), t!(cx, "rounds-to-forms"))) } }
    };
    cx.page(title.clone())
        .nav("surveys")
        .crumbs(&crumbs(
            cx,
            &sheet.round,
            &t!(cx, "rounds-answer-of", town = reply.name.as_str()),
        ))
        .sub(t!(cx, "rounds-answer-lead"))
        .no_qr()
        .status(status)
        .body(body)
}

fn head(cx: &Ctx, sheet: &Sheet) -> Markup {
    let (round, reply) = (&sheet.round, &sheet.reply);
    let letter = &round.letter;
    let mut facts = vec![
        (t!(cx, "rounds-column-state"), state_badge(cx, reply)),
        (
            t!(cx, "rounds-due"),
            html! {
                (super::list::due(cx, reply.due(round)))
                @if reply.overdue(round, cx.now.date_jst()) { " " (ui::badge(ui::Tone::Warn, t!(cx, "rounds-overdue"))) " " (t!(cx, "rounds-late-fine")) }
            },
        ),
    ];
    for (word, text) in [
        (t!(cx, "rounds-letter-number"), &letter.number),
        (t!(cx, "rounds-letter-to"), &letter.to),
        (t!(cx, "rounds-contact"), &letter.contact),
    ] {
        if !text.is_empty() {
            facts.push((word, html! { (text) }));
        }
    }
    html! {
        (ui::card(reply.name.as_str(), html! {
            (ui::dl(&facts))
            @let papers = format!("/surveys/rounds/{}/papers/letter", round.id);
            p.sub {
                a href=(cx.url(&format!("{papers}.pdf"))) download { (t!(cx, "papers-letter-pdf")) } " "
                a href=(cx.url(&format!("{papers}.docx"))) download { (t!(cx, "returns-letter-docx")) }
            }
            @if !letter.body.is_empty() { (ui::details(t!(cx, "rounds-letter-body"), html! { @for line in letter.body.lines() { p { (line) } } })) }
        }))
        @if let Some(version) = returned(sheet) {
            (ui::notice(ui::Tone::Warn, t!(cx, "rounds-returned-title"), html! { p { (version.note) } }))
        }
    }
}

fn question(cx: &Ctx, sheet: &Sheet, field: &Field, values: &Values, errors: &Errors) -> Markup {
    let key = field.key.as_str();
    let draft = sheet.draft(key);
    let range = Range::from_code(values.text(&format!("range-{key}")))
        .unwrap_or_else(|| draft.map_or(sheet.round.default_range, |d| d.range));
    let seen = values
        .get(&format!("seen-{key}"))
        .map_or_else(|| draft.map_or(0, |d| d.version).to_string(), str::to_owned);
    let was = values.get(&format!("was-{key}")).map_or_else(
        || mark(&draft.map(|d| d.value.clone()).unwrap_or_default()),
        str::to_owned,
    );
    let carried = |name: &str, value: &str| {
        html! { input type="text" name={ (name) "-" (key) } value=(value) hidden readonly; }
    };
    html! {
            section.card.question data-field=(key) {
    div.pair {
                    div {
                        (controls::field(cx, field, values, errors))
                        (carried("seen", &seen))
                        (carried("was", &was))
                        @if takes_files(field) { (super::files::of_field(cx, sheet, key)) }
                        p.sub data-by { (saved_by(cx, sheet, draft)) }
                        @for aside in sheet.asides.iter().filter(|a| a.field == key) { (kept(cx, field, aside)) }
                        div.range {
                            label for={ "range-" (key) } { (t!(cx, "rounds-range")) }
                            select id={ "range-" (key) } name={ "range-" (key) } {
                                @for r in Range::ALL { option value=(r.code()) selected[r == range] { (range_word(cx, r)) } }
                            }
                        }
                    }
                    div.beside {
                        @if let Some(last) = sheet.last.get(key) { (last_time(cx, key, last, draft)) }
                        @if let Some(list) = sheet.proposals.get(key) { (offered(cx, key, list)) }
                    }
                }
            }
        }
}

fn saved_by(cx: &Ctx, sheet: &Sheet, draft: Option<&FieldDraft>) -> Markup {
    let Some(draft) = draft else {
        return html! { (t!(cx, "rounds-unanswered")) };
    };
    html! {
        @if let Some(name) = &draft.saved_name { (t!(cx, "rounds-saved-by", name = name.as_str())) " " }
        (ui::moment(cx, draft.saved_at))
        @if draft.saved_office.is_some() { " " (ui::badge(ui::Tone::Plain, t!(cx, "rounds-on-behalf", town = sheet.reply.name.as_str()))) }
    }
}

/// A text that met another one in this field, with the two ways to end that.
fn kept(cx: &Ctx, field: &Field, aside: &Aside) -> Markup {
    let name = aside.saved_name.clone().unwrap_or_default();
    ui::notice(
        ui::Tone::Warn,
        t!(cx, "rounds-aside", name = name),
        html! {
            p.sub { (ui::moment(cx, aside.saved_at)) }
            (ui::quote(value(cx, field, &aside.value)))
            div.actions {
                (ui::button_second("use", &aside.id.to_string(), t!(cx, "rounds-aside-use")))
                (ui::button_second("drop", &aside.id.to_string(), t!(cx, "rounds-aside-drop")))
            }
        },
    )
}

fn last_time(cx: &Ctx, key: &str, last: &str, draft: Option<&FieldDraft>) -> Markup {
    if crate::model::is_blank(last) {
        return html! { p.sub { (t!(cx, "rounds-last-blank")) } };
    }
    let blank = draft.is_none_or(|d| d.value.is_blank());
    html! {
        details open[blank] {
            summary { (t!(cx, "rounds-last")) }
            (ui::quote(html! { div lang="ja" { @for line in last.lines() { p { (line) } } } }))
            div.actions { (ui::button_second("copy", key, if blank { t!(cx, "rounds-copy") } else { t!(cx, "rounds-copy-after") })) }
        }
    }
}

fn offered(cx: &Ctx, key: &str, list: &[Proposal]) -> Markup {
    html! {
        details {
            summary { (t!(cx, "rounds-proposals", count = list.len())) }
            p.sub { (t!(cx, "rounds-proposals-lead")) }
            ul { @for p in list { li lang="ja" { a href=(cx.url(&p.path)) { (p.title) } " " span.sub lang=(cx.lang.code()) { (p.refs) " " (t!(cx, "rounds-proposal-sources", count = p.sources)) } } } }
            div.actions { (ui::button_second("propose", key, t!(cx, "rounds-propose"))) }
        }
    }
}

/// Two texts in one field: both on the page; mine is kept beside the field until somebody decides.
fn both(cx: &Ctx, sheet: &Sheet, clash: &Clash) -> Markup {
    let Some(field) = sheet.round.catalogue.field(&clash.theirs.field) else {
        return html! {};
    };
    let name = clash.theirs.saved_name.clone().unwrap_or_default();
    ui::card_waits(
        html! { (field.number) " " (field.brief(cx.lang)) },
        ui::grid(
            2,
            html! {
                section { h3 { (t!(cx, "rounds-conflict-theirs")) } p.sub { (name) " " (ui::moment(cx, clash.theirs.saved_at)) } (value(cx, field, &clash.theirs.value)) }
                section { h3 { (t!(cx, "rounds-conflict-mine")) } p.sub { (t!(cx, "rounds-conflict-kept")) } (value(cx, field, &clash.mine)) }
            },
        ),
    )
}

/// After two people wrote at once: 409, both texts, and the form as it is saved now.
pub(super) fn conflict(cx: &Ctx, sheet: &Sheet, clashes: &[Clash]) -> Response {
    page(
        cx,
        sheet,
        &sheet.values(),
        &Errors::new(),
        clashes,
        StatusCode::CONFLICT,
    )
}

/// Somebody asked for approval or submitted meanwhile: what was typed stands on the page to be copied.
pub(super) fn refused(cx: &Ctx, sheet: &Sheet, values: &Values) -> Response {
    let title = t!(cx, "rounds-refused");
    let body = html! {
        (ui::notice(ui::Tone::Warn, &title, html! { p { (t!(cx, "rounds-refused-text")) } }))
        @for field in &sheet.round.catalogue.fields {
            @if let Ok(typed) = field.read(values) {
                @if !typed.is_blank() { (ui::card(field.brief(cx.lang), value(cx, field, &typed))) }
            }
        }
        div.actions { (ui::link_button(cx.url(&format!("/surveys/replies/{}/submit", sheet.reply.id)), t!(cx, "rounds-to-answer"))) }
    };
    cx.page(title.clone())
        .nav("surveys")
        .no_qr()
        .status(StatusCode::CONFLICT)
        .body(body)
}
