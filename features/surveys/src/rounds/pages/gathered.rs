//! The asking office's own collation before publication: one question, what each municipality has submitted, equal texts together;
//! and the same as a workbook, for the meeting (範囲 会議資料まで) or for the office alone.

use axum::extract::{Path, Query};
use forms::Field;
use kernel::Lang;
use maud::{Markup, html};
use serde::Deserialize;
use store::Conn;
use web::{
    Ctx, FileKind,
    ui::{self, Tone},
};

use super::{crumbs, parse, range_word, state_badge};
use crate::{
    grouping::{Close, Grouping, Wording, group},
    i18n::{t, tl},
    pages::{diff, text},
    rounds::{
        export,
        model::{Range, Reply, Round, RoundId, Side, Version, VersionId},
        store as sql,
    },
};

/// Municipalities on one page, and in one step of a workbook.
const PER_PAGE: usize = 50;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    page: Option<usize>,
}

/// One municipality with what it has submitted.
type Sent = (Reply, Option<Version>);

fn with_versions(conn: &mut Conn, replies: &[Reply]) -> Result<Vec<Sent>, ::store::Error> {
    let ids: Vec<VersionId> = replies.iter().filter_map(|r| r.current).collect();
    let mut versions = sql::versions_of(conn, &ids)?;
    let one = |reply: &Reply| {
        let at = versions.iter().position(|v| Some(v.id) == reply.current);
        (reply.clone(), at.map(|at| versions.swap_remove(at)))
    };
    Ok(replies.iter().map(one).collect())
}

async fn head(cx: &Ctx, id: RoundId) -> web::Result<(Round, Vec<Reply>)> {
    let read = move |conn: &mut Conn| {
        let round = sql::round(conn, id)?;
        Ok::<_, ::store::Error>((round, sql::replies(conn, id)?))
    };
    let (round, replies) = cx.db().read(&cx.viewer(), read).await?;
    if round.side != Side::Asker || round.state.edit().is_ok() {
        return Err(web::Error::NotFound);
    }
    Ok((round, replies))
}

