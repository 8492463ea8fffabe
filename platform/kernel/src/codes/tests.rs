use proptest::prelude::*;

use super::{individual::my_number_digit, *};

/// Name, municipality code, insurer number.
const TABLE: [(&str, &str, &str); 17] = [
    ("小田原市", "142069", "142067"),
    ("箱根町", "143821", "143826"),
    ("真鶴町", "143839", "143834"),
    ("湯河原町", "143847", "143842"),
    ("南足柄市", "142174", "142174"),
    ("中井町", "143618", "143610"),
    ("大井町", "143626", "143628"),
    ("松田町", "143634", "143636"),
    ("山北町", "143642", "143644"),
    ("開成町", "143669", "143669"),
    ("御殿場市", "222151", "222158"),
    ("熱海市", "222054", "222059"),
    ("秦野市", "142115", "142117"),
    ("小山町", "223441", "223446"),
    ("平塚市", "142034", "142034"),
    ("伊勢原市", "142140", "142141"),
    ("二宮町", "143421", "143420"),
];

fn fault<T: FromStr<Err = CodeError> + fmt::Debug>(text: &str) -> CodeFault {
    text.parse::<T>().unwrap_err().why
}

#[test]
fn both_numbers_of_each_municipality() {
    for (name, code, insurer) in TABLE {
        let parsed: MunicipalityCode = code
            .parse()
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(parsed.as_str(), code);
        assert_eq!(parsed.insurer().as_str(), insurer, "{name}");
        assert_eq!(insurer.parse(), Ok(parsed.insurer()));
        assert_eq!(MunicipalityCode::from_five(&code[..5]), Ok(parsed));
        if code != insurer {
            assert!(insurer.parse::<MunicipalityCode>().is_err(), "{name}");
            assert!(code.parse::<InsurerNumber>().is_err(), "{name}");
        }
    }
    for prefecture in ["140007", "220001"] {
        assert!(prefecture.parse::<MunicipalityCode>().is_ok());
    }
    // A municipality whose two numbers are both published.
    assert_eq!(
        "435074"
            .parse::<MunicipalityCode>()
            .unwrap()
            .insurer()
            .as_str(),
        "435073"
    );
}

#[test]
fn as_people_type_them() {
    let odawara: MunicipalityCode = "142069".parse().unwrap();
    for typed in [
        "１４２０６９",
        " 14206-9 ",
        "14 206 9",
        "１４２０６−９",
        "\u{feff}142069",
    ] {
        assert_eq!(typed.parse(), Ok(odawara), "{typed}");
    }
    assert_eq!(odawara.prefecture(), "14");
    assert_eq!(serde_json::to_string(&odawara).unwrap(), "\"142069\"");
    assert_eq!(
        serde_json::from_str::<MunicipalityCode>("\"142069\"").unwrap(),
        odawara
    );
}

#[test]
fn errors_say_what_was_expected() {
    assert_eq!(
        fault::<MunicipalityCode>("142067"),
        CodeFault::CheckDigit {
            found: '7',
            expected: '9'
        }
    );
    assert_eq!(
        fault::<MunicipalityCode>("14206"),
        CodeFault::Length {
            found: 5,
            expected: 6
        }
    );
    assert_eq!(fault::<MunicipalityCode>("　"), CodeFault::Empty);
    assert_eq!(
        fault::<MunicipalityCode>("14206x"),
        CodeFault::Character('X')
    );
    assert_eq!(
        fault::<MunicipalityCode>("14206あ"),
        CodeFault::Character('あ')
    );
    assert_eq!(fault::<MunicipalityCode>("992069"), CodeFault::Prefecture);
    assert_eq!(
        fault::<InsurerNumber>("142069"),
        CodeFault::CheckDigit {
            found: '9',
            expected: '7'
        }
    );
    let error = "142067".parse::<MunicipalityCode>().unwrap_err();
    assert!(
        error
            .message(Lang::Ja)
            .starts_with("団体コードの検査数字が合いません（入力は7、正しくは9）")
    );
    assert!(error.to_string().contains("is 7 where 9 is expected"));
    assert_eq!(
        "4567"
            .parse::<ProviderNumber>()
            .unwrap_err()
            .message(Lang::Ja),
        "事業所番号は10桁です（入力は4桁）。"
    );
}

