//! A file from a scanner as pages of grey pixels. Files in are hostile: any bytes end in pages or in a refusal that names the
//! page and the reason, within bounds of size, pages, pixels and time.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc,
    time::{Duration, Instant},
};

use hayro::{
    RenderCache, RenderSettings, hayro_interpret::InterpreterSettings, hayro_syntax::Pdf, render,
    vello_cpu::color::palette::css::WHITE,
};
use image::ImageDecoder;

use crate::{straight::Picture, tiff};

/// Most bytes of a file.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// Most pages of a file.
pub const MOST_PAGES: usize = 200;
/// Most pixels of a page: A3 at 600 dots per inch in grey is 70 million.
const MOST_PIXELS: u64 = 80_000_000;
/// PDF is drawn at 200 dots per inch, as a fine FAX is.
const PDF_SCALE: f32 = 200.0 / 72.0;
/// How long one file may take.
const PATIENCE: Duration = Duration::from_secs(180);
/// Files that nest deeply reach this bound before the thread's own.
const STACK: usize = 256 * 1024 * 1024;

/// Why a file is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// None of PDF, TIFF, JPEG, PNG.
    Kind,
    /// More bytes than are taken.
    TooLarge,
    /// More pages than are taken.
    TooManyPages,
    /// It has no page.
    NoPages,
    /// A page has more pixels than are taken, or none.
    Pixels,
    /// Damaged, protected by a password, or in a form that is not read.
    Unreadable,
    /// It holds something active (scripts, programs, attached files).
    Active,
    /// Reading took too long.
    TooLong,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 8] = [
        Self::Kind,
        Self::TooLarge,
        Self::TooManyPages,
        Self::NoPages,
        Self::Pixels,
        Self::Unreadable,
        Self::Active,
        Self::TooLong,
    ];

    /// The stored word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::TooLarge => "too-large",
            Self::TooManyPages => "too-many-pages",
            Self::NoPages => "no-pages",
            Self::Pixels => "pixels",
            Self::Unreadable => "unreadable",
            Self::Active => "active",
            Self::TooLong => "too-long",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// A refusal: why, and at which page (from 1; 0 for the whole file).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub reason: Reason,
    /// At which page.
    pub page: usize,
}

fn refuse<T>(reason: Reason, page: usize) -> Result<T, Refusal> {
    Err(Refusal { reason, page })
}

/// The kinds of files a scanner makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// PDF.
    Pdf,
    /// TIFF of one or many pages.
    Tiff,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

impl Kind {
    /// By content alone: scanners' file names are not to be relied on.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Some(Self::Tiff),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            _ => None,
        }
    }
}

/// What can be said at once: size and kind.
///
/// # Errors
/// [`Refusal`] of the whole file.
pub fn glance(bytes: &[u8]) -> Result<Kind, Refusal> {
    if bytes.len() > MOST_BYTES {
        return refuse(Reason::TooLarge, 0);
    }
    let Some(kind) = Kind::of(bytes) else {
        return refuse(Reason::Kind, 0);
    };
    if kind == Kind::Pdf && !web::FileKind::Pdf.fits(bytes) {
        return refuse(Reason::Active, 0);
    }
    Ok(kind)
}

/// Reads all pages, handing each to `take` as it comes. Blocks: call it where blocking is allowed. A file that stops the
/// reader or takes longer than three minutes is refused.
///
/// # Errors
/// [`Refusal`] with the page at which reading ended; what `take` was given before is then to be forgotten.
pub fn pages<T: Send + 'static>(
    bytes: Vec<u8>,
    take: impl Fn(Picture) -> T + Send + 'static,
) -> Result<Vec<T>, Refusal> {
    let (send, receive) = mpsc::channel();
    let reader = move || {
        let mut done = Vec::new();
        let end = now() + PATIENCE;
        // The decoders are the work of others; a panic of theirs is a refusal of ours.
        let read = catch_unwind(AssertUnwindSafe(|| {
            each(bytes, end, &mut |picture| {
                let taken = take(picture);
                done.push(taken);
            })
        }));
        let at = done.len() + 1;
        let said = match read {
            Ok(Ok(())) if done.is_empty() => refuse(Reason::NoPages, 0),
            Ok(Ok(())) => Ok(done),
            Ok(Err(refusal)) => Err(refusal),
            Err(_) => refuse(Reason::Unreadable, at),
        };
        // Whoever asked may have lost patience.
        let _gone = send.send(said);
    };
    let thread = std::thread::Builder::new()
        .name("scan".to_owned())
        .stack_size(STACK)
        .spawn(reader);
    if thread.is_err() {
        return refuse(Reason::TooLong, 0);
    }
    receive
        .recv_timeout(PATIENCE + Duration::from_secs(20))
        .unwrap_or_else(|_| refuse(Reason::TooLong, 0))
}

