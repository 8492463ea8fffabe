//! The cast of the demo.

use std::collections::BTreeMap;

use kernel::{AccountId, Lang, OrganisationId};
use store::{Conn, Result, Tx};

store::statements! {
    ALL = "SELECT c.cast_key, c.account, a.name, c.cast_group, c.title_ja, c.title_en, c.name_en, c.story_ja, c.story_en,
        m.organisation, m.role
        FROM cast_member c JOIN account a ON a.id = c.account JOIN membership m ON m.account = c.account AND m.ends IS NULL
        WHERE a.state = 'active' ORDER BY c.sort, c.cast_key, m.starts, m.id";
    ONE = "SELECT c.account FROM cast_member c JOIN account a ON a.id = c.account WHERE c.cast_key = :key AND a.state = 'active' AND a.fictional = 1";
    PUT = "INSERT INTO cast_member (cast_key, account, cast_group, title_ja, title_en, name_en, story_ja, story_en, sort)
        VALUES (:key, :account, :group, :title_ja, :title_en, :name_en, :story_ja, :story_en, :sort)
        ON CONFLICT (cast_key) DO UPDATE SET cast_group = excluded.cast_group, title_ja = excluded.title_ja,
        title_en = excluded.title_en, name_en = excluded.name_en, story_ja = excluded.story_ja,
        story_en = excluded.story_en, sort = excluded.sort";
}

/// One invented person who can be played.
#[derive(Clone, Debug)]
pub struct CastMember {
    /// Stable word for addresses and tests.
    pub key: String,
    /// Whose account it is.
    pub account: AccountId,
    /// Name as in the account.
    pub name: String,
    /// Heading it stands under, as a code.
    pub group: String,
    /// What they are, Japanese and English.
    pub title: (String, String),
    /// Name in Latin letters.
    pub name_en: String,
    /// Their situation, Japanese and English.
    pub story: (String, String),
    /// The office, Japanese and English.
    pub office: (String, String),
    /// Role, as a code.
    pub role: String,
}

impl CastMember {
    /// The name for readers of this language.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &str {
        if self.name_en.is_empty() {
            &self.name
        } else {
            lang.pick(&self.name, &self.name_en)
        }
    }
}

/// A line of the cast as it is loaded.
#[derive(Clone, Debug)]
pub struct NewCast {
    /// Stable word.
    pub key: String,
    /// Whose account.
    pub account: AccountId,
    /// Heading, as a code.
    pub group: String,
    /// What they are, Japanese and English.
    pub title: (String, String),
    /// Name in Latin letters.
    pub name_en: String,
    /// Their situation.
    pub story: (String, String),
    /// Place in the list.
    pub sort: i64,
}

/// The whole cast in order. Needs a system viewer.
pub(crate) fn all(conn: &mut Conn) -> Result<Vec<CastMember>> {
    let offices: BTreeMap<OrganisationId, (String, String)> = areas::store::organisations(conn)?
        .into_iter()
        .map(|o| (o.id, (o.name, o.name_en)))
        .collect();
    let mut all = conn.all(&ALL, store::params! {}, |r| {
        let office: OrganisationId = r.get(9)?;
        Ok(CastMember {
            key: r.get(0)?,
            account: r.get(1)?,
            name: r.get(2)?,
            group: r.get(3)?,
            title: (r.get(4)?, r.get(5)?),
            name_en: r.get(6)?,
            story: (r.get(7)?, r.get(8)?),
            office: offices.get(&office).cloned().unwrap_or_default(),
            role: r.get(10)?,
        })
    })?;
    // Somebody with two memberships is one person.
    all.dedup_by(|a, b| a.key == b.key);
    Ok(all)
}

/// The account behind a word of the cast; only invented accounts. Needs a system viewer or a write.
pub(crate) fn account(conn: &mut Conn, key: &str) -> Result<Option<AccountId>> {
    conn.opt(&ONE, store::params! {"key" => key}, |r| r.get(0))
}

/// Puts a member of the cast in place.
pub(crate) fn put(tx: &mut Tx, new: &NewCast) -> Result<()> {
    tx.exec(
        &PUT,
        store::params! {
            "key" => new.key, "account" => new.account, "group" => new.group, "title_ja" => new.title.0,
            "title_en" => new.title.1, "name_en" => new.name_en, "story_ja" => new.story.0, "story_en" => new.story.1,
            "sort" => new.sort,
        },
    )?;
    Ok(())
}
