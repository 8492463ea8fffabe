//! Tokens, origins, uploads, limits, proxies, the base path.

use super::*;

fn file_body(token: &str, name: &str, content: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, value) in [("_csrf", token), ("a", "x")] {
        body.extend(
            format!("--B\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n")
                .bytes(),
        );
    }
    body.extend(
        format!(
            "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        )
        .bytes(),
    );
    body.extend(content);
    body.extend(b"\r\n--B--\r\n");
    body
}

async fn upload(w: &World, cookies: &str, body: Vec<u8>) -> Answer {
    let request = World::request("POST", "/file", cookies)
        .header("content-type", "multipart/form-data; boundary=B")
        .header("origin", "http://127.0.0.1:8080");
    w.send(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn a_form_needs_the_token_of_its_own_browser() {
    let w = World::new();
    let page = w.get("/", "").await;
    let pre = format!("renkei_pre={}", page.cookie("renkei_pre").unwrap());
    let token = page.csrf();
    assert_eq!(
        w.post("/save", &pre, &format!("_csrf={token}&a=1"))
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        w.post("/save", &pre, "a=1").await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        w.post("/save", "", &format!("_csrf={token}&a=1"))
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        w.post("/save", "renkei_pre=other", &format!("_csrf={token}&a=1"))
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    // A token from before signing in is worth nothing in the session.
    let cookie = w.sign_in(Role::Member, OrgKind::Desk, true).await;
    let both = format!("{pre}; {cookie}");
    assert_eq!(
        w.post("/save", &both, &format!("_csrf={token}&a=1"))
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    let own = w.get("/me", &cookie).await.csrf();
    assert_eq!(
        w.post("/save", &cookie, &format!("_csrf={own}&a=1"))
            .await
            .status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn other_sites_cannot_post() {
    let w = World::new();
    let page = w.get("/", "").await;
    let pre = format!("renkei_pre={}", page.cookie("renkei_pre").unwrap());
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let request = World::request("POST", "/save", &pre)
            .header(name, value)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(format!("_csrf={}&a=1", page.csrf())));
        assert_eq!(
            w.send(request.unwrap()).await.status,
            StatusCode::FORBIDDEN,
            "{name} {value}"
        );
    }
}

#[tokio::test]
async fn a_notice_is_sealed_and_shown_once() {
    let w = World::new();
    let page = w.get("/", "").await;
    let pre = format!("renkei_pre={}", page.cookie("renkei_pre").unwrap());
    let a = w
        .post(
            "/save",
            &pre,
            &format!("_csrf={}&a=%3Cb%3E%E4%BF%9D%E5%AD%98", page.csrf()),
        )
        .await;
    let flash = a.cookie("renkei_flash").unwrap();
    assert!(!flash.contains("保存"));
    let shown = w.get("/", &format!("renkei_flash={flash}")).await;
    assert!(shown.text.contains("&lt;b&gt;保存"));
    assert_eq!(shown.cookie("renkei_flash").as_deref(), Some(""));
    assert!(
        !w.get("/", "renkei_flash=AAAA")
            .await
            .text
            .contains("notice")
    );
}

#[tokio::test]
async fn large_forms_are_for_those_who_are_signed_in() {
    let w = World::new();
    let page = w.get("/", "").await;
    let pre = format!("renkei_pre={}", page.cookie("renkei_pre").unwrap());
    let long = "a".repeat(2 * 1024 * 1024);
    let a = w
        .post("/save", &pre, &format!("_csrf={}&a={long}", page.csrf()))
        .await;
    assert_eq!(a.status, StatusCode::PAYLOAD_TOO_LARGE);
    let cookie = w.sign_in(Role::Member, OrgKind::Desk, true).await;
    let token = w.get("/", &cookie).await.csrf();
    let a = w
        .post("/save", &cookie, &format!("_csrf={token}&a={long}"))
        .await;
    assert_eq!(a.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn many_fields_of_an_upload_have_one_limit() {
    let w = World::new();
    let page = w.get("/", "").await;
    let pre = format!("renkei_pre={}", page.cookie("renkei_pre").unwrap());
    let mut body = Vec::new();
    let megabyte = "x".repeat(1_000_000);
    for (name, value) in std::iter::once(("_csrf", page.csrf().as_str()))
        .chain((0..9).map(|_| ("a", megabyte.as_str())))
    {
        body.extend(
            format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                .bytes(),
        );
    }
    body.extend(b"--XX--\r\n");
    let request = World::request("POST", "/file", &pre)
        .header("content-type", "multipart/form-data; boundary=XX")
        .header("origin", "http://127.0.0.1:8080");
    let a = w.send(request.body(Body::from(body)).unwrap()).await;
    assert_eq!(a.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn an_address_that_cannot_be_read_is_not_there() {
    let w = World::new();
    for path in [
        "/number/x",
        "/number/99999999999999999999",
        "/number/1?page=x",
        "/number/%FF",
    ] {
        let a = w.get(path, "").await;
        assert_eq!(a.status, StatusCode::NOT_FOUND, "{path}");
        assert!(a.header("content-type").starts_with("text/html"), "{path}");
        assert!(
            !a.text.contains("Invalid URL") && !a.text.contains("deserialize"),
            "{}",
            a.text
        );
    }
    assert_eq!(w.get("/number/7?page=2", "").await.text, "7 2");
}

#[tokio::test]
async fn null_bytes_come_back_with_words() {
    let w = World::new();
    let page = w.get("/", "").await;
    let pre = format!("renkei_pre={}", page.cookie("renkei_pre").unwrap());
    let a = w
        .post("/save", &pre, &format!("_csrf={}&a=x%00y", page.csrf()))
        .await;
    assert_eq!(a.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(a.text.contains("ヌル文字"));
}

#[tokio::test]
async fn uploads() {
    let w = World::new();
    let page = w.get("/", "").await;
    let pre = format!("renkei_pre={}", page.cookie("renkei_pre").unwrap());
    let token = page.csrf();
    let ok = upload(&w, &pre, file_body(&token, "回答.csv", b"a,b\r\n")).await;
    assert_eq!(
        (ok.status, ok.text.as_str()),
        (StatusCode::OK, "回答.csv Csv 5 x")
    );
    for (name, content) in [
        ("a.exe", &b"MZ"[..]),
        ("a.xlsm", b"PK\x03\x04"),
        ("a.xlsx", b"a,b"),
        ("a.png", b"<svg/>"),
        ("a.csv", b""),
    ] {
        assert_eq!(
            upload(&w, &pre, file_body(&token, name, content))
                .await
                .status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name}"
        );
    }
    assert_eq!(
        upload(&w, &pre, file_body("wrong", "a.csv", b"a"))
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    let large = vec![b'a'; crate::upload::MOST_FILE + 1];
    assert_eq!(
        upload(&w, &pre, file_body(&token, "a.csv", &large))
            .await
            .status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    // Without a token before it, not a byte of the file is taken.
    let body = b"--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\na\r\n--B--\r\n".to_vec();
    assert_eq!(upload(&w, &pre, body).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn too_many_requests_get_a_page_that_says_how_long_to_wait() {
    let w = World::with(|c| {
        c.limits.all = (60, 3);
        c.limits.spare_local = false;
    });
    let mut last = w.get("/", "").await;
    for _ in 0..5 {
        last = w.get("/", "").await;
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(last.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert!(last.text.contains("秒"));
}

#[tokio::test]
async fn the_base_path_is_everywhere() {
    let w = World::with(|c| c.base_path = "/renkei/".to_owned());
    for path in [
        "/renkei",
        "/renkei/",
        "/renkei/fail/none",
        "/healthz",
        "/renkei/healthz",
    ] {
        let expected = if path.contains("fail") {
            StatusCode::NOT_FOUND
        } else {
            StatusCode::OK
        };
        assert_eq!(w.get(path, "").await.status, expected, "{path}");
    }
    for path in ["/", "/renkeix", "/me"] {
        assert_eq!(
            w.get(path, "").await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let page = w.get("/renkei/", "").await;
    assert!(
        page.text.contains("action=\"/renkei/lang\"") && page.text.contains("href=\"/renkei/\"")
    );
    assert_eq!(
        w.get("/renkei/me", "").await.header("location"),
        "/renkei/sign-in?next=%2Fme"
    );
}

#[tokio::test]
async fn counters_are_for_those_beside_the_server() {
    let w = World::with(|c| c.trusted_proxies = vec!["10.0.0.1".parse().unwrap()]);
    w.get("/me", "").await;
    let a = w.get("/metrics", "").await;
    assert_eq!(a.status, StatusCode::OK);
    assert!(
        a.text
            .contains("renkei_requests_total{route=\"/me\",status=\"3xx\"} 1"),
        "{}",
        a.text
    );
    let from = async |peer: &str, forwarded: Option<&str>| {
        let mut request = Request::builder().uri("/metrics").extension(ConnectInfo(
            format!("{peer}:1").parse::<SocketAddr>().unwrap(),
        ));
        if let Some(f) = forwarded {
            request = request.header("x-forwarded-for", f);
        }
        w.send(request.body(Body::empty()).unwrap()).await.status
    };
    assert_eq!(from("192.0.2.1", None).await, StatusCode::NOT_FOUND);
    assert_eq!(from("10.0.0.1", None).await, StatusCode::OK);
    assert_eq!(
        from("10.0.0.1", Some("192.0.2.1")).await,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        from("127.0.0.1", Some("127.0.0.1")).await,
        StatusCode::NOT_FOUND
    );
}
