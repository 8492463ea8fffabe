//! A text beside its base: what differs is marked by shape and word, and long equal stretches are left out.

use kernel::diff::{Kind, Piece, words};
use maud::{Markup, html};
use web::{Ctx, ui};

use super::linked;
use crate::i18n::t;

/// Equal stretches longer than this (in characters) lose their middle.
const LONG: usize = 48;
/// So much of them stays on each side that touches a difference.
const EDGE: usize = 10;
/// and up to so much where a comma or a full stop makes a better place to cut.
const REACH: usize = 22;

/// A stretch of a shortened comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Same(String),
    Gap,
    Added(String),
    Removed(String),
}

/// The comparison with marks; long equal stretches are shortened when `short`. Also whether something was left out.
pub(crate) fn marked(cx: &Ctx, base: &str, other: &str, short: bool) -> (Markup, bool) {
    let parts = parts(&words(base, other), short);
    let shortened = parts.contains(&Part::Gap);
    let made = html! {
        p lang="ja" {
            @for part in &parts {
                @match part {
                    Part::Same(text) => (lines(text)),
                    Part::Gap => { span.none-mark { "\u{2026}" span.visually-hidden lang=(cx.lang.code()) { (t!(cx, "diff-gap")) } } }
                    Part::Added(text) => ins {
                        span.visually-hidden lang=(cx.lang.code()) { (t!(cx, "diff-added")) } (lines(text))
                        span.visually-hidden lang=(cx.lang.code()) { (t!(cx, "diff-end")) }
                    },
                    Part::Removed(text) => del {
                        span.visually-hidden lang=(cx.lang.code()) { (t!(cx, "diff-removed")) } (lines(text))
                        span.visually-hidden lang=(cx.lang.code()) { (t!(cx, "diff-end")) }
                    },
                }
            }
        }
    };
    (made, shortened)
}

/// What the marks mean.
pub(crate) fn legend(cx: &Ctx) -> Markup {
    ui::legend(
        t!(cx, "legend-label"),
        &[
            (
                html! { ins { (t!(cx, "legend-words")) } },
                t!(cx, "legend-ins"),
            ),
            (
                html! { del { (t!(cx, "legend-words-del")) } },
                t!(cx, "legend-del"),
            ),
            (html! { span { "\u{2026}" } }, t!(cx, "legend-gap")),
        ],
    )
}

fn lines(text: &str) -> Markup {
    html! { @for (at, line) in text.split('\n').enumerate() { @if at > 0 { br; } (linked(line)) } }
}

fn parts(pieces: &[Piece], short: bool) -> Vec<Part> {
    let mut out = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece.kind {
            Kind::Inserted => mark(&mut out, &piece.text, Part::Added),
            Kind::Deleted => mark(&mut out, &piece.text, Part::Removed),
            Kind::Same if short && piece.text.chars().count() > LONG => {
                let chars: Vec<char> = piece.text.chars().collect();
                if at > 0 {
                    let stop = (EDGE..=REACH)
                        .find(|n| is_stop(chars[n - 1]))
                        .unwrap_or(EDGE);
                    out.push(Part::Same(chars[..stop].iter().collect()));
                }
                out.push(Part::Gap);
                if at + 1 < pieces.len() {
                    let last = chars.len();
                    let start = (EDGE..=REACH)
                        .find(|n| is_stop(chars[last - n - 1]))
                        .unwrap_or(EDGE);
                    out.push(Part::Same(chars[last - start..].iter().collect()));
                }
            }
            Kind::Same => out.push(Part::Same(piece.text.clone())),
        }
    }
    out
}

/// Commas, full stops, and what these answers use for them.
fn is_stop(c: char) -> bool {
    matches!(c, '\u{3001}' | '\u{3002}' | '\u{ff0f}' | '\n')
}

/// Marks words, and leaves the line breaks around them unmarked: a mark without words is a riddle.
fn mark(out: &mut Vec<Part>, text: &str, as_part: fn(String) -> Part) {
    let words = text.trim_matches('\n');
    let before = text.len() - text.trim_start_matches('\n').len();
    if words.is_empty() {
        // Only a paragraph's end differs: shown in the added place, dropped in the removed one.
        if as_part(String::new()) == Part::Added(String::new()) {
            out.push(Part::Same(text.to_owned()));
        }
        return;
    }
    if before > 0 {
        out.push(Part::Same("\n".repeat(before)));
    }
    out.push(as_part(words.to_owned()));
    let after = text.len() - before - words.len();
    if after > 0 {
        out.push(Part::Same("\n".repeat(after)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_equal_stretches_keep_their_edges() {
        let same = "あ".repeat(60);
        let piece = |kind, text: &str| Piece {
            kind,
            text: text.to_owned(),
        };
        let made = parts(
            &[
                piece(Kind::Same, &same),
                piece(Kind::Inserted, "い"),
                piece(Kind::Same, &same),
            ],
            true,
        );
        let edge = "あ".repeat(EDGE);
        assert_eq!(
            made,
            [
                Part::Gap,
                Part::Same(edge.clone()),
                Part::Added("い".to_owned()),
                Part::Same(edge),
                Part::Gap
            ]
        );
        assert_eq!(
            parts(&[piece(Kind::Same, &same)], false),
            [Part::Same(same)]
        );
        let stopped = format!("{}、{}", "あ".repeat(50), "い".repeat(15));
        let tail = parts(
            &[piece(Kind::Same, &stopped), piece(Kind::Deleted, "う")],
            true,
        );
        assert_eq!(tail[1], Part::Same("い".repeat(15)));
        let line = |text: &str| Part::Same(text.to_owned());
        assert_eq!(
            parts(&[piece(Kind::Inserted, "\nう")], true),
            [line("\n"), Part::Added("う".to_owned())]
        );
        assert_eq!(parts(&[piece(Kind::Deleted, "\n")], true), []);
    }
}
