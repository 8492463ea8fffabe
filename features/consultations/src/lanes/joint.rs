//! Which cases are proposed for joint handling with a hospital's liaison office (AS-4), and why: rules as data, `data/joint.tsv`.

use std::sync::LazyLock;

use kernel::Lang;

use crate::model::Fields;

const FILE: &str = include_str!("../../data/joint.tsv");

/// One rule: at least so many of these codes are among the record's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stored word of the reason.
    pub reason: &'static str,
    kind: &'static str,
    codes: Vec<&'static str>,
    at_least: usize,
    ja: &'static str,
    en: &'static str,
}

impl Rule {
    /// The reason in words.
    #[must_use]
    pub fn word(&self, lang: Lang) -> &'static str {
        lang.pick(self.ja, self.en)
    }

    fn fits(&self, fields: &Fields) -> bool {
        let given = match self.kind {
            "treatment" => &fields.treatments,
            "category" => &fields.categories,
            "scene" => &fields.scenes,
            _ => return false,
        };
        let hits = given
            .iter()
            .filter(|code| self.codes.iter().any(|c| *c == "*" || c == code))
            .count();
        hits >= self.at_least
    }
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    FILE.lines()
        .skip(1)
        .map(|line| {
            let mut cells = line.split('\t');
            let mut next = || cells.next().unwrap_or_default();
            Rule {
                reason: next(),
                kind: next(),
                codes: next().split(' ').collect(),
                at_least: next().parse().unwrap_or(usize::MAX),
                ja: next(),
                en: next(),
            }
        })
        .collect()
});

/// All rules.
#[must_use]
pub fn rules() -> &'static [Rule] {
    &RULES
}

/// The reasons for which a record is proposed for joint handling; none: it is not.
#[must_use]
pub fn reasons(fields: &Fields) -> Vec<&'static Rule> {
    RULES.iter().filter(|rule| rule.fits(fields)).collect()
}

/// The rule behind a stored reason.
#[must_use]
pub fn find(reason: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.reason == reason)
}

#[cfg(test)]
mod tests {
    use crate::codes::List;

    use super::*;

    fn of(treatments: &[&str], categories: &[&str], scenes: &[&str]) -> Vec<&'static str> {
        let own = |list: &[&str]| list.iter().map(|c| (*c).to_owned()).collect();
        let fields = Fields {
            treatments: own(treatments),
            categories: own(categories),
            scenes: own(scenes),
            ..Fields::default()
        };
        reasons(&fields).iter().map(|rule| rule.reason).collect()
    }

    #[test]
    fn every_rule_names_known_codes() {
        for rule in rules() {
            let list = match rule.kind {
                "treatment" => List::Treatment,
                "category" => List::Category,
                "scene" => List::Scene,
                other => panic!("{other}"),
            };
            assert!(rule.at_least >= 1 && rule.at_least < 10, "{rule:?}");
            assert!(
                rule.codes
                    .iter()
                    .all(|c| *c == "*" || list.find(c).is_some()),
                "{rule:?}"
            );
            assert!(!rule.ja.is_empty() && !rule.en.is_empty(), "{rule:?}");
            assert_eq!(find(rule.reason), Some(rule));
        }
    }

    #[test]
    fn heavy_dependence_dying_at_home_and_many_problems_are_proposed() {
        let none: [&str; 0] = [];
        assert_eq!(of(&["oxygen"], &["home_doctor"], &["daily"]), none);
        assert_eq!(of(&["ventilator"], &["home_doctor"], &[]), ["intensive"]);
        assert_eq!(
            of(&["oxygen", "opioid"], &["home_doctor"], &[]),
            ["several_treatments"]
        );
        assert_eq!(
            of(&[], &["endoflife"], &["endoflife"]),
            ["dying_at_home", "dying_scene"]
        );
        assert_eq!(
            of(&[], &["home_doctor", "dementia", "discharge"], &[]),
            ["several_problems"]
        );
        assert_eq!(of(&[], &["no_kin", "money"], &[]), ["social"]);
    }
}
