//! The pages of this room; one file per page.

mod account;
mod acting;
mod admin;
mod audit;
mod confirm;
mod join;
mod member;
mod office;
mod password;
mod review;
mod second_factor;
mod sessions;
mod sheet;
mod sign_in;
mod words;

use kernel::{AccountId, Lang};
use maud::{Markup, html};
use web::{Ctx, Errors, NavItem, Permission, Route, ui};

use crate::{
    actions::Refusal,
    i18n::{loader, t},
    model::password::Weakness,
    permissions::{ADMINISTER, ALL_AUDIT, MANAGE_OFFICE, OFFICE_AUDIT},
};
pub use words::role_word;
pub(crate) use words::{
    action_word, profession_choices, profession_word, quarter_words, role_choices, role_hint,
    state_badge,
};

const PUBLIC: &Permission = &Permission::PUBLIC;
const ME: &Permission = &Permission::SIGNED_IN;

/// Entries of the main navigation.
pub(crate) const NAV: &[NavItem] = &[
    NavItem {
        href: "/office",
        label: nav_office,
        order: 80,
        permission: &MANAGE_OFFICE,
        public: false,
    },
    NavItem {
        href: "/admin/managers",
        label: nav_admin,
        order: 90,
        permission: &ADMINISTER,
        public: false,
    },
];

fn nav_office(lang: Lang) -> String {
    loader(lang).get("nav-office")
}

fn nav_admin(lang: Lang) -> String {
    loader(lang).get("nav-admin")
}

/// Every address of this room. None belongs to the public face: nobody signs in there.
pub(crate) fn routes() -> Vec<Route> {
    let mut all = vec![
        Route::get("/sign-in", PUBLIC, sign_in::show),
        Route::post("/sign-in", PUBLIC, sign_in::password),
        Route::post("/sign-in/second", PUBLIC, sign_in::second),
        Route::post("/sign-in/as/{key}", PUBLIC, sign_in::as_cast),
        Route::post("/sign-out", PUBLIC, sign_in::sign_out),
        Route::get("/invitation", PUBLIC, join::show),
        Route::post("/invitation", PUBLIC, join::accept),
        Route::post("/invitation/join", ME, join::accept_as_me),
        Route::get("/setup", PUBLIC, join::show_setup),
        Route::post("/setup", PUBLIC, join::accept_setup),
        Route::get("/account", ME, account::show),
        Route::post("/account", ME, account::save),
        Route::get("/account/sessions", ME, sessions::show),
        Route::post("/account/sessions/end", ME, sessions::end),
        Route::get("/account/password", ME, password::show),
        Route::post("/account/password", ME, password::save),
        Route::get("/account/second-factor", ME, second_factor::show),
        Route::post("/account/second-factor", ME, second_factor::save),
        Route::get("/account/recovery-codes", ME, second_factor::recovery),
        Route::post("/account/recovery-codes", ME, second_factor::new_recovery),
        Route::get("/account/confirm", ME, confirm::show),
        Route::post("/account/confirm", ME, confirm::save),
        Route::get("/account/acting-for", ME, acting::show),
        Route::post("/account/acting-for", ME, acting::save),
        Route::post("/account/work-at", ME, acting::work_at),
        Route::get("/office", &MANAGE_OFFICE, office::show),
        Route::post("/office/invitations", &MANAGE_OFFICE, office::invite),
        Route::post(
            "/office/invitations/{id}/revoke",
            &MANAGE_OFFICE,
            office::revoke,
        ),
        Route::get("/office/members/{id}", &MANAGE_OFFICE, member::show),
        Route::post(
            "/office/members/{id}/role",
            &MANAGE_OFFICE,
            member::set_role,
        ),
        Route::post("/office/members/{id}/end", &MANAGE_OFFICE, member::end),
        Route::post(
            "/office/members/{id}/unlock",
            &MANAGE_OFFICE,
            member::unlock,
        ),
        Route::post(
            "/office/members/{id}/sign-out",
            &MANAGE_OFFICE,
            member::end_sessions,
        ),
        Route::post(
            "/office/members/{id}/replacement",
            &MANAGE_OFFICE,
            member::replace_factor,
        ),
        Route::post(
            "/office/members/{id}/code-sheet",
            &MANAGE_OFFICE,
            sheet::issue,
        ),
        Route::post(
            "/office/members/{id}/code-sheet/void",
            &MANAGE_OFFICE,
            sheet::void,
        ),
        Route::get("/office/review", &MANAGE_OFFICE, review::show),
        Route::post("/office/review", &MANAGE_OFFICE, review::save),
        Route::get("/office/audit", &OFFICE_AUDIT, audit::office),
        Route::get("/admin/audit", &ALL_AUDIT, audit::all),
        Route::get("/admin/managers", &ADMINISTER, admin::show),
        Route::post("/admin/managers", &ADMINISTER, admin::invite),
        Route::post("/admin/managers/{id}/revoke", &ADMINISTER, admin::revoke),
    ];
    for route in &mut all {
        route.public = false;
    }
    all
}

