//! The shape of invented calls: how many on which day, from whom, for which town, about what, how long, with which end. Pure: the
//! same seed and days give the same calls.

use kernel::{BusinessCalendar, Date};

use crate::{
    codes::List,
    model::{Fields, Lane},
};

/// A source of chance that is the same everywhere (SplitMix64).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// From a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `below` (which is not 0).
    pub fn below(&mut self, below: u64) -> u64 {
        self.roll() % below.max(1)
    }

    /// Whether something of `percent` happens.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of a weighted list; its first entry when all weights are 0.
    pub fn pick<'a, T>(&mut self, list: &'a [(T, u64)]) -> Option<&'a T> {
        let sum: u64 = list.iter().map(|(_, weight)| weight).sum();
        let mut at = self.below(sum);
        for (what, weight) in list {
            if at < *weight {
                return Some(what);
            }
            at -= weight;
        }
        list.first().map(|(what, _)| what)
    }

    fn code(&mut self, list: &[(&'static str, u64)]) -> String {
        self.pick(list)
            .map_or_else(String::new, |code| (*code).to_owned())
    }
}

const CALLERS: &[(&str, u64)] = &[
    ("care_manager", 30),
    ("hospital", 17),
    ("family", 14),
    ("support_center", 11),
    ("visiting_nurse", 7),
    ("clinic", 6),
    ("person", 4),
    ("facility", 3),
    ("pharmacy", 2),
    ("government", 2),
    ("dental", 2),
    ("home_help", 1),
    ("volunteer", 1),
];
const PROFESSIONAL: &[(&str, u64)] = &[
    ("home_doctor", 24),
    ("visiting_nurse", 15),
    ("discharge", 13),
    ("transfer", 7),
    ("treatment", 7),
    ("endoflife", 6),
    ("visiting_dental", 6),
    ("visiting_pharmacy", 4),
    ("dementia", 5),
    ("system", 5),
    ("no_kin", 3),
    ("psychiatric", 2),
    ("complaint", 1),
    ("money", 1),
    ("tool", 1),
    ("abuse", 1),
];
const RESIDENT: &[(&str, u64)] = &[
    ("home_doctor", 26),
    ("dementia", 16),
    ("system", 12),
    ("endoflife", 8),
    ("visiting_dental", 8),
    ("transfer", 8),
    ("money", 6),
    ("complaint", 5),
    ("visiting_nurse", 4),
    ("visiting_pharmacy", 2),
    ("no_kin", 2),
    ("other", 3),
];
const CHANNELS: &[(&str, u64)] = &[
    ("phone", 78),
    ("fax", 8),
    ("visit", 6),
    ("mail", 5),
    ("paper", 2),
    ("outreach", 1),
];
const AGES: &[(&str, u64)] = &[
    ("75-84", 32),
    ("85-94", 36),
    ("65-74", 13),
    ("95", 6),
    ("40-64", 6),
    ("u40", 2),
    ("unknown", 5),
];
const CARE: &[(&str, u64)] = &[
    ("care2", 15),
    ("care3", 15),
    ("care1", 14),
    ("care4", 13),
    ("care5", 11),
    ("support2", 7),
    ("support1", 5),
    ("applying", 8),
    ("none", 7),
    ("unknown", 5),
];
const LIVING: &[(&str, u64)] = &[
    ("home_family", 42),
    ("home_alone", 24),
    ("hospital", 20),
    ("facility", 11),
    ("unknown", 3),
];
const URGENCY: &[(&str, u64)] = &[("week", 40), ("calm", 30), ("days", 22), ("today", 8)];
const RESULTS: &[(&str, u64)] = &[
    ("answered", 34),
    ("arranged", 27),
    ("introduced", 20),
    ("none_found", 8),
    ("handed_over", 5),
    ("withdrawn", 3),
    ("ended", 3),
];
const WHY: &[(&str, u64)] = &[
    ("full", 34),
    ("none", 20),
    ("area", 18),
    ("treatment", 14),
    ("hours", 9),
    ("wish", 3),
    ("cost", 2),
];

/// An invented call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The day.
    pub day: Date,
    /// Seconds after midnight in Japan.
    pub second: i64,
    /// Its codes; without result while it is open.
    pub fields: Fields,
    /// Whether it is closed.
    pub closed: bool,
    /// Days until it was closed.
    pub days_to_close: i64,
    /// What was asked and answered.
    pub asked: &'static str,
    /// See `asked`.
    pub answer: &'static str,
    /// The person, as a pseudonym; often nobody.
    pub person: String,
    /// What was missing: service and why.
    pub unmet: Option<(String, String)>,
}

