//! Invented issues of any number, for measuring. Every title says that it is invented.

use kernel::OrganisationId;
use store::{Db, Error, Result, Viewer};

use crate::{
    actions,
    model::{Kind, NewEntry, NewIds, Range, SCENES, items},
};

const TITLES: &str = include_str!("../data/bench_titles.txt");

/// Entries in one write.
const AT_ONCE: usize = 10;

/// Writes so many issues, spread over the area's municipalities: three in ten are public, three are seen by the municipalities they
/// name, four by their owner alone.
///
/// # Errors
/// What the database says.
pub async fn load_bench(db: &Db, count: usize) -> Result<()> {
    let env = db.env();
    let viewer = Viewer::system("issues for measuring", env.now());
    let towns = db
        .read::<_, Error>(&viewer, areas::store::municipalities)
        .await?;
    let towns: Vec<(String, OrganisationId)> = towns
        .into_iter()
        .filter(|t| t.in_area)
        .filter_map(|t| Some((t.code, t.organisation?)))
        .collect();
    if towns.is_empty() {
        return Err(Error::NotFound);
    }
    let all: Vec<(NewIds, NewEntry)> = (0..count)
        .map(|at| {
            let new = issue(at, &towns);
            (new.ids(env), new)
        })
        .collect();
    for stretch in all.chunks(AT_ONCE) {
        let stretch = stretch.to_vec();
        // Each stretch has a moment of its own, as in life: lists are ordered by it.
        let viewer = Viewer::system("issues for measuring", env.now());
        db.write::<_, Error>(&viewer, move |tx| {
            for (ids, new) in &stretch {
                actions::create(tx, ids, new)?;
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}

fn issue(at: usize, towns: &[(String, OrganisationId)]) -> NewEntry {
    let pick = |shift: usize| towns[(at + shift) % towns.len()].clone();
    let titles: Vec<&str> = TITLES.lines().collect();
    let letters: Vec<String> = items().map(String::from).collect();
    let (code, owner) = pick(0);
    let range = match at / towns.len() % 10 {
        0..=2 => Range::Public,
        3..=5 => Range::Municipalities,
        _ => Range::Internal,
    };
    let mut municipalities = vec![code];
    if at.is_multiple_of(3) {
        municipalities.push(pick(1).0);
    }
    NewEntry {
        kind: Kind::Issue,
        owner: Some(owner),
        title: format!("{} {at}", titles[at % titles.len().max(1)]),
        body: titles.join("\n"),
        items: vec![letters[at % letters.len()].clone()],
        scenes: vec![SCENES[at / 3 % SCENES.len()].to_owned()],
        status: Kind::Issue.statuses()[at / 7 % 4].to_owned(),
        range,
        approved: range == Range::Public,
        municipalities,
        fictional: true,
        ..NewEntry::default()
    }
}

#[cfg(test)]
mod tests {
    use kernel::{AnyId, Uuid};

    use super::*;

    #[test]
    fn invented_issues_spread_over_towns_ranges_states_and_scenes() {
        let towns: Vec<(String, OrganisationId)> = (0..10_u32)
            .map(|n| {
                (
                    format!("{n:06}"),
                    OrganisationId::from_uuid(Uuid::from_u128(u128::from(n))),
                )
            })
            .collect();
        let all: Vec<NewEntry> = (0..1000).map(|at| issue(at, &towns)).collect();
        let public = all.iter().filter(|e| e.range == Range::Public).count();
        assert_eq!(public, 300);
        for status in Kind::Issue.statuses() {
            assert!(all.iter().any(|e| e.status == *status));
        }
        for scene in SCENES {
            assert!(all.iter().any(|e| e.scenes == [scene]));
        }
        assert!(all.iter().all(|e| e.fictional));
    }
}
