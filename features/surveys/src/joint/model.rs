//! One text for several municipalities, and each one's differences; pure.

use forms::Field;
use kernel::{OrganisationId, Time};
use serde::{Deserialize, Serialize};

use crate::rounds::model::{Refused, ReplyId, RoundId};

::store::ids! {
    /// A joint text.
    pub JointId;
}

/// Where a municipality stands in a joint text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberState {
    /// May read the common text and join.
    Invited,
    /// Works on it; sees the others' differences.
    Joined,
    /// Went its own way; its answer stays as it is.
    Left,
}

impl MemberState {
    /// The stored word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Joined => "joined",
            Self::Left => "left",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Invited, Self::Joined, Self::Left]
            .into_iter()
            .find(|s| s.code() == code)
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

    /// Joins.
    ///
    /// # Errors
    /// Unless invited.
    pub fn join(self) -> Result<Self, Refused> {
        self.only(&[Self::Invited], Self::Joined, "join")
    }

    /// Leaves, or declines.
    ///
    /// # Errors
    /// When it left before.
    pub fn leave(self) -> Result<Self, Refused> {
        self.only(&[Self::Invited, Self::Joined], Self::Left, "leave")
    }

    /// Works on the text: changes it, types own words, adopts it.
    ///
    /// # Errors
    /// Unless it has joined.
    pub fn work(self) -> Result<Self, Refused> {
        self.only(&[Self::Joined], Self::Joined, "work")
    }
}

/// A municipality's differences: per paragraph of the common text its own words (`None`: as the others), and what it adds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// Own words by paragraph; an empty text leaves the paragraph out.
    pub paragraphs: Vec<Option<String>>,
    /// Paragraphs after the last one.
    pub tail: String,
}

impl Own {
    /// Whether it says the same as the others.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tail.is_empty() && self.paragraphs.iter().all(Option::is_none)
    }

    /// The differences as typed: texts by paragraph. What equals the common text is no difference.
    #[must_use]
    pub fn typed(base: &str, texts: &[String], tail: &str) -> Self {
        let paragraphs = base
            .split('\n')
            .enumerate()
            .map(|(at, common)| texts.get(at).filter(|own| *own != common).cloned())
            .collect();
        Self {
            paragraphs,
            tail: tail.trim_end().to_owned(),
        }
    }

    /// This municipality's whole text.
    #[must_use]
    pub fn whole(&self, base: &str) -> String {
        let mut lines: Vec<&str> = Vec::new();
        for (at, common) in base.split('\n').enumerate() {
            match self.paragraphs.get(at).and_then(Option::as_deref) {
                // Left out.
                Some("") => {}
                Some(own) => lines.push(own),
                None => lines.push(common),
            }
        }
        if !self.tail.is_empty() {
            lines.push(&self.tail);
        }
        lines.join("\n")
    }

    /// The same differences beside a changed common text: own words move with the paragraph they stood for. Where that paragraph
    /// is gone they stay at their place, or at the end: nothing that was typed is lost.
    #[must_use]
    pub fn moved(&self, from: &str, to: &str) -> Self {
        let old: Vec<&str> = from.split('\n').collect();
        let new: Vec<&str> = to.split('\n').collect();
        let mut out = Self {
            paragraphs: vec![None; new.len()],
            tail: self.tail.clone(),
        };
        let mut homeless = Vec::new();
        for (at, own) in self.paragraphs.iter().enumerate() {
            let Some(own) = own else { continue };
            let same = |place: &usize| {
                old.get(at) == new.get(*place)
                    && out.paragraphs.get(*place).is_some_and(Option::is_none)
            };
            let place = Some(at).filter(same).or_else(|| (0..new.len()).find(same));
            match place {
                Some(place) => out.paragraphs[place] = Some(own.clone()),
                None => homeless.push((at, own.clone())),
            }
        }
        for (at, own) in homeless {
            match out.paragraphs.get_mut(at) {
                Some(place @ None) => *place = Some(own),
                _ if own.is_empty() => {}
                _ if out.tail.is_empty() => out.tail = own,
                _ => out.tail = format!("{}\n{own}", out.tail),
            }
        }
        out
    }
}

/// Whether a municipality has taken the text into its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adoption {
    /// Not yet.
    No,
    /// As it is now.
    Valid,
    /// An earlier one: it is asked again.
    Stale,
}

/// A joint text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joint {
    /// Identifier.
    pub id: JointId,
    /// In which round.
    pub round: RoundId,
    /// Key of the question.
    pub field: String,
    /// Who started it.
    pub lead: OrganisationId,
    /// Its name on that day.
    pub lead_name: String,
    /// The common text; lines are paragraphs.
    pub base: String,
    /// Rises with every change of it.
    pub version: i64,
    /// When it was started.
    pub made_at: Time,
    /// When it was last changed.
    pub changed_at: Time,
    /// By which office.
    pub changed_name: String,
}

/// A municipality in a joint text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The municipality.
    pub tenant: OrganisationId,
    /// Its answer.
    pub reply: ReplyId,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub state: MemberState,
    /// Its differences.
    pub own: Own,
    /// Rises with every change of them.
    pub own_version: i64,
    /// The version of the common text it adopted; 0 for none.
    pub adopted_base: i64,
    /// The version of its differences at that time.
    pub adopted_own: i64,
    /// When.
    pub adopted_at: Option<Time>,
}

