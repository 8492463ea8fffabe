//! Where a town lies, for those who measure distances from it.

use search::Point;
use store::{Conn, Result};

store::statements! {
    TOWN_AT = "SELECT lat, lon FROM town_point WHERE municipality = :municipality
        AND (:place LIKE town || '%' OR town LIKE :place || '%') ORDER BY LENGTH(town) DESC, town LIMIT 1";
}

/// The point of the town (大字・町丁目) with which a text begins, or that begins with it; `None` when the municipality has none such.
///
/// # Errors
/// When the database fails.
pub fn town_at(conn: &mut Conn, municipality: &str, place: &str) -> Result<Option<Point>> {
    let place = place.trim().replace(['%', '_', '\\'], "");
    if place.is_empty() {
        return Ok(None);
    }
    let params = store::params! {"municipality" => municipality, "place" => place};
    conn.opt(&TOWN_AT, params, |r| {
        Ok(Point {
            lat: r.get(0)?,
            lon: r.get(1)?,
        })
    })
}
