//! Statements of loading: every one an upsert, so that loading twice equals loading once.

use store::{Result, Tx};

use crate::{load::Batch, model::Organisation};

store::statements! {
    PUT_AREA = "INSERT INTO area (id, name_ja, name_en) VALUES (1, :name_ja, :name_en)
        ON CONFLICT (id) DO UPDATE SET name_ja = excluded.name_ja, name_en = excluded.name_en";
    PUT_DISTRICT = "INSERT INTO district (code, name_ja, name_en, tone, sort)
        VALUES (:code, :name_ja, :name_en, :tone, :sort)
        ON CONFLICT (code) DO UPDATE SET name_ja = excluded.name_ja, name_en = excluded.name_en,
        tone = excluded.tone, sort = excluded.sort";
    PUT_MUNICIPALITY = "INSERT INTO municipality
        (code, insurer, name_ja, name_kana, name_en, district, prefecture, in_area, sort, insurer_verified, note)
        VALUES (:code, :insurer, :name_ja, :name_kana, :name_en, :district, :prefecture, :in_area, :sort,
        :insurer_verified, :note)
        ON CONFLICT (code) DO UPDATE SET insurer = excluded.insurer, name_ja = excluded.name_ja,
        name_kana = excluded.name_kana, name_en = excluded.name_en, district = excluded.district,
        prefecture = excluded.prefecture, in_area = excluded.in_area, sort = excluded.sort,
        insurer_verified = excluded.insurer_verified, note = excluded.note";
    PUT_ORGANISATION = "INSERT INTO organisation
        (id, kind, name, short_name, name_en, regime, municipality, fictional, source, verified_on,
        verified)
        VALUES (:id, :kind, :name, :short_name, :name_en, :regime, :municipality, :fictional, :source, :verified_on,
        :verified)
        ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, short_name = excluded.short_name,
        name_en = excluded.name_en, regime = excluded.regime, municipality = excluded.municipality,
        fictional = excluded.fictional, source = excluded.source, verified_on = excluded.verified_on,
        verified = excluded.verified";
    DROP_ACTING = "DELETE FROM acting_for WHERE organisation = :organisation";
    PUT_ACTING = "INSERT INTO acting_for (organisation, municipality_org)
        SELECT CAST(:organisation AS BLOB), id FROM organisation WHERE municipality = :code AND kind = 'municipality'
        ON CONFLICT (organisation, municipality_org) DO NOTHING";
    DROP_ALIASES = "DELETE FROM organisation_alias WHERE organisation = :organisation";
    PUT_ALIAS = "INSERT INTO organisation_alias (alias, organisation, scope_district, source, verified)
        VALUES (:alias, :organisation, :scope_district, :source, :verified)
        ON CONFLICT (alias, organisation) DO UPDATE SET scope_district = excluded.scope_district,
        source = excluded.source, verified = excluded.verified";
    PUT_COUNCIL = "INSERT INTO council (id, name, name_en, kind, scope, source, verified, sort)
        VALUES (:id, :name, :name_en, :kind, :scope, :source, :verified, :sort)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_en = excluded.name_en, kind = excluded.kind,
        scope = excluded.scope, source = excluded.source, verified = excluded.verified, sort = excluded.sort";
    DROP_MEMBERS = "DELETE FROM council_municipality WHERE council = :council";
    PUT_MEMBER = "INSERT INTO council_municipality (council, municipality) VALUES (:council, :municipality)
        ON CONFLICT (council, municipality) DO NOTHING";
    PUT_CONTACT = "INSERT INTO contact (id, municipality, audience, owner, window_ja, window_en, phone, fax, days,
        opens, closes, hours_note_ja, hours_note_en, outside_ja, outside_en, url, verified_on, verified_by,
        entered_by, source, saved_at, version)
        VALUES (:id, :municipality, :audience, :owner, :window_ja, :window_en, :phone, :fax, :days,
        :opens, :closes, :hours_note_ja, :hours_note_en, :outside_ja, :outside_en, :url, :verified_on, :verified_by,
        NULL, :source, :now, 1)
        ON CONFLICT (id) DO UPDATE SET municipality = excluded.municipality, audience = excluded.audience,
        owner = excluded.owner, window_ja = excluded.window_ja, window_en = excluded.window_en,
        phone = excluded.phone, fax = excluded.fax, days = excluded.days, opens = excluded.opens,
        closes = excluded.closes, hours_note_ja = excluded.hours_note_ja, hours_note_en = excluded.hours_note_en,
        outside_ja = excluded.outside_ja, outside_en = excluded.outside_en, url = excluded.url,
        verified_on = excluded.verified_on, verified_by = excluded.verified_by, source = excluded.source
        WHERE contact.version = 1";
    PUT_NUMBER = "INSERT INTO urgent_number
        (number, name_ja, name_en, when_ja, when_en, scope, source, verified, sort)
        VALUES (:number, :name_ja, :name_en, :when_ja, :when_en, :scope, :source, :verified, :sort)
        ON CONFLICT (number) DO UPDATE SET name_ja = excluded.name_ja, name_en = excluded.name_en,
        when_ja = excluded.when_ja, when_en = excluded.when_en, scope = excluded.scope, source = excluded.source,
        verified = excluded.verified, sort = excluded.sort";
    PUT_CLOSED_DAY = "INSERT INTO closed_day (organisation, day, name) VALUES (:organisation, :day, :name)
        ON CONFLICT (organisation, day) DO NOTHING";
}

