//! An invented survey of any size, for measuring. Every text says that it is invented.

use kernel::Env;

use crate::{
    import::{Draft, Known, Register, Row},
    model::{Ask, Head},
};

const PHRASES: &str = include_str!("bench_phrases.txt");

/// A survey of `municipalities` × `questions` with the register that knows those municipalities; the slug is
/// `bench-{municipalities}x{questions}`. About half of the answers are one of a few common texts, a quarter are near to
/// one, the rest are each their own.
#[must_use]
pub fn bench_fixture(municipalities: usize, questions: usize, env: &Env) -> (Draft, Register) {
    let mut phrases = PHRASES.lines();
    let (town, question) = (
        phrases.next().unwrap_or_default(),
        phrases.next().unwrap_or_default(),
    );
    let columns: Vec<Vec<String>> = (0..questions)
        .map(|q| bodies(municipalities, q as u64 + 1))
        .collect();
    let mut register = Register::default();
    let mut rows = Vec::with_capacity(municipalities);
    for at in 0..municipalities {
        let (code, name) = (code(at), format!("{town}{:04}", at + 1));
        register.insert(
            &code,
            Known {
                name: name.clone(),
                organisation: env.id(),
            },
        );
        let answers = columns
            .iter()
            .map(|column| column.get(at).cloned())
            .collect();
        rows.push(Row {
            code,
            name,
            answers,
        });
    }
    let head = Head {
        slug: format!("bench-{municipalities}x{questions}"),
        title: format!("{question} {municipalities} x {questions}"),
        fiscal_year: 2024,
        source: question.to_owned(),
        ..Head::default()
    };
    let questions = (1..=questions)
        .map(|n| Ask::of(&n.to_string(), &format!("{question} {n}")))
        .collect();
    (
        Draft {
            head,
            questions,
            rows,
            ..Draft::default()
        },
        register,
    )
}

/// The answers of so many municipalities to one question.
pub(crate) fn bodies(municipalities: usize, seed: u64) -> Vec<String> {
    let phrases: Vec<&str> = PHRASES.lines().skip(2).collect();
    let mut random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut below = |n: usize| {
        // Xorshift: the fixture must be the same on every machine.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random >> 33).unwrap_or(0) % n
    };
    let mut text = |sentences: usize| {
        (0..sentences)
            .map(|_| format!("{}{}", phrases[below(phrases.len())], below(90_000)))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let common: Vec<String> = (0..5).map(|_| text(6)).collect();
    (0..municipalities)
        .map(|at| match at % 4 {
            0 | 1 => common[at / 4 % common.len()].clone(),
            2 => format!("{}\n{}", common[at / 4 % common.len()], text(1)),
            _ => text(5 + at % 3),
        })
        .collect()
}

/// A municipality code of the right form: five digits and the check digit (weights 6 to 2, modulus 11).
fn code(at: usize) -> String {
    let five = format!("{:05}", 1000 + at * 7 % 90_000);
    let sum: u32 = five
        .chars()
        .zip([6, 5, 4, 3, 2])
        .map(|(c, weight)| c.to_digit(10).unwrap_or(0) * weight)
        .sum();
    format!("{five}{}", (11 - sum % 11) % 10)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use kernel::{Time, codes::MunicipalityCode};

    use super::*;

    #[test]
    fn every_code_is_right_and_used_once() {
        let (draft, register) = bench_fixture(1741, 2, &Env::fixed(Time(0), 1));
        let codes: BTreeSet<&str> = draft.rows.iter().map(|r| r.code.as_str()).collect();
        assert_eq!(codes.len(), 1741);
        for code in codes {
            assert!(code.parse::<MunicipalityCode>().is_ok(), "{code}");
            assert!(register.get(code).is_some());
        }
        assert!(draft.rows.iter().all(|r| r.answers.len() == 2));
    }
}
