//! Handlers and their views, one file per page.

pub(crate) mod asked;
pub(crate) mod board;
mod card;
pub(crate) mod edit;
pub(crate) mod entry;
mod entry_parts;
pub(crate) mod export;
mod filters;
pub(crate) mod form;
pub(crate) mod goals;
pub(crate) mod json;
mod overview;
mod past;
pub(crate) mod sections;
pub(crate) mod sharing;
mod table;
pub(crate) mod views;
pub(crate) mod words;

use std::collections::BTreeMap;

use areas::Municipality;
use kernel::OrganisationId;
use store::{Conn, Result};
use web::Ctx;

use crate::model::EntryId;

/// The municipalities by their codes, in the order of the area.
pub(crate) struct Towns {
    list: Vec<Municipality>,
    at: BTreeMap<String, usize>,
}

impl Towns {
    pub(crate) fn read(conn: &mut Conn) -> Result<Self> {
        let list = areas::store::municipalities(conn)?;
        let at = list
            .iter()
            .enumerate()
            .map(|(at, town)| (town.code.clone(), at))
            .collect();
        Ok(Self { list, at })
    }

    /// Those of the area, in their order.
    pub(crate) fn inside(&self) -> impl Iterator<Item = &Municipality> {
        self.list.iter().filter(|town| town.in_area)
    }

    pub(crate) fn get(&self, code: &str) -> Option<&Municipality> {
        self.at.get(code).and_then(|at| self.list.get(*at))
    }

    /// The name of a municipality; an unknown code stands for itself.
    pub(crate) fn name<'a>(&'a self, cx: &Ctx, code: &'a str) -> &'a str {
        self.get(code).map_or(code, |town| town.name(cx.lang))
    }

    /// The municipality that is this organisation.
    pub(crate) fn of(&self, organisation: OrganisationId) -> Option<&Municipality> {
        self.list
            .iter()
            .find(|town| town.organisation == Some(organisation))
    }

    /// The districts, each once, in their order.
    pub(crate) fn districts(&self) -> Vec<&areas::District> {
        let mut out: Vec<&areas::District> = Vec::new();
        for district in self.list.iter().filter_map(|town| town.district.as_ref()) {
            if !out.iter().any(|known| known.code == district.code) {
                out.push(district);
            }
        }
        out
    }

    /// The district of all these municipalities, when it is one and they are all of it.
    pub(crate) fn whole_district(&self, codes: &[String]) -> Option<&areas::District> {
        let first = self.get(codes.first()?)?.district.as_ref()?;
        let members = self
            .list
            .iter()
            .filter(|t| t.district.as_ref().is_some_and(|d| d.code == first.code));
        let mut count = 0;
        for town in members {
            if !codes.contains(&town.code) {
                return None;
            }
            count += 1;
        }
        (count > 1 && count == codes.len()).then_some(first)
    }
}

/// The address of an entry, without the base path.
#[must_use]
pub fn address(id: EntryId) -> String {
    format!("/programme/entries/{id}")
}

/// Reads an id from an address.
pub(crate) fn parse(id: &str) -> web::Result<EntryId> {
    id.parse().map_err(|_| web::Error::NotFound)
}

/// The office for which the signed-in person writes just now.
pub(crate) fn acting(cx: &Ctx) -> web::Result<OrganisationId> {
    let me = cx.require_me()?;
    Ok(me.acting_for.as_ref().map_or(me.organisation, |a| a.id))
}
