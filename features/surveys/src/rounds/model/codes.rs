//! The few words of rounds that are stored as codes.

use serde::{Deserialize, Serialize};

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
