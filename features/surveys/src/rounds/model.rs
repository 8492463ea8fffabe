//! Types and rules of rounds; pure. States: [`state`].

mod codes;
mod state;

use std::collections::BTreeMap;

use forms::{Catalogue, Value};
use kernel::{AccountId, Date, Lang, OrganisationId, Time};
use serde::{Deserialize, Serialize};
use store::BlobId;

pub use codes::{Channel, Check, Range, Side, VersionState};
pub use state::{Refused, RoundState, State};

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
