//! The bare store measured: what the pages and forms above it are compared with.

use std::time::{Duration, Instant};

use kernel::{AccountId, AnyId, Env, OrganisationId, Uuid};

use crate::{
    access::{self, Grant, Level},
    audit::Audit,
    db::Db,
    error::{Error, Result},
    schema::{Migration, Schema},
    viewer::Viewer,
};

/// Rows in the measured table: 200,000 over 100 organisations.
const ROWS: u32 = 200_000;
const TENANTS: u32 = 100;
const TABLES: &str = "-- table: bench_row tenant
CREATE TABLE bench_row (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX bench_row_at ON bench_row (tenant, at);
CREATE VIEW visible_bench_row AS
    SELECT r.id, r.tenant, r.name, r.kind, r.version, r.at, a.level
    FROM access a JOIN bench_row r ON r.tenant = a.subject
    WHERE a.account = viewer_account() AND a.until > viewer_now();
";

/// The table that is measured; open an empty database of its own with it.
pub static SCHEMA: Schema = Schema {
    feature: "bench",
    migrations: &[Migration {
        name: "20261122_9_bench",
        sqlite: TABLES,
        postgres: TABLES,
    }],
    statements: &[STATEMENTS],
};

crate::statements! {
    FILL = "INSERT INTO bench_row (id, tenant, name, kind, version, at) VALUES (:id, :tenant, :name, :kind, 0, :at)";
    POINT = "SELECT id, name, kind, version FROM visible_bench_row WHERE id = :id";
    LIST = "SELECT id, name, kind, version, at FROM visible_bench_row WHERE tenant = :tenant ORDER BY at DESC LIMIT 50";
    LOAD = "SELECT id, level, version FROM visible_bench_row WHERE id = :id";
    SAVE = "UPDATE bench_row SET name = :name, version = version + 1 WHERE id = :id AND version = :version";
}

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How long each case runs, three times; the median counts.
    pub each: Duration,
    /// How many clients at once.
    pub clients: &'static [usize],
    /// Which cases: `point`, `list`, `write`.
    pub cases: &'static [&'static str],
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            each: Duration::from_secs(2),
            clients: &[1, 4, 32],
            cases: &["point", "list", "write"],
        }
    }
}

/// One case.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Measured {
    /// Which case: `point`, `list`, `write`.
    pub case: &'static str,
    /// Clients at once.
    pub clients: usize,
    /// Closures a second, median of three runs.
    pub per_second: f64,
    /// The lowest and highest run.
    pub spread: (f64, f64),
    /// Median time of a closure, microseconds.
    pub p50_us: u64,
    /// Time that 99 of 100 stay under, microseconds.
    pub p99_us: u64,
    /// Closures that were turned away as busy.
    pub busy: u64,
}

/// Fills the database and measures it: a point read through the view, a list of 50 rows through the view, and a
/// durable write of four statements (load through the view, save, audit row, change feed).
///
/// # Errors
/// What the store says.
pub async fn run(db: &Db, plan: Plan) -> Result<Vec<Measured>> {
    fill(db).await?;
    let mut list = Vec::new();
    for &case in plan.cases {
        for &clients in plan.clients {
            let mut runs = Vec::new();
            for _ in 0..3 {
                runs.push(once(db, case, clients, plan.each).await?);
            }
            runs.sort_by(|a, b| a.per_second.total_cmp(&b.per_second));
            let spread = (runs[0].per_second, runs[2].per_second);
            list.push(Measured {
                spread,
                ..runs.swap_remove(1)
            });
        }
    }
    Ok(list)
}

fn row(number: u32) -> Uuid {
    Uuid::from_u128(u128::from(number) << 64 | 7)
}

fn tenant(number: u32) -> OrganisationId {
    OrganisationId::new(Uuid::from_u128(0xbe00_0000 + u128::from(number % TENANTS)))
}

fn viewer(env: &Env) -> Viewer {
    Viewer::signed_in(
        AccountId::from_uuid(Uuid::from_u128(0xacc)),
        None,
        Some(tenant(0)),
        env.now(),
        "127.0.0.1",
    )
}

