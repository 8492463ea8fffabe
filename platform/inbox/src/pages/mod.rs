//! Handlers and their views.

pub(crate) mod files;
pub(crate) mod open;
pub(crate) mod paper;
pub(crate) mod picture;
pub(crate) mod tray;

use kernel::OrganisationId;
use web::Ctx;

use crate::{actions::Refusal, i18n::t, read};

/// A part of an address; what cannot be one is not there.
fn parse<T: std::str::FromStr>(text: &str) -> web::Result<T> {
    text.parse().map_err(|_| web::Error::NotFound)
}

/// The office in whose tray this person works: the one they act for, or their own.
fn office(cx: &Ctx) -> web::Result<OrganisationId> {
    let me = cx.require_me()?;
    Ok(me.acting_for.as_ref().map_or(me.organisation, |a| a.id))
}

/// Why a file was refused, with the page.
fn reason(cx: &Ctx, reason: read::Reason, page: i64) -> String {
    let why = match reason {
        read::Reason::Kind => t!(cx, "inbox-reason-kind"),
        read::Reason::TooLarge => t!(cx, "inbox-reason-too-large"),
        read::Reason::TooManyPages => {
            t!(
                cx,
                "inbox-reason-too-many-pages",
                most = { read::MOST_PAGES }
            )
        }
        read::Reason::NoPages => t!(cx, "inbox-reason-no-pages"),
        read::Reason::Pixels => t!(cx, "inbox-reason-pixels"),
        read::Reason::Unreadable => t!(cx, "inbox-reason-unreadable"),
        read::Reason::Active => t!(cx, "inbox-reason-active"),
        read::Reason::TooLong => t!(cx, "inbox-reason-too-long"),
    };
    if page == 0 {
        why
    } else {
        t!(cx, "inbox-reason-page", page = page, why = why)
    }
}

/// A refusal in words.
fn refused(cx: &Ctx, refusal: Refusal) -> web::Error {
    match refusal {
        Refusal::Store(store::Error::Conflict(table)) if table == "inbox_paper" => {
            web::Error::Invalid(t!(cx, "inbox-overtaken"))
        }
        Refusal::Store(error) => error.into(),
        Refusal::NoCode => web::Error::Invalid(t!(cx, "inbox-no-code")),
        Refusal::NoTarget => web::Error::NotFound,
        Refusal::Impossible => web::Error::Invalid(t!(cx, "inbox-impossible")),
    }
}
