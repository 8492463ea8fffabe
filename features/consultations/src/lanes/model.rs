//! Whose turn a hand-over is, until when, and who is named when nobody answers. Pure.

use std::collections::BTreeSet;

use kernel::{AccountId, Date};
use serde::{Deserialize, Serialize};

::store::ids! {
    /// A hand-over.
    pub HandoverId;
    /// A step in its history.
    pub HandoverStepId;
    /// Days on which somebody is away.
    pub AbsenceId;
}

/// So many days after one deputy was named the next one is, when still nobody answered.
pub const NEXT_DEPUTY_DAYS: i32 = 2;

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

/// What is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The other office takes the case on.
    Handover,
    /// A hospital's liaison office works on it together with the desk.
    Joint,
}
codes!(Kind { Handover = "handover", Joint = "joint" });

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Sent; the other side accepts or declines.
    Sent,
    /// Accepted, with a day for the report.
    Accepted,
    /// Declined or given back, with the reason; the desk decides anew.
    Declined,
    /// The other side has reported; the desk reads it and closes.
    Reported,
    /// Over.
    Closed,
}
codes!(Stage {
    Sent = "sent",
    Accepted = "accepted",
    Declined = "declined",
    Reported = "reported",
    Closed = "closed",
});

/// Who has to do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The desk that handed over.
    Sender,
    /// The office to which it went.
    Receiver,
}

/// A step somebody takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    /// The receiver takes it on and says until when.
    Accept,
    /// The receiver declines, or gives back what it had accepted, with the reason.
    Decline,
    /// The receiver reports what became of it and whether the need was met.
    Report,
    /// The desk takes it back before the other side has decided, with the reason.
    Withdraw,
    /// The desk has read the report or the reason and goes on by itself.
    Close,
}
codes!(Move {
    Accept = "accept",
    Decline = "decline",
    Report = "report",
    Withdraw = "withdraw",
    Close = "close",
});

/// Why a step was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not from this stage.
    #[error("not from this stage")]
    Stage,
    /// The other side takes this step.
    #[error("not this side")]
    Side,
    /// A text is missing: the reason or the report.
    #[error("a text is missing")]
    Text,
    /// A day is missing, or lies in the past.
    #[error("a day is missing or past")]
    Due,
    /// Whether the need was met is not said.
    #[error("whether the need was met is missing")]
    Outcome,
}

impl Move {
    /// The side that takes it.
    #[must_use]
    pub fn side(self) -> Side {
        match self {
            Self::Accept | Self::Decline | Self::Report => Side::Receiver,
            Self::Withdraw | Self::Close => Side::Sender,
        }
    }
}

/// What comes with a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The reason or the report.
    pub text: String,
    /// The day for the report.
    pub due: Option<Date>,
    /// Whether the need was met, a code.
    pub outcome: String,
}

impl Stage {
    /// Whose turn it is; nobody's only when it is closed, so that nothing gets lost between two offices.
    #[must_use]
    pub fn turn(self) -> Option<Side> {
        match self {
            Self::Sent | Self::Accepted => Some(Side::Receiver),
            Self::Declined | Self::Reported => Some(Side::Sender),
            Self::Closed => None,
        }
    }

    /// The steps that are open from here.
    #[must_use]
    pub fn moves(self) -> &'static [Move] {
        match self {
            Self::Sent => &[Move::Accept, Move::Decline, Move::Withdraw],
            Self::Accepted => &[Move::Report, Move::Decline],
            Self::Declined | Self::Reported => &[Move::Close],
            Self::Closed => &[],
        }
    }

    /// Takes a step.
    ///
    /// # Errors
    /// See [`Refused`].
    pub fn take(self, what: Move, said: &Said, today: Date) -> Result<Self, Refused> {
        if !self.moves().contains(&what) {
            return Err(Refused::Stage);
        }
        let needs_text = matches!(what, Move::Decline | Move::Report | Move::Withdraw);
        if needs_text && said.text.trim().is_empty() {
            return Err(Refused::Text);
        }
        if what == Move::Accept && said.due.is_none_or(|day| day < today) {
            return Err(Refused::Due);
        }
        if what == Move::Report && said.outcome.is_empty() {
            return Err(Refused::Outcome);
        }
        Ok(match what {
            Move::Accept => Self::Accepted,
            Move::Decline => Self::Declined,
            Move::Report => Self::Reported,
            Move::Withdraw | Move::Close => Self::Closed,
        })
    }

    /// Whether somebody is late: the receiver after the day, the desk three days after the answer came.
    #[must_use]
    pub fn late(self, due: Date, moved: Date, today: Date) -> bool {
        match self.turn() {
            Some(Side::Receiver) => today > due,
            Some(Side::Sender) => areas::rules::days_between(moved, today) > 3,
            None => false,
        }
    }

    /// Whether a deputy is named now: the receiver is late and nobody was named yet, or the last one has had their days.
    #[must_use]
    pub fn escalates(self, due: Date, escalated: Option<Date>, today: Date) -> bool {
        self.turn() == Some(Side::Receiver)
            && today > due
            && escalated
                .is_none_or(|day| areas::rules::days_between(day, today) >= NEXT_DEPUTY_DAYS)
    }
}

/// A deputy of an office, by their place in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deputy {
    /// Who.
    pub account: AccountId,
    /// Their name.
    pub name: String,
}

/// Days on which somebody is away, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// Who.
    pub account: AccountId,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

