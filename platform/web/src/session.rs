//! Sessions: one row per signed-in browser, found by the hash of the token in its cookie.
//!
//! A session ends 12 hours after it began, or after 15 minutes without a request by the person (requests that the page makes
//! in the background do not count). The time of the last request is written at most once a minute.

use crate::ctx::{ActingFor, Ctx, SignedIn};
use crate::permission::{OrgKind, Role};
use kernel::{AccountId, Env, OrganisationId, SessionId, Time};
use sha2::{Digest, Sha256};
use store::{Conn, Db, Row, Tx, Viewer};

/// Seconds without a request after which a session is over.
pub const IDLE_SECS: i64 = 15 * 60;
/// Seconds after which a session is over in any case.
pub const ABSOLUTE_SECS: i64 = 12 * 3600;
/// The last request is written again only when the written one is older than this.
const TOUCH_SECS: i64 = 60;

store::statements! {
    BY_TOKEN = "SELECT s.id, s.account, s.name, s.organisation, s.organisation_name, s.kind, s.role, s.profession,
        s.acting_for, s.acting_for_name, s.second_factor, s.confirmed_at, s.seen_at,
        (SELECT COUNT(*) FROM session o WHERE o.account = s.account AND o.seen_at > :idle AND o.expires_at > :now)
        FROM session s WHERE s.token_hash = :hash AND s.expires_at > :now AND s.seen_at > :idle";
    START = "INSERT INTO session (id, token_hash, account, name, organisation, organisation_name, kind, role, profession,
        acting_for, acting_for_name, second_factor, confirmed_at, started_at, seen_at, expires_at, address, agent)
        VALUES (:id, :hash, :account, :name, :organisation, :organisation_name, :kind, :role, :profession,
        NULL, NULL, :second, :confirmed, :now, :now, :expires, :address, :agent)";
    SEEN = "UPDATE session SET seen_at = :now WHERE id = :id AND seen_at < :now";
    END = "DELETE FROM session WHERE id = :id";
    END_ALL = "DELETE FROM session WHERE account = :account";
    END_OLD = "DELETE FROM session WHERE expires_at <= :now";
    OF_ACCOUNT = "SELECT id, organisation_name, started_at, seen_at, address, agent FROM session
        WHERE account = :account AND seen_at > :idle AND expires_at > :now ORDER BY seen_at DESC, id";
    ACTING = "UPDATE session SET acting_for = :acting, acting_for_name = :name WHERE id = :id";
    SECOND = "UPDATE session SET second_factor = 1, confirmed_at = :now WHERE id = :id";
    CONFIRM = "UPDATE session SET confirmed_at = :now WHERE id = :id";
    MEMBERSHIP = "UPDATE session SET organisation = :organisation, organisation_name = :organisation_name, kind = :kind,
        role = :role, profession = :profession, acting_for = NULL, acting_for_name = NULL WHERE id = :id";
    KIND = "UPDATE session SET kind = :kind WHERE organisation = :organisation";
    LIVE = "SELECT COUNT(*) FROM session WHERE expires_at > :now AND seen_at > :idle";
    ALIVE = "SELECT COUNT(*) FROM session WHERE id = :id AND expires_at > :now AND seen_at > :idle";
}

/// What a new session is made of. Token and id are drawn before the write: its closure may run more than once.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Its id.
    pub id: SessionId,
    /// The secret for the cookie; give it to [`Ctx::sign_in_cookie`] once the write has answered.
    pub token: String,
    /// Who.
    pub account: AccountId,
    /// Name as printed.
    pub name: String,
    /// Where they belong in this session.
    pub organisation: OrganisationId,
    /// Its name as printed.
    pub organisation_name: String,
    /// Its kind.
    pub kind: OrgKind,
    /// Their role there.
    pub role: Role,
    /// Their profession, as a code.
    pub profession: String,
    /// Whether a second factor was shown.
    pub second_factor: bool,
    /// The browser's address.
    pub address: String,
    /// What the browser calls itself; cut to 200 characters.
    pub agent: String,
}

impl NewSession {
    /// Draws id and token.
    #[must_use]
    pub fn secrets(env: &Env) -> (SessionId, String) {
        (env.id(), env.token())
    }
}

