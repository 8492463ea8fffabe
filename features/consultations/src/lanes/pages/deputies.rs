//! Who takes over when nobody answers, in their order, and who is away when.

use axum::{extract::Path, http::StatusCode, response::Response};
use kernel::AccountId;
use maud::{Markup, html};
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{Input, NAME};
use crate::{
    i18n::t,
    lanes::{
        actions::actor,
        deputies::{self as sql, Absence, Listed},
        model::Deputy,
    },
    list::parse,
};

/// Places in the list.
const PLACES: usize = 3;

struct Shown {
    listed: Listed,
    absences: Vec<Absence>,
    /// The office's people; only its manager reads them.
    people: Vec<(AccountId, String)>,
}

fn manages(cx: &Ctx) -> bool {
    NAME.decide(cx.me.as_ref()) == web::Decision::Allow
}

async fn read(cx: &Ctx) -> web::Result<Shown> {
    let office = cx.require_me()?.organisation;
    let manages = manages(cx);
    Ok(cx
        .db()
        .read::<_, store::Error>(&cx.viewer(), move |conn| {
            let people = if manages {
                identity::members_of(conn, office)?
                    .into_iter()
                    .map(|member| (member.place.account, member.name))
                    .collect()
            } else {
                Vec::new()
            };
            Ok(Shown {
                listed: sql::list(conn, office)?,
                absences: sql::absences(conn, office)?,
                people,
            })
        })
        .await?)
}

/// `GET /consultations/deputies`
pub(crate) async fn show(cx: Ctx) -> web::Result {
    let shown = read(&cx).await?;
    page(
        &cx,
        &shown,
        &Values::default(),
        &Errors::new(),
        StatusCode::OK,
    )
}

/// `POST /consultations/deputies`
pub(crate) async fn save(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let shown = read(&cx).await?;
    let mut list: Vec<Deputy> = Vec::new();
    for place in 1..=PLACES {
        let chosen = values.text(&format!("deputy{place}"));
        let known = shown
            .people
            .iter()
            .find(|(account, _)| account.to_string() == chosen);
        if let Some((account, name)) = known
            && !list.iter().any(|one| one.account == *account)
        {
            list.push(Deputy {
                account: *account,
                name: name.clone(),
            });
        }
    }
    let seen = values.text("version").parse().unwrap_or(0);
    let who = actor(cx.require_me()?);
    if sql::save(cx.db(), &cx.viewer(), who.office, list, seen, who.by).await? {
        cx.flash(FlashKind::Good, &t!(cx, "deputies-saved"));
        return Ok(cx.redirect("/consultations/deputies"));
    }
    let mut errors = Errors::new();
    let now = names(&read(&cx).await?.listed);
    errors.add("deputy1", t!(cx, "deputies-faster", now = now));
    page(
        &cx,
        &read(&cx).await?,
        &values,
        &errors,
        StatusCode::CONFLICT,
    )
}

fn names(listed: &Listed) -> String {
    let all: Vec<&str> = listed.list.iter().map(|one| one.name.as_str()).collect();
    all.join(" → ")
}

/// `POST /consultations/absences`
pub(crate) async fn add_absence(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let shown = read(&cx).await?;
    let mut input = Input::new(&cx, &values);
    let (first, last) = (input.required_day("first"), input.required_day("last"));
    let person = shown
        .people
        .iter()
        .find(|(account, _)| account.to_string() == values.text("who"));
    if person.is_none() {
        input.errors.add("who", t!(cx, "deputies-problem-who"));
    }
    if let (Some(first), Some(last)) = (first, last)
        && last < first
    {
        input.errors.add("last", t!(cx, "deputies-problem-days"));
    }
    let errors = std::mem::take(&mut input.errors);
    let (Some((account, name)), Some(first), Some(last), true) =
        (person, first, last, errors.is_empty())
    else {
        return page(
            &cx,
            &shown,
            &values,
            &errors,
            StatusCode::UNPROCESSABLE_ENTITY,
        );
    };
    let new = Absence {
        id: cx.env().id(),
        account: *account,
        name: name.clone(),
        first,
        last,
    };
    let office = cx.require_me()?.organisation;
    sql::add_absence(cx.db(), &cx.viewer(), office, new).await?;
    cx.flash(FlashKind::Good, &t!(cx, "deputies-away-saved"));
    Ok(cx.redirect("/consultations/deputies"))
}

