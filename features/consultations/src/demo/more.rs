//! Beside the calls: a few stories on the shelf and residents who wait to be called, all marked 架空.

use kernel::Time;
use store::{Db, Error, Result, Viewer};

use super::Desk;
use crate::{
    callback::{
        model::{Channel, Hours},
        store::{self as callbacks, Texts},
    },
    codes::List,
    stories::{
        model::Words,
        store::{self as stories, New},
    },
};

/// Stories and requests of one desk.
pub(super) async fn load(db: &Db, desk: &Desk, first: bool) -> Result<()> {
    let env = db.env();
    let now = env.now();
    let viewer = Viewer::system("invented consultations", now);
    let mut shelf = Vec::new();
    for (at, line) in include_str!("../../data/demo_stories.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .enumerate()
    {
        let parts: Vec<&str> = line.split('\t').collect();
        let [
            title,
            categories,
            scenes,
            treatments,
            situation,
            together,
            outcome,
        ] = parts[..]
        else {
            continue;
        };
        if (at % 2 == 0) != first {
            continue;
        }
        let split = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        shelf.push(New {
            id: env.id(),
            desk: desk.id,
            consultation: None,
            words: Words {
                title: title.to_owned(),
                situation: situation.to_owned(),
                together: together.to_owned(),
                outcome: outcome.to_owned(),
            },
            masks: (
                List::Category.mask(&split(categories)),
                List::Scene.mask(&split(scenes)),
                List::Treatment.mask(&split(treatments)),
            ),
            by: None,
            name: String::new(),
            shared: desk.taker.map(|account| (account, String::new())),
            fictional: true,
        });
    }
    let mut waiting = Vec::new();
    let people = include_str!("../../data/demo_callbacks.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'));
    for (line, (town, _)) in people.zip(&desk.towns) {
        let Some((name, rest)) = line.split_once('\t') else {
            continue;
        };
        let (number, words) = rest.split_once('\t').unwrap_or((rest, ""));
        let id = env.id();
        let texts = Texts {
            name: name.to_owned(),
            number: number.to_owned(),
            words: words.to_owned(),
        };
        waiting.push(callbacks::New {
            id,
            desk: desk.id,
            town: town.clone(),
            texts: texts.seal(db.key(), id)?,
            hours: Hours::Morning,
            channel: Channel::Web,
            sender: None,
            promised_by: Time::from_jst_date(now.plus_days(1).date_jst()).plus_secs(17 * 3600),
            fictional: true,
        });
    }
    db.write::<_, Error>(&viewer, move |tx| {
        for new in shelf.iter().filter(|new| new.shared.is_some()) {
            stories::add(tx, new)?;
        }
        for new in &waiting {
            callbacks::add(tx, new)?;
        }
        Ok(())
    })
    .await
}
