//! `/surveys/rounds/{id}/forms`: the asking office sends forms and links.

use axum::{extract::Path, response::Response};
use maud::{Markup, html};
use store::Conn;
use web::{
    Ctx, Errors, FlashKind, Form, Values,
    mail::Mail,
    ui::{self, Tone},
};

use super::{again, mine::downloads, office_name, parse, refused};
use crate::{
    i18n::{t, tl},
    pages::again::Again,
    returns::{
        actions, link,
        model::{Link, LinkId, Return},
        store::{self as sql, NewLink},
    },
    rounds::{
        model::{Reply, ReplyId, Round, RoundId},
        store as rounds,
    },
};

/// How long a link is open after the last day; the round has a check and corrections after it. In days.
const AFTER: i64 = 90;
/// Seconds of a day.
const DAY: i64 = 86_400;

struct Loaded {
    round: Round,
    replies: Vec<Reply>,
    links: Vec<Link>,
    waiting: Vec<Return>,
    office: String,
}

async fn load(cx: &Ctx, id: RoundId) -> web::Result<Loaded> {
    let read = move |conn: &mut Conn| {
        let round = rounds::round(conn, id)?;
        let replies = rounds::replies(conn, id)?;
        // A municipality's desk sees rounds too, but sends nothing.
        if replies.is_empty() || round.state.edit().is_ok() {
            return Err(store::Error::NotFound);
        }
        Ok(Loaded {
            office: office_name(conn, &round)?,
            links: sql::links_asked(conn, id)?,
            waiting: sql::waiting_asked(conn, id)?,
            round,
            replies,
        })
    };
    Ok(cx.db().read(&cx.viewer(), read).await?)
}

/// `GET /surveys/rounds/{id}/forms`
pub(in crate::returns) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let loaded = load(&cx, parse(&id)?).await?;
    Ok(list(&cx, &loaded, &Again::fresh()))
}

/// The list, with an address that was refused.
fn list(cx: &Ctx, loaded: &Loaded, again: &Again) -> Response {
    let round = &loaded.round;
    let papers = format!("/surveys/rounds/{}/papers/", round.id);
    let body = html! {
        (again.summary(cx))
        p { (t!(cx, "returns-asker-lead")) }
        p {
            a.btn.second href=(cx.url(&format!("{papers}letter.docx"))) download { (t!(cx, "returns-letter-docx")) } " "
            a.btn.second href=(cx.url(&format!("{papers}letter.pdf"))) download { (t!(cx, "papers-letter-pdf")) }
        }
        (super::papers::notice(cx, &super::papers::letter_text(round)))
        @for reply in &loaded.replies { (one(cx, loaded, reply, again)) }
    };
    page(cx, round, t!(cx, "returns-asker-title"))
        .status(again.status)
        .body(body)
}

fn page<'a>(cx: &'a Ctx, round: &Round, title: String) -> web::Page<'a> {
    let crumbs = [
        ("/surveys".to_owned(), t!(cx, "surveys-title")),
        (
            format!("/surveys/rounds/{}", round.id),
            round.title(cx.lang).to_owned(),
        ),
        (String::new(), title.clone()),
    ];
    cx.page(title).nav("surveys").crumbs(&crumbs).no_qr()
}

fn one(cx: &Ctx, loaded: &Loaded, reply: &Reply, again: &Again) -> Markup {
    let base = format!("/surveys/rounds/{}", loaded.round.id);
    let form = format!("{base}/forms/{}", reply.id);
    let links: Vec<&Link> = loaded
        .links
        .iter()
        .filter(|l| l.reply == reply.id && l.is_open(cx.now))
        .collect();
    let waiting: Vec<&Return> = loaded
        .waiting
        .iter()
        .filter(|w| w.reply == reply.id)
        .collect();
    let mail = format!("mail-{}", reply.code);
    html! { details open[again.errors.of(&mail).is_some()] { summary {
            (reply.name) " "
            @if reply.submitted_at.is_some() { (ui::badge(Tone::Key, t!(cx, "returns-state-submitted"))) }
            @else { (ui::badge(Tone::Plain, t!(cx, "returns-state-open"))) }
            @if !links.is_empty() { " " (ui::badge(Tone::Info, t!(cx, "returns-state-link", count = links.len()))) }
            @if !waiting.is_empty() { " " (ui::badge(Tone::Warn, t!(cx, "returns-state-entered"))) }
        }
            p { (t!(cx, "returns-asker-empty")) }
            (downloads(cx, &form))
            @for found in &waiting {
                p { a href=(cx.url(&format!("{base}/entered/{}", found.id))) { (t!(cx, "returns-entered-waits")) " (" (ui::moment(cx, found.entered_at)) ")" } }
            }
            @if reply.state.is_writing() {
                p { (ui::link_button_second(cx.url(&format!("{base}/enter/{}", reply.id)), t!(cx, "returns-enter"))) }
            }
            @for link in &links {
                (ui::form(cx, &format!("{base}/links/{}/revoke", link.id), html! {
                    p {
                        (t!(cx, "returns-link-since")) " " (ui::moment(cx, link.made_at)) " "
                        @if !link.recipient.is_empty() { (link.recipient) " " }
                        (t!(cx, "returns-until")) " " (ui::moment(cx, link.ends)) " "
                        @if let Some(used) = link.used_at { (t!(cx, "returns-link-used")) " " (ui::moment(cx, used)) }
                    }
                    (ui::button_small(t!(cx, "returns-revoke")))
                }))
            }
            (ui::form(cx, &format!("{form}/link"), html! {
                input type="hidden" name="field" value=(mail);
                (ui::field(cx, &again.field(&mail, t!(cx, "returns-link-mail")).kind(ui::Kind::Email).hint(t!(cx, "returns-link-mail-hint")).maxlength(254)))
                div.actions { (ui::button(t!(cx, "returns-link-make"))) }
            }))
    } }
}

