//! 内容確認: all accepted answers of the round as they would stand, the own part marked, 了承 or 修正.

use axum::extract::Path;
use maud::{Markup, html};
use store::Conn;
use web::{Ctx, Decision, FlashKind, Form, Values, ui};

use super::{board::check_word, crumbs, not_standing, parse, range_word, stands_for, value};
use crate::{
    i18n::t,
    pages::again::Again,
    rounds::{
        ANSWER, APPROVE,
        actions::{self, Refusal},
        model::{Check, Range, Reply, ReplyId, Round, Version, VersionId},
        store as sql,
    },
};

/// `GET /surveys/replies/{id}/check`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    page(&cx, parse(&id)?, &Again::fresh()).await
}

async fn page(cx: &Ctx, id: ReplyId, again: &Again) -> web::Result {
    let read = move |conn: &mut Conn| {
        let reply = sql::reply_mine(conn, id)?;
        let round = sql::round(conn, reply.round)?;
        let versions = sql::shared_versions(conn, reply.round)?;
        let towns = areas::store::municipalities(conn)?;
        Ok::<_, ::store::Error>((reply, round, versions, towns))
    };
    let (reply, round, versions, towns) = cx.db().read(&cx.viewer(), read).await?;
    if reply.check == Check::None {
        return Err(web::Error::NotFound);
    }
    let name = |version: &Version| {
        towns
            .iter()
            .find(|t| t.organisation == Some(version.tenant))
            .map_or_else(String::new, |t| t.name(cx.lang).to_owned())
    };
    let title = t!(cx, "rounds-check-title");
    let body = html! {
        (again.summary(cx))
        (ui::card(reply.name.as_str(), ui::dl(&[
            (t!(cx, "rounds-column-check"), check_word(cx, &reply)),
            (t!(cx, "rounds-check-due"), super::list::due(cx, round.check_due)),
        ])))
        (ui::notice(ui::Tone::Info, t!(cx, "rounds-check-silence"), html! { p { (t!(cx, "rounds-check-silence-text")) } }))
        (decide(cx, &reply, again))
        @for field in &round.catalogue.fields {
            section.card {
                h2 { span.num-question { (field.number) } " " (field.label.get(cx.lang)) }
                @for version in &versions {
                    @if let Some(given) = version.answers.get(&field.key) {
                        @let own = version.tenant == reply.tenant;
                        section class=[own.then_some("notice n-good")] {
                            h3 { (name(version)) @if own { " " (ui::badge(ui::Tone::Key, t!(cx, "rounds-own-part"))) } }
                            (value(cx, field, &given.value))
                            p.sub {
                                (range_word(cx, given.range))
                                @if given.range != Range::Public { " " (t!(cx, "rounds-not-published")) }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(cx
        .page(title.clone())
        .nav("surveys")
        .crumbs(&crumbs(cx, &round, &title))
        .sub(lead(cx, &round))
        .no_qr()
        .status(again.status)
        .body(body))
}

fn lead(cx: &Ctx, round: &Round) -> String {
    t!(cx, "rounds-check-page-lead", title = round.title(cx.lang))
}

fn decide(cx: &Ctx, reply: &Reply, again: &Again) -> Markup {
    let me = cx.me.as_ref();
    let stands = me.is_some_and(|me| stands_for(me, reply.tenant));
    let agrees = stands && APPROVE.decide(me) == Decision::Allow;
    let writes = stands && ANSWER.decide(me) == Decision::Allow;
    let action = |step: &str| format!("/surveys/replies/{}/{step}", reply.id);
    html! {
        @if agrees && !reply.agreed() {
            @if let Some(current) = reply.current {
                (ui::card_waits(t!(cx, "rounds-agree"), html! {
                    p { (t!(cx, "rounds-agree-lead")) }
                    (ui::form(cx, &action("agree"), html! {
                        input type="hidden" name="version" value=(current);
                        div.actions { (ui::button(t!(cx, "rounds-agree"))) }
                    }))
                }))
            }
        } @else if writes && !reply.agreed() {
            p.sub { (t!(cx, "rounds-agree-who")) }
        }
        @if !writes { (again.left(cx, &[("note", t!(cx, "rounds-change-note"))])) }
        @if writes {
            (ui::card(t!(cx, "rounds-change"), ui::form(cx, &action("change"), html! {
                (ui::field(cx, &again.field("note", t!(cx, "rounds-change-note")).kind(ui::Kind::Textarea { rows: 3 }).maxlength(2000).required()))
                div.actions { (ui::button(t!(cx, "rounds-change"))) }
            })))
        }
    }
}

/// Why this person may not decide for the municipality just now.
async fn standing(cx: &Ctx, id: ReplyId) -> web::Result<Option<String>> {
    let reply = cx
        .db()
        .read(&cx.viewer(), move |c| sql::reply_mine(c, id))
        .await?;
    not_standing(cx, reply.tenant)
}

async fn end(
    cx: &Ctx,
    id: ReplyId,
    made: Result<Reply, Refusal>,
    (said, to): (&str, &str),
    values: Values,
) -> web::Result {
    match made {
        Ok(_) => {
            cx.flash(FlashKind::Good, said);
            Ok(cx.redirect(to))
        }
        Err(refusal) => page(cx, id, &super::again(cx, refusal, values, "note")?).await,
    }
}

/// `POST /surveys/replies/{id}/agree`
pub(crate) async fn agree(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: ReplyId = parse(&id)?;
    let version: VersionId = parse(values.text("version"))?;
    if let Some(words) = standing(&cx, id).await? {
        return page(&cx, id, &Again::refused(values, "note", words)).await;
    }
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::decide::agree(tx, id, version)
        })
        .await;
    let back = format!("/surveys/replies/{id}/check");
    end(&cx, id, made, (&t!(cx, "rounds-agreed"), &back), values).await
}

/// `POST /surveys/replies/{id}/change`
pub(crate) async fn change(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: ReplyId = parse(&id)?;
    if let Some(words) = standing(&cx, id).await? {
        return page(&cx, id, &Again::refused(values, "note", words)).await;
    }
    let note = match super::read::note(&cx, &values) {
        Ok(note) => note,
        Err(words) => return page(&cx, id, &Again::refused(values, "note", words)).await,
    };
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::decide::change(tx, id, &note)
        })
        .await;
    let back = format!("/surveys/replies/{id}");
    end(&cx, id, made, (&t!(cx, "rounds-changing"), &back), values).await
}
