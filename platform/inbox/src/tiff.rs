//! TIFF as scanners and FAX servers write it: several pages, strips or one block; black and white packed, by CCITT group 3
//! or 4, PackBits, LZW, Deflate or JPEG; 4 and 8 bits of grey, RGB. Anything else is refused.
//!
//! Written here because the reader there is for such files changes how the typesetter's own dependencies are built.

use std::io::Read;

use hayro_ccitt::{DecodeSettings, Decoder, DecoderContext, EncodingMode, decode};

use crate::straight::Picture;

/// Most pages that are looked for; one more than is taken, so that too many are noticed.
const MOST_PAGES: usize = crate::read::MOST_PAGES + 1;
/// Most values of a field: strips of a page.
const MOST_VALUES: usize = 100_000;

/// Why a page is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bad {
    /// Damaged, or written in a way that is not read.
    Unreadable,
    /// Too many pixels, or none.
    Pixels,
}

/// The file and its byte order.
struct File<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl<'a> File<'a> {
    fn part(&self, at: usize, long: usize) -> Option<&'a [u8]> {
        self.bytes.get(at..at.checked_add(long)?)
    }

    fn short(&self, at: usize) -> Option<u32> {
        let b: [u8; 2] = self.part(at, 2)?.try_into().ok()?;
        Some(u32::from(if self.little {
            u16::from_le_bytes(b)
        } else {
            u16::from_be_bytes(b)
        }))
    }

    fn long(&self, at: usize) -> Option<u32> {
        let b: [u8; 4] = self.part(at, 4)?.try_into().ok()?;
        Some(if self.little {
            u32::from_le_bytes(b)
        } else {
            u32::from_be_bytes(b)
        })
    }
}

/// The fields of one page (TIFF 6.0, §8, §10, §11, §18).
#[derive(Clone, Debug, Default)]
struct Fields {
    width: u32,
    height: u32,
    bits: Vec<u32>,
    compression: u32,
    photometric: u32,
    fill_order: u32,
    offsets: Vec<u32>,
    counts: Vec<u32>,
    samples: u32,
    rows: u32,
    planar: u32,
    t4: u32,
    predictor: u32,
    jpeg_tables: Vec<u8>,
}

/// Where the pages lie.
pub(crate) struct Pages<'a> {
    file: File<'a>,
    at: Vec<usize>,
}

/// Finds the pages. A chain that runs in a circle ends where it began.
pub(crate) fn pages(bytes: &[u8]) -> Option<Pages<'_>> {
    let little = bytes.starts_with(b"II");
    let file = File { bytes, little };
    let mut at = Vec::new();
    let mut next = file.long(4)? as usize;
    while next != 0 && at.len() < MOST_PAGES && !at.contains(&next) {
        let count = file.short(next)? as usize;
        at.push(next);
        // A file that ends behind its last page says so by ending.
        next = file
            .long(next + 2 + count * 12)
            .map_or(0, |next| next as usize);
    }
    Some(Pages { file, at })
}