/// A hostile file may cost seconds: reading stops by the machine's own clock, whatever day it is for the program.
#[expect(
    clippy::disallowed_methods,
    reason = "limits how long a decoder may work; no rule depends on it"
)]
fn now() -> Instant {
    Instant::now()
}

fn each(bytes: Vec<u8>, end: Instant, take: &mut dyn FnMut(Picture)) -> Result<(), Refusal> {
    match glance(&bytes)? {
        Kind::Pdf => pdf(bytes, end, take),
        Kind::Tiff => tiff_pages(&bytes, end, take),
        Kind::Jpeg => {
            take(photo(&bytes, image::ImageFormat::Jpeg)?);
            Ok(())
        }
        Kind::Png => {
            take(photo(&bytes, image::ImageFormat::Png)?);
            Ok(())
        }
    }
}

fn pdf(bytes: Vec<u8>, end: Instant, take: &mut dyn FnMut(Picture)) -> Result<(), Refusal> {
    let Ok(pdf) = Pdf::new(bytes) else {
        return refuse(Reason::Unreadable, 0);
    };
    let pages = pdf.pages();
    if pages.len() > MOST_PAGES {
        return refuse(Reason::TooManyPages, 0);
    }
    let settings = InterpreterSettings::default();
    for (at, page) in pages.iter().enumerate() {
        if now() > end {
            return refuse(Reason::TooLong, at + 1);
        }
        let (width, height) = page.render_dimensions();
        // Sheets larger than A3 are drawn coarser.
        let scale = PDF_SCALE.min(4_700.0 / width.max(height).max(1.0));
        let fits = |side: f32| (1.0..=5_000.0).contains(&(side * scale));
        if !(fits(width) && fits(height)) {
            return refuse(Reason::Pixels, at + 1);
        }
        // One page's pictures and fonts at a time: memory stays that of a page.
        let cache = RenderCache::new();
        let drawn = render(
            page,
            &cache,
            &settings,
            &RenderSettings {
                x_scale: scale,
                y_scale: scale,
                bg_color: WHITE,
                ..RenderSettings::default()
            },
        );
        let pixels = drawn
            .data_as_u8_slice()
            .chunks_exact(4)
            .map(|p| grey(p[0], p[1], p[2]))
            .collect();
        take(Picture {
            width: u32::from(drawn.width()),
            height: u32::from(drawn.height()),
            pixels,
        });
    }
    Ok(())
}

/// Brightness as the eye weighs colours (Rec. 601).
pub(crate) fn grey(red: u8, green: u8, blue: u8) -> u8 {
    ((u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29) >> 8) as u8
}

pub(crate) fn photo(bytes: &[u8], format: image::ImageFormat) -> Result<Picture, Refusal> {
    let unreadable = |_| Refusal {
        reason: Reason::Unreadable,
        page: 1,
    };
    let mut reader = image::ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MOST_PIXELS * 4);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    if !(1..=MOST_PIXELS).contains(&(u64::from(width) * u64::from(height))) {
        return refuse(Reason::Pixels, 1);
    }
    // A telephone writes beside the picture how it was held.
    let held = decoder
        .orientation()
        .unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = image::DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    picture.apply_orientation(held);
    let grey = picture.into_luma8();
    Ok(Picture {
        width: grey.width(),
        height: grey.height(),
        pixels: grey.into_raw(),
    })
}