/// `POST /consultations/absences/{id}/remove`
pub(crate) async fn drop_absence(
    cx: Ctx,
    Path(id): Path<String>,
    Form(_): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    let office = cx.require_me()?.organisation;
    sql::drop_absence(cx.db(), &cx.viewer(), office, id).await?;
    cx.flash(FlashKind::Good, &t!(cx, "deputies-away-dropped"));
    Ok(cx.redirect("/consultations/deputies"))
}

fn page(
    cx: &Ctx,
    shown: &Shown,
    values: &Values,
    errors: &Errors,
    status: StatusCode,
) -> web::Result<Response> {
    let manages = manages(cx);
    let body = html! {
        (ui::error_summary(cx, errors))
        @if shown.listed.list.is_empty() {
            (ui::notice(ui::Tone::Warn, t!(cx, "deputies-none"), html! { p { (t!(cx, "deputies-none-text")) } }))
        } @else {
            ol { @for one in &shown.listed.list { li lang="ja" { (one.name) } } }
        }
        @if manages { (order_form(cx, shown, values, errors)) } @else { p.sub { (t!(cx, "deputies-manager")) } }
        section {
            h2 { (t!(cx, "deputies-away")) }
            @if shown.absences.is_empty() { p.sub { (t!(cx, "deputies-away-none")) } }
            ul.plain { @for one in &shown.absences { li {
                span lang="ja" { (one.name) } " " (ui::date(cx, one.first)) " – " (ui::date(cx, one.last))
                @if manages {
                    form.inline.no-print method="post" action=(cx.url(&format!("/consultations/absences/{}/remove", one.id))) {
                        input type="hidden" name="_csrf" value=(cx.csrf());
                        " " (ui::button_small(t!(cx, "deputies-away-drop")))
                    }
                }
            } } }
            @if manages { (away_form(cx, shown, values, errors)) }
        }
    };
    Ok(cx
        .page(t!(cx, "deputies-title"))
        .nav("consultations")
        .crumbs(&[
            ("/consultations/handovers", t!(cx, "lanes-title")),
            ("", t!(cx, "deputies-title")),
        ])
        .sub(t!(cx, "deputies-lead"))
        .status(status)
        .body(body))
}

fn people(
    cx: &Ctx,
    name: &str,
    label: &str,
    chosen: &str,
    shown: &Shown,
    errors: &Errors,
) -> Markup {
    let error = errors.of(name);
    html! {
        div class=(if error.is_some() { "field bad" } else { "field" }) {
            label for=(name) { (label) }
            @if let Some(error) = error { p.error id={ (name) "-error" } { (error) } }
            select id=(name) name=(name) {
                option value="" { (t!(cx, "lanes-choose")) }
                @for (account, person) in &shown.people {
                    @let value = account.to_string();
                    option value=(value) selected[value == chosen] { (person) }
                }
            }
        }
    }
}

fn order_form(cx: &Ctx, shown: &Shown, values: &Values, errors: &Errors) -> Markup {
    let form = html! {
        input type="hidden" name="version" value=(shown.listed.version);
        @for place in 1..=PLACES {
            @let name = format!("deputy{place}");
            @let kept = shown.listed.list.get(place - 1).map(|one| one.account.to_string()).unwrap_or_default();
            @let chosen = values.get(&name).unwrap_or(&kept);
            (people(cx, &name, &t!(cx, "deputies-place", place = place.to_string()), chosen, shown, errors))
        }
        div.actions { (ui::button(t!(cx, "deputies-save"))) }
    };
    html! { section.no-print { h2 { (t!(cx, "deputies-order")) } (ui::form(cx, "/consultations/deputies", form)) } }
}

fn away_form(cx: &Ctx, shown: &Shown, values: &Values, errors: &Errors) -> Markup {
    let field = |name, label| {
        ui::Field::new(name, label)
            .value(values.get(name).unwrap_or_default())
            .errors(errors)
            .required()
    };
    let form = html! {
        (people(cx, "who", &t!(cx, "deputies-who"), values.text("who"), shown, errors))
        (ui::field(cx, &field("first", t!(cx, "deputies-first"))))
        (ui::field(cx, &field("last", t!(cx, "deputies-last"))))
        div.actions { (ui::button(t!(cx, "deputies-away-add"))) }
    };
    html! { div.no-print { (ui::form(cx, "/consultations/absences", form)) } }
}
