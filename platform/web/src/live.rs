//! Live pages: one stream per browser that says only "X changed". The page then fetches the fragment through its ordinary
//! route, so access is decided anew.
//!
//! Each message is `{"kind":"survey","subject":"…"}`. The event `end` tells the page to close its stream: the session is over,
//! or a newer page of the same browser has taken it over.

use crate::app::App;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::session;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use kernel::{AccountId, OrganisationId, SessionId, Uuid};
use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::{Change, Viewer};
use tokio::sync::{Notify, broadcast, mpsc};

/// No statements of its own: access is read through the store.
pub const STATEMENTS: &[store::Stmt] = &[];

/// How often a quiet stream shows that it lives, and access and session are looked at again.
const BEAT: Duration = Duration::from_secs(20);

/// Open streams by session.
#[derive(Default)]
pub struct Streams(Mutex<HashMap<SessionId, Arc<Notify>>>);

impl Streams {
    /// A new stream of a session; an older one of the same browser is told to end.
    fn take_over(&self, id: SessionId) -> Arc<Notify> {
        let bell = Arc::new(Notify::new());
        if let Ok(mut all) = self.0.lock()
            && let Some(old) = all.insert(id, bell.clone())
        {
            old.notify_one();
        }
        bell
    }

    fn leave(&self, id: SessionId, bell: &Arc<Notify>) {
        if let Ok(mut all) = self.0.lock()
            && all.get(&id).is_some_and(|b| Arc::ptr_eq(b, bell))
        {
            all.remove(&id);
        }
    }

    /// How many are open.
    pub(crate) fn open(&self) -> i64 {
        self.0
            .lock()
            .map_or(0, |all| i64::try_from(all.len()).unwrap_or(i64::MAX))
    }
}

struct Watcher {
    app: App,
    session: SessionId,
    account: AccountId,
    own: Vec<OrganisationId>,
    seen: HashSet<Uuid>,
}

impl Watcher {
    /// Whether the person may know that this changed.
    fn may_know(&self, change: &Change) -> bool {
        match change.tenant {
            None => true,
            Some(tenant) => {
                self.own.contains(&tenant)
                    || self.seen.contains(&tenant.uuid())
                    || self.seen.contains(&change.subject)
            }
        }
    }

    /// Whether this change ends the session (or all sessions of the account).
    fn ends(&self, change: &Change) -> bool {
        &*change.kind == "session"
            && (change.subject == self.session.uuid() || change.subject == self.account.uuid())
    }

    /// Reads access again and says whether the session is still live.
    async fn look(&mut self) -> bool {
        let now = self.app.env.now();
        let (session, account) = (self.session, self.account);
        let found = self
            .app
            .db
            .read(&Viewer::system("live", now), move |c| {
                let grants = store::access::of(c, account)?;
                let live = grants
                    .into_iter()
                    .filter(|g| g.until > now)
                    .map(|g| g.subject)
                    .collect::<HashSet<_>>();
                Ok::<_, store::Error>((live, session::is_alive(c, session, now)?))
            })
            .await;
        match found {
            Ok((seen, alive)) => {
                self.seen = seen;
                alive
            }
            // A busy database does not end a stream.
            Err(_) => true,
        }
    }
}

/// Opens the stream.
pub(crate) async fn stream(cx: Ctx) -> Result {
    let me = cx.require_me()?;
    let own = std::iter::once(me.organisation)
        .chain(me.acting_for.as_ref().map(|a| a.id))
        .collect();
    let mut watcher = Watcher {
        app: cx.app.clone(),
        session: me.session,
        account: me.account,
        own,
        seen: HashSet::new(),
    };
    let changes = cx.db().changes();
    watcher.look().await;
    let bell = cx.app.live.take_over(me.session);
    let (sender, receiver) = mpsc::channel(32);
    tokio::spawn(watch(watcher, changes, bell, sender));
    let stream = Receiver(receiver);
    Ok(Sse::new(stream)
        .keep_alive(KeepAlive::new().interval(BEAT))
        .into_response())
}

async fn watch(
    mut watcher: Watcher,
    mut changes: broadcast::Receiver<Change>,
    bell: Arc<Notify>,
    sender: mpsc::Sender<Event>,
) {
    let mut beat = tokio::time::interval(BEAT);
    beat.tick().await;
    loop {
        let event = tokio::select! {
            () = bell.notified() => break,
            () = sender.closed() => break,
            _ = beat.tick() => {
                if watcher.look().await { continue } else { break }
            }
            change = changes.recv() => match change {
                Ok(change) if watcher.ends(&change) => break,
                Ok(change) if &*change.kind == "session" || !watcher.may_know(&change) => continue,
                Ok(change) => Event::default().data(message(&change.kind, change.subject)),
                // Too much at once: the page looks at everything again.
                Err(broadcast::error::RecvError::Lagged(_)) => Event::default().data(message("*", Uuid::nil())),
                Err(broadcast::error::RecvError::Closed) => break,
            },
        };
        if sender.send(event).await.is_err() {
            break;
        }
    }
    let _ = sender.try_send(Event::default().event("end").data("end"));
    watcher.app.live.leave(watcher.session, &bell);
}

fn message(kind: &str, subject: Uuid) -> String {
    format!("{{\"kind\":\"{kind}\",\"subject\":\"{subject}\"}}")
}

/// The receiving end as a stream.
struct Receiver(mpsc::Receiver<Event>);

impl Stream for Receiver {
    type Item = Result<Event, Infallible>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0.poll_recv(cx).map(|event| event.map(Ok))
    }
}
