//! Proposed segments of an answer: which stretches of it say one thing each, and how they hang together.
//!
//! Pure rules, in this order, each named by the [`Reason`] shown to the clerk, who accepts, corrects or ignores it:
//!
//! 1. A number (`①`, `(1)`, `⑴`) or a bullet counts only at the head of a paragraph.
//! 2. A paragraph that begins with the arrow or with "also" belongs to the numbered head above; "as in ①" is a reference.
//! 3. The full-width slash splits; 4. the full stop splits inside a paragraph; neither does inside brackets.
//! 5. A list in full-width brackets at the end of a numbered head proposes its members as children, nested brackets whole.
//!    A comma splits nowhere else.
//! 6. Lead sentence, link, attachment and a bare organisation name are offered as such, not as statements.
//!
//! The wording of a numbered head, not its number, suggests an item of the programme; two items at once suggest none.
//! Offsets count Unicode code points inside a paragraph (a line of the text), the end is past the last one. Words are in `words.tsv`.

mod mark;
mod split;
mod words;

#[cfg(test)]
mod golden_tests;
#[cfg(test)]
mod tests;

use self::{
    mark::{Bullet, Marked},
    split::{Part, Piece},
    words::Words,
};

/// What a segment is to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Says something of its own.
    Head,
    /// Says one thing under a head.
    Child,
    /// Goes on about the head above.
    Continuation,
    /// Points to another head instead of repeating it.
    Reference,
    /// Introduces the heads that follow.
    Lead,
    /// A web address.
    Link,
    /// Names an attached paper.
    Attachment,
    /// A bare organisation name.
    Organisation,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 8] = [
        Self::Head,
        Self::Child,
        Self::Continuation,
        Self::Reference,
        Self::Lead,
        Self::Link,
        Self::Attachment,
        Self::Organisation,
    ];

    /// The word in files and forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Child => "child",
            Self::Continuation => "continuation",
            Self::Reference => "reference",
            Self::Lead => "lead",
            Self::Link => "link",
            Self::Attachment => "attachment",
            Self::Organisation => "organisation",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether such a segment can become an entry; the others are offered as sources or attachments of one.
    #[must_use]
    pub const fn is_statement(self) -> bool {
        matches!(self, Self::Head | Self::Child | Self::Continuation)
    }
}

/// The rule that proposed a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A number at the head of the paragraph.
    Number,
    /// A bullet at the head of the paragraph.
    Bullet,
    /// The arrow at the head of the paragraph.
    Arrow,
    /// "Also" at the head of the paragraph.
    Also,
    /// "As in" another number.
    SameAs,
    /// Between full-width slashes.
    Slash,
    /// A sentence among others.
    Sentence,
    /// A member of the list in brackets.
    List,
    /// The paragraph before the first number.
    Lead,
    /// A web address.
    Link,
    /// An attachment.
    Attachment,
    /// A bare organisation name.
    Organisation,
    /// A paragraph of its own.
    Paragraph,
}

/// A proposed segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Line of the answer, from 0.
    pub paragraph: usize,
    /// First code point inside the line.
    pub start: usize,
    /// Past the last code point.
    pub end: usize,
    /// What it is to its neighbours.
    pub role: Role,
    /// Place of the segment it belongs to, in the same list; always before it.
    pub parent: Option<usize>,
    /// Place of the segment it points to: "as in ①".
    pub refers: Option<usize>,
    /// The rule that proposed it.
    pub reason: Reason,
    /// The letter of the item that the head's wording suggests; children have their head's.
    pub item: Option<char>,
}

/// Most code points of a text that are looked at; the rest of a longer one gets no proposals.
const MOST: usize = 50_000;

/// The proposals for an answer, in the order of the text. They never overlap.
/// `names` are organisations known to the area: a paragraph that is nothing but one of them is offered as such.
#[must_use]
pub fn propose(body: &str, names: &[String]) -> Vec<Segment> {
    let words = words::words();
    if words.is_nothing(body) {
        return Vec::new();
    }
    let mut room = MOST;
    let mut lines = Vec::new();
    for line in crate::model::paragraphs(body) {
        let chars: Vec<char> = line.chars().collect();
        let Some(left) = room.checked_sub(chars.len() + 1) else {
            break;
        };
        room = left;
        lines.push(mark::read(chars, words));
    }
    let mut made = Made {
        words,
        names,
        out: Vec::new(),
        head: None,
        numbered: Vec::new(),
    };
    let mut said = lines.iter().enumerate().filter(|(_, l)| !l.is_empty());
    let first = said.next().map(|(at, _)| at);
    let counted = said
        .next()
        .is_some_and(|(_, l)| matches!(l.bullet, Bullet::Number(_)));
    for (paragraph, line) in lines.iter().enumerate() {
        made.paragraph(paragraph, line, counted && first == Some(paragraph));
    }
    made.out
}

/// The characters of a range, if it lies inside the text.
#[must_use]
pub fn slice(body: &str, paragraph: usize, start: usize, end: usize) -> Option<String> {
    let line = crate::model::paragraphs(body).get(paragraph).copied()?;
    let found: String = line
        .chars()
        .skip(start)
        .take(end.checked_sub(start)?)
        .collect();
    (start < end && found.chars().count() == end - start).then_some(found)
}

struct Made<'a> {
    words: &'a Words,
    names: &'a [String],
    out: Vec<Segment>,
    /// The numbered head that governs what follows.
    head: Option<usize>,
    /// Numbered heads so far.
    numbered: Vec<(u32, usize)>,
}

