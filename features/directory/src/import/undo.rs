//! Taking an edition back, before or after it was accepted.

use kernel::Uuid;
use serde_json::Value;
use store::{Audit, Db, FieldChange, Outcome, Viewer};

use super::{
    ImportError,
    accept::{FIELDS, KEYS_OF, Todo, list, provider_fields, save_fields},
    record::Record,
    sql as bulk,
    writes::service_cells,
};

store::statements! {
    STATE = "SELECT state FROM directory_edition WHERE number = :number";
    BACK_TO = "UPDATE directory_state SET current = :number - 1 WHERE id = 1 AND current = :number";
    CLOSE = "UPDATE directory_edition SET state = :state, slot = NULL, undone_at = :now, version = version + 1
        WHERE number = :number";
    TO_RESTORE = "SELECT seq, outcome, service, provider, payload, before FROM edition_row WHERE edition = :number AND applied = 1
        AND outcome IN ('changed', 'vanished') ORDER BY seq DESC LIMIT 200";
    RESTORED = "UPDATE edition_row SET applied = 0 WHERE edition = :number AND seq >= :seq AND applied = 1
        AND outcome IN ('changed', 'vanished')";
    HERE_AGAIN = "UPDATE provider_service SET absent_since = NULL WHERE id IN LIST_ID(:ids)";
    PROVIDER_HERE = "UPDATE provider SET absent_since = NULL WHERE id IN LIST_ID(:ids)";
    TOWN = "SELECT municipality FROM provider WHERE id = :id";
    DROP_SERVICES = "DELETE FROM provider_service WHERE id IN (SELECT id FROM provider_service WHERE edition = :number LIMIT 2000)";
    DROP_FACTS = "DELETE FROM provider_fact WHERE id IN (SELECT id FROM provider_fact WHERE edition = :number LIMIT 2000)";
    DROP_PAIRS = "DELETE FROM provider_pair WHERE edition = :number";
    DROP_NUMBERS = "DELETE FROM provider_identifier WHERE provider IN (SELECT id FROM provider WHERE edition = :number)
        AND edition = :number";
    DROP_NUMBERS_ELSE = "DELETE FROM provider_identifier WHERE edition = :number";
    DROP_ALIASES = "DELETE FROM provider_alias WHERE provider IN (SELECT id FROM provider WHERE edition = :number)";
    DROP_PROVIDERS = "DELETE FROM provider WHERE id IN (SELECT p.id FROM provider p WHERE p.edition = :number
        AND NOT EXISTS (SELECT 1 FROM provider_field f WHERE f.provider = p.id)
        AND NOT EXISTS (SELECT 1 FROM provider_care c WHERE c.provider = p.id)
        AND NOT EXISTS (SELECT 1 FROM provider_professional q WHERE q.provider = p.id)
        AND NOT EXISTS (SELECT 1 FROM provider_history h WHERE h.provider = p.id)
        AND NOT EXISTS (SELECT 1 FROM provider_update u WHERE u.provider = p.id)
        AND NOT EXISTS (SELECT 1 FROM provider_keeper k WHERE k.provider = p.id)
        AND NOT EXISTS (SELECT 1 FROM confirmation_item i WHERE i.provider = p.id) LIMIT 2000)";
    KEEP_REST = "UPDATE provider SET edition = 0 WHERE edition = :number";
    DROP_ROWS = "DELETE FROM edition_row WHERE edition = :number AND seq IN
        (SELECT seq FROM edition_row WHERE edition = :number LIMIT 2000)";
}

/// Throws a staged edition away. Blocks.
///
/// # Errors
/// [`ImportError::State`] when it was accepted already.
pub fn discard(db: &Db, number: i64) -> Result<(), ImportError> {
    let viewer = Viewer::system("import of the directory", db.env().now());
    let state = db.read_blocking::<_, store::Error>(&viewer, move |c| {
        c.opt(&STATE, store::params! {"number" => number}, |r| {
            r.get::<String>(0)
        })
    })?;
    if !matches!(state.as_deref(), Some("staging" | "ready")) {
        return Err(ImportError::State(number));
    }
    remove(db, &viewer, number, true)?;
    Ok(close(db, &viewer, number, "discarded")?)
}

/// Takes the newest accepted edition back: its new rows vanish at once, what it changed is as before. Blocks.
///
/// # Errors
/// [`ImportError::State`] when it is not the newest, or not accepted.
pub fn undo(db: &Db, viewer: &Viewer, number: i64) -> Result<(), ImportError> {
    let moved = db.write_blocking::<_, store::Error>(viewer, move |tx| {
        let state: Option<String> =
            tx.opt(&STATE, store::params! {"number" => number}, |r| r.get(0))?;
        if !matches!(state.as_deref(), Some("accepted" | "applied")) {
            return Ok(0);
        }
        let moved = tx.exec(&BACK_TO, store::params! {"number" => number})?;
        if moved == 1 {
            tx.audit(Audit {
                action: "directory.undo",
                table: "directory_edition",
                id: None,
                subject: None,
                fields: vec![FieldChange {
                    name: "current",
                    old: Some(number.to_string()),
                    new: Some((number - 1).to_string()),
                }],
                purpose: None,
                result: Outcome::Done,
            })?;
        }
        Ok(moved)
    })?;
    if moved != 1 {
        return Err(ImportError::State(number));
    }
    let system = Viewer::system("import of the directory", db.env().now());
    restore(db, &system, number)?;
    remove(db, &system, number, false)?;
    Ok(close(db, &system, number, "undone")?)
}

