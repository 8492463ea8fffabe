//! The five questions of a new issue, in their order, and what is made of the answers.

use serde::{Deserialize, Serialize};

use crate::model::SCENES;

::store::ids! {
    /// A new issue on its way.
    pub DraftId;
}

/// The step on which everything is read once more.
pub const REVIEW: i64 = 6;
/// Most characters of an answer.
pub const MOST_ANSWER: usize = 1500;

/// What was answered so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// だれが困っているか.
    pub who: String,
    /// どの場面か: codes of scenes.
    pub scenes: Vec<String>,
    /// What happens in that scene, in words.
    pub scene: String,
    /// どのくらいあるか.
    pub degree: String,
    /// なぜそうなっていると思うか.
    pub why: String,
    /// だれが動けるか.
    pub able: String,
    /// The title, asked last.
    pub title: String,
}

impl Answers {
    /// The first step that still lacks its answer: only who is in trouble and what happens are needed to go on; "how much",
    /// "why" and "who can" may stay open and be asked of others.
    #[must_use]
    pub fn lacks(&self) -> Option<i64> {
        if self.who.trim().is_empty() {
            return Some(1);
        }
        if self.scene.trim().is_empty() && self.scenes.is_empty() {
            return Some(2);
        }
        None
    }

    /// A title to begin with: who, and the first words of what happens.
    #[must_use]
    pub fn proposed_title(&self) -> String {
        let first = |text: &str| {
            let line = text.lines().next().unwrap_or_default();
            let end = line.find('\u{3002}').unwrap_or(line.len());
            line[..end].trim().to_owned()
        };
        let parts = [first(&self.who), first(&self.scene)];
        let joined: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        joined.join(" \u{2014} ").chars().take(120).collect()
    }

    /// Only scenes that exist, each once, in their usual order.
    #[must_use]
    pub fn known_scenes(&self) -> Vec<String> {
        SCENES
            .iter()
            .filter(|known| self.scenes.iter().any(|one| one == *known))
            .map(|one| (*one).to_owned())
            .collect()
    }
}

/// The step after or before, inside the form.
#[must_use]
pub fn step(at: i64) -> i64 {
    at.clamp(1, REVIEW)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn who_and_where_are_enough_to_end() {
        let mut answers = Answers::default();
        assert_eq!(answers.lacks(), Some(1));
        answers.who = "一人暮らしの方".into();
        assert_eq!(answers.lacks(), Some(2));
        answers.scenes = vec!["daily".into(), "nowhere".into()];
        assert_eq!(answers.lacks(), None);
        assert_eq!(answers.known_scenes(), ["daily"]);
    }

    #[test]
    fn a_title_is_proposed_from_the_first_sentences() {
        let answers = Answers {
            who: "退院する方の家族。ほか".into(),
            scene: "夜の相談先が分からない。昼は分かる".into(),
            ..Answers::default()
        };
        assert_eq!(
            answers.proposed_title(),
            "退院する方の家族 — 夜の相談先が分からない"
        );
    }

    /// The questions are put to a clerk: none of their words asks for a diagnosis, a grade of illness or a treatment.
    #[test]
    fn no_question_asks_for_medical_judgement() {
        let texts = crate::i18n::JA;
        let mut asked = 0;
        for line in texts.lines().filter(|line| line.starts_with("guide-q")) {
            asked += 1;
            for word in ["診断", "病名", "重症", "治療", "症状", "処置", "投薬"] {
                assert!(!line.contains(word), "{line}");
            }
        }
        assert!(asked >= 10, "{asked} lines of questions");
    }

    proptest! {
        #[test]
        fn titles_fit(who in "\\PC{0,400}", scene in "\\PC{0,400}") {
            let answers = Answers { who, scene, ..Answers::default() };
            prop_assert!(answers.proposed_title().chars().count() <= 120);
        }
    }
}
