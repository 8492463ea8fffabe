//! The municipality's page: read the question, write, save. Saving works with a button; scripts save while one types.

use std::collections::BTreeMap;

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use forms::{Field, Value};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::Conn;
use web::{Ctx, Errors, FlashKind, Form, Values};

use super::{
    answer_view, not_standing, parse,
    proposals::{self, Proposal},
    require_standing, writer,
};
use crate::{
    i18n::t,
    rounds::{
        actions::{self, FieldInput, Refusal, Saved},
        model::{
            Aside, AsideId, Attachment, FieldDraft, Range, Reply, ReplyId, Round, State, Version,
        },
        store as sql,
    },
    store as surveys,
};

/// Everything the page shows.
pub(super) struct Sheet {
    pub(super) round: Round,
    pub(super) reply: Reply,
    pub(super) fields: Vec<FieldDraft>,
    pub(super) asides: Vec<Aside>,
    pub(super) files: Vec<Attachment>,
    pub(super) versions: Vec<Version>,
    /// Last time's texts by field key.
    pub(super) last: BTreeMap<String, String>,
    /// From the records of the programme, by field key.
    pub(super) proposals: BTreeMap<String, Vec<Proposal>>,
}

impl Sheet {
    pub(super) fn draft(&self, key: &str) -> Option<&FieldDraft> {
        self.fields.iter().find(|f| f.field == key)
    }

    /// What is saved, as the form holds it.
    pub(super) fn values(&self) -> Values {
        let mut values = Values::default();
        for field in &self.round.catalogue.fields {
            if let Some(draft) = self.draft(&field.key) {
                field.write(&draft.value, &mut values);
            }
        }
        values
    }
}

pub(super) async fn read(cx: &Ctx, id: ReplyId) -> web::Result<Sheet> {
    let read = move |conn: &mut Conn| {
        let reply = sql::reply_mine(conn, id)?;
        let round = sql::round(conn, reply.round)?;
        let last = match round.based_on {
            Some(survey) => surveys::answers_of(conn, survey, &reply.code)?,
            None => BTreeMap::new(),
        };
        let proposals = if reply.state.is_writing() {
            proposals::of_municipality(conn, &round, &reply)?
        } else {
            BTreeMap::new()
        };
        Ok::<_, ::store::Error>(Sheet {
            fields: sql::fields(conn, id)?,
            asides: sql::asides(conn, id)?,
            files: sql::files_mine(conn, id)?,
            versions: sql::versions_mine(conn, id)?,
            last,
            proposals,
            round,
            reply,
        })
    };
    Ok(cx.db().read(&cx.viewer(), read).await?)
}

/// A few letters that stand for a value, to tell whether the writer touched it.
pub(super) fn mark(value: &Value) -> String {
    let json = value.to_json().unwrap_or_default();
    Sha256::digest(json.as_bytes())
        .iter()
        .take(8)
        .fold(String::new(), |mut out, byte| {
            use std::fmt::Write as _;
            // Writing to a String cannot fail.
            let _ = write!(out, "{byte:02x}");
            out
        })
}

/// `GET /surveys/replies/{id}`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let sheet = read(&cx, parse(&id)?).await?;
    if !sheet.reply.state.is_writing() {
        return Ok(cx.redirect(&format!("/surveys/replies/{}/submit", sheet.reply.id)));
    }
    Ok(answer_view::page(
        &cx,
        &sheet,
        &sheet.values(),
        &Errors::new(),
        &[],
        StatusCode::OK,
    ))
}

/// What a form says about the fields of a round.
struct Typed {
    inputs: Vec<FieldInput>,
    errors: Errors,
}

/// Reads the fields that were sent and touched. `copy` and `propose` add last time's text or the proposals to one field.
fn typed(cx: &Ctx, sheet: &Sheet, values: &Values) -> Typed {
    let mut out = Typed {
        inputs: Vec::new(),
        errors: Errors::new(),
    };
    let stated = values.text("texts_other_number") == "1";
    for field in &sheet.round.catalogue.fields {
        let key = field.key.as_str();
        if !field.sent(values) && !values.has(&format!("range-{key}")) {
            continue;
        }
        let mut value = match field.read(values) {
            Ok(value) => value,
            Err(problem) => {
                out.errors.add(field.name(), problem.words(cx.lang));
                continue;
            }
        };
        let touched = values.text(&format!("was-{key}")) != mark(&value);
        let mut forced = false;
        for (button, text) in [
            ("copy", sheet.last.get(key).cloned()),
            (
                "propose",
                sheet.proposals.get(key).map(|list| proposals::text(list)),
            ),
        ] {
            if values.text(button) == key
                && let Some(text) = text
            {
                value = with(&value, &text);
                forced = true;
            }
        }
        if let Some(aside) = sheet
            .asides
            .iter()
            .find(|a| a.field == key && values.text("use") == a.id.to_string())
        {
            value = aside.value.clone();
            forced = true;
        }
        if let Err(problem) = field.check(&value) {
            out.errors.add(field.name(), problem.words(cx.lang));
            continue;
        }
        let plain = value.plain(field, cx.lang);
        if let Some(found) = web::check_my_number(cx.lang, &plain, stated) {
            out.errors.add(field.name(), found);
            continue;
        }
        let range = Range::from_code(values.text(&format!("range-{key}")));
        let draft = sheet.draft(key);
        let same_range =
            range.is_none_or(|r| r == draft.map_or(sheet.round.default_range, |d| d.range));
        if !touched && !forced && same_range {
            continue;
        }
        // Only the range was chosen: the text stays what is saved by now.
        let value = if touched || forced {
            value
        } else {
            draft.map(|d| d.value.clone()).unwrap_or_default()
        };
        out.inputs.push(FieldInput {
            field: key.to_owned(),
            value,
            range,
            seen: Some(
                values
                    .text(&format!("seen-{key}"))
                    .parse()
                    .unwrap_or_default(),
            ),
            aside: cx.env().id::<AsideId>(),
        });
    }
    out
}

