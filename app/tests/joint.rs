//! One text for several municipalities: who sees what, who decides, and what a change asks for.

use crate::both;
use crate::forms::{fields, sent, sent_to};

both! {
    async fn a_joint_answer_from_draft_to_record(app: demo) {
        let sent = sent(app).await;
        let (mut hakone, mut manazuru, mut nakai) = (app.cast("ashikawa").await, app.cast("isobe").await, app.cast("furusawa").await);
        let list = format!("/surveys/replies/{}/joint", sent.replies[0]);
        let shown = hakone.get(&list).await;
        assert!(shown.status == 200 && shown.body.contains("今年度の幹事"), "{}", shown.body);
        let none = hakone.submit(&list, "name=\"base\"", &[("field", "q1"), ("base", ""), ]).await;
        assert!(none.status == 422 && none.body.contains("base-error"), "{}", none.body);
        let number = hakone.submit(&list, "name=\"base\"", &[("field", "q2"), ("base", "番号は 123456789018 です")]).await;
        assert!(number.status == 422 && number.body.contains("番号は 123456789018 です"), "what was typed stays: {}", number.body);
        assert!(number.body.contains("<option value=\"q2\" selected"), "and what was chosen: {}", number.body);
        let started = hakone.submit(&list, "name=\"base\"", &[("field", "q2"), ("base", "医師が足りない。\n交通が不便だ。")]).await;
        assert_eq!(started.status, 303, "{}", started.body);
        let lead = started.location().to_owned();
        let id = lead.rsplit('/').next().unwrap_or_default().to_owned();
        // The invited one hears of it and reads the common text, and nothing else yet.
        let home = manazuru.get("/home").await;
        assert!(home.body.contains("真鶴町：共同の回答"), "{}", home.body);
        let there = format!("/surveys/replies/{}/joint/{id}", sent.replies[1]);
        let page = manazuru.get(&there).await;
        assert!(page.body.contains("交通が不便だ。") && page.body.contains("箱根町"), "{}", page.body);
        let number = hakone.submit(&lead, "/own", &[("p-1", "道が混む。"), ("tail", "123456789018")]).await;
        assert!(number.status == 422 && number.body.contains("道が混む。") && number.body.contains("tail-error"), "{}", number.body);
        let own = hakone.submit(&lead, "/own", &[("p-1", "観光地で道が混む。"), ("tail", "冬は雪もある。")]).await;
        assert_eq!(own.status, 303, "{}", own.body);
        assert!(!manazuru.get(&there).await.body.contains("観光"), "differences are seen from inside only");
        assert_eq!(manazuru.submit(&there, "/join\"", &[]).await.status, 303);
        let inside = manazuru.get(&there).await;
        assert!(inside.status == 200 && inside.body.contains("観光"), "{}", inside.body);
        // Who was not invited sees nothing, by whichever answer.
        for address in [there.clone(), lead.clone(), format!("/surveys/replies/{}/joint/{id}", sent.replies[2])] {
            assert_eq!(nakai.get(&address).await.status, 404, "{address}");
        }
        // Each adopts for itself.
        assert_eq!(hakone.submit(&lead, "/adopt", &[]).await.status, 303);
        assert_eq!(manazuru.submit(&there, "/adopt", &[]).await.status, 303);
        let texts = fields(app).await;
        assert_eq!(texts.len(), 2);
        assert!(texts.iter().all(|t| t.1 == "q2" && t.3 == "joint"));
        assert!(texts[0].2.contains("観光地で道が混む。\\n冬は雪もある。") && texts[1].2.contains("交通が不便だ。"));
        let page = manazuru.get(&there).await;
        assert!(page.body.contains("原案：箱根町、採用：箱根町（令和8年11月22日") && page.body.contains("・真鶴町（"), "{}", page.body);
        // A change of the common text asks again and leaves the answers as they are.
        let old = hakone.get(&lead).await;
        let changed = manazuru.submit(&there, "/base", &[("base", "医師が足りない。\n交通が不便だ。\n人手も足りない。")]).await;
        assert_eq!(changed.status, 303, "{}", changed.body);
        let asked = hakone.get(&lead).await;
        assert!(asked.body.contains("採用したあとに文が変わりました") && asked.body.contains("観光地で道が混む"), "{}", asked.body);
        assert!(!fields(app).await[0].2.contains("人手も"), "the answer stays");
        // What was read before the change cannot be adopted, and a second base shows both texts.
        let (_, stale) = crate::harness::fields_of(&old.body, "/own");
        let refused = hakone.post(&format!("{lead}/adopt"), &stale).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        let (action, mut late) = crate::harness::fields_of(&old.body, "/base");
        late.retain(|(n, _)| n != "base");
        late.push(("base".to_owned(), "別の文。".to_owned()));
        let conflict = hakone.post(&action, &late).await;
        assert!(conflict.status == 409 && conflict.body.contains("別の文。") && conflict.body.contains("人手"), "{}", conflict.body);
        let empty = hakone.submit(&lead, "/base", &[("base", " ")]).await;
        assert!(empty.status == 422 && empty.body.contains("base-error"), "{}", empty.body);
        // Leaving closes the door.
        assert_eq!(hakone.submit(&lead, "/leave", &[]).await.status, 303);
        assert_eq!(hakone.get(&lead).await.status, 404);
        assert!(fields(app).await[0].2.contains("観光地"), "and keeps the answer");
        app.run_jobs().await;
    }
}

