//! What waits for the person on the home page: papers in the tray of their office.

use kernel::Lang;
use web::{SignedIn, Waiting};

use crate::{HANDLE, i18n::tl, store as sql};

pub(crate) fn waiting(
    conn: &mut store::Conn,
    me: &SignedIn,
    lang: Lang,
) -> Result<Vec<Waiting>, store::Error> {
    if !HANDLE.roles.contains(&me.role) {
        return Ok(Vec::new());
    }
    let tenant = me.acting_for.as_ref().map_or(me.organisation, |a| a.id);
    let (count, since) = sql::waiting(conn, tenant)?;
    let Some(since) = since.filter(|_| count > 0) else {
        return Ok(Vec::new());
    };
    Ok(vec![Waiting {
        title: tl!(lang, "inbox-waits", count = count),
        detail: tl!(
            lang,
            "inbox-waits-since",
            since = kernel::format_date(since.date_jst(), lang)
        ),
        href: "/inbox".to_owned(),
        urgent: false,
    }])
}
