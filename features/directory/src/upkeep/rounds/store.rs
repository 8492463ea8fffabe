//! Statements of the yearly question.

use kernel::{Date, OrganisationId, Time};
use store::{Conn, Editable, Result, Row, Tx};

use crate::model::{ItemId, ProviderId, RoundId};

macro_rules! round_select {
    ($rest:literal) => {
        concat!(
            "SELECT id, tenant, title, what, municipalities, families, letter, due_on, state, asked, created_at, closed_at, ",
            "version FROM visible_confirmation_round ",
            $rest
        )
    };
}

store::statements! {
    ROUNDS = round_select!("ORDER BY created_at DESC, id LIMIT 50");
    ROUND = round_select!("WHERE id = :id");
    ROUND_EDITABLE = "SELECT id, level FROM visible_confirmation_round WHERE id = :id";
    CANDIDATES = "SELECT p.id, p.municipality, p.kinds FROM public_provider p WHERE p.municipality IN LIST_TEXT(:towns)
        AND p.status IN ('open', 'suspended') ORDER BY p.municipality, p.name, p.id";
    NEW_ROUND = "INSERT INTO confirmation_round (id, tenant, title, what, municipalities, families, letter, due_on, state, asked,
        waves, created_at, version)
        VALUES (:id, :tenant, :title, :what, :municipalities, :families, :letter, :due, 'open', :asked, 2, :now, 1)";
    NEW_ITEMS = "INSERT INTO confirmation_item (id, round, tenant, provider, municipality, kind, what, token, code, due_on, state,
        chased, mailed, call_note)
        SELECT ROW_ID(0), :round, :tenant, ROW_ID(1), r ->> 2, r ->> 3, :what, r ->> 4, r ->> 5, :due, 'waiting', 0, 0, ''
        FROM LIST_ROWS(:rows) AS x WHERE true";
    WAVE = "UPDATE confirmation_round SET waves = waves + 1, version = version + 1 WHERE id = :id AND state = 'open'
        AND version = :version RETURNING waves";
    EXTEND = "UPDATE confirmation_round SET due_on = :due, version = version + 1 WHERE id = :id AND state = 'open'
        AND version = :version AND due_on < :due";
    EXTEND_ITEMS = "UPDATE confirmation_item SET due_on = :due WHERE round = :id AND state IN ('waiting', 'unreachable')";
    CLOSE = "UPDATE confirmation_round SET state = 'closed', closed_at = :now, version = version + 1 WHERE id = :id
        AND state = 'open' AND version = :version";
    BOARD = "SELECT municipality, kind, COUNT(*), CAST(SUM(CASE WHEN state = 'confirmed' THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN state = 'answered' THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN state = 'unreachable' THEN 1 ELSE 0 END) AS BIGINT)
        FROM visible_confirmation_item WHERE round = :round GROUP BY municipality, kind ORDER BY municipality, kind";
    WAYS = "SELECT COUNT(*), CAST(SUM(CASE WHEN p.fax <> '' THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN i.mailed > 0 THEN 1 ELSE 0 END) AS BIGINT), CAST(SUM(CASE WHEN i.chased > 0 THEN 1 ELSE 0 END) AS BIGINT)
        FROM visible_confirmation_item i JOIN public_provider p ON p.id = i.provider
        WHERE i.round = :round AND i.state IN ('waiting', 'unreachable')";
    OPEN_ITEMS = "SELECT i.id, i.provider, p.name, i.municipality, p.phone, p.fax, i.state, i.chased, i.chased_on, i.mailed,
        i.call_note FROM visible_confirmation_item i JOIN public_provider p ON p.id = i.provider
        WHERE i.round = :round AND i.state IN ('waiting', 'unreachable')
          AND (CAST(:town AS TEXT) IS NULL OR i.municipality = :town) AND (:fax = 0 OR p.fax <> '')
        ORDER BY i.municipality, p.kana, p.name, i.id LIMIT :count OFFSET :skip";
    OPEN_COUNT = "SELECT COUNT(*) FROM visible_confirmation_item i JOIN public_provider p ON p.id = i.provider
        WHERE i.round = :round AND i.state IN ('waiting', 'unreachable')
          AND (CAST(:town AS TEXT) IS NULL OR i.municipality = :town) AND (:fax = 0 OR p.fax <> '')";
    ONE_ITEM = "SELECT i.id, i.provider, p.name, i.municipality, p.phone, p.fax, i.state, i.chased, i.chased_on, i.mailed,
        i.call_note FROM visible_confirmation_item i JOIN public_provider p ON p.id = i.provider
        WHERE i.round = :round AND i.id = :id";
    ITEM_EDITABLE = "SELECT id, level FROM visible_confirmation_item WHERE id = :id AND round = :round";
    ITEM_OF = "SELECT id, level FROM visible_confirmation_item WHERE id = :id AND provider = :provider";
    PAPER = "SELECT i.provider, p.name, i.what, (SELECT r.title FROM visible_confirmation_round r WHERE r.id = i.round)
        FROM visible_confirmation_item i JOIN public_provider p ON p.id = i.provider
        WHERE i.id = :id AND i.tenant = i.seen_by AND i.level >= 2";
    PAPERS = "SELECT i.provider, p.name, i.what, (SELECT r.title FROM visible_confirmation_round r WHERE r.id = i.round), i.id
        FROM visible_confirmation_item i JOIN public_provider p ON p.id = i.provider
        WHERE i.state IN ('waiting', 'unreachable') AND i.tenant = i.seen_by AND i.level >= 2
        ORDER BY i.due_on DESC, p.name, i.id LIMIT 200";
    CALLED = "UPDATE confirmation_item SET state = 'unreachable', call_note = :note, chased = chased + 1, chased_on = :day
        WHERE id = :id AND state IN ('waiting', 'unreachable')";
    FAXED = "UPDATE confirmation_item SET chased = chased + 1, chased_on = :day WHERE round = :round
        AND state IN ('waiting', 'unreachable') AND mailed = 0
        AND EXISTS (SELECT 1 FROM provider p WHERE p.id = confirmation_item.provider AND p.fax <> '')";
    OWN_ITEMS = "SELECT id, provider, due_on, state FROM visible_confirmation_item WHERE what = 'record' AND seen_by = :org
        AND provider IN (SELECT k.provider FROM provider_keeper k WHERE k.organisation = :org) ORDER BY due_on DESC LIMIT 50";
    ANSWERED = "UPDATE confirmation_item SET state = 'answered', answered_at = :now WHERE provider = :provider
        AND ((what = 'record' AND state IN ('waiting', 'unreachable')) OR (id = :item AND state <> 'answered'))";
    CONFIRMED = "UPDATE confirmation_item SET state = 'confirmed', answered_at = :now WHERE provider = :provider AND what = :what
        AND state IN ('waiting', 'unreachable')";
    PARTNERS_CONFIRMED = "UPDATE confirmation_item SET state = 'confirmed', answered_at = :now WHERE provider = :provider
        AND what = 'partners' AND state IN ('waiting', 'unreachable')
        AND NOT EXISTS (SELECT 1 FROM facility_partner a WHERE a.facility = :provider AND a.ended_on IS NULL
          AND (a.confirmed_on IS NULL OR a.confirmed_on < :since))";
    ASK_AGAIN = "UPDATE confirmation_item SET state = 'waiting', answered_at = NULL WHERE id = :id AND state = 'answered'";
    LATE = "SELECT r.id, r.title, r.due_on, (SELECT COUNT(*) FROM visible_confirmation_item i WHERE i.round = r.id
        AND i.tenant = i.seen_by AND i.state IN ('waiting', 'unreachable'))
        FROM visible_confirmation_round r WHERE r.state = 'open' AND r.level >= 2 ORDER BY r.due_on LIMIT 20";
    PARTNERS_DUE = "SELECT COUNT(*) FROM facility_partner a JOIN public_provider f ON f.id = a.facility
        WHERE f.municipality = :code AND a.ended_on IS NULL AND (a.confirmed_on IS NULL OR a.confirmed_on < :since)";

    BY_TOKEN = "SELECT i.id, i.provider, i.what, i.state, i.due_on, i.answered_at, r.state, r.letter, r.title, i.tenant
        FROM confirmation_item i JOIN confirmation_round r ON r.id = i.round WHERE i.token = :token";
    BY_CODE = "SELECT id FROM confirmation_item WHERE code = :code";
    LINK_ANSWER = "UPDATE confirmation_item SET state = :state, answered_at = :now WHERE id = :id
        AND (state IN ('waiting', 'unreachable') OR (state = 'confirmed' AND :state = 'answered'))";
    LAST_REASON = "SELECT reason FROM provider_update WHERE round_item = :item AND state = 'rejected' ORDER BY decided_at DESC LIMIT 1";
    CONFIRM_PARTNERS = "UPDATE facility_partner SET confirmed_on = :day, confirmed_by = :by, saved_at = :now, version = version + 1
        WHERE facility = :facility AND ended_on IS NULL";

    TO_MAIL = "SELECT i.id, i.provider, r.due_on, (SELECT c.mail FROM provider_contact c WHERE c.provider = i.provider)
        FROM confirmation_item i JOIN confirmation_round r ON r.id = i.round
        WHERE i.round = :round AND r.state = 'open' AND i.state = 'waiting' AND i.mailed < :wave
          AND (EXISTS (SELECT 1 FROM provider_contact c WHERE c.provider = i.provider AND c.mail <> '')
            OR EXISTS (SELECT 1 FROM provider_keeper k WHERE k.provider = i.provider)) ORDER BY i.id LIMIT :count";
    MAILED = "UPDATE confirmation_item SET mailed = :wave, chased = chased + :chased, chased_on = CASE WHEN :chased = 0 THEN chased_on ELSE :day END
        WHERE id = :id AND mailed < :wave";
}

