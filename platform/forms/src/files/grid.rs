//! What both kinds of files are before they are understood: rows of cells.

/// What a cell holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum CellKind {
    /// Text, a figure or a date, as text.
    #[default]
    Text,
    /// A formula.
    Formula,
    /// A truth value or an error.
    Other,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) kind: CellKind,
    /// The tag of a content control in it.
    pub(super) tag: Option<String>,
}

/// One row; `number` as the reader counts, from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) cells: Vec<Cell>,
}

impl Line {
    pub(super) fn text(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", |c| c.text.as_str())
    }

    pub(super) fn is_blank(&self) -> bool {
        self.cells
            .iter()
            .all(|c| kernel::text::trim(&c.text).is_empty() && c.kind == CellKind::Text)
    }
}

/// One sheet or table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Grid {
    pub(super) name: String,
    pub(super) lines: Vec<Line>,
}

/// Everything a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) grids: Vec<Grid>,
    /// Text outside tables.
    pub(super) prose: Vec<String>,
}
