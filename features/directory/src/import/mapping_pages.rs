//! `/directory/mappings`: which column of one's own table says what.

use axum::{extract::Path, http::StatusCode, response::Response};
use maud::{Markup, html};
use serde::Deserialize;
use web::{Ctx, Errors, FileKind, FlashKind, Form, Upload, Values, ui};

use super::{
    mapping::{self, Change, FIELDS, MOST_COLUMNS, Mapping, MappingId, Saved, Table},
    pages::Nothing,
    read,
};
use crate::{i18n::t, model::Kind};

/// A column's name longer than this is no name.
const LONGEST: usize = 60;

fn crumbs(cx: &Ctx, title: &str) -> [(String, String); 3] {
    [
        ("/directory/imports".to_owned(), t!(cx, "directory-imports")),
        ("/directory/mappings".to_owned(), t!(cx, "mapping-title")),
        (String::new(), title.to_owned()),
    ]
}

/// `GET /directory/mappings`
pub(crate) async fn list(cx: Ctx) -> web::Result {
    start(&cx, &Errors::new(), StatusCode::OK).await
}

async fn start(cx: &Ctx, errors: &Errors, status: StatusCode) -> web::Result {
    let all = cx.db().read(&cx.viewer(), mapping::all).await?;
    let head = [
        t!(cx, "mapping-name"),
        t!(cx, "mapping-columns"),
        t!(cx, "mapping-saved"),
    ];
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|m| {
            vec![
                html! { a href=(cx.url(&format!("/directory/mappings/{}", m.id))) { (m.name) } },
                html! { (m.table.fields.len()) },
                ui::moment(cx, m.saved_at),
            ]
        })
        .collect();
    let form = html! {
        (ui::field(cx, &ui::Field::new("file", t!(cx, "mapping-file")).kind(ui::Kind::File { accept: ".csv,.xlsx" })
            .hint(t!(cx, "mapping-file-hint")).required().errors(errors)))
        div.actions { (ui::button(t!(cx, "mapping-read"))) }
    };
    let body = html! {
        (ui::error_summary(cx, errors))
        (ui::card(t!(cx, "mapping-new"), ui::form_upload(cx, "/directory/mappings/read", form)))
        @if rows.is_empty() { (ui::empty(t!(cx, "mapping-none"), t!(cx, "mapping-none-text"), html! {})) }
        @else { (ui::table_rows(t!(cx, "mapping-title"), &head, &rows)) }
    };
    let title = t!(cx, "mapping-title");
    Ok(cx
        .page(title.as_str())
        .nav("directory")
        .crumbs(&[
            ("/directory/imports".to_owned(), t!(cx, "directory-imports")),
            (String::new(), title.clone()),
        ])
        .sub(t!(cx, "mapping-lead"))
        .no_qr()
        .status(status)
        .body(body))
}

/// What the form shows.
#[derive(Clone, Debug, Default)]
struct Shown {
    id: Option<MappingId>,
    version: i64,
    name: String,
    kind: String,
    table: Table,
    /// The first rows, when the file is at hand.
    sample: Vec<Vec<String>>,
}

impl From<Mapping> for Shown {
    fn from(m: Mapping) -> Self {
        Self {
            id: Some(m.id),
            version: m.version,
            name: m.name,
            kind: m.kind,
            table: m.table,
            sample: Vec::new(),
        }
    }
}

/// `POST /directory/mappings/read`: the header of a file, and a guess what its columns are. Nothing is kept.
pub(crate) async fn read_it(cx: Ctx, upload: Upload) -> web::Result {
    let Some(file) = upload.file else {
        return no_table(&cx).await;
    };
    if !matches!(file.kind, FileKind::Csv | FileKind::Xlsx) {
        return no_table(&cx).await;
    }
    let name = file
        .name
        .rsplit_once('.')
        .map_or(file.name.as_str(), |n| n.0);
    let name: String = name.chars().take(100).collect();
    let lines = tokio::task::spawn_blocking(move || {
        let mut lines: Vec<Vec<String>> = Vec::new();
        let _ = read::each_line_of(std::io::Cursor::new(&file.bytes), &mut |line| {
            lines.push(line.cells);
            lines.len() < 12
        });
        lines
    })
    .await
    .map_err(|e| web::Error::Unexpected(Box::new(e)))?;
    let Some(shown) = guessed(name, &lines) else {
        return no_table(&cx).await;
    };
    page(&cx, &shown, &Errors::new(), StatusCode::OK).await
}

