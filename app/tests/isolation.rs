//! Who sees what of consultations: desks and towns against the rules written out naively; agreements; disposal (R16, R25, R35).

use std::collections::BTreeSet;

use consultations::{
    actions::{self, Input},
    model::{ConsultationId, Fields},
    sealed::Texts,
};
use kernel::OrganisationId;
use store::Viewer;

use crate::both;
use crate::harness::TestApp;
use crate::lanes::{DENTAL, MARKER, NISHIOKA, call, hand, led, who};

store::statements! {
    pub SEEN = "SELECT id FROM visible_consultation";
    pub SEEN_EVENTS = "SELECT DISTINCT consultation FROM visible_consultation_event";
    pub SEEN_MARKS = "SELECT consultation FROM visible_consultation_mark";
    pub SEEN_HANDOVERS = "SELECT id, consultation FROM visible_consultation_handover";
    pub ALL = "SELECT id, tenant, receiver FROM consultation";
    pub ALL_HANDOVERS = "SELECT id, tenant, receiver, whole FROM consultation_handover";
    pub DISPOSED = "SELECT length(texts), CASE WHEN disposed_at IS NULL THEN 0 ELSE 1 END, category FROM consultation WHERE id = :id";
    pub PROPOSED = "SELECT COUNT(*) FROM consultation_disposal WHERE state = 'done' AND destroyed > 0";
}

/// A call that was closed with a result.
async fn closed(app: &TestApp, key: &'static str, town: &str) -> ConsultationId {
    let id = call(app, key, town, |_, _| {}).await;
    let (account, office) = who(app, key).await;
    let fields = Fields {
        municipality: town.to_owned(),
        channel: "phone".to_owned(),
        caller: "care_manager".to_owned(),
        categories: vec!["visiting_dental".to_owned()],
        result: "arranged".to_owned(),
        need_met: "yes".to_owned(),
        ..Fields::default()
    };
    let texts = Texts {
        asked: format!("{MARKER} 歯"),
        person: "Aさん".to_owned(),
        ..Texts::default()
    };
    let input = Input::new(app.db.key(), office, id, fields, texts).expect("sealed");
    let viewer = Viewer::signed_in(account, None, Some(office), app.env.now(), "test");
    let event = app.env.id();
    app.db
        .write::<_, actions::Refusal>(&viewer, move |tx| actions::close(tx, id, &input, 3, event))
        .await
        .expect("closed");
    id
}

