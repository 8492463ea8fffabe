//! An official letter as Japanese offices write it: number and date at the right, addressee, sender, subject, body, 記, 担当.

use serde::Serialize;

use crate::{Document, PrintError, qr_svg};

/// An official letter. Empty fields are left out; dates and numbers come in as they are to be printed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Letter {
    /// 文書番号, or empty.
    pub number: String,
    /// The date, such as 令和8年11月22日.
    pub date: String,
    /// 宛先, one line each; the last carries 様 or 御中 already.
    pub to: Vec<String>,
    /// Who writes: office, title and name, one line each.
    pub from: Vec<String>,
    /// 件名.
    pub subject: String,
    /// The text; one paragraph each.
    pub body: Vec<String>,
    /// What stands below 「記」: label and text. Nothing: no 「記」.
    pub items: Vec<(String, String)>,
    /// 担当.
    pub contact: Option<Party>,
    /// What is sent along.
    pub attached: Vec<Attached>,
    /// An address printed as a code, with the words beside it.
    pub qr: Option<(String, String)>,
    /// A line at the foot of each page, or empty.
    pub foot: String,
}

/// Whom to ask about a letter. Unknown numbers are left out.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Party {
    /// Office and section.
    pub office: String,
    /// Name.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// FAX.
    pub fax: String,
    /// Mail address.
    pub mail: String,
}

/// What is sent along with a letter.
#[derive(Clone, Debug, Serialize)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// How many, such as 1部; may be empty.
    pub count: String,
}

impl Letter {
    /// The letter as a document.
    ///
    /// # Errors
    /// [`PrintError::Data`].
    pub fn document(&self) -> Result<Document, PrintError> {
        let mut document = Document::new("letter", include_str!("../typ/letter.typ"));
        document.data(self)?;
        if let Some(svg) = self.qr.as_ref().and_then(|(address, _)| qr_svg(address)) {
            document.file("qr.svg", svg.into_bytes());
        }
        Ok(document)
    }
}
