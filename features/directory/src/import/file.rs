//! One file on its way in: header, rows, chunks.

use std::collections::HashSet;

use store::{Db, Viewer};

use super::{
    Columns, FileReport, Layout, Remark, Source, day_of_name,
    parse::{self, About, Read},
    place::Places,
    read::{self, Unreadable},
    stage::{CHUNK, Incoming, Stage},
};

/// More refusals than this, and more than half of the rows: the columns are not what the header says.
const TOO_MANY: u64 = 20;

pub(super) fn one_file(
    db: &Db,
    viewer: &Viewer,
    edition: i64,
    places: &Places,
    source: &Source,
    seq: i64,
) -> store::Result<(FileReport, i64)> {
    let as_of = source
        .as_of
        .clone()
        .or_else(|| day_of_name(&source.name))
        .unwrap_or_default();
    let digits = source
        .name
        .split(|c: char| !c.is_ascii_digit())
        .find(|d| d.len() == 3);
    let about = About {
        kind: source.kind.clone().or_else(|| {
            digits
                .and_then(|d| crate::store::kinds::table().find(|k| k[0] == d))
                .map(|k| k[0].to_owned())
        }),
        as_of: as_of.clone(),
    };
    let mut columns: Option<Columns> = None;
    let mut stage = Stage {
        db,
        viewer: viewer.clone(),
        edition,
        places,
        layout: Layout::Sheet,
        file: source.name.chars().take(200).collect(),
        as_of: as_of.clone(),
        seq,
        report: FileReport {
            file: source.name.clone(),
            as_of,
            ..FileReport::default()
        },
        seen: HashSet::new(),
        scope: HashSet::new(),
    };
    let mut waiting: Vec<Incoming> = Vec::new();
    let mut refused: Vec<(u64, &'static str, String)> = Vec::new();
    let mut failure: Option<store::Error> = None;
    let mut stop: Option<Unreadable> = None;
    let mut keys: HashSet<String> = HashSet::new();
    let mut take = |line: read::Line| {
        let Some(known) = &columns else {
            match Columns::of(&line.cells, &source.mapping) {
                Some(found) => {
                    stage.layout = found.layout;
                    found.layout.source().clone_into(&mut stage.report.source);
                    columns = Some(found);
                    return true;
                }
                // Titles above the header are passed over.
                None if line.number < 10 => return true,
                None => {
                    stop = Some(Unreadable::new("header", line.number));
                    return false;
                }
            }
        };
        match parse::read(known, &line, places, &about) {
            Read::Blank => return true,
            Read::Outside => {
                stage.report.read += 1;
                stage.report.outside += 1;
            }
            Read::Refused(why, what) => {
                stage.report.read += 1;
                stage.report.refuse(line.number, why, &what);
                if refused.len() < 5000 {
                    refused.push((line.number, why, what));
                }
                let (bad, all) = (stage.report.refused, stage.report.read);
                if bad > TOO_MANY * 5 && bad * 2 > all {
                    stop = Some(Unreadable::new("columns", format!("{bad} / {all}")));
                    return false;
                }
            }
            Read::Row(record, odd) => {
                stage.report.read += 1;
                // The same row twice in one write would meet itself: it goes into the next.
                if !keys.insert(record.key()) || waiting.len() >= CHUNK {
                    keys.clear();
                    keys.insert(record.key());
                    if let Err(error) = stage.chunk(std::mem::take(&mut waiting)) {
                        failure = Some(error);
                        return false;
                    }
                }
                waiting.push(Incoming {
                    line: line.number,
                    record: *record,
                    odd,
                });
            }
        }
        true
    };
    let result = match &source.bytes {
        Some(bytes) => read::each_line_of(std::io::Cursor::new(bytes), &mut take),
        None => read::each_line(&source.path, &mut take),
    };
    if let Some(error) = failure {
        return Err(error);
    }
    stage.chunk(waiting)?;
    let (bad, all) = (stage.report.refused, stage.report.read);
    let problem = result
        .err()
        .or(stop)
        .or_else(|| columns.is_none().then(|| Unreadable::new("header", "")))
        .or_else(|| {
            (bad >= TOO_MANY && bad * 2 > all)
                .then(|| Unreadable::new("columns", format!("{bad} / {all}")))
        });
    stage.report.unreadable = problem.map(|p| Remark {
        line: 0,
        why: p.code.to_owned(),
        detail: p.detail,
        name: String::new(),
    });
    stage.finish(&refused)?;
    Ok((stage.report, stage.seq))
}
