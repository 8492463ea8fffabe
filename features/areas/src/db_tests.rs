//! The room against a real database file: loading, editing, waiting, pages.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use ::store::{Db, InstallationKey, Options, Viewer};
use kernel::{AccountId, Env, Lang, OrganisationId, Time, Uuid};

use crate::{
    LoadError, actions,
    actions::Saved,
    form::ContactForm,
    load::{self, FILES},
    model::{Audience, Contact, Municipality, Texts},
    rules::{Hand, Standing, hand},
    store,
};

/// Sunday 22 November 2026, 10:00 in Japan.
const NOW: &str = "2026-11-22T10:00:00+09:00";

pub(crate) struct House {
    pub(crate) db: Db,
    pub(crate) dir: PathBuf,
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/kensei/areas")
}

pub(crate) fn now() -> Time {
    NOW.parse().unwrap()
}

/// An empty database. Each write closure runs twice, as it may in real life.
fn house() -> House {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!(
        "renkei-areas-{}-{}",
        std::process::id(),
        NUMBER.fetch_add(1, Ordering::Relaxed)
    );
    let dir = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&dir).unwrap();
    let url = dir.join("db.sqlite").display().to_string();
    let mut options = Options::new(
        url,
        InstallationKey::generate().unwrap(),
        &dir,
        Env::fixed(now(), 1),
    );
    options.twice = true;
    let db = Db::open(options, &[web::SCHEMA, &crate::SCHEMA]).unwrap();
    db.migrate().unwrap();
    House { db, dir }
}

pub(crate) async fn loaded() -> House {
    let house = house();
    crate::load(&house.db, &data()).await.unwrap();
    house
}

fn viewer() -> Viewer {
    Viewer::public(now())
}

pub(crate) async fn all_contacts(db: &Db) -> (Vec<Contact>, Vec<Municipality>) {
    db.read::<_, ::store::Error>(&viewer(), |conn| {
        let towns = store::municipalities(conn)?;
        let mut contacts = Vec::new();
        for town in &towns {
            contacts.extend(store::contacts_of(conn, &town.code)?);
        }
        Ok((contacts, towns))
    })
    .await
    .unwrap()
}

fn editor(organisation: OrganisationId, acting: Option<OrganisationId>) -> Viewer {
    Viewer::signed_in(
        AccountId::new(Uuid::from_u128(7)),
        acting,
        Some(organisation),
        now(),
        "127.0.0.1",
    )
}

fn phone(number: &str) -> Texts {
    Texts {
        phone: Some(number.to_owned()),
        ..Texts::default()
    }
}

#[tokio::test]
async fn the_areas_data_loads_and_loading_again_changes_nothing() {
    let house = loaded().await;
    let again = crate::load(&house.db, &data()).await.unwrap();
    assert_eq!(
        (again.districts, again.municipalities, again.contacts),
        (2, 17, 20)
    );
    let (contacts, towns) = all_contacts(&house.db).await;
    assert_eq!(contacts.len(), 20);
    assert_eq!(towns.iter().filter(|town| town.in_area).count(), 10);
    assert!(
        towns
            .iter()
            .take(10)
            .all(|town| town.in_area && town.organisation.is_some() && town.district.is_some())
    );
    let counts = house
        .db
        .read::<_, ::store::Error>(&viewer(), |conn| {
            let desk = store::desks_of(conn, "143847")?;
            let towns = store::acts_for(conn, desk[0].id)?.len();
            let councils = store::councils_of(conn, "143847")?.len();
            Ok((
                desk.len(),
                towns,
                councils,
                store::urgent_numbers(conn)?.len(),
                store::area_name(conn)?,
            ))
        })
        .await
        .unwrap();
    assert_eq!((counts.0, counts.1, counts.3), (1, 4, 2));
    assert!(counts.2 >= 3);
    assert_eq!(counts.4.0, "県西");
}

#[tokio::test]
async fn every_statement_prepares() {
    let house = house();
    assert_eq!(house.db.prepare_all().unwrap(), Vec::<String>::new());
}

