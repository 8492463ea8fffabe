//! One search as pages, map and API share it.

use search::{Audience, Hits, Meaning, Point, Query};

use super::{Loaded, asked::Asked};

/// Kinds that serve the residents of their own municipality (地域密着型サービス, 介護保険法 第8条第14項); others need the consent
/// of both municipalities.
pub const COMMUNITY_KINDS: [&str; 10] = [
    "361", "362", "364", "540", "710", "720", "730", "760", "770", "780",
];

/// What was found, and how it has to be read.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The hits of the page asked for.
    pub hits: Hits,
    /// The municipality that was asked for, in words or as a filter; its code.
    pub town: Option<String>,
    /// Whether the municipality has none, so that these are the nearest elsewhere.
    pub across: bool,
    /// Whether nobody is known to make house calls, so that these are the practices one can ask.
    pub ask: bool,
    /// Whether kinds were asked for that serve the residents of their municipality only.
    pub community: bool,
    /// From where distances are measured.
    pub near: Option<Point>,
    /// What words were understood as.
    pub marks: Vec<String>,
}

/// So many hits on a page.
pub const PAGE: usize = 20;

/// Searches: as asked; where house calls are asked for and nobody is known to make them, for practices to ask; where the
/// municipality has none, beyond its border in order of distance.
#[must_use]
pub fn find(loaded: &Loaded, asked: &Asked, audience: Audience, limit: usize) -> Found {
    let parsed = loaded.parse(&asked.q);
    let named = parsed
        .marks
        .iter()
        .find_map(|mark| mark.strip_prefix("town:"));
    let town = if asked.town.is_empty() {
        named.map(str::to_owned)
    } else {
        Some(asked.town.clone())
    };
    let near = asked.near.or_else(|| loaded.centre(town.as_deref()?));
    let mut query = Query {
        audience,
        readers: Vec::new(),
        words: parsed.words,
        filters: filters(asked),
        near,
        count: ["kind", "family", "town", "can", "language", "treats"]
            .map(str::to_owned)
            .to_vec(),
        offset: (asked.page - 1).saturating_mul(limit),
        limit,
    };
    let mut found = Found {
        town,
        near,
        community: is_community(asked, &parsed.marks),
        marks: parsed.marks,
        ..Found::default()
    };
    // House calls: few practices have said so yet; those that may make them are better than an empty page.
    let calls = |mark: &String| mark == "can:house_call" || mark == "can:home_visit";
    let confirmed = |hits: &Hits| hits.counts.iter().any(|(mark, _)| calls(mark));
    let mut strict = query.clone();
    let mut softened = false;
    for meaning in strict.words.iter_mut().flat_map(|word| &mut word.means) {
        for set in &mut meaning.marks {
            if set.iter().any(calls) {
                set.retain(calls);
                softened = true;
            }
        }
    }
    if softened {
        found.hits = loaded.search(&strict);
        if confirmed(&found.hits) {
            return found;
        }
        for meaning in query.words.iter_mut().flat_map(|word| &mut word.means) {
            for set in meaning.marks.iter_mut().filter(|set| set.iter().any(calls)) {
                *set = vec!["kind:clinic".to_owned(), "kind:hospital".to_owned()];
            }
        }
    }
    found.hits = loaded.search(&query);
    if found.hits.total > 0 {
        found.ask = softened;
        return found;
    }
    let Some(town) = &found.town else {
        return found;
    };
    if near.is_none() {
        return found;
    }
    let here = |mark: &String| mark.strip_prefix("town:").is_some_and(|code| code == town);
    query.filters.retain(|set| !set.iter().any(here));
    for meaning in query.words.iter_mut().flat_map(|word| &mut word.means) {
        meaning.marks.retain(|set| !set.iter().any(here));
    }
    // A word that named the town and nothing else asks for nothing any more.
    let empty = |meaning: &Meaning| meaning.marks.is_empty() && meaning.rest.is_empty();
    query.words.retain(|word| !word.means.iter().any(empty));
    if query.words.is_empty() && query.filters.len() <= 1 {
        return found;
    }
    let hits = loaded.search(&query);
    if hits.total > 0 {
        found.hits = hits;
        found.across = true;
        found.ask = softened;
    }
    found
}

fn filters(asked: &Asked) -> Vec<Vec<String>> {
    let mut list = vec![vec!["status:open".to_owned()]];
    let mut one = |group: &str, value: &str| {
        if !value.is_empty() {
            list.push(vec![format!("{group}:{value}")]);
        }
    };
    one("town", &asked.town);
    one("kind", &asked.kind);
    one("family", &asked.family);
    one("language", &asked.language);
    for can in &asked.can {
        one("can", can);
    }
    for treats in &asked.treats {
        one("treats", treats);
    }
    if !asked.covers.is_empty() {
        list.push(vec![
            format!("covers:{}", asked.covers),
            format!("town:{}", asked.covers),
        ]);
    }
    list
}

fn is_community(asked: &Asked, marks: &[String]) -> bool {
    let kinds = marks.iter().filter_map(|mark| mark.strip_prefix("kind:"));
    kinds
        .chain([asked.kind.as_str()])
        .any(|kind| COMMUNITY_KINDS.contains(&kind))
}
