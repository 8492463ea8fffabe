//! Cutting one paragraph at slashes, full stops and the members of its list.

use super::{mark::Marked, words::Words};

/// Why a piece is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The whole paragraph, or a sentence of it.
    Sentence,
    /// Between slashes.
    Slash,
    /// A member of the list in brackets.
    Member,
    /// Brackets that name an attachment.
    Attachment,
}

/// A piece of a paragraph; offsets inside the paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) part: Part,
}

const STOP: char = '\u{3002}';
const SLASH: char = '\u{ff0f}';
const COMMA: char = '\u{3001}';
const OPEN: char = '\u{ff08}';

/// The pieces in their order; `list` when the last brackets may hold a list.
pub(super) fn pieces(line: &Marked, words: &Words, list: bool) -> Vec<Piece> {
    let mut out = Vec::new();
    let closes = partners(&line.chars[..line.past]);
    let slashed = find(line, &closes, line.from, line.past, SLASH).is_some();
    let part = if slashed { Part::Slash } else { Part::Sentence };
    let mut at = line.from;
    while at < line.past {
        let slash = find(line, &closes, at, line.past, SLASH).unwrap_or(line.past);
        sentences(line, words, &closes, (at, slash), part, &mut out);
        at = slash + 1;
    }
    if list && !slashed {
        members(line, &closes, &mut out);
    }
    out
}

fn sentences(
    line: &Marked,
    words: &Words,
    closes: &[Option<usize>],
    (from, past): (usize, usize),
    part: Part,
    out: &mut Vec<Piece>,
) {
    let mut at = from;
    while at < past {
        at = skip_blanks(line, at, past);
        if let Some(close) = bracket(line, closes, at, past) {
            let inner: String = line.chars[at + 1..close].iter().collect();
            if words.is_attachment(&inner) {
                out.push(Piece {
                    start: at,
                    end: close + 1,
                    part: Part::Attachment,
                });
                at = close + 1;
                continue;
            }
        }
        let mut end = find(line, closes, at, past, STOP).map_or(past, |stop| stop + 1);
        // Brackets right behind the full stop belong to the sentence, unless they name an attachment.
        while let Some(close) = bracket(line, closes, end, past) {
            let inner: String = line.chars[end + 1..close].iter().collect();
            if words.is_attachment(&inner) {
                break;
            }
            end = close + 1;
        }
        push(line, (at, end), part, out);
        at = end;
    }
}

/// Replaces a last piece that ends with a list in brackets by what stands before them and the members.
fn members(line: &Marked, closes: &[Option<usize>], out: &mut Vec<Piece>) {
    let Some(last) = out.last().copied() else {
        return;
    };
    let stop = usize::from(line.chars[last.end - 1] == STOP);
    let close = last.end - stop;
    let open = (last.start + 1..close).find(|at| {
        line.chars[*at] == OPEN && closes.get(*at).copied().flatten() == close.checked_sub(1)
    });
    let Some(open) = open.filter(|_| last.part == Part::Sentence && out.len() == 1) else {
        return;
    };
    let inside = (open + 1, close - 1);
    if find(line, closes, inside.0, inside.1, COMMA).is_none()
        || find(line, closes, inside.0, inside.1, STOP).is_some()
    {
        return;
    }
    out.pop();
    push(line, (last.start, open), Part::Sentence, out);
    let mut at = inside.0;
    while at < inside.1 {
        let comma = find(line, closes, at, inside.1, COMMA).unwrap_or(inside.1);
        push(line, (at, comma), Part::Member, out);
        at = comma + 1;
    }
}

fn push(line: &Marked, (from, past): (usize, usize), part: Part, out: &mut Vec<Piece>) {
    let start = skip_blanks(line, from, past);
    let mut end = past;
    while end > start && line.chars[end - 1].is_whitespace() {
        end -= 1;
    }
    if start < end {
        out.push(Piece { start, end, part });
    }
}

fn skip_blanks(line: &Marked, from: usize, past: usize) -> usize {
    let mut at = from;
    while at < past && line.chars[at].is_whitespace() {
        at += 1;
    }
    at
}

/// The first such sign outside brackets.
fn find(
    line: &Marked,
    closes: &[Option<usize>],
    from: usize,
    past: usize,
    sign: char,
) -> Option<usize> {
    let mut at = from;
    while at < past {
        if line.chars[at] == sign {
            return Some(at);
        }
        at = match closes.get(at).copied().flatten() {
            Some(close) if close < past => close + 1,
            _ => at + 1,
        };
    }
    None
}

/// Where the round brackets that open here close.
fn bracket(line: &Marked, closes: &[Option<usize>], at: usize, past: usize) -> Option<usize> {
    let open = at < past && line.chars[at] == OPEN;
    let close = closes.get(at).copied().flatten();
    close.filter(|close| open && *close < past)
}

/// For each opening bracket the place of its partner. Brackets without partner are ordinary characters.
fn partners(chars: &[char]) -> Vec<Option<usize>> {
    const PAIRS: [(char, char); 4] = [
        ('\u{ff08}', '\u{ff09}'),
        ('\u{300c}', '\u{300d}'),
        ('\u{300e}', '\u{300f}'),
        ('(', ')'),
    ];
    let mut out = vec![None; chars.len()];
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        if let Some((_, close)) = PAIRS.iter().find(|(o, _)| o == c) {
            open.push((at, *close));
        } else if PAIRS.iter().any(|(_, close)| close == c)
            && let Some(depth) = open.iter().rposition(|(_, close)| close == c)
        {
            out[open[depth].0] = Some(at);
            open.truncate(depth);
        }
    }
    out
}
