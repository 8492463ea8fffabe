//! `GET /consultations/{id}`: one record with its history; prints on one sheet.

use axum::extract::Path;
use maud::{Markup, html};
use web::{Ctx, Decision, Errors, ui};

use super::{parse, words};
use crate::{
    WRITE,
    codes::List,
    i18n::t,
    model::{Consultation, ConsultationId, Event, Referral, State, Unmet},
    sealed::{self, Texts},
    store as sql,
};

/// Everything the page shows.
pub(super) struct Record {
    pub(super) record: Consultation,
    pub(super) texts: Texts,
    pub(super) town: String,
    events: Vec<Event>,
    referrals: Vec<Referral>,
    unmet: Vec<Unmet>,
}

pub(super) async fn read(cx: &Ctx, id: ConsultationId) -> web::Result<Record> {
    let lang = cx.lang;
    let (record, events, referrals, unmet, town) = cx
        .db()
        .read(&cx.viewer(), move |c| {
            let record = sql::get(c, id)?;
            let town = areas::store::municipality(c, &record.fields.municipality)?
                .map_or_else(String::new, |m| m.name(lang).to_owned());
            Ok::<_, store::Error>((
                record,
                sql::events(c, id)?,
                sql::referrals(c, id)?,
                sql::unmet_of(c, id)?,
                town,
            ))
        })
        .await?;
    Ok(Record {
        texts: record.texts(cx.db().key())?,
        record,
        town,
        events,
        referrals,
        unmet,
    })
}

/// `GET /consultations/{id}`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let all = read(&cx, parse(&id)?).await?;
    if all.record.state == State::Draft {
        return Ok(cx.redirect(&format!("/consultations/{}/edit", all.record.id)));
    }
    page(&cx, &all, &Errors::new(), axum::http::StatusCode::OK).await
}

pub(super) async fn page(
    cx: &Ctx,
    all: &Record,
    errors: &Errors,
    status: axum::http::StatusCode,
) -> web::Result {
    let record = &all.record;
    let may = WRITE.decide(cx.me.as_ref()) == Decision::Allow;
    let title = t!(cx, "detail-title", number = record.reference());
    let working = record.state != State::Closed;
    let handed = crate::lanes::section::section(cx, record).await?;
    let body = html! {
        (ui::error_summary(cx, errors))
        div.detail {
            div {
                @if record.disposed_at.is_some() { (ui::notice(ui::Tone::Info, t!(cx, "detail-disposed"), html! { p { (t!(cx, "detail-disposed-text")) } })) }
                (ui::card(t!(cx, "intake-asked"), html! { p.written lang="ja" { (all.texts.asked) } }))
                @if !all.texts.answer.is_empty() { (ui::card(t!(cx, "intake-answer"), html! { p.written lang="ja" { (all.texts.answer) } })) }
                @if !all.texts.outcome.is_empty() { (ui::card(t!(cx, "intake-outcome"), html! { p.written lang="ja" { (all.texts.outcome) } })) }
                @if !all.referrals.is_empty() || !all.unmet.is_empty() { (ui::card(t!(cx, "detail-named"), named(cx, all))) }
                (handed)
                @if may { (steps(cx, all, errors)) }
            }
            div {
                (ui::card(t!(cx, "detail-facts"), facts(cx, all)))
                (ui::card(t!(cx, "detail-history"), history(cx, all)?))
            }
        }
    };
    let actions = html! {
        button.btn.second type="button" data-print hidden { (t!(cx, "detail-print")) }
        @if may && working && record.disposed_at.is_none() { (ui::link_button_second(cx.url(&format!("/consultations/{}/note", record.id)), t!(cx, "follow-note-title")))
            (ui::link_button_second(cx.url(&format!("/consultations/{}/edit", record.id)), t!(cx, "detail-edit"))) }
        @if may && !working && record.disposed_at.is_none() { (ui::link_button_second(cx.url(&format!("/consultations/{}/story", record.id)), t!(cx, "detail-story"))) }
        @if may && record.disposed_at.is_none() { (ui::link_button_second(cx.url(&format!("/consultations/{}/issue", record.id)), t!(cx, "issue-title"))) }
    };
    Ok(cx
        .page(title.clone())
        .nav("consultations")
        .crumbs(&[("/consultations", t!(cx, "consultations-title")), ("", title)])
        .sub(html! { (words::state(cx, record.state)) " " (all.town) " · " (ui::moment(cx, record.received_at)) @if record.fictional { " " (ui::badge(ui::Tone::Plain, web::t!(cx.lang, "fictional"))) } })
        .actions(actions)
        .wide()
        .no_qr()
        .status(status)
        .body(body))
}

fn named(cx: &Ctx, all: &Record) -> Markup {
    html! {
        ul {
            @for one in &all.referrals { li { (ui::badge(ui::Tone::Key, t!(cx, "beside-referred"))) " "
                @if let Some(id) = one.provider { a href=(cx.url(&format!("/directory/providers/{id}"))) lang="ja" { (one.name) } } @else { span lang="ja" { (one.name) } }
                " " span.sub { (ui::moment(cx, one.at)) } } }
            @for one in &all.unmet { li { (ui::badge(ui::Tone::Warn, t!(cx, "beside-unmet"))) " " (List::Service.word(&one.service, cx.lang)) " · " (List::Why.word(&one.why, cx.lang)) } }
        }
    }
}

