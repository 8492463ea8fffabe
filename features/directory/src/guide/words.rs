//! The words of the guide in one language, for paper and for the screen.

use std::collections::BTreeMap;

use kernel::Lang;

use super::store::Care;
use crate::{
    i18n::tl,
    model::{Kind, Provider, Service},
};

/// The words by the names under which the template uses them.
#[derive(Clone, Debug)]
pub struct Words {
    /// In which language.
    pub lang: Lang,
    /// The words.
    pub all: BTreeMap<&'static str, String>,
    days: [String; 8],
}

/// A group of kinds as readers know it.
#[must_use]
pub fn family(lang: Lang, code: &str) -> String {
    match code {
        "medical" => tl!(lang, "guide-family-medical"),
        "dental" => tl!(lang, "guide-family-dental"),
        "pharmacy" => tl!(lang, "guide-family-pharmacy"),
        "nursing" => tl!(lang, "guide-family-nursing"),
        "visit" => tl!(lang, "guide-family-visit"),
        "day" => tl!(lang, "guide-family-day"),
        "multi" => tl!(lang, "guide-family-multi"),
        "stay" => tl!(lang, "guide-family-stay"),
        "home" => tl!(lang, "guide-family-home"),
        "facility" => tl!(lang, "guide-family-facility"),
        "plan" => tl!(lang, "guide-family-plan"),
        "tool" => tl!(lang, "guide-family-tool"),
        "desk" => tl!(lang, "guide-family-desk"),
        _ => tl!(lang, "guide-family-other"),
    }
}

impl Words {
    /// The words in a language.
    #[must_use]
    pub fn of(lang: Lang) -> Self {
        let all = BTreeMap::from([
            ("added", tl!(lang, "guide-added")),
            ("address", tl!(lang, "guide-address")),
            ("back", tl!(lang, "guide-back")),
            ("before", tl!(lang, "guide-before")),
            ("changed", tl!(lang, "guide-changed")),
            ("changes", tl!(lang, "guide-changes")),
            ("changes_none", tl!(lang, "guide-changes-none")),
            ("contents", tl!(lang, "guide-contents")),
            ("desks", tl!(lang, "guide-desks")),
            ("desks_lead", tl!(lang, "guide-desks-lead")),
            ("example", tl!(lang, "guide-example")),
            ("fax", tl!(lang, "guide-fax")),
            ("gone", tl!(lang, "guide-gone")),
            ("gone_text", tl!(lang, "guide-gone-text")),
            ("hours", tl!(lang, "guide-hours")),
            ("how", tl!(lang, "guide-how")),
            ("how_find", tl!(lang, "guide-how-find")),
            ("how_find_text", tl!(lang, "guide-how-find-text")),
            ("how_number", tl!(lang, "guide-how-number")),
            ("how_number_text", tl!(lang, "guide-how-number-text")),
            ("how_unknown", tl!(lang, "guide-how-unknown")),
            ("how_unknown_text", tl!(lang, "guide-how-unknown-text")),
            ("how_call", tl!(lang, "guide-how-call")),
            ("how_call_text", tl!(lang, "guide-how-call-text")),
            ("how_map", tl!(lang, "guide-how-map")),
            ("how_map_text", tl!(lang, "guide-how-map-text")),
            ("index", tl!(lang, "guide-index")),
            ("index_lead", tl!(lang, "guide-index-lead")),
            ("index_other", tl!(lang, "guide-index-other")),
            ("kinds", tl!(lang, "guide-kinds")),
            ("kinds_lead", tl!(lang, "guide-kinds-lead")),
            ("lacking", tl!(lang, "guide-lacking")),
            ("lacking_text", tl!(lang, "guide-lacking-text")),
            ("letters", tl!(lang, "guide-letters")),
            ("list", tl!(lang, "guide-list")),
            ("map_text", tl!(lang, "guide-map-text")),
            ("name_address", tl!(lang, "guide-name-address")),
            ("notes", tl!(lang, "guide-notes")),
            ("nothing", tl!(lang, "guide-nothing")),
            ("number", tl!(lang, "guide-number")),
            ("outside", tl!(lang, "guide-outside")),
            ("page", tl!(lang, "guide-page")),
            ("phone", tl!(lang, "guide-phone")),
            ("phone_fax", tl!(lang, "guide-phone-fax")),
            ("resident", tl!(lang, "guide-resident")),
            ("professional", tl!(lang, "guide-professional")),
            ("sources", tl!(lang, "guide-sources")),
            ("sources_text", tl!(lang, "guide-sources-text")),
            ("unknown", tl!(lang, "guide-unknown")),
            ("urgent", tl!(lang, "guide-urgent")),
            ("verified", tl!(lang, "guide-verified")),
        ]);
        let days = [
            tl!(lang, "guide-day-1"),
            tl!(lang, "guide-day-2"),
            tl!(lang, "guide-day-3"),
            tl!(lang, "guide-day-4"),
            tl!(lang, "guide-day-5"),
            tl!(lang, "guide-day-6"),
            tl!(lang, "guide-day-7"),
            tl!(lang, "guide-day-8"),
        ];
        Self { lang, all, days }
    }

