//! `/consultations/sheets`: printing sheets, and beginning a record from one that came back.

use axum::extract::Path;
use kernel::{OrganisationId, Uuid};
use maud::html;
use store::{Audit, Error};
use web::{Ctx, Form, Values, ui};

use super::sheet::sheet;
use crate::{
    WRITE, actions,
    i18n::t,
    list::parse,
    model::{Fields, Hashes, NewConsultation, Origin, State},
    sealed::Texts,
};

/// `GET /consultations/sheets`
pub(crate) async fn show(cx: Ctx) -> web::Result {
    let writes = WRITE.decide(cx.me.as_ref()) == web::Decision::Allow;
    let body = html! {
        section.card {
            h2 { (t!(cx, "sheet-title")) }
            p { (t!(cx, "sheet-lead")) }
            @if writes {
                (ui::form(&cx, "/consultations/sheets", html! { div.actions { (ui::button(t!(cx, "sheet-print"))) } }))
            }
        }
        section.card {
            h2 { (t!(cx, "sheet-callback")) }
            p { a href=(cx.url("/call-back/paper.pdf")) { (t!(cx, "callback-paper-link")) } }
        }
        (ui::card_danger(t!(cx, "emergency-title"), html! {
            p { (t!(cx, "emergency-lead")) }
            p { a.btn.second href=(cx.url("/consultations/open-cases.pdf")) { (t!(cx, "emergency-print")) } }
        }))
    };
    Ok(cx
        .page(t!(cx, "sheet-page"))
        .nav("consultations")
        .crumbs(&[
            ("/consultations", t!(cx, "figures-desk")),
            ("", t!(cx, "sheet-page")),
        ])
        .body(body))
}

async fn towns(cx: &Ctx, desk: OrganisationId) -> web::Result<Vec<String>> {
    let lang = cx.lang;
    Ok(cx
        .db()
        .read::<_, Error>(&cx.viewer(), move |conn| {
            let all = areas::store::municipalities(conn)?;
            let acts: Vec<String> = areas::store::acts_for(conn, desk)?
                .into_iter()
                .filter_map(|o| o.municipality)
                .collect();
            Ok(all
                .into_iter()
                .filter(|t| acts.contains(&t.code))
                .map(|t| t.name(lang).to_owned())
                .collect())
        })
        .await?)
}

/// `POST /consultations/sheets`: one blank sheet with a code of its own.
pub(crate) async fn print_sheets(cx: Ctx, Form(_): Form<Values>) -> web::Result {
    let me = cx.require_me()?;
    let (desk, name) = (me.organisation, me.organisation_name.clone());
    let towns = towns(&cx, desk).await?;
    let (record, code): (Uuid, inbox::CodeId) = (cx.env().uuid(), cx.env().id());
    let code = cx
        .db()
        .write::<_, Error>(&cx.viewer(), move |tx| {
            let code = inbox::code(tx, code, &format!("consultation:{record}"), desk)?;
            tx.audit(Audit::new("consultations.sheet.print", "consultation").subject(desk.uuid()))?;
            Ok(code)
        })
        .await?;
    let made = sheet(
        cx.lang,
        &name,
        &towns,
        (code.address(&cx.app), code.to_string()),
    )
    .document()
    .map_err(|error| web::Error::unexpected(error.to_string()))?;
    let bytes = print::render(made)
        .await
        .map_err(|error| web::Error::unexpected(error.to_string()))?;
    Ok(cx.download("intake-sheet.pdf", "application/pdf", bytes))
}

/// `GET /consultations/sheets/{id}`: the picture that came back, and the way to type it in.
pub(crate) async fn begin(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let id = parse(&id)?;
    let there = cx
        .db()
        .read::<_, Error>(&cx.viewer(), move |conn| crate::store::get(conn, id))
        .await;
    if there.is_ok() {
        return Ok(cx.redirect(&format!("/consultations/{id}/edit")));
    }
    let papers = inbox::beside(&cx, &format!("consultation:{id}")).await?;
    if papers.0.is_empty() {
        return Err(Error::NotFound.into());
    }
    let form = ui::form(
        &cx,
        &format!("/consultations/sheets/{id}"),
        html! {
            p { (t!(cx, "sheet-begin-text")) }
            div.actions { (ui::button(t!(cx, "sheet-begin"))) }
        },
    );
    Ok(cx
        .page(t!(cx, "sheet-place"))
        .nav("consultations")
        .wide()
        .crumbs(&[
            ("/consultations", t!(cx, "figures-desk")),
            ("", t!(cx, "sheet-place")),
        ])
        .no_qr()
        .body(inbox::side_by_side(&papers, &form)))
}

/// `POST /consultations/sheets/{id}`: a draft under the id that the sheet carries.
pub(crate) async fn start(cx: Ctx, Path(id): Path<String>, Form(_): Form<Values>) -> web::Result {
    let id = parse(&id)?;
    let me = cx.require_me()?;
    let (desk, account) = (me.organisation, me.account);
    if inbox::beside(&cx, &format!("consultation:{id}"))
        .await?
        .0
        .is_empty()
    {
        return Err(Error::NotFound.into());
    }
    let new = NewConsultation {
        id,
        desk,
        fields: Fields {
            channel: "paper".to_owned(),
            urgency: "week".to_owned(),
            ..Fields::default()
        },
        texts: Texts::default().seal(cx.db().key(), id)?,
        hashes: Hashes::default(),
        received_at: cx.now,
        state: State::Draft,
        closed_at: None,
        taken_by: Some(account),
        origin: Origin::Paper,
        batch: None,
        fictional: false,
    };
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::create(tx, &new))
        .await;
    match made {
        Ok(()) | Err(actions::Refusal::Store(Error::Conflict { .. })) => {
            Ok(cx.redirect(&format!("/consultations/{id}/edit")))
        }
        Err(actions::Refusal::Store(error)) => Err(error.into()),
        Err(_) => Err(Error::NotFound.into()),
    }
}
