//! Finding providers: what a resident, a desk and a program see of the directory.

use kernel::Uuid;
use serde_json::Value;
use store::Viewer;

use crate::{both, harness::TestApp};

store::statements! {
    PUT = "INSERT INTO provider (id, edition, status, in_area, municipality, name, kana, name_en, name_key, postal, address, building,
        address_key, lat, lon, precision_code, phone, fax, url, corporation, corporation_number, kinds, note, source, verified_by,
        fictional, updated_at, version) VALUES (:id, 0, :status, 1, :town, :name, :kana, '', :name, '', :address, '', :address, :lat, :lon,
        :precision, :phone, '', '', '', '', :kinds, '', 'test', '', 1, 0, 1)";
    TREATS = "INSERT INTO provider_professional (id, provider, tenant, treatments, conditions, direct_phone, direct_fax, liaison_name,
        liaison_hours, source, verified_by, updated_at) VALUES (:id, :id, :id, 'oxygen', '酸素は3L/分まで', '0465-00-0009', '', '', '', 'test', '', 0)";
    CALLS = "INSERT INTO provider_care (provider, home_visit, visit_area, visit_note, languages, source, verified_by, updated_at)
        VALUES (:id, 1, '143847', '', 'en', 'test', '', 0)";
}

struct One {
    id: u128,
    town: &'static str,
    name: &'static str,
    kana: &'static str,
    kinds: &'static str,
    place: Option<(f64, f64)>,
}

const ALL: [One; 5] = [
    One {
        id: 1,
        town: "143847",
        name: "架空なぎさ薬局",
        kana: "カクウナギサヤッキョク",
        kinds: "pharmacy",
        place: Some((35.1468, 139.1087)),
    },
    One {
        id: 2,
        town: "142069",
        name: "架空つゆき小規模多機能",
        kana: "カクウツユキショウキボタキノウ",
        kinds: "730",
        place: Some((35.25, 139.15)),
    },
    One {
        id: 3,
        town: "143847",
        name: "架空みなと診療所",
        kana: "カクウミナトシンリョウジョ",
        kinds: "clinic",
        place: None,
    },
    One {
        id: 4,
        town: "143669",
        name: "架空あしがら薬局",
        kana: "カクウアシガラヤッキョク",
        kinds: "pharmacy",
        place: Some((35.33, 139.12)),
    },
    One {
        id: 5,
        town: "143839",
        name: "架空ひものデイ",
        kana: "カクウヒモノデイ",
        kinds: "150",
        place: Some((35.158, 139.137)),
    },
];

async fn put(app: &TestApp, one: &One, status: &'static str) {
    let (id, town, name, kana, kinds, place) = (
        Uuid::from_u128(one.id),
        one.town,
        one.name,
        one.kana,
        one.kinds,
        one.place,
    );
    let viewer = Viewer::system("test", app.env.now());
    app.db
        .write(&viewer, move |tx| {
            tx.exec(
                &PUT,
                store::params! {
                    "id" => id, "status" => status, "town" => town, "name" => name, "kana" => kana, "address" => "架空1-1", "kinds" => kinds,
                    "lat" => place.map(|p| p.0), "lon" => place.map(|p| p.1), "precision" => if place.is_some() { "exact" } else { "none" },
                    "phone" => "0465-00-0001",
                },
            )?;
            tx.changed("provider", id, None)
        })
        .await
        .expect("a provider is saved");
}

async fn filled(app: &TestApp) {
    for one in &ALL {
        put(app, one, "open").await;
    }
}

both! {
    async fn a_resident_finds_what_is_near(app: demo) {
        filled(app).await;
        let page = app.visitor().get("/directory?q=%E3%82%86%E3%81%8C%E3%82%8F%E3%82%89%20%E3%81%AA%E3%81%8E%E3%81%95").await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("架空なぎさ薬局") && page.body.contains("href=\"tel:0465000001\""), "{}", page.body);
        assert!(!page.body.contains("架空あしがら薬局"));
        // One letter wrong.
        let page = app.visitor().get("/directory?q=%E6%9E%B6%E7%A9%BA%E3%81%AA%E3%81%8E%E3%81%97%E8%96%AC%E5%B1%80").await;
        assert!(page.body.contains("架空なぎさ薬局"), "{}", page.body);
        for path in ["/directory", "/directory?view=map", "/directory?q=%E8%96%AC&view=phone", "/directory/towns/143847", "/opendata", "/opendata/", "/api"] {
            let ja = app.visitor().get(path).await;
            let en = app.visitor().english().get(path).await;
            assert_eq!((ja.status, en.status), (200, 200), "{path}");
            assert_eq!(en.body.matches("<h1").count(), 1, "{path}");
        }
        assert_eq!(app.visitor().get("/directory/towns/999999").await.status, 404);
    }
}

