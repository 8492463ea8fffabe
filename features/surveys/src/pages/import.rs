//! Bringing a file in: everything that is wrong is listed by line; what is right waits as a draft.

use axum::http::StatusCode;
use maud::{Markup, html};
use web::{Ctx, Errors, FileKind, FlashKind, Upload, Values, ui};

use crate::{
    actions::{self, Incoming, Refusal},
    i18n::t,
    import::{Draft, MAX_PROBLEMS, Reason, Register, RowProblem, from_csv, from_json, from_xlsx},
    model::{Batch, Head},
    store as sql,
};

/// The checkbox under a file with marked runs of digits.
const STATEMENT: &str = "file_other_number";

/// One file is read at a time.
static TURN: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(1);

/// `GET /surveys/import`
pub(crate) async fn show(cx: Ctx) -> web::Result {
    page(&cx, &Values::default(), html! {}, false).await
}

/// `POST /surveys/import`
pub(crate) async fn send(cx: Ctx, upload: Upload) -> web::Result {
    let asker = cx.require_me()?.organisation;
    let (file, fields) = upload.require_file(cx.lang)?;
    let municipalities = cx
        .db()
        .read(&cx.viewer(), areas::store::municipalities)
        .await?;
    let register = Register::of(&municipalities);
    let stated = fields.text(STATEMENT) == "1";
    let (kind, name, head) = (file.kind, file.name, head(&fields));
    let format = match kind {
        FileKind::Csv => "csv",
        FileKind::Xlsx => "xlsx",
        FileKind::Json => "json",
        _ => {
            return problems(
                &cx,
                &fields,
                &[RowProblem {
                    line: 0,
                    column: name,
                    reason: Reason::Unreadable,
                }],
            )
            .await;
        }
    };
    // Twenty megabytes of spreadsheet take a while: not on a thread that serves pages. They unpack to ten times as much: one
    // after the other.
    let turn = TURN
        .acquire()
        .await
        .map_err(|error| web::Error::Unexpected(Box::new(error)))?;
    let parsed = tokio::task::spawn_blocking(move || {
        // The turn ends with the work, even when nobody waits for it any more.
        let _turn = turn;
        let draft = match kind {
            FileKind::Csv => from_csv(&file.bytes, head, &register),
            FileKind::Xlsx => from_xlsx(&file.bytes, head, &register),
            _ => from_json(&file.bytes, &register),
        };
        draft.map(|draft| (draft, register))
    })
    .await
    .map_err(|error| web::Error::Unexpected(Box::new(error)))?;
    let (draft, register) = match parsed {
        Ok(parsed) => parsed,
        Err(list) => return problems(&cx, &fields, &list).await,
    };
    if !draft.marks.is_empty() && !stated {
        return marks(&cx, &fields, &draft).await;
    }
    let statement = (!draft.marks.is_empty()).then(|| t!(cx, "import-statement-purpose"));
    let incoming = Incoming {
        draft,
        register,
        file_name: name,
        format,
        asker: Some(asker),
        statement,
    };
    match actions::import(cx.db(), cx.env(), &cx.viewer(), incoming).await {
        Ok(batch) => {
            cx.flash(FlashKind::Good, &t!(cx, "import-done"));
            Ok(cx.redirect(&format!("/surveys/import/{batch}")))
        }
        Err(Refusal::SlugTaken) => {
            problems(
                &cx,
                &fields,
                &[RowProblem {
                    line: 0,
                    column: t!(cx, "import-slug"),
                    reason: Reason::SlugTaken,
                }],
            )
            .await
        }
        Err(Refusal::Problems(list)) => problems(&cx, &fields, &list).await,
        Err(other) => Err(other.into()),
    }
}

fn head(fields: &Values) -> Head {
    Head {
        slug: fields.text("slug").to_owned(),
        title: fields.text("title").to_owned(),
        label: fields.text("label").to_owned(),
        fiscal_year: kernel::text::half_width(fields.text("fiscal_year"))
            .trim()
            .parse()
            .unwrap_or(0),
        fiscal_year_inferred: fields.text("inferred") == "1",
        source: fields.text("source").to_owned(),
        trailing_link: fields.text("trailing_link").to_owned(),
        ..Head::default()
    }
}

async fn problems(cx: &Ctx, fields: &Values, list: &[RowProblem]) -> web::Result {
    let rows: Vec<Vec<Markup>> = list
        .iter()
        .map(|p| vec![html! { (place(cx, p)) }, html! { (p.message(cx.lang)) }])
        .collect();
    let head = [t!(cx, "import-place"), t!(cx, "import-reason")];
    let text = if list.len() >= MAX_PROBLEMS {
        t!(cx, "import-problems-first", count = list.len())
    } else {
        t!(cx, "import-problems-text", count = list.len())
    };
    let notice = html! {
        (ui::notice(ui::Tone::Bad, t!(cx, "import-problems"), html! { p { (text) } }))
        (ui::table_rows(t!(cx, "import-problems"), &head, &rows))
    };
    page(cx, fields, notice, false).await
}

