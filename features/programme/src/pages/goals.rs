//! めざすべき姿: the vision first, then one goal per scene and one for what belongs to none.

use axum::{http::StatusCode, response::Response};
use kernel::OrganisationId;
use maud::{Markup, html};
use web::{Ctx, Decision, Errors, FlashKind, Form, Values, ui};

use super::{acting, words};
use crate::{
    DECIDE,
    actions::{self, GoalsSaved, Typed},
    i18n::t,
    model::{GOAL_PARTS, Goal},
    store as sql,
};

/// Most characters of one part.
const MOST: usize = 1000;

/// `GET /programme/goals`
pub(crate) async fn show(cx: Ctx) -> web::Result {
    let (goals, offices) = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), |conn| {
            Ok((sql::goals::goals(conn)?, areas::store::organisations(conn)?))
        })
        .await?;
    let mut owners: Vec<OrganisationId> = Vec::new();
    for goal in &goals {
        if !owners.contains(&goal.owner) {
            owners.push(goal.owner);
        }
    }
    let may = DECIDE.decide(cx.me.as_ref()) == Decision::Allow;
    let write = || ui::link_button(cx.url("/programme/goals/edit"), t!(cx, "goals-edit"));
    let name = |id: OrganisationId| {
        offices
            .iter()
            .find(|o| o.id == id)
            .map_or_else(String::new, |o| o.label(cx.lang).to_owned())
    };
    let body = html! {
        @if owners.is_empty() { (ui::empty(t!(cx, "goals-empty"), t!(cx, "goals-empty-text"), html! { @if may { (write()) } })) }
        @for owner in &owners {
            section.vision {
                h2 { (name(*owner)) }
                @for part in GOAL_PARTS {
                    @if let Some(goal) = goals.iter().find(|g| g.owner == *owner && g.part == part) { (one(&cx, goal)) }
                    @else if part != "vision" { h3 { (words::scene(cx.lang, part)) } p.sub { (t!(cx, "goal-unwritten")) } }
                }
            }
        }
    };
    let (crumb, title) = (t!(cx, "programme-title"), t!(cx, "goals-title"));
    let made = cx
        .page(title.as_str())
        .nav("programme")
        .crumbs(&[("/programme", crumb.as_str()), ("", title.as_str())])
        .sub(t!(cx, "goals-lead"));
    Ok(if may { made.actions(write()) } else { made }.body(body))
}

fn one(cx: &Ctx, goal: &Goal) -> Markup {
    let vision = goal.part == "vision";
    html! {
        h3 { (words::scene(cx.lang, &goal.part)) }
        p class=(if vision { "vision-text" } else { "goal-text" }) lang="ja" { (goal.body) }
        p.sub {
            @if goal.fictional { (ui::badge(ui::Tone::Plain, t!(cx, "fictional-goal"))) " " }
            @if goal.published_at.is_none() { (ui::badge(ui::Tone::Plain, t!(cx, "range-internal"))) " " }
            @if !vision { a href=(cx.url(&format!("/programme?view=table&kind=issue&goal={}", goal.part))) { (t!(cx, "goal-issues")) } }
        }
    }
}

async fn mine(cx: &Ctx, owner: OrganisationId) -> web::Result<Vec<Goal>> {
    let goals = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), sql::goals::goals)
        .await?;
    Ok(goals.into_iter().filter(|g| g.owner == owner).collect())
}