/// A line of the list of sessions on the account page.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Which.
    pub id: SessionId,
    /// Organisation it was begun for.
    pub organisation_name: String,
    /// When it began.
    pub started_at: Time,
    /// Last request, to the minute.
    pub seen_at: Time,
    /// Address it began from.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
}

/// The stored form of a token.
#[must_use]
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Begins a session; sessions that are over for everybody are swept out on the way.
///
/// # Errors
/// As the store.
pub fn start(tx: &mut Tx, new: &NewSession) -> store::Result<()> {
    let now = tx.now();
    let agent: String = new.agent.chars().take(200).collect();
    tx.exec(&END_OLD, store::params! { "now" => now })?;
    tx.exec(
        &START,
        store::params! {
            "id" => new.id, "hash" => hash(&new.token), "account" => new.account, "name" => new.name.as_str(),
            "organisation" => new.organisation, "organisation_name" => new.organisation_name.as_str(),
            "kind" => new.kind.code(), "role" => new.role.code(), "profession" => new.profession.as_str(),
            "second" => new.second_factor, "confirmed" => now, "now" => now,
            "expires" => now.plus_secs(ABSOLUTE_SECS), "address" => new.address.as_str(), "agent" => agent,
        },
    )?;
    Ok(())
}

/// Ends one session; its live stream closes.
///
/// # Errors
/// As the store.
pub fn end(tx: &mut Tx, id: SessionId) -> store::Result<()> {
    tx.exec(&END, store::params! { "id" => id })?;
    tx.changed("session", id.uuid(), None)
}

/// Ends all sessions of an account: offboarding, a changed password, "sign out everywhere".
///
/// # Errors
/// As the store.
pub fn end_all_of(tx: &mut Tx, account: AccountId) -> store::Result<()> {
    tx.exec(&END_ALL, store::params! { "account" => account })?;
    tx.changed("session", account.uuid(), None)
}

/// The live sessions of an account, latest first. Needs a system viewer.
///
/// # Errors
/// As the store.
pub fn list_of(conn: &mut Conn, account: AccountId, now: Time) -> store::Result<Vec<Listed>> {
    let idle = now.plus_secs(-IDLE_SECS);
    conn.all(
        &OF_ACCOUNT,
        store::params! { "account" => account, "idle" => idle, "now" => now },
        |r| {
            Ok(Listed {
                id: r.get(0)?,
                organisation_name: r.get(1)?,
                started_at: r.get(2)?,
                seen_at: r.get(3)?,
                address: r.get(4)?,
                agent: r.get(5)?,
            })
        },
    )
}

/// Switches for whom the session acts; `None` is the own organisation. Whether it may is the caller's rule.
///
/// # Errors
/// As the store.
pub fn set_acting_for(tx: &mut Tx, id: SessionId, acting: Option<&ActingFor>) -> store::Result<()> {
    let (organisation, name) = (acting.map(|a| a.id), acting.map(|a| a.name.clone()));
    tx.exec(
        &ACTING,
        store::params! { "id" => id, "acting" => organisation, "name" => name },
    )?;
    Ok(())
}

/// Notes that the session has shown a second factor; it counts as a confirmation too.
///
/// # Errors
/// As the store.
pub fn set_second_factor(tx: &mut Tx, id: SessionId) -> store::Result<()> {
    let now = tx.now();
    tx.exec(&SECOND, store::params! { "id" => id, "now" => now })?;
    Ok(())
}

/// Notes that the account has just confirmed itself.
///
/// # Errors
/// As the store.
pub fn confirm(tx: &mut Tx, id: SessionId) -> store::Result<()> {
    let now = tx.now();
    tx.exec(&CONFIRM, store::params! { "id" => id, "now" => now })?;
    Ok(())
}

/// Moves the session to another membership of the same account.
///
/// # Errors
/// As the store.
pub fn set_membership(
    tx: &mut Tx,
    id: SessionId,
    organisation: (OrganisationId, &str, OrgKind),
    role: Role,
    profession: &str,
) -> store::Result<()> {
    tx.exec(
        &MEMBERSHIP,
        store::params! {
            "id" => id, "organisation" => organisation.0, "organisation_name" => organisation.1,
            "kind" => organisation.2.code(), "role" => role.code(), "profession" => profession,
        },
    )?;
    Ok(())
}