/// Where a problem is; fields of the form by their label.
fn place(cx: &Ctx, problem: &RowProblem) -> String {
    match (problem.line, problem.column.as_str()) {
        (0, "slug") => t!(cx, "import-slug"),
        (0, "title") => t!(cx, "import-survey-title"),
        (0, "label") => t!(cx, "import-label"),
        (0, "fiscal_year") => t!(cx, "import-year"),
        (0, "source") => t!(cx, "import-source"),
        (0, "trailing_link") => t!(cx, "import-link"),
        _ => problem.place(cx.lang),
    }
}

async fn marks(cx: &Ctx, fields: &Values, draft: &Draft) -> web::Result {
    let place = |line, column: &str| {
        RowProblem {
            line,
            column: column.to_owned(),
            reason: Reason::MyNumber,
        }
        .place(cx.lang)
    };
    let notice = ui::notice(
        ui::Tone::Warn,
        t!(cx, "import-marks"),
        html! {
            p { (t!(cx, "import-marks-text", count = draft.marks.len())) }
            ul { @for mark in draft.marks.iter().take(MAX_PROBLEMS) { li { (place(mark.line, &mark.column)) } } }
        },
    );
    page(cx, fields, notice, true).await
}

async fn page(cx: &Ctx, fields: &Values, notice: Markup, statement: bool) -> web::Result {
    let waiting = cx.db().read(&cx.viewer(), sql::batches_waiting).await?;
    let came_back = !notice.0.is_empty();
    let body = html! {
        (notice)
        (waiting_list(cx, &waiting))
        (ui::form_upload(cx, "/surveys/import", form(cx, fields, statement)))
        (ui::card(t!(cx, "import-layout"), html! {
            ul {
                li { (t!(cx, "import-layout-code")) }
                li { (t!(cx, "import-layout-row")) }
                li { (t!(cx, "import-layout-empty")) }
                li { (t!(cx, "import-layout-formula")) }
                li { (t!(cx, "import-layout-sample")) }
            }
        }))
    };
    let crumb = t!(cx, "surveys-title");
    let title = t!(cx, "import-title");
    let made = cx
        .page(title.as_str())
        .nav("surveys")
        .crumbs(&[("/surveys", crumb.as_str()), ("", title.as_str())])
        .sub(t!(cx, "import-lead"))
        .no_qr();
    Ok(if came_back {
        made.status(StatusCode::UNPROCESSABLE_ENTITY)
    } else {
        made
    }
    .body(body))
}

fn waiting_list(cx: &Ctx, waiting: &[Batch]) -> Markup {
    if waiting.is_empty() {
        return html! {};
    }
    ui::card_waits(
        t!(cx, "surveys-drafts"),
        html! {
            ul {
                @for batch in waiting {
                    li {
                        a href=(cx.url(&format!("/surveys/import/{}", batch.id))) { (batch.file_name) }
                        " " (ui::moment(cx, batch.imported_at))
                    }
                }
            }
        },
    )
}

fn form(cx: &Ctx, fields: &Values, statement: bool) -> Markup {
    let none = Errors::new();
    let field = |f: ui::Field<'_>| ui::field(cx, &f.errors(&none));
    let text = |name: &'static str, label: String| {
        ui::Field::new(name, label).value(fields.text(name).to_owned())
    };
    let checked = |name: &str| if fields.text(name) == "1" { "1" } else { "" };
    html! {
        (field(ui::Field::new("file", t!(cx, "import-file")).kind(ui::Kind::File { accept: ".csv,.xlsx,.json" })
            .hint(t!(cx, "import-file-hint")).required()))
        @if statement {
            (field(ui::Field::new(STATEMENT, t!(cx, "import-statement")).kind(ui::Kind::Checkbox).value(checked(STATEMENT))))
        }
        (ui::fieldset(t!(cx, "import-head"), html! {
            p.hint { (t!(cx, "import-head-hint")) }
            (field(text("title", t!(cx, "import-survey-title")).maxlength(300)))
            (field(text("fiscal_year", t!(cx, "import-year")).hint(t!(cx, "import-year-hint")).inputmode("numeric").maxlength(4)))
            (field(ui::Field::new("inferred", t!(cx, "import-inferred")).kind(ui::Kind::Checkbox).value(checked("inferred"))))
            (field(text("slug", t!(cx, "import-slug")).hint(t!(cx, "import-slug-hint")).maxlength(80)))
            (field(text("label", t!(cx, "import-label")).maxlength(100)))
            (field(text("source", t!(cx, "import-source")).hint(t!(cx, "import-source-hint")).maxlength(2000)))
            (field(text("trailing_link", t!(cx, "import-link")).kind(ui::Kind::Url).maxlength(2000)))
        }))
        div.actions { (ui::button(t!(cx, "import-send"))) }
    }
}
