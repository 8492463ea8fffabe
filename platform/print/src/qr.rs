//! Codes that lead from the paper back to the record.

use std::fmt::Write;

use fast_qr::{ECL, qr::QRBuilder};

/// The drawing of an address as SVG, with the white margin that scanners need. `None` when the text is too long.
#[must_use]
pub fn qr_svg(text: &str) -> Option<String> {
    // Level Q: a FAX loses a quarter of the fine dots.
    let code = QRBuilder::new(text).ecl(ECL::Q).build().ok()?;
    let side = code.size + 8;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\"><path fill=\"#000\" d=\""
    );
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let start = x;
            while x < code.size && code[y][x].value() {
                x += 1;
            }
            let run = x - start;
            if run > 0 {
                // Writing to a text does not fail.
                let _ = write!(svg, "M{} {}h{run}v1h-{run}z", start + 4, y + 4);
            } else {
                x += 1;
            }
        }
    }
    svg.push_str("\"/></svg>");
    Some(svg)
}
