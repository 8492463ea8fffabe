//! A countermeasure on an issue, from cause to evaluation. States refuse what does not follow from them; nothing here knows
//! a database.

use kernel::Date;
use serde::{Deserialize, Serialize};

::store::ids! {
    /// A countermeasure of one office on one entry in one fiscal year.
    pub MeasureId;
    /// A comment on an entry.
    pub CommentId;
    /// A file kept with an entry.
    pub FileId;
    /// A kept version of a countermeasure.
    pub VersionId;
}

/// Makes the stored words of an enum: `code()`, `from_code()`, `ALL`.
macro_rules! codes {
    ($name:ident { $($variant:ident = $code:literal),+ $(,)? }) => {
        impl $name {
            /// All values, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stored word.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Reads the stored word; `None` for anything else.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        impl ::store::ToValue for $name {
            fn to_value(&self) -> ::store::Value<'_> {
                ::store::Value::Text(std::borrow::Cow::Borrowed(self.code()))
            }
        }

        impl ::store::FromValue for $name {
            fn from_value(value: ::store::Value<'_>) -> Result<Self, &'static str> {
                <String as ::store::FromValue>::from_value(value)
                    .and_then(|text| Self::from_code(&text).ok_or(concat!("a stored word of ", stringify!($name))))
            }
        }
    };
}
pub(crate) use codes;

/// Where a countermeasure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MeasureState {
    /// Decided, not begun.
    Planned,
    /// Being done.
    Running,
    /// Result, rating, reason and next action are written.
    Evaluated,
    /// Given up, with the reason.
    Stopped,
}
codes!(MeasureState { Planned = "planned", Running = "running", Evaluated = "evaluated", Stopped = "stopped" });

/// How far the target was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Rating {
    /// Beyond the target.
    A,
    /// Reached.
    B,
    /// In part.
    C,
    /// Not reached.
    D,
}
codes!(Rating { A = "A", B = "B", C = "C", D = "D" });

/// What follows from the evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NextAction {
    /// 継続
    Continue,
    /// 改善
    Improve,
    /// 縮小
    Shrink,
    /// 終了
    End,
}
codes!(NextAction { Continue = "continue", Improve = "improve", Shrink = "shrink", End = "end" });

/// Why a step was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The state does not allow it.
    #[error("not from this state")]
    State,
    /// The evaluation is not complete: result, rating, reason and next action belong together.
    #[error("the evaluation is not complete")]
    Incomplete,
    /// A reason is missing.
    #[error("a reason is missing")]
    Reason,
    /// The fiscal year is closed.
    #[error("the year is closed")]
    Frozen,
}

impl MeasureState {
    /// Begins.
    ///
    /// # Errors
    /// Only what is planned can begin.
    pub fn start(self) -> Result<Self, Refused> {
        match self {
            Self::Planned => Ok(Self::Running),
            _ => Err(Refused::State),
        }
    }

    /// Takes the evaluation.
    ///
    /// # Errors
    /// Only what runs can be evaluated, and only by a complete evaluation.
    pub fn evaluate(self, check: &Evaluation) -> Result<Self, Refused> {
        if self != Self::Running {
            return Err(Refused::State);
        }
        if check.complete() {
            Ok(Self::Evaluated)
        } else {
            Err(Refused::Incomplete)
        }
    }

    /// Gives up; the reason stays on record.
    ///
    /// # Errors
    /// What is evaluated or stopped is over; without a reason nothing stops.
    pub fn stop(self, reason: &str) -> Result<Self, Refused> {
        match self {
            Self::Planned | Self::Running if reason.trim().is_empty() => Err(Refused::Reason),
            Self::Planned | Self::Running => Ok(Self::Stopped),
            _ => Err(Refused::State),
        }
    }

    /// Takes an evaluation or a stop back while the year is open.
    ///
    /// # Errors
    /// Only what is over can be taken up again.
    pub fn resume(self) -> Result<Self, Refused> {
        match self {
            Self::Evaluated | Self::Stopped => Ok(Self::Running),
            _ => Err(Refused::State),
        }
    }

    /// Whether somebody still has to do something.
    #[must_use]
    pub fn open(self) -> bool {
        matches!(self, Self::Planned | Self::Running)
    }
}

