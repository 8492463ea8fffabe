//! Who may see an entry.

/// The range of an entry. Each step shows it to more; everything new is [`Range::Internal`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Range {
    /// 内部（自庁）: the organisation whose entry it is, and who acts for it.
    #[default]
    Internal,
    /// 関係市町村: also the municipalities it names.
    Municipalities,
    /// 参加する関係者: also the organisations added as participants.
    Participants,
    /// 公開: everybody, once a named municipality has approved the text.
    Public,
}

impl Range {
    /// All ranges, narrow first.
    pub const ALL: [Self; 4] = [
        Self::Internal,
        Self::Municipalities,
        Self::Participants,
        Self::Public,
    ];

    /// The stored word, also in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Municipalities => "municipalities",
            Self::Participants => "participants",
            Self::Public => "public",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|range| range.code() == code)
    }
}