async fn no_table(cx: &Ctx) -> web::Result {
    let mut errors = Errors::new();
    errors.add("file", t!(cx, "mapping-bad-file"));
    start(cx, &errors, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// The header is the first line with two or more names; what it says in words that are known is filled in.
fn guessed(name: String, lines: &[Vec<String>]) -> Option<Shown> {
    let filled = |line: &&Vec<String>| line.iter().filter(|c| !c.trim().is_empty()).count() >= 2;
    let at = lines.iter().position(|line| filled(&line))?;
    let header: Vec<String> = lines[at]
        .iter()
        .take(MOST_COLUMNS)
        .map(|cell| cell.trim().chars().take(LONGEST).collect())
        .collect();
    let mut table = Table {
        header,
        ..Table::default()
    };
    for column in &table.header {
        let field = super::words::HEADERS.get(&super::words::squeeze(column));
        if let Some(field) = field.filter(|f| FIELDS.contains(f)) {
            table
                .fields
                .entry((*field).to_owned())
                .or_insert_with(|| column.clone());
        }
    }
    Some(Shown {
        name,
        table,
        sample: lines.iter().skip(at + 1).take(3).cloned().collect(),
        ..Shown::default()
    })
}

/// `GET /directory/mappings/{id}`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let id: MappingId = id.parse().map_err(|_| web::Error::NotFound)?;
    let found = cx
        .db()
        .read(&cx.viewer(), move |conn| mapping::one(conn, id))
        .await?
        .ok_or(web::Error::NotFound)?;
    page(&cx, &found.into(), &Errors::new(), StatusCode::OK).await
}

fn label(cx: &Ctx, field: &str) -> String {
    match field {
        "kind_text" => t!(cx, "directory-kind"),
        "city" => t!(cx, "directory-town"),
        "code" => t!(cx, "mapping-code"),
        "lat" => t!(cx, "mapping-lat"),
        "lon" => t!(cx, "mapping-lon"),
        "days_text" => t!(cx, "directory-days"),
        other => super::labels::field_word(cx, other),
    }
}

async fn page(cx: &Ctx, shown: &Shown, errors: &Errors, status: StatusCode) -> web::Result {
    let kinds = cx.db().read(&cx.viewer(), crate::store::kinds).await?;
    Ok(view(cx, &kinds, shown, errors, status))
}

fn view(cx: &Ctx, kinds: &[Kind], shown: &Shown, errors: &Errors, status: StatusCode) -> Response {
    let mut columns = vec![ui::Choice::new("", t!(cx, "mapping-no-column"))];
    columns.extend(
        shown
            .table
            .header
            .iter()
            .filter(|c| !c.is_empty())
            .map(|c| ui::Choice::new(c.as_str(), c.as_str())),
    );
    let mut kind_choices = vec![ui::Choice::new("", t!(cx, "mapping-kind-column"))];
    kind_choices.extend(
        kinds
            .iter()
            .map(|k| ui::Choice::new(k.code.as_str(), k.name(cx.lang))),
    );
    let header = shown.table.header.join("\t");
    let title = if shown.name.is_empty() {
        t!(cx, "mapping-new")
    } else {
        shown.name.clone()
    };
    let sample: Vec<Vec<Markup>> = shown
        .sample
        .iter()
        .map(|row| {
            (0..shown.table.header.len())
                .map(|at| html! { (row.get(at).map_or("", String::as_str)) })
                .collect()
        })
        .collect();
    let body = html! {
        (ui::error_summary(cx, errors))
        @if status == StatusCode::CONFLICT { (ui::notice(ui::Tone::Warn, t!(cx, "mapping-conflict"), html! { p { (t!(cx, "mapping-conflict-text")) } })) }
        @if !sample.is_empty() { (ui::details(t!(cx, "mapping-sample"), ui::table_rows(t!(cx, "mapping-sample"), &shown.table.header, &sample))) }
        (ui::form(cx, "/directory/mappings", html! {
            @if let Some(id) = shown.id { input type="hidden" name="id" value=(id); }
            input type="hidden" name="version" value=(shown.version);
            input type="hidden" name="header" value=(header);
            (ui::field(cx, &ui::Field::new("name", t!(cx, "mapping-name")).hint(t!(cx, "mapping-name-hint")).value(shown.name.as_str()).maxlength(100).required().errors(errors)))
            (ui::field(cx, &ui::Field::new("kind", t!(cx, "mapping-kind")).kind(ui::Kind::Select(kind_choices)).hint(t!(cx, "mapping-kind-hint")).value(shown.kind.as_str()).errors(errors)))
            (ui::fieldset(t!(cx, "mapping-which"), html! {
                @for field in FIELDS {
                    @let name = format!("map_{field}");
                    @let value = shown.table.fields.get(field).map_or("", String::as_str);
                    (ui::field(cx, &ui::Field::new(&name, label(cx, field)).kind(ui::Kind::Select(columns.clone())).value(value).errors(errors)))
                }
            }))
            div.actions { (ui::button(t!(cx, "mapping-save"))) }
        }))
        @if let Some(id) = shown.id {
            (ui::form(cx, &format!("/directory/mappings/{id}/remove"), html! { div.actions { (ui::danger_button(t!(cx, "mapping-remove"), t!(cx, "mapping-remove-sure"))) } }))
        }
    };
    cx.page(title.as_str())
        .nav("directory")
        .crumbs(&crumbs(cx, &title))
        .sub(t!(cx, "mapping-form-lead"))
        .no_qr()
        .status(status)
        .body(body)
}

/// The form as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    id: String,
    version: String,
    name: String,
    kind: String,
    header: String,
    #[serde(flatten)]
    rest: std::collections::BTreeMap<String, String>,
}

