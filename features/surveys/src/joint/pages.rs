//! `/surveys/replies/{id}/joint`: the joint texts of one municipality's answer.

use std::str::FromStr;

use axum::extract::Path;
use forms::{Field, Kind, Value};
use kernel::{Lang, OrganisationId};
use maud::{Markup, html};
use store::Conn;
use web::{
    Ctx, FlashKind, Form, Values,
    ui::{self, Tone},
};

use super::{
    actions::{self, Me},
    model::{Adoption, Joint, JointId, Member, MemberState, own_words, turn},
    store as sql,
};
use crate::{
    i18n::t,
    pages::diff,
    rounds::{
        actions::Refusal,
        model::{FieldDraft, Reply, ReplyId, Round},
        store as rounds,
    },
};

fn parse<T: FromStr>(text: &str) -> web::Result<T> {
    text.parse().map_err(|_| web::Error::NotFound)
}

fn me(cx: &Ctx) -> web::Result<Me> {
    let me = cx.require_me()?;
    Ok(Me {
        account: me.account,
        office: me.organisation,
        office_name: me.organisation_name.clone(),
    })
}

fn refused(cx: &Ctx, refusal: Refusal) -> web::Error {
    web::Error::Invalid(match refusal {
        Refusal::Store(error) => return error.into(),
        Refusal::Missing("base") => t!(cx, "joint-need-text"),
        Refusal::Missing("members") => t!(cx, "joint-need-members"),
        Refusal::Missing("own") => t!(cx, "joint-need-own"),
        Refusal::Overtaken => t!(cx, "joint-overtaken"),
        Refusal::Refused(_) => t!(cx, "joint-not-now"),
        Refusal::Fields(list) => list
            .iter()
            .map(|(_, what)| what.words(cx.lang))
            .collect::<Vec<_>>()
            .join("\n"),
        other => other.to_string(),
    })
}

/// A municipality's answer with the joint texts it takes part in.
struct Loaded {
    reply: Reply,
    round: Round,
    fields: Vec<FieldDraft>,
    joints: Vec<Joint>,
    /// The municipalities of the same district: organisation and name, in their order.
    district: Vec<(OrganisationId, String)>,
}

async fn load(cx: &Ctx, id: ReplyId) -> web::Result<Loaded> {
    let lang = cx.lang;
    let read = move |conn: &mut Conn| {
        let reply = rounds::reply_mine(conn, id)?;
        let towns = areas::store::municipalities(conn)?;
        let district = towns
            .iter()
            .find(|t| t.code == reply.code)
            .map(|t| t.district.clone());
        let name = |t: &areas::Municipality| match lang {
            Lang::Ja => t.name_ja.clone(),
            Lang::En => t.name_en.clone(),
        };
        Ok::<_, store::Error>(Loaded {
            round: rounds::round(conn, reply.round)?,
            fields: rounds::fields(conn, id)?,
            joints: sql::joints(conn, id)?,
            district: towns
                .iter()
                .filter(|t| Some(&t.district) == district.as_ref())
                .filter_map(|t| Some((t.organisation?, name(t))))
                .collect(),
            reply,
        })
    };
    Ok(cx.db().read(&cx.viewer(), read).await?)
}

fn crumbs(cx: &Ctx, loaded: &Loaded, joint: Option<&str>) -> Vec<(String, String)> {
    let base = format!("/surveys/replies/{}", loaded.reply.id);
    let mut list = vec![
        ("/surveys".to_owned(), t!(cx, "surveys-title")),
        (base.clone(), loaded.round.title(cx.lang).to_owned()),
        (format!("{base}/joint"), t!(cx, "joint-title")),
    ];
    if let Some(joint) = joint {
        list.push((String::new(), joint.to_owned()));
    }
    list
}

fn heading(field: Option<&Field>, lang: Lang) -> String {
    field.map_or_else(String::new, |f| {
        format!("{} {}", f.number, f.brief(lang)).trim().to_owned()
    })
}

