//! The directory beside a call: who comes to this municipality for this, takes new patients, since when that is known; what
//! was named to the caller, and what was missing.

use std::collections::{HashMap, HashSet};

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use directory::{
    find::{self, rows, rows::Care, rows::Professional, today},
    model::{Provider, ProviderId, Service},
};
use kernel::Uuid;
use maud::{Markup, html};
use search::{Audience, Query};
use web::{Ctx, Values, ui};

use crate::{
    codes::List,
    i18n::t,
    list::parse,
    model::{ConsultationId, Fields, Referral, Unmet},
    sealed::Texts,
    store as sql,
};

/// So many candidates are looked at, and so many shown.
const LOOK: usize = 40;
const SHOW: usize = 8;

/// What the directory is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    /// 団体コード.
    pub(crate) municipality: String,
    /// A town.
    pub(crate) place: String,
    /// Categories of the call.
    pub(crate) categories: Vec<String>,
    /// Treatments.
    pub(crate) treatments: Vec<String>,
}

impl Asked {
    /// Of a record.
    pub(crate) fn of(fields: &Fields, texts: &Texts) -> Self {
        Self {
            municipality: fields.municipality.clone(),
            place: texts.place.clone(),
            categories: fields.categories.clone(),
            treatments: fields.treatments.clone(),
        }
    }

    /// Kinds of service that answer the categories.
    fn kinds(&self) -> Vec<&'static str> {
        let mut out = Vec::new();
        for code in &self.categories {
            let kinds = List::Category.find(code).map_or("", |c| c.extra);
            for kind in kinds.split_whitespace() {
                if !out.contains(&kind) {
                    out.push(kind);
                }
            }
        }
        out
    }
}

/// One provider with what is known of it.
struct Candidate {
    provider: Provider,
    metres: Option<f64>,
    /// Its municipality, when that is another one.
    elsewhere: Option<String>,
    services: Vec<Service>,
    care: Option<Care>,
    professional: Option<Professional>,
}

impl Candidate {
    /// Whether it comes to the municipality: it said so, it said it does not, or nobody asked.
    fn comes(&self, municipality: &str) -> Option<bool> {
        let care = self.care.as_ref()?;
        if care.visit_area.iter().any(|code| code == municipality) {
            return Some(true);
        }
        if !care.visit_area.is_empty() {
            return Some(false);
        }
        match (care.home_visit, care.house_call) {
            (Some(false), Some(false) | None) | (None, Some(false)) => Some(false),
            _ => None,
        }
    }

    /// How well it fits: what was confirmed comes before what nobody knows, and that before what was denied.
    fn rank(&self, asked: &Asked) -> i32 {
        let weigh = |known: Option<bool>| match known {
            Some(true) => 2,
            None => 0,
            Some(false) => -4,
        };
        let new = self.care.as_ref().and_then(|c| c.new_patients.as_deref());
        let treats = self.professional.as_ref().map_or(0, |p| {
            asked
                .treatments
                .iter()
                .filter(|t| p.treatments.contains(t))
                .count()
        });
        let visits = self
            .care
            .as_ref()
            .is_some_and(|c| c.home_visit == Some(true) || c.house_call == Some(true));
        weigh(self.comes(&asked.municipality)) * 2
            + weigh(match new {
                Some("yes") => Some(true),
                Some("no") => Some(false),
                _ => None,
            })
            + i32::from(visits) * 2
            + i32::try_from(treats).unwrap_or(0) * 3
    }
}

