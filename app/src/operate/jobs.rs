//! GET /admin/jobs and POST /admin/jobs/retry: what runs behind the pages.

use maud::html;
use serde::Deserialize;
use store::jobs::State;
use store::{Audit, Outcome, Viewer};
use web::ui::{self, Tone};
use web::{Ctx, FlashKind, Form};

use crate::i18n::t;

const SHOWN: i64 = 200;

pub async fn list(cx: Ctx) -> web::Result {
    let jobs = cx
        .db()
        .read(&Viewer::system("operations page", cx.now), |c| {
            store::jobs::list(c, None, SHOWN)
        })
        .await?;
    let body = if jobs.is_empty() {
        ui::empty(t!(cx, "jobs-none"), t!(cx, "jobs-none-text"), html! {})
    } else {
        let head = [
            t!(cx, "jobs-kind"),
            t!(cx, "jobs-state"),
            t!(cx, "jobs-attempts"),
            t!(cx, "jobs-next"),
            t!(cx, "jobs-error"),
            t!(cx, "jobs-action"),
        ];
        let rows: Vec<_> = jobs
            .iter()
            .map(|job| {
                let (tone, word) = match job.state {
                    State::Waiting => (Tone::Plain, t!(cx, "jobs-waiting")),
                    State::Running => (Tone::Key, t!(cx, "jobs-running")),
                    State::Dead => (Tone::Bad, t!(cx, "jobs-dead")),
                    State::Done => (Tone::Plain, t!(cx, "jobs-done")),
                };
                let retry = html! {
                    @if job.state == State::Dead {
                        (ui::form(&cx, &cx.url("/admin/jobs/retry"), html! {
                            input type="hidden" name="key" value=(job.key);
                            (ui::button_small(t!(cx, "jobs-retry")))
                        }))
                    }
                };
                vec![
                    html! { code { (job.kind) } },
                    ui::badge(tone, word),
                    html! { (job.attempts) },
                    ui::moment(&cx, job.run_at),
                    html! { (job.error.as_deref().unwrap_or_default()) },
                    retry,
                ]
            })
            .collect();
        ui::table_rows(t!(cx, "jobs-title"), &head, &rows)
    };
    Ok(cx
        .page(t!(cx, "jobs-title"))
        .sub(t!(cx, "jobs-sub"))
        .nav("admin")
        .crumbs(&[("/admin", t!(cx, "operate-title"))])
        .body(html! { div data-live="job" { (body) } }))
}

#[derive(Deserialize)]
pub struct Retry {
    key: String,
}

pub async fn retry(cx: Ctx, Form(form): Form<Retry>) -> web::Result {
    let key = form.key;
    cx.db()
        .write(&cx.viewer(), move |tx| {
            store::jobs::requeue(tx, &key)?;
            tx.audit(Audit {
                action: "operate.job.retry",
                table: "job",
                id: None,
                subject: None,
                fields: Vec::new(),
                purpose: None,
                result: Outcome::Done,
            })
        })
        .await?;
    cx.flash(FlashKind::Good, &t!(cx, "jobs-retried"));
    Ok(cx.redirect("/admin/jobs"))
}
