//! Abilities, languages and treatments as words.

use web::Ctx;

use crate::i18n::t;

/// An ability by its code.
pub(crate) fn ability(cx: &Ctx, code: &str) -> String {
    match code {
        "house_call" => t!(cx, "find-can-house-call"),
        "home_visit" => t!(cx, "find-can-home-visit"),
        "day_and_night" => t!(cx, "find-can-day-and-night"),
        "end_of_life" => t!(cx, "find-can-end-of-life"),
        "new_patients" => t!(cx, "find-can-new-patients"),
        "vacancy" => t!(cx, "find-can-vacancy"),
        "wheelchair" => t!(cx, "find-can-wheelchair"),
        other => other.to_owned(),
    }
}

/// A group of kinds by its code.
pub(crate) fn family(cx: &Ctx, code: &str) -> String {
    match code {
        "medical" => t!(cx, "find-family-medical"),
        "dental" => t!(cx, "find-family-dental"),
        "pharmacy" => t!(cx, "find-family-pharmacy"),
        "nursing" => t!(cx, "find-family-nursing"),
        "visit" => t!(cx, "find-family-visit"),
        "day" => t!(cx, "find-family-day"),
        "multi" => t!(cx, "find-family-multi"),
        "stay" => t!(cx, "find-family-stay"),
        "home" => t!(cx, "find-family-home"),
        "facility" => t!(cx, "find-family-facility"),
        "plan" => t!(cx, "find-family-plan"),
        "tool" => t!(cx, "find-family-tool"),
        "desk" => t!(cx, "find-family-desk"),
        _ => t!(cx, "find-family-other"),
    }
}

/// Groups in the order in which they are offered.
pub(crate) const FAMILIES: [&str; 13] = [
    "medical", "dental", "pharmacy", "nursing", "plan", "visit", "day", "multi", "stay", "home",
    "facility", "tool", "desk",
];

/// A language by its code.
pub(crate) fn language(cx: &Ctx, code: &str) -> String {
    match code {
        "en" => t!(cx, "find-language-en"),
        "zh" => t!(cx, "find-language-zh"),
        "ko" => t!(cx, "find-language-ko"),
        "pt" => t!(cx, "find-language-pt"),
        "es" => t!(cx, "find-language-es"),
        "vi" => t!(cx, "find-language-vi"),
        "tl" => t!(cx, "find-language-tl"),
        "ne" => t!(cx, "find-language-ne"),
        "sign" => t!(cx, "find-language-sign"),
        other => other.to_owned(),
    }
}

/// A treatment by its code; a code nobody has named yet stands as it is.
pub(crate) fn treatment(cx: &Ctx, code: &str) -> String {
    match code {
        "oxygen" => t!(cx, "find-treats-oxygen"),
        "ventilator" => t!(cx, "find-treats-ventilator"),
        "gastrostomy" => t!(cx, "find-treats-gastrostomy"),
        "tpn" => t!(cx, "find-treats-tpn"),
        "opioid" => t!(cx, "find-treats-opioid"),
        "pressure_ulcer" => t!(cx, "find-treats-pressure-ulcer"),
        "tracheostomy" => t!(cx, "find-treats-tracheostomy"),
        "catheter" => t!(cx, "find-treats-catheter"),
        "dialysis" => t!(cx, "find-treats-dialysis"),
        "insulin" => t!(cx, "find-treats-insulin"),
        "suction" => t!(cx, "find-treats-suction"),
        other => other.to_owned(),
    }
}

/// Treatments that are always offered as filters.
pub(crate) const TREATMENTS: [&str; 11] = [
    "oxygen",
    "ventilator",
    "gastrostomy",
    "tpn",
    "opioid",
    "pressure_ulcer",
    "tracheostomy",
    "catheter",
    "dialysis",
    "insulin",
    "suction",
];
