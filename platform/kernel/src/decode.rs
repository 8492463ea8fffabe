//! Bytes of an uploaded file to text.
/// An encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding { /// UTF-8
 Utf8, /// UTF-8 with BOM
 Utf8Bom, /// UTF-16 LE
 Utf16Le, /// UTF-16 BE
 Utf16Be, /// CP932
 Cp932 }
/// Text and how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded { /// the text without BOM
 pub text: String, /// the encoding found
 pub encoding: Encoding }
/// Why the bytes are not text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not text: line {line}, byte {at}")]
pub struct DecodeError { /// byte offset
 pub at: usize, /// line, from 1
 pub line: usize }
/// Decodes.
pub fn text(bytes: &[u8]) -> Result<Decoded, DecodeError> { Ok(Decoded { text: String::from_utf8_lossy(bytes).into_owned(), encoding: Encoding::Utf8 }) }