impl Pages<'_> {
    /// How many.
    pub(crate) fn count(&self) -> usize {
        self.at.len()
    }

    /// Draws the page at place `at`, from 0.
    pub(crate) fn draw(&self, at: usize, most_pixels: u64) -> Result<Picture, Bad> {
        let fields = self
            .at
            .get(at)
            .and_then(|at| self.fields(*at))
            .ok_or(Bad::Unreadable)?;
        let pixels = u64::from(fields.width) * u64::from(fields.height);
        if !(1..=most_pixels).contains(&pixels) {
            return Err(Bad::Pixels);
        }
        let pixels = self.pixels(&fields).ok_or(Bad::Unreadable)?;
        Ok(Picture {
            width: fields.width,
            height: fields.height,
            pixels,
        })
    }

    fn fields(&self, at: usize) -> Option<Fields> {
        let mut out = Fields {
            compression: 1,
            fill_order: 1,
            samples: 1,
            rows: u32::MAX,
            planar: 1,
            predictor: 1,
            bits: vec![1],
            ..Fields::default()
        };
        for entry in 0..self.file.short(at)? as usize {
            let here = at + 2 + entry * 12;
            let (tag, kind) = (self.file.short(here)?, self.file.short(here + 2)?);
            let count = self.file.long(here + 4)? as usize;
            let first = || match kind {
                1 => self.file.part(here + 8, 1).map(|b| u32::from(b[0])),
                3 => self.file.short(here + 8),
                _ => self.file.long(here + 8),
            };
            match tag {
                256 => out.width = first()?,
                257 => out.height = first()?,
                258 => out.bits = self.values(here, kind, count)?,
                259 => out.compression = first()?,
                262 => out.photometric = first()?,
                266 => out.fill_order = first()?,
                273 => out.offsets = self.values(here, kind, count)?,
                277 => out.samples = first()?,
                278 => out.rows = first()?,
                279 => out.counts = self.values(here, kind, count)?,
                284 => out.planar = first()?,
                292 => out.t4 = first()?,
                317 => out.predictor = first()?,
                347 => {
                    let at = self.file.long(here + 8)? as usize;
                    out.jpeg_tables = self.file.part(at, count)?.to_vec();
                }
                _ => {}
            }
        }
        (!out.offsets.is_empty()).then_some(out)
    }

    fn values(&self, here: usize, kind: u32, count: usize) -> Option<Vec<u32>> {
        if count > MOST_VALUES {
            return None;
        }
        let size = match kind {
            1 => 1,
            3 => 2,
            4 => 4,
            _ => return None,
        };
        let at = if count * size <= 4 {
            here + 8
        } else {
            self.file.long(here + 8)? as usize
        };
        (0..count)
            .map(|n| match size {
                1 => self.file.part(at + n, 1).map(|b| u32::from(b[0])),
                2 => self.file.short(at + n * 2),
                _ => self.file.long(at + n * 4),
            })
            .collect()
    }

    fn pixels(&self, f: &Fields) -> Option<Vec<u8>> {
        let (bits, samples) = (*f.bits.first()?, f.samples);
        let fits = match samples {
            1 => matches!(bits, 1 | 4 | 8),
            3 | 4 => bits == 8 && f.planar == 1,
            _ => false,
        };
        // 0 and 1 are black and white, 2 is RGB, 6 is what JPEG makes of RGB.
        if !fits || f.bits.iter().any(|b| *b != bits) || !matches!(f.photometric, 0..=2 | 6) {
            return None;
        }
        let row = (f.width as usize * samples as usize * bits as usize).div_ceil(8);
        let rows = f.rows.min(f.height).max(1);
        let mut out = Vec::new();
        let mut left = f.height;
        for (at, offset) in f.offsets.iter().enumerate() {
            if left == 0 {
                break;
            }
            let here = rows.min(left);
            left -= here;
            let from = *offset as usize;
            // Some FAX servers leave the length of a single strip out.
            let long = f
                .counts
                .get(at)
                .map_or(self.file.bytes.len().saturating_sub(from), |c| *c as usize);
            let data = self.file.part(from, long)?;
            self.strip(f, data, row, here, &mut out)?;
        }
        (left == 0).then_some(out)
    }

    /// Unpacks one strip and adds its pixels.
    fn strip(
        &self,
        f: &Fields,
        data: &[u8],
        row: usize,
        rows: u32,
        out: &mut Vec<u8>,
    ) -> Option<()> {
        let most = row * rows as usize;
        let bytes = match f.compression {
            1 => data.to_vec(),
            2..=4 => return ccitt(f, data, rows, out),
            5 => {
                let mut all = Vec::new();
                weezl::decode::Decoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8)
                    .into_stream(Bounded { to: &mut all, most })
                    .decode_all(data)
                    .status
                    .ok()
                    .or_else(|| (all.len() >= most).then_some(()))?;
                all
            }
            7 => return jpeg(f, data, rows, out),
            8 | 32946 => {
                let mut all = Vec::new();
                flate2::read::ZlibDecoder::new(data)
                    .take(most as u64)
                    .read_to_end(&mut all)
                    .ok()?;
                all
            }
            32773 => packbits(data, most),
            _ => return None,
        };
        if bytes.len() < most {
            return None;
        }
        let invert = f.photometric == 0;
        let (bits, samples) = (f.bits[0] as usize, f.samples as usize);
        for line in bytes[..most].chunks_exact(row) {
            if samples == 1 {
                grey_line(line, f.width as usize, bits, f.predictor == 2, invert, out);
            } else {
                color_line(line, samples, f.predictor == 2, out);
            }
        }
        Some(())
    }
}

fn grey_line(
    line: &[u8],
    width: usize,
    bits: usize,
    differences: bool,
    invert: bool,
    out: &mut Vec<u8>,
) {
    let (per_byte, most) = (8 / bits, (1_u16 << bits) - 1);
    let mut before = 0_u8;
    for x in 0..width {
        let value = line[x / per_byte] >> (8 - bits - (x % per_byte) * bits) & most as u8;
        let value = if differences && bits == 8 {
            value.wrapping_add(before)
        } else {
            value
        };
        before = value;
        let grey = (u16::from(value) * 255 / most) as u8;
        out.push(if invert { 255 - grey } else { grey });
    }
}

