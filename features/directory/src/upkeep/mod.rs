//! Keeping records true: offices and desks propose, the municipality decides field by field, and once a year everybody is asked.

pub(crate) mod actions;
pub(crate) mod apply;
pub mod demo;
pub(crate) mod fields;
pub(crate) mod pages;
pub(crate) mod rounds;
pub(crate) mod store;

use ::store::Conn;
use kernel::Lang;
use web::{Permission, Role, Route, SignedIn, Waiting};

use crate::i18n::tl;
pub(crate) use rounds::post::HANDLER;

/// Writing about records: of the own office, or of the offices of the municipality for which one works.
pub const EDIT: Permission = Permission::roles(
    "directory.upkeep",
    &[Role::Editor, Role::Approver, Role::Manager],
);

/// The addresses of this part.
pub(crate) fn routes() -> Vec<Route> {
    let public = &Permission::PUBLIC;
    let ask = &rounds::ASK;
    vec![
        Route::get("/directory/upkeep", &EDIT, pages::home::show),
        Route::get(
            "/directory/providers/{id}/update",
            &EDIT,
            pages::update::edit,
        ),
        Route::post(
            "/directory/providers/{id}/update",
            &EDIT,
            pages::update::save,
        ),
        Route::post(
            "/directory/providers/{id}/keepers",
            &EDIT,
            pages::update::keep,
        ),
        Route::get(
            "/directory/upkeep/proposals/{id}",
            &EDIT,
            pages::review::show,
        ),
        Route::post(
            "/directory/upkeep/proposals/{id}",
            &EDIT,
            pages::review::decide,
        ),
        Route::get(
            "/directory/upkeep/differences",
            &EDIT,
            pages::differences::show,
        ),
        Route::post(
            "/directory/upkeep/differences",
            &EDIT,
            pages::differences::decide,
        ),
        Route::get("/directory/upkeep/settings", &EDIT, pages::settings::edit),
        Route::post("/directory/upkeep/settings", &EDIT, pages::settings::save),
        Route::get("/directory/rounds", ask, rounds::new::list),
        Route::get("/directory/rounds/new", ask, rounds::new::form),
        Route::post("/directory/rounds/new", ask, rounds::new::start),
        Route::get("/directory/rounds/{id}", ask, rounds::board::show),
        Route::post("/directory/rounds/{id}", ask, rounds::board::act),
        Route::get("/directory/rounds/{id}/waiting", ask, rounds::waiting::show),
        Route::get(
            "/directory/rounds/{id}/waiting.csv",
            ask,
            rounds::waiting::csv,
        ),
        Route::post("/directory/rounds/{id}/called", ask, rounds::waiting::call),
        Route::get("/directory/rounds/{id}/fax.pdf", ask, rounds::paper::sheets),
        Route::get("/directory/confirm", public, rounds::answer::ask),
        Route::post("/directory/confirm", public, rounds::answer::enter),
        Route::get("/directory/confirm/{token}", public, rounds::answer::show),
        Route::post(
            "/directory/confirm/{token}/same",
            public,
            rounds::answer::same,
        ),
        Route::post(
            "/directory/confirm/{token}/change",
            public,
            rounds::answer::save,
        ),
    ]
}

/// Days for which an answer that came back stays on the home page of its office.
const RETURNED_DAYS: i64 = 30;

/// What waits on the home page: proposals to decide, rounds, agreements to confirm; for an office the question of the year.
///
/// # Errors
/// When the database fails.
pub(crate) fn waiting(conn: &mut Conn, me: &SignedIn, lang: Lang) -> ::store::Result<Vec<Waiting>> {
    if EDIT.decide(Some(me)) != web::Decision::Allow {
        return Ok(Vec::new());
    }
    let today = conn.now().date_jst();
    let mut all = Vec::new();
    let mut add = |title: String, detail: String, href: String, urgent: bool| {
        all.push(Waiting {
            title,
            detail,
            href,
            urgent,
        });
    };
    if matches!(me.kind, web::OrgKind::Provider | web::OrgKind::Hospital) {
        for item in rounds::store::own_items(conn, me.organisation)? {
            if item.state == "waiting" {
                let due = item
                    .due_on
                    .map(|d| kernel::format_date(d, lang))
                    .unwrap_or_default();
                add(
                    tl!(lang, "upkeep-wait-own"),
                    tl!(lang, "upkeep-wait-due", due = due),
                    format!("/directory/providers/{}/update", item.provider),
                    item.due_on.is_some_and(|due| due < today),
                );
            }
        }
        let since = conn.now().plus_days(-RETURNED_DAYS);
        let count = store::returned_count(conn, me.organisation, since)?;
        if count > 0 {
            add(
                tl!(lang, "upkeep-wait-returned"),
                tl!(lang, "upkeep-wait-count", count = count),
                "/directory/upkeep".to_owned(),
                true,
            );
        }
        return Ok(all);
    }
    let count = store::waiting_count(conn)?;
    if count > 0 {
        add(
            tl!(lang, "upkeep-wait-decide"),
            tl!(lang, "upkeep-wait-count", count = count),
            "/directory/upkeep".to_owned(),
            false,
        );
    }
    for (id, title, due, open) in rounds::store::open_rounds(conn)? {
        if open > 0 {
            add(
                tl!(lang, "upkeep-wait-round", title = title),
                tl!(
                    lang,
                    "upkeep-wait-round-detail",
                    count = open,
                    due = kernel::format_date(due, lang)
                ),
                format!("/directory/rounds/{id}"),
                due < today,
            );
        }
    }
    if let Some(town) = pages::own_towns(conn, me)?.first() {
        let since = conn
            .now()
            .plus_days(-i64::from(crate::partners::YEAR))
            .date_jst();
        let due = rounds::store::partners_due(conn, &town.code, since)?;
        if due > 0 {
            add(
                tl!(lang, "upkeep-wait-partners"),
                tl!(lang, "upkeep-wait-count", count = due),
                format!("/directory/partners?town={}", town.code),
                false,
            );
        }
    }
    Ok(all)
}