both! {
    async fn what_is_saved_is_found_by_the_next_search(app: demo) {
        let ask = "/api/v1/providers?q=%E6%9E%B6%E7%A9%BA%E3%81%AA%E3%81%8E%E3%81%95";
        let total = |body: &str| serde_json::from_str::<Value>(body).expect("JSON")["total"].clone();
        assert_eq!(total(&app.visitor().get(ask).await.body), 0);
        put(app, &ALL[0], "open").await;
        assert_eq!(total(&app.visitor().get(ask).await.body), 1);
    }
}

both! {
    async fn a_closed_office_says_so_and_is_not_listed(app: demo) {
        put(app, &ALL[0], "closed").await;
        let list = app.visitor().get("/directory?q=%E6%9E%B6%E7%A9%BA%E3%81%AA%E3%81%8E%E3%81%95").await;
        assert!(!list.body.contains("架空なぎさ薬局"));
        let page = app.visitor().get(&format!("/directory/providers/{}", Uuid::from_u128(1))).await;
        assert_eq!(page.status, 200, "addresses on paper stay valid");
        assert!(page.body.contains("この事業所は閉じました"));
    }
}

both! {
    async fn only_professionals_see_and_filter_by_treatments(app: demo) {
        filled(app).await;
        let id = Uuid::from_u128(3);
        let ask = "/directory?q=%E8%A8%AA%E5%95%8F%E8%A8%BA%E7%99%82%20%E6%B9%AF%E6%B2%B3%E5%8E%9F";
        let unknown = app.visitor().get(ask).await;
        assert!(unknown.body.contains("確かめられた所は、まだありません"), "{}", unknown.body);
        let viewer = Viewer::system("test", app.env.now());
        app.db
            .write(&viewer, move |tx| {
                tx.exec(&TREATS, store::params! { "id" => id })?;
                tx.exec(&CALLS, store::params! { "id" => id })?;
                tx.changed("provider", id, None)
            })
            .await
            .expect("saved");
        let path = format!("/directory/providers/{id}");
        let public = app.visitor().get(&path).await;
        assert!(public.body.contains("架空みなと診療所") && !public.body.contains("酸素は3L/分まで") && !public.body.contains("0465-00-0009"));
        let filtered = app.visitor().get("/directory?treats=oxygen").await;
        assert!(!filtered.body.contains("架空みなと診療所"));
        let mut clerk = app.cast("ishigaki").await;
        assert!(clerk.get(&path).await.body.contains("酸素は3L/分まで"));
        assert!(clerk.get("/directory?treats=oxygen&view=phone").await.body.contains("0465-00-0009"));
        // 訪問診療 湯河原
        let calls = app.visitor().get("/directory?q=%E8%A8%AA%E5%95%8F%E8%A8%BA%E7%99%82%20%E6%B9%AF%E6%B2%B3%E5%8E%9F%20%E6%9E%B6%E7%A9%BA%E3%81%BF%E3%81%AA%E3%81%A8").await;
        assert!(calls.body.contains("架空みなと診療所"));
        let known = app.visitor().get(ask).await;
        assert!(known.body.contains("架空みなと診療所") && !known.body.contains("確かめられた所は、まだありません"), "{}", known.body);
    }
}

