//! The shell, errors, headers, switches, in both languages.

use super::*;

#[tokio::test]
async fn error_pages_are_kind_in_both_languages_and_tell_nothing() {
    let w = World::new();
    for (how, status) in [
        ("none", 404),
        ("forbidden", 403),
        ("conflict", 409),
        ("large", 413),
        ("invalid", 422),
        ("unexpected", 500),
        ("panic", 500),
        ("busy", 503),
        ("full", 503),
    ] {
        let mut texts = Vec::new();
        for (lang, cookie) in LANGS {
            let a = w.get(&format!("/fail/{how}"), cookie).await;
            assert_eq!(a.status.as_u16(), status, "{how}");
            assert!(
                a.text.contains(&format!("<html lang=\"{}\"", lang.code())),
                "{how}"
            );
            assert!(
                a.text.contains("<h1>")
                    && a.text.contains("<nav")
                    && !a.text.contains("secret words"),
                "{how}"
            );
            assert_eq!(a.header("retry-after").is_empty(), status != 503);
            if status == 500 {
                assert!(a.text.contains(a.header("x-request-id")));
            }
            texts.push(a.text);
        }
        assert_ne!(texts[0], texts[1]);
    }
    assert!(w.get("/fail/invalid", "").await.text.contains("&lt;b&gt;"));
    assert!(w.get("/fail/conflict", "").await.text.contains("theirs"));
    assert_eq!(
        w.get("/no/such/page", "").await.status,
        StatusCode::NOT_FOUND
    );
    assert!(w.get("/no/such/page", "").await.text.contains("<nav"));
}

#[tokio::test]
async fn headers() {
    let w = World::new();
    for path in ["/", "/healthz", "/fail/panic", "/assets/none.css"] {
        let a = w.get(path, "").await;
        assert_eq!(
            a.header("content-security-policy"),
            crate::headers::CSP,
            "{path}"
        );
        assert_eq!(a.header("x-content-type-options"), "nosniff");
        assert!(
            !a.header("x-request-id").is_empty()
                && a.header("strict-transport-security").is_empty()
        );
    }
    let cookie = w.sign_in(Role::Member, OrgKind::Desk, true).await;
    assert_eq!(
        w.get("/me", &cookie).await.header("cache-control"),
        "no-store"
    );
    let w = World::with(|c| c.base_url = "https://r.example".to_owned());
    let a = w.get("/", "").await;
    assert!(
        a.header("strict-transport-security")
            .starts_with("max-age=")
    );
    let set = a.headers.get("set-cookie").unwrap().to_str().unwrap();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Secure"));
    assert_eq!(crate::cookie::session_name(&w.app.config), "__Host-renkei");
}

#[tokio::test]
async fn nothing_inline() {
    let w = World::new();
    for (_, cookie) in LANGS {
        for path in ["/", "/styleguide", "/fail/none"] {
            let text = w.get(path, cookie).await.text;
            for word in [" style=\"", " onclick=", "<style", "javascript:"] {
                assert!(!text.contains(word), "{path} {word}");
            }
            assert_eq!(text.matches("<script").count(), 1, "{path}");
            assert_eq!(text.matches("<h1").count(), 1, "{path}");
        }
    }
}

#[tokio::test]
async fn ids_are_unique_and_labels_find_their_fields() {
    let w = World::new();
    let text = w.get("/styleguide", "").await.text;
    let ids: Vec<&str> = text
        .split(" id=\"")
        .skip(1)
        .map(|r| r.split('"').next().unwrap())
        .collect();
    let unique: std::collections::HashSet<&&str> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len());
    for target in text
        .split(" for=\"")
        .skip(1)
        .map(|r| r.split('"').next().unwrap())
    {
        assert!(ids.contains(&target), "{target}");
    }
}

#[tokio::test]
async fn the_navigation_shows_what_one_may_open() {
    let w = World::new();
    assert!(!w.get("/", "").await.text.contains("編集"));
    let editor = w.sign_in(Role::Editor, OrgKind::Municipality, true).await;
    assert!(w.get("/", &editor).await.text.contains("編集"));
    let member = w.sign_in(Role::Member, OrgKind::Municipality, true).await;
    assert!(!w.get("/", &member).await.text.contains("編集"));
    assert!(
        w.get("/", &format!("{editor}; renkei_lang=en"))
            .await
            .text
            .contains("Editing")
    );
}

#[tokio::test]
async fn switches_stay_and_lead_back_only_here() {
    let w = World::new();
    let page = w.get("/", "").await;
    let pre = format!("renkei_pre={}", page.cookie("renkei_pre").unwrap());
    let token = page.csrf();
    let a = w
        .post(
            "/lang",
            &pre,
            &format!("_csrf={token}&lang=en&next=%2Fstyleguide"),
        )
        .await;
    assert_eq!(
        (a.header("location"), a.cookie("renkei_lang").as_deref()),
        ("/styleguide", Some("en"))
    );
    let a = w
        .post(
            "/display",
            &pre,
            &format!("_csrf={token}&large=1&next=https%3A%2F%2Fevil.example"),
        )
        .await;
    assert_eq!(
        (a.header("location"), a.cookie("renkei_large").as_deref()),
        ("/", Some("1"))
    );
    let large = w
        .get("/styleguide", "renkei_large=1; renkei_furigana=1")
        .await
        .text;
    assert!(
        large.contains("<body class=\"large furigana\">") && large.matches("<ruby>").count() == 3
    );
    assert!(!w.get("/styleguide", "").await.text.contains("<ruby>"));
}

#[tokio::test]
async fn the_browser_chooses_the_language_until_somebody_does() {
    let w = World::new();
    let request = World::request("GET", "/", "")
        .header("accept-language", "en-GB,en;q=0.9")
        .body(Body::empty())
        .unwrap();
    assert!(w.send(request).await.text.contains("<html lang=\"en\""));
    let request = World::request("GET", "/", "renkei_lang=ja")
        .header("accept-language", "en")
        .body(Body::empty())
        .unwrap();
    assert!(w.send(request).await.text.contains("<html lang=\"ja\""));
}

#[tokio::test]
async fn the_sample_form_keeps_what_was_typed() {
    let w = World::new();
    let page = w.get("/styleguide", "").await;
    let pre = format!("renkei_pre={}", page.cookie("renkei_pre").unwrap());
    let a = w
        .post(
            "/styleguide",
            &pre,
            &format!("_csrf={}&name=&email=a%40b", page.csrf()),
        )
        .await;
    assert_eq!(a.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        a.text.contains("value=\"a@b\"")
            && a.text.contains("href=\"#name\"")
            && a.text.contains("aria-invalid=\"true\"")
    );
}

#[tokio::test]
async fn paper_has_the_way_back() {
    let w = World::new();
    let page = w.get("/?x=1", "").await.text;
    assert!(
        page.contains("print-only qr")
            && page.contains("http://127.0.0.1:8080/?x=1</span>")
            && page.contains("<svg")
    );
}

#[tokio::test]
async fn health() {
    let w = World::new();
    let a = w.get("/healthz", "").await;
    assert_eq!(
        (a.status, a.text.as_str()),
        (StatusCode::OK, "{\"status\":\"ok\"}")
    );
}
