//! The form of an entry: what was typed, what is wrong with it, and what it becomes.

use kernel::OrganisationId;
use maud::{Markup, html};
use web::{Ctx, Errors, Values, ui};

use super::{Towns, words};
use crate::{
    i18n::t,
    model::{Entry, Kind, MOST_BODY, MOST_TITLE, NewEntry, SCENES, TAGS, WITHDRAWN, items},
};

/// The form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) version: i64,
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) status: String,
    pub(crate) goal: String,
    pub(crate) year: String,
    pub(crate) refs: String,
    pub(crate) items: Vec<String>,
    pub(crate) scenes: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) municipalities: Vec<String>,
    pub(crate) stated: bool,
}

impl Typed {
    pub(crate) fn of(values: &Values) -> Self {
        let one = |name: &str| values.text(name).to_owned();
        Self {
            version: values.text("version").parse().unwrap_or(0),
            kind: one("kind"),
            title: one("title"),
            body: values.get("body").unwrap_or_default().to_owned(),
            status: one("status"),
            goal: one("goal"),
            year: one("year"),
            refs: one("refs"),
            items: values.all("item").to_vec(),
            scenes: values.all("scene").to_vec(),
            tags: values.all("tag").to_vec(),
            municipalities: values.all("municipality").to_vec(),
            stated: values.has(&format!("body{}", web::STATEMENT_SUFFIX)),
        }
    }

    pub(crate) fn from_entry(entry: &Entry) -> Self {
        Self {
            version: entry.version,
            kind: entry.kind.code().to_owned(),
            title: entry.title.clone(),
            body: entry.body.clone(),
            status: entry.status.clone(),
            goal: entry.goal.clone().unwrap_or_default(),
            year: entry
                .fiscal_year
                .map_or_else(String::new, |y| y.to_string()),
            refs: entry.refs.join(" "),
            items: entry.items.clone(),
            scenes: entry.scenes.clone(),
            tags: entry.tags.clone(),
            municipalities: entry.municipalities.clone(),
            stated: false,
        }
    }

    fn kind(&self) -> Kind {
        Kind::from_code(&self.kind).unwrap_or_default()
    }

