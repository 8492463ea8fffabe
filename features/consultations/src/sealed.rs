//! What people wrote and who they are, sealed with the installation's key: no index, no log and no backup reads it without.

use kernel::OrganisationId;
use serde::{Deserialize, Serialize};
use store::{Error, InstallationKey, Result};

use crate::model::ConsultationId;

/// The texts of one consultation. Empty: nothing was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Texts {
    /// What was asked.
    pub asked: String,
    /// What was answered.
    pub answer: String,
    /// The caller's name.
    pub caller_name: String,
    /// The caller's office in words, when it is not in the directory (or beside it).
    pub caller_office: String,
    /// The caller's number, as typed.
    pub caller_phone: String,
    /// The person it is about: a pseudonym the desk chose, or nothing.
    pub person: String,
    /// Where the person lives: a town (町丁), no house number.
    pub place: String,
    /// How it ended, in words.
    pub outcome: String,
}

impl Texts {
    /// Encrypts the texts. Draws randomness: call it before the write closure.
    ///
    /// # Errors
    /// [`Error::Key`] when the system gives no randomness.
    pub fn seal(&self, key: &InstallationKey, id: ConsultationId) -> Result<Vec<u8>> {
        let json = serde_json::to_vec(self).map_err(|e| Error::Engine(e.to_string()))?;
        key.seal(&json, &context(id))
    }

    /// Decrypts the texts of a record. No bytes are no texts: they were destroyed.
    ///
    /// # Errors
    /// [`Error::Key`] for another key or changed bytes.
    pub fn open(key: &InstallationKey, id: ConsultationId, sealed: &[u8]) -> Result<Self> {
        if sealed.is_empty() {
            return Ok(Self::default());
        }
        let plain = key.open(sealed, &context(id))?;
        serde_json::from_slice(&plain).map_err(|e| Error::Key(e.to_string()))
    }

    /// Whether somebody could be told from these texts' own fields for persons.
    #[must_use]
    pub fn names_somebody(&self) -> bool {
        !self.person.is_empty() || !self.caller_name.is_empty() || !self.caller_phone.is_empty()
    }
}

fn context(id: ConsultationId) -> String {
    format!("consultation:{id}")
}

/// Encrypts a note of a record's history.
///
/// # Errors
/// [`Error::Key`] when the system gives no randomness.
pub fn seal_note(key: &InstallationKey, id: ConsultationId, note: &str) -> Result<Option<Vec<u8>>> {
    if note.is_empty() {
        return Ok(None);
    }
    key.seal(note.as_bytes(), &format!("consultation-note:{id}"))
        .map(Some)
}

/// Decrypts a note of a record's history.
///
/// # Errors
/// [`Error::Key`] for another key or changed bytes.
pub fn open_note(key: &InstallationKey, id: ConsultationId, sealed: &[u8]) -> Result<String> {
    let plain = key.open(sealed, &format!("consultation-note:{id}"))?;
    String::from_utf8(plain.to_vec()).map_err(|e| Error::Key(e.to_string()))
}

/// A caller's number as a keyed hash that is equal within one desk only; `None` when there are fewer than six digits.
#[must_use]
pub fn caller_hash(key: &InstallationKey, desk: OrganisationId, number: &str) -> Option<Vec<u8>> {
    let number = kernel::text::half_width(number);
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    // The international form of a Japanese number is the same number.
    let digits = match digits.strip_prefix("81") {
        Some(rest) if number.trim_start().starts_with('+') => format!("0{rest}"),
        _ => digits,
    };
    (digits.len() >= 6).then(|| hash(key, "consultation caller", desk, &digits))
}

/// A pseudonym as a keyed hash that is equal within one desk only; widths, case and spaces do not matter.
#[must_use]
pub fn person_hash(key: &InstallationKey, desk: OrganisationId, person: &str) -> Option<Vec<u8>> {
    let folded: String = kernel::text::fold(person)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    (!folded.is_empty()).then(|| hash(key, "consultation person", desk, &folded))
}

fn hash(key: &InstallationKey, context: &str, desk: OrganisationId, text: &str) -> Vec<u8> {
    let mut bytes = desk.uuid().as_bytes().to_vec();
    bytes.extend_from_slice(text.as_bytes());
    key.mac(context, &bytes)[..16].to_vec()
}

#[cfg(test)]
mod tests {
    use kernel::{Env, Time};

    use super::*;

    #[test]
    fn texts_open_only_under_their_own_record() {
        let env = Env::fixed(Time(0), 3);
        let key = InstallationKey::generate().unwrap();
        let (one, other): (ConsultationId, ConsultationId) = (env.id(), env.id());
        let texts = Texts {
            asked: "往診".to_owned(),
            ..Texts::default()
        };
        let sealed = texts.seal(&key, one).unwrap();
        assert_eq!(Texts::open(&key, one, &sealed).unwrap(), texts);
        assert!(Texts::open(&key, other, &sealed).is_err());
        assert_eq!(Texts::open(&key, one, &[]).unwrap(), Texts::default());
    }

    #[test]
    fn numbers_and_names_meet_however_they_are_typed() {
        let env = Env::fixed(Time(0), 4);
        let key = InstallationKey::generate().unwrap();
        let (desk, beside): (OrganisationId, OrganisationId) = (env.id(), env.id());
        let number = caller_hash(&key, desk, "0465-00-1234");
        assert!(number.is_some());
        assert_eq!(number, caller_hash(&key, desk, "０４６５（００）１２３４"));
        assert_eq!(number, caller_hash(&key, desk, "+81 465 00 1234"));
        assert_ne!(number, caller_hash(&key, beside, "0465-00-1234"));
        assert_eq!(caller_hash(&key, desk, "119"), None);
        assert_eq!(
            person_hash(&key, desk, "Ａ さん"),
            person_hash(&key, desk, "aさん")
        );
        assert_eq!(person_hash(&key, desk, "　"), None);
    }
}
