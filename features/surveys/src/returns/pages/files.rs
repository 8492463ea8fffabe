//! Downloads: the form, the letter, the sheet for 起案.

use axum::extract::Path;
use forms::files::{Part, letter};
use kernel::Lang;
use store::Conn;
use web::{Ctx, FileKind};

use super::{Loaded, file_name, load_mine, office_name, parse, rest};
use crate::{
    i18n::tl,
    returns::{
        paper::{self, Format},
        store::Whole,
    },
    rounds::{
        model::{Range, ReplyId, Round, RoundId},
        store as rounds,
    },
};

/// `GET /surveys/replies/{id}/form/{file}`
pub(in crate::returns) async fn mine(
    cx: Ctx,
    Path((id, file)): Path<(String, String)>,
) -> web::Result {
    let id: ReplyId = parse(&id)?;
    let loaded = load_mine(&cx, id).await?;
    send(&cx, &loaded, &file).await
}

/// Sends one of the files of an answer.
pub(super) async fn send(cx: &Ctx, loaded: &Loaded, file: &str) -> web::Result {
    let whole = &loaded.whole;
    if file == "approval.docx" {
        let bytes =
            letter(&approval(loaded)).map_err(|error| web::Error::Unexpected(Box::new(error)))?;
        let name = file_name(&whole.reply, &whole.round, "docx");
        let word = tl!(Lang::Ja, "returns-approval");
        return Ok(cx.download(&format!("{word}_{name}"), FileKind::Docx.mime(), bytes));
    }
    let format = Format::of_name(file).ok_or(web::Error::NotFound)?;
    let paper = paper::paper(
        &whole.round,
        &whole.reply,
        &whole.fields,
        &loaded.last,
        &loaded.office,
    );
    let bytes = paper::write(cx, paper, format).await?;
    let name = file_name(&whole.reply, &whole.round, format.end());
    Ok(cx.download(&name, format.mime(), bytes))
}

/// `GET /surveys/rounds/{id}/forms/{reply}/{file}`: without what the municipality has written, which the office that asks may not
/// read yet.
pub(in crate::returns) async fn empty(
    cx: Ctx,
    Path((round, reply, file)): Path<(String, String, String)>,
) -> web::Result {
    let (round, reply): (RoundId, ReplyId) = (parse(&round)?, parse(&reply)?);
    let read = move |conn: &mut Conn| {
        let reply = rounds::reply_asked(conn, reply)?;
        if reply.round != round {
            return Err(store::Error::NotFound);
        }
        let round = rounds::round(conn, round)?;
        let fields = Vec::new();
        rest(
            conn,
            Whole {
                reply,
                round,
                fields,
            },
        )
    };
    let loaded = cx.db().read(&cx.viewer(), read).await?;
    send(&cx, &loaded, &file).await
}

/// `GET /surveys/rounds/{id}/papers/{file}`: the letter.
pub(in crate::returns) async fn papers(
    cx: Ctx,
    Path((id, file)): Path<(String, String)>,
) -> web::Result {
    let id: RoundId = parse(&id)?;
    let read = move |conn: &mut Conn| {
        let round = rounds::round(conn, id)?;
        let office = office_name(conn, &round)?;
        Ok::<_, store::Error>((round, office))
    };
    let (round, office) = cx.db().read(&cx.viewer(), read).await?;
    let name = |end: &str| {
        let word = tl!(Lang::Ja, "returns-letter");
        format!("{word}_{}.{end}", round.title)
    };
    match file.as_str() {
        "letter.docx" => {
            let bytes = letter(&parts(&round, &office))
                .map_err(|error| web::Error::Unexpected(Box::new(error)))?;
            Ok(cx.download(&name("docx"), FileKind::Docx.mime(), bytes))
        }
        _ => Err(web::Error::NotFound),
    }
}

/// The letter as an office writes it; always Japanese.
fn parts(round: &Round, office: &str) -> Vec<Part> {
    let ja = Lang::Ja;
    let letter = &round.letter;
    let day = |day| kernel::format_date(day, ja);
    let mut out = Vec::new();
    if !letter.number.is_empty() {
        out.push(Part::Right(letter.number.clone()));
    }
    if let Some(date) = letter.date {
        out.push(Part::Right(day(date)));
    }
    out.push(Part::Text(format!("{}\n", letter.to)));
    out.push(Part::Right(format!("{office}\n")));
    out.push(Part::Title(round.title.clone()));
    out.push(Part::Text(format!("{}\n", letter.body)));
    out.push(Part::Title(tl!(ja, "returns-letter-below")));
    let mut rows = Vec::new();
    if let Some(due) = letter.due {
        rows.push(vec![tl!(ja, "returns-letter-due"), day(due)]);
    }
    rows.push(vec![
        tl!(ja, "returns-letter-form"),
        tl!(ja, "returns-letter-form-text"),
    ]);
    let asked: Vec<String> = round
        .catalogue
        .fields
        .iter()
        .map(|f| format!("{}\u{3000}{}", f.number, f.label.ja))
        .collect();
    rows.push(vec![tl!(ja, "returns-letter-questions"), asked.join("\n")]);
    rows.push(vec![
        tl!(ja, "returns-letter-contact"),
        letter.contact.clone(),
    ]);
    out.push(Part::Table(rows));
    out
}

/// The answers as they go round for approval: what is asked, what is answered, how far it may go.
fn approval(loaded: &Loaded) -> Vec<Part> {
    let ja = Lang::Ja;
    let (reply, round) = (&loaded.whole.reply, &loaded.whole.round);
    let mut facts = vec![
        vec![tl!(ja, "returns-approval-asker"), loaded.office.clone()],
        vec![
            tl!(ja, "returns-decision-number"),
            round.letter.number.clone(),
        ],
    ];
    if let Some(due) = reply.due(round) {
        facts.push(vec![
            tl!(ja, "returns-letter-due"),
            kernel::format_date(due, ja),
        ]);
    }
    let mut out = vec![
        Part::Right(tl!(
            ja,
            "returns-approval-corner",
            name = reply.name.as_str()
        )),
        Part::Title(tl!(
            ja,
            "returns-approval-title",
            title = round.title.as_str()
        )),
        Part::Table(facts),
        Part::Text(String::new()),
    ];
    for field in &round.catalogue.fields {
        let draft = loaded.whole.fields.iter().find(|f| f.field == field.key);
        let text = match draft {
            None => tl!(ja, "returns-unanswered"),
            Some(draft) if draft.value.is_blank() => tl!(ja, "returns-blank"),
            Some(draft) => draft.value.plain(field, ja),
        };
        let range = draft.map_or(round.default_range, |d| d.range);
        out.push(Part::Table(vec![
            vec![field.number.clone(), field.label.ja.clone()],
            vec![tl!(ja, "returns-approval-answer"), text],
            vec![tl!(ja, "returns-approval-range"), range_word(range)],
        ]));
    }
    out.push(Part::Text(tl!(ja, "returns-approval-after")));
    out
}

fn range_word(range: Range) -> String {
    match range {
        Range::Public => tl!(Lang::Ja, "returns-range-public"),
        Range::Meeting => tl!(Lang::Ja, "returns-range-meeting"),
        Range::Offices => tl!(Lang::Ja, "returns-range-offices"),
    }
}
