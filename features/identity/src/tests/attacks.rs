//! Ways in that must stay shut: with the password alone, with an old session, with what is left of a factor.

use super::*;

both! {
    a_session_of_the_password_alone_registers_nothing_beside_a_sheet;
    what_is_left_of_a_factor_does_not_make_the_password_enough_again;
    joining_ends_the_session_that_the_browser_had;
    a_stranger_cannot_keep_a_colleague_out_of_their_own_browser;
}

/// What somebody sends who knows the password and has made an app of their own.
async fn own_app(w: &World, thief: &mut Browser, secret: [u8; 20], sealed: &str) -> Answer {
    let code = totp::code_at(&secret, w.env().now());
    w.post(
        thief,
        "/account",
        "/account/second-factor",
        &[("secret", sealed), ("code", &code)],
    )
    .await
}

async fn secret_of(w: &World, browser: &mut Browser) -> ([u8; 20], String) {
    let page = w.get(browser, "/account/second-factor").await;
    let secret = data_encoding::BASE32_NOPAD
        .decode(page.codes()[0].as_bytes())
        .unwrap();
    (secret.try_into().unwrap(), page.hidden("secret"))
}

async fn a_session_of_the_password_alone_registers_nothing_beside_a_sheet(postgres: bool) {
    let w = World::new(false, postgres).await;
    let (mut manager, _, _) = w.ready("kaneko", HAKONE, Role::Manager).await;
    let (_, member) = w.member("sugimoto", HAKONE, Role::Editor).await;
    let (mut thief, _) = w.sign_in("sugimoto", PASSWORD).await;
    let (secret, sealed) = secret_of(&w, &mut thief).await;
    let page = format!("/office/members/{member}");
    let sheet = w
        .post(&mut manager, &page, &format!("{page}/code-sheet"), &[])
        .await;
    assert_eq!(sheet.status, StatusCode::OK, "{}", sheet.text);

    let a = own_app(&w, &mut thief, secret, &sealed).await;
    assert_eq!(a.status, StatusCode::FORBIDDEN, "{}", a.text);
    let a = w
        .post(&mut thief, "/account", "/account/recovery-codes", &[])
        .await;
    assert_eq!(a.status, StatusCode::FORBIDDEN, "{}", a.text);
    // The page leads the owner through sign-in, where the sheet is asked for.
    let a = w.get(&mut thief, "/account/second-factor").await;
    assert_eq!(
        a.header("location"),
        "/sign-in?next=%2Faccount%2Fsecond-factor"
    );
    assert_eq!(
        w.get(&mut thief, "/account").await.header("location"),
        "/sign-in?next=%2Faccount"
    );
    let (mut owner, step) = w.sign_in("sugimoto", PASSWORD).await;
    let first = sheet.codes()[0].clone();
    let token = step.hidden("step");
    let a = w
        .post_with(
            &mut owner,
            "/sign-in/second",
            &step.hidden("_csrf"),
            &[("step", &token), ("code", &first)],
        )
        .await;
    assert_eq!(a.status, StatusCode::SEE_OTHER, "{}", a.text);
    let (_, done) = w.enrol(&mut owner).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
}

async fn what_is_left_of_a_factor_does_not_make_the_password_enough_again(postgres: bool) {
    let w = World::new(false, postgres).await;
    let (mut manager, _, _) = w.ready("kaneko", HAKONE, Role::Manager).await;
    let (_, paper) = w.member("sugimoto", HAKONE, Role::Editor).await;
    let page = format!("/office/members/{paper}");
    w.post(&mut manager, &page, &format!("{page}/code-sheet"), &[])
        .await;
    let a = w
        .post(&mut manager, &page, &format!("{page}/code-sheet/void"), &[])
        .await;
    assert_eq!(a.status, StatusCode::SEE_OTHER, "{}", a.text);

    let (_, _, phone) = w.ready("numata", HAKONE, Role::Editor).await;
    let page = format!("/office/members/{phone}");
    let a = w
        .post(&mut manager, &page, &format!("{page}/replacement"), &[])
        .await;
    assert_eq!(a.status, StatusCode::OK, "{}", a.text);
    w.env().advance_secs(25 * 3600);

    for name in ["sugimoto", "numata"] {
        let (mut browser, a) = w.sign_in(name, PASSWORD).await;
        assert_eq!(a.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert_eq!(
            w.get(&mut browser, "/account").await.status,
            StatusCode::SEE_OTHER,
            "{name}"
        );
    }
}

async fn joining_ends_the_session_that_the_browser_had(postgres: bool) {
    let w = World::new(false, postgres).await;
    let (mut manager, _, _) = w.ready("kaneko", HAKONE, Role::Manager).await;
    let made = w
        .post(
            &mut manager,
            "/office",
            "/office/invitations",
            &[("role", "member"), ("way", "print")],
        )
        .await;
    let code = made.codes().last().unwrap().clone();
    let old = manager.clone();
    let a = w
        .post(
            &mut manager,
            &format!("/invitation?code={code}"),
            "/invitation",
            &[
                ("code", &code),
                ("name", "架空 新人"),
                ("profession", "clerk"),
                ("sign_in", "shinjin"),
                ("password", PASSWORD),
                ("again", PASSWORD),
            ],
        )
        .await;
    assert_eq!(a.header("location"), "/account/second-factor", "{}", a.text);
    assert_eq!(
        w.get(&mut old.clone(), "/account").await.status,
        StatusCode::SEE_OTHER
    );
}

async fn a_stranger_cannot_keep_a_colleague_out_of_their_own_browser(postgres: bool) {
    let w = World::new(false, postgres).await;
    w.member("numata", HAKONE, Role::Editor).await;
    w.member("kaneko", HAKONE, Role::Editor).await;
    let (_, a) = w.sign_in("numata", PASSWORD).await;
    let known = a.cookie("renkei_known").expect("the browser is remembered");
    for _ in 0..6 {
        w.sign_in("numata", "wrong password here").await;
    }
    let (_, elsewhere) = w.sign_in("numata", PASSWORD).await;
    assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut own = Browser::default();
    own.cookies.push(("renkei_known".to_owned(), known.clone()));
    let enter = async |browser: &Browser, name: &str, password: &str| {
        let fields = [("name", name), ("password", password)];
        w.post(&mut browser.clone(), "/sign-in", "/sign-in", &fields)
            .await
            .status
    };
    assert_eq!(enter(&own, "numata", PASSWORD).await, StatusCode::SEE_OTHER);
    // It helps with no other account, and guessing in it waits as elsewhere.
    for _ in 0..6 {
        enter(&own, "kaneko", "wrong password here").await;
        enter(&own, "numata", "wrong password here").await;
    }
    for name in ["kaneko", "numata"] {
        assert_eq!(
            enter(&own, name, PASSWORD).await,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name}"
        );
    }
    // A mark that nobody gave is no mark.
    let mut forged = Browser::default();
    forged
        .cookies
        .push(("renkei_known".to_owned(), format!("{known}0")));
    assert_eq!(
        enter(&forged, "numata", PASSWORD).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}
