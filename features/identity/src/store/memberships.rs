//! Memberships and the reviews of them.

use kernel::{AccountId, OrganisationId, Time};
use store::{Conn, Editable, Result, Row, Tx, access};
use web::Role;

use crate::model::{MembershipId, ReviewId, access as rules};

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT m.id, m.account, m.organisation, m.role, m.profession, m.starts, m.ends FROM ",
            $rest
        )
    };
}

macro_rules! members {
    ($rest:literal) => {
        concat!(
            "SELECT m.id, m.account, m.organisation, m.role, m.profession, m.starts, m.ends, m.name, m.sign_in, m.email, ",
            "m.last_sign_in, m.fictional, m.totp_count, m.sheet_left FROM visible_membership m ",
            $rest
        )
    };
}

store::statements! {
    OF_OFFICE = members!("WHERE m.organisation = :organisation AND (m.ends IS NULL OR m.ends > :now) ORDER BY m.name, m.id");
    ONE = members!("WHERE m.id = :id AND (m.ends IS NULL OR m.ends > :now)");
    UNPROTECTED = "SELECT COUNT(*) FROM visible_membership m WHERE m.organisation = :organisation
        AND (m.ends IS NULL OR m.ends > :now) AND m.totp_count = 0 AND m.sheet_left = 0 AND m.fictional = 0";
    EDITABLE = "SELECT m.id, m.level FROM visible_membership m WHERE m.id = :id AND m.organisation = :organisation
        AND (m.ends IS NULL OR m.ends > :now)";
    OF_ACCOUNT = columns!("membership m WHERE m.account = :account AND (m.ends IS NULL OR m.ends > :now) ORDER BY m.starts, m.id");
    BY_ID = columns!("membership m WHERE m.id = :id");
    ADD = "INSERT INTO membership (id, account, organisation, role, profession, starts, ends, ended_by)
        VALUES (:id, :account, :organisation, :role, :profession, :starts, NULL, NULL)";
    SET_ROLE = "UPDATE membership SET role = :role, profession = :profession WHERE id = :id AND ends IS NULL";
    END = "UPDATE membership SET ends = :now, ended_by = :by WHERE id = :id AND (ends IS NULL OR ends > :now)";
    MANAGERS = "SELECT COUNT(*) FROM membership WHERE organisation = :organisation AND role = :role
        AND id <> :except AND (ends IS NULL OR ends > :now)";
    ACCOUNTS_OF = "SELECT DISTINCT account FROM membership WHERE organisation = :organisation AND (ends IS NULL OR ends > :now)";
    ADDRESSES = "SELECT DISTINCT p.email, p.lang FROM membership m JOIN account p ON p.id = m.account
        WHERE m.organisation = :organisation AND m.starts <= :now AND (m.ends IS NULL OR m.ends > :now)
        AND p.state = 'active' AND p.email IS NOT NULL ORDER BY p.email";
    PUT_FICTIONAL = "INSERT INTO membership (id, account, organisation, role, profession, starts, ends, ended_by)
        VALUES (:id, :account, :organisation, :role, :profession, :starts, NULL, NULL)
        ON CONFLICT (id) DO UPDATE SET role = excluded.role, profession = excluded.profession";
    REVIEWED = "SELECT r.reviewed FROM visible_account_review r WHERE r.organisation = :organisation AND r.quarter = :quarter";
    REVIEWS = "SELECT r.quarter, r.members, r.reviewed, r.reviewed_by FROM visible_account_review r
        WHERE r.organisation = :organisation ORDER BY r.quarter DESC LIMIT 12";
    REVIEW_ADD = "INSERT INTO account_review (id, organisation, quarter, members, reviewed_by, reviewed)
        VALUES (:id, :organisation, :quarter, :members, :by, :now) ON CONFLICT (organisation, quarter) DO NOTHING";
}

/// One account's place in one organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Which.
    pub id: MembershipId,
    /// Who.
    pub account: AccountId,
    /// Where.
    pub organisation: OrganisationId,
    /// What they may do there.
    pub role: Role,
    /// Profession, as a code.
    pub profession: String,
    /// Since when.
    pub starts: Time,
    /// Until when; none = open end.
    pub ends: Option<Time>,
}

