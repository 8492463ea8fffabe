//! Every route with every kind of visitor: the permission decides, before anything else.

use axum::body::Body;
use axum::http::{Request, header};
use uuid::Uuid;
use web::{Method, Route};

use crate::both;
use crate::harness::{Person, TestApp};

/// The keys of the demo cast, as the sign-in page offers them.
pub async fn cast_keys(app: &TestApp) -> Vec<String> {
    let page = app.visitor().get("/sign-in").await;
    let keys: Vec<String> = page
        .body
        .split("data-cast=\"")
        .skip(1)
        .filter_map(|p| p.split('"').next())
        .map(str::to_owned)
        .collect();
    assert!(keys.len() >= 9, "the whole cast is offered: {keys:?}");
    keys
}

/// The pattern with plausible values; ids that belong to nobody.
fn filled(path: &str) -> String {
    path.split('/')
        .map(|part| match part {
            p if p.starts_with("{code") => "143821".to_owned(),
            p if p.starts_with("{slug") => p
                .replace(p.split('}').next().unwrap_or(p), "2024-renkei")
                .replace('}', ""),
            p if p.starts_with('{') => Uuid::from_u128(0xdead_beef).to_string(),
            p => p.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("/")
}

fn everyone_elses(route: &Route) -> bool {
    route.permission.signed_in
}

async fn ask(person: &mut Person, route: &Route) -> crate::harness::Answer {
    let path = filled(route.path);
    match route.method {
        Method::Get => person.get(&path).await,
        Method::Post => person.post(&path, &[]).await,
    }
}

both! {
    async fn every_route_asks_for_its_permission(app: demo) {
        let routes = app.web.routes();
        assert!(routes.len() > 30, "{} routes", routes.len());
        for route in routes.iter().filter(|r| everyone_elses(r)) {
            let answer = ask(&mut app.visitor(), route).await;
            // A stream cannot be led to a page.
            if route.path == "/live" {
                assert_eq!(answer.status, 401);
                continue;
            }
            assert_eq!(answer.status, 303, "a visitor at {route:?}: {}", answer.status);
            assert!(answer.location().contains("/sign-in"), "{route:?} leads to {}", answer.location());
        }
        for key in cast_keys(app).await {
            let person = app.cast(&key).await;
            for route in &routes {
                // Signing out or ending sessions would end this test's own.
                if route.method == Method::Get && route.path == "/live" {
                    continue;
                }
                let allowed = allowed(&person, app, route).await;
                let answer = ask(&mut person.clone(), route).await;
                match (allowed, route.method) {
                    (true, Method::Get) => assert!(
                        matches!(answer.status, 200 | 303 | 404),
                        "{key} may open {route:?}: {} {}", answer.status, answer.body
                    ),
                    // Without its form token a change is refused for everyone.
                    (true, Method::Post) => assert!(
                        matches!(answer.status, 400 | 403 | 422),
                        "{key} posts {route:?} without a token: {}", answer.status
                    ),
                    (false, _) => assert_eq!(answer.status, 403, "{key} must not reach {route:?}"),
                }
            }
        }
    }
}

async fn allowed(person: &Person, app: &TestApp, route: &Route) -> bool {
    let token = person
        .cookies
        .iter()
        .find(|(name, _)| name.ends_with("renkei"))
        .map(|(_, value)| value.clone())
        .expect("a session cookie");
    let now = app.env.now();
    let me = app
        .system(move |c| web::session::find(c, &token, now))
        .await
        .expect("a live session");
    route
        .permission
        .decide_for(me.role, me.kind, me.second_factor)
        == web::Decision::Allow
}

both! {
    async fn forged_forms_are_refused(app: demo) {
        let mut clerk = app.cast("ishigaki").await;
        let form = clerk.get("/settings/closed-days").await;
        let (action, fields) = crate::harness::fields_of(&form.body, "name=\"first\"");
        let body = fields.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("&");
        for (name, value) in [
            (header::ORIGIN.as_str(), "https://evil.example"),
            ("sec-fetch-site", "cross-site"),
            (header::ORIGIN.as_str(), "null"),
        ] {
            let request = Request::post(&action)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(name, value);
            let answer = clerk.send(request, Body::from(body.clone())).await;
            assert_eq!(answer.status, 403, "{name}: {value}");
        }
        // The token of another session is no token.
        let mut other = app.cast("ashikawa").await;
        let answer = other.post(&action, &fields).await;
        assert!(matches!(answer.status, 400 | 403 | 422), "another one's token: {}", answer.status);
    }
}

both! {
    async fn security_headers_are_on_every_answer(app: demo) {
        for path in ["/", "/surveys/2024-renkei", "/sign-in", "/nowhere", "/healthz", "/surveys/2024-renkei.json"] {
            let answer = app.visitor().get(path).await;
            let policy = answer.header("content-security-policy");
            assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
            assert!(!policy.contains("unsafe-inline"), "{path}: {policy}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        }
        let page = app.cast("ishigaki").await.get("/home").await;
        assert!(page.header("cache-control").contains("no-store"));
        assert!(!page.body.contains("style=\"") && !page.body.contains("onclick"), "no inline style or script");
    }
}

both! {
    async fn one_click_sign_in_exists_in_the_demo_only(app: production) {
        let page = app.visitor().get("/sign-in").await;
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("data-cast"));
        assert_eq!(app.visitor().get("/styleguide").await.status, 404);
    }
}
