//! The room as a whole, over HTTP, with a feature made up for the purpose.

mod guard;
mod pages;
mod requests;
mod rules;

use crate::app::{App, Feature, NavItem, WebConfig};
use crate::ctx::Ctx;
use crate::session::{self, NewSession};
use crate::{Error, FlashKind, Form, OrgKind, Permission, Role, Route, Upload, Values};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Path, Query};
use axum::http::{Request, StatusCode, header};
use kernel::{Env, Lang, Time};
use maud::html;
use std::net::SocketAddr;
use std::path::PathBuf;
use store::{Db, InstallationKey, Options, Viewer};
use tower::ServiceExt;

const EDIT: Permission =
    Permission::roles("t.edit", &[Role::Editor]).kinds(&[OrgKind::Municipality]);

static FEATURE_SCHEMA: store::Schema = store::Schema {
    feature: "t",
    migrations: &[],
    statements: &[],
};

fn feature() -> Feature {
    Feature {
        name: "t",
        schema: &FEATURE_SCHEMA,
        routes: || {
            vec![
                Route::get("/", &Permission::PUBLIC, async |cx: Ctx| {
                    cx.page("t").nav("").body(html! { p { "home" } })
                }),
                Route::get("/me", &Permission::SIGNED_IN, async |cx: Ctx| {
                    let me = cx.require_me()?;
                    Ok::<_, Error>(cx.page("t").body(html! { p { (me.name) } }))
                }),
                Route::get(
                    "/edit/{id}",
                    &EDIT,
                    async |cx: Ctx, Path(id): Path<String>| cx.page(id).body(""),
                ),
                Route::get("/recent", &Permission::SIGNED_IN, async |cx: Ctx| {
                    cx.require_recent()?;
                    Ok::<_, Error>(cx.page("t").body(""))
                }),
                Route::post(
                    "/save",
                    &Permission::PUBLIC,
                    async |cx: Ctx, Form(v): Form<Values>| {
                        cx.flash(FlashKind::Good, v.text("a"));
                        cx.redirect("/")
                    },
                ),
                Route::post("/file", &Permission::PUBLIC, async |cx: Ctx, up: Upload| {
                    let (file, fields) = up.require_file(cx.lang)?;
                    Ok::<_, Error>(format!(
                        "{} {:?} {} {}",
                        file.name,
                        file.kind,
                        file.bytes.len(),
                        fields.text("a")
                    ))
                }),
                Route::get(
                    "/number/{n}",
                    &Permission::PUBLIC,
                    async |Path(n): Path<u32>, Query(page): Query<Paged>| {
                        format!("{n} {}", page.page)
                    },
                ),
                Route::get("/fail/{how}", &Permission::PUBLIC, fail),
            ]
        },
        nav: &[
            NavItem {
                href: "/",
                label: |l| l.pick("はじめ", "Start").to_owned(),
                order: 1,
                permission: &Permission::PUBLIC,
                public: true,
            },
            NavItem {
                href: "/edit",
                label: |l| l.pick("編集", "Editing").to_owned(),
                order: 2,
                permission: &EDIT,
                public: false,
            },
        ],
        waiting: None,
        jobs: &[],
    }
}

#[derive(serde::Deserialize)]
struct Paged {
    page: u32,
}

async fn fail(Path(how): Path<String>) -> crate::Result {
    Err(match how.as_str() {
        "panic" => panic!("secret words"),
        "busy" => Error::Busy,
        "full" => Error::Full,
        "conflict" => Error::Conflict(html! { p { "theirs" } }),
        "large" => Error::TooLarge("x".to_owned()),
        "invalid" => Error::Invalid("<b>".to_owned()),
        "forbidden" => Error::Forbidden,
        "unexpected" => Error::unexpected("secret words"),
        _ => Error::NotFound,
    })
}