/// A text after what is written already.
fn with(value: &Value, text: &str) -> Value {
    match value {
        Value::Text(old) if !old.contains(text) => {
            Value::text(&format!("{}\n{text}", old.trim_end()))
        }
        Value::Text(old) => Value::text(old),
        _ => Value::text(text),
    }
}

async fn write(
    cx: &Ctx,
    id: ReplyId,
    inputs: Vec<FieldInput>,
    drop: Option<AsideId>,
) -> web::Result<Result<Saved, Refusal>> {
    let who = writer(cx)?;
    Ok(cx
        .db()
        .write(&cx.viewer(), move |tx| {
            if let Some(aside) = drop {
                actions::answer::resolve(tx, id, aside)?;
            }
            actions::save_fields(tx, id, who, &inputs)
        })
        .await)
}

/// `POST /surveys/replies/{id}`
pub(crate) async fn save(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: ReplyId = parse(&id)?;
    let sheet = read(&cx, id).await?;
    if let Some(words) = not_standing(&cx, sheet.reply.tenant)? {
        let mut errors = Errors::new();
        let first = sheet.round.catalogue.fields.first();
        errors.add(first.map(Field::name).unwrap_or_default(), words);
        return Ok(answer_view::page(
            &cx,
            &sheet,
            &values,
            &errors,
            &[],
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    }
    let Typed { inputs, errors } = typed(&cx, &sheet, &values);
    let aside = ["use", "drop"]
        .iter()
        .find_map(|name| values.text(name).parse().ok());
    let saved = match write(&cx, id, inputs, aside).await? {
        Ok(saved) => saved,
        Err(Refusal::Refused(_)) => return Ok(answer_view::refused(&cx, &sheet, &values)),
        Err(other) => return super::done(&cx, Err::<(), _>(other), "", "/surveys/rounds"),
    };
    if !saved.clashes.is_empty() {
        let now = read(&cx, id).await?;
        return Ok(answer_view::conflict(&cx, &now, &saved.clashes));
    }
    if !errors.is_empty() {
        let now = read(&cx, id).await?;
        return Ok(answer_view::page(
            &cx,
            &now,
            &values,
            &errors,
            &[],
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    }
    if values.text("then") == "submit" {
        return Ok(cx.redirect(&format!("/surveys/replies/{id}/submit")));
    }
    cx.flash(FlashKind::Good, &t!(cx, "rounds-saved"));
    let place = ["copy", "propose"]
        .iter()
        .map(|n| values.text(n))
        .find(|k| !k.is_empty());
    Ok(cx.redirect(&match place {
        Some(key) => format!("/surveys/replies/{id}#f-{key}"),
        None => format!("/surveys/replies/{id}"),
    }))
}

/// `POST /surveys/replies/{id}/autosave`: the same for the fields that were touched; answers what the page must know next.
pub(crate) async fn autosave(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: ReplyId = parse(&id)?;
    let sheet = read(&cx, id).await?;
    require_standing(&cx, sheet.reply.tenant)?;
    let Typed { inputs, errors } = typed(&cx, &sheet, &values);
    let marks: BTreeMap<String, String> = inputs
        .iter()
        .map(|i| (i.field.clone(), mark(&i.value)))
        .collect();
    let problems: BTreeMap<&str, &str> = errors.iter().collect();
    let answer = match write(&cx, id, inputs, None).await? {
        Ok(saved) => {
            let versions: BTreeMap<&str, serde_json::Value> = saved
                .versions
                .iter()
                .map(|(key, version)| {
                    (
                        key.as_str(),
                        json!({"seen": version, "was": marks.get(key)}),
                    )
                })
                .collect();
            let clashes: Vec<&str> = saved
                .clashes
                .iter()
                .map(|c| c.theirs.field.as_str())
                .collect();
            (
                if clashes.is_empty() {
                    StatusCode::OK
                } else {
                    StatusCode::CONFLICT
                },
                json!({"saved": versions, "clashes": clashes, "errors": problems, "at": kernel::wareki::format_clock(cx.now)}),
            )
        }
        Err(Refusal::Store(error)) => return Err(error.into()),
        Err(other) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            json!({"errors": {"": super::words(&cx, &other)}}),
        ),
    };
    Ok(answer_json(answer.0, &answer.1))
}

fn answer_json(status: StatusCode, body: &serde_json::Value) -> Response {
    (
        status,
        [(axum::http::header::CONTENT_TYPE, "application/json")],
        body.to_string(),
    )
        .into_response()
}

/// Whether a reply's field offers files beside it.
pub(super) fn takes_files(field: &Field) -> bool {
    matches!(field.kind, forms::Kind::File)
}

/// Whether a comment of the office that asked waits to be read.
pub(super) fn returned(sheet: &Sheet) -> Option<&Version> {
    let version = sheet.versions.iter().find(|v| !v.note.is_empty())?;
    (sheet.reply.state == State::Returned || sheet.reply.state == State::Draft).then_some(version)
}
