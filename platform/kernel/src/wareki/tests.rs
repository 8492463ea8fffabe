use jiff::{ToSpan, civil::date};
use proptest::prelude::*;

use super::*;

#[test]
fn eras_change_on_their_day() {
    for (year, month, day, ja, short) in [
        (1868, 10, 22, "1868年10月22日", "1868-10-22"),
        (1868, 10, 23, "明治元年10月23日", "M1.10.23"),
        (1912, 7, 29, "明治45年7月29日", "M45.7.29"),
        (1912, 7, 30, "大正元年7月30日", "T1.7.30"),
        (1926, 12, 24, "大正15年12月24日", "T15.12.24"),
        (1926, 12, 25, "昭和元年12月25日", "S1.12.25"),
        (1989, 1, 7, "昭和64年1月7日", "S64.1.7"),
        (1989, 1, 8, "平成元年1月8日", "H1.1.8"),
        (2019, 4, 30, "平成31年4月30日", "H31.4.30"),
        (2019, 5, 1, "令和元年5月1日", "R1.5.1"),
        (2026, 11, 22, "令和8年11月22日", "R8.11.22"),
    ] {
        let day = date(year, month, day);
        assert_eq!(format_day(day, Lang::Ja), ja);
        assert_eq!(format_short(day), short);
    }
    assert_eq!(ERAS[1].last_day(), Some(date(2019, 4, 30)));
    assert_eq!(ERAS[0].last_day(), None);
}

#[test]
fn both_languages() {
    let day = date(2026, 11, 22);
    assert_eq!(format_date(day, Lang::Ja), "令和8年11月22日（日）");
    assert_eq!(format_date(day, Lang::En), "22 November 2026 (Sun)");
    assert_eq!(format_day(day, Lang::En), "22 November 2026");
    let time: Time = "2026-11-22T00:05:59Z".parse().unwrap();
    assert_eq!(format_time(time, Lang::Ja), "令和8年11月22日（日）9:05");
    assert_eq!(format_time(time, Lang::En), "22 November 2026 (Sun), 9:05");
    assert_eq!(format_clock(time), "9:05");
}

#[test]
fn the_fiscal_year_begins_in_april() {
    assert_eq!(fiscal_year(date(2025, 3, 31)), 2024);
    assert_eq!(fiscal_year(date(2025, 4, 1)), 2025);
    assert_eq!(
        fiscal_year_days(2024),
        Some((date(2024, 4, 1), date(2025, 3, 31)))
    );
    for (year, ja) in [
        (2024, "令和6年度"),
        (2019, "令和元年度"),
        (2018, "平成30年度"),
        (1989, "平成元年度"),
        (1988, "昭和63年度"),
        (1867, "1867年度"),
    ] {
        assert_eq!(format_fiscal_year(year, Lang::Ja), ja);
        assert_eq!(
            parse_fiscal_year(ja).ok().filter(|_| year > 1867),
            (year > 1867).then_some(year)
        );
    }
    assert_eq!(format_fiscal_year(2024, Lang::En), "FY2024");
    for (typed, year) in [
        ("R6", 2024),
        ("FY2024", 2024),
        ("２０２４年度", 2024),
        (" 令和 ６ 年度 ", 2024),
        ("平成31年度", 2019),
        ("ＦＹ２０２６", 2026),
    ] {
        assert_eq!(parse_fiscal_year(typed), Ok(year), "{typed}");
    }
    for bad in ["", "令和", "24", "令和0年度", "R100", "来年度", "20240"] {
        assert!(parse_fiscal_year(bad).is_err(), "{bad}");
    }
    assert_eq!(format_fiscal_year(i32::MAX, Lang::Ja), "2147483647年度");
}

#[test]
fn what_people_type() {
    let day = date(2026, 11, 22);
    for typed in [
        "2026-11-22",
        "2026/11/22",
        "2026.11.22",
        "20261122",
        "2026年11月22日",
        "２０２６年１１月２２日",
        "2026年11月22日(日)",
        "R8.11.22",
        "r8.11.22",
        "R08.11.22",
        "R8/11/22",
        "Ｒ８．１１．２２",
        "R.8.11.22",
        "R081122",
        "令8.11.22",
        "令和8年11月22日",
        "令和８年１１月２２日（日）",
        "令和 8 年 11 月 22 日 日曜日",
        "㋿8年11月22日",
        "令和八年十一月二十二日",
        "二〇二六年十一月二十二日",
        "22 November 2026",
        "22nd November 2026",
        "22 Nov 2026 (Sun)",
        "November 22, 2026",
        "Nov 22, 2026",
        "Reiwa 8.11.22",
        " 2026-11-22\n",
        "2026−11−22",
        "2026ー11ー22",
    ] {
        assert_eq!(parse_date(typed), Ok(day), "{typed}");
    }
    assert_eq!(parse_date("令和元年5月1日"), Ok(date(2019, 5, 1)));
    assert_eq!(parse_date("R1.5.1"), Ok(date(2019, 5, 1)));
    assert_eq!(parse_date("昭和六十四年一月七日"), Ok(date(1989, 1, 7)));
    assert_eq!(parse_date("S15.2.29"), Ok(date(1940, 2, 29)));
    assert_eq!(parse_date("令和8年1月10日"), Ok(date(2026, 1, 10)));
}

#[test]
fn slips_are_named() {
    for (typed, error) in [
        ("", DateError::Empty),
        ("　", DateError::Empty),
        ("あした", DateError::Format),
        ("11/22", DateError::Format),
        ("26/11/22", DateError::Format),
        ("2026-11", DateError::Format),
        ("2026-11-22-1", DateError::Format),
        ("令和年11月22日", DateError::Format),
        ("令和0年1月1日", DateError::Format),
        ("May", DateError::Format),
        ("2026-02-29", DateError::NoSuchDay),
        ("2026-13-01", DateError::NoSuchDay),
        ("20260431", DateError::NoSuchDay),
        ("平成32年3月31日", DateError::OutsideEra(date(2020, 3, 31))),
        ("H31.5.1", DateError::OutsideEra(date(2019, 5, 1))),
        ("令和元年4月30日", DateError::OutsideEra(date(2019, 4, 30))),
        (
            "2026年11月22日（月）",
            DateError::Weekday(date(2026, 11, 22)),
        ),
    ] {
        assert_eq!(parse_date(typed), Err(error), "{typed}");
    }
    assert_eq!(
        parse_date("平成32年3月31日").unwrap_err().message(Lang::Ja),
        "その元号の期間にない日付です。令和2年3月31日（火）のことですか。"
    );
}

proptest! {
    #[test]
    fn every_day_is_read_as_written(days in 0_i32..90_000) {
        let day = date(1868, 10, 23).checked_add(days.days()).unwrap();
        for written in [
            format_date(day, Lang::Ja),
            format_date(day, Lang::En),
            format_day(day, Lang::Ja),
            format_day(day, Lang::En),
            format_short(day),
            day.to_string(),
        ] {
            prop_assert_eq!(parse_date(&written), Ok(day), "{}", written);
        }
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,40}") {
        let _ = parse_date(&text).map_err(|error| error.message(Lang::Ja));
        let _ = parse_fiscal_year(&text);
    }

    #[test]
    fn text_like_a_date_is_answered(text in "[令和平成昭元年月日RHSrhs0-9０-９./\\-()（）曜月火 十二〇jandecmy,]{0,16}") {
        let _ = parse_date(&text).map_err(|error| error.to_string());
        let _ = parse_fiscal_year(&text);
    }
}