/// How many calls per 1,000 a month of the year gets (January first) and a weekday (Monday first) of its week: winter and Mondays
/// are heavy, August is light.
const MONTHS: [u64; 12] = [112, 108, 102, 96, 92, 96, 94, 82, 92, 98, 104, 104];
const WEEKDAYS: [u64; 7] = [128, 104, 96, 92, 106, 0, 0];

struct Script {
    category: &'static str,
    scene: &'static str,
    treatments: Vec<&'static str>,
    asked: &'static str,
    answer: &'static str,
}

fn scripts() -> &'static [Script] {
    static ALL: std::sync::LazyLock<Vec<Script>> = std::sync::LazyLock::new(|| {
        include_str!("../../data/demo_calls.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let mut parts = line.split('\t');
                Some(Script {
                    category: parts.next()?,
                    scene: parts.next()?,
                    treatments: parts.next()?.split(' ').filter(|t| *t != "-").collect(),
                    asked: parts.next()?,
                    answer: parts.next()?,
                })
            })
            .collect()
    });
    &ALL
}

/// The calls of one desk from `first` to `last`, about `per_month` in each month, for towns by their weights (people).
#[must_use]
pub fn calls(
    seed: u64,
    towns: &[(String, u64)],
    (first, last): (Date, Date),
    per_month: u64,
) -> Vec<Call> {
    let mut dice = Dice::new(seed);
    let office = BusinessCalendar::office();
    let mut out = Vec::new();
    let mut day = first;
    while day <= last {
        if office.is_open(day) {
            // Twenty days a month; the rest below a whole call is thrown.
            let weight = month(day) * WEEKDAYS[weekday(day)];
            let thousandths = per_month * weight / 200;
            let extra = u64::from(dice.below(1_000) < thousandths % 1_000);
            let spread = if thousandths >= 3_000 {
                dice.below(3)
            } else {
                1
            };
            let count = (thousandths / 1_000 + extra + spread).saturating_sub(1);
            for _ in 0..count {
                out.push(call(&mut dice, towns, day, last));
            }
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    out
}

fn month(day: Date) -> u64 {
    usize::try_from(day.month())
        .ok()
        .and_then(|m| MONTHS.get(m.saturating_sub(1)))
        .copied()
        .unwrap_or(100)
}

fn weekday(day: Date) -> usize {
    usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0)
}

fn call(dice: &mut Dice, towns: &[(String, u64)], day: Date, last: Date) -> Call {
    let caller = dice.code(CALLERS);
    let lane = Lane::of_caller(&caller);
    let category = dice.code(if lane == Lane::Resident {
        RESIDENT
    } else {
        PROFESSIONAL
    });
    let fitting: Vec<(&Script, u64)> = scripts()
        .iter()
        .filter(|s| s.category == category)
        .map(|s| (s, 1))
        .collect();
    let script = dice.pick(&fitting).copied();
    let treatments: Vec<&str> = script.map_or_else(Vec::new, |s| s.treatments.clone());
    let mut categories = vec![category.clone()];
    if !treatments.is_empty() && category != "treatment" && dice.percent(35) {
        categories.push("treatment".to_owned());
    }
    let heavy = treatments.len() as u64
        + u64::from(category == "endoflife")
        + u64::from(category == "transfer");
    let minutes =
        4 + dice.below(12) + heavy * dice.below(14) + if dice.percent(8) { 30 } else { 0 };
    let age = i64::from(days(day, last));
    // What is older than three weeks is done; of the last days much is still open.
    let closed = age > 21 || dice.percent(if age > 7 { 85 } else { 45 });
    let result = dice.code(RESULTS);
    let need = match result.as_str() {
        "answered" => dice.code(&[("yes", 90), ("partly", 10)]),
        "arranged" => dice.code(&[("yes", 84), ("partly", 16)]),
        "introduced" => dice.code(&[("yes", 52), ("partly", 18), ("unknown", 30)]),
        "none_found" => dice.code(&[("no", 86), ("partly", 14)]),
        _ => dice.code(&[("unknown", 70), ("partly", 20), ("no", 10)]),
    };
    let missing = result == "none_found" || need == "no" || (need == "partly" && dice.percent(30));
    let unmet = (closed && missing).then(|| (service(&category).to_owned(), dice.code(WHY)));
    let person = if dice.percent(55) {
        format!("{}", 100 + dice.below(900))
    } else {
        String::new()
    };
    let responses = match result.as_str() {
        "answered" => vec!["information".to_owned()],
        "arranged" => vec!["coordination".to_owned(), "introduction".to_owned()],
        "introduced" => vec!["introduction".to_owned()],
        "handed_over" => vec!["handover".to_owned()],
        _ => vec!["information".to_owned()],
    };
    let follow = !closed && dice.percent(70);
    let wait = i64::try_from(dice.below(9)).unwrap_or(0) - 2;
    let fields = Fields {
        municipality: dice.pick(towns).cloned().unwrap_or_default(),
        lane,
        channel: dice.code(CHANNELS),
        caller,
        age_band: dice.code(AGES),
        care_level: dice.code(CARE),
        living: dice.code(LIVING),
        categories,
        scenes: script.map(|s| s.scene.to_owned()).into_iter().collect(),
        treatments: List::Treatment.known(&treatments),
        responses,
        urgency: dice.code(URGENCY),
        legal_basis: if person.is_empty() {
            "anonymous"
        } else {
            "delegation"
        }
        .to_owned(),
        minutes: i64::try_from(minutes).unwrap_or(10),
        result: if closed { result } else { String::new() },
        need_met: if closed { need } else { String::new() },
        area_issue: unmet.is_some() && dice.percent(40),
        follow_up_on: follow.then(|| plus(last, wait)),
        ..Fields::default()
    };
    Call {
        day,
        second: 30_600 + i64::try_from(dice.below(29_000)).unwrap_or(0),
        days_to_close: i64::try_from(dice.below(6)).unwrap_or(0).min(age),
        fields,
        closed,
        asked: script.map_or("", |s| s.asked),
        answer: script.map_or("", |s| s.answer),
        person,
        unmet,
    }
}

fn service(category: &str) -> &'static str {
    match category {
        "home_doctor" => "home_doctor",
        "visiting_nurse" | "treatment" => "visiting_nurse",
        "visiting_dental" => "visiting_dental",
        "visiting_pharmacy" => "visiting_pharmacy",
        "transfer" | "dementia" => "short_stay",
        "endoflife" => "palliative",
        "psychiatric" => "psychiatric",
        "no_kin" => "guarantor",
        "discharge" => "home_help",
        _ => "other",
    }
}

