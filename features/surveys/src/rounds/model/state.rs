//! The states of rounds and answers: which step leads where.

/// A step that the state does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{step} is not possible while the state is {state}")]
pub struct Refused {
    /// The state, as stored.
    pub state: &'static str,
    /// The step that was asked for.
    pub step: &'static str,
}

/// Where a round stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoundState {
    /// Being prepared; only the office that asks sees it.
    Draft,
    /// Sent; municipalities answer.
    Open,
    /// The office asks for no more; late answers are still taken and marked.
    Closed,
    /// 内容確認: the accepted answers lie before all municipalities of the round.
    Checking,
    /// In the public collation; later answers and corrections can still be added.
    Published,
}

impl RoundState {
    /// All, in order.
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Open,
        Self::Closed,
        Self::Checking,
        Self::Published,
    ];

    /// The stored word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Checking => "checking",
            Self::Published => "published",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    fn only(self, from: &[Self], to: Self, step: &'static str) -> Result<Self, Refused> {
        if from.contains(&self) {
            Ok(to)
        } else {
            Err(Refused {
                state: self.code(),
                step,
            })
        }
    }

    /// Sends the round to the municipalities.
    ///
    /// # Errors
    /// When it was sent already.
    pub fn send(self) -> Result<Self, Refused> {
        self.only(&[Self::Draft], Self::Open, "send")
    }

    /// Asks for no more.
    ///
    /// # Errors
    /// Unless it is open.
    pub fn close(self) -> Result<Self, Refused> {
        self.only(&[Self::Open], Self::Closed, "close")
    }

    /// Opens it again after closing or during 内容確認 is not needed: late answers are taken anyway.
    ///
    /// # Errors
    /// Unless it is closed.
    pub fn reopen(self) -> Result<Self, Refused> {
        self.only(&[Self::Closed], Self::Open, "reopen")
    }

    /// Lays the accepted answers before all municipalities; again for answers that were accepted later.
    ///
    /// # Errors
    /// While it is being prepared.
    pub fn check(self) -> Result<Self, Refused> {
        match self {
            Self::Published => Ok(Self::Published),
            other => other.only(
                &[Self::Open, Self::Closed, Self::Checking],
                Self::Checking,
                "check",
            ),
        }
    }

    /// Publishes, or brings what is published up to date.
    ///
    /// # Errors
    /// Before 内容確認.
    pub fn publish(self) -> Result<Self, Refused> {
        self.only(
            &[Self::Checking, Self::Published],
            Self::Published,
            "publish",
        )
    }

    /// Whether questions, letter and addressees may still change.
    ///
    /// # Errors
    /// After sending.
    pub fn edit(self) -> Result<(), Refused> {
        self.only(&[Self::Draft], Self::Draft, "edit").map(drop)
    }
}

/// Where one municipality's answer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Being written.
    Draft,
    /// Waits for approval inside the municipality.
    Waiting,
    /// With the office that asked.
    Submitted,
    /// Came back with a comment; is being written again.
    Returned,
    /// Taken by the office that asked.
    Accepted,
    /// In the public collation, as far as its ranges allow.
    Published,
}

impl State {
    /// All, in order.
    pub const ALL: [Self; 6] = [
        Self::Draft,
        Self::Waiting,
        Self::Submitted,
        Self::Returned,
        Self::Accepted,
        Self::Published,
    ];