async fn candidates(cx: &Ctx, asked: &Asked) -> web::Result<Vec<Candidate>> {
    let kinds = asked.kinds();
    if asked.municipality.is_empty() || kinds.is_empty() {
        return Ok(Vec::new());
    }
    let loaded = find::loaded(cx.db(), cx.now).await?;
    let (code, place) = (asked.municipality.clone(), asked.place.clone());
    let town = cx
        .db()
        .read(&cx.viewer(), move |c| find::near::town_at(c, &code, &place))
        .await?;
    let near = town.or_else(|| loaded.centre(&asked.municipality));
    let of_kind: Vec<String> = kinds.iter().map(|k| format!("kind:{k}")).collect();
    let mut hits = Vec::new();
    let mut known = HashSet::new();
    // First those that said they come here, wherever they are; then those of the municipality; then the nearest elsewhere.
    for group in ["covers", "town", ""] {
        if group.is_empty() && hits.len() >= SHOW {
            break;
        }
        let mut filters = vec![vec!["status:open".to_owned()], of_kind.clone()];
        if !group.is_empty() {
            filters.push(vec![format!("{group}:{}", asked.municipality)]);
        }
        let query = Query {
            audience: Audience::Professionals,
            filters,
            near,
            limit: LOOK,
            ..Query::default()
        };
        let more = loaded.search(&query).hits.into_iter();
        hits.extend(more.filter(|h| known.insert(h.id)));
    }
    let ids: Vec<ProviderId> = hits
        .iter()
        .map(|h| kernel::AnyId::from_uuid(h.id))
        .collect();
    let (mut providers, mut services, mut cares, mut professionals) = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            let providers: HashMap<Uuid, Provider> = directory::store::providers(conn, &ids)?
                .into_iter()
                .map(|p| (p.id.uuid(), p))
                .collect();
            Ok::<_, store::Error>((
                providers,
                rows::services(conn, &ids)?,
                rows::cares(conn, &ids)?,
                rows::professionals(conn, &ids)?,
            ))
        })
        .await?;
    let mut all: Vec<Candidate> = hits
        .iter()
        .filter_map(|hit| {
            let provider = providers.remove(&hit.id)?;
            let id = provider.id;
            let elsewhere = (provider.municipality != asked.municipality)
                .then(|| loaded.town(&provider.municipality))
                .flatten()
                .map(|town| town.name(cx.lang).to_owned());
            Some(Candidate {
                provider,
                metres: hit.metres,
                elsewhere,
                services: services.remove(&id).unwrap_or_default(),
                care: cares.remove(&id),
                professional: professionals.remove(&id),
            })
        })
        .collect();
    all.sort_by_key(|c| std::cmp::Reverse(c.rank(asked)));
    all.truncate(SHOW);
    Ok(all)
}

/// The panel: what was named and missing in this call, then who can be named.
pub(crate) async fn panel(
    cx: &Ctx,
    asked: &Asked,
    call: Option<ConsultationId>,
) -> web::Result<Markup> {
    let (referrals, unmet) = match call {
        Some(id) => {
            cx.db()
                .read(&cx.viewer(), move |c| {
                    Ok::<_, store::Error>((sql::referrals(c, id)?, sql::unmet_of(c, id)?))
                })
                .await?
        }
        None => Default::default(),
    };
    let found = candidates(cx, asked).await?;
    Ok(html! {
        div.beside-head {
            h2 { (t!(cx, "beside-title")) }
            button.btn.second.small type="submit" form="call" name="look" value="1" data-look { (t!(cx, "beside-look")) " " kbd aria-hidden="true" { "F2" } }
        }
        (named(cx, &referrals, &unmet))
        @if found.is_empty() {
            p.sub { (if asked.kinds().is_empty() || asked.municipality.is_empty() { t!(cx, "beside-empty") } else { t!(cx, "beside-none") }) }
        } @else {
            ol.beside-list {
                @for (at, one) in found.iter().enumerate() { (candidate(cx, asked, one, at, &referrals)) }
            }
            p.sub { (t!(cx, "beside-honest")) }
        }
        (missing(cx, asked))
    })
}

