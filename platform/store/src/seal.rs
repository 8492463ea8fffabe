//! Seals over the heads and lengths of all audit chains, and the check that finds what was done to them.

use std::{
    collections::{BTreeMap, HashMap},
    io::Write as _,
    path::{Path, PathBuf},
};

use kernel::{Time, Uuid};
use serde::{Deserialize, Serialize};

use crate::{
    audit::{EVENTS, Event, first_link},
    conn::Conn,
    db::Db,
    error::{Error, Result},
    keys::{AuditKey, mac},
    viewer::Viewer,
};

crate::statements! {
    CHAINS = "SELECT chain, node, started, seal, hash FROM audit_chain ORDER BY chain";
    HEADS = "SELECT c.chain, e.position, e.hash FROM audit_chain c JOIN audit_event e ON e.chain = c.chain
             WHERE e.position = (SELECT MAX(m.position) FROM audit_event m WHERE m.chain = c.chain) ORDER BY c.chain";
    SEALS = "SELECT number, at, heads, hash FROM audit_seal ORDER BY number";
    LAST = "SELECT number, at, heads, hash FROM audit_seal ORDER BY number DESC LIMIT 1";
    PUT = "INSERT INTO audit_seal (number, at, heads, hash) VALUES (:number, :at, :heads, :hash)";
}

/// The head of a chain at the moment of a seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    /// A UUID, as text.
    chain: String,
    length: i64,
    hash: String,
}

/// A seal as it stands in the file, one line each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Seal {
    number: i64,
    at: i64,
    /// JSON text, because the hash is over its bytes.
    heads: String,
    hash: String,
}

impl Seal {
    fn hash_after(&self, key: &AuditKey, previous: &str) -> String {
        let number = self.number.to_be_bytes();
        let parts: [&[u8]; 5] = [
            b"seal",
            previous.as_bytes(),
            &number,
            &self.at.to_be_bytes(),
            self.heads.as_bytes(),
        ];
        hex(&mac(key.link.as_slice(), &parts))
    }

