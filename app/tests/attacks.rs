//! What a curious colleague, a forger and a stranger try, over HTTP and past the pages that would have led them.

use axum::body::Body;
use axum::http::Request;
use web::Method;

use crate::both;

/// The page without what differs from request to request.
fn plain(body: &str) -> String {
    body.split("value=\"")
        .enumerate()
        .map(|(at, part)| {
            if at == 0 {
                part
            } else {
                part.split_once('"').map_or("", |(_, rest)| rest)
            }
        })
        .collect()
}

both! {
    async fn an_address_that_cannot_be_read_looks_like_one_that_is_not_there(app: demo) {
        let mut seen = 0;
        for who in ["miura", "numata", "sagara"] {
            let mut person = app.cast(who).await;
            for route in app.web.routes() {
                let Some(me) = route.path.find("{id}") else { continue };
                if route.method != Method::Get {
                    continue;
                }
                let (before, after) = (&route.path[..me], &route.path[me + 4..]);
                let nobody = person.get(&format!("{before}00000000-0000-7000-8000-00000000dead{after}")).await;
                for odd in ["zz", "0", "%27%20OR%201=1", "..%2f..%2fetc", "%00", "00000000-0000-7000-8000-00000000deadx"] {
                    let answer = person.get(&format!("{before}{odd}{after}")).await;
                    assert_eq!(answer.status, nobody.status, "{who} {} {odd}", route.path);
                    let pages = [&answer.body, &nobody.body].map(|b| plain(b).replace(odd, ""));
                    assert!(!pages[0].contains("Invalid URL") && !pages[0].contains("uuid"), "{}", answer.body);
                    seen += 1;
                }
            }
        }
        assert!(seen > 30, "{seen}");
    }
}

both! {
    async fn a_change_without_the_token_of_the_browser_changes_nothing(app: demo) {
        // Whoever may open the route is refused all the same: without a token, and with that of another browser.
        let stranger = app.visitor().get("/sign-in").await;
        let foreign = crate::harness::fields_of(&stranger.body, "name=\"lang\"").1.into_iter()
            .find(|(name, _)| name == "_csrf").expect("a token");
        let mut tried = 0;
        for who in ["miura", "numata", "sagara", "ashikawa"] {
            let mut person = app.cast(who).await;
            for route in app.web.routes() {
                if route.method != Method::Post || route.path.starts_with("/sign-in") || route.path == "/setup" {
                    continue;
                }
                let path = route.path.replace("{id}", "00000000-0000-7000-8000-00000000dead");
                for fields in [vec![], vec![foreign.clone()]] {
                    let answer = person.post(&path, &fields).await;
                    assert!(
                        matches!(answer.status, 403 | 422),
                        "{who} {path}: {} {}", answer.status, answer.location()
                    );
                    tried += 1;
                }
            }
        }
        assert!(tried > 100, "{tried}");
    }
}

both! {
    async fn what_the_role_may_not_do_is_refused_and_written_down(app: demo) {
        let mut clerk = app.cast("ashikawa").await;
        assert_eq!(clerk.get("/admin/jobs").await.status, 403);
        assert_eq!(clerk.get("/surveys/import").await.status, 403);
        assert_eq!(app.audit_rows("web.refused").await, 2);
    }
}

both! {
    async fn a_header_makes_nobody_the_machine_itself(app: demo) {
        let mut visitor = app.visitor();
        visitor.address = "203.0.113.9:4711".parse().expect("an address");
        for forwarded in ["127.0.0.1", "::1", "203.0.113.9, 127.0.0.1"] {
            let request = Request::get("/metrics").header("x-forwarded-for", forwarded);
            assert_eq!(visitor.send(request, Body::empty()).await.status, 404, "{forwarded}");
        }
        let mut proxy = app.visitor();
        let request = Request::get("/metrics").header("x-forwarded-for", "203.0.113.9");
        assert_eq!(proxy.send(request, Body::empty()).await.status, 404, "a proxy that nobody named");
    }
}

both! {
    async fn no_way_back_leads_to_another_site(app: demo) {
        let mut person = app.cast("ashikawa").await;
        for next in ["//evil.example", "/\t/evil.example", "/\\evil.example", "https://evil.example", "\u{a0}//evil.example", "/\u{b}/evil.example"] {
            let answer = person.submit("/glossary", "name=\"lang\"", &[("lang", "ja"), ("next", next)]).await;
            assert_eq!((answer.status, answer.location()), (303, "/"), "{next:?}");
            let address = format!("/sign-in?next={}", next.bytes().map(|b| format!("%{b:02X}")).collect::<String>());
            let answer = person.get(&address).await;
            assert!(matches!(answer.location(), "/" | "/home"), "{next:?}: {}", answer.location());
        }
    }
}

both! {
    async fn an_old_session_confirms_before_it_changes_an_organisation(app: demo) {
        let mut administrator = app.cast("miura").await;
        let path = "/admin/organisations/3ceaaf30-8142-48ea-91d9-3080f9b439fc";
        assert_eq!(administrator.get(path).await.status, 200);
        app.env.advance_secs(11 * 60);
        let asked = administrator.get(path).await;
        assert_eq!(asked.status, 303);
        assert!(asked.location().starts_with("/account/confirm"), "{}", asked.location());
    }
}
