//! The one search box: it finds what one may read, counts nothing else, and knows what was saved a moment ago.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Uuid;
use search::{Audience, Query, Shelf, Spot};
use store::Viewer;

use crate::both;
use crate::harness::Person;
use crate::programme::{every_case, members};

store::statements! {
    pub ORGANISATIONS = "SELECT id FROM organisation";
    pub WORDS = "UPDATE entry_municipality SET wording = 'この町のことば' WHERE entry = :entry";
    pub COMMENT = "INSERT INTO entry_comment (id, entry, tenant, body, reach, by_name, withdrawn_at, version, at)
        VALUES (:id, :entry, :tenant, 'ひとこと', :reach, '', :withdrawn, 1, 0)";
    pub MEASURE = "INSERT INTO measure (id, entry, tenant, fiscal_year, plan, state, reach, version, created_at, updated_at)
        VALUES (:id, :entry, :tenant, 2026, '{\"body\":\"やること\"}', 'planned', :reach, 1, 0, 0)";
    pub VIEWER_SUBJECTS = "SELECT a.subject FROM access a WHERE a.account = :account";
}

fn rooms() -> Vec<search::Room> {
    vec![programme::findable::room(), surveys::findable::room()]
}

type Key = (usize, &'static str, Uuid, String);

fn key((room, spot): &(usize, Spot)) -> Key {
    (*room, spot.what, spot.id, spot.part.clone())
}

fn all(audience: Audience, readers: Vec<Uuid>) -> Query {
    Query {
        audience,
        readers,
        count: vec!["what".to_owned(), "town".to_owned()],
        limit: 100_000,
        ..Query::default()
    }
}

both! {
    async fn what_is_found_is_what_the_views_show(app: demo) {
        let cases: Vec<_> = every_case(app).await.into_iter().map(|(id, case)| (id, case.owner, case.named[0])).collect();
        let env = kernel::Env::fixed(app.env.now(), 78);
        let rows: Vec<_> = cases
            .into_iter()
            .flat_map(|(entry, owner, town)| {
                let whose = [owner, town].into_iter().flat_map(|tenant| programme::Range::ALL.map(|reach| (tenant, reach)));
                let ids: Vec<_> = whose.map(|(tenant, reach)| (env.uuid(), env.uuid(), env.uuid(), tenant, reach)).collect();
                ids.into_iter().map(move |one| (entry, one))
            })
            .collect();
        let system = Viewer::system("test", app.env.now());
        for chunk in rows.chunks(50) {
            let chunk = chunk.to_vec();
            app.db
                .write::<_, store::Error>(&system, move |tx| {
                    for (entry, (first, second, third, tenant, reach)) in &chunk {
                        tx.exec(&WORDS, store::params! {"entry" => *entry})?;
                        tx.exec(&COMMENT, store::params! {"id" => *first, "entry" => *entry, "tenant" => *tenant, "reach" => reach.code(), "withdrawn" => None::<i64>})?;
                        tx.exec(&COMMENT, store::params! {"id" => *second, "entry" => *entry, "tenant" => *tenant, "reach" => reach.code(), "withdrawn" => Some(1_i64)})?;
                        tx.exec(&MEASURE, store::params! {"id" => *third, "entry" => *entry, "tenant" => *tenant, "reach" => reach.code()})?;
                    }
                    Ok(())
                })
                .await
                .expect("written");
        }
        let shelf = app.system(|c| Shelf::read(c, rooms())).await;
        let everybody: Vec<Uuid> = app.system(|c| c.all(&ORGANISATIONS, &[], |r| r.get(0))).await;
        let (_, everything) = shelf.search(&all(Audience::Professionals, everybody));
        assert_eq!(everything.len(), shelf.documents(), "every document has a reader");
        let kinds: BTreeSet<&str> = everything.iter().map(|(_, spot)| spot.what).collect();
        for kind in ["entry", "part", "measure", "comment", "handoff", "step", "goal", "note", "survey", "question", "answer", "round", "draft"] {
            assert!(kinds.contains(kind), "nothing of kind {kind} is tried: {kinds:?}");
        }
        let mut viewers: Vec<(String, Viewer, Audience, Vec<Uuid>)> = vec![("visitor".to_owned(), Viewer::public(app.env.now()), Audience::Public, Vec::new())];
        for (name, (account, organisation)) in members(app).await {
            let readers = app.system(move |c| c.all(&VIEWER_SUBJECTS, store::params! {"account" => account}, |r| r.get(0))).await;
            let viewer = Viewer::signed_in(account, None, Some(organisation), app.env.now(), "test".to_owned());
            viewers.push((name, viewer, Audience::Professionals, readers));
        }
        let mut counts = BTreeMap::new();
        for (name, viewer, audience, readers) in viewers {
            let (hits, found) = shelf.search(&all(audience, readers));
            assert_eq!(hits.total as usize, found.len());
            let found: BTreeSet<Key> = found.iter().map(key).collect();
            let spots = everything.clone();
            let shown: BTreeSet<Key> = app.db.read::<_, store::Error>(&viewer, move |c| {
                let mut shown = BTreeSet::new();
                for (number, room) in rooms().into_iter().enumerate() {
                    let own: Vec<&(usize, Spot)> = spots.iter().filter(|(of, _)| *of == number).collect();
                    for chunk in own.chunks(500) {
                        let asked: Vec<&Spot> = chunk.iter().map(|(_, spot)| spot).collect();
                        let answers = (room.show)(c, kernel::Lang::Ja, &asked)?;
                        assert_eq!(answers.len(), asked.len());
                        shown.extend(chunk.iter().zip(answers).filter(|(_, answer)| answer.is_some()).map(|(spot, _)| key(spot)));
                    }
                }
                Ok(shown)
            }).await.expect("readable");
            let leaked: Vec<_> = found.difference(&shown).collect();
            let missed: Vec<_> = shown.difference(&found).collect();
            assert!(leaked.is_empty(), "{name} finds what it may not read: {leaked:?}");
            assert!(missed.is_empty(), "{name} does not find what it may read: {missed:?}");
            // The numbers beside the kinds add up to what was found.
            let counted: u64 = hits.counts.iter().filter(|(mark, _)| mark.starts_with("what:")).map(|(_, n)| n).sum();
            assert_eq!(counted, hits.total, "{name}");
            counts.insert(name, found.len());
        }
        assert!(counts["visitor"] < counts["ishigaki"], "{counts:?}");
    }
}

/// Writes an internal issue and gives its address.
async fn write(person: &mut Person, title: &str) -> String {
    let done = person
        .submit(
            "/programme/new?kind=issue",
            "name=\"title\"",
            &[("title", title), ("body", "内部で確かめること")],
        )
        .await;
    assert_eq!(done.status, 303, "{}", done.body);
    done.location().to_owned()
}

/// The number the page gives, and the page.
async fn search(person: &mut Person, q: &str, more: &str) -> (u64, String) {
    let encoded: String = q.bytes().map(|b| format!("%{b:02X}")).collect();
    let page = person.get(&format!("/search?q={encoded}{more}")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let said = page
        .body
        .split("role=\"status\">")
        .last()
        .and_then(|rest| rest.split('<').next())
        .unwrap_or_default();
    let total: String = said.chars().filter(char::is_ascii_digit).collect();
    (total.parse().expect("a number"), page.body)
}

both! {
    async fn an_internal_issue_is_found_at_once_and_by_its_own_people_only(app: demo) {
        let word = "ぺんぎん連絡票";
        let mut clerk = app.cast("ishigaki").await;
        assert_eq!(search(&mut clerk, word, "").await.0, 0);
        let address = write(&mut clerk, &format!("{word}が届かない")).await;
        let (total, page) = search(&mut clerk, word, "").await;
        assert!(total == 1 && page.contains(&address), "what was saved is found by the next search: {page}");
        assert!(search(&mut clerk, word, "&what=issue").await.0 == 1 && search(&mut clerk, word, "&what=answer").await.0 == 0);
        let mut foreign = 0;
        for key in crate::routes::cast_keys(app).await {
            let mut person = app.cast(&key).await;
            let opens = person.get(&address).await.status == 200;
            let (total, page) = search(&mut person, word, "").await;
            assert_eq!(total, u64::from(opens), "{key}");
            assert_eq!(page.contains(&address), opens, "{key}");
            if !opens {
                foreign += 1;
                // Neither the numbers beside kinds and towns nor the help for mistyped words tell that it is there.
                assert!(!page.contains("class=\"chips\"") && !page.contains("一字ちがい"), "{key}: {page}");
                let (total, page) = search(&mut person, "ぺんぎん連絡表", "").await;
                assert!(total == 0 && !page.contains("一字ちがい"), "{key}: {page}");
                let (total, _) = search(&mut person, word, "&what=issue&town=142069").await;
                assert_eq!(total, 0, "{key}");
            }
        }
        assert!(foreign >= 5, "{foreign} members of other offices");
        let mut visitor = app.visitor();
        let (total, page) = search(&mut visitor, word, "").await;
        assert!(total == 0 && !page.contains("class=\"chips\""), "{page}");
        // The old words are gone with the next text.
        let edited = clerk.submit(&format!("{address}/edit"), "name=\"title\"", &[("title", "きりん連絡票が届かない")]).await;
        assert_eq!(edited.status, 303, "{}", edited.body);
        assert_eq!((search(&mut clerk, word, "").await.0, search(&mut clerk, "きりん連絡票", "").await.0), (0, 1));
    }
}

both! {
    async fn odd_questions_are_answered_kindly(app: demo) {
        let mut visitor = app.visitor();
        for q in ["%", "' OR 1=1 --", "<script>", "。", "あ", &"研修".repeat(300), "研修 研修 研修 の は"] {
            let (_, page) = {
                let encoded: String = q.bytes().map(|b| format!("%{b:02X}")).collect();
                let page = visitor.get(&format!("/search?q={encoded}")).await;
                assert_eq!(page.status, 200, "{q}");
                (0, page.body)
            };
            assert!(!page.contains("<script>alert") && page.matches("<h1").count() == 1, "{q}");
        }
        for more in ["&page=0", "&page=-1", "&page=99999999999", "&page=x", "&what=nothing", "&town=%27", "&town=142069&what=issue&page=2"] {
            search(&mut visitor, "研修", more).await;
        }
        assert!(search(&mut visitor, "研修", "").await.0 > 3, "public answers are found");
    }
}