/// 200,000 rows, 500 in a write; the measuring account sees a tenth of the organisations.
async fn fill(db: &Db) -> Result<()> {
    let viewer = Viewer::system("bench", db.env().now());
    for chunk in 0..ROWS / 500 {
        db.write::<_, Error>(&viewer, move |tx| {
            for number in chunk * 500..(chunk + 1) * 500 {
                tx.exec(
                    &FILL,
                    crate::params! {
                        "id" => row(number), "tenant" => tenant(number), "name" => format!("name {number}"),
                        "kind" => "kind", "at" => i64::from(number),
                    },
                )?;
            }
            Ok(())
        })
        .await?;
    }
    let until = db.env().now().plus_days(365);
    db.write(&viewer, move |tx| {
        let grants: Vec<Grant> = (0..TENANTS / 10)
            .map(|number| Grant {
                subject: tenant(number).uuid(),
                level: Level::Edit,
                until,
                via: "bench".to_owned(),
            })
            .collect();
        access::replace(tx, AccountId::new(Uuid::from_u128(0xacc)), &grants)
    })
    .await
}

async fn once(db: &Db, case: &'static str, clients: usize, time: Duration) -> Result<Measured> {
    let began = crate::clock::start();
    let mut running = tokio::task::JoinSet::new();
    for client in 0..clients {
        running.spawn(client_loop(db.clone(), case, client as u32, began, time));
    }
    let (mut times, mut busy) = (Vec::new(), 0);
    while let Some(ended) = running.join_next().await {
        let (mut taken, turned_away) =
            ended.map_err(|error| Error::Panicked(error.to_string()))??;
        times.append(&mut taken);
        busy += turned_away;
    }
    let seconds = began.elapsed().as_secs_f64();
    times.sort_unstable();
    let at = |share: f64| {
        times
            .get((times.len() as f64 * share) as usize)
            .copied()
            .unwrap_or(0)
    };
    let per_second = times.len() as f64 / seconds;
    Ok(Measured {
        case,
        clients,
        per_second,
        spread: (0.0, 0.0),
        p50_us: at(0.5),
        p99_us: at(0.99),
        busy,
    })
}

/// One client: asks, waits for the answer, asks again.
async fn client_loop(
    db: Db,
    case: &'static str,
    client: u32,
    began: Instant,
    time: Duration,
) -> Result<(Vec<u64>, u64)> {
    let mut number = client.wrapping_mul(7919);
    let (mut times, mut busy) = (Vec::new(), 0);
    while began.elapsed() < time {
        // The rows that the account sees, in no order that helps the caches.
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let picked = (number % (ROWS / TENANTS)) * TENANTS + number / 65_536 % (TENANTS / 10);
        let start = crate::clock::start();
        let answer = match case {
            "point" => point(&db, picked).await,
            "list" => list(&db, picked).await,
            _ => write(&db, picked).await,
        };
        match answer {
            Ok(()) => times.push(start.elapsed().as_micros() as u64),
            Err(Error::Busy) => busy += 1,
            Err(error) => return Err(error),
        }
        // A read in place never waits, so the other clients of this thread need a turn.
        tokio::task::yield_now().await;
    }
    Ok((times, busy))
}

async fn point(db: &Db, picked: u32) -> Result<()> {
    db.read(&viewer(db.env()), move |conn| {
        let found: (Uuid, String, String, i64) =
            conn.one(&POINT, crate::params! { "id" => row(picked) }, |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        std::hint::black_box(found);
        Ok(())
    })
    .await
}

async fn list(db: &Db, picked: u32) -> Result<()> {
    db.read(&viewer(db.env()), move |conn| {
        let found: Vec<(Uuid, String, String, i64, i64)> = conn.all(
            &LIST,
            crate::params! { "tenant" => tenant(picked) },
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                ))
            },
        )?;
        if found.len() == 50 {
            Ok(())
        } else {
            Err(Error::NotFound)
        }
    })
    .await
}

async fn write(db: &Db, picked: u32) -> Result<()> {
    db.write(&viewer(db.env()), move |tx| {
        let id = row(picked);
        let version: i64 = tx.one(&LOAD, crate::params! { "id" => id }, |row| row.get(2))?;
        let name = format!("name {picked} {version}");
        let audit = Audit::new("bench.save", "bench_row").id(id).field(
            "name",
            Some("before"),
            Some(name.as_str()),
        );
        tx.exec(
            &SAVE,
            crate::params! { "name" => name, "id" => id, "version" => version },
        )?;
        tx.audit(audit)?;
        tx.changed("bench_row", id, Some(tenant(picked)))
    })
    .await
}
