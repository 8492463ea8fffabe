//! The small list beside the intake screen: earlier calls about the same pseudonym or from the same number.

use axum::{extract::Path, response::IntoResponse};
use maud::{Markup, html};
use web::{Ctx, ui};

use super::store::{self as sql, Same};
use crate::{
    codes::List,
    followup::pages::{start, state_word},
    i18n::t,
    lanes::pages::words::Towns,
    list::parse,
    model::{Consultation, ConsultationId, State},
};

/// `GET /consultations/{id}/earlier`: a fragment; the address carries neither number nor name.
pub(crate) async fn fragment(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let id: ConsultationId = parse(&id)?;
    let desk = cx.require_me()?.organisation;
    let (found, towns) = cx
        .db()
        .read::<_, web::Error>(&cx.viewer(), move |conn| {
            Ok((sql::earlier(conn, desk, id)?, Towns::read(conn)?))
        })
        .await?;
    if !found.is_empty() {
        let ids: Vec<String> = found.iter().map(|(_, one)| one.id.to_string()).collect();
        cx.db()
            .write::<_, store::Error>(&cx.viewer(), move |tx| {
                tx.audit(
                    store::Audit::new("consultations.earlier", "consultation")
                        .id(id.uuid())
                        .subject(desk.uuid())
                        .field("ids", None::<String>, Some(ids.join(" "))),
                )
            })
            .await?;
    }
    let lines = found
        .iter()
        .map(|(same, one)| line(&cx, &towns, *same, one))
        .collect::<web::Result<Vec<Markup>>>()?;
    let body = html! {
        div #earlier {
            @if lines.is_empty() { p.sub { (t!(cx, "earlier-none")) } }
            @else { ul.plain { @for line in &lines { (line) } } }
        }
    };
    Ok(body.into_response())
}

fn line(cx: &Ctx, towns: &Towns, same: Same, one: &Consultation) -> web::Result<Markup> {
    let texts = one.texts(cx.db().key())?;
    let path = format!("/consultations/{}", one.id);
    let why = match same {
        Same::Person => t!(cx, "earlier-person"),
        Same::Caller => t!(cx, "earlier-caller"),
    };
    Ok(html! {
        li {
            (ui::badge(ui::Tone::Plain, why)) " "
            a href=(cx.url(&path)) { (ui::date(cx, one.received_at.date_jst())) " " (towns.name(cx.lang, &one.fields.municipality)) " " (List::Category.word(one.fields.category(), cx.lang)) }
            " " span.sub { (state_word(cx, one.state)) @if !one.fields.result.is_empty() { " " (List::Result.word(&one.fields.result, cx.lang)) } }
            br; span lang="ja" { (start(&texts.asked)) }
            @if one.state == State::Closed && one.own && crate::WRITE.decide(cx.me.as_ref()) == web::Decision::Allow {
                form.inline method="post" action=(cx.url(&format!("{path}/rang-again"))) {
                    input type="hidden" name="_csrf" value=(cx.csrf());
                    input type="hidden" name="version" value=(one.version);
                    " " (ui::button_small(t!(cx, "earlier-reopen")))
                }
            }
        }
    })
}
