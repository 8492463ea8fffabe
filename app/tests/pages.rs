//! Pages for everyone: they speak both languages, know nothing they were not told, and fail kindly.

use axum::body::Body;
use axum::http::Request;

use crate::both;

both! {
    async fn the_public_home_shows_one_window(app: demo) {
        let home = app.visitor().get("/").await;
        assert_eq!(home.status, 200);
        for town in ["小田原市", "箱根町", "真鶴町", "湯河原町", "南足柄市", "中井町", "大井町", "松田町", "山北町", "開成町"] {
            assert!(home.body.contains(town), "{town}");
        }
        let chosen = app.visitor().get("/?town=143847&who=resident").await;
        assert!(chosen.body.contains("湯河原町") && chosen.body.contains("119"), "{}", chosen.body);
        let professional = app.visitor().get("/?town=143618&who=professional").await;
        assert!(professional.body.contains("足柄上"), "professionals are led to the district's desk");
        let odd = app.visitor().get("/?town=999999&who=nobody").await;
        assert!(matches!(odd.status, 200 | 404), "{}", odd.status);
    }
}

both! {
    async fn both_languages_are_complete(app: demo) {
        for path in ["/", "/surveys", "/surveys/2024-renkei", "/municipalities", "/municipalities/143821", "/glossary", "/sign-in", "/search", "/search?q=%E7%A0%94%E4%BF%AE"] {
            let ja = app.visitor().get(path).await;
            let en = app.visitor().english().get(path).await;
            assert_eq!((ja.status, en.status), (200, 200), "{path}");
            assert!(ja.body.contains("<html lang=\"ja\""), "{path}");
            assert!(en.body.contains("<html lang=\"en\""), "{path}");
            for body in [&ja.body, &en.body] {
                assert_eq!(body.matches("<h1").count(), 1, "{path} has one heading");
                assert!(!body.contains("No localization"), "{path}");
            }
        }
    }
}

both! {
    async fn errors_are_kind_pages(app: demo) {
        let lost = app.visitor().get("/nowhere").await;
        assert_eq!(lost.status, 404);
        assert!(lost.body.contains("<h1") && lost.body.contains("href=\"/\""), "the way home is shown");
        let long = app.visitor().send(Request::post("/sign-in"), Body::from(vec![b'x'; 3 << 20])).await;
        assert!(matches!(long.status, 403 | 413), "{}", long.status);
        assert!(long.body.contains("<h1"));
    }
}

both! {
    async fn health_and_metrics_answer(app: demo) {
        let health = app.visitor().get("/healthz").await;
        assert_eq!((health.status, health.body.contains("ok")), (200, true));
        let metrics = app.visitor().get("/metrics").await;
        assert_eq!(metrics.status, 200);
        assert!(metrics.body.contains("renkei_"), "{}", metrics.body);
        let mut stranger = app.visitor();
        stranger.address = ([203, 0, 113, 9], 40_000).into();
        assert_ne!(stranger.get("/metrics").await.status, 200, "metrics are for this machine");
    }
}

both! {
    async fn pages_stay_within_their_statements(app: demo) {
        let mut clerk = app.cast("ishigaki").await;
        for path in ["/", "/?town=142069&who=resident", "/surveys/2024-renkei?q=2-2", "/home", "/search?q=%E7%9C%8B%E5%8F%96%E3%82%8A", "/settings/contacts", "/municipalities/142069"] {
            clerk.get(path).await;
            let before = app.db.statements_run();
            assert_eq!(clerk.get(path).await.status, 200, "{path}");
            let run = app.db.statements_run() - before;
            // The home page asks every room what waits: as many as the rooms need, and no more than that.
            let most = if path == "/home" { 16 } else { 12 };
            assert!(run <= most, "{path} runs {run} statements");
        }
    }
}

both! {
    async fn language_and_large_type_are_kept_by_the_browser(app: demo) {
        let mut visitor = app.visitor();
        let answer = visitor.submit("/", "action=\"/lang\"", &[("lang", "en")]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        assert!(visitor.get("/").await.body.contains("<html lang=\"en\""));
    }
}
