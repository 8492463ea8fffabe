//! Codes for the phone. Drawing one costs as much as a small page, so drawn ones are kept.

use kernel::qr::{Loss, drawing};
use maud::{Markup, PreEscaped};
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

/// Drawn codes by address.
#[derive(Default)]
pub struct Cache(RwLock<HashMap<String, Arc<str>>>);

const MOST: usize = 4_096;

impl Cache {
    /// The drawing of an address: one `svg` with one path. Empty when the address is too long for a code.
    pub(crate) fn svg(&self, url: &str) -> Markup {
        PreEscaped(self.text(url).to_string())
    }

    pub(crate) fn text(&self, url: &str) -> Arc<str> {
        if let Ok(all) = self.0.read()
            && let Some(svg) = all.get(url)
        {
            return svg.clone();
        }
        let svg: Arc<str> = draw(url).into();
        if let Ok(mut all) = self.0.write() {
            // Dropping everything now and then is simpler than an order of use, and as good for addresses that come back.
            if all.len() >= MOST {
                all.clear();
            }
            all.insert(url.to_owned(), svg.clone());
        }
        svg
    }
}

fn draw(url: &str) -> String {
    let Some((side, path)) = drawing(url, Loss::Screen) else {
        return String::new();
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"qr\" viewBox=\"0 0 {side} {side}\" width=\"96\" height=\"96\" aria-hidden=\"true\"><path d=\"{path}\" fill=\"#000\"/></svg>"
    )
}
