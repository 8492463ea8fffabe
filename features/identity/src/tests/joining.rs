//! From an empty installation to a working office.

use super::*;

both! {
    first_administrator_manager_staff;
    an_invitation_runs_out_and_one_person_keeps_one_account;
}

async fn first_administrator_manager_staff(postgres: bool) {
    let w = World::new(false, postgres).await;
    let code = crate::setup::first_administrator(&w.app.db, org(OPERATOR))
        .await
        .unwrap();
    let newer = crate::setup::first_administrator(&w.app.db, org(OPERATOR))
        .await
        .unwrap();
    let mut admin = Browser::default();
    assert_eq!(
        w.get(&mut admin, &format!("/setup?code={code}"))
            .await
            .status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    // The code of a first administrator opens only its own page.
    assert_eq!(
        w.get(&mut admin, &format!("/invitation?code={newer}"))
            .await
            .status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let page = format!("/setup?code={newer}");
    let short = join(
        &w,
        &mut admin,
        &page,
        "/setup",
        &newer,
        ("kanri", "kanri@example.jp"),
        "short pass",
    )
    .await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        short.text.contains("架空 kanri") && !short.text.contains("short pass"),
        "{}",
        short.text
    );
    let done = join(
        &w,
        &mut admin,
        &page,
        "/setup",
        &newer,
        ("kanri", ""),
        PASSWORD,
    )
    .await;
    assert_eq!(
        done.header("location"),
        "/account/second-factor",
        "{}",
        done.text
    );
    assert_eq!(
        w.get(&mut admin, "/admin/managers")
            .await
            .header("location"),
        "/account/second-factor?next=%2Fadmin%2Fmanagers"
    );
    w.enrol(&mut admin).await;
    assert_eq!(
        w.get(&mut admin, "/admin/managers").await.status,
        StatusCode::OK
    );
    assert_eq!(
        w.get(&mut admin, "/admin/audit").await.status,
        StatusCode::OK
    );

    // A manager for Hakone, on paper.
    let paper = w
        .post(
            &mut admin,
            "/admin/managers",
            "/admin/managers",
            &[
                ("organisation", HAKONE),
                ("role", "administrator"),
                ("way", "print"),
                ("label", ""),
            ],
        )
        .await;
    assert_eq!(paper.status, StatusCode::OK, "{}", paper.text);
    let code = paper.codes()[1].clone();
    let mut manager = Browser::default();
    let page = format!("/invitation?code={}", code.to_lowercase());
    assert_eq!(
        w.get(&mut manager, &page).await.status,
        StatusCode::OK,
        "looking does not use it up"
    );
    let done = join(
        &w,
        &mut manager,
        &page,
        "/invitation",
        &code,
        ("kaneko", "kaneko@example.jp"),
        PASSWORD,
    )
    .await;
    assert_eq!(
        done.header("location"),
        "/account/second-factor",
        "{}",
        done.text
    );
    w.enrol(&mut manager).await;
    assert_eq!(w.get(&mut manager, "/office").await.status, StatusCode::OK);
    assert_eq!(
        w.get(&mut manager, "/admin/audit").await.status,
        StatusCode::FORBIDDEN
    );
    // Used once is used.
    assert_eq!(
        w.get(&mut Browser::default(), &page).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );

    // Staff by mail: a link, no name, no office.
    let sent = w
        .post(
            &mut manager,
            "/office",
            "/office/invitations",
            &[
                ("label", "芦川さん"),
                ("role", "editor"),
                ("way", "mail"),
                ("email", "ashikawa@example.jp"),
            ],
        )
        .await;
    assert_eq!(sent.header("location"), "/office", "{}", sent.text);
    let viewer = Viewer::system("test", w.env().now());
    let mail = w
        .app
        .db
        .read(&viewer, |c| web::mail::outbox(c, 0, 10))
        .await
        .unwrap()
        .remove(0)
        .mail;
    assert_eq!(mail.to, "ashikawa@example.jp");
    assert!(
        !mail.body.contains("芦川")
            && !mail.body.contains("箱根")
            && !mail.subject.contains("箱根"),
        "{}",
        mail.body
    );
    let code = mail.body.split("code=").nth(1).unwrap()[..12].to_owned();
    // A manager hands out no administrators.
    let refused = w
        .post(
            &mut manager,
            "/office",
            "/office/invitations",
            &[("role", "administrator"), ("way", "print")],
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Revoked before it was used.
    let list = w.get(&mut manager, "/office").await;
    let at = list.text.find("/office/invitations/").unwrap();
    let at = &list.text[at..];
    let path = at.split('"').next().unwrap().to_owned();
    assert_eq!(
        w.post(&mut manager, "/office", &path, &[])
            .await
            .header("location"),
        "/office"
    );
    let mut late = Browser::default();
    assert_eq!(
        w.get(&mut late, &format!("/invitation?code={code}"))
            .await
            .status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(w.audited("identity.join", "done").await, 2);
}

async fn an_invitation_runs_out_and_one_person_keeps_one_account(postgres: bool) {
    let w = World::new(false, postgres).await;
    let (mut manager, _, _) = w.ready("kaneko", HAKONE, Role::Manager).await;
    let paper = w
        .post(
            &mut manager,
            "/office",
            "/office/invitations",
            &[("role", "editor"), ("way", "print")],
        )
        .await;
    let code = paper.codes()[1].clone();
    let (mut nurse, nurse_id, _) = w.ready("numata", ODAWARA, Role::Editor).await;
    let page = format!("/invitation?code={code}");
    let joined = w
        .post(
            &mut nurse,
            &page,
            "/invitation/join",
            &[("code", &code), ("profession", "nurse")],
        )
        .await;
    assert_eq!(
        joined.header("location"),
        "/account/acting-for",
        "{}",
        joined.text
    );
    let subjects: Vec<_> = w
        .access(nurse_id)
        .await
        .into_iter()
        .map(|g| g.subject)
        .collect();
    assert!(subjects.contains(&org(HAKONE).uuid()) && subjects.contains(&org(ODAWARA).uuid()));

    let paper = w
        .post(
            &mut manager,
            "/office",
            "/office/invitations",
            &[("role", "editor"), ("way", "print")],
        )
        .await;
    let code = paper.codes()[1].clone();
    w.env().advance_secs(15 * 86_400);
    assert_eq!(
        w.get(&mut Browser::default(), &format!("/invitation?code={code}"))
            .await
            .status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

async fn join(
    w: &World,
    b: &mut Browser,
    page: &str,
    path: &str,
    code: &str,
    (name, email): (&str, &str),
    password: &str,
) -> Answer {
    let full = format!("架空 {name}");
    let fields = [
        ("code", code),
        ("name", &full),
        ("profession", "clerk"),
        ("sign_in", name),
        ("email", email),
        ("password", password),
        ("again", password),
    ];
    w.post(b, page, path, &fields).await
}
