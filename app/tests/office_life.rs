//! An office closes, moves, is listed twice: its record and its address on paper stay, and every step can be taken back.

use kernel::Uuid;
use store::Viewer;

use crate::both;
use crate::harness::TestApp;

store::statements! {
    PUT = "INSERT INTO provider (id, edition, status, in_area, municipality, name, kana, name_en, name_key, postal, address, building,
        address_key, precision_code, phone, fax, url, corporation, corporation_number, kinds, note, source, verified_by, fictional,
        updated_at, version) VALUES (:id, 0, 'open', 1, :town, :name, '', '', :name, '', :address, '', :address, 'none', :phone, '', '',
        '', '', :kinds, '', 'test', '', 1, 0, 1)";
    SERVICE = "INSERT INTO provider_service (id, provider, edition, kind, number, hours_note, departments, dataset, dataset_key,
        fingerprint, official, source) VALUES (:id, :provider, 0, 'clinic', '', '', '', 'navii', :key, '', '{}', 'test')";
    NUMBER = "INSERT INTO provider_identifier (scheme, value, provider, edition) VALUES ('navii', :value, :provider, 0)";
    PAIR = "INSERT INTO provider_pair (first, second, edition, why, state, decided_by) VALUES (:first, :second, 0, 'same-name', 'open', '')";
    OWNER = "SELECT provider FROM provider_service WHERE dataset = 'navii' AND dataset_key = :key";
    NUMBER_OF = "SELECT provider FROM provider_identifier WHERE scheme = 'navii' AND value = :value";
}

const FIRST: Uuid = Uuid::from_u128(0xa1);
const SECOND: Uuid = Uuid::from_u128(0xa2);

/// Two records of one invented office in Manazuru, each with a service and a number of its own.
async fn twice(app: &TestApp) {
    let viewer = Viewer::system("test", app.env.now());
    app.db
        .write(&viewer, |tx| {
            for (id, address, phone, key) in [
                (FIRST, "真鶴4001", "", "k1"),
                (SECOND, "真鶴４００１－２", "0465-00-0044", "k2"),
            ] {
                tx.exec(&PUT, store::params! {"id" => id, "town" => "143839", "name" => "架空つつじ医院", "address" => address, "phone" => phone, "kinds" => "clinic"})?;
                tx.exec(&SERVICE, store::params! {"id" => Uuid::from_u128(id.as_u128() + 0x100), "provider" => id, "key" => key})?;
                tx.exec(&NUMBER, store::params! {"value" => key, "provider" => id})?;
                tx.changed("provider", id, None)?;
            }
            tx.exec(&PAIR, store::params! {"first" => FIRST, "second" => SECOND})?;
            Ok::<(), store::Error>(())
        })
        .await
        .expect("two records are saved");
}

async fn owner_of(app: &TestApp, key: &'static str) -> (Uuid, Uuid) {
    app.system(move |c| {
        let service = c.one(&OWNER, store::params! {"key" => key}, |r| r.get(0))?;
        let number = c.one(&NUMBER_OF, store::params! {"value" => key}, |r| r.get(0))?;
        Ok((service, number))
    })
    .await
}

fn page_of(id: Uuid) -> String {
    format!("/directory/providers/{id}")
}

both! {
    async fn two_records_of_one_office_are_put_together_and_taken_apart(app: demo) {
        twice(app).await;
        let mut clerk = app.cast("isobe").await;
        let list = clerk.get("/directory/pairs").await;
        assert!(list.body.contains("架空つつじ医院"), "{}", list.body);
        let path = format!("/directory/pairs/{FIRST}/{SECOND}");
        let page = clerk.get(&path).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("真鶴4001") && page.body.contains("真鶴４００１－２") && page.body.contains("0465-00-0044"));
        let nothing = clerk.submit(&path, "name=\"verdict\"", &[]).await;
        assert_eq!(nothing.status, 422);
        // Whoever looked at an older version decides nothing.
        let late = clerk.submit(&path, "name=\"verdict\"", &[("verdict", "first"), ("first_version", "7")]).await;
        assert_eq!(late.status, 409, "{}", late.body);
        let done = clerk.submit(&path, "name=\"verdict\"", &[("verdict", "first")]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(owner_of(app, "k2").await, (FIRST, FIRST), "services and numbers go to the one that stays");
        // The address on paper leads on; what was empty is filled.
        let old = app.visitor().get(&page_of(SECOND)).await;
        assert_eq!((old.status, old.location()), (303, format!("{}?was={SECOND}", page_of(FIRST)).as_str()));
        let led = app.visitor().get(old.location()).await;
        assert!(led.body.contains("お探しの記録は、こちらにまとめました") && led.body.contains("0465-00-0044"), "{}", led.body);
        let itself = app.visitor().get(&format!("{}?own=1", page_of(SECOND))).await;
        assert!(itself.body.contains("ほかと一緒になりました"));
        let found = app.visitor().get("/api/v1/providers?q=%E6%9E%B6%E7%A9%BA%E3%81%A4%E3%81%A4%E3%81%98").await;
        assert!(found.body.contains("\"total\":1"), "{}", found.body);
        // Remembered, and undone.
        assert!(clerk.get("/directory/pairs?state=same").await.body.contains("架空つつじ医院"));
        let undone = clerk.submit(&path, &format!("{path}/undo"), &[]).await;
        assert_eq!(undone.status, 303, "{}", undone.body);
        assert_eq!(owner_of(app, "k2").await, (SECOND, SECOND));
        let first = app.visitor().get(&page_of(FIRST)).await;
        assert!(!first.body.contains("0465-00-0044"), "what was filled is empty again");
        assert_eq!(app.visitor().get(&page_of(SECOND)).await.status, 200);
        assert!(clerk.get("/directory/pairs").await.body.contains("架空つつじ医院"), "the question is open again");
        // Two offices.
        let done = clerk.submit(&path, "name=\"verdict\"", &[("verdict", "different")]).await;
        assert_eq!(done.status, 303);
        assert!(clerk.get("/directory/pairs?state=different").await.body.contains("架空つつじ医院"));
        assert_eq!(app.audit_rows("directory.life.merge").await, 1);
        assert_eq!(app.audit_rows("directory.life.undo").await, 1);
        assert_eq!(app.audit_rows("directory.pair.different").await, 1);
    }
}