/// The way from the account page to one of its parts.
pub(crate) fn account_crumbs(cx: &Ctx, here: String) -> [(&'static str, String); 2] {
    [
        ("/account", web::t!(cx.lang, "account").to_owned()),
        ("", here),
    ]
}

/// The way from the office page to one of its parts.
pub(crate) fn office_crumbs(cx: &Ctx, here: String) -> [(&'static str, String); 2] {
    [("/office", t!(cx, "office-title")), ("", here)]
}

/// Confirms who is there before a form is taken; the way back leads to `back`, the page that holds the form.
pub(crate) fn recent(cx: &Ctx, back: &str) -> web::Result<Option<axum::response::Response>> {
    match cx.require_recent() {
        Ok(_) => Ok(None),
        Err(web::Error::Reauth) => Ok(Some(cx.redirect(&confirm_path(back)))),
        Err(other) => Err(other),
    }
}

fn confirm_path(back: &str) -> String {
    format!("/account/confirm?next={}", back.replace('/', "%2F"))
}

/// A form that needs a recent confirmation; without one the way to it, so that nothing is typed in vain.
pub(crate) fn when_recent(cx: &Ctx, back: &str, form: impl FnOnce() -> Markup) -> Markup {
    if cx.require_recent().is_ok() {
        return form();
    }
    html! {
        p { (t!(cx, "confirm-first")) }
        div.actions { (ui::link_button(cx.url(&confirm_path(back)), t!(cx, "confirm-go"))) }
    }
}

/// A refusal in plain words.
pub(crate) fn refusal_words(cx: &Ctx, refusal: Refusal) -> String {
    match refusal {
        Refusal::NotThere => t!(cx, "refusal-not-there"),
        Refusal::Wrong => t!(cx, "refusal-wrong"),
        Refusal::Locked(until) => t!(
            cx,
            "refusal-locked",
            time = kernel::format_time(until.plus_secs(59), cx.lang)
        ),
        Refusal::Taken => t!(cx, "refusal-taken"),
        Refusal::Stale => t!(cx, "refusal-stale"),
        Refusal::MayNot => t!(cx, "refusal-may-not"),
        Refusal::LastOne => t!(cx, "refusal-last-one"),
        Refusal::Member => t!(cx, "refusal-member"),
    }
}

/// A weakness of a password in plain words.
pub(crate) fn weakness_words(cx: &Ctx, weakness: Weakness) -> String {
    match weakness {
        Weakness::Short(least) => t!(cx, "password-short", count = least),
        Weakness::Long => t!(cx, "password-long", count = crate::model::password::MAX),
        Weakness::Common => t!(cx, "password-common"),
        Weakness::Name => t!(cx, "password-name"),
    }
}

/// Checks a new password and its repetition; notes what is wrong beside the fields.
pub(crate) fn check_password(
    cx: &Ctx,
    errors: &mut Errors,
    (new, again): (&str, &str),
    second_factor: bool,
    known: &[&str],
) {
    if let Err(weakness) = crate::model::password::check(new, second_factor, known) {
        errors.add("password", weakness_words(cx, weakness));
    } else if new != again {
        errors.add("again", t!(cx, "password-differs"));
    }
}

/// The two fields of a new password. They are never filled in again.
pub(crate) fn password_fields(cx: &Ctx, errors: &Errors, second_factor: bool) -> Markup {
    let least = if second_factor {
        crate::model::password::MIN_WITH_SECOND_FACTOR
    } else {
        crate::model::password::MIN_ALONE
    };
    html! {
        (ui::field(cx, &ui::Field::new("password", t!(cx, "password-new")).kind(ui::Kind::Password).required().errors(errors)
            .hint(t!(cx, "password-hint", count = least)).autocomplete("new-password")))
        (ui::field(cx, &ui::Field::new("again", t!(cx, "password-again")).kind(ui::Kind::Password).required().errors(errors)
            .autocomplete("new-password")))
    }
}

/// A secret's picture for a phone. Drawn here and not kept: what it says is a secret.
pub(crate) fn secret_qr(text: &str) -> Markup {
    let svg = fast_qr::qr::QRBuilder::new(text)
        .build()
        .map(|qr| fast_qr::convert::svg::SvgBuilder::default().to_str(&qr))
        .unwrap_or_default();
    html! { figure.qr aria-hidden="true" { (maud::PreEscaped(svg)) } }
}

/// The way back to an office page after a refusal, with the reason said once.
pub(crate) fn refused_to(cx: &Ctx, path: &str, error: crate::actions::Error) -> web::Result {
    match error {
        crate::actions::Error::Refused(Refusal::NotThere) => Err(web::Error::NotFound),
        crate::actions::Error::Refused(refusal) => {
            cx.flash(web::FlashKind::Bad, &refusal_words(cx, refusal));
            Ok(cx.redirect(path))
        }
        other @ crate::actions::Error::Store(_) => Err(other.into()),
    }
}

/// Names of accounts for lists; read by the program, the caller has decided whose rows are shown.
pub(crate) async fn names_of(
    cx: &Ctx,
    ids: Vec<AccountId>,
) -> store::Result<std::collections::BTreeMap<AccountId, String>> {
    let viewer = store::Viewer::system("names in a list", cx.now).from(cx.ip.to_string());
    cx.db()
        .read(&viewer, move |conn| {
            crate::store::accounts::names(conn, &ids)
        })
        .await
}