both! {
    async fn each_viewer_sees_what_the_rules_say_and_nothing_else(app: demo) {
        // A mix of desks, towns, and hand-overs: as a summary, with the whole record, answered and not.
        let offices = [("sakai", "142069"), ("sakai", "143821"), ("matsumoto", "143618"), ("kuno", "143642"), ("seto", "142069")];
        let mut seed = app.env.bytes::<8>().iter().fold(7_usize, |a, b| a * 31 % 9973 + usize::from(*b));
        for step in 0..10 {
            seed = (seed * 4099 + 13) % 9973;
            let (key, town) = offices[seed % offices.len()];
            let id = call(app, key, town, |_, _| {}).await;
            let mut desk = app.cast(key).await;
            match (step + seed) % 4 {
                0 if key != "seto" => {
                    let page = format!("/consultations/{id}/handover?kind=handover");
                    let path = led(&desk.submit(&page, "name=\"summary\"", &[("to", DENTAL), ("summary", "要約"), ("whole", "1"), ("basis", "consent")]).await);
                    if seed % 2 == 0 {
                        led(&app.cast("seto").await.submit(&path, "name=\"step\"", &[("step", "accept"), ("due", "2099-01-10")]).await);
                    }
                }
                1 if key != "seto" => { hand(&mut desk, id, DENTAL, "handover").await; }
                2 => { hand(&mut desk, id, NISHIOKA, "joint").await; }
                _ => {}
            }
        }
        let records: Vec<(ConsultationId, OrganisationId, Option<OrganisationId>)> =
            app.system(|c| c.all(&ALL, store::params! {}, |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))).await;
        let handovers: Vec<(kernel::Uuid, OrganisationId, Option<OrganisationId>, bool)> =
            app.system(|c| c.all(&ALL_HANDOVERS, store::params! {}, |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))).await;
        assert!(records.len() >= 10 && !handovers.is_empty());
        for key in ["sakai", "matsumoto", "kuno", "seto", "tani", "ishigaki", "hayakawa", "ashikawa", "furusawa", "sagara", "numata", "sugimoto", "miura"] {
            let (account, office) = who(app, key).await;
            let viewer = Viewer::signed_in(account, None, Some(office), app.env.now(), "test");
            let read = |statement: &'static store::Stmt| {
                let (db, viewer) = (app.db.clone(), viewer.clone());
                async move {
                    let rows: Vec<ConsultationId> = db.read::<_, store::Error>(&viewer, move |c| c.all(statement, store::params! {}, |r| r.get(0))).await.expect("readable");
                    rows.into_iter().collect::<BTreeSet<_>>()
                }
            };
            let rule: BTreeSet<ConsultationId> = records.iter().filter(|(_, desk, receiver)| *desk == office || *receiver == Some(office)).map(|(id, ..)| *id).collect();
            assert_eq!(read(&SEEN).await, rule, "{key}: records");
            assert!(read(&SEEN_EVENTS).await.is_subset(&rule), "{key}: history");
            let own: BTreeSet<ConsultationId> = records.iter().filter(|(_, desk, _)| *desk == office).map(|(id, ..)| *id).collect();
            assert!(read(&SEEN_MARKS).await.is_subset(&own), "{key}: marks");
            let rows: Vec<(kernel::Uuid, Option<ConsultationId>)> = app.db.read::<_, store::Error>(&viewer, |c| c.all(&SEEN_HANDOVERS, store::params! {}, |r| Ok((r.get(0)?, r.get(1)?)))).await.expect("readable");
            let seen: BTreeSet<kernel::Uuid> = rows.iter().map(|(id, _)| *id).collect();
            let rule: BTreeSet<kernel::Uuid> = handovers.iter().filter(|(_, from, to, _)| *from == office || *to == Some(office)).map(|(id, ..)| *id).collect();
            assert_eq!(seen, rule, "{key}: hand-overs");
            for (id, record) in rows {
                let (_, from, _, whole) = handovers.iter().find(|one| one.0 == id).expect("known");
                assert_eq!(record.is_some(), *from == office || *whole, "{key}: the way to the record");
            }
        }
    }
}

