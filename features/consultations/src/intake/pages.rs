//! Handlers of the screen.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::Uuid;
use serde_json::json;
use store::{Conn, Tx};
use web::{Ctx, Errors, FlashKind, Form, Values};

use super::{
    Town,
    form::{self, Typed},
    towns, view,
};
use crate::{
    actions::{self, Input, Refusal},
    beside,
    codes::List,
    i18n::t,
    list::{desk_of, parse},
    model::{
        Consultation, ConsultationId, EventId, Fields, NewConsultation, Origin, Referral,
        ReferralId, State, Unmet, UnmetId,
    },
    sealed::Texts,
    store as sql,
};

/// `GET /consultations/new`
pub(crate) async fn new(cx: Ctx) -> web::Result {
    let me = cx.require_me()?;
    let (desk, account) = (me.organisation, me.account);
    let acting = me.acting_for.as_ref().map(|a| a.id);
    let since = kernel::Time::from_jst_date(cx.now.date_jst());
    let (towns, last, acting) = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            let acting = match acting {
                Some(id) => areas::store::organisation(conn, id)?.and_then(|o| o.municipality),
                None => None,
            };
            let last = sql::last(conn, desk, account, since)?;
            Ok::<_, store::Error>((towns(conn, desk)?, last, acting))
        })
        .await?;
    let mut fields = Fields {
        channel: "phone".to_owned(),
        urgency: "calm".to_owned(),
        ..Fields::default()
    };
    let mut texts = Texts::default();
    // The same office often rings twice: what was last today is offered, never the person it was about.
    let remembered = last.is_some();
    if let Some(last) = last {
        let old = last.texts(cx.db().key())?;
        fields.municipality.clone_from(&last.fields.municipality);
        fields.caller.clone_from(&last.fields.caller);
        fields.channel.clone_from(&last.fields.channel);
        fields.lane = last.fields.lane;
        fields.caller_provider = last.fields.caller_provider;
        texts.caller_office = old.caller_office;
    }
    if let Some(code) = acting.filter(|code| towns.iter().any(|t| t.code == *code)) {
        fields.municipality = code;
    }
    let sheet = view::Sheet {
        id: cx.env().id(),
        state: State::Draft,
        seen: 0,
        opened: cx.now,
        minutes: String::new(),
        fields,
        texts,
        towns,
        remembered,
        new: true,
    };
    page(&cx, &sheet, &Errors::new(), StatusCode::OK).await
}

async fn page(cx: &Ctx, sheet: &view::Sheet, errors: &Errors, status: StatusCode) -> web::Result {
    let asked = beside::Asked::of(&sheet.fields, &sheet.texts);
    let panel = beside::panel(cx, &asked, (!sheet.new).then_some(sheet.id)).await?;
    Ok(view::page(cx, sheet, &panel, errors, status))
}

fn sheet(cx: &Ctx, record: &Consultation, towns: Vec<Town>) -> web::Result<view::Sheet> {
    Ok(view::Sheet {
        id: record.id,
        state: record.state,
        seen: record.version,
        opened: record.received_at,
        minutes: if record.state == State::Draft {
            String::new()
        } else {
            record.fields.minutes.to_string()
        },
        fields: record.fields.clone(),
        texts: record.texts(cx.db().key())?,
        towns,
        remembered: false,
        new: false,
    })
}

/// `GET /consultations/{id}/edit`
pub(crate) async fn edit(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let id: ConsultationId = parse(&id)?;
    let desk = desk_of(&cx)?;
    let (record, towns) = read(&cx, id, desk).await?;
    let record = record.ok_or(web::Error::NotFound)?;
    if record.state == State::Closed || record.disposed_at.is_some() {
        return Ok(cx.redirect(&format!("/consultations/{id}")));
    }
    let sheet = sheet(&cx, &record, towns)?;
    page(&cx, &sheet, &Errors::new(), StatusCode::OK).await
}

async fn read(
    cx: &Ctx,
    id: ConsultationId,
    desk: kernel::OrganisationId,
) -> web::Result<(Option<Consultation>, Vec<Town>)> {
    Ok(cx
        .db()
        .read(&cx.viewer(), move |conn: &mut Conn| {
            let record = match sql::get(conn, id) {
                Err(store::Error::NotFound) => None,
                other => Some(other?),
            };
            Ok::<_, store::Error>((record, towns(conn, desk)?))
        })
        .await?)
}

/// What a button of the panel asks for, besides saving what was typed.
#[derive(Clone, Debug)]
enum Extra {
    Nothing,
    Refer(Referral),
    Unrefer(ReferralId),
    Unmet(Box<Unmet>),
    UndoUnmet(UnmetId),
}

