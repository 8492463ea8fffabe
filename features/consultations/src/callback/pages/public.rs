//! The form for residents: six plain fields, the paper twin beside it, and the promise after sending.

use axum::extract::Query;
use axum::http::StatusCode;
use kernel::Time;
use maud::html;
use print::{Block, Sheet};
use serde::Deserialize;
use web::{Ctx, Errors, Form, Values, ui};

use super::{fields, hours_word, request, towns};
use crate::{
    callback::{
        actions::{self, Refusal},
        model::{Channel, Hours},
    },
    i18n::{t, tl},
};

/// A field that people never see: what is written there was written by a machine.
const TRAP: &str = "homepage";

/// `GET /call-back`
pub(crate) async fn show(cx: Ctx) -> web::Result {
    page(&cx, &Values::default(), &Errors::new(), None).await
}

async fn page(cx: &Ctx, values: &Values, errors: &Errors, notice: Option<String>) -> web::Result {
    let towns = towns(cx).await?;
    let status = if errors.is_empty() && notice.is_none() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let body = html! {
        p { (ui::ruby(cx, t!(cx, "callback-lead"))) }
        (ui::notice(ui::Tone::Warn, t!(cx, "callback-urgent-title"), html! { p { (ui::ruby(cx, t!(cx, "callback-urgent"))) } }))
        @if let Some(text) = notice { (ui::notice(ui::Tone::Bad, t!(cx, "callback-not-taken"), html! { p { (text) } })) }
        (ui::error_summary(cx, errors))
        (ui::form(cx, "/call-back", html! {
            (fields(cx, &towns, values, errors))
            // Out of sight and out of the order of keys; its words tell those who still meet it to leave it empty.
            div.visually-hidden aria-hidden="true" {
                label for="homepage" { (t!(cx, "callback-trap")) }
                input #homepage type="text" name=(TRAP) value="" tabindex="-1" autocomplete="off";
            }
            p.sub { (ui::ruby(cx, t!(cx, "callback-kept"))) }
            div.actions { (ui::button(t!(cx, "callback-send"))) }
        }))
        p { a href=(cx.url("/call-back/paper.pdf")) { (t!(cx, "callback-paper-link")) } }
    };
    Ok(cx
        .page(t!(cx, "callback-title"))
        .status(status)
        .form(errors)
        .body(body))
}

/// `POST /call-back`
pub(crate) async fn send(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let towns = towns(&cx).await?;
    let mut errors = Errors::new();
    let asked = request(&cx, &towns, &values, &mut errors);
    if !errors.is_empty() {
        return page(&cx, &values, &errors, None).await;
    }
    if !values.text(TRAP).is_empty() {
        // A machine: it reads the same page as everybody, and nothing is kept.
        return Ok(cx.redirect("/call-back/sent"));
    }
    match actions::ask(&cx, asked, Channel::Web).await {
        Ok(by) => Ok(cx.redirect(&format!("/call-back/sent?by={}", by.date_jst()))),
        Err(Refusal::TooMany) => {
            page(&cx, &values, &errors, Some(t!(cx, "callback-too-many"))).await
        }
        Err(Refusal::NoDesk) => page(&cx, &values, &errors, Some(t!(cx, "callback-no-desk"))).await,
        Err(Refusal::Store(error)) => Err(error.into()),
    }
}

/// The promise, as it stands in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    by: String,
}

/// `GET /call-back/sent?by=…`
pub(crate) async fn sent(cx: Ctx, Query(sent): Query<Sent>) -> web::Result {
    let by = sent.by.parse().ok().map(Time::from_jst_date);
    let body = html! {
        (ui::notice(ui::Tone::Info, t!(cx, "callback-sent"), html! {
            @match by {
                Some(by) => p { (ui::ruby(&cx, t!(cx, "callback-sent-by", date = kernel::format_date(by.date_jst(), cx.lang)))) },
                None => p { (ui::ruby(&cx, t!(cx, "callback-sent-soon"))) },
            }
        }))
        p { (ui::ruby(&cx, t!(cx, "callback-sent-else"))) }
        p { (ui::link_button_second(cx.url("/municipalities"), t!(cx, "callback-numbers"))) }
    };
    Ok(cx.page(t!(cx, "callback-sent")).no_qr().body(body))
}

/// `GET /call-back/paper.pdf`: the same on A4, to be written by hand and handed in or sent by FAX.
pub(crate) async fn paper(cx: Ctx) -> web::Result {
    let lang = cx.lang;
    let plain = |text: String| bare(&text);
    let boxes = |list: &[String]| {
        list.iter()
            .map(|w| format!("\u{25a1} {w}"))
            .collect::<Vec<_>>()
            .join("\u{3000}")
    };
    let towns: Vec<String> = towns(&cx)
        .await?
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    let hours: Vec<String> = Hours::ALL
        .iter()
        .map(|h| hours_word(lang, h.code()))
        .collect();
    let space = |lines: usize| "\n".repeat(lines);
    let sheet = Sheet {
        title: tl!(lang, "callback-title"),
        subtitle: tl!(lang, "callback-paper-sub"),
        corner: vec![tl!(lang, "callback-paper-date")],
        blocks: vec![
            Block::Text {
                text: plain(tl!(lang, "callback-lead")),
            },
            Block::Note {
                text: plain(tl!(lang, "callback-urgent")),
            },
            Block::Fields {
                rows: vec![
                    (tl!(lang, "callback-town"), boxes(&towns)),
                    (tl!(lang, "callback-name"), space(2)),
                    (tl!(lang, "callback-number"), space(2)),
                    (tl!(lang, "callback-hours"), boxes(&hours)),
                    (tl!(lang, "callback-words"), space(5)),
                ],
            },
            Block::Text {
                text: plain(tl!(lang, "callback-words-hint")),
            },
            Block::Text {
                text: plain(tl!(lang, "callback-kept")),
            },
            Block::Heading {
                level: 2,
                text: tl!(lang, "callback-paper-desk"),
            },
            Block::Fields {
                rows: vec![
                    (tl!(lang, "callback-paper-received"), space(1)),
                    (tl!(lang, "callback-paper-called"), space(1)),
                ],
            },
        ],
        qr: Some((
            cx.app.public_url("/call-back"),
            tl!(lang, "callback-paper-qr"),
        )),
        ..Sheet::default()
    };
    let made = sheet
        .document()
        .map_err(|error| web::Error::unexpected(error.to_string()))?;
    let bytes = print::render(made)
        .await
        .map_err(|error| web::Error::unexpected(error.to_string()))?;
    Ok(cx.download("call-back.pdf", "application/pdf", bytes))
}

/// A text without its readings: a word and its reading between brackets become the word.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        out.push_str(&rest[..open]);
        let inside = &rest[open + 1..];
        let Some(close) = inside.find(']') else {
            out.push_str(&rest[open..]);
            return out;
        };
        out.push_str(inside[..close].split('|').next().unwrap_or_default());
        rest = &inside[close + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn readings_are_left_out_on_paper() {
        assert_eq!(super::bare("[電話|でんわ]で[話|はな]す"), "電話で話す");
        assert_eq!(super::bare("a [b"), "a [b");
    }
}
