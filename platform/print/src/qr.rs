//! Codes that lead from the paper back to the record.

use kernel::qr::{Loss, drawing};

/// The drawing of an address as SVG, with the white margin that scanners need. `None` when the text is too long.
#[must_use]
pub fn qr_svg(text: &str) -> Option<String> {
    let (side, path) = drawing(text, Loss::Fax)?;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\"><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}
