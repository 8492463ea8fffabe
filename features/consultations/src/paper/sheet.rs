//! The intake sheet as A4: every list of the intake screen as boxes, lines for words, the code at the foot.

use kernel::Lang;
use print::{Block, Sheet};

use crate::{codes::List, i18n::tl};

fn boxes(list: List, lang: Lang) -> String {
    list.all()
        .iter()
        .map(|c| format!("\u{25a1}{}", c.word(lang)))
        .collect::<Vec<_>>()
        .join("\u{3000}")
}

/// One sheet for a desk. `code`: the address in the QR code and the same to be typed.
pub(super) fn sheet(lang: Lang, desk: &str, towns: &[String], code: (String, String)) -> Sheet {
    let space = |lines: usize| "\n".repeat(lines);
    let town = towns
        .iter()
        .map(|t| format!("\u{25a1}{t}"))
        .collect::<Vec<_>>()
        .join("\u{3000}");
    let row = |label: String, text: String| (label, text);
    Sheet {
        title: tl!(lang, "sheet-title"),
        subtitle: desk.to_owned(),
        corner: vec![
            tl!(lang, "sheet-careful"),
            tl!(lang, "sheet-code", code = code.1.as_str()),
        ],
        blocks: vec![Block::Fields {
            rows: vec![
                row(tl!(lang, "sheet-when"), tl!(lang, "sheet-when-blank")),
                row(tl!(lang, "figures-town"), town),
                row(tl!(lang, "figures-by-channel"), boxes(List::Channel, lang)),
                row(tl!(lang, "figures-by-caller"), boxes(List::Caller, lang)),
                row(tl!(lang, "sheet-caller"), space(1)),
                row(tl!(lang, "sheet-person"), space(1)),
                row(tl!(lang, "sheet-age"), boxes(List::Age, lang)),
                row(tl!(lang, "sheet-care"), boxes(List::CareLevel, lang)),
                row(
                    tl!(lang, "figures-by-category"),
                    boxes(List::Category, lang),
                ),
                row(tl!(lang, "figures-by-scene"), boxes(List::Scene, lang)),
                row(tl!(lang, "sheet-treatment"), boxes(List::Treatment, lang)),
                row(tl!(lang, "sheet-urgency"), boxes(List::Urgency, lang)),
                row(tl!(lang, "sheet-asked"), space(5)),
                row(tl!(lang, "sheet-answer"), space(5)),
                row(tl!(lang, "sheet-referred"), space(1)),
                row(tl!(lang, "figures-by-result"), boxes(List::Result, lang)),
                row(tl!(lang, "figures-by-met"), boxes(List::NeedMet, lang)),
                row(tl!(lang, "sheet-minutes"), tl!(lang, "sheet-minutes-blank")),
            ],
        }],
        foot: tl!(lang, "sheet-foot"),
        qr: Some((code.0, tl!(lang, "sheet-qr", code = code.1))),
        ..Sheet::default()
    }
}