/// `POST /surveys/rounds/{id}/forms/{reply}/link`: the secret is shown once, here or in the mail.
pub(in crate::returns) async fn make_link(
    cx: Ctx,
    Path((round, reply)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let (id, reply): (RoundId, ReplyId) = (parse(&round)?, parse(&reply)?);
    let loaded = load(&cx, id).await?;
    let town = loaded
        .replies
        .iter()
        .find(|r| r.id == reply)
        .ok_or(web::Error::NotFound)?;
    let recipient = kernel::text::trim(values.text(values.text("field"))).to_owned();
    if !recipient.is_empty() && !is_address(&recipient) {
        let mut errors = Errors::new();
        errors.add(
            format!("mail-{}", town.code),
            t!(cx, "returns-link-mail-wrong"),
        );
        return Ok(list(&cx, &loaded, &Again::wrong(values, errors)));
    }
    let account = cx.require_me()?.account;
    let token = cx.env().token();
    let until = town
        .due(&loaded.round)
        .map(kernel::Time::from_jst_date)
        .filter(|due| *due > cx.now)
        .unwrap_or(cx.now);
    let link = NewLink {
        id: cx.env().id(),
        hash: link::hash(cx.db().key(), &token),
        recipient: recipient.clone(),
        ends: until.plus_secs(AFTER * DAY),
        by: Some(account),
    };
    let path = format!("/surveys/forms/{token}");
    let address = cx.app.public_url(&path);
    // The mail says that something waits and where; nothing of the answer is in it.
    let ja = kernel::Lang::Ja;
    let mail = (!recipient.is_empty()).then(|| Mail {
        id: cx.env().uuid(),
        to: recipient.clone(),
        subject: tl!(ja, "returns-mail-subject"),
        body: tl!(
            ja,
            "returns-mail-body",
            office = loaded.office.as_str(),
            link = address.as_str()
        ),
    });
    let ends = link.ends;
    let made = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::add_link(tx, id, reply, &link, mail.as_ref())
        })
        .await;
    if let Err(refusal) = made {
        let again = again(&cx, refusal, (values, "mail"), &loaded.round)?;
        return Ok(list(&cx, &loaded, &again));
    }
    if !recipient.is_empty() {
        cx.flash(
            FlashKind::Good,
            &t!(cx, "returns-link-sent", name = town.name.as_str()),
        );
        return Ok(cx.redirect(&format!("/surveys/rounds/{id}/forms")));
    }
    let title = t!(cx, "returns-link-made", name = town.name.as_str());
    let body = html! {
        (ui::notice(Tone::Key, t!(cx, "returns-link-once"), html! { p { (t!(cx, "returns-link-once-text")) } }))
        p { code { (address) } }
        p { (t!(cx, "returns-until")) " " (ui::moment(&cx, ends)) }
        p { (ui::link_button_second(cx.url(&format!("/surveys/rounds/{id}/forms")), t!(cx, "returns-back"))) }
    };
    Ok(page(&cx, &loaded.round, title).body(body))
}

/// Whether a text can be an address: something, one @, something with a point. The mail server decides the rest.
fn is_address(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && !part.contains(|c: char| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c))
    };
    text.len() <= 254
        && text.split_once('@').is_some_and(|(who, at)| {
            plain(who) && plain(at) && !at.contains('@') && at.contains('.')
        })
}

/// `POST /surveys/rounds/{id}/links/{link}/revoke`
pub(in crate::returns) async fn revoke(
    cx: Ctx,
    Path((id, link)): Path<(String, String)>,
    Form(_): Form<Values>,
) -> web::Result {
    let (id, link): (RoundId, LinkId) = (parse(&id)?, parse(&link)?);
    cx.db()
        .write(&cx.viewer(), move |tx| actions::revoke(tx, link, "asker"))
        .await
        .map_err(|r| refused(&cx, r))?;
    cx.flash(FlashKind::Good, &t!(cx, "returns-revoked"));
    Ok(cx.redirect(&format!("/surveys/rounds/{id}/forms")))
}

#[cfg(test)]
mod tests {
    #[test]
    fn addresses() {
        assert!(super::is_address("kaigo@town.example.jp"));
        for bad in [
            "",
            "a",
            "a@b",
            "a@@b.jp",
            "a b@c.jp",
            "a@b.jp\nBcc: c@d.jp",
            "<a@b.jp>",
        ] {
            assert!(!super::is_address(bad), "{bad}");
        }
    }
}
