//! Types and rules of rounds; pure.

use std::collections::BTreeMap;

use forms::{Catalogue, Value};
use kernel::{AccountId, Date, Lang, OrganisationId, Time};
use serde::{Deserialize, Serialize};
use store::BlobId;

use crate::model::SurveyId;

::store::ids! {
    /// One round of asking.
    pub RoundId;
    /// One municipality in a round.
    pub ReplyId;
    /// A whole answer as it was sent for approval.
    pub VersionId;
    /// A text kept beside a field after two people wrote at once.
    pub AsideId;
    /// A file beside an answer.
    pub FileId;
}

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

/// The 照会文書: what the letter says beside the questions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// 宛先, as printed.
    pub to: String,
    /// 文書番号.
    pub number: String,
    /// Date of the letter.
    pub date: Option<Date>,
    /// The text of the letter.
    pub body: String,
    /// 担当: office, name or post, telephone, as the office wants it printed.
    pub contact: String,
    /// 期限: last day, Japanese time.
    pub due: Option<Date>,
}

/// A round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Identifier.
    pub id: RoundId,
    /// The office that asks.
    pub asker: OrganisationId,
    /// Its place in addresses once it is published.
    pub slug: String,
    /// Title.
    pub title: String,
    /// English title; may be empty.
    pub title_en: String,
    /// Japanese fiscal year.
    pub fiscal_year: i32,
    /// The survey whose answers stand beside the fields.
    pub based_on: Option<SurveyId>,
    /// The questions.
    pub catalogue: Catalogue,
    /// The letter.
    pub letter: Letter,
    /// The range that new answers start with.
    pub default_range: Range,
    /// Where it stands.
    pub state: RoundState,
    /// Until when the municipalities check before publication.
    pub check_due: Option<Date>,
    /// The published survey.
    pub survey: Option<SurveyId>,
    /// Whether it is a demonstration.
    pub fictional: bool,
    /// When it was sent.
    pub sent_at: Option<Time>,
    /// When it was published.
    pub published_at: Option<Time>,
    /// Rises with every change.
    pub version: i64,
    /// Through whom this viewer sees it.
    pub side: Side,
}

impl Round {
    /// The title in the reader's language.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        crate::model::pick(lang, &self.title, &self.title_en)
    }
}

/// One municipality in a round. Holds no text of its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Identifier.
    pub id: ReplyId,
    /// The round.
    pub round: RoundId,
    /// The municipality as an organisation.
    pub tenant: OrganisationId,
    /// The office that asks.
    pub asker: OrganisationId,
    /// 団体コード.
    pub code: String,
    /// Its name on the day of the round.
    pub name: String,
    /// Its place in the round, from 0.
    pub sort: i64,
    /// Its own last day, when it was extended.
    pub due: Option<Date>,
    /// Where the answer stands.
    pub state: State,
    /// First text.
    pub started_at: Option<Time>,
    /// Last change of state or text.
    pub changed_at: Option<Time>,
    /// Latest submission.
    pub submitted_at: Option<Time>,
    /// Whether the first submission came after the last day.
    pub late: bool,
    /// Last reminder.
    pub reminded_at: Option<Time>,
    /// How many reminders.
    pub reminders: i64,
    /// How many versions there are.
    pub versions: i64,
    /// The latest submitted version.
    pub current: Option<VersionId>,
    /// 内容確認.
    pub check: Check,
    /// Since when.
    pub check_at: Option<Time>,
    /// The version that was agreed to.
    pub check_version: Option<VersionId>,
    /// What the municipality wants changed.
    pub check_note: String,
    /// Rises with every change of state.
    pub version: i64,
    /// Through whom this viewer sees it.
    pub side: Side,
}

impl Reply {
    /// The last day for this municipality.
    #[must_use]
    pub fn due(&self, round: &Round) -> Option<Date> {
        self.due.or(round.letter.due)
    }

    /// Whether today lies after the last day and nothing was submitted.
    #[must_use]
    pub fn overdue(&self, round: &Round, today: Date) -> bool {
        self.current.is_none() && self.due(round).is_some_and(|due| today > due)
    }

    /// Whether the submitted version was agreed to before publication.
    #[must_use]
    pub fn agreed(&self) -> bool {
        self.check == Check::Agreed && self.current.is_some() && self.check_version == self.current
    }
}

/// The working text of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDraft {
    /// The field's key.
    pub field: String,
    /// What is written.
    pub value: Value,
    /// How far it may go.
    pub range: Range,
    /// How it came.
    pub channel: Channel,
    /// When.
    pub saved_at: Time,
    /// By whom.
    pub saved_by: Option<AccountId>,
    /// Their name.
    pub saved_name: Option<String>,
    /// Their office, when it is not the municipality itself.
    pub saved_office: Option<OrganisationId>,
    /// Rises with every change; 0 means that nothing was ever saved.
    pub version: i64,
}

/// A text kept beside a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Identifier.
    pub id: AsideId,
    /// The field's key.
    pub field: String,
    /// The text that met another one.
    pub value: Value,
    /// When.
    pub saved_at: Time,
    /// By whom.
    pub saved_name: Option<String>,
}

/// One answer inside a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// What was answered.
    pub value: Value,
    /// How far it may go.
    pub range: Range,
}

/// All answers of a version by field key; a key that is missing was not answered (未回答).
pub type Answers = BTreeMap<String, Given>;

/// How a version was approved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Approval {
    /// Not yet.
    #[default]
    None,
    /// In Renkei.
    Renkei {
        /// By whom; only the municipality sees it.
        name: Option<String>,
        /// When.
        at: Option<Time>,
    },
    /// Outside: 決裁済み.
    Outside(Decision),
}

/// 決裁済み（文書番号・決裁日・決裁者の職）.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// 文書番号.
    pub number: String,
    /// 決裁日.
    pub on: Option<Date>,
    /// 決裁者の職.
    pub post: String,
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

/// A whole answer as it was sent for approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Identifier.
    pub id: VersionId,
    /// Whose answer.
    pub reply: ReplyId,
    /// The municipality as an organisation.
    pub tenant: OrganisationId,
    /// From 1.
    pub number: i64,
    /// The answers.
    pub answers: Answers,
    /// Where it stands.
    pub state: VersionState,
    /// When it was made.
    pub made_at: Time,
    /// By whom; only the municipality sees it.
    pub made_name: Option<String>,
    /// How it was approved.
    pub approval: Approval,
    /// When it was submitted.
    pub submitted_at: Option<Time>,
    /// Whether it came after the last day.
    pub late: bool,
    /// Why it came back.
    pub note: String,
    /// When it was returned or accepted.
    pub decided_at: Option<Time>,
    /// Since when the other municipalities see it.
    pub shared_at: Option<Time>,
    /// Through whom this viewer sees it.
    pub side: Side,
}

/// A file beside an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Identifier.
    pub id: FileId,
    /// Whose answer.
    pub reply: ReplyId,
    /// The field's key; empty for the whole answer.
    pub field: String,
    /// The encrypted file.
    pub file: BlobId,
    /// Its name.
    pub name: String,
    /// Its type.
    pub mime: String,
    /// Plain bytes.
    pub size: i64,
    /// When it was added.
    pub added_at: Time,
    /// By whom; only the municipality sees it.
    pub added_name: Option<String>,
    /// Since when the office that asked sees it.
    pub submitted_at: Option<Time>,
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
