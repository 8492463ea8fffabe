//! An installation comes to life: administrator, provider, manager, nurse; and a nurse leaves.

use areas::Organisation;
use kernel::OrganisationId;
use store::Viewer;

use super::{GRANTS, PASSWORD, Somebody, codes, is_in, join, member_page, paper, session_ids};
use crate::both;
use crate::harness::{TestApp, root};

/// The area's data and the organisation that runs the installation, as `renkei init` leaves them.
async fn operator(app: &TestApp) -> OrganisationId {
    areas::load(&app.db, &root().join("data/kensei/areas"))
        .await
        .expect("the area loads");
    let id: OrganisationId = app.env.id();
    let name = || "運用室".to_owned();
    let row = Organisation {
        id,
        kind: "operator".to_owned(),
        name: name(),
        short_name: name(),
        name_en: "Operations".to_owned(),
        regime: "processor".to_owned(),
        municipality: None,
        fictional: false,
        source: "test".to_owned(),
        verified_on: None,
        verified: true,
    };
    let viewer = Viewer::system("test", app.env.now());
    app.db
        .write::<_, store::Error>(&viewer, move |tx| areas::store::save_organisation(tx, &row))
        .await
        .expect("saved");
    id
}

async fn administrator(app: &TestApp) -> Somebody {
    let operator = operator(app).await;
    let code = identity::setup::first_administrator(&app.db, operator)
        .await
        .expect("a code");
    let mut admin = join(
        app,
        &format!("/setup?code={code}"),
        "運用 太郎",
        "unyo",
        "operator",
    )
    .await;
    admin.enrol(app).await;
    app.env.advance_secs(30);
    let again = app.visitor().get(&format!("/setup?code={code}")).await;
    assert_eq!(again.status, 422, "the code opens once: {}", again.body);
    admin
}

/// Registers a provider and gives its address.
async fn provider(admin: &mut Somebody, name: &str) -> String {
    let fields = [
        ("name", name),
        ("short_name", "空色訪看"),
        ("name_en", "Sorairo Home Nursing"),
        ("kind", "provider"),
        ("regime", "private"),
        ("municipality", "142069"),
        ("source", "利用申込書"),
        ("aliases", "そらいろ"),
    ];
    let saved = admin
        .person
        .submit("/admin/organisations/new", "name=\"short_name\"", &fields)
        .await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    saved.location().to_owned()
}

