//! A page as grey pixels: found codes, turned upright and straight, made smaller. Pure arithmetic; any pixels are taken.

use store::InstallationKey;

use crate::code::ShortCode;

/// The longest side of a picture that is kept: 200 dots per inch of A4.
const KEPT_SIDE: u32 = 2_340;
/// Below this the page is called straight; a third of a degree moves 7 dots over the width of A4.
const STRAIGHT: f64 = 0.3;
/// Darker than this is ink.
const INK: u8 = 150;

/// A page as grey pixels, row by row, 0 black to 255 white.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Columns; at least 1.
    pub width: u32,
    /// Rows; at least 1.
    pub height: u32,
    /// `width × height` values.
    pub pixels: Vec<u8>,
}

/// What was found on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The code of a paper of this installation.
    Code(ShortCode),
    /// Nothing but white.
    Blank,
    /// Ink, and no code of ours.
    None,
}

/// A page, upright and straight as far as its code tells.
#[derive(Clone, Debug)]
pub struct Straight {
    /// The picture that is kept.
    pub picture: Picture,
    /// What was found.
    pub reading: Reading,
    /// By how many degrees it was turned, clockwise positive.
    pub turned: f64,
}

impl Picture {
    /// A white page.
    #[must_use]
    pub fn white(width: u32, height: u32) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        Self {
            width,
            height,
            pixels: vec![255; width as usize * height as usize],
        }
    }

    fn at(&self, x: i64, y: i64) -> f64 {
        if x < 0 || y < 0 || x >= i64::from(self.width) || y >= i64::from(self.height) {
            return 255.0;
        }
        f64::from(self.pixels[y as usize * self.width as usize + x as usize])
    }

    /// The picture made smaller by averaging, so that its longest side is at most `most`.
    #[must_use]
    pub fn at_most(self, most: u32) -> Self {
        let longest = self.width.max(self.height);
        if longest <= most {
            return self;
        }
        let scale = f64::from(longest) / f64::from(most.max(1));
        let mut out = Self::white(
            (f64::from(self.width) / scale) as u32,
            (f64::from(self.height) / scale) as u32,
        );
        // Where the columns of the new picture begin in the old one, once for all rows.
        let edge = |at: u32, end: u32| ((f64::from(at) * scale) as u32).min(end);
        let columns: Vec<(usize, usize)> = (0..out.width)
            .map(|x| {
                let from = edge(x, self.width - 1);
                (
                    from as usize,
                    edge(x + 1, self.width).max(from + 1) as usize,
                )
            })
            .collect();
        let wide = self.width as usize;
        for y in 0..out.height {
            let from = edge(y, self.height - 1);
            let to = edge(y + 1, self.height).max(from + 1);
            for (x, (left, right)) in columns.iter().enumerate() {
                let mut sum = 0_u32;
                for row in from..to {
                    let start = row as usize * wide;
                    sum += self.pixels[start + left..start + right]
                        .iter()
                        .map(|p| u32::from(*p))
                        .sum::<u32>();
                }
                let count = (right - left) as u32 * (to - from);
                out.pixels[y as usize * out.width as usize + x] = (sum / count) as u8;
            }
        }
        out
    }

    /// Turned clockwise by quarter turns, without loss.
    #[must_use]
    pub fn quarter(&self, turns: u32) -> Self {
        let (w, h) = (self.width as usize, self.height as usize);
        let mut out = match turns % 4 {
            1 | 3 => Self::white(self.height, self.width),
            _ => Self::white(self.width, self.height),
        };
        let wide = out.width as usize;
        for y in 0..h {
            for x in 0..w {
                let (to_x, to_y) = match turns % 4 {
                    0 => (x, y),
                    1 => (h - 1 - y, x),
                    2 => (w - 1 - x, h - 1 - y),
                    _ => (y, w - 1 - x),
                };
                out.pixels[to_y * wide + to_x] = self.pixels[y * w + x];
            }
        }
        out
    }

    /// Turned clockwise by any number of degrees; the page grows so that nothing is cut off.
    #[must_use]
    pub fn turned(&self, degrees: f64) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let (w, h) = (f64::from(self.width), f64::from(self.height));
        let mut out = Self::white(
            (w * cos.abs() + h * sin.abs()).ceil() as u32,
            (w * sin.abs() + h * cos.abs()).ceil() as u32,
        );
        let (cx, cy) = ((w - 1.0) / 2.0, (h - 1.0) / 2.0);
        let (ox, oy) = (
            (f64::from(out.width) - 1.0) / 2.0,
            (f64::from(out.height) - 1.0) / 2.0,
        );
        for y in 0..out.height {
            for x in 0..out.width {
                let (dx, dy) = (f64::from(x) - ox, f64::from(y) - oy);
                let (sx, sy) = (cos * dx + sin * dy + cx, -sin * dx + cos * dy + cy);
                let (fx, fy) = (sx.floor(), sy.floor());
                let (px, py) = (fx as i64, fy as i64);
                let (rx, ry) = (sx - fx, sy - fy);
                let top = self.at(px, py) * (1.0 - rx) + self.at(px + 1, py) * rx;
                let low = self.at(px, py + 1) * (1.0 - rx) + self.at(px + 1, py + 1) * rx;
                let at = y as usize * out.width as usize + x as usize;
                out.pixels[at] = (top * (1.0 - ry) + low * ry).round() as u8;
            }
        }
        out
    }

    /// Whether there is next to no ink inside the margins, where scanners leave shadows.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let (mx, my) = (self.width / 25, self.height / 25);
        let mut ink = 0_u64;
        let mut seen = 0_u64;
        for y in my..self.height.saturating_sub(my) {
            let row = y as usize * self.width as usize;
            for x in mx..self.width.saturating_sub(mx) {
                seen += 1;
                ink += u64::from(self.pixels[row + x as usize] < INK);
            }
        }
        ink * 4_000 < seen.max(1)
    }

    /// The picture as PNG, in 16 greys: what a scanner sees between them is noise, and noise does not compress.
    ///
    /// # Errors
    /// What the encoder says; only when memory runs out.
    pub fn png(&self) -> Result<Vec<u8>, image::ImageError> {
        use image::ImageEncoder;
        let greys: Vec<u8> = self
            .pixels
            .iter()
            .map(|p| ((u16::from(*p) + 8) / 17 * 17).min(255) as u8)
            .collect();
        let mut out = Vec::new();
        image::codecs::png::PngEncoder::new_with_quality(
            &mut out,
            image::codecs::png::CompressionType::Fast,
            image::codecs::png::FilterType::NoFilter,
        )
        .write_image(
            &greys,
            self.width,
            self.height,
            image::ExtendedColorType::L8,
        )?;
        Ok(out)
    }
}