/// Gives the open sessions of an organisation its new kind: permissions hang on it.
///
/// # Errors
/// As the store.
pub fn set_kind_of(tx: &mut Tx, organisation: OrganisationId, kind: OrgKind) -> store::Result<()> {
    tx.exec(
        &KIND,
        store::params! { "organisation" => organisation, "kind" => kind.code() },
    )?;
    Ok(())
}

/// How many sessions are live. Needs a system viewer.
///
/// # Errors
/// As the store.
pub fn count_live(conn: &mut Conn, now: Time) -> store::Result<i64> {
    let idle = now.plus_secs(-IDLE_SECS);
    conn.one(
        &LIVE,
        store::params! { "now" => now, "idle" => idle },
        |r| r.get(0),
    )
}

/// Whether a session is still live. Needs a system viewer.
pub(crate) fn is_alive(conn: &mut Conn, id: SessionId, now: Time) -> store::Result<bool> {
    let idle = now.plus_secs(-IDLE_SECS);
    let found: i64 = conn.one(
        &ALIVE,
        store::params! { "id" => id, "now" => now, "idle" => idle },
        |r| r.get(0),
    )?;
    Ok(found > 0)
}

fn read(r: &Row<'_>) -> store::Result<(SignedIn, Time)> {
    let acting: Option<OrganisationId> = r.get(8)?;
    let acting_name: Option<String> = r.get(9)?;
    let (kind, role): (String, String) = (r.get(5)?, r.get(6)?);
    let corrupt = |column: &str| store::Error::Corrupt {
        table: "session".to_owned(),
        column: column.to_owned(),
        row: String::new(),
    };
    let count: i64 = r.get(13)?;
    let me = SignedIn {
        session: r.get(0)?,
        account: r.get(1)?,
        name: r.get(2)?,
        organisation: r.get(3)?,
        organisation_name: r.get(4)?,
        kind: OrgKind::from_code(&kind).ok_or_else(|| corrupt("kind"))?,
        role: Role::from_code(&role).ok_or_else(|| corrupt("role"))?,
        profession: r.get(7)?,
        acting_for: acting.map(|id| ActingFor {
            id,
            name: acting_name.unwrap_or_default(),
        }),
        second_factor: r.get(10)?,
        confirmed_at: r.get(11)?,
        other_sessions: (count - 1).max(0),
    };
    Ok((me, r.get(12)?))
}

/// Who is behind a token, while the session is live: one indexed read. Needs a system viewer.
///
/// # Errors
/// As the store.
pub fn find(conn: &mut Conn, token: &str, now: Time) -> store::Result<Option<SignedIn>> {
    Ok(by_hash(conn, &hash(token), now)?.map(|(me, _)| me))
}

fn by_hash(conn: &mut Conn, hash: &[u8], now: Time) -> store::Result<Option<(SignedIn, Time)>> {
    let idle = now.plus_secs(-IDLE_SECS);
    conn.opt(
        &BY_TOKEN,
        store::params! { "hash" => hash, "now" => now, "idle" => idle },
        read,
    )
}

/// Finds who is behind a request. A request by the person prolongs the session in the background.
pub(crate) async fn load(cx: &Ctx) -> store::Result<Option<SignedIn>> {
    let Some(token) = &cx.session_token else {
        return Ok(None);
    };
    if token.len() > 100 {
        return Ok(None);
    }
    let (now, hash) = (cx.now, hash(token));
    let viewer = Viewer::system("session", now);
    let found = cx
        .db()
        .read(&viewer, move |c| by_hash(c, &hash, now))
        .await?;
    let Some((me, seen)) = found else {
        return Ok(None);
    };
    if !cx.background && now.secs_since(seen) >= TOUCH_SECS {
        touch(cx.db().clone(), me.session, now);
    }
    Ok(Some(me))
}

/// Writes the time of the last request without keeping the page waiting.
fn touch(db: Db, id: SessionId, now: Time) {
    tokio::spawn(async move {
        let viewer = Viewer::system("session seen", now);
        let done: store::Result<u64> = db
            .write(&viewer, move |tx| {
                tx.exec(&SEEN, store::params! { "id" => id, "now" => now })
            })
            .await;
        if let Err(e) = done {
            tracing::warn!(error = %e, "the time of a session's last request could not be written");
        }
    });
}

#[cfg(test)]
mod tests {
    #[test]
    fn tokens_are_stored_hashed() {
        let h = super::hash("abc");
        assert_eq!(h.len(), 32);
        assert_ne!(h, b"abc");
    }
}
