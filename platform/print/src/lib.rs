//! Paper: PDF with real pages, in BIZ UDPGothic, tagged for those who listen.
//!
//! The heaviest dependency of the program (the typesetter typst) is alone in this crate behind a small interface. A
//! [`Document`] is a template from the program, files that the template reads (drawings) and data. Data never become
//! part of the template's text: they lie beside it as JSON, and what they hold is set as it stands. So a name such as
//! `#panic()` is printed and not obeyed.
//!
//! ```ignore
//! let mut document = print::Document::new("guide", include_str!("guide.typ"));
//! document.data(&guide)?;
//! document.file("map.svg", svg);
//! let pdf: Vec<u8> = print::render(document).await?;
//! ```
//!
//! One document is set at a time in the whole process: the typesetter remembers much while it works, and what it
//! remembers is dropped after each. Templates may `#import "renkei.typ"` for colours, headings, tables and codes.
//! [`Letter`] and [`Sheet`] are ready documents: an official letter and a plain document with tables.

mod fonts;
mod letter;
mod qr;
mod sheet;
#[cfg(test)]
mod tests;
mod world;

use std::{borrow::Cow, collections::BTreeMap};

use parking_lot::Mutex;
use serde::Serialize;
use typst::diag::{Severity, SourceDiagnostic};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

pub use fonts::{missing_glyphs, missing_variants};
pub use letter::{Attached, Letter, Party};
pub use qr::qr_svg;
pub use sheet::{Block, Column, Sheet};

/// Why a document was not made.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The font for paper is not in the binary.
    #[error("the font for paper is missing; run: node assets/build.mjs")]
    NoFont,
    /// The data cannot be written as JSON.
    #[error("the data of the document: {0}")]
    Data(#[from] serde_json::Error),
    /// The typesetter refused: a mistake in a template.
    #[error("{0}")]
    Refused(String),
    /// The thread that set it stopped.
    #[error("the typesetter stopped: {0}")]
    Stopped(String),
}

/// What is to be printed.
#[derive(Clone)]
pub struct Document {
    name: &'static str,
    template: &'static str,
    files: BTreeMap<String, Cow<'static, [u8]>>,
}

/// A finished document.
#[derive(Clone, Debug)]
pub struct Printed {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// The name under which a template finds its data: `#let data = json("data.json")`.
const DATA: &str = "data.json";

impl Document {
    /// A document by its template. The template is part of the program, never text that somebody wrote.
    #[must_use]
    pub fn new(name: &'static str, template: &'static str) -> Self {
        let mut files = BTreeMap::new();
        files.insert(DATA.to_owned(), Cow::Borrowed(b"{}".as_slice()));
        Self {
            name,
            template,
            files,
        }
    }

    /// What the template reads with `json("data.json")`. Every text in it is printed as it stands.
    ///
    /// # Errors
    /// [`PrintError::Data`] when it cannot be written as JSON.
    pub fn data(&mut self, data: &impl Serialize) -> Result<&mut Self, PrintError> {
        let bytes = serde_json::to_vec(data)?;
        self.files.insert(DATA.to_owned(), Cow::Owned(bytes));
        Ok(self)
    }

    /// A file beside the template, such as a drawing (`image("map.svg")`).
    pub fn file(
        &mut self,
        name: impl Into<String>,
        bytes: impl Into<Cow<'static, [u8]>>,
    ) -> &mut Self {
        self.files.insert(name.into(), bytes.into());
        self
    }
}

/// One at a time: memory, and the two processors of a small server.
static PRESS: Mutex<()> = Mutex::new(());

/// Sets a document on a thread that may wait. Pages of a hundred lines take some milliseconds, a booklet a second.
///
/// # Errors
/// See [`PrintError`].
pub async fn render(document: Document) -> Result<Vec<u8>, PrintError> {
    print(document).await.map(|printed| printed.pdf)
}

/// As [`render`], and says how many pages it became.
///
/// # Errors
/// See [`PrintError`].
pub async fn print(document: Document) -> Result<Printed, PrintError> {
    tokio::task::spawn_blocking(move || print_now(&document))
        .await
        .map_err(|error| PrintError::Stopped(error.to_string()))?
}

/// As [`print`], here and now: for commands and jobs that may block.
///
/// # Errors
/// See [`PrintError`].
pub fn print_now(document: &Document) -> Result<Printed, PrintError> {
    let world = world::Paper::new(document.name, document.template, &document.files)?;
    let _one_at_a_time = PRESS.lock();
    let made = make(&world);
    // All that was remembered: the next document is another one.
    comemo::evict(0);
    made
}

fn make(world: &world::Paper) -> Result<Printed, PrintError> {
    let made = typst::compile::<PagedDocument>(world);
    for warning in &made.warnings {
        tracing::debug!(message = %warning.message, "typesetter");
    }
    let document = made.output.map_err(|errors| refused(world, &errors))?;
    let pdf = typst_pdf::pdf(&document, &PdfOptions::default())
        .map_err(|errors| refused(world, &errors))?;
    Ok(Printed {
        pdf,
        pages: document.pages().len(),
    })
}

fn refused(world: &world::Paper, errors: &[SourceDiagnostic]) -> PrintError {
    let said = |error: &SourceDiagnostic| {
        let place = world.place(error).unwrap_or_default();
        let hints: String = error.hints.iter().map(|h| format!(" ({})", h.v)).collect();
        format!("{place}{}{hints}", error.message)
    };
    let all: Vec<String> = errors
        .iter()
        .filter(|error| error.severity == Severity::Error)
        .map(said)
        .collect();
    PrintError::Refused(all.join("; "))
}
