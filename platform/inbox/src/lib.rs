//! The paper tray: scans of papers find their record by the code printed on them, and are typed with the picture beside.
//!
//! A room that sends papers out prints [`code()`] on them (as QR code and as ten characters to type) and registers a
//! [`Receiver`]. What comes back by post or FAX is scanned in a stack: each page is straightened and its code read, and the
//! paper lies at its record, or waits in the tray of the office for a person. The room's typing page shows [`beside()`] next
//! to its form. The pictures are kept encrypted as evidence until their time is over.
//!
//! This room knows no feature: a target is a word and an id (`return:…`), and the registered rooms say what it is.

pub mod actions;
mod beside;
pub mod code;
mod i18n;
pub mod intake;
pub mod model;
mod pages;
pub mod read;
mod receiver;
pub mod sheet;
pub mod store;
pub mod straight;
mod tiff;
mod waiting;

use web::{Feature, NavItem, Permission, Role, Route};

pub use beside::{beside, side_by_side};
pub use code::{CodeId, ShortCode, code};
pub use receiver::{Place, Receiver, place, register};
pub use sheet::{Question, Sheet};

/// Taking papers in, looking at them and filing them; whose tray it is, the query decides.
pub const HANDLE: Permission =
    Permission::roles("inbox", &[Role::Editor, Role::Approver, Role::Manager]);

/// Tables and statements of this room.
pub static SCHEMA: ::store::Schema = ::store::Schema {
    feature: "inbox",
    migrations: ::store::migrations!["20261124_5_inbox"],
    statements: &[code::STATEMENTS, store::STATEMENTS],
};

/// What this room gives to the application.
#[must_use]
pub fn feature() -> Feature {
    Feature {
        name: "inbox",
        schema: &SCHEMA,
        routes,
        nav: NAV,
        waiting: Some(waiting::waiting),
        jobs: &[intake::HANDLER],
    }
}

const NAV: &[NavItem] = &[NavItem {
    href: "/inbox",
    label: |lang| i18n::loader(lang).text("inbox-title").to_owned(),
    order: 70,
    permission: &HANDLE,
    public: false,
}];

fn routes() -> Vec<Route> {
    use pages::{open, paper, picture, tray};
    vec![
        Route::get("/inbox", &HANDLE, tray::show),
        Route::post("/inbox", &HANDLE, tray::bring),
        Route::get("/inbox/pages/{id}", &HANDLE, picture::show),
        Route::get("/inbox/c/{code}", &HANDLE, open::show),
        Route::get("/inbox/{id}", &HANDLE, paper::show),
        Route::post("/inbox/{id}/file", &HANDLE, paper::file),
        Route::post("/inbox/{id}/back", &HANDLE, paper::back),
        Route::post("/inbox/{id}/aside", &HANDLE, paper::aside),
        Route::post("/inbox/{id}/turn", &HANDLE, paper::turn),
        Route::post("/inbox/{id}/split", &HANDLE, paper::split),
        Route::post("/inbox/{id}/merge", &HANDLE, paper::merge),
    ]
}
