//! GET /admin: the installation at a glance.

use maud::html;
use store::Viewer;
use web::Ctx;
use web::ui;

use super::safety;
use crate::i18n::t;

pub async fn show(cx: Ctx) -> web::Result {
    let (counts, safety) = cx
        .db()
        .read(&Viewer::system("operations page", cx.now), |c| {
            Ok::<_, store::Error>((store::jobs::counts(c)?, safety::read(c)?))
        })
        .await?;
    let metrics = cx.db().metrics();
    let kind = if cx.app.config.demo {
        t!(cx, "operate-kind-demo")
    } else {
        t!(cx, "operate-kind-production")
    };
    let facts = [
        (
            t!(cx, "operate-version"),
            env!("CARGO_PKG_VERSION").to_owned(),
        ),
        (t!(cx, "operate-kind"), kind),
        (t!(cx, "operate-engine"), format!("{:?}", cx.db().engine())),
        (t!(cx, "operate-queue"), metrics.queue_depth.to_string()),
        (t!(cx, "operate-jobs-waiting"), counts.waiting.to_string()),
        (t!(cx, "operate-jobs-dead"), counts.dead.to_string()),
    ];
    let body = html! {
        (safety::card(&cx, &safety))
        div.grid.g2 {
            (ui::card(t!(cx, "operate-state"), ui::dl(&facts)))
            (ui::card(t!(cx, "operate-places"), html! {
                ul {
                    li { a href=(cx.url("/admin/organisations")) { (t!(cx, "operate-see-organisations")) } }
                    li { a href=(cx.url("/admin/managers")) { (t!(cx, "operate-see-managers")) } }
                    li { a href=(cx.url("/admin/jobs")) { (t!(cx, "operate-see-jobs")) } }
                    li { a href=(cx.url("/admin/outbox")) { (t!(cx, "operate-see-outbox")) } }
                    li { a href=(cx.url("/admin/audit")) { (t!(cx, "operate-see-audit")) } }
                }
            }))
        }
    };
    Ok(cx
        .page(t!(cx, "operate-title"))
        .sub(t!(cx, "operate-sub"))
        .nav("admin")
        .body(body))
}
