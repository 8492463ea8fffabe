//! Rows of access against a naive reading of the rules, whatever happens to memberships.

use std::collections::BTreeMap;

use proptest::prelude::*;
use store::{Level, access::Grant};

use super::*;
use crate::model::access::{FOREVER, Place, grants};

/// The rules said once more, as slowly and plainly as possible: may this account do this with that organisation now?
fn naive(places: &[Place], subject: OrganisationId, level: i64, now: Time) -> bool {
    places.iter().any(|p| {
        let live = p.starts <= now && p.ends.is_none_or(|end| now < end);
        let role = match p.role {
            Role::Member => 1,
            Role::Editor | Role::Approver => 2,
            Role::Manager | Role::Administrator => 3,
        };
        let own = p.organisation == subject && level <= role;
        let acting =
            p.acts_for.contains(&subject) && p.role != Role::Administrator && level <= role.min(2);
        live && (own || acting)
    })
}

fn organisation() -> impl Strategy<Value = OrganisationId> {
    (1u128..8).prop_map(|n| OrganisationId::new(kernel::Uuid::from_u128(n)))
}

fn place() -> impl Strategy<Value = Place> {
    let role = prop::sample::select(Role::ALL.to_vec());
    let ends = prop::option::of(0i64..40);
    (
        organisation(),
        role,
        0i64..40,
        ends,
        prop::collection::vec(organisation(), 0..4),
    )
        .prop_map(|(organisation, role, starts, ends, acts_for)| Place {
            organisation,
            role,
            starts: Time(starts),
            ends: ends.map(Time),
            acts_for,
        })
}

/// What the database answers from the rows.
fn from_rows(rows: &[Grant], subject: OrganisationId, level: i64, now: Time) -> bool {
    rows.iter()
        .any(|g| g.subject == subject.uuid() && g.level as i64 >= level && g.until > now)
}

proptest! {
    #[test]
    fn grants_say_what_the_rules_say(places in prop::collection::vec(place(), 0..5), now in 0i64..40) {
        let now = Time(now);
        let rows = grants(&places, now);
        for n in 1u128..8 {
            let subject = OrganisationId::new(kernel::Uuid::from_u128(n));
            for level in 1..=3 {
                prop_assert_eq!(from_rows(&rows, subject, level, now), naive(&places, subject, level, now));
            }
        }
    }
}

#[derive(Clone, Debug)]
enum Step {
    Join(usize, usize, Role),
    End(usize),
    Role(usize, Role),
}

fn step() -> impl Strategy<Value = Step> {
    let role = || prop::sample::select(Role::ALL.to_vec());
    prop_oneof![
        (0usize..3, 0usize..4, role()).prop_map(|(a, o, r)| Step::Join(a, o, r)),
        (0usize..12).prop_map(Step::End),
        (0usize..12, role()).prop_map(|(m, r)| Step::Role(m, r)),
    ]
}

/// Random histories on a real database: after each step the stored rows are those of the naive rules.
#[test]
fn stored_rows_follow_every_change() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let w = runtime.block_on(World::new(false, false));
    let offices = [HAKONE, ODAWARA, DESK, OPERATOR].map(org);
    let viewer = Viewer::system("test", w.env().now());
    let towns: BTreeMap<OrganisationId, Vec<OrganisationId>> = runtime
        .block_on(w.app.db.read::<_, store::Error>(&viewer, move |c| {
            offices
                .iter()
                .map(|o| {
                    Ok((
                        *o,
                        areas::store::acts_for(c, *o)?
                            .into_iter()
                            .map(|t| t.id)
                            .collect(),
                    ))
                })
                .collect()
        }))
        .unwrap();
    assert_eq!(towns[&org(DESK)].len(), 4);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 12,
        ..ProptestConfig::default()
    });
    runner
        .run(&prop::collection::vec(step(), 1..14), |steps| {
            let accounts: Vec<AccountId> = (0..3).map(|_| w.env().id()).collect();
            let mut places: Vec<Membership> = Vec::new();
            for account in &accounts {
                let new = NewAccount {
                    id: *account,
                    sign_in: format!("x{}", account.uuid().simple()),
                    email: None,
                    name: "架空".to_owned(),
                    lang: kernel::Lang::Ja,
                };
                runtime
                    .block_on(w.app.db.write(&viewer, move |tx| accounts::add(tx, &new)))
                    .unwrap();
            }
            for step in steps {
                w.env().advance_secs(1);
                let viewer = Viewer::system("test", w.env().now());
                let Some(account) =
                    runtime.block_on(apply(&w, &viewer, &accounts, &offices, &mut places, step))
                else {
                    continue;
                };
                let mine: Vec<Place> = places
                    .iter()
                    .filter(|m| m.account == account)
                    .map(|m| Place {
                        organisation: m.organisation,
                        role: m.role,
                        starts: m.starts,
                        ends: m.ends,
                        acts_for: towns[&m.organisation].clone(),
                    })
                    .collect();
                let rows = runtime.block_on(w.access(account));
                for subject in offices.iter().chain(towns.values().flatten()) {
                    for level in 1..=3 {
                        prop_assert_eq!(
                            from_rows(&rows, *subject, level, w.env().now()),
                            naive(&mine, *subject, level, w.env().now())
                        );
                    }
                }
                prop_assert!(
                    rows.iter()
                        .all(|g| g.until == FOREVER && g.level >= Level::Read)
                );
            }
            Ok(())
        })
        .unwrap();
}

/// Applies a step as the actions do, and says whose access it changed.
async fn apply(
    w: &World,
    viewer: &Viewer,
    accounts: &[AccountId],
    offices: &[OrganisationId; 4],
    places: &mut Vec<Membership>,
    step: Step,
) -> Option<AccountId> {
    store::statements! {
        END = "UPDATE membership SET ends = :now WHERE id = :id";
        ROLE = "UPDATE membership SET role = :role WHERE id = :id";
    }
    match step {
        Step::Join(a, o, role) => {
            let (account, organisation) = (accounts[a], offices[o]);
            if places
                .iter()
                .any(|m| m.account == account && m.organisation == organisation && m.ends.is_none())
            {
                return None;
            }
            let new = Membership {
                id: w.env().id(),
                account,
                organisation,
                role,
                profession: "clerk".to_owned(),
                starts: w.env().now(),
                ends: None,
            };
            places.push(new.clone());
            w.app
                .db
                .write::<_, store::Error>(viewer, move |tx| {
                    memberships::add(tx, &new)?;
                    memberships::refresh_access(tx, account)
                })
                .await
                .unwrap();
            Some(account)
        }
        Step::End(m) => {
            let place = places.get_mut(m).filter(|p| p.ends.is_none())?;
            place.ends = Some(w.env().now());
            let (id, account) = (place.id, place.account);
            w.app
                .db
                .write::<_, store::Error>(viewer, move |tx| {
                    let now = tx.now();
                    tx.exec(&END, store::params! {"id" => id, "now" => now})?;
                    memberships::refresh_access(tx, account)
                })
                .await
                .unwrap();
            Some(account)
        }
        Step::Role(m, role) => {
            let place = places.get_mut(m).filter(|p| p.ends.is_none())?;
            place.role = role;
            let (id, account) = (place.id, place.account);
            w.app
                .db
                .write::<_, store::Error>(viewer, move |tx| {
                    tx.exec(&ROLE, store::params! {"id" => id, "role" => role.code()})?;
                    memberships::refresh_access(tx, account)
                })
                .await
                .unwrap();
            Some(account)
        }
    }
}
