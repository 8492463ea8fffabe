//! The room as a whole: over HTTP, on a real database in which every write runs twice.

/// Makes a test per engine of each function; the one for PostgreSQL passes when there is no server.
macro_rules! both {
    ($($name:ident;)+) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    super::$name(false).await;
                }
            )+
        }
        mod on_postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    if $crate::tests::server().is_some() {
                        super::$name(true).await;
                    }
                }
            )+
        }
    };
}

mod access;
mod attacks;
mod isolation;
mod joining;
mod offboarding;
mod sign_in;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode, header},
};
use kernel::{AccountId, AnyId, Env, OrganisationId, Time};
use store::{Db, InstallationKey, Options, Stamp, Viewer};
use tower::ServiceExt;
use web::{App, Role, WebConfig};

use crate::{
    hashing,
    model::{MembershipId, totp},
    store::{
        accounts::{self, NewAccount},
        memberships::{self, Membership},
    },
};

const PASSWORD: &str = "kawa to yama to umi";
const HAKONE: &str = "9dfb369b-ab13-4fae-a276-55daa05f1119";
const ODAWARA: &str = "3ceaaf30-8142-48ea-91d9-3080f9b439fc";
const DESK: &str = "c1b87f1a-7323-491b-99f9-cbef0f69a4d0";
const OPERATOR: &str = "36f675cc-81e7-4ef5-a8e2-5d940ed90475";

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

#[derive(Debug)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    fn cookie(&self, name: &str) -> Option<String> {
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .find_map(|v| {
                let (n, rest) = v.to_str().unwrap().split_once('=')?;
                (n == name).then(|| rest.split(';').next().unwrap().to_owned())
            })
    }

    /// The value of a hidden field.
    fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let at = self
            .text
            .find(&mark)
            .unwrap_or_else(|| panic!("no field {name} in {}", self.text))
            + mark.len();
        self.text[at..].split('"').next().unwrap().to_owned()
    }

    /// The texts of all `code` elements, without spaces.
    fn codes(&self) -> Vec<String> {
        self.text
            .split("<code>")
            .skip(1)
            .map(|s| s.split('<').next().unwrap().replace(' ', ""))
            .collect()
    }
}

/// One browser: keeps its cookies.
#[derive(Clone, Default)]
struct Browser {
    cookies: Vec<(String, String)>,
}

impl Browser {
    fn line(&self) -> String {
        self.cookies
            .iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect::<Vec<_>>()
            .join("; ")
    }

    fn take(&mut self, answer: &Answer) {
        for name in ["renkei", "renkei_pre", "renkei_flash", "renkei_lang"] {
            if let Some(value) = answer.cookie(name) {
                self.cookies.retain(|(n, _)| n != name);
                if !value.is_empty() {
                    self.cookies.push((name.to_owned(), value));
                }
            }
        }
    }
}

impl World {
    async fn new(demo: bool, postgres: bool) -> Self {
        let folder = std::env::temp_dir().join(format!("renkei-identity-{}", Env::system().uuid()));
        std::fs::create_dir_all(&folder).unwrap();
        let env = Env::fixed("2026-11-22T00:00:00Z".parse::<Time>().unwrap(), 7);
        let file = match server().filter(|_| postgres) {
            Some(server) => database(server),
            None => folder.join("db.sqlite").to_string_lossy().into_owned(),
        };
        let mut options = Options::new(
            file,
            InstallationKey::generate().unwrap(),
            &folder,
            env.clone(),
        );
        options.twice = true;
        let db = Db::open(options, &[web::SCHEMA, &areas::SCHEMA, &crate::SCHEMA]).unwrap();
        db.migrate().unwrap();
        db.set_stamp(if demo { Stamp::Demo } else { Stamp::Production })
            .await
            .unwrap();
        areas::load(&db, &data().join("areas")).await.unwrap();
        if demo {
            crate::demo::load(&db, &data().join("demo/cast.toml"))
                .await
                .unwrap();
        } else {
            let operator = areas::Organisation {
                id: OPERATOR.parse().unwrap(),
                kind: "operator".to_owned(),
                name: "運用室".to_owned(),
                short_name: "運用室".to_owned(),
                name_en: "Operations".to_owned(),
                regime: "processor".to_owned(),
                municipality: None,
                fictional: false,
                source: String::new(),
                verified_on: None,
                verified: false,
            };
            let viewer = Viewer::system("test", env.now());
            db.write(&viewer, move |tx| {
                areas::store::save_organisation(tx, &operator)
            })
            .await
            .unwrap();
        }
        let mut config = WebConfig::new("http://127.0.0.1:8080");
        config.demo = demo;
        let app = App::new(db, env, config, vec![areas::feature(), crate::feature()]);
        Self {
            router: web::app::router(app.clone()),
            app,
            folder,
        }
    }

