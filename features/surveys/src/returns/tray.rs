//! Forms that come back on paper: what is printed, and where the scan belongs.
//!
//! A form goes to the municipality and comes back to the office that asks, so its code is that office's. Who types it in does so
//! as 代理入力.

use forms::files::{self, BlankKind, Given};
use inbox::{Place, Question, Receiver, Sheet, ShortCode};
use kernel::Lang;
use store::Conn;
use web::Ctx;

use super::{
    pages::Loaded,
    paper,
    store::{self as sql, Whole},
};
use crate::{
    i18n::tl,
    rounds::{
        model::{ReplyId, RoundId},
        store as rounds,
    },
};

/// Lines for an answer of some sentences.
const ROWS: u8 = 7;

/// Forms of rounds; kept three years, like the rest of a round's papers.
pub(crate) static RECEIVER: Receiver = Receiver {
    prefix: "return",
    place,
    open,
    arrived: None,
    keep_days: 3 * 365,
};

/// What the code on a form stands for.
pub(super) fn target(round: RoundId, reply: ReplyId) -> String {
    format!("{}:{round}.{reply}", RECEIVER.prefix)
}

fn named(lang: Lang, name: &str, title: &str, round: RoundId, reply: ReplyId) -> Place {
    Place {
        title: tl!(lang, "returns-tray-title", name = name, title = title),
        path: format!("/surveys/rounds/{round}/enter/{reply}"),
    }
}

fn place(conn: &mut Conn, lang: Lang, rest: &str) -> store::Result<Option<Place>> {
    let ids = rest
        .split_once('.')
        .and_then(|(a, b)| Some((a.parse::<RoundId>().ok()?, b.parse::<ReplyId>().ok()?)));
    let Some((round, reply)) = ids else {
        return Ok(None);
    };
    let found =
        rounds::reply_asked(conn, reply).and_then(|found| Ok((found, rounds::round(conn, round)?)));
    match found {
        Ok((found, asked)) if found.round == round => Ok(Some(named(
            lang,
            &found.name,
            asked.title(lang),
            round,
            reply,
        ))),
        Ok(_) | Err(store::Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn open(conn: &mut Conn, lang: Lang) -> store::Result<Vec<(String, Place)>> {
    let all = sql::awaited(conn)?;
    Ok(all
        .into_iter()
        .map(|a| {
            let title = crate::model::pick(lang, &a.title, &a.title_en);
            (
                format!("{}.{}", a.round, a.reply),
                named(lang, &a.name, title, a.round, a.reply),
            )
        })
        .collect())
}

/// The form as A4 to be filled in by hand, with what is written already.
pub(super) async fn pdf(cx: &Ctx, loaded: &Loaded) -> web::Result<Vec<u8>> {
    let Whole {
        reply,
        round,
        fields,
    } = &loaded.whole;
    let (target, asker, id) = (target(round.id, reply.id), round.asker, cx.env().id());
    let code: ShortCode = cx
        .db()
        .write(&cx.viewer(), move |tx| inbox::code(tx, id, &target, asker))
        .await?;
    let paper = paper::paper(round, reply, fields, &loaded.last, &loaded.office);
    let sheet = Sheet {
        title: paper.title,
        respondent: paper.respondent,
        lead: paper.lead,
        questions: paper.blanks.iter().map(question).collect(),
    };
    let document = sheet
        .document(&cx.app, code)
        .map_err(|error| web::Error::Unexpected(Box::new(error)))?;
    print::render(document)
        .await
        .map_err(|error| web::Error::Unexpected(Box::new(error)))
}

fn question(blank: &files::Blank) -> Question {
    let marked = |options: &[String], chosen: &[String]| {
        let line = |option: &String| {
            let box_ = if chosen.contains(option) {
                '\u{25a0}'
            } else {
                '\u{25a1}'
            };
            format!("{box_} {option}")
        };
        options.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    let (text, chosen) = match &blank.given {
        Given::Text(text) => (text.clone(), Vec::new()),
        Given::Chosen(chosen) => (String::new(), chosen.clone()),
        _ => (String::new(), Vec::new()),
    };
    let (given, rows) = match &blank.kind {
        BlankKind::Long => (text, ROWS),
        BlankKind::Short | BlankKind::Number { .. } | BlankKind::Date => (text, 1),
        BlankKind::Choice { options, .. } => (marked(options, &chosen), 1),
        BlankKind::Table { columns, .. } => (columns.join(" / "), ROWS),
        BlankKind::Elsewhere => (text, 1),
    };
    Question {
        number: blank.number.clone(),
        label: blank.label.clone(),
        help: blank.help.clone(),
        given,
        rows,
    }
}