/// A member as the office's manager sees them.
#[derive(Clone, Debug)]
pub struct Member {
    /// Their place.
    pub place: Membership,
    /// Name as typed.
    pub name: String,
    /// Sign-in name.
    pub sign_in: String,
    /// Address.
    pub email: Option<String>,
    /// When they last signed in.
    pub last_sign_in: Option<Time>,
    /// Invented for the demo.
    pub fictional: bool,
    /// Whether an authenticator app is registered.
    pub totp: bool,
    /// Unused numbers of the printed sheet in force.
    pub sheet_left: i64,
}

impl Member {
    /// Whether there is a second factor for every day. Invented accounts sign in with one click and need none.
    #[must_use]
    pub fn protected(&self) -> bool {
        self.totp || self.sheet_left > 0 || self.fictional
    }
}

/// A review that was done.
#[derive(Clone, Debug)]
pub struct Review {
    /// `2026-3`.
    pub quarter: String,
    /// How many members it looked at.
    pub members: i64,
    /// When.
    pub at: Time,
    /// By whom.
    pub by: AccountId,
}

fn membership(r: &Row<'_>) -> Result<Membership> {
    let role: String = r.get(3)?;
    let role = Role::from_code(&role).ok_or_else(|| store::Error::Corrupt {
        table: "membership".to_owned(),
        column: "role".to_owned(),
        row: role.clone(),
    })?;
    Ok(Membership {
        id: r.get(0)?,
        account: r.get(1)?,
        organisation: r.get(2)?,
        role,
        profession: r.get(4)?,
        starts: r.get(5)?,
        ends: r.get(6)?,
    })
}

fn member(r: &Row<'_>) -> Result<Member> {
    Ok(Member {
        place: membership(r)?,
        name: r.get(7)?,
        sign_in: r.get(8)?,
        email: r.get(9)?,
        last_sign_in: r.get(10)?,
        fictional: r.get(11)?,
        totp: r.get::<i64>(12)? > 0,
        sheet_left: r.get(13)?,
    })
}

/// The members of an office by name, as its manager sees them.
pub fn of_office(conn: &mut Conn, organisation: OrganisationId) -> Result<Vec<Member>> {
    let now = conn.now();
    conn.all(
        &OF_OFFICE,
        store::params! {"organisation" => organisation, "now" => now},
        member,
    )
}

/// One member, as the office's manager sees them.
pub(crate) fn visible(conn: &mut Conn, id: MembershipId) -> Result<Option<Member>> {
    let now = conn.now();
    conn.opt(&ONE, store::params! {"id" => id, "now" => now}, member)
}

/// How many members of an office have no second factor.
pub(crate) fn unprotected(conn: &mut Conn, organisation: OrganisationId) -> Result<i64> {
    let now = conn.now();
    conn.one(
        &UNPROTECTED,
        store::params! {"organisation" => organisation, "now" => now},
        |r| r.get(0),
    )
}

/// Proof that the viewer manages this member in this office.
pub(crate) fn editable(
    conn: &mut Conn,
    id: MembershipId,
    organisation: OrganisationId,
) -> Result<Option<Editable<MembershipId>>> {
    let now = conn.now();
    store::token::editable(
        conn,
        &EDITABLE,
        store::params! {"id" => id, "organisation" => organisation, "now" => now},
    )
}

/// The live memberships of an account, the oldest first. For sign-in and for access; needs a system viewer or a write.
pub(crate) fn of_account(conn: &mut Conn, account: AccountId) -> Result<Vec<Membership>> {
    let now = conn.now();
    conn.all(
        &OF_ACCOUNT,
        store::params! {"account" => account, "now" => now},
        membership,
    )
}

/// One membership inside a write, after its token was taken.
pub(crate) fn get(tx: &mut Tx, id: &Editable<MembershipId>) -> Result<Membership> {
    tx.one(&BY_ID, store::params! {"id" => id.id()}, membership)
}

/// Adds a member. The caller brings access up to date with [`refresh_access`].
pub(crate) fn add(tx: &mut Tx, new: &Membership) -> Result<()> {
    tx.exec(
        &ADD,
        store::params! {
            "id" => new.id, "account" => new.account, "organisation" => new.organisation, "role" => new.role.code(),
            "profession" => new.profession, "starts" => new.starts,
        },
    )?;
    Ok(())
}

/// Makes sure that an invented membership of the demo exists.
pub(crate) fn put_fictional(tx: &mut Tx, new: &Membership) -> Result<()> {
    tx.exec(
        &PUT_FICTIONAL,
        store::params! {
            "id" => new.id, "account" => new.account, "organisation" => new.organisation, "role" => new.role.code(),
            "profession" => new.profession, "starts" => new.starts,
        },
    )?;
    Ok(())
}

