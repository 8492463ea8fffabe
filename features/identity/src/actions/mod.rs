//! One function per intention. Each draws its random values first, then decides and writes in one transaction with its audit row.

pub mod account;
mod attempt;
pub mod confirm;
mod factor;
pub mod invite;
pub mod join;
mod known;
pub mod office;
pub mod sign_in;

pub(crate) use factor::totp_context;

use kernel::{AccountId, OrganisationId, Time};
use store::{Audit, Db, FieldChange, Outcome, Tx};
use web::session::NewSession;
use web::{Ctx, OrgKind};

use crate::store::memberships::Membership;

/// Why an intention was not carried out. The page says so in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not there, or not yours.
    NotThere,
    /// The code, password or number is wrong, used or too old.
    Wrong,
    /// Too many wrong attempts; wait until then.
    Locked(Time),
    /// The sign-in name or address belongs to somebody.
    Taken,
    /// Somebody else was faster, or the page is old.
    Stale,
    /// The role does not allow it.
    MayNot,
    /// It would leave the office without a manager, or the installation without an administrator.
    LastOne,
    /// The account already belongs to the office.
    Member,
}

/// What stops an action: a refusal, or the database.
#[derive(Debug)]
pub enum Error {
    /// Refused by a rule.
    Refused(Refusal),
    /// The database.
    Store(store::Error),
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound => Self::Refused(Refusal::NotThere),
            other => Self::Store(other),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Error> for web::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(Refusal::NotThere) => Self::NotFound,
            Error::Refused(_) => Self::Forbidden,
            Error::Store(error) => error.into(),
        }
    }
}

/// The result of an action.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Kinds of short secrets, each hashed with a key of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Secret {
    Invitation,
    Recovery,
    Step,
    Name,
    Address,
}

/// The keyed hash under which a short secret is stored: of no use to somebody who has only the database.
pub(crate) fn keyed(db: &Db, secret: Secret, text: &str) -> [u8; 32] {
    let context = match secret {
        Secret::Invitation => "identity.invitation",
        Secret::Recovery => "identity.recovery",
        Secret::Step => "identity.step",
        Secret::Name => "identity.name",
        Secret::Address => "identity.address",
    };
    db.key().mac(context, text.as_bytes())
}

/// A recovery code belongs to its account, so the same letters elsewhere hash differently.
pub(crate) fn keyed_recovery(db: &Db, account: AccountId, code: &str) -> [u8; 32] {
    keyed(db, Secret::Recovery, &format!("{account}:{code}"))
}

/// A numbered code belongs to its sheet and number.
pub(crate) fn keyed_number(
    db: &Db,
    sheet: crate::model::SheetId,
    number: i64,
    code: &str,
) -> [u8; 32] {
    db.key().mac(
        "identity.sheet",
        format!("{sheet}:{number}:{code}").as_bytes(),
    )
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// The browser: what it calls itself, and what it shows of having been here before.
#[derive(Clone, Debug, Default)]
pub struct Agent {
    name: String,
    known: Option<String>,
}

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Agent {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        _: &S,
    ) -> std::result::Result<Self, Self::Rejection> {
        let name = parts
            .headers
            .get(axum::http::header::USER_AGENT)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default();
        Ok(Self {
            name: name.to_owned(),
            known: known::shown(&parts.headers),
        })
    }
}

/// Everything a session needs that must be drawn or known before the write.
#[derive(Clone, Debug)]
pub(crate) struct Seed {
    id: kernel::SessionId,
    token: String,
    address: String,
    agent: String,
    lang: kernel::Lang,
}

impl Seed {
    pub(crate) fn new(cx: &Ctx, agent: &Agent) -> Self {
        let (id, token) = NewSession::secrets(cx.env());
        Self {
            id,
            token,
            address: cx.ip.to_string(),
            agent: agent.name.clone(),
            lang: cx.lang,
        }
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }
}

/// Begins a session in one of the account's memberships.
pub(crate) fn open_session(
    tx: &mut Tx,
    seed: &Seed,
    (account, name): (AccountId, &str),
    place: &Membership,
    second_factor: bool,
) -> Result<()> {
    let organisation =
        areas::store::organisation(tx, place.organisation)?.ok_or(Refusal::NotThere)?;
    let new = NewSession {
        id: seed.id,
        token: seed.token.clone(),
        account,
        name: name.to_owned(),
        organisation: place.organisation,
        organisation_name: organisation.label(seed.lang).to_owned(),
        kind: kind_of(&organisation.kind),
        role: place.role,
        profession: place.profession.clone(),
        second_factor,
        address: seed.address.clone(),
        agent: seed.agent.clone(),
    };
    web::session::start(tx, &new)?;
    crate::store::accounts::signed_in(tx, account)?;
    // Declarations of who acts for whom may have changed since the last time.
    crate::store::memberships::refresh_access(tx, account)?;
    Ok(())
}

/// The kind of an organisation for permissions. A kind that the rules do not know gets the fewest rights.
pub(crate) fn kind_of(stored: &str) -> OrgKind {
    areas::rules::rights_of(stored)
}

/// An audit row about an account.
pub(crate) fn about(
    action: &'static str,
    account: Option<AccountId>,
    office: Option<OrganisationId>,
) -> Audit {
    Audit {
        action,
        table: "account",
        id: account.map(|a| a.uuid()),
        subject: office.map(|o| o.uuid()),
        ..Audit::default()
    }
}

/// The same, refused.
pub(crate) fn refused(mut audit: Audit) -> Audit {
    audit.result = Outcome::Refused;
    audit
}

/// A changed field of an audit row.
pub(crate) fn field(name: &'static str, old: Option<&str>, new: Option<&str>) -> FieldChange {
    FieldChange {
        name,
        old: old.map(str::to_owned),
        new: new.map(str::to_owned),
    }
}