    fn heads(&self) -> Vec<Head> {
        serde_json::from_str(&self.heads).unwrap_or_default()
    }
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

fn read_seal(row: &crate::Row<'_>) -> Result<Seal> {
    Ok(Seal {
        number: row.get(0)?,
        at: row.get(1)?,
        heads: row.get(2)?,
        hash: hex(&row.get::<Vec<u8>>(3)?),
    })
}

fn heads(conn: &mut Conn) -> Result<Vec<Head>> {
    conn.all(&HEADS, &[], |row| {
        Ok(Head {
            chain: row.get::<Uuid>(0)?.to_string(),
            length: row.get(1)?,
            hash: hex(&row.get::<Vec<u8>>(2)?),
        })
    })
}

/// Writes a seal into the database and then appends it to the file; nothing when no chain has grown since the last.
pub(crate) async fn write(db: &Db) -> Result<()> {
    let viewer = Viewer::system("seal", db.env().now());
    // The heads are read before the transaction: reading the tails inside would make every writer of a chain a
    // possible conflict on PostgreSQL.
    let now: Vec<Head> = db.read_slow(&viewer, heads).await?;
    let shared = std::sync::Arc::clone(&db.0.shared);
    let seal: Option<Seal> = db
        .write(&viewer, move |tx| {
            let last = tx.opt(&LAST, &[], read_seal)?;
            let text = serde_json::to_string(&now).map_err(|error| Error::Engine(error.to_string()))?;
            if now.is_empty() || last.as_ref().is_some_and(|last| last.heads == text) {
                return Ok::<_, Error>(None);
            }
            let (number, previous) = last.map_or((1, String::new()), |last| (last.number + 1, last.hash));
            let mut seal = Seal { number, at: tx.now().micros(), heads: text, hash: String::new() };
            seal.hash = seal.hash_after(&shared.audit_key, &previous);
            let hash = data_encoding::HEXLOWER.decode(seal.hash.as_bytes()).unwrap_or_default();
            tx.exec(
                &PUT,
                crate::params! { "number" => seal.number, "at" => seal.at, "heads" => seal.heads, "hash" => hash },
            )?;
            Ok(Some(seal))
        })
        .await?;
    let Some(seal) = seal else { return Ok(()) };
    let path = db.0.options.seal_file.clone();
    tokio::task::spawn_blocking(move || append(&path, &seal))
        .await
        .map_err(|error| Error::Panicked(error.to_string()))?
}

fn append(path: &Path, seal: &Seal) -> Result<()> {
    let line = serde_json::to_string(seal).map_err(|error| Error::Engine(error.to_string()))?;
    let fail = |error: std::io::Error| Error::file(path, &error);
    let mut file = crate::private::append(path).map_err(fail)?;
    file.write_all(format!("{line}\n").as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(fail)
}

/// What a check of the audit trail found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Chains.
    pub chains: u64,
    /// Rows.
    pub rows: u64,
    /// Seals in the database.
    pub seals: u64,
    /// Rows after the last seal, which only the chain itself protects.
    pub unsealed: u64,
    /// What is wrong, in words; empty when all is well.
    pub problems: Vec<String>,
}

/// Checks every chain, every seal, and the seals in `seal` (a file of earlier seals) against the database. Finds a
/// changed row, a gap, a reordering, and a tail or chain that was cut off.
///
/// # Errors
/// What the engine or the file says; what is wrong with the trail is in the report.
pub async fn verify(db: &Db, seal: Option<&Path>) -> Result<Report> {
    let shared = std::sync::Arc::clone(&db.0.shared);
    let file: Option<PathBuf> = seal.map(Path::to_owned);
    let viewer = Viewer::system("verify the audit trail", db.env().now());
    db.read_slow(&viewer, move |conn| {
        check(conn, &shared.audit_key, file.as_deref())
    })
    .await
}

/// How far a chain was followed, and the hashes at sealed places.
#[derive(Default)]
struct Walk {
    begin: Option<[u8; 32]>,
    length: i64,
    head: [u8; 32],
    broken: bool,
}

pub(crate) fn check(conn: &mut Conn, key: &AuditKey, file: Option<&Path>) -> Result<Report> {
    let mut report = Report::default();
    let mut walks: BTreeMap<Uuid, Walk> = BTreeMap::new();
    let chains = conn.all(&CHAINS, &[], |row| {
        let chain: (Uuid, String, Time, Vec<u8>, [u8; 32]) = (
            row.get(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
        );
        Ok(chain)
    })?;
    for (chain, node, started, seal, hash) in chains {
        report.chains += 1;
        if first_link(key, chain, &node, started, &seal) != hash {
            report.problems.push(format!(
                "chain {chain}: its beginning was changed, or the key is another"
            ));
        }
        walks.insert(
            chain,
            Walk {
                begin: Some(hash),
                head: hash,
                ..Walk::default()
            },
        );
    }
    let seals = conn.all(&SEALS, &[], read_seal)?;
    let filed = file.map(read_file).transpose()?.unwrap_or_default();
    // The hashes that seals name, to be met while walking.
    let mut named: HashMap<(String, i64), Vec<(String, String)>> = HashMap::new();
    for (place, seal) in seals
        .iter()
        .map(|s| ("database", s))
        .chain(filed.iter().map(|s| ("file", s)))
    {
        for head in seal.heads() {
            let label = format!("seal {} of the {place}", seal.number);
            named
                .entry((head.chain, head.length))
                .or_default()
                .push((label, head.hash));
        }
    }
    let problems = &mut report.problems;
    let rows = &mut report.rows;
    conn.each(&EVENTS, &[], |row| {
        let event = Event::read(row)?;
        *rows += 1;
        let walk = walks.entry(event.chain).or_default();
        if walk.begin.is_none() && !walk.broken {
            problems.push(format!("chain {}: has rows but no beginning", event.chain));
            walk.broken = true;
        }
        if event.position != walk.length + 1 {
            problems.push(format!(
                "chain {}: rows {} to {} are missing",
                event.chain,
                walk.length + 1,
                event.position - 1
            ));
        } else if !walk.broken && event.link(key, &walk.head) != event.hash {
            problems.push(format!(
                "chain {}: row {} was changed or moved",
                event.chain, event.position
            ));
        }
        walk.length = event.position;
        walk.head = event.hash;
        for (label, hash) in named
            .remove(&(event.chain.to_string(), event.position))
            .unwrap_or_default()
        {
            if hash != hex(&event.hash) {
                problems.push(format!(
                    "chain {}: row {} is not the one in {label}",
                    event.chain, event.position
                ));
            }
        }
        Ok(())
    })?;
    let mut missing: Vec<String> = named
        .into_iter()
        .flat_map(|((chain, length), labels)| {
            labels.into_iter().map(move |(label, _)| {
                format!("chain {chain}: row {length}, named in {label}, was cut off")
            })
        })
        .collect();
    missing.sort();
    report.problems.append(&mut missing);
    report.seals = seals.len() as u64;
    check_seals(key, &seals, &filed, &mut report.problems);
    let sealed: HashMap<String, i64> = seals
        .last()
        .map(Seal::heads)
        .unwrap_or_default()
        .into_iter()
        .map(|head| (head.chain, head.length))
        .collect();
    report.unsealed = walks
        .iter()
        .map(|(id, walk)| {
            (walk.length - sealed.get(&id.to_string()).copied().unwrap_or(0)).max(0) as u64
        })
        .sum();
    Ok(report)
}

fn check_seals(key: &AuditKey, seals: &[Seal], filed: &[Seal], problems: &mut Vec<String>) {
    let mut previous = String::new();
    for (index, seal) in seals.iter().enumerate() {
        if seal.number != index as i64 + 1 {
            problems.push(format!("seals before number {} are missing", seal.number));
        } else if seal.hash_after(key, &previous) != seal.hash {
            problems.push(format!(
                "seal {} was changed, or the key is another",
                seal.number
            ));
        }
        previous.clone_from(&seal.hash);
    }
    for seal in filed {
        match seals.iter().find(|known| known.number == seal.number) {
            Some(known) if known == seal => {}
            Some(_) => problems.push(format!(
                "seal {} of the file is not the one of the database",
                seal.number
            )),
            None => problems.push(format!(
                "seal {} of the file is missing in the database",
                seal.number
            )),
        }
    }
}

fn read_file(path: &Path) -> Result<Vec<Seal>> {
    let text = std::fs::read_to_string(path).map_err(|error| Error::file(path, &error))?;
    text.lines()
        .enumerate()
        .map(|(index, line)| {
            serde_json::from_str(line).map_err(|error| {
                Error::File(format!("{}: line {}: {error}", path.display(), index + 1))
            })
        })
        .collect()
}
