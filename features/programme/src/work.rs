//! Routes and permissions of the work on entries: countermeasures, hand-offs, guide, calendar, report.

use kernel::Lang;
use maud::{Markup, html};
use store::{Conn, Error};
use web::{Ctx, OrgKind, Permission, Role, Route, SignedIn, Waiting};

use crate::{calendar, guide, handoff, i18n::t, pdca, report};

/// Reading what the office works on.
pub const READ: Permission = Permission::members("programme.work.read").kinds(OFFICES);
/// Writing it; whose it is, the query decides.
pub const WORK: Permission = Permission::roles(
    "programme.work",
    &[Role::Editor, Role::Approver, Role::Manager],
)
.kinds(OFFICES);
/// Closing a year.
pub const CLOSE: Permission =
    Permission::roles("programme.year.close", &[Role::Approver, Role::Manager]).kinds(OFFICES);
/// Who works on the programme; hospitals and providers are asked and answer.
const OFFICES: &[OrgKind] = &[
    OrgKind::Prefecture,
    OrgKind::Municipality,
    OrgKind::Desk,
    OrgKind::Hospital,
    OrgKind::Provider,
];

/// Everything of this room that waits for an office.
///
/// # Errors
/// When the database fails.
pub(crate) fn waiting(conn: &mut Conn, me: &SignedIn, lang: Lang) -> Result<Vec<Waiting>, Error> {
    let mut all = crate::waiting::waiting(conn, me, lang)?;
    all.extend(calendar::waiting::waiting(conn, me, lang)?);
    Ok(all)
}

/// The ways from the board into an office's own work.
pub(crate) fn doors(cx: &Ctx) -> Markup {
    let open = |rule: &Permission| rule.decide(cx.me.as_ref()) == web::Decision::Allow;
    if !open(&READ) {
        return html! {};
    }
    html! {
        nav.chips.no-print aria-label=(t!(cx, "work-doors")) {
            @if open(&WORK) { a.chip href=(cx.url("/programme/guide")) { (t!(cx, "guide-title")) } }
            a.chip href=(cx.url("/programme/calendar")) { (t!(cx, "calendar-title")) }
            a.chip href=(cx.url("/programme/handoffs")) { (t!(cx, "handoff-title")) }
            a.chip href=(cx.url("/programme/cards")) { (t!(cx, "guide-cards")) }
            a.chip href=(cx.url("/programme/report")) { (t!(cx, "report-nav")) }
            a.chip href=(cx.url("/programme/records")) { (t!(cx, "records-title")) }
        }
    }
}

pub(crate) fn routes() -> Vec<Route> {
    let mut all = measures();
    all.extend(others());
    all.extend(reports());
    all
}

fn measures() -> Vec<Route> {
    use pdca::pages::{beside, measure};
    vec![
        Route::get("/programme/measures/new", &WORK, measure::new),
        Route::post("/programme/measures", &WORK, measure::create),
        Route::get("/programme/measures/{id}", &READ, measure::show),
        Route::post("/programme/measures/{id}", &WORK, measure::save),
        Route::post("/programme/measures/{id}/range", &WORK, measure::set_range),
        Route::post("/programme/comments", &WORK, beside::comment),
        Route::post("/programme/comments/{id}", &WORK, beside::change_comment),
        Route::post("/programme/files", &WORK, beside::add_file),
        Route::get("/programme/files/{id}", &READ, beside::file),
        Route::post("/programme/files/{id}/remove", &WORK, beside::remove_file),
    ]
}

fn others() -> Vec<Route> {
    use calendar::{note_pages, pages as year};
    use handoff::{begin, pages as over, paper};
    vec![
        Route::get("/programme/handoffs", &READ, over::list),
        Route::get("/programme/handoffs/new", &WORK, begin::new),
        Route::post("/programme/handoffs", &WORK, begin::send),
        Route::get("/programme/handoffs/{id}", &READ, over::show),
        Route::post("/programme/handoffs/{id}", &WORK, over::take),
        Route::get("/programme/handoffs/{id}/paper", &READ, paper::show),
        Route::get("/programme/guide", &WORK, guide::pages::list),
        Route::post("/programme/guide", &WORK, guide::pages::begin),
        Route::get("/programme/guide/{id}", &WORK, guide::pages::show),
        Route::post("/programme/guide/{id}", &WORK, guide::pages::save),
        Route::get("/programme/cards", &READ, guide::card_pages::list),
        Route::get("/programme/cards/{slug}", &READ, guide::card_pages::show),
        Route::get("/programme/calendar", &READ, year::show),
        Route::post("/programme/calendar/done", &WORK, year::done),
        Route::post("/programme/calendar/duties", &WORK, year::duties),
        Route::get("/programme/calendar/notes/{slug}", &READ, note_pages::note),
        Route::post(
            "/programme/calendar/notes/{slug}",
            &WORK,
            note_pages::save_note,
        ),
    ]
}

fn reports() -> Vec<Route> {
    use report::{disclosure, export, pages, records};
    vec![
        Route::get("/programme/report", &READ, pages::show),
        Route::get("/programme/report.xlsx", &READ, export::send),
        Route::get("/programme/report/sheet", &READ, pages::sheet),
        Route::post("/programme/report/forward", &WORK, pages::forward),
        Route::post("/programme/report/close", &CLOSE, pages::close),
        Route::get("/programme/records", &READ, records::show),
        Route::post("/programme/records", &WORK, records::save),
        Route::get("/programme/records/binder", &READ, records::binder),
        Route::get("/programme/disclosure/new", &WORK, disclosure::disclose),
        Route::post("/programme/disclosure", &WORK, disclosure::make),
        Route::get("/programme/disclosure/{id}", &READ, disclosure::copy),
    ]
}
