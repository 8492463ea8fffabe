//! The invented offices of the demo as records, kept by their own people.

use std::path::Path;

use kernel::{OrganisationId, Uuid};
use serde::Deserialize;
use store::{Audit, Db, Stamp, Viewer};

use super::store as sql;
use crate::{import::keys, load::LoadError, model::ProviderId};

store::statements! {
    PUT = "INSERT INTO provider (id, edition, status, in_area, municipality, name, kana, name_en, name_key, postal, address,
        building, address_key, precision_code, phone, fax, url, corporation, corporation_number, kinds, note, source, verified_by,
        fictional, updated_at, version)
        VALUES (:id, 0, 'open', 1, :code, :name, :kana, :name_en, :name_key, '', :address, '', :address_key, 'none', :phone, :fax,
        '', '', '', :kind, '', :source, '', 1, :now, 1) ON CONFLICT (id) DO NOTHING";
    PUT_SERVICE = "INSERT INTO provider_service (id, provider, edition, kind, number, hours, hours_note, departments, dataset,
        dataset_key, fingerprint, official, source)
        VALUES (:row, :id, 0, :kind, '', :hours, '', '', '', :key, '', '', :source) ON CONFLICT (dataset, dataset_key) DO NOTHING";
}

#[derive(Debug, Deserialize)]
struct Office {
    id: ProviderId,
    keeper: OrganisationId,
    municipality: String,
    name: String,
    kana: String,
    name_en: String,
    address: String,
    phone: String,
    fax: String,
    kind: String,
    hours: String,
}

/// Loads the invented offices; loading again adds nothing. Only a database stamped demo takes them.
///
/// # Errors
/// When the file cannot be read or the database fails.
pub async fn load(db: &Db, file: &Path) -> Result<(), LoadError> {
    if db.stamp().await? != Some(Stamp::Demo) {
        return Ok(());
    }
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|e| LoadError::File(name.clone(), e))?;
    let offices: Vec<Office> =
        serde_json::from_str(&text).map_err(|e| LoadError::Line(name, e.line(), e.to_string()))?;
    let source = crate::i18n::tl!(kernel::Lang::Ja, "upkeep-source-fictional");
    let viewer = Viewer::system("load the directory", db.env().now());
    db.write::<_, store::Error>(&viewer, move |tx| {
        let now = tx.now();
        for office in &offices {
            let id = office.id;
            let added = tx.exec(
                &PUT,
                store::params! {"id" => id, "code" => office.municipality, "name" => office.name, "kana" => office.kana,
                    "name_en" => office.name_en, "name_key" => keys::name_key(&office.name), "address" => office.address,
                    "address_key" => keys::address_key(&office.municipality, &office.address), "phone" => office.phone,
                    "fax" => office.fax, "kind" => office.kind, "source" => source, "now" => now},
            )?;
            // The row's id follows from the record's: a second loading means the same row.
            let row = Uuid::from_u128(id.uuid().as_u128() ^ (1 << 60));
            tx.exec(
                &PUT_SERVICE,
                store::params! {"row" => row, "id" => id, "kind" => office.kind, "key" => id.to_string(),
                    "hours" => Some(office.hours.as_str()).filter(|h| !h.is_empty()), "source" => source},
            )?;
            if added == 1 {
                sql::set_keeper(tx, id, office.keeper, true)?;
                tx.changed("provider", id.uuid(), None)?;
            }
        }
        tx.audit(Audit {
            action: "directory.demo.load",
            table: "provider",
            ..Audit::default()
        })
    })
    .await?;
    Ok(())
}