/// What was typed for one part: which, the text, the version that was seen.
type Part = (&'static str, String, i64);

fn parts_of(goals: &[Goal]) -> Vec<Part> {
    GOAL_PARTS
        .into_iter()
        .map(|part| {
            let goal = goals.iter().find(|g| g.part == part);
            (
                part,
                goal.map_or_else(String::new, |g| g.body.clone()),
                goal.map_or(0, |g| g.version),
            )
        })
        .collect()
}

/// `GET /programme/goals/edit`
pub(crate) async fn edit(cx: Ctx) -> web::Result {
    let goals = mine(&cx, acting(&cx)?).await?;
    let published = goals.iter().any(|g| g.published_at.is_some());
    let page = (&html! {}, StatusCode::OK);
    Ok(form_page(
        &cx,
        &parts_of(&goals),
        published,
        &Errors::new(),
        page,
    ))
}

/// `POST /programme/goals/edit`
pub(crate) async fn save(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let owner = acting(&cx)?;
    let publish = values.text("publish") == "1";
    let parts: Vec<Part> = GOAL_PARTS
        .into_iter()
        .map(|part| {
            let seen = values.text(&format!("{part}-version")).parse().unwrap_or(0);
            (part, values.text(part).to_owned(), seen)
        })
        .collect();
    let mut errors = Errors::new();
    for (part, body, _) in &parts {
        if body.chars().count() > MOST {
            errors.add(*part, t!(cx, "too-long", most = MOST));
        }
    }
    if !errors.is_empty() {
        let page = (&html! {}, StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(form_page(&cx, &parts, publish, &errors, page));
    }
    let typed = parts
        .iter()
        .map(|(part, body, seen)| Typed {
            part,
            body: body.clone(),
            seen: *seen,
            id: cx.env().id(),
        })
        .collect();
    match actions::save_goals(cx.db(), &cx.viewer(), owner, typed, publish).await? {
        GoalsSaved::Done => {
            cx.flash(FlashKind::Good, &t!(cx, "goals-saved"));
            Ok(cx.redirect("/programme/goals"))
        }
        GoalsSaved::Conflict(now) => {
            let theirs = parts_of(&now);
            let rows: Vec<Vec<Markup>> = theirs
                .iter()
                .zip(&parts)
                .filter(|(a, b)| a.1 != b.1)
                .map(|(a, b)| {
                    vec![
                        html! { (words::scene(cx.lang, a.0)) },
                        html! { span lang="ja" { (a.1) } },
                        html! { span lang="ja" { (b.1) } },
                    ]
                })
                .collect();
            let title = t!(cx, "conflict-title");
            let head = [
                t!(cx, "conflict-field"),
                t!(cx, "conflict-theirs"),
                t!(cx, "conflict-mine"),
            ];
            let above = html! {
                (ui::notice(ui::Tone::Warn, &title, html! { p { (t!(cx, "conflict-text")) } }))
                (ui::table_rows(&title, &head, &rows))
            };
            let kept: Vec<Part> = parts
                .into_iter()
                .zip(theirs)
                .map(|((part, body, _), (_, _, version))| (part, body, version))
                .collect();
            let page = (&above, StatusCode::CONFLICT);
            Ok(form_page(&cx, &kept, publish, &Errors::new(), page))
        }
    }
}

fn form_page(
    cx: &Ctx,
    parts: &[Part],
    publish: bool,
    errors: &Errors,
    (above, status): (&Markup, StatusCode),
) -> Response {
    let body = html! {
        (above)
        (ui::error_summary(cx, errors))
        form.form method="post" action=(cx.url("/programme/goals/edit")) novalidate data-keep=(cx.keep_key("programme.goals", "")) {
            input type="hidden" name="_csrf" value=(cx.csrf());
            @for (part, text, version) in parts {
                input type="hidden" name={ (part) "-version" } value=(version);
                (ui::field(cx, &ui::Field::new(part, words::scene(cx.lang, part)).hint(hint(cx, part)).kind(ui::Kind::Textarea { rows: 3 }).value(text.clone()).errors(errors)))
            }
            (ui::field(cx, &ui::Field::new("publish", t!(cx, "goals-publish")).hint(t!(cx, "goals-publish-hint")).kind(ui::Kind::Checkbox).value(if publish { "1" } else { "" })))
            div.actions {
                (ui::button(t!(cx, "goals-save")))
                (ui::link_button_second(cx.url("/programme/goals"), web::t!(cx.lang, "cancel")))
            }
        }
    };
    let (crumb, title) = (t!(cx, "goals-title"), t!(cx, "goals-edit"));
    cx.page(title.as_str())
        .nav("programme")
        .crumbs(&[("/programme/goals", crumb.as_str()), ("", title.as_str())])
        .sub(t!(cx, "goals-edit-lead"))
        .status(status)
        .no_qr()
        .body(body)
}

fn hint(cx: &Ctx, part: &str) -> String {
    match part {
        "vision" => t!(cx, "hint-vision"),
        "daily" => t!(cx, "hint-daily"),
        "transition" => t!(cx, "hint-transition"),
        "acute" => t!(cx, "hint-acute"),
        "endoflife" => t!(cx, "hint-endoflife"),
        _ => t!(cx, "hint-common"),
    }
}
