//! 照会票: one A4 page for FAX. It asks with a masked name, leads back by a code, and has a line for the receipt.

use std::collections::BTreeMap;

use axum::{extract::Path, response::IntoResponse};
use serde::Serialize;
use web::{Ctx, Download};

use super::pages::read;
use crate::i18n::t;

#[derive(Serialize)]
struct Data<'a> {
    lang: &'static str,
    town: &'a str,
    window: &'a str,
    phone: &'a str,
    fax: &'a str,
    hours: &'a str,
    url: &'a str,
    words: BTreeMap<&'static str, String>,
}

/// `GET /directory/hospital/{code}/inquiry.pdf`
pub(crate) async fn inquiry(cx: Ctx, Path(code): Path<String>) -> web::Result {
    let found = read(&cx, code).await?;
    let name = found.town.name(cx.lang);
    let url = cx
        .app
        .public_url(&format!("/directory/hospital/{}", found.town.code));
    let texts = &found.window.texts;
    let words = BTreeMap::from([
        ("title", t!(cx, "hospital-sheet-title")),
        ("to", t!(cx, "hospital-sheet-to", town = name)),
        ("from", t!(cx, "hospital-sheet-from")),
        ("hospital", t!(cx, "hospital-sheet-hospital")),
        ("ward", t!(cx, "hospital-sheet-ward")),
        ("person", t!(cx, "hospital-sheet-person")),
        ("direct", t!(cx, "hospital-sheet-direct")),
        ("sent", t!(cx, "hospital-sheet-sent")),
        ("patient", t!(cx, "hospital-sheet-patient")),
        ("masked", t!(cx, "hospital-sheet-masked")),
        ("masked_text", t!(cx, "hospital-sheet-masked-text")),
        ("born", t!(cx, "hospital-sheet-born")),
        ("block", t!(cx, "hospital-sheet-block")),
        ("since", t!(cx, "hospital-sheet-since")),
        ("consent", t!(cx, "hospital-sheet-consent")),
        ("consent_choices", t!(cx, "hospital-sheet-consent-choices")),
        ("question", t!(cx, "hospital-sheet-question")),
        (
            "question_choices",
            t!(cx, "hospital-sheet-question-choices"),
        ),
        ("answer", t!(cx, "hospital-sheet-answer")),
        ("answer_choices", t!(cx, "hospital-sheet-answer-choices")),
        ("office", t!(cx, "hospital-sheet-office")),
        ("manager", t!(cx, "hospital-sheet-manager")),
        ("receipt", t!(cx, "hospital-sheet-receipt")),
        ("receipt_text", t!(cx, "hospital-sheet-receipt-text")),
        ("back", t!(cx, "hospital-sheet-back")),
        ("wrong", t!(cx, "hospital-sheet-wrong")),
        ("phone", t!(cx, "guide-phone")),
        ("fax", t!(cx, "guide-fax")),
        ("hours", t!(cx, "guide-hours")),
        ("unknown", t!(cx, "guide-unknown")),
    ]);
    let mut document = print::Document::new("inquiry", include_str!("../../typ/inquiry.typ"));
    let fail = |e: print::PrintError| web::Error::Unexpected(Box::new(e));
    document
        .data(&Data {
            lang: crate::guide::gather::lang_code(cx.lang),
            town: name,
            window: &texts.window_name,
            phone: &texts.phone,
            fax: &texts.fax,
            hours: &texts.hours,
            url: &url,
            words,
        })
        .map_err(fail)?;
    document.file(
        "qr.svg",
        print::qr_svg(&url).unwrap_or_default().into_bytes(),
    );
    let pdf = print::render(document).await.map_err(fail)?;
    let name = format!("inquiry-{}.pdf", found.town.code);
    Ok(Download::new(name, "application/pdf", pdf)
        .inline()
        .into_response())
}
