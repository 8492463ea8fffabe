//! めざすべき姿 and saved views.

use kernel::{AccountId, OrganisationId, Time};
use store::{Conn, Result, Tx};

use super::rows::{goal_row, view_row};
use crate::model::{Goal, SavedView, ViewId};

macro_rules! goal_select {
    ($rest:literal) => {
        concat!(
            "SELECT g.id, g.tenant, g.part, g.body, g.fictional, g.published_at, g.version, g.saved_at FROM ",
            $rest
        )
    };
}

store::statements! {
    pub GOALS = goal_select!("visible_goal g ORDER BY g.tenant, g.part");
    pub GOALS_OF = goal_select!("goal g WHERE g.tenant = :tenant");
    pub PUT_GOAL = "INSERT INTO goal (id, tenant, part, body, fictional, published_at, version, saved_at)
        VALUES (:id, :tenant, :part, :body, :fictional, :published, 1, :now)
        ON CONFLICT (tenant, part) DO UPDATE SET body = excluded.body, fictional = excluded.fictional,
          published_at = excluded.published_at, version = goal.version + 1, saved_at = excluded.saved_at";
    pub DROP_GOAL = "DELETE FROM goal WHERE tenant = :tenant AND part = :part";
    pub VIEWS = "SELECT v.id, v.name, v.address FROM visible_saved_view v ORDER BY v.saved_at, v.id";
    pub PUT_VIEW = "INSERT INTO saved_view (id, account, name, address, saved_at) VALUES (:id, :account, :name, :address, :now)
        ON CONFLICT (account, name) DO UPDATE SET address = excluded.address, saved_at = excluded.saved_at";
    pub DROP_VIEW = "DELETE FROM saved_view WHERE id = :id AND account = :account";
}

/// All parts of めざすべき姿 that this viewer sees, by organisation.
///
/// # Errors
/// When the database fails.
pub fn goals(conn: &mut Conn) -> Result<Vec<Goal>> {
    conn.all(&GOALS, store::params! {}, goal_row)
}

/// The parts of one organisation inside a write.
pub(crate) fn goals_of(tx: &mut Tx, tenant: OrganisationId) -> Result<Vec<Goal>> {
    tx.all(&GOALS_OF, store::params! {"tenant" => tenant}, goal_row)
}

pub(crate) fn put_goal(tx: &mut Tx, goal: &Goal) -> Result<()> {
    let params = store::params! {
        "id" => goal.id, "tenant" => goal.owner, "part" => goal.part, "body" => goal.body,
        "fictional" => goal.fictional, "published" => goal.published_at, "now" => goal.saved_at,
    };
    tx.exec(&PUT_GOAL, params).map(drop)
}

pub(crate) fn drop_goal(tx: &mut Tx, tenant: OrganisationId, part: &str) -> Result<()> {
    tx.exec(
        &DROP_GOAL,
        store::params! {"tenant" => tenant, "part" => part},
    )
    .map(drop)
}

/// The views that this account has named, oldest first.
pub(crate) fn views(conn: &mut Conn) -> Result<Vec<SavedView>> {
    conn.all(&VIEWS, store::params! {}, view_row)
}

pub(crate) fn put_view(
    tx: &mut Tx,
    id: ViewId,
    account: AccountId,
    (name, address): (&str, &str),
    now: Time,
) -> Result<()> {
    let params = store::params! {
        "id" => id, "account" => account, "name" => name, "address" => address, "now" => now,
    };
    tx.exec(&PUT_VIEW, params).map(drop)
}

pub(crate) fn drop_view(tx: &mut Tx, id: ViewId, account: AccountId) -> Result<bool> {
    Ok(tx.exec(
        &DROP_VIEW,
        store::params! {"id" => id, "account" => account},
    )? == 1)
}
