//! Codes of importing in words.

use web::Ctx;

use crate::i18n::t;

/// Where an edition stands.
pub(super) fn state_word(cx: &Ctx, state: &str) -> String {
    match state {
        "staging" => t!(cx, "directory-edition-staging"),
        "ready" => t!(cx, "directory-edition-ready"),
        "accepted" => t!(cx, "directory-edition-accepted"),
        "applied" => t!(cx, "directory-edition-applied"),
        "discarded" => t!(cx, "directory-edition-discarded"),
        _ => t!(cx, "directory-edition-undone"),
    }
}

/// What a remark's code means, for people.
pub(super) fn why(cx: &Ctx, code: &str) -> String {
    match code {
        "name" => t!(cx, "directory-why-name"),
        "municipality" => t!(cx, "directory-why-municipality"),
        "kind" => t!(cx, "directory-why-kind"),
        "formula" => t!(cx, "directory-why-formula"),
        "columns" => t!(cx, "directory-why-columns"),
        "navii_id" | "hoken" | "number" => t!(cx, "directory-why-number"),
        "outside-municipality" => t!(cx, "directory-why-outside"),
        "swapped-coordinates" | "coordinates" => t!(cx, "directory-why-coordinates"),
        "same-number" => t!(cx, "directory-why-same-number"),
        "phone" | "fax" => t!(cx, "directory-why-phone"),
        "url" => t!(cx, "directory-why-url"),
        "days" => t!(cx, "directory-why-days"),
        "header" => t!(cx, "directory-why-header"),
        "encoding" | "zip" | "workbook" | "file" => t!(cx, "directory-why-unreadable"),
        "unpacks" | "cells" => t!(cx, "directory-why-large"),
        _ => t!(cx, "directory-why-empty"),
    }
}

/// The publication's name for people.
#[must_use]
pub fn source_word(cx: &Ctx, source: &str) -> String {
    match source {
        "mhlw-kaigo" => t!(cx, "directory-source-kaigo"),
        "mhlw-navii" => t!(cx, "directory-source-navii"),
        "kouseikyoku" => t!(cx, "directory-source-bureau"),
        "mhlw-beds" => t!(cx, "directory-source-beds"),
        "municipal" => t!(cx, "directory-source-municipal"),
        "sheet" => t!(cx, "directory-source-sheet"),
        other => other.to_owned(),
    }
}

/// The name of a field for people.
#[must_use]
pub(crate) fn field_word(cx: &Ctx, field: &str) -> String {
    match field {
        "name" => t!(cx, "directory-name"),
        "kana" => t!(cx, "directory-kana"),
        "postal" => t!(cx, "directory-postal"),
        "address" => t!(cx, "directory-address"),
        "building" => t!(cx, "directory-building"),
        "phone" => t!(cx, "directory-phone"),
        "fax" => t!(cx, "directory-fax"),
        "url" => t!(cx, "directory-url"),
        "corporation" => t!(cx, "directory-corporation"),
        "corporation_number" => t!(cx, "directory-corporation-number"),
        "capacity" => t!(cx, "directory-capacity"),
        "days" | "hours" | "hours_note" | "closed_weeks" => t!(cx, "directory-days"),
        "departments" => t!(cx, "directory-departments"),
        "beds" => t!(cx, "directory-beds"),
        "lat" | "lon" => t!(cx, "directory-coordinates"),
        other => other.to_owned(),
    }
}
