//! A story and its states; pure.

use kernel::{AccountId, OrganisationId, Time};

use super::checks::{Found, traces};
use crate::model::ConsultationId;

store::ids! {
    /// A story.
    pub StoryId;
}

/// Where a story stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Being written.
    Draft,
    /// Waits for the second person.
    Asked,
    /// Read by a second person; others see it.
    Shared,
    /// Taken back.
    Withdrawn,
}

/// What is done to a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The writer asks for the second pair of eyes.
    Ask,
    /// The second person says yes.
    Approve,
    /// The second person gives it back with a reason.
    Return,
    /// Taken back.
    Withdraw,
}

impl State {
    /// The word in the table.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Asked => "asked",
            Self::Shared => "shared",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The word back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Draft, Self::Asked, Self::Shared, Self::Withdrawn]
            .into_iter()
            .find(|s| s.code() == code)
    }
}

impl Step {
    /// The word in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Approve => "approve",
            Self::Return => "return",
            Self::Withdraw => "withdraw",
        }
    }

    /// The word back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Ask, Self::Approve, Self::Return, Self::Withdraw]
            .into_iter()
            .find(|s| s.code() == code)
    }
}

/// The words of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Title.
    pub title: String,
    /// The situation.
    pub situation: String,
    /// Who and which services together.
    pub together: String,
    /// How it went.
    pub outcome: String,
}

impl Words {
    /// All of it as one text.
    #[must_use]
    pub fn all(&self) -> String {
        [
            self.title.as_str(),
            &self.situation,
            &self.together,
            &self.outcome,
        ]
        .join("\n")
    }
}

/// A story as this viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Its id.
    pub id: StoryId,
    /// The desk.
    pub tenant: OrganisationId,
    /// The case; for the desk alone.
    pub consultation: Option<ConsultationId>,
    /// Where it stands.
    pub state: State,
    /// Its words.
    pub words: Words,
    /// Categories, scenes, treatments as masks.
    pub masks: (i64, i64, i64),
    /// Who wrote it; for the desk alone.
    pub written_by: Option<AccountId>,
    /// Their name.
    pub written_name: String,
    /// The second person's name.
    pub checked_name: String,
    /// Why it was given back or taken back.
    pub reason: String,
    /// Invented.
    pub fictional: bool,
    /// Last change.
    pub changed_at: Time,
    /// For the check of versions.
    pub version: i64,
    /// Whether it belongs to the viewer's own desk.
    pub own: bool,
}

/// Why a step is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The state does not take it.
    #[error("the story's state does not take this step")]
    State,
    /// The writer cannot be the second person.
    #[error("the second person must be another one")]
    SamePerson,
    /// Traces of a person that stop it.
    #[error("traces of a person: {0:?}")]
    Traces(Vec<Found>),
    /// A reason is needed.
    #[error("no reason given")]
    Reason,
}

/// The state after a step by somebody.
///
/// # Errors
/// [`Refused`].
pub fn after(
    story: &Story,
    step: Step,
    who: Option<AccountId>,
    reason: &str,
    places: &[String],
) -> Result<State, Refused> {
    let stopping = || -> Vec<Found> {
        traces(&story.words.all(), places)
            .into_iter()
            .filter(|f| f.trace.stops())
            .collect()
    };
    match (story.state, step) {
        (State::Draft, Step::Ask) | (State::Asked, Step::Approve) => {
            if step == Step::Approve && (who.is_none() || story.written_by == who) {
                return Err(Refused::SamePerson);
            }
            let found = stopping();
            if !found.is_empty() {
                return Err(Refused::Traces(found));
            }
            Ok(if step == Step::Ask {
                State::Asked
            } else {
                State::Shared
            })
        }
        (State::Asked, Step::Return) if reason.trim().is_empty() => Err(Refused::Reason),
        (State::Asked, Step::Return) => Ok(State::Draft),
        (State::Draft | State::Asked | State::Shared, Step::Withdraw) => Ok(State::Withdrawn),
        _ => Err(Refused::State),
    }
}

#[cfg(test)]
mod tests {
    use kernel::Env;

    use super::*;

    fn story(state: State, text: &str, by: AccountId) -> Story {
        let env = Env::fixed(Time(0), 1);
        Story {
            id: env.id(),
            tenant: env.id(),
            consultation: None,
            state,
            words: Words {
                title: "家で過ごす".to_owned(),
                situation: text.to_owned(),
                ..Words::default()
            },
            masks: (0, 0, 0),
            written_by: Some(by),
            written_name: String::new(),
            checked_name: String::new(),
            reason: String::new(),
            fictional: true,
            changed_at: Time(0),
            version: 1,
            own: true,
        }
    }

    #[test]
    fn a_second_person_shares_and_traces_stop() {
        let env = Env::fixed(Time(0), 2);
        let (one, two): (AccountId, AccountId) = (env.id(), env.id());
        let good = story(State::Asked, "80歳代の方", one);
        assert_eq!(
            after(&good, Step::Approve, Some(two), "", &[]),
            Ok(State::Shared)
        );
        assert_eq!(
            after(&good, Step::Approve, Some(one), "", &[]),
            Err(Refused::SamePerson)
        );
        assert_eq!(
            after(&good, Step::Return, Some(two), " ", &[]),
            Err(Refused::Reason)
        );
        let bad = story(State::Draft, "電話 0465-00-1234", one);
        assert!(matches!(
            after(&bad, Step::Ask, Some(one), "", &[]),
            Err(Refused::Traces(_))
        ));
        assert_eq!(
            after(&good, Step::Ask, Some(one), "", &[]),
            Err(Refused::State)
        );
        for state in [State::Draft, State::Asked, State::Shared, State::Withdrawn] {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
    }
}
