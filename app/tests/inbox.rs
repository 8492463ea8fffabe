//! The paper tray: a form goes out on paper, comes back crooked, and lies at its answer.

use inbox::straight::Picture;

use crate::both;
use crate::forms::{Sent, sent};
use crate::harness::{Person, TestApp};

store::statements! {
    CODE = "SELECT code FROM inbox_code WHERE target LIKE 'return:%' ORDER BY id DESC LIMIT 1";
    PAPERS = "SELECT id, state FROM inbox_paper ORDER BY arrived_at, id";
    PAGES = "SELECT id, paper FROM inbox_page ORDER BY id";
    KEYS = "SELECT COUNT(*) FROM stored_blob";
    STEPS = "SELECT what FROM inbox_history ORDER BY at, id";
    OFFICE = "SELECT m.organisation, c.cast_key FROM cast_member c JOIN membership m ON m.account = c.account WHERE c.cast_key = 'sagara'";
    RETURNS = "SELECT COUNT(*) FROM form_return WHERE via = 'proxy'";
}

async fn texts(app: &TestApp, stmt: &'static store::Stmt) -> Vec<String> {
    app.system(move |c| c.all(stmt, store::params! {}, |r| r.get(0)))
        .await
}

async fn count(app: &TestApp, stmt: &'static store::Stmt) -> i64 {
    app.system(move |c| c.one(stmt, store::params! {}, |r| r.get(0)))
        .await
}

async fn papers(app: &TestApp) -> Vec<(uuid::Uuid, String)> {
    app.system(|c| c.all(&PAPERS, store::params! {}, |r| Ok((r.get(0)?, r.get(1)?))))
        .await
}

async fn pages(app: &TestApp) -> Vec<(uuid::Uuid, uuid::Uuid)> {
    app.system(|c| c.all(&PAGES, store::params! {}, |r| Ok((r.get(0)?, r.get(1)?))))
        .await
}

fn enter(sent: &Sent, at: usize) -> String {
    format!("/surveys/rounds/{}/enter/{}", sent.round, sent.replies[at])
}

/// The first page of the form of a municipality as a scanner sees it: printed, turned by a quarter and laid in crooked.
async fn scanned(officer: &mut Person, sent: &Sent, at: usize, quarter: u32, skew: f64) -> Vec<u8> {
    let path = format!(
        "/surveys/rounds/{}/forms/{}/form.pdf",
        sent.round, sent.replies[at]
    );
    let form = officer.get(&path).await;
    assert_eq!(form.status, 200);
    assert!(form.bytes.starts_with(b"%PDF-"));
    let pages = inbox::read::pages(form.bytes, |picture| picture).expect("our own PDF is read");
    let page = pages.into_iter().next().expect("a page");
    page.quarter(quarter).turned(skew).png().expect("a PNG")
}

async fn bring(app: &TestApp, person: &mut Person, name: &str, bytes: &[u8]) {
    let answer = person
        .upload("/inbox", "multipart/form-data", &[], name, bytes)
        .await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    app.run_jobs().await;
}

/// A page with ink and no code.
fn note() -> Vec<u8> {
    let mut page = Picture::white(400, 600);
    for y in 100..300 {
        page.pixels[y * 400 + 80..y * 400 + 300].fill(0);
    }
    page.png().expect("a PNG")
}

both! {
    async fn a_form_comes_home_on_paper(app: demo) {
        let sent = sent(app).await;
        let mut officer = app.cast("sagara").await;
        let scan = scanned(&mut officer, &sent, 1, 3, 8.0).await;
        bring(app, &mut officer, "scan0001.png", &scan).await;
        assert_eq!(papers(app).await.iter().map(|p| p.1.as_str()).collect::<Vec<_>>(), ["filed"]);

        // The picture lies beside the form of the right municipality, and of no other.
        let page = officer.get(&enter(&sent, 1)).await;
        assert!(page.body.contains("data-papers"), "{}", page.body);
        let other = officer.get(&enter(&sent, 0)).await;
        assert!(!other.body.contains("data-papers"));
        let picture = format!("/inbox/pages/{}", pages(app).await[0].0);
        let shown = officer.get(&picture).await;
        assert_eq!(shown.status, 200);
        assert_eq!(shown.header("content-type"), "image/png");
        assert_eq!(app.audit_rows("inbox.page.open").await, 1);
        // It stands upright again: higher than wide.
        let size = |at: usize| u32::from_be_bytes(shown.bytes[at..at + 4].try_into().expect("four bytes"));
        assert!(size(20) > size(16), "{} x {}", size(16), size(20));

        // It is typed with the picture beside, and the picture is there when the entry is confirmed.
        let typed = officer
            .submit(&enter(&sent, 1), "f-q1", &[("f-q1", "手書きの回答")])
            .await;
        assert_eq!(typed.status, 303, "{}", typed.body);
        let entered = officer.get(typed.location()).await;
        assert!(entered.body.contains("data-papers") && entered.body.contains("手書きの回答"));
        assert_eq!(count(app, &RETURNS).await, 1);

        // The address in the code leads a telephone to the same page; a changed one leads nowhere.
        let code = inbox::ShortCode::parse(&texts(app, &CODE).await[0]).expect("a code");
        let address = code.path(app.db.key());
        assert_eq!(officer.get(&address).await.location(), enter(&sent, 1));
        assert_eq!(officer.get(&format!("{address}0")).await.status, 404);

        // The same file again is not taken twice.
        bring(app, &mut officer, "scan0001.png", &scan).await;
        assert_eq!(papers(app).await.len(), 1);
        // In English, for who reads English.
        let english = app.cast("sagara").await.english().get("/inbox").await;
        assert!(english.body.contains("Paper tray"));
    }
}

