//! `/admin/organisations/new` and `/admin/organisations/{id}`: one organisation.

use axum::{extract::Path, http::StatusCode, response::Response};
use kernel::OrganisationId;
use maud::{Markup, html};
use web::ui::{self, Choice, Field, Kind, Tone};
use web::{Ctx, Errors, FlashKind, Form};

use super::{
    actions::{self, Saved},
    form::{Facts, KINDS, MOST_ALIASES, OrganisationForm, REGIMES, Trouble, Troubles},
    rows,
};
use crate::{
    form::Problem,
    i18n::t,
    model::{Municipality, Organisation},
    pages::{kind_word, words},
    store,
};

/// What is registered, when something is.
type Registered = Option<(Organisation, Facts)>;

/// What the page says above the form.
#[derive(Default)]
struct Said {
    errors: Errors,
    ask_statement: bool,
    duplicate: Option<Organisation>,
    conflict: Option<Facts>,
}

impl Said {
    fn status(&self) -> StatusCode {
        if self.conflict.is_some() {
            StatusCode::CONFLICT
        } else if self.errors.is_empty() && self.duplicate.is_none() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }
}

/// `GET /admin/organisations/new`
pub(super) async fn new(cx: Ctx) -> web::Result {
    let (_, towns) = read(&cx, None).await?;
    Ok(page(
        &cx,
        &None,
        &towns,
        &OrganisationForm::default(),
        &Said::default(),
    ))
}

/// `GET /admin/organisations/{id}`: a change of kind is a change of rights, so the administrator confirms before typing.
pub(super) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    cx.require_recent()?;
    let (registered, towns) = read(&cx, Some(parse(&id)?)).await?;
    let form = registered
        .as_ref()
        .map(|(_, facts)| OrganisationForm::of(facts))
        .unwrap_or_default();
    Ok(page(&cx, &registered, &towns, &form, &Said::default()))
}

/// `POST /admin/organisations/new`
pub(super) async fn add(cx: Ctx, Form(form): Form<OrganisationForm>) -> web::Result {
    keep(&cx, None, form).await
}

/// `POST /admin/organisations/{id}`
pub(super) async fn save(
    cx: Ctx,
    Path(id): Path<String>,
    Form(form): Form<OrganisationForm>,
) -> web::Result {
    keep(&cx, Some(parse(&id)?), form).await
}

async fn keep(cx: &Ctx, id: Option<OrganisationId>, mut form: OrganisationForm) -> web::Result {
    let (registered, towns) = read(cx, id).await?;
    let before = registered
        .as_ref()
        .map(|(one, _)| (one.kind.as_str(), one.municipality.as_deref()));
    let mut said = Said::default();
    let facts = match form.check(before, |code| towns.iter().any(|town| town.code == code)) {
        Ok(facts) => facts,
        Err(troubles) => {
            said.ask_statement = troubles
                .iter()
                .any(|(_, one)| *one == Trouble::Text(Problem::MyNumber));
            said.errors = in_words(cx, &form, &troubles);
            return Ok(page(cx, &registered, &towns, &form, &said));
        }
    };
    if before.is_some_and(|(kind, _)| kind != facts.kind) {
        cx.require_recent()?;
    }
    let (name, sure) = (
        facts.name.clone(),
        (!form.duplicate.is_empty(), form.stated()),
    );
    let viewer = cx.viewer();
    let (id, saved) = match id {
        Some(id) => (
            id,
            actions::save(cx.db(), &viewer, id, form.seen.clone(), facts, sure).await?,
        ),
        None => {
            let id = cx.env().id();
            (id, actions::add(cx.db(), &viewer, id, facts, sure).await?)
        }
    };
    match saved {
        Saved::Done => {
            cx.flash(
                FlashKind::Good,
                &t!(cx, "areas-register-saved", name = name),
            );
            Ok(cx.redirect(&format!("/admin/organisations/{id}")))
        }
        Saved::Duplicate(other) => {
            said.duplicate = Some(*other);
            Ok(page(cx, &registered, &towns, &form, &said))
        }
        Saved::Conflict(now) => {
            form.seen = now.seen();
            said.conflict = Some(*now);
            Ok(page(cx, &registered, &towns, &form, &said))
        }
    }
}

async fn read(
    cx: &Ctx,
    id: Option<OrganisationId>,
) -> web::Result<(Registered, Vec<Municipality>)> {
    cx.db()
        .read(&cx.viewer(), move |conn| {
            let registered = match id {
                Some(id) => {
                    let one = store::organisation(conn, id)?.ok_or(web::Error::NotFound)?;
                    let facts = Facts::of(&one, rows::aliases(conn, id)?);
                    Some((one, facts))
                }
                None => None,
            };
            Ok((registered, store::municipalities(conn)?))
        })
        .await
}

