//! From answer to entry: what the area begins with, what a clerk makes from a sentence, and what others see of it.

use std::collections::BTreeMap;

use programme::{
    Kind,
    store::{Filter, Key},
};

use crate::both;

store::statements! {
    pub REWRITE = "UPDATE answer SET body = :body WHERE id = (SELECT a.id FROM answer a JOIN question q ON q.id = a.question
        WHERE a.municipality = '143821' AND q.anchor = '2-2')";
}

both! {
    async fn every_quote_equals_its_span_in_the_loaded_survey(app: demo) {
        let survey: serde_json::Value = serde_json::from_slice(&app.visitor().get("/surveys/2024-renkei.json").await.bytes).expect("JSON");
        let mut texts: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        let text = |v: &serde_json::Value| v.as_str().expect("text").to_owned();
        for response in survey["responses"].as_array().expect("responses") {
            for question in survey["questions"].as_array().expect("questions") {
                let lines = response[question["key"].as_str().expect("key")].as_array().expect("paragraphs");
                let anchor = surveys::model::anchor(&text(&question["id"]));
                texts.insert((text(&response["code"]), anchor), lines.iter().map(text).collect());
            }
        }
        let (entries, sources) = app
            .system(|c| {
                let entries = programme::store::list(c, &Filter::default(), true, Key::first(), 1000)?;
                let ids: Vec<_> = entries.iter().map(|e| e.id).collect();
                Ok((entries, programme::store::sources_of_many(c, &ids)?))
            })
            .await;
        let count = |kind| entries.iter().filter(|e| e.kind == kind).count();
        assert_eq!(Kind::ALL.map(count), [54, 21, 6, 9], "initiatives, issues, requests, strengths");
        for source in &sources {
            let line = usize::try_from(source.paragraph).expect("a line");
            let [start, end] = [source.start, source.end].map(|n| usize::try_from(n).expect("an offset"));
            let paragraph = &texts[&(source.municipality.clone(), source.question.clone())][line];
            let found: String = paragraph.chars().skip(start).take(end - start).collect();
            assert_eq!(found, source.quote, "{} {}", source.municipality, source.question);
        }
        assert_eq!(sources.len(), 224);
        // The one exception: OD-10 rests on the link at the end of the paper, which is no answer.
        let without: Vec<_> = entries.iter().filter(|e| e.sources == 0).flat_map(|e| e.refs.clone()).collect();
        assert_eq!(without, ["OD-10"]);
    }
}

const ANSWER: &str = "/surveys/2024-renkei/answers/143821/2-2";

both! {
    async fn a_clerk_makes_an_entry_from_a_sentence_and_takes_it_back(app: demo) {
        let path = format!("{ANSWER}/entries");
        // Nobody without an office, and no provider.
        assert_eq!(app.visitor().get(&path).await.status, 303);
        let mut clerk = app.cast("ashikawa").await;
        let page = clerk.get(&path).await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.body.contains("段落") && page.body.contains("文のため"), "proposals say why");
        // By words, without scripts; what is not there is refused and kept.
        let chosen = clerk.get(&format!("{path}?from=観光地である&to=負担が大きい。")).await;
        assert_eq!(chosen.status, 200);
        assert!(chosen.body.contains("name=\"quote\" value=\"観光地であることから"), "{}", chosen.body);
        let missing = clerk.get(&format!("{path}?from=書いていない言葉")).await;
        assert_eq!(missing.status, 422);
        assert!(missing.body.contains("書いていない言葉"));
        assert_eq!(clerk.get(&format!("{path}?p=0&s=5&e=9999")).await.status, 422);
        // A title is needed; what was typed stays.
        let (action, mut fields) = crate::harness::fields_of(&chosen.body, "value=\"make\"");
        fields.retain(|(name, _)| name != "title" && name != "kind");
        fields.push(("kind".to_owned(), "issue".to_owned()));
        let refused = clerk.post(&action, &fields).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(refused.body.contains("見出しを書いてください"));
        // A quote that is not the answer's own words makes nothing.
        let mut forged = fields.clone();
        forged.retain(|(name, _)| name != "quote");
        forged.extend([("title".to_owned(), "題".to_owned()), ("quote".to_owned(), "別の言葉".to_owned())]);
        assert_eq!(clerk.post(&action, &forged).await.status, 409);
        fields.push(("title".to_owned(), "混雑で通院に遅れる（試し）".to_owned()));
        let made = clerk.post(&action, &fields).await;
        assert_eq!(made.status, 303, "{}", made.body);
        assert_eq!(app.audit_rows("surveys.cite.make").await, 1);
        let after = clerk.get(&path).await;
        assert!(after.body.contains("混雑で通院に遅れる（試し）"));
        // New entries are internal: the public page and the neighbour do not show it, but do show what is public.
        let public = app.visitor().get(ANSWER).await;
        assert!(!public.body.contains("混雑で通院に遅れる（試し）"));
        assert!(public.body.contains("id=\"p1-") && public.body.contains("/programme/entries/"), "{}", public.body);
        let other = app.cast("ishigaki").await.get(&path).await;
        assert_eq!(other.status, 200);
        assert!(!other.body.contains("混雑で通院に遅れる（試し）"));
        // Another office's entry is not linked to.
        let choice = |body: &str| crate::harness::fields_of(body, "value=\"link\"");
        let (action, mut link) = choice(&chosen.body);
        let foreign = app
            .system(|c| {
                let list = programme::store::list(c, &Filter::default(), true, Key::first(), 1000)?;
                Ok(list.into_iter().find(|e| e.refs == ["OD-14"]).map(|e| e.id.to_string()))
            })
            .await
            .expect("an entry of 小田原市");
        link.retain(|(name, _)| name != "entry");
        link.push(("entry".to_owned(), foreign));
        assert_eq!(clerk.post(&action, &link).await.status, 422);
        // Undone, the quote is gone from the entry.
        let at = after.body.find("混雑で通院に遅れる（試し）").expect("listed");
        let (undo, fields) = crate::harness::fields_of(&after.body[at..], "/entries/undo");
        assert_eq!(clerk.post(&undo, &fields).await.status, 303);
        assert!(!clerk.get(&path).await.body.contains("混雑で通院に遅れる（試し）"));
        assert_eq!(app.audit_rows("surveys.cite.undo").await, 1);
        // In English, too.
        assert!(clerk.english().get(&path).await.body.contains("Proposals"));
    }
}

