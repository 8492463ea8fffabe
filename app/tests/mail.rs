//! Mail leaves through SMTP once, and its copy is emptied; while the server is away it waits.

use std::sync::Arc;

use app::compose;
use store::{Stamp, Viewer, jobs::Runner};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use web::mail::{Mail, outbox, send};

use crate::both;
use crate::harness::TestApp;

/// A mail server for one delivery: answers what a client needs to hear and hands back what it was given.
async fn server() -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("smtp://{}", listener.local_addr().expect("an address"));
    let taken = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a client");
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 ready\r\n").await.expect("written");
        let (mut taken, mut data) = (String::new(), false);
        while let Ok(Some(line)) = lines.next_line().await {
            let answer: &[u8] = if data {
                taken.push_str(&line);
                taken.push('\n');
                if line != "." {
                    continue;
                }
                data = false;
                b"250 taken\r\n"
            } else {
                match line
                    .split([' ', ':'])
                    .next()
                    .unwrap_or_default()
                    .to_uppercase()
                    .as_str()
                {
                    "DATA" => {
                        data = true;
                        b"354 go on\r\n"
                    }
                    "QUIT" => {
                        let _ = write.write_all(b"221 bye\r\n").await;
                        break;
                    }
                    _ => b"250 ok\r\n",
                }
            };
            write.write_all(answer).await.expect("written");
            if taken.ends_with("\n.\n") || taken == ".\n" {
                break;
            }
        }
        taken
    });
    (url, taken)
}

async fn write_one(app: &TestApp) {
    let mail = Mail {
        id: app.env.uuid(),
        to: "office@example.jp".to_owned(),
        subject: "招待".to_owned(),
        body: "https://renkei.example.jp/invitation?code=ABC".to_owned(),
    };
    app.db
        .write(&Viewer::system("test", app.env.now()), move |tx| {
            send(tx, &mail)
        })
        .await
        .expect("written");
}

/// Runs the due jobs of the same installation with this mail server in its settings.
async fn deliver(app: &TestApp, url: &str) {
    let mut config = app.config.clone();
    config.smtp_url = Some(url.to_owned());
    let web = compose::application(
        &config,
        app.db.clone(),
        app.env.clone(),
        Stamp::Demo,
        Default::default(),
    )
    .expect("the application is composed");
    Runner::new(app.db.clone(), web.jobs(), Arc::new(web))
        .run_due()
        .await
        .expect("jobs run");
}

both! {
    async fn a_mail_leaves_once_and_its_copy_is_emptied(app: demo) {
        write_one(app).await;
        // Nobody listens on this port: the mail waits for its next try.
        deliver(app, "smtp://127.0.0.1:9").await;
        let waiting = app.system(|c| outbox(c, 0, 10)).await;
        assert!(waiting[0].sent_at.is_none() && waiting[0].mail.body.contains("code=ABC"));
        let due = app.system(|c| store::jobs::list(c, Some(store::jobs::State::Waiting), 10)).await;
        assert_eq!(due.iter().filter(|j| j.kind == "web.mail").count(), 1, "{due:?}");

        app.env.advance_secs(3600);
        let (url, taken) = server().await;
        deliver(app, &url).await;
        let text = taken.await.expect("the server ends");
        assert!(text.contains("office@example.jp") && text.contains("invitation?code"), "{text}");
        let sent = app.system(|c| outbox(c, 0, 10)).await;
        assert!(sent[0].sent_at.is_some() && sent[0].mail.body.is_empty());
        assert_eq!(app.system(store::jobs::counts).await.waiting, 0);
    }
}
