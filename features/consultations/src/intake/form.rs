//! What the screen sends, read into codes and texts.

use kernel::{Date, Lang, Time, Uuid};
use web::{Errors, Values};

use super::Town;
use crate::{
    codes::List,
    i18n::tl,
    model::{Fields, Lack, Lane},
    sealed::Texts,
};

/// Most characters of a long text.
const LONG: usize = 10_000;
/// Most characters of a line.
const SHORT: usize = 200;

/// A form as it was typed.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    /// Codes.
    pub(crate) fields: Fields,
    /// Texts.
    pub(crate) texts: Texts,
    /// What is wrong with single fields.
    pub(crate) errors: Errors,
    /// When the screen was opened.
    pub(crate) opened: Time,
    /// The version that was seen; 0 before the first save.
    pub(crate) seen: i64,
}

fn one(list: List, values: &Values) -> String {
    let code = values.text(list.name());
    list.find(code).map_or("", |c| c.code).to_owned()
}

fn many(list: List, values: &Values) -> Vec<String> {
    let sent: Vec<&str> = values.all(list.name()).iter().map(String::as_str).collect();
    list.known(&sent)
}

impl Typed {
    /// Reads a form; minutes that were left empty count from the opening.
    pub(crate) fn read(lang: Lang, values: &Values, towns: &[Town], now: Time) -> Self {
        let mut errors = Errors::new();
        let opened = values.text("opened").parse().map_or(now, Time);
        // A clock of another day or of the future is none.
        let opened = if opened > now || now.secs_since(opened) > 86_400 {
            now
        } else {
            opened
        };
        let town = values.text("municipality");
        let caller = one(List::Caller, values);
        let mut fields = Fields {
            municipality: if towns.iter().any(|t| t.code == town) {
                town.to_owned()
            } else {
                String::new()
            },
            lane: Lane::from_code(values.text("lane")).unwrap_or(Lane::of_caller(&caller)),
            channel: one(List::Channel, values),
            caller,
            caller_provider: values.text("caller_provider").parse::<Uuid>().ok(),
            age_band: one(List::Age, values),
            care_level: one(List::CareLevel, values),
            living: one(List::Living, values),
            categories: many(List::Category, values),
            scenes: many(List::Scene, values),
            treatments: many(List::Treatment, values),
            responses: many(List::Response, values),
            urgency: one(List::Urgency, values),
            legal_basis: one(List::Basis, values),
            minutes: 0,
            result: one(List::Result, values),
            need_met: one(List::NeedMet, values),
            area_issue: values.has("area_issue"),
            follow_up_on: None,
        };
        let minutes = kernel::text::half_width(values.text("minutes")).into_owned();
        if minutes.is_empty() {
            fields.minutes = (now.secs_since(opened).max(0) + 59) / 60;
        } else {
            match minutes.parse::<i64>() {
                Ok(count) if (0..=1440).contains(&count) => fields.minutes = count,
                _ => errors.add("minutes", tl!(lang, "intake-minutes-bad")),
            }
        }
        match day(values) {
            Ok(day) => fields.follow_up_on = day,
            Err(()) => errors.add("follow_up_on", tl!(lang, "intake-day-bad")),
        }
        let mut text = |name: &'static str, most: usize| {
            let typed = values.text(name);
            if typed.chars().count() > most {
                errors.add(name, tl!(lang, "intake-too-long", most = most));
            }
            typed.chars().take(most).collect::<String>()
        };
        let texts = Texts {
            asked: text("asked", LONG),
            answer: text("answer", LONG),
            caller_name: text("caller_name", SHORT),
            caller_office: text("caller_office", SHORT),
            caller_phone: text("caller_phone", 40),
            person: text("person", SHORT),
            place: text("place", 100),
            outcome: text("outcome", LONG),
        };
        let stated = values.text("texts_other_number") == "1";
        for (name, text) in [
            ("asked", &texts.asked),
            ("answer", &texts.answer),
            ("caller_office", &texts.caller_office),
            ("person", &texts.person),
            ("place", &texts.place),
            ("outcome", &texts.outcome),
        ] {
            if let Some(found) = web::check_my_number(lang, text, stated) {
                errors.add(name, found);
            }
        }
        Self {
            fields,
            texts,
            errors,
            opened,
            seen: values.text("seen").parse().unwrap_or_default(),
        }
    }
}

fn day(values: &Values) -> Result<Option<Date>, ()> {
    let chosen = values.text("follow");
    let text = values.text("follow_up_on");
    match (text, chosen) {
        ("", "") => Ok(None),
        ("", chosen) => chosen.parse().map(Some).map_err(drop),
        (text, _) => kernel::wareki::parse_date(text).map(Some).map_err(drop),
    }
}

/// The field of the screen to which a lack belongs, and what to say.
pub(super) fn lack(lang: Lang, lack: Lack) -> (&'static str, String) {
    match lack {
        Lack::Municipality => ("municipality", tl!(lang, "intake-lacks-municipality")),
        Lack::Caller => ("caller", tl!(lang, "intake-lacks-caller")),
        Lack::Category => ("category", tl!(lang, "intake-lacks-category")),
        Lack::Asked => ("asked", tl!(lang, "intake-lacks-asked")),
        Lack::Result => ("result", tl!(lang, "intake-lacks-result")),
        Lack::NeedMet => ("need_met", tl!(lang, "intake-lacks-need-met")),
    }
}

/// What the directory is asked for, from the parameters of an address or form.
pub(crate) fn query_fields(values: &Values) -> crate::beside::Asked {
    crate::beside::Asked {
        municipality: values.text("municipality").to_owned(),
        place: values.text("place").chars().take(100).collect(),
        categories: many(List::Category, values),
        treatments: many(List::Treatment, values),
    }
}
