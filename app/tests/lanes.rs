//! Hand-over, deputies, follow-up, earlier calls and search (MZ-3, AS-4, OD-3), and those who try what is not theirs.

use consultations::{
    actions::{self, Input},
    model::{ConsultationId, Fields, Lane, NewConsultation, Origin, State},
    sealed::Texts,
};
use kernel::{AccountId, OrganisationId};
use store::Viewer;

use crate::both;
use crate::harness::{Answer, Person, TestApp, fields_of};

store::statements! {
    pub CAST = "SELECT c.account, m.organisation FROM cast_member c JOIN membership m ON m.account = c.account WHERE c.cast_key = :key";
    pub STATE = "SELECT state, version FROM consultation WHERE id = :id";
    pub HANDOVER = "SELECT id FROM consultation_handover WHERE consultation = :id ORDER BY sent_at DESC, id DESC LIMIT 1";
    pub DEPUTY = "SELECT deputy_name, escalations FROM consultation_handover WHERE id = :id";
    pub MAILS = "SELECT subject, body FROM mail";
    pub CHANGES = "SELECT kind FROM change";
    pub AUDITS = "SELECT action, fields FROM audit_event";
}

/// Words that stand in the records and nowhere else.
pub const MARKER: &str = "ひみつの目じるし";

/// Who a member of the cast is: account and office.
pub async fn who(app: &TestApp, key: &'static str) -> (AccountId, OrganisationId) {
    app.system(move |c| {
        c.one(&CAST, store::params! {"key" => key}, |r| {
            Ok((r.get(0)?, r.get(1)?))
        })
    })
    .await
}

/// A call as somebody of the cast saves it.
pub async fn call(
    app: &TestApp,
    key: &'static str,
    municipality: &str,
    change: impl FnOnce(&mut Fields, &mut Texts),
) -> ConsultationId {
    let (account, desk) = who(app, key).await;
    let mut fields = Fields {
        municipality: municipality.to_owned(),
        lane: Lane::Professional,
        channel: "phone".to_owned(),
        caller: "care_manager".to_owned(),
        categories: vec!["visiting_dental".to_owned()],
        scenes: vec!["daily".to_owned()],
        urgency: "days".to_owned(),
        minutes: 12,
        ..Fields::default()
    };
    let mut texts = Texts {
        asked: format!("{MARKER} 歯が痛くて食べられない方に来てくれる歯科"),
        caller_name: "山田".to_owned(),
        caller_phone: "0465-00-1234".to_owned(),
        person: "Aさん".to_owned(),
        ..Texts::default()
    };
    change(&mut fields, &mut texts);
    let id: ConsultationId = app.env.id();
    let input = Input::new(app.db.key(), desk, id, fields, texts).expect("sealed");
    let new = NewConsultation {
        id,
        desk,
        fields: input.fields.clone(),
        texts: input.sealed.clone(),
        hashes: input.hashes.clone(),
        received_at: app.env.now(),
        state: State::Draft,
        closed_at: None,
        taken_by: Some(account),
        origin: Origin::Intake,
        batch: None,
        fictional: true,
    };
    let viewer = Viewer::signed_in(account, None, Some(desk), app.env.now(), "test");
    let event = app.env.id();
    app.db
        .write::<_, actions::Refusal>(&viewer, move |tx| {
            actions::create(tx, &new)?;
            actions::take(tx, id, &input, 1, false, event)?;
            Ok(())
        })
        .await
        .expect("taken");
    app.env.advance_secs(1);
    id
}

async fn state(app: &TestApp, id: ConsultationId) -> String {
    app.system(move |c| c.one(&STATE, store::params! {"id" => id}, |r| r.get(0)))
        .await
}

pub fn led(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.location().to_owned()
}

pub const DENTAL: &str = "ac3e0b5b-c291-4709-8c1e-26038dabf68e";
pub const NISHIOKA: &str = "9531985d-5d9d-49f8-9818-e811892f902b";
const UNNAMED: &str = "2f314fdb-43c4-4bc7-a4cc-dcf9ea5ee53c";
const SUMMARY: &str = "仮名Aさん。義歯が合わず食事がとれない。訪問歯科を希望";

/// Hands a call over; the path of the hand-over.
pub async fn hand(person: &mut Person, id: ConsultationId, to: &str, kind: &str) -> String {
    let page = format!("/consultations/{id}/handover?kind={kind}");
    led(&person
        .submit(
            &page,
            "name=\"summary\"",
            &[("to", to), ("summary", SUMMARY)],
        )
        .await)
}

