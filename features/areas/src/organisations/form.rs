//! What the administrator typed about an organisation, and whether it can be kept. Pure.

use std::hash::{DefaultHasher, Hash, Hasher};

use kernel::{codes::find_my_numbers, text};
use serde::Deserialize;

use crate::{form::Problem, model::Organisation};

/// Kinds that can be chosen. Municipalities come with the area's data and the operator with the installation: their kind is fixed.
pub(super) const KINDS: [&str; 8] = [
    "provider",
    "hospital",
    "hospital_office",
    "desk",
    "dental_desk",
    "association",
    "body",
    "prefecture",
];

/// Kinds that stay as they are: rights hang on them.
const FIXED: [&str; 2] = ["municipality", "operator"];

/// Which part of the privacy law binds an organisation, as stored.
pub(super) const REGIMES: [&str; 4] = ["private", "administrative", "public_hospital", "processor"];

/// Longest texts, in characters; the database holds the same limits.
const LIMITS: [(&str, usize); 4] = [
    ("name", 200),
    ("short_name", 100),
    ("name_en", 200),
    ("source", 500),
];
/// Longest alias, in characters.
const ALIAS: usize = 200;
/// Most aliases of one organisation.
pub(super) const MOST_ALIASES: usize = 20;

/// The form exactly as typed. Absent fields are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct OrganisationForm {
    pub(super) name: String,
    pub(super) short_name: String,
    pub(super) name_en: String,
    pub(super) kind: String,
    pub(super) regime: String,
    pub(super) municipality: String,
    pub(super) source: String,
    /// One on each line.
    pub(super) aliases: String,
    /// Present when name and regime were compared with the source.
    pub(super) verified: String,
    /// Present when the writer knows that there is another one of this name in this municipality.
    pub(super) duplicate: String,
    /// Present when the writer states that a 12-digit number is no individual number.
    #[serde(rename = "texts_other_number")]
    pub(super) other_number: String,
    /// What the writer saw, as [`seen`] prints it.
    pub(super) seen: String,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// As with every text.
    Text(Problem),
    /// Not one of the kinds, or a kind that cannot be given or taken.
    Kind,
    /// Not one of the four regimes.
    Regime,
    /// Not a municipality of the data.
    Town,
    /// More aliases than fit on a page.
    Aliases,
}

pub(super) type Troubles = Vec<(&'static str, Trouble)>;

/// A form that can be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) name: String,
    pub(super) short_name: String,
    pub(super) name_en: String,
    pub(super) kind: String,
    pub(super) regime: String,
    pub(super) municipality: Option<String>,
    pub(super) source: String,
    pub(super) aliases: Vec<String>,
    pub(super) verified: bool,
}

impl Facts {
    /// What is registered, as facts.
    pub(super) fn of(organisation: &Organisation, aliases: Vec<String>) -> Self {
        Self {
            name: organisation.name.clone(),
            short_name: organisation.short_name.clone(),
            name_en: organisation.name_en.clone(),
            kind: organisation.kind.clone(),
            regime: organisation.regime.clone(),
            municipality: organisation.municipality.clone(),
            source: organisation.source.clone(),
            aliases,
            verified: organisation.verified,
        }
    }

    /// Every fact by the name of its field, in the order of the page.
    pub(super) fn columns(&self) -> [(&'static str, String); 9] {
        [
            ("name", self.name.clone()),
            ("short_name", self.short_name.clone()),
            ("name_en", self.name_en.clone()),
            ("kind", self.kind.clone()),
            ("regime", self.regime.clone()),
            (
                "municipality",
                self.municipality.clone().unwrap_or_default(),
            ),
            ("source", self.source.clone()),
            ("aliases", self.aliases.join("\n")),
            (
                "verified",
                if self.verified {
                    "1".to_owned()
                } else {
                    String::new()
                },
            ),
        ]
    }

    /// A short print of the facts: a writer who saw others is told.
    pub(super) fn seen(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.columns().hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }
}

impl OrganisationForm {
    /// The form filled with what is registered.
    pub(super) fn of(facts: &Facts) -> Self {
        Self {
            name: facts.name.clone(),
            short_name: facts.short_name.clone(),
            name_en: facts.name_en.clone(),
            kind: facts.kind.clone(),
            regime: facts.regime.clone(),
            municipality: facts.municipality.clone().unwrap_or_default(),
            source: facts.source.clone(),
            aliases: facts.aliases.join("\n"),
            verified: if facts.verified {
                "1".to_owned()
            } else {
                String::new()
            },
            seen: facts.seen(),
            ..Self::default()
        }
    }

