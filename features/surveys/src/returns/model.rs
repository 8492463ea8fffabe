//! What came back and what it would change; pure.

use std::collections::BTreeMap;

use forms::{Catalogue, Field, Value};
use kernel::{OrganisationId, Time};
use serde::{Deserialize, Serialize};

use crate::rounds::model::{FieldDraft, Refused, ReplyId, RoundId};

::store::ids! {
    /// Something that came back.
    pub ReturnId;
    /// A link without an account.
    pub LinkId;
}

/// How it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// Uploaded by the municipality or who acts for it.
    File,
    /// Entered on behalf (代理入力) by the office that asks.
    Proxy,
    /// Through a link without an account.
    Link,
}

impl Via {
    /// The stored word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Proxy => "proxy",
            Self::Link => "link",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::File, Self::Proxy, Self::Link]
            .into_iter()
            .find(|v| v.code() == code)
    }
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnState {
    /// Nobody has decided; nothing of it is in the answer.
    Waiting,
    /// Taken over, as far as was chosen.
    Applied,
    /// Put away; nothing was taken over.
    Dropped,
}

impl ReturnState {
    /// The stored word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Applied => "applied",
            Self::Dropped => "dropped",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Waiting, Self::Applied, Self::Dropped]
            .into_iter()
            .find(|s| s.code() == code)
    }

    fn decide(self, to: Self, step: &'static str) -> Result<Self, Refused> {
        match self {
            Self::Waiting => Ok(to),
            other => Err(Refused {
                state: other.code(),
                step,
            }),
        }
    }

    /// Takes it over.
    ///
    /// # Errors
    /// Unless it waits.
    pub fn apply(self) -> Result<Self, Refused> {
        self.decide(Self::Applied, "apply")
    }

    /// Puts it away.
    ///
    /// # Errors
    /// Unless it waits.
    pub fn put_away(self) -> Result<Self, Refused> {
        self.decide(Self::Dropped, "drop")
    }
}

/// A line of the report about a file, in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Where and what, in Japanese.
    pub ja: (String, String),
    /// The same in English.
    pub en: (String, String),
}

/// Something that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// Identifier.
    pub id: ReturnId,
    /// Whose answer.
    pub reply: ReplyId,
    /// In which round.
    pub round: RoundId,
    /// The municipality.
    pub tenant: OrganisationId,
    /// How it came.
    pub via: Via,
    /// Where it stands.
    pub state: ReturnState,
    /// What it says, by field.
    pub answers: BTreeMap<String, Value>,
    /// What could not be read.
    pub problems: Vec<Line>,
    /// Name of the file; empty when it was typed.
    pub file_name: String,
    /// How far the answer had come when the form was made; `None` when the form does not say.
    pub stamp: Option<i64>,
    /// When it came.
    pub entered_at: Time,
    /// By whom.
    pub entered_name: Option<String>,
    /// From which office.
    pub office: Option<OrganisationId>,
    /// Its name.
    pub office_name: Option<String>,
}

/// A link without an account, as those who manage it see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Identifier.
    pub id: LinkId,
    /// Whose form.
    pub reply: ReplyId,
    /// To which address it was sent; may be empty.
    pub recipient: String,
    /// When it was made.
    pub made_at: Time,
    /// When it stops.
    pub ends: Time,
    /// When it was stopped by hand.
    pub revoked_at: Option<Time>,
    /// When it was last used.
    pub used_at: Option<Time>,
}

impl Link {
    /// Whether it opens the form.
    #[must_use]
    pub fn is_open(&self, now: Time) -> bool {
        self.revoked_at.is_none() && self.ends > now
    }
}

/// One field in which the file says something else than what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    /// The field.
    pub field: &'a Field,
    /// What is there; `None`: not answered.
    pub old: Option<&'a FieldDraft>,
    /// What came back.
    pub new: &'a Value,
    /// Whether what is there was written after the form was made, or nobody knows: then it is kept unless somebody says otherwise.
    pub newer: bool,
    /// Whether the file would empty a field in which something is written.
    pub empties: bool,
}

impl Change<'_> {
    /// Whether the file's text is proposed. What is there stays when it is newer than the form, or when the file is empty there.
    #[must_use]
    pub fn take(&self) -> bool {
        self.old.is_none_or(|old| old.value.is_blank()) || !(self.newer || self.empties)
    }
}

/// How far an answer has come: the latest time at which a field was saved, in microseconds; 0 for an empty one.
#[must_use]
pub fn stamp(fields: &[FieldDraft]) -> i64 {
    fields.iter().map(|f| f.saved_at.0).max().unwrap_or(0)
}

/// What a return would change, in the order of the form. Equal texts, and empty fields that were never answered, are no change.
#[must_use]
pub fn changes<'a>(
    catalogue: &'a Catalogue,
    fields: &'a [FieldDraft],
    answers: &'a BTreeMap<String, Value>,
    made: Option<i64>,
) -> Vec<Change<'a>> {
    let change = |field: &'a Field| {
        let new = answers.get(&field.key)?;
        let old = fields.iter().find(|f| f.field == field.key);
        let same = old.map_or_else(|| new.is_blank(), |old| old.value == *new);
        if same {
            return None;
        }
        Some(Change {
            field,
            old,
            new,
            newer: old.is_some_and(|old| made.is_none_or(|made| old.saved_at.0 > made)),
            empties: new.is_blank(),
        })
    };
    catalogue.fields.iter().filter_map(change).collect()
}

#[cfg(test)]
mod tests {
    use forms::{Kind, catalogue::Words};

    use super::*;
    use crate::rounds::model::{Channel, Range};

    fn draft(field: &str, text: &str, at: i64) -> FieldDraft {
        FieldDraft {
            field: field.to_owned(),
            value: Value::text(text),
            range: Range::Public,
            channel: Channel::Screen,
            saved_at: Time(at),
            saved_by: None,
            saved_name: None,
            saved_office: None,
            version: 1,
        }
    }

    #[test]
    fn what_is_newer_than_the_form_is_kept() {
        let field = |key: &str| Field::new(key, Words::ja(key), Kind::Long { most: 100 });
        let catalogue = Catalogue {
            fields: ["a", "b", "c", "d", "e"].map(field).into(),
        };
        let fields = [
            draft("a", "same", 5),
            draft("b", "old", 5),
            draft("c", "newer", 20),
            draft("d", "kept", 5),
        ];
        let answers: BTreeMap<String, Value> = [
            ("a", "same"),
            ("b", "new"),
            ("c", "other"),
            ("d", ""),
            ("e", ""),
        ]
        .map(|(key, text)| (key.to_owned(), Value::text(text)))
        .into();
        let list = changes(&catalogue, &fields, &answers, Some(10));
        let seen: Vec<(&str, bool)> = list
            .iter()
            .map(|c| (c.field.key.as_str(), c.take()))
            .collect();
        assert_eq!(seen, [("b", true), ("c", false), ("d", false)]);
        // A form that does not say how old it is overwrites nothing by itself.
        let list = changes(&catalogue, &fields, &answers, None);
        assert!(list.iter().all(|c| !c.take()));
        assert_eq!(stamp(&fields), 20);
    }

    #[test]
    fn each_return_is_decided_once() {
        assert_eq!(ReturnState::Waiting.apply(), Ok(ReturnState::Applied));
        assert_eq!(ReturnState::Waiting.put_away(), Ok(ReturnState::Dropped));
        for state in [ReturnState::Applied, ReturnState::Dropped] {
            assert!(state.apply().is_err() && state.put_away().is_err());
            assert_eq!(ReturnState::from_code(state.code()), Some(state));
        }
    }
}
