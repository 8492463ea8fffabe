//! The open cases on paper, for a day without power: after confirming who one is, with an audit row, marked 取扱注意.

use kernel::OrganisationId;
use print::{Block, Sheet};
use store::{Audit, Conn, Error, Result};
use web::Ctx;

use crate::{codes::List, i18n::tl, model::Consultation};

store::statements! {
    pub OPEN = crate::consultation_select!("WHERE (CAST(:desk AS BLOB) IS NULL OR c.tenant = :desk)
        AND c.state IN ('open', 'waiting', 'handed_over') ORDER BY c.received_at DESC, c.id LIMIT :most");
}

/// The open cases of a desk (of all that the viewer reads, without one), latest first.
pub(super) fn open_cases(
    conn: &mut Conn,
    desk: Option<OrganisationId>,
    most: i64,
) -> Result<Vec<Consultation>> {
    conn.all(
        &OPEN,
        store::params! {"desk" => desk, "most" => most},
        crate::store::read,
    )
}

/// `GET /consultations/open-cases.pdf`
pub(crate) async fn send(cx: Ctx) -> web::Result {
    let me = cx.require_recent()?;
    let (desk, name, lang) = (me.organisation, me.organisation_name.clone(), cx.lang);
    let (cases, towns) = cx
        .db()
        .read::<_, Error>(&cx.viewer(), move |conn| {
            Ok((
                open_cases(conn, Some(desk), 500)?,
                areas::store::municipalities(conn)?,
            ))
        })
        .await?;
    let audit = Audit::new("consultations.emergency.print", "consultation")
        .subject(desk.uuid())
        .field("cases", None::<String>, Some(cases.len().to_string()));
    cx.db().audit(&cx.viewer(), audit).await?;
    let town = |code: &str| {
        towns
            .iter()
            .find(|t| t.code == code)
            .map_or(code, |t| t.name(lang))
            .to_owned()
    };
    let words = |list: List, codes: &[String]| {
        codes
            .iter()
            .map(|c| list.word(c, lang))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut blocks = vec![Block::Note {
        text: tl!(lang, "emergency-note", count = cases.len()),
    }];
    for case in &cases {
        let texts = case.texts(cx.db().key())?;
        let f = &case.fields;
        let heading = format!(
            "{}\u{3000}{}\u{3000}{}",
            case.reference(),
            town(&f.municipality),
            kernel::format_time(case.received_at, lang)
        );
        blocks.push(Block::Heading {
            level: 3,
            text: heading,
        });
        let caller = [
            List::Caller.word(&f.caller, lang),
            texts.caller_office.clone(),
            texts.caller_name.clone(),
            texts.caller_phone.clone(),
        ];
        let mut rows = vec![
            (
                tl!(lang, "figures-by-caller"),
                caller
                    .into_iter()
                    .filter(|t| !t.is_empty())
                    .collect::<Vec<_>>()
                    .join("\u{3000}"),
            ),
            (
                tl!(lang, "sheet-person"),
                [texts.person.clone(), texts.place.clone()]
                    .into_iter()
                    .filter(|t| !t.is_empty())
                    .collect::<Vec<_>>()
                    .join("\u{3000}"),
            ),
            (
                tl!(lang, "figures-by-category"),
                words(List::Category, &f.categories),
            ),
            (
                tl!(lang, "sheet-treatment"),
                words(List::Treatment, &f.treatments),
            ),
            (
                tl!(lang, "sheet-urgency"),
                List::Urgency.word(&f.urgency, lang),
            ),
            (tl!(lang, "sheet-asked"), texts.asked.clone()),
            (tl!(lang, "sheet-answer"), texts.answer.clone()),
        ];
        if let Some(day) = f.follow_up_on {
            rows.push((
                tl!(lang, "emergency-follow"),
                kernel::format_date(day, lang),
            ));
        }
        rows.retain(|(_, text)| !text.is_empty());
        blocks.push(Block::Fields { rows });
    }
    let sheet = Sheet {
        title: tl!(lang, "emergency-title"),
        subtitle: name.clone(),
        corner: vec![
            tl!(lang, "sheet-careful"),
            kernel::format_time(cx.now, lang),
        ],
        blocks,
        foot: tl!(lang, "emergency-foot"),
        ..Sheet::default()
    };
    let made = sheet
        .document()
        .map_err(|error| web::Error::unexpected(error.to_string()))?;
    let bytes = print::render(made)
        .await
        .map_err(|error| web::Error::unexpected(error.to_string()))?;
    Ok(cx.download("open-cases.pdf", "application/pdf", bytes))
}
