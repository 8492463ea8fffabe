//! What waits for an office: hand-overs to answer, those given to a deputy, and records whose day has come.

use kernel::Lang;
use store::{Conn, Error};
use web::{OrgKind, SignedIn, Waiting};

use super::{pages::ANSWER, store as sql};
use crate::{followup, i18n::tl};

/// One line per kind of work.
///
/// # Errors
/// When the database fails.
pub(crate) fn waiting(conn: &mut Conn, me: &SignedIn, lang: Lang) -> Result<Vec<Waiting>, Error> {
    if !ANSWER.kinds.contains(&me.kind) || !ANSWER.roles.contains(&me.role) {
        return Ok(Vec::new());
    }
    let today = conn.now().date_jst();
    let mut out = Vec::new();
    let list = sql::open(conn, me.organisation)?;
    let named = list
        .iter()
        .filter(|one| one.late(today) && one.deputy == Some(me.account))
        .count();
    if named > 0 {
        out.push(Waiting {
            title: tl!(lang, "waiting-deputy", count = named),
            detail: tl!(lang, "waiting-deputy-detail"),
            href: "/consultations/handovers".to_owned(),
            urgent: true,
        });
    }
    let ours: Vec<_> = list.iter().filter(|one| one.ours()).collect();
    if !ours.is_empty() {
        out.push(Waiting {
            title: tl!(lang, "waiting-handovers", count = ours.len()),
            detail: tl!(lang, "waiting-handovers-detail"),
            href: "/consultations/handovers".to_owned(),
            urgent: ours.iter().any(|one| one.late(today)),
        });
    }
    if me.kind == OrgKind::Desk {
        let due = followup::store::count_due(conn, me.organisation, today)?;
        if due > 0 {
            out.push(Waiting {
                title: tl!(lang, "waiting-due", count = due),
                detail: tl!(lang, "waiting-due-detail"),
                href: "/consultations/follow-up".to_owned(),
                urgent: false,
            });
        }
    }
    Ok(out)
}