both! {
    async fn the_dental_desk_accepts_and_reports(app: demo) {
        let id = call(app, "sakai", "142069", |_, _| {}).await;
        let mut desk = app.cast("sakai").await;
        let bad = desk.submit(&format!("/consultations/{id}/handover?kind=handover"), "name=\"summary\"", &[("to", DENTAL), ("summary", "")]).await;
        assert_eq!(bad.status, 422);
        let path = hand(&mut desk, id, DENTAL, "handover").await;
        assert_eq!(state(app, id).await, "waiting");
        assert!(desk.get(&path).await.body.contains("まだ開かれていない"));

        let mut dental = app.cast("seto").await;
        assert!(dental.get("/home").await.body.contains("引き継ぎ 1 件に返事をする"));
        let seen = dental.get(&path).await;
        assert!(seen.body.contains(SUMMARY), "{}", seen.body);
        assert!(!seen.body.contains(MARKER) && !seen.body.contains("山田") && !seen.body.contains("0465-00-1234"), "only what was handed over");
        assert!(!seen.body.contains(&id.to_string()), "no way to the record");
        assert_eq!(dental.get(&format!("/consultations/{id}/note")).await.status, 404, "the record itself is not there");
        assert!(!desk.get(&path).await.body.contains("まだ開かれていない"), "the receipt");

        let half = dental.submit(&path, "name=\"step\"", &[("step", "accept")]).await;
        assert_eq!(half.status, 422, "a day is needed");
        led(&dental.submit(&path, "name=\"step\"", &[("step", "accept"), ("due", "2099-01-10")]).await);
        assert_eq!(state(app, id).await, "handed_over");
        let kept = dental.submit(&path, "name=\"step\"", &[("step", "report"), ("text", "訪問して義歯を直した")]).await;
        assert_eq!(kept.status, 422);
        assert!(kept.body.contains("訪問して義歯を直した"), "what was typed is kept");
        led(&dental.submit(&path, "name=\"step\"", &[("step", "report"), ("text", "訪問して義歯を直した"), ("outcome", "yes")]).await);
        assert_eq!(state(app, id).await, "open", "the desk reads the report and closes");
        let told = desk.get(&path).await;
        assert!(told.body.contains("訪問して義歯を直した") && told.body.contains("満たされた"), "{}", told.body);
        led(&desk.submit(&path, "name=\"step\"", &[("step", "close")]).await);
        assert!(desk.get("/consultations/handovers?closed=1").await.body.contains(&path));
        assert!(desk.get("/consultations/follow-up").await.body.contains("歯が痛くて"), "it stays in today's work until it is closed");
        let english = app.cast("seto").await.english().get(&path).await;
        assert!(english.body.contains("What is handed over"), "{}", english.body);
    }
}

both! {
    async fn declined_comes_back_with_its_reason(app: demo) {
        let id = call(app, "sakai", "143821", |_, _| {}).await;
        let mut desk = app.cast("sakai").await;
        let path = hand(&mut desk, id, DENTAL, "handover").await;
        let mut dental = app.cast("seto").await;
        let no_reason = dental.submit(&path, "name=\"step\"", &[("step", "decline")]).await;
        assert_eq!(no_reason.status, 422);
        led(&dental.submit(&path, "name=\"step\"", &[("step", "decline"), ("text", "箱根の山側へは行けない")]).await);
        assert_eq!(state(app, id).await, "open");
        assert!(desk.get(&path).await.body.contains("箱根の山側へは行けない"));
        assert!(desk.get("/consultations/follow-up").await.body.contains("歯が痛くて"), "today's work");
        // Two people in one form: the second hears it.
        let stale = desk.get(&path).await;
        let (action, fields) = fields_of(&stale.body, "name=\"step\"");
        led(&desk.post(&action, &fields).await);
        let late = desk.post(&action, &fields).await;
        assert!(matches!(late.status, 409 | 422), "{}", late.status);
    }
}

