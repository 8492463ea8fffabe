//! One screen while on the phone: what is typed is kept as a draft, one save makes it a record. The same screen edits later.

mod form;
mod pages;
mod view;

use kernel::OrganisationId;
use store::Conn;
use web::Route;

use crate::{READ, WRITE};

pub(crate) use form::query_fields;

/// Addresses of this part.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/consultations/new", &WRITE, pages::new),
        Route::get("/consultations/{id}/edit", &WRITE, pages::edit),
        Route::post("/consultations/{id}", &WRITE, pages::save),
        Route::post("/consultations/{id}/autosave", &WRITE, pages::autosave),
        Route::get("/consultations/{id}/beside", &READ, crate::beside::fragment),
    ]
}

/// A municipality that a desk works for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Town {
    /// 団体コード.
    pub(crate) code: String,
    /// Name in Japanese and English.
    pub(crate) names: (String, String),
}

impl Town {
    /// Its name.
    pub(crate) fn name(&self, lang: kernel::Lang) -> &str {
        match lang {
            kernel::Lang::Ja => &self.names.0,
            kernel::Lang::En => &self.names.1,
        }
    }
}

/// The municipalities a desk works for; a desk of which nobody has said is asked for any of the area.
///
/// # Errors
/// What the engine says.
pub(crate) fn towns(conn: &mut Conn, desk: OrganisationId) -> store::Result<Vec<Town>> {
    let declared: Vec<Town> = areas::store::acts_for(conn, desk)?
        .into_iter()
        .filter_map(|o| {
            Some(Town {
                code: o.municipality?,
                names: (o.name, o.name_en),
            })
        })
        .collect();
    if !declared.is_empty() {
        return Ok(declared);
    }
    Ok(areas::store::municipalities(conn)?
        .into_iter()
        .filter(|m| m.in_area)
        .map(|m| Town {
            code: m.code,
            names: (m.name_ja, m.name_en),
        })
        .collect())
}