    /// The stored word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Waiting => "waiting",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::Published => "published",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Whether fields may be written.
    #[must_use]
    pub fn is_writing(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    fn only(self, from: &[Self], to: Self, step: &'static str) -> Result<Self, Refused> {
        if from.contains(&self) {
            Ok(to)
        } else {
            Err(Refused {
                state: self.code(),
                step,
            })
        }
    }

    /// Writes a field.
    ///
    /// # Errors
    /// While it waits for approval or lies with the office that asked.
    pub fn write(self) -> Result<Self, Refused> {
        self.only(&[Self::Draft, Self::Returned], self, "write")
    }

    /// Asks for approval.
    ///
    /// # Errors
    /// Unless it is being written.
    pub fn ask(self) -> Result<Self, Refused> {
        self.only(&[Self::Draft, Self::Returned], Self::Waiting, "ask")
    }

    /// Takes the request for approval back, or the approver sends it back.
    ///
    /// # Errors
    /// Unless it waits.
    pub fn back(self) -> Result<Self, Refused> {
        self.only(&[Self::Waiting], Self::Draft, "back")
    }

    /// Approval in Renkei: the answer is submitted.
    ///
    /// # Errors
    /// Unless it waits.
    pub fn approve(self) -> Result<Self, Refused> {
        self.only(&[Self::Waiting], Self::Submitted, "approve")
    }

    /// Submission after an approval outside Renkei.
    ///
    /// # Errors
    /// Once it is submitted.
    pub fn submit_outside(self) -> Result<Self, Refused> {
        self.only(
            &[Self::Draft, Self::Returned, Self::Waiting],
            Self::Submitted,
            "submit",
        )
    }

    /// The office that asked sends it back with a comment.
    ///
    /// # Errors
    /// Unless it was submitted.
    pub fn send_back(self) -> Result<Self, Refused> {
        self.only(&[Self::Submitted], Self::Returned, "return")
    }

    /// The office that asked takes it.
    ///
    /// # Errors
    /// Unless it was submitted.
    pub fn accept(self) -> Result<Self, Refused> {
        self.only(&[Self::Submitted], Self::Accepted, "accept")
    }

    /// The municipality begins a new version; the one before it stays valid until then.
    ///
    /// # Errors
    /// Before submission.
    pub fn correct(self) -> Result<Self, Refused> {
        self.only(
            &[Self::Submitted, Self::Accepted, Self::Published],
            Self::Draft,
            "correct",
        )
    }

    /// Goes into the public collation.
    ///
    /// # Errors
    /// Unless it was accepted.
    pub fn publish(self) -> Result<Self, Refused> {
        self.only(
            &[Self::Accepted, Self::Published],
            Self::Published,
            "publish",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole table of steps: a state by a step gives the next state, or refuses.
    #[test]
    fn an_answer_moves_only_as_the_table_says() {
        use State::{Accepted, Draft, Published, Returned, Submitted, Waiting};
        type Step = fn(State) -> Result<State, Refused>;
        let table: [(Step, [Option<State>; 6]); 9] = [
            (
                State::write,
                [Some(Draft), None, None, Some(Returned), None, None],
            ),
            (
                State::ask,
                [Some(Waiting), None, None, Some(Waiting), None, None],
            ),
            (State::back, [None, Some(Draft), None, None, None, None]),
            (
                State::approve,
                [None, Some(Submitted), None, None, None, None],
            ),
            (
                State::submit_outside,
                [
                    Some(Submitted),
                    Some(Submitted),
                    None,
                    Some(Submitted),
                    None,
                    None,
                ],
            ),
            (
                State::send_back,
                [None, None, Some(Returned), None, None, None],
            ),
            (
                State::accept,
                [None, None, Some(Accepted), None, None, None],
            ),
            (
                State::correct,
                [None, None, Some(Draft), None, Some(Draft), Some(Draft)],
            ),
            (
                State::publish,
                [None, None, None, None, Some(Published), Some(Published)],
            ),
        ];
        for (step, row) in table {
            for (from, to) in State::ALL.into_iter().zip(row) {
                assert_eq!(step(from).ok(), to, "{from:?}");
            }
        }
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
    }

    #[test]
    fn a_round_moves_forward() {
        use RoundState::{Checking, Closed, Draft, Open, Published};
        assert_eq!(Draft.send(), Ok(Open));
        assert!(Open.send().is_err() && Open.edit().is_err() && Draft.close().is_err());
        assert_eq!(Open.close(), Ok(Closed));
        assert_eq!(Closed.reopen(), Ok(Open));
        assert_eq!(Closed.check(), Ok(Checking));
        assert_eq!(Published.check(), Ok(Published));
        assert!(Draft.check().is_err() && Open.publish().is_err());
        assert_eq!(Checking.publish(), Ok(Published));
        for state in RoundState::ALL {
            assert_eq!(RoundState::from_code(state.code()), Some(state));
        }
    }
}