/// The entry with this row ID, and how many quotes it has, as the system sees both.
async fn entry(app: &crate::harness::TestApp, id: &'static str) -> (String, i64) {
    app.system(move |c| {
        let list = programme::store::list(c, &Filter::default(), false, Key::first(), 1000)?;
        Ok(list
            .into_iter()
            .find(|e| e.refs == [id])
            .map(|e| (e.id.to_string(), e.sources)))
    })
    .await
    .expect("the entry")
}

both! {
    async fn entries_are_merged_split_related_and_parted_again(app: demo) {
        let mut clerk = app.cast("ashikawa").await;
        let (bus, _) = entry(app, "HK-16").await;
        let (full, _) = entry(app, "HK-17").await;
        let path = format!("/programme/entries/{bus}/links");
        // Another town's clerk does not decide about it.
        assert_eq!(app.cast("ishigaki").await.get(&path).await.status, 404);
        let page = clerk.get(&format!("{path}?find=観光")).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let (action, fields) = crate::harness::fields_of(&page.body, "value=\"relate\"");
        assert_eq!(clerk.post(&action, &fields).await.status, 303);
        assert_eq!(app.audit_rows("programme.entry.relate").await, 1);
        let (action, fields) = crate::harness::fields_of(&page.body, "value=\"merge\"");
        assert_eq!(clerk.post(&action, &fields).await.status, 303);
        assert_eq!(entry(app, "HK-17").await.1, 2, "both quotes");
        let merged = clerk.get(&format!("/programme/entries/{full}")).await;
        assert!(merged.body.contains("まとめた項目"), "{}", merged.body);
        assert!(app.visitor().get(&format!("/programme/entries/{bus}")).await.status == 404, "what was merged is not public");
        // Not the same after all: the quote goes back.
        let links = clerk.get(&format!("/programme/entries/{full}/links")).await;
        let at = links.body.find("まとめた項目").expect("listed");
        let (action, fields) = crate::harness::fields_of(&links.body[at..], "value=\"undo\"");
        assert_eq!(clerk.post(&action, &fields).await.status, 303);
        assert_eq!(clerk.post(&action, &fields).await.status, 404, "taken back once");
        assert_eq!(entry(app, "HK-17").await.1, 1);
        // It is back with its quote, and waits for a new approval before everybody sees it again.
        let back = clerk.get(&format!("/programme/entries/{bus}")).await;
        assert!(back.body.contains("免許返納していることで"), "{}", back.body);
        assert_eq!(app.visitor().get(&format!("/programme/entries/{bus}")).await.status, 404);
        // Split: the chosen quote goes to a new, internal entry; without a choice nothing happens and the title stays.
        let (meeting, count) = entry(app, "HK-1").await;
        assert_eq!(count, 2);
        let page = clerk.get(&format!("/programme/entries/{meeting}/links")).await;
        let (action, mut fields) = crate::harness::fields_of(&page.body, "value=\"split\"");
        fields.retain(|(name, _)| name != "title");
        fields.push(("title".to_owned(), "地域ケア会議の回数（試し）".to_owned()));
        let refused = clerk.post(&action, &fields).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("地域ケア会議の回数（試し）"));
        let source = page.body.split("name=\"source\" value=\"").nth(2).and_then(|p| p.split('"').next()).expect("the second quote");
        fields.push(("source".to_owned(), source.to_owned()));
        let split = clerk.post(&action, &fields).await;
        assert_eq!(split.status, 303, "{}", split.body);
        let made = clerk.get(split.location()).await;
        assert!(made.body.contains("年間4回開催し"), "the quote is the same, letter by letter");
        assert_eq!(app.visitor().get(split.location()).await.status, 404);
        assert_eq!(entry(app, "HK-1").await.1, 1);
        assert_eq!(app.audit_rows("programme.entry.split").await, 1);
    }
}