/// One indicator as typed: nothing here is computed, so the values stay text with their unit and source beside them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Indicator {
    /// What is counted.
    pub name: String,
    /// The value before beginning.
    pub base: String,
    /// The value to be reached.
    pub target: String,
    /// The value that was reached.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// Where the figures come from, and of which year they are.
    pub source: String,
}

impl Indicator {
    /// Nothing is written at all.
    #[must_use]
    pub fn empty(&self) -> bool {
        [
            &self.name,
            &self.base,
            &self.target,
            &self.value,
            &self.unit,
            &self.source,
        ]
        .iter()
        .all(|text| text.trim().is_empty())
    }

    /// The name of the part that is missing once a figure is written: a figure without a name, unit or source says nothing.
    #[must_use]
    pub fn lacks(&self) -> Option<&'static str> {
        if self.empty() {
            return None;
        }
        if self.name.trim().is_empty() {
            return Some("name");
        }
        let figure = [&self.base, &self.target, &self.value]
            .iter()
            .any(|text| !text.trim().is_empty());
        match (
            figure,
            self.unit.trim().is_empty(),
            self.source.trim().is_empty(),
        ) {
            (true, true, _) => Some("unit"),
            (true, false, true) => Some("source"),
            _ => None,
        }
    }
}

/// What the check at the end of a year says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Evaluation {
    /// What came of it.
    pub result: String,
    /// A to D.
    pub rating: Option<Rating>,
    /// Why.
    pub reason: String,
    /// What follows.
    pub next: Option<NextAction>,
}

impl Evaluation {
    /// Whether all four parts are there.
    #[must_use]
    pub fn complete(&self) -> bool {
        !self.result.trim().is_empty()
            && !self.reason.trim().is_empty()
            && self.rating.is_some()
            && self.next.is_some()
    }
}

/// Everything a clerk writes about a countermeasure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// Why it is so.
    pub cause: String,
    /// What is done.
    pub body: String,
    /// Who does it: an office or post, never "everybody".
    pub owner: String,
    /// With whom.
    pub partners: String,
    /// The council in which it is decided, its id as text; empty when none.
    pub council: String,
    /// Counts what was done.
    pub process: Indicator,
    /// Looks at what changed.
    pub outcome: Indicator,
    /// Until when.
    pub due: Option<String>,
    /// How it goes at mid-year.
    pub midyear: String,
    /// Result, rating, reason, next action.
    pub check: Evaluation,
    /// Invented for the demo.
    pub fictional: bool,
    /// The office's Japanese name when it was written: lists need no other table for it.
    pub office: String,
}

impl Plan {
    /// The start of the next year's plan: cause, measure, owner, forum and indicators go on, the value reached becomes the
    /// new base, the evaluation begins empty and the due date moves by a year. `None` when the evaluation ended it.
    #[must_use]
    pub fn forward(&self) -> Option<Self> {
        if self.check.next == Some(NextAction::End) {
            return None;
        }
        let next = |one: &Indicator| Indicator {
            base: if one.value.trim().is_empty() {
                one.base.clone()
            } else {
                one.value.clone()
            },
            value: String::new(),
            ..one.clone()
        };
        Some(Self {
            process: next(&self.process),
            outcome: next(&self.outcome),
            due: self
                .due
                .as_ref()
                .and_then(|day| day.parse::<Date>().ok())
                .and_then(a_year_later)
                .map(|day| day.to_string()),
            midyear: String::new(),
            check: Evaluation::default(),
            ..self.clone()
        })
    }
}

/// The same day of the next year; 29 February becomes 28 February.
#[must_use]
pub fn a_year_later(day: Date) -> Option<Date> {
    let year = day.year().checked_add(1)?;
    Date::new(year, day.month(), day.day())
        .or_else(|_| Date::new(year, day.month(), 28))
        .ok()
}

