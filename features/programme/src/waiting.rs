//! What waits for an office here: entries to approve before they are public.

use ::store::{Conn, Error};
use kernel::Lang;
use web::{SignedIn, Waiting};

use crate::{WRITE, i18n::tl, pages, store};

/// One line per entry that waits for the municipality's approval.
///
/// # Errors
/// When the database fails.
pub(crate) fn waiting(conn: &mut Conn, me: &SignedIn, lang: Lang) -> Result<Vec<Waiting>, Error> {
    if !WRITE.roles.contains(&me.role) {
        return Ok(Vec::new());
    }
    let office = me.acting_for.as_ref().map_or(me.organisation, |a| a.id);
    let list = store::waiting(conn, office)?;
    Ok(list
        .into_iter()
        .map(|entry| {
            let date = kernel::format_date(entry.updated_at.date_jst(), lang);
            Waiting {
                title: tl!(lang, "waiting-approve", title = entry.title),
                detail: tl!(lang, "waiting-approve-detail", date = date),
                href: format!("{}#municipalities", pages::address(entry.id)),
                urgent: false,
            }
        })
        .collect())
}
