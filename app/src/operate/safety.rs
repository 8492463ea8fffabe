//! How old the last backup and the last restore test are, for the administrator's pages.

use kernel::{Lang, Time};
use maud::{Markup, html};
use web::ui::{self, Tone};
use web::{Ctx, SignedIn, Waiting};

use super::OPERATE;
use crate::backups::rows::{self, Night};
use crate::i18n::{loader, t};

/// A backup older than this is late: one night and two hours.
const LATE_HOURS: i64 = 26;
/// A restore test older than this is late.
const LATE_TEST_DAYS: i64 = 35;

/// What the pages show.
pub struct Safety {
    nights: Vec<Night>,
    verified: Option<Time>,
}

/// Reads it; two statements.
///
/// # Errors
/// What the database says.
pub fn read(conn: &mut store::Conn) -> store::Result<Safety> {
    Ok(Safety {
        nights: rows::last(conn, 7)?,
        verified: rows::last_verified(conn)?,
    })
}

impl Safety {
    fn last(&self) -> Option<&Night> {
        self.nights.iter().find(|n| n.finished.is_some())
    }

    /// Whether the last whole backup is older than a night, or the last attempt went wrong.
    fn late(&self, now: Time) -> bool {
        let old = |at: Time| at < now.plus_secs(-LATE_HOURS * 3600);
        self.last()
            .is_none_or(|n| n.finished.is_some_and(old) || !n.problem.is_empty())
    }
}

/// One entry for the administrator when a backup that is set up is late or failed.
///
/// # Errors
/// What the database says.
pub(super) fn waiting(
    conn: &mut store::Conn,
    me: &SignedIn,
    lang: Lang,
) -> store::Result<Vec<Waiting>> {
    if !OPERATE.roles.contains(&me.role) {
        return Ok(Vec::new());
    }
    let now = conn.now();
    let safety = read(conn)?;
    if safety.nights.is_empty() || !safety.late(now) {
        return Ok(Vec::new());
    }
    let texts = loader(lang);
    Ok(vec![Waiting {
        title: texts.get("backup-late"),
        detail: texts.get("backup-late-detail"),
        href: "/admin".to_owned(),
        urgent: true,
    }])
}

/// The card of the state page.
pub fn card(cx: &Ctx, safety: &Safety) -> Markup {
    let Some(last) = safety.last() else {
        let failed = safety.nights.first().map(|n| n.problem.clone());
        let tone = if cx.app.config.demo {
            Tone::Plain
        } else {
            Tone::Bad
        };
        return ui::notice(
            tone,
            t!(cx, "backup-none"),
            html! {
                p { (t!(cx, "backup-none-text")) }
                @if let Some(problem) = failed.filter(|p| !p.is_empty()) { p { code { (problem) } } }
            },
        );
    };
    let late = safety.late(cx.now);
    let tested_late = safety
        .verified
        .is_none_or(|at| at < cx.now.plus_days(-LATE_TEST_DAYS));
    let mark = |late: bool| {
        if late {
            ui::badge(Tone::Bad, t!(cx, "backup-is-late"))
        } else {
            ui::badge(Tone::Key, t!(cx, "backup-in-time"))
        }
    };
    let copied = if last.copied_to.is_empty() {
        html! { (ui::badge(Tone::Warn, t!(cx, "backup-no-copy"))) }
    } else {
        html! { code { (last.copied_to) } }
    };
    let facts = [
        (
            t!(cx, "backup-last"),
            html! { @if let Some(at) = last.finished { (ui::moment(cx, at)) " " } (mark(late)) },
        ),
        (t!(cx, "backup-place"), html! { code { (last.place) } }),
        (t!(cx, "backup-copy"), copied),
        (
            t!(cx, "backup-size"),
            html! { (t!(cx, "backup-size-text", megabytes = format!("{:.1}", megabytes(last.bytes)), rows = last.rows, files = last.files)) },
        ),
        (
            t!(cx, "backup-tested"),
            html! {
                @if let Some(at) = safety.verified { (ui::moment(cx, at)) " " } @else { (t!(cx, "backup-never-tested")) " " }
                (mark(tested_late))
            },
        ),
    ];
    let newest = &safety.nights[0];
    ui::card(
        t!(cx, "backup-title"),
        html! {
            (ui::dl(&facts))
            @if !newest.problem.is_empty() {
                (ui::notice(Tone::Bad, t!(cx, "backup-problem", night = newest.night.as_str()), html! { p { code { (newest.problem) } } }))
            }
        },
    )
}

/// Shown with one digit, so the rounding of large numbers does not matter.
fn megabytes(bytes: i64) -> f64 {
    let kilobytes = u32::try_from(bytes / 1000).unwrap_or(u32::MAX);
    f64::from(kilobytes) / 1000.0
}
