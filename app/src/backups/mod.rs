//! Nightly backups by the service itself: one encrypted archive, a copy elsewhere, generations, and a restore test every month.
//! What happened is a row per night; the administrator's pages and `renkei doctor` read it.

mod keep;
mod night;
pub mod rows;

pub use night::{Places, once, run};