/// A round.
#[derive(Clone, Debug)]
pub(crate) struct Round {
    pub(crate) id: RoundId,
    pub(crate) tenant: OrganisationId,
    pub(crate) title: String,
    /// `record` or `partners`.
    pub(crate) what: String,
    pub(crate) towns: Vec<String>,
    pub(crate) families: Vec<String>,
    pub(crate) letter: String,
    pub(crate) due_on: Date,
    pub(crate) open: bool,
    pub(crate) asked: i64,
    pub(crate) created_at: Time,
    pub(crate) closed_at: Option<Time>,
    pub(crate) version: i64,
}

fn round_row(r: &Row<'_>) -> Result<Round> {
    let words = |at| {
        Ok::<_, store::Error>(
            r.get::<String>(at)?
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
        )
    };
    Ok(Round {
        id: r.get(0)?,
        tenant: r.get(1)?,
        title: r.get(2)?,
        what: r.get(3)?,
        towns: words(4)?,
        families: words(5)?,
        letter: r.get(6)?,
        due_on: r.get(7)?,
        open: r.get::<String>(8)? == "open",
        asked: r.get(9)?,
        created_at: r.get(10)?,
        closed_at: r.get(11)?,
        version: r.get(12)?,
    })
}

pub(crate) fn rounds(conn: &mut Conn) -> Result<Vec<Round>> {
    conn.all(&ROUNDS, store::params! {}, round_row)
}

