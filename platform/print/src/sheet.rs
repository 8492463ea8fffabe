//! A plain document: headings, paragraphs, lists of fields and tables, on A4 upright or A3 across.

use serde::Serialize;

use crate::{Document, PrintError, qr_svg};

/// A document made of blocks, such as answers for approval on paper.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Sheet {
    /// Title.
    pub title: String,
    /// The line under it, or empty.
    pub subtitle: String,
    /// Small words at the upper right, one line each: number, date, state.
    pub corner: Vec<String>,
    /// A3 across instead of A4 upright.
    pub a3: bool,
    /// Boxes for seals in the first page's corner, by the words above them; none for most documents.
    pub seals: Vec<String>,
    /// The content.
    pub blocks: Vec<Block>,
    /// A line at the foot of each page, or empty.
    pub foot: String,
    /// An address printed as a code, with the words beside it.
    pub qr: Option<(String, String)>,
}

/// A part of a [`Sheet`].
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A heading; level 1 is the largest.
    Heading {
        /// 1 to 3.
        level: u8,
        /// Its words.
        text: String,
    },
    /// A paragraph; line breaks are kept.
    Text {
        /// Its words.
        text: String,
    },
    /// A paragraph in a box, such as a note to the reader.
    Note {
        /// Its words.
        text: String,
    },
    /// Words with their values, as a table of two columns.
    Fields {
        /// Label and value.
        rows: Vec<(String, String)>,
    },
    /// A table; its head is repeated on each page.
    Table {
        /// The columns.
        columns: Vec<Column>,
        /// The cells, one list a row.
        rows: Vec<Vec<String>>,
    },
    /// The next block begins a page.
    PageBreak,
}

/// A column of a table.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// The word in the head.
    pub name: String,
    /// Its share of the width.
    pub share: u8,
    /// Numbers stand at the right.
    pub number: bool,
}

impl Column {
    /// A column of text.
    #[must_use]
    pub fn text(name: impl Into<String>, share: u8) -> Self {
        Self {
            name: name.into(),
            share,
            number: false,
        }
    }

    /// A column of numbers.
    #[must_use]
    pub fn number(name: impl Into<String>, share: u8) -> Self {
        Self {
            name: name.into(),
            share,
            number: true,
        }
    }
}

impl Sheet {
    /// The sheet as a document.
    ///
    /// # Errors
    /// [`PrintError::Data`].
    pub fn document(&self) -> Result<Document, PrintError> {
        let mut document = Document::new("sheet", include_str!("../typ/sheet.typ"));
        document.data(self)?;
        if let Some(svg) = self.qr.as_ref().and_then(|(address, _)| qr_svg(address)) {
            document.file("qr.svg", svg.into_bytes());
        }
        Ok(document)
    }
}
