//! One application per test: its own copy of a migrated and seeded template database, a clock that stands still,
//! write closures that run twice.

mod client;
mod template;

pub use client::{Answer, Person, fields_of};
pub use template::{Installation, Kind, clock, key, root};

use std::sync::Arc;

use app::compose;
use app::config::Config;
use axum::Router;
use kernel::Env;
use store::{Db, Stamp, Viewer};

store::statements! {
    pub AUDIT_ROWS = "SELECT COUNT(*) FROM audit_event WHERE action = :action";
}

/// The running application of one test.
pub struct TestApp {
    pub db: Db,
    pub env: Env,
    pub router: Router,
    pub web: web::App,
    pub config: Config,
    database: template::Copy,
}

impl TestApp {
    /// A demo installation with the real area and the cast.
    pub async fn demo(kind: Kind) -> Self {
        Self::of(template::copy(kind, template::Content::Demo)).await
    }

    /// An empty production installation: migrated, stamped, nobody in it.
    pub async fn production(kind: Kind) -> Self {
        Self::of(template::copy(kind, template::Content::Production)).await
    }

    async fn of(database: template::Copy) -> Self {
        let env = template::clock();
        let config = database.config.clone();
        let mut options = compose::options(&config, template::key(), env.clone());
        options.twice = true;
        options.read_threads = 2;
        let db = Db::open(options, compose::schemas()).expect("the copy opens");
        let stamp = db
            .stamp()
            .await
            .expect("stamp")
            .unwrap_or(Stamp::Production);
        let web = compose::application(
            &config,
            db.clone(),
            env.clone(),
            stamp,
            (String::new(), String::new()),
        )
        .expect("the application is composed");
        let router = web::app::router(web.clone());
        Self {
            db,
            env,
            router,
            web,
            config,
            database,
        }
    }

    /// Someone with an empty browser.
    pub fn visitor(&self) -> Person {
        Person::new(self.router.clone())
    }

    /// A member of the demo cast, signed in by one click.
    pub async fn cast(&self, key: &str) -> Person {
        let mut person = self.visitor();
        let page = person.get("/sign-in").await;
        let (action, fields) = fields_of(&page.body, &format!("data-cast=\"{key}\""));
        let answer = person.post(&action, &fields).await;
        assert_eq!(answer.status, 303, "{key} signs in: {}", answer.body);
        person
    }

    /// Reads as the system.
    pub async fn system<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut store::Conn) -> store::Result<T> + Send + 'static,
    ) -> T {
        self.db
            .read(&Viewer::system("test", self.env.now()), f)
            .await
            .expect("a system read")
    }

    /// How many audit rows an action left.
    pub async fn audit_rows(&self, action: &'static str) -> i64 {
        self.system(move |c| {
            c.one(&AUDIT_ROWS, store::params! { "action" => action }, |r| {
                r.get(0)
            })
        })
        .await
    }

    /// Runs what waits in the job queue until nothing is left to run now.
    pub async fn run_jobs(&self) {
        let runner =
            store::jobs::Runner::new(self.db.clone(), self.web.jobs(), Arc::new(self.web.clone()));
        while runner.run_due().await.expect("jobs run") > 0 {}
    }

    /// Fails when jobs are left undone, then frees the database.
    pub async fn finish(self) {
        // A job that is due later (a reminder) is not left undone, nor the sweep that the demo's own import leaves behind.
        let now = self.env.now();
        let left: Vec<String> = self
            .system(|c| store::jobs::list(c, None, 1000))
            .await
            .into_iter()
            .filter(|j| match j.state {
                store::jobs::State::Done => false,
                store::jobs::State::Dead | store::jobs::State::Running => true,
                store::jobs::State::Waiting => {
                    j.run_at <= now && j.kind != directory::import::SWEEP
                }
            })
            .map(|j| format!("{} {:?}", j.kind, j.state))
            .collect();
        assert_eq!(left, Vec::<String>::new(), "jobs left undone");
        drop(self.web);
        self.db.close().await.expect("the database closes");
        drop(self.database);
    }
}

/// Makes one test per engine. The PostgreSQL one says so when it has no server to run on.
#[macro_export]
macro_rules! both {
    ($(#[$meta:meta])* async fn $name:ident($app:ident: $content:ident) $body:block) => {
        async fn $name($app: &$crate::harness::TestApp) $body

        mod $name {
            async fn on(kind: $crate::harness::Kind) {
                if !kind.available() {
                    eprintln!("skipped: RENKEI_TEST_POSTGRES is not set");
                    return;
                }
                let app = $crate::harness::TestApp::$content(kind).await;
                super::$name(&app).await;
                app.finish().await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                on($crate::harness::Kind::Sqlite).await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                on($crate::harness::Kind::Postgres).await;
            }
        }
    };
}