    fn env(&self) -> &Env {
        &self.app.env
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

    fn request(method: &str, path: &str, browser: &Browser) -> axum::http::request::Builder {
        let peer: SocketAddr = "192.0.2.7:5000".parse().unwrap();
        Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1:8080")
            .header("user-agent", "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
            .header("cookie", browser.line())
            .extension(ConnectInfo(peer))
    }

    async fn get(&self, browser: &mut Browser, path: &str) -> Answer {
        let answer = self
            .send(
                Self::request("GET", path, browser)
                    .body(Body::empty())
                    .unwrap(),
            )
            .await;
        browser.take(&answer);
        answer
    }

    /// Posts fields as the page at `from` would: with the token of a form of that page.
    async fn post(
        &self,
        browser: &mut Browser,
        from: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let token = self.get(browser, from).await.hidden("_csrf");
        self.post_with(browser, path, &token, fields).await
    }

    async fn post_with(
        &self,
        browser: &mut Browser,
        path: &str,
        token: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let mut body = format!("_csrf={token}");
        for (name, value) in fields {
            body.push_str(&format!("&{name}={}", encoded(value)));
        }
        let request = Self::request("POST", path, browser)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", "http://127.0.0.1:8080");
        let answer = self.send(request.body(Body::from(body)).unwrap()).await;
        browser.take(&answer);
        answer
    }

    /// Makes an account with a password and a place in an office.
    async fn member(&self, sign_in: &str, office: &str, role: Role) -> (AccountId, MembershipId) {
        let (account, membership): (AccountId, MembershipId) = (self.env().id(), self.env().id());
        let hash = hashing::hash(self.env(), PASSWORD).await.unwrap();
        let new = NewAccount {
            id: account,
            sign_in: sign_in.to_owned(),
            email: Some(format!("{sign_in}@example.jp")),
            name: format!("架空 {sign_in}"),
            lang: kernel::Lang::Ja,
        };
        let place = Membership {
            id: membership,
            account,
            organisation: office.parse().unwrap(),
            role,
            profession: "clerk".to_owned(),
            starts: self.env().now(),
            ends: None,
        };
        let viewer = Viewer::system("test", self.env().now());
        self.app
            .db
            .write::<_, store::Error>(&viewer, move |tx| {
                accounts::add(tx, &new)?;
                accounts::set_password(tx, account, &hash, true)?;
                memberships::add(tx, &place)?;
                memberships::refresh_access(tx, account)
            })
            .await
            .unwrap();
        (account, membership)
    }

    /// Signs in with a password and, when the page asks, with a code.
    async fn sign_in(&self, name: &str, password: &str) -> (Browser, Answer) {
        let mut browser = Browser::default();
        let answer = self
            .post(
                &mut browser,
                "/sign-in",
                "/sign-in",
                &[("name", name), ("password", password)],
            )
            .await;
        (browser, answer)
    }

    /// Registers an authenticator app for the browser's account and gives its secret.
    async fn enrol(&self, browser: &mut Browser) -> ([u8; 20], Answer) {
        let page = self.get(browser, "/account/second-factor").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        let secret = data_encoding::BASE32_NOPAD
            .decode(page.codes()[0].as_bytes())
            .unwrap();
        let secret: [u8; 20] = secret.try_into().unwrap();
        let code = totp::code_at(&secret, self.env().now());
        let fields = [("secret", page.hidden("secret")), ("code", code)];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let done = self
            .post_with(
                browser,
                "/account/second-factor",
                &page.hidden("_csrf"),
                &fields,
            )
            .await;
        (secret, done)
    }

    /// A member who is signed in and has registered an app.
    async fn ready(
        &self,
        sign_in: &str,
        office: &str,
        role: Role,
    ) -> (Browser, AccountId, MembershipId) {
        let (account, membership) = self.member(sign_in, office, role).await;
        let (mut browser, answer) = self.sign_in(sign_in, PASSWORD).await;
        assert_eq!(answer.header("location"), "/account/second-factor");
        let (_, done) = self.enrol(&mut browser).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text);
        (browser, account, membership)
    }

    /// How many rows of the audit trail have this action and outcome.
    async fn audited(&self, action: &'static str, outcome: &'static str) -> i64 {
        store::statements! { COUNT = "SELECT COUNT(*) FROM audit_event WHERE action = :action AND outcome = :outcome"; }
        let viewer = Viewer::system("test", self.env().now());
        let params = move |c: &mut store::Conn| {
            c.one(
                &COUNT,
                store::params! {"action" => action, "outcome" => outcome},
                |r| r.get(0),
            )
        };
        self.app.db.read(&viewer, params).await.unwrap()
    }

    async fn access(&self, account: AccountId) -> Vec<store::access::Grant> {
        let viewer = Viewer::system("test", self.env().now());
        self.app
            .db
            .read(&viewer, move |c| store::access::of(c, account))
            .await
            .unwrap()
    }
}

/// Where the tests' PostgreSQL is, if there is one.
#[expect(
    clippy::disallowed_methods,
    reason = "the address of the tests' server comes from outside"
)]
fn server() -> Option<String> {
    std::env::var("RENKEI_TEST_POSTGRES")
        .ok()
        .filter(|url| !url.is_empty())
}

