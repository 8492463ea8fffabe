//! Just enough of SQL's lexical rules to find words and parameters outside strings and comments.

/// A piece of a statement; joined together the pieces give the text again (a parameter with its colon).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// A keyword, name or number.
    Word(&'a str),
    /// `:name`, without the colon.
    Parameter(&'a str),
    /// A string or quoted name with its quotes.
    Quoted(&'a str),
    /// A comment with its marks.
    Comment(&'a str),
    /// One sign, or a run of white space.
    Other(&'a str),
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Cuts a text into its pieces. An unclosed string or comment runs to the end: the engine will complain.
pub(crate) fn pieces<'a>(sql: &'a str) -> Vec<Piece<'a>> {
    let mut list = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let second = rest[first.len_utf8()..].chars().next();
        let run = |start: usize, keep: fn(char) -> bool| {
            rest[start..]
                .find(|c| !keep(c))
                .map_or(rest.len(), |length| start + length)
        };
        let (end, make): (usize, fn(&'a str) -> Piece<'a>) = match (first, second) {
            ('\'' | '"', _) => {
                let close = rest[1..].find(first).map_or(rest.len(), |at| at + 2);
                (close, Piece::Quoted)
            }
            ('-', Some('-')) => (rest.find('\n').unwrap_or(rest.len()), Piece::Comment),
            ('/', Some('*')) => (
                rest.find("*/").map_or(rest.len(), |at| at + 2),
                Piece::Comment,
            ),
            (':', Some(':')) => (2, Piece::Other),
            (':', Some(c)) if is_word(c) => (run(1, is_word), |text| Piece::Parameter(&text[1..])),
            (c, _) if is_word(c) => (run(0, is_word), Piece::Word),
            (c, _) if c.is_whitespace() => (run(0, char::is_whitespace), Piece::Other),
            (c, _) => (c.len_utf8(), Piece::Other),
        };
        let (piece, after) = rest.split_at(end);
        list.push(make(piece));
        rest = after;
    }
    list
}

/// The words of a text in order, without strings, comments, signs and space.
pub(crate) fn words(sql: &str) -> impl Iterator<Item = &str> {
    pieces(sql).into_iter().filter_map(|piece| match piece {
        Piece::Word(word) => Some(word),
        _ => None,
    })
}
