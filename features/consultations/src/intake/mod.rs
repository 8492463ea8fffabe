//! One screen while on the phone: what is typed is kept as a draft, one save makes it a record. The same screen edits later.

mod form;
mod pages;
mod view;

use kernel::OrganisationId;
use store::Conn;
use web::Route;

use crate::{READ, WRITE};

pub(crate) use form::query_fields;

store::statements! {
    TOWNS = "SELECT m.code, m.name_ja, m.name_en, CAST(CASE WHEN EXISTS (SELECT 1 FROM acting_for a
        JOIN organisation o ON o.id = a.municipality_org WHERE a.organisation = :desk AND o.municipality = m.code)
        THEN 1 ELSE 0 END AS BIGINT) FROM municipality m WHERE m.in_area = 1 ORDER BY m.sort, m.code";
}

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
    let all = conn.all(&TOWNS, store::params! {"desk" => desk}, |row| {
        let town = Town {
            code: row.get(0)?,
            names: (row.get(1)?, row.get(2)?),
        };
        Ok((town, row.get::<bool>(3)?))
    })?;
    let declared = all.iter().any(|(_, own)| *own);
    Ok(all
        .into_iter()
        .filter(|(_, own)| *own || !declared)
        .map(|(town, _)| town)
        .collect())
}