#[test]
fn a_bad_row_refuses_the_whole_folder_with_file_and_line() {
    let mut files: Vec<Option<Vec<u8>>> = FILES
        .iter()
        .map(|(name, _)| std::fs::read(data().join(name)).ok())
        .collect();
    assert!(load::check(&files).is_ok());
    let towns = String::from_utf8(files[1].clone().unwrap()).unwrap();
    // Line 2: a wrong check digit. Line 3: the code used as insurer number. The last line: a municipality twice.
    let line = |n: usize| towns.lines().nth(n).unwrap().to_owned();
    let broken = towns
        .replace("142069,142067", "142068,142067")
        .replace("143821,143826", "143821,143821");
    files[1] = Some(format!("{broken}{}\n", line(3)).into_bytes());
    let Err(LoadError::Refused(bad)) = load::check(&files) else {
        panic!("must be refused")
    };
    let of = |n: u64| {
        bad.iter()
            .any(|b| b.file == "municipalities.csv" && b.line == n)
    };
    assert!(
        of(2) && of(3) && of(towns.lines().count() as u64 + 1),
        "{bad:?}"
    );
    // What points to a refused row is named too, so that one correction round is enough.
    assert!(bad.iter().any(|b| b.file == "contacts.csv"), "{bad:?}");
}

#[tokio::test]
async fn a_refused_folder_writes_nothing() {
    let house = house();
    let dir = house.dir.join("areas");
    std::fs::create_dir_all(&dir).unwrap();
    for (name, _) in FILES {
        std::fs::copy(data().join(name), dir.join(name)).unwrap();
    }
    let path = dir.join("contacts.csv");
    let mut text = std::fs::read_to_string(&path).unwrap();
    text.push_str("not-an-id,142069,resident,x\n");
    std::fs::write(&path, text).unwrap();
    assert!(matches!(
        crate::load(&house.db, &dir).await,
        Err(LoadError::Refused(_))
    ));
    assert!(all_contacts(&house.db).await.1.is_empty());
    assert!(matches!(
        crate::load(&house.db, &house.dir.join("nowhere")).await,
        Err(LoadError::File { .. })
    ));
}

/// The query and the rule in words agree for every office, every municipality acted for, every window.
#[tokio::test]
async fn the_query_decides_as_the_rule_says() {
    let house = loaded().await;
    let (contacts, towns) = all_contacts(&house.db).await;
    let bodies: BTreeMap<String, OrganisationId> = towns
        .iter()
        .filter_map(|town| Some((town.code.clone(), town.organisation?)))
        .collect();
    let differences = house
        .db
        .read::<_, ::store::Error>(&viewer(), move |conn| {
            let mut wrong = Vec::new();
            let acting: Vec<Option<OrganisationId>> = std::iter::once(None)
                .chain(bodies.values().copied().map(Some))
                .collect();
            for office in store::organisations(conn)? {
                let declared: BTreeSet<_> = store::acts_for(conn, office.id)?
                    .into_iter()
                    .map(|o| o.id)
                    .collect();
                for acting_for in &acting {
                    let standing = Standing {
                        organisation: office.id,
                        acting_for: *acting_for,
                    };
                    for contact in &contacts {
                        let town = bodies.get(&contact.municipality).copied();
                        let expected = hand(standing, contact.owner, town, &declared).is_some();
                        let found =
                            store::contact_editable(conn, contact.id, office.id, *acting_for)?
                                .is_some();
                        if expected != found {
                            wrong.push((office.name.clone(), *acting_for, contact.id));
                        }
                    }
                }
            }
            Ok(wrong)
        })
        .await
        .unwrap();
    assert!(differences.is_empty(), "{differences:?}");
}