/// `GET /surveys/replies/{id}/joint`
pub(super) async fn list(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let loaded = load(&cx, parse(&id)?).await?;
    let lead = turn(loaded.district.len(), loaded.round.fiscal_year)
        .and_then(|at| loaded.district.get(at));
    let body = html! {
        p { (t!(cx, "joint-lead")) }
        @if let Some((_, name)) = lead { p { (t!(cx, "joint-turn", name = name.as_str())) } }
        @for joint in &loaded.joints {
            @let field = loaded.round.catalogue.field(&joint.field);
            (ui::card(heading(field, cx.lang), html! {
                p { (t!(cx, "joint-base-by", name = joint.lead_name.as_str())) " " (ui::moment(&cx, joint.made_at)) }
                p { (ui::link_button(cx.url(&format!("/surveys/replies/{}/joint/{}", loaded.reply.id, joint.id)), t!(cx, "joint-open"))) }
            }))
        }
        @if loaded.reply.state.is_writing() { (start_form(&cx, &loaded)) }
        @else if loaded.joints.is_empty() { (ui::empty(t!(cx, "joint-none"), t!(cx, "joint-not-now"), html! {})) }
    };
    Ok(cx
        .page(t!(cx, "joint-title"))
        .nav("surveys")
        .crumbs(&crumbs(&cx, &loaded, None))
        .sub(html! { (loaded.reply.name) " / " (loaded.round.title(cx.lang)) })
        .no_qr()
        .body(body))
}

fn start_form(cx: &Ctx, loaded: &Loaded) -> Markup {
    let free: Vec<&Field> = loaded
        .round
        .catalogue
        .fields
        .iter()
        .filter(|f| matches!(f.kind, Kind::Long { .. }))
        .filter(|f| !loaded.joints.iter().any(|j| j.field == f.key))
        .collect();
    let action = format!("/surveys/replies/{}/joint", loaded.reply.id);
    ui::card(
        t!(cx, "joint-start"),
        html! {
            @if free.is_empty() { p { (t!(cx, "joint-start-none")) } } @else {
                form.form method="post" action=(cx.url(&action)) novalidate data-keep={ "surveys.joint." (loaded.reply.id) } {
                    input type="hidden" name="_csrf" value=(cx.csrf());
                    div.field {
                        label for="field" { (t!(cx, "joint-question")) }
                        select #field name="field" {
                            @for field in &free { option value=(field.key) { (heading(Some(field), cx.lang)) } }
                        }
                    }
                    fieldset.field {
                        legend { (t!(cx, "joint-with")) }
                        @for (at, (organisation, name)) in loaded.district.iter().enumerate().filter(|(_, d)| d.0 != loaded.reply.tenant) {
                            div.choice {
                                input type="checkbox" id={ "with" (at) } name="with" value=(organisation) checked;
                                label for={ "with" (at) } { (name) }
                            }
                        }
                    }
                    (ui::field(cx, &ui::Field::new("base", t!(cx, "joint-base")).kind(ui::Kind::Textarea { rows: 10 }).hint(t!(cx, "joint-base-hint"))))
                    div.actions { (ui::button(t!(cx, "joint-start-button"))) }
                }
            }
        },
    )
}

/// `POST /surveys/replies/{id}/joint`
pub(super) async fn start(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: ReplyId = parse(&id)?;
    let (me, joint): (Me, JointId) = (me(&cx)?, cx.env().id());
    let invited: Vec<OrganisationId> = values
        .all("with")
        .iter()
        .filter_map(|o| o.parse().ok())
        .collect();
    let (field, base) = (
        values.text("field").to_owned(),
        values.text("base").trim_end().to_owned(),
    );
    if let Some(words) = web::check_my_number(cx.lang, &base, false) {
        return Err(web::Error::Invalid(words));
    }
    cx.db()
        .write(&cx.viewer(), move |tx| {
            actions::start(tx, id, &me, joint, &field, &base, &invited)
        })
        .await
        .map_err(|r| refused(&cx, r))?;
    cx.flash(FlashKind::Good, &t!(cx, "joint-started"));
    Ok(cx.redirect(&format!("/surveys/replies/{id}/joint/{joint}")))
}

struct Seen {
    loaded: Loaded,
    joint: Joint,
    members: Vec<Member>,
}

impl Seen {
    fn me(&self) -> web::Result<&Member> {
        self.members
            .iter()
            .find(|m| m.reply == self.loaded.reply.id)
            .ok_or(web::Error::NotFound)
    }

    fn field(&self) -> Option<&Field> {
        self.loaded.round.catalogue.field(&self.joint.field)
    }

    fn path(&self) -> String {
        format!(
            "/surveys/replies/{}/joint/{}",
            self.loaded.reply.id, self.joint.id
        )
    }
}

