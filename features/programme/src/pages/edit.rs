//! Writing a new entry, and changing one.

use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use maud::{Markup, html};
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{Towns, acting, address, form, form::Typed, parse};
use crate::{
    actions::{self, Edited},
    i18n::t,
    model::{Entry, Kind},
    store as sql,
};

async fn towns(cx: &Ctx) -> web::Result<Towns> {
    cx.db()
        .read::<_, ::store::Error>(&cx.viewer(), Towns::read)
        .await
        .map_err(Into::into)
}

/// `GET /programme/new`
pub(crate) async fn blank(cx: Ctx, Query(values): Query<Values>) -> web::Result {
    let towns = towns(&cx).await?;
    let owner = acting(&cx)?;
    let typed = Typed {
        kind: Kind::from_code(values.text("kind"))
            .unwrap_or_default()
            .code()
            .to_owned(),
        scenes: vec![crate::model::COMMON.to_owned()],
        municipalities: towns
            .of(owner)
            .map(|t| t.code.clone())
            .into_iter()
            .collect(),
        goal: values.text("goal").to_owned(),
        ..Typed::default()
    };
    Ok(new_page(
        &cx,
        &towns,
        &typed,
        &Errors::new(),
        StatusCode::OK,
    ))
}

/// `POST /programme/new`
pub(crate) async fn create(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let (towns, owner) = (towns(&cx).await?, acting(&cx)?);
    let typed = Typed::of(&values);
    let new = match typed.check(&cx, &towns, owner) {
        Ok(new) => new,
        Err(errors) => {
            return Ok(new_page(
                &cx,
                &towns,
                &typed,
                &errors,
                StatusCode::UNPROCESSABLE_ENTITY,
            ));
        }
    };
    let ids = new.ids(cx.env());
    let id = cx
        .db()
        .write::<_, ::store::Error>(&cx.viewer(), move |tx| actions::create(tx, &ids, &new))
        .await?;
    cx.flash(FlashKind::Good, &t!(cx, "entry-created"));
    Ok(cx.redirect(&address(id)))
}

fn new_page(
    cx: &Ctx,
    towns: &Towns,
    typed: &Typed,
    errors: &Errors,
    status: StatusCode,
) -> Response {
    let crumb = t!(cx, "programme-title");
    let title = t!(cx, "entry-new");
    let body = html! {
        (behalf(cx))
        (form::view(cx, towns, typed, errors, ("/programme/new", "new")))
    };
    cx.page(title.as_str())
        .nav("programme")
        .crumbs(&[("/programme", crumb.as_str()), ("", title.as_str())])
        .sub(t!(cx, "entry-new-lead"))
        .status(status)
        .no_qr()
        .body(body)
}

/// Who enters for whom.
fn behalf(cx: &Ctx) -> Markup {
    let Some((me, town)) = cx
        .me
        .as_ref()
        .and_then(|me| me.acting_for.as_ref().map(|town| (me, town)))
    else {
        return html! {};
    };
    let text = t!(
        cx,
        "on-behalf",
        town = town.name.as_str(),
        by = me.organisation_name.as_str()
    );
    ui::notice(ui::Tone::Info, text, html! {})
}

async fn read(cx: &Ctx, id: &str) -> web::Result<(Entry, Towns)> {
    let id = parse(id)?;
    cx.db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| {
            let entry = sql::entry(conn, id)?
                .filter(Entry::editable)
                .ok_or(::store::Error::NotFound)?;
            Ok((entry, Towns::read(conn)?))
        })
        .await
        .map_err(Into::into)
}

/// `GET /programme/entries/{id}/edit`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let (entry, towns) = read(&cx, &id).await?;
    let typed = Typed::from_entry(&entry);
    let page = (&html! {}, StatusCode::OK);
    Ok(edit_page(&cx, &entry, &towns, &typed, &Errors::new(), page))
}

/// `POST /programme/entries/{id}/edit`
pub(crate) async fn save(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let (entry, towns) = read(&cx, &id).await?;
    let mut typed = Typed::of(&values);
    let new = match typed.check(&cx, &towns, entry.owner) {
        Ok(new) => new,
        Err(errors) => {
            let page = (&html! {}, StatusCode::UNPROCESSABLE_ENTITY);
            return Ok(edit_page(&cx, &entry, &towns, &typed, &errors, page));
        }
    };
    let at = (entry.id, cx.env().id());
    match actions::edit(cx.db(), &cx.viewer(), at, typed.version, new).await? {
        Edited::Done => cx.flash(FlashKind::Good, &t!(cx, "entry-saved")),
        Edited::ApprovalsGone => cx.flash(FlashKind::Warn, &t!(cx, "entry-saved-approvals")),
        Edited::Conflict(now) => {
            let both = both_texts(&cx, &towns, &now, &typed);
            typed.version = now.version;
            let page = (&both, StatusCode::CONFLICT);
            return Ok(edit_page(&cx, &now, &towns, &typed, &Errors::new(), page));
        }
    }
    Ok(cx.redirect(&address(entry.id)))
}

/// Both texts side by side; the writer's own stays in the form below.
fn both_texts(cx: &Ctx, towns: &Towns, now: &Entry, typed: &Typed) -> Markup {
    let theirs = Typed::from_entry(now).printed(cx, towns);
    let rows: Vec<Vec<Markup>> = theirs
        .into_iter()
        .zip(typed.printed(cx, towns))
        .filter(|((_, theirs), (_, mine))| theirs != mine)
        .map(|((name, theirs), (_, mine))| vec![html! { (name) }, lines(&theirs), lines(&mine)])
        .collect();
    let title = t!(cx, "conflict-title");
    let head = [
        t!(cx, "conflict-field"),
        t!(cx, "conflict-theirs"),
        t!(cx, "conflict-mine"),
    ];
    html! {
        (ui::notice(ui::Tone::Warn, &title, html! { p { (t!(cx, "conflict-text")) } }))
        @if !rows.is_empty() { (ui::table_rows(&title, &head, &rows)) }
    }
}

fn lines(text: &str) -> Markup {
    html! { @for line in text.lines() { p lang="ja" { (line) } } }
}

fn edit_page(
    cx: &Ctx,
    entry: &Entry,
    towns: &Towns,
    typed: &Typed,
    errors: &Errors,
    (above, status): (&Markup, StatusCode),
) -> Response {
    let at = address(entry.id);
    let (crumb, title) = (t!(cx, "programme-title"), t!(cx, "entry-edit"));
    let action = format!("{at}/edit");
    let body = html! {
        (behalf(cx))
        @if entry.open { (ui::notice(ui::Tone::Warn, t!(cx, "edit-open-title"), html! { p { (t!(cx, "edit-open-text")) } })) }
        (above)
        (form::view(cx, towns, typed, errors, (&action, &entry.id.to_string())))
    };
    cx.page(title.as_str())
        .nav("programme")
        .crumbs(&[
            ("/programme", crumb.as_str()),
            (at.as_str(), entry.title.as_str()),
            ("", title.as_str()),
        ])
        .status(status)
        .no_qr()
        .body(body)
}
