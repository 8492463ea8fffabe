//! Survey rounds: the prefecture asks from a field catalogue, municipalities answer, approve and submit; the answers are laid
//! before all of them (内容確認) and published into the collation.
//!
//! Reusable by other parts of this room inside their own write: [`actions::save_fields`], [`actions::ask`],
//! [`actions::approve`], [`actions::submit_outside`]; reading: [`store`]. Rules and who sees what: `docs/features/surveys.md`.

pub mod actions;
pub mod model;
pub mod store;
