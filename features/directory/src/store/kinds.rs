//! The table of kinds: code data of the trade, kept with the program and written when it differs.

use store::{Result, Tx};

/// The kinds as this version of the program knows them.
const TABLE: &str = include_str!("../../data/service_kinds.tsv");

store::statements! {
    pub SAVE_KIND = "INSERT INTO service_kind (code, family, name_ja, name_en, short_ja, plain_ja, plain_en, words,
        billing_code, tone, shape, valid_from, valid_until, sort)
        VALUES (:code, :family, :name_ja, :name_en, :short_ja, :plain_ja, :plain_en, :words, :billing, :tone, :shape,
        :valid_from, :valid_until, :sort)
        ON CONFLICT (code) DO UPDATE SET family = excluded.family, name_ja = excluded.name_ja, name_en = excluded.name_en,
        short_ja = excluded.short_ja, plain_ja = excluded.plain_ja, plain_en = excluded.plain_en, words = excluded.words,
        billing_code = excluded.billing_code, tone = excluded.tone, shape = excluded.shape,
        valid_from = excluded.valid_from, valid_until = excluded.valid_until, sort = excluded.sort";
}

/// Code, family and official Japanese name of every kind, in order.
pub fn table() -> impl Iterator<Item = [&'static str; 13]> {
    TABLE.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        let row = std::array::from_fn(|_| cells.next().unwrap_or_default());
        (!row[0].is_empty()).then_some(row)
    })
}

/// Brings the table of kinds up to date.
///
/// # Errors
/// When the database fails.
pub fn save(tx: &mut Tx) -> Result<usize> {
    let mut count = 0;
    for (row, sort) in table().zip(1_i64..) {
        let day = |text: &'static str| (!text.is_empty()).then_some(text);
        tx.exec(
            &SAVE_KIND,
            store::params! {
                "code" => row[0], "family" => row[1], "name_ja" => row[2], "name_en" => row[3], "short_ja" => row[4],
                "plain_ja" => row[5], "plain_en" => row[6], "words" => row[7], "billing" => row[8], "tone" => row[9],
                "shape" => row[10], "valid_from" => day(row[11]), "valid_until" => day(row[12]), "sort" => sort,
            },
        )?;
        count += 1;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let mut codes: Vec<&str> = table().map(|row| row[0]).collect();
        assert!(codes.len() > 40, "{}", codes.len());
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), table().count());
        for row in table() {
            assert!(
                row[..6].iter().all(|cell| !cell.is_empty())
                    && !row[9].is_empty()
                    && !row[10].is_empty(),
                "{row:?}"
            );
            for day in &row[11..] {
                assert!(
                    day.is_empty() || kernel::wareki::parse_date(day).is_ok(),
                    "{row:?}"
                );
            }
        }
    }
}