pub(crate) fn round(conn: &mut Conn, id: RoundId) -> Result<Option<Round>> {
    conn.opt(&ROUND, store::params! {"id" => id}, round_row)
}

pub(crate) fn round_editable(conn: &mut Conn, id: RoundId) -> Result<Option<Editable<RoundId>>> {
    store::token::editable(conn, &ROUND_EDITABLE, store::params! {"id" => id})
}

/// Listed offices of some municipalities: id, municipality, kinds.
pub(crate) fn candidates(
    conn: &mut Conn,
    towns: &[String],
) -> Result<Vec<(ProviderId, String, String)>> {
    conn.all(
        &CANDIDATES,
        store::params! {"towns" => store::texts(towns)},
        |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)),
    )
}

/// One office that is asked: its row, the hashes of its link and of its code, its municipality and group of kinds.
#[derive(Clone, Debug)]
pub(crate) struct NewItem {
    pub(crate) id: ItemId,
    pub(crate) provider: ProviderId,
    pub(crate) municipality: String,
    pub(crate) family: &'static str,
    pub(crate) token: String,
    pub(crate) code: String,
}

pub(crate) fn add(tx: &mut Tx, round: &Round, items: &[NewItem]) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &NEW_ROUND,
        store::params! {"id" => round.id, "tenant" => round.tenant, "title" => round.title, "what" => round.what,
            "municipalities" => round.towns.join(" "), "families" => round.families.join(" "), "letter" => round.letter,
            "due" => round.due_on, "asked" => round.asked, "now" => now},
    )?;
    for chunk in items.chunks(500) {
        let rows: Vec<Vec<serde_json::Value>> = chunk
            .iter()
            .map(|i| {
                vec![
                    store::id_cell(i.id),
                    store::id_cell(i.provider),
                    i.municipality.as_str().into(),
                    i.family.into(),
                    i.token.as_str().into(),
                    i.code.as_str().into(),
                ]
            })
            .collect();
        tx.exec(
            &NEW_ITEMS,
            store::params! {"round" => round.id, "tenant" => round.tenant, "what" => round.what, "due" => round.due_on,
                "rows" => store::rows(&rows)},
        )?;
    }
    Ok(())
}

