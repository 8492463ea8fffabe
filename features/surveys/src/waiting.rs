//! What waits in this room: rounds to answer or to take, and for the office that asks imports it did not publish yet.

use kernel::Lang;
use web::{SignedIn, Waiting};

use crate::{IMPORT, i18n::tl, store};

/// One entry per import that is not public.
///
/// # Errors
/// When the database fails.
pub(crate) fn waiting(
    conn: &mut ::store::Conn,
    me: &SignedIn,
    lang: Lang,
) -> Result<Vec<Waiting>, ::store::Error> {
    let mut all = crate::rounds::waiting::waiting(conn, me, lang)?;
    if !IMPORT.roles.contains(&me.role) || !IMPORT.kinds.contains(&me.kind) {
        return Ok(all);
    }
    let batches = store::batches_waiting(conn)?;
    if batches.is_empty() {
        return Ok(all);
    }
    let drafts = store::drafts(conn)?;
    let entry = |batch: crate::model::Batch| {
        let title = drafts
            .iter()
            .find(|s| s.id == batch.survey)
            .map_or_else(|| batch.file_name.clone(), |s| s.title(lang).to_owned());
        let date = kernel::format_date(batch.imported_at.date_jst(), lang);
        Waiting {
            title: tl!(lang, "waiting-title", title = title),
            detail: tl!(lang, "waiting-detail", count = batch.responses, date = date),
            href: format!("/surveys/import/{}", batch.id),
            urgent: false,
        }
    };
    all.extend(batches.into_iter().map(entry));
    Ok(all)
}
