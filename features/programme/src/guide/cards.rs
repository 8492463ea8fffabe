//! Disease-course cards, from `data/kensei/programme/cards.toml`.

use std::sync::LazyLock;

use kernel::Lang;
use serde::Deserialize;

/// What usually follows an illness, and what to look at in the programme.
#[derive(Clone, Debug, Deserialize)]
pub struct Card {
    /// Its address.
    pub key: String,
    name_ja: String,
    name_en: String,
    short_ja: String,
    short_en: String,
    follows_ja: Vec<String>,
    follows_en: Vec<String>,
    look_ja: Vec<String>,
    look_en: Vec<String>,
    /// Scenes in which it matters.
    pub scenes: Vec<String>,
    ask_ja: String,
    ask_en: String,
    /// Titles of where more stands, Japanese.
    pub sources: Vec<String>,
    review: String,
}

impl Card {
    /// The illness.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.name_ja, &self.name_en)
    }

    /// What it is.
    #[must_use]
    pub fn short(&self, lang: Lang) -> &str {
        lang.pick(&self.short_ja, &self.short_en)
    }

    /// What usually follows.
    #[must_use]
    pub fn follows(&self, lang: Lang) -> &[String] {
        match lang {
            Lang::Ja => &self.follows_ja,
            Lang::En => &self.follows_en,
        }
    }

    /// What to look at.
    #[must_use]
    pub fn look(&self, lang: Lang) -> &[String] {
        match lang {
            Lang::Ja => &self.look_ja,
            Lang::En => &self.look_en,
        }
    }

    /// A question worth asking a professional.
    #[must_use]
    pub fn ask(&self, lang: Lang) -> &str {
        lang.pick(&self.ask_ja, &self.ask_en)
    }

    /// Whether a professional of the area has read it.
    #[must_use]
    pub fn reviewed(&self) -> bool {
        self.review != "pending"
    }
}

#[derive(Deserialize, Default)]
struct File {
    #[serde(default)]
    card: Vec<Card>,
}

/// All cards; a test reads the file.
#[must_use]
pub fn all() -> &'static [Card] {
    static CARDS: LazyLock<File> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../../data/kensei/programme/cards.toml"))
            .unwrap_or_default()
    });
    &CARDS.card
}

/// A card by its address.
#[must_use]
pub fn card(key: &str) -> Option<&'static Card> {
    all().iter().find(|card| card.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_cards_complete_in_both_languages_with_sources() {
        let names: Vec<&str> = all().iter().map(|card| card.name(Lang::Ja)).collect();
        assert_eq!(
            names,
            [
                "心不全",
                "脳卒中",
                "認知症",
                "がん",
                "肺炎",
                "骨折",
                "フレイル"
            ]
        );
        for card in all() {
            assert!(!card.sources.is_empty(), "{}", card.key);
            assert_eq!(
                card.follows(Lang::Ja).len(),
                card.follows(Lang::En).len(),
                "{}",
                card.key
            );
            assert_eq!(
                card.look(Lang::Ja).len(),
                card.look(Lang::En).len(),
                "{}",
                card.key
            );
            assert!(card.look(Lang::Ja).len() >= 3);
            assert!(
                !card.reviewed(),
                "{}: nobody of the area has read it yet",
                card.key
            );
            assert!(
                card.scenes
                    .iter()
                    .all(|scene| crate::model::SCENES.contains(&scene.as_str()))
            );
        }
    }

    #[test]
    fn cards_describe_and_do_not_advise_treatment() {
        for card in all() {
            let text = [card.follows(Lang::Ja), card.look(Lang::Ja)]
                .concat()
                .join("");
            for word in ["投与", "服用してください", "処方", "mg"] {
                assert!(!text.contains(word), "{}: {word}", card.key);
            }
        }
    }
}
