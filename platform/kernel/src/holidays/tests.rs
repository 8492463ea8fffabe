use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// All days off by law of ten years, in order. `*` marks 振替休日, `+` marks 国民の休日.
const GOLDEN: [(i16, &str); 10] = [
    (
        2018,
        "1/1 1/8 2/11 2/12* 3/21 4/29 4/30* 5/3 5/4 5/5 7/16 8/11 9/17 9/23 9/24* 10/8 11/3 11/23 12/23 12/24*",
    ),
    (
        2019,
        "1/1 1/14 2/11 3/21 4/29 4/30+ 5/1 5/2+ 5/3 5/4 5/5 5/6* 7/15 8/11 8/12* 9/16 9/23 10/14 10/22 11/3 11/4* 11/23",
    ),
    (
        2020,
        "1/1 1/13 2/11 2/23 2/24* 3/20 4/29 5/3 5/4 5/5 5/6* 7/23 7/24 8/10 9/21 9/22 11/3 11/23",
    ),
    (
        2021,
        "1/1 1/11 2/11 2/23 3/20 4/29 5/3 5/4 5/5 7/22 7/23 8/8 8/9* 9/20 9/23 11/3 11/23",
    ),
    (
        2022,
        "1/1 1/10 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/18 8/11 9/19 9/23 10/10 11/3 11/23",
    ),
    (
        2023,
        "1/1 1/2* 1/9 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/17 8/11 9/18 9/23 10/9 11/3 11/23",
    ),
    (
        2024,
        "1/1 1/8 2/11 2/12* 2/23 3/20 4/29 5/3 5/4 5/5 5/6* 7/15 8/11 8/12* 9/16 9/22 9/23* 10/14 11/3 11/4* 11/23",
    ),
    (
        2025,
        "1/1 1/13 2/11 2/23 2/24* 3/20 4/29 5/3 5/4 5/5 5/6* 7/21 8/11 9/15 9/23 10/13 11/3 11/23 11/24*",
    ),
    (
        2026,
        "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6* 7/20 8/11 9/21 9/22+ 9/23 10/12 11/3 11/23",
    ),
    (
        2027,
        "1/1 1/11 2/11 2/23 3/21 3/22* 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23",
    ),
];

#[test]
fn ten_years_to_the_day() {
    for (year, golden) in GOLDEN {
        let found: Vec<String> = date(year, 1, 1)
            .series(1.day())
            .take_while(|day| day.year() == year)
            .filter_map(|day| {
                let mark = match name(day)?.ja {
                    "振替休日" => "*",
                    "国民の休日" => "+",
                    _ => "",
                };
                Some(format!("{}/{}{mark}", day.month(), day.day()))
            })
            .collect();
        assert_eq!(found.join(" "), golden, "{year}");
    }
}

#[test]
fn names_follow_the_law_of_their_year() {
    for (year, month, day, ja) in [
        (2000, 1, 10, "成人の日"),
        (2000, 5, 4, "国民の休日"),
        (2000, 7, 20, "海の日"),
        (2000, 9, 15, "敬老の日"),
        (2000, 10, 9, "体育の日"),
        (2002, 9, 15, "敬老の日"),
        (2002, 9, 16, "振替休日"),
        (2003, 7, 21, "海の日"),
        (2003, 9, 15, "敬老の日"),
        (2004, 9, 20, "敬老の日"),
        (2005, 3, 21, "振替休日"),
        (2006, 4, 29, "みどりの日"),
        (2006, 5, 4, "国民の休日"),
        (2007, 4, 29, "昭和の日"),
        (2007, 5, 4, "みどりの日"),
        (2008, 5, 6, "振替休日"),
        (2009, 9, 22, "国民の休日"),
        (2015, 9, 22, "国民の休日"),
        (2016, 8, 11, "山の日"),
        (2018, 12, 23, "天皇誕生日"),
        (2019, 5, 1, "即位の日"),
        (2019, 10, 22, "即位礼正殿の儀の行われる日"),
        (2020, 2, 23, "天皇誕生日"),
        (2020, 7, 23, "海の日"),
        (2020, 7, 24, "スポーツの日"),
        (2021, 7, 23, "スポーツの日"),
        (2021, 8, 8, "山の日"),
        (2022, 10, 10, "スポーツの日"),
        (2032, 9, 21, "国民の休日"),
    ] {
        assert_eq!(
            name(date(year, month, day)).map(|holiday| holiday.ja),
            Some(ja),
            "{year}-{month}-{day}"
        );
    }
    for (year, month, day) in [
        (2003, 5, 4), // a Sunday between two holidays, before 2007
        (2003, 7, 20),
        (2015, 8, 11),
        (2019, 2, 23),
        (2019, 12, 23),
        (2020, 7, 20),
        (2020, 8, 11),
        (2020, 10, 12),
        (2021, 7, 19),
        (2021, 8, 11),
        (1999, 1, 1),
        (2100, 1, 1),
    ] {
        assert_eq!(name(date(year, month, day)), None, "{year}-{month}-{day}");
    }
    assert_eq!(
        name(date(2026, 1, 1)).map(|holiday| holiday.name(Lang::En)),
        Some("New Year's Day")
    );
}

#[test]
fn equinoxes_that_moved() {
    for (year, march, september) in [
        (2000, 20, 23),
        (2003, 21, 23),
        (2011, 21, 23),
        (2012, 20, 22),
        (2016, 20, 22),
        (2023, 21, 23),
        (2025, 20, 23),
        (2044, 20, 22),
        (2092, 19, 22),
    ] {
        assert_eq!((spring(year), autumn(year)), (march, september), "{year}");
    }
}

proptest! {
    #[test]
    fn each_holiday_on_a_sunday_has_a_day_off_after_it(days in 0_i32..36_524) {
        let day = date(2000, 1, 1).checked_add(days.days()).unwrap();
        if name(day).is_some() && day.weekday() == Weekday::Sunday {
            let mut next = day.tomorrow().unwrap();
            while statutory(next).is_some() && day.year() >= 2007 {
                next = next.tomorrow().unwrap();
            }
            prop_assert!(name(next).is_some(), "{next}");
        }
    }

    #[test]
    fn a_year_has_fourteen_to_twenty_three(year in 2000_i16..2100) {
        let count = date(year, 1, 1).series(1.day()).take_while(|day| day.year() == year).filter(|day| name(*day).is_some()).count();
        prop_assert!((14..=23).contains(&count), "{year}: {count}");
    }
}