struct World {
    app: App,
    router: Router,
    folder: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    text: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    /// The value of a cookie that the answer sets.
    fn cookie(&self, name: &str) -> Option<String> {
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .find_map(|v| {
                let (n, rest) = v.to_str().unwrap().split_once('=')?;
                (n == name).then(|| rest.split(';').next().unwrap().to_owned())
            })
    }

    fn csrf(&self) -> String {
        let at = self
            .text
            .find("name=\"_csrf\" value=\"")
            .expect("the page has a form")
            + 20;
        self.text[at..].split('"').next().unwrap().to_owned()
    }
}

impl World {
    fn new() -> Self {
        Self::with(|_| {})
    }

    fn with(change: impl FnOnce(&mut WebConfig)) -> Self {
        let folder = std::env::temp_dir().join(format!("renkei-web-{}", Env::system().uuid()));
        std::fs::create_dir_all(&folder).unwrap();
        let env = Env::fixed("2026-11-22T00:00:00Z".parse::<Time>().unwrap(), 7);
        let file = folder.join("db.sqlite").to_string_lossy().into_owned();
        let options = Options::new(
            file,
            InstallationKey::generate().unwrap(),
            &folder,
            env.clone(),
        );
        let db = Db::open(options, &[crate::SCHEMA, &FEATURE_SCHEMA]).unwrap();
        db.migrate().unwrap();
        let mut config = WebConfig::new("http://127.0.0.1:8080");
        config.styleguide = true;
        config.area_name = ("県西".to_owned(), "Kensei".to_owned());
        change(&mut config);
        let app = App::new(db, env, config, vec![feature()]);
        Self {
            router: crate::app::router(app.clone()),
            app,
            folder,
        }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    fn request(method: &str, path: &str, cookies: &str) -> axum::http::request::Builder {
        let peer: SocketAddr = "127.0.0.1:5000".parse().unwrap();
        Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1:8080")
            .header("cookie", cookies)
            .extension(ConnectInfo(peer))
    }

    async fn get(&self, path: &str, cookies: &str) -> Answer {
        self.send(
            Self::request("GET", path, cookies)
                .body(Body::empty())
                .unwrap(),
        )
        .await
    }

    async fn post(&self, path: &str, cookies: &str, body: &str) -> Answer {
        let request = Self::request("POST", path, cookies)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", "http://127.0.0.1:8080");
        self.send(request.body(Body::from(body.to_owned())).unwrap())
            .await
    }

    /// Signs somebody in and gives the session's cookie.
    async fn sign_in(&self, role: Role, kind: OrgKind, second_factor: bool) -> String {
        self.sign_in_as(self.app.env.id(), role, kind, second_factor)
            .await
    }

    async fn sign_in_as(
        &self,
        account: kernel::AccountId,
        role: Role,
        kind: OrgKind,
        second_factor: bool,
    ) -> String {
        let (id, token) = NewSession::secrets(&self.app.env);
        let new = NewSession {
            id,
            token: token.clone(),
            account,
            name: "沼田".to_owned(),
            organisation: self.app.env.id(),
            organisation_name: "箱根町".to_owned(),
            kind,
            role,
            profession: "clerk".to_owned(),
            second_factor,
            address: "127.0.0.1".to_owned(),
            agent: "test".to_owned(),
        };
        let viewer = Viewer::system("test", self.app.env.now());
        self.app
            .db
            .write(&viewer, move |tx| session::start(tx, &new))
            .await
            .unwrap();
        format!("renkei={token}")
    }

    fn ctx(&self, path: &str, cookies: &str) -> Ctx {
        let request = Self::request("GET", path, cookies)
            .body(Body::empty())
            .unwrap();
        Ctx::new(
            self.app.clone(),
            &request,
            "127.0.0.1".parse().unwrap(),
            "r1".to_owned(),
        )
    }
}

const LANGS: [(Lang, &str); 2] = [(Lang::Ja, ""), (Lang::En, "renkei_lang=en")];
