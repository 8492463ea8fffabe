//! Answers without the page: the 回答様式 as a file, out and back; 代理入力; links for municipalities without an account; the
//! papers of a round (照会文書, the sheet for 起案).
//!
//! What comes back is laid beside what is there ([`model::changes`]) and taken over field by field. Rules and who sees what:
//! `docs/features/surveys.md`.

pub mod actions;
mod link;
pub mod model;
mod pages;
mod paper;
pub mod store;
mod tray;

use kernel::Lang;
use web::{Decision, OrgKind, Permission, Role, Route, SignedIn, Waiting};

pub(crate) use tray::RECEIVER;

use crate::i18n::tl;

/// Downloading, uploading and taking over for a municipality.
pub const ANSWER: Permission = Permission::roles(
    "surveys.form",
    &[Role::Editor, Role::Approver, Role::Manager],
)
.kinds(&[OrgKind::Municipality, OrgKind::Desk]);

/// Sending forms and links, entering on behalf.
pub const ASK: Permission = Permission::roles(
    "surveys.form.ask",
    &[Role::Editor, Role::Approver, Role::Manager],
)
.kinds(&[OrgKind::Prefecture]);

/// The papers of a round, for those who ask and those who answer.
pub const PAPERS: Permission = Permission::members("surveys.form.papers").kinds(&[
    OrgKind::Municipality,
    OrgKind::Desk,
    OrgKind::Prefecture,
]);

pub(crate) fn routes() -> Vec<Route> {
    use pages::{asker, attach, consent, enter, files, mine, papers, public};
    vec![
        Route::get("/surveys/replies/{id}/form", &ANSWER, mine::show),
        Route::post("/surveys/replies/{id}/form", &ANSWER, mine::upload),
        Route::get("/surveys/replies/{id}/form/{file}", &ANSWER, files::mine),
        Route::get(
            "/surveys/replies/{id}/returns/{return}",
            &ANSWER,
            mine::compare,
        ),
        Route::post(
            "/surveys/replies/{id}/returns/{return}",
            &ANSWER,
            mine::apply,
        ),
        Route::post(
            "/surveys/replies/{id}/returns/{return}/drop",
            &ANSWER,
            mine::drop,
        ),
        Route::post(
            "/surveys/replies/{id}/links/{link}/revoke",
            &ANSWER,
            mine::revoke,
        ),
        Route::get(
            "/surveys/rounds/{id}/papers/{file}",
            &PAPERS,
            papers::papers,
        ),
        Route::get("/surveys/rounds/{id}/forms", &ASK, asker::show),
        Route::get(
            "/surveys/rounds/{id}/forms/{reply}/{file}",
            &ASK,
            files::empty,
        ),
        Route::post(
            "/surveys/rounds/{id}/forms/{reply}/link",
            &ASK,
            asker::make_link,
        ),
        Route::post(
            "/surveys/rounds/{id}/links/{link}/revoke",
            &ASK,
            asker::revoke,
        ),
        Route::get("/surveys/rounds/{id}/enter/{reply}", &ASK, enter::show),
        Route::post("/surveys/rounds/{id}/enter/{reply}", &ASK, enter::typed),
        Route::post(
            "/surveys/rounds/{id}/enter/{reply}/file",
            &ASK,
            enter::upload,
        ),
        Route::get(
            "/surveys/rounds/{id}/entered/{return}",
            &ASK,
            enter::compare,
        ),
        Route::post(
            "/surveys/rounds/{id}/entered/{return}",
            &ASK,
            enter::confirm,
        ),
        Route::post(
            "/surveys/rounds/{id}/entered/{return}/drop",
            &ASK,
            enter::drop,
        ),
        Route::get("/surveys/forms/{token}", &Permission::PUBLIC, public::show),
        Route::post(
            "/surveys/forms/{token}",
            &Permission::PUBLIC,
            public::upload,
        ),
        Route::get(
            "/surveys/forms/{token}/{file}",
            &Permission::PUBLIC,
            public::file,
        ),
        Route::get(
            "/surveys/forms/{token}/returns/{return}",
            &Permission::PUBLIC,
            public::compare,
        ),
        Route::post(
            "/surveys/forms/{token}/returns/{return}",
            &Permission::PUBLIC,
            public::apply,
        ),
        Route::post(
            "/surveys/forms/{token}/agree",
            &Permission::PUBLIC,
            consent::agree,
        ),
        Route::post(
            "/surveys/forms/{token}/change",
            &Permission::PUBLIC,
            consent::change,
        ),
        Route::post(
            "/surveys/forms/{token}/files",
            &Permission::PUBLIC,
            attach::add,
        ),
        Route::get(
            "/surveys/forms/{token}/files/{file}",
            &Permission::PUBLIC,
            attach::open,
        ),
        Route::post(
            "/surveys/forms/{token}/files/{file}/remove",
            &Permission::PUBLIC,
            attach::remove,
        ),
        Route::post(
            "/surveys/forms/{token}/submit",
            &Permission::PUBLIC,
            public::submit,
        ),
    ]
}

/// Entries on behalf of the viewer's municipalities that wait for confirmation.
pub(crate) fn waiting(
    conn: &mut ::store::Conn,
    me: &SignedIn,
    lang: Lang,
) -> Result<Vec<Waiting>, ::store::Error> {
    if ANSWER.decide(Some(me)) != Decision::Allow {
        return Ok(Vec::new());
    }
    let entry = |one: store::EnteredFor| Waiting {
        title: tl!(lang, "returns-waiting-title", name = one.name.as_str()),
        detail: tl!(
            lang,
            "returns-waiting-detail",
            title = crate::model::pick(lang, &one.title, &one.title_en)
        ),
        href: format!("/surveys/replies/{}/form", one.reply),
        urgent: false,
    };
    Ok(store::entered_for_me(conn)?
        .into_iter()
        .map(entry)
        .collect())
}