fn close(db: &Db, viewer: &Viewer, number: i64, state: &'static str) -> store::Result<()> {
    let now = db.env().now();
    db.write_blocking::<_, store::Error>(viewer, move |tx| {
        tx.changed("directory", Uuid::nil(), None)?;
        tx.exec(
            &CLOSE,
            store::params! {"state" => state, "now" => now, "number" => number},
        )
        .map(|_| ())
    })
}

fn restore(db: &Db, viewer: &Viewer, number: i64) -> store::Result<()> {
    loop {
        let now = db.env().now();
        let more = db.write_blocking::<_, store::Error>(viewer, move |tx| {
            let rows = tx.all(&TO_RESTORE, store::params! {"number" => number}, |r| {
                Ok(Todo {
                    seq: r.get(0)?,
                    outcome: r.get(1)?,
                    service: r.get(2)?,
                    provider: r.get(3)?,
                    payload: r.get(4)?,
                    before: r.get(5)?,
                })
            })?;
            let Some(last) = rows.last().map(|r| r.seq) else {
                return Ok(false);
            };
            let gone = |of: fn(&Todo) -> Option<&Uuid>| {
                list(
                    rows.iter()
                        .filter(|r| r.outcome == "vanished")
                        .filter_map(of),
                )
            };
            tx.exec(
                &HERE_AGAIN,
                store::params! {"ids" => gone(|r| r.service.as_ref())},
            )?;
            tx.exec(
                &PROVIDER_HERE,
                store::params! {"ids" => gone(|r| r.provider.as_ref())},
            )?;
            let changed: Vec<&Todo> = rows.iter().filter(|r| r.outcome == "changed").collect();
            let ids = list(changed.iter().filter_map(|r| r.provider.as_ref()));
            let services = list(changed.iter().filter_map(|r| r.service.as_ref()));
            let keys = tx.all(&KEYS_OF, store::params! {"ids" => services}, |r| {
                Ok((r.get::<Uuid>(0)?, r.get::<String>(1)?))
            })?;
            let mut fields = provider_fields(tx, &ids)?;
            let mut cells = Vec::new();
            for row in changed {
                let (Some(service), Some(provider)) = (row.service, row.provider) else {
                    continue;
                };
                let before: Value = serde_json::from_str(&row.before).unwrap_or_default();
                let old: Record =
                    serde_json::from_value(before["service"].clone()).unwrap_or_default();
                let key = keys
                    .iter()
                    .find(|k| k.0 == service)
                    .map(|k| k.1.clone())
                    .unwrap_or_default();
                cells.push(service_cells(service, provider, &key, &old));
                if let (Some(values), Some(was)) =
                    (fields.get_mut(&provider), before["provider"].as_object())
                {
                    for (at, name) in FIELDS.iter().enumerate() {
                        if let Some(text) = was.get(*name).and_then(Value::as_str) {
                            text.clone_into(&mut values[at]);
                        }
                    }
                    if !was.is_empty() {
                        let town: String =
                            tx.one(&TOWN, store::params! {"id" => provider}, |r| r.get(0))?;
                        save_fields(tx, provider, values, &town, now)?;
                    }
                }
            }
            tx.exec(
                &bulk::SET_SERVICES,
                store::params! {"rows" => store::rows(&cells)},
            )?;
            tx.exec(
                &RESTORED,
                store::params! {"number" => number, "seq" => last},
            )?;
            Ok(true)
        })?;
        if !more {
            return Ok(());
        }
    }
}

/// Removes the rows of an edition in pieces. What somebody has added to a record since keeps it.
fn remove(db: &Db, viewer: &Viewer, number: i64, rows_too: bool) -> store::Result<()> {
    let piece = |statement: &'static store::Stmt| -> store::Result<()> {
        loop {
            let gone = db.write_blocking::<_, store::Error>(viewer, move |tx| {
                tx.exec(statement, store::params! {"number" => number})
            })?;
            if gone < 2000 {
                return Ok(());
            }
        }
    };
    for statement in [
        &DROP_SERVICES,
        &DROP_FACTS,
        &DROP_PAIRS,
        &DROP_NUMBERS,
        &DROP_NUMBERS_ELSE,
        &DROP_ALIASES,
        &DROP_PROVIDERS,
        &KEEP_REST,
    ] {
        piece(statement)?;
    }
    if rows_too {
        piece(&DROP_ROWS)?;
    }
    Ok(())
}
