//! What waits on the home page: for the municipality the survey to answer, approve or check; for the office that asks the
//! answers to take.

use kernel::Lang;
use store::Conn;
use web::{Decision, OrgKind, Permission, SignedIn, Waiting};

use super::{
    ANSWER, APPROVE, ASK,
    model::{Check, Reply, Round, RoundState, State},
    store as sql,
};
use crate::i18n::tl;

const MOST: i64 = 50;

/// One entry per step that this person can take.
///
/// # Errors
/// When the database fails.
pub(crate) fn waiting(
    conn: &mut Conn,
    me: &SignedIn,
    lang: Lang,
) -> Result<Vec<Waiting>, store::Error> {
    let may = |permission: &Permission| permission.decide(Some(me)) == Decision::Allow;
    match me.kind {
        OrgKind::Prefecture if may(&ASK) => asked(conn, lang),
        OrgKind::Municipality | OrgKind::Desk if may(&ANSWER) => {
            mine(conn, me, may(&APPROVE), lang)
        }
        _ => Ok(Vec::new()),
    }
}

fn mine(
    conn: &mut Conn,
    me: &SignedIn,
    approves: bool,
    lang: Lang,
) -> Result<Vec<Waiting>, store::Error> {
    let tenant = me.acting_for.as_ref().map_or(me.organisation, |a| a.id);
    let replies = sql::replies_mine(conn, Some(tenant), MOST)?;
    if replies.is_empty() {
        return Ok(Vec::new());
    }
    let rounds = sql::rounds_mine(conn, MOST)?;
    let today = conn.now().date_jst();
    let entry = |reply: &Reply| {
        let round = rounds.iter().find(|r| r.id == reply.round)?;
        let title = round.title(lang);
        let due = reply
            .due(round)
            .map(|d| kernel::format_date(d, lang))
            .unwrap_or_default();
        let check = || reply.check == Check::Asked && round.state != RoundState::Draft;
        let (title, detail, href) = match reply.state {
            State::Draft if reply.current.is_none() => (
                tl!(lang, "rounds-wait-answer", title = title),
                tl!(
                    lang,
                    "rounds-wait-due",
                    town = reply.name.as_str(),
                    due = due
                ),
                format!("/surveys/replies/{}", reply.id),
            ),
            State::Returned => (
                tl!(lang, "rounds-wait-returned", title = title),
                tl!(
                    lang,
                    "rounds-wait-due",
                    town = reply.name.as_str(),
                    due = due
                ),
                format!("/surveys/replies/{}", reply.id),
            ),
            State::Waiting if approves => (
                tl!(lang, "rounds-wait-approve", title = title),
                tl!(
                    lang,
                    "rounds-wait-due",
                    town = reply.name.as_str(),
                    due = due
                ),
                format!("/surveys/replies/{}/submit", reply.id),
            ),
            _ if check() => (
                tl!(lang, "rounds-wait-check", title = title),
                tl!(
                    lang,
                    "rounds-wait-due",
                    town = reply.name.as_str(),
                    due = round
                        .check_due
                        .map(|d| kernel::format_date(d, lang))
                        .unwrap_or_default()
                ),
                format!("/surveys/replies/{}/check", reply.id),
            ),
            _ => return None,
        };
        Some(Waiting {
            title,
            detail,
            href,
            urgent: reply.overdue(round, today) || reply.state == State::Returned,
        })
    };
    Ok(replies.iter().filter_map(entry).collect())
}

fn asked(conn: &mut Conn, lang: Lang) -> Result<Vec<Waiting>, store::Error> {
    let counts = sql::submitted_counts(conn)?;
    if counts.is_empty() {
        return Ok(Vec::new());
    }
    let rounds = sql::rounds_asked(conn, MOST)?;
    let entry = |round: &Round| {
        let (_, count) = counts.iter().find(|(id, _)| *id == round.id)?;
        Some(Waiting {
            title: tl!(lang, "rounds-wait-accept", title = round.title(lang)),
            detail: tl!(lang, "rounds-wait-accept-detail", count = { *count }),
            href: format!("/surveys/rounds/{}", round.id),
            urgent: false,
        })
    };
    Ok(rounds.iter().filter_map(entry).collect())
}