#[tokio::test]
async fn the_owner_saves_a_slower_colleague_sees_both_and_a_neighbour_sees_nothing() {
    let house = loaded().await;
    let (contacts, towns) = all_contacts(&house.db).await;
    let contact = contacts
        .iter()
        .find(|c| c.municipality == "143821" && c.audience == Audience::Resident)
        .unwrap();
    let me = Standing {
        organisation: contact.owner,
        acting_for: None,
    };
    let mine = editor_ref(me);
    let save = |texts: Texts, version: i64| {
        actions::save_contact(&house.db, &mine, me, contact.id, version, texts, false)
    };
    assert!(matches!(
        save(phone("0460-00-0000"), 1).await.unwrap(),
        Saved::Done(_)
    ));
    // A colleague who opened the page before.
    let Saved::Conflict(current) = save(phone("0460-11-1111"), 1).await.unwrap() else {
        panic!("must conflict")
    };
    assert_eq!(current.texts.phone.as_deref(), Some("0460-00-0000"));
    let typed = ContactForm {
        phone: "0460-11-1111".into(),
        ..ContactForm::of(contact)
    };
    let differences = actions::compare(&current, &typed);
    assert!(
        differences.contains(&("phone", "0460-00-0000".into(), "0460-11-1111".into())),
        "{differences:?}"
    );
    assert_eq!(
        current.verified_by.as_ref().map(|n| n.ja.as_str()),
        Some("箱根町")
    );
    assert_eq!(current.on_behalf, None);
    // Another town: the same answer as for a window that does not exist.
    let other = towns
        .iter()
        .find(|t| t.code == "143839")
        .and_then(|t| t.organisation)
        .unwrap();
    let stranger = Standing {
        organisation: other,
        acting_for: contact.owner.into(),
    };
    for id in [contact.id, crate::ContactId::new(Uuid::from_u128(1))] {
        let refused =
            actions::verify_contact(&house.db, &editor(other, None), stranger, id, 2).await;
        assert!(matches!(refused, Err(::store::Error::NotFound)));
    }
    // Loading the data again leaves what the office wrote.
    crate::load(&house.db, &data()).await.unwrap();
    let kept = all_contacts(&house.db)
        .await
        .0
        .into_iter()
        .find(|c| c.id == contact.id)
        .unwrap();
    assert_eq!(
        (kept.texts.phone.as_deref(), kept.version),
        (Some("0460-00-0000"), 2)
    );
}

fn editor_ref(who: Standing) -> Viewer {
    editor(who.organisation, who.acting_for)
}

#[tokio::test]
async fn a_desk_enters_on_behalf_and_it_shows() {
    let house = loaded().await;
    let (contacts, towns) = all_contacts(&house.db).await;
    let town = towns
        .iter()
        .find(|t| t.code == "143847")
        .and_then(|t| t.organisation)
        .unwrap();
    let desk = house
        .db
        .read::<_, ::store::Error>(&viewer(), |conn| {
            Ok(store::desks_of(conn, "143847")?.remove(0))
        })
        .await
        .unwrap();
    let contact = contacts
        .iter()
        .find(|c| c.municipality == "143847" && c.audience == Audience::Resident)
        .unwrap();
    let who = Standing {
        organisation: desk.id,
        acting_for: Some(town),
    };
    assert_eq!(
        hand(who, contact.owner, Some(town), &BTreeSet::from([town])),
        Some(Hand::OnBehalf)
    );
    let saved = actions::save_contact(
        &house.db,
        &editor_ref(who),
        who,
        contact.id,
        1,
        phone("0465-00-0000"),
        true,
    )
    .await;
    assert!(matches!(saved.unwrap(), Saved::Done(_)));
    let now = all_contacts(&house.db)
        .await
        .0
        .into_iter()
        .find(|c| c.id == contact.id)
        .unwrap();
    assert_eq!(now.on_behalf.map(|n| n.ja), Some(desk.name.clone()));
    // Only verifying keeps the text, renews the date and does not claim to have entered anything.
    let verified =
        actions::verify_contact(&house.db, &editor_ref(who), who, contact.id, now.version)
            .await
            .unwrap();
    assert!(matches!(verified, Saved::Done(_)));
}

#[tokio::test]
async fn windows_without_a_number_wait_for_their_office_until_it_has_verified() {
    let house = loaded().await;
    let (contacts, _) = all_contacts(&house.db).await;
    let contact = contacts
        .iter()
        .find(|c| c.municipality == "143618" && c.audience == Audience::Resident)
        .unwrap();
    let (id, owner) = (contact.id, contact.owner);
    let count = async |at: Time| {
        let limit = actions::oldest_good(at);
        let asks = viewer();
        let list = house.db.read::<_, ::store::Error>(&asks, move |c| {
            store::contacts_waiting(c, owner, None, limit)
        });
        list.await.unwrap().len()
    };
    assert_eq!(count(now()).await, 1);
    let who = Standing {
        organisation: owner,
        acting_for: None,
    };
    actions::save_contact(
        &house.db,
        &editor_ref(who),
        who,
        id,
        1,
        phone("0465-00-0000"),
        false,
    )
    .await
    .unwrap();
    assert_eq!(count(now()).await, 0);
    assert_eq!(count(now().plus_days(365)).await, 0);
    assert_eq!(count(now().plus_days(366)).await, 1);
}

