//! Municipal boundaries, read once for the moving map, for our own map and for paper.

use std::sync::LazyLock;

/// code, name, role, place of the name, rings; made from 国土数値情報（行政区域データ）, see the head of the file.
const BOUNDARIES: &str = include_str!("../../../data/kensei/directory/boundaries.tsv");

/// The municipalities of the area and around it.
pub static OUTLINES: LazyLock<Vec<Outline>> = LazyLock::new(|| {
    BOUNDARIES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .filter_map(outline)
        .collect()
});

fn outline(line: &str) -> Option<Outline> {
    let mut cells = line.split('\t');
    let mut text = || cells.next().map(str::to_owned);
    let (code, name, role) = (text()?, text()?, text()?);
    let label = (text()?.parse().ok()?, text()?.parse().ok()?);
    let rings = parse_rings(&text()?)?;
    Some(Outline {
        code,
        name,
        role,
        label,
        rings,
    })
}

/// One municipality's shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// 団体コード, six digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// `core`, `neighbour` or `context`.
    pub role: String,
    /// Where its name stands: longitude, latitude.
    pub label: (f64, f64),
    /// Rings of longitude and latitude, in degrees.
    pub rings: Vec<Vec<(f64, f64)>>,
}

impl Outline {
    /// Whether it is one of the area's own municipalities.
    #[must_use]
    pub fn core(&self) -> bool {
        self.role == "core"
    }
}

/// Reads a ring list: whole numbers of 1/100000 degree, each pair after the first as a difference.
#[must_use]
pub fn parse_rings(text: &str) -> Option<Vec<Vec<(f64, f64)>>> {
    text.split(';')
        .map(|ring| {
            let (mut x, mut y) = (0_i64, 0_i64);
            let mut points = Vec::new();
            for pair in ring.split(' ') {
                let (dx, dy) = pair.split_once(',')?;
                x = x.checked_add(dx.parse::<i64>().ok()?)?;
                y = y.checked_add(dy.parse::<i64>().ok()?)?;
                points.push((x as f64 / 1e5, y as f64 / 1e5));
            }
            (points.len() >= 3).then_some(points)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_municipality_of_the_file_has_its_shape() {
        assert_eq!(OUTLINES.len(), 17);
        assert_eq!(OUTLINES.iter().filter(|o| o.role == "core").count(), 10);
        for outline in OUTLINES.iter() {
            let inside = |&(lon, lat): &(f64, f64)| {
                (138.5..140.0).contains(&lon) && (34.8..35.8).contains(&lat)
            };
            assert!(
                outline.rings.iter().flatten().all(inside),
                "{}",
                outline.name
            );
        }
    }

    #[test]
    fn rings_are_differences() {
        let rings = parse_rings("13900000,3500000 100000,0 0,100000;1,2 3,4 5,6").unwrap();
        assert_eq!(rings[0], [(139.0, 35.0), (140.0, 35.0), (140.0, 36.0)]);
        assert_eq!(rings.len(), 2);
        for bad in [
            "",
            "1,2",
            "1,2 3,4",
            "1 2 3",
            "1,2 x,4 5,6",
            "9223372036854775807,0 9,0 1,1",
        ] {
            assert_eq!(parse_rings(bad), None, "{bad}");
        }
    }
}