/// Whether a change may be written into a row of a fiscal year: an open year takes edits, a closed one only corrections that
/// say why and are kept as a new version.
///
/// # Errors
/// [`Refused::Frozen`] without a reason.
pub fn may_write(frozen: bool, reason: &str) -> Result<bool, Refused> {
    match (frozen, reason.trim().is_empty()) {
        (false, _) => Ok(false),
        (true, false) => Ok(true),
        (true, true) => Err(Refused::Frozen),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn full() -> Evaluation {
        Evaluation {
            result: "3回".to_owned(),
            rating: Some(Rating::B),
            reason: "声かけ".to_owned(),
            next: Some(NextAction::Continue),
        }
    }

    #[test]
    fn words_round_trip() {
        for one in MeasureState::ALL {
            assert_eq!(MeasureState::from_code(one.code()), Some(*one));
        }
        for one in Rating::ALL {
            assert_eq!(Rating::from_code(one.code()), Some(*one));
        }
        for one in NextAction::ALL {
            assert_eq!(NextAction::from_code(one.code()), Some(*one));
        }
        assert_eq!(Rating::from_code("E"), None);
    }

    #[test]
    fn only_what_runs_is_evaluated_and_only_completely() {
        let running = MeasureState::Planned.start().unwrap();
        assert_eq!(running.evaluate(&full()), Ok(MeasureState::Evaluated));
        for gap in [
            Evaluation {
                result: " ".into(),
                ..full()
            },
            Evaluation {
                reason: String::new(),
                ..full()
            },
            Evaluation {
                rating: None,
                ..full()
            },
            Evaluation {
                next: None,
                ..full()
            },
        ] {
            assert_eq!(running.evaluate(&gap), Err(Refused::Incomplete));
        }
        assert_eq!(MeasureState::Planned.evaluate(&full()), Err(Refused::State));
        assert_eq!(running.start(), Err(Refused::State));
        assert_eq!(running.stop(" "), Err(Refused::Reason));
        assert_eq!(MeasureState::Evaluated.stop("x"), Err(Refused::State));
        assert_eq!(MeasureState::Stopped.resume(), Ok(MeasureState::Running));
    }

    #[test]
    fn a_figure_needs_name_unit_and_source() {
        let mut one = Indicator::default();
        assert_eq!(one.lacks(), None);
        one.base = "3".into();
        assert_eq!(one.lacks(), Some("name"));
        one.name = "回数".into();
        assert_eq!(one.lacks(), Some("unit"));
        one.unit = "回".into();
        assert_eq!(one.lacks(), Some("source"));
        one.source = "年報".into();
        assert_eq!(one.lacks(), None);
    }

    #[test]
    fn the_next_year_begins_where_this_one_ended() {
        let mut plan = Plan {
            process: Indicator {
                base: "2".into(),
                value: "5".into(),
                ..Indicator::default()
            },
            due: Some("2028-02-29".into()),
            midyear: "途中".into(),
            check: full(),
            ..Plan::default()
        };
        let next = plan.forward().unwrap();
        assert_eq!(
            (next.process.base.as_str(), next.process.value.as_str()),
            ("5", "")
        );
        assert_eq!(next.due.as_deref(), Some("2029-02-28"));
        assert_eq!(next.check, Evaluation::default());
        assert!(next.midyear.is_empty());
        plan.check.next = Some(NextAction::End);
        assert_eq!(plan.forward(), None);
    }

    #[test]
    fn a_closed_year_takes_only_corrections_with_a_reason() {
        assert_eq!(may_write(false, ""), Ok(false));
        assert_eq!(may_write(true, " "), Err(Refused::Frozen));
        assert_eq!(may_write(true, "数字の写し間違い"), Ok(true));
    }

    proptest! {
        /// Whatever is tried in whatever order: an evaluated measure had a complete evaluation, and nothing leaves the four states.
        #[test]
        fn no_sequence_reaches_an_evaluation_without_its_parts(steps in proptest::collection::vec(0_u8..5, 0..40)) {
            let mut state = MeasureState::Planned;
            let mut evaluated_with_all = false;
            for step in steps {
                let tried = match step {
                    0 => state.start(),
                    1 => state.evaluate(&full()),
                    2 => state.evaluate(&Evaluation::default()),
                    3 => state.stop("x"),
                    _ => state.resume(),
                };
                if let Ok(next) = tried {
                    evaluated_with_all = step == 1;
                    state = next;
                }
                prop_assert_eq!(state == MeasureState::Evaluated, state == MeasureState::Evaluated && evaluated_with_all);
                prop_assert!(step != 2 || tried.is_err());
            }
        }
    }
}
