//! Statements of the register. Names are few enough (a few thousand) to be compared in the program, folded as people read them.

use kernel::OrganisationId;
use store::{Conn, Result, Tx};

use crate::{model::Organisation, store as area};

store::statements! {
    OWN_ALIASES = "SELECT alias FROM organisation_alias WHERE organisation = :organisation ORDER BY alias";
    ALL_ALIASES = "SELECT organisation, alias FROM organisation_alias ORDER BY organisation, alias";
    ADD_ALIAS = "INSERT INTO organisation_alias (alias, organisation, scope_district, source, verified)
        VALUES (:alias, :organisation, NULL, :source, :verified)";
    DROP_ALIAS = "DELETE FROM organisation_alias WHERE organisation = :organisation AND alias = :alias";
}

/// The names people use for an organisation.
pub(super) fn aliases(conn: &mut Conn, id: OrganisationId) -> Result<Vec<String>> {
    conn.all(&OWN_ALIASES, store::params! {"organisation" => id}, |r| {
        r.get(0)
    })
}

/// All aliases with the organisation each one means.
pub(super) fn all_aliases(conn: &mut Conn) -> Result<Vec<(OrganisationId, String)>> {
    conn.all(&ALL_ALIASES, store::params! {}, |r| {
        Ok((r.get(0)?, r.get(1)?))
    })
}

/// Writes an organisation. Aliases that stay keep their scope and source.
pub(super) fn save(
    tx: &mut Tx,
    organisation: &Organisation,
    old: &[String],
    new: &[String],
) -> Result<()> {
    area::save_organisation(tx, organisation)?;
    let id = organisation.id;
    for alias in old.iter().filter(|alias| !new.contains(alias)) {
        tx.exec(
            &DROP_ALIAS,
            store::params! {"organisation" => id, "alias" => alias.as_str()},
        )?;
    }
    for alias in new.iter().filter(|alias| !old.contains(alias)) {
        let params = store::params! {
            "organisation" => id, "alias" => alias.as_str(), "source" => organisation.source,
            "verified" => organisation.verified,
        };
        tx.exec(&ADD_ALIAS, params)?;
    }
    Ok(())
}
