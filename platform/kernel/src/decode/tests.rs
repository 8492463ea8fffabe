use encoding_rs::SHIFT_JIS;
use proptest::prelude::*;

use super::*;

const SAMPLE: &str = "市町村,回答\r\n小田原市,①在宅医療の髙橋さん〜\r\n";

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn each_encoding_is_found() {
    let cp932 = SHIFT_JIS
        .encode("市町村,回答\r\n小田原市,①髙橋さん～\r\n")
        .0
        .into_owned();
    assert_eq!(text(&cp932).unwrap().encoding, Encoding::Cp932);
    assert!(text(&cp932).unwrap().text.contains("①髙橋さん～"));
    let marked = [b"\xef\xbb\xbf", SAMPLE.as_bytes()].concat();
    for (bytes, encoding) in [
        (SAMPLE.as_bytes().to_vec(), Encoding::Utf8),
        (marked, Encoding::Utf8Bom),
        (
            [b"\xff\xfe".to_vec(), utf16(SAMPLE, u16::to_le_bytes)].concat(),
            Encoding::Utf16Le,
        ),
        (
            [b"\xfe\xff".to_vec(), utf16(SAMPLE, u16::to_be_bytes)].concat(),
            Encoding::Utf16Be,
        ),
        (utf16(SAMPLE, u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(SAMPLE, u16::to_be_bytes), Encoding::Utf16Be),
    ] {
        assert_eq!(
            text(&bytes),
            Ok(Decoded {
                text: SAMPLE.to_owned(),
                encoding
            })
        );
    }
    assert_eq!(text(b"").unwrap().text, "");
}

#[test]
fn errors_name_the_place() {
    let fault = |bytes: &[u8]| {
        let error = text(bytes).unwrap_err();
        (error.line, error.at, error.encoding, error.why)
    };
    assert_eq!(
        fault("a\n小田".as_bytes().split_at(6).0),
        (2, 5, Encoding::Utf8, Why::CutOff)
    );
    assert_eq!(
        fault("小田原市\n\u{0}".as_bytes()),
        (2, 13, Encoding::Utf8, Why::Binary)
    );
    assert_eq!(
        fault(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        (3, 8, Encoding::Utf8, Why::Binary)
    );
    let mut cp932 = SHIFT_JIS.encode("小田原市\n箱根町\n").0.into_owned();
    cp932.extend([0xa0, b'x']);
    assert_eq!(fault(&cp932), (3, 16, Encoding::Cp932, Why::BadByte(0xa0)));
    cp932.truncate(16);
    cp932.push(0x8f);
    assert_eq!(fault(&cp932), (3, 16, Encoding::Cp932, Why::CutOff));
    let mixed = ["小田原市\n箱根町".as_bytes(), b"\x8f\xac\x93\x63"].concat();
    assert_eq!(fault(&mixed).0, 2);
    assert_eq!(
        fault(b"\xff\xfea\0b"),
        (1, 4, Encoding::Utf16Le, Why::CutOff)
    );
    assert_eq!(
        fault(b"\xff\xfea\0\n\0\0\0"),
        (2, 6, Encoding::Utf16Le, Why::Binary)
    );
    assert_eq!(
        fault(b"\xff\xfea\0\x00\xd8b\0"),
        (1, 4, Encoding::Utf16Le, Why::BadByte(0))
    );
}

#[test]
fn the_sentence_is_there_in_both_languages() {
    let error = text(b"a\n\xff\xff").unwrap_err();
    assert!(
        error
            .message(Lang::Ja)
            .starts_with("2行目（先頭から2バイト目）")
    );
    assert!(error.to_string().contains("Line 2 (byte 2)"));
}

proptest! {
    #[test]
    fn any_bytes_are_answered_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        match text(&bytes) {
            Ok(decoded) => prop_assert!(!decoded.text.contains('\0')),
            Err(error) => {
                prop_assert!(error.at <= bytes.len());
                prop_assert!(error.line >= 1);
                prop_assert!(!error.message(Lang::Ja).is_empty());
            }
        }
    }

    #[test]
    fn japanese_survives_every_encoding(words in "[ぁ-んァ-ヶ亜-熙a-z0-9、。\n]{0,80}") {
        for (bytes, encoding) in [
            (words.clone().into_bytes(), Encoding::Utf8),
            ([b"\xff\xfe".to_vec(), utf16(&words, u16::to_le_bytes)].concat(), Encoding::Utf16Le),
            ([b"\xfe\xff".to_vec(), utf16(&words, u16::to_be_bytes)].concat(), Encoding::Utf16Be),
        ] {
            let decoded = text(&bytes).unwrap();
            prop_assert_eq!(&decoded.text, &words);
            prop_assert_eq!(decoded.encoding, encoding);
        }
    }
}