both! {
    async fn joint_handling_is_proposed_and_goes_on_paper(app: demo) {
        let id = call(app, "matsumoto", "143618", |fields, _| {
            fields.treatments = vec!["ventilator".to_owned(), "suction".to_owned()];
            fields.categories = vec!["endoflife".to_owned()];
        }).await;
        let mut desk = app.cast("matsumoto").await;
        let form = desk.get(&format!("/consultations/{id}/handover")).await;
        assert!(form.body.contains("管理の難しい処置がある") && form.body.contains("自宅での看取り"), "the reasons are shown: {}", form.body);
        // A hospital whose liaison office nobody has joined gets a letter.
        let path = hand(&mut desk, id, UNNAMED, "joint").await;
        let letter = desk.get(&format!("{path}/paper")).await;
        assert!(letter.body.contains(SUMMARY) && letter.body.contains("共同対応のお願い") && letter.body.contains("管理の難しい処置がある"), "{}", letter.body);
        assert!(!letter.body.contains(MARKER) && !letter.body.contains("山田"));
        let nobody = desk.submit(&path, "name=\"step\"", &[("step", "accept"), ("due", "2099-01-10")]).await;
        assert_eq!(nobody.status, 422, "who answered on paper?");
        led(&desk.submit(&path, "name=\"step\"", &[("step", "accept"), ("due", "2099-01-10"), ("behalf", "連携室 架空さん")]).await);
        assert!(desk.get(&path).await.body.contains("連携室 架空さん"));
        // One with an account answers itself.
        let path = hand(&mut desk, id, NISHIOKA, "joint").await;
        let mut hospital = app.cast("tani").await;
        assert!(hospital.get(&path).await.body.contains(SUMMARY));
        led(&hospital.submit(&path, "name=\"step\"", &[("step", "accept"), ("due", "2099-01-10")]).await);
        assert_eq!(state(app, id).await, "waiting", "joint: the desk keeps it");
    }
}

both! {
    async fn nobody_answers_and_the_deputy_is_named(app: demo) {
        let (kuno, _) = who(app, "kuno").await;
        let mut manager = app.cast("matsumoto").await;
        let (matsumoto, _) = who(app, "matsumoto").await;
        let (first, second) = (matsumoto.to_string(), kuno.to_string());
        led(&manager.submit("/consultations/deputies", "name=\"deputy1\"", &[("deputy1", &first), ("deputy2", &second)]).await);
        let stale = manager.get("/consultations/deputies").await;
        led(&manager.submit("/consultations/deputies", "name=\"deputy1\"", &[("deputy1", &first), ("deputy2", &second)]).await);
        let (action, fields) = fields_of(&stale.body, "name=\"deputy1\"");
        assert_eq!(manager.post(&action, &fields).await.status, 409);
        let bad = manager.submit("/consultations/deputies", "name=\"first\"", &[("who", &first), ("first", "2099-01-02"), ("last", "2099-01-01")]).await;
        assert_eq!(bad.status, 422);
        led(&manager.submit("/consultations/deputies", "name=\"first\"", &[("who", &first), ("first", "2020-01-01"), ("last", "2099-01-01")]).await);
        assert_eq!(app.cast("kuno").await.get("/consultations/deputies").await.status, 200);

        let id = call(app, "matsumoto", "143618", |_, _| {}).await;
        let path = hand(&mut manager, id, DENTAL, "handover").await;
        app.env.advance_secs(4 * 86_400);
        app.run_jobs().await;
        let handover: consultations::lanes::model::HandoverId = app.system(move |c| c.one(&HANDOVER, store::params! {"id" => id}, |r| r.get(0))).await;
        let (name, times): (String, i64) = app.system(move |c| c.one(&DEPUTY, store::params! {"id" => handover}, |r| Ok((r.get(0)?, r.get(1)?)))).await;
        assert_eq!((name.as_str(), times), ("久野 彩", 1), "the first is away, the dental desk has no deputy");
        let mut deputy = app.cast("kuno").await;
        assert!(deputy.get("/home").await.body.contains("代理として引き継ぎ 1 件を見る"));
        assert!(deputy.get(&path).await.body.contains("代理 久野 彩"));
        let mails: Vec<(String, String)> = app.system(|c| c.all(&MAILS, store::params! {}, |r| Ok((r.get(0)?, r.get(1)?)))).await;
        assert!(mails.iter().any(|(_, body)| body.contains("/consultations/handovers/")), "{mails:?}");
        app.env.advance_secs(2 * 86_400);
        app.run_jobs().await;
        let (_, times): (String, i64) = app.system(move |c| c.one(&DEPUTY, store::params! {"id" => handover}, |r| Ok((r.get(0)?, r.get(1)?)))).await;
        assert_eq!(times, 2, "and again two days later");
        let mut deputy = app.cast("kuno").await;
        led(&deputy.submit(&path, "name=\"step\"", &[("step", "withdraw"), ("text", "電話で確かめ、こちらで続ける")]).await);
        app.env.advance_secs(4 * 86_400);
        app.run_jobs().await;
        let (_, times): (String, i64) = app.system(move |c| c.one(&DEPUTY, store::params! {"id" => handover}, |r| Ok((r.get(0)?, r.get(1)?)))).await;
        assert_eq!(times, 2, "nothing after it is over");
    }
}

