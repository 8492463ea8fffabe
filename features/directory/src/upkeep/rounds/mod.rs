//! The yearly question: every office is asked whether its record (or its agreements with medical institutions) still holds,
//! by mail with a link, by FAX with a page to correct by hand, by telephone.

pub(crate) mod answer;
pub(crate) mod board;
pub(crate) mod link;
pub(crate) mod new;
pub(crate) mod paper;
pub(crate) mod post;
pub(crate) mod store;
pub(crate) mod waiting;

use ::store::Conn;
use kernel::OrganisationId;
use web::{OrgKind, Permission, Role, SignedIn};

use crate::{find::pages::sentences::FAMILIES, model::Kind};

/// Starting and keeping rounds.
pub(crate) const ASK: Permission = Permission::roles(
    "directory.round",
    &[Role::Editor, Role::Approver, Role::Manager],
)
.kinds(&[OrgKind::Prefecture, OrgKind::Municipality, OrgKind::Desk]);

/// For whom a person asks, and which municipalities: an office for its own, a desk for those it acts for, the prefecture for all.
pub(crate) fn scope(
    conn: &mut Conn,
    me: &SignedIn,
) -> ::store::Result<(OrganisationId, Vec<areas::Municipality>)> {
    let all = super::pages::towns(conn)?;
    let asker = me.acting_for.as_ref().map_or(me.organisation, |a| a.id);
    if all.iter().any(|m| m.organisation == Some(asker)) {
        let own: Vec<_> = all
            .into_iter()
            .filter(|m| m.organisation == Some(asker))
            .collect();
        let allowed = super::pages::writes_for(conn, me, asker)?;
        return Ok((asker, if allowed { own } else { Vec::new() }));
    }
    match me.kind {
        OrgKind::Prefecture => Ok((
            me.organisation,
            all.into_iter()
                .filter(|m| m.organisation.is_some())
                .collect(),
        )),
        OrgKind::Desk => {
            let towns: Vec<OrganisationId> = areas::store::acts_for(conn, me.organisation)?
                .iter()
                .map(|o| o.id)
                .collect();
            let mine = all
                .into_iter()
                .filter(|m| m.organisation.is_some_and(|o| towns.contains(&o)));
            Ok((me.organisation, mine.collect()))
        }
        _ => Ok((me.organisation, Vec::new())),
    }
}

/// The group under which an office stands on the board: the first of its kinds that was asked for. `None`: not asked.
pub(crate) fn family_of(kinds: &[Kind], codes: &str, wanted: &[String]) -> Option<&'static str> {
    let of = |code: &str| {
        kinds
            .iter()
            .find(|k| k.code == code)
            .map_or("other", |k| k.family.as_str())
    };
    let family = codes
        .split_whitespace()
        .map(of)
        .find(|f| wanted.is_empty() || wanted.iter().any(|w| w == f));
    let family = match family {
        Some(family) => family,
        None if codes.trim().is_empty() && wanted.is_empty() => "other",
        None => return None,
    };
    Some(
        FAMILIES
            .iter()
            .find(|f| **f == family)
            .copied()
            .unwrap_or("other"),
    )
}

/// For how many days the picture of a sheet is kept: until the next year's question is over.
const KEEP_DAYS: i64 = 365 * 2;

/// Sheets that come back by FAX find their office by the code on them.
pub(crate) static PAPERS: inbox::Receiver = inbox::Receiver {
    prefix: "upkeep",
    place: |conn, _, rest| {
        let Ok(item) = rest.parse() else {
            return Ok(None);
        };
        Ok(store::paper(conn, item)?.map(|sheet| place(item, &sheet)))
    },
    open: |conn, _| {
        let all = store::papers(conn)?;
        Ok(all
            .iter()
            .map(|(item, sheet)| (item.to_string(), place(*item, sheet)))
            .collect())
    },
    arrived: None,
    keep_days: KEEP_DAYS,
};

fn place(item: crate::model::ItemId, sheet: &store::Sheet) -> inbox::Place {
    inbox::Place {
        title: format!("{} {}", sheet.round, sheet.name),
        path: if sheet.what == "partners" {
            format!("/directory/partners/{}?item={item}", sheet.provider)
        } else {
            format!("/directory/providers/{}/update?item={item}", sheet.provider)
        },
    }
}
