//! めざすべき姿, and views of the board under names of one's own.

use kernel::{OrganisationId, Time};
use store::{Audit, Db, Error, Level, Result, Viewer};

use crate::{
    model::{Goal, GoalId, ViewId},
    store::{goals as sql, writes},
};

/// How saving goals ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GoalsSaved {
    /// It is on disk.
    Done,
    /// Somebody else was faster: the goals as they are now.
    Conflict(Vec<Goal>),
}

/// One part as typed: which, the text (empty removes it), and the version that was seen (0 when there was none).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// `vision` or a scene.
    pub part: &'static str,
    /// The text.
    pub body: String,
    /// The version that was seen.
    pub seen: i64,
    /// An id for a new row.
    pub id: GoalId,
}

/// Saves an organisation's vision and goals together, published or not.
///
/// # Errors
/// [`Error::NotFound`] when they are not the writer's to change; otherwise what the engine says.
pub async fn save_goals(
    db: &Db,
    viewer: &Viewer,
    owner: OrganisationId,
    typed: Vec<Typed>,
    publish: bool,
) -> Result<GoalsSaved> {
    db.write(viewer, move |tx| {
        let system = tx.viewer().is_system();
        if !system && writes::level(tx, owner)? < Some(Level::Edit) {
            return Err(Error::NotFound);
        }
        let there = sql::goals_of(tx, owner)?;
        let version = |part: &str| {
            there
                .iter()
                .find(|g| g.part == part)
                .map_or(0, |g| g.version)
        };
        if typed.iter().any(|t| version(t.part) != t.seen) {
            return Ok(GoalsSaved::Conflict(there));
        }
        let now = tx.now();
        let mut audit = Audit::new("programme.goals.save", "goal").subject(owner);
        for part in &typed {
            let old = there.iter().find(|g| g.part == part.part);
            let published: Option<Time> = publish.then_some(now);
            if part.body.is_empty() {
                sql::drop_goal(tx, owner, part.part)?;
            } else if old.is_none_or(|g| g.body != part.body || g.published_at.is_some() != publish)
            {
                let goal = Goal {
                    id: part.id,
                    owner,
                    part: part.part.to_owned(),
                    body: part.body.clone(),
                    fictional: system,
                    published_at: published,
                    version: 1,
                    saved_at: now,
                };
                sql::put_goal(tx, &goal)?;
            } else {
                continue;
            }
            audit = audit.field(
                part.part,
                old.map(|g| g.body.clone()),
                Some(part.body.clone()),
            );
        }
        tx.audit(audit)?;
        tx.changed("programme.goals", owner.uuid(), Some(owner))?;
        Ok(GoalsSaved::Done)
    })
    .await
}

/// Keeps a view of the board under a name; the same name again takes its place.
///
/// # Errors
/// [`Error::NotFound`] for a visitor; otherwise what the engine says.
pub async fn put_view(
    db: &Db,
    viewer: &Viewer,
    id: ViewId,
    name: String,
    address: String,
) -> Result<()> {
    db.write(viewer, move |tx| {
        let account = tx.viewer().account().ok_or(Error::NotFound)?;
        let now = tx.now();
        sql::put_view(tx, id, account, (&name, &address), now)?;
        tx.audit(
            Audit::new("programme.view.save", "saved_view")
                .id(id)
                .field("name", None::<String>, Some(name.clone())),
        )
    })
    .await
}

/// Forgets a view; `false` when the account has no such view.
///
/// # Errors
/// As [`put_view`].
pub async fn drop_view(db: &Db, viewer: &Viewer, id: ViewId) -> Result<bool> {
    db.write(viewer, move |tx| {
        let account = tx.viewer().account().ok_or(Error::NotFound)?;
        let gone = sql::drop_view(tx, id, account)?;
        if gone {
            tx.audit(Audit::new("programme.view.drop", "saved_view").id(id))?;
        }
        Ok(gone)
    })
    .await
}
