//! `/surveys/replies/{id}/joint`: the joint texts of one municipality's answer.

mod list;
mod steps;
mod text;

use std::str::FromStr;

use forms::Field;
use kernel::{Lang, OrganisationId};
use store::Conn;
use web::{Ctx, Values};

use super::{
    actions::Me,
    model::{Joint, JointId, Member},
    store as sql,
};
use crate::{
    i18n::t,
    pages::again::Again,
    rounds::{
        actions::Refusal,
        model::{FieldDraft, Reply, ReplyId, Round},
        store as rounds,
    },
};

pub(super) use self::{
    list::{list, start},
    steps::{adopt, base, join, leave, own},
    text::show,
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

/// A step that was refused, for its own page with what was typed; what the database says goes on as it is.
fn again(cx: &Ctx, refusal: Refusal, values: Values, field: &'static str) -> web::Result<Again> {
    let words = match refusal {
        Refusal::Store(error) => return Err(error.into()),
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
    };
    Ok(Again::refused(values, field, words))
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
