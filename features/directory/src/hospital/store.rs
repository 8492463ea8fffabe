//! Statements of the windows for hospitals.

use kernel::{Date, OrganisationId};
use serde::{Deserialize, Serialize};
use store::{Conn, Result, Tx};

store::statements! {
    WINDOW = "SELECT window_name, phone, fax, hours, answers, to_whom, how, outside, verified_on, verified_by, draft, draft_by,
        version FROM hospital_window WHERE municipality = :code";
    SAVE = "INSERT INTO hospital_window (municipality, window_name, phone, fax, hours, answers, to_whom, how, outside, verified_on,
        verified_by, draft, draft_by, saved_at, version)
        VALUES (:code, :window_name, :phone, :fax, :hours, :answers, :to_whom, :how, :outside, :day, :by, NULL, NULL, :now, 1)
        ON CONFLICT (municipality) DO UPDATE SET window_name = excluded.window_name, phone = excluded.phone, fax = excluded.fax,
        hours = excluded.hours, answers = excluded.answers, to_whom = excluded.to_whom, how = excluded.how,
        outside = excluded.outside, verified_on = excluded.verified_on, verified_by = excluded.verified_by, draft = NULL,
        draft_by = NULL, saved_at = excluded.saved_at, version = hospital_window.version + 1";
    PROPOSE = "INSERT INTO hospital_window (municipality, draft, draft_by, saved_at, version) VALUES (:code, :draft, :by, :now, 1)
        ON CONFLICT (municipality) DO UPDATE SET draft = excluded.draft, draft_by = excluded.draft_by,
        saved_at = excluded.saved_at, version = hospital_window.version + 1";
}

/// The texts of a window; empty: not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Texts {
    pub(crate) window_name: String,
    pub(crate) phone: String,
    pub(crate) fax: String,
    pub(crate) hours: String,
    pub(crate) answers: String,
    pub(crate) to_whom: String,
    pub(crate) how: String,
    pub(crate) outside: String,
}

impl Texts {
    /// Column, text and limit of each field, in the order of the page.
    pub(crate) fn fields(&self) -> [(&'static str, &str, usize); 8] {
        [
            ("window_name", &self.window_name, 200),
            ("phone", &self.phone, 40),
            ("fax", &self.fax, 40),
            ("hours", &self.hours, 500),
            ("answers", &self.answers, 1000),
            ("to_whom", &self.to_whom, 1000),
            ("how", &self.how, 1000),
            ("outside", &self.outside, 1000),
        ]
    }
}

/// A window as it stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Window {
    pub(crate) texts: Texts,
    pub(crate) verified_on: Option<Date>,
    pub(crate) verified_by: String,
    /// What waits for approval, and who proposed it.
    pub(crate) draft: Option<(Texts, String)>,
    /// 0: nobody has written anything.
    pub(crate) version: i64,
}

pub(crate) fn window(conn: &mut Conn, code: &str) -> Result<Window> {
    let found = conn.opt(&WINDOW, store::params! {"code" => code}, |r| {
        let text = |at| Ok::<_, store::Error>(r.get::<Option<String>>(at)?.unwrap_or_default());
        let draft: Option<String> = r.get(10)?;
        Ok(Window {
            texts: Texts {
                window_name: text(0)?,
                phone: text(1)?,
                fax: text(2)?,
                hours: text(3)?,
                answers: text(4)?,
                to_whom: text(5)?,
                how: text(6)?,
                outside: text(7)?,
            },
            verified_on: r.get(8)?,
            verified_by: text(9)?,
            draft: draft
                .and_then(|json| serde_json::from_str(&json).ok())
                .map(|texts| text(11).map(|by| (texts, by)))
                .transpose()?,
            version: r.get(12)?,
        })
    })?;
    Ok(found.unwrap_or_default())
}

/// The municipality as an organisation, if this office may write for it right now.
pub(crate) fn writable(
    conn: &mut Conn,
    code: &str,
    organisation: OrganisationId,
    acting: Option<OrganisationId>,
) -> Result<Option<OrganisationId>> {
    let owner = areas::store::municipality(conn, code)?.and_then(|m| m.organisation);
    let Some(owner) = owner else {
        return Ok(None);
    };
    if owner == organisation {
        return Ok(Some(owner));
    }
    // A desk that is declared to act for it, while the person says so.
    let declared = acting == Some(owner)
        && areas::store::acts_for(conn, organisation)?
            .iter()
            .any(|o| o.id == owner);
    Ok(declared.then_some(owner))
}

/// Publishes the texts: whoever does so confirms them today.
pub(crate) fn save(tx: &mut Tx, code: &str, texts: &Texts, by: &str) -> Result<()> {
    let now = tx.now();
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    tx.exec(
        &SAVE,
        store::params! {
            "code" => code, "window_name" => some(&texts.window_name), "phone" => some(&texts.phone),
            "fax" => some(&texts.fax), "hours" => some(&texts.hours), "answers" => some(&texts.answers),
            "to_whom" => some(&texts.to_whom), "how" => some(&texts.how), "outside" => some(&texts.outside),
            "day" => now.date_jst(), "by" => by, "now" => now,
        },
    )
    .map(|_| ())
}

/// Leaves a proposal; `None` takes it away.
pub(crate) fn propose(tx: &mut Tx, code: &str, draft: Option<(&str, &str)>) -> Result<()> {
    let now = tx.now();
    let (body, by) = (draft.map(|d| d.0), draft.map(|d| d.1));
    tx.exec(
        &PROPOSE,
        store::params! {"code" => code, "draft" => body, "by" => by, "now" => now},
    )
    .map(|_| ())
}
