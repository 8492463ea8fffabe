//! Runs of digits that look like an individual number (マイナンバー).
//!
//! The law allows these numbers in few procedures and in none of this system's, so a text that
//! holds one is not stored. The check digit passes for one random run in eleven and for the
//! remainders 0 and 1 alike, so about one harmless run in ten is marked too: the message that goes
//! with it must be kind.

use std::ops::Range;

/// Finds runs of exactly twelve digits that pass the check of an individual number, as byte ranges
/// of `text`.
///
/// Digits may be half or full width, with single spaces or hyphens of any kind between them
/// (`1234-5678-9018`, `１２３４　５６７８　９０１８`). A run that goes on to a thirteenth digit is
/// some other number. Linear in the length of the text.
#[must_use]
pub fn find_my_numbers(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if text.len() < 12 {
        return found;
    }
    let mut run = Run::default();
    for (at, c) in text.char_indices() {
        if let Some(value) = digit_of(c) {
            run.push(value, at, c);
        } else if run.digits > 0 && !run.after_gap && is_gap(c) {
            run.after_gap = true;
        } else if run.digits > 0 {
            found.extend(run.finish());
        }
    }
    found.extend(run.finish());
    found
}

/// Digits that belong together so far.
#[derive(Default)]
struct Run {
    values: [u8; 12],
    digits: usize,
    start: usize,
    end: usize,
    after_gap: bool,
}

impl Run {
    fn push(&mut self, value: u8, at: usize, c: char) {
        if self.digits == 0 {
            self.start = at;
        }
        if let Some(place) = self.values.get_mut(self.digits) {
            *place = value;
        }
        self.digits += 1;
        self.end = at + c.len_utf8();
        self.after_gap = false;
    }

    fn finish(&mut self) -> Option<Range<usize>> {
        let run = std::mem::take(self);
        (run.digits == 12 && passes(&run.values)).then_some(run.start..run.end)
    }
}

fn digit_of(c: char) -> Option<u8> {
    match c {
        '0'..='9' | '０'..='９' => {
            u8::try_from((u32::from(c) & 0xff).wrapping_sub(if c.is_ascii() { 0x30 } else { 0x10 }))
                .ok()
        }
        _ => None,
    }
}

fn is_gap(c: char) -> bool {
    matches!(
        c,
        ' ' | '-' | '\u{3000}' | '\u{a0}' | '\u{2010}'
            ..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{ff0d}' | '\u{ff70}'
    )
}

/// The check of the ministerial order of 2014: weights 2–7 then 2–6 from the right, modulo 11;
/// remainders 0 and 1 give 0.
fn passes(values: &[u8; 12]) -> bool {
    let weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
    let sum: u32 = values
        .iter()
        .zip(weights)
        .map(|(value, weight)| u32::from(*value) * weight)
        .sum();
    let check = match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    u32::from(values[11]) == check
}

#[cfg(test)]
pub(super) fn my_number_digit(eleven: &[u8; 11]) -> u8 {
    let mut values = [0; 12];
    values[..11].copy_from_slice(eleven);
    (0..10)
        .find(|check| {
            values[11] = *check;
            passes(&values)
        })
        .unwrap()
}
