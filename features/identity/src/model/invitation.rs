//! The life of an invitation: open, then accepted or revoked; an open one that is too old has expired.

use kernel::Time;
use web::{OrgKind, Role};

/// Days that an invitation lives.
pub const LIFE_DAYS: i64 = 14;
/// Hours that a first administrator's code lives.
pub const SETUP_HOURS: i64 = 24;

/// Where an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Can be accepted.
    Open,
    /// Nobody came in time.
    Expired,
    /// Somebody joined with it.
    Accepted,
    /// Taken back.
    Revoked,
}

/// A step that the state does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an invitation that is {from:?} cannot be {to}")]
pub struct WrongStep {
    /// The state it is in.
    pub from: State,
    /// What was tried.
    pub to: &'static str,
}

impl State {
    /// The state from what is stored: the word, and the end of its life.
    #[must_use]
    pub fn from_stored(code: &str, expires: Time, now: Time) -> Self {
        match code {
            "accepted" => Self::Accepted,
            "open" if expires > now => Self::Open,
            "open" => Self::Expired,
            _ => Self::Revoked,
        }
    }

    /// The word of this state, for styles and texts. Only `open`, `accepted` and `revoked` are stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Expired => "expired",
            Self::Accepted => "accepted",
            Self::Revoked => "revoked",
        }
    }

    /// Somebody joins with it.
    ///
    /// # Errors
    /// Unless it is open.
    pub fn accept(self) -> Result<Self, WrongStep> {
        match self {
            Self::Open => Ok(Self::Accepted),
            from => Err(WrongStep {
                from,
                to: "accepted",
            }),
        }
    }

    /// The manager takes it back. An expired one may be taken back too, to clear the list.
    ///
    /// # Errors
    /// When somebody already joined, or it was taken back before.
    pub fn revoke(self) -> Result<Self, WrongStep> {
        match self {
            Self::Open | Self::Expired => Ok(Self::Revoked),
            from => Err(WrongStep {
                from,
                to: "revoked",
            }),
        }
    }
}

/// Whether somebody with this role may hand out that role. A manager names everybody in the own office except administrators; an
/// administrator names managers of any organisation, and further administrators of the operator only.
#[must_use]
pub fn may_invite(inviter: Role, own_office: bool, office_kind: OrgKind, invited: Role) -> bool {
    match inviter {
        Role::Manager => own_office && invited != Role::Administrator,
        Role::Administrator => match invited {
            Role::Manager => true,
            Role::Administrator => own_office && office_kind == OrgKind::Operator,
            _ => own_office,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_state() -> impl Strategy<Value = State> {
        prop_oneof![
            Just(State::Open),
            Just(State::Expired),
            Just(State::Accepted),
            Just(State::Revoked)
        ]
    }

    proptest! {
        /// Whatever is tried in whatever order: joined at most once, never after it was taken back or ran out.
        #[test]
        fn wrong_steps_are_refused(start in any_state(), steps in prop::collection::vec(0..3, 0..12)) {
            let mut state = start;
            let mut accepted = 0;
            for step in steps {
                let before = state;
                let next = match step {
                    0 => state.accept(),
                    1 => state.revoke(),
                    _ => Ok(if state == State::Open { State::Expired } else { state }),
                };
                match next {
                    Ok(next) => {
                        if step == 0 {
                            accepted += 1;
                            prop_assert_eq!(before, State::Open);
                        }
                        if before == State::Accepted || before == State::Revoked { prop_assert_eq!(next, before); }
                        state = next;
                    }
                    Err(wrong) => {
                        prop_assert_eq!(wrong.from, before);
                        prop_assert_eq!(state, before);
                    }
                }
            }
            prop_assert!(accepted <= 1);
        }
    }

    #[test]
    fn the_end_of_life_counts() {
        let now = Time(1_000);
        assert_eq!(State::from_stored("open", Time(1_001), now), State::Open);
        assert_eq!(State::from_stored("open", now, now), State::Expired);
        assert_eq!(
            State::from_stored("accepted", Time(0), now),
            State::Accepted
        );
        assert_eq!(
            State::from_stored("what", Time(2_000), now),
            State::Revoked,
            "an unknown word never opens a door"
        );
    }

    #[test]
    fn nobody_hands_out_more_than_they_may() {
        for own in [false, true] {
            for kind in OrgKind::ALL {
                for role in Role::ALL {
                    for weak in [Role::Member, Role::Editor, Role::Approver] {
                        assert!(!may_invite(weak, own, kind, role));
                    }
                    assert_eq!(
                        may_invite(Role::Manager, own, kind, role),
                        own && role != Role::Administrator
                    );
                }
                assert!(may_invite(Role::Administrator, own, kind, Role::Manager));
                assert_eq!(
                    may_invite(Role::Administrator, own, kind, Role::Administrator),
                    own && kind == OrgKind::Operator
                );
            }
        }
    }
}
