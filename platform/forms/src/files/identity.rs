//! Which form a file says it is, and whether that is true.

use super::{Mark, Reason, grid::Content, same, xlsx_read::is_hidden};

/// What is signed of the list of fields.
pub(super) fn fields_text(mark: &Mark, fields: &[(String, String)]) -> String {
    let mut out = mark.plain();
    for (number, id) in fields {
        out.push('\n');
        out.push_str(number);
        out.push('\t');
        out.push_str(id);
    }
    out
}

/// Number and id of each field, as the file keeps them.
pub(super) type Fields = Vec<(String, String)>;

/// Which form it is: from the hidden sheet and from the printed code, which must not contradict each other.
pub(super) fn identity(
    content: &Content,
    sign: &dyn Fn(&str) -> String,
) -> Result<(Option<Mark>, Fields), Reason> {
    let mut mark: Option<Mark> = None;
    let mut fields = Vec::new();
    let mut agree = |found: Mark| match &mark {
        Some(other) if *other != found => Err(Reason::Forged),
        _ => {
            mark = Some(found);
            Ok(())
        }
    };
    for grid in &content.grids {
        if is_hidden(&grid.name) {
            let Some(first) = grid.lines.first() else {
                continue;
            };
            let found = Mark::of_code(first.text(0), sign)?.ok_or(Reason::Forged)?;
            for line in &grid.lines[1..] {
                if !line.text(0).is_empty() && !line.text(1).is_empty() {
                    fields.push((line.text(0).to_owned(), line.text(1).to_owned()));
                }
            }
            if !same(&sign(&fields_text(&found, &fields)), first.text(1)) {
                return Err(Reason::Forged);
            }
            agree(found)?;
            continue;
        }
        // Above the first question; an answer may quote whatever it likes.
        for line in grid.lines.iter().take(40) {
            for cell in line.cells.iter().take(1) {
                if let Some(found) = Mark::of_code(&cell.text, sign)? {
                    agree(found)?;
                }
            }
        }
    }
    for line in content.prose.iter().take(60) {
        if let Some(found) = Mark::of_code(line, sign)? {
            agree(found)?;
        }
    }
    Ok((mark, fields))
}
