//! The directory as open data: the page with the catalogue, the catalogue for programs (DCAT), and the files, streamed.

use axum::{body::Body, extract::Path, response::IntoResponse};
use bytes::Bytes;
use futures_util::stream;
use kernel::Time;
use maud::{Markup, html};
use store::{Conn, Db, Viewer};
use web::{Ctx, Download, ui};

use super::{
    export::{Export, Format, Row},
    pages,
};
use crate::{i18n::t, model::ProviderId};

/// Providers read at once.
const STRETCH: i64 = 400;
/// The licence of our own compilation; the sources' credit lines stand beside it.
const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";

/// `GET /opendata`
pub(crate) async fn catalogue(cx: Ctx) -> web::Result {
    let total = cx.db().read(&cx.viewer(), super::export::count).await?;
    let head = [
        t!(cx, "find-open-file"),
        t!(cx, "find-open-what"),
        t!(cx, "find-open-licence"),
        t!(cx, "find-open-date"),
    ];
    let rows: Vec<Vec<Markup>> = Format::ALL
        .iter()
        .map(|format| {
            let name = format!("directory.{}", format.ending());
            let what = match format {
                Format::Csv => t!(cx, "find-open-csv"),
                Format::GeoJson => t!(cx, "find-open-geojson"),
                Format::JsonLd => t!(cx, "find-open-jsonld"),
            };
            vec![
                html! { a href=(cx.url(&format!("/opendata/{name}"))) download { (name) } },
                html! { (what) },
                html! { a href=(LICENCE) rel="license external noreferrer" { "CC BY 4.0" } },
                ui::date(&cx, cx.now.date_jst()),
            ]
        })
        .collect();
    let body = html! {
        p { (t!(cx, "find-open-text", count = total)) }
        (ui::table_rows(t!(cx, "find-open-title"), &head, &rows))
        h2 { (t!(cx, "find-open-terms")) }
        p { (t!(cx, "find-open-terms-text")) }
        p { (t!(cx, "find-credit")) }
        p { (t!(cx, "find-map-credit")) " " a href=(cx.url("/directory/boundaries.geojson")) { (t!(cx, "find-open-boundaries")) } }
        h2 { (t!(cx, "find-open-programs")) }
        p { a href=(cx.url("/opendata/catalog.jsonld")) { (t!(cx, "find-open-catalogue")) } }
        p { a href=(cx.url("/api")) { (t!(cx, "find-api-title")) } }
    };
    Ok(cx
        .page(t!(cx, "find-open-title"))
        .sub(t!(cx, "find-open-lead"))
        .body(body))
}

/// `GET /opendata/{file}`
pub(crate) async fn file(cx: Ctx, Path(file): Path<String>) -> web::Result {
    if file.is_empty() {
        return catalogue(cx).await;
    }
    if file == "catalog.jsonld" {
        return Ok(Download::new(file, "application/ld+json", dcat(&cx))
            .inline()
            .into_response());
    }
    let format = file
        .strip_prefix("directory.")
        .and_then(Format::from_ending)
        .ok_or(web::Error::NotFound)?;
    let loaded = super::loaded(cx.db(), cx.now).await?;
    let names = loaded
        .towns
        .iter()
        .map(|town| {
            (
                town.code.clone(),
                (town.prefecture.clone(), town.name_ja.clone()),
            )
        })
        .collect();
    let kinds = loaded
        .kinds
        .iter()
        .map(|kind| (kind.code.clone(), kind.name_ja.clone()))
        .collect();
    let export = Export::new(
        format,
        names,
        kinds,
        &cx.app.public_url(&pages::path(ProviderId::default_nil())),
        cx.now.date_jst(),
    );
    let stamp = cx.now.date_jst().to_string();
    let name = format!("renkei-directory-{stamp}.{}", format.ending());
    let body = Body::from_stream(stream::try_unfold(
        Sending {
            db: cx.db().clone(),
            now: cx.now,
            export: Some(export),
            after: None,
            begun: false,
        },
        step,
    ));
    Ok(Download::new(name, format.mime(), body).into_response())
}

struct Sending {
    db: Db,
    now: Time,
    export: Option<Export>,
    after: Option<ProviderId>,
    begun: bool,
}

/// The next bytes; nothing after the end. A row is read once, in the order of ids, so that a change meanwhile neither doubles
/// nor drops another.
async fn step(mut state: Sending) -> Result<Option<(Bytes, Sending)>, store::Error> {
    let Some(mut export) = state.export.take() else {
        return Ok(None);
    };
    if !state.begun {
        state.begun = true;
        let head = export.begin();
        state.export = Some(export);
        return Ok(Some((head.into(), state)));
    }
    // Lets the server send what it has before the next rows are read.
    tokio::task::yield_now().await;
    let after = state.after;
    let rows: Vec<Row> = state
        .db
        .read(&Viewer::public(state.now), move |conn: &mut Conn| {
            super::export::after(conn, after, STRETCH)
        })
        .await?;
    match rows.last() {
        None => Ok(Some((export.end().into(), state))),
        Some(last) => {
            state.after = Some(last.provider.id);
            let bytes = export.rows(&rows);
            state.export = Some(export);
            Ok(Some((bytes.into(), state)))
        }
    }
}

/// The catalogue in DCAT, as JSON-LD.
fn dcat(cx: &Ctx) -> String {
    let files: Vec<serde_json::Value> = Format::ALL
        .iter()
        .map(|format| {
            serde_json::json!({
                "@type": "dcat:Distribution",
                "dct:title": format!("directory.{}", format.ending()),
                "dcat:downloadURL": { "@id": cx.app.public_url(&format!("/opendata/directory.{}", format.ending())) },
                "dcat:mediaType": format.mime().split(';').next(),
                "dct:license": { "@id": LICENCE },
            })
        })
        .collect();
    let value = serde_json::json!({
        "@context": { "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/" },
        "@id": cx.app.public_url("/opendata"),
        "@type": "dcat:Catalog",
        "dct:title": t!(cx, "find-open-title"),
        "dct:language": "ja",
        "dct:modified": cx.now.date_jst().to_string(),
        "dcat:dataset": [{
            "@id": cx.app.public_url("/directory"),
            "@type": "dcat:Dataset",
            "dct:title": t!(cx, "find-open-dataset"),
            "dct:description": t!(cx, "find-open-lead"),
            "dct:license": { "@id": LICENCE },
            "dct:source": t!(cx, "find-credit"),
            "dct:modified": cx.now.date_jst().to_string(),
            "dct:accrualPeriodicity": { "@id": "http://purl.org/cld/freq/continuous" },
            "dcat:distribution": files,
            "foaf:page": { "@id": cx.app.public_url("/directory") },
        }],
        "dcat:service": [{ "@type": "dcat:DataService", "dct:title": t!(cx, "find-api-title"), "dcat:endpointURL": { "@id": cx.app.public_url("/api/v1/providers") }, "foaf:page": { "@id": cx.app.public_url("/api") } }],
    });
    value.to_string()
}
