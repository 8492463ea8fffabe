//! An edition on its way in, seen in the browser: what it would do stands on the page before anything changes.

use crate::both;

const HEAD: &str = "都道府県コード又は市町村コード,No,都道府県名,市区町村名,事業所名,事業所名カナ,サービスの種類,住所,方書（ビル名等）,緯度,経度,電話番号,FAX番号,法人番号,法人の名称,事業所番号,利用可能曜日,利用可能曜日特記事項,定員,URL,高齢者の方と障害者の方が同時一体的に利用できるサービス,介護保険の通常の指定基準を満たしている,障害福祉の通常の指定基準を満たしている,備考\r\n";

/// A row of an invented prefecture part of the file: kind 790 has no rows in the demo, so that nothing else vanishes.
fn row(number: u32, at: &str, phone: &str) -> String {
    format!(
        "143618,{number},神奈川県,中井町,架空第{number}ステーション,,定期巡回・随時対応型訪問介護看護,中井町井ノ口{number},,{at},{phone},,,,149990{number:04},,,,,,,,\r\n"
    )
}

async fn send(clerk: &mut crate::harness::Person, name: &str, text: &str) -> String {
    let sent = clerk
        .upload(
            "/directory/imports",
            "name=\"as_of\"",
            &[],
            name,
            text.as_bytes(),
        )
        .await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    sent.location().to_owned()
}

async fn press(clerk: &mut crate::harness::Person, page: &str, what: &str) {
    let done = clerk.submit(page, &format!("{page}/{what}"), &[]).await;
    assert_eq!(done.status, 303, "{}", done.body);
}

both! {
    async fn an_edition_is_looked_at_accepted_and_taken_back(app: demo) {
        let mut clerk = app.cast("furusawa").await;
        let before = app.audit_rows("directory.accept").await;
        let town = "/directory/towns/143618";
        let first = format!("{HEAD}{}{}", row(1, "35.33,139.22", "0465-00-0001"), row(2, "35.33,139.22", "0465-00-0002"));
        let page = send(&mut clerk, "jigyosho_760_20260630.csv", &first).await;
        let shown = clerk.get(&page).await;
        assert!(shown.body.contains("架空第1ステーション"), "what would be added is shown: {}", shown.body);
        assert!(!app.visitor().get(town).await.body.contains("架空第1ステーション"), "nothing is seen yet");
        // Only one edition is open at a time.
        let second = clerk.upload("/directory/imports", "name=\"as_of\"", &[], "b_20260701.csv", first.as_bytes()).await;
        assert_eq!(second.status, 422);
        press(&mut clerk, &page, "accept").await;
        assert!(app.visitor().get(town).await.body.contains("架空第1ステーション"));

        // The next: one changed, one vanished, one new and far outside.
        let next = format!("{HEAD}{}{}", row(1, "35.33,139.22", "0465-00-0777"), row(3, "60.1,25.0", "0465-00-0003"));
        let page = send(&mut clerk, "jigyosho_760_20261231.csv", &next).await;
        let shown = clerk.get(&page).await;
        for word in ["0465-00-0777", "0465-00-0001", "架空第2ステーション", "架空第3ステーション", "位置が市町村の外です"] {
            assert!(shown.body.contains(word), "{word}: {}", shown.body);
        }
        press(&mut clerk, &page, "accept").await;
        let listed = app.visitor().get("/directory?q=%E6%9E%B6%E7%A9%BA%E7%AC%AC&town=143618&view=phone").await.body;
        assert!(listed.contains("0465-00-0777") && listed.contains("架空第2ステーション"), "vanished is not closed: {listed}");
        press(&mut clerk, &page, "undo").await;
        let listed = app.visitor().get("/directory?q=%E6%9E%B6%E7%A9%BA%E7%AC%AC&town=143618&view=phone").await.body;
        assert!(listed.contains("0465-00-0001") && !listed.contains("架空第3ステーション"), "{listed}");

        // A file that cannot be used says why and offers only to throw it away.
        let page = send(&mut clerk, "odd_20261231.csv", "a,b\n1,2\n").await;
        let shown = clerk.get(&page).await;
        assert!(shown.body.contains("見出しの行が見つかりません") && !shown.body.contains(&format!("{page}/accept")));
        assert!(shown.body.contains("/directory/mappings"));
        press(&mut clerk, &page, "discard").await;
        assert_eq!(app.audit_rows("directory.accept").await, before + 2);
        assert_eq!(app.audit_rows("directory.undo").await, 1);
        app.run_jobs().await;
    }
}

both! {
    async fn any_table_comes_in_through_a_saved_mapping(app: demo) {
        let mut clerk = app.cast("furusawa").await;
        let text = "お店,まち,ばしょ,でんわ\n架空ひなげし薬局,中井町,井ノ口77,0465-00-0077\n";
        let read = clerk.upload("/directory/mappings", "name=\"file\"", &[], "shops.csv", text.as_bytes()).await;
        assert_eq!(read.status, 200, "{}", read.body);
        assert!(read.body.contains("架空ひなげし薬局") && read.body.contains("ばしょ"));
        let (action, fields) = crate::harness::fields_of(&read.body, "name=\"map_name\"");
        let with = |changes: &[(&str, &str)]| {
            let mut fields = fields.clone();
            for (name, value) in changes {
                fields.retain(|(n, _)| n != name);
                fields.push(((*name).to_owned(), (*value).to_owned()));
            }
            fields
        };
        let nothing = clerk.post(&action, &with(&[("map_phone", "でんわ")])).await;
        assert_eq!(nothing.status, 422);
        assert!(nothing.body.contains("名前の列を選んでください"));
        let saved = clerk
            .post(&action, &with(&[("name", "架空の一覧"), ("kind", "pharmacy"), ("map_name", "お店"), ("map_city", "まち"), ("map_address", "ばしょ"), ("map_phone", "でんわ")]))
            .await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let page = clerk.get("/directory/imports").await;
        let at = page.body.find("架空の一覧</option>").expect("the mapping is offered");
        let id = page.body[..at].rsplit("value=\"").next().and_then(|t| t.split('"').next()).expect("an id").to_owned();
        let sent = clerk.upload("/directory/imports", "name=\"as_of\"", &[("mapping", &id)], "shops.csv", text.as_bytes()).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let edition = sent.location().to_owned();
        press(&mut clerk, &edition, "accept").await;
        let found = app.visitor().get("/api/v1/providers?q=%E6%9E%B6%E7%A9%BA%E3%81%B2%E3%81%AA%E3%81%92%E3%81%97").await;
        assert!(found.body.contains("0465-00-0077"), "{}", found.body);
        // Two people at once, a name twice, and the end of it.
        let path = format!("/directory/mappings/{id}");
        let late = clerk.submit(&path, "name=\"map_name\"", &[("version", "9")]).await;
        assert_eq!(late.status, 409, "{}", late.body);
        assert!(late.body.contains("架空の一覧"));
        let gone = clerk.submit(&path, &format!("{path}/remove"), &[]).await;
        assert_eq!(gone.status, 303);
        assert_eq!(clerk.get(&path).await.status, 404);
        app.run_jobs().await;
    }
}
