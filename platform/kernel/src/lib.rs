//! The pure ground floor: ids, clock and randomness, Japanese dates, holidays, codes with check
//! digits, text, decoding of files, word differences, the drawing of QR codes.
//!
//! Nothing here reads a file, a socket or a database. The one door to the outside is [`Env`]: the
//! clock and the source of randomness, which come in as a parameter everywhere and stand still in
//! tests. This is also the only crate that may hold Japanese words in code, because the names of
//! eras, weekdays and holidays are rules of the calendar and not texts of the interface.

pub mod calendar;
pub mod codes;
pub mod decode;
pub mod diff;
mod env;
pub mod holidays;
mod id;
mod lang;
mod money;
pub mod qr;
pub mod text;
mod time;
pub mod wareki;

pub use calendar::BusinessCalendar;
pub use env::Env;
pub use id::AnyId;
pub use lang::Lang;
pub use money::Yen;
pub use text::NullByte;
pub use time::{Date, Time, TimeError};
pub use uuid::Uuid;
pub use wareki::{fiscal_year, format_date, format_fiscal_year, format_time, parse_date};

/// What the [`ids!`] macro needs from other crates; not for use by hand.
#[doc(hidden)]
pub mod macro_support {
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
    pub use uuid::{Error as UuidError, Uuid};
}

ids! {
    /// Who signs in: one human being's account.
    pub AccountId;
    /// A municipality, desk, association, office or hospital.
    pub OrganisationId;
    /// One signed-in browser.
    pub SessionId;
}
