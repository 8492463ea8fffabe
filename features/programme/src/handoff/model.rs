//! Something handed to another council or body, or one question to a professional: whose turn it is, and until when.

use kernel::Date;

use crate::pdca::model::codes;

::store::ids! {
    /// A hand-off or a question.
    pub HandoffId;
    /// One step in its history.
    pub StepId;
}

/// What is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HandoffKind {
    /// An issue that another council shall treat.
    Issue,
    /// One question to a professional body.
    Question,
}
codes!(HandoffKind { Issue = "issue", Question = "question" });

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HandoffState {
    /// Sent; the other side has to accept, answer or return it.
    Sent,
    /// Accepted with a date for the answer.
    Accepted,
    /// Answered; the sender has to read it and close.
    Answered,
    /// Returned with the reason; the sender has to send it elsewhere, again, or close it.
    Returned,
    /// Over.
    Closed,
}
codes!(HandoffState {
    Sent = "sent",
    Accepted = "accepted",
    Answered = "answered",
    Returned = "returned",
    Closed = "closed",
});

/// Who has to do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Who handed over.
    Sender,
    /// To whom.
    Receiver,
}

/// A step somebody takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// The receiver takes it on and says until when.
    Accept,
    /// The receiver answers.
    Answer,
    /// The receiver gives it back with a reason.
    Return,
    /// The sender sends a returned one again, with a new date.
    Resend,
    /// The sender has read the answer, or gives up a returned one with a reason.
    Close,
}
codes!(Step {
    Accept = "accept",
    Answer = "answer",
    Return = "return",
    Resend = "resend",
    Close = "close",
});

/// Why a step was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not from this state.
    #[error("not from this state")]
    State,
    /// The other side has to take this step.
    #[error("not this side")]
    Side,
    /// A text is missing: the answer, or the reason.
    #[error("a text is missing")]
    Text,
    /// A date is missing, or lies in the past.
    #[error("a date is missing or past")]
    Due,
}

impl Step {
    /// The side that takes it.
    #[must_use]
    pub fn side(self) -> Side {
        match self {
            Self::Accept | Self::Answer | Self::Return => Side::Receiver,
            Self::Resend | Self::Close => Side::Sender,
        }
    }
}

impl HandoffState {
    /// Whose turn it is; nobody's only when it is closed, so that nothing gets lost between two councils.
    #[must_use]
    pub fn turn(self) -> Option<Side> {
        match self {
            Self::Sent | Self::Accepted => Some(Side::Receiver),
            Self::Answered | Self::Returned => Some(Side::Sender),
            Self::Closed => None,
        }
    }

    /// The steps that are open from here.
    #[must_use]
    pub fn steps(self) -> &'static [Step] {
        match self {
            Self::Sent => &[Step::Accept, Step::Answer, Step::Return],
            Self::Accepted => &[Step::Answer, Step::Return],
            Self::Answered => &[Step::Close],
            Self::Returned => &[Step::Resend, Step::Close],
            Self::Closed => &[],
        }
    }

    /// Takes a step. `text` is the answer or the reason, `due` the new date where the step sets one.
    ///
    /// # Errors
    /// See [`Refused`].
    pub fn take(
        self,
        step: Step,
        text: &str,
        due: Option<Date>,
        today: Date,
    ) -> Result<Self, Refused> {
        if !self.steps().contains(&step) {
            return Err(Refused::State);
        }
        let needs_text = matches!(step, Step::Answer | Step::Return)
            || (step == Step::Close && self == Self::Returned);
        if needs_text && text.trim().is_empty() {
            return Err(Refused::Text);
        }
        if matches!(step, Step::Accept | Step::Resend) && due.is_none_or(|day| day < today) {
            return Err(Refused::Due);
        }
        Ok(match step {
            Step::Accept => Self::Accepted,
            Step::Answer => Self::Answered,
            Step::Return => Self::Returned,
            Step::Resend => Self::Sent,
            Step::Close => Self::Closed,
        })
    }

    /// Whether it is late for the side whose turn it is: the receiver by the date, the sender a week after the answer.
    #[must_use]
    pub fn late(self, due: Date, moved: Date, today: Date) -> bool {
        match self.turn() {
            Some(Side::Receiver) => today > due,
            Some(Side::Sender) => areas::rules::days_between(moved, today) > 7,
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_receiver_accepts_answers_or_returns() {
        let (today, later) = (day("2026-11-22"), Some(day("2026-12-10")));
        let sent = HandoffState::Sent;
        assert_eq!(
            sent.take(Step::Accept, "", later, today),
            Ok(HandoffState::Accepted)
        );
        assert_eq!(sent.take(Step::Accept, "", None, today), Err(Refused::Due));
        assert_eq!(
            sent.take(Step::Accept, "", Some(day("2026-11-21")), today),
            Err(Refused::Due)
        );
        assert_eq!(
            sent.take(Step::Answer, " ", None, today),
            Err(Refused::Text)
        );
        assert_eq!(
            sent.take(Step::Close, "x", None, today),
            Err(Refused::State)
        );
        let returned = sent
            .take(Step::Return, "別の会議の仕事", None, today)
            .unwrap();
        assert_eq!(returned.turn(), Some(Side::Sender));
        assert_eq!(
            returned.take(Step::Close, "", None, today),
            Err(Refused::Text)
        );
        assert_eq!(
            returned.take(Step::Resend, "", later, today),
            Ok(HandoffState::Sent)
        );
        assert_eq!(
            HandoffState::Answered.take(Step::Close, "", None, today),
            Ok(HandoffState::Closed)
        );
    }

    #[test]
    fn late_is_told_by_whose_turn_it_is() {
        let due = day("2026-11-30");
        assert!(!HandoffState::Sent.late(due, day("2026-11-01"), day("2026-11-30")));
        assert!(HandoffState::Accepted.late(due, day("2026-11-01"), day("2026-12-01")));
        assert!(!HandoffState::Returned.late(due, day("2026-12-20"), day("2026-12-25")));
        assert!(HandoffState::Returned.late(due, day("2026-12-01"), day("2026-12-25")));
        assert!(!HandoffState::Closed.late(due, day("2026-12-01"), day("2027-12-25")));
    }

    proptest! {
        /// Nothing gets lost: after any steps, either somebody has the next step or it is closed by the sender.
        #[test]
        fn somebody_always_has_the_next_step(steps in proptest::collection::vec(0_usize..5, 0..60)) {
            let (today, due) = (day("2026-11-22"), Some(day("2026-12-10")));
            let mut state = HandoffState::Sent;
            for at in steps {
                let step = Step::ALL[at];
                if let Ok(next) = state.take(step, "理由", due, today) {
                    prop_assert_eq!(state.turn(), Some(step.side()));
                    state = next;
                }
                match state.turn() {
                    Some(side) => prop_assert!(state.steps().iter().all(|s| s.side() == side) && !state.steps().is_empty()),
                    None => prop_assert_eq!(state, HandoffState::Closed),
                }
            }
        }
    }
}
