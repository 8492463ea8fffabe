//! `/surveys/replies/{id}/form`: the municipality's form as a file, and what came back.

use axum::extract::Path;
use maud::{Markup, html};
use store::Conn;
use web::{
    Ctx, FlashKind, Form, Upload, Values,
    ui::{self, Tone},
};

use super::{
    Loaded, compare, due, load_mine, me, papers, parse, refused, refused_file, upload_form,
};
use crate::{
    i18n::t,
    returns::{
        actions,
        model::{Link, LinkId, Return, ReturnId, Via},
        paper,
        store::{self as sql, Arrived},
    },
    rounds::model::ReplyId,
};

fn page_path(id: ReplyId) -> String {
    format!("/surveys/replies/{id}/form")
}

/// `GET /surveys/replies/{id}/form`
pub(in crate::returns) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let id: ReplyId = parse(&id)?;
    let loaded = load_mine(&cx, id).await?;
    let read = move |conn: &mut Conn| {
        Ok::<_, store::Error>((sql::waiting_mine(conn, id)?, sql::links_mine(conn, id)?))
    };
    let (waiting, links) = cx.db().read(&cx.viewer(), read).await?;
    let (reply, round) = (&loaded.whole.reply, &loaded.whole.round);
    let path = page_path(id);
    let body = html! {
        @for found in &waiting { (waits(&cx, &loaded, found)) }
        (ui::grid(2, html! {
            (ui::card(t!(cx, "returns-get"), html! {
                p { (t!(cx, "returns-get-lead")) }
                (downloads(&cx, &path))
                (ui::details(t!(cx, "returns-how"), html! { p { (t!(cx, "returns-how-text")) } }))
            }))
            (ui::card(t!(cx, "returns-send"), html! {
                @if reply.state.is_writing() {
                    p { (t!(cx, "returns-send-lead")) }
                    (upload_form(&cx, &path))
                } @else {
                    p { (t!(cx, "returns-not-now")) }
                }
            }))
            (ui::card(t!(cx, "returns-approval"), html! {
                p { (t!(cx, "returns-approval-lead")) }
                p { a.btn.second href=(cx.url(&format!("{path}/approval.docx"))) download { (t!(cx, "returns-approval-get")) } " "
                    a.btn.second href=(cx.url(&format!("{path}/approval.pdf"))) download { (t!(cx, "papers-approval-pdf")) } }
                (papers::notice(&cx, &papers::approval_text(&loaded)))
            }))
            (ui::card(t!(cx, "joint-title"), html! {
                p { (t!(cx, "joint-lead")) }
                p { (ui::link_button_second(cx.url(&format!("/surveys/replies/{id}/joint")), t!(cx, "joint-open"))) }
            }))
        }))
        @if !links.is_empty() { (open_links(&cx, id, &links)) }
    };
    Ok(cx
        .page(t!(cx, "returns-title"))
        .nav("surveys")
        .crumbs(&crumbs(&cx, &loaded, t!(cx, "returns-title")))
        .sub(html! { (reply.name) " / " (round.title(cx.lang)) " / " (t!(cx, "returns-due")) " " (due(&cx, reply, round)) })
        .no_qr()
        .body(body))
}

fn crumbs(cx: &Ctx, loaded: &Loaded, here: String) -> Vec<(String, String)> {
    let reply = &loaded.whole.reply;
    vec![
        ("/surveys".to_owned(), t!(cx, "surveys-title")),
        (
            format!("/surveys/replies/{}", reply.id),
            loaded.whole.round.title(cx.lang).to_owned(),
        ),
        (String::new(), here),
    ]
}

/// The two kinds of form.
pub(super) fn downloads(cx: &Ctx, path: &str) -> Markup {
    html! {
        div.actions {
            a.btn href=(cx.url(&format!("{path}/form.xlsx"))) download { (t!(cx, "returns-xlsx")) } " "
            a.btn.second href=(cx.url(&format!("{path}/form.docx"))) download { (t!(cx, "returns-docx")) } " "
            a.btn.second href=(cx.url(&format!("{path}/form.pdf"))) download { (t!(cx, "returns-pdf")) }
        }
    }
}

fn waits(cx: &Ctx, loaded: &Loaded, found: &Return) -> Markup {
    let reply = &loaded.whole.reply;
    let href = cx.url(&format!(
        "/surveys/replies/{}/returns/{}",
        reply.id, found.id
    ));
    let title = if found.via == Via::Proxy {
        t!(
            cx,
            "returns-entered-for",
            town = reply.name.as_str(),
            office = found.office_name.as_deref().unwrap_or_default()
        )
    } else {
        t!(cx, "returns-waits")
    };
    ui::card_waits(
        title,
        html! {
            (compare::facts(cx, &loaded.whole, found))
            p { (ui::link_button(href, t!(cx, "returns-compare"))) }
        },
    )
}

