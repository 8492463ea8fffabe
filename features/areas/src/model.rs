//! The area's facts as types, and the rules that need no database.

use kernel::{Date, Lang, OrganisationId, Time};

use crate::hours::Hours;

store::ids! {
    /// The window of one municipality for one kind of reader.
    pub ContactId;
    /// A standing body in which municipalities meet.
    pub CouncilId;
}

/// The colour family of a district. Pages always print the name beside the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Blue: the coast.
    Sea,
    /// Olive: the hills.
    Hill,
}

impl Tone {
    /// Reads the stored code; an unknown code counts as `Hill`, which only changes a colour.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        if code == "sea" { Self::Sea } else { Self::Hill }
    }
}

/// One of the districts of the area (地区).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// Stable short code, for example `odawara`.
    pub code: String,
    /// Japanese name.
    pub name_ja: String,
    /// English name.
    pub name_en: String,
    /// Colour family.
    pub tone: Tone,
}

impl District {
    /// The name in the reader's language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        pick(lang, &self.name_ja, &self.name_en)
    }
}

/// A municipality, inside the area or one of the neighbours the area's people use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// 全国地方公共団体コード, six digits with check digit.
    pub code: String,
    /// 介護保険の保険者番号, six digits with a *different* check digit.
    pub insurer: String,
    /// Japanese name.
    pub name_ja: String,
    /// Reading in kana.
    pub name_kana: String,
    /// English name.
    pub name_en: String,
    /// Its district; `None` out of the area.
    pub district: Option<District>,
    /// Name of its prefecture, Japanese.
    pub prefecture: String,
    /// Whether it belongs to the area.
    pub in_area: bool,
    /// Whether the insurer number was checked against the prefecture's list; otherwise it is computed.
    pub insurer_verified: bool,
    /// A remark, Japanese.
    pub note: Option<String>,
    /// The municipality as an organisation; `None` for neighbours that take no part.
    pub organisation: Option<OrganisationId>,
}

impl Municipality {
    /// The name in the reader's language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        pick(lang, &self.name_ja, &self.name_en)
    }
}

/// A body with a name of its own: municipality, desk, association, provider …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Fixed in the data, so that other rooms can point to it.
    pub id: OrganisationId,
    /// `prefecture`, `municipality`, `desk`, `provider`, `hospital`, `operator` or another kind named in the data.
    pub kind: String,
    /// Full Japanese name.
    pub name: String,
    /// Short Japanese name that is still unambiguous.
    pub short_name: String,
    /// English name.
    pub name_en: String,
    /// Which part of the privacy law binds it: `private`, `administrative`, `public_hospital`, `processor`.
    pub regime: String,
    /// 団体コード of the municipality it is or lies in.
    pub municipality: Option<String>,
    /// Invented for the demo; pages mark it 架空.
    pub fictional: bool,
    /// Where the facts come from.
    pub source: String,
    /// When somebody last checked them.
    pub verified_on: Option<Date>,
    /// Whether the source names the organisation so; unverified ones are shown as such.
    pub verified: bool,
}

impl Organisation {
    /// The full name in the reader's language.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &str {
        pick(lang, &self.name, &self.name_en)
    }
}

/// A name people use for an organisation, with the district where it means that organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// What people say.
    pub alias: String,
    /// Whom they mean, Japanese full name.
    pub organisation: String,
    /// The same in English.
    pub organisation_en: String,
    /// Where the name was found.
    pub source: String,
    /// Whether it stands in a source; otherwise people just say so.
    pub verified: bool,
    /// Where they mean it; `None` = in the whole area.
    pub district: Option<District>,
}

/// A standing body in which municipalities take part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Council {
    /// Identifier fixed in the data.
    pub id: CouncilId,
    /// Japanese name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// Where the fact comes from.
    pub source: String,
    /// Whether the source names it so, with these members.
    pub verified: bool,
}