/// The deputies who are there on a day, in their order, each once.
#[must_use]
pub fn present<'a>(list: &'a [Deputy], away: &[Away], day: Date) -> Vec<&'a Deputy> {
    let mut seen = BTreeSet::new();
    list.iter()
        .filter(|one| seen.insert(one.account))
        .filter(|one| {
            !away
                .iter()
                .any(|a| a.account == one.account && a.first <= day && day <= a.last)
        })
        .collect()
}

/// The deputy of the n-th time (from 0): first the receiver's in their order, then the sender's, then from the front again. None
/// when neither office has anybody there: then it is the whole desk's.
#[must_use]
pub fn named<'a>(
    receiver: &[&'a Deputy],
    sender: &[&'a Deputy],
    time: usize,
) -> Option<(Side, &'a Deputy)> {
    let all: Vec<(Side, &Deputy)> = receiver
        .iter()
        .map(|one| (Side::Receiver, *one))
        .chain(sender.iter().map(|one| (Side::Sender, *one)))
        .collect();
    (!all.is_empty()).then(|| all[time % all.len()])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn said(text: &str, due: Option<&str>, outcome: &str) -> Said {
        Said {
            text: text.to_owned(),
            due: due.map(day),
            outcome: outcome.to_owned(),
        }
    }

    #[test]
    fn each_step_asks_for_what_the_other_side_needs() {
        let today = day("2026-11-22");
        let sent = Stage::Sent;
        let none = Said::default();
        assert_eq!(sent.take(Move::Accept, &none, today), Err(Refused::Due));
        assert_eq!(
            sent.take(Move::Accept, &said("", Some("2026-11-21"), ""), today),
            Err(Refused::Due)
        );
        assert_eq!(
            sent.take(Move::Accept, &said("", Some("2026-11-25"), ""), today),
            Ok(Stage::Accepted)
        );
        assert_eq!(sent.take(Move::Decline, &none, today), Err(Refused::Text));
        assert_eq!(sent.take(Move::Report, &none, today), Err(Refused::Stage));
        let accepted = Stage::Accepted;
        assert_eq!(
            accepted.take(Move::Report, &said("訪問した", None, ""), today),
            Err(Refused::Outcome)
        );
        assert_eq!(
            accepted.take(Move::Report, &said("訪問した", None, "yes"), today),
            Ok(Stage::Reported)
        );
        assert_eq!(
            accepted.take(Move::Withdraw, &said("なし", None, ""), today),
            Err(Refused::Stage)
        );
        assert_eq!(
            Stage::Declined.take(Move::Close, &none, today),
            Ok(Stage::Closed)
        );
    }

    #[test]
    fn a_deputy_is_named_after_the_day_and_the_next_one_two_days_later() {
        let due = day("2026-11-25");
        assert!(!Stage::Sent.escalates(due, None, due));
        assert!(Stage::Sent.escalates(due, None, day("2026-11-26")));
        assert!(!Stage::Sent.escalates(due, Some(day("2026-11-26")), day("2026-11-27")));
        assert!(Stage::Accepted.escalates(due, Some(day("2026-11-26")), day("2026-11-28")));
        assert!(!Stage::Declined.escalates(due, None, day("2026-12-26")));
        assert!(!Stage::Closed.escalates(due, None, day("2026-12-26")));
    }

    fn deputy(n: u8) -> Deputy {
        Deputy {
            account: AccountId::new(kernel::Uuid::from_u128(u128::from(n))),
            name: n.to_string(),
        }
    }

    #[test]
    fn the_receivers_deputies_come_first_and_who_is_away_is_passed_over() {
        let (one, two, three) = (deputy(1), deputy(2), deputy(3));
        let list = [one.clone(), two.clone()];
        let away = [Away {
            account: one.account,
            first: day("2026-11-20"),
            last: day("2026-11-22"),
        }];
        let there = present(&list, &away, day("2026-11-22"));
        assert_eq!(there, [&two]);
        assert_eq!(present(&list, &away, day("2026-11-23")).len(), 2);
        let ours = [&three];
        assert_eq!(named(&there, &ours, 0), Some((Side::Receiver, &two)));
        assert_eq!(named(&there, &ours, 1), Some((Side::Sender, &three)));
        assert_eq!(named(&there, &ours, 2), Some((Side::Receiver, &two)));
        assert_eq!(named(&[], &[], 0), None);
    }

    proptest! {
        /// Nothing gets lost: after any steps somebody has the next one, or it was closed by the desk.
        #[test]
        fn somebody_always_has_the_next_step(steps in prop::collection::vec(0_usize..5, 0..60)) {
            let today = day("2026-11-22");
            let said = said("理由", Some("2026-12-01"), "yes");
            let mut stage = Stage::Sent;
            for at in steps {
                let what = Move::ALL[at];
                if let Ok(next) = stage.take(what, &said, today) {
                    prop_assert!(stage.turn() == Some(what.side()) || what == Move::Withdraw);
                    stage = next;
                }
                match stage.turn() {
                    Some(side) => prop_assert!(stage.moves().iter().any(|m| m.side() == side)),
                    None => prop_assert_eq!(stage, Stage::Closed),
                }
            }
        }

        /// While the receiver owes an answer past the day, a deputy is named within two days, whoever is away.
        #[test]
        fn lateness_never_goes_unnamed(late in 1_i64..60, gap in 0_i64..60) {
            let due = day("2026-11-25");
            let on = |days| kernel::Time::from_jst_date(due).plus_days(days).date_jst();
            let (today, last) = (on(late), on(late - gap));
            let escalated = (last > due).then_some(last);
            let fresh = escalated.is_some_and(|d| areas::rules::days_between(d, today) < NEXT_DEPUTY_DAYS);
            prop_assert_eq!(Stage::Sent.escalates(due, escalated, today), !fresh);
        }
    }
}