async fn extra(cx: &Ctx, id: ConsultationId, values: &Values, typed: &Typed) -> web::Result<Extra> {
    if let Ok(provider) = values.text("refer").parse::<Uuid>() {
        let key = kernel::AnyId::from_uuid(provider);
        let found = cx
            .db()
            .read(&cx.viewer(), move |c| directory::store::provider(c, key))
            .await?
            .ok_or(web::Error::NotFound)?;
        return Ok(Extra::Refer(Referral {
            id: cx.env().id(),
            provider: Some(provider),
            name: found.name.chars().take(200).collect(),
            kind: found.kinds.first().cloned().unwrap_or_default(),
            answer: String::new(),
            at: cx.now,
        }));
    }
    if let Ok(referral) = values.text("unrefer").parse() {
        return Ok(Extra::Unrefer(referral));
    }
    if let Ok(need) = values.text("ununmet").parse() {
        return Ok(Extra::UndoUnmet(need));
    }
    let known = |list: List, name: &str| list.find(values.text(name)).map(|c| c.code.to_owned());
    if let (true, Some(service), Some(why)) = (
        values.has("unmet"),
        known(List::Service, "unmet_service"),
        known(List::Why, "unmet_why"),
    ) && !typed.fields.municipality.is_empty()
    {
        return Ok(Extra::Unmet(Box::new(Unmet {
            id: cx.env().id(),
            consultation: Some(id),
            municipality: typed.fields.municipality.clone(),
            place: typed.texts.place.clone(),
            service,
            why,
            at: cx.now,
            fictional: cx.app.config.demo,
            version: 1,
        })));
    }
    Ok(Extra::Nothing)
}

fn do_extra(
    tx: &mut Tx,
    id: ConsultationId,
    desk: kernel::OrganisationId,
    extra: &Extra,
    event: EventId,
) -> Result<(), Refusal> {
    match extra {
        Extra::Nothing => Ok(()),
        Extra::Refer(referral) => actions::refer(tx, id, referral, event),
        Extra::Unrefer(referral) => actions::unrefer(tx, id, *referral, event),
        Extra::Unmet(need) => actions::note_unmet(tx, desk, need, event),
        Extra::UndoUnmet(need) => actions::undo_unmet(tx, desk, *need),
    }
}

/// How far a save goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Kept as a draft, or over the saved record.
    Keep,
    /// Saved by hand; closed when result and need are chosen.
    Take,
}

async fn write(
    cx: &Ctx,
    id: ConsultationId,
    typed: &Typed,
    record: Option<&Consultation>,
    mode: Mode,
    extra: Extra,
) -> web::Result<Result<i64, Refusal>> {
    let me = cx.require_me()?;
    let (desk, account) = (record.map_or(me.organisation, |r| r.desk), me.account);
    let input = Input::new(
        cx.db().key(),
        desk,
        id,
        typed.fields.clone(),
        typed.texts.clone(),
    )?;
    let close = !input.fields.result.is_empty() || !input.fields.need_met.is_empty();
    let new = NewConsultation {
        id,
        desk,
        fields: input.fields.clone(),
        texts: input.sealed.clone(),
        hashes: input.hashes.clone(),
        received_at: typed.opened,
        state: State::Draft,
        closed_at: None,
        taken_by: Some(account),
        origin: Origin::Intake,
        batch: None,
        fictional: cx.app.config.demo,
    };
    let state = record.map(|r| r.state);
    let seen = match record {
        // The answer to the first save was lost: the same person goes on with their own draft.
        Some(r) if typed.seen == 0 && r.state == State::Draft && r.taken_by == Some(account) => {
            r.version
        }
        _ => typed.seen,
    };
    let (first, second): (EventId, EventId) = (cx.env().id(), cx.env().id());
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let version = match (state, mode) {
                (None, Mode::Take) => actions::create_taken(tx, &new, &input, close, first)?,
                (None, Mode::Keep) => {
                    actions::create(tx, &new)?;
                    1
                }
                (Some(State::Draft), Mode::Take) => {
                    actions::take(tx, id, &input, seen, close, first)?
                }
                (Some(_), _) => actions::save(tx, id, &input, seen, first)?,
            };
            do_extra(tx, id, desk, &extra, second)?;
            Ok::<_, Refusal>(version)
        })
        .await;
    Ok(done)
}