async fn seen(cx: &Ctx, id: ReplyId, joint: JointId) -> web::Result<Seen> {
    let loaded = load(cx, id).await?;
    let text = loaded
        .joints
        .iter()
        .find(|j| j.id == joint)
        .cloned()
        .ok_or(web::Error::NotFound)?;
    let members = cx
        .db()
        .read(&cx.viewer(), move |conn| sql::members(conn, id, joint))
        .await?;
    Ok(Seen {
        loaded,
        joint: text,
        members,
    })
}

/// `GET /surveys/replies/{id}/joint/{joint}`
pub(super) async fn show(cx: Ctx, Path((id, joint)): Path<(String, String)>) -> web::Result {
    let seen = seen(&cx, parse(&id)?, parse(&joint)?).await?;
    let me = seen.me()?.clone();
    let joined = me.state == MemberState::Joined;
    let title = heading(seen.field(), cx.lang);
    let body = html! {
        p lang="ja" { (record(&cx, &seen)) }
        @if me.adoption(&seen.joint) == Adoption::Stale {
            (ui::notice(Tone::Warn, t!(cx, "joint-stale"), html! { p { (t!(cx, "joint-stale-text")) } }))
        }
        @if !joined {
            (ui::card_waits(t!(cx, "joint-invited", name = seen.joint.lead_name.as_str()), html! {
                p { (t!(cx, "joint-invited-text")) }
                (ui::form(&cx, &format!("{}/join", seen.path()), html! { div.actions { (ui::button(t!(cx, "joint-join"))) } }))
            }))
        }
        section.card { h2 { (t!(cx, "joint-base")) } @for line in seen.joint.base.lines() { p lang="ja" { (line) } } }
        @if joined {
            (others(&cx, &seen))
            (own_form(&cx, &seen, &me))
            (adopt_form(&cx, &seen, &me)?)
            (ui::details(t!(cx, "joint-change-base"), base_form(&cx, &seen, &seen.joint.base)))
        }
        (ui::form(&cx, &format!("{}/leave", seen.path()), html! {
            div.actions { (ui::danger_button(t!(cx, "joint-leave"), t!(cx, "joint-leave-question"))) }
        }))
    };
    Ok(cx
        .page(title.clone())
        .nav("surveys")
        .crumbs(&crumbs(&cx, &seen.loaded, Some(&title)))
        .sub(html! { (seen.loaded.reply.name) " / " (seen.loaded.round.title(cx.lang)) })
        .no_qr()
        .body(body))
}

/// 「原案：…、採用：…（日付）」.
fn record(cx: &Ctx, seen: &Seen) -> String {
    let adopted: Vec<String> = seen
        .members
        .iter()
        .filter_map(|m| {
            let day = kernel::format_date(m.adopted_at?.date_jst(), cx.lang);
            let name = m.name.as_str();
            Some(t!(cx, "joint-adopted-by", name = name, day = day))
        })
        .collect();
    let lead = seen.joint.lead_name.as_str();
    if adopted.is_empty() {
        t!(cx, "joint-record-none", lead = lead)
    } else {
        let list = adopted.join(&t!(cx, "joint-join-names"));
        t!(cx, "joint-record", lead = lead, adopted = list)
    }
}

/// The other members, and how each differs.
fn others(cx: &Ctx, seen: &Seen) -> Markup {
    let base = &seen.joint.base;
    html! {
        section.card {
            h2 { (t!(cx, "joint-members")) }
            @if seen.members.iter().any(|m| !m.own.is_empty()) { (diff::legend(cx)) }
            @for member in &seen.members {
                h3 {
                    (member.name) " "
                    @match (member.state, member.adoption(&seen.joint)) {
                        (MemberState::Invited, _) => (ui::badge(Tone::Plain, t!(cx, "joint-state-invited"))),
                        (_, Adoption::No) => (ui::badge(Tone::Info, t!(cx, "joint-state-joined"))),
                        (_, Adoption::Valid) => (ui::badge(Tone::Key, t!(cx, "joint-state-adopted"))),
                        (_, Adoption::Stale) => (ui::badge(Tone::Warn, t!(cx, "joint-state-stale"))),
                    }
                }
                @if member.state == MemberState::Joined {
                    @if member.own.is_empty() { p.sub { (t!(cx, "joint-same")) } }
                    @else { div.diff { (diff::marked(cx, base, &member.own.whole(base), true).0) } }
                }
            }
        }
    }
}

