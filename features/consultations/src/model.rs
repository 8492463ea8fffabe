//! Types and rules of a consultation; pure.

use kernel::{AccountId, Date, OrganisationId, Time, Uuid};

use crate::{
    codes::List,
    sealed::{self, Texts},
};

store::ids! {
    /// A consultation.
    pub ConsultationId;
    /// A line of its history.
    pub EventId;
    /// A provider that was named to the caller.
    pub ReferralId;
    /// A need that nothing met.
    pub UnmetId;
}

/// Who usually talks: two lanes (MZ-3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lane {
    /// Somebody whose work it is.
    #[default]
    Professional,
    /// A resident.
    Resident,
}

impl Lane {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Professional, Self::Resident];

    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Professional => "professional",
            Self::Resident => "resident",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.code() == code)
    }

    /// The lane by which a kind of caller usually comes.
    #[must_use]
    pub fn of_caller(caller: &str) -> Self {
        List::Caller
            .find(caller)
            .and_then(|c| Self::from_code(c.extra))
            .unwrap_or_default()
    }
}

/// Where a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Typed, not yet saved by hand; no figure counts it.
    Draft,
    /// The desk works on it.
    Open,
    /// Somebody outside has to answer first.
    Waiting,
    /// Another organisation has it.
    HandedOver,
    /// Done, with a result.
    Closed,
}

/// What is done to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Saved by hand the first time.
    Take,
    /// Waits for somebody outside.
    Wait,
    /// Worked on again: the answer came, or the hand-over came back.
    Resume,
    /// Another organisation accepted it.
    HandOver,
    /// Done.
    Close,
    /// The caller rang again.
    Reopen,
}

/// A step that this state does not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a consultation that is {} does not take this step", .0.code())]
pub struct StepRefused(pub State);

impl State {
    /// All states.
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Open,
        Self::Waiting,
        Self::HandedOver,
        Self::Closed,
    ];

    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::HandedOver => "handed_over",
            Self::Closed => "closed",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// The state after a step.
    ///
    /// # Errors
    /// [`StepRefused`] when this state does not take it.
    pub fn after(self, step: Step) -> Result<Self, StepRefused> {
        match (self, step) {
            (Self::Draft, Step::Take)
            | (Self::Waiting | Self::HandedOver, Step::Resume)
            | (Self::Closed, Step::Reopen) => Ok(Self::Open),
            (Self::Open, Step::Wait) => Ok(Self::Waiting),
            (Self::Open | Self::Waiting, Step::HandOver) => Ok(Self::HandedOver),
            (Self::Open | Self::Waiting | Self::HandedOver, Step::Close) => Ok(Self::Closed),
            (state, _) => Err(StepRefused(state)),
        }
    }

    /// Whether figures count it.
    #[must_use]
    pub fn counts(self) -> bool {
        self != Self::Draft
    }
}

/// The coded fields of a consultation; sets hold known codes of their list, each once, most important first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// 団体コード of the municipality for which it is taken; empty while nobody said.
    pub municipality: String,
    /// Lane.
    pub lane: Lane,
    /// [`List::Channel`].
    pub channel: String,
    /// [`List::Caller`].
    pub caller: String,
    /// The caller's office in the directory.
    pub caller_provider: Option<Uuid>,
    /// [`List::Age`]; this and the next may be empty: not asked.
    pub age_band: String,
    /// [`List::CareLevel`].
    pub care_level: String,
    /// [`List::Living`].
    pub living: String,
    /// [`List::Category`]; the first is the main one.
    pub categories: Vec<String>,
    /// [`List::Scene`].
    pub scenes: Vec<String>,
    /// [`List::Treatment`].
    pub treatments: Vec<String>,
    /// [`List::Response`].
    pub responses: Vec<String>,
    /// [`List::Urgency`].
    pub urgency: String,
    /// [`List::Basis`].
    pub legal_basis: String,
    /// Minutes spent, 0 to 1440.
    pub minutes: i64,
    /// [`List::Result`]; empty until closed.
    pub result: String,
    /// [`List::NeedMet`]; empty until closed.
    pub need_met: String,
    /// Whether it shows an issue of the area.
    pub area_issue: bool,
    /// When to look at it again.
    pub follow_up_on: Option<Date>,
}

