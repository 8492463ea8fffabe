//! Differences by words.
/// What happened to a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind { /// in both
 Same, /// only in the base
 Deleted, /// only in the other
 Inserted }
/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece { /// what happened
 pub kind: Kind, /// the words
 pub text: String }
/// Differences by words.
pub fn words(_base: &str, other: &str) -> Vec<Piece> { vec![Piece { kind: Kind::Same, text: other.to_owned() }] }
/// 0..=1
pub fn similarity(_a: &str, _b: &str) -> f64 { 0.0 }
