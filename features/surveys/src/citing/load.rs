//! The area's first entries, from `data/kensei/programme/entries.toml`, each with its place in the answers.

use std::path::Path;

use kernel::OrganisationId;
use programme::{
    Kind, NewEntry, NewSource, Range,
    load::{File, Listed},
};
use store::{Conn, Db, Viewer};

use super::{Answer, store as sql};
use crate::model::anchor;

/// Entries written in one transaction: a write stays short.
const AT_ONCE: usize = 15;

/// Why the entries could not be loaded; those before the fault are there.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file cannot be read.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// The file contradicts itself.
    #[error(transparent)]
    Listed(#[from] programme::load::Problem),
    /// A quote is not what stands at its place in the survey.
    #[error("{entry}: {municipality} {question}: the quote does not stand at its place")]
    Quote {
        /// Row ID of the entry.
        entry: String,
        /// 団体コード.
        municipality: String,
        /// Question.
        question: String,
    },
    /// A code that the programme does not know.
    #[error("{0}: unknown kind, range or municipality")]
    Code(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Makes the entries of a file that are not there yet, and says how many. What people changed since stays as it is.
///
/// # Errors
/// The file, a quote that differs from the survey, or what the database says.
pub async fn load(db: &Db, path: &Path) -> Result<usize, Fault> {
    let text =
        std::fs::read_to_string(path).map_err(|e| Fault::File(path.display().to_string(), e))?;
    let file = programme::load::parse(&text)?;
    let viewer = Viewer::system("the area's first entries", db.env().now());
    let slug = file.survey.clone();
    let read = move |conn: &mut Conn| {
        let survey = crate::store::by_slug(conn, &slug)?;
        let answers = sql::answers(conn, survey.id)?;
        let towns = areas::store::municipalities(conn)?;
        let mut owners = Vec::new();
        for town in towns {
            let desks = areas::store::desks_of(conn, &town.code)?;
            owners.push((
                town.code,
                town.organisation,
                desks.into_iter().map(|d| d.id).collect(),
            ));
        }
        Ok::<_, store::Error>((answers, owners, survey.head.fiscal_year))
    };
    let (answers, owners, year) = db.read(&viewer, read).await?;
    let mut entries = Vec::with_capacity(file.entries.len());
    for listed in &file.entries {
        let mut entry = entry(&file, listed, &answers, &owners)?;
        entry.fiscal_year = Some(year);
        entries.push((entry.ids(db.env()), entry));
    }
    let mut made = 0;
    for stretch in entries.chunks(AT_ONCE) {
        let stretch = stretch.to_vec();
        made += db
            .write::<usize, store::Error>(&viewer, move |tx| {
                let mut made = 0;
                for (ids, entry) in &stretch {
                    let seed = entry.seed.as_deref().unwrap_or_default();
                    if programme::load::known(tx, seed)?.is_none() {
                        programme::actions::create(tx, ids, entry)?;
                        made += 1;
                    }
                }
                Ok(made)
            })
            .await?;
    }
    Ok(made)
}

/// A municipality, itself as an organisation, and the desks that act for it.
type Owner = (String, Option<OrganisationId>, Vec<OrganisationId>);

fn entry(
    file: &File,
    listed: &Listed,
    answers: &[Answer],
    owners: &[Owner],
) -> Result<NewEntry, Fault> {
    let name = listed.refs.first().cloned().unwrap_or_default();
    let unknown = || Fault::Code(name.clone());
    let mut sources = Vec::with_capacity(listed.sources.len());
    for source in &listed.sources {
        let wrong = || Fault::Quote {
            entry: name.clone(),
            municipality: source.municipality.clone(),
            question: source.question.clone(),
        };
        let question = anchor(&source.question);
        let answer = answers
            .iter()
            .find(|a| a.municipality == source.municipality && a.question == question)
            .ok_or_else(wrong)?;
        let number = |n: i64| usize::try_from(n).map_err(|_| wrong());
        let place = super::Place {
            paragraph: number(source.paragraph)?,
            start: number(source.start)?,
            end: number(source.end)?,
        };
        if place.quote(&answer.body).as_deref() != Some(source.quote.as_str()) {
            return Err(wrong());
        }
        sources.push(source_of(&file.survey, answer, place, source.quote.clone()));
    }
    let remark = [&listed.note, &listed.without_source]
        .into_iter()
        .find(|text| !text.is_empty());
    let body = remark.cloned().unwrap_or_default();
    Ok(NewEntry {
        kind: Kind::from_code(&listed.kind).ok_or_else(unknown)?,
        owner: Some(owner(listed, owners).ok_or_else(unknown)?),
        title: listed.title.clone(),
        body,
        refs: listed.refs.clone(),
        items: listed.items.clone(),
        scenes: listed.scenes.clone(),
        tags: listed.tags.clone(),
        status: listed.status.clone(),
        range: Range::from_code(&listed.range).ok_or_else(unknown)?,
        municipalities: listed.municipalities.clone(),
        approved: true,
        sources,
        origin: "survey".to_owned(),
        seed: Some(format!("{}/{name}", file.survey)),
        ..NewEntry::default()
    })
}

/// A place in an answer as the programme keeps it.
pub(super) fn source_of(
    survey: &str,
    answer: &Answer,
    place: super::Place,
    quote: String,
) -> NewSource {
    let [paragraph, start, end] = place.numbers();
    NewSource {
        kind: "answer",
        record: answer.id.uuid(),
        record_version: 0,
        survey: survey.to_owned(),
        municipality: answer.municipality.clone(),
        question: answer.question.clone(),
        paragraph,
        start,
        end,
        quote,
        published: answer.published,
    }
}

/// The municipality itself, or the desk that acts for all of several.
fn owner(listed: &Listed, owners: &[Owner]) -> Option<OrganisationId> {
    let of = |code: &String| owners.iter().find(|(c, ..)| c == code);
    let first = of(listed.municipalities.first()?)?;
    if listed.municipalities.len() > 1 {
        let shared = first.2.iter().find(|desk| {
            listed
                .municipalities
                .iter()
                .all(|code| of(code).is_some_and(|(_, _, desks)| desks.contains(desk)))
        });
        if let Some(desk) = shared {
            return Some(*desk);
        }
    }
    first.1
}
