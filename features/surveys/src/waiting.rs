//! What waits for the office that asks: surveys it imported and did not publish yet.

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
    if !IMPORT.roles.contains(&me.role) || !IMPORT.kinds.contains(&me.kind) {
        return Ok(Vec::new());
    }
    let batches = store::batches_waiting(conn)?;
    if batches.is_empty() {
        return Ok(Vec::new());
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
    Ok(batches.into_iter().map(entry).collect())
}
