//! The part of a record's page about hand-overs: what was handed over, what is proposed and why, and the two ways on.

use maud::{Markup, html};
use web::{Ctx, ui};

use super::{joint, pages::list::table, pages::words, store as sql};
use crate::{
    i18n::t,
    model::{Consultation, State},
};

/// For the desk's own page of a record.
///
/// # Errors
/// When the database fails.
pub async fn section(cx: &Ctx, record: &Consultation) -> web::Result<Markup> {
    let id = record.id;
    let (list, towns) = cx
        .db()
        .read::<_, store::Error>(&cx.viewer(), move |conn| {
            Ok((sql::of(conn, id)?, words::Towns::read(conn)?))
        })
        .await?;
    let list: Vec<&sql::Handover> = list.iter().collect();
    let reasons: Vec<String> = joint::reasons(&record.fields)
        .iter()
        .map(|rule| rule.reason.to_owned())
        .collect();
    let open = matches!(record.state, State::Open | State::Waiting)
        && record.own
        && crate::WRITE.decide(cx.me.as_ref()) == web::Decision::Allow;
    let path = format!("/consultations/{id}/handover");
    let title = t!(cx, "lanes-section");
    Ok(html! {
        section #handovers {
            h2 { (title) }
            @if list.is_empty() { p.sub { (t!(cx, "lanes-section-none")) } } @else { (table(cx, &towns, &list, &title)) }
            @if open && !reasons.is_empty() && list.iter().all(|one| one.kind != super::model::Kind::Joint) {
                (ui::notice(ui::Tone::Info, t!(cx, "lanes-joint-proposed"), html! { (words::reasons(cx, &reasons)) }))
            }
            @if open {
                p.actions.no-print {
                    (ui::link_button_second(cx.url(&format!("{path}?kind=handover")), t!(cx, "lanes-section-hand")))
                    (ui::link_button_second(cx.url(&format!("{path}?kind=joint")), t!(cx, "lanes-section-joint")))
                }
            }
        }
    })
}
