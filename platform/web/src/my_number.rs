//! マイナンバー must not be stored: a text with a 12-digit run that passes its check digit is not taken until the writer changes
//! it or states that it is another number.

use crate::ctx::Ctx;
use crate::ui::{Field, Kind, field};
use crate::words::{w, wf};
use kernel::Lang;
use maud::Markup;

/// The checkbox of a field `body` is named `body` + this.
pub const STATEMENT_SUFFIX: &str = "_other_number";

/// What is wrong with a text that may hold a マイナンバー: `None` when it holds none, or when the writer has stated that it is
/// another number (the caller writes that statement to the audit trail). The run itself is not repeated in the message.
#[must_use]
pub fn check_my_number(lang: Lang, text: &str, stated: bool) -> Option<String> {
    if stated {
        return None;
    }
    match kernel::codes::find_my_numbers(text).len() {
        0 => None,
        count => Some(wf!(lang, "my-number-found", count = count)),
    }
}

/// The checkbox "this is another kind of number", to be shown under a field that [`check_my_number`] has refused.
#[must_use]
pub fn statement_field(cx: &Ctx, name: &str, checked: bool) -> Markup {
    let name = format!("{name}{STATEMENT_SUFFIX}");
    field(
        cx,
        &Field::new(&name, w!(cx.lang, "my-number-statement"))
            .kind(Kind::Checkbox)
            .hint(w!(cx.lang, "my-number-statement-hint"))
            .value(if checked { "1" } else { "" }),
    )
}
