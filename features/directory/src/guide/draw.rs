//! A map as SVG: the same drawing for paper and for the screen. Colours are the design tokens; each kind has a shape too.

use std::fmt::Write;

pub use super::pin::sample;
use super::{
    outline::{Mark, Pin, Projection, arrange},
    pin::{lead, many, one},
};
use crate::outline::Outline;

/// What a map shows. Sizes in millimetres, which are also the units of the drawing.
pub struct MapOf<'a> {
    /// Every municipality with a shape.
    pub outlines: &'a [Outline],
    /// The codes of those the map is about.
    pub codes: &'a [String],
    /// Width and height.
    pub size: (f64, f64),
    /// Radius of a pin.
    pub radius: f64,
    /// Names of places with their longitude and latitude, for orientation; most important first.
    pub towns: &'a [(String, f64, f64)],
    /// What the scale says: the word for kilometres.
    pub kilometres: &'a str,
}

/// One provider to be shown.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Its number in the list.
    pub number: usize,
    /// Longitude and latitude.
    pub place: (f64, f64),
    /// Colour family and form of its kind.
    pub tone: String,
    /// Form.
    pub shape: String,
    /// Whether the place is the building.
    pub exact: bool,
}

/// A drawn map and what stands behind its letters.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The drawing.
    pub svg: String,
    /// Letter, numbers, and the longitude and latitude of the point when the places are known by town only.
    pub letters: Vec<(String, Vec<usize>, bool)>,
}

const SEA: &str = "#dcf0ff";
const LAND: &str = "#f2f2f2";
const CHOSEN: &str = "#ffffff";
const BORDER: &str = "#767676";
pub(super) const INK: &str = "#1a1a1a";
const QUIET: &str = "#666666";
/// The place names of the map: quiet, but never too pale to read.
const NAME: &str = "#767676";

/// Draws a map. `None` when no municipality of it has a shape.
#[must_use]
pub fn draw(map: &MapOf<'_>, spots: &[Spot]) -> Option<Drawn> {
    let chosen = |o: &&Outline| map.codes.contains(&o.code);
    let projection = Projection::fit(map.outlines.iter().filter(chosen), map.size, 6.0)?;
    let (wide, high) = map.size;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"guide-map\" viewBox=\"0 0 {wide} {high}\" font-family=\"BIZ UDPGothic, sans-serif\"><rect width=\"{wide}\" height=\"{high}\" fill=\"{SEA}\"/>"
    );
    for (of_map, fill) in [(false, LAND), (true, CHOSEN)] {
        for outline in map.outlines.iter().filter(|o| chosen(o) == of_map) {
            let width = if of_map { 0.45 } else { 0.2 };
            let _ = write!(
                svg,
                "<path d=\"{}\" fill=\"{fill}\" stroke=\"{BORDER}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"/>",
                projection.path(outline)
            );
        }
    }
    let pins: Vec<Pin> = spots
        .iter()
        .map(|spot| Pin {
            number: spot.number,
            at: projection.at(spot.place),
            tone: spot.tone.clone(),
            shape: spot.shape.clone(),
            exact: spot.exact,
        })
        .filter(|pin| (0.0..=wide).contains(&pin.at.0) && (0.0..=high).contains(&pin.at.1))
        .collect();
    let marks = arrange(pins, map.radius, map.size);
    names(&mut svg, map, &projection, &marks);
    for mark in &marks {
        lead(&mut svg, mark);
    }
    let mut letters = Vec::new();
    for mark in &marks {
        match mark {
            Mark::One { pin, drawn } => one(&mut svg, pin, *drawn, map.radius),
            Mark::Many {
                letter,
                at,
                numbers,
                exact,
            } => {
                many(&mut svg, letter, *at, *exact, map.radius);
                letters.push((letter.clone(), numbers.clone(), *exact));
            }
        }
    }
    scale(&mut svg, map, &projection);
    svg.push_str("</svg>");
    Some(Drawn { svg, letters })
}

/// The silhouette of the area for a cover: shapes only, those of the booklet dark.
#[must_use]
pub fn silhouette(outlines: &[Outline], codes: &[String], size: (f64, f64)) -> Option<String> {
    let chosen = |o: &&Outline| codes.contains(&o.code);
    let around = outlines.iter().filter(|o| o.core() || chosen(o));
    let projection = Projection::fit(around.clone(), size, 2.0)?;
    let (wide, high) = size;
    let mut svg =
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\">");
    for outline in around {
        let fill = if chosen(&outline) {
            "#197a4b"
        } else {
            "#c2e5d1"
        };
        let _ = write!(
            svg,
            "<path d=\"{}\" fill=\"{fill}\" stroke=\"#ffffff\" stroke-width=\"0.6\" stroke-linejoin=\"round\"/>",
            projection.path(outline)
        );
    }
    svg.push_str("</svg>");
    Some(svg)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

pub(super) fn label(
    svg: &mut String,
    (x, y): (f64, f64),
    size: f64,
    fill: &str,
    bold: bool,
    text: &str,
) {
    let weight = if bold { " font-weight=\"700\"" } else { "" };
    let _ = write!(
        svg,
        "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{size}\" fill=\"{fill}\"{weight} text-anchor=\"middle\">{}</text>",
        escape(text)
    );
}

