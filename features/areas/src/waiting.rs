//! What waits for an office in this room: windows without a telephone number, and verifications older than a year.

use kernel::{Lang, OrganisationId};
use web::{SignedIn, Waiting};

use crate::{
    EDIT_CONTACT,
    actions::oldest_good,
    i18n::loader,
    model::Audience,
    store::{Waits, contacts_waiting},
};

/// One entry per window that the person may put right just now.
///
/// # Errors
/// When the database fails.
pub(crate) fn waiting(
    conn: &mut store::Conn,
    me: &SignedIn,
    lang: Lang,
) -> Result<Vec<Waiting>, store::Error> {
    if !EDIT_CONTACT.roles.contains(&me.role) {
        return Ok(Vec::new());
    }
    let acting: Option<OrganisationId> = me.acting_for.as_ref().map(|a| a.id);
    let limit = oldest_good(conn.now());
    let found = contacts_waiting(conn, me.organisation, acting, limit)?;
    Ok(found.into_iter().map(|w| entry(&w, lang)).collect())
}

fn entry(w: &Waits, lang: Lang) -> Waiting {
    let texts = loader(lang);
    let who = match w.audience {
        Audience::Resident => texts.get("areas-resident"),
        Audience::Professional => texts.get("areas-professional"),
    };
    let town = w.municipality.get(lang);
    let (title, detail) = match (w.has_phone, w.verified_on) {
        (false, _) => (
            i18n_embed_fl::fl!(texts, "areas-waiting-phone", town = town, who = who),
            texts.get("areas-waiting-phone-detail"),
        ),
        (true, None) => (
            i18n_embed_fl::fl!(texts, "areas-waiting-verify", town = town, who = who),
            texts.get("areas-waiting-verify-never"),
        ),
        (true, Some(day)) => {
            let date = kernel::format_date(day, lang);
            (
                i18n_embed_fl::fl!(texts, "areas-waiting-verify", town = town, who = who),
                i18n_embed_fl::fl!(texts, "areas-waiting-verify-since", date = date),
            )
        }
    };
    Waiting {
        title,
        detail,
        href: format!("/settings/contacts/{}", w.id),
        urgent: !w.has_phone,
    }
}