/// A number that helps at any hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrgentNumber {
    /// As it is dialled: `119`.
    pub number: String,
    /// Who answers.
    pub name: Names,
    /// When to call.
    pub when: Names,
    /// Where it works, Japanese.
    pub scope: String,
    /// Whether it is sure that it works in the whole area.
    pub verified: bool,
}

impl Council {
    /// The name in the reader's language.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &str {
        pick(lang, &self.name, &self.name_en)
    }
}

/// Who reads a window's page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// People who live in the area, and their families.
    #[default]
    Resident,
    /// People who work in medicine and care.
    Professional,
}

impl Audience {
    /// Both, residents first.
    pub const ALL: [Self; 2] = [Self::Resident, Self::Professional];

    /// The stored code, also used in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Professional => "professional",
        }
    }

    /// Reads a stored code or an address.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.code() == code)
    }
}

/// The texts of a window that an office writes. `None` = nobody has registered it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// Name of the window, Japanese.
    pub window_ja: Option<String>,
    /// Name of the window, English.
    pub window_en: Option<String>,
    /// Telephone as it is dialled, half-width.
    pub phone: Option<String>,
    /// Fax number, half-width.
    pub fax: Option<String>,
    /// Weekly hours.
    pub hours: Option<Hours>,
    /// What the weekly hours cannot say, Japanese.
    pub hours_note_ja: Option<String>,
    /// The same in English.
    pub hours_note_en: Option<String>,
    /// What happens outside the hours, Japanese.
    pub outside_ja: Option<String>,
    /// The same in English.
    pub outside_en: Option<String>,
    /// Page of the window.
    pub url: Option<String>,
}

/// The one right window of a municipality for one kind of reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Identifier fixed in the data.
    pub id: ContactId,
    /// 団体コード of the municipality.
    pub municipality: String,
    /// Japanese and English name of the municipality.
    pub municipality_name: Names,
    /// Whom it serves.
    pub audience: Audience,
    /// The organisation that answers for the texts.
    pub owner: OrganisationId,
    /// Japanese and English name of the owner.
    pub owner_name: Names,
    /// What the owner (or a desk on its behalf) wrote.
    pub texts: Texts,
    /// 確認日.
    pub verified_on: Option<Date>,
    /// Who verified.
    pub verified_by: Option<Names>,
    /// Who entered the texts on the owner's behalf; `None` when the owner did.
    pub on_behalf: Option<Names>,
    /// Where the loaded values come from.
    pub source: String,
    /// When it was last saved.
    pub saved_at: Time,
    /// Guards against lost updates.
    pub version: i64,
}

/// A name in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Names {
    /// The name in the reader's language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        pick(lang, &self.ja, &self.en)
    }
}

/// Picks a text by language; an empty English text falls back to the Japanese one.
#[must_use]
pub fn pick<'a>(lang: Lang, ja: &'a str, en: &'a str) -> &'a str {
    if lang == Lang::En && !en.is_empty() {
        en
    } else {
        ja
    }
}

/// Like [`pick`] for texts that may be unknown. Also says whether the text is in the other language than asked.
#[must_use]
pub fn pick_text<'a>(
    lang: Lang,
    ja: Option<&'a str>,
    en: Option<&'a str>,
) -> Option<(&'a str, Lang)> {
    let ja = ja.map(|text| (text, Lang::Ja));
    let en = en.map(|text| (text, Lang::En));
    if lang == Lang::En {
        en.or(ja)
    } else {
        ja.or(en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fall_back_to_the_other_language_and_say_so() {
        assert_eq!(
            pick_text(Lang::En, Some("窓口"), None),
            Some(("窓口", Lang::Ja))
        );
        assert_eq!(
            pick_text(Lang::En, Some("窓口"), Some("Desk")),
            Some(("Desk", Lang::En))
        );
        assert_eq!(pick_text(Lang::Ja, None, None), None);
    }
}
