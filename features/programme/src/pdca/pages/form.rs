//! The form of a countermeasure: what was typed, what is wrong with it, and its fields.

use kernel::{Lang, Uuid};
use maud::{Markup, html};
use web::{Ctx, Errors, Values, ui};

use super::words;
use crate::{
    i18n::{t, tl},
    pdca::{
        input::{self, Input, STATED},
        model::{Evaluation, Indicator, NextAction, Plan, Rating},
    },
};

/// Most characters of a long and of a short field.
const LONG: usize = 2000;
const SHORT: usize = 200;

/// The stored names of an indicator's fields.
struct Names {
    name: &'static str,
    base: &'static str,
    target: &'static str,
    value: &'static str,
    unit: &'static str,
    source: &'static str,
}

const PROCESS: Names = Names {
    name: "p_name",
    base: "p_base",
    target: "p_target",
    value: "p_value",
    unit: "p_unit",
    source: "p_source",
};
const OUTCOME: Names = Names {
    name: "o_name",
    base: "o_base",
    target: "o_target",
    value: "o_value",
    unit: "o_unit",
    source: "o_source",
};

impl Names {
    fn of(&self, part: &str) -> &'static str {
        match part {
            "name" => self.name,
            "unit" => self.unit,
            _ => self.source,
        }
    }

    fn fill(&self, values: &mut Values, one: &Indicator) {
        let pairs = [
            (self.name, &one.name),
            (self.base, &one.base),
            (self.target, &one.target),
            (self.value, &one.value),
            (self.unit, &one.unit),
            (self.source, &one.source),
        ];
        for (name, text) in pairs {
            values.push(name.to_owned(), text.clone());
        }
    }

    fn read(&self, cx: &Ctx, input: &mut Input<'_>) -> Indicator {
        let one = Indicator {
            name: input.text(self.name, SHORT),
            base: input.text(self.base, 60),
            target: input.text(self.target, 60),
            value: input.text(self.value, 60),
            unit: input.text(self.unit, 40),
            source: input.text(self.source, SHORT),
        };
        if let Some(part) = one.lacks() {
            input
                .errors
                .add(self.of(part), t!(cx, "pdca-problem-indicator"));
        }
        one
    }
}

/// A plan as the form shows it.
pub(crate) fn values_of(plan: &Plan, version: i64) -> Values {
    let mut values = Values::default();
    let mut put = |name: &str, text: &str| values.push(name.to_owned(), text.to_owned());
    put("cause", &plan.cause);
    put("body", &plan.body);
    put("owner", &plan.owner);
    put("partners", &plan.partners);
    put("council", &plan.council);
    put("due", plan.due.as_deref().unwrap_or_default());
    put("midyear", &plan.midyear);
    put("result", &plan.check.result);
    put("rating", plan.check.rating.map_or("", Rating::code));
    put("reason", &plan.check.reason);
    put("next", plan.check.next.map_or("", NextAction::code));
    put("version", &version.to_string());
    PROCESS.fill(&mut values, &plan.process);
    OUTCOME.fill(&mut values, &plan.outcome);
    values
}

/// The plan that was typed; its problems are in `input`.
pub(crate) fn read(cx: &Ctx, input: &mut Input<'_>, values: &Values) -> Plan {
    Plan {
        cause: input.text("cause", LONG),
        body: input.required("body", LONG),
        owner: input.required("owner", SHORT),
        partners: input.text("partners", SHORT),
        council: values
            .text("council")
            .parse::<Uuid>()
            .map(|id| id.to_string())
            .unwrap_or_default(),
        process: PROCESS.read(cx, input),
        outcome: OUTCOME.read(cx, input),
        due: input.required_day("due").map(|day| day.to_string()),
        midyear: input.text("midyear", LONG),
        check: Evaluation {
            result: input.text("result", LONG),
            rating: Rating::from_code(values.text("rating")),
            reason: input.text("reason", LONG),
            next: NextAction::from_code(values.text("next")),
        },
        fictional: false,
        office: String::new(),
    }
}

