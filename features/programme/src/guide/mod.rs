//! Help for somebody without medical training: five plain questions that end in an issue, and cards about what usually follows
//! an illness. Nothing here asks for a medical judgement; that goes to a professional as one question.

pub(crate) mod actions;
pub(crate) mod card_pages;
pub mod cards;
pub mod model;
pub(crate) mod pages;
pub(crate) mod store;