both! {
    async fn an_installation_comes_to_life_and_a_nurse_leaves_the_same_day(app: production) {
        let mut admin = administrator(app).await;
        let page = provider(&mut admin, "空色訪問看護ステーション").await;
        let id = page.rsplit('/').next().expect("an id").to_owned();

        // The manager is invited by mail, which names nobody.
        let invited = admin.person.submit("/admin/managers", "name=\"organisation\"", &[
            ("organisation", &id), ("way", "mail"), ("email", "kanri@sorairo.example.jp"), ("label", "空色の管理者"),
        ]).await;
        assert_eq!(invited.status, 303, "{}", invited.body);
        app.run_jobs().await;
        let outbox = app.system(|c| web::mail::outbox(c, 0, 10)).await;
        assert_eq!(outbox.len(), 1);
        let mail = &outbox[0].mail;
        assert_eq!(mail.to, "kanri@sorairo.example.jp");
        for secret in ["空色", "sorairo", "kanri", "運用", "unyo"] {
            assert!(!mail.body.contains(secret) && !mail.subject.contains(secret), "{secret}: {}", mail.body);
        }
        let link = mail.body.split_whitespace().find(|w| w.starts_with("http://")).expect("a link");
        let link = link.trim_start_matches("http://127.0.0.1:8080").to_owned();
        let mut manager = join(app, &link, "空色 花子", "hanako", "nurse").await;
        manager.enrol(app).await;
        assert_eq!(app.visitor().get(&link).await.status, 422, "the link opens once");

        // The manager invites a nurse by paper; the nurse has no phone and gets a sheet.
        let card = paper(&mut manager.person, "member", "新しい看護師").await;
        let mut nurse = join(app, &card, "空野 みどり", "midori", "nurse").await;
        let home = nurse.person.get("/home").await;
        assert!(matches!(home.status, 200 | 303), "{}", home.body);
        let member = member_page(&mut manager.person, "空野 みどり").await;
        let sheet = manager.person.submit(&member, "/code-sheet\"", &[]).await;
        assert_eq!(sheet.status, 200, "{}", sheet.body);
        let numbers = codes(&sheet.body);
        assert_eq!(numbers.len(), 40, "the sheet is printed");
        assert!(!manager.person.get(&member).await.body.contains(&numbers[0]), "and shown once");

        let first = nurse.sign_in_with(app, &numbers[0]).await;
        assert_eq!(first.status, 303, "{}", first.body);
        assert!(is_in(&mut nurse.person).await);
        let twice = nurse.sign_in_with(app, &numbers[0]).await;
        assert_eq!(twice.status, 422, "each number opens once");
        let skipped = nurse.sign_in_with(app, &numbers[2]).await;
        assert_eq!(skipped.status, 422, "only the number that is asked for opens");
        let second = nurse.sign_in_with(app, &numbers[1]).await;
        assert_eq!(second.status, 303, "{}", second.body);

        // The nurse leaves: that minute, not that night.
        let account = nurse.account(app).await;
        let grants = app.system(move |c| c.one(&GRANTS, store::params! { "account" => account }, |r| r.get::<i64>(0))).await;
        assert!(grants > 0);
        let ended = manager.person.submit(&member, "/end\"", &[]).await;
        assert_eq!(ended.status, 303, "{}", ended.body);
        assert!(!is_in(&mut nurse.person).await, "the open session ended");
        assert_eq!(session_ids(app, account).await.len(), 0);
        let grants = app.system(move |c| c.one(&GRANTS, store::params! { "account" => account }, |r| r.get::<i64>(0))).await;
        assert_eq!(grants, 0, "no row of access is left");
        assert_eq!(nurse.password(app, PASSWORD).await.status, 422, "the account is closed");
        let left = manager.person.get(&member).await;
        assert!(matches!(left.status, 200 | 404) && !left.body.contains("/end\""), "{}", left.status);
    }
}

both! {
    async fn a_setup_code_opens_only_its_own_page(app: production) {
        let operator = operator(app).await;
        let old = identity::setup::first_administrator(&app.db, operator).await.expect("a code");
        let code = identity::setup::first_administrator(&app.db, operator).await.expect("a code");
        assert_eq!(app.visitor().get(&format!("/setup?code={old}")).await.status, 422, "a newer code replaces it");
        assert_eq!(app.visitor().get(&format!("/invitation?code={code}")).await.status, 422);
        assert_eq!(app.visitor().get(&format!("/setup?code={code}")).await.status, 200);
        app.env.advance_secs(25 * 3600);
        assert_eq!(app.visitor().get(&format!("/setup?code={code}")).await.status, 422, "it lives a day");
    }
}

