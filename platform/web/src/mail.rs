//! Mail: a row and a job in the transaction that causes it; sent by SMTP when a server is configured, else kept in the outbox.
//!
//! Bodies carry no personal data: a link and "something waits", never who or what.

use crate::app::App;
use kernel::{Time, Uuid};
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use store::jobs::{Handler, JobContext, NewJob};
use store::{Conn, Tx, Viewer};

store::statements! {
    PUT = "INSERT INTO mail (id, recipient, subject, body, written_at) VALUES (:id, :recipient, :subject, :body, :now)";
    GET = "SELECT recipient, subject, body, sent_at FROM mail WHERE id = :id";
    // Links in a body open doors: once a server has the mail, the copy here is worth nothing to a reader of the outbox.
    SENT = "UPDATE mail SET sent_at = :now, body = '' WHERE id = :id AND sent_at IS NULL";
    OUTBOX = "SELECT id, recipient, subject, body, written_at, sent_at FROM mail ORDER BY written_at DESC, id DESC
        LIMIT :most OFFSET :skip";
}

/// A mail to be sent.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Drawn before the write: its closure may run more than once.
    pub id: Uuid,
    /// One address.
    pub to: String,
    /// Subject, without personal data.
    pub subject: String,
    /// Plain text, without personal data.
    pub body: String,
}

/// A mail in the outbox.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// The mail.
    pub mail: Mail,
    /// When it was written.
    pub written_at: Time,
    /// When a server took it.
    pub sent_at: Option<Time>,
}

/// Writes a mail and the job that sends it.
///
/// # Errors
/// As the store.
pub fn send(tx: &mut Tx, mail: &Mail) -> store::Result<()> {
    let now = tx.now();
    tx.exec(
        &PUT,
        store::params! {
            "id" => mail.id, "recipient" => mail.to.as_str(), "subject" => mail.subject.as_str(),
            "body" => mail.body.as_str(), "now" => now,
        },
    )?;
    tx.enqueue(NewJob {
        kind: KIND,
        key: mail.id.to_string(),
        payload: mail.id.to_string(),
        run_at: now,
    })?;
    Ok(())
}

/// The outbox, latest first. Needs a system viewer.
///
/// # Errors
/// As the store.
pub fn outbox(conn: &mut Conn, skip: i64, most: i64) -> store::Result<Vec<Outgoing>> {
    conn.all(
        &OUTBOX,
        store::params! { "skip" => skip, "most" => most },
        |r| {
            Ok(Outgoing {
                mail: Mail {
                    id: r.get(0)?,
                    to: r.get(1)?,
                    subject: r.get(2)?,
                    body: r.get(3)?,
                },
                written_at: r.get(4)?,
                sent_at: r.get(5)?,
            })
        },
    )
}

const KIND: &str = "web.mail";

/// Sends one mail; the runner's state is the [`crate::App`].
pub(crate) const HANDLER: Handler = Handler {
    kind: KIND,
    max_attempts: 12,
    run: |job| Box::pin(deliver(job)),
};

/// The way out.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: String,
}

impl Mailer {
    /// A connection to a server. Without an address, or with one that cannot be read (logged), mail stays in the outbox.
    pub(crate) fn new(url: Option<&str>, from: &str) -> Option<Self> {
        match AsyncSmtpTransport::<Tokio1Executor>::from_url(url?) {
            Ok(builder) => Some(Self {
                transport: builder.build(),
                from: from.to_owned(),
            }),
            Err(e) => {
                tracing::error!(error = %e, "the address of the mail server cannot be read; mail stays in the outbox");
                None
            }
        }
    }

    fn message(&self, mail: &Mail) -> Result<Message, String> {
        let domain = self
            .from
            .rsplit_once('@')
            .map_or("localhost", |(_, d)| d.trim_end_matches('>'));
        Message::builder()
            .from(
                self.from
                    .parse()
                    .map_err(|e| format!("the sender's address: {e}"))?,
            )
            // The address itself stays out of the error, which is shown on the page of jobs.
            .to(mail
                .to
                .parse()
                .map_err(|_| "the recipient's address cannot be read".to_owned())?)
            // The same id at every try: a server that has taken it already can tell.
            .message_id(Some(format!("<{}@{domain}>", mail.id)))
            .subject(mail.subject.as_str())
            .header(ContentType::TEXT_PLAIN)
            .body(mail.body.clone())
            .map_err(|e| format!("the mail cannot be built: {e}"))
    }
}

async fn deliver(job: JobContext) -> Result<(), String> {
    let Some(mailer) = job.state::<App>().and_then(|app| app.mailer.as_ref()) else {
        return Ok(());
    };
    let id: Uuid = job
        .payload
        .parse()
        .map_err(|_| "the job names no mail".to_owned())?;
    let viewer = Viewer::system("mail", job.now);
    let found = job
        .db
        .read(&viewer, move |c| {
            c.opt(&GET, store::params! { "id" => id }, |r| {
                let mail = Mail {
                    id,
                    to: r.get(0)?,
                    subject: r.get(1)?,
                    body: r.get(2)?,
                };
                Ok((mail, r.get::<Option<Time>>(3)?))
            })
        })
        .await
        .map_err(|e: store::Error| e.to_string())?;
    let Some((mail, None)) = found else {
        return Ok(());
    };
    let message = mailer.message(&mail)?;
    mailer.transport.send(message).await.map_err(|e| {
        if e.is_permanent() {
            "the server refused the mail".to_owned()
        } else {
            "the server could not be reached".to_owned()
        }
    })?;
    job.db
        .write(&viewer, move |tx| {
            let now = tx.now();
            tx.exec(&SENT, store::params! { "id" => id, "now" => now })
        })
        .await
        .map(|_| ())
        .map_err(|e: store::Error| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_mail_is_built_and_bad_addresses_are_refused_without_their_text() {
        let mailer = Mailer {
            transport: AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("localhost").build(),
            from: "renkei@example.jp".to_owned(),
        };
        let mut mail = Mail {
            id: Uuid::nil(),
            to: "a@example.jp".to_owned(),
            subject: "お知らせ".to_owned(),
            body: "確認をお願いします。".to_owned(),
        };
        let text = String::from_utf8(mailer.message(&mail).unwrap().formatted()).unwrap();
        assert!(text.contains("Message-ID: <00000000-0000-0000-0000-000000000000@example.jp>"));
        assert!(text.contains("Subject: =?utf-8?"));
        mail.to = "nobody".to_owned();
        assert!(!mailer.message(&mail).unwrap_err().contains("nobody"));
    }
}