fn named(cx: &Ctx, referrals: &[Referral], unmet: &[Unmet]) -> Markup {
    html! {
        @if !referrals.is_empty() || !unmet.is_empty() {
            ul.beside-done {
                @for one in referrals {
                    li { (ui::badge(ui::Tone::Key, t!(cx, "beside-referred"))) " " span lang="ja" { (one.name) } " "
                        button.plain type="submit" form="call" name="unrefer" value=(one.id) data-quick aria-label=(t!(cx, "beside-undo-of", name = one.name.as_str())) { (t!(cx, "beside-undo")) } }
                }
                @for one in unmet {
                    @let words = format!("{} · {}", List::Service.word(&one.service, cx.lang), List::Why.word(&one.why, cx.lang));
                    li { (ui::badge(ui::Tone::Warn, t!(cx, "beside-unmet"))) " " (words) " "
                        button.plain type="submit" form="call" name="ununmet" value=(one.id) data-quick aria-label=(t!(cx, "beside-undo-of", name = words.as_str())) { (t!(cx, "beside-undo")) } }
                }
            }
        }
    }
}

fn candidate(
    cx: &Ctx,
    asked: &Asked,
    one: &Candidate,
    at: usize,
    referrals: &[Referral],
) -> Markup {
    let p = &one.provider;
    let direct = one.professional.as_ref();
    let phone = direct
        .map(|d| d.direct_phone.as_str())
        .filter(|n| !n.is_empty())
        .unwrap_or(&p.phone);
    let fax = direct
        .map(|d| d.direct_fax.as_str())
        .filter(|n| !n.is_empty())
        .unwrap_or(&p.fax);
    let already = referrals.iter().any(|r| r.provider == Some(p.id.uuid()));
    html! {
        li.beside-one {
            div {
                h3 { a href=(cx.url(&format!("/directory/providers/{}", p.id))) target="_blank" rel="noopener" lang="ja" { (p.label(cx.lang)) }
                    @if p.fictional { " " (ui::badge(ui::Tone::Plain, web::t!(cx.lang, "fictional"))) } }
                p.abilities { (facts(cx, asked, one)) }
                p.beside-call {
                    @if phone.is_empty() { span.none { (t!(cx, "beside-no-phone")) } } @else { (ui::tel(cx, phone)) }
                    @if !fax.is_empty() { " " span.sub { (t!(cx, "beside-fax", number = fax)) } }
                    " " (hours(cx, &one.services))
                }
                p.sub {
                    @if let Some(town) = &one.elsewhere { (town) " · " }
                    @if let Some(metres) = one.metres { (t!(cx, "beside-distance", km = format!("{:.1}", metres / 1000.0))) " · " }
                    (confirmed(cx, one))
                }
            }
            @if already { span.badge.b-key { (t!(cx, "beside-referred")) } }
            @else {
                button.btn.second.small type="submit" form="call" name="refer" value=(p.id) data-quick data-key=(at + 1) {
                    kbd { (at + 1) } (t!(cx, "beside-refer")) " " span.visually-hidden lang="ja" { (p.label(cx.lang)) }
                }
            }
        }
    }
}

/// What is known, what was denied, and what nobody has asked: never one as the other.
fn facts(cx: &Ctx, asked: &Asked, one: &Candidate) -> Markup {
    let new = one.care.as_ref().and_then(|c| c.new_patients.as_deref());
    let treats: Vec<&String> = one
        .professional
        .as_ref()
        .map(|p| {
            asked
                .treatments
                .iter()
                .filter(|t| p.treatments.contains(t))
                .collect()
        })
        .unwrap_or_default();
    html! {
        @let comes = one.comes(&asked.municipality);
        @if comes.is_none() && new.is_none() {
            (ui::badge(ui::Tone::Plain, t!(cx, "beside-both-unknown")))
        } @else {
            @match comes {
                Some(true) => (ui::badge(ui::Tone::Key, t!(cx, "beside-comes"))),
                Some(false) => (ui::badge(ui::Tone::Plain, t!(cx, "beside-comes-not"))),
                None => (ui::badge(ui::Tone::Plain, t!(cx, "beside-comes-unknown"))),
            }
            " "
            @match new {
                Some("yes") => (ui::badge(ui::Tone::Key, t!(cx, "beside-new"))),
                Some("no") => (ui::badge(ui::Tone::Warn, t!(cx, "beside-new-not"))),
                Some(_) => (ui::badge(ui::Tone::Plain, t!(cx, "beside-new-ask"))),
                None => (ui::badge(ui::Tone::Plain, t!(cx, "beside-new-unknown"))),
            }
        }
        @for code in &asked.treatments {
            " "
            @if treats.contains(&code) { (ui::badge(ui::Tone::Key, List::Treatment.word(code, cx.lang))) }
            @else { (ui::badge(ui::Tone::Plain, t!(cx, "beside-treats-unknown", name = List::Treatment.word(code, cx.lang)))) }
        }
    }
}

