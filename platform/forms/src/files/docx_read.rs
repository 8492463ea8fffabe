//! A document that came back: its tables, with or without content controls.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{
    Blank, Filled, MAX_ROWS, MAX_TEXT, Problem, Reason, Words,
    grid::{Cell, Content, Grid, Line},
    matching, package,
};

/// Deepest nesting of elements that is followed.
const MAX_DEPTH: usize = 256;

/// Reads a form; `sign` gives a keyed checksum of a text.
///
/// # Errors
/// Why the whole file cannot be taken; problems of single rows are in [`Filled::problems`].
pub fn read_docx(
    bytes: &[u8],
    blanks: &[Blank],
    words: &Words,
    sign: &dyn Fn(&str) -> String,
) -> Result<Filled, Problem> {
    package::check(bytes).map_err(Problem::file)?;
    let xml = package::part(bytes, "word/document.xml").map_err(Problem::file)?;
    let content = content(&xml).map_err(Problem::file)?;
    matching::filled(&content, blanks, words, sign)
}

/// A table that is open.
#[derive(Default)]
struct Open {
    grid: Grid,
    row: Vec<Cell>,
    cell: Option<OpenCell>,
    row_at: u64,
}

/// A cell that is open.
#[derive(Default)]
struct OpenCell {
    cell: Cell,
    paragraphs: usize,
}

struct Walk {
    content: Content,
    tables: Vec<Open>,
    prose: String,
    /// Elements whose text is not what the reader sees: removed, moved away, fallback pictures, readings above kanji.
    skip: usize,
    in_text: bool,
    left: usize,
    rows: usize,
}

fn content(xml: &[u8]) -> Result<Content, Reason> {
    let mut reader = Reader::from_reader(xml);
    let mut buffer = Vec::new();
    let mut walk = Walk {
        content: Content::default(),
        tables: Vec::new(),
        prose: String::new(),
        skip: 0,
        in_text: false,
        left: MAX_TEXT,
        rows: MAX_ROWS,
    };
    let mut depth = 0_usize;
    loop {
        match reader
            .read_event_into(&mut buffer)
            .map_err(|_| Reason::Unreadable)?
        {
            Event::Start(tag) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(Reason::Unpacks);
                }
                walk.open(&tag)?;
            }
            Event::Empty(tag) => {
                walk.open(&tag)?;
                walk.close(tag.local_name().as_ref())?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                walk.close(tag.local_name().as_ref())?;
            }
            Event::Text(text) => walk.text(&text)?,
            Event::CData(text) => walk.text(&text)?,
            Event::GeneralRef(name) => {
                let sign = match name.resolve_char_ref().map_err(|_| Reason::Unreadable)? {
                    Some(sign) => sign,
                    None => match &*name {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        _ => return Err(Reason::Unreadable),
                    },
                };
                walk.text(sign.encode_utf8(&mut [0; 4]))?;
            }
            Event::DocType(_) => return Err(Reason::Active),
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    walk.end_paragraph();
    Ok(walk.content)
}

impl Walk {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), Reason> {
        match tag.local_name().as_ref() {
            "del" | "moveFrom" | "Fallback" | "rt" => self.skip += 1,
            "t" => self.in_text = true,
            "tbl" if self.skip == 0 => self.tables.push(Open::default()),
            "tr" if self.skip == 0 => {
                self.rows = self.rows.checked_sub(1).ok_or(Reason::TooManyRows)?;
                if let Some(table) = self.tables.last_mut() {
                    table.row_at += 1;
                    table.row.clear();
                }
            }
            "tc" if self.skip == 0 => {
                if let Some(table) = self.tables.last_mut() {
                    table.cell = Some(OpenCell::default());
                }
            }
            "p" if self.skip == 0 => self.begin_paragraph(),
            "br" | "cr" => self.put("\n")?,
            // Tabs also stand in the rules of a paragraph, where they are no text; those have a value.
            "tab" if attribute(tag, "val")?.is_none() => self.put("\t")?,
            "noBreakHyphen" => self.put("-")?,
            "tag" if self.skip == 0 => {
                let value = attribute(tag, "val")?;
                if let Some(open) = self.tables.last_mut().and_then(|t| t.cell.as_mut())
                    && open.cell.tag.is_none()
                {
                    open.cell.tag = value;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Reason> {
        match name {
            "del" | "moveFrom" | "Fallback" | "rt" => self.skip = self.skip.saturating_sub(1),
            "t" => self.in_text = false,
            "p" if self.skip == 0 => self.end_paragraph(),
            "tc" if self.skip == 0 => {
                if let Some(table) = self.tables.last_mut()
                    && let Some(open) = table.cell.take()
                {
                    table.row.push(open.cell);
                }
            }
            "tr" if self.skip == 0 => {
                if let Some(table) = self.tables.last_mut() {
                    let line = Line {
                        number: table.row_at,
                        cells: std::mem::take(&mut table.row),
                    };
                    table.grid.lines.push(line);
                }
            }
            "tbl" if self.skip == 0 => {
                if let Some(mut table) = self.tables.pop() {
                    // Documents do not name their tables.
                    table.grid.name = (self.content.grids.len() + 1).to_string();
                    self.content.grids.push(table.grid);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Reason> {
        if self.in_text { self.put(text) } else { Ok(()) }
    }

    fn put(&mut self, text: &str) -> Result<(), Reason> {
        if self.skip > 0 {
            return Ok(());
        }
        self.left = self.left.checked_sub(text.len()).ok_or(Reason::Unpacks)?;
        match self.tables.last_mut().and_then(|t| t.cell.as_mut()) {
            Some(open) => open.cell.text.push_str(text),
            None => self.prose.push_str(text),
        }
        Ok(())
    }

    fn begin_paragraph(&mut self) {
        if let Some(open) = self.tables.last_mut().and_then(|t| t.cell.as_mut()) {
            if open.paragraphs > 0 {
                open.cell.text.push('\n');
            }
            open.paragraphs += 1;
        }
    }

    fn end_paragraph(&mut self) {
        let in_cell = self.tables.last().is_some_and(|t| t.cell.is_some());
        if !in_cell && !self.prose.is_empty() {
            self.content.prose.push(std::mem::take(&mut self.prose));
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, Reason> {
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| Reason::Unreadable)?;
        if attribute.key.local_name().as_ref() == name {
            let value =
                quick_xml::escape::unescape(&attribute.value).map_err(|_| Reason::Unreadable)?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}