/// Begins the next wave of mail and says which it is; `None` when somebody else was faster or the round is closed.
pub(crate) fn next_wave(
    tx: &mut Tx,
    proof: Editable<RoundId>,
    version: i64,
) -> Result<Option<i64>> {
    tx.opt(
        &WAVE,
        store::params! {"id" => proof.id(), "version" => version},
        |r| r.get(0),
    )
}

pub(crate) fn extend(
    tx: &mut Tx,
    proof: Editable<RoundId>,
    version: i64,
    due: Date,
) -> Result<bool> {
    let rows = tx.exec(
        &EXTEND,
        store::params! {"id" => proof.id(), "version" => version, "due" => due},
    )?;
    if rows == 1 {
        tx.exec(
            &EXTEND_ITEMS,
            store::params! {"id" => proof.id(), "due" => due},
        )?;
    }
    Ok(rows == 1)
}

pub(crate) fn close(tx: &mut Tx, proof: Editable<RoundId>, version: i64) -> Result<bool> {
    let now = tx.now();
    let rows = tx.exec(
        &CLOSE,
        store::params! {"id" => proof.id(), "version" => version, "now" => now},
    )?;
    Ok(rows == 1)
}

/// Progress of one group of kinds in one municipality.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) town: String,
    pub(crate) family: String,
    pub(crate) asked: i64,
    pub(crate) confirmed: i64,
    pub(crate) corrected: i64,
    pub(crate) unreachable: i64,
}

pub(crate) fn board(conn: &mut Conn, round: RoundId) -> Result<Vec<Cell>> {
    conn.all(&BOARD, store::params! {"round" => round}, |r| {
        Ok(Cell {
            town: r.get(0)?,
            family: r.get(1)?,
            asked: r.get(2)?,
            confirmed: r.get(3)?,
            corrected: r.get(4)?,
            unreachable: r.get(5)?,
        })
    })
}

/// Of those who have not answered: how many in all, with FAX, reached by mail, chased.
pub(crate) fn ways(conn: &mut Conn, round: RoundId) -> Result<[i64; 4]> {
    conn.one(&WAYS, store::params! {"round" => round}, |r| {
        let number = |at| Ok::<_, store::Error>(r.get::<Option<i64>>(at)?.unwrap_or_default());
        Ok([number(0)?, number(1)?, number(2)?, number(3)?])
    })
}

/// An office that has not answered.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) id: ItemId,
    pub(crate) provider: ProviderId,
    pub(crate) name: String,
    pub(crate) municipality: String,
    pub(crate) phone: String,
    pub(crate) fax: String,
    pub(crate) state: String,
    pub(crate) chased: i64,
    pub(crate) chased_on: Option<Date>,
    pub(crate) mailed: i64,
    pub(crate) call_note: String,
}

fn item_row(r: &Row<'_>) -> Result<Item> {
    Ok(Item {
        id: r.get(0)?,
        provider: r.get(1)?,
        name: r.get(2)?,
        municipality: r.get(3)?,
        phone: r.get(4)?,
        fax: r.get(5)?,
        state: r.get(6)?,
        chased: r.get(7)?,
        chased_on: r.get(8)?,
        mailed: r.get(9)?,
        call_note: r.get(10)?,
    })
}

/// Which of those who have not answered, and how many of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    pub(crate) town: Option<String>,
    pub(crate) fax_only: bool,
    pub(crate) skip: i64,
    pub(crate) count: i64,
}

pub(crate) fn open_items(conn: &mut Conn, round: RoundId, part: &Part) -> Result<Vec<Item>> {
    conn.all(
        &OPEN_ITEMS,
        store::params! {"round" => round, "town" => part.town, "fax" => i64::from(part.fax_only), "count" => part.count,
            "skip" => part.skip},
        item_row,
    )
}