fn color_line(line: &[u8], samples: usize, differences: bool, out: &mut Vec<u8>) {
    let mut before = [0_u8; 3];
    for pixel in line.chunks_exact(samples) {
        let mut color = [pixel[0], pixel[1], pixel[2]];
        if differences {
            for (value, before) in color.iter_mut().zip(before) {
                *value = value.wrapping_add(before);
            }
            before = color;
        }
        out.push(crate::read::grey(color[0], color[1], color[2]));
    }
}

/// Stops a stream that unpacks to more than it should.
struct Bounded<'a> {
    to: &'a mut Vec<u8>,
    most: usize,
}

impl std::io::Write for Bounded<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.to.len() >= self.most {
            return Err(std::io::Error::other("more than the strip holds"));
        }
        self.to.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// PackBits (TIFF 6.0, §9), until `most` bytes are there or the data end.
fn packbits(data: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = data;
    while let [head, tail @ ..] = rest {
        if out.len() >= most {
            break;
        }
        let head = *head as i8;
        if head >= 0 {
            let (now, later) = tail.split_at((head as usize + 1).min(tail.len()));
            out.extend_from_slice(now);
            rest = later;
        } else if head == -128 {
            rest = tail;
        } else {
            let Some((value, later)) = tail.split_first() else {
                break;
            };
            out.extend(std::iter::repeat_n(
                *value,
                usize::from(head.unsigned_abs()) + 1,
            ));
            rest = later;
        }
    }
    out
}

/// Rows of pixels from runs of black and white.
struct Rows<'a> {
    out: &'a mut Vec<u8>,
    width: usize,
    /// Where the pixels of this strip end.
    end: usize,
    /// Where the row being drawn ends.
    row: usize,
    invert: bool,
}

impl Decoder for Rows<'_> {
    fn push_pixels(&mut self, white: bool, count: u32) {
        let to = (self.out.len() + count as usize)
            .min(self.row)
            .min(self.end);
        let value = if white != self.invert { 255 } else { 0 };
        if to > self.out.len() {
            self.out.resize(to, value);
        }
    }

    fn next_line(&mut self) {
        if self.row <= self.end {
            self.out.resize(self.row, 255);
            self.row += self.width;
        }
    }
}

/// CCITT groups 3 and 4: what FAX machines speak.
fn ccitt(f: &Fields, data: &[u8], rows: u32, out: &mut Vec<u8>) -> Option<()> {
    if f.bits != [1] || f.samples != 1 {
        return None;
    }
    let turned: Vec<u8>;
    let data = if f.fill_order == 2 {
        turned = data.iter().map(|b| b.reverse_bits()).collect();
        &turned
    } else {
        data
    };
    let (begin, width) = (out.len(), f.width as usize);
    let end = begin + width * rows as usize;
    let settings = DecodeSettings {
        columns: f.width,
        rows,
        end_of_block: true,
        end_of_line: f.compression == 3,
        rows_are_byte_aligned: f.compression == 2,
        encoding: match (f.compression, f.t4 & 1) {
            (4, _) => EncodingMode::Group4,
            (3, 1) => EncodingMode::Group3_2D { k: 4 },
            _ => EncodingMode::Group3_1D,
        },
        invert_black: false,
    };
    // The codes say which runs are ink; a photometric 1 means that the writer called its ink white.
    let mut drawn = Rows {
        out,
        width,
        end,
        row: begin + width,
        invert: f.photometric == 1,
    };
    let read = decode(data, &mut drawn, &mut DecoderContext::new(settings));
    let got = out.len();
    // A FAX that broke off in the last lines is worth having; one that broke off before its middle is not.
    if read.is_err() && got < begin + (end - begin) / 2 {
        return None;
    }
    out.resize(end, 255);
    Some(())
}

