//! A form to be filled in by hand. Every page carries the code that leads it home.

use print::{Document, PrintError, qr_svg};
use serde::Serialize;
use web::App;

use crate::{code::ShortCode, i18n::tl};

/// A form to be filled in by hand; always Japanese, like the offices that fill it in.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Sheet {
    /// Its name, on every page.
    pub title: String,
    /// Who fills it in, on every page.
    pub respondent: String,
    /// Lines above the questions: who asks, until when, how to send it back.
    pub lead: Vec<String>,
    /// What is asked.
    pub questions: Vec<Question>,
}

/// A question with room to write.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Question {
    /// Number as printed; may be empty.
    pub number: String,
    /// The question.
    pub label: String,
    /// What helps to answer it; may be empty.
    pub help: String,
    /// What stands in it already, or choices to mark; may be empty.
    pub given: String,
    /// Empty lines to write on.
    pub rows: u8,
}

#[derive(Serialize)]
struct Words {
    code: String,
    foot: String,
}

#[derive(Serialize)]
struct Data<'a> {
    #[serde(flatten)]
    sheet: &'a Sheet,
    code: String,
    words: Words,
}

impl Sheet {
    /// The form as a document with a code on each page.
    ///
    /// # Errors
    /// [`PrintError::Data`].
    pub fn document(&self, app: &App, code: ShortCode) -> Result<Document, PrintError> {
        let ja = kernel::Lang::Ja;
        let mut document = Document::new("answer", include_str!("../typ/answer.typ"));
        document.data(&Data {
            sheet: self,
            code: code.to_string(),
            words: Words {
                code: tl!(ja, "inbox-sheet-code"),
                foot: tl!(ja, "inbox-sheet-foot"),
            },
        })?;
        if let Some(svg) = qr_svg(&code.address(app)) {
            document.file("code.svg", svg.into_bytes());
        }
        Ok(document)
    }
}
