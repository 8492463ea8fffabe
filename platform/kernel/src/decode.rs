//! Bytes of a file from outside to text: which encoding, and where it breaks.

use std::fmt;

use encoding_rs::{Decoder, DecoderResult, SHIFT_JIS, UTF_16BE, UTF_16LE};

use crate::Lang;

/// How a file was written. Files for exchange in this trade are UTF-8 or CP932 (the Shift_JIS of
/// Windows); Excel also saves "Unicode text", which is UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a mark; plain ASCII counts as this.
    Utf8,
    /// UTF-8 with a byte order mark, as Excel writes and wants.
    Utf8Bom,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Shift_JIS with the additions of Windows.
    Cp932,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Bom => "UTF-8 (BOM)",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Cp932 => "CP932 (Shift_JIS)",
        })
    }
}

/// A file as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The whole text, without a byte order mark; line ends as in the file.
    pub text: String,
    /// How it was written.
    pub encoding: Encoding,
}

/// The bytes are not text in the encoding they most look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// The first bad byte, counted from 0.
    pub at: usize,
    /// Its line, counted from 1.
    pub line: usize,
    /// What was tried.
    pub encoding: Encoding,
    /// Why it is refused.
    pub why: Why,
}

/// Why bytes are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A byte that the encoding does not have at this place.
    BadByte(u8),
    /// The file ends inside a character: it was cut off.
    CutOff,
    /// A null byte: a picture, a spreadsheet or a program, not text.
    Binary,
}

impl DecodeError {
    /// The sentence for the person who sent the file.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let Self {
            at,
            line,
            encoding,
            why,
        } = self;
        match (lang, why) {
            (Lang::Ja, Why::BadByte(byte)) => format!(
                "{line}行目（先頭から{at}バイト目）に、{encoding} として読めない文字（0x{byte:02X}）があります。Excelでは「CSV UTF-8」を選んで保存し直してください。"
            ),
            (Lang::En, Why::BadByte(byte)) => format!(
                "Line {line} (byte {at}) holds 0x{byte:02X}, which is not a character in {encoding}. In Excel, save the file again as \"CSV UTF-8\"."
            ),
            (Lang::Ja, Why::CutOff) => {
                format!(
                    "{line}行目（先頭から{at}バイト目）の文字の途中でファイルが終わっています。もう一度書き出してください。"
                )
            }
            (Lang::En, Why::CutOff) => {
                format!(
                    "The file ends in the middle of a character on line {line} (byte {at}). Please export it again."
                )
            }
            (Lang::Ja, Why::Binary) => {
                format!(
                    "文字のファイルではありません（{line}行目、先頭から{at}バイト目）。CSV または文字だけのファイルを選んでください。"
                )
            }
            (Lang::En, Why::Binary) => {
                format!(
                    "This is not a text file (line {line}, byte {at}). Please choose a CSV or plain text file."
                )
            }
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for DecodeError {}

/// Finds the encoding and reads the whole file.
///
/// A byte order mark decides; without one, valid UTF-8 is UTF-8, then UTF-16 is known by its null
/// bytes, and the rest must be CP932. When neither fits, the error tells the place for whichever
/// of the two reads further.
///
/// # Errors
/// [`DecodeError`] with byte and line.
pub fn text(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return utf8(rest, Encoding::Utf8Bom, 3);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return wide(rest, Encoding::Utf16Le, 2);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return wide(rest, Encoding::Utf16Be, 2);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return wide(bytes, encoding, 0);
    }
    let first = match utf8(bytes, Encoding::Utf8, 0) {
        // Cut in its last character after good ones: a torn UTF-8 file, however CP932 reads it.
        Err(error) if error.why == Why::CutOff && !bytes[..error.at].is_ascii() => {
            return Err(error);
        }
        Err(error) if error.why != Why::Binary => error,
        done => return done,
    };
    match with(
        SHIFT_JIS.new_decoder_without_bom_handling(),
        bytes,
        Encoding::Cp932,
        0,
    ) {
        Ok(decoded) => Ok(decoded),
        // Japanese in UTF-8 read as CP932 breaks within a few bytes, and the other way round: the
        // reading that got further is the one that was meant.
        Err(second) if second.at > first.at => Err(second),
        Err(_) => Err(first),
    }
}

