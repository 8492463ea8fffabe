//! Makes word differences readable.

use unicode_normalization::char::canonical_combining_class;

use super::{Kind, Piece, Pieces};

/// A stretch of changes.
#[derive(Default)]
struct Change {
    gone: String,
    come: String,
}

impl Change {
    fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.come.is_empty()
    }

    /// Characters of the longer side.
    fn size(&self) -> usize {
        self.gone.chars().count().max(self.come.chars().count())
    }
}

/// Merges what is too small to be seen as unchanged, then takes off the mark what a longer word
/// only adds to.
pub(super) fn tidy(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out = Pieces::default();
    let mut change = Change::default();
    let mut pieces = pieces.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        match piece.kind {
            Kind::Deleted => change.gone.push_str(&piece.text),
            Kind::Inserted => change.come.push_str(&piece.text),
            Kind::Same
                if !change.is_empty()
                    && pieces.peek().is_some()
                    && is_island(&piece.text, change.size()) =>
            {
                change.gone.push_str(&piece.text);
                change.come.push_str(&piece.text);
            }
            Kind::Same => {
                flush(&mut out, &mut change);
                out.push(Kind::Same, &piece.text);
            }
        }
    }
    flush(&mut out, &mut change);
    out.0
}

/// One or two characters within a sentence, after a longer change. A sign that ends a clause is
/// kept: it is where the eye rests.
fn is_island(text: &str, change: usize) -> bool {
    let size = text.chars().count();
    size <= 2
        && size < change
        && !text.contains([
            '\n', '。', '、', '，', '．', ',', '.', '」', '）', ')', '・', '：', ':',
        ])
}

/// Writes a change. Where one side only adds to the other at its beginning or end, the common part
/// is no change: 市町内 for 町内 marks 市 alone. 町民 for 住民 stays whole.
fn flush(out: &mut Pieces, change: &mut Change) {
    let Change { gone, come } = std::mem::take(change);
    let (short, long, kind) = if gone.len() <= come.len() {
        (&gone, &come, Kind::Inserted)
    } else {
        (&come, &gone, Kind::Deleted)
    };
    if !short.is_empty() {
        if let Some(rest) = long.strip_prefix(short.as_str())
            && is_seam(short, rest)
        {
            out.push(Kind::Same, short);
            out.push(kind, rest);
            return;
        }
        if let Some(rest) = long.strip_suffix(short.as_str())
            && is_seam(rest, short)
        {
            out.push(kind, rest);
            out.push(Kind::Same, short);
            return;
        }
    }
    out.push(Kind::Deleted, &gone);
    out.push(Kind::Inserted, &come);
}

/// Whether a text may be cut here: not before a mark or selector that belongs to the letter before
/// it, not after a joiner, and not inside a run of Latin letters or digits.
fn is_seam(before: &str, after: &str) -> bool {
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
        return true;
    };
    let clings = canonical_combining_class(next) != 0
        || matches!(next, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{200d}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{ff9e}' | '\u{ff9f}')
        || last == '\u{200d}'
        || matches!(
            (last, next),
            ('\u{1f1e6}'..='\u{1f1ff}', '\u{1f1e6}'..='\u{1f1ff}')
        );
    let inside_word = last.is_alphanumeric()
        && next.is_alphanumeric()
        && !is_japanese(last)
        && !is_japanese(next);
    !clings && !inside_word
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