#[tokio::test]
async fn closed_days_come_and_go_once() {
    let house = loaded().await;
    let (contacts, _) = all_contacts(&house.db).await;
    let owner = contacts[0].owner;
    let form = actions::ClosedForm {
        first: "令和8年12月29日".into(),
        last: "2027-01-03".into(),
        name: "年末年始".into(),
    };
    let (days, name) = form.check().unwrap();
    assert_eq!(days.len(), 6);
    let me = editor(owner, None);
    actions::add_closed_days(&house.db, &me, owner, days.clone(), name)
        .await
        .unwrap();
    let (first, last) = actions::fiscal_days(2026).unwrap();
    let list = house
        .db
        .read::<_, ::store::Error>(&me, move |c| store::closed_days(c, owner, first, last))
        .await
        .unwrap();
    assert_eq!(list.len(), 6);
    assert!(
        actions::remove_closed_day(&house.db, &me, owner, days[0])
            .await
            .unwrap()
    );
    assert!(
        !actions::remove_closed_day(&house.db, &me, owner, days[0])
            .await
            .unwrap()
    );
}

#[test]
fn closed_days_are_checked_field_by_field() {
    use crate::form::Problem;
    let form = |first: &str, last: &str, name: &str| {
        let form = actions::ClosedForm {
            first: first.into(),
            last: last.into(),
            name: name.into(),
        };
        form.check().map(|(days, _)| days.len())
    };
    assert_eq!(form("2026-12-29", "", "年末"), Ok(1));
    assert_eq!(
        form("", "", ""),
        Err(vec![
            ("first", Problem::Required),
            ("name", Problem::Required)
        ])
    );
    assert_eq!(
        form("2026-12-29", "2026-12-28", "x"),
        Err(vec![("last", Problem::Range)])
    );
    assert_eq!(
        form("2026-01-01", "2026-12-31", "x"),
        Err(vec![("last", Problem::Range)])
    );
    assert_eq!(form("12/29", "", "x"), Err(vec![("first", Problem::Date)]));
}

/// What waits is said in both languages.
#[tokio::test]
async fn what_waits_is_said_in_the_readers_language() {
    let house = loaded().await;
    let (contacts, _) = all_contacts(&house.db).await;
    let owner = contacts
        .iter()
        .find(|c| c.municipality == "143618" && c.audience == Audience::Resident)
        .unwrap()
        .owner;
    for (lang, word) in [(Lang::Ja, "中井町"), (Lang::En, "Nakai")] {
        let me = member(owner);
        let asks = viewer();
        let list = house
            .db
            .read::<_, ::store::Error>(&asks, move |c| crate::waiting::waiting(c, &me, lang));
        let list = list.await.unwrap();
        assert_eq!(list.len(), 1);
        assert!(
            list[0].title.contains(word) && list[0].urgent,
            "{:?}",
            list[0]
        );
    }
    let mut reader = member(owner);
    reader.role = web::Role::Member;
    let asks = viewer();
    let list = house.db.read::<_, ::store::Error>(&asks, move |c| {
        crate::waiting::waiting(c, &reader, Lang::Ja)
    });
    assert!(list.await.unwrap().is_empty());
}

fn member(organisation: OrganisationId) -> web::SignedIn {
    web::SignedIn {
        session: kernel::SessionId::new(Uuid::from_u128(3)),
        account: AccountId::new(Uuid::from_u128(7)),
        name: "沼田".into(),
        organisation,
        organisation_name: "中井町".into(),
        kind: web::OrgKind::Municipality,
        role: web::Role::Editor,
        profession: "clerk".into(),
        acting_for: None,
        second_factor: true,
        confirmed_at: now(),
        other_sessions: 0,
    }
}