both! {
    async fn an_office_moves_closes_and_opens_again(app: demo) {
        twice(app).await;
        let mut clerk = app.cast("isobe").await;
        let path = format!("{}/life", page_of(FIRST));
        assert!(clerk.get(&page_of(FIRST)).await.body.contains(&path), "the page leads there");
        let page = clerk.get(&path).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let nowhere = clerk.submit(&path, "name=\"what\"", &[("what", "moved"), ("note", "電話で聞いた")]).await;
        assert_eq!(nowhere.status, 422);
        assert!(nowhere.body.contains("電話で聞いた"), "what was typed is kept");
        let future = clerk.submit(&path, "name=\"what\"", &[("what", "closed"), ("day", "2099-01-01")]).await;
        assert_eq!(future.status, 422);
        let moved = clerk
            .submit(&path, "name=\"what\"", &[("what", "moved"), ("next", "new"), ("town", "143847"), ("address", "土肥９－９"), ("phone", "0465-00-0055"), ("note", "電話で聞いた")])
            .await;
        assert_eq!(moved.status, 303, "{}", moved.body);
        let old = app.visitor().get(&page_of(FIRST)).await;
        assert_eq!(old.status, 303);
        let new = app.visitor().get(old.location()).await;
        assert!(new.body.contains("土肥９－９") && new.body.contains("0465-00-0055") && new.body.contains("こちらに移りました"), "{}", new.body);
        assert_ne!(owner_of(app, "k1").await.0, FIRST, "its service went along");
        assert!(app.visitor().get("/directory/towns/143847").await.body.contains("架空つつじ医院"));
        // Taken back: the record of the wrong address leads back.
        let undone = clerk.submit(&path, "/life/undo", &[]).await;
        assert_eq!(undone.status, 303, "{}", undone.body);
        assert_eq!(owner_of(app, "k1").await, (FIRST, FIRST));
        let wrong = old.location().split('?').next().expect("a path").to_owned();
        let back = app.visitor().get(&wrong).await;
        assert!(back.location().starts_with(&page_of(FIRST)), "{}", back.location());
        assert!(!app.visitor().get("/directory/towns/143847").await.body.contains("架空つつじ医院"));
        // Closed, and open again.
        let closed = clerk.submit(&path, "name=\"what\"", &[("what", "closed"), ("day", "2026-11-01")]).await;
        assert_eq!(closed.status, 303, "{}", closed.body);
        let shown = app.visitor().get(&page_of(FIRST)).await;
        assert!(shown.status == 200 && shown.body.contains("この事業所は閉じました"));
        let stale = clerk.submit(&path, "name=\"what\"", &[("what", "open"), ("version", "1")]).await;
        assert_eq!(stale.status, 409, "somebody saved in between");
        let open = clerk.submit(&path, "name=\"what\"", &[("what", "open")]).await;
        assert_eq!(open.status, 303);
        assert!(!app.visitor().get(&page_of(FIRST)).await.body.contains("この事業所は閉じました"));
    }
}

both! {
    async fn another_municipality_decides_nothing_here(app: demo) {
        twice(app).await;
        let mut clerk = app.cast("ishigaki").await;
        assert_eq!(clerk.get(&format!("{}/life", page_of(FIRST))).await.status, 404);
        let page = clerk.get(&format!("/directory/pairs/{FIRST}/{SECOND}")).await;
        assert_eq!(page.status, 200, "the pair may be looked at");
        assert!(!page.body.contains("name=\"verdict\""));
        assert!(!clerk.get(&page_of(FIRST)).await.body.contains("/life"));
    }
}
