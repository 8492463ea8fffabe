//! What people do in a round, one function per intention; each belongs into one write and leaves its audit row.
//!
//! The functions of [`answer`] take the transaction, so that other parts of this room (forms that come back, joint answers,
//! 代理入力) can use them inside their own write.

pub mod answer;
pub mod decide;
pub mod files;
pub mod publish;
pub mod round;

use forms::Problem;
use store::{Audit, Outcome};

use super::model::Refused;

pub use answer::{
    Clash, FieldInput, Saved, approve, ask, correct, refuse, save_fields, submit_outside, withdraw,
};

/// Why an action did not happen; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The state does not allow it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Somebody else was faster.
    #[error("somebody else saved in between")]
    Overtaken,
    /// No such field in the catalogue.
    #[error("no field {0}")]
    NoField(String),
    /// Fields that cannot be kept, or that must be filled in before submission, by key.
    #[error("{} fields cannot stand so", .0.len())]
    Fields(Vec<(String, Problem)>),
    /// The survey's address is taken, or cannot be one.
    #[error("the address is taken or cannot be one")]
    Slug,
    /// Something the round needs before this step: questions, addressees, a due date.
    #[error("missing: {0}")]
    Missing(&'static str),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<Refusal> for web::Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Store(error) => error.into(),
            other => Self::Invalid(other.to_string()),
        }
    }
}

fn audit(action: &'static str, table: &'static str, id: kernel::Uuid) -> Audit {
    Audit {
        action,
        table,
        id: Some(id),
        result: Outcome::Done,
        ..Audit::default()
    }
}