/// `POST /consultations/{id}`: saves what was typed; a button of the panel does one thing more and comes back to the screen.
pub(crate) async fn save(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: ConsultationId = parse(&id)?;
    let desk = desk_of(&cx)?;
    let (record, towns) = read(&cx, id, desk).await?;
    let typed = Typed::read(cx.lang, &values, &towns, cx.now);
    let wants_panel = ["refer", "unrefer", "unmet", "ununmet", "look"]
        .iter()
        .any(|name| values.has(name));
    let mode = if wants_panel { Mode::Keep } else { Mode::Take };
    let mut errors = typed.errors.clone();
    if errors.is_empty() {
        let extra = extra(&cx, id, &values, &typed).await?;
        match write(&cx, id, &typed, record.as_ref(), mode, extra).await? {
            Ok(_) if wants_panel => {
                return Ok(cx.redirect(&format!("/consultations/{id}/edit#beside")));
            }
            Ok(_) => {
                cx.flash(FlashKind::Good, &t!(cx, "intake-saved"));
                return Ok(cx.redirect(&format!("/consultations/{id}")));
            }
            Err(Refusal::Lacks(lacks)) => {
                for one in lacks {
                    let (name, text) = form::lack(cx.lang, one);
                    errors.add(name, text);
                }
            }
            Err(Refusal::Conflict(theirs)) => {
                let sheet = keep(&id, record.as_ref(), &typed, &values, towns, theirs.version);
                return view::conflict(&cx, &sheet, &theirs);
            }
            Err(Refusal::Store(store::Error::Conflict(_))) => return Err(web::Error::NotFound),
            Err(Refusal::Store(error)) => return Err(error.into()),
            Err(Refusal::Step(_)) => return Ok(cx.redirect(&format!("/consultations/{id}"))),
        }
    }
    let seen = typed.seen;
    let sheet = keep(&id, record.as_ref(), &typed, &values, towns, seen);
    page(&cx, &sheet, &errors, StatusCode::UNPROCESSABLE_ENTITY).await
}

fn keep(
    id: &ConsultationId,
    record: Option<&Consultation>,
    typed: &Typed,
    values: &Values,
    towns: Vec<Town>,
    seen: i64,
) -> view::Sheet {
    view::Sheet {
        id: *id,
        state: record.map_or(State::Draft, |r| r.state),
        seen,
        opened: typed.opened,
        minutes: values.text("minutes").to_owned(),
        fields: typed.fields.clone(),
        texts: typed.texts.clone(),
        towns,
        remembered: false,
        new: record.is_none(),
    }
}

/// `POST /consultations/{id}/autosave`: keeps a draft as it is typed, and does what a button of the panel asks for. A saved
/// record is not changed by typing.
pub(crate) async fn autosave(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: ConsultationId = parse(&id)?;
    let desk = desk_of(&cx)?;
    let (record, towns) = read(&cx, id, desk).await?;
    let typed = Typed::read(cx.lang, &values, &towns, cx.now);
    let extra = extra(&cx, id, &values, &typed).await?;
    let draft = record.as_ref().is_none_or(|r| r.state == State::Draft);
    let errors: Vec<&str> = typed.errors.iter().map(|(_, text)| text).collect();
    let done = if draft && errors.is_empty() {
        write(&cx, id, &typed, record.as_ref(), Mode::Keep, extra).await?
    } else if draft {
        return Ok(answer(
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!({"errors": errors}),
        ));
    } else {
        let event: EventId = cx.env().id();
        let desk = record.as_ref().map_or(desk, |r| r.desk);
        let version = record.as_ref().map_or(0, |r| r.version);
        cx.db()
            .write(&cx.viewer(), move |tx| {
                do_extra(tx, id, desk, &extra, event)?;
                Ok::<_, Refusal>(version)
            })
            .await
    };
    match done {
        Ok(seen) => Ok(answer(
            StatusCode::OK,
            &json!({"seen": seen, "at": kernel::wareki::format_clock(cx.now)}),
        )),
        Err(Refusal::Conflict(theirs)) => {
            let texts = theirs.texts(cx.db().key())?;
            Ok(answer(
                StatusCode::CONFLICT,
                &json!({"seen": theirs.version, "asked": texts.asked, "answer": texts.answer}),
            ))
        }
        Err(Refusal::Store(store::Error::Conflict(_))) => Err(web::Error::NotFound),
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(Refusal::Lacks(_) | Refusal::Step(_)) => Ok(answer(
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!({"errors": []}),
        )),
    }
}

fn answer(status: StatusCode, body: &serde_json::Value) -> Response {
    let head = [(axum::http::header::CONTENT_TYPE, "application/json")];
    (status, head, body.to_string()).into_response()
}