fn utf8(bytes: &[u8], encoding: Encoding, skipped: usize) -> Result<Decoded, DecodeError> {
    // A null byte says more than any bad byte: this is no text at all.
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(fail(&bytes[..at], at + skipped, encoding, Why::Binary));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded {
            text: text.to_owned(),
            encoding,
        }),
        Err(error) => {
            let at = error.valid_up_to();
            let why = match error.error_len() {
                Some(_) => Why::BadByte(bytes.get(at).copied().unwrap_or_default()),
                None => Why::CutOff,
            };
            Err(fail(&bytes[..at], at + skipped, encoding, why))
        }
    }
}

fn wide(bytes: &[u8], encoding: Encoding, skipped: usize) -> Result<Decoded, DecodeError> {
    let decoder = match encoding {
        Encoding::Utf16Be => UTF_16BE.new_decoder_without_bom_handling(),
        _ => UTF_16LE.new_decoder_without_bom_handling(),
    };
    with(decoder, bytes, encoding, skipped)
}

fn with(
    mut decoder: Decoder,
    bytes: &[u8],
    encoding: Encoding,
    skipped: usize,
) -> Result<Decoded, DecodeError> {
    let room = decoder
        .max_utf8_buffer_length_without_replacement(bytes.len())
        .unwrap_or(bytes.len());
    let mut text = String::with_capacity(room);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    let fault = match result {
        DecoderResult::InputEmpty => text.find('\0').map(|at| (at, Why::Binary)),
        DecoderResult::OutputFull => Some((text.len(), Why::CutOff)),
        DecoderResult::Malformed(bad, beyond) => {
            let at = read.saturating_sub(usize::from(bad) + usize::from(beyond));
            let cut = read == bytes.len() && beyond == 0 && is_cut_off(&bytes[at..], encoding);
            let why = if cut {
                Why::CutOff
            } else {
                Why::BadByte(bytes.get(at).copied().unwrap_or_default())
            };
            return Err(DecodeError {
                at: at + skipped,
                line: 1 + newlines(text.as_bytes()),
                encoding,
                why,
            });
        }
    };
    match fault {
        None => Ok(Decoded { text, encoding }),
        Some((at, why)) => {
            let line = 1 + newlines(&text.as_bytes()[..at]);
            let in_file = match encoding {
                Encoding::Utf16Le | Encoding::Utf16Be => text[..at].encode_utf16().count() * 2,
                _ => bytes.iter().position(|byte| *byte == 0).unwrap_or(at),
            };
            Err(DecodeError {
                at: in_file + skipped,
                line,
                encoding,
                why,
            })
        }
    }
}

/// Whether the rest of the file is the beginning of a character and no more.
fn is_cut_off(rest: &[u8], encoding: Encoding) -> bool {
    match (encoding, rest) {
        (Encoding::Utf16Le | Encoding::Utf16Be, [_]) => true,
        (Encoding::Cp932, [lead]) => matches!(lead, 0x81..=0x9f | 0xe0..=0xfc),
        _ => false,
    }
}

/// UTF-16 without a mark: every line end has a null byte on one side. Only files whose first bytes
/// show nulls on one side alone are taken for it.
fn unmarked_utf16(bytes: &[u8]) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    if head.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let nulls = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let few = (head.len() / 40).max(2);
    match (nulls(0), nulls(1)) {
        (0, low) if low >= few => Some(Encoding::Utf16Le),
        (high, 0) if high >= few => Some(Encoding::Utf16Be),
        _ => None,
    }
}

fn newlines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

fn fail(before: &[u8], at: usize, encoding: Encoding, why: Why) -> DecodeError {
    DecodeError {
        at,
        line: 1 + newlines(before),
        encoding,
        why,
    }
}

#[cfg(test)]
mod tests;
