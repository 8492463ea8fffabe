//! The pages over HTTP: what readers see, and what happens to a form that is not right.

use std::net::SocketAddr;

use ::store::Viewer;
use axum::{
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Request, StatusCode},
};
use kernel::{OrganisationId, Uuid};
use tower::ServiceExt;
use web::{ActingFor, App, OrgKind, Role, WebConfig, session, session::NewSession};

use crate::{
    Audience, Contact,
    db_tests::{House, all_contacts, loaded, now},
    store,
};

struct World {
    house: House,
    app: App,
    router: axum::Router,
}

async fn world() -> World {
    let house = loaded().await;
    let app = App::new(
        house.db.clone(),
        house.db.env().clone(),
        WebConfig::new("http://127.0.0.1:8080"),
        vec![crate::feature()],
    );
    World {
        router: web::app::router(app.clone()),
        app,
        house,
    }
}

impl World {
    async fn send(
        &self,
        method: &str,
        path: &str,
        cookies: &str,
        body: String,
    ) -> (StatusCode, String) {
        let peer: SocketAddr = "127.0.0.1:5000".parse().unwrap();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1:8080")
            .header("origin", "http://127.0.0.1:8080")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", cookies)
            .extension(ConnectInfo(peer));
        let request = request.body(Body::from(body)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    async fn get(&self, path: &str, cookies: &str) -> (StatusCode, String) {
        self.send("GET", path, cookies, String::new()).await
    }

    /// Signs in an editor of an office, acting for a municipality or not; gives the cookie.
    async fn editor(&self, office: OrganisationId, acting: Option<OrganisationId>) -> String {
        let (id, token) = NewSession::secrets(&self.app.env);
        let new = NewSession {
            id,
            token: token.clone(),
            account: self.app.env.id(),
            name: "沼田".into(),
            organisation: office,
            organisation_name: "所属の名前".into(),
            kind: OrgKind::Municipality,
            role: Role::Editor,
            profession: "clerk".into(),
            second_factor: true,
            address: "127.0.0.1".into(),
            agent: "test".into(),
        };
        let start = move |tx: &mut ::store::Tx| {
            session::start(tx, &new)?;
            let acting = acting.map(|id| ActingFor {
                id,
                name: "代行先".into(),
            });
            session::set_acting_for(tx, new.id, acting.as_ref())
        };
        self.house
            .db
            .write(&Viewer::system("test", now()), start)
            .await
            .unwrap();
        format!("renkei={token}")
    }

    async fn window(&self, code: &str, audience: Audience) -> Contact {
        let (all, _) = all_contacts(&self.house.db).await;
        all.into_iter()
            .find(|c| c.municipality == code && c.audience == audience)
            .unwrap()
    }

    /// Fills the form of a window and sends it; `fields` come after the hidden ones of the page.
    async fn save(
        &self,
        contact: &Contact,
        cookies: &str,
        fields: &[(&str, &str)],
    ) -> (StatusCode, String) {
        let path = format!("/settings/contacts/{}", contact.id);
        let (status, page) = self.get(&path, cookies).await;
        assert_eq!(status, StatusCode::OK);
        let mut body = format!("_csrf={}", hidden(&page, "_csrf"));
        for (name, value) in fields {
            body.push_str(&format!("&{name}={value}"));
        }
        if !fields.iter().any(|(name, _)| *name == "version") {
            body.push_str(&format!("&version={}", hidden(&page, "version")));
        }
        self.send("POST", &path, cookies, body).await
    }
}

fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let at = page.find(&mark).unwrap() + mark.len();
    page[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn public_pages_speak_both_languages_and_claim_nothing_unknown() {
    let world = world().await;
    for path in [
        "/",
        "/?town=143847&who=resident",
        "/?town=143618&who=professional",
        "/?town=1&town=2&who=x%00",
        "/municipalities",
        "/municipalities/143847",
        "/municipalities/222151",
        "/glossary",
    ] {
        for cookie in ["", "renkei_lang=en"] {
            let (status, page) = world.get(path, cookie).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert_eq!(page.matches("<h1").count(), 1, "{path}");
        }
    }
    let (_, page) = world.get("/?town=143847&who=resident", "").await;
    assert!(page.contains("湯河原町役場の代表電話にかけて"));
    assert!(!page.contains("いま受付中") && page.contains("まだ確認されていません"));
    assert!(page.contains("href=\"tel:119\"") && page.contains("href=\"tel:%237119\""));
    let (_, page) = world.get("/municipalities/143847", "").await;
    assert!(
        page.contains("143847")
            && page.contains("143842")
            && page.contains("小田原医師会 地域医療連携室")
    );
    for path in ["/municipalities/999999", "/municipalities/x"] {
        assert_eq!(world.get(path, "").await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn readings_are_printed_when_switched_on() {
    let world = world().await;
    let (_, plain) = world.get("/", "").await;
    let (_, ruby) = world.get("/", "renkei_furigana=1").await;
    assert!(!plain.contains("<ruby>") && !plain.contains('|'));
    assert!(ruby.contains("ゆがわらまち"), "the reading of a town");
}

#[tokio::test]
async fn an_office_saves_its_window_and_the_public_page_shows_it() {
    let world = world().await;
    let contact = world.window("143847", Audience::Resident).await;
    let cookie = world.editor(contact.owner, None).await;
    let good = [
        ("window_ja", "介護課"),
        ("phone", "0465-00-0000"),
        ("day1", "1"),
        ("opens", "8:30"),
        ("closes", "17:15"),
    ];
    let (status, _) = world.save(&contact, &cookie, &good).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = world.get("/?town=143847&who=resident", "").await;
    assert!(page.contains("href=\"tel:0465000000\"") && page.contains("介護課"));
    // Sunday 22 November; Monday 23 is a holiday, so the only weekday comes a week later.
    assert!(
        page.contains("きょうは受付のない曜日") && page.contains("令和8年11月30日"),
        "{page}"
    );
    assert!(page.contains("湯河原町が確認"));
    let (status, _) = world.save(&contact, &cookie, &[("act", "check")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(
        world
            .window("143847", Audience::Resident)
            .await
            .texts
            .phone
            .as_deref(),
        Some("0465-00-0000")
    );
}

#[tokio::test]
async fn a_wrong_form_comes_back_whole_with_its_errors() {
    let world = world().await;
    let contact = world.window("143821", Audience::Resident).await;
    let cookie = world.editor(contact.owner, None).await;
    let wrong = [
        ("window_ja", "書きかけ"),
        ("phone", "電話"),
        ("opens", "9時"),
        ("url", "javascript:x"),
    ];
    let (status, page) = world.save(&contact, &cookie, &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in [
        "書きかけ",
        "value=\"電話\"",
        "value=\"9時\"",
        "javascript:x",
        "phone-error",
        "opens-error",
        "url-error",
    ] {
        assert!(page.contains(kept), "{kept}");
    }
    assert!(!page.contains("texts_other_number"));
    assert_eq!(world.window("143821", Audience::Resident).await.version, 1);
}

#[tokio::test]
async fn a_number_like_my_number_waits_for_the_writers_word() {
    let world = world().await;
    let contact = world.window("143821", Audience::Resident).await;
    let cookie = world.editor(contact.owner, None).await;
    // 123456789018 passes the check of the individual number.
    let typed = ("outside_ja", "受付番号 123456789018");
    let (status, page) = world.save(&contact, &cookie, &[typed]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("texts_other_number") && page.contains("123456789018"));
    let (status, _) = world
        .save(&contact, &cookie, &[typed, ("texts_other_number", "1")])
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_slower_writer_sees_both_texts() {
    let world = world().await;
    let contact = world.window("143821", Audience::Resident).await;
    let cookie = world.editor(contact.owner, None).await;
    assert_eq!(
        world
            .save(&contact, &cookie, &[("phone", "0460-00-0000")])
            .await
            .0,
        StatusCode::SEE_OTHER
    );
    let late = [("phone", "0460-11-1111"), ("version", "1")];
    let (status, page) = world.save(&contact, &cookie, &late).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("0460-00-0000") && page.contains("value=\"0460-11-1111\""));
    assert_eq!(hidden(&page, "version"), "2");
}

#[tokio::test]
async fn not_yours_and_not_there_look_the_same() {
    let world = world().await;
    let mine = world.window("143821", Audience::Resident).await;
    let theirs = world.window("143847", Audience::Resident).await;
    let cookie = world.editor(mine.owner, None).await;
    let path = |id: String| format!("/settings/contacts/{id}");
    let (foreign, foreign_page) = world.get(&path(theirs.id.to_string()), &cookie).await;
    let (absent, absent_page) = world
        .get(&path(Uuid::from_u128(1).to_string()), &cookie)
        .await;
    let (odd, _) = world.get(&path("x".into()), &cookie).await;
    assert_eq!(
        (foreign, absent, odd),
        (
            StatusCode::NOT_FOUND,
            StatusCode::NOT_FOUND,
            StatusCode::NOT_FOUND
        )
    );
    assert_eq!(foreign_page.len(), absent_page.len());
    let (_, page) = world.get("/settings/contacts", &cookie).await;
    let body = format!(
        "_csrf={}&phone=0465-00-0000&version=1",
        csrf_of(&world, &mine, &cookie, &page).await
    );
    assert_eq!(
        world
            .send("POST", &path(theirs.id.to_string()), &cookie, body)
            .await
            .0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        world.get("/settings/contacts", "").await.0,
        StatusCode::SEE_OTHER
    );
}

async fn csrf_of(world: &World, contact: &Contact, cookie: &str, _list: &str) -> String {
    let (_, page) = world
        .get(&format!("/settings/contacts/{}", contact.id), cookie)
        .await;
    hidden(&page, "_csrf")
}

#[tokio::test]
async fn a_desk_writes_for_a_town_only_while_it_says_so() {
    let world = world().await;
    let contact = world.window("143847", Audience::Resident).await;
    let desks = |conn: &mut ::store::Conn| store::desks_of(conn, "143847");
    let desk = world
        .house
        .db
        .read::<_, ::store::Error>(&Viewer::public(now()), desks)
        .await
        .unwrap()
        .remove(0);
    let silent = world.editor(desk.id, None).await;
    let path = format!("/settings/contacts/{}", contact.id);
    assert_eq!(world.get(&path, &silent).await.0, StatusCode::NOT_FOUND);
    let (_, list) = world.get("/settings/contacts", &silent).await;
    assert!(list.contains("の代行に切り替えて直す"));
    let acting = world.editor(desk.id, Some(contact.owner)).await;
    assert_eq!(
        world
            .save(&contact, &acting, &[("phone", "0465-00-0000")])
            .await
            .0,
        StatusCode::SEE_OTHER
    );
    let (_, page) = world.get("/?town=143847&who=resident", "").await;
    assert!(
        page.contains(&format!("湯河原町のために{}が入力", desk.name)),
        "{page}"
    );
}

#[tokio::test]
async fn closed_days_close_the_window() {
    let world = world().await;
    let contact = world.window("143847", Audience::Resident).await;
    let cookie = world.editor(contact.owner, None).await;
    let (status, page) = world.get("/settings/closed-days", &cookie).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("勤労感謝の日") && page.contains("令和8年度"));
    let csrf = hidden(&page, "_csrf");
    let send = async |path: &str, fields: &str| {
        world
            .send("POST", path, &cookie, format!("_csrf={csrf}&{fields}"))
            .await
    };
    assert_eq!(
        send("/settings/closed-days", "first=x&name=").await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let (status, _) = send("/settings/closed-days", "first=2026-11-22&name=点検").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let all = [
        ("day7", "1"),
        ("day3", "1"),
        ("opens", "8:30"),
        ("closes", "17:15"),
        ("phone", "0465-00-0000"),
    ];
    assert_eq!(
        world.save(&contact, &cookie, &all).await.0,
        StatusCode::SEE_OTHER
    );
    let (_, page) = world.get("/?town=143847&who=resident", "").await;
    assert!(
        page.contains("きょうは窓口の休み") && page.contains("令和8年11月25日"),
        "{page}"
    );
    assert_eq!(
        send("/settings/closed-days/remove", "day=2026-11-22")
            .await
            .0,
        StatusCode::SEE_OTHER
    );
    let (_, page) = world.get("/?town=143847&who=resident", "").await;
    assert!(page.contains("いま受付中（17:15 まで）"), "{page}");
}

#[tokio::test]
async fn saving_a_window_stays_lean() {
    let world = world().await;
    let contact = world.window("143821", Audience::Resident).await;
    let cookie = world.editor(contact.owner, None).await;
    let csrf = csrf_of(&world, &contact, &cookie, "").await;
    let before = world.house.db.statements_run();
    let body = format!("_csrf={csrf}&phone=0460-00-0000&version=1");
    let (status, _) = world
        .send(
            "POST",
            &format!("/settings/contacts/{}", contact.id),
            &cookie,
            body,
        )
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let run = world.house.db.statements_run() - before;
    // Session; read, write, audit, announcement; the tests run each write twice.
    assert!(run <= 14, "{run} statements");
}
