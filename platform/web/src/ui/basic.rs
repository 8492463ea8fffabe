//! Cards, badges, buttons, notices, empty states, steps.

use maud::{Markup, Render, html};

/// Colour with a meaning. It never speaks alone: the word beside it says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Without a meaning of its own.
    Plain,
    /// Care; done; good.
    Key,
    /// 小田原 district.
    Sea,
    /// 足柄上 district.
    Hill,
    /// Waits for you.
    Warn,
    /// Danger.
    Bad,
    /// For your information.
    Info,
}

impl Tone {
    /// All tones.
    pub const ALL: [Self; 7] = [
        Self::Plain,
        Self::Key,
        Self::Sea,
        Self::Hill,
        Self::Warn,
        Self::Bad,
        Self::Info,
    ];

    /// A tone by its stored word (`sea`, `hill`); anything else is plain.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match code {
            "key" => Self::Key,
            "sea" => Self::Sea,
            "hill" => Self::Hill,
            "warn" => Self::Warn,
            "bad" => Self::Bad,
            _ => Self::Plain,
        }
    }

    fn badge(self) -> &'static str {
        match self {
            Self::Plain | Self::Info => "badge b-plain",
            Self::Key => "badge b-key",
            Self::Sea => "badge b-sea",
            Self::Hill => "badge b-hill",
            Self::Warn => "badge b-warn",
            Self::Bad => "badge b-bad",
        }
    }

    fn notice(self) -> &'static str {
        match self {
            Self::Key => "notice n-good",
            Self::Warn => "notice n-warn",
            Self::Bad => "notice n-bad",
            _ => "notice n-info",
        }
    }
}

/// One thing.
#[must_use]
pub fn card(heading: impl Render, body: impl Render) -> Markup {
    html! { section.card { h2 { (heading) } (body) } }
}

/// The card with the number to call.
#[must_use]
pub fn card_call(heading: impl Render, body: impl Render) -> Markup {
    html! { section.card.call { h2 { (heading) } (body) } }
}

/// The card of something that waits.
#[must_use]
pub fn card_waits(heading: impl Render, body: impl Render) -> Markup {
    html! { section.card.waits { h2 { (heading) } (body) } }
}

/// The card of something that cannot be undone.
#[must_use]
pub fn card_danger(heading: impl Render, body: impl Render) -> Markup {
    html! { section.card.danger { h2 { (heading) } (body) } }
}

/// Two or three columns (one on a phone).
#[must_use]
pub fn grid(columns: u8, body: impl Render) -> Markup {
    html! { div class=(if columns >= 3 { "grid g3" } else { "grid g2" }) { (body) } }
}

/// A word in a coloured box.
#[must_use]
pub fn badge(tone: Tone, text: impl Render) -> Markup {
    html! { span class=(tone.badge()) { (text) } }
}

/// The one main action of a form. A verb, never "OK".
#[must_use]
pub fn button(text: impl Render) -> Markup {
    html! { button.btn type="submit" { (text) } }
}

/// Another action of a form; `name=value` tells the server which.
#[must_use]
pub fn button_second(name: &str, value: &str, text: impl Render) -> Markup {
    html! { button.btn.second type="submit" name=(name) value=(value) { (text) } }
}

/// A small button in a row of a table.
#[must_use]
pub fn button_small(text: impl Render) -> Markup {
    html! { button.btn.second.small type="submit" { (text) } }
}

/// A button for what cannot be undone; the page asks again when scripts run.
#[must_use]
pub fn danger_button(text: impl Render, question: impl Render) -> Markup {
    html! { button.btn.danger type="submit" data-confirm=(question) { (text) } }
}

/// A link that is the next step.
#[must_use]
pub fn link_button(href: impl Render, text: impl Render) -> Markup {
    html! { a.btn href=(href) { (text) } }
}

/// A link that is another way.
#[must_use]
pub fn link_button_second(href: impl Render, text: impl Render) -> Markup {
    html! { a.btn.second href=(href) { (text) } }
}

/// A notice above the content.
#[must_use]
pub fn notice(tone: Tone, title: impl Render, body: impl Render) -> Markup {
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    html! { div class=(tone.notice()) role=(role) { h2 { (title) } (body) } }
}

/// Nothing here yet, and how to begin.
#[must_use]
pub fn empty(title: impl Render, text: impl Render, action: impl Render) -> Markup {
    html! { div.empty { h2 { (title) } p { (text) } div.actions { (action) } } }
}

/// Where one is in a long task; `at` counts from 0.
#[must_use]
pub fn steps(names: &[impl AsRef<str>], at: usize) -> Markup {
    html! {
        ol.steps {
            @for (i, name) in names.iter().enumerate() {
                li aria-current=[(i == at).then_some("step")] class=[(i < at).then_some("done")] { (name.as_ref()) }
            }
        }
    }
}

/// How much of something is done, in words and as a bar.
#[must_use]
pub fn progress(label: impl Render, done: u64, of: u64) -> Markup {
    html! {
        div.progress {
            span.label { (label) " " strong { (done) " / " (of) } }
            progress value=(done) max=(of.max(1)) aria-label=(label.render().into_string()) { (done) "/" (of) }
        }
    }
}

/// What somebody wrote, as they wrote it.
#[must_use]
pub fn quote(body: impl Render) -> Markup {
    html! { blockquote.quote { (body) } }
}

/// Something to unfold.
#[must_use]
pub fn details(summary: impl Render, body: impl Render) -> Markup {
    html! { details { summary { (summary) } (body) } }
}
