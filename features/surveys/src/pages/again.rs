//! A form that came back: what was typed, what is wrong with it, and words whose form is gone by now. Nothing typed is lost.

use axum::http::StatusCode;
use maud::{Markup, html};
use web::{Ctx, Errors, Values, ui};

use crate::i18n::t;

/// What a page shows of a form that was refused; nothing on the first visit.
#[derive(Debug)]
pub(crate) struct Again {
    pub(crate) values: Values,
    pub(crate) errors: Errors,
    pub(crate) status: StatusCode,
}

impl Again {
    /// The first visit.
    pub(crate) fn fresh() -> Self {
        Self {
            values: Values::default(),
            errors: Errors::new(),
            status: StatusCode::OK,
        }
    }

    /// Fields that cannot stand so.
    pub(crate) fn wrong(values: Values, errors: Errors) -> Self {
        Self {
            values,
            errors,
            status: StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// One thing is wrong, said at a field.
    pub(crate) fn refused(values: Values, field: &'static str, words: String) -> Self {
        let mut errors = Errors::new();
        errors.add(field, words);
        Self::wrong(values, errors)
    }

    /// Somebody else was faster.
    pub(crate) fn overtaken(mut self) -> Self {
        self.status = StatusCode::CONFLICT;
        self
    }

    /// A field with what was typed into it and what is wrong with it.
    pub(crate) fn field<'a>(&'a self, name: &'a str, label: String) -> ui::Field<'a> {
        ui::Field::new(name, label)
            .value(self.values.get(name).unwrap_or_default())
            .errors(&self.errors)
    }

    /// Everything that is wrong, above the page.
    pub(crate) fn summary(&self, cx: &Ctx) -> Markup {
        ui::error_summary(cx, &self.errors)
    }

    /// What was typed into fields that the page does not offer any more, to be copied.
    pub(crate) fn left(&self, cx: &Ctx, names: &[(&str, String)]) -> Markup {
        let typed: Vec<(&String, &str)> = names
            .iter()
            .map(|(name, label)| (label, self.values.text(name)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        html! {
            @if !typed.is_empty() {
                (ui::notice(ui::Tone::Warn, t!(cx, "again-left"), html! {
                    p { (t!(cx, "again-left-text")) }
                    @for (label, text) in typed { h3 { (label) } (ui::quote(html! { @for line in text.lines() { p { (line) } } })) }
                }))
            }
        }
    }
}