/// The own words, paragraph by paragraph.
fn own_form(cx: &Ctx, seen: &Seen, me: &Member) -> Markup {
    ui::card(
        t!(cx, "joint-own"),
        html! {
            p { (t!(cx, "joint-own-lead")) }
            form.form method="post" action=(cx.url(&format!("{}/own", seen.path()))) novalidate data-keep={ "surveys.joint.own." (seen.joint.id) } {
                input type="hidden" name="_csrf" value=(cx.csrf());
                (versions(seen, me))
                @for (at, line) in seen.joint.base.split('\n').enumerate() {
                    @let own = me.own.paragraphs.get(at).and_then(Option::as_deref).unwrap_or(line);
                    @let name = format!("p-{at}");
                    @let rows = u32::try_from(own.chars().count() / 40 + 2).unwrap_or(2);
                    (ui::field(cx, &ui::Field::new(&name, t!(cx, "joint-paragraph", number = (at + 1).to_string())).kind(ui::Kind::Textarea { rows }).value(own)))
                }
                (ui::field(cx, &ui::Field::new("tail", t!(cx, "joint-tail")).kind(ui::Kind::Textarea { rows: 3 }).value(me.own.tail.as_str())))
                div.actions { (ui::button(t!(cx, "joint-own-save"))) }
            }
        },
    )
}

fn versions(seen: &Seen, me: &Member) -> Markup {
    html! {
        input type="hidden" name="base-version" value=(seen.joint.version);
        input type="hidden" name="own-version" value=(me.own_version);
    }
}

/// What would become the answer, beside what is the answer now.
fn adopt_form(cx: &Ctx, seen: &Seen, me: &Member) -> web::Result<Markup> {
    let whole = me.own.whole(&seen.joint.base);
    let there = seen
        .loaded
        .fields
        .iter()
        .find(|f| f.field == seen.joint.field);
    let now = match (there.map(|f| &f.value), seen.field()) {
        (Some(value), Some(field)) => value.plain(field, Lang::Ja),
        _ => String::new(),
    };
    let same = there.is_some_and(|f| f.value == Value::text(&whole));
    let own = seen.field().is_some_and(own_words);
    let acting = cx.require_me()?.organisation != seen.loaded.reply.tenant;
    Ok(ui::card_call(
        t!(cx, "joint-adopt"),
        html! {
            @if same && me.adoption(&seen.joint) == Adoption::Valid {
                p { (t!(cx, "joint-adopted-now")) }
            } @else if own && acting {
                p { (t!(cx, "joint-need-own")) }
            } @else if !seen.loaded.reply.state.is_writing() {
                p { (t!(cx, "joint-not-now")) }
            } @else {
                p { (t!(cx, "joint-adopt-lead")) }
                @if !now.is_empty() { div.diff { (diff::marked(cx, &now, &whole, true).0) } }
                (ui::form(cx, &format!("{}/adopt", seen.path()), html! {
                    (versions(seen, me))
                    div.actions { (ui::button(t!(cx, "joint-adopt-button"))) }
                }))
            }
        },
    ))
}

fn base_form(cx: &Ctx, seen: &Seen, text: &str) -> Markup {
    html! {
        p { (t!(cx, "joint-change-base-lead")) }
        form.form method="post" action=(cx.url(&format!("{}/base", seen.path()))) novalidate data-keep={ "surveys.joint.base." (seen.joint.id) } {
            input type="hidden" name="_csrf" value=(cx.csrf());
            input type="hidden" name="version" value=(seen.joint.version);
            (ui::field(cx, &ui::Field::new("base", t!(cx, "joint-base")).kind(ui::Kind::Textarea { rows: 12 }).value(text)))
            div.actions { (ui::button(t!(cx, "joint-base-save"))) }
        }
    }
}

/// `POST …/join`
pub(super) async fn join(
    cx: Ctx,
    Path((id, joint)): Path<(String, String)>,
    Form(_): Form<Values>,
) -> web::Result {
    let (id, joint): (ReplyId, JointId) = (parse(&id)?, parse(&joint)?);
    cx.db()
        .write(&cx.viewer(), move |tx| actions::join(tx, id, joint))
        .await
        .map_err(|r| refused(&cx, r))?;
    Ok(cx.redirect(&format!("/surveys/replies/{id}/joint/{joint}")))
}