both! {
    async fn a_desk_starts_and_the_municipality_itself_adopts(app: demo) {
        let sent = sent(app).await;
        let mut desk = app.cast("matsumoto").await;
        // The desk of the other district acts for Nakai only, which is alone in this round there.
        let list = format!("/surveys/replies/{}/joint", sent.replies[2]);
        let shown = desk.get(&list).await;
        assert_eq!(shown.status, 200, "{}", shown.body);
        let alone = desk.submit(&list, "name=\"base\"", &[("field", "q2"), ("base", "課題")]).await;
        assert!(alone.status == 422 && alone.body.contains("声をかける市町") && alone.body.contains("課題</textarea>"), "{}", alone.body);
        assert_eq!(desk.get(&format!("/surveys/replies/{}/joint", sent.replies[0])).await.status, 404, "not its municipality");
        app.run_jobs().await;
    }
}

both! {
    async fn the_desk_starts_a_text_for_the_six_and_each_takes_its_own_view_itself(app: demo) {
        // 中井町, 大井町, 松田町 of the six; 2(1) asks for a municipality's own view, 1 does not.
        let sent = sent_to(app, &["143618", "143626", "143634"], Vec::new()).await;
        let mut desk = app.cast("matsumoto").await;
        let list = format!("/surveys/replies/{}/joint", sent.replies[0]);
        let mut texts = Vec::new();
        for (field, base) in [("q1", "会議を開いた。\n研修を開いた。"), ("q2", "医師が足りない。\n移動が大変だ。")] {
            let started = desk.submit(&list, "name=\"base\"", &[("field", field), ("base", base)]).await;
            assert_eq!(started.status, 303, "{}", started.body);
            texts.push(started.location().to_owned());
        }
        let id = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        // What is not a view of its own the desk may take over for the town that asked it; its own view it may not.
        let page = desk.get(&texts[0]).await;
        assert!(page.body.contains("/adopt\""), "{}", page.body);
        assert_eq!(desk.submit(&texts[0], "/adopt", &[]).await.status, 303);
        let page = desk.get(&texts[1]).await;
        assert!(!page.body.contains("/adopt\"") && page.body.contains("市町の担当者だけ"), "{}", page.body);
        let versions = crate::harness::fields_of(&page.body, "/own").1;
        let forced = desk.post(&format!("{}/adopt", texts[1]), &versions).await;
        assert_eq!(forced.status, 422, "{}", forced.body);
        assert_eq!(fields(app).await.len(), 1, "nothing of 2(1) is an answer");
        // The town itself reads who wrote it, adds its own words and takes it.
        let mut town = app.cast("furusawa").await;
        let there = format!("/surveys/replies/{}/joint/{}", sent.replies[0], id(&texts[1]));
        let page = town.get(&there).await;
        assert!(page.body.contains("原案：") && page.body.contains("採用した市町はまだありません"), "{}", page.body);
        assert_eq!(town.submit(&there, "/own", &[("p-0", "医師が高齢だ。")]).await.status, 303);
        assert_eq!(town.submit(&there, "/adopt", &[]).await.status, 303);
        let answers = fields(app).await;
        assert!(answers.iter().any(|a| a.1 == "q2" && a.2.contains("医師が高齢だ。\\n移動が大変だ。") && a.3 == "joint"), "{answers:?}");
        // Approved and submitted; then the common text changes: the record is as it was, and the town is asked again.
        let submit = format!("/surveys/replies/{}/submit", sent.replies[0]);
        let done = town.submit(&submit, "/outside", &[("document_number", "中介第1号"), ("decided_on", "2026-11-20"), ("decider_post", "課長")]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let changed = desk.submit(&texts[1], "/base", &[("base", "医師が足りない。\n移動が大変だ。\n冬は道が凍る。")]).await;
        assert_eq!(changed.status, 303, "{}", changed.body);
        let asked = town.get(&there).await;
        assert!(asked.body.contains("採用したあとに文が変わりました") && !asked.body.contains("/adopt\""), "{}", asked.body);
        assert!(town.get("/home").await.body.contains("共同の回答"), "the home page asks");
        let answers = fields(app).await;
        assert!(answers.iter().all(|a| !a.2.contains("凍る")), "what was approved stays: {answers:?}");
        // Leaving keeps the answer; a second time there is nothing to leave.
        assert_eq!(town.submit(&there, "/leave", &[]).await.status, 303);
        assert_eq!(town.get(&there).await.status, 404);
        assert!(fields(app).await.iter().any(|a| a.1 == "q2" && a.2.contains("医師が高齢だ。")));
        app.run_jobs().await;
    }
}
