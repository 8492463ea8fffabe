//! An office brings a file in through its browser, and the command line brings the area's own survey.

use kernel::OrganisationId;
use web::{OrgKind, Role, session};

use super::*;

/// A browser of the prefecture's officer.
struct Officer {
    cookie: String,
}

impl World {
    async fn officer(&self) -> Officer {
        let organisation: OrganisationId = self.env.id();
        let viewer = self.account(&[organisation]).await;
        let (id, token) = session::NewSession::secrets(&self.env);
        let new = session::NewSession {
            id,
            token: token.clone(),
            account: viewer.account().unwrap(),
            name: "調査担当".to_owned(),
            organisation,
            organisation_name: "県".to_owned(),
            kind: OrgKind::Prefecture,
            role: Role::Editor,
            profession: "clerk".to_owned(),
            second_factor: true,
            address: "127.0.0.1".to_owned(),
            agent: "test".to_owned(),
        };
        self.db
            .write(&self.system(), move |tx| session::start(tx, &new))
            .await
            .unwrap();
        Officer {
            cookie: format!("renkei={token}"),
        }
    }

    async fn ask(&self, request: Request<Body>) -> (StatusCode, String, String) {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let location = response
            .headers()
            .get("location")
            .map_or("", |l| l.to_str().unwrap())
            .to_owned();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap();
        (
            status,
            location,
            String::from_utf8_lossy(&bytes).into_owned(),
        )
    }

    fn request(method: &str, path: &str, officer: &Officer) -> axum::http::request::Builder {
        let peer: SocketAddr = "127.0.0.1:5000".parse().unwrap();
        Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1:8080")
            .header("origin", "http://127.0.0.1:8080")
            .header("accept-language", "ja")
            .header("cookie", &officer.cookie)
            .extension(ConnectInfo(peer))
    }

    async fn open(&self, officer: &Officer, path: &str) -> (StatusCode, String) {
        let (status, _, text) = self
            .ask(
                Self::request("GET", path, officer)
                    .body(Body::empty())
                    .unwrap(),
            )
            .await;
        (status, text)
    }

    async fn upload(
        &self,
        officer: &Officer,
        name: &str,
        bytes: &[u8],
        slug: &str,
    ) -> (StatusCode, String, String) {
        let token = csrf(&self.open(officer, "/surveys/import").await.1);
        let mut body = Vec::new();
        for (field, value) in [
            ("_csrf", token.as_str()),
            ("title", "試しの調査"),
            ("fiscal_year", "２０２６"),
            ("slug", slug),
            ("source", "試しの資料"),
        ] {
            body.extend(
                format!(
                    "--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
                )
                .bytes(),
            );
        }
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend(bytes);
        body.extend(b"\r\n--x--\r\n");
        let request = Self::request("POST", "/surveys/import", officer)
            .header("content-type", "multipart/form-data; boundary=x")
            .body(Body::from(body));
        self.ask(request.unwrap()).await
    }

    async fn press(&self, officer: &Officer, page: &str, action: &str) -> StatusCode {
        let token = csrf(&self.open(officer, page).await.1);
        let request = Self::request("POST", &format!("{page}/{action}"), officer)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(format!("_csrf={token}")));
        self.ask(request.unwrap()).await.0
    }
}

fn csrf(page: &str) -> String {
    let (_, rest) = page
        .split_once("name=\"_csrf\" value=\"")
        .expect("the page has a form");
    rest.split('"').next().unwrap().to_owned()
}

on_both! {
    an_officer_imports_checks_and_publishes(postgres) {
        let world = World::new(postgres);
        let area = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/kensei/areas"));
        areas::load(&world.db, area).await.unwrap();
        let officer = world.officer().await;
        let bad = "団体コード,市町村名,1 取組\n143820,箱根町,a\n143847,湯河原町,=1+1\n";
        let (status, _, page) = world.upload(&officer, "bad.csv", bad.as_bytes(), "2026-test").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("2 行目、A 団体コード") && page.contains("正しくは1") && page.contains("数式です"), "{page}");
        assert!(page.contains("value=\"試しの調査\""), "what was typed stays");
        assert_eq!(world.get("/surveys/2026-test").await.0, StatusCode::NOT_FOUND);
        let number = "団体コード,市町村名,1 取組\n143821,箱根町,123456789018\n";
        let (status, _, page) = world.upload(&officer, "n.csv", number.as_bytes(), "2026-test").await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("file_other_number"));

        let good = encoding_rs::SHIFT_JIS.encode("団体コード,市町村名,1 取組\r\n143821,箱根町,①研修\r\n").0.into_owned();
        let (status, batch, _) = world.upload(&officer, "good.csv", &good, "2026-test").await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (status, page) = world.open(&officer, &batch).await;
        assert!(status == StatusCode::OK && page.contains("CP932"), "{page}");
        let (status, page) = world.open(&officer, "/surveys/2026-test").await;
        assert!(status == StatusCode::OK && page.contains("公開前です") && page.contains("①研修"));
        assert!(world.open(&officer, "/surveys").await.1.contains("公開前の取り込み"));
        assert_eq!(world.get("/surveys/2026-test").await.0, StatusCode::NOT_FOUND);
        let (status, _, page) = world.upload(&officer, "good.csv", &good, "2026-test").await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("すでにあります"));

        let stranger = world.officer().await;
        assert_eq!(world.open(&stranger, &batch).await.0, StatusCode::NOT_FOUND);
        assert_eq!(world.press(&officer, &batch, "publish").await, StatusCode::SEE_OTHER);
        assert_eq!(world.get("/surveys/2026-test").await.0, StatusCode::OK);

        let (_, batch, _) = world.upload(&officer, "good.csv", &good, "2026-other").await;
        assert_eq!(world.press(&officer, &batch, "undo").await, StatusCode::SEE_OTHER);
        assert_eq!(world.open(&officer, &batch).await.0, StatusCode::NOT_FOUND);
    }
}

on_both! {
    the_areas_own_survey_is_loaded_once(postgres) {
        let world = World::new(postgres);
        let data = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/kensei"));
        areas::load(&world.db, &data.join("areas")).await.unwrap();
        let file = data.join("surveys/2024-renkei.json");
        assert!(crate::import::load(&world.db, &file).await.unwrap());
        assert!(!crate::import::load(&world.db, &file).await.unwrap());
        assert!(matches!(crate::import::load(&world.db, &data.join("none.json")).await, Err(Refusal::File { .. })));
    }
}