/// Names for orientation where nothing else stands: municipalities first, then towns as long as there is room.
fn names(svg: &mut String, map: &MapOf<'_>, projection: &Projection, marks: &[Mark]) {
    type Room = (f64, f64, f64, f64);
    let mut taken: Vec<Room> = marks
        .iter()
        .map(|mark| match mark {
            Mark::One { drawn, .. } => *drawn,
            Mark::Many { at, .. } => *at,
        })
        .map(|(x, y)| {
            let r = map.radius;
            (x - r, y - r, x + r, y + r)
        })
        .collect();
    let (wide, high) = map.size;
    let mut put =
        |svg: &mut String, at: (f64, f64), size: f64, fill: &str, bold, text: &str, force: bool| {
            let half = text.chars().count() as f64 * size / 2.0;
            let room = (at.0 - half, at.1 - size, at.0 + half, at.1 + size * 0.3);
            let inside = room.0 > 0.5 && room.2 < wide - 0.5 && room.1 > 0.5 && room.3 < high - 0.5;
            let free = taken
                .iter()
                .all(|t| room.2 < t.0 || t.2 < room.0 || room.3 < t.1 || t.3 < room.1);
            if inside && (free || force) {
                label(svg, at, size, fill, bold, text);
                taken.push(room);
            }
        };
    for outline in map.outlines {
        let mine = map.codes.contains(&outline.code);
        // A map of one municipality says its name in the heading.
        if mine && map.codes.len() == 1 {
            continue;
        }
        let (size, fill) = if mine { (5.0, INK) } else { (4.0, QUIET) };
        put(
            svg,
            projection.at(outline.label),
            size,
            fill,
            mine,
            &outline.name,
            mine,
        );
    }
    for (name, lon, lat) in map.towns {
        put(
            svg,
            projection.at((*lon, *lat)),
            2.7,
            NAME,
            false,
            name,
            false,
        );
    }
}

/// A bar of a round length, and north.
fn scale(svg: &mut String, map: &MapOf<'_>, projection: &Projection) {
    let km = [0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0]
        .into_iter()
        .find(|km| km * projection.per_km > 18.0)
        .unwrap_or(20.0);
    let (wide, high) = map.size;
    let long = km * projection.per_km;
    let (left, y) = (wide - long - 6.0, high - 5.0);
    let _ = write!(
        svg,
        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"9\" rx=\"1.5\" fill=\"#ffffff\"/><path d=\"M{left:.1} {:.1}v1.5h{long:.1}v-1.5\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"0.5\"/>",
        left - 3.0,
        y - 6.5,
        long + 6.0,
        y - 0.5
    );
    label(
        svg,
        (left + long / 2.0, y - 1.4),
        3.4,
        INK,
        false,
        &format!("{km} {}", map.kilometres),
    );
    let (nx, ny) = (wide - 8.0, 9.0);
    let _ = write!(
        svg,
        "<path d=\"M{nx} {:.1}l2.6 8l-2.6 -2l-2.6 2z\" fill=\"{INK}\"/>",
        ny - 5.0
    );
    label(svg, (nx, ny + 7.0), 3.4, INK, true, "N");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn town() -> Outline {
        Outline {
            code: "143847".to_owned(),
            name: "<湯&>".to_owned(),
            role: "core".to_owned(),
            label: (139.05, 35.05),
            rings: vec![vec![
                (139.0, 35.0),
                (139.1, 35.0),
                (139.1, 35.1),
                (139.0, 35.1),
            ]],
        }
    }

    #[test]
    fn a_map_shows_each_number_once_and_is_well_formed() {
        let outlines = [town()];
        let codes = ["143847".to_owned()];
        let map = MapOf {
            outlines: &outlines,
            codes: &codes,
            size: (174.0, 190.0),
            radius: 2.6,
            towns: &[("<b>".to_owned(), 139.02, 35.02)],
            kilometres: "km",
        };
        let spots: Vec<Spot> = (1..=30)
            .map(|n| Spot {
                number: n,
                place: (139.05, 35.05 + if n < 20 { 0.0 } else { n as f64 / 1000.0 }),
                tone: "red".to_owned(),
                shape: ["circle", "square", "cross", "star", "triangle"][n % 5].to_owned(),
                exact: n >= 20,
            })
            .collect();
        let drawn = draw(&map, &spots).unwrap();
        let in_letters: usize = drawn.letters.iter().map(|(_, n, _)| n.len()).sum();
        let alone = spots
            .iter()
            .filter(|s| drawn.svg.contains(&format!(">{}</text>", s.number)))
            .count();
        assert!(
            in_letters >= 19 && in_letters + alone >= 30,
            "{in_letters} + {alone}"
        );
        assert!(drawn.svg.contains("&lt;b&gt;") && !drawn.svg.contains("<b>"));
        assert_eq!(
            drawn.svg.matches("<text").count(),
            drawn.svg.matches("</text>").count()
        );
    }

    #[test]
    fn a_municipality_without_a_shape_has_no_map() {
        let map = MapOf {
            outlines: &[],
            codes: &["143847".to_owned()],
            size: (100.0, 100.0),
            radius: 2.0,
            towns: &[],
            kilometres: "km",
        };
        assert_eq!(draw(&map, &[]), None);
        assert_eq!(silhouette(&[], &[], (10.0, 10.0)), None);
    }
}