both! {
    async fn follow_up_earlier_calls_and_search(app: demo) {
        let first = call(app, "sakai", "142069", |_, _| {}).await;
        let second = call(app, "sakai", "142069", |fields, texts| {
            fields.categories = vec!["home_doctor".to_owned()];
            texts.asked = "退院後の往診について".to_owned();
            texts.person = String::new();
            texts.caller_phone = "０４６５（００）１２３４".to_owned();
        }).await;
        let mut desk = app.cast("sakai").await;
        let list = desk.get("/consultations/follow-up").await;
        assert!(list.body.contains("日の決まっていないもの") && list.body.contains("退院後の往診"), "{}", list.body);
        let page = format!("/consultations/{second}/note");
        let bad = desk.submit(&page, "name=\"day\"", &[("text", "先方は不在"), ("day", "")]).await;
        assert_eq!(bad.status, 422);
        assert!(bad.body.contains("先方は不在"), "kept");
        led(&desk.submit(&page, "name=\"day\"", &[("text", "先方は不在"), ("day", "2099-05-01"), ("waits", "1")]).await);
        assert_eq!(state(app, second).await, "waiting");
        let found = desk.get(&format!("/consultations/{second}/earlier")).await;
        assert!(found.body.contains(&first.to_string()) && found.body.contains("同じ番号"), "{}", found.body);
        let by_name = call(app, "sakai", "143847", |_, texts| {
            texts.person = "ａ さん".to_owned();
            texts.caller_phone = String::new();
        }).await;
        assert!(desk.get(&format!("/consultations/{by_name}/earlier")).await.body.contains("同じ仮名"));

        let (account, office) = who(app, "sakai").await;
        let viewer = Viewer::signed_in(account, None, Some(office), app.env.now(), "test");
        let (event, key) = (app.env.id(), app.db.key());
        let input = Input::new(key, office, first, Fields { municipality: "142069".to_owned(), channel: "phone".to_owned(), caller: "care_manager".to_owned(), categories: vec!["visiting_dental".to_owned()], result: "arranged".to_owned(), need_met: "yes".to_owned(), ..Fields::default() }, Texts { asked: format!("{MARKER} 歯"), person: "Aさん".to_owned(), ..Texts::default() }).expect("sealed");
        app.db.write::<_, actions::Refusal>(&viewer, move |tx| actions::close(tx, first, &input, 3, event)).await.expect("closed");
        let again = desk.submit(&format!("/consultations/{by_name}/earlier"), "rang-again", &[]).await;
        assert_eq!(led(&again), format!("/consultations/{first}"));
        assert_eq!(state(app, first).await, "open", "opened again");

        for (question, hits) in [("退院後の往診", true), ("往診 退院", true), ("ひみつの目じるし", false), ("山田", true), ("点滴の管", false)] {
            let answer = desk.submit("/consultations/search", "name=\"words\"", &[("words", question)]).await;
            assert_eq!(answer.status, 200);
            assert_eq!(answer.body.contains(&second.to_string()), hits, "{question}");
        }
        assert_eq!(desk.submit("/consultations/search", "name=\"words\"", &[("words", "歯")]).await.status, 422);
        let mut other = app.cast("matsumoto").await;
        let answer = other.submit("/consultations/search", "name=\"words\"", &[("words", "退院後の往診")]).await;
        assert!(!answer.body.contains(&second.to_string()), "another desk finds nothing");
        assert_eq!(other.get(&format!("/consultations/{second}/earlier")).await.status, 404);
    }
}