/// A code of this installation and by how many degrees clockwise it is turned.
fn find(picture: &Picture, key: &InstallationKey) -> Option<(ShortCode, f64)> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        picture.pixels[y * width + x]
    });
    for grid in prepared.detect_grids() {
        let Ok((_, text)) = grid.decode() else {
            continue;
        };
        if let Some(code) = ShortCode::from_address(&text, key) {
            return Some((code, angle(&grid.bounds)));
        }
    }
    None
}

/// The direction of a code's rows, from all four of its edges, in degrees clockwise.
fn angle(corners: &[rqrr::Point; 4]) -> f64 {
    let edge = |from: usize, to: usize| {
        let (a, b) = (corners[from], corners[to]);
        (f64::from(b.x - a.x), f64::from(b.y - a.y))
    };
    let (top, low) = (edge(0, 1), edge(3, 2));
    let (left, right) = (edge(0, 3), edge(1, 2));
    // A downward edge is a row turned by a quarter.
    let x = top.0 + low.0 + left.1 + right.1;
    let y = top.1 + low.1 - left.0 - right.0;
    y.atan2(x).to_degrees()
}

/// Finds the code of a page, turns the page upright and straight by it, and makes it as small as it is kept.
#[must_use]
pub fn straighten(picture: Picture, key: &InstallationKey) -> Straight {
    let picture = picture.at_most(KEPT_SIDE * 3 / 2);
    let mut found = find(&picture, key);
    if found.is_none() {
        // Grain and halftones disappear at half the size; a code of small dots does not.
        let longest = picture.width.max(picture.height);
        for most in [longest * 2 / 3, longest / 2] {
            found = found.or_else(|| find(&picture.clone().at_most(most.max(1)), key));
        }
    }
    let Some((code, angle)) = found else {
        let reading = if picture.is_blank() {
            Reading::Blank
        } else {
            Reading::None
        };
        return Straight {
            picture: picture.at_most(KEPT_SIDE),
            reading,
            turned: 0.0,
        };
    };
    let quarters = (-angle / 90.0).round();
    let rest = -angle - quarters * 90.0;
    let upright = if quarters == 0.0 {
        picture
    } else {
        picture.quarter(quarters.rem_euclid(4.0) as u32)
    };
    let straight = if rest.abs() < STRAIGHT {
        upright
    } else {
        upright.turned(rest)
    };
    Straight {
        picture: straight.at_most(KEPT_SIDE),
        reading: Reading::Code(code),
        turned: quarters * 90.0 + rest,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key() -> InstallationKey {
        InstallationKey::generate().unwrap()
    }

    /// Draws a code with its white margin, `size` pixels a module.
    fn draw(page: &mut Picture, text: &str, left: usize, top: usize, size: usize) {
        let (_, path) = kernel::qr::drawing(text, kernel::qr::Loss::Fax).unwrap();
        for run in path.split('M').skip(1) {
            let (x, rest) = run.split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let (long, _) = rest.split_once('v').unwrap();
            let number = |text: &str| text.parse::<usize>().unwrap() * size;
            for dy in 0..size {
                let row = (top + number(y) + dy) * page.width as usize + left + number(x);
                page.pixels[row..row + number(long)].fill(0);
            }
        }
    }

    /// A page of A4 at 200 dots per inch with a code at the foot and some lines of text.
    fn page(key: &InstallationKey, bits: u64) -> (Picture, ShortCode) {
        let code = crate::code::tests_code(bits);
        let mut page = Picture::white(1654, 2339);
        for line in 0..30 {
            for x in 200..1400 {
                for y in 0..12 {
                    if (x / 11 + line) % 3 != 0 {
                        page.pixels[(300 + line * 50 + y) * 1654 + x] = 0;
                    }
                }
            }
        }
        let address = format!("https://renkei.example.jp{}", code.path(key));
        draw(&mut page, &address, 1350, 2040, 5);
        (page, code)
    }

    #[test]
    fn pages_come_straight_from_any_turn_and_skew() {
        let key = key();
        let (page, code) = page(&key, 0x12_3456_789a);
        for quarter in [0, 1, 2, 3] {
            for skew in [0.0, 2.5, -4.0, 10.0, -10.0] {
                let seen = page.quarter(quarter).turned(skew);
                let got = straighten(seen, &key);
                assert_eq!(got.reading, Reading::Code(code), "{quarter} {skew}");
                let asked = -(f64::from(quarter) * 90.0 + skew);
                let off = (got.turned - asked).rem_euclid(360.0);
                assert!(
                    off.min(360.0 - off) < 0.7,
                    "{quarter} {skew}: {}",
                    got.turned
                );
                assert!(got.picture.height > got.picture.width);
            }
        }
    }

    #[test]
    fn another_installations_code_is_none_of_ours() {
        let (page, _) = page(&key(), 5);
        assert_eq!(straighten(page, &key()).reading, Reading::None);
        assert_eq!(
            straighten(Picture::white(1654, 2339), &key()).reading,
            Reading::Blank
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_pixels_are_taken(width in 1_u32..90, height in 1_u32..90, seed: u64, degrees in -180.0..180.0_f64) {
            let mut state = seed | 1;
            let mut picture = Picture::white(width, height);
            for pixel in &mut picture.pixels {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                *pixel = (state >> 56) as u8;
            }
            let got = straighten(picture.turned(degrees), &key());
            prop_assert!(!matches!(got.reading, Reading::Code(_)));
            prop_assert!(got.picture.png().is_ok());
        }
    }
}