/// What keeps a record from being saved or closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// No municipality.
    Municipality,
    /// No kind of caller.
    Caller,
    /// No category.
    Category,
    /// Neither a question nor an answer in words.
    Asked,
    /// No result.
    Result,
    /// Whether the need was met is not said.
    NeedMet,
}

impl Fields {
    /// The main category, or nothing.
    #[must_use]
    pub fn category(&self) -> &str {
        self.categories.first().map_or("", String::as_str)
    }

    /// What is missing before it can be saved by hand.
    #[must_use]
    pub fn lacks(&self, texts: &Texts) -> Vec<Lack> {
        let mut out = Vec::new();
        if self.municipality.is_empty() {
            out.push(Lack::Municipality);
        }
        if self.caller.is_empty() {
            out.push(Lack::Caller);
        }
        if self.categories.is_empty() {
            out.push(Lack::Category);
        }
        if texts.asked.trim().is_empty() {
            out.push(Lack::Asked);
        }
        out
    }

    /// What is missing before it can be closed.
    #[must_use]
    pub fn lacks_to_close(&self) -> Vec<Lack> {
        let mut out = Vec::new();
        if self.result.is_empty() {
            out.push(Lack::Result);
        }
        if self.need_met.is_empty() {
            out.push(Lack::NeedMet);
        }
        out
    }

    /// The ground on which the record is kept, where nobody chose one: a call about nobody, or the delegated task.
    #[must_use]
    pub fn basis(&self, texts: &Texts) -> &str {
        match self.legal_basis.as_str() {
            "" | "anonymous" if texts.names_somebody() => "delegation",
            "" => "anonymous",
            chosen => chosen,
        }
    }
}

/// Keyed hashes by which earlier calls are found; see [`sealed`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hashes {
    /// Of the caller's number.
    pub caller: Option<Vec<u8>>,
    /// Of the pseudonym.
    pub person: Option<Vec<u8>>,
}

impl Hashes {
    /// Of the texts of a record of this desk.
    #[must_use]
    pub fn of(key: &store::InstallationKey, desk: OrganisationId, texts: &Texts) -> Self {
        Self {
            caller: sealed::caller_hash(key, desk, &texts.caller_phone),
            person: sealed::person_hash(key, desk, &texts.person),
        }
    }
}

/// Where a record came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The intake screen.
    Intake,
    /// Typed from paper.
    Paper,
    /// Last years' table.
    Import,
    /// A resident's request to be called.
    Callback,
    /// Invented, for the demo.
    Demo,
}

impl Origin {
    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Paper => "paper",
            Self::Import => "import",
            Self::Callback => "callback",
            Self::Demo => "demo",
        }
    }
}

/// A record to be added. Ids, seals and hashes are made before the write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewConsultation {
    /// Its id.
    pub id: ConsultationId,
    /// The desk.
    pub desk: OrganisationId,
    /// Its codes.
    pub fields: Fields,
    /// Its texts, sealed ([`Texts::seal`]).
    pub texts: Vec<u8>,
    /// Hashes for lookup.
    pub hashes: Hashes,
    /// When the call came.
    pub received_at: Time,
    /// [`State::Draft`] from the intake screen; imports and demo data may bring any state ([`State::Closed`] needs `closed_at`).
    pub state: State,
    /// When it was closed.
    pub closed_at: Option<Time>,
    /// Who took it.
    pub taken_by: Option<AccountId>,
    /// Where it came from.
    pub origin: Origin,
    /// The import it belongs to.
    pub batch: Option<Uuid>,
    /// Whether it is invented.
    pub fictional: bool,
}

/// A record as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consultation {
    /// Its id.
    pub id: ConsultationId,
    /// The desk.
    pub desk: OrganisationId,
    /// Its codes.
    pub fields: Fields,
    /// Its texts, sealed; see [`Consultation::texts`].
    pub sealed: Vec<u8>,
    /// When the call came.
    pub received_at: Time,
    /// Where it stands.
    pub state: State,
    /// When it was first saved by hand.
    pub saved_at: Option<Time>,
    /// When it last changed.
    pub changed_at: Time,
    /// When it was closed.
    pub closed_at: Option<Time>,
    /// How often it was opened again.
    pub reopened: i64,
    /// Who took it.
    pub taken_by: Option<AccountId>,
    /// Their name.
    pub taken_name: String,
    /// Who works on it now; nobody named: who took it.
    pub held_by: Option<AccountId>,
    /// Their name.
    pub held_name: String,
    /// The organisation that accepted a hand-over.
    pub receiver: Option<OrganisationId>,
    /// Its name.
    pub receiver_name: String,
    /// Where it came from, as stored.
    pub origin: String,
    /// When its texts were destroyed.
    pub disposed_at: Option<Time>,
    /// Whether it is invented.
    pub fictional: bool,
    /// Counts changes.
    pub version: i64,
    /// Whether the reader belongs to the desk (not to the receiver).
    pub own: bool,
}