pub(crate) fn open_count(conn: &mut Conn, round: RoundId, part: &Part) -> Result<i64> {
    conn.one(
        &OPEN_COUNT,
        store::params! {"round" => round, "town" => part.town, "fax" => i64::from(part.fax_only)},
        |r| r.get(0),
    )
}

pub(crate) fn item(conn: &mut Conn, round: RoundId, id: ItemId) -> Result<Option<Item>> {
    conn.opt(
        &ONE_ITEM,
        store::params! {"round" => round, "id" => id},
        item_row,
    )
}

/// Whether this viewer asked this office and types what came back, whatever municipality it lies in.
pub(crate) fn asks(conn: &mut Conn, provider: ProviderId, item: ItemId) -> Result<bool> {
    let found = store::token::editable::<ItemId>(
        conn,
        &ITEM_OF,
        store::params! {"id" => item, "provider" => provider},
    )?;
    Ok(found.is_some())
}

/// What a sheet that came back belongs to.
pub(crate) struct Sheet {
    pub(crate) provider: ProviderId,
    pub(crate) name: String,
    pub(crate) what: String,
    pub(crate) round: String,
}

fn sheet(r: &Row<'_>) -> Result<Sheet> {
    Ok(Sheet {
        provider: r.get(0)?,
        name: r.get(1)?,
        what: r.get(2)?,
        round: r.get::<Option<String>>(3)?.unwrap_or_default(),
    })
}

pub(crate) fn paper(conn: &mut Conn, item: ItemId) -> Result<Option<Sheet>> {
    conn.opt(&PAPER, store::params! {"id" => item}, sheet)
}

/// Sheets that are awaited, newest rounds first.
pub(crate) fn papers(conn: &mut Conn) -> Result<Vec<(ItemId, Sheet)>> {
    conn.all(&PAPERS, store::params! {}, |r| Ok((r.get(4)?, sheet(r)?)))
}

/// Somebody called and reached nobody, or was asked to call again. False when it was answered meanwhile.
pub(crate) fn called(tx: &mut Tx, round: RoundId, id: ItemId, note: &str) -> Result<bool> {
    let proof = store::token::editable(
        tx,
        &ITEM_EDITABLE,
        store::params! {"id" => id, "round" => round},
    )?;
    let proof: Editable<ItemId> = proof.ok_or(store::Error::NotFound)?;
    let day = tx.now().date_jst();
    let rows = tx.exec(
        &CALLED,
        store::params! {"id" => proof.id(), "note" => note, "day" => day},
    )?;
    Ok(rows == 1)
}

/// FAX pages went out again: counts for all who get no mail. Says how many.
pub(crate) fn faxed(tx: &mut Tx, proof: Editable<RoundId>) -> Result<u64> {
    let day = tx.now().date_jst();
    tx.exec(&FAXED, store::params! {"round" => proof.id(), "day" => day})
}

/// A question to an organisation that keeps records here.
#[derive(Clone, Debug)]
pub(crate) struct OwnItem {
    pub(crate) provider: ProviderId,
    pub(crate) due_on: Option<Date>,
    pub(crate) state: String,
}

pub(crate) fn own_items(conn: &mut Conn, org: OrganisationId) -> Result<Vec<OwnItem>> {
    conn.all(&OWN_ITEMS, store::params! {"org" => org}, |r| {
        Ok(OwnItem {
            provider: r.get(1)?,
            due_on: r.get(2)?,
            state: r.get(3)?,
        })
    })
}

/// A proposal about a record answers its open questions; `item`: the one it came for.
pub(crate) fn answered(tx: &mut Tx, provider: ProviderId, item: Option<ItemId>) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &ANSWERED,
        store::params! {"provider" => provider, "item" => item, "now" => now},
    )
    .map(|_| ())
}

/// A confirmation answers the open questions of its kind.
pub(crate) fn confirmed(tx: &mut Tx, provider: ProviderId, what: &str) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &CONFIRMED,
        store::params! {"provider" => provider, "what" => what, "now" => now},
    )
    .map(|_| ())
}

/// Agreements were written here: when none is due any more, the open question about them is answered.
pub(crate) fn partners_confirmed(tx: &mut Tx, facility: ProviderId) -> Result<()> {
    let now = tx.now();
    let since = now.plus_days(-i64::from(crate::partners::YEAR)).date_jst();
    tx.exec(
        &PARTNERS_CONFIRMED,
        store::params! {"provider" => facility, "now" => now, "since" => since},
    )
    .map(|_| ())
}