/// Writes a checked batch. Windows that an office has touched (version above 1) are left alone.
pub(crate) fn save(tx: &mut Tx, batch: &Batch) -> Result<()> {
    if let Some(name) = &batch.area {
        tx.exec(
            &PUT_AREA,
            store::params! {"name_ja" => name.ja, "name_en" => name.en},
        )?;
    }
    for row in &batch.districts {
        let params = store::params! {
            "code" => row.code, "name_ja" => row.name_ja, "name_en" => row.name_en, "tone" => row.tone,
            "sort" => row.sort,
        };
        tx.exec(&PUT_DISTRICT, params)?;
    }
    for row in &batch.municipalities {
        let params = store::params! {
            "code" => row.code, "insurer" => row.insurer, "name_ja" => row.name_ja, "name_kana" => row.name_kana,
            "name_en" => row.name_en, "district" => row.district, "prefecture" => row.prefecture,
            "in_area" => row.in_area, "sort" => row.sort, "insurer_verified" => row.insurer_verified, "note" => row.note,
        };
        tx.exec(&PUT_MUNICIPALITY, params)?;
    }
    for row in &batch.organisations {
        save_organisation(tx, &row.organisation)?;
    }
    for row in &batch.organisations {
        let id = row.organisation.id;
        tx.exec(&DROP_ACTING, store::params! {"organisation" => id})?;
        for code in &row.acts_for {
            add_acting_for(tx, id, code)?;
        }
        tx.exec(&DROP_ALIASES, store::params! {"organisation" => id})?;
    }
    for row in &batch.aliases {
        let params = store::params! {
            "alias" => row.alias, "organisation" => row.organisation, "scope_district" => row.scope_district, "source" => row.source, "verified" => row.verified,
        };
        tx.exec(&PUT_ALIAS, params)?;
    }
    save_councils(tx, batch)?;
    save_contacts(tx, batch)?;
    for row in &batch.numbers {
        let number = &row.number;
        let params = store::params! {
            "number" => number.number, "name_ja" => number.name.ja, "name_en" => number.name.en,
            "when_ja" => number.when.ja, "when_en" => number.when.en, "scope" => number.scope,
            "source" => row.source, "verified" => number.verified, "sort" => row.sort,
        };
        tx.exec(&PUT_NUMBER, params)?;
    }
    for row in &batch.closed_days {
        let params = store::params! {"organisation" => row.organisation, "day" => row.day, "name" => row.name};
        tx.exec(&PUT_CLOSED_DAY, params)?;
    }
    Ok(())
}

/// Adds an organisation or brings its facts up to date.
///
/// # Errors
/// When a rule of the table is broken or the database fails.
pub fn save_organisation(tx: &mut Tx, row: &Organisation) -> Result<()> {
    let params = store::params! {
        "id" => row.id, "kind" => row.kind, "name" => row.name, "short_name" => row.short_name,
        "name_en" => row.name_en, "regime" => row.regime, "municipality" => row.municipality,
        "fictional" => row.fictional, "source" => row.source, "verified_on" => row.verified_on, "verified" => row.verified,
    };
    tx.exec(&PUT_ORGANISATION, params).map(|_| ())
}

/// Declares that `organisation` acts for the municipality with this 団体コード. `false` when that municipality has no
/// body, or the delegation is declared already.
///
/// # Errors
/// When the database fails.
pub fn add_acting_for(
    tx: &mut Tx,
    organisation: kernel::OrganisationId,
    code: &str,
) -> Result<bool> {
    let params = store::params! {"organisation" => organisation, "code" => code};
    Ok(tx.exec(&PUT_ACTING, params)? == 1)
}

fn save_councils(tx: &mut Tx, batch: &Batch) -> Result<()> {
    for row in &batch.councils {
        let params = store::params! {
            "id" => row.id, "name" => row.name, "name_en" => row.name_en, "kind" => row.kind, "scope" => row.scope,
            "source" => row.source, "verified" => row.verified, "sort" => row.sort,
        };
        tx.exec(&PUT_COUNCIL, params)?;
        tx.exec(&DROP_MEMBERS, store::params! {"council" => row.id})?;
        for code in &row.municipalities {
            tx.exec(
                &PUT_MEMBER,
                store::params! {"council" => row.id, "municipality" => code},
            )?;
        }
    }
    Ok(())
}

fn save_contacts(tx: &mut Tx, batch: &Batch) -> Result<()> {
    let now = tx.now();
    for row in &batch.contacts {
        let texts = &row.texts;
        let hours = texts.hours.as_ref();
        let params = store::params! {
            "id" => row.id, "municipality" => row.municipality, "audience" => row.audience, "owner" => row.owner,
            "window_ja" => texts.window_ja, "window_en" => texts.window_en, "phone" => texts.phone,
            "fax" => texts.fax, "days" => hours.map(|h| h.days.clone()), "opens" => hours.map(|h| h.opens),
            "closes" => hours.map(|h| h.closes), "hours_note_ja" => texts.hours_note_ja,
            "hours_note_en" => texts.hours_note_en, "outside_ja" => texts.outside_ja,
            "outside_en" => texts.outside_en, "url" => texts.url, "verified_on" => row.verified_on,
            "verified_by" => row.verified_by, "source" => row.source, "now" => now,
        };
        tx.exec(&PUT_CONTACT, params)?;
    }
    Ok(())
}
