//! Pins: the colour and the form of each kind.

use std::fmt::Write;

use super::{
    draw::{INK, label},
    outline::{Mark, Pin},
};

/// The dark colour of a family, with at least 4.5:1 on white.
fn colour(tone: &str) -> &'static str {
    match tone {
        "red" => "#a90000",
        "teal" => "#006173",
        "green" => "#115a36",
        "blue" => "#0031d8",
        "purple" => "#5c10be",
        "orange" => "#8b3200",
        "yellow" => "#6e5600",
        "brown" => "#541e00",
        "pink" => "#8b008b",
        "indigo" => "#00118f",
        _ => "#4d4d4d",
    }
}

/// The line from a number that was moved to its place.
pub(super) fn lead(svg: &mut String, mark: &Mark) {
    let Mark::One { pin, drawn } = mark else {
        return;
    };
    let (a, b) = (pin.at, *drawn);
    if (a.0 - b.0).hypot(a.1 - b.1) > 0.8 {
        let ink = colour(&pin.tone);
        let _ = write!(
            svg,
            "<path d=\"M{:.2} {:.2}L{:.2} {:.2}\" stroke=\"{ink}\" stroke-width=\"0.25\"/><circle cx=\"{:.2}\" cy=\"{:.2}\" r=\"0.6\" fill=\"{ink}\"/>",
            a.0, a.1, b.0, b.1, a.0, a.1
        );
    }
}

/// A number in the form of its kind.
pub(super) fn one(svg: &mut String, pin: &Pin, at: (f64, f64), r: f64) {
    let ink = colour(&pin.tone);
    let dash = if pin.exact {
        ""
    } else {
        " stroke-dasharray=\"0.9 0.6\""
    };
    let _ = write!(
        svg,
        "<path d=\"{}\" fill=\"#ffffff\" stroke=\"{ink}\" stroke-width=\"{:.2}\" stroke-linejoin=\"round\"{dash}/>",
        form(&pin.shape, at, r),
        r * 0.17
    );
    let text = pin.number.to_string();
    let size = if text.len() > 2 { r * 0.95 } else { r * 1.15 };
    // A triangle has its room below the middle.
    let down = if pin.shape == "triangle" { 0.5 } else { 0.4 };
    label(svg, (at.0, at.1 + size * down), size, ink, true, &text);
}

/// A letter for several that lie too close.
pub(super) fn many(svg: &mut String, letter: &str, at: (f64, f64), exact: bool, r: f64) {
    let fill = if exact { INK } else { "#4d4d4d" };
    let _ = write!(
        svg,
        "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" rx=\"{:.2}\" fill=\"{fill}\" stroke=\"#ffffff\" stroke-width=\"0.3\"/>",
        at.0 - r,
        at.1 - r,
        2.0 * r,
        2.0 * r,
        r * 0.35
    );
    let size = if letter.len() > 1 { r * 1.05 } else { r * 1.35 };
    label(
        svg,
        (at.0, at.1 + size * 0.36),
        size,
        "#ffffff",
        true,
        letter,
    );
}

/// The form of a pin around a point, as the `d` of a path.
fn form(shape: &str, (x, y): (f64, f64), r: f64) -> String {
    let ring = |corners: &[(f64, f64)]| {
        let mut d = String::new();
        for (n, (dx, dy)) in corners.iter().enumerate() {
            let word = if n == 0 { "M" } else { "L" };
            let _ = write!(d, "{word}{:.2} {:.2}", x + dx * r, y + dy * r);
        }
        d.push('Z');
        d
    };
    let regular = |n: usize, turn: f64, size: f64| {
        let corners: Vec<(f64, f64)> = (0..n)
            .map(|k| {
                let angle = (k as f64 / n as f64).mul_add(std::f64::consts::TAU, turn);
                (angle.sin() * size, -angle.cos() * size)
            })
            .collect();
        ring(&corners)
    };
    match shape {
        "square" => ring(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        "diamond" => regular(4, 0.0, 1.28),
        "triangle" => ring(&[(0.0, -1.35), (1.3, 0.95), (-1.3, 0.95)]),
        "pentagon" => regular(5, 0.0, 1.15),
        "hexagon" => regular(6, 0.0, 1.12),
        "cross" => ring(&[
            (-0.62, -1.05),
            (0.62, -1.05),
            (0.62, -0.72),
            (1.05, -0.72),
            (1.05, 0.72),
            (0.62, 0.72),
            (0.62, 1.05),
            (-0.62, 1.05),
            (-0.62, 0.72),
            (-1.05, 0.72),
            (-1.05, -0.72),
            (-0.62, -0.72),
        ]),
        "star" => {
            let corners: Vec<(f64, f64)> = (0..16)
                .map(|k| {
                    let size = if k % 2 == 0 { 1.25 } else { 0.98 };
                    let angle = f64::from(k) / 16.0 * std::f64::consts::TAU;
                    (angle.sin() * size, -angle.cos() * size)
                })
                .collect();
            ring(&corners)
        }
        _ => format!(
            "M{:.2} {y:.2}a{r} {r} 0 1 0 {:.2} 0a{r} {r} 0 1 0 {:.2} 0Z",
            x - r,
            2.0 * r,
            -2.0 * r
        ),
    }
}

/// The form of a kind alone, for legends.
#[must_use]
pub fn sample(tone: &str, shape: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"guide-pin\" viewBox=\"0 0 8 8\" width=\"22\" height=\"22\" aria-hidden=\"true\"><path d=\"{}\" fill=\"#ffffff\" stroke=\"{}\" stroke-width=\"0.6\" stroke-linejoin=\"round\"/></svg>",
        form(shape, (4.0, 4.0), 2.6),
        colour(tone)
    )
}