    /// A word; empty when there is none of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.all.get(name).map_or("", String::as_str)
    }

    /// The fields an edition remembers, in order, after the municipality.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        let lang = self.lang;
        vec![
            tl!(lang, "guide-name"),
            tl!(lang, "guide-address"),
            tl!(lang, "guide-phone"),
            tl!(lang, "guide-fax"),
            tl!(lang, "guide-services"),
        ]
    }

    /// A publication by its name; others are offices and say theirs themselves.
    #[must_use]
    pub fn source(&self, code: &str) -> String {
        let lang = self.lang;
        match code {
            "mhlw-kaigo" => tl!(lang, "guide-source-kaigo"),
            "mhlw-navii" => tl!(lang, "guide-source-navii"),
            "kouseikyoku" => tl!(lang, "guide-source-bureau"),
            name => name.to_owned(),
        }
    }

    /// Days as people read them: Mon–Fri, holidays.
    #[must_use]
    pub fn days(&self, digits: &str) -> String {
        let days: Vec<usize> = digits
            .chars()
            .filter_map(|c| c.to_digit(10))
            .filter_map(|d| usize::try_from(d).ok())
            .filter(|d| (1..=8).contains(d))
            .collect();
        let mut parts = Vec::new();
        let mut at = 0;
        while at < days.len() {
            let mut end = at;
            // Holidays are no day of the week: no run goes on to them.
            while end + 1 < days.len() && days[end + 1] == days[end] + 1 && days[end + 1] < 8 {
                end += 1;
            }
            let word = |d: usize| self.days[days[d] - 1].as_str();
            match end - at {
                0 => parts.push(word(at).to_owned()),
                1 => {
                    parts.push(word(at).to_owned());
                    parts.push(word(end).to_owned());
                }
                _ => parts.push(format!("{}\u{2013}{}", word(at), word(end))),
            }
            at = end + 1;
        }
        parts.join(if self.lang == Lang::Ja {
            "\u{30fb}"
        } else {
            ", "
        })
    }

    /// What to know of a provider in the table of a kind, one line each.
    #[must_use]
    pub fn facts(
        &self,
        kind: &Kind,
        provider: &Provider,
        service: &Service,
        care: Care,
    ) -> Vec<String> {
        let lang = self.lang;
        let mut facts = Vec::new();
        if provider.fictional {
            facts.push(tl!(lang, "guide-fictional"));
        }
        if kind.family == "medical" || kind.family == "dental" {
            let mut visits = Vec::new();
            if care.house_call == Some(true) {
                visits.push(tl!(lang, "guide-house-call"));
            }
            if care.home_visit == Some(true) {
                visits.push(tl!(lang, "guide-home-visit"));
            }
            if !visits.is_empty() {
                facts.push(visits.join("\u{30fb}"));
            }
            if !service.departments.is_empty() {
                facts.push(cut(&service.departments, 34));
            }
        } else if care.home_visit == Some(true) {
            facts.push(tl!(lang, "guide-visits"));
        }
        if care.day_and_night == Some(true) {
            facts.push(tl!(lang, "guide-day-and-night"));
        }
        if care.end_of_life == Some(true) {
            facts.push(tl!(lang, "guide-end-of-life"));
        }
        if let Some(places) = service.capacity {
            facts.push(tl!(lang, "guide-capacity", count = places));
        }
        if let Some(days) = service.days.as_deref().filter(|d| !d.is_empty()) {
            facts.push(self.days(days));
        }
        if provider.status.code() == "suspended" {
            facts.push(tl!(lang, "guide-suspended"));
        }
        if let Some(day) = provider.verified_on {
            let day = kernel::format_date(day, lang);
            facts.push(tl!(lang, "guide-verified-on", day = day));
        }
        facts
    }
}

/// The first characters of a text, with a mark when there were more.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['\u{2026}']).collect()
}
