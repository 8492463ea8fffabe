//! Facts: tables, lists of facts, telephone numbers, dates, readings, codes for the phone.

use crate::ctx::Ctx;
use crate::words::w;
use kernel::{Date, Lang, Time};
use maud::{Markup, PreEscaped, Render, html};

/// A table in its scrolling frame; `label` names it for those who do not see it. `rows` are `tr`s.
#[must_use]
pub fn table(label: impl Render, head: &[impl AsRef<str>], rows: impl Render) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(label.render().into_string()) {
            table.data {
                thead { tr { @for h in head { th scope="col" { (h.as_ref()) } } } }
                tbody { (rows) }
            }
        }
    }
}

/// A table whose rows are plain cells; the first cell of each row is its heading.
#[must_use]
pub fn table_rows(label: impl Render, head: &[impl AsRef<str>], rows: &[Vec<Markup>]) -> Markup {
    table(
        label,
        head,
        html! {
            @for row in rows {
                tr {
                    @for (i, cell) in row.iter().enumerate() {
                        @if i == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                    }
                }
            }
        },
    )
}

/// Facts with their names.
#[must_use]
pub fn dl<N: Render, V: Render>(facts: &[(N, V)]) -> Markup {
    html! { dl.facts { @for (name, value) in facts { div { dt { (name) } dd { (value) } } } } }
}

/// A telephone number to tap. Only digits and `+` go into the link.
#[must_use]
pub fn tel(cx: &Ctx, number: &str) -> Markup {
    let dial: String = number
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    if dial.is_empty() {
        return unknown(cx);
    }
    html! { a.tel href={ "tel:" (dial) } { (number) } }
}

/// A fact nobody has verified yet: said, not hidden.
#[must_use]
pub fn unknown(cx: &Ctx) -> Markup {
    html! { span.badge.b-plain { (w!(cx.lang, "unverified")) } }
}

/// A day as it is written in the language of the page.
#[must_use]
pub fn date(cx: &Ctx, day: Date) -> Markup {
    html! { time datetime=(day.to_string()) { (kernel::format_date(day, cx.lang)) } }
}

/// A day, or the word for unverified.
#[must_use]
pub fn date_opt(cx: &Ctx, day: Option<Date>) -> Markup {
    day.map_or_else(|| unknown(cx), |d| date(cx, d))
}

/// A time of day in Japan.
#[must_use]
pub fn time(_: &Ctx, at: Time) -> Markup {
    let shown = at.jst();
    html! { time datetime=(at.to_string()) { (format!("{}:{:02}", shown.hour(), shown.minute())) } }
}

/// Day and time in Japan.
#[must_use]
pub fn moment(cx: &Ctx, at: Time) -> Markup {
    html! { time datetime=(at.to_string()) { (kernel::format_time(at, cx.lang)) } }
}

/// A fiscal year as it is written in the language of the page.
#[must_use]
pub fn fiscal_year(cx: &Ctx, year: i32) -> String {
    kernel::format_fiscal_year(year, cx.lang)
}

/// A code that leads the phone to an address of this installation (path without the base path), with the address in letters.
#[must_use]
pub fn qr(cx: &Ctx, path: &str) -> Markup {
    let url = cx.app.public_url(path);
    html! { figure.qr { (cx.app.qr.svg(&url)) figcaption { (url) } } }
}

/// Only on paper.
#[must_use]
pub fn print_only(body: impl Render) -> Markup {
    html! { div.print-only { (body) } }
}

/// What the marks of a page mean: pairs of sample and meaning.
#[must_use]
pub fn legend<S: Render, M: Render>(label: impl Render, list: &[(S, M)]) -> Markup {
    html! {
        div.legend role="group" aria-label=(label.render().into_string()) {
            @for (sample, meaning) in list { span { (sample) " " (meaning) } }
        }
    }
}

/// A text whose kanji carry readings as `[漢字|かんじ]` (or `{漢字|かんじ}`): printed above them when the reader has switched
/// readings on, left out otherwise.
#[must_use]
pub fn ruby(cx: &Ctx, text: impl AsRef<str>) -> Markup {
    ruby_text(text.as_ref(), cx.furigana && cx.lang == Lang::Ja)
}

/// As [`ruby`], without a context.
#[must_use]
pub fn ruby_text(text: &str, readings: bool) -> Markup {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(open) = rest.find(['{', '[']) {
        let close = if rest.as_bytes()[open] == b'{' {
            '}'
        } else {
            ']'
        };
        let inside = &rest[open + 1..];
        let pair = inside.find(close).and_then(|end| {
            let (base, reading) = inside[..end].split_once('|')?;
            Some((base, reading, end + 1))
        });
        let Some((base, reading, end)) = pair else {
            rest[..=open].render_to(&mut out);
            rest = inside;
            continue;
        };
        rest[..open].render_to(&mut out);
        if readings {
            out.push_str("<ruby>");
            base.render_to(&mut out);
            out.push_str("<rp>(</rp><rt>");
            reading.render_to(&mut out);
            out.push_str("</rt><rp>)</rp></ruby>");
        } else {
            base.render_to(&mut out);
        }
        rest = &inside[end..];
    }
    rest.render_to(&mut out);
    PreEscaped(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_only_when_wanted() {
        let text = "お{住|す}まいの{市町|しちょう}";
        assert_eq!(ruby_text(text, false).into_string(), "お住まいの市町");
        assert_eq!(
            ruby_text(text, true).into_string(),
            "お<ruby>住<rp>(</rp><rt>す</rt><rp>)</rp></ruby>まいの<ruby>市町<rp>(</rp><rt>しちょう</rt><rp>)</rp></ruby>"
        );
    }

    #[test]
    fn stray_braces_and_tags_are_text() {
        assert_eq!(
            ruby_text("a { b } <i>", true).into_string(),
            "a { b } &lt;i&gt;"
        );
        assert_eq!(ruby_text("[市|し][x]", false).into_string(), "市[x]");
        assert_eq!(ruby_text("{x", true).into_string(), "{x");
        assert_eq!(
            ruby_text("{<|>}", true).into_string(),
            "<ruby>&lt;<rp>(</rp><rt>&gt;</rt><rp>)</rp></ruby>"
        );
    }
}
