//! Paper: the intake sheet to be printed and filled in by hand, each with a code under which its picture comes back; and the open
//! cases printed for a day without power.

mod emergency;
mod pages;
mod sheet;

use kernel::{Lang, Uuid};
use store::Conn;
use web::Route;

use crate::{READ, WRITE, i18n::tl, model::ConsultationId};

pub(crate) use emergency::STATEMENTS;

/// The addresses.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/consultations/sheets", &READ, pages::show),
        Route::post("/consultations/sheets", &WRITE, pages::print_sheets),
        Route::get("/consultations/sheets/{id}", &WRITE, pages::begin),
        Route::post("/consultations/sheets/{id}", &WRITE, pages::start),
        Route::get("/consultations/open-cases.pdf", &READ, emergency::send),
    ]
}

/// Sheets that come back: filed under the record that will be made from them, or is.
pub(crate) static RECEIVER: inbox::Receiver = inbox::Receiver {
    prefix: "consultation",
    place,
    open,
    arrived: None,
    keep_days: 365 * 5,
};

fn place(conn: &mut Conn, lang: Lang, rest: &str) -> ::store::Result<Option<inbox::Place>> {
    let Ok(id) = rest.parse::<Uuid>() else {
        return Ok(None);
    };
    let id: ConsultationId = kernel::AnyId::from_uuid(id);
    match crate::store::get(conn, id) {
        Ok(found) => Ok(Some(inbox::Place {
            title: tl!(lang, "sheet-place-of", reference = found.reference()),
            path: if found.state == crate::model::State::Draft {
                format!("/consultations/{id}/edit")
            } else {
                format!("/consultations/{id}")
            },
        })),
        Err(::store::Error::NotFound) => Ok(Some(inbox::Place {
            title: tl!(lang, "sheet-place"),
            path: format!("/consultations/sheets/{id}"),
        })),
        Err(error) => Err(error),
    }
}

/// A FAX without a code can be laid at any open case of the desk.
fn open(conn: &mut Conn, lang: Lang) -> ::store::Result<Vec<(String, inbox::Place)>> {
    let cases = emergency::open_cases(conn, None, 200)?;
    Ok(cases
        .into_iter()
        .map(|case| {
            let place = inbox::Place {
                title: tl!(lang, "sheet-place-of", reference = case.reference()),
                path: format!("/consultations/{}", case.id),
            };
            (case.id.to_string(), place)
        })
        .collect())
}
