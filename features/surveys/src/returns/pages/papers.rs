//! Papers of a round as DOCX and PDF, always Japanese: the 照会文書, and the answers as they go round for approval (起案).

use axum::extract::Path;
use forms::files::{Part, letter as docx};
use kernel::Lang;
use maud::{Markup, html};
use print::{Block, Letter, PrintError, Sheet};
use store::Conn;
use web::{
    Ctx, FileKind,
    ui::{self, Tone},
};

use super::{Loaded, file_name, office_name, parse};
use crate::{
    i18n::{t, tl},
    rounds::{
        model::{Range, Round, RoundId},
        store as rounds,
    },
};

const JA: Lang = Lang::Ja;

fn unexpected(error: PrintError) -> web::Error {
    web::Error::Unexpected(Box::new(error))
}

/// Characters and variants that the font for paper does not have: a PDF shows a box or the common shape in their place.
pub(super) fn missing(text: &str) -> Vec<String> {
    let mut bad: Vec<String> = print::missing_glyphs(text)
        .into_iter()
        .map(|c| format!("{c} (U+{:04X})", u32::from(c)))
        .collect();
    bad.extend(print::missing_variants(text));
    bad
}

/// Says before printing what a PDF cannot show; nothing when everything can be shown.
pub(super) fn notice(cx: &Ctx, text: &str) -> Markup {
    let bad = missing(text);
    html! {
        @if !bad.is_empty() {
            (ui::notice(Tone::Warn, t!(cx, "papers-missing"), html! {
                p { (t!(cx, "papers-missing-text", letters = bad.join(" "))) }
            }))
        }
    }
}

/// Everything that a letter prints.
pub(super) fn letter_text(round: &Round) -> String {
    let letter = &round.letter;
    [
        &letter.number,
        &letter.to,
        &letter.body,
        &letter.contact,
        &round.title,
    ]
    .map(String::as_str)
    .join("\n")
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
        let word = tl!(JA, "returns-letter");
        format!("{word}_{}.{end}", round.title)
    };
    match file.as_str() {
        "letter.docx" => {
            let bytes = docx(&parts(&round, &office))
                .map_err(|error| web::Error::Unexpected(Box::new(error)))?;
            Ok(cx.download(&name("docx"), FileKind::Docx.mime(), bytes))
        }
        "letter.pdf" => {
            let letter = letter(&cx, &round, &office);
            let bytes = print::render(letter.document().map_err(unexpected)?)
                .await
                .map_err(unexpected)?;
            Ok(cx.download(&name("pdf"), FileKind::Pdf.mime(), bytes))
        }
        _ => Err(web::Error::NotFound),
    }
}

/// What stands below 記: last day, how to answer, what is asked, whom to ask.
fn items(round: &Round) -> Vec<(String, String)> {
    let letter = &round.letter;
    let mut rows = Vec::new();
    if let Some(due) = letter.due {
        rows.push((tl!(JA, "returns-letter-due"), kernel::format_date(due, JA)));
    }
    rows.push((
        tl!(JA, "returns-letter-form"),
        tl!(JA, "returns-letter-form-text"),
    ));
    let asked: Vec<String> = round
        .catalogue
        .fields
        .iter()
        .map(|f| format!("{}\u{3000}{}", f.number, f.label.ja))
        .collect();
    rows.push((tl!(JA, "returns-letter-questions"), asked.join("\n")));
    rows.push((tl!(JA, "returns-letter-contact"), letter.contact.clone()));
    rows
}

/// The letter as an office writes it, for a word processor.
fn parts(round: &Round, office: &str) -> Vec<Part> {
    let letter = &round.letter;
    let mut out = Vec::new();
    if !letter.number.is_empty() {
        out.push(Part::Right(letter.number.clone()));
    }
    if let Some(date) = letter.date {
        out.push(Part::Right(kernel::format_date(date, JA)));
    }
    out.push(Part::Text(format!("{}\n", letter.to)));
    out.push(Part::Right(format!("{office}\n")));
    out.push(Part::Title(round.title.clone()));
    out.push(Part::Text(format!("{}\n", letter.body)));
    out.push(Part::Title(tl!(JA, "returns-letter-below")));
    let rows = items(round).into_iter().map(|(a, b)| vec![a, b]);
    out.push(Part::Table(rows.collect()));
    out
}

/// The same for paper.
fn letter(cx: &Ctx, round: &Round, office: &str) -> Letter {
    let letter = &round.letter;
    let lines = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|l| !l.trim().is_empty())
            .map(str::to_owned)
            .collect()
    };
    Letter {
        number: letter.number.clone(),
        date: letter
            .date
            .map(|d| kernel::format_date(d, JA))
            .unwrap_or_default(),
        to: lines(&letter.to),
        from: vec![office.to_owned()],
        subject: round.title.clone(),
        body: lines(&letter.body),
        items: items(round),
        qr: Some((
            cx.app.public_url("/surveys/rounds"),
            tl!(JA, "papers-letter-code"),
        )),
        ..Letter::default()
    }
}