/// An empty database on that server.
fn database(server: String) -> String {
    let name = format!("renkei_identity_{}", Env::system().uuid().simple());
    std::thread::spawn(move || {
        let mut config: postgres::Config = server.parse().unwrap();
        let mut client = config.dbname("postgres").connect(postgres::NoTls).unwrap();
        let how = "TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'ja'";
        client
            .batch_execute(&format!("CREATE DATABASE {name} {how}"))
            .unwrap();
        let (base, query) = server.split_once('?').unwrap_or((&server, ""));
        let (host, _) = base.rsplit_once('/').unwrap();
        format!("{host}/{name}?{query}")
    })
    .join()
    .unwrap()
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/kensei")
}

fn encoded(value: &str) -> String {
    value.bytes().fold(String::new(), |mut out, b| {
        if b.is_ascii_alphanumeric() {
            out.push(char::from(b));
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
        out
    })
}

fn org(id: &str) -> OrganisationId {
    id.parse().unwrap()
}

both! {
    every_statement_prepares_and_nothing_is_unguarded;
}

async fn every_statement_prepares_and_nothing_is_unguarded(postgres: bool) {
    let w = World::new(false, postgres).await;
    assert_eq!(w.app.db.prepare_all().unwrap(), Vec::<String>::new());
    assert_eq!(w.app.db.unguarded().unwrap(), Vec::<String>::new());
}

#[test]
fn typed_ids_are_ids() {
    let id: MembershipId = Env::fixed(Time(0), 1).id();
    assert_eq!(MembershipId::from_uuid(AnyId::uuid(&id)), id);
}