both! {
    async fn papers_without_a_code_wait_for_a_person(app: demo) {
        let sent = sent(app).await;
        let mut officer = app.cast("sagara").await;
        let form = format!("/surveys/rounds/{}/forms/{}/form.pdf", sent.round, sent.replies[2]);
        assert_eq!(officer.get(&form).await.status, 200);
        let code = texts(app, &CODE).await[0].clone();
        bring(app, &mut officer, "fax.png", &note()).await;
        let (paper, state) = papers(app).await[0].clone();
        assert_eq!(state, "waiting");
        let here = format!("/inbox/{paper}");
        assert!(officer.get("/home").await.body.contains("href=\"/inbox\""));

        // A wrong character is noticed before anything is looked for.
        let mut wrong = code.clone();
        wrong.replace_range(0..1, if wrong.starts_with('2') { "3" } else { "2" });
        let refused = officer.submit(&here, "name=\"code\"", &[("code", &wrong)]).await;
        assert_eq!(refused.status, 422);
        // Typed as people type: small letters and spaces.
        let typed = format!("{} {}", code[..4].to_lowercase(), &code[4..]);
        let filed = officer.submit(&here, "name=\"code\"", &[("code", &typed)]).await;
        assert_eq!(filed.status, 303, "{}", filed.body);
        assert!(officer.get(&enter(&sent, 2)).await.body.contains("data-papers"));

        // It was the wrong municipality: chosen from the list instead.
        let target = format!("return:{}.{}", sent.round, sent.replies[0]);
        let moved = officer.submit(&here, "name=\"target\"", &[("target", &target)]).await;
        assert_eq!(moved.status, 303, "{}", moved.body);
        assert!(officer.get(&enter(&sent, 0)).await.body.contains("data-papers"));
        assert!(!officer.get(&enter(&sent, 2)).await.body.contains("data-papers"));

        // Somebody with an older page is told so, and nothing moves.
        let late = officer.submit(&here, "name=\"target\"", &[("target", &target), ("version", "1")]).await;
        assert_eq!(late.status, 422);
        // Turned, back, aside: each is a step.
        for mark in ["/turn\"", "/back\"", "/aside\""] {
            let done = officer.submit(&here, mark, &[]).await;
            assert_eq!(done.status, 303, "{mark}: {}", done.body);
        }
        assert_eq!(texts(app, &STEPS).await, ["arrived", "filed", "filed", "turned", "back", "aside"]);
        assert_eq!(papers(app).await[0].1, "aside");
    }
}

both! {
    async fn nobody_else_sees_the_papers(app: demo) {
        let _sent = sent(app).await;
        let mut officer = app.cast("sagara").await;
        bring(app, &mut officer, "fax.png", &note()).await;
        let (paper, _) = papers(app).await[0].clone();
        let (page, _) = pages(app).await[0];
        for key in crate::routes::cast_keys(app).await {
            let mut person = app.cast(&key).await;
            if person.get(&format!("/inbox/{paper}")).await.status == 200 {
                // A colleague of the same office; everybody else finds nothing.
                assert!(person.get("/inbox").await.body.contains("fax.png"), "{key}");
                continue;
            }
            for path in [format!("/inbox/{paper}"), format!("/inbox/pages/{page}")] {
                let status = person.get(&path).await.status;
                assert!(matches!(status, 403 | 404 | 303), "{key} {path}: {status}");
            }
            let tray = person.get("/inbox").await;
            assert!(!tray.body.contains("fax.png"), "{key}");
        }
        assert!(app.visitor().get("/inbox").await.location().contains("/sign-in"));
        assert_eq!(app.audit_rows("inbox.page.open").await, 0);
    }
}