/// `POST …/leave`
pub(super) async fn leave(
    cx: Ctx,
    Path((id, joint)): Path<(String, String)>,
    Form(_): Form<Values>,
) -> web::Result {
    let (id, joint): (ReplyId, JointId) = (parse(&id)?, parse(&joint)?);
    cx.db()
        .write(&cx.viewer(), move |tx| actions::leave(tx, id, joint))
        .await
        .map_err(|r| refused(&cx, r))?;
    cx.flash(FlashKind::Good, &t!(cx, "joint-left"));
    Ok(cx.redirect(&format!("/surveys/replies/{id}/joint")))
}

/// `POST …/base`: who was slower sees both texts.
pub(super) async fn base(
    cx: Ctx,
    Path((id, joint)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let (id, joint): (ReplyId, JointId) = (parse(&id)?, parse(&joint)?);
    let (me, text) = (me(&cx)?, values.text("base").trim_end().to_owned());
    let version: i64 = values.text("version").parse().unwrap_or(0);
    if let Some(words) = web::check_my_number(cx.lang, &text, false) {
        return Err(web::Error::Invalid(words));
    }
    let mine = text.clone();
    let saved = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::save_base(tx, id, joint, &me, &text, version)
        })
        .await;
    match saved {
        Ok(()) => {
            cx.flash(FlashKind::Good, &t!(cx, "joint-base-saved"));
            Ok(cx.redirect(&format!("/surveys/replies/{id}/joint/{joint}")))
        }
        Err(Refusal::Overtaken) => {
            let seen = seen(&cx, id, joint).await?;
            Err(web::Error::Conflict(html! {
                p { (t!(cx, "joint-conflict", name = seen.joint.changed_name.as_str())) }
                div.diff { (diff::marked(&cx, &seen.joint.base, &mine, false).0) }
                (base_form(&cx, &seen, &mine))
            }))
        }
        Err(other) => Err(refused(&cx, other)),
    }
}

fn seen_versions(values: &Values) -> (i64, i64) {
    let number = |name: &str| values.text(name).parse().unwrap_or(-1);
    (number("base-version"), number("own-version"))
}

/// `POST …/own`
pub(super) async fn own(
    cx: Ctx,
    Path((id, joint)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let (id, joint): (ReplyId, JointId) = (parse(&id)?, parse(&joint)?);
    let texts: Vec<String> = (0..)
        .map_while(|at| values.get(&format!("p-{at}")).map(str::to_owned))
        .collect();
    let (tail, versions) = (values.text("tail").to_owned(), seen_versions(&values));
    let whole = format!("{}\n{tail}", texts.join("\n"));
    if let Some(words) = web::check_my_number(cx.lang, &whole, false) {
        return Err(web::Error::Invalid(words));
    }
    let saved = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::save_own(tx, id, joint, &texts, &tail, versions)
        })
        .await;
    match saved {
        Ok(()) => {
            cx.flash(FlashKind::Good, &t!(cx, "joint-own-saved"));
            Ok(cx.redirect(&format!("/surveys/replies/{id}/joint/{joint}")))
        }
        Err(Refusal::Overtaken) => {
            let seen = seen(&cx, id, joint).await?;
            let there = seen.me()?.own.whole(&seen.joint.base);
            Err(web::Error::Conflict(html! {
                p { (t!(cx, "joint-conflict", name = seen.joint.changed_name.as_str())) }
                div.diff { (diff::marked(&cx, &there, whole.trim_end(), false).0) }
                p { a href=(cx.url(&seen.path())) { (t!(cx, "joint-open")) } }
            }))
        }
        Err(other) => Err(refused(&cx, other)),
    }
}

/// `POST …/adopt`
pub(super) async fn adopt(
    cx: Ctx,
    Path((id, joint)): Path<(String, String)>,
    Form(values): Form<Values>,
) -> web::Result {
    let (id, joint): (ReplyId, JointId) = (parse(&id)?, parse(&joint)?);
    let (me, versions, aside) = (me(&cx)?, seen_versions(&values), cx.env().id());
    cx.db()
        .write(&cx.viewer(), move |tx| {
            actions::adopt(tx, id, joint, &me, versions, aside)
        })
        .await
        .map_err(|r| refused(&cx, r))?;
    cx.flash(FlashKind::Good, &t!(cx, "joint-adopt-done"));
    Ok(cx.redirect(&format!("/surveys/replies/{id}/joint/{joint}")))
}
