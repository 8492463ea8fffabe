//! How long, what is proposed, and who approved: one page for the manager of a desk.

use axum::{extract::Path, http::StatusCode, response::Response};
use maud::{Markup, html};
use store::Audit;
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{
    DECIDE, KINDS, job,
    store::{self as sql, Disposal, DisposalId, Rule},
};
use crate::{
    i18n::t,
    lanes::{actions::actor, pages::Input},
    list::parse,
    model::ConsultationId,
};

/// Reasons to keep a record although its time is over.
pub(crate) const REASONS: [&str; 4] = ["dispute", "disclosure", "abuse", "ongoing"];

struct Shown {
    rules: Vec<Rule>,
    proposals: Vec<Disposal>,
}

async fn read(cx: &Ctx) -> web::Result<Shown> {
    let office = cx.require_me()?.organisation;
    Ok(cx
        .db()
        .read::<_, store::Error>(&cx.viewer(), move |conn| {
            Ok(Shown {
                rules: sql::rules(conn, office)?,
                proposals: sql::proposals(conn, office)?,
            })
        })
        .await?)
}

/// `GET /consultations/retention`
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

/// `POST /consultations/retention`
pub(crate) async fn save(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let shown = read(&cx).await?;
    let mut input = Input::new(&cx, &values);
    let basis = input.required("basis", 200);
    let years: i64 = kernel::text::half_width(values.text("years"))
        .parse()
        .unwrap_or(0);
    if !(1..=30).contains(&years) {
        input.errors.add("years", t!(cx, "retention-problem-years"));
    }
    let kind = KINDS.into_iter().find(|kind| *kind == values.text("kind"));
    if kind.is_none() {
        input.errors.add("kind", t!(cx, "retention-problem-kind"));
    }
    let errors = std::mem::take(&mut input.errors);
    let (Some(kind), true) = (kind, errors.is_empty()) else {
        return page(
            &cx,
            &shown,
            &values,
            &errors,
            StatusCode::UNPROCESSABLE_ENTITY,
        );
    };
    let who = actor(cx.require_me()?);
    let rule = Rule {
        kind: kind.to_owned(),
        years,
        basis,
    };
    cx.db()
        .write::<_, store::Error>(&cx.viewer(), move |tx| {
            sql::put_rule(tx, who.office, &rule, &who.by)?;
            job::plan(tx, who.office, 0)?;
            tx.audit(
                Audit::new("consultations.retention", "consultation_retention")
                    .subject(who.office.uuid())
                    .field("years", None::<String>, Some(rule.years.to_string())),
            )?;
            tx.changed("consultation.disposal", who.office.uuid(), Some(who.office))
        })
        .await?;
    cx.flash(FlashKind::Good, &t!(cx, "retention-saved"));
    Ok(cx.redirect("/consultations/retention"))
}

/// `POST /consultations/disposals/{id}`: approving asks once more who it is.
pub(crate) async fn decide(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: DisposalId = parse(&id)?;
    let who = actor(cx.require_recent()?);
    let seen = values.text("version").parse().unwrap_or(0);
    let yes = values.text("act") == "approve";
    let done = cx
        .db()
        .write::<_, store::Error>(&cx.viewer(), move |tx| {
            let state = if yes { "approved" } else { "refused" };
            let done = sql::decide(tx, id, seen, state, &who.by)?;
            if done && yes {
                job::plan_destroy(tx, id)?;
            }
            tx.audit(
                Audit::new("consultations.disposal.decide", "consultation_disposal")
                    .id(id.uuid())
                    .subject(who.office.uuid())
                    .field("state", Some("proposed"), Some(state)),
            )?;
            tx.changed("consultation.disposal", id.uuid(), Some(who.office))?;
            Ok(done)
        })
        .await?;
    if done {
        cx.flash(FlashKind::Good, &t!(cx, "retention-decided"));
    } else {
        cx.flash(FlashKind::Warn, &t!(cx, "agreement-faster"));
    }
    Ok(cx.redirect("/consultations/retention"))
}

/// `POST /consultations/{id}/hold`
pub(crate) async fn hold(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: ConsultationId = parse(&id)?;
    let reason = REASONS
        .into_iter()
        .find(|one| *one == values.text("reason"));
    let who = actor(cx.require_me()?);
    cx.db()
        .write::<_, store::Error>(&cx.viewer(), move |tx| {
            let proof = crate::store::editable(tx, id)?;
            if crate::store::get(tx, id)?.desk != who.office {
                return Err(store::Error::NotFound);
            }
            sql::put_hold(tx, proof, who.office, reason, &who.by)?;
            tx.audit(
                Audit::new("consultations.hold", "consultation_hold")
                    .id(id.uuid())
                    .subject(who.office.uuid())
                    .field("reason", None::<String>, reason),
            )?;
            tx.changed("consultation", id.uuid(), Some(who.office))
        })
        .await?;
    cx.flash(FlashKind::Good, &t!(cx, "hold-saved"));
    Ok(cx.redirect(&format!("/consultations/{id}/note")))
}

