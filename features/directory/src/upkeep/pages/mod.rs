//! Pages of keeping records.

pub(crate) mod differences;
pub(crate) mod form;
pub(crate) mod home;
pub(crate) mod review;
pub(crate) mod settings;
pub(crate) mod update;

use kernel::OrganisationId;
use store::Conn;
use web::{Ctx, SignedIn};

use super::store::{self as sql, Settings};
use crate::{
    model::{Provider, ProviderId},
    upkeep::fields::{Field, Fields, catalogue},
};
use form::Names;

/// In which capacity somebody writes about a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hat {
    /// The office itself.
    Own,
    /// The municipality or its desk, for the office.
    Behalf,
}

/// A record as one who may write about it sees it.
pub(crate) struct Sight {
    pub(crate) provider: Provider,
    pub(crate) present: Fields,
    pub(crate) catalogue: Vec<Field>,
    pub(crate) names: Names,
    pub(crate) settings: Settings,
    /// The municipality as an organisation.
    pub(crate) tenant: OrganisationId,
    pub(crate) hat: Hat,
}

/// The municipalities of the area with their organisations: code, name, organisation.
pub(crate) fn towns(conn: &mut Conn) -> store::Result<Vec<areas::Municipality>> {
    Ok(areas::store::municipalities(conn)?
        .into_iter()
        .filter(|m| m.in_area)
        .collect())
}

/// Whether a person writes for a municipality just now: a member of it, or of a desk that is declared to act for it.
pub(crate) fn writes_for(
    conn: &mut Conn,
    me: &SignedIn,
    owner: OrganisationId,
) -> store::Result<bool> {
    if me.organisation == owner {
        return Ok(true);
    }
    let acting = me.acting_for.as_ref().is_some_and(|a| a.id == owner);
    Ok(acting
        && areas::store::acts_for(conn, me.organisation)?
            .iter()
            .any(|o| o.id == owner))
}

/// Reads a record for one who may write about it; for everybody else it is not there.
pub(crate) fn sight(
    conn: &mut Conn,
    me: &SignedIn,
    id: ProviderId,
    lang: kernel::Lang,
    item: Option<crate::model::ItemId>,
) -> web::Result<Sight> {
    let provider = crate::store::provider(conn, id)?.ok_or(web::Error::NotFound)?;
    let towns = towns(conn)?;
    let owner = towns
        .iter()
        .find(|m| m.code == provider.municipality)
        .and_then(|m| m.organisation);
    let tenant = owner.ok_or(web::Error::NotFound)?;
    let asks = match item {
        Some(item) => super::rounds::store::asks(conn, id, item)?,
        None => false,
    };
    let hat = if asks || writes_for(conn, me, tenant)? {
        Hat::Behalf
    } else if sql::is_keeper(conn, id, me.organisation)? {
        Hat::Own
    } else {
        return Err(web::Error::NotFound);
    };
    let services = crate::store::services_of(conn, id)?;
    let present = sql::present(conn, &provider, &services, false)?;
    Ok(Sight {
        catalogue: catalogue(&services, hat == Hat::Behalf),
        present,
        names: Names {
            kinds: crate::store::kinds(conn)?,
            towns: towns
                .iter()
                .map(|m| (m.code.clone(), m.name(lang).to_owned()))
                .collect(),
        },
        settings: sql::settings(conn, &provider.municipality)?,
        provider,
        tenant,
        hat,
    })
}

/// The municipalities for which this person writes just now.
pub(crate) fn own_towns(conn: &mut Conn, me: &SignedIn) -> store::Result<Vec<areas::Municipality>> {
    let mine = me.acting_for.as_ref().map_or(me.organisation, |a| a.id);
    let all = towns(conn)?;
    let found: Vec<areas::Municipality> = all
        .into_iter()
        .filter(|m| m.organisation == Some(mine))
        .collect();
    match found.first().and_then(|m| m.organisation) {
        Some(owner) if writes_for(conn, me, owner)? => Ok(found),
        _ => Ok(Vec::new()),
    }
}

/// The way back in the crumbs.
pub(crate) fn crumbs(cx: &Ctx, last: String) -> [(String, String); 3] {
    [
        ("/directory".to_owned(), crate::i18n::t!(cx, "find-title")),
        (
            "/directory/upkeep".to_owned(),
            crate::i18n::t!(cx, "upkeep-title"),
        ),
        (String::new(), last),
    ]
}
