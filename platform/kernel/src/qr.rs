//! QR codes as one drawing: for the screen and for paper.

use std::fmt::Write;

use fast_qr::{ECL, qr::QRBuilder};

/// How much of a code may be lost before it cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// 15 %, for screens.
    Screen,
    /// 25 %: a FAX loses a quarter of the fine dots.
    Fax,
}

/// The dark modules of a text's code as the `d` of an SVG path, and the side of the square with the four modules of white
/// that the standard (ISO/IEC 18004) asks for around it. `None` when the text is too long for a code.
#[must_use]
pub fn drawing(text: &str, loss: Loss) -> Option<(usize, String)> {
    let level = match loss {
        Loss::Screen => ECL::M,
        Loss::Fax => ECL::Q,
    };
    let code = QRBuilder::new(text).ecl(level).build().ok()?;
    let mut path = String::new();
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
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", start + 4, y + 4);
            } else {
                x += 1;
            }
        }
    }
    Some((code.size + 8, path))
}