both! {
    async fn a_town_sees_cases_only_while_both_agree(app: demo) {
        closed(app, "sakai", "142069").await;
        closed(app, "sakai", "143821").await;
        let row = "class=\"wrap\"";
        let mut desk = app.cast("sakai").await;
        let bad = desk.submit("/consultations/agreements", "name=\"town\"", &[("town", "143618"), ("first", "2020-01-01"), ("last", "2099-12-31")]).await;
        assert!(bad.status == 422 && !bad.body.contains("143618</"), "not a town of this desk: {}", bad.status);
        led(&desk.submit("/consultations/agreements", "name=\"town\"", &[("town", "142069"), ("first", "2020-01-01"), ("last", "2099-12-31")]).await);
        let mut chief = app.cast("hayakawa").await;
        let empty = chief.get("/consultations/cases").await;
        assert!(empty.body.contains("見られる事例はありません"), "not yet approved: {}", empty.body);
        // The desk acts for the town elsewhere; here it does not approve in its name, nor does a clerk.
        let page = chief.get("/consultations/agreements").await;
        let (action, fields) = crate::harness::fields_of(&page.body, "value=\"approve\"");
        let own = desk.get("/consultations/agreements").await;
        let (_, mut forged) = crate::harness::fields_of(&own.body, "value=\"end\"");
        forged.retain(|(name, _)| name != "act");
        forged.push(("act".to_owned(), "approve".to_owned()));
        assert_eq!(desk.post(&action, &forged).await.status, 404);
        assert_eq!(app.cast("ishigaki").await.post(&action, &fields).await.status, 403);
        led(&chief.post(&action, &fields).await);
        let cases = chief.get("/consultations/cases").await;
        assert!(cases.body.contains("訪問歯科") && cases.body.contains(row), "{}", cases.body);
        assert!(!cases.body.contains(MARKER) && !cases.body.contains("Aさん"));
        assert!(app.cast("ashikawa").await.get("/consultations/cases").await.body.contains("見られる事例はありません"), "another town");
        let file = chief.get("/consultations/cases.csv").await;
        assert!(file.status == 200 && file.body.contains("訪問歯科") && !file.body.contains(MARKER), "{}", file.body);
        app.env.advance_secs(11 * 60);
        chief.get("/consultations/agreements").await;
        let asked = chief.get("/consultations/cases.csv").await;
        assert!(asked.status == 303 && asked.location().contains("/account/confirm"), "who is it? {}", asked.status);
        let english = app.cast("hayakawa").await.english().get("/consultations/cases").await;
        assert!(english.body.contains("Cases without names"), "{}", english.body);
        let mut desk = app.cast("sakai").await;
        led(&desk.submit("/consultations/agreements", "value=\"end\"", &[]).await);
        assert!(chief.get("/consultations/cases").await.body.contains("見られる事例はありません"), "ended");
    }
}

both! {
    async fn a_job_proposes_a_person_approves_and_the_figures_stay(app: demo) {
        let gone = closed(app, "matsumoto", "143618").await;
        let held = closed(app, "matsumoto", "143618").await;
        let mut desk = app.cast("matsumoto").await;
        led(&desk.submit(&format!("/consultations/{held}/note"), "name=\"reason\"", &[("reason", "dispute")]).await);
        app.env.advance_secs(400 * 86_400);
        let mut desk = app.cast("matsumoto").await;
        let bad = desk.submit("/consultations/retention", "name=\"years\"", &[("kind", "professional"), ("years", "0"), ("basis", "契約")]).await;
        assert_eq!(bad.status, 422);
        led(&desk.submit("/consultations/retention", "name=\"years\"", &[("kind", "professional"), ("years", "１"), ("basis", "契約")]).await);
        app.run_jobs().await;
        let page = desk.get("/consultations/retention").await;
        assert!(page.body.contains("承認待ち"), "{}", page.body);
        let (action, fields) = crate::harness::fields_of(&page.body, "value=\"approve\"");
        assert_eq!(app.cast("kuno").await.post(&action, &fields).await.status, 403, "an editor does not approve");
        let other = app.cast("sakai").await.get("/consultations/retention").await;
        assert!(!other.body.contains("承認待ち"), "another desk's proposal is not there");
        led(&desk.submit("/consultations/retention", "value=\"approve\"", &[("act", "approve")]).await);
        app.run_jobs().await;
        let left = |id: ConsultationId| async move { app.system(move |c| c.one(&DISPOSED, store::params! {"id" => id}, |r| Ok((r.get::<i64>(0)?, r.get::<i64>(1)?, r.get::<String>(2)?)))).await };
        assert_eq!(left(gone).await, (0, 1, "visiting_dental".to_owned()), "texts are gone, codes stay");
        assert!(left(held).await.0 > 0, "held");
        assert_eq!(app.system(|c| c.one(&PROPOSED, store::params! {}, |r| r.get::<i64>(0))).await, 1);
        assert!(app.audit_rows("consultations.disposal.destroy").await >= 1);
        let found = desk.submit("/consultations/search", "name=\"words\"", &[("words", "目じるし"), ("years", "10")]).await;
        assert!(!found.body.contains(&gone.to_string()) && found.body.contains(&held.to_string()));
        let note = desk.get(&format!("/consultations/{gone}/note")).await;
        assert!(note.status == 200 && !note.body.contains(MARKER), "{}", note.status);
    }
}
