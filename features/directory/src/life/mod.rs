//! The life of an office: it closes, rests, moves, is put together with another. Its record and its address on paper stay:
//! a moved or merged record leads on to the one that took its place, a closed one says so. Every step is written into the
//! history and can be taken back.
//!
//! Two records that may be one office wait in a list ([`pairs`]) until a person has looked at both and decided.

mod actions;
mod pages;
mod pairs;
pub(crate) mod store;
mod taken;

use web::{Ctx, OrgKind, Permission, Role, Route};

use crate::model::Provider;

pub use store::STATEMENTS;
pub use taken::STATEMENTS as TAKEN_STATEMENTS;

/// Saying that an office closed, moved or is another one.
pub const LIFE: Permission = Permission::roles(
    "directory.life",
    &[Role::Editor, Role::Approver, Role::Manager],
)
.kinds(&[OrgKind::Prefecture, OrgKind::Municipality, OrgKind::Desk]);

/// The addresses of this part.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/directory/providers/{id}/life", &LIFE, pages::show),
        Route::post("/directory/providers/{id}/life", &LIFE, pages::save),
        Route::post("/directory/providers/{id}/life/undo", &LIFE, pages::undo),
        Route::get("/directory/pairs", &LIFE, pairs::list),
        Route::get("/directory/pairs/{first}/{second}", &LIFE, pairs::show),
        Route::post("/directory/pairs/{first}/{second}", &LIFE, pairs::decide),
        Route::post("/directory/pairs/{first}/{second}/undo", &LIFE, pairs::undo),
    ]
}

/// For whom somebody who is signed in decides.
#[derive(Clone, Debug)]
pub(crate) struct Decider {
    organisation: kernel::OrganisationId,
    acting: Option<kernel::OrganisationId>,
    prefecture: bool,
    desk: bool,
    /// As the history keeps it.
    pub(crate) by: String,
}

/// The reader as one who decides; `None` when the role does not allow it.
pub(crate) fn decider(cx: &Ctx) -> Option<Decider> {
    let me = cx.me.as_ref()?;
    let fits = LIFE.decide_for(me.role, me.kind, me.second_factor) == web::Decision::Allow;
    let by = format!("{} {}", me.organisation_name, me.name);
    fits.then(|| Decider {
        organisation: me.organisation,
        acting: me.acting_for.as_ref().map(|a| a.id),
        prefecture: me.kind == OrgKind::Prefecture,
        desk: me.kind == OrgKind::Desk,
        by: by.chars().take(200).collect(),
    })
}

/// Whether this one decides about this record: the municipality it lies in, a desk that acts for it, the prefecture; a desk
/// also about institutions beyond the area, which have no municipality here.
///
/// # Errors
/// What the database says.
pub(crate) fn may(
    conn: &mut ::store::Conn,
    decider: &Decider,
    provider: &Provider,
) -> ::store::Result<bool> {
    if decider.prefecture || (decider.desk && !provider.in_area) {
        return Ok(true);
    }
    let owner = crate::hospital::store::writable(
        conn,
        &provider.municipality,
        decider.organisation,
        decider.acting,
    )?;
    Ok(owner.is_some())
}
