//! `/directory/upkeep/differences`: where a newer publication says something else than what was entered here. Nothing is
//! overwritten: somebody decides, and the decision holds until the publication says a third thing.

use maud::{Markup, html};
use store::{Audit, Outcome};
use web::{Ctx, FlashKind, Form, Values, ui};

use super::{
    crumbs,
    form::{Names, label, lines, shown},
    own_towns,
};
use crate::{
    i18n::{t, tl},
    model::ProviderId,
    upkeep::{
        actions,
        apply::{self, Origin},
        fields::catalogue,
        store::{self as sql, Difference},
    },
};

/// `GET /directory/upkeep/differences`
pub(crate) async fn show(cx: Ctx) -> web::Result {
    let me = cx.require_me()?.clone();
    let (names, list) = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            let towns = own_towns(conn, &me)?;
            if towns.is_empty() {
                return Err(web::Error::NotFound);
            }
            let codes: Vec<String> = towns.iter().map(|m| m.code.clone()).collect();
            let names = Names {
                kinds: crate::store::kinds(conn)?,
                towns: Vec::new(),
            };
            Ok((names, sql::differences(conn, &codes)?))
        })
        .await?;
    let body = html! {
        p { (t!(cx, "upkeep-differences-text")) }
        @if list.is_empty() { (ui::empty(t!(cx, "upkeep-differences-none"), t!(cx, "upkeep-differences-none-text"), html! {})) }
        @for difference in &list { (card(&cx, &names, difference)) }
    };
    Ok(cx
        .page(t!(cx, "upkeep-to-differences"))
        .nav("directory")
        .crumbs(&crumbs(&cx, t!(cx, "upkeep-to-differences")))
        .no_qr()
        .body(body))
}

fn card(cx: &Ctx, names: &Names, d: &Difference) -> Markup {
    let fields = catalogue(&[], false);
    let field = fields.iter().find(|f| f.code == d.field);
    let name = field.map_or_else(|| d.field.clone(), |f| label(cx, names, f));
    let text = |value: &str| field.map_or_else(|| value.to_owned(), |f| shown(cx, names, f, value));
    ui::card(
        html! { a lang="ja" href=(cx.url(&format!("/directory/providers/{}", d.provider))) { (d.name) } " " (name) },
        html! {
            (ui::dl(&[
                (t!(cx, "upkeep-here"), html! { (lines(cx, &text(&d.value))) br; span.sub { span lang="ja" { (d.source) } " " (ui::date_opt(cx, d.verified_on)) } }),
                (t!(cx, "find-official-says"), lines(cx, &text(&d.official))),
            ]))
            (ui::form(cx, "/directory/upkeep/differences", html! {
                input type="hidden" name="provider" value=(d.provider);
                input type="hidden" name="field" value=(d.field);
                input type="hidden" name="official" value=(d.official);
                div.actions {
                    (ui::button_second("act", "keep", t!(cx, "upkeep-keep-ours")))
                    (ui::button_second("act", "take", t!(cx, "upkeep-take-theirs")))
                }
            }))
        },
    )
}

/// `POST /directory/upkeep/differences`
pub(crate) async fn decide(cx: Ctx, Form(form): Form<Values>) -> web::Result {
    let me = cx.require_me()?.clone();
    let id: ProviderId = form
        .text("provider")
        .parse()
        .map_err(|_| web::Error::NotFound)?;
    let (field, official) = (
        form.text("field").to_owned(),
        form.get("official").unwrap_or_default().to_owned(),
    );
    let take = form.text("act") == "take";
    let source = tl!(kernel::Lang::Ja, "upkeep-source-publication");
    let (rows, today) = (
        [cx.env().uuid(), cx.env().uuid(), cx.env().uuid()],
        cx.now.date_jst(),
    );
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            let (provider, present, _) = actions::current(tx, id, false)?;
            let towns = own_towns(tx, &me)?;
            let town = towns.iter().find(|m| m.code == provider.municipality);
            let tenant = town
                .and_then(|m| m.organisation)
                .ok_or(store::Error::NotFound)?;
            if take {
                let origin = Origin {
                    source: source.clone(),
                    on: today,
                    by: me.organisation_name.clone(),
                    tenant,
                    rows,
                };
                return apply::give_back(tx, &provider, &present, &field, &official, &origin);
            }
            let done = sql::settle(tx, id, &field, &official)?;
            if done {
                tx.audit(Audit {
                    action: "directory.record.keep",
                    table: "provider_field",
                    id: Some(id.uuid()),
                    subject: Some(tenant.uuid()),
                    result: Outcome::Done,
                    ..Audit::default()
                })?;
            }
            Ok::<_, store::Error>(done)
        })
        .await?;
    if done {
        cx.flash(FlashKind::Good, &t!(cx, "upkeep-is-decided"));
    } else {
        cx.flash(FlashKind::Warn, &t!(cx, "upkeep-review-conflict"));
    }
    Ok(cx.redirect("/directory/upkeep/differences"))
}
