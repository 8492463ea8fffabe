//! Forms as data: a catalogue describes each field once; the page, its validation, the printed form and the files that
//! travel by mail (XLSX, DOCX) derive from it.