    /// The entry it means, or every problem found, each at its field.
    pub(crate) fn check(
        &self,
        cx: &Ctx,
        towns: &Towns,
        owner: OrganisationId,
    ) -> Result<NewEntry, Errors> {
        let mut errors = Errors::new();
        let title = kernel::text::trim(&self.title).replace('\n', " ");
        let body = kernel::text::trim(&self.body).to_owned();
        if Kind::from_code(&self.kind).is_none() {
            errors.add("kind", t!(cx, "problem-kind"));
        }
        if title.is_empty() {
            errors.add("title", t!(cx, "problem-title"));
        } else if title.chars().count() > MOST_TITLE {
            errors.add("title", t!(cx, "too-long", most = MOST_TITLE));
        }
        if body.chars().count() > MOST_BODY {
            errors.add("body", t!(cx, "too-long", most = MOST_BODY));
        }
        let both = format!("{title}\n{body}");
        if let Some(problem) = web::check_my_number(cx.lang, &both, self.stated) {
            errors.add("body", problem);
        }
        if !self.status.is_empty() && !self.kind().has_status(&self.status) {
            errors.add("status", t!(cx, "problem-status"));
        }
        let year = kernel::text::half_width(&self.year);
        let year: Option<i32> = match year.trim() {
            "" => None,
            text => {
                let year = text.parse().ok().filter(|y| (1947..=2200).contains(y));
                if year.is_none() {
                    errors.add("year", t!(cx, "problem-year"));
                }
                year
            }
        };
        let refs: Vec<String> = self
            .refs
            .split([' ', '\u{3000}', ',', '\u{3001}', '\n'])
            .filter(|r| !r.is_empty())
            .map(str::to_owned)
            .collect();
        if refs.iter().map(|r| r.chars().count() + 1).sum::<usize>() > 200 {
            errors.add("refs", t!(cx, "too-long", most = 200));
        }
        if self.municipalities.iter().any(|m| towns.get(m).is_none()) {
            errors.add("municipality", t!(cx, "problem-municipality"));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let known = |list: &[String], all: &[&str]| -> Vec<String> {
            list.iter()
                .filter(|v| all.contains(&v.as_str()))
                .cloned()
                .collect()
        };
        Ok(NewEntry {
            kind: self.kind(),
            owner: Some(owner),
            title,
            body,
            refs,
            items: self.items.clone(),
            scenes: known(&self.scenes, &SCENES),
            tags: known(&self.tags, &TAGS),
            status: self.status.clone(),
            municipalities: self.municipalities.clone(),
            goal: Some(self.goal.clone()).filter(|g| SCENES.contains(&g.as_str())),
            fiscal_year: year,
            ..NewEntry::default()
        })
    }

    /// Fields as pairs of name and printed value, for the page that shows both texts.
    pub(crate) fn printed(&self, cx: &Ctx, towns: &Towns) -> Vec<(String, String)> {
        let list = |values: &[String], word: &dyn Fn(&str) -> String| -> String {
            let words: Vec<String> = values.iter().map(|v| word(v)).collect();
            words.join(" / ")
        };
        let lang = cx.lang;
        vec![
            (t!(cx, "column-kind"), words::kind(lang, self.kind())),
            (t!(cx, "field-title"), self.title.clone()),
            (t!(cx, "field-body"), self.body.clone()),
            (
                t!(cx, "status-label"),
                if self.status.is_empty() {
                    String::new()
                } else {
                    words::status(lang, &self.status)
                },
            ),
            (
                t!(cx, "scene-label"),
                list(&self.scenes, &|s| words::scene(lang, s)),
            ),
            (
                t!(cx, "item-label"),
                list(&self.items, &|i| words::item(lang, i)),
            ),
            (
                t!(cx, "municipalities-label"),
                list(&self.municipalities, &|m| towns.name(cx, m).to_owned()),
            ),
            (
                t!(cx, "goal-label"),
                if self.goal.is_empty() {
                    String::new()
                } else {
                    words::scene(lang, &self.goal)
                },
            ),
            (t!(cx, "year-label"), self.year.clone()),
            (t!(cx, "refs-label"), self.refs.clone()),
        ]
    }
}

/// The form. `keep` names the record whose draft scripts keep until the form was accepted.
pub(crate) fn view(
    cx: &Ctx,
    towns: &Towns,
    typed: &Typed,
    errors: &Errors,
    (action, keep): (&str, &str),
) -> Markup {
    let lang = cx.lang;
    let kinds = Kind::ALL
        .into_iter()
        .map(|k| ui::Choice::new(k.code(), words::kind(lang, k)))
        .collect();
    let scenes: Vec<ui::Choice> = SCENES
        .iter()
        .map(|s| ui::Choice::new(*s, words::scene(lang, s)))
        .collect();
    let letters: Vec<ui::Choice> = items()
        .map(|c| ui::Choice::new(c.to_string(), words::item(lang, &c.to_string())))
        .collect();
    let tags: Vec<ui::Choice> = TAGS
        .iter()
        .map(|x| ui::Choice::new(*x, words::tag(lang, x)))
        .collect();
    let places: Vec<ui::Choice> = towns
        .inside()
        .map(|m| ui::Choice::new(m.code.clone(), m.name(lang).to_owned()))
        .collect();
    let mut goals = vec![ui::Choice::new("", t!(cx, "goal-none"))];
    goals.extend(scenes.iter().cloned());
    let mut states = vec![ui::Choice::new("", t!(cx, "status-first"))];
    states.extend(
        typed
            .kind()
            .statuses()
            .iter()
            .map(|s| ui::Choice::new(*s, words::status(lang, s))),
    );
    let chosen = |list: &[String]| -> Vec<std::borrow::Cow<'static, str>> {
        list.iter().map(|v| v.clone().into()).collect()
    };
    let field = |f: ui::Field<'_>| ui::field(cx, &f);
    html! {
        (ui::error_summary(cx, errors))
        form.form method="post" action=(cx.url(action)) novalidate data-keep=(cx.keep_key("programme.entry", keep)) {
            input type="hidden" name="_csrf" value=(cx.csrf());
            input type="hidden" name="version" value=(typed.version);
            (field(ui::Field::new("kind", t!(cx, "column-kind")).kind(ui::Kind::Radio(kinds)).value(typed.kind.clone()).required().errors(errors)))
            (field(ui::Field::new("title", t!(cx, "field-title")).hint(t!(cx, "field-title-hint")).value(typed.title.clone()).required().maxlength(200).errors(errors)))
            (field(ui::Field::new("body", t!(cx, "field-body")).hint(t!(cx, "field-body-hint")).kind(ui::Kind::Textarea { rows: 5 }).value(typed.body.clone()).errors(errors)))
            @if errors.of("body").is_some() { (web::statement_field(cx, "body", typed.stated)) }
            (field(ui::Field::new("goal", t!(cx, "field-goal")).hint(t!(cx, "field-goal-hint")).kind(ui::Kind::Select(goals)).value(typed.goal.clone()).errors(errors)))
            (ui::check_group(cx, &ui::Field::new("scene", t!(cx, "scene-label")).hint(t!(cx, "field-scene-hint")), &scenes, &chosen(&typed.scenes)))
            (ui::check_group(cx, &ui::Field::new("municipality", t!(cx, "municipalities-label")).hint(t!(cx, "field-municipality-hint")).errors(errors), &places, &chosen(&typed.municipalities)))
            @if typed.version > 0 && typed.status != WITHDRAWN {
                (field(ui::Field::new("status", t!(cx, "status-label")).kind(ui::Kind::Select(states)).value(typed.status.clone()).errors(errors)))
            }
            (ui::details(t!(cx, "field-more"), html! {
                (ui::check_group(cx, &ui::Field::new("item", t!(cx, "item-label")).hint(t!(cx, "field-item-hint")), &letters, &chosen(&typed.items)))
                (ui::check_group(cx, &ui::Field::new("tag", t!(cx, "tags-label")), &tags, &chosen(&typed.tags)))
                (field(ui::Field::new("year", t!(cx, "year-label")).hint(t!(cx, "field-year-hint")).inputmode("numeric").value(typed.year.clone()).errors(errors)))
                (field(ui::Field::new("refs", t!(cx, "refs-label")).hint(t!(cx, "field-refs-hint")).value(typed.refs.clone()).maxlength(200).errors(errors)))
            }))
            div.actions {
                (ui::button(t!(cx, "entry-save")))
                (ui::link_button_second(cx.url("/programme"), web::t!(lang, "cancel")))
            }
        }
    }
}