fn open_links(cx: &Ctx, id: ReplyId, links: &[Link]) -> Markup {
    ui::card(
        t!(cx, "returns-links"),
        html! {
            p { (t!(cx, "returns-links-mine")) }
            ul {
                @for link in links {
                    li {
                        (ui::moment(cx, link.made_at)) " "
                        @if !link.recipient.is_empty() { (link.recipient) " " }
                        (t!(cx, "returns-until")) " " (ui::moment(cx, link.ends))
                        (ui::form(cx, &format!("/surveys/replies/{id}/links/{}/revoke", link.id), ui::button_small(t!(cx, "returns-revoke"))))
                    }
                }
            }
        },
    )
}

/// `POST /surveys/replies/{id}/form`
pub(in crate::returns) async fn upload(
    cx: Ctx,
    Path(id): Path<String>,
    upload: Upload,
) -> web::Result {
    let id: ReplyId = parse(&id)?;
    let (file, _) = upload.require_file(cx.lang)?;
    let loaded = load_mine(&cx, id).await?;
    let (account, office) = me(&cx)?;
    let said = match paper::read(&cx, &loaded.whole.round, &loaded.whole.reply, file).await? {
        Ok(said) => said,
        Err(lines) => {
            let again = upload_form(&cx, &page_path(id));
            let crumbs = crumbs(&cx, &loaded, t!(cx, "returns-title"));
            return refused_file(&cx, &lines, &again, &crumbs);
        }
    };
    let arrived = Arrived {
        id: cx.env().id(),
        via: Via::File,
        answers: said.answers,
        problems: said.lines,
        file_name: said.name,
        stamp: said.stamp,
        by: Some(account),
        office: Some(office),
    };
    let of = arrived.id;
    cx.db()
        .write(&cx.viewer(), move |tx| actions::arrive(tx, id, &arrived))
        .await
        .map_err(|r| refused(&cx, r))?;
    Ok(cx.redirect(&format!("/surveys/replies/{id}/returns/{of}")))
}

/// `GET /surveys/replies/{id}/returns/{return}`
pub(in crate::returns) async fn compare(
    cx: Ctx,
    Path((id, of)): Path<(String, String)>,
) -> web::Result {
    let (id, of): (ReplyId, ReturnId) = (parse(&id)?, parse(&of)?);
    let loaded = load_mine(&cx, id).await?;
    let found = cx
        .db()
        .read(&cx.viewer(), move |conn| sql::return_mine(conn, id, of))
        .await?;
    let here = format!("/surveys/replies/{id}/returns/{of}");
    let open = found.state.apply().is_ok() && loaded.whole.reply.state.is_writing();
    let body = if open {
        compare::view(&cx, &loaded.whole, &found, &here, &format!("{here}/drop"))
    } else {
        html! {
            (ui::notice(Tone::Info, t!(cx, "returns-decided"), html! { p { (t!(cx, "returns-decided-text")) } }))
            (compare::facts(&cx, &loaded.whole, &found))
        }
    };
    let mut crumbs = crumbs(&cx, &loaded, t!(cx, "returns-compare"));
    crumbs.insert(2, (page_path(id), t!(cx, "returns-title")));
    Ok(cx
        .page(t!(cx, "returns-compare"))
        .nav("surveys")
        .crumbs(&crumbs)
        .no_qr()
        .body(body))
}

/// `POST /surveys/replies/{id}/returns/{return}`
pub(in crate::returns) async fn apply(
    cx: Ctx,
    Path((id, of)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let (id, of): (ReplyId, ReturnId) = (parse(&id)?, parse(&of)?);
    let (me, choices) = (me(&cx)?, compare::choices(&cx, &values));
    let saved = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::apply(tx, id, of, me, &choices)
        })
        .await
        .map_err(|r| refused(&cx, r))?;
    if saved.clashes.is_empty() {
        let count = saved.versions.len();
        cx.flash(FlashKind::Good, &t!(cx, "returns-taken", count = count));
    } else {
        let count = saved.clashes.len();
        cx.flash(FlashKind::Warn, &t!(cx, "returns-clashes", count = count));
    }
    Ok(cx.redirect(&format!("/surveys/replies/{id}")))
}

/// `POST /surveys/replies/{id}/returns/{return}/drop`
pub(in crate::returns) async fn drop(
    cx: Ctx,
    Path((id, of)): Path<(String, String)>,
    Form(_): Form<Values>,
) -> web::Result {
    let (id, of): (ReplyId, ReturnId) = (parse(&id)?, parse(&of)?);
    let me = me(&cx)?;
    cx.db()
        .write(&cx.viewer(), move |tx| actions::put_away(tx, id, of, me))
        .await
        .map_err(|r| refused(&cx, r))?;
    cx.flash(FlashKind::Good, &t!(cx, "returns-dropped"));
    Ok(cx.redirect(&page_path(id)))
}

/// `POST /surveys/replies/{id}/links/{link}/revoke`
pub(in crate::returns) async fn revoke(
    cx: Ctx,
    Path((id, link)): Path<(String, String)>,
    Form(_): Form<Values>,
) -> web::Result {
    let (id, link): (ReplyId, LinkId) = (parse(&id)?, parse(&link)?);
    cx.db()
        .write(&cx.viewer(), move |tx| actions::revoke(tx, link, "tenant"))
        .await
        .map_err(|r| refused(&cx, r))?;
    cx.flash(FlashKind::Good, &t!(cx, "returns-revoked"));
    Ok(cx.redirect(&page_path(id)))
}