    /// Whether the writer states that a number is not an individual number.
    pub(super) fn stated(&self) -> bool {
        !self.other_number.is_empty()
    }

    /// What was typed into a field.
    pub(super) fn typed(&self, field: &str) -> &str {
        match field {
            "name" => &self.name,
            "short_name" => &self.short_name,
            "name_en" => &self.name_en,
            "source" => &self.source,
            "aliases" => &self.aliases,
            _ => "",
        }
    }

    /// The facts to keep, or every trouble found. `before` is the kind and municipality that is registered, for an organisation
    /// that exists; `is_town` says whether a code is a municipality of the data.
    ///
    /// # Errors
    /// All troubles, in the order of the fields on the page.
    pub(super) fn check(
        &self,
        before: Option<(&str, Option<&str>)>,
        is_town: impl Fn(&str) -> bool,
    ) -> Result<Facts, Troubles> {
        let mut found = Troubles::new();
        let name = self.text("name", &mut found);
        let short = self.text("short_name", &mut found);
        let english = self.text("name_en", &mut found);
        let kind = self.kind.trim().to_owned();
        let fixed = before
            .map(|(kind, _)| kind)
            .filter(|kind| FIXED.contains(kind));
        let kind_fits = match (fixed, before) {
            (Some(fixed), _) => kind == fixed,
            // A kind that this list does not know is left alone.
            (None, Some((old, _))) if kind == old => true,
            _ => KINDS.contains(&kind.as_str()),
        };
        if !kind_fits {
            found.push(("kind", Trouble::Kind));
        }
        let regime = self.regime.trim().to_owned();
        if !REGIMES.contains(&regime.as_str()) {
            found.push(("regime", Trouble::Regime));
        }
        let municipality = Some(self.municipality.trim())
            .filter(|code| !code.is_empty())
            .map(str::to_owned);
        let moved = fixed == Some("municipality")
            && before.and_then(|(_, town)| town) != municipality.as_deref();
        if moved || municipality.as_deref().is_some_and(|code| !is_town(code)) {
            found.push(("municipality", Trouble::Town));
        }
        let source = self.text("source", &mut found);
        let aliases = self.alias_list(&mut found);
        if !found.is_empty() {
            return Err(found);
        }
        Ok(Facts {
            name,
            short_name: short,
            name_en: english,
            kind,
            regime,
            municipality,
            source,
            aliases,
            verified: !self.verified.is_empty(),
        })
    }

    fn text(&self, field: &'static str, found: &mut Troubles) -> String {
        let limit = LIMITS
            .iter()
            .find(|(name, _)| *name == field)
            .map_or(0, |(_, limit)| *limit);
        let mut wrong = |problem| found.push((field, Trouble::Text(problem)));
        let Ok(kept) = text::clean(self.typed(field)) else {
            wrong(Problem::NullByte);
            return String::new();
        };
        // One line: a line break has no meaning in a name.
        let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
        if kept.is_empty() {
            wrong(Problem::Required);
        } else if kept.chars().count() > limit {
            wrong(Problem::TooLong(limit));
        } else if !self.stated() && !find_my_numbers(&kept).is_empty() {
            wrong(Problem::MyNumber);
        }
        kept
    }

    fn alias_list(&self, found: &mut Troubles) -> Vec<String> {
        let mut wrong = |trouble| found.push(("aliases", trouble));
        let Ok(kept) = text::clean(&self.aliases) else {
            wrong(Trouble::Text(Problem::NullByte));
            return Vec::new();
        };
        let mut list: Vec<String> = Vec::new();
        for line in kept.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if !list.iter().any(|known| known == line) {
                list.push(line.to_owned());
            }
        }
        if list.len() > MOST_ALIASES {
            wrong(Trouble::Aliases);
        } else if list.iter().any(|one| one.chars().count() > ALIAS) {
            wrong(Trouble::Text(Problem::TooLong(ALIAS)));
        } else if !self.stated() && list.iter().any(|one| !find_my_numbers(one).is_empty()) {
            wrong(Trouble::Text(Problem::MyNumber));
        }
        list.sort();
        list
    }
}

/// Whether two organisations look the same to a reader: name (width and case do not count) and municipality.
pub(super) fn same(name: &str, town: Option<&str>, other: &Organisation) -> bool {
    text::fold(name) == text::fold(&other.name) && town == other.municipality.as_deref()
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