/// JPEG in TIFF (technical note 2): the tables lie beside the picture and are put before it.
fn jpeg(f: &Fields, data: &[u8], rows: u32, out: &mut Vec<u8>) -> Option<()> {
    let mut whole = Vec::new();
    if f.jpeg_tables.len() > 4 {
        // Without the tables' end mark and the picture's begin mark.
        whole.extend_from_slice(&f.jpeg_tables[..f.jpeg_tables.len() - 2]);
        whole.extend_from_slice(data.get(2..)?);
    } else {
        whole.extend_from_slice(data);
    }
    let picture = crate::read::photo(&whole, image::ImageFormat::Jpeg).ok()?;
    if picture.width != f.width || picture.height < rows {
        return None;
    }
    out.extend_from_slice(&picture.pixels[..f.width as usize * rows as usize]);
    Some(())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A TIFF of several pages, each 24 × 4, one strip of the given compression.
    pub(crate) fn file(pages: &[(u32, u32, Vec<u8>)]) -> Vec<u8> {
        let mut out = b"II*\0\0\0\0\0".to_vec();
        let mut link = 4;
        for (compression, photometric, data) in pages {
            let strip = out.len() as u32;
            out.extend_from_slice(data);
            let at = out.len() as u32;
            out[link..link + 4].copy_from_slice(&at.to_le_bytes());
            let fields: [(u16, u32); 8] = [
                (256, 24),
                (257, 4),
                (258, 1),
                (259, *compression),
                (262, *photometric),
                (273, strip),
                (278, 4),
                (279, data.len() as u32),
            ];
            out.extend_from_slice(&(fields.len() as u16).to_le_bytes());
            for (tag, value) in fields {
                out.extend_from_slice(&tag.to_le_bytes());
                out.extend_from_slice(&4_u16.to_le_bytes());
                out.extend_from_slice(&1_u32.to_le_bytes());
                out.extend_from_slice(&value.to_le_bytes());
            }
            link = out.len();
            out.extend_from_slice(&[0; 4]);
        }
        out
    }

    /// Four rows: white, black, half and half, white.
    pub(crate) const BITS: [u8; 12] = [0xff, 0xff, 0xff, 0, 0, 0, 0xff, 0xf0, 0, 0xff, 0xff, 0xff];

    fn shown(bytes: &[u8], page: usize) -> Vec<usize> {
        let pages = pages(bytes).unwrap();
        let picture = pages.draw(page, 1_000_000).unwrap();
        picture
            .pixels
            .chunks(24)
            .map(|row| row.iter().filter(|p| **p == 0).count())
            .collect()
    }

    #[test]
    fn plain_and_packed_pages_are_the_same() {
        let zlib = {
            use std::io::Write;
            let mut to =
                flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
            to.write_all(&BITS).unwrap();
            to.finish().unwrap()
        };
        let lzw = weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8)
            .encode(&BITS)
            .unwrap();
        let packed = vec![254, 0xff, 254, 0, 1, 0xff, 0xf0, 0, 0, 254, 0xff];
        let dark: Vec<u8> = BITS.iter().map(|b| !b).collect();
        let bytes = file(&[
            (1, 1, BITS.to_vec()),
            (1, 0, dark),
            (8, 1, zlib),
            (5, 1, lzw),
            (32773, 1, packed),
        ]);
        assert_eq!(pages(&bytes).unwrap().count(), 5);
        for page in 0..5 {
            assert_eq!(shown(&bytes, page), [0, 24, 12, 0], "page {page}");
        }
    }

    #[test]
    fn a_fax_of_group_4_is_drawn() {
        // Row 1: V0 (all white). Row 2: horizontal, 0 white, 24 black. Row 3: horizontal, 12 white, 12 black … then the end mark.
        let mut bits = String::new();
        bits += "1";
        bits += "001"; // horizontal
        bits += "00110101"; // white 0
        bits += "00000010111"; // black 24
        bits += "001";
        bits += "001000"; // white 12
        bits += "0000111"; // black 12
        bits += "0001"; // pass over the black run above
        bits += "1";
        bits += "000000000001000000000001";
        while !bits.len().is_multiple_of(8) {
            bits.push('0');
        }
        let data: Vec<u8> = (0..bits.len() / 8)
            .map(|at| u8::from_str_radix(&bits[at * 8..at * 8 + 8], 2).unwrap())
            .collect();
        let turned: Vec<u8> = data.iter().map(|b| b.reverse_bits()).collect();
        let bytes = file(&[(4, 0, data), (4, 1, turned)]);
        assert_eq!(shown(&bytes, 0), [0, 24, 12, 0]);
    }

    #[test]
    fn circles_end_and_bombs_stay_packed() {
        let mut bytes = file(&[(1, 1, BITS.to_vec()), (1, 1, BITS.to_vec())]);
        let first = bytes[4..8].to_vec();
        let end = bytes.len();
        bytes[end - 4..].copy_from_slice(&first);
        assert_eq!(pages(&bytes).unwrap().count(), 2);
        // Two megabytes of run lengths in a strip of twelve bytes.
        let bytes = file(&[(32773, 1, vec![129; 2_000_000])]);
        assert_eq!(shown(&bytes, 0).len(), 4);
        let bytes = file(&[(1, 1, vec![0; 3])]);
        assert_eq!(
            pages(&bytes).unwrap().draw(0, 1_000_000),
            Err(Bad::Unreadable)
        );
        assert_eq!(pages(&bytes).unwrap().draw(0, 90), Err(Bad::Pixels));
    }
}
