//! `/office/review`: once a quarter, does everybody on the list still work here?

use maud::html;
use web::ui::{self, Tone};
use web::{Ctx, Form, Values};

use super::{
    names_of,
    office::{factor_badge, last_seen},
    office_crumbs, profession_word, quarter_words, role_word,
};
use crate::{actions::office, i18n::t, model::review::Quarter, store::memberships};

/// Days without a sign-in after which a member is marked.
const QUIET_DAYS: i64 = 90;

pub(crate) async fn show(cx: Ctx) -> web::Result {
    let organisation = cx.require_me()?.organisation;
    let quarter = Quarter::of(cx.now.date_jst()).to_string();
    let (members, reviews) = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            Ok::<_, store::Error>((
                memberships::of_office(conn, organisation)?,
                memberships::reviews(conn, organisation)?,
            ))
        })
        .await?;
    let names = names_of(&cx, reviews.iter().map(|r| r.by).collect()).await?;
    let done = reviews.iter().any(|r| r.quarter == quarter);
    let quiet = |at: Option<kernel::Time>| at.is_none_or(|at| at < cx.now.plus_days(-QUIET_DAYS));
    let title = t!(cx, "review-title");
    Ok(cx.page(title.clone()).nav("office").crumbs(&office_crumbs(&cx, title)).sub(quarter_words(cx.lang, &quarter)).wide().body(html! {
        p { (t!(cx, "review-what")) }
        (ui::table(t!(cx, "members-title"), &[
            web::t!(cx.lang, "name").to_owned(), web::t!(cx.lang, "role").to_owned(), web::t!(cx.lang, "profession").to_owned(),
            t!(cx, "account-since"), t!(cx, "last-sign-in"), t!(cx, "second-factor"),
        ], html! {
            @for m in &members {
                tr {
                    th scope="row" { a href=(cx.url(&super::member::path(m.place.id))) { (m.name) } }
                    td { (role_word(cx.lang, m.place.role)) }
                    td { (profession_word(cx.lang, &m.place.profession)) }
                    td { (ui::date(&cx, m.place.starts.date_jst())) }
                    td { (last_seen(&cx, m.last_sign_in)) @if quiet(m.last_sign_in) { " " (ui::badge(Tone::Warn, t!(cx, "review-quiet", count = QUIET_DAYS))) } }
                    td { (factor_badge(&cx, m)) }
                }
            }
        }))
        @if done {
            (ui::notice(Tone::Key, t!(cx, "review-done-title"), html! { p { (t!(cx, "review-done")) } }))
        } @else {
            (ui::form(&cx, "/office/review", html! { div.actions { (ui::button(t!(cx, "review-go"))) } p.sub { (t!(cx, "review-go-note")) } }))
        }
        @if !reviews.is_empty() {
            h2 { (t!(cx, "review-earlier")) }
            (ui::table(t!(cx, "review-earlier"), &[
                t!(cx, "review-quarter"), t!(cx, "review-members"), web::t!(cx.lang, "date").to_owned(), t!(cx, "review-by"),
            ], html! {
                @for r in &reviews {
                    tr {
                        th scope="row" { (quarter_words(cx.lang, &r.quarter)) }
                        td { (r.members) }
                        td { (ui::moment(&cx, r.at)) }
                        td { (names.get(&r.by).map_or("", String::as_str)) }
                    }
                }
            }))
        }
    }))
}

pub(crate) async fn save(cx: Ctx, Form(_): Form<Values>) -> web::Result {
    office::review(&cx).await?;
    cx.flash(web::FlashKind::Good, &t!(cx, "review-saved"));
    Ok(cx.redirect("/office/review"))
}