/// An answer came back to its office: the question stands again.
pub(crate) fn ask_again(tx: &mut Tx, item: ItemId) -> Result<()> {
    tx.exec(&ASK_AGAIN, store::params! {"id" => item})
        .map(|_| ())
}

/// Open rounds of this viewer: id, title, last day, how many have not answered.
pub(crate) fn open_rounds(conn: &mut Conn) -> Result<Vec<(RoundId, String, Date, i64)>> {
    conn.all(&LATE, store::params! {}, |r| {
        Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))
    })
}

/// Agreements of a municipality's facilities that are to be confirmed.
pub(crate) fn partners_due(conn: &mut Conn, code: &str, since: Date) -> Result<i64> {
    conn.one(
        &PARTNERS_DUE,
        store::params! {"code" => code, "since" => since},
        |r| r.get(0),
    )
}

/// What a link opens.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    pub(crate) item: ItemId,
    pub(crate) provider: ProviderId,
    pub(crate) what: String,
    pub(crate) state: String,
    pub(crate) due_on: Option<Date>,
    pub(crate) answered_at: Option<Time>,
    pub(crate) open: bool,
    pub(crate) letter: String,
    pub(crate) title: String,
    /// Who asks.
    pub(crate) asker: OrganisationId,
}

/// Opens a link by the hash of its secret. Only under a system viewer: nobody is signed in behind a link.
pub(crate) fn by_token(conn: &mut Conn, hash: &str) -> Result<Option<Opened>> {
    conn.opt(&BY_TOKEN, store::params! {"token" => hash}, |r| {
        Ok(Opened {
            item: r.get(0)?,
            provider: r.get(1)?,
            what: r.get(2)?,
            state: r.get(3)?,
            due_on: r.get(4)?,
            answered_at: r.get(5)?,
            open: r.get::<String>(6)? == "open",
            letter: r.get(7)?,
            title: r.get(8)?,
            asker: r.get(9)?,
        })
    })
}

pub(crate) fn by_code(conn: &mut Conn, hash: &str) -> Result<Option<ItemId>> {
    conn.opt(&BY_CODE, store::params! {"code" => hash}, |r| r.get(0))
}

/// Marks an answer that came through a link: each step only forward. False when it was taken before.
pub(crate) fn link_answer(tx: &mut Tx, item: ItemId, state: &str) -> Result<bool> {
    let now = tx.now();
    let rows = tx.exec(
        &LINK_ANSWER,
        store::params! {"id" => item, "state" => state, "now" => now},
    )?;
    Ok(rows == 1)
}

/// Why the last answer through this link came back.
pub(crate) fn last_reason(conn: &mut Conn, item: ItemId) -> Result<Option<String>> {
    conn.opt(&LAST_REASON, store::params! {"item" => item}, |r| r.get(0))
}

/// All agreements of a facility hold for another year. Says how many.
pub(crate) fn confirm_partners(tx: &mut Tx, facility: ProviderId, by: &str) -> Result<u64> {
    let now = tx.now();
    tx.exec(
        &CONFIRM_PARTNERS,
        store::params! {"facility" => facility, "day" => now.date_jst(), "by" => by, "now" => now},
    )
}

/// An office that gets the next mail: the item, its last day, its own address.
pub(crate) struct ToMail {
    pub(crate) item: ItemId,
    pub(crate) provider: ProviderId,
    pub(crate) due_on: Date,
    pub(crate) mail: Option<String>,
}

pub(crate) fn to_mail(
    conn: &mut Conn,
    round: RoundId,
    wave: i64,
    count: i64,
) -> Result<Vec<ToMail>> {
    conn.all(
        &TO_MAIL,
        store::params! {"round" => round, "wave" => wave, "count" => count},
        |r| {
            Ok(ToMail {
                item: r.get(0)?,
                provider: r.get(1)?,
                due_on: r.get(2)?,
                mail: r.get::<Option<String>>(3)?.filter(|m| !m.is_empty()),
            })
        },
    )
}

/// Notes that a wave went to an office; from the second on it counts as chased.
pub(crate) fn mailed(tx: &mut Tx, item: ItemId, wave: i64) -> Result<()> {
    let day = tx.now().date_jst();
    tx.exec(&MAILED, store::params! {"id" => item, "wave" => wave, "chased" => i64::from(wave > 1), "day" => day}).map(|_| ())
}
