//! Names of bodies and what people call them, with the place where the short name holds.

use maud::{Markup, html};
use web::{Ctx, ui};

use super::{district_badge, municipality::marks, source};
use crate::{
    i18n::t,
    model::{Alias, Council, Organisation, pick},
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
        h2 id="words" { (t!(cx, "areas-words")) }
        p.sub { (t!(cx, "areas-words-lead")) }
        (crate::words::list(cx.lang))
        h2 { (t!(cx, "areas-glossary-names")) }
        (alias_table(&cx, &title, &aliases))
        h2 { (t!(cx, "areas-glossary-organisations")) }
        (organisation_table(&cx, &organisations))
        h2 { (t!(cx, "areas-glossary-councils")) }
        ul { @for council in &councils { li { (council_item(&cx, council)) } } }
    };
    Ok(cx
        .page(title)
        .nav("municipalities")
        .sub(t!(cx, "areas-glossary-lead"))
        .body(body))
}

/// Short name, the organisations meant (never without their full names), and where. One row per short name and district.
pub(super) fn alias_table(cx: &Ctx, label: &str, aliases: &[Alias]) -> Markup {
    let head = [
        t!(cx, "areas-glossary-alias"),
        t!(cx, "areas-glossary-means"),
        t!(cx, "areas-glossary-scope"),
    ];
    let same = |a: &Alias, b: &Alias| a.alias == b.alias && a.district == b.district;
    let groups: Vec<&[Alias]> = aliases.chunk_by(same).collect();
    let rows: Vec<Vec<Markup>> = groups
        .iter()
        .filter_map(|group| group.first().map(|first| (first, *group)))
        .map(|(first, group)| {
            let by_district = groups
                .iter()
                .filter(|g| g.first().is_some_and(|one| one.alias == first.alias))
                .count()
                > 1;
            alias_row(cx, first, group, by_district)
        })
        .collect();
    ui::table_rows(label, &head, &rows)
}

fn alias_row(cx: &Ctx, first: &Alias, group: &[Alias], by_district: bool) -> Vec<Markup> {
    vec![
        html! {
            span lang="ja" { (first.alias) }
            @if by_district { " " (ui::badge(ui::Tone::Warn, t!(cx, "areas-glossary-ambiguous"))) }
            @if group.len() > 1 { " " (ui::badge(ui::Tone::Warn, t!(cx, "areas-glossary-several"))) }
        },
        html! {
            @for (at, alias) in group.iter().enumerate() {
                @if at > 0 { br; }
                (pick(cx.lang, &alias.organisation, &alias.organisation_en))
            }
            (source(cx, &first.source))
        },
        match &first.district {
            Some(district) => district_badge(cx, Some(district)),
            None => html! { (t!(cx, "areas-glossary-everywhere")) },
        },
    ]
}

/// A council with its mark and source.
pub(super) fn council_item(cx: &Ctx, council: &Council) -> Markup {
    html! {
        (council.label(cx.lang))
        @if !council.verified { " " (ui::unknown(cx)) }
        (source(cx, &council.source))
    }
}

fn organisation_table(cx: &Ctx, organisations: &[Organisation]) -> Markup {
    let head = [
        web::t!(cx.lang, "organisation").to_owned(),
        t!(cx, "areas-glossary-kind"),
    ];
    let rows: Vec<Vec<Markup>> = organisations
        .iter()
        .map(|one| {
            vec![
                html! { (one.label(cx.lang)) (marks(cx, one)) (source(cx, &one.source)) },
                html! { (kind_word(cx, &one.kind)) },
            ]
        })
        .collect();
    ui::table_rows(t!(cx, "areas-glossary-organisations"), &head, &rows)
}

/// The kind of an organisation in words.
pub(crate) fn kind_word(cx: &Ctx, kind: &str) -> String {
    match kind {
        "prefecture" => t!(cx, "areas-kind-prefecture"),
        "municipality" => t!(cx, "areas-kind-municipality"),
        "desk" => t!(cx, "areas-kind-desk"),
        "provider" => t!(cx, "areas-kind-provider"),
        "dental_desk" => t!(cx, "areas-kind-dental-desk"),
        "hospital_office" => t!(cx, "areas-kind-hospital-office"),
        "body" => t!(cx, "areas-kind-body"),
        "hospital" => t!(cx, "areas-kind-hospital"),
        "operator" => t!(cx, "areas-kind-operator"),
        "association" => t!(cx, "areas-kind-association"),
        _ => t!(cx, "areas-kind-other"),
    }
}
