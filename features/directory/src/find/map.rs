//! Our own map: municipal boundaries and pins as SVG, drawn by the server. It is what paper shows and what browsers show that
//! cannot draw the moving map; that one takes its place where it can.

use std::{collections::HashMap, fmt::Write, sync::LazyLock};

use axum::response::Response;
use kernel::Lang;
use maud::{Markup, PreEscaped, html};
use web::{Ctx, ui};

use super::{
    Loaded,
    asked::Asked,
    pages::{
        self,
        hits::{self, Listed},
    },
    results::Found,
};
use crate::{
    i18n::t,
    model::Kind,
    outline::{OUTLINES, Outline},
};

/// Units of the drawings per degree of latitude; about 5 m each.
const UNITS: f64 = 20_000.0;
/// A degree of longitude against one of latitude at 35.25° north.
const SHRINK: f64 = 0.816_6;

/// The boundaries as GeoJSON, for the moving map.
pub(crate) static GEOJSON: LazyLock<String> = LazyLock::new(|| {
    let mut out = String::from("{\"type\":\"FeatureCollection\",\"features\":[");
    for (at, town) in OUTLINES.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        let _ = write!(
            out,
            "{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{}\",\"name\":\"{}\",\"core\":{}}},\"geometry\":{{\"type\":\"MultiPolygon\",\"coordinates\":[",
            town.code,
            town.name,
            town.core()
        );
        for (number, ring) in town.rings.iter().enumerate() {
            out.push_str(if number == 0 { "[[" } else { ",[[" });
            let points: Vec<String> = ring
                .iter()
                .chain(ring.first())
                .map(|(x, y)| format!("[{x:.5},{y:.5}]"))
                .collect();
            out.push_str(&points.join(","));
            out.push_str("]]");
        }
        out.push_str("]}}");
    }
    out.push_str("]}");
    out
});

/// A shape in a box of 20 by 20; the same on pins, badges and paper.
pub(crate) fn shape(code: &str) -> Markup {
    PreEscaped(
        match code {
            "square" => "<rect x=\"3\" y=\"3\" width=\"14\" height=\"14\" rx=\"2\"/>",
            "triangle" => "<path d=\"M10 2 18.5 17h-17z\"/>",
            "diamond" => "<path d=\"M10 1 19 10 10 19 1 10z\"/>",
            "cross" => "<path d=\"M7 2h6v5h5v6h-5v5H7v-5H2V7h5z\"/>",
            "hexagon" => "<path d=\"M10 1 18 5.5v9L10 19 2 14.5v-9z\"/>",
            "pentagon" => "<path d=\"M10 1 19 8 15.5 18h-11L1 8z\"/>",
            "star" => "<path d=\"m10 1 2.7 5.8 6.3.8-4.6 4.4 1.2 6.3L10 15.2 4.4 18.3 5.6 12 1 7.6l6.3-.8z\"/>",
            _ => "<circle cx=\"10\" cy=\"10\" r=\"8\"/>",
        }
        .to_owned(),
    )
}

/// One pin of a drawing.
pub(crate) struct Pin<'a> {
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    /// The number of the list; 0 for none.
    pub(crate) number: usize,
    pub(crate) kind: Option<&'a Kind>,
    pub(crate) name: &'a str,
    /// Where it leads.
    pub(crate) href: String,
}

fn project(lat: f64, lon: f64) -> (f64, f64) {
    ((lon - 139.0) * UNITS * SHRINK, (35.3 - lat) * UNITS)
}

