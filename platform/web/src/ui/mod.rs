//! The components: typed functions that give [`Markup`] with the classes of the stylesheet. `/styleguide` shows each in
//! every state.
//!
//! Texts come in already translated (`t!`), so a component needs the context only for the words it adds itself.

mod basic;
mod field;
mod nav;
mod show;

pub use basic::{
    Tone, badge, button, button_second, button_small, card, card_call, card_danger, card_waits,
    danger_button, details, empty, grid, link_button, link_button_second, notice, progress, quote,
    steps,
};
pub use field::{
    Choice, Field, Kind, check_group, error_summary, field, fieldset, form, form_upload,
    radio_group,
};
pub use nav::{Chip, Tab, chips, crumbs, pager, search, tabs};
pub use show::{
    date, date_opt, dl, fiscal_year, legend, moment, print_only, qr, ruby, ruby_text, table,
    table_rows, tel, time, unknown,
};

pub use maud::{Markup, PreEscaped, Render, html};
