//! What the typesetter may see: its template, ours, the data and the fonts. No disk, no network, no clock.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use typst::{
    Library, LibraryExt, World, WorldExt,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::{PrintError, fonts::FONTS};

/// Templates that every document may import.
const SHARED: &[(&str, &str)] = &[("renkei.typ", include_str!("../typ/renkei.typ"))];

static LIBRARY: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(Library::builder().build()));

pub(crate) struct Paper {
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
}

/// The typesetter keeps every name for ever: names are few, and the same for every document of a kind.
fn id(name: &str) -> Result<FileId, PrintError> {
    let path = VirtualPath::new(name).map_err(|e| PrintError::Refused(format!("{name}: {e}")))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

impl Paper {
    pub(crate) fn new(
        name: &'static str,
        template: &'static str,
        files: &BTreeMap<String, Cow<'static, [u8]>>,
    ) -> Result<Self, PrintError> {
        if FONTS.all.len() < 2 {
            return Err(PrintError::NoFont);
        }
        let main = id(&format!("{name}.typ"))?;
        let mut sources = HashMap::new();
        sources.insert(main, Source::new(main, template.to_owned()));
        for (name, text) in SHARED {
            let id = id(name)?;
            sources.insert(id, Source::new(id, (*text).to_owned()));
        }
        let files = files
            .iter()
            .map(|(name, bytes)| Ok((id(name)?, Bytes::new(bytes.clone()))))
            .collect::<Result<_, PrintError>>()?;
        Ok(Self {
            main,
            sources,
            files,
        })
    }

    /// `file:line: ` of a complaint.
    pub(crate) fn place(&self, error: &SourceDiagnostic) -> Option<String> {
        let id = error.span.id()?;
        let source = self.sources.get(&id)?;
        let range = self.range(error.span)?;
        let line = source.lines().byte_to_line(range.start)? + 1;
        Some(format!("{}:{line}: ", id.vpath().get_without_slash()))
    }
}

impl World for Paper {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| unknown(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| unknown(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.all.get(index).cloned()
    }

    // Dates come with the data.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn unknown(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
