//! Names of bodies and what people call them, with the place where the short name holds.

use std::collections::BTreeMap;

use maud::{Markup, html};
use web::{Ctx, ui};

use super::{district_badge, municipality::fictional, source};
use crate::{
    i18n::t,
    model::{Alias, Organisation, pick},
    store,
};

/// `GET /glossary`
pub(crate) async fn show(cx: Ctx) -> web::Result {
    let (aliases, organisations, councils) = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), |conn| {
            Ok((
                store::aliases(conn)?,
                store::organisations(conn)?,
                store::councils(conn)?,
            ))
        })
        .await?;
    let title = t!(cx, "areas-glossary");
    let body = html! {
        (alias_table(&cx, &title, &aliases))
        h2 { (t!(cx, "areas-glossary-organisations")) }
        (organisation_table(&cx, &organisations))
        h2 { (t!(cx, "areas-glossary-councils")) }
        ul { @for council in &councils { li { (council.label(cx.lang)) (source(&cx, &council.source)) } } }
    };
    Ok(cx
        .page(title)
        .nav("municipalities")
        .sub(t!(cx, "areas-glossary-lead"))
        .body(body))
}

/// Short name, the organisation meant (never without its full name), and where.
pub(super) fn alias_table(cx: &Ctx, label: &str, aliases: &[Alias]) -> Markup {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for alias in aliases {
        *uses.entry(alias.alias.as_str()).or_default() += 1;
    }
    let head = [
        t!(cx, "areas-glossary-alias"),
        t!(cx, "areas-glossary-means"),
        t!(cx, "areas-glossary-scope"),
    ];
    let rows: Vec<Vec<Markup>> = aliases
        .iter()
        .map(|alias| {
            let several = uses.get(alias.alias.as_str()).is_some_and(|count| *count > 1);
            vec![
                html! {
                    span lang="ja" { (alias.alias) }
                    @if several { " " (ui::badge(ui::Tone::Warn, t!(cx, "areas-glossary-ambiguous"))) }
                },
                html! { (pick(cx.lang, &alias.organisation, &alias.organisation_en)) },
                match &alias.district {
                    Some(district) => district_badge(cx, Some(district)),
                    None => html! { (t!(cx, "areas-glossary-everywhere")) },
                },
            ]
        })
        .collect();
    ui::table_rows(label, &head, &rows)
}

fn organisation_table(cx: &Ctx, organisations: &[Organisation]) -> Markup {
    let head = [
        t!(cx, "areas-glossary-means"),
        t!(cx, "areas-glossary-kind"),
    ];
    let rows: Vec<Vec<Markup>> = organisations
        .iter()
        .map(|one| {
            vec![
                html! { (one.label(cx.lang)) (fictional(cx, one)) (source(cx, &one.source)) },
                html! { (kind_word(cx, &one.kind)) },
            ]
        })
        .collect();
    ui::table_rows(t!(cx, "areas-glossary-organisations"), &head, &rows)
}

fn kind_word(cx: &Ctx, kind: &str) -> String {
    match kind {
        "prefecture" => t!(cx, "areas-kind-prefecture"),
        "municipality" => t!(cx, "areas-kind-municipality"),
        "desk" => t!(cx, "areas-kind-desk"),
        "provider" => t!(cx, "areas-kind-provider"),
        "hospital" => t!(cx, "areas-kind-hospital"),
        "operator" => t!(cx, "areas-kind-operator"),
        "association" => t!(cx, "areas-kind-association"),
        _ => t!(cx, "areas-kind-other"),
    }
}
