//! `GET /api/v1/providers`, its page `GET /api`, and the pins of the map.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::html;
use search::Audience;
use serde_json::{Value, json};
use web::{Ctx, ui};

use super::{
    Loaded,
    asked::{Asked, Strange},
    map,
    pages::{self, hits},
    results::{self, PAGE},
};
use crate::{
    i18n::t,
    model::{Precision, Provider},
};

/// So many pins are sent at most; more cannot be told apart.
const PINS: usize = 2_000;

fn json_response(status: StatusCode, value: &Value) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "application/json; charset=utf-8")],
        value.to_string(),
    )
        .into_response()
}

/// `GET /api/v1/providers`: the public directory as JSON. Parameters as on the page; those nobody knows are refused.
pub(crate) async fn providers(cx: Ctx) -> web::Result {
    let (asked, strange) = Asked::read(cx.uri.query().unwrap_or_default());
    // Treatments are for professionals, and how the page looks is nothing to a program.
    let foreign = ["treats", "view"].into_iter().find(|name| {
        form_urlencoded::parse(cx.uri.query().unwrap_or_default().as_bytes())
            .any(|(given, _)| given == *name)
    });
    if let Some(Strange { name, known }) = strange.first().cloned().or_else(|| {
        foreign.map(|name| Strange {
            name: name.to_owned(),
            known: false,
        })
    }) {
        let what = if known {
            "bad value"
        } else {
            "unknown parameter"
        };
        return Ok(json_response(
            StatusCode::BAD_REQUEST,
            &json!({ "error": what, "parameter": name, "documentation": cx.app.public_url("/api") }),
        ));
    }
    let loaded = super::loaded(cx.db(), cx.now).await?;
    // The answer is the same for everybody, also for those who are signed in.
    let found = results::find(&loaded, &asked, Audience::Public, PAGE);
    let wanted = found.hits.hits.clone();
    let listed = cx
        .db()
        .read(&cx.viewer(), move |conn| hits::read(conn, &wanted, false))
        .await?;
    let rows: Vec<Value> = listed
        .rows
        .iter()
        .map(|(hit, provider)| {
            let mut row = public(&cx, &loaded, provider);
            if let (Some(metres), Value::Object(row)) = (hit.metres, &mut row) {
                row.insert("distance_m".to_owned(), json!(metres.round()));
            }
            row
        })
        .collect();
    let pages = found.hits.total.div_ceil(PAGE as u64);
    let link = |page: usize| {
        let next = asked.with(|a| a.page = page);
        cx.app
            .public_url(&format!("/api/v1/providers?{}", next.query()))
    };
    let counts: serde_json::Map<String, Value> = found
        .hits
        .counts
        .iter()
        .filter(|(mark, _)| !mark.starts_with("treats:"))
        .map(|(mark, count)| (mark.clone(), json!(count)))
        .collect();
    Ok(json_response(
        StatusCode::OK,
        &json!({
            "total": found.hits.total,
            "page": asked.page,
            "pages": pages,
            "next": ((asked.page as u64) < pages).then(|| link(asked.page + 1)),
            "understood": { "marks": found.marks, "across_the_border": found.across, "typos": found.hits.typos },
            "facets": counts,
            "licence": "https://creativecommons.org/licenses/by/4.0/",
            "credit": t!(cx, "find-credit"),
            "providers": rows,
        }),
    ))
}

/// A provider as the API shows it.
fn public(cx: &Ctx, loaded: &Loaded, provider: &Provider) -> Value {
    json!({
        "id": provider.id.to_string(),
        "url": cx.app.public_url(&pages::path(provider.id)),
        "name": provider.name,
        "kana": provider.kana,
        "name_en": provider.name_en,
        "kinds": provider.kinds,
        "municipality": provider.municipality,
        "municipality_name": loaded.town(&provider.municipality).map(|town| town.name_ja.clone()),
        "postal": provider.postal,
        "address": pages::address(loaded, provider),
        "lat": provider.lat,
        "lon": provider.lon,
        "precision": provider.precision.code(),
        "phone": provider.phone,
        "fax": provider.fax,
        "web": provider.url,
        "corporation": provider.corporation,
        "corporation_number": provider.corporation_number,
        "status": provider.status.code(),
        "in_area": provider.in_area,
        "source": provider.source,
        "source_date": provider.source_date.map(|day| day.to_string()),
        "verified_on": provider.verified_on.map(|day| day.to_string()),
        "fictional": provider.fictional,
    })
}

