//! The nightly backup: made once, copied, tested, thinned out, and shown to the administrator.

use app::backups::{Places, once, rows};

use crate::both;
use crate::harness::TestApp;

fn places(app: &TestApp) -> Places {
    let beside = app.config.data_dir.with_file_name("backups");
    std::fs::create_dir_all(beside.join("elsewhere")).expect("a folder");
    Places {
        folder: beside.join("here"),
        copy: Some(beside.join("elsewhere")),
        scratch: beside.join("scratch"),
    }
}

fn archives(folder: &std::path::Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|e| {
            e.expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

both! {
    async fn a_backup_every_night_with_copy_and_restore_test(app: demo) {
        let places = places(app);
        let mut admin = app.cast("miura").await;
        assert!(admin.get("/admin").await.body.contains("RENKEI_BACKUP_DIR"), "says how to set it up");

        assert!(once(&app.db, &places).await.expect("a backup"), "due");
        assert!(!once(&app.db, &places).await.expect("nothing to do"), "one per night, also with a second node");
        let first = app.system(|c| rows::last(c, 5)).await;
        assert_eq!(first.len(), 1);
        assert!(first[0].finished.is_some() && first[0].verified.is_some() && first[0].rows > 100, "{first:?}");
        assert_eq!(first[0].problem, "");
        assert_eq!(archives(&places.folder), archives(places.copy.as_deref().expect("set")));
        assert!(!places.scratch.exists(), "nothing stays of the restore test");
        let page = admin.get("/admin").await.body;
        assert!(page.contains(&first[0].place) && page.contains("予定どおり"), "{page}");

        // The next night is tested no more: once a month is enough.
        app.env.advance_secs(24 * 3600);
        assert!(once(&app.db, &places).await.expect("a backup"));
        let second = app.system(|c| rows::last(c, 5)).await;
        assert!(second.len() == 2 && second[0].verified.is_none());
        assert_eq!(archives(&places.folder).len(), 2);

        // A copy that cannot be made is not passed over in silence.
        app.env.advance_secs(48 * 3600);
        std::fs::remove_dir_all(places.copy.as_deref().expect("set")).expect("unmounted");
        assert!(once(&app.db, &places).await.is_err());
        let mut admin = app.cast("miura").await;
        let home = admin.get("/home").await.body;
        assert!(home.contains("バックアップを確かめる"), "{home}");
        assert!(admin.get("/admin").await.body.contains("遅れています"));
        assert!(!once(&app.db, &places).await.expect("waits"), "not tried again at once");
        std::fs::create_dir_all(places.copy.as_deref().expect("set")).expect("mounted again");
        app.env.advance_secs(5 * 3600);
        assert!(once(&app.db, &places).await.expect("made good"));
        let mut admin = app.cast("miura").await;
        assert!(!admin.get("/home").await.body.contains("バックアップを確かめる"));
        let mut clerk = app.cast("ishigaki").await;
        assert_ne!(clerk.get("/admin").await.status, 200);
    }
}