/// The councils of the area to choose from: id and name.
pub(crate) type Forums = Vec<(String, String)>;

/// What the page around the fields knows.
pub(crate) struct Around<'a> {
    pub(crate) forums: &'a Forums,
    /// Result, rating and next action are asked (not for a new one).
    pub(crate) check: bool,
    /// The year is closed: the reason of the correction is asked.
    pub(crate) frozen: bool,
    pub(crate) ask: bool,
}

/// All fields, in the order in which one thinks: why, what, who, how one will see it, until when, what came of it.
pub(crate) fn fields(cx: &Ctx, values: &Values, errors: &Errors, around: &Around<'_>) -> Markup {
    let one =
        |name: &'static str, label: String, hint: Option<String>, rows: u32, required: bool| {
            let mut field = ui::Field::new(name, label)
                .value(values.get(name).unwrap_or_default())
                .errors(errors);
            if rows > 0 {
                field = field.kind(ui::Kind::Textarea { rows });
            }
            if let Some(hint) = hint {
                field = field.hint(hint);
            }
            if required {
                field = field.required();
            }
            ui::field(cx, &field)
        };
    html! {
        (one("cause", t!(cx, "pdca-cause"), Some(t!(cx, "pdca-cause-hint")), 3, false))
        (one("body", t!(cx, "pdca-body"), Some(t!(cx, "pdca-body-hint")), 3, true))
        (one("owner", t!(cx, "pdca-owner"), Some(t!(cx, "pdca-owner-hint")), 0, true))
        (one("partners", t!(cx, "pdca-partners"), Some(t!(cx, "pdca-partners-hint")), 0, false))
        (council(cx, values, around.forums))
        (one("due", t!(cx, "pdca-due"), Some(t!(cx, "pdca-due-hint")), 0, true))
        (ui::fieldset(t!(cx, "pdca-process"), html! { p.hint { (t!(cx, "pdca-process-hint")) } (indicator(cx, values, errors, &PROCESS, around.check)) }))
        (ui::fieldset(t!(cx, "pdca-outcome"), html! { p.hint { (t!(cx, "pdca-outcome-hint")) } (indicator(cx, values, errors, &OUTCOME, around.check)) }))
        @if around.check {
            (one("midyear", t!(cx, "pdca-midyear"), Some(t!(cx, "pdca-midyear-hint")), 3, false))
            (ui::fieldset(t!(cx, "pdca-check"), html! {
                p.hint { (t!(cx, "pdca-check-hint")) }
                (one("result", t!(cx, "pdca-result"), None, 3, false))
                (choice(cx, "rating", t!(cx, "pdca-rating"), values, Rating::ALL.iter().map(|r| (r.code(), words::rating(cx, *r))).collect()))
                (one("reason", t!(cx, "pdca-reason"), Some(t!(cx, "pdca-reason-hint")), 3, false))
                (choice(cx, "next", t!(cx, "pdca-next"), values, NextAction::ALL.iter().map(|n| (n.code(), words::next(cx, *n))).collect()))
            }))
        }
        @if around.frozen {
            (one("correction", t!(cx, "pdca-correction"), Some(t!(cx, "pdca-correction-hint")), 2, true))
        }
        @if around.ask { (web::statement_field(cx, STATED, input::stated(values))) }
    }
}

fn council(cx: &Ctx, values: &Values, forums: &Forums) -> Markup {
    let mut choices = vec![ui::Choice::new("", t!(cx, "pdca-council-none"))];
    choices.extend(
        forums
            .iter()
            .map(|(id, name)| ui::Choice::new(id.as_str(), name.as_str())),
    );
    ui::field(
        cx,
        &ui::Field::new("council", t!(cx, "pdca-council"))
            .hint(t!(cx, "pdca-council-hint"))
            .kind(ui::Kind::Select(choices))
            .value(values.text("council")),
    )
}