#[test]
fn providers_may_have_letters() {
    for code in [
        "1471200123",
        "14A1200045",
        "１４Ｂ１２０００４５",
        "14a1200045",
    ] {
        assert!(code.parse::<ProviderNumber>().is_ok(), "{code}");
    }
    assert_eq!(
        "14a1200045".parse::<ProviderNumber>().unwrap().as_str(),
        "14A1200045"
    );
    assert_eq!(fault::<ProviderNumber>("9971200123"), CodeFault::Prefecture);
    assert_eq!(
        fault::<ProviderNumber>("A471200123"),
        CodeFault::Character('A')
    );
}

#[test]
fn corporations_carry_their_check_in_front() {
    // 国税庁, and the example of its own explanation of the check digit.
    for code in ["7000012050002", "8700110005901"] {
        assert_eq!(code.parse::<CorporateNumber>().unwrap().as_str(), code);
    }
    assert_eq!(
        fault::<CorporateNumber>("7700110005901"),
        CodeFault::CheckDigit {
            found: '7',
            expected: '8'
        }
    );
}

#[test]
fn individual_numbers_are_found_in_any_dress() {
    let text = "番号は 1234-5678-9018 です";
    let range = text.find('1').unwrap()..text.find(" で").unwrap();
    assert_eq!(
        find_my_numbers(text).as_slice(),
        std::slice::from_ref(&range)
    );
    for typed in [
        "123456789018",
        "１２３４　５６７８　９０１８",
        "1234ー5678ー9018",
        "1 2 3 4 5 6 7 8 9 0 1 8",
        "x123456789018y",
    ] {
        let found = find_my_numbers(typed);
        assert_eq!(found.len(), 1, "{typed}");
        assert!(typed[found[0].clone()].starts_with(['1', '１']));
    }
    for other in [
        "123456789012",
        "1234567890180",
        "0123456789018",
        "1234--5678-9018",
        "1234\n5678\n9018",
        "0465-33-1857",
        "12345678901",
        "",
    ] {
        assert!(find_my_numbers(other).is_empty(), "{other}");
    }
    assert_eq!(find_my_numbers("123456789018、123456789018").len(), 2);
}

proptest! {
    #[test]
    fn every_individual_number_is_found(eleven in prop::array::uniform11(0u8..10), before in "[a-zあ-ん。]{0,9}", after in "[a-zあ-ん。]{0,9}", wide in any::<bool>(), hyphens in any::<bool>()) {
        let mut number: String = eleven.iter().chain([&my_number_digit(&eleven)]).map(|value| char::from(b'0' + value)).collect();
        if hyphens {
            number = format!("{}-{}-{}", &number[..4], &number[4..8], &number[8..]);
        }
        if wide {
            number = number.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
        }
        let text = format!("{before}{number}{after}");
        let range = before.len()..before.len() + number.len();
        prop_assert_eq!(find_my_numbers(&text), vec![range; 1]);
    }

    #[test]
    fn ranges_always_cut_the_text(text in "[0-9０-９ \\-あ　]{0,80}") {
        for range in find_my_numbers(&text) {
            prop_assert!(text.get(range).is_some());
        }
    }

    #[test]
    fn no_mistyped_digit_passes(row in 0..TABLE.len(), place in 0..6_usize, shift in 1..10_u8) {
        for (code, municipality) in [(TABLE[row].1, true), (TABLE[row].2, false)] {
            let mut typed = code.as_bytes().to_vec();
            typed[place] = b'0' + (typed[place] - b'0' + shift) % 10;
            let typed = String::from_utf8(typed).unwrap();
            if municipality {
                // Remainders 0 and 10 both end in 1, so there a slip can pass unseen.
                let passes = typed.parse::<MunicipalityCode>().is_ok();
                prop_assert!(!passes || code.ends_with('1'), "{}", typed);
            } else {
                prop_assert!(typed.parse::<InsurerNumber>().is_err(), "{}", typed);
            }
        }
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,20}") {
        let _ = text.parse::<MunicipalityCode>().map_err(|error| error.message(Lang::Ja));
        let _ = text.parse::<InsurerNumber>().map_err(|error| error.message(Lang::En));
        let _ = text.parse::<ProviderNumber>().map_err(|error| error.to_string());
        let _ = text.parse::<CorporateNumber>().map_err(|error| error.to_string());
    }
}
