//! From answer to entry: what the area begins with, what a clerk makes from a sentence, and what others see of it.

use std::collections::BTreeMap;

use programme::{
    Kind,
    store::{Filter, Key},
};

use crate::both;

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
        println!("without a quote: {without:?}");
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
