//! PDF: the heaviest dependency, alone in its crate behind a small interface.
