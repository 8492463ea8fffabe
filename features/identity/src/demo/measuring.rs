//! Accounts to measure with: three hundred people of one invented office who all sign in at the same moment.

use areas::model::Organisation;
use kernel::{AccountId, OrganisationId};
use store::{Audit, Db, Stamp, Viewer};
use web::Role;

use super::{Error, fixed};
use crate::{
    actions::totp_context,
    hashing,
    model::{MembershipId, totp},
    store::{
        accounts, factors,
        memberships::{self, Membership},
    },
};

/// Accounts made in one transaction: a write stays short.
const AT_ONCE: usize = 50;

/// What one of them types to sign in.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Login {
    /// Sign-in name.
    pub login: String,
    /// Password.
    pub password: String,
    /// Code of the authenticator app; it opens once, and for at least a minute from now.
    pub code: String,
}

/// Makes so many accounts with a password and an authenticator app, members of one invented office, and says how they
/// sign in. Asked again, the same accounts get a new password, a new app and new codes. Only a database stamped demo takes them.
///
/// All share one password and therefore one hash: making three hundred would take longer than what is to be measured, and
/// checking a password costs the same whoever else has it. Nothing is served with them but the bench: the password is drawn anew each
/// time and is known to the caller only.
///
/// # Errors
/// [`Error::NotDemo`]; the database.
pub async fn accounts_for_measuring(db: &Db, count: usize) -> Result<Vec<Login>, Error> {
    if db.stamp().await? != Some(Stamp::Demo) {
        return Err(Error::NotDemo);
    }
    let (env, now) = (db.env(), db.env().now());
    let password = env.token();
    let hash = hashing::hash(env, &password)
        .await
        .map_err(|e| Error::Hash(e.to_string()))?;
    // One step ahead is within the tolerance, so the code lasts for this step, the next and the one after.
    let shown = now.plus_secs(i64::try_from(totp::STEP_SECS).unwrap_or_default());
    let office = OrganisationId::new(fixed(db, "organisation:bench"));
    let viewer = Viewer::system("accounts for measuring", now);
    db.write::<_, store::Error>(&viewer, move |tx| {
        areas::store::save_organisation(tx, &invented(office))
    })
    .await?;
    let mut logins = Vec::with_capacity(count);
    for from in (0..count).step_by(AT_ONCE) {
        let mut batch = Vec::with_capacity(AT_ONCE);
        for number in from..count.min(from + AT_ONCE) {
            let account = AccountId::new(fixed(db, &format!("account:bench-{number}")));
            let secret = env.bytes::<{ totp::SECRET_BYTES }>();
            let login = format!("bench-{number}");
            logins.push(Login {
                login: login.clone(),
                password: password.clone(),
                code: totp::code_at(&secret, shown),
            });
            let place = Membership {
                id: MembershipId::new(fixed(db, &format!("membership:bench-{number}"))),
                account,
                organisation: office,
                role: Role::Member,
                profession: "care-manager".to_owned(),
                starts: now,
                ends: None,
            };
            let sealed = db.key().seal(&secret, &totp_context(account))?;
            batch.push((login, place, sealed));
        }
        let hash = hash.clone();
        db.write::<_, store::Error>(&viewer, move |tx| {
            for (login, place, sealed) in &batch {
                accounts::put_fictional(tx, place.account, login, login, None)?;
                accounts::set_password(tx, place.account, &hash, false)?;
                memberships::put_fictional(tx, place)?;
                memberships::refresh_access(tx, place.account)?;
                factors::put_totp(tx, place.account, sealed, -1)?;
            }
            tx.audit(Audit {
                action: "identity.bench.accounts",
                table: "account",
                ..Audit::default()
            })
        })
        .await?;
    }
    Ok(logins)
}

fn invented(id: OrganisationId) -> Organisation {
    let name = "Bench office (fictional)";
    Organisation {
        id,
        kind: "provider".to_owned(),
        name: name.to_owned(),
        short_name: name.to_owned(),
        name_en: name.to_owned(),
        regime: "private".to_owned(),
        municipality: None,
        fictional: true,
        source: "bench".to_owned(),
        verified_on: None,
        verified: false,
    }
}
