//! A large directory for measuring: the providers that are there, many times over, with places and names shifted. Every copy is
//! marked as invented.

use kernel::Env;
use store::{Conn, Db, Result, Viewer};

use crate::{
    model::{Provider, ProviderId},
    provider_select,
    store::rows::provider_row,
};

store::statements! {
    FIRST = provider_select!("FROM public_provider p WHERE p.fictional = 0 OR p.edition = 0 ORDER BY p.id LIMIT 5000");
    COPY = "INSERT INTO provider (id, edition, status, in_area, municipality, name, kana, name_en, name_key, postal, address, building,
        address_key, lat, lon, precision_code, phone, fax, url, corporation, corporation_number, kinds, note, source, verified_by, fictional,
        updated_at, version) VALUES (:id, 0, 'open', :in_area, :town, :name, :kana, '', :key, '', :address, '', :key, :lat, :lon, :precision,
        :phone, '', '', '', '', :kinds, '', 'bench', '', 1, 0, 1)";
}

/// Rows written in one transaction.
const CHUNK: usize = 500;

/// Brings the directory to about `count` providers and says how many were added.
///
/// # Errors
/// What the database says; when there is no provider to copy.
pub async fn fill(db: &Db, count: usize) -> Result<usize> {
    let viewer = Viewer::system("data for measuring", db.env().now());
    let originals: Vec<Provider> = db
        .read_slow(&viewer, |conn: &mut Conn| {
            conn.all(&FIRST, &[], provider_row)
        })
        .await?;
    if originals.is_empty() {
        return Err(store::Error::NotFound);
    }
    let env: Env = db.env().clone();
    let mut added = 0;
    while added + originals.len() < count {
        let todo = CHUNK.min(count - added - originals.len());
        let chunk: Vec<(ProviderId, Provider)> = (added..added + todo)
            .map(|number| {
                (
                    env.id(),
                    shifted(&originals[number % originals.len()], number),
                )
            })
            .collect();
        db.write(&viewer, move |tx| {
            for (id, p) in &chunk {
                let key = format!("bench {id}");
                tx.exec(
                    &COPY,
                    store::params! {
                        "id" => *id, "in_area" => p.in_area, "town" => p.municipality, "name" => p.name, "kana" => p.kana, "key" => key,
                        "address" => p.address, "lat" => p.lat, "lon" => p.lon, "precision" => p.precision.code(), "phone" => p.phone,
                        "kinds" => p.kinds.join(" "),
                    },
                )?;
            }
            Ok::<(), store::Error>(())
        })
        .await?;
        added += todo;
    }
    let all = env.id::<ProviderId>();
    db.write(&viewer, move |tx| {
        tx.changed("directory", kernel::AnyId::uuid(&all), None)
    })
    .await?;
    Ok(added)
}

/// A copy a little elsewhere, called a little differently: the letters of the name turned around by some places.
fn shifted(original: &Provider, number: usize) -> Provider {
    let turn = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        let by = number % letters.len().max(1);
        letters.rotate_left(by);
        letters.into_iter().collect::<String>()
    };
    let step = |at: usize| (number / at % 101) as f64 / 1000.0 - 0.05;
    Provider {
        name: format!("{}{}", turn(&original.name), number % 997),
        kana: turn(&original.kana),
        address: format!("{}{}", original.address, number % 89),
        lat: original.lat.map(|lat| lat + step(7)),
        lon: original.lon.map(|lon| lon + step(13)),
        ..original.clone()
    }
}