both! {
    async fn stacks_are_split_joined_and_destroyed_in_time(app: demo) {
        let _sent = sent(app).await;
        let mut officer = app.cast("sagara").await;
        // Hostile and broken files are listed with page and reason; nothing of them is kept.
        let keys = count(app, &KEYS).await;
        for (name, bytes) in [("a.pdf", b"%PDF-1.7 broken".to_vec()), ("b.exe", b"MZ".to_vec()), ("c.pdf", b"%PDF-1.4 /JavaScript".to_vec())] {
            bring(app, &mut officer, name, &bytes).await;
            assert!(officer.get("/inbox").await.body.contains(name));
        }
        assert_eq!(count(app, &KEYS).await, keys);
        assert!(papers(app).await.is_empty());

        // Two pages of one file wait as one paper and are split; then they are joined again.
        bring(app, &mut officer, "two.tif", &two_pages()).await;
        let (paper, _) = papers(app).await[0].clone();
        let here = format!("/inbox/{paper}");
        let split = officer.submit(&here, "/split\"", &[]).await;
        assert_eq!(split.status, 303, "{}", split.body);
        let both = papers(app).await;
        assert_eq!(both.len(), 2);
        let of: std::collections::BTreeSet<_> = pages(app).await.into_iter().map(|p| p.1).collect();
        assert_eq!(of.len(), 2);
        let second = both.iter().find(|p| p.0 != paper).expect("another").0;
        let joined = officer.submit(&format!("/inbox/{second}"), "/merge\"", &[("into", &format!("{paper} 2"))]).await;
        assert_eq!(joined.status, 303, "{}", joined.body);
        assert!(pages(app).await.iter().all(|p| p.1 == paper));

        // Put aside, it is kept for a month, and then its pictures cannot be opened by anybody.
        let aside = officer.submit(&here, "/aside\"", &[]).await;
        assert_eq!(aside.status, 303);
        assert_eq!(inbox::actions::dispose(&app.db).await.expect("disposed"), 0);
        assert!(count(app, &KEYS).await > keys);
        app.env.advance_secs(31 * 86_400);
        assert_eq!(inbox::actions::dispose(&app.db).await.expect("disposed"), 1);
        assert_eq!(count(app, &KEYS).await, keys);
        let (page, _) = pages(app).await[0];
        let mut officer = app.cast("sagara").await;
        assert_eq!(officer.get(&format!("/inbox/pages/{page}")).await.status, 404);
        assert_eq!(officer.get(&here).await.status, 200);
    }
}

/// Two pages of black and white, as the simplest scanner writes them.
fn two_pages() -> Vec<u8> {
    let mut out = b"II*\0\0\0\0\0".to_vec();
    let mut link = 4;
    for _ in 0..2 {
        let strip = out.len() as u32;
        for row in 0..80 {
            out.extend([if row % 8 < 2 { 0x0f_u8 } else { 0xff }; 8]);
        }
        let at = out.len() as u32;
        out[link..link + 4].copy_from_slice(&at.to_le_bytes());
        let fields: [(u16, u32); 8] = [
            (256, 64),
            (257, 80),
            (258, 1),
            (259, 1),
            (262, 1),
            (273, strip),
            (278, 80),
            (279, 640),
        ];
        out.extend((fields.len() as u16).to_le_bytes());
        for (tag, value) in fields {
            out.extend(tag.to_le_bytes());
            out.extend(4_u16.to_le_bytes());
            out.extend(1_u32.to_le_bytes());
            out.extend(value.to_le_bytes());
        }
        link = out.len();
        out.extend([0; 4]);
    }
    out
}

#[cfg(unix)]
both! {
    async fn the_folder_of_the_device_is_emptied_into_the_tray(app: demo) {
        let folder = std::env::temp_dir().join(format!("renkei-scans-{}", app.env.uuid()));
        let (office, _): (kernel::OrganisationId, String) = app
            .system(|c| c.one(&OFFICE, store::params! {}, |r| Ok((r.get(0)?, r.get(1)?))))
            .await;
        let own = folder.join(office.to_string());
        std::fs::create_dir_all(&own).expect("a folder");
        std::fs::create_dir_all(folder.join("nobody")).expect("a folder");
        std::fs::write(own.join("0001.png"), note()).expect("a file");
        std::fs::write(own.join("0002.bin"), b"not a scan").expect("a file");
        std::fs::write(folder.join("nobody/0003.png"), note()).expect("a file");
        let none = std::time::Duration::ZERO;
        assert_eq!(app::scans::once(&app.db, &folder, none).await.expect("looked"), 2);
        app.run_jobs().await;
        assert_eq!(std::fs::read_dir(&own).expect("a folder").count(), 0);
        assert_eq!(papers(app).await.len(), 1);
        let tray = app.cast("sagara").await.get("/inbox").await;
        assert!(tray.body.contains("0001.png") && tray.body.contains("0002.bin"));
        // A file that is still being written stays.
        std::fs::write(own.join("0004.png"), note()).expect("a file");
        let long = std::time::Duration::from_secs(600);
        assert_eq!(app::scans::once(&app.db, &folder, long).await.expect("looked"), 0);
        std::fs::remove_dir_all(&folder).expect("tidied");
    }
}
