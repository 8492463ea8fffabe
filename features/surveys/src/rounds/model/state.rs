//! The states of rounds, answers and versions, and the few words that are stored as codes.

use serde::{Deserialize, Serialize};

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

/// How far one answer may go. The order is from wide to narrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Range {
    /// 公開可.
    Public,
    /// 会議資料まで.
    Meeting,
    /// 県と市町村のみ.
    Offices,
}

impl Range {
    /// All, from wide to narrow.
    pub const ALL: [Self; 3] = [Self::Public, Self::Meeting, Self::Offices];

    /// The stored word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Meeting => "meeting",
            Self::Offices => "offices",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// Through whom a row is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The office that asks.
    Asker,
    /// The municipality, or who acts for it.
    Tenant,
    /// Another municipality of the same round.
    Fellow,
}

impl Side {
    /// Reads the word of the views.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "asker" => Some(Self::Asker),
            "tenant" => Some(Self::Tenant),
            "fellow" => Some(Self::Fellow),
            _ => None,
        }
    }
}

/// How a text came into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Typed on the page.
    Screen,
    /// From a returned form.
    File,
    /// Typed by the desk or the prefecture from paper (代理入力).
    Proxy,
    /// From a joint text.
    Joint,
    /// From the records of the programme, as a proposal.
    Proposal,
}

impl Channel {
    /// The stored word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::File => "file",
            Self::Proxy => "proxy",
            Self::Joint => "joint",
            Self::Proposal => "proposal",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [
            Self::Screen,
            Self::File,
            Self::Proxy,
            Self::Joint,
            Self::Proposal,
        ]
        .into_iter()
        .find(|c| c.code() == code)
    }
}

/// 内容確認 of one municipality. Silence is not consent: only `Agreed` publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Not asked yet.
    None,
    /// Asked; no answer.
    Asked,
    /// 修正: the municipality will change its text.
    Change,
    /// 了承, for the version named beside it.
    Agreed,
}

impl Check {
    /// The stored word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Asked => "asked",
            Self::Change => "change",
            Self::Agreed => "agreed",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::None, Self::Asked, Self::Change, Self::Agreed]
            .into_iter()
            .find(|c| c.code() == code)
    }
}

/// Where a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionState {
    /// Waits for approval.
    Waiting,
    /// Sent back by the approver, or taken back.
    Refused,
    /// With the office that asked.
    Submitted,
    /// Sent back by the office that asked.
    Returned,
    /// Taken.
    Accepted,
    /// Published.
    Published,
}

impl VersionState {
    /// The stored word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Refused => "refused",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::Published => "published",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [
            Self::Waiting,
            Self::Refused,
            Self::Submitted,
            Self::Returned,
            Self::Accepted,
            Self::Published,
        ]
        .into_iter()
        .find(|s| s.code() == code)
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
