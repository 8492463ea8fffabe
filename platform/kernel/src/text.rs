//! Text.
/// The text holds a null byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text holds a null byte at byte {at}")]
pub struct NullByte { /// byte offset
 pub at: usize }
/// Line ends.
pub fn clean(text: &str) -> Result<String, NullByte> { Ok(text.to_owned()) }
/// Search folding.
pub fn fold(text: &str) -> String { text.to_owned() }