fn facts(cx: &Ctx, all: &Record) -> Markup {
    let (r, f, x) = (&all.record, &all.record.fields, &all.texts);
    let set = |list: List, codes: &[String]| {
        codes
            .iter()
            .map(|c| list.word(c, cx.lang))
            .collect::<Vec<_>>()
            .join(" · ")
    };
    let office = [
        x.caller_office.as_str(),
        x.caller_name.as_str(),
        x.caller_phone.as_str(),
    ]
    .into_iter()
    .filter(|t| !t.is_empty())
    .collect::<Vec<_>>()
    .join(" ");
    let rows = [
        (t!(cx, "intake-municipality"), all.town.clone()),
        (t!(cx, "intake-lane"), words::lane(cx, f.lane)),
        (
            t!(cx, "intake-caller"),
            List::Caller.word(&f.caller, cx.lang),
        ),
        (t!(cx, "detail-from"), office),
        (
            t!(cx, "intake-channel"),
            List::Channel.word(&f.channel, cx.lang),
        ),
        (
            t!(cx, "intake-category"),
            set(List::Category, &f.categories),
        ),
        (t!(cx, "intake-scene"), set(List::Scene, &f.scenes)),
        (t!(cx, "intake-person"), x.person.clone()),
        (t!(cx, "intake-place"), x.place.clone()),
        (t!(cx, "intake-age"), List::Age.word(&f.age_band, cx.lang)),
        (
            t!(cx, "intake-care-level"),
            List::CareLevel.word(&f.care_level, cx.lang),
        ),
        (
            t!(cx, "intake-living"),
            List::Living.word(&f.living, cx.lang),
        ),
        (
            t!(cx, "intake-treatment"),
            set(List::Treatment, &f.treatments),
        ),
        (
            t!(cx, "intake-urgency"),
            List::Urgency.word(&f.urgency, cx.lang),
        ),
        (t!(cx, "intake-response"), set(List::Response, &f.responses)),
        (
            t!(cx, "intake-result"),
            List::Result.word(&f.result, cx.lang),
        ),
        (
            t!(cx, "intake-need-met"),
            List::NeedMet.word(&f.need_met, cx.lang),
        ),
        (
            t!(cx, "intake-minutes"),
            t!(cx, "detail-minutes", count = f.minutes),
        ),
        (
            t!(cx, "intake-basis"),
            List::Basis.word(&f.legal_basis, cx.lang),
        ),
        (t!(cx, "list-taker"), r.taken_name.clone()),
        (t!(cx, "detail-held"), r.held_name.clone()),
        (t!(cx, "detail-receiver"), r.receiver_name.clone()),
    ];
    let rows: Vec<(String, String)> = rows.into_iter().filter(|(_, v)| !v.is_empty()).collect();
    html! {
        (ui::dl(&rows))
        @if let Some(day) = f.follow_up_on { p { (t!(cx, "list-follow")) " " (ui::date(cx, day)) } }
        @if r.reopened > 0 { p.sub { (t!(cx, "detail-reopened", count = r.reopened)) } }
    }
}

fn history(cx: &Ctx, all: &Record) -> web::Result<Markup> {
    let mut rows = Vec::new();
    for event in &all.events {
        let note = match &event.note {
            Some(note) => sealed::open_note(cx.db().key(), all.record.id, note)?,
            None => String::new(),
        };
        rows.push(html! {
            li { strong { (words::event(cx, &event.what)) } " " span.sub { (ui::moment(cx, event.at)) " " (event.name) } @if !note.is_empty() { p.written lang="ja" { (note) } } }
        });
    }
    Ok(html! { ul.timeline { @for row in rows { (row) } } })
}

fn steps(cx: &Ctx, all: &Record, errors: &Errors) -> Markup {
    let r = &all.record;
    let path = format!("/consultations/{}", r.id);
    let step = |name: &str, word: String| {
        ui::form(
            cx,
            &format!("{path}/step"),
            html! {
                input type="hidden" name="seen" value=(r.version);
                (ui::button_second("step", name, word))
            },
        )
    };
    let choices = |list: List| -> Vec<ui::Choice<'static>> {
        list.all()
            .iter()
            .map(|c| ui::Choice::new(c.code, c.word(cx.lang)))
            .collect()
    };
    html! {
        div.steps-of-record.no-print {
            @if r.state != State::Closed {
                (ui::card(t!(cx, "detail-close"), ui::form(cx, &format!("{path}/close"), html! {
                    input type="hidden" name="seen" value=(r.version);
                    (ui::field(cx, &ui::Field::new("result", t!(cx, "intake-result")).kind(ui::Kind::Radio(choices(List::Result))).value(r.fields.result.as_str()).errors(errors)))
                    (ui::field(cx, &ui::Field::new("need_met", t!(cx, "intake-need-met")).kind(ui::Kind::Radio(choices(List::NeedMet))).value(r.fields.need_met.as_str()).errors(errors)))
                    (ui::field(cx, &ui::Field::new("outcome", t!(cx, "intake-outcome")).kind(ui::Kind::Textarea { rows: 3 }).value(all.texts.outcome.as_str()).errors(errors)))
                    div.actions { (ui::button(t!(cx, "detail-close-do"))) }
                })))
            }
            div.actions {
                @match r.state {
                    State::Open => (step("wait", t!(cx, "detail-wait"))),
                    State::Waiting | State::HandedOver => (step("resume", t!(cx, "detail-resume"))),
                    State::Closed => (step("reopen", t!(cx, "detail-reopen"))),
                    State::Draft => {},
                }
            }
        }
    }
}
