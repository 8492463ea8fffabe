//! The application's state, what a feature hands over, and the assembly of the router.

use crate::ctx::SignedIn;
use crate::limits::{LimitConfig, Limits};
use crate::metrics::Metrics;
use crate::permission::Permission;
use crate::proxy::Net;
use crate::route::Route;
use kernel::{Env, Lang};
use std::sync::Arc;
use store::Db;

pub use crate::outer::router;

/// What one capability gives to the application.
pub struct Feature {
    /// The one word that finds it everywhere.
    pub name: &'static str,
    /// Its tables and statements.
    pub schema: &'static store::Schema,
    /// Its addresses.
    pub routes: fn() -> Vec<Route>,
    /// Its entries in the main navigation.
    pub nav: &'static [NavItem],
    /// What waits for the person on the home page.
    pub waiting: Option<WaitingFn>,
    /// Its background work.
    pub jobs: &'static [store::jobs::Handler],
}

/// From this order on an entry stands in the foot of the page only.
pub const FOOTER_ONLY: i32 = 900;

/// An entry of the main navigation, or of the foot of the page.
pub struct NavItem {
    /// Address without the base path.
    pub href: &'static str,
    /// Its word.
    pub label: fn(Lang) -> String,
    /// Place in the row, small first; from [`FOOTER_ONLY`] on in the foot of the page.
    pub order: i32,
    /// Shown only to those who may open it.
    pub permission: &'static Permission,
    /// Whether a visitor who is not signed in sees it.
    pub public: bool,
}

/// Something that waits for the person who is signed in.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// What is to be done, as a verb phrase.
    pub title: String,
    /// For whom, since when, until when.
    pub detail: String,
    /// Where it is done, without the base path.
    pub href: String,
    /// Whether it is late.
    pub urgent: bool,
}

/// Asks a feature what waits; runs inside a read with the person's own viewer.
pub type WaitingFn =
    fn(&mut store::Conn, &SignedIn, Lang) -> std::result::Result<Vec<Waiting>, store::Error>;

/// What the installation decided.
#[derive(Clone, Debug)]
pub struct WebConfig {
    /// Public address without a path and without a slash at the end: `https://renkei.example.jp`.
    pub base_url: String,
    /// Path under which everything lies: empty or `/renkei`.
    pub base_path: String,
    /// Addresses whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: Vec<Net>,
    /// Whether the database is stamped demo.
    pub demo: bool,
    /// Whether `/styleguide` is mounted (demo and development).
    pub styleguide: bool,
    /// Short name of the area beside the brand, in Japanese and English.
    pub area_name: (String, String),
    /// SMTP address (`smtps://user:password@host:465`); without one, mail stays in the outbox.
    pub smtp_url: Option<String>,
    /// Sender of mail: `renkei@example.jp`.
    pub mail_from: String,
    /// Requests per minute and address.
    pub limits: LimitConfig,
    /// Address of map tiles with `{z}`, `{x}` and `{y}` (`https://…`); without one the map shows the boundaries only.
    pub map_tiles: Option<String>,
    /// Mount only the routes marked public.
    pub public_only: bool,
}

impl WebConfig {
    /// A configuration for a public address, everything else at its default.
    #[must_use]
    pub fn new(base_url: &str) -> Self {
        Self {
            base_url: base_url.trim_end_matches('/').to_owned(),
            base_path: String::new(),
            trusted_proxies: Vec::new(),
            demo: false,
            styleguide: false,
            area_name: (String::new(), String::new()),
            smtp_url: None,
            mail_from: "renkei@localhost".to_owned(),
            limits: LimitConfig::default(),
            map_tiles: None,
            public_only: false,
        }
    }

    /// Whether the public address is https (decides on the cookie's name, `Secure` and HSTS).
    #[must_use]
    pub fn https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

/// The state of the running application. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What [`App`] holds.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// Clock and randomness.
    pub env: Env,
    /// The installation's decisions.
    pub config: WebConfig,
    /// All features, in the order of the navigation.
    pub features: Vec<Feature>,
    /// Rate limits.
    pub limits: Limits,
    /// Counters for `/metrics`.
    pub metrics: Metrics,
    pub(crate) secret: crate::csrf::Secret,
    pub(crate) nav: Vec<NavEntry>,
    pub(crate) live: crate::live::Streams,
    pub(crate) qr: crate::qr::Cache,
    pub(crate) mailer: Option<crate::mail::Mailer>,
    pub(crate) prefix: String,
}

pub(crate) struct NavEntry {
    pub(crate) href: String,
    pub(crate) key: &'static str,
    pub(crate) labels: [String; 2],
    pub(crate) permission: &'static Permission,
    pub(crate) public: bool,
    pub(crate) order: i32,
}

impl App {
    /// Puts the application together. The features' texts for the navigation are read here, once.
    #[must_use]
    pub fn new(db: Db, env: Env, mut config: WebConfig, features: Vec<Feature>) -> Self {
        let path = config.base_path.trim_matches('/');
        config.base_path = if path.is_empty() {
            String::new()
        } else {
            format!("/{path}")
        };
        let mut items: Vec<&NavItem> = features.iter().flat_map(|f| f.nav).collect();
        items.sort_by_key(|i| i.order);
        let nav = items
            .into_iter()
            .map(|i| NavEntry {
                href: format!("{}{}", config.base_path, i.href),
                key: match i.href.trim_matches('/') {
                    "" => "home",
                    key => key,
                },
                labels: [(i.label)(Lang::Ja), (i.label)(Lang::En)],
                permission: i.permission,
                public: i.public,
                order: i.order,
            })
            .collect();
        let secret = crate::csrf::Secret::of(&db);
        Self(Arc::new(Parts {
            mailer: crate::mail::Mailer::new(config.smtp_url.as_deref(), &config.mail_from),
            limits: Limits::new(config.limits),
            metrics: Metrics::new(),
            live: crate::live::Streams::default(),
            qr: crate::qr::Cache::default(),
            prefix: config.base_path.clone(),
            secret,
            nav,
            db,
            env,
            config,
            features,
        }))
    }

    /// All routes of all features and of this room: what `renkei routes` prints and the tests walk.
    #[must_use]
    pub fn routes(&self) -> Vec<Route> {
        let mut all = crate::outer::own_routes(self);
        all.extend(self.features.iter().flat_map(|f| (f.routes)()));
        if self.config.public_only {
            all.retain(|r| r.public);
        }
        all
    }

    /// The handlers of all background work, this room's mail included. Their runner gets this [`App`] as its state.
    #[must_use]
    pub fn jobs(&self) -> Vec<store::jobs::Handler> {
        let mut all = vec![crate::mail::HANDLER];
        all.extend(self.features.iter().flat_map(|f| f.jobs.iter().copied()));
        all
    }

    /// A path with the base path before it.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        let mut all = String::with_capacity(self.prefix.len() + path.len());
        all.push_str(&self.prefix);
        all.push_str(path);
        all
    }

    /// The full public address of a path.
    #[must_use]
    pub fn public_url(&self, path: &str) -> String {
        format!("{}{}{path}", self.config.base_url, self.prefix)
    }
}

impl std::ops::Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
