//! The area as lines on paper: a projection, and where pins go when they would cover each other.

use std::fmt::Write;

use crate::outline::Outline;

/// From degrees to units of a drawing: the same scale both ways at the middle latitude.
#[derive(Clone, Copy, Debug)]
pub struct Projection {
    west: f64,
    north: f64,
    per_lon: f64,
    per_lat: f64,
    left: f64,
    top: f64,
    /// Units of the drawing for one kilometre.
    pub per_km: f64,
}

/// Kilometres of a degree of latitude.
const KM: f64 = 111.13;

impl Projection {
    /// Fits what `around` shows into a drawing of this size, with a margin, in the middle.
    #[must_use]
    pub fn fit<'a>(
        around: impl Iterator<Item = &'a Outline>,
        size: (f64, f64),
        margin: f64,
    ) -> Option<Self> {
        let (mut west, mut south, mut east, mut north) = (
            f64::INFINITY,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NEG_INFINITY,
        );
        for &(lon, lat) in around.flat_map(|o| o.rings.iter().flatten()) {
            west = west.min(lon);
            east = east.max(lon);
            south = south.min(lat);
            north = north.max(lat);
        }
        if !(west < east && south < north) {
            return None;
        }
        let narrow = ((south + north) / 2.0).to_radians().cos();
        let (wide, high) = ((east - west) * narrow * KM, (north - south) * KM);
        let room = (size.0 - 2.0 * margin, size.1 - 2.0 * margin);
        let per_km = (room.0 / wide).min(room.1 / high);
        Some(Self {
            west,
            north,
            per_lon: narrow * KM * per_km,
            per_lat: KM * per_km,
            left: (size.0 - wide * per_km) / 2.0,
            top: (size.1 - high * per_km) / 2.0,
            per_km,
        })
    }

    /// A place on the drawing.
    #[must_use]
    pub fn at(&self, (lon, lat): (f64, f64)) -> (f64, f64) {
        (
            self.left + (lon - self.west) * self.per_lon,
            self.top + (self.north - lat) * self.per_lat,
        )
    }

    /// A shape as the `d` of a path.
    #[must_use]
    pub fn path(&self, outline: &Outline) -> String {
        let mut d = String::new();
        for ring in &outline.rings {
            for (n, &point) in ring.iter().enumerate() {
                let (x, y) = self.at(point);
                // Writing to a text does not fail.
                let _ = write!(d, "{}{x:.1} {y:.1}", if n == 0 { "M" } else { "L" });
            }
            d.push('Z');
        }
        d
    }
}

/// A pin of a map: which number, where.
#[derive(Clone, Debug, PartialEq)]
pub struct Pin {
    /// The number in the list.
    pub number: usize,
    /// Where it is, in units of the drawing.
    pub at: (f64, f64),
    /// The colour family of its kind.
    pub tone: String,
    /// The form of its kind.
    pub shape: String,
    /// Whether the place is the building, and not just the town.
    pub exact: bool,
}

/// What stands at one place of a map.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// One pin with its number; drawn at `drawn`, a line leads to the place.
    One {
        /// The pin.
        pin: Pin,
        /// Where its number is drawn.
        drawn: (f64, f64),
    },
    /// Several that lie too close for numbers: a letter, and the numbers beside the map.
    Many {
        /// The letter.
        letter: String,
        /// Where.
        at: (f64, f64),
        /// The numbers, rising.
        numbers: Vec<usize>,
        /// Whether all of them are placed by building.
        exact: bool,
    },
}

/// A, B … Z, AA, AB …
#[must_use]
pub fn letter(mut n: usize) -> String {
    let mut word = Vec::new();
    loop {
        word.push(b'A' + u8::try_from(n % 26).unwrap_or(0));
        if n < 26 {
            break;
        }
        n = n / 26 - 1;
    }
    word.reverse();
    String::from_utf8(word).unwrap_or_default()
}

/// Puts pins on a drawing so that each number can be read: single pins are moved apart a little, crowds become letters.
///
/// `radius` is the size of a pin in units of the drawing; a crowd is what lies within `near`.
#[must_use]
pub fn arrange(pins: Vec<Pin>, radius: f64, size: (f64, f64)) -> Vec<Mark> {
    let mut crowds: Vec<Vec<Pin>> = Vec::new();
    for pin in pins {
        // Pins that are known by town only share the point of the town; a building close to another may be moved aside.
        let near = if pin.exact {
            radius * 1.1
        } else {
            radius * 1.6
        };
        let found = crowds
            .iter_mut()
            .find(|crowd| distance(middle(crowd), pin.at) < near);
        match found {
            Some(crowd) => crowd.push(pin),
            None => crowds.push(vec![pin]),
        }
    }
    crowds.sort_by_key(|crowd| crowd.iter().map(|p| p.number).min());
    let mut drawn: Vec<(f64, f64)> = crowds.iter().map(|c| middle(c)).collect();
    spread(&mut drawn, radius * 2.15, size, radius);
    let mut letters = 0;
    crowds
        .into_iter()
        .zip(drawn)
        .map(|(mut crowd, drawn)| {
            if crowd.len() == 1 {
                return Mark::One {
                    pin: crowd.remove(0),
                    drawn,
                };
            }
            let letter = letter(letters);
            letters += 1;
            let exact = crowd.iter().all(|p| p.exact);
            let mut numbers: Vec<usize> = crowd.into_iter().map(|p| p.number).collect();
            numbers.sort_unstable();
            Mark::Many {
                letter,
                at: drawn,
                numbers,
                exact,
            }
        })
        .collect()
}