/// One question as it goes round for approval: number, question, answer, how far it may go.
struct Answered {
    number: String,
    label: String,
    text: String,
    range: String,
}

fn answered(loaded: &Loaded) -> Vec<Answered> {
    let round = &loaded.whole.round;
    let one = |field: &forms::Field| {
        let draft = loaded.whole.fields.iter().find(|f| f.field == field.key);
        let names: Vec<&str> = loaded
            .files
            .iter()
            .filter(|f| f.field == field.key)
            .map(|f| f.name.as_str())
            .collect();
        let text = match draft {
            _ if !names.is_empty() => names.join("\n"),
            None => tl!(JA, "returns-unanswered"),
            Some(draft) if draft.value.is_blank() => tl!(JA, "returns-blank"),
            Some(draft) => draft.value.plain(field, JA),
        };
        Answered {
            number: field.number.clone(),
            label: field.label.ja.clone(),
            text,
            range: range_word(draft.map_or(round.default_range, |d| d.range)),
        }
    };
    round.catalogue.fields.iter().map(one).collect()
}

/// Everything that the sheet for approval prints of this municipality.
pub(super) fn approval_text(loaded: &Loaded) -> String {
    let texts = answered(loaded).into_iter().map(|a| a.label + &a.text);
    texts.collect::<Vec<_>>().join("\n")
}

fn facts(loaded: &Loaded) -> Vec<(String, String)> {
    let (reply, round) = (&loaded.whole.reply, &loaded.whole.round);
    let mut facts = vec![
        (tl!(JA, "returns-approval-asker"), loaded.office.clone()),
        (
            tl!(JA, "returns-decision-number"),
            round.letter.number.clone(),
        ),
    ];
    if let Some(due) = reply.due(round) {
        facts.push((tl!(JA, "returns-letter-due"), kernel::format_date(due, JA)));
    }
    facts
}

fn range_word(range: Range) -> String {
    match range {
        Range::Public => tl!(JA, "returns-range-public"),
        Range::Meeting => tl!(JA, "returns-range-meeting"),
        Range::Offices => tl!(JA, "returns-range-offices"),
    }
}

/// The answers for approval, as `docx` or `pdf`.
pub(super) async fn approval(cx: &Ctx, loaded: &Loaded, format: &str) -> web::Result {
    let whole = &loaded.whole;
    let word = tl!(JA, "returns-approval");
    let name = file_name(&whole.reply, &whole.round, format);
    let (mime, bytes) = match format {
        "docx" => (
            FileKind::Docx.mime(),
            docx(&approval_parts(loaded))
                .map_err(|error| web::Error::Unexpected(Box::new(error)))?,
        ),
        "pdf" => {
            let document = approval_sheet(loaded).document().map_err(unexpected)?;
            let bytes = print::render(document).await.map_err(unexpected)?;
            (FileKind::Pdf.mime(), bytes)
        }
        _ => return Err(web::Error::NotFound),
    };
    Ok(cx.download(&format!("{word}_{name}"), mime, bytes))
}

fn approval_parts(loaded: &Loaded) -> Vec<Part> {
    let (reply, round) = (&loaded.whole.reply, &loaded.whole.round);
    let facts = facts(loaded).into_iter().map(|(a, b)| vec![a, b]);
    let mut out = vec![
        Part::Right(tl!(
            JA,
            "returns-approval-corner",
            name = reply.name.as_str()
        )),
        Part::Title(tl!(
            JA,
            "returns-approval-title",
            title = round.title.as_str()
        )),
        Part::Table(facts.collect()),
        Part::Text(String::new()),
    ];
    for one in answered(loaded) {
        out.push(Part::Table(vec![
            vec![one.number, one.label],
            vec![tl!(JA, "returns-approval-answer"), one.text],
            vec![tl!(JA, "returns-approval-range"), one.range],
        ]));
    }
    out.push(Part::Text(tl!(JA, "returns-approval-after")));
    out
}

fn approval_sheet(loaded: &Loaded) -> Sheet {
    let (reply, round) = (&loaded.whole.reply, &loaded.whole.round);
    let mut blocks = vec![Block::Fields {
        rows: facts(loaded),
    }];
    let bad = missing(&approval_text(loaded));
    if !bad.is_empty() {
        let text = tl!(JA, "papers-missing-text", letters = bad.join(" "));
        blocks.push(Block::Note { text });
    }
    for one in answered(loaded) {
        blocks.push(Block::Heading {
            level: 2,
            text: format!("{} {}", one.number, one.label).trim().to_owned(),
        });
        blocks.push(Block::Text { text: one.text });
        blocks.push(Block::Fields {
            rows: vec![(tl!(JA, "returns-approval-range"), one.range)],
        });
    }
    blocks.push(Block::Text {
        text: tl!(JA, "returns-approval-after"),
    });
    Sheet {
        title: tl!(JA, "returns-approval-title", title = round.title.as_str()),
        corner: vec![tl!(
            JA,
            "returns-approval-corner",
            name = reply.name.as_str()
        )],
        blocks,
        ..Sheet::default()
    }
}