impl Made<'_> {
    fn paragraph(&mut self, paragraph: usize, line: &Marked, leads: bool) {
        if line.is_empty() {
            return;
        }
        if let Some((role, reason)) = self.aside(line) {
            let parent = line.numbers.first().and_then(|n| self.find(*n));
            self.push(
                paragraph,
                (line.from, line.past),
                (role, reason),
                parent,
                None,
            );
            return;
        }
        if leads && line.bullet == Bullet::None {
            self.push(
                paragraph,
                (line.from, line.past),
                (Role::Lead, Reason::Lead),
                None,
                None,
            );
            return;
        }
        match line.bullet {
            Bullet::Number(number) => self.numbered(paragraph, line, number),
            Bullet::Dot => {
                let role = self.head.map_or(Role::Head, |_| Role::Child);
                self.parts(paragraph, line, role, Reason::Bullet, self.head);
            }
            Bullet::Arrow | Bullet::Also if self.head.is_some() => {
                let reason = if line.bullet == Bullet::Arrow {
                    Reason::Arrow
                } else {
                    Reason::Also
                };
                if let Some(number) = line.same_as {
                    let target = self.find(number);
                    self.push(
                        paragraph,
                        (line.from, line.past),
                        (Role::Reference, Reason::SameAs),
                        self.head,
                        target,
                    );
                } else {
                    self.parts(paragraph, line, Role::Continuation, reason, self.head);
                }
            }
            Bullet::None | Bullet::Arrow | Bullet::Also => {
                self.head = None;
                self.parts(paragraph, line, Role::Head, Reason::Paragraph, None);
            }
        }
    }

    /// A numbered head: its first part is the head, what follows in the paragraph are its children.
    fn numbered(&mut self, paragraph: usize, line: &Marked, number: u32) {
        self.head = None;
        let pieces = split::pieces(line, self.words, true);
        let mut of: Option<usize> = None;
        for piece in pieces {
            let (role, reason, parent) = match (piece.part, of) {
                (Part::Attachment, _) => (
                    Role::Attachment,
                    Reason::Attachment,
                    self.out.len().checked_sub(1).filter(|_| of.is_some()),
                ),
                (Part::Member, of) => (Role::Child, Reason::List, of),
                (_, None) => (Role::Head, Reason::Number, None),
                (Part::Slash, of) => (Role::Child, Reason::Slash, of),
                (_, of) => (Role::Child, Reason::Sentence, of),
            };
            self.push(
                paragraph,
                (piece.start, piece.end),
                (role, reason),
                parent,
                None,
            );
            let last = self.out.len() - 1;
            if of.is_none() && role == Role::Head {
                of = Some(last);
                let text: String = line.chars[piece.start..piece.end].iter().collect();
                if let Some(made) = self.out.get_mut(last) {
                    made.item = self.words.item(&text);
                }
            } else if let Some(head) = of {
                let item = self.out.get(head).and_then(|h| h.item);
                if let Some(made) = self.out.get_mut(last).filter(|m| m.role == Role::Child) {
                    made.item = item;
                }
            }
        }
        self.head = of;
        if let Some(of) = of {
            self.numbered.push((number, of));
        }
    }

    /// The parts of any other paragraph, all with the same role.
    fn parts(
        &mut self,
        paragraph: usize,
        line: &Marked,
        role: Role,
        reason: Reason,
        parent: Option<usize>,
    ) {
        let pieces = split::pieces(line, self.words, false);
        let several = pieces.iter().filter(|p| p.part != Part::Attachment).count() > 1;
        let item = parent.and_then(|at| self.out.get(at)).and_then(|h| h.item);
        let mut before: Option<usize> = None;
        for Piece { start, end, part } in pieces {
            if part == Part::Attachment {
                self.push(
                    paragraph,
                    (start, end),
                    (Role::Attachment, Reason::Attachment),
                    before.or(parent),
                    None,
                );
                continue;
            }
            let why = match (part, reason) {
                (Part::Slash, _) => Reason::Slash,
                (_, Reason::Paragraph) if several => Reason::Sentence,
                (_, reason) if before.is_some() && reason == Reason::Bullet => Reason::Sentence,
                (_, reason) => reason,
            };
            self.push(paragraph, (start, end), (role, why), parent, None);
            before = Some(self.out.len() - 1);
            if let Some(made) = self.out.last_mut().filter(|_| role == Role::Child) {
                made.item = item;
            }
        }
    }

    /// Whether the paragraph is a link, an attachment or a bare name.
    fn aside(&self, line: &Marked) -> Option<(Role, Reason)> {
        let text: String = line.text().iter().collect();
        if self.words.is_link(&text) {
            return Some((Role::Link, Reason::Link));
        }
        if self.words.is_attachment(&text) {
            return Some((Role::Attachment, Reason::Attachment));
        }
        let bare = line.bullet == Bullet::None && self.words.is_organisation(&text, self.names);
        bare.then_some((Role::Organisation, Reason::Organisation))
    }

    fn find(&self, number: u32) -> Option<usize> {
        let found = self.numbered.iter().rev().find(|(n, _)| *n == number);
        found.map(|(_, at)| *at)
    }

    fn push(
        &mut self,
        paragraph: usize,
        (start, end): (usize, usize),
        (role, reason): (Role, Reason),
        parent: Option<usize>,
        refers: Option<usize>,
    ) {
        self.out.push(Segment {
            paragraph,
            start,
            end,
            role,
            parent,
            refers,
            reason,
            item: None,
        });
    }
}