both! {
    async fn the_register_warns_of_twins_keeps_what_was_typed_and_tells_of_a_faster_writer(app: production) {
        let mut admin = administrator(app).await;
        let page = provider(&mut admin, "空色訪問看護ステーション").await;
        assert_eq!(app.audit_rows("areas.organisation.add").await, 1);
        let list = admin.person.get("/admin/organisations?q=%E3%81%9D%E3%82%89%E3%81%84%E3%82%8D").await;
        assert!(list.body.contains("空色訪問看護ステーション"), "an alias finds it: {}", list.body);
        let none = admin.person.get("/admin/organisations?q=zzz&kind=hospital&municipality=142069").await;
        assert!(none.status == 200 && none.body.contains("class=\"empty\""), "{}", none.body);

        let fields = [
            ("name", "空色訪問看護ｽﾃｰｼｮﾝ"), ("short_name", "空色"), ("name_en", "Sorairo"), ("kind", "provider"),
            ("regime", "private"), ("municipality", "142069"), ("source", "利用申込書"),
        ];
        let twin = admin.person.submit("/admin/organisations/new", "name=\"short_name\"", &fields).await;
        assert_eq!(twin.status, 422);
        assert!(twin.body.contains(&page) && twin.body.contains("ｽﾃｰｼｮﾝ"), "the other one is named: {}", twin.body);
        let (action, mut sure) = crate::harness::fields_of(&twin.body, "name=\"short_name\"");
        sure.push(("duplicate".to_owned(), "1".to_owned()));
        assert_eq!(admin.person.post(&action, &sure).await.status, 303);

        let bad = admin.person.submit(&page, "name=\"short_name\"", &[("name", ""), ("kind", "operator"), ("source", "台帳 第7号")]).await;
        assert_eq!(bad.status, 422);
        assert!(bad.body.contains("台帳 第7号") && bad.body.contains("aria-invalid=\"true\""), "{}", bad.body);

        let shown = admin.person.get(&page).await;
        let (action, mut late) = crate::harness::fields_of(&shown.body, "name=\"short_name\"");
        let saved = admin.person.submit(&page, "name=\"short_name\"", &[("short_name", "空色ステーション")]).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        late.retain(|(n, _)| n != "short_name");
        late.push(("short_name".to_owned(), "あおぞら".to_owned()));
        let conflict = admin.person.post(&action, &late).await;
        assert_eq!(conflict.status, 409);
        assert!(conflict.body.contains("空色ステーション") && conflict.body.contains("あおぞら"), "{}", conflict.body);
        let (action, again) = crate::harness::fields_of(&conflict.body, "name=\"short_name\"");
        assert_eq!(admin.person.post(&action, &again).await.status, 303);
        assert_eq!(app.audit_rows("areas.organisation.save").await, 2);
        let unknown = admin.person.get("/admin/organisations/00000000-0000-7000-8000-000000000000").await;
        assert_eq!(unknown.status, 404);
    }
}

both! {
    async fn a_thousand_organisations_are_turned_page_by_page(app: production) {
        let mut admin = administrator(app).await;
        let ids: Vec<OrganisationId> = (0..1_000).map(|_| app.env.id()).collect();
        let viewer = Viewer::system("test", app.env.now());
        app.db.write::<_, store::Error>(&viewer, move |tx| {
            for (number, id) in ids.iter().enumerate() {
                let name = format!("第{number}事業所");
                areas::store::save_organisation(tx, &Organisation {
                    id: *id,
                    kind: "provider".to_owned(),
                    short_name: name.clone(),
                    name_en: name.clone(),
                    name,
                    regime: "private".to_owned(),
                    municipality: None,
                    fictional: false,
                    source: "test".to_owned(),
                    verified_on: None,
                    verified: false,
                })?;
            }
            Ok(())
        }).await.expect("saved");
        let page = admin.person.get("/admin/organisations?kind=provider&page=3").await;
        assert_eq!(page.status, 200);
        assert_eq!(page.body.matches("/admin/managers?organisation=").count(), 50, "fifty to a page");
        assert!(page.body.contains("page=20") && !page.body.contains("page=21"), "{}", page.body);
        let last = admin.person.get("/admin/organisations?kind=provider&page=999999").await;
        assert_eq!(last.body.matches("/admin/managers?organisation=").count(), 50, "beyond the end is the end");
        let one = admin.person.get("/admin/organisations?q=%E7%AC%AC777%E4%BA%8B%E6%A5%AD%E6%89%80").await;
        assert_eq!(one.body.matches("/admin/managers?organisation=").count(), 1);
        assert_eq!(admin.person.get("/admin/managers").await.status, 200);
    }
}