/// Draws the part of the map that holds these pins, or the whole area when there are none.
pub(crate) fn draw(cx: &Ctx, pins: &[Pin<'_>], label: &str) -> Markup {
    let mut frame = Frame::around(pins);
    frame.settle();
    let (width, height) = (frame.right - frame.left, frame.bottom - frame.top);
    // A pin has the same size on the page whatever the scale.
    let unit = width / 640.0;
    let grain = unit * 0.8;
    html! {
        svg.area-map viewBox=(format!("{:.0} {:.0} {width:.0} {height:.0}", frame.left, frame.top)) role="group" aria-label=(label) {
            @for town in OUTLINES.iter() {
                @if let Some(path) = path(town, &frame, grain) { path.(if town.core() { "core" } else { "around" }) d=(path) {} }
            }
            g.names aria-hidden="true" lang="ja" {
                @for town in OUTLINES.iter() {
                    @let (x, y) = project(town.label.1, town.label.0);
                    @if frame.holds(x, y) { text x=(format!("{x:.0}")) y=(format!("{y:.0}")) font-size=(format!("{:.1}", unit * 15.0)) { (town.name) } }
                }
            }
            // The nearest are drawn last, so that they lie on top.
            @for pin in pins.iter().rev() {
                @let (x, y) = project(pin.lat, pin.lon);
                a.pin.(tone(pin.kind)) href=(pin.href) aria-label=(name(cx, pin)) transform=(format!("translate({x:.0} {y:.0}) scale({:.3}) translate(-10 -10)", unit * 1.15)) {
                    title { (name(cx, pin)) }
                    (shape(pin.kind.map_or("circle", |kind| kind.shape.as_str())))
                    @if pin.number > 0 { text x="10" y="14" aria-hidden="true" { (pin.number) } }
                }
            }
        }
    }
}

fn tone(kind: Option<&Kind>) -> String {
    format!("tone-{}", kind.map_or("gray", |kind| kind.tone.as_str()))
}

fn name(cx: &Ctx, pin: &Pin<'_>) -> String {
    let kind = pin.kind.map_or("", |kind| pages::short(kind, cx.lang));
    if pin.number > 0 {
        format!("{} {} {kind}", pin.number, pin.name)
    } else {
        format!("{} {kind}", pin.name)
    }
}

struct Frame {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Frame {
    fn around(pins: &[Pin<'_>]) -> Self {
        let mut points: Vec<(f64, f64)> =
            pins.iter().map(|pin| project(pin.lat, pin.lon)).collect();
        if points.is_empty() {
            let core = OUTLINES.iter().filter(|town| town.core());
            points.extend(
                core.flat_map(|town| town.rings.iter().flatten())
                    .map(|(lon, lat)| project(*lat, *lon)),
            );
        }
        let mut frame = Self {
            left: f64::MAX,
            top: f64::MAX,
            right: f64::MIN,
            bottom: f64::MIN,
        };
        for (x, y) in points {
            frame.left = frame.left.min(x);
            frame.right = frame.right.max(x);
            frame.top = frame.top.min(y);
            frame.bottom = frame.bottom.max(y);
        }
        frame
    }

    /// Four to three, with a border, and never so near that only lines are seen.
    fn settle(&mut self) {
        let (x, y) = (
            f64::midpoint(self.left, self.right),
            f64::midpoint(self.top, self.bottom),
        );
        let width =
            ((self.right - self.left).max((self.bottom - self.top) * 4.0 / 3.0) * 1.15).max(900.0);
        let height = width * 0.75;
        (self.left, self.right, self.top, self.bottom) = (
            x - width / 2.0,
            x + width / 2.0,
            y - height / 2.0,
            y + height / 2.0,
        );
    }

    fn holds(&self, x: f64, y: f64) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }
}

/// The outline of a town as far as the frame shows it, no finer than the eye sees.
fn path(town: &Outline, frame: &Frame, grain: f64) -> Option<String> {
    let mut out = String::new();
    for ring in &town.rings {
        let points: Vec<(f64, f64)> = ring.iter().map(|(lon, lat)| project(*lat, *lon)).collect();
        let (mut left, mut right, mut top, mut bottom) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
        for (x, y) in &points {
            (left, right) = (left.min(*x), right.max(*x));
            (top, bottom) = (top.min(*y), bottom.max(*y));
        }
        if right < frame.left || left > frame.right || bottom < frame.top || top > frame.bottom {
            continue;
        }
        let mut last: Option<(i64, i64)> = None;
        for (x, y) in points {
            // Snapping to a grid keeps shared borders together.
            let point = ((x / grain).round() as i64, (y / grain).round() as i64);
            if last == Some(point) {
                continue;
            }
            let letter = if last.is_some() { 'L' } else { 'M' };
            let _ = write!(
                out,
                "{letter}{:.0} {:.0}",
                point.0 as f64 * grain,
                point.1 as f64 * grain
            );
            last = Some(point);
        }
        out.push('Z');
    }
    (!out.is_empty()).then_some(out)
}

/// A small map with one pin.
pub(crate) fn one(
    cx: &Ctx,
    _loaded: &Loaded,
    lat: f64,
    lon: f64,
    kind: Option<&Kind>,
    name: &str,
) -> Markup {
    let mut pins = vec![Pin {
        lat,
        lon,
        number: 0,
        kind,
        name,
        href: "#main".to_owned(),
    }];
    let label = t!(cx, "find-map-of", name = name);
    pins.truncate(1);
    html! { figure.map-figure.small { (draw(cx, &pins, &label)) figcaption { (t!(cx, "find-map-credit")) } } }
}

/// List and map side by side; both say the same.
pub(crate) fn view(
    cx: &Ctx,
    loaded: &Loaded,
    asked: &Asked,
    found: &Found,
    listed: &Listed,
    first: usize,
) -> Markup {
    let pins: Vec<Pin<'_>> = listed
        .rows
        .iter()
        .enumerate()
        .filter_map(|(at, (_, provider))| {
            Some(Pin {
                lat: provider.lat?,
                lon: provider.lon?,
                number: first + at,
                kind: provider.kinds.first().and_then(|code| loaded.kind(code)),
                name: provider.label(cx.lang),
                href: format!("#p{}", first + at),
            })
        })
        .collect();
    let unplaced = listed.rows.len() - pins.len();
    let query = asked.with(|a| a.view = super::asked::View::List).query();
    let mut kinds: HashMap<&str, &Kind> = HashMap::new();
    for kind in pins.iter().filter_map(|pin| pin.kind) {
        kinds.entry(pages::short(kind, cx.lang)).or_insert(kind);
    }
    let mut legend: Vec<(Markup, String)> = kinds
        .into_iter()
        .map(|(name, kind)| (pages::shape(kind), name.to_owned()))
        .collect();
    legend.sort_by(|a, b| a.1.cmp(&b.1));
    html! {
        div.map-and-list {
            figure.map-figure {
                div.live-map hidden data-map=(cx.url(&format!("/directory/pins.json?{query}"))) data-boundaries=(cx.url("/directory/boundaries.geojson")) data-script=(cx.url(web::assets::url("map.js"))) data-style=(cx.url(web::assets::url("map.css"))) data-worker=(cx.url(web::assets::url("map-worker.js"))) data-provider=(cx.url("/directory/providers/")) data-tiles=[cx.app.config.map_tiles.as_deref()] data-label=(t!(cx, "find-map-label")) data-cluster=(t!(cx, "find-map-cluster")) lang=(if cx.lang == Lang::En { "en" } else { "ja" }) {}
                (draw(cx, &pins, &t!(cx, "find-map-label")))
                figcaption {
                    (t!(cx, "find-map-text", count = pins.len()))
                    @if unplaced > 0 { " " (t!(cx, "find-map-unplaced", count = unplaced)) }
                    " " (t!(cx, "find-map-credit"))
                    @if cx.app.config.map_tiles.is_some() { " " (t!(cx, "find-map-tiles")) }
                }
                (ui::legend(t!(cx, "find-map-legend"), &legend))
            }
            (hits::cards(cx, loaded, found, listed, first))
        }
    }
}

/// Lets the page of a map start its worker and, where the installation names a tile server, load its pictures.
pub(crate) fn allow(cx: &Ctx, mut response: Response) -> Response {
    response.extensions_mut().insert(web::MapPage {
        tiles: cx.app.config.map_tiles.clone(),
    });
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_municipality_is_drawn() {
        assert_eq!(OUTLINES.len(), 17);
        assert_eq!(OUTLINES.iter().filter(|town| town.core()).count(), 10);
        let frame = {
            let mut frame = Frame::around(&[]);
            frame.settle();
            frame
        };
        for town in OUTLINES.iter().filter(|town| town.core()) {
            let path = path(town, &frame, 2.0).unwrap();
            assert!(
                path.starts_with('M') && path.ends_with('Z'),
                "{}",
                town.name
            );
            let (x, y) = project(town.label.1, town.label.0);
            assert!(frame.holds(x, y), "{}", town.name);
        }
        let json: serde_json::Value = serde_json::from_str(&GEOJSON).unwrap();
        assert_eq!(json["features"].as_array().map(Vec::len), Some(17));
    }
}
