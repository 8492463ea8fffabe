//! GET /admin/outbox: mail that was written, and whether a server took it.

use axum::extract::Query;
use maud::html;
use serde::Deserialize;
use store::Viewer;
use web::Ctx;
use web::ui::{self, Tone};

use crate::i18n::t;

const PER_PAGE: i64 = 50;

#[derive(Deserialize)]
pub struct At {
    #[serde(default)]
    page: u32,
}

pub async fn list(cx: Ctx, Query(at): Query<At>) -> web::Result {
    let page = i64::from(at.page.max(1));
    let mut mails = cx
        .db()
        .read(&Viewer::system("operations page", cx.now), move |c| {
            web::mail::outbox(c, (page - 1) * PER_PAGE, PER_PAGE + 1)
        })
        .await?;
    let more = mails.len() as i64 > PER_PAGE;
    mails.truncate(PER_PAGE as usize);
    let body = if mails.is_empty() {
        ui::empty(t!(cx, "outbox-none"), t!(cx, "outbox-none-text"), html! {})
    } else {
        let head = [
            t!(cx, "outbox-written"),
            t!(cx, "outbox-to"),
            t!(cx, "outbox-subject"),
            t!(cx, "outbox-sent"),
        ];
        let rows: Vec<_> = mails
            .iter()
            .map(|m| {
                let sent = match m.sent_at {
                    Some(at) => ui::moment(&cx, at),
                    None => ui::badge(Tone::Warn, t!(cx, "outbox-not-sent")),
                };
                let subject = ui::details(&m.mail.subject, html! { pre { (m.mail.body) } });
                vec![
                    ui::moment(&cx, m.written_at),
                    html! { (m.mail.to) },
                    subject,
                    sent,
                ]
            })
            .collect();
        html! {
            (ui::table_rows(t!(cx, "outbox-title"), &head, &rows))
            (ui::pager(&cx, page as u64, (page + i64::from(more)) as u64, |p| cx.url(&format!("/admin/outbox?page={p}"))))
        }
    };
    Ok(cx
        .page(t!(cx, "outbox-title"))
        .sub(t!(cx, "outbox-sub"))
        .nav("admin")
        .crumbs(&[("/admin", t!(cx, "operate-title"))])
        .body(body))
}