/// Days from the first to the second.
fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn plus(day: Date, count: i64) -> Date {
    kernel::Time::from_jst_date(day).plus_days(count).date_jst()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_years() -> Vec<Call> {
        let towns = [("142069".to_owned(), 19), ("143821".to_owned(), 1)];
        calls(
            7,
            &towns,
            ("2024-11-01".parse().unwrap(), "2026-10-31".parse().unwrap()),
            40,
        )
    }

    #[test]
    fn the_same_seed_gives_the_same_calls_of_known_codes() {
        let all = two_years();
        assert_eq!(all, two_years());
        assert!((700..1_300).contains(&all.len()), "{}", all.len());
        for call in &all {
            let f = &call.fields;
            assert!(
                List::Caller.find(&f.caller).is_some()
                    && List::Category.find(f.category()).is_some(),
                "{f:?}"
            );
            assert!(
                List::Channel.find(&f.channel).is_some()
                    && List::Urgency.find(&f.urgency).is_some(),
                "{f:?}"
            );
            assert!(f.scenes.iter().all(|s| List::Scene.find(s).is_some()));
            assert!(f.result.is_empty() != call.closed);
            assert!(f.result.is_empty() || List::Result.find(&f.result).is_some());
            assert!(f.need_met.is_empty() || List::NeedMet.find(&f.need_met).is_some());
            assert!(
                List::Age.find(&f.age_band).is_some()
                    && List::CareLevel.find(&f.care_level).is_some()
            );
            assert!(!call.asked.is_empty());
            if let Some((service, why)) = &call.unmet {
                assert!(List::Service.find(service).is_some() && List::Why.find(why).is_some());
            }
        }
    }

    #[test]
    fn the_shape_is_one_that_a_desk_knows() {
        let all = two_years();
        let count = |keep: &dyn Fn(&Call) -> bool| all.iter().filter(|c| keep(c)).count();
        assert_eq!(count(&|c| !BusinessCalendar::office().is_open(c.day)), 0);
        assert!(count(&|c| weekday(c.day) == 0) > count(&|c| weekday(c.day) == 3));
        assert!(count(&|c| c.day.month() == 1) > count(&|c| c.day.month() == 8));
        assert!(
            count(&|c| c.fields.municipality == "142069")
                > 10 * count(&|c| c.fields.municipality == "143821")
        );
        assert!(count(&|c| !c.closed) > 3, "some are still open");
        assert!(count(&|c| c.unmet.is_some()) > 20);
    }

    #[test]
    fn every_category_has_its_words() {
        for (category, _) in PROFESSIONAL.iter().chain(RESIDENT) {
            assert!(
                scripts().iter().any(|s| s.category == *category),
                "{category}"
            );
        }
        for script in scripts() {
            assert!(
                List::Category.find(script.category).is_some()
                    && List::Scene.find(script.scene).is_some()
            );
            assert!(
                script
                    .treatments
                    .iter()
                    .all(|t| List::Treatment.find(t).is_some()),
                "{}",
                script.asked
            );
        }
    }
}