/// The small form that keeps one record longer.
pub(crate) fn hold_form(cx: &Ctx, id: ConsultationId, now: Option<&str>) -> Markup {
    let word = |reason: &str| match reason {
        "dispute" => t!(cx, "hold-dispute"),
        "disclosure" => t!(cx, "hold-disclosure"),
        "abuse" => t!(cx, "hold-abuse"),
        _ => t!(cx, "hold-ongoing"),
    };
    let form = html! {
        div.field {
            label for="reason" { (t!(cx, "hold-reason")) }
            select id="reason" name="reason" {
                option value="" { (t!(cx, "hold-none")) }
                @for reason in REASONS { option value=(reason) selected[now == Some(reason)] { (word(reason)) } }
            }
        }
        div.actions { (ui::button_second("act", "hold", t!(cx, "hold-save"))) }
    };
    ui::details(
        t!(cx, "hold-title"),
        ui::form(cx, &format!("/consultations/{id}/hold"), form),
    )
}

fn kind_word(cx: &Ctx, kind: &str) -> String {
    match kind {
        "professional" => t!(cx, "retention-professional"),
        "resident" => t!(cx, "retention-resident"),
        _ => t!(cx, "retention-draft"),
    }
}

fn page(
    cx: &Ctx,
    shown: &Shown,
    values: &Values,
    errors: &Errors,
    status: StatusCode,
) -> web::Result<Response> {
    let decides = DECIDE.decide(cx.me.as_ref()) == web::Decision::Allow;
    let rules: Vec<Vec<Markup>> = KINDS
        .iter()
        .map(|kind| {
            let rule = shown.rules.iter().find(|rule| rule.kind == *kind);
            vec![
                html! { (kind_word(cx, kind)) },
                html! { @match rule { Some(rule) => { (t!(cx, "retention-years-of", years = rule.years)) }, None => { (t!(cx, "retention-undecided")) } } },
                html! { @if let Some(rule) = rule { span lang="ja" { (rule.basis) } } },
            ]
        })
        .collect();
    let head = [
        t!(cx, "retention-kind"),
        t!(cx, "retention-years"),
        t!(cx, "retention-basis"),
    ];
    let title = t!(cx, "retention-title");
    let body = html! {
        (ui::error_summary(cx, errors))
        (ui::table_rows(&title, &head, &rules))
        @if decides { (rule_form(cx, values, errors)) }
        section {
            h2 { (t!(cx, "retention-proposals")) }
            @if shown.proposals.is_empty() { p.sub { (t!(cx, "retention-proposals-none")) } }
            @else { (proposals(cx, &shown.proposals, decides)) }
        }
    };
    Ok(cx
        .page(title)
        .nav("consultations")
        .sub(t!(cx, "retention-lead"))
        .status(status)
        .body(body))
}

fn proposals(cx: &Ctx, list: &[Disposal], decides: bool) -> Markup {
    let head = [
        t!(cx, "retention-kind"),
        t!(cx, "retention-before"),
        t!(cx, "retention-records"),
        t!(cx, "retention-basis"),
        t!(cx, "retention-state"),
    ];
    let state = |one: &Disposal| match one.state.as_str() {
        "proposed" => t!(cx, "retention-proposed"),
        "approved" => t!(cx, "retention-approved"),
        "refused" => t!(cx, "retention-refused"),
        _ => t!(cx, "retention-done", count = one.destroyed),
    };
    let rows: Vec<Vec<Markup>> = list
        .iter()
        .map(|one| {
            vec![
                html! { (kind_word(cx, &one.kind)) },
                ui::date(cx, one.before),
                html! { (one.records) },
                html! { span lang="ja" { (one.basis) } " " (t!(cx, "retention-years-of", years = one.years)) },
                html! {
                    (state(one)) @if let Some(at) = one.done_at { " " (ui::moment(cx, at)) }
                    @if !one.decided_by.is_empty() { br; span.sub lang="ja" { (one.decided_by) } }
                    @if decides && one.state == "proposed" {
                        form.inline.no-print method="post" action=(cx.url(&format!("/consultations/disposals/{}", one.id))) {
                            input type="hidden" name="_csrf" value=(cx.csrf());
                            input type="hidden" name="version" value=(one.version);
                            button.btn.second name="act" value="approve" { (t!(cx, "retention-approve")) } " "
                            button.btn.second name="act" value="refuse" { (t!(cx, "retention-refuse")) }
                        }
                    }
                },
            ]
        })
        .collect();
    ui::table_rows(t!(cx, "retention-proposals"), &head, &rows)
}

fn rule_form(cx: &Ctx, values: &Values, errors: &Errors) -> Markup {
    let error = errors.of("kind");
    let field = |name, label| {
        ui::Field::new(name, label)
            .value(values.get(name).unwrap_or_default())
            .errors(errors)
            .required()
    };
    let form = html! {
        div class=(if error.is_some() { "field bad" } else { "field" }) {
            label for="kind" { (t!(cx, "retention-kind")) }
            @if let Some(error) = error { p.error id="kind-error" { (error) } }
            select id="kind" name="kind" {
                @for kind in KINDS { option value=(kind) selected[kind == values.text("kind")] { (kind_word(cx, kind)) } }
            }
        }
        (ui::field(cx, &field("years", t!(cx, "retention-years")).inputmode("numeric")))
        (ui::field(cx, &field("basis", t!(cx, "retention-basis")).hint(t!(cx, "retention-basis-hint"))))
        div.actions { (ui::button(t!(cx, "retention-save"))) }
    };
    html! { section.no-print { h2 { (t!(cx, "retention-new")) } (ui::form(cx, "/consultations/retention", form)) } }
}
