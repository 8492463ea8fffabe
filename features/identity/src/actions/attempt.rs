//! Somebody who wants in: what is known of them, and how wrong attempts are counted.

use std::net::IpAddr;

use kernel::{AccountId, OrganisationId, Time, Uuid};
use store::Viewer;
use web::Ctx;

use super::{Refusal, Secret, about, field, hex, keyed, known, refused};
use crate::{
    model::lockout::{Counted, Counter, FORGET_AFTER},
    store::{
        accounts::{self, Found},
        attempts,
        factors::{self, Factors},
        memberships::{self, Membership},
    },
};

/// The names under which attempts are counted.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    pub(crate) who: String,
    /// None from a browser that is known for the account: it has a counter of its own.
    pub(crate) address: Option<String>,
}

pub(crate) struct Candidate {
    pub(crate) found: Option<Found>,
    pub(crate) places: Vec<Membership>,
    pub(crate) factors: Factors,
    pub(crate) counters: (Counter, Counter),
    pub(crate) keys: Keys,
}

impl Candidate {
    pub(crate) fn account(&self) -> Option<AccountId> {
        self.found.as_ref().map(|f| f.id)
    }

    pub(crate) fn office(&self) -> Option<OrganisationId> {
        self.places.first().map(|p| p.organisation)
    }

    pub(crate) fn refused_until(&self, now: Time) -> Option<Time> {
        self.counters
            .0
            .refused_until(now)
            .max(self.counters.1.refused_until(now))
    }
}

pub(crate) enum Who {
    Name(String),
    Account(AccountId),
}

pub(crate) async fn candidate(
    cx: &Ctx,
    who: Who,
    name_key: [u8; 32],
    shown: Option<String>,
) -> store::Result<Candidate> {
    let db = cx.db().clone();
    let viewer = Viewer::system("sign-in", cx.now).from(cx.ip.to_string());
    let address = address_key(cx, cx.ip);
    cx.db()
        .read(&viewer, move |conn| {
            let found = match who {
                Who::Name(folded) => accounts::by_name(conn, &folded)?,
                Who::Account(id) => accounts::by_id(conn, id)?,
            };
            // The same statements run when there is nobody.
            let id = found.as_ref().map_or(AccountId::new(Uuid::nil()), |f| f.id);
            // A known browser that has used up its own attempts is like any other: its owner asks the manager.
            let mut known = known::counter(&db, id, shown.as_deref()).filter(|_| found.is_some());
            if let Some(browser) = &known
                && attempts::counter(conn, browser)?
                    .refused_until(conn.now())
                    .is_some()
            {
                known = None;
            }
            let key = match (&known, &found) {
                (Some(browser), _) => browser.clone(),
                (None, Some(found)) => format!("account:{}", found.id),
                (None, None) => format!("name:{}", hex(&name_key)),
            };
            let address = known.is_none().then_some(address);
            let counters = (
                attempts::counter(conn, &key)?,
                match &address {
                    Some(address) => attempts::counter(conn, address)?,
                    None => Counter::default(),
                },
            );
            let (places, factors) = (memberships::of_account(conn, id)?, factors::of(conn, id)?);
            Ok(Candidate {
                found,
                places,
                factors,
                counters,
                keys: Keys { who: key, address },
            })
        })
        .await
}

/// Households and offices are counted, not single addresses: an IPv6 site has a whole /64.
pub(crate) fn address_key(cx: &Ctx, ip: IpAddr) -> String {
    let net = match ip.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => hex(&v6.octets()[..8]),
    };
    format!("address:{}", hex(&keyed(cx.db(), Secret::Address, &net)))
}

/// Counts a wrong attempt on the account (or the name that nobody has) and on the address.
pub(crate) async fn count_failure(
    cx: &Ctx,
    who: &Candidate,
    action: &'static str,
    typed: Option<&str>,
) -> store::Result<Refusal> {
    let viewer = Viewer::public(cx.now).from(cx.ip.to_string());
    let (keys, account, office, typed) = (
        who.keys.clone(),
        who.account(),
        who.office(),
        typed.map(str::to_owned),
    );
    let until = cx
        .db()
        .write(&viewer, move |tx| {
            let now = tx.now();
            let mine = attempts::counter(tx, &keys.who)?.after_failure(Counted::Account, now);
            attempts::put(tx, &keys.who, mine)?;
            let mut theirs = Counter::default();
            if let Some(address) = &keys.address {
                theirs = attempts::counter(tx, address)?.after_failure(Counted::Address, now);
                attempts::put(tx, address, theirs)?;
            }
            attempts::sweep(tx, now.plus_secs(-2 * FORGET_AFTER))?;
            let mut row = refused(about(action, account, office));
            if let Some(typed) = &typed {
                row.fields.push(field("name", None, Some(typed)));
            }
            tx.audit(row)?;
            for (counter, word) in [(mine, "account"), (theirs, "address")] {
                if counter.is_locked() {
                    let mut row = refused(about("identity.lockout", account, office));
                    row.fields.push(field("counted", None, Some(word)));
                    tx.audit(row)?;
                }
            }
            Ok::<_, store::Error>(mine.refused_until(now).max(theirs.refused_until(now)))
        })
        .await?;
    Ok(until.map_or(Refusal::Wrong, Refusal::Locked))
}

pub(crate) async fn note_refusal(
    cx: &Ctx,
    who: &Candidate,
    action: &'static str,
    typed: Option<&str>,
) -> store::Result<()> {
    let mut row = refused(about(action, who.account(), who.office()));
    if let Some(typed) = typed {
        row.fields.push(field("name", None, Some(typed)));
    }
    cx.db()
        .audit(&Viewer::public(cx.now).from(cx.ip.to_string()), row)
        .await
}