impl Consultation {
    /// Its texts.
    ///
    /// # Errors
    /// [`store::Error::Key`] for another key or changed bytes.
    pub fn texts(&self, key: &store::InstallationKey) -> store::Result<Texts> {
        Texts::open(key, self.id, &self.sealed)
    }

    /// A short number to say on the telephone: day of the call and four characters of the id, without look-alikes.
    #[must_use]
    pub fn reference(&self) -> String {
        reference(self.id, self.received_at)
    }
}

/// See [`Consultation::reference`].
#[must_use]
pub fn reference(id: ConsultationId, received_at: Time) -> String {
    const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let day = received_at.date_jst();
    let uuid = id.uuid();
    let tail = uuid.as_bytes();
    let mut out = format!("{:02}{:02}{:02}-", day.year() % 100, day.month(), day.day());
    for byte in &tail[12..] {
        out.push(char::from(LETTERS[usize::from(byte % 32)]));
    }
    out
}

/// A line of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// When.
    pub at: Time,
    /// Who; nobody when the program did it.
    pub name: String,
    /// What, a code: `taken`, `changed`, `waiting`, `resumed`, `closed`, `reopened`, `referred`, `unreferred`, `unmet`, …
    pub what: String,
    /// Codes.
    pub detail: String,
    /// Words, sealed ([`sealed::open_note`]).
    pub note: Option<Vec<u8>>,
}

/// A provider that was named to the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referral {
    /// Its id.
    pub id: ReferralId,
    /// The directory's id.
    pub provider: Option<Uuid>,
    /// As it was called then.
    pub name: String,
    /// Kind of service looked for.
    pub kind: String,
    /// What the provider said: empty, `accepted`, `declined`, `waiting`.
    pub answer: String,
    /// When.
    pub at: Time,
}

/// A need that nothing met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// Its id.
    pub id: UnmetId,
    /// The call it came from.
    pub consultation: Option<ConsultationId>,
    /// 団体コード.
    pub municipality: String,
    /// A town.
    pub place: String,
    /// [`List::Service`].
    pub service: String,
    /// [`List::Why`].
    pub why: String,
    /// When.
    pub at: Time,
    /// Whether it is invented.
    pub fictional: bool,
    /// Counts changes.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STEPS: [Step; 6] = [
        Step::Take,
        Step::Wait,
        Step::Resume,
        Step::HandOver,
        Step::Close,
        Step::Reopen,
    ];

    #[test]
    fn codes_round_trip() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
        for lane in Lane::ALL {
            assert_eq!(Lane::from_code(lane.code()), Some(lane));
        }
        assert_eq!(Lane::of_caller("family"), Lane::Resident);
        assert_eq!(Lane::of_caller("hospital"), Lane::Professional);
    }

    proptest! {
        #[test]
        fn a_draft_never_comes_back_and_only_reopening_leaves_closed(steps in prop::collection::vec(0..6_usize, 0..40)) {
            let mut state = State::Draft;
            for step in steps {
                let before = state;
                if let Ok(next) = state.after(STEPS[step]) {
                    prop_assert_ne!(next, State::Draft);
                    prop_assert_ne!(next, before);
                    if before == State::Closed {
                        prop_assert_eq!(STEPS[step], Step::Reopen);
                    }
                    state = next;
                }
            }
        }
    }

    #[test]
    fn what_is_missing_is_named_and_the_ground_follows_the_texts() {
        let (mut fields, mut texts) = (Fields::default(), Texts::default());
        assert_eq!(
            fields.lacks(&texts),
            [
                Lack::Municipality,
                Lack::Caller,
                Lack::Category,
                Lack::Asked
            ]
        );
        assert_eq!(fields.basis(&texts), "anonymous");
        texts.person = "Aさん".to_owned();
        assert_eq!(fields.basis(&texts), "delegation");
        fields.legal_basis = "consent".to_owned();
        assert_eq!(fields.basis(&texts), "consent");
    }
}
