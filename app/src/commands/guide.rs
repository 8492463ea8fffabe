//! `renkei directory guide`: the booklet or a map as a PDF, without a browser.

use std::fs;
use std::path::Path;

use directory::guide::content::Part;
use directory::guide::gather::{Ask, gather, lang_of};
use kernel::Env;

use super::{Outcome, demo, say};
use crate::compose::{self, Fault};
use crate::config::Config;

/// Writes the document `kind` (`guide`, `medical` or `care`) of an area to `out`. Names with characters that the font does not
/// have are said before it is set.
///
/// # Errors
/// When there is no such area or kind, or the file cannot be written.
pub fn run(config: &Config, area: &str, kind: &str, lang: &str, out: &Path) -> Outcome {
    let (db, _) = compose::open_existing(config)?;
    let now = Env::system().now();
    let part = Part::from_code(kind)
        .ok_or_else(|| Fault::from(format!("`{kind}`: guide, medical or care")))?;
    let ask = Ask {
        part,
        scope: area.to_owned(),
        lang: lang_of(lang),
        day: now.date_jst(),
        publisher: String::new(),
        base: format!("{}{}", config.base_url, config.base_path),
        edition: None,
    };
    compose::runtime()?.block_on(async {
        let gathered = gather(&db, &demo::terminal(now), ask)
            .await?
            .ok_or_else(|| {
                Fault::from(format!(
                    "`{area}` is no area, district or municipality: area, odawara, 143847 …"
                ))
            })?;
        let missing = gathered.missing();
        for (name, characters) in &missing {
            say(format!("No font has: {characters} in {name}"));
        }
        let printed = print::print(gathered.document()?).await?;
        fs::write(out, &printed.pdf).map_err(|e| format!("{}: {e}", out.display()))?;
        say(format!(
            "{} pages, {} places, {} kB, {:.1} s: {}",
            printed.pages,
            gathered.book.count,
            printed.pdf.len() / 1000,
            (Env::system().now().micros() - now.micros()) as f64 / 1e6,
            out.display()
        ));
        db.close().await?;
        Ok::<(), Fault>(())
    })
}
