//! Forms: fields with their label, hint and error beside them, values kept, the summary of errors above.

use crate::ctx::Ctx;
use crate::forms::Errors;
use crate::words::w;
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// One choice of a select or group.
#[derive(Clone, Debug)]
pub struct Choice<'a> {
    /// What is sent.
    pub value: Cow<'a, str>,
    /// What is read.
    pub label: Cow<'a, str>,
}

impl<'a> Choice<'a> {
    /// A choice.
    #[must_use]
    pub fn new(value: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// The kind of a field.
#[derive(Clone, Debug, Default)]
pub enum Kind<'a> {
    /// One line.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Tel,
    /// A web address.
    Url,
    /// A secret; never filled in again.
    Password,
    /// A day; taken as text so that 令和8年11月22日 and 2026-11-22 both work.
    Date,
    /// A whole number.
    Number,
    /// A search.
    Search,
    /// A file.
    File {
        /// The `accept` attribute: `.csv,.xlsx`.
        accept: &'a str,
    },
    /// Several lines.
    Textarea {
        /// Height in lines.
        rows: u32,
    },
    /// One of a list.
    Select(Vec<Choice<'a>>),
    /// One of a few, all visible.
    Radio(Vec<Choice<'a>>),
    /// Yes or no; the value is `1` when checked.
    Checkbox,
    /// Not seen.
    Hidden,
}

/// A field of a form. Fill in what is needed and leave the rest to `..Default::default()`, or start with [`Field::new`].
#[derive(Clone, Debug, Default)]
pub struct Field<'a> {
    /// Its name in the form.
    pub name: &'a str,
    /// Its label.
    pub label: Cow<'a, str>,
    /// What to write, with an example.
    pub hint: Option<Cow<'a, str>>,
    /// What is wrong and how to put it right.
    pub error: Option<Cow<'a, str>>,
    /// Whether it must be filled in.
    pub required: bool,
    /// Its kind.
    pub kind: Kind<'a>,
    /// What was typed.
    pub value: Cow<'a, str>,
    /// The `autocomplete` word.
    pub autocomplete: Option<&'a str>,
    /// The `inputmode` word.
    pub inputmode: Option<&'a str>,
    /// Most characters.
    pub maxlength: Option<u32>,
    /// Focused when the page opens.
    pub autofocus: bool,
}

impl<'a> Field<'a> {
    /// A field with a name and a label.
    #[must_use]
    pub fn new(name: &'a str, label: impl Into<Cow<'a, str>>) -> Self {
        Self {
            name,
            label: label.into(),
            ..Self::default()
        }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(mut self, kind: Kind<'a>) -> Self {
        self.kind = kind;
        self
    }

    /// What was typed.
    #[must_use]
    pub fn value(mut self, value: impl Into<Cow<'a, str>>) -> Self {
        self.value = value.into();
        self
    }

    /// What to write, with an example.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Cow<'a, str>>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Must be filled in.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Takes its error from a list.
    #[must_use]
    pub fn errors(mut self, errors: &'a Errors) -> Self {
        self.error = errors.of(self.name).map(Cow::Borrowed);
        self
    }

    /// The `autocomplete` word.
    #[must_use]
    pub fn autocomplete(mut self, word: &'a str) -> Self {
        self.autocomplete = Some(word);
        self
    }

    /// The `inputmode` word.
    #[must_use]
    pub fn inputmode(mut self, word: &'a str) -> Self {
        self.inputmode = Some(word);
        self
    }

    /// Most characters.
    #[must_use]
    pub fn maxlength(mut self, most: u32) -> Self {
        self.maxlength = Some(most);
        self
    }

    fn described(&self) -> Option<String> {
        match (&self.hint, &self.error) {
            (None, None) => None,
            (Some(_), None) => Some(format!("{}-hint", self.name)),
            (None, Some(_)) => Some(format!("{}-error", self.name)),
            (Some(_), Some(_)) => Some(format!("{0}-hint {0}-error", self.name)),
        }
    }
}

fn mark(cx: &Ctx, required: bool) -> Markup {
    html! { @if required { " " span.badge.b-warn { (w!(cx.lang, "required")) } } }
}

fn notes(f: &Field<'_>) -> Markup {
    html! {
        @if let Some(hint) = &f.hint { p.hint id={ (f.name) "-hint" } { (hint) } }
        @if let Some(error) = &f.error { p.error id={ (f.name) "-error" } { (error) } }
    }
}

/// A field with label, hint and error.
#[must_use]
pub fn field(cx: &Ctx, f: &Field<'_>) -> Markup {
    let class = if f.error.is_some() {
        "field bad"
    } else {
        "field"
    };
    let invalid = f.error.is_some().then_some("true");
    match &f.kind {
        Kind::Hidden => html! { input type="hidden" name=(f.name) value=(f.value); },
        Kind::Radio(choices) => {
            choice_group(cx, f, choices, "radio", std::slice::from_ref(&f.value))
        }
        Kind::Checkbox => html! {
            div class=(class) {
                div.choice {
                    input type="checkbox" id=(f.name) name=(f.name) value="1" checked[f.value == "1"] required[f.required]
                        aria-describedby=[f.described()] aria-invalid=[invalid];
                    label for=(f.name) { (f.label) (mark(cx, f.required)) }
                }
                (notes(f))
            }
        },
        kind => html! {
            div class=(class) {
                label for=(f.name) { (f.label) (mark(cx, f.required)) }
                (notes(f))
                (control(f, kind, invalid))
            }
        },
    }
}

fn control(f: &Field<'_>, kind: &Kind<'_>, invalid: Option<&str>) -> Markup {
    let described = f.described();
    match kind {
        Kind::Textarea { rows } => html! {
            textarea id=(f.name) name=(f.name) rows=(rows) required[f.required] maxlength=[f.maxlength]
                aria-describedby=[described] aria-invalid=[invalid] autofocus[f.autofocus] {
                // A browser drops one line break after the tag: without this one, a text that begins with an empty line loses it.
                "\n" (f.value)
            }
        },
        Kind::Select(choices) => html! {
            select id=(f.name) name=(f.name) required[f.required] aria-describedby=[described] aria-invalid=[invalid] {
                @for c in choices { option value=(c.value) selected[c.value == f.value] { (c.label) } }
            }
        },
        Kind::File { accept } => html! {
            input type="file" id=(f.name) name=(f.name) accept=(accept) required[f.required] aria-describedby=[described]
                aria-invalid=[invalid];
        },
        other => {
            let (kind, mode) = match other {
                Kind::Email => ("email", None),
                Kind::Tel => ("tel", Some("tel")),
                Kind::Url => ("url", None),
                Kind::Password => ("password", None),
                Kind::Number => ("text", Some("numeric")),
                Kind::Search => ("search", None),
                _ => ("text", None),
            };
            let value: &str = if matches!(other, Kind::Password) {
                ""
            } else {
                &f.value
            };
            html! {
                input type=(kind) id=(f.name) name=(f.name) value=(value) required[f.required] maxlength=[f.maxlength]
                    autocomplete=[f.autocomplete] inputmode=[f.inputmode.or(mode)] autofocus[f.autofocus]
                    aria-describedby=[described] aria-invalid=[invalid];
            }
        }
    }
}

fn choice_group(
    cx: &Ctx,
    f: &Field<'_>,
    choices: &[Choice<'_>],
    kind: &str,
    chosen: &[Cow<'_, str>],
) -> Markup {
    html! {
        fieldset id=(f.name) class=(if f.error.is_some() { "field bad" } else { "field" }) aria-describedby=[f.described()] {
            legend { (f.label) (mark(cx, f.required)) }
            (notes(f))
            @for (i, c) in choices.iter().enumerate() {
                div.choice {
                    input type=(kind) id={ (f.name) "-" (i) } name=(f.name) value=(c.value) checked[chosen.contains(&c.value)]
                        required[f.required && kind == "radio"];
                    label for={ (f.name) "-" (i) } { (c.label) }
                }
            }
        }
    }
}

/// One of a few, all visible.
#[must_use]
pub fn radio_group(cx: &Ctx, f: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    choice_group(cx, f, choices, "radio", std::slice::from_ref(&f.value))
}

/// Any of a few; the values arrive under one name, see [`crate::Values::all`].
#[must_use]
pub fn check_group(
    cx: &Ctx,
    f: &Field<'_>,
    choices: &[Choice<'_>],
    chosen: &[Cow<'_, str>],
) -> Markup {
    choice_group(cx, f, choices, "checkbox", chosen)
}

/// Fields that belong together.
#[must_use]
pub fn fieldset(legend: impl Render, body: impl Render) -> Markup {
    html! { fieldset.field { legend { (legend) } (body) } }
}

/// A form that posts to a path (without the base path), with its token.
#[must_use]
pub fn form(cx: &Ctx, action: &str, body: impl Render) -> Markup {
    html! {
        form.form method="post" action=(cx.url(action)) novalidate {
            input type="hidden" name="_csrf" value=(cx.csrf());
            (body)
        }
    }
}

/// A form with a file. The token comes first, so that the file is not read from strangers.
#[must_use]
pub fn form_upload(cx: &Ctx, action: &str, body: impl Render) -> Markup {
    html! {
        form.form method="post" action=(cx.url(action)) enctype="multipart/form-data" novalidate {
            input type="hidden" name="_csrf" value=(cx.csrf());
            (body)
        }
    }
}

/// All errors above the form, each a link to its field. Nothing when there are none.
#[must_use]
pub fn error_summary(cx: &Ctx, errors: &Errors) -> Markup {
    html! {
        @if !errors.is_empty() {
            div.errors role="alert" tabindex="-1" {
                h2 { (w!(cx.lang, "errors-title")) }
                ul { @for (name, text) in errors.iter() { li { a href={ "#" (name) } { (text) } } } }
            }
        }
    }
}