fn parse(id: &str) -> web::Result<OrganisationId> {
    id.parse().map_err(|_| web::Error::NotFound)
}

fn page(
    cx: &Ctx,
    registered: &Registered,
    towns: &[Municipality],
    form: &OrganisationForm,
    said: &Said,
) -> Response {
    let (title, path) = match registered {
        Some((one, _)) => (
            one.label(cx.lang).to_owned(),
            format!("/admin/organisations/{}", one.id),
        ),
        None => (
            t!(cx, "areas-register-add"),
            "/admin/organisations/new".to_owned(),
        ),
    };
    let body = html! {
        @if let Some(other) = &said.duplicate { (duplicate(cx, other)) }
        @if let Some(now) = &said.conflict { (conflict(cx, now, form)) }
        (ui::error_summary(cx, &said.errors))
        (fields(cx, &path, registered, towns, form, said))
        @if let Some((one, _)) = registered {
            (ui::card(t!(cx, "areas-register-manager"), html! {
                p { (t!(cx, "areas-register-manager-text")) }
                div.actions {
                    (ui::link_button_second(
                        cx.url(&format!("/admin/managers?organisation={}", one.id)), t!(cx, "areas-register-invite")))
                }
            }))
        }
    };
    let crumbs = [
        ("/admin", t!(cx, "areas-register-up")),
        ("/admin/organisations", t!(cx, "areas-register")),
        ("", title.clone()),
    ];
    cx.page(title)
        .nav("admin")
        .crumbs(&crumbs)
        .sub(t!(cx, "areas-register-form-lead"))
        .status(said.status())
        .no_qr()
        .body(body)
}

fn fields(
    cx: &Ctx,
    path: &str,
    registered: &Registered,
    towns: &[Municipality],
    form: &OrganisationForm,
    said: &Said,
) -> Markup {
    let line = |name: &'static str, hint: String, most: u32| {
        ui::field(
            cx,
            &Field::new(name, label(cx, name))
                .value(form.typed(name))
                .hint(hint)
                .required()
                .maxlength(most)
                .errors(&said.errors),
        )
    };
    let before = registered.as_ref().map(|(one, _)| one.kind.as_str());
    let mut kinds = vec![Choice::new("", web::t!(cx.lang, "select"))];
    let fixed = before.filter(|kind| !KINDS.contains(kind));
    kinds.extend(fixed.map(|kind| Choice::new(kind.to_owned(), kind_word(cx, kind))));
    if fixed.is_none() {
        kinds.extend(KINDS.map(|kind| Choice::new(kind, kind_word(cx, kind))));
    }
    let regimes: Vec<Choice<'_>> = REGIMES
        .map(|regime| Choice::new(regime, regime_words(cx, regime)))
        .into();
    let mut places = vec![Choice::new("", t!(cx, "areas-register-no-town"))];
    places.extend(
        towns
            .iter()
            .map(|town| Choice::new(town.code.as_str(), town.name(cx.lang))),
    );
    ui::form(
        cx,
        path,
        html! {
            input type="hidden" name="seen" value=(form.seen);
            (line("name", t!(cx, "areas-register-name-hint"), 200))
            (line("short_name", t!(cx, "areas-register-short-hint"), 100))
            (line("name_en", t!(cx, "areas-register-english-hint"), 200))
            (ui::field(cx, &Field::new("kind", label(cx, "kind")).kind(Kind::Select(kinds)).value(form.kind.as_str()).required()
                .hint(t!(cx, "areas-register-kind-hint")).errors(&said.errors)))
            (ui::field(cx, &Field::new("regime", label(cx, "regime")).kind(Kind::Radio(regimes)).value(form.regime.as_str()).required()
                .hint(t!(cx, "areas-register-regime-hint")).errors(&said.errors)))
            (ui::field(cx, &Field::new("municipality", label(cx, "municipality")).kind(Kind::Select(places))
                .value(form.municipality.as_str()).hint(t!(cx, "areas-register-town-hint")).errors(&said.errors)))
            (line("source", t!(cx, "areas-register-source-hint"), 500))
            (ui::field(cx, &Field::new("aliases", label(cx, "aliases")).kind(Kind::Textarea { rows: 3 })
                .value(form.aliases.as_str()).hint(t!(cx, "areas-register-aliases-hint")).errors(&said.errors)))
            (ui::field(cx, &Field::new("verified", label(cx, "verified")).kind(Kind::Checkbox)
                .value(if form.verified.is_empty() { "" } else { "1" })))
            @if said.ask_statement || form.stated() { (web::statement_field(cx, "texts", form.stated())) }
            @if said.duplicate.is_some() || !form.duplicate.is_empty() {
                (ui::field(cx, &Field::new("duplicate", t!(cx, "areas-register-duplicate-sure")).kind(Kind::Checkbox)
                    .value(if form.duplicate.is_empty() { "" } else { "1" })))
            }
            div.actions {
                (ui::button(web::t!(cx.lang, "save")))
                (ui::link_button_second(cx.url("/admin/organisations"), web::t!(cx.lang, "cancel")))
            }
        },
    )
}

