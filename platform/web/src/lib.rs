//! What every page of Renkei stands on: request context, sessions, permissions, forms, errors, page shell, components.
//!
//! A feature hands over one [`Feature`]: its routes (each with a [`Permission`]), navigation, jobs and schema. [`app::router`]
//! turns the list into one axum router in which the permission is decided before the handler runs.
//!
//! ```ignore
//! pub const EDIT: Permission = Permission::roles("areas.contact.edit", &[Role::Editor, Role::Manager]);
//! pub fn routes() -> Vec<Route> {
//!     vec![Route::get("/contacts/{id}", &Permission::PUBLIC, show), Route::post("/contacts/{id}", &EDIT, save)]
//! }
//! async fn show(cx: Ctx, Path(id): Path<ContactId>) -> web::Result {
//!     let contact = cx.db().read(&cx.viewer(), move |c| store::contact(c, id)).await?;
//!     Ok(cx.page(t!(cx, "contact-title")).nav("areas").body(html! { p { (contact.name) } }))
//! }
//! ```
//!
//! Texts: see [`i18n`]. Components: see [`ui`]; `/styleguide` shows them all while the server runs as a demo.

pub mod app;
pub mod assets;
pub mod cookie;
pub mod csrf;
mod ctx;
mod error;
mod error_page;
mod flash;
mod form;
pub mod forms;
mod guard;
mod headers;
mod health;
pub mod i18n;
pub mod limits;
pub mod live;
pub mod mail;
mod metrics;
mod my_number;
mod outer;
mod page;
mod permission;
pub mod proxy;
mod qr;
mod route;
pub mod session;
mod shell;
mod styleguide;
mod switches;
#[cfg(test)]
mod tests;
pub mod ui;
mod upload;
pub mod words;

pub use app::{App, FOOTER_ONLY, Feature, NavItem, Waiting, WaitingFn, WebConfig};
pub use ctx::{ActingFor, Ctx, SignedIn};
pub use error::{Error, Result};
pub use flash::FlashKind;
pub use form::Form;
pub use forms::{Errors, Values};
pub use headers::MapPage;
pub use my_number::{STATEMENT_SUFFIX, check_my_number, statement_field};
pub use page::{Download, Page};
pub use permission::{Decision, OrgKind, Permission, Role};
pub use route::{Method, Route};
pub use upload::{FileKind, Upload, UploadedFile};

/// The schema of this room: tables `session` and `mail`.
pub static SCHEMA: &store::Schema = &store::Schema {
    feature: "web",
    migrations: MIGRATIONS,
    statements: &[session::STATEMENTS, mail::STATEMENTS, live::STATEMENTS],
};

const MIGRATIONS: &[store::Migration] =
    store::migrations!["20261122_0_web_session", "20261122_0_web_mail"];