/// Changes role and profession.
pub(crate) fn set_role(
    tx: &mut Tx,
    id: &Editable<MembershipId>,
    role: Role,
    profession: &str,
) -> Result<()> {
    tx.exec(
        &SET_ROLE,
        store::params! {"id" => id.id(), "role" => role.code(), "profession" => profession},
    )?;
    Ok(())
}

/// Ends a membership now.
pub(crate) fn end(tx: &mut Tx, id: &Editable<MembershipId>, by: AccountId) -> Result<bool> {
    let now = tx.now();
    Ok(tx.exec(
        &END,
        store::params! {"id" => id.id(), "by" => by, "now" => now},
    )? == 1)
}

/// How many others in the organisation have this role.
pub(crate) fn others_with_role(
    conn: &mut Conn,
    organisation: OrganisationId,
    role: Role,
    except: MembershipId,
) -> Result<i64> {
    let now = conn.now();
    let params = store::params! {"organisation" => organisation, "role" => role.code(), "except" => except, "now" => now};
    conn.one(&MANAGERS, params, |r| r.get(0))
}

/// Brings the rows of access of an account up to date with its memberships. Belongs into every write that changes a membership or
/// what an organisation acts for.
pub(crate) fn refresh_access(tx: &mut Tx, account: AccountId) -> Result<()> {
    let now = tx.now();
    let mut places = Vec::new();
    for m in of_account(tx, account)? {
        let acts_for = areas::store::acts_for(tx, m.organisation)?
            .into_iter()
            .map(|town| town.id)
            .collect();
        places.push(rules::Place {
            organisation: m.organisation,
            role: m.role,
            starts: m.starts,
            ends: m.ends,
            acts_for,
        });
    }
    access::replace(tx, account, &rules::grants(&places, now))
}

/// The accounts with a live membership in an organisation. Needs a system viewer.
///
/// # Errors
/// What the engine says.
pub fn accounts_of(conn: &mut Conn, organisation: OrganisationId) -> Result<Vec<AccountId>> {
    let now = conn.now();
    conn.all(
        &ACCOUNTS_OF,
        store::params! {"organisation" => organisation, "now" => now},
        |r| r.get(0),
    )
}

/// The mail addresses of an organisation's people, each with the language they read, for a notice that something waits. Only
/// inside a write: the addresses go to the mail, never to a page.
///
/// # Errors
/// What the engine says.
pub fn addresses_of(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<(String, String)>> {
    let now = tx.now();
    tx.all(
        &ADDRESSES,
        store::params! {"organisation" => organisation, "now" => now},
        |r| Ok((r.get(0)?, r.get(1)?)),
    )
}

/// Whether anybody in an organisation has an account, to know whether something may go there without paper. Only inside a write.
///
/// # Errors
/// What the engine says.
pub fn has_people(tx: &mut Tx, organisation: OrganisationId) -> Result<bool> {
    Ok(!accounts_of(tx, organisation)?.is_empty())
}

/// When this quarter's review was done.
pub(crate) fn reviewed(
    conn: &mut Conn,
    organisation: OrganisationId,
    quarter: &str,
) -> Result<Option<Time>> {
    conn.opt(
        &REVIEWED,
        store::params! {"organisation" => organisation, "quarter" => quarter},
        |r| r.get(0),
    )
}

/// The latest reviews.
pub(crate) fn reviews(conn: &mut Conn, organisation: OrganisationId) -> Result<Vec<Review>> {
    conn.all(
        &REVIEWS,
        store::params! {"organisation" => organisation},
        |r| {
            Ok(Review {
                quarter: r.get(0)?,
                members: r.get(1)?,
                at: r.get(2)?,
                by: r.get(3)?,
            })
        },
    )
}

/// Records a review; a second one of the same quarter changes nothing.
pub(crate) fn add_review(
    tx: &mut Tx,
    id: ReviewId,
    organisation: OrganisationId,
    quarter: &str,
    members: i64,
    by: AccountId,
) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &REVIEW_ADD,
        store::params! {
            "id" => id, "organisation" => organisation, "quarter" => quarter, "members" => members, "by" => by, "now" => now,
        },
    )?;
    Ok(())
}

/// Brings access up to date for everybody in an organisation, after a change of whom it acts for.
///
/// # Errors
/// What the engine says.
pub fn refresh(tx: &mut Tx, organisation: OrganisationId) -> Result<()> {
    for account in accounts_of(tx, organisation)? {
        refresh_access(tx, account)?;
    }
    Ok(())
}
