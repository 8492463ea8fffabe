//! Lists of options in cells.

use rust_xlsxwriter::{DataValidation, Formula, Worksheet};

use super::{WriteError, docx_write::printable, xlsx_write::HIDDEN};

/// A list of options that is longer than this (in UTF-16 units) must stand in cells.
const LIST: usize = 255;
/// Lists of options that are too long to stand in a cell's rule.
#[derive(Default)]
pub(super) struct Lists {
    /// Each stands in a column of the hidden sheet, from the fourth on.
    pub(super) long: Vec<Vec<String>>,
}

impl Lists {
    /// Offers options in a cell.
    ///
    /// # Errors
    /// What the library says.
    pub(super) fn offer(
        &mut self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        options: &[String],
    ) -> Result<(), WriteError> {
        let length: usize = options.iter().map(|o| o.encode_utf16().count() + 1).sum();
        let plain = length <= LIST && !options.iter().any(|o| o.contains([',', '"']));
        let rule = if plain {
            DataValidation::new().allow_list_strings(options)?
        } else {
            let list: Vec<String> = options.iter().map(|o| printable(o)).collect();
            let at = self
                .long
                .iter()
                .position(|l| *l == list)
                .unwrap_or_else(|| {
                    self.long.push(list);
                    self.long.len() - 1
                });
            let name = rust_xlsxwriter::column_number_to_name(u16::try_from(at + 3).unwrap_or(3));
            let range = format!("={HIDDEN}!${name}$1:${name}${}", options.len());
            DataValidation::new().allow_list_formula(Formula::new(range))
        };
        sheet.add_data_validation(row, column, row, column, &rule.ignore_blank(true))?;
        Ok(())
    }
}