impl Member {
    /// Whether what it adopted is what stands there now.
    #[must_use]
    pub fn adoption(&self, joint: &Joint) -> Adoption {
        match self.adopted_at {
            None => Adoption::No,
            Some(_)
                if self.adopted_base == joint.version && self.adopted_own == self.own_version =>
            {
                Adoption::Valid
            }
            Some(_) => Adoption::Stale,
        }
    }
}

/// Whether only the municipality itself may start or adopt a text for this question: the questions for its own view of things
/// (受け止め, 課題, 要望), which the questionnaire numbers 2(1) to 2(3).
#[must_use]
pub fn own_words(field: &Field) -> bool {
    let number: String = kernel::text::half_width(&field.number)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    ["2(1)", "2(2)", "2(3)"].contains(&number.as_str())
}

/// Whose turn it is to lead (幹事市町): the municipalities of a district in their order, one each fiscal year.
#[must_use]
pub fn turn(count: usize, fiscal_year: i32) -> Option<usize> {
    let count = i32::try_from(count).ok().filter(|c| *c > 0)?;
    usize::try_from(fiscal_year.rem_euclid(count)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn own(paragraphs: &[Option<&str>], tail: &str) -> Own {
        Own {
            paragraphs: paragraphs.iter().map(|p| p.map(str::to_owned)).collect(),
            tail: tail.to_owned(),
        }
    }

    #[test]
    fn each_types_its_own_by_paragraph() {
        let base = "一\n二\n三";
        let typed = Own::typed(base, &["一".into(), "に".into(), String::new()], "四\n");
        assert_eq!(typed, own(&[None, Some("に"), Some("")], "四"));
        assert_eq!(typed.whole(base), "一\nに\n四");
        assert!(Own::typed(base, &["一".into(), "二".into(), "三".into()], "").is_empty());
    }

    #[test]
    fn own_words_move_with_their_paragraph() {
        let mine = own(&[None, Some("に"), None], "");
        assert_eq!(
            mine.moved("一\n二\n三", "零\n一\n二\n三")
                .whole("零\n一\n二\n三"),
            "零\n一\nに\n三"
        );
        // The paragraph was changed: the own words stay at its place.
        assert_eq!(
            mine.moved("一\n二\n三", "一\n二つ\n三")
                .whole("一\n二つ\n三"),
            "一\nに\n三"
        );
        // It is gone, and its place too.
        assert_eq!(mine.moved("一\n二\n三", "一").whole("一"), "一\nに");
    }

    #[test]
    fn a_change_after_adoption_asks_again() {
        let mut joint = Joint {
            id: kernel::AnyId::from_uuid(kernel::Uuid::nil()),
            round: kernel::AnyId::from_uuid(kernel::Uuid::nil()),
            field: "q1".to_owned(),
            lead: kernel::AnyId::from_uuid(kernel::Uuid::nil()),
            lead_name: String::new(),
            base: "一".to_owned(),
            version: 1,
            made_at: Time(0),
            changed_at: Time(0),
            changed_name: String::new(),
        };
        let mut member = Member {
            tenant: joint.lead,
            reply: kernel::AnyId::from_uuid(kernel::Uuid::nil()),
            name: String::new(),
            state: MemberState::Joined,
            own: Own::default(),
            own_version: 0,
            adopted_base: 0,
            adopted_own: 0,
            adopted_at: None,
        };
        assert_eq!(member.adoption(&joint), Adoption::No);
        (member.adopted_base, member.adopted_at) = (1, Some(Time(1)));
        assert_eq!(member.adoption(&joint), Adoption::Valid);
        joint.version = 2;
        assert_eq!(member.adoption(&joint), Adoption::Stale);
    }

    #[test]
    fn states_refuse_and_turns_rotate() {
        use MemberState::{Invited, Joined, Left};
        for (state, join, leave, work) in [
            (Invited, true, true, false),
            (Joined, false, true, true),
            (Left, false, false, false),
        ] {
            assert_eq!(
                (
                    state.join().is_ok(),
                    state.leave().is_ok(),
                    state.work().is_ok()
                ),
                (join, leave, work)
            );
            assert_eq!(MemberState::from_code(state.code()), Some(state));
        }
        assert_eq!(turn(6, 2026), Some(4));
        assert_eq!(turn(6, 2027), Some(5));
        assert_eq!(turn(0, 2026), None);
    }

    proptest! {
        #[test]
        fn no_typed_word_is_lost(base in "[a-c\n]{0,12}", next in "[a-c\n]{0,12}", own in "[x-z]{1,4}", at in 0_usize..6) {
            let mut paragraphs = vec![None; base.split('\n').count()];
            let at = at % paragraphs.len();
            paragraphs[at] = Some(own.clone());
            let mine = Own { paragraphs, tail: String::new() };
            prop_assert!(mine.moved(&base, &next).whole(&next).split('\n').any(|l| l == own));
        }
    }
}
