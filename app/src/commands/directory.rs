//! `renkei directory`: publications in, the newest editions named, the area's tables written.

use std::path::{Path, PathBuf};

use directory::import::{self, FileReport, ImportError, Source, accept, undo};

use super::{Outcome, demo::terminal, say};
use crate::compose::{self, Fault};
use crate::config::Config;

/// Where the publishers put their editions, twice a year.
const PUBLISHERS: [(&str, &str, &str); 3] = [
    (
        "mhlw-kaigo",
        "https://www.mhlw.go.jp/stf/kaigo-kouhyou_opendata.html",
        "care services, end of June and of December, CC BY 4.0; one CSV per service, take the names from the page",
    ),
    (
        "mhlw-navii",
        "https://www.mhlw.go.jp/stf/seisakunitsuite/bunya/kenkou_iryou/iryou/newpage_43373.html",
        "hospitals, clinics, dentists, midwives, pharmacies, 1 June and 1 December, PDL 1.0",
    ),
    (
        "kouseikyoku",
        "https://kouseikyoku.mhlw.go.jp/kantoshinetsu/",
        "designated institutions and filings, monthly, Government Standard Terms of Use 2.0",
    ),
];

/// How `import` answers.
pub struct ImportOptions {
    /// Say what would happen and leave everything as it is.
    pub dry_run: bool,
    /// One JSON document instead of lines.
    pub json: bool,
    /// Refused rows are listed and are no failure.
    pub list_refused: bool,
    /// Take rows of municipalities that this installation does not know, too.
    pub everywhere: bool,
    /// The day of files whose names carry none.
    pub as_of: Option<String>,
    /// Kind of tables without a column of kinds.
    pub kind: Option<String>,
    /// Name of a saved column mapping.
    pub mapping: Option<String>,
}

/// Imports files as one edition and accepts it.
///
/// # Errors
/// When a file is unreadable, rows were refused and were not asked to be listed, or another edition is open.
pub fn import(config: &Config, files: &[PathBuf], options: &ImportOptions) -> Outcome {
    let (db, _) = compose::open_existing(config)?;
    let columns = match &options.mapping {
        None => Source::default(),
        Some(name) => {
            let (wanted, viewer) = (name.clone(), terminal(db.env().now()));
            let found = db.read_blocking(&viewer, move |c| import::mapping::named(c, &wanted))?;
            Source::by(found.ok_or_else(|| format!("no column mapping is called {name}"))?)
        }
    };
    let sources: Vec<Source> = files
        .iter()
        .map(|path| Source {
            as_of: options
                .as_of
                .clone()
                .filter(|_| import::day_of_name(&path.to_string_lossy()).is_none()),
            kind: options.kind.clone().or_else(|| columns.kind.clone()),
            mapping: columns.mapping.clone(),
            ..Source::of(path)
        })
        .collect();
    let title = files
        .first()
        .map(|f| f.display().to_string())
        .unwrap_or_default();
    let staged = import::stage(&db, &sources, &title, "command line", options.everywhere)?;
    let unreadable = staged.files.iter().any(|f| f.unreadable.is_some());
    let refused: u64 = staged.files.iter().map(|f| f.refused).sum();
    let takes = !options.dry_run && !unreadable;
    if takes {
        accept::accept(&db, &terminal(db.env().now()), staged.number)?;
    } else {
        undo::discard(&db, staged.number)?;
    }
    if options.json {
        say(
            serde_json::json!({"edition": staged.number, "accepted": takes, "files": staged.files}),
        );
    } else {
        for file in &staged.files {
            print(file);
        }
        say(if takes {
            format!("Edition {} is accepted.", staged.number)
        } else if unreadable {
            "Nothing was imported: a file cannot be used.".to_owned()
        } else {
            "Dry run: nothing was changed.".to_owned()
        });
    }
    if unreadable {
        return Err("a file cannot be used; the old edition is untouched".into());
    }
    if refused > 0 && !options.list_refused {
        return Err(format!(
            "{refused} rows were refused; `--list-refused` says that this is known"
        )
        .into());
    }
    compose::runtime()?.block_on(db.close())?;
    Ok(())
}

fn print(file: &FileReport) {
    say(format!(
        "{} ({}{}): rows {}, added {}, changed {}, unchanged {}, vanished {}, refused {}, outside {}, odd {}, doubtful pairs {}",
        file.file,
        if file.source.is_empty() {
            "unknown"
        } else {
            &file.source
        },
        if file.as_of.is_empty() {
            String::new()
        } else {
            format!(", {}", file.as_of)
        },
        file.read,
        file.added,
        file.changed,
        file.unchanged + file.merged,
        file.vanished,
        file.refused,
        file.outside,
        file.suspicious,
        file.doubtful,
    ));
    if let Some(why) = &file.unreadable {
        say(format!("  cannot be used: {} {}", why.why, why.detail));
    }
    for remark in &file.refusals {
        say(format!(
            "  line {}: refused, {}: {}",
            remark.line, remark.why, remark.detail
        ));
    }
    for remark in &file.remarks {
        say(format!(
            "  line {}: {} {} {}",
            remark.line, remark.name, remark.why, remark.detail
        ));
    }
}

/// Takes the newest accepted edition back.
///
/// # Errors
/// When it is not the newest, or is not accepted.
pub fn take_back(config: &Config, number: i64) -> Outcome {
    let (db, _) = compose::open_existing(config)?;
    let viewer = terminal(db.env().now());
    match undo::undo(&db, &viewer, number) {
        Err(ImportError::State(_)) => undo::discard(&db, number)?,
        other => other?,
    }
    say(format!("Edition {number} is taken back."));
    compose::runtime()?.block_on(db.close())?;
    Ok(())
}

/// Names the publishers' pages; nothing is fetched over the network by this program: the files come by hand or by the
/// machine's own means, and `renkei directory import` takes them.
///
/// # Errors
/// None of its own.
pub fn fetch(config: &Config, from: Option<&Path>, dry_run: bool) -> Outcome {
    let Some(folder) = from else {
        for (source, page, what) in PUBLISHERS {
            say(format!("{source}: {page}\n  {what}"));
        }
        say(
            "Download the files of the newest edition into a folder, then: renkei directory fetch --from FOLDER",
        );
        return Ok(());
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(|e| Fault::from(format!("{}: {e}", folder.display())))?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|p| {
            p.extension().is_some_and(|e| {
                ["csv", "zip", "xlsx", "tsv"]
                    .iter()
                    .any(|x| e.eq_ignore_ascii_case(x))
            })
        })
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(format!("{}: no CSV, XLSX or ZIP there", folder.display()).into());
    }
    let options = ImportOptions {
        dry_run,
        json: false,
        list_refused: true,
        everywhere: false,
        as_of: None,
        kind: None,
        mapping: None,
    };
    import(config, &files, &options)
}

/// Writes the accepted rows of all publications as the area's compact tables.
///
/// # Errors
/// When a table cannot be written.
pub fn distill(config: &Config, out: &Path) -> Outcome {
    let (db, _) = compose::open_existing(config)?;
    for (name, rows) in directory::distill(&db, out)? {
        say(format!("{name}: {rows} rows"));
    }
    compose::runtime()?.block_on(db.close())?;
    Ok(())
}
