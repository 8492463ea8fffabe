//! Reading a form field by field: every problem in words beside its field, and what was typed is kept by the page.

use kernel::{Date, codes::find_my_numbers, text};
use web::{Ctx, Errors, Values};

use crate::i18n::t;

/// The name under which a form says that a number is no マイナンバー.
pub(crate) const STATED: &str = "texts";

/// A form being checked.
pub(crate) struct Input<'a> {
    cx: &'a Ctx,
    values: &'a Values,
    /// What is wrong so far.
    pub(crate) errors: Errors,
    /// A text looks like a マイナンバー: the page asks for a statement.
    pub(crate) ask: bool,
}

impl<'a> Input<'a> {
    pub(crate) fn new(cx: &'a Ctx, values: &'a Values) -> Self {
        Self {
            cx,
            values,
            errors: Errors::new(),
            ask: false,
        }
    }

    /// A text of at most `most` characters.
    pub(crate) fn text(&mut self, name: &'static str, most: usize) -> String {
        let cx = self.cx;
        let Ok(kept) = text::clean(self.values.text(name)) else {
            self.errors.add(name, t!(cx, "lanes-problem-null"));
            return String::new();
        };
        if kept.chars().count() > most {
            self.errors
                .add(name, t!(cx, "lanes-problem-long", most = most.to_string()));
        }
        if !stated(self.values) && !find_my_numbers(&kept).is_empty() {
            self.ask = true;
            let words = web::check_my_number(cx.lang, &kept, false).unwrap_or_default();
            self.errors.add(name, words);
        }
        kept
    }

    /// A text that must be there.
    pub(crate) fn required(&mut self, name: &'static str, most: usize) -> String {
        let kept = self.text(name, most);
        if kept.is_empty() {
            self.errors.add(name, t!(self.cx, "lanes-problem-required"));
        }
        kept
    }

    /// A day in any form people write; `None` when nothing was typed.
    pub(crate) fn day(&mut self, name: &'static str) -> Option<Date> {
        let typed = self.values.text(name);
        if typed.is_empty() {
            return None;
        }
        let day = kernel::parse_date(typed).ok();
        if day.is_none() {
            self.errors.add(name, t!(self.cx, "lanes-problem-date"));
        }
        day
    }

    /// A day that must be there.
    pub(crate) fn required_day(&mut self, name: &'static str) -> Option<Date> {
        if self.values.text(name).is_empty() {
            self.errors.add(name, t!(self.cx, "lanes-problem-required"));
        }
        self.day(name)
    }

    /// The version the writer saw.
    pub(crate) fn version(&self) -> i64 {
        self.values.text("version").parse().unwrap_or(0)
    }
}

/// Whether a form states that a number is another one.
pub(crate) fn stated(values: &Values) -> bool {
    values.has("texts_other_number")
}