fn middle(crowd: &[Pin]) -> (f64, f64) {
    let n = crowd.len().max(1) as f64;
    let (x, y) = crowd
        .iter()
        .fold((0.0, 0.0), |(x, y), p| (x + p.at.0, y + p.at.1));
    (x / n, y / n)
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// Moves points apart until none covers another, or the time is up.
fn spread(points: &mut [(f64, f64)], apart: f64, size: (f64, f64), margin: f64) {
    for _ in 0..120 {
        let mut moved = false;
        for i in 0..points.len() {
            for j in i + 1..points.len() {
                let (a, b) = (points[i], points[j]);
                let gap = distance(a, b);
                if gap >= apart {
                    continue;
                }
                moved = true;
                // Two points at the same place part to the sides, by a rule and not by chance.
                let (dx, dy) = if gap > 0.01 {
                    ((b.0 - a.0) / gap, (b.1 - a.1) / gap)
                } else {
                    (1.0, 0.0)
                };
                let push = (apart - gap) / 2.0;
                points[i] = (a.0 - dx * push, a.1 - dy * push);
                points[j] = (b.0 + dx * push, b.1 + dy * push);
            }
        }
        for point in points.iter_mut() {
            point.0 = point.0.clamp(margin, size.0 - margin);
            point.1 = point.1.clamp(margin, size.1 - margin);
        }
        if !moved {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pin(number: usize, x: f64, y: f64, exact: bool) -> Pin {
        Pin {
            number,
            at: (x, y),
            tone: "key".to_owned(),
            shape: "circle".to_owned(),
            exact,
        }
    }

    #[test]
    fn letters_go_on_after_z() {
        let all: Vec<String> = [0, 25, 26, 27, 701, 702].into_iter().map(letter).collect();
        assert_eq!(all, ["A", "Z", "AA", "AB", "ZZ", "AAA"]);
    }

    #[test]
    fn every_pin_stands_once_and_none_covers_another() {
        let mut pins: Vec<Pin> = (1..=60)
            .map(|n| {
                pin(
                    n,
                    50.0 + (n % 8) as f64 * 3.0,
                    50.0 + (n / 8) as f64 * 3.0,
                    true,
                )
            })
            .collect();
        pins.extend((61..=70).map(|n| pin(n, 200.0, 200.0, false)));
        let marks = arrange(pins, 4.0, (400.0, 400.0));
        let mut numbers = Vec::new();
        let mut places = Vec::new();
        for mark in &marks {
            match mark {
                Mark::One { pin, drawn } => {
                    numbers.push(pin.number);
                    places.push(*drawn);
                }
                Mark::Many { numbers: n, at, .. } => {
                    numbers.extend(n);
                    places.push(*at);
                }
            }
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=70).collect::<Vec<_>>());
        for (i, a) in places.iter().enumerate() {
            for b in &places[i + 1..] {
                assert!(distance(*a, *b) > 7.9, "{a:?} {b:?}");
            }
        }
        let crowd = marks.iter().find_map(|m| match m {
            Mark::Many {
                numbers,
                exact: false,
                ..
            } => Some(numbers.len()),
            _ => None,
        });
        assert_eq!(crowd, Some(10));
    }

    #[test]
    fn a_drawing_keeps_its_margin_and_its_shape() {
        let square = Outline {
            code: "x".to_owned(),
            name: "x".to_owned(),
            role: "core".to_owned(),
            label: (0.0, 0.0),
            rings: vec![vec![
                (139.0, 35.0),
                (139.1, 35.0),
                (139.1, 35.1),
                (139.0, 35.1),
            ]],
        };
        let p = Projection::fit([&square].into_iter(), (100.0, 200.0), 10.0).unwrap();
        let (left, top) = p.at((139.0, 35.1));
        let (right, bottom) = p.at((139.1, 35.0));
        assert!((left - 10.0).abs() < 0.01 && (right - 90.0).abs() < 0.01);
        assert!(
            ((bottom - top) / (right - left) - 1.0 / 35.05_f64.to_radians().cos()).abs() < 0.01
        );
        assert_eq!(
            Projection::fit([].into_iter(), (100.0, 100.0), 1.0).map(|_| ()),
            None
        );
    }
}