fn hours(cx: &Ctx, services: &[Service]) -> Markup {
    html! {
        @match today::first(services, cx.now) {
            today::Today::Hours(hours) => {
                @let text = hours.iter().map(|(a, b)| format!("{}–{}", today::clock(*a), today::clock(*b))).collect::<Vec<_>>().join(" / ");
                span.sub { (t!(cx, "beside-today", hours = text)) }
            },
            today::Today::Works => span.sub { (t!(cx, "beside-works")) },
            today::Today::Closed => span.sub { (t!(cx, "beside-closed")) },
            today::Today::Unknown => span.sub { (t!(cx, "beside-hours-unknown")) },
        }
    }
}

fn confirmed(cx: &Ctx, one: &Candidate) -> Markup {
    let day = one
        .care
        .as_ref()
        .and_then(|c| c.verified_on)
        .max(one.provider.verified_on);
    html! {
        @if let Some(day) = day { (t!(cx, "beside-confirmed")) " " (ui::date(cx, day)) }
        @else if let Some(day) = one.provider.source_date { (t!(cx, "beside-published")) " " (ui::date(cx, day)) " " (t!(cx, "beside-unconfirmed")) }
        @else { (t!(cx, "beside-unconfirmed")) }
    }
}

/// What was missing: service (proposed from the category), why, one button. The town comes from the call.
fn missing(cx: &Ctx, asked: &Asked) -> Markup {
    let proposed = asked.categories.first().map_or("", String::as_str);
    html! {
        fieldset.card.missing data-no-keep {
            legend { (t!(cx, "unmet-add")) }
            div.field { label for="unmet_service" { (t!(cx, "unmet-service")) }
                select #unmet_service name="unmet_service" form="call" {
                    @for c in List::Service.all() { option value=(c.code) selected[c.code == proposed] { (c.word(cx.lang)) } }
                }
            }
            div.field { label for="unmet_why" { (t!(cx, "unmet-why")) }
                select #unmet_why name="unmet_why" form="call" {
                    @for c in List::Why.all() { option value=(c.code) { (c.word(cx.lang)) } }
                }
            }
            button.btn.second.small type="submit" form="call" name="unmet" value="1" data-quick disabled[asked.municipality.is_empty()] { (t!(cx, "unmet-save")) }
            @if asked.municipality.is_empty() { p.sub { (t!(cx, "unmet-needs-town")) } }
        }
    }
}

/// `GET /consultations/{id}/beside`: the panel for what is on the screen just now. Of a call that is not saved yet there is
/// nothing named; of another desk's call nothing is shown.
pub(crate) async fn fragment(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let id: ConsultationId = parse(&id)?;
    let mut values = Values::default();
    for (name, value) in
        form_urlencoded::parse(cx.uri.query().unwrap_or_default().as_bytes()).take(100)
    {
        values.push(name.into_owned(), value.replace('\0', ""));
    }
    let mut asked = crate::intake::query_fields(&values);
    if asked.municipality.len() != 6 {
        asked.municipality.clear();
    }
    let markup = panel(&cx, &asked, Some(id)).await?;
    Ok(fragment_of(markup))
}

fn fragment_of(markup: Markup) -> Response {
    markup.into_response()
}
