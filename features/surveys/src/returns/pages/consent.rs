//! 内容確認 behind a link: the own part as it would stand, 了承 or 修正. What others answered is not seen here.

use axum::extract::Path;
use maud::{Markup, html};
use web::{Ctx, FlashKind, Form, Values, ui};

use super::{
    Loaded, due, parse,
    public::{done, hash, page, page_path, viewer},
};
use crate::{
    i18n::t,
    pages::again::Again,
    returns::actions,
    rounds::{
        actions::Refusal,
        model::{Check, Version, VersionId},
        pages::{answers, words},
    },
};

/// The card, while the office waits for consent or after it was given.
pub(super) fn card(
    cx: &Ctx,
    loaded: &Loaded,
    path: &str,
    version: Option<&Version>,
    again: &Again,
) -> Markup {
    let (reply, round) = (&loaded.whole.reply, &loaded.whole.round);
    let Some(version) = version.filter(|_| reply.check != Check::None) else {
        return html! {};
    };
    if reply.agreed() {
        return ui::card(
            t!(cx, "rounds-check-title"),
            html! { p { (t!(cx, "rounds-check-agreed")) } },
        );
    }
    ui::card_waits(
        t!(cx, "rounds-check-title"),
        html! {
            p { (t!(cx, "rounds-check-silence-text")) }
            (ui::dl(&[(t!(cx, "rounds-check-due"), match round.check_due { Some(_) => ui::date_opt(cx, round.check_due), None => due(cx, reply, round) })]))
            (ui::details(t!(cx, "rounds-own-part"), answers(cx, &round.catalogue, &version.answers)))
            (ui::form(cx, &format!("{path}/agree"), html! {
                input type="hidden" name="version" value=(version.id);
                div.actions { (ui::button(t!(cx, "rounds-agree"))) }
            }))
            (ui::form(cx, &format!("{path}/change"), html! {
                (ui::field(cx, &again.field("note", t!(cx, "rounds-change-note")).kind(ui::Kind::Textarea { rows: 3 }).maxlength(2000).required()))
                div.actions { (ui::button_second("step", "change", t!(cx, "rounds-change"))) }
            }))
        },
    )
}

/// `POST /surveys/forms/{token}/agree`
pub(in crate::returns) async fn agree(
    cx: Ctx,
    Path(token): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let (version, hash): (VersionId, String) = (parse(values.text("version"))?, hash(&cx, &token)?);
    let made = cx
        .db()
        .write(&viewer(&cx), move |tx| {
            actions::agree_linked(tx, &hash, version)
        })
        .await;
    if let Err(refusal @ (Refusal::Overtaken | Refusal::Missing(_))) = &made {
        let again = Again::refused(values, "note", words(&cx, refusal)).overtaken();
        return page(&cx, &token, &again).await;
    }
    done(&cx, made)?;
    cx.flash(FlashKind::Good, &t!(cx, "rounds-agreed"));
    Ok(cx.redirect(&page_path(&token)))
}

/// `POST /surveys/forms/{token}/change`
pub(in crate::returns) async fn change(
    cx: Ctx,
    Path(token): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let (note, hash) = (values.text("note").to_owned(), hash(&cx, &token)?);
    if !(1..=2000).contains(&note.chars().count()) {
        let again = Again::refused(values, "note", t!(cx, "rounds-error-note"));
        return page(&cx, &token, &again).await;
    }
    let made = cx
        .db()
        .write(&viewer(&cx), move |tx| {
            actions::change_linked(tx, &hash, &note)
        })
        .await;
    if let Err(refusal @ Refusal::Missing(_)) = &made {
        let again = Again::refused(values, "note", words(&cx, refusal));
        return page(&cx, &token, &again).await;
    }
    done(&cx, made)?;
    cx.flash(FlashKind::Good, &t!(cx, "rounds-changing"));
    Ok(cx.redirect(&page_path(&token)))
}