/// `GET /surveys/rounds/{id}/collation`
pub(crate) async fn show(
    cx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> web::Result {
    let (round, replies) = head(&cx, parse(&id)?).await?;
    let fields = &round.catalogue.fields;
    let field = fields
        .iter()
        .find(|f| f.key == asked.q)
        .or(fields.first())
        .ok_or(web::Error::NotFound)?;
    let pages = replies.len().div_ceil(PER_PAGE).max(1);
    let page = asked.page.unwrap_or(1).clamp(1, pages);
    let slice: Vec<Reply> = replies
        .iter()
        .skip((page - 1) * PER_PAGE)
        .take(PER_PAGE)
        .cloned()
        .collect();
    let sent = cx
        .db()
        .read(&cx.viewer(), move |conn| with_versions(conn, &slice))
        .await?;
    let here = format!("/surveys/rounds/{}/collation", round.id);
    let chips: Vec<ui::Chip> = fields
        .iter()
        .map(|one| ui::Chip {
            href: cx.url(&format!("{here}?q={}", one.key)),
            label: format!("{} {}", one.number, one.brief(cx.lang)),
            on: one.key == field.key,
        })
        .collect();
    let body = html! {
        (ui::notice(Tone::Info, t!(cx, "gathered-internal"), html! { p { (t!(cx, "gathered-internal-text")) } }))
        div.actions {
            a.btn href=(cx.url(&format!("{here}/meeting.xlsx"))) download { (t!(cx, "gathered-meeting")) } " "
            a.btn.second href=(cx.url(&format!("{here}/office.xlsx"))) download { (t!(cx, "gathered-office")) }
        }
        p.sub { (t!(cx, "gathered-meeting-lead")) }
        (states(&cx, &replies))
        (ui::chips(t!(cx, "rounds-questions"), &chips))
        (answers(&cx, &round, field, &sent))
        (ui::pager(&cx, page as u64, pages as u64, |n| cx.url(&format!("{here}?q={}&page={n}", field.key))))
    };
    let title = t!(cx, "gathered-title");
    Ok(cx
        .page(title.clone())
        .nav("surveys")
        .crumbs(&crumbs(&cx, &round, &title))
        .sub(round.title(cx.lang).to_owned())
        .no_qr()
        .wide()
        .body(body))
}

/// How many stand where.
fn states(cx: &Ctx, replies: &[Reply]) -> Markup {
    let sent = replies.iter().filter(|r| r.current.is_some()).count();
    let agreed = replies.iter().filter(|r| r.agreed()).count();
    html! {
        (ui::progress(t!(cx, "rounds-progress-submitted"), sent as u64, replies.len() as u64))
        @if replies.iter().any(|r| r.check_at.is_some()) { (ui::progress(t!(cx, "rounds-progress-agreed"), agreed as u64, replies.len() as u64)) }
    }
}

/// The text of one municipality: `None` when nothing was submitted.
fn body(field: &Field, sent: &Sent) -> Option<String> {
    let given = sent.1.as_ref()?.answers.get(&field.key)?;
    Some(given.value.plain(field, Lang::Ja))
}

fn answers(cx: &Ctx, round: &Round, field: &Field, sent: &[Sent]) -> Markup {
    let bodies: Vec<Option<String>> = sent.iter().map(|one| body(field, one)).collect();
    let Grouping {
        groups,
        blank,
        unanswered,
    } = group(&bodies.iter().map(Option::as_deref).collect::<Vec<_>>());
    let who = |places: &[usize]| names(cx, round, field, sent, places);
    let badge = |wording: &Wording| {
        let count = wording.who.len();
        html! { @if count > 1 { (ui::badge(Tone::Key, t!(cx, "badge-same", count = count))) } }
    };
    html! {
        h2 { span.num-question { (field.number) } " " (field.label.get(cx.lang)) }
        @if groups.iter().any(|g| !g.variants.is_empty()) { (diff::legend(cx)) }
        table.collation {
            thead { tr { th scope="col" { (t!(cx, "column-who")) } th scope="col" { (t!(cx, "column-answer")) } } }
            tbody {
                @for one in &groups {
                    tr {
                        th scope="row" { (who(&one.base.who)) (badge(&one.base)) }
                        td data-label=(t!(cx, "column-answer")) { div lang="ja" { (text(&one.base.body)) } }
                    }
                    @for (wording, close) in &one.variants {
                        @let (marked, shortened) = diff::marked(cx, &one.base.body, &wording.body, true);
                        tr.variant {
                            th scope="row" {
                                (who(&wording.who))
                                @match close {
                                    Close::Nearly => (ui::badge(Tone::Warn, t!(cx, "badge-nearly"))),
                                    Close::Different => (ui::badge(Tone::Warn, t!(cx, "badge-different"))),
                                }
                                " " (badge(wording))
                            }
                            td data-label=(t!(cx, "column-answer")) {
                                (marked)
                                @if shortened { (ui::details(t!(cx, "full-text"), html! { div lang="ja" { (text(&wording.body)) } })) }
                            }
                        }
                    }
                }
                @for (places, word) in [(&blank, t!(cx, "rounds-blank")), (&unanswered, t!(cx, "rounds-unanswered"))] {
                    @if !places.is_empty() {
                        tr {
                            th scope="row" { (who(places)) }
                            td data-label=(t!(cx, "column-answer")) { p.no-answer { (word) } }
                        }
                    }
                }
            }
        }
    }
}

/// Names with where each answer stands and how far it may go; a submitted answer is one tap away.
fn names(cx: &Ctx, round: &Round, field: &Field, sent: &[Sent], places: &[usize]) -> Markup {
    html! {
        ul {
            @for (reply, version) in places.iter().filter_map(|at| sent.get(*at)) {
                li {
                    @if version.is_some() { a href=(cx.url(&format!("/surveys/rounds/{}/answers/{}", round.id, reply.id))) { (reply.name) } }
                    @else { (reply.name) }
                    " " (state_badge(cx, reply))
                    @if let Some(range) = version.as_ref().and_then(|v| v.answers.get(&field.key)).map(|g| g.range).filter(|r| *r != Range::Public) {
                        " " (ui::badge(Tone::Plain, range_word(cx, range)))
                    }
                }
            }
        }
    }
}

/// `GET /surveys/rounds/{id}/collation/{file}`: `meeting.xlsx` holds what may go into meeting papers, of answers that were taken;
/// `office.xlsx` everything that was submitted.
pub(crate) async fn file(cx: Ctx, Path((id, file)): Path<(String, String)>) -> web::Result {
    let (round, replies) = head(&cx, parse(&id)?).await?;
    let (widest, word) = match file.as_str() {
        "meeting.xlsx" => (Range::Meeting, tl!(Lang::Ja, "gathered-file-meeting")),
        "office.xlsx" => (Range::Offices, tl!(Lang::Ja, "gathered-file-office")),
        _ => return Err(web::Error::NotFound),
    };
    let mut rows = Vec::with_capacity(replies.len());
    // In steps, so that neither the whole text of a large round nor its JSON lies in memory at once.
    for slice in replies.chunks(PER_PAGE) {
        let slice = slice.to_vec();
        let sent = cx
            .db()
            .read(&cx.viewer(), move |conn| with_versions(conn, &slice))
            .await?;
        rows.extend(sent.iter().map(|(reply, version)| {
            export::row(&round.catalogue, reply, version.as_ref(), widest)
        }));
    }
    let name = format!("{word}_{}.xlsx", round.title);
    let office = cx.require_me()?.organisation_name.clone();
    let today = cx.now.date_jst();
    let bytes =
        tokio::task::spawn_blocking(move || export::workbook(&round, &word, &office, today, &rows))
            .await
            .map_err(|_| web::Error::unexpected("the workbook was not made"))?
            .map_err(|error| web::Error::Unexpected(Box::new(error)))?;
    Ok(cx.download(&name, FileKind::Xlsx.mime(), bytes))
}