fn choice(
    cx: &Ctx,
    name: &'static str,
    label: String,
    values: &Values,
    list: Vec<(&'static str, String)>,
) -> Markup {
    let mut choices = vec![ui::Choice::new("", t!(cx, "pdca-not-yet"))];
    choices.extend(
        list.into_iter()
            .map(|(code, word)| ui::Choice::new(code, word)),
    );
    ui::field(
        cx,
        &ui::Field::new(name, label)
            .kind(ui::Kind::Select(choices))
            .value(values.text(name)),
    )
}

fn indicator(cx: &Ctx, values: &Values, errors: &Errors, names: &Names, reached: bool) -> Markup {
    let one = |name: &'static str, label: String| {
        ui::field(
            cx,
            &ui::Field::new(name, label)
                .value(values.get(name).unwrap_or_default())
                .errors(errors),
        )
    };
    html! {
        (one(names.name, t!(cx, "pdca-ind-name")))
        div.grid.g3 {
            (one(names.base, t!(cx, "pdca-ind-base")))
            (one(names.target, t!(cx, "pdca-ind-target")))
            @if reached { (one(names.value, t!(cx, "pdca-ind-value"))) }
            (one(names.unit, t!(cx, "pdca-ind-unit")))
        }
        (one(names.source, t!(cx, "pdca-ind-source")))
    }
}

/// Every text of a plan with its name, for comparing two versions and for printing.
pub(crate) fn facts(lang: Lang, plan: &Plan, forums: &Forums) -> Vec<(String, String)> {
    let forum = forums
        .iter()
        .find(|(id, _)| *id == plan.council)
        .map(|(_, name)| name.clone())
        .unwrap_or_default();
    let due = plan
        .due
        .as_ref()
        .and_then(|day| day.parse().ok())
        .map(|day| kernel::format_date(day, lang));
    vec![
        (tl!(lang, "pdca-cause"), plan.cause.clone()),
        (tl!(lang, "pdca-body"), plan.body.clone()),
        (tl!(lang, "pdca-owner"), plan.owner.clone()),
        (tl!(lang, "pdca-partners"), plan.partners.clone()),
        (tl!(lang, "pdca-council"), forum),
        (tl!(lang, "pdca-due"), due.unwrap_or_default()),
        (
            tl!(lang, "pdca-process"),
            indicator_line(lang, &plan.process),
        ),
        (
            tl!(lang, "pdca-outcome"),
            indicator_line(lang, &plan.outcome),
        ),
        (tl!(lang, "pdca-midyear"), plan.midyear.clone()),
        (tl!(lang, "pdca-result"), plan.check.result.clone()),
        (
            tl!(lang, "pdca-rating"),
            plan.check
                .rating
                .map(|r| words::rating_in(lang, r))
                .unwrap_or_default(),
        ),
        (tl!(lang, "pdca-reason"), plan.check.reason.clone()),
        (
            tl!(lang, "pdca-next"),
            plan.check
                .next
                .map(|n| words::next_in(lang, n))
                .unwrap_or_default(),
        ),
    ]
}

/// An indicator in one line: name, base, target, reached, source.
pub(crate) fn indicator_line(lang: Lang, one: &Indicator) -> String {
    if one.empty() {
        return String::new();
    }
    let dash = tl!(lang, "pdca-dash");
    let shown = |text: &str| {
        if text.is_empty() {
            dash.clone()
        } else {
            format!("{text}{}", one.unit)
        }
    };
    tl!(
        lang,
        "pdca-ind-line",
        name = one.name.as_str(),
        base = shown(&one.base),
        target = shown(&one.target),
        value = shown(&one.value),
        source = if one.source.is_empty() {
            dash.clone()
        } else {
            one.source.clone()
        }
    )
}