both! {
    async fn attackers_get_nowhere(app: demo) {
        let id = call(app, "sakai", "142069", |_, _| {}).await;
        let mut desk = app.cast("sakai").await;
        let path = hand(&mut desk, id, DENTAL, "handover").await;
        // By id: another desk, towns (also the one it is about), the prefecture, a provider, the operator.
        for key in ["matsumoto", "kuno", "ishigaki", "ashikawa", "sagara", "numata", "tani", "miura"] {
            let mut stranger = app.cast(key).await;
            for address in [path.clone(), format!("{path}/paper"), format!("/consultations/{id}/handover"), format!("/consultations/{id}/note"), format!("/consultations/{id}/earlier"), format!("/consultations/{id}")] {
                let answer = stranger.get(&address).await;
                assert!(matches!(answer.status, 403 | 404), "{key} at {address}: {}", answer.status);
                assert!(!answer.body.contains(SUMMARY) && !answer.body.contains(MARKER), "{key} at {address}");
            }
        }
        // Forms with changed ids: another desk posts to this record and this hand-over with its own token.
        let own = call(app, "matsumoto", "143618", |_, _| {}).await;
        let mut other = app.cast("matsumoto").await;
        let form = other.get(&format!("/consultations/{own}/handover?kind=handover")).await;
        let (_, mut fields) = fields_of(&form.body, "name=\"summary\"");
        fields.retain(|(name, _)| name != "to" && name != "summary");
        fields.push(("to".to_owned(), DENTAL.to_owned()));
        fields.push(("summary".to_owned(), "奪う".to_owned()));
        assert_eq!(other.post(&format!("/consultations/{id}/handover"), &fields).await.status, 404);
        fields.push(("step".to_owned(), "withdraw".to_owned()));
        fields.push(("text".to_owned(), "奪う".to_owned()));
        fields.push(("day".to_owned(), "2099-01-01".to_owned()));
        for address in [path.clone(), format!("/consultations/{id}/note"), format!("/consultations/{id}/rang-again")] {
            let answer = other.post(&address, &fields).await;
            assert!(matches!(answer.status, 403 | 404), "{address}: {}", answer.status);
        }
        // The receiver takes no step of the sender, and the sender none of the receiver.
        let mut dental = app.cast("seto").await;
        let form = dental.get(&path).await;
        let (_, mut fields) = fields_of(&form.body, "name=\"step\"");
        fields.retain(|(name, _)| name != "step" && name != "text");
        fields.push(("step".to_owned(), "withdraw".to_owned()));
        fields.push(("text".to_owned(), "理由".to_owned()));
        assert_eq!(dental.post(&path, &fields).await.status, 422);
        let form = desk.get(&path).await;
        let (_, mut fields) = fields_of(&form.body, "name=\"step\"");
        fields.retain(|(name, _)| name != "step");
        fields.push(("step".to_owned(), "accept".to_owned()));
        fields.push(("due".to_owned(), "2099-01-01".to_owned()));
        fields.push(("behalf".to_owned(), "だれか".to_owned()));
        assert_eq!(desk.post(&path, &fields).await.status, 422, "the sender does not answer for an office with accounts");
        assert_eq!(state(app, id).await, "waiting");
    }
}

both! {
    async fn no_word_of_a_record_leaves_it(app: demo) {
        let id = call(app, "matsumoto", "143618", |_, _| {}).await;
        let mut desk = app.cast("matsumoto").await;
        let path = led(&desk.submit(&format!("/consultations/{id}/handover?kind=handover"), "name=\"summary\"", &[("to", DENTAL), ("summary", MARKER)]).await);
        let mut dental = app.cast("seto").await;
        led(&dental.submit(&path, "name=\"step\"", &[("step", "accept"), ("due", "2099-01-10")]).await);
        led(&dental.submit(&path, "name=\"step\"", &[("step", "decline"), ("text", MARKER)]).await);
        led(&desk.submit(&format!("/consultations/{id}/note"), "name=\"day\"", &[("text", MARKER), ("day", "2099-01-01")]).await);
        desk.submit("/consultations/search", "name=\"words\"", &[("words", MARKER)]).await;
        app.env.advance_secs(9 * 86_400);
        app.run_jobs().await;
        let mails: Vec<String> = app.system(|c| c.all(&MAILS, store::params! {}, |r| Ok(r.get::<String>(0)? + &r.get::<String>(1)?))).await;
        let changes: Vec<String> = app.system(|c| c.all(&CHANGES, store::params! {}, |r| r.get(0))).await;
        let audits: Vec<String> = app.system(|c| c.all(&AUDITS, store::params! {}, |r| Ok(r.get::<String>(0)? + &r.get::<String>(1)?))).await;
        let jobs: Vec<String> = app.system(|c| store::jobs::list(c, None, 1000)).await.into_iter().map(|j| format!("{}{:?}", j.key, j.error)).collect();
        assert!(!changes.is_empty() && !audits.is_empty() && !jobs.is_empty());
        for word in [MARKER, "山田", "0465-00-1234", "Aさん"] {
            for place in [&mails, &changes, &audits, &jobs] {
                assert!(place.iter().all(|text| !text.contains(word)), "{word} in {place:?}");
            }
        }
    }
}