fn duplicate(cx: &Ctx, other: &Organisation) -> Markup {
    ui::notice(
        Tone::Warn,
        t!(cx, "areas-register-duplicate"),
        html! {
            p { (t!(cx, "areas-register-duplicate-text")) }
            p { a href=(cx.url(&format!("/admin/organisations/{}", other.id))) { (other.label(cx.lang)) } }
        },
    )
}

/// What is registered beside what was typed.
fn conflict(cx: &Ctx, now: &Facts, form: &OrganisationForm) -> Markup {
    let head = [
        t!(cx, "areas-conflict-field"),
        t!(cx, "areas-conflict-theirs"),
        t!(cx, "areas-conflict-mine"),
    ];
    let mine = |name: &str| match name {
        "kind" => form.kind.clone(),
        "regime" => form.regime.clone(),
        "municipality" => form.municipality.clone(),
        "verified" => form.verified.clone(),
        name => form.typed(name).to_owned(),
    };
    let shown = |name: &str, value: String| match (name, value.as_str()) {
        ("kind", kind) => kind_word(cx, kind),
        ("regime", regime) => regime_words(cx, regime),
        (_, "") => t!(cx, "areas-conflict-empty"),
        _ => value,
    };
    let rows: Vec<Vec<Markup>> = now
        .columns()
        .into_iter()
        .filter(|(name, theirs)| *theirs != mine(name))
        .map(|(name, theirs)| {
            vec![
                html! { (label(cx, name)) },
                html! { (shown(name, theirs)) },
                html! { (shown(name, mine(name))) },
            ]
        })
        .collect();
    let title = t!(cx, "areas-conflict-title");
    html! {
        (ui::notice(Tone::Warn, &title, html! { p { (t!(cx, "areas-register-conflict-text")) } }))
        @if !rows.is_empty() { (ui::table_rows(&title, &head, &rows)) }
    }
}

fn label(cx: &Ctx, name: &str) -> String {
    match name {
        "name" => t!(cx, "areas-register-name"),
        "short_name" => t!(cx, "areas-register-short"),
        "name_en" => t!(cx, "areas-register-english"),
        "kind" => t!(cx, "areas-glossary-kind"),
        "regime" => t!(cx, "areas-register-regime"),
        "municipality" => t!(cx, "areas-column-name"),
        "source" => t!(cx, "areas-window-source"),
        "aliases" => t!(cx, "areas-glossary-alias"),
        _ => t!(cx, "areas-register-verified"),
    }
}

fn regime_words(cx: &Ctx, regime: &str) -> String {
    match regime {
        "private" => t!(cx, "areas-regime-private"),
        "administrative" => t!(cx, "areas-regime-administrative"),
        "public_hospital" => t!(cx, "areas-regime-public-hospital"),
        _ => t!(cx, "areas-regime-processor"),
    }
}

fn in_words(cx: &Ctx, form: &OrganisationForm, troubles: &Troubles) -> Errors {
    let mut errors = Errors::new();
    for (name, trouble) in troubles {
        let text = match trouble {
            // The summary above the form lists the texts alone: they name their field.
            Trouble::Text(Problem::Required) => {
                t!(
                    cx,
                    "areas-register-problem-required",
                    field = label(cx, name)
                )
            }
            Trouble::Text(problem) => words(cx, problem, form.typed(name)),
            Trouble::Kind => t!(cx, "areas-register-problem-kind"),
            Trouble::Regime => t!(cx, "areas-register-problem-regime"),
            Trouble::Town => t!(cx, "areas-register-problem-town"),
            Trouble::Aliases => t!(cx, "areas-register-problem-aliases", most = MOST_ALIASES),
        };
        errors.add(*name, text);
    }
    errors
}
