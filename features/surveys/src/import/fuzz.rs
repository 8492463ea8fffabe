//! Any bytes are answered without a panic, and what is written is read back.

use proptest::prelude::*;

use super::{
    from_csv, from_json, from_xlsx,
    tests::{TEN, csv, export, head, register},
};
use crate::export::Format;

fn body() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(prop_oneof![
        "[あ-ん一-龠a-zA-Z0-9=+@'＝_x\", \t\n・①-]{0,40}",
        "(=|'|\\+|-|@|（未回答）)[a-z0-9()!|]{0,8}",
        "_x00[0-9A-F]{2}_",
        "[ \\PC\n]{0,20}",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_back(bodies in proptest::collection::vec(body(), 20)) {
        let mut draft = from_json(TEN, &register()).unwrap();
        for (row, two) in draft.rows.iter_mut().zip(bodies.chunks(2)) {
            row.answers[..2].clone_from_slice(two);
        }
        draft.marks.clear();
        let h = draft.head.clone();
        for (format, back) in [
            (Format::Json, from_json(&export(&draft, Format::Json), &register())),
            (Format::Csv, from_csv(&export(&draft, Format::Csv), h.clone(), &register())),
            (Format::Xlsx, from_xlsx(&export(&draft, Format::Xlsx), h.clone(), &register())),
        ] {
            let back = back.map_err(|p| TestCaseError::fail(format!("{format:?} {p:?}")))?;
            prop_assert_eq!(&back.rows, &draft.rows, "{:?}", format);
        }
    }

    #[test]
    fn no_bytes_make_an_importer_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = from_json(&bytes, &register());
        let _ = from_csv(&bytes, head(), &register());
        let _ = from_xlsx(&bytes, head(), &register());
    }

    #[test]
    fn no_damage_makes_an_importer_panic(at in 0..60_000usize, byte in any::<u8>(), cut in 0..60_000usize) {
        let draft = from_json(TEN, &register()).unwrap();
        for format in Format::ALL {
            let mut bytes = export(&draft, format);
            let (at, cut) = (at % bytes.len(), cut % bytes.len());
            bytes[at] = byte;
            for bytes in [&bytes[..], &bytes[..cut]] {
                let _ = match format {
                    Format::Json => from_json(bytes, &register()),
                    Format::Csv => from_csv(bytes, head(), &register()),
                    Format::Xlsx => from_xlsx(bytes, head(), &register()),
                };
            }
        }
    }

    #[test]
    fn no_table_makes_an_importer_panic(text in "(団体コード|市町村名|143821|箱根町|1 取組|[\",\n'=　 ]|a){0,40}") {
        let _ = csv(&text);
        let _ = csv(&format!("団体コード,市町村名,1 取組\n{text}"));
    }
}