both! {
    async fn the_api_is_strict_and_measures(app: demo) {
        filled(app).await;
        for path in ["radius=3", "q=a&near=300,1", "kind=%27", "page=0", "treats=oxygen", "view=map", "near=35"] {
            let answer = app.visitor().get(&format!("/api/v1/providers?{path}")).await;
            assert_eq!(answer.status, 400, "{path}");
            assert!(answer.body.contains("documentation"), "{path}");
        }
        let answer = app.visitor().get("/api/v1/providers?q=%E6%9E%B6%E7%A9%BA&near=35.1468,139.1087&kind=pharmacy").await;
        assert!(answer.header("content-type").starts_with("application/json"));
        let json: Value = serde_json::from_str(&answer.body).expect("JSON");
        assert_eq!(json["total"], 2);
        assert_eq!(json["providers"][0]["name"], "架空なぎさ薬局");
        assert_eq!(json["providers"][0]["distance_m"], 0.0);
        assert!(json["providers"][1]["distance_m"].as_f64().expect("a distance") > 15_000.0);
        let pins = app.visitor().get("/directory/pins.json?q=%E6%9E%B6%E7%A9%BA").await;
        let json: Value = serde_json::from_str(&pins.body).expect("JSON");
        assert_eq!(json["features"].as_array().map(Vec::len), Some(4), "one has no place");
    }
}

both! {
    async fn the_files_hold_every_provider(app: demo) {
        filled(app).await;
        let csv = app.visitor().get("/opendata/directory.csv").await;
        assert_eq!(&csv.bytes[..3], b"\xef\xbb\xbf");
        assert!(csv.body.contains("全国地方公共団体コード") && ALL.iter().all(|one| csv.body.contains(one.name)));
        for file in ["directory.geojson", "directory.jsonld", "catalog.jsonld"] {
            let answer = app.visitor().get(&format!("/opendata/{file}")).await;
            assert_eq!(answer.status, 200, "{file}");
            let json: Value = serde_json::from_slice(&answer.bytes).expect(file);
            assert!(json.to_string().contains("creativecommons"), "{file}");
        }
        assert_eq!(app.visitor().get("/opendata/directory.exe").await.status, 404);
    }
}

both! {
    async fn only_a_map_page_starts_a_worker(app: demo) {
        filled(app).await;
        let map = app.visitor().get("/directory?view=map").await;
        let policy = map.header("content-security-policy");
        assert!(policy.contains("worker-src 'self'") && !policy.contains("https:"), "{policy}");
        assert!(!app.visitor().get("/").await.header("content-security-policy").contains("worker-src"));
        assert!(map.body.contains("class=\"area-map\"") && map.body.contains("国土数値情報"), "drawn by the server too");
    }
}

both! {
    async fn finding_stays_within_twelve_statements(app: demo) {
        filled(app).await;
        let id = Uuid::from_u128(1);
        for person in [&mut app.visitor(), &mut app.cast("ishigaki").await] {
            for path in [
                "/directory", "/directory?q=%E8%96%AC", "/directory?q=%E8%96%AC&view=phone", "/directory?q=%E8%96%AC&view=map", "/directory/towns/143847",
                "/directory/guide/143847", "/directory/guide/area", "/directory/hospital/143847", "/api/v1/providers?q=%E8%96%AC", &format!("/directory/providers/{id}"),
            ] {
                person.get(path).await;
                let before = app.db.statements_run();
                assert_eq!(person.get(path).await.status, 200, "{path}");
                let run = app.db.statements_run() - before;
                // A provider's page says eleven things of one record, each from its own table.
                let most = if path.contains("/providers/") { 16 } else { 12 };
                assert!(run <= most, "{path} runs {run} statements");
            }
        }
    }
}

both! {
    async fn the_guide_on_the_screen_is_short(app: demo) {
        for path in ["/directory/guide/area", "/directory/guide/142069", "/directory/guide/143847"] {
            let page = app.visitor().get(path).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(page.body.len() < 200_000, "{path}: {} bytes", page.body.len());
        }
        let town = app.visitor().get("/directory/guide/142069").await.body;
        let at = town.find("?kind=").expect("kinds are linked");
        let kind: String = town[at + 6..].chars().take_while(char::is_ascii_alphanumeric).collect();
        let part = app.visitor().get(&format!("/directory/guide/142069?kind={kind}")).await;
        assert!(part.status == 200 && part.body.contains("<table"), "{}", part.body);
        let map = app.visitor().get("/directory/guide/143847?map=1").await;
        assert!(map.status == 200 && map.body.contains("guide-figure"), "{}", map.body);
        assert_eq!(app.visitor().get("/directory/guide/143847?map=99").await.status, 404);
        let row = app.visitor().get("/directory/guide/area?index=%E3%81%82").await;
        assert!(row.status == 200 && row.body.contains("?kind=") && row.body.contains("#p"), "{}", row.body);
        assert_eq!(app.visitor().get("/directory/guide/142069?kind=nothing").await.status, 404);
    }
}
