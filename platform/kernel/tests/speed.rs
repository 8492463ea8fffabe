//! Prints how fast the functions are that run on each request. The bars are loose, so that a slow
//! machine does not fail them and a quadratic slip does: `cargo test -p kernel --test speed -- --nocapture`.

use std::time::{Duration, Instant};

use kernel::{codes, diff, text};

/// 100,000 characters of plain Japanese in 2,000 paragraphs.
fn long() -> String {
    (0..2_000)
        .map(|at| format!("{at}番目の取組として、在宅医療と介護の関係者が顔の見える関係をつくり、切れ目なく支える体制を進める。\n"))
        .collect()
}

#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "measures durations and prints them"
)]
fn measure(name: &str, bar: Duration, work: impl Fn() -> usize) {
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let start = Instant::now();
        std::hint::black_box(work());
        best = best.min(start.elapsed());
    }
    println!("{name:<44} {:>9.3} ms", best.as_secs_f64() * 1000.0);
    assert!(best < bar, "{name} took {best:?}");
}

#[test]
fn what_runs_on_each_request_is_fast() {
    let base = long();
    let edited = base
        .replace("7番目の取組", "7番目の新しい取組")
        .replace("在宅医療と介護", "医療と介護");
    let shuffled: String = base.lines().rev().flat_map(|line| [line, "\n"]).collect();
    let wide: String = base
        .chars()
        .map(|c| {
            if c.is_ascii_digit() {
                char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c)
            } else {
                c
            }
        })
        .collect();
    let endless = base.replace('\n', "");
    let second = Duration::from_secs(1);
    println!("{} characters, {} bytes", base.chars().count(), base.len());
    measure("clean, nothing to do", second / 4, || {
        text::clean(&base).map_or(0, |text| text.len())
    });
    let windows = base.replace('\n', "\r\n");
    measure("clean, CRLF", second / 4, || {
        text::clean(&windows).map_or(0, |text| text.len())
    });
    measure("fold, plain Japanese", second / 4, || {
        text::fold(&base).len()
    });
    measure("fold, with full-width digits", second, || {
        text::fold(&wide).len()
    });
    measure("find_my_numbers", second / 4, || {
        codes::find_my_numbers(&wide).len()
    });
    measure("diff, same text", second / 4, || {
        diff::words(&base, &base).len()
    });
    measure("diff, each paragraph edited", 4 * second, || {
        diff::words(&base, &edited).len()
    });
    measure("diff, paragraphs in reverse", 8 * second, || {
        diff::words(&base, &shuffled).len()
    });
    measure("diff, one endless paragraph", 2 * second, || {
        diff::words(&endless, &edited.replace('\n', "")).len()
    });
    measure("similarity, edited", 4 * second, || {
        usize::from(diff::similarity(&base, &edited) > 0.5)
    });
    // The same few words in another order: the worst case for the comparison of one stretch.
    let jumble = |step: usize| {
        (0..2_990)
            .map(|at| ["在宅", "医療", "介護", "連携", "研修", "会議", "医師"][at * step * at % 7])
            .flat_map(|word| [word, "、"])
            .collect::<String>()
    };
    let (one, two) = (jumble(3), jumble(5));
    measure("diff, jumbled words up to the limit", 8 * second, || {
        diff::words(&one, &two).len()
    });
    let cut = |text: &str| text.chars().take(870).collect::<String>();
    let (one, two) = (cut(&base), cut(&edited));
    measure("diff of two answers of 870 characters", second / 4, || {
        diff::words(&one, &two).len()
    });
    measure("similarity of two such answers", second / 4, || {
        usize::from(diff::similarity(&one, &two) > 0.5)
    });
}