both! {
    async fn a_quote_moves_with_an_answer_that_changed_when_the_clerk_says_so(app: demo) {
        let viewer = store::Viewer::system("test", app.env.now());
        let body = "町内には総合病院がない。\n介護の資源が少ない。町内に小規模多機能型居宅介護が無いため、介護者や利用者の希望が限定される。";
        app.db
            .write::<_, store::Error>(&viewer, move |tx| tx.exec(&REWRITE, store::params! {"body" => body}))
            .await
            .expect("the answer changes");
        let mut clerk = app.cast("ashikawa").await;
        let path = format!("{ANSWER}/entries");
        let page = clerk.get(&path).await;
        assert!(page.body.contains("回答の文が変わりました") && page.body.contains("同じ言葉が別の場所にありました"), "{}", page.body);
        assert!(!app.visitor().get(ANSWER).await.body.contains("class=\"cites\""), "what no longer stands there is not linked");
        let at = page.body.find("町内に小規模多機能がなく").expect("listed");
        let (action, fields) = crate::harness::fields_of(&page.body[at..], "value=\"again\"");
        assert_eq!(clerk.post(&action, &fields).await.status, 303);
        assert_eq!(app.audit_rows("surveys.cite.anchor").await, 1);
        let public = app.visitor().get(ANSWER).await;
        assert!(public.body.contains("id=\"p1-10-"), "{}", public.body);
        assert!(public.body.contains("町内に小規模多機能がなく"));
        let town = app.visitor().get("/surveys/2024-renkei?view=municipality&m=143821").await;
        assert!(town.body.contains("町内に小規模多機能がなく"), "the collation leads to the entry");
        let grouped = app.visitor().get("/surveys/2024-renkei?q=2-3").await;
        assert!(grouped.body.contains("訪問介護事業所との連絡会などを設けてほしい"), "{}", grouped.body);
    }
}

both! {
    async fn a_proposal_that_was_put_away_stays_away_until_it_is_taken_back(app: demo) {
        let mut clerk = app.cast("ashikawa").await;
        let path = format!("{ANSWER}/entries");
        let page = clerk.get(&path).await.body;
        assert!(page.contains("/dismiss\"") && !page.contains("退けた提案"), "{page}");
        let (action, fields) = crate::harness::fields_of(&page, "/dismiss\"");
        let words = fields.iter().find(|(n, _)| n == "words").expect("the words").1.clone();
        assert_eq!(clerk.post(&action, &fields).await.status, 303);
        assert_eq!(clerk.post(&action, &fields).await.status, 303, "twice changes nothing");
        assert_eq!(app.audit_rows("surveys.cite.dismiss").await, 1);
        let after = clerk.get(&path).await.body;
        assert!(after.contains("退けた提案（1件）") && after.contains("value=\"back\""), "{after}");
        // It is put away for this office only; another's page shows it.
        assert!(!app.cast("ishigaki").await.get(&path).await.body.contains("退けた提案"), "another office");
        // Words that nobody proposed are refused.
        let mut forged = fields.clone();
        forged.retain(|(n, _)| n != "words");
        forged.push(("words".to_owned(), "提案にない言葉".to_owned()));
        assert_eq!(clerk.post(&action, &forged).await.status, 404);
        let (action, fields) = crate::harness::fields_of(&after, "value=\"back\"");
        assert!(fields.contains(&("words".to_owned(), words)));
        assert_eq!(clerk.post(&action, &fields).await.status, 303);
        assert!(!clerk.get(&path).await.body.contains("退けた提案"));
        assert_eq!(app.audit_rows("surveys.cite.propose-again").await, 1);
    }
}
