//! The cast of the demo: invented people and offices, read from a TOML file.

mod measuring;

use std::{collections::BTreeSet, path::Path};

use areas::model::Organisation;
use kernel::{AccountId, OrganisationId, Uuid};
use serde::Deserialize;
use store::{Audit, Db, Stamp, Viewer};
use web::Role;

use crate::{
    model::{self, MembershipId, names},
    store::{
        accounts,
        cast::{self, NewCast},
        memberships::{self, Membership},
    },
};

pub use measuring::{Login, accounts_for_measuring};

/// Why the cast was not loaded; then nothing of it was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database is not a demo.
    #[error("only a database that is stamped demo takes a cast")]
    NotDemo,
    /// The file cannot be read.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// The file is not what is expected.
    #[error("{0}")]
    Format(#[from] toml::de::Error),
    /// A line of the file is wrong.
    #[error("{0}: {1}")]
    Line(String, &'static str),
    /// No password could be hashed.
    #[error("{0}")]
    Hash(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// What was loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Invented offices.
    pub organisations: usize,
    /// Invented people.
    pub people: usize,
}

#[derive(Debug, Deserialize)]
struct File {
    #[serde(default)]
    organisation: Vec<Office>,
    #[serde(default)]
    person: Vec<Person>,
}

#[derive(Debug, Deserialize)]
struct Office {
    id: OrganisationId,
    kind: String,
    name: String,
    short_name: String,
    name_en: String,
    regime: String,
    municipality: Option<String>,
    source: String,
    fictional: bool,
}

#[derive(Debug, Deserialize)]
struct Person {
    key: String,
    sort: i64,
    group: String,
    name: String,
    name_en: String,
    organisation: OrganisationId,
    role: String,
    profession: String,
    email: Option<String>,
    title_ja: String,
    title_en: String,
    story_ja: String,
    story_en: String,
    fictional: bool,
}

/// A member of the cast, checked, with the ids it has in this installation.
#[derive(Clone, Debug)]
struct Ready {
    cast: NewCast,
    sign_in: String,
    name: String,
    email: Option<String>,
    place: Membership,
}

/// Loads the cast from `data/…/demo/cast.toml`. Loading again brings names, stories and roles up to date and adds nobody twice; only a
/// database stamped demo takes it, and only people marked as invented.
///
/// # Errors
/// See [`enum@Error`]; then nothing was written.
pub async fn load(db: &Db, file: &Path) -> Result<Loaded, Error> {
    if db.stamp().await? != Some(Stamp::Demo) {
        return Err(Error::NotDemo);
    }
    let text =
        std::fs::read_to_string(file).map_err(|e| Error::File(file.display().to_string(), e))?;
    let file: File = toml::from_str(&text)?;
    let now = db.env().now();
    let people = check(db, &file)?;
    let offices: Vec<Organisation> = file.organisation.into_iter().map(office).collect();
    let loaded = Loaded {
        organisations: offices.len(),
        people: people.len(),
    };
    db.write::<_, store::Error>(&Viewer::system("demo cast", now), move |tx| {
        for office in &offices {
            areas::store::save_organisation(tx, office)?;
        }
        for ready in &people {
            let account = ready.place.account;
            accounts::put_fictional(
                tx,
                account,
                &ready.sign_in,
                &ready.name,
                ready.email.as_deref(),
            )?;
            memberships::put_fictional(tx, &ready.place)?;
            memberships::refresh_access(tx, account)?;
            cast::put(tx, &ready.cast)?;
        }
        tx.audit(Audit {
            action: "identity.cast.load",
            table: "cast_member",
            ..Audit::default()
        })
    })
    .await?;
    Ok(loaded)
}

fn office(o: Office) -> Organisation {
    Organisation {
        id: o.id,
        kind: o.kind,
        name: o.name,
        short_name: o.short_name,
        name_en: o.name_en,
        regime: o.regime,
        municipality: o.municipality,
        fictional: true,
        source: o.source,
        verified_on: None,
        verified: false,
    }
}

fn check(db: &Db, file: &File) -> Result<Vec<Ready>, Error> {
    if let Some(real) = file.organisation.iter().find(|o| !o.fictional) {
        return Err(Error::Line(
            real.name.clone(),
            "an office of the cast is marked as invented",
        ));
    }
    let now = db.env().now();
    let mut seen = BTreeSet::new();
    file.person
        .iter()
        .map(|p| {
            let bad = |what| Error::Line(p.key.clone(), what);
            if !names::is_sign_in_name(&p.key) {
                return Err(bad(
                    "the key is 3 to 60 small letters, digits, dots or hyphens",
                ));
            }
            if !seen.insert(p.key.as_str()) {
                return Err(bad("this key stands twice"));
            }
            if !p.fictional {
                return Err(bad("a member of the cast is marked as invented"));
            }
            let role = Role::from_code(&p.role).ok_or_else(|| bad("unknown role"))?;
            let profession =
                model::profession(&p.profession).ok_or_else(|| bad("unknown profession"))?;
            let account = AccountId::new(fixed(db, &format!("account:{}", p.key)));
            Ok(Ready {
                sign_in: p.key.clone(),
                name: p.name.clone(),
                email: p.email.as_deref().map(names::fold_sign_in),
                place: Membership {
                    id: MembershipId::new(fixed(
                        db,
                        &format!("membership:{}:{}", p.key, p.organisation),
                    )),
                    account,
                    organisation: p.organisation,
                    role,
                    profession: profession.to_owned(),
                    starts: now,
                    ends: None,
                },
                cast: NewCast {
                    key: p.key.clone(),
                    account,
                    group: p.group.clone(),
                    title: (p.title_ja.clone(), p.title_en.clone()),
                    name_en: p.name_en.clone(),
                    story: (p.story_ja.clone(), p.story_en.clone()),
                    sort: p.sort,
                },
            })
        })
        .collect()
}

/// The same id for the same word in this installation, so that loading twice changes and does not add. Version 8: made by the
/// application.
fn fixed(db: &Db, what: &str) -> Uuid {
    let mac = db.key().mac("identity.cast", what.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&mac[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    Uuid::from_bytes(bytes)
}