/// `GET /directory/pins.json`: the hits of a search as points, nearest first.
pub(crate) async fn pins(cx: Ctx) -> web::Result {
    let (mut asked, _) = Asked::read(cx.uri.query().unwrap_or_default());
    asked.page = 1;
    let loaded = super::loaded(cx.db(), cx.now).await?;
    let found = results::find(&loaded, &asked, super::audience(&cx), PINS);
    let total = found.hits.total;
    let ids: Vec<crate::model::ProviderId> = found
        .hits
        .hits
        .iter()
        .map(|hit| kernel::AnyId::from_uuid(hit.id))
        .collect();
    let providers = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            crate::store::providers(conn, &ids)
        })
        .await?;
    let mut features: Vec<Value> = Vec::with_capacity(providers.len());
    for provider in &providers {
        let Some((lat, lon)) = provider.lat.zip(provider.lon) else {
            continue;
        };
        let kind = provider.kinds.first().and_then(|code| loaded.kind(code));
        features.push(json!({
            "type": "Feature",
            "geometry": { "type": "Point", "coordinates": [lon, lat] },
            "properties": {
                "id": provider.id.to_string(),
                "name": provider.label(cx.lang),
                "kind": kind.map_or("", |kind| pages::short(kind, cx.lang)),
                "tone": kind.map_or("gray", |kind| kind.tone.as_str()),
                "shape": kind.map_or("circle", |kind| kind.shape.as_str()),
                "about": provider.precision != Precision::Exact,
            },
        }));
    }
    Ok(json_response(
        StatusCode::OK,
        &json!({ "type": "FeatureCollection", "total": total, "features": features }),
    ))
}

/// `GET /directory/boundaries.geojson`: our simplified boundaries.
pub(crate) async fn boundaries(_cx: Ctx) -> web::Result {
    let mut response = Response::new(Body::from(map::GEOJSON.as_str()));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/geo+json"),
    );
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, max-age=86400"),
    );
    Ok(response)
}

/// `GET /api`: how to ask.
pub(crate) async fn about(cx: Ctx) -> web::Result {
    let loaded = super::loaded(cx.db(), cx.now).await?;
    let example = "/api/v1/providers?q=%E8%96%AC%E5%B1%80&near=35.1468,139.1087";
    let parameters = [
        ("q", t!(cx, "find-api-q")),
        ("near", t!(cx, "find-api-near")),
        ("kind", t!(cx, "find-api-kind")),
        ("family", t!(cx, "find-api-family")),
        ("town", t!(cx, "find-api-town")),
        ("covers", t!(cx, "find-api-covers")),
        ("can", t!(cx, "find-api-can")),
        ("lang", t!(cx, "find-api-lang")),
        ("page", t!(cx, "find-api-page")),
    ];
    let rows: Vec<Vec<maud::Markup>> = parameters
        .iter()
        .map(|(name, text)| vec![html! { code { (name) } }, html! { (text) }])
        .collect();
    let kinds: Vec<Vec<maud::Markup>> = loaded
        .kinds
        .iter()
        .map(|kind| {
            vec![
                html! { code { (kind.code) } },
                html! { code { (kind.family) } },
                html! { (kind.name(cx.lang)) },
            ]
        })
        .collect();
    let body = html! {
        p { code { "GET " (cx.app.public_url("/api/v1/providers")) } }
        p { (t!(cx, "find-api-text")) }
        p { a href=(cx.url(example)) { (t!(cx, "find-api-example")) } }
        (ui::table_rows(t!(cx, "find-api-parameters"), &[t!(cx, "find-api-parameter"), t!(cx, "find-api-meaning")], &rows))
        h2 { (t!(cx, "find-api-answer")) }
        p { (t!(cx, "find-api-answer-text")) }
        details { summary { (t!(cx, "find-api-kinds")) } (ui::table_rows(t!(cx, "find-api-kinds"), &[t!(cx, "find-api-code"), "family".to_owned(), t!(cx, "find-api-meaning")], &kinds)) }
        p { a href=(cx.url("/opendata")) { (t!(cx, "find-open-title")) } }
        (pages::credit(&cx))
    };
    Ok(cx
        .page(t!(cx, "find-api-title"))
        .sub(t!(cx, "find-api-lead"))
        .body(body))
}