/// `POST /directory/mappings`
pub(crate) async fn save(cx: Ctx, Form(typed): Form<Typed>) -> web::Result {
    let header: Vec<String> = typed
        .header
        .split('\t')
        .take(MOST_COLUMNS)
        .map(|cell| cell.chars().take(LONGEST).collect())
        .collect();
    let fields = FIELDS
        .into_iter()
        .filter_map(|field| {
            let column = typed.rest.get(&format!("map_{field}"))?;
            header
                .contains(column)
                .then(|| (field.to_owned(), column.clone()))
        })
        .filter(|(_, column)| !column.is_empty())
        .collect();
    let shown = Shown {
        id: typed.id.parse().ok(),
        version: typed.version.trim().parse().unwrap_or(-1),
        name: typed.name.trim().to_owned(),
        kind: typed.kind.clone(),
        table: Table { header, fields },
        sample: Vec::new(),
    };
    let kinds = cx.db().read(&cx.viewer(), crate::store::kinds).await?;
    let mut errors = Errors::new();
    let has = |field: &str| shown.table.fields.contains_key(field);
    if shown.name.is_empty() || shown.name.chars().count() > 100 {
        errors.add("name", t!(cx, "mapping-bad-name"));
    }
    if !has("name") {
        errors.add("map_name", t!(cx, "mapping-bad-column"));
    }
    if !has("city") && !has("code") && !has("address") {
        errors.add("map_city", t!(cx, "mapping-bad-town"));
    }
    let known = kinds.iter().any(|k| k.code == shown.kind);
    if !(known || shown.kind.is_empty() && has("kind_text")) {
        errors.add("kind", t!(cx, "mapping-bad-kind"));
    }
    if !errors.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(view(&cx, &kinds, &shown, &errors, status));
    }
    let change = Change {
        id: shown.id,
        seen: shown.version,
        name: shown.name.clone(),
        kind: shown.kind.clone(),
        table: shown.table.clone(),
    };
    match mapping::save(cx.db(), &cx.viewer(), change).await? {
        Saved::Done => {
            cx.flash(FlashKind::Good, &t!(cx, "mapping-is-saved"));
            Ok(cx.redirect("/directory/imports"))
        }
        Saved::Taken => {
            errors.add("name", t!(cx, "mapping-taken"));
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(view(&cx, &kinds, &shown, &errors, status))
        }
        Saved::Conflict => {
            // What the other one saved is on the list; what was typed here stays in the form, as a new one.
            let mine = Shown { id: None, ..shown };
            Ok(view(&cx, &kinds, &mine, &errors, StatusCode::CONFLICT))
        }
    }
}

/// `POST /directory/mappings/{id}/remove`
pub(crate) async fn remove(
    cx: Ctx,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> web::Result {
    let id: MappingId = id.parse().map_err(|_| web::Error::NotFound)?;
    mapping::remove(cx.db(), &cx.viewer(), id).await?;
    cx.flash(FlashKind::Good, &t!(cx, "mapping-removed"));
    Ok(cx.redirect("/directory/mappings"))
}

/// The mapping that was chosen with a file, as the importer takes it: kind and columns.
pub(super) async fn chosen(cx: &Ctx, fields: &Values) -> web::Result<Option<Mapping>> {
    let Ok(id) = fields.text("mapping").parse::<MappingId>() else {
        return Ok(None);
    };
    Ok(cx
        .db()
        .read(&cx.viewer(), move |conn| mapping::one(conn, id))
        .await?)
}
