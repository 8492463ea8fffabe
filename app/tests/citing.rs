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