fn tiff_pages(bytes: &[u8], end: Instant, take: &mut dyn FnMut(Picture)) -> Result<(), Refusal> {
    let Some(pages) = tiff::pages(bytes) else {
        return refuse(Reason::Unreadable, 1);
    };
    if pages.count() > MOST_PAGES {
        return refuse(Reason::TooManyPages, 0);
    }
    for at in 0..pages.count() {
        if now() > end {
            return refuse(Reason::TooLong, at + 1);
        }
        let reason = match pages.draw(at, MOST_PIXELS) {
            Ok(picture) => {
                take(picture);
                continue;
            }
            Err(tiff::Bad::Pixels) => Reason::Pixels,
            Err(tiff::Bad::Unreadable) => Reason::Unreadable,
        };
        return refuse(reason, at + 1);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> Result<Vec<(u32, u32, bool)>, Refusal> {
        pages(bytes.to_vec(), |p| (p.width, p.height, p.is_blank()))
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        Picture::white(width, height).png().unwrap()
    }

    fn tiff(pages: usize) -> Vec<u8> {
        let page = |at: usize| (1, u32::from(at.is_multiple_of(2)), vec![0xff; 12]);
        crate::tiff::tests::file(&(0..pages).map(page).collect::<Vec<_>>())
    }

    #[test]
    fn each_kind_of_file_becomes_pages() {
        assert_eq!(read(&png(30, 40)), Ok(vec![(30, 40, true)]));
        let mut jpeg = Vec::new();
        image::codecs::jpeg::JpegEncoder::new(&mut jpeg)
            .encode(&[0; 32 * 16], 32, 16, image::ExtendedColorType::L8)
            .unwrap();
        assert_eq!(read(&jpeg), Ok(vec![(32, 16, false)]));
        assert_eq!(
            read(&tiff(3)),
            Ok(vec![(24, 4, true), (24, 4, false), (24, 4, true)])
        );
    }

    #[test]
    fn refusals_name_the_page_and_the_reason() {
        let no = |bytes: &[u8]| read(bytes).unwrap_err();
        let whole = |reason| Refusal { reason, page: 0 };
        assert_eq!(no(b""), whole(Reason::Kind));
        assert_eq!(no(b"<html>"), whole(Reason::Kind));
        assert_eq!(no(b"%PDF-1.7 /JavaScript"), whole(Reason::Active));
        assert_eq!(no(b"%PDF-1.7 and nothing").page, 0);
        assert_eq!(no(&vec![0; MOST_BYTES + 1]), whole(Reason::TooLarge));
        assert_eq!(no(&tiff(MOST_PAGES + 1)), whole(Reason::TooManyPages));
        let mut cut = png(30, 40);
        cut.truncate(50);
        assert_eq!(no(&cut).reason, Reason::Unreadable);
        // The second page's strip is too short.
        let short = crate::tiff::tests::file(&[(1, 1, vec![0xff; 12]), (1, 1, vec![0xff; 3])]);
        let at_two = Refusal {
            reason: Reason::Unreadable,
            page: 2,
        };
        assert_eq!(no(&short), at_two);
        for reason in Reason::ALL {
            assert_eq!(Reason::from_code(reason.code()), Some(reason));
        }
    }

    #[test]
    fn a_bomb_of_pixels_is_not_unpacked() {
        // A PNG head that promises 4 thousand million pixels.
        let mut bomb = png(1, 1);
        bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
        assert!(read(&bomb).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(160))]
        #[test]
        fn any_bytes_end_in_pages_or_a_refusal(kind in 0..5_usize, noise: Vec<u8>, at: prop::sample::Index, with: u8) {
            let heads: [&[u8]; 5] = [b"%PDF-1.7\n", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"];
            let _read = read(&[heads[kind], &noise].concat());
            for good in [tiff(2), png(20, 20), PDF.as_bytes().to_vec()] {
                let mut bad = good;
                let at = at.index(bad.len());
                bad[at] ^= with;
                let _read = read(&bad);
                bad.truncate(at);
                let _read = read(&bad);
            }
        }
    }

    /// A small page with a line.
    const PDF: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]/Contents 4 0 R>>endobj\n4 0 obj<</Length 22>>stream\n0 0 m 72 72 l 9 w S\n\nendstream endobj\n\
        trailer<</Root 1 0 R>>\n%%EOF";

    #[test]
    fn a_pdf_is_drawn() {
        assert_eq!(read(PDF.as_bytes()), Ok(vec![(200, 200, false)]));
    }
}
