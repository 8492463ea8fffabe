//! What waits for an office: hand-offs whose next step is theirs, countermeasures whose day comes, duties of the month.

use kernel::Lang;
use store::{Conn, Error};
use web::{Decision, SignedIn, Waiting};

use super::{model, store as sql};
use crate::{
    handoff::{
        model::{HandoffKind, Side},
        store as handoffs,
    },
    i18n::tl,
    pdca::{store as pdca, who},
};

/// Days before a due date on which it begins to wait.
const SOON: i64 = 14;
/// Most lines of one kind.
const MOST: usize = 6;

/// Three statements.
///
/// # Errors
/// When the database fails.
pub(crate) fn waiting(conn: &mut Conn, me: &SignedIn, lang: Lang) -> Result<Vec<Waiting>, Error> {
    if crate::WORK.decide(Some(me)) != Decision::Allow {
        return Ok(Vec::new());
    }
    let office = who::of(me).tenant;
    let today = conn.now().date_jst();
    let mut all = Vec::new();
    let open = handoffs::mine(conn, office, false)?;
    for one in open.iter().filter(|one| one.waits_for(office)).take(MOST) {
        let title = one.title.as_str();
        let due = kernel::format_date(one.due, lang);
        let from = if one.tenant == office {
            one.receiver_name.as_str()
        } else {
            one.sender_name.as_str()
        };
        all.push(Waiting {
            title: match (one.state.turn(), one.kind) {
                (Some(Side::Sender), _) => tl!(lang, "handoff-waits-back", title = title),
                _ if one.receiver != Some(office) => {
                    tl!(lang, "handoff-waits-paper", title = title)
                }
                (_, HandoffKind::Question) => tl!(lang, "handoff-waits-question", title = title),
                (_, HandoffKind::Issue) => tl!(lang, "handoff-waits-issue", title = title),
            },
            detail: tl!(lang, "handoff-waits-detail", from = from, due = due),
            href: format!("/programme/handoffs/{}", one.id),
            urgent: one.late(today),
        });
    }
    let until = conn.now().plus_days(SOON).date_jst();
    for (id, due, title) in pdca::due_until(conn, office, until)?.into_iter().take(MOST) {
        all.push(Waiting {
            title: tl!(lang, "pdca-waits", title = title.as_str()),
            detail: tl!(
                lang,
                "pdca-waits-detail",
                due = kernel::format_date(due, lang)
            ),
            href: format!("/programme/measures/{id}"),
            urgent: due < today,
        });
    }
    let year = kernel::fiscal_year(today);
    let (own, done) = sql::standing(conn, office, year)?;
    let month = i64::from(today.month());
    let items = model::build(year, model::fixed(), &own, &done);
    let now: Vec<&model::Item> = items
        .iter()
        .filter(|item| item.done.is_none() && item.month == month)
        .collect();
    if !now.is_empty() {
        let names: Vec<String> = now
            .iter()
            .map(|item| super::pages::title(item, lang))
            .collect();
        all.push(Waiting {
            title: tl!(lang, "calendar-waits", count = now.len()),
            detail: names.join(" / "),
            href: "/programme/calendar".to_owned(),
            urgent: false,
        });
    }
    Ok(all)
}
